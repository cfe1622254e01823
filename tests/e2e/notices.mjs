// SPDX-License-Identifier: Apache-2.0
// What is told about a decision, in time and late, and requests that were handled elsewhere: by the movable clock.
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '41', '--clock', '2026-06-01T10:00:00-07:00', '--policies', 'policies']);

const clock = async (instant) => {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
};
/** Day treatment asked for from Monday 2026-06-08, complete. */
const asked = (set = {}) => applyEdits(sample('pdts-complete'), [], {
	'/admission/planned_on': '2026-06-08', '/service_period': { start: '2026-06-08', end: '2026-07-07' }, '/documents/0/completed_on': '2026-05-20',
	'/documents/1/completed_on': '2026-05-10', '/documents/2/completed_on': '2026-05-28', ...set,
});
const read = async (id, as = 'intake') => daemon.call('GET', `/v1/requests/${id}`, { as });
async function submit(body) {
	const sent = await daemon.call('POST', '/v1/requests', { as: 'provider', body });
	tally.equal(sent.status, 201, `sent: ${sent.text.slice(0, 300)}`);
	return sent.json.id;
}
/** A step on the request as it stands now, unless the call brings its own ETag. */
async function step(id, resource, body, as, more = {}) {
	const { etag } = (await read(id)).headers;
	return daemon.call(more.method ?? 'POST', `/v1/requests/${id}/${resource}`, { as, etag, body, ...more });
}
const notice = (id, body, more = {}) => step(id, 'notices', { channel: 'phone', to: 'practitioner', ...body }, more.as ?? 'intake', more);
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.json?.detail ?? answer.text.slice(0, 300)})`);
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], what);
function notNow(answer, detail, what) {
	problem(answer, 409, 'illegal-transition', what);
	tally.check(detail.test(answer.json?.detail), `${what}: ${answer.json?.detail}`);
}

/** Denied by the physician on clinical need. */
async function deny(id) {
	const criterion = 'trillium.um.determine-necessity';
	const found = await step(id, `findings/${criterion}`, { answer: 'not_met', note: 'Day treatment is more than is needed.' }, 'reviewer', { method: 'PUT' });
	tally.equal(found.status, 200, `found: ${found.text.slice(0, 300)}`);
	const denied = await step(id, 'determination', {
		outcome: 'denied', basis: 'criterion_not_met', criteria: [criterion], rationale: 'Outpatient therapy twice a week meets the need.',
		alternative: 'Outpatient therapy twice a week.', documents_reviewed: ['d1', 'd2', 'd3'],
	}, 'physician');
	tally.equal([denied.status, denied.json?.decision?.outcome], [200, 'denied'], `denied: ${denied.text.slice(0, 500)}`);
	return denied;
}
const listed = async (id, as = 'intake') => (await daemon.call('GET', '/v1/requests?limit=200', { as })).json.requests.some((r) => r.id === id);

/* ---- before a decision there is nothing to tell ---- */

const [late, early, edge, member, wrong, lapsed] = [await submit(asked()), await submit(asked()), await submit(asked()), await submit(asked()), await submit(asked()), await submit(asked())];
notNow(await notice(late, {}), /not decided yet/, 'in review nothing is told');

/* ---- S102: decided in time, told one hour after it was due ---- */

await clock('2026-06-05T09:00:00-07:00');
const decided = await deny(late);
const { due_at } = decided.json.clock;
const owed = decided.json.notices.owed;
tally.check(owed.length > 0 && owed.every((o) => o.to === 'practitioner' && o.due_at === due_at && o.told_at === null && o.late === false),
	`owed to the practitioner by the time of the decision: ${JSON.stringify(owed)}`);
tally.equal([decided.json.tasks, decided.json.waiting_on, await listed(late)], [['notify'], 'plan', true], 'the notice is a task of the plan');
for (const id of [early, edge, member, wrong, lapsed]) await deny(id);
const hourLater = new Date(Date.parse(due_at) + 3600000).toISOString();
await clock(hourLater);

pointers(await notice(late, { told_at: '2026-06-05T08:59:59-07:00' }), ['/told_at'], 'told before it was decided');
pointers(await notice(late, { told_at: new Date(Date.parse(hourLater) + 1000).toISOString() }), ['/told_at'], 'told in the future');
pointers(await notice(late, { to: 'neighbour', channel: 'pigeon', told_at: 'today' }), ['/channel', '/to', '/told_at'], 'words that are not known');
problem(await notice(late, {}, { as: 'provider' }), 403, 'forbidden', 'a provider records no notice');
problem(await notice(late, {}, { as: 'auditor' }), 403, 'forbidden', 'nor does an auditor');
problem(await notice(late, {}, { etag: undefined }), 428, 'precondition-required', 'no If-Match');
problem(await notice(late, {}, { etag: decided.headers.etag.replace(/\d+/, '1') }), 412, 'stale', 'a stale ETag');
problem(await notice(late, {}, { key: null }), 400, 'idempotency-key-required', 'no key');
const before = await read(late);
const { version } = before.json;
const sent = { to: 'practitioner', channel: 'phone', note: 'Spoke with the medical director.' };
const call = { as: 'intake', etag: before.headers.etag, key: 'told-late', body: sent };
const told = await daemon.call('POST', `/v1/requests/${late}/notices`, call);
tally.equal([told.status, told.json.version, told.headers.etag], [200, version + 1, `"v${version + 1}"`], `told (${told.text.slice(0, 300)})`);
tally.check(told.json.notices.owed.length === owed.length && told.json.notices.owed.every((o) => o.late === true && Date.parse(o.told_at) === Date.parse(hourLater)),
	`the breach is recorded: ${JSON.stringify(told.json.notices.owed)}`);
tally.equal(told.json.notices.given.map((g) => [g.to, g.channel, g.late, g.note, g.by]), [['practitioner', 'phone', true, sent.note, 'prn_intake']], 'what was told');
tally.equal([told.json.decision, told.json.clock.late_against, told.json.decision.late], [decided.json.decision, [], false], 'the decision stands, in time');
tally.equal([told.json.status, told.json.tasks, told.json.waiting_on, await listed(late)], ['decided', [], 'nobody', false], 'nothing is owed any more');
const again = await daemon.call('POST', `/v1/requests/${late}/notices`, call);
tally.check(again.text === told.text && again.headers['idempotency-replayed'] === 'true', 'a retry gets the same answer');
problem(await daemon.call('POST', `/v1/requests/${late}/notices`, { ...call, body: { ...sent, channel: 'fax' } }), 422, 'idempotency-key-reused', 'the key of another body');
const line = (await daemon.call('GET', `/v1/requests/${late}/timeline?limit=200`, { as: 'intake' })).json.events;
tally.equal([line.at(-1).action, line.at(-1).actor_role], ['notice_recorded', 'intake'], 'an event of its own');
const more = await notice(late, { channel: 'mail' });
tally.equal([more.json.notices.given.length, more.json.notices.given[1].late, more.json.notices.owed], [2, false, told.json.notices.owed], 'a letter as well changes nothing about what was owed');

/* ---- a correction: what nobody was told stays owed by its own time, what was told is told anew ---- */

for (const [id, due, what] of [[wrong, due_at, 'untold'], [late, `${hourLater.slice(0, 4)}`, 'told']]) {
	const { decision, notices } = (await read(id)).json;
	const corrected = await step(id, 'determination', {
		outcome: 'denied', basis: 'criterion_not_met', criteria: ['trillium.um.determine-necessity'], rationale: 'Outpatient therapy three times a week meets the need.',
		alternative: 'Outpatient therapy three times a week.', documents_reviewed: ['d1', 'd2', 'd3'], supersedes: decision.id, reason: 'wrong_number',
	}, 'physician');
	tally.equal([corrected.status, corrected.json?.notices.owed.length], [200, owed.length], `${what}: corrected (${corrected.text.slice(0, 500)})`);
	if (what === 'untold') tally.equal(corrected.json.notices.owed, notices.owed, 'untold: each is owed since then and by then');
	else tally.check(corrected.json.notices.owed.every((o) => o.told_at === null && Date.parse(o.due_at) > Date.parse(hourLater) && o.since === corrected.json.updated_at), 'told: owed anew, today');
	tally.check(corrected.json.notices.owed.every((o) => o.due_at.startsWith(due)), `${what}: due ${corrected.json.notices.owed[0]?.due_at}`);
	const after = await notice(id, { channel: 'mail' });
	tally.equal([after.json.notices.owed.map((o) => o.late), after.json.notices.given.at(-1).late], [owed.map(() => what === 'untold'), what === 'untold'], `${what}: the breach is not corrected away`);
}
{
	// One that tells of nothing refused any more: what was owed of the refusal was owed.
	const { decision, notices } = (await read(lapsed)).json;
	const granted = await step(lapsed, 'determination', {
		outcome: 'approved', rationale: 'The discharge summary was overlooked.', documents_reviewed: ['d1', 'd2', 'd3'], supersedes: decision.id, reason: 'overlooked',
		findings: (await read(lapsed)).json.findings.filter((f) => f.answer !== 'met').map((f) => ({ criterion: f.item, answer: 'met', note: 'Seen in the summary.' })),
	}, 'physician');
	tally.equal([granted.status, granted.json?.notices.owed.slice(0, owed.length)], [200, notices.owed], `an overdue refusal, approved since (${granted.text.slice(0, 500)})`);
	tally.equal(granted.json.notices.owed.slice(owed.length).map((o) => o.to), ['submitter'], 'and the approval is told');
}

/* ---- told in time, recorded afterwards; on the very second; to somebody else ---- */

const inTime = await notice(early, { told_at: '2026-06-05T10:00:00-07:00', channel: 'fax' }, { as: 'physician' });
tally.equal([inTime.status, inTime.json.notices.owed.map((o) => [o.told_at, o.late])], [200, owed.map(() => ['2026-06-05T10:00:00-07:00', false])], 'told in time, recorded later');
tally.equal(inTime.json.notices.given[0].late, false, 'in time');
const onTime = await notice(edge, { told_at: due_at });
tally.equal(onTime.json.notices.owed.map((o) => o.late), owed.map(() => false), 'on the very second it is in time');
const other = await notice(member, { to: 'member', channel: 'mail' });
tally.equal(other.json.notices.owed.map((o) => o.told_at), owed.map(() => null), 'who was told something else is still owed theirs');
tally.equal([other.json.tasks, other.json.notices.given.map((g) => [g.to, g.late])], [['notify'], [['member', false]]], 'the notice to the practitioner stays a task');
const second = await notice(member, { told_at: new Date(Date.parse(due_at) + 1000).toISOString() });
tally.equal([second.json.tasks, second.json.notices.owed.every((o) => o.late)], [[], true], 'one second late is late');

/* ---- a return is told too; what was withdrawn is not ---- */

const returned = await submit(sample('pdts-other-insurance'));
const back = await step(returned, 'return', { decision: 'return', reason: 'tpl_primary' }, 'intake');
tally.equal([back.status, back.json?.status], [200, 'returned'], `returned: ${back.text.slice(0, 300)}`);
const toldBack = await notice(returned, { to: 'submitter', channel: 'fax' });
tally.equal([toldBack.status, toldBack.json?.status, toldBack.json?.notices], [200, 'returned', { owed: [], given: [{ to: 'submitter', channel: 'fax',
	told_at: toldBack.json?.updated_at, late: false, note: null, at: toldBack.json?.updated_at, by: 'prn_intake' }] }], 'the notice of a return');
tally.equal([toldBack.json.decision, toldBack.json.return, toldBack.json.waiting_on], [back.json.decision, back.json.return, 'provider'], 'the return stands');
const gone = await submit(asked());
await step(gone, 'withdrawal', { reason: 'not_needed' }, 'provider');
notNow(await notice(gone, {}), /closed/, 'nothing is told of what was withdrawn');

/* ---- handled elsewhere ---- */

const manual = await submit({ payer: 'trillium', service: 'ICTS', review: 'initial' });
const closing = { note: 'Answered by letter from the care coordination team.' };
const close = (id, body, more = {}) => step(id, 'closure', body, more.as ?? 'intake', more);
tally.equal([(await read(manual)).json.status, (await read(manual)).json.tasks], ['manual_route', ['route']], 'on the manual route');
pointers(await close(manual, {}), ['/note'], 'no note');
pointers(await close(manual, { note: ' \t ' }), ['/note'], 'a blank note');
for (const as of ['provider', 'reviewer', 'physician', 'appeals']) problem(await close(manual, closing, { as }), 403, 'forbidden', `${as}: closes nothing`);
notNow(await notice(manual, {}), /manual route/, 'nothing is told before it is closed');
notNow(await close(await submit(asked()), closing), /manual route/, 'only of the manual route');
const open = await read(manual);
const shut = await daemon.call('POST', `/v1/requests/${manual}/closure`, { as: 'intake', etag: open.headers.etag, key: 'closed', body: closing });
tally.equal([shut.status, shut.json?.status, shut.json?.waiting_on, shut.json?.tasks], [200, 'recorded', 'nobody', []], `closed: ${shut.text.slice(0, 300)}`);
tally.equal([shut.json.closure.reason, shut.json.closure.note, shut.json.closure.by], ['handled_elsewhere', closing.note, 'prn_intake'], 'who, why');
tally.equal([shut.json.decision.disposition, shut.json.decision.outcome, shut.json.decision.reason, shut.json.clock.running],
	['closed_elsewhere', null, 'handled_elsewhere', false], 'a disposition, no determination');
const shutAgain = await daemon.call('POST', `/v1/requests/${manual}/closure`, { as: 'intake', etag: open.headers.etag, key: 'closed', body: closing });
tally.check(shutAgain.text === shut.text && shutAgain.headers['idempotency-replayed'] === 'true', 'a retry gets the same answer');
notNow(await close(manual, closing), /closed/, 'not twice');
tally.equal(await listed(manual), false, 'gone from the worklist');
tally.equal((await notice(manual, { to: 'submitter' })).status, 200, 'the sender is told');
const otherManual = await submit({ payer: 'trillium', service: 'ICTS', review: 'concurrent' });
tally.equal((await close(otherManual, { ...closing, reason: 'on_paper' })).json.closure.reason, 'on_paper', 'a reason in a word of its own');

const { code } = await daemon.stop();
tally.equal(code, 0, `the daemon ended: ${daemon.err.slice(0, 500)}`);
tally.end();
