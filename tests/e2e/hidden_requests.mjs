// SPDX-License-Identifier: Apache-2.0
// What nobody learns by a check, a refusal or a sent request: that a request exists which they may not read. A check says what sending would say. And
// each answer that carries a label says, once, what must not be done with it.
import { applyEdits } from '../lib/cases.mjs';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [binary, library] = process.argv.slice(2);
const tally = new Tally();
const LABEL = ['substance_use'];
const NOW = '2026-11-20T15:40:12-08:00';
const records = database(binary, 'hidden_requests', ['clinic-a', 'clinic-b']);
const hire = (name, role, ...more) => { records.tokens[name] = records.create('--role', role, '--payer', 'lhcc', '--payer', 'trillium', ...more); };
hire('intake', 'intake', '--entitled', 'substance_use');
hire('auditor', 'auditor', '--entitled', 'substance_use');
hire('reviewer', 'reviewer', '--credential', 'qmhp_bhcc', '--entitled', 'substance_use');
hire('physician', 'physician', '--credential', 'psychiatrist', '--entitled', 'substance_use');
hire('con_reviewer', 'con_reviewer');
hire('blind_intake', 'intake');
hire('blind_reviewer', 'reviewer', '--credential', 'lmhp');
hire('policy_author', 'policy_author');
const shift = new Shift(library, records.directory, NOW);
const daemon = await serve(binary, records, [], { env: shift.env });

const get = (path, as) => daemon.call('GET', path, { as });
const send = (body, as = 'clinic-a') => daemon.call('POST', '/v1/requests', { as, body });
const check = (body, as = 'clinic-a') => daemon.call('POST', '/v1/checks', { as, body });
async function sent(body, what, as) {
	const answer = await send(body, as);
	tally.equal(answer.status, 201, `${what} (${answer.text.slice(0, 300)})`);
	return answer.json;
}
async function step({ id }, method, resource, as, body) {
	const { etag } = (await get(`/v1/requests/${id}`, 'auditor')).headers;
	const answer = await daemon.call(method, `/v1/requests/${id}/${resource}`, { as, etag, body });
	tally.check(answer.status < 300, `${resource} as ${as}: ${answer.status} ${answer.text.slice(0, 300)}`);
	return answer.json;
}
async function approve(request) {
	const open = (await get(`/v1/requests/${request.id}`, 'reviewer')).json.findings.filter((f) => f.answer !== 'met' && f.kind !== 'gate').map((f) => f.item);
	if (open.length > 0) await step(request, 'PUT', 'findings', 'reviewer', { findings: open.map((criterion) => ({ criterion, answer: 'met', note: 'Seen.' })) });
	return step(request, 'POST', 'determination', 'physician', { outcome: 'approved', rationale: 'As the findings show.', documents_reviewed: (await get(`/v1/requests/${request.id}/submission`, 'auditor')).json.documents.map((d) => d.id) });
}
/** What a check and sending say alike: all but what only a request has. */
const said = ({ status, json }) => [status < 300 ? 'good' : status, json?.status, json?.flags, json?.missing, json?.requested, json?.findings, json?.limits, json?.proposed_return];

/* ---- a labelled request that goes on with one that is not ---- */

const depression = { icd10: 'F33.2', dsm: 'Depression', category: 'mi', primary: true };
const plain = applyEdits(sample('pss-complete'), [], { '/diagnoses/0': depression });
const first = await approve(await sent(plain, 'a request'));
const onward = (set = {}) => applyEdits(sample('pss-continued-stay'), ['/diagnoses', '/prior_authorization', '/member'], { '/continues': first.id, '/diagnoses': [depression], ...set });
const before = await check(onward(), 'blind_intake');
tally.equal(before.status, 200, `it can be continued: ${before.text.slice(0, 300)}`);
const hidden = await sent(onward({ '/sensitivity': LABEL }), 'a labelled request continues it');
tally.equal([hidden.sensitivity, (await get(`/v1/requests/${hidden.id}`, 'blind_intake')).status], [LABEL, 404], 'which does not exist for everybody');
for (const stage of ['open', 'approved']) {
	if (stage === 'approved') await approve(hidden);
	const [seen, unseen] = stage === 'open' ? [/open request continues/, /open|already|another/] : [/another authorization continues/, /open|already|another/];
	for (const as of ['clinic-a', 'intake']) {
		for (const call of [check, send]) {
			const refused = await call(onward(), as);
			tally.equal([refused.status, seen.test(refused.json?.detail)], [409, true], `${stage}: ${as} knows why (${refused.text.slice(0, 200)})`);
		}
	}
	for (const as of ['blind_intake', 'blind_reviewer']) {
		const checked = await check(onward(), as);
		tally.equal(said(checked), said(before), `${stage}: a check as ${as} says what it said before (${checked.text.slice(0, 200)})`);
		tally.check(!checked.text.includes(hidden.id), `${stage}: and nothing of it`);
	}
	const refused = await send(onward(), 'blind_intake');
	tally.equal([refused.status, refused.json?.type, unseen.test(refused.json?.detail)], [409, '/problems/illegal-transition', false], `${stage}: refused without a reason (${refused.text.slice(0, 200)})`);
	tally.check(!refused.text.includes(hidden.id) && !/substance|sensitivity/.test(refused.text), `${stage}: and nothing of it`);
}

/* ---- what else a member is authorized for ---- */

const CERTIFIED = ['reviewer_oha_approved', 'reviewer_independent', 'signed', 'team_physician', 'team_care_coordinator', 'ambulatory_insufficient', 'inpatient_needed', 'benefit_expected'];
const flagged = (json) => (json?.flags ?? []).filter((f) => f.flag === 'two_24_hour_levels').length;
const residential = await sent(sample('prts-complete'), 'residential treatment');
await step(residential, 'POST', 'certificate-of-need', 'con_reviewer', { outcome: 'certified', completed_at: '2026-11-20T08:00:00-08:00', shows: CERTIFIED });
const { authorization: held } = await approve(residential);
const plus = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
const member = (await get(`/v1/requests/${residential.id}/submission`, 'auditor')).json.member.id;
const acute = applyEdits(sample('subacute-before-admission'), [], { '/member/id': member, '/service_period': { start: plus(held.from, -3), end: plus(held.from, 1) }, '/lines/0/units': 5 });
for (const [as, seen] of [['clinic-a', 1], ['clinic-b', 0], ['intake', 1]]) {
	const checked = await check(acute, as);
	tally.equal([checked.status, flagged(checked.json)], [200, seen], `a check as ${as} (${checked.text.slice(0, 200)})`);
	const recorded = await send({ ...acute, submitter_reference: as }, as);
	tally.equal(said(recorded), said(checked), `${as}: sending says the same`);
	if (as === 'clinic-b') {
		tally.equal(flagged((await get(`/v1/requests/${recorded.json.id}`, 'clinic-b')).json), 0, 'and so does what is read');
		const taken = await step(recorded.json, 'POST', 'plan-facts', 'intake', { source: 'enrollment', line_of_business: 'medicaid' });
		tally.equal(flagged(taken), 1, 'staff who take it up have it judged by all there is');
	}
}
const author = await check(acute, 'policy_author');
tally.equal([author.status, flagged(author.json), author.text.includes(residential.id)], [200, 0, false], 'who reads no requests learns of none by a check');
tally.equal(said(author), said(await check(acute, 'clinic-b')), 'and is told what somebody is who has none');

/* ---- what must not be done with it stands on every answer that carries the label ---- */

const sentence = /may not be disclosed further/;
const notice = (answer, wanted, what) => tally.equal([answer.status, answer.json?.sensitivity_notice === null ? null : sentence.test(answer.json?.sensitivity_notice)], [200, wanted], `${what} (${answer.text.slice(0, 200)})`);
const decision = (await get(`/v1/requests/${hidden.id}`, 'intake')).json.decision.id;
const care = await daemon.call('POST', '/v1/service-records', { as: 'clinic-a', body: { ...sample('tm-care'), sensitivity: LABEL } });
tally.equal(care.status, 201, `running care: ${care.text.slice(0, 200)}`);
for (const path of [`/v1/requests/${hidden.id}`, `/v1/requests/${hidden.id}/episode`, `/v1/requests/${hidden.id}/timeline`, `/v1/decisions/${decision}`, '/v1/requests?status=any', '/v1/decisions',
	'/v1/events', '/v1/service-records', '/v1/obligations', `/v1/service-records/${care.json.id}/timeline`, `/v1/service-records/${care.json.id}/obligations`]) {
	const answer = await get(path, 'clinic-a');
	notice(answer, true, path);
	if (!/(requests|decisions)\/[^/]*$/.test(path)) tally.equal(answer.text.split('may not be disclosed further').length, 2, `${path}: once`);
}
notice(await daemon.call('POST', '/v1/requests/search', { as: 'clinic-a', key: null, body: { tracking_number: hidden.tracking_number } }), true, 'a search');
for (const path of ['/v1/requests?status=any', '/v1/decisions', '/v1/events', `/v1/requests/${first.id}/episode`, `/v1/requests/${first.id}/timeline`]) notice(await get(path, 'blind_reviewer'), null, `${path}: without a label no sentence`);
const papers = await get(`/v1/requests/${hidden.id}/submission`, 'clinic-a');
tally.equal([papers.status, papers.json?.sensitivity, sentence.test(papers.headers['x-sensitivity-notice']), papers.json?.sensitivity_notice], [200, LABEL, true, undefined], 'the papers say it beside the body');
tally.equal((await check(applyEdits(papers.json, ['/continues', '/prior_authorization'], { '/review': 'initial', '/facts': {} }))).status, 200, 'which can be sent again as it is');
tally.equal((await get(`/v1/requests/${first.id}/submission`, 'clinic-a')).headers['x-sensitivity-notice'], undefined, 'papers without a label say nothing');
const csv = await daemon.call('GET', '/v1/decisions', { as: 'clinic-a', headers: { Accept: 'text/csv' } });
tally.equal([csv.status, sentence.test(csv.headers['x-sensitivity-notice'])], [200, true], 'a list as CSV');
await daemon.stop();
tally.check(/intact/.test(verifyAudit(binary, records.db)), 'the chain holds');
tally.end();
