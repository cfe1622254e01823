// SPDX-License-Identifier: Apache-2.0
// What needs no authorization can be denied by nobody. Every way to a request about mentoring is tried, and on every one each way to a denial:
// a determination by whoever may decide elsewhere, findings, a return, a correction, an appeal. None is stored, and the answer says what holds.
import { readFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const bases = 'policies/tufts-tm/2024-09-01/cases/bases';
const daemon = await start(binary, ['--sandbox', '--seed', '57', '--clock', '2026-02-20T10:00:00-05:00', '--policies', 'policies'], { sockets: 16 });
const body = (base, set = {}) => applyEdits(JSON.parse(readFileSync(`${bases}/${base}.json`, 'utf8')), [], set);
const call = (method, path, as, more = {}) => daemon.call(method, path, { as, ...more });

async function submit(name, base, set, status) {
	const sent = await call('POST', '/v1/requests', 'provider', { body: body(base, set) });
	tally.equal([sent.status, sent.json?.status], [201, status], `${name}: submitted (${sent.text.slice(0, 300)})`);
	return sent;
}

const item = 'tufts.mng.exclusion.observation-respite';
const rationale = { rationale: 'Mainly respite.', documents_reviewed: ['plan'], alternative: 'Outpatient therapy' };
/** Each way in which somebody might store that mentoring is refused, or granted. */
const ways = [
	['reviewer', 'POST', 'determination', { outcome: 'denied', basis: 'criterion_not_met', criteria: [item], ...rationale }],
	['physician', 'POST', 'determination', { outcome: 'denied', basis: 'criterion_not_met', criteria: [item], ...rationale }],
	['reviewer', 'POST', 'determination', { outcome: 'denied', basis: 'insufficient_information', ...rationale }],
	['reviewer', 'POST', 'determination', { outcome: 'approved', ...rationale }],
	['reviewer', 'PUT', 'findings', { findings: [{ criterion: item, answer: 'not_met', note: 'Mainly respite.' }] }],
	['intake', 'POST', 'return', { reason: 'ineligible_all_dates', note: 'Back.' }],
	['provider', 'POST', 'appeals', { kind: 'expedited', from: 'practitioner', reason: 'No.' }],
];

/** None of the ways is taken, and nothing is different afterwards. */
async function nothingIsStored(name, sent) {
	const path = `/v1/requests/${sent.json.id}`;
	for (const [as, method, resource, refusal] of ways) {
		const answer = await call(method, `${path}/${resource}`, as, { etag: sent.headers.etag, body: refusal });
		tally.check(answer.status >= 400 && answer.status < 500, `${name}: ${resource} as ${as} is refused, it was ${answer.status} ${answer.text.slice(0, 200)}`);
		if (resource === 'determination') tally.check([409, 422].includes(answer.status), `${name}: ${resource} as ${as}: ${answer.status} ${answer.text.slice(0, 200)}`);
	}
	const now = await call('GET', path, 'auditor');
	tally.check(now.text === sent.text && now.headers.etag === sent.headers.etag, `${name}: nothing has changed`);
}

const respite = { '/facts/primary_need': 'parental_respite' };
const required = await submit('commercial, every criterion met', 'tm', {}, 'not_required');
tally.equal([required.json.missing, required.json.requested, required.json.waiting_on], [[], [], 'nobody'], 'nothing is asked for, and nobody waits');
tally.check(/No authorization is needed/.test(required.json.summary), `the summary says so: ${required.json.summary}`);
await nothingIsStored('commercial', required);
const excluded = await submit('commercial, an exclusion applies', 'tm', respite, 'not_required');
tally.equal(excluded.json.findings.find((one) => one.item === item)?.answer, 'not_met', 'the worksheet shows the exclusion');
await nothingIsStored('an exclusion', excluded);
const birthday = await submit('a birthday in the time', 'tm', { '/member/birth_date': '2007-03-15', '/facts/consents': [{ by: 'youth', scope: 'treatment', given_on: '2026-01-05' }] }, 'not_required');
tally.equal(birthday.json.limits.map((one) => one.say), [
	'You asked for days to 2026-05-31. Coverage by these criteria lasts until the day before the birthday of 19 years. That leaves 2026-03-02 to 2026-03-14. '
	+ 'From that birthday on show the criteria of continued coverage.',
], 'a limit promises no review where nobody reviews, and says what to do');
for (const [name, base, set, status] of [
	['Direct', 'tm', { '/member/product': 'tufts_direct', ...respite }, 'not_required'],
	['continued coverage', 'tm-continued', { ...respite, '/facts/condition_warrants': false }, 'not_required'],
	['an employer pays', 'tm', { '/member/self_insured': true, ...respite }, 'manual_route'],
	['not said whether an employer pays', 'tm', { '/member/self_insured': null, ...respite }, 'manual_route'],
	['Together', 'tm', { '/member/product': 'tufts_together', ...respite }, 'manual_route'],
	['no product', 'tm', { '/member/product': null, ...respite }, 'manual_route'],
	['a product that is not known', 'tm', { '/member/product': 'tufts_platinum', ...respite }, 'manual_route'],
	['a discharge', 'tm-discharge', {}, 'recorded'],
]) {
	await nothingIsStored(name, await submit(name, base, set, status));
}

/* Which hub coordinates is told once, by what holds and without a flag; and no sentence says the contrary of what it is about. */
const coordinating = 'tufts.mng.hub.most-intensive-coordinates.';
const hub = (type, from = '2025-11-03', to = null) => ({ type, active_from: from, active_to: to, authorized_to: null, determination: true });
for (const [name, hubs, told] of [
	['ICC and in-home therapy', [hub('icc'), hub('iht')], ['icc met']],
	['ICC ended, in-home therapy goes on', [hub('icc', '2025-11-03', '2026-03-01'), hub('iht')], ['iht met']],
	['in-home and outpatient therapy', [hub('op'), hub('iht')], ['iht met']],
	['outpatient therapy alone', [hub('op')], ['op met']],
	['no hub', [], []],
]) {
	for (const [base, suffix] of [['tm', ''], ['tm-discharge', '.discharge']]) {
		const sent = await submit(`${name}, ${base}`, base, { '/facts/clinical_hub': hubs }, base === 'tm' ? 'not_required' : 'recorded');
		const found = sent.json.findings.filter((one) => one.item.startsWith(coordinating)).map((one) => `${one.item.slice(coordinating.length)} ${one.answer}`);
		const expected = base === 'tm-discharge' && name.startsWith('ICC ended') ? ['icc met'] : told;
		tally.equal(found, expected.map((one) => one.replace(' ', `${suffix} `)), `${name}, ${base}: the hub that coordinates`);
	}
}
tally.equal([required.json.flags, / noted for the reviewer/.test(required.json.summary)], [[], false], `nothing is noted of an ordinary request: ${required.json.summary}`);
const worksheet = required.json.findings.find((one) => one.item === 'tufts.mng.no-pa-required');
tally.equal([worksheet?.answer, worksheet?.say], ['not_met', 'The guideline asks for no prior authorization of therapeutic mentoring, and for no clinical papers.'], 'nothing is added to why no authorization is needed');
const groundless = await submit('no ground', 'tm-discharge', {}, 'recorded');
tally.equal(groundless.json.findings.find((one) => one.item === 'tufts.mng.discharge.any')?.say, 'No ground of discharge holds.', 'no single ground is the reason that none holds');
/* What was sent is never said to be missing. */
const withdrawn = groundless.json.findings.find((one) => one.item === 'tufts.mng.discharge.consent-withdrawn')?.say;
tally.check(withdrawn?.endsWith('there is one with the answer to "Who consents" of a parent or guardian, but the day on which it was withdrawn is not given.'), `a consent that stands: ${withdrawn}`);

/* What staff find out later changes the route, never into something that can be denied. */
const open = await submit('a product that comes later', 'tm', { '/member/product': null, ...respite }, 'manual_route');
tally.check(/names no product of the member/.test(open.json.summary), `the route is said in words: ${open.json.summary}`);
const told = await call('POST', `/v1/requests/${open.json.id}/information`, 'provider', { etag: open.headers.etag, body: { member: { product: 'tufts_commercial' } } });
tally.equal([told.status, told.json?.status], [200, 'not_required'], `the product decides (${told.text.slice(0, 300)})`);
await nothingIsStored('a product that came later', told);

/* Staff end a routed request by saying where it went, which refuses nothing. */
const routed = await submit('a routed request', 'tm', { '/member/self_insured': true }, 'manual_route');
const closed = await call('POST', `/v1/requests/${routed.json.id}/closure`, 'intake', { etag: routed.headers.etag, body: { note: 'The benefit document covers it.' } });
tally.equal(closed.status, 200, `closed (${closed.text.slice(0, 300)})`);
await nothingIsStored('a closed request', closed);
const all = await call('GET', '/v1/decisions?payer=tufts&limit=200', 'auditor');
tally.check(all.json?.decisions.length > 0, `some end is listed (${all.text.slice(0, 200)})`);
tally.equal([...new Set(all.json?.decisions.map((one) => `${one.disposition} ${one.outcome}`))].sort(), ['closed_elsewhere null', 'not_required null'],
	'no decision approves or denies');
await daemon.stop();
tally.end();
