// SPDX-License-Identifier: Apache-2.0
// Content about substance use: labelled by the policy, by the submitter and by later papers, for good; carried on every answer; and whoever is not
// entitled to it finds no such request, decision, event, record or duty anywhere, while lists stay full. Who sent it always sees it.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../lib/cases.mjs';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [binary, library] = process.argv.slice(2);
const tally = new Tally();
const LABEL = ['substance_use'];
const PAYERS = ['trillium', 'lhcc', 'tufts', 'performcare'];

/* ---- tokens ---- */

const directory = scratch('sensitivity-cast');
const sandbox = await start(binary, ['--sandbox', '--policies', 'policies'], { env: { TMPDIR: directory } });
const cast = join(directory, readdirSync(directory).find((name) => name.startsWith('authreview-sandbox-')), 'authreview.db');
const tokens = execFileSync(binary, ['token', 'list', '--db', cast]).toString().split('\n').map((line) => line.trim().split(/ {2,}/));
const entitled = Object.fromEntries(tokens.slice(1, -1).map((row) => [row[0], row[tokens[0].indexOf('entitled')]]));
tally.equal(['intake', 'reviewer', 'physician', 'con_reviewer', 'appeals', 'auditor', 'policy_author', 'admin', 'provider'].map((role) => entitled[`prn_${role}`]),
	[...Array(5).fill('substance_use'), '-', '-', '-', '-'], 'who is entitled in the sandbox');
await sandbox.stop();

const records = database(binary, 'sensitivity', ['provider', 'other_provider']);
/* Staff of every payer; with the label or without it. */
const hire = (name, role, ...more) => { records.tokens[name] = records.create('--role', role, ...PAYERS.flatMap((payer) => ['--payer', payer]), ...more); };
const SEES = ['--entitled', 'substance_use'];
hire('intake', 'intake', ...SEES);
hire('reviewer', 'reviewer', '--credential', 'qmhp_bhcc', ...SEES);
hire('physician', 'physician', '--credential', 'psychiatrist', ...SEES);
hire('con_reviewer', 'con_reviewer', ...SEES);
hire('appeals', 'appeals', '--credential', 'psychologist_doctoral', ...SEES);
hire('auditor', 'auditor');
hire('blind_intake', 'intake');
hire('blind_reviewer', 'reviewer', '--credential', 'lmhp');
hire('blind_appeals', 'appeals', '--credential', 'psychiatrist');
const BLIND = ['auditor', 'blind_intake', 'blind_reviewer', 'blind_appeals'];
const SEEING = ['intake', 'reviewer', 'physician', 'con_reviewer', 'appeals', 'seeing_auditor'];
const misuse = (...args) => spawnSync(binary, ['token', 'create', '--db', records.db, ...args], { encoding: 'utf8', timeout: 30000 }).status;
tally.equal(misuse('--role', 'reviewer', '--payer', 'lhcc', '--credential', 'lmhp', '--entitled', 'secrets'), 64, 'an unknown label');
tally.equal(misuse('--role', 'provider', '--organization', 'x', ...SEES), 64, 'an organization needs none');

const shift = new Shift(library, records.directory, '2026-11-20T15:40:12-08:00');
const daemon = await serve(binary, records, [], { env: shift.env });
hire('seeing_auditor', 'auditor', ...SEES); // over the socket of the daemon

/* ---- what everybody does ---- */

const get = (path, as) => daemon.call('GET', path, { as });
const send = (body, as = 'provider') => daemon.call('POST', '/v1/requests', { as, body });
async function sent(body, what, as) {
	const answer = await send(body, as);
	tally.equal(answer.status, 201, `${what} (${answer.text.slice(0, 300)})`);
	return answer;
}
const fresh = async (last, as = 'provider') => get(`/v1/requests/${last.json.id}`, as);
async function step(last, method, resource, as, body) {
	const now = await fresh(last, 'seeing_auditor');
	const answer = await daemon.call(method, `/v1/requests/${last.json.id}/${resource}`, { as, body, etag: now.headers.etag });
	tally.check(answer.status < 300, `${resource} as ${as}: ${answer.status} ${answer.text.slice(0, 300)}`);
	return answer;
}
const labels = (answer) => [answer.json?.sensitivity, typeof answer.json?.sensitivity_notice];
const marked = (answer, what) => {
	tally.equal(labels(answer), [LABEL, 'string'], what);
	tally.check(/may not be disclosed further/.test(answer.json?.sensitivity_notice), `${what}: the sentence`);
};
const plain = (answer, what) => tally.equal([answer.json?.sensitivity, answer.json?.sensitivity_notice], [[], null], what);
const other = (set) => applyEdits(sample('pss-complete'), [], { '/diagnoses/0': { icd10: 'F33.2', dsm: 'Depression', category: 'mi', primary: true }, ...set });

/* ---- by the policy ---- */

const alcohol = await sent(sample('pss-complete'), 'alcohol use disorder');
marked(alcohol, 'labelled by the policy');
plain(await sent(other({}), 'depression'), 'not labelled');
for (const [icd10, wanted] of [['F10', LABEL], ['f11.20', LABEL], ['F19.959', LABEL], ['F09', []], ['F20.0', []], ['F1', []], ['F33.2', []]]) {
	const check = await daemon.call('POST', '/v1/checks', { as: 'provider', body: other({ '/diagnoses/0/icd10': icd10 }) });
	tally.equal([check.status, check.json?.sensitivity], [200, wanted], `a check of ${icd10}`);
}
for (const [name, remove] of [['pdts-complete', []], ['tm-complete', []], ['rtf-complete', []]]) {
	const body = applyEdits(sample(name), remove, { '/diagnoses': [{ icd10: 'F33.2', category: 'mi' }, { category: 'sud' }] });
	const check = await daemon.call('POST', '/v1/checks', { as: 'provider', body });
	tally.equal([check.status, check.json?.sensitivity], [200, LABEL], `${name}: the category alone`);
}
tally.equal((await daemon.call('POST', '/v1/checks', { as: 'provider', body: sample('subacute-concurrent') })).json?.sensitivity, LABEL, 'an evaluation of substance use');

/* ---- by the submitter, and by later papers; for good ---- */

const said = await sent(other({ '/sensitivity': LABEL }), 'labelled by the submitter');
marked(said, 'labelled by the submitter');
tally.equal((await send(other({ '/sensitivity': ['secret'] }))).status, 422, 'another word is no label');
const later = await sent(other({}), 'labelled later');
plain(later, 'not yet labelled');
tally.equal((await fresh(later, 'blind_reviewer')).status, 200, 'and seen by everybody');
marked(await step(later, 'POST', 'information', 'provider', { sensitivity: LABEL }), 'labelled by a supplement');
marked(await step(later, 'POST', 'information', 'provider', { sensitivity: [] }), 'an empty list takes nothing away');
marked(await step(later, 'POST', 'information', 'provider', { sensitivity: null }), 'nor does null');
const coded = await sent(other({}), 'a code comes later');
marked(await step(coded, 'POST', 'information', 'provider', { diagnoses: [{ icd10: 'F11.20', category: 'sud' }] }), 'labelled by the code of a supplement');
marked(await step(coded, 'POST', 'information', 'provider', { diagnoses: [{ icd10: 'F33.2', category: 'mi' }] }), 'sticky after the code was replaced');
marked(await fresh(coded), 'as it is read');
marked(await step(coded, 'POST', 'plan-facts', 'intake', { source: 'enrollment', line_of_business: 'medicaid' }), 'what staff do keeps it');
const submission = await get(`/v1/requests/${coded.json.id}/submission`, 'provider');
tally.equal(submission.json.sensitivity, LABEL, 'the papers carry it');
const byHand = await sent(applyEdits(sample('icts-initial'), [], { '/sensitivity': LABEL }), 'the manual route');
marked(byHand, 'the manual route');

/* ---- nobody who is not entitled finds it by its name ---- */

const LABELLED = [alcohol, said, later, coded, byHand];
const absent = await get('/v1/requests/req_00000000000000000000000000', 'auditor');
const nothing = (answer, what) => tally.equal([answer.status, answer.json?.type, answer.json?.detail], [404, absent.json.type, absent.json.detail], what);
for (const one of LABELLED) {
	for (const resource of ['', '/timeline', '/submission', '/episode', `?as_of=${encodeURIComponent(one.json.updated_at)}`]) {
		for (const as of BLIND) nothing(await get(`/v1/requests/${one.json.id}${resource}`, as), `${resource} as ${as}`);
		tally.equal((await get(`/v1/requests/${one.json.id}${resource}`, 'other_provider')).status, 404, `${resource} as another organization`);
		for (const as of [...SEEING, 'provider']) tally.equal((await get(`/v1/requests/${one.json.id}${resource}`, as)).status, 200, `${resource} as ${as}`);
	}
	nothing(await get(`/v1/requests/${one.json.id}/determination`, 'blind_reviewer'), 'the preview');
	nothing(await daemon.call('POST', `/v1/requests/${one.json.id}/information`, { as: 'blind_intake', etag: '"v1"', body: { facts: {} } }), 'information');
	nothing(await daemon.call('POST', `/v1/requests/${one.json.id}/determination`, { as: 'blind_reviewer', etag: '"v1"', body: { outcome: 'approved' } }), 'a determination');
}
marked(await get(`/v1/requests/${alcohol.json.id}/determination`, 'reviewer'), 'the preview carries it');
tally.equal((await get(`/v1/requests/${alcohol.json.id}/timeline`, 'provider')).json.events.map((e) => e.sensitivity), [LABEL], 'its history carries it');

/* ---- what is replaced and continued hands it on ---- */

const gone = await step(said, 'POST', 'withdrawal', 'provider', { reason: 'not_needed' });
marked(gone, 'withdrawn');
marked(await sent(other({ '/replaces': said.json.id }), 'a request that replaces it'), 'what replaces a labelled request is labelled');
const refused = await daemon.call('POST', '/v1/checks', { as: 'blind_intake', body: other({ '/replaces': said.json.id }) });
tally.equal(refused.json?.errors?.map((e) => [e.pointer, e.code]), [['/replaces', 'not_found']], 'it cannot be named either');

/* ---- a decision, an appeal, running care ---- */

async function find(last) {
	const open = (await fresh(last, 'reviewer')).json.findings.filter((f) => f.answer !== 'met').map((f) => f.item);
	return step(last, 'PUT', 'findings', 'reviewer', { findings: open.map((criterion) => ({ criterion, answer: 'met', note: 'Seen.' })) });
}
await find(alcohol);
const approved = await step(alcohol, 'POST', 'determination', 'physician', { outcome: 'approved', rationale: 'As the findings show.', documents_reviewed: ['d1', 'd2'] });
marked(approved, 'decided');
const decision = `/v1/decisions/${approved.json.decision.id}`;
tally.equal((await get(decision, 'reviewer')).json.sensitivity, LABEL, 'the decision carries it');
for (const as of BLIND) tally.equal((await get(decision, as)).status, 404, `the decision as ${as}`);
for (const as of [...SEEING, 'provider']) tally.equal((await get(decision, as)).status, 200, `the decision as ${as}`);
tally.equal((await get(decision, 'other_provider')).status, 404, 'the decision as another organization');

const continued = applyEdits(sample('pss-continued-stay'), ['/diagnoses', '/prior_authorization', '/member'], { '/continues': alcohol.json.id });
tally.equal((await daemon.call('POST', '/v1/requests', { as: 'blind_intake', body: continued })).status, 404, 'cannot be continued unseen');
const next = await sent(applyEdits(continued, [], { '/diagnoses': [{ icd10: 'F33.2', category: 'mi', primary: true }] }), 'continued');
marked(next, 'what continues it is labelled');
tally.equal(next.json.episode.requests.map((r) => r.sensitivity), [LABEL, LABEL], 'and its episode');
tally.equal((await get(`/v1/requests/${alcohol.json.id}/episode`, 'provider')).json.requests.length, 2, 'the episode');

const tm = await daemon.call('POST', '/v1/service-records', { as: 'provider', body: applyEdits(sample('tm-care'), [], { '/sensitivity': LABEL }) });
tally.equal(tm.status, 201, `running care (${tm.text.slice(0, 300)})`);
marked(tm, 'running care');
const open = await daemon.call('POST', '/v1/service-records', { as: 'provider', body: sample('tm-care') });
plain(open, 'running care without a label');
const happened = await daemon.call('POST', `/v1/service-records/${tm.json.id}/occurrences`, { as: 'provider', etag: tm.headers.etag, body: { occurrences: [{ kind: 'outreach', on: '2026-11-06' }] } });
marked(happened, 'after an occurrence');
for (const resource of ['', '/timeline', '/obligations']) {
	for (const as of BLIND) tally.equal((await get(`/v1/service-records/${tm.json.id}${resource}`, as)).status, 404, `the record${resource} as ${as}`);
	for (const as of [...SEEING, 'provider']) tally.equal((await get(`/v1/service-records/${tm.json.id}${resource}`, as)).status, 200, `the record${resource} as ${as}`);
}
tally.equal((await daemon.call('POST', `/v1/service-records/${tm.json.id}/waivers`, { as: 'blind_intake', etag: happened.headers.etag, body: { obligation: 'x', number: 1, reason: 'x' } })).status, 404, 'nothing of it is waived');
marked(await get(`/v1/service-records/${tm.json.id}/obligations`, 'intake'), 'what is owed in it');

/* ---- a chain that is labelled from its third request on ---- */

const whole = async (last) => {
	await find(last);
	return step(last, 'POST', 'determination', 'physician', { outcome: 'approved', rationale: 'As the findings show.', documents_reviewed: ['d1', 'd2'] });
};
const onward = (last, set) => applyEdits(sample('pss-continued-stay'), ['/diagnoses', '/prior_authorization', '/member'], { '/continues': last.json.id, ...set });
const chain = [await sent(other({ '/member/id': 'LA0000777' }), 'a chain')];
await whole(chain[0]);
chain.push(await sent(onward(chain[0], { '/service_period': { start: '2027-03-01', end: '2027-05-30' } }), 'its second'));
await whole(chain[1]);
chain.push(await sent(onward(chain[1], { '/service_period': { start: '2027-06-01', end: '2027-08-30' }, '/sensitivity': LABEL }), 'its third'));
marked(chain[2], 'the third is labelled');
await step(chain[1], 'POST', 'notices', 'intake', { to: 'practitioner', channel: 'phone' });
const second = await fresh(chain[1], 'auditor');
tally.equal([second.json?.sensitivity, second.json?.episode?.requests.map((r) => r.id)], [[], chain.slice(0, 2).map((one) => one.json.id)], 'the answer about the second does not tell of it');
const chained = async (as) => (await get(`/v1/requests/${chain[1].json.id}/episode`, as)).json.requests.length;
tally.equal([await chained('auditor'), await chained('intake'), await chained('provider')], [2, 3, 3], 'nor does its episode, but to whom it is for');

/* ---- lists: left out, and every page full ---- */

for (let n = 0; n < 5; n++) {
	await sent(applyEdits(sample('pss-complete'), [], { '/submitter_reference': `SUD-${n}` }), 'labelled');
	await sent(other({ '/submitter_reference': `MI-${n}` }), 'not labelled');
}
async function pages(path, member, as, limit) {
	const all = [];
	for (let next = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}`; next;) {
		const page = await get(next, as);
		if (!tally.equal(page.status, 200, `${next} as ${as}`)) return all;
		if (page.json.next) tally.equal(page.json[member].length, limit, `${path} as ${as}: a full page`);
		all.push(...page.json[member]);
		next = page.json.next;
	}
	return all;
}
const lists = [['/v1/requests?status=any', 'requests', 'id'], ['/v1/requests', 'requests', 'id'], ['/v1/decisions?superseded=include', 'decisions', 'id'], ['/v1/events', 'events', 'id'],
	['/v1/service-records', 'service_records', 'id'], ['/v1/obligations', 'obligations', 'key']];
for (const [path, member] of lists) {
	const all = await pages(path, member, 'seeing_auditor', 3);
	const unlabelled = all.filter((row) => row.sensitivity.length === 0);
	tally.check(all.length > unlabelled.length && (unlabelled.length > 0 || member === 'decisions'), `${path}: some are labelled, some are not (${all.length}, ${unlabelled.length})`);
	for (const as of BLIND) {
		tally.equal(await pages(path, member, as, 3), unlabelled, `${path} as ${as}: without the labelled ones`);
		tally.equal(await pages(path, member, as, 1), unlabelled, `${path} as ${as}: one by one`);
	}
	tally.equal((await pages(path, member, 'provider', 50)).length, all.length, `${path}: the organization sees its own`);
	tally.equal((await pages(path, member, 'other_provider', 50)).length, 0, `${path}: and nobody else`);
}
for (const [name, path] of [['reference', '/v1/requests?submitter_reference=SUD-1'], ['tracking', `/v1/requests?tracking_number=${alcohol.json.tracking_number}`]]) {
	tally.equal((await get(path, 'auditor')).json.requests, [], `by its ${name}: none`);
	tally.equal((await get(path, 'reviewer')).json.requests.map((r) => r.sensitivity), [LABEL], `by its ${name}: to whom it is for`);
}
const searches = [{ member: { id: 'LA0000001' } }, { servicing_provider_npi: '2999000039' }, { tracking_number: alcohol.json.tracking_number }, { authorization_number: approved.json.authorization_number },
	{ submitter_reference: 'SUD-2' }];
for (const body of searches) {
	const search = async (as) => (await daemon.call('POST', '/v1/requests/search', { as, key: null, body })).json.requests;
	const seen = await search('intake');
	tally.check(seen.some((r) => r.sensitivity.length > 0), `a search finds it: ${JSON.stringify(body)}`);
	for (const as of BLIND) tally.equal(await search(as), seen.filter((r) => r.sensitivity.length === 0), `and leaves it out for ${as}: ${JSON.stringify(body)}`);
}
const csv = async (as) => (await daemon.call('GET', '/v1/decisions?superseded=include', { as, headers: { Accept: 'text/csv' } })).text.split('\r\n').slice(0, -1);
const rows = await csv('reviewer');
tally.check(rows[0].endsWith(',"sensitivity"') && rows.filter((row) => row.endsWith(',"substance_use"')).length >= 2, `CSV has a column of it: ${rows[0]}`);
tally.equal(await csv('auditor'), rows.filter((row) => !row.endsWith(',"substance_use"')), 'and leaves them out');

/* ---- an appeal ---- */

const task = await sent(sample('pss-complete'), 'to be denied');
const necessity = 'lhcc.pss.policy.necessity';
const open2 = (await fresh(task, 'reviewer')).json.findings.filter((f) => f.answer !== 'met').map((f) => f.item);
await step(task, 'PUT', 'findings', 'reviewer', { findings: open2.map((criterion) => ({ criterion, answer: criterion === necessity ? 'not_met' : 'met', note: 'Seen.' })) });
const denied = await step(task, 'POST', 'determination', 'physician', { outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], rationale: 'As seen.', alternative: 'Outpatient.', documents_reviewed: ['d1'] });
const appealed = await step(task, 'POST', 'appeals', 'provider', { kind: 'expedited', from: 'practitioner' });
const address = `/v1/appeals/${appealed.json?.id}`;
marked(await get(address, 'appeals'), 'the appeal carries it');
for (const as of BLIND) tally.equal((await get(address, as)).status, 404, `the appeal as ${as}`);
tally.equal((await daemon.call('POST', `${address}/determination`, { as: 'blind_appeals', etag: '"v1"', body: { outcome: 'upheld', rationale: 'x' } })).status, 404, 'nor is it decided');

/* ---- what another request is told ---- */

const answers = await send(other({ '/member/id': 'LA0000001' }), 'other_provider');
tally.check(!answers.text.includes(alcohol.json.id) && !answers.text.includes(approved.json.authorization_number), 'nothing of it in the answer to another');

/* ---- an unentitled member of the staff who enters it gets the answer to what was sent, and nothing after ---- */

const entered = await sent(sample('pss-complete'), 'entered by staff', 'blind_intake');
marked(entered, 'entered by staff');
tally.equal((await fresh(entered, 'blind_intake')).status, 404, 'and is not found by who entered it');
tally.equal((await fresh(entered, 'intake')).status, 200, 'but by who is entitled');

/* ---- metrics and the log say nothing of it ---- */

const metrics = await get('/metrics', 'seeing_auditor');
tally.check(metrics.status === 200 && !/substance|sensitiv|F10/.test(metrics.text), 'metrics say nothing of it');
tally.check(!/substance|sensitiv|F10/.test(daemon.err), 'the log says nothing of it');

/* ---- what the database itself holds fast ---- */

await daemon.stop();
const sql = (text) => spawnSync('python3', ['-c', 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db: db.execute(sys.argv[2])', records.db, text], { encoding: 'utf8' });
tally.check(verifyAudit(binary, records.db).includes('intact'), 'the audit holds');
tally.check(/never taken away/.test(sql('UPDATE request SET sensitivity = 0, version = version + 1, last_event = last_event + 1').stderr), 'the database takes no label away');
tally.equal(sql('DROP TRIGGER request_sensitivity_stays').status, 0, 'a trigger dropped');
tally.equal(sql('DROP TRIGGER request_next_version').status, 0, 'and another');
tally.equal(sql('UPDATE request SET sensitivity = 0').status, 0, 'and the label taken away behind its back');
tally.check(spawnSync(binary, ['audit', 'verify', '--db', records.db], { encoding: 'utf8' }).status !== 0, 'is noticed by the audit');
tally.end();
