// SPDX-License-Identifier: Apache-2.0
// Appeals: received against what was refused, by the movable clock; decided by somebody who was not involved; upheld, or overturned within
// what any determination may grant.
import { execFileSync } from 'node:child_process';
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
let daemon = await start(binary, ['--sandbox', '--seed', '43', '--clock', '2026-06-01T10:00:00-07:00', '--policies', 'policies']);
let sender = 'provider';

const clock = async (instant) => {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
};
const days = (from, count) => new Date(Date.parse(from) + count * 86400000).toISOString().slice(0, 10);
/** Day treatment for 30 days from START, complete; what was prepared is dated before it. */
const asked = (begin = '2026-06-08', set = {}) => applyEdits(sample('pdts-complete'), [], {
	'/admission/planned_on': begin, '/service_period': { start: begin, end: days(begin, 29) }, '/documents/0/completed_on': days(begin, -20),
	'/documents/1/completed_on': days(begin, -30), '/documents/2/completed_on': days(begin, -12), '/member/coverage/0/to': '2099-12-31', ...set,
});
const read = async (id, as = 'intake') => daemon.call('GET', `/v1/requests/${id}`, { as });
const etagOf = async (id) => (await read(id)).headers.etag;
async function submit(body) {
	const sent = await daemon.call('POST', '/v1/requests', { as: sender, body });
	tally.equal([sent.status, sent.json?.status], [201, 'in_review'], `sent: ${sent.text.slice(0, 500)}`);
	return sent.json.id;
}
/** A step on the request as it stands now, unless the call brings its own ETag. */
async function step(id, resource, body, as, more = {}) {
	return daemon.call(more.method ?? 'POST', `/v1/requests/${id}/${resource}`, { as, etag: await etagOf(id), body, ...more });
}
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.json?.detail ?? answer.text.slice(0, 300)})`);
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], `${what} (${answer.text.slice(0, 300)})`);
function refused(answer, status, detail, what) {
	problem(answer, status, status === 409 ? 'illegal-transition' : 'forbidden', what);
	tally.check(detail.test(answer.json?.detail), `${what}: ${answer.json?.detail}`);
}

const criterion = 'trillium.um.determine-necessity';
const documents_reviewed = ['d1', 'd2', 'd3'];
async function find(id, answer) {
	const open = (await read(id)).json.findings.filter((f) => f.answer !== 'met').map((f) => f.item);
	tally.check(open.includes(criterion), `${criterion} is for a licensed person`);
	for (const item of open) {
		const done = await step(id, `findings/${item}`, { answer: item === criterion ? answer : 'met', note: 'Seen in the assessment.' }, 'reviewer', { method: 'PUT' });
		tally.equal(done.status, 200, `found: ${done.text.slice(0, 300)}`);
	}
}
async function determine(id, body) {
	const done = await step(id, 'determination', { documents_reviewed, ...body }, 'physician');
	tally.equal([done.status, done.json?.decision?.outcome], [200, body.outcome], `determined: ${done.text.slice(0, 500)}`);
	return done;
}
const denial = {
	outcome: 'denied', basis: 'criterion_not_met', criteria: [criterion], rationale: 'Outpatient therapy twice a week meets the need.',
	alternative: 'Outpatient therapy twice a week.',
};
async function deny(id) {
	await find(id, 'not_met');
	return determine(id, denial);
}
const appeal = (id, body = {}, more = {}) => step(id, 'appeals', { kind: 'expedited', from: 'practitioner', ...body }, more.as ?? sender, more);
async function decide(apl, body, more = {}) {
	const known = await daemon.call('GET', `/v1/appeals/${apl}`, { as: 'intake' });
	return daemon.call('POST', `/v1/appeals/${apl}/determination`, { as: 'appeals', etag: known.headers.etag, body, ...more });
}
const upheld = { outcome: 'upheld', rationale: 'The record shows that outpatient therapy meets the need.' };
const overturned = { outcome: 'overturned', rationale: 'The record shows that day treatment is needed.', documents_reviewed };
const bare = (a) => [a.status, { ...a.json, request_id: null, instance: null }];
const events = async (id) => (await daemon.call('GET', `/v1/requests/${id}/timeline?limit=200`, { as: 'intake' })).json.events;

/* ---- S104, and what else cannot be appealed ---- */

const ids = [];
for (let i = 0; i < 7; i++) ids.push(await submit(asked()));
const [first, second, third, fourth, fifth, whole, part] = ids;
refused(await appeal(first), 409, /not decided yet/, 'S104: in review');
refused(await appeal(await submit(asked()).then(async (id) => { await step(id, 'withdrawal', { reason: 'not_needed' }, 'provider'); return id; })), 409,
	/without a determination/, 'of a withdrawn request');
await clock('2026-06-05T09:00:00-07:00');
await find(whole, 'met');
await determine(whole, { outcome: 'approved', rationale: 'All criteria are met.' });
refused(await appeal(whole), 409, /approved as it was asked/, 'of an approval');

/* ---- S103: denied, expedited appeal on Friday at four ---- */

const denied = await deny(first);
for (const id of [second, third, fourth, fifth]) await deny(id);
await find(part, 'not_met');
await determine(part, { ...denial, outcome: 'approved_in_part', rationale: 'Two weeks meet the need.', grants: [{ line: 0, from: '2026-06-08', to: '2026-06-21' }] });
await clock('2026-06-05T16:00:00-07:00');
for (const as of ['reviewer', 'physician', 'con_reviewer', 'auditor']) problem(await appeal(first, {}, { as }), 403, 'forbidden', `${as}: appeals nothing`);
problem(await appeal(first, {}, { as: 'other_provider' }), 404, 'not-found', 'another organization finds nothing to appeal');
problem(await appeal(first, {}, { etag: undefined }), 428, 'precondition-required', 'no If-Match');
problem(await appeal(first, {}, { etag: '"v1"' }), 412, 'stale', 'a stale ETag');
problem(await appeal(first, {}, { key: null }), 400, 'idempotency-key-required', 'no key');
pointers(await appeal(first, { kind: 'polite', from: 'neighbour' }), ['/kind', '/from'], 'words that are not known');
pointers(await appeal(first, { received_at: '2026-06-05T15:00:00-07:00' }), ['/received_at'], 'a provider does not say when it was received');
pointers(await appeal(first, { received_at: '2026-06-05T16:00:01-07:00' }, { as: 'intake' }), ['/received_at'], 'not in the future');
pointers(await appeal(first, { received_at: '2026-06-05T08:59:59-07:00' }, { as: 'appeals' }), ['/received_at'], 'not before the decision');
refused(await appeal(first, { kind: 'standard' }), 409, /no standard appeal.*expedited appeal of the practitioner/, 'what the policy does not offer');
const before = await read(first);
const call = { as: 'provider', etag: before.headers.etag, key: 'appeal', body: { kind: 'expedited', from: 'practitioner', reason: 'She cannot be kept safe at home.' } };
const received = await daemon.call('POST', `/v1/requests/${first}/appeals`, call);
const apl = received.json?.id;
tally.equal([received.status, received.headers.location, received.headers.etag], [201, `/v1/appeals/${apl}`, `"v${before.json.version + 1}"`], `S103: received (${received.text.slice(0, 300)})`);
tally.check(/^apl_[0-9A-Z]{26}$/.test(apl), `its id: ${apl}`);
const { kind, from, status, received_at, due_at, decision, request, tracking_number } = received.json;
tally.equal({ kind, from, status, received_at, due_at, decision, request, tracking_number }, {
	kind: 'expedited', from: 'practitioner', status: 'open', received_at: '2026-06-05T16:00:00-07:00', due_at: '2026-06-08T16:00:00-07:00',
	decision: denied.json.decision.id, request: first, tracking_number: before.json.tracking_number,
}, 'S103: due Monday at four');
tally.equal([received.json.appealed, received.json.followed_by, received.json.rule], [denied.json.decision, null, 'trillium.appeal.expedited'], 'the decision that is appealed');
tally.check(received.json.decided_by.credentials.includes('psychologist_doctoral') && !JSON.stringify(received.json.decided_by).includes('prn_'), 'who may decide, and nobody by name');
const replay = await daemon.call('POST', `/v1/requests/${first}/appeals`, call);
tally.check(replay.status === 201 && replay.text === received.text && replay.headers.location === received.headers.location && replay.headers['idempotency-replayed'] === 'true',
	`a retry gets the same answer: ${replay.text.slice(0, 300)}`);
problem(await daemon.call('POST', `/v1/requests/${first}/appeals`, { ...call, body: { ...call.body, from: 'member' } }), 422, 'idempotency-key-reused', 'the key of another body');
const open = await read(first);
tally.equal([open.json.status, open.json.waiting_on, open.json.tasks.includes('appeal')], ['decided', 'plan', true], 'S103: the appeal is open');
tally.equal(open.json.appeals.map((a) => [a.id, a.status, a.due_at, a.recorded_by]), [[apl, 'open', due_at, 'prn_provider']], 'it stands in the request\'s answer');
tally.equal(open.json.decision, denied.json.decision, 'the decision stands meanwhile');
tally.equal((await events(first)).at(-1).action, 'appealed', 'an event of its own');
refused(await appeal(first, {}, { as: 'intake' }), 409, new RegExp(`appealed already.*${apl}`), 'one appeal for one decision');
const line = (await daemon.call('GET', '/v1/requests?limit=200', { as: 'appeals' })).json.requests.find((r) => r.id === first);
tally.check(line !== undefined && Date.parse(line.act_by) <= Date.parse(due_at), 'it stands on the worklist');

// Read by whom it concerns.
const shown = await daemon.call('GET', `/v1/appeals/${apl}`, { as: 'provider' });
tally.equal([shown.status, shown.text, shown.headers.etag], [200, received.text, open.headers.etag], 'what is read is what was answered');
tally.equal((await daemon.call('GET', `/v1/appeals/${apl}`, { as: 'provider', headers: { 'If-None-Match': shown.headers.etag } })).status, 304, 'known already');
for (const method of ['GET', 'POST']) {
	for (const as of ['other_provider', 'appeals']) {
		const path = (one) => `/v1/appeals/${one}${method === 'POST' ? '/determination' : ''}`;
		const send = (one) => daemon.call(method, path(one), { as: method === 'POST' ? 'appeals' : as, body: method === 'POST' ? upheld : undefined, etag: '"v1"' });
		const nothing = await send('apl_00000000000000000000000000');
		problem(nothing, 404, 'not-found', `${method}: no such appeal`);
		if (method === 'GET' && as === 'other_provider') tally.equal(bare(await send(apl)), bare(nothing), 'not yours looks like not there');
		tally.equal(bare(await send('x'.repeat(60))), bare(nothing), `${method}: nor this`);
	}
}

/* ---- decided, not by those who were involved ---- */

for (const as of ['provider', 'intake', 'con_reviewer', 'auditor']) problem(await decide(apl, upheld, { as }), 403, 'forbidden', `${as}: decides no appeal`);
refused(await decide(apl, upheld, { as: 'physician' }), 403, /decided anything/, 'not by who denied it');
refused(await decide(apl, upheld, { as: 'reviewer' }), 403, /found/, 'not by who found');
refused(await decide(apl, overturned, { as: 'physician' }), 403, /decided anything/, 'nor overturned by who denied it');
problem(await decide(apl, upheld, { etag: undefined }), 428, 'precondition-required', 'no If-Match');
problem(await decide(apl, upheld, { etag: '"v1"' }), 412, 'stale', 'a stale ETag');
problem(await decide(apl, upheld, { key: null }), 400, 'idempotency-key-required', 'no key');
pointers(await decide(apl, { outcome: 'settled', rationale: 'x' }), ['/outcome'], 'a word that is not known');
pointers(await decide(apl, { outcome: 'upheld' }), ['/rationale'], 'no reasons');
pointers(await decide(apl, { outcome: 'upheld', rationale: ' \n ' }), ['/rationale'], 'blank reasons');
pointers(await decide(apl, { ...upheld, grants: [{ line: 0, from: '2026-06-08', to: '2026-06-10' }], alternative: 'x', rationale: '' }), ['/grants', '/alternative', '/rationale'],
	'upheld grants nothing');
tally.equal((await read(first)).headers.etag, open.headers.etag, 'none of that changed anything');
await clock('2026-06-08T16:00:00-07:00');
const upholding = { as: 'appeals', etag: await etagOf(first), key: 'uphold', body: upheld };
const stands = await daemon.call('POST', `/v1/appeals/${apl}/determination`, upholding);
tally.equal([stands.status, stands.json?.status, stands.json?.late, stands.json?.decided_at, stands.json?.by, stands.json?.role, stands.json?.credential, stands.json?.rationale],
	[200, 'upheld', false, due_at, 'prn_appeals', 'appeals', 'psychologist_doctoral', upheld.rationale], `upheld on the last second (${stands.text.slice(0, 300)})`);
tally.equal([stands.json.appealed, stands.json.followed_by, stands.json.links.determination], [denied.json.decision, null, null], 'upheld: the decision stands');
const after = await read(first);
tally.equal([after.json.decision, after.json.authorization, after.json.superseded, after.json.appeals[0].status], [denied.json.decision, null, [], 'upheld'], 'upheld: nothing is granted');
tally.equal([after.json.tasks.includes('appeal'), after.headers.etag, stands.headers.etag], [false, stands.headers.etag, after.headers.etag], 'upheld: nothing is left to decide');
const retry = await daemon.call('POST', `/v1/appeals/${apl}/determination`, upholding);
tally.check(retry.text === stands.text && retry.headers['idempotency-replayed'] === 'true', 'a retry gets the same answer');
problem(await daemon.call('POST', `/v1/appeals/${apl}/determination`, { ...upholding, body: { ...upheld, rationale: 'Another.' } }), 422, 'idempotency-key-reused', 'the key of another body');
refused(await decide(apl, overturned), 409, /decided already/, 'not decided twice');
pointers(await step(first, 'determination', { ...denial, documents_reviewed, rationale: 'Said more clearly.', supersedes: denied.json.decision.id }, 'physician'), ['/reason'],
	'a decision that was upheld can be corrected, as any');
refused(await appeal(first), 409, /appealed already/, 'nor appealed twice');
tally.equal((await events(first)).slice(-1).map((e) => [e.action, e.actor_role]), [['appeal_decided', 'appeals']], 'the timeline');

/* ---- overturned: all of it, a part of it, more than may be ---- */

const again = await appeal(second, { from: 'member', received_at: '2026-06-08T16:00:00-07:00' }, { as: 'intake' });
tally.equal([again.status, again.json?.from, again.json?.due_at], [201, 'member', '2026-06-11T16:00:00-07:00'], `staff enter what a member sent: ${again.text.slice(0, 300)}`);
await clock('2026-06-11T16:00:01-07:00');
const was = (await read(second)).json.decision;
const done = await decide(again.json.id, overturned);
tally.equal([done.status, done.json?.status, done.json?.late], [200, 'overturned', true], `overturned a second late (${done.text.slice(0, 500)})`);
const now = (await read(second)).json;
tally.equal([now.status, now.decision.outcome, now.decision.appeal, now.decision.supersedes, now.decision.by], ['decided', 'approved', again.json.id, was.id, 'prn_appeals'], 'the new decision');
tally.equal(now.superseded, [was], 'the denial is superseded, and kept');
tally.check(/^AU-/.test(now.authorization.number) && now.authorization_number === now.authorization.number, `an authorization: ${JSON.stringify(now.authorization)}`);
tally.equal([done.json.appealed, done.json.followed_by], [was, now.decision], 'the appeal tells of both');
tally.equal([now.missing, now.findings.length > 0], [[], true], 'what was found stays');
refused(await appeal(second), 409, /approved as it was asked/, 'what is approved is not appealed again');
refused(await step(second, 'determination', { ...denial, documents_reviewed, supersedes: now.decision.id, reason: 'slip' }, 'physician'), 409, /made on an appeal/, 'nor is it corrected');

// In part, and that part again; who decided one appeal does not decide the next.
const partly = await appeal(third);
const grants = (to, more = {}) => ({ ...overturned, grants: [{ line: 0, from: '2026-06-08', to, ...more }], basis: 'criterion_not_met', criteria: [criterion], alternative: 'Outpatient therapy.' });
pointers(await decide(partly.json.id, { ...grants('2026-06-21'), basis: undefined }), ['/basis'], 'a part needs its ground');
const above = await decide(partly.json.id, grants('2026-07-08'));
tally.equal([above.status, above.json?.errors?.some((e) => e.pointer === '/grants/0' && e.code === 'not_asked')], [422, true], `more than was asked: ${above.text.slice(0, 500)}`);
tally.equal((await read(third)).json.decision.outcome, 'denied', 'nothing came of that');
const some = await decide(partly.json.id, grants('2026-06-21'));
tally.equal(some.status, 200, `two weeks of it (${some.text.slice(0, 500)})`);
const two = (await read(third)).json;
tally.equal([two.decision.outcome, two.authorization.from, two.authorization.to, two.authorization.days], ['approved_in_part', '2026-06-08', '2026-06-21', 14], 'in part');
const next = await appeal(third, { reason: 'The rest.' });
tally.equal([next.status, next.json?.decision], [201, two.decision.id], `the rest is appealed: ${next.text.slice(0, 300)}`);
refused(await decide(next.json.id, upheld), 403, /decided anything/, 'who decided one appeal does not decide the next');
tally.equal((await read(third)).json.appeals.map((a) => a.status), ['overturned', 'open'], 'both stand in the answer');
const older = (await daemon.call('GET', `/v1/appeals/${partly.json.id}`, { as: 'auditor' })).json;
tally.equal([older.id, older.status, older.appealed.outcome, older.followed_by.id], [partly.json.id, 'overturned', 'denied', two.decision.id], 'the earlier one is read by its own id');

// Above what one authorization may hold.
const long = await submit(asked('2026-06-22', { '/service_period': { start: '2026-06-22', end: '2026-07-26' }, '/lines/0/units': 35 }));
await deny(long);
const much = await appeal(long);
const cap = (await read(long)).json.limits[0];
tally.check(cap?.allowed_to < '2026-07-26', `more is asked than one authorization holds: ${JSON.stringify(cap)}`);
const over = await decide(much.json.id, { ...overturned, grants: [{ line: 0, from: '2026-06-22', to: '2026-07-26' }] });
tally.equal([over.status, over.json?.errors?.[0]?.pointer.startsWith('/grants')], [422, true], `above the cap: ${over.text.slice(0, 500)}`);
const within = await decide(much.json.id, { ...overturned, grants: [{ line: 0, from: '2026-06-22', to: cap.allowed_to }], basis: 'policy_limit' });
tally.equal([within.status, within.json?.followed_by?.outcome], [200, 'approved_in_part'], `within the cap: ${within.text.slice(0, 500)}`);
tally.equal((await read(long)).json.authorization.to, cap.allowed_to, 'up to the cap');

// An approval in part is appealed as well.
const rest = await appeal(part);
tally.equal([rest.status, rest.json?.appealed?.outcome], [201, 'approved_in_part'], `an approval in part: ${rest.text.slice(0, 300)}`);
// What was granted stays granted, and something comes to it.
const lesser = async (from, to, what) => {
	const less = await decide(rest.json.id, { ...grants(to), grants: [{ line: 0, from, to }] });
	tally.equal([less.status, less.json?.errors?.map((e) => `${e.pointer} ${e.code}`)], [422, ['/grants less_than_before']], `${what}: ${less.text.slice(0, 500)}`);
};
await lesser('2026-06-08', '2026-06-12', 'an appeal takes nothing away');
await lesser('2026-06-09', '2026-07-07', 'nor a day of it for others');
await lesser('2026-06-08', '2026-06-21', 'and what was granted already is not overturned');
tally.equal((await read(part)).json.authorization.to, '2026-06-21', 'nothing came of that');
const all = await decide(rest.json.id, overturned);
tally.equal([all.status, all.json?.followed_by?.outcome, (await read(part)).json.authorization.days], [200, 'approved', 30], `overturned, all of it: ${all.text.slice(0, 500)}`);

/* ---- eight at once: one appeal, one decision ---- */

const race = async (count, send) => (await Promise.all(Array.from({ length: count }, send))).map((a) => a.status).sort();
const etag = await etagOf(fourth);
const body = { kind: 'expedited', from: 'practitioner' };
tally.equal(await race(8, () => daemon.call('POST', `/v1/requests/${fourth}/appeals`, { as: 'provider', etag, body })), [201, ...Array(7).fill(412)], 'eight appeals at once');
const raced = (await read(fourth)).json.appeals;
tally.equal(raced.length, 1, 'one was received');
const raceEtag = await etagOf(fourth);
const statuses = await race(8, (_, i) => daemon.call('POST', `/v1/appeals/${raced[0].id}/determination`, { as: 'appeals', etag: raceEtag, body: i % 2 ? upheld : overturned }));
tally.equal(statuses, [200, ...Array(7).fill(412)], 'eight decisions at once');
const sameKey = { as: 'provider', etag: await etagOf(fifth), key: 'all-alike', body };
const alike = await Promise.all(Array.from({ length: 8 }, () => daemon.call('POST', `/v1/requests/${fifth}/appeals`, sameKey)));
tally.equal([new Set(alike.map((a) => a.text)).size, alike.every((a) => a.status === 201 && a.headers.location === alike[0].headers.location)], [1, true],
	`eight times the same key: ${alike.map((a) => a.status)}`);
const sameDecision = { as: 'appeals', etag: await etagOf(fifth), key: 'decided-alike', body: overturned };
const settled = await Promise.all(Array.from({ length: 8 }, () => daemon.call('POST', `/v1/appeals/${alike[0].json.id}/determination`, sameDecision)));
tally.equal([new Set(settled.map((a) => a.text)).size, settled.every((a) => a.status === 200 && a.json.status === 'overturned')], [1, true],
	`eight times the same decision: ${settled.map((a) => a.status)}`);
tally.equal((await daemon.stop()).code, 0, `the daemon ended: ${daemon.err.slice(0, 500)}`);

/* ---- the database by itself, and credentials, on a daemon with principals of its own ---- */

const records = database(binary, 'appeals');
sender = 'clinic-a';
const staff = (name, role, ...more) => { records.tokens[name] = records.create('--role', role, '--payer', 'trillium', ...more); };
staff('reviewer', 'reviewer', '--credential', 'qmhp_bhcc');
staff('physician', 'physician', '--credential', 'psychiatrist');
staff('appeals', 'appeals', '--credential', 'psychologist_doctoral');
staff('nurse', 'appeals', '--credential', 'rn');
records.tokens.elsewhere = records.create('--role', 'appeals', '--payer', 'other', '--credential', 'psychologist_doctoral');
daemon = await serve(binary, records);
const own = await submit(asked(days(new Date().toISOString(), 10)));
const verdict = await deny(own);
const asking = await appeal(own);
tally.equal(asking.status, 201, `appealed: ${asking.text.slice(0, 300)}`);
refused(await decide(asking.json.id, upheld, { as: 'nurse' }), 403, /credential/, 'the policy does not list the credential');
for (const [method, path] of [['GET', ''], ['POST', '/determination']]) {
	const send = (one) => daemon.call(method, `/v1/appeals/${one}${path}`, { as: 'elsewhere', etag: '"v1"', body: method === 'POST' ? upheld : undefined });
	problem(await send(asking.json.id), 404, 'not-found', `${method}: not for staff of another payer`);
	tally.equal(bare(await send(asking.json.id)), bare(await send('apl_0')), `${method}: as if it were not there`);
}
/** Decides the appeal past the code; what is not refused is taken back. */
const force = (decider) => execFileSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
db.execute("BEGIN IMMEDIATE")
try:
    db.execute("UPDATE appeal SET status = 'upheld', decided_at = received_at, decider = ?, decider_role = 'appeals', credential = 'x', rationale = 'x', decided_event = (SELECT last_event FROM request WHERE id = request_id) WHERE id = ?", sys.argv[2:])
    print("taken")
except sqlite3.Error as error:
    print(error)
db.execute("ROLLBACK")
`, records.db, decider, asking.json.id]).toString().trim();
const told = await step(own.json?.id ?? own, 'notices', { to: 'practitioner', channel: 'phone' }, 'nurse');
tally.equal(told.status, 200, `told: ${told.text.slice(0, 200)}`);
const actors = Object.fromEntries((await events(own)).map((e) => [e.action, e.actor]));
for (const act of ['received', 'finding_recorded', 'determined']) tally.check(/not involved/.test(force(actors[act])), `the database refuses who did ${act}: ${force(actors[act])}`);
tally.equal(verdict.json.decision.by, actors.determined, 'who denied it');
tally.equal(force('prn_somebody'), 'taken', 'the control: somebody else');
tally.equal((await decide(asking.json.id, upheld)).status, 200, 'decided by somebody who was not involved');
tally.check(force('prn_somebody') !== 'taken', 'the database decides no appeal twice');
const better = await step(own, 'determination', {
	...denial, documents_reviewed, rationale: 'Outpatient therapy meets the need, three times a week.', supersedes: verdict.json.decision.id, reason: 'wrong_member',
	plan_facts: { source: 'enrollment', line_of_business: 'commercial' },
}, 'physician');
tally.equal([better.status, better.json?.decision.supersedes, better.json?.verified?.facts, better.json?.clock.all], [200, verdict.json.decision.id, ['line_of_business'], verdict.json.clock.all],
	`upheld, and corrected with other facts: ${better.text.slice(0, 500)}`);
await daemon.stop();
tally.check(!/NOT|bad/.test(verifyAudit(binary, records.db)), 'the record is whole');
tally.end();
