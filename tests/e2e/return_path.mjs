// SPDX-License-Identifier: Apache-2.0
// The ways in which a request ends without a determination, played day by day: outreach and return to sender, proposed returns, withdrawal, and
// the new request that replaces the old one. The bodies are those of the policy's own cases.
import { readFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';
import { RAISED } from '../lib/timeline.mjs';

const binary = process.argv[2];
const tally = new Tally();
const directory = 'policies/trillium-isa/2019-03-06/cases';
const daemon = await start(binary, ['--sandbox', '--seed', '31', '--clock', '2026-03-02T10:15:00-08:00', '--policies', 'policies']);

const read = (file) => JSON.parse(readFileSync(`${directory}/${file}.json`, 'utf8'));
/** The body of the case whose name starts so. */
function body(file, name, set = {}) {
	const found = read(file).cases.find((one) => one.name.startsWith(name));
	return applyEdits(applyEdits(read(`bases/${found.base}`), found.remove, found.set), [], set);
}
const clock = async (instant) => {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
};
const submit = async (sent, as = 'provider') => daemon.call('POST', '/v1/requests', { as, body: sent });
const get = (path, as = 'provider') => daemon.call('GET', path, { as });
/** A step on the request as LAST answered it; a good answer takes its place. */
async function step(last, resource, sent, more = {}) {
	const now = await get(`/v1/requests/${last.json.id}`, 'intake'); // time may have changed it since
	const answer = await daemon.call('POST', `/v1/requests/${last.json.id}/${resource}`,
		{ as: resource === 'information' || resource === 'withdrawal' ? 'provider' : 'intake', etag: now.headers.etag, body: sent, ...more });
	if (answer.status === 200) Object.assign(last, answer);
	return answer;
}
const attempt = (last, items, more = {}, call = {}) => step(last, 'outreach-attempts', { channel: 'phone', items, outcome: 'left_message', ...more }, call);
const giveBack = (last, reason = 'missing_components', more = {}, call = {}) => step(last, 'return', { decision: 'return', reason, ...more }, call);
const setAside = (last, reason, note) => step(last, 'return', { decision: 'set_aside', reason, note });

const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], what);
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], what);
/** Refused now, with a reason that says so. */
function notNow(answer, detail, what) {
	problem(answer, 409, 'illegal-transition', what);
	tally.check(detail.test(answer.json?.detail), `${what}: ${answer.json?.detail}`);
}
/** Closed without a determination, kindly, and for good. */
async function closed(last, status, waiting, what) {
	tally.equal([last.status, last.json.status, last.json.waiting_on], [200, status, waiting], `${what}: status and turn`);
	tally.check(/not a denial|nothing is denied/i.test(last.json.summary), `${what}: no denial: ${last.json.summary}`);
	tally.equal([last.json.decision.disposition, last.json.decision.outcome, last.json.authorization, last.json.clock.running], [status, null, null, false], `${what}: nothing is decided, no clock runs`);
	notNow(await step(structuredClone(last), 'information', { facts: {} }), /closed/, `${what}: information comes too late`);
	notNow(await attempt(structuredClone(last), ['trillium.rts.service-dates']), /closed/, `${what}: so does outreach`);
	notNow(await giveBack(structuredClone(last)), /closed/, `${what}: it is not returned twice`);
	notNow(await step(structuredClone(last), 'withdrawal', { reason: 'not_needed' }), /closed/, `${what}: nor withdrawn`);
}
async function timeline(last, wanted, what) {
	const events = (await get(`/v1/requests/${last.json.id}/timeline`)).json.events;
	tally.equal(events.filter((e) => !RAISED.includes(e.action)).map((e) => `${e.action} ${e.actor_role}`), wanted, `${what}: the timeline`);
	tally.equal(events.at(-1).state.status, last.json.status, `${what}: where it ended`);
}
/** Key, ETag and replay of a step that is lawful now; does it. */
async function guarded(last, resource, sent, what) {
	const before = structuredClone({ json: last.json, headers: last.headers });
	problem(await step(last, resource, sent, { etag: undefined }), 428, 'precondition-required', `${what}: no If-Match`);
	problem(await step(last, resource, sent, { etag: '"v99"' }), 412, 'stale', `${what}: a stale ETag`);
	problem(await step(last, resource, sent, { key: null }), 400, 'idempotency-key-required', `${what}: no key`);
	problem(await step(last, resource, sent, { token: 'ar_none' }), 401, 'unauthenticated', `${what}: no good token`);
	const key = `${what} ${resource}`.replaceAll(' ', '-');
	const done = await step(last, resource, sent, { key });
	tally.equal(done.status, 200, `${what}: done (${done.text.slice(0, 200)})`);
	const replay = await step(before, resource, sent, { key });
	tally.check(replay.status === 200 && replay.text === done.text && replay.headers['idempotency-replayed'] === 'true', `${what}: a retry gets the same answer`);
	problem(await step(last, resource, { ...sent, note: 'something else' }, { key }), 422, 'idempotency-key-reused', `${what}: the key of another body`);
	return done;
}

/* ---- what is missing: the attempts owed (C.15.6, X62) ---- */

const dates = ['trillium.rts.service-dates'];
const three = ['trillium.rts.provider-ids', 'trillium.rts.service-dates', 'trillium.rts.units-per-code'];
const s08 = await submit(body('pdts-completeness', 'S08'));
const s09 = await submit(body('pdts-completeness', 'S09'));
const s10 = await submit(body('pdts-completeness', 'S10'));
const n7 = await submit(body('pdts-completeness', 'N7'));
const s12 = await submit(body('pdts-completeness', 'S12'));
const s11 = await submit(body('pdts-completeness', 'S11'));
const n1 = await submit(body('pdts-completeness', 'N1'));
const first = { clock: s08.json.clock, missing: s08.json.missing };
for (const [last, owed, name] of [[s08, 2, 'S08'], [s09, 3, 'S09 Medicare'], [s10, 3, 'S10 dual'], [n7, 3, 'N7 unknown'], [s12, 2, 'S12']]) {
	tally.equal([last.status, last.json.status, last.json.outreach.required_before_return], [201, 'incomplete', owed], `${name}: recorded, ${owed} owed`);
	tally.equal([last.json.outreach.made, last.json.outreach.attempts], [0, null], `${name}: the automatic answer is no attempt`);
	notNow(await giveBack(last), new RegExp(`^0 of ${owed} .*log ${owed} more.*2026-03-02`), `${name}: no return without attempts`);
}

// What an attempt must say.
pointers(await attempt(s08, ['trillium.rts.icd-codes', ...three]), ['/items/0'], 'an item that is not missing');
pointers(await attempt(s08, ['no.such.item']), ['/items/0'], 'an item that nobody knows');
pointers(await attempt(s08, three, { at: '2026-03-02T10:14:59-08:00' }), ['/at'], 'an attempt before receipt');
pointers(await attempt(s08, ['no.such.item'], { at: '2026-03-02T10:15:01-08:00' }), ['/items/0', '/at'], 'an attempt still to come, and all that is wrong at once');
pointers(await attempt(s08, []), ['/items'], 'no items');
pointers(await attempt(s08, three, { channel: 'pigeon', outcome: 'eaten' }), ['/channel', '/outcome'], 'words that are not known');
tally.equal(s08.headers.etag, '"v1"', 'none of that changed anything');
await attempt(s08, three);
problem(await attempt(s08, three, {}, { as: 'provider' }), 403, 'forbidden', 'a provider logs no attempts');
tally.equal([s08.json.outreach.made, s08.json.outreach.attempts.length, s08.json.version], [1, 1, 2], 'S08: one attempt, as of now');
tally.equal(s08.json.outreach.attempts[0], { at: '2026-03-02T10:15:00-08:00', by: 'prn_intake', channel: 'phone', items: three, outcome: 'left_message' }, 'S08: as it was logged');

// Two on one day count once; clocks and list stay.
await clock('2026-03-02T15:00:00-08:00');
await guarded(s08, 'outreach-attempts', { channel: 'email', items: three, outcome: 'no_answer', spoke_with: null, note: 'Sent to the intake desk.' }, 'attempt');
tally.equal([s08.json.outreach.made, s08.json.outreach.attempts.length], [1, 2], 'S08: two on one day count once');
tally.equal([s08.json.clock, s08.json.missing, s08.json.status], [first.clock, first.missing, 'incomplete'], 'S08: clocks and list stay as they were');
notNow(await giveBack(s08), /^1 of 2 .*log 1 more.*2026-03-03/, 'S08: refused with one attempt');
for (const last of [s09, s10, n7]) await attempt(last, dates);

// The next business day.
await clock('2026-03-03T09:00:00-08:00');
await attempt(s08, ['trillium.rts.units-per-code'], { outcome: 'spoke', spoke_with: 'billing office' });
tally.equal(s08.json.outreach.made, 2, 'S08: another day counts, also for a part of the list');
for (const as of ['provider', 'reviewer', 'physician']) problem(await giveBack(s08, 'missing_components', {}, { as }), 403, 'forbidden', `${as}: returns nothing`);
notNow(await giveBack(s08, 'tpl_primary'), /proposed/, 'S08: not for a reason that is not proposed');
notNow(await setAside(s08, 'missing_components', 'Let it be.'), /proposed/, 'S08: what is missing is no proposal to set aside');
await guarded(s08, 'return', { decision: 'return', reason: 'missing_components', note: 'Called twice.' }, 'return');
await closed(s08, 'returned', 'provider', 'S08');
tally.equal(s08.json.missing, first.missing, 'S08: the itemised list stays');
tally.equal(s08.json.return, { reason: 'missing_components', at: '2026-03-03T09:00:00-08:00', by: 'prn_intake', note: 'Called twice.' }, 'S08: who, when, why');
tally.check(/2 attempts.*3 items are still missing.*replaces/.test(s08.json.summary), `S08: the summary says why: ${s08.json.summary}`);
await timeline(s08, ['received provider', 'outreach_attempted intake', 'outreach_attempted intake', 'outreach_attempted intake', 'returned intake'], 'S08');
tally.equal((await get('/v1/requests?limit=200')).json.requests.some((r) => r.id === s08.json.id), false, 'S08: gone from the worklist');
tally.equal((await get('/v1/requests?status=returned')).json.requests.map((r) => r.id), [s08.json.id], 'S08: found among the returned');

// Medicare, dual and unknown: three.
for (const [last, name] of [[s09, 'S09'], [s10, 'S10'], [n7, 'N7']]) {
	await attempt(last, dates);
	notNow(await giveBack(last), /^2 of 3 .*log 1 more.*2026-03-04/, `${name}: refused with two attempts`);
}
await clock('2026-03-04T09:00:00-08:00');
for (const [last, name] of [[s09, 'S09'], [s10, 'S10'], [n7, 'N7']]) {
	await attempt(last, dates, { channel: 'mail', outcome: 'received' });
	await giveBack(last);
	await closed(last, 'returned', 'provider', `${name} with three`);
}

// S11: everything arrives after the first attempt.
await attempt(s11, three);
const clocks = s11.json.clock;
const cure = read('pdts-completeness').cases.find((one) => one.name.startsWith('S11')).then[0];
await step(s11, 'information', cure.information);
tally.equal([s11.json.status, s11.json.missing, s11.json.clock], ['in_review', [], clocks], 'S11: complete; the clocks are those of receipt');
tally.equal([s11.json.outreach.made, s11.json.outreach.attempts.length], [0, 1], 'S11: what was logged stays; nothing is owed any more');
notNow(await giveBack(s11), /nothing .*is missing/, 'S11: no return');
pointers(await attempt(s11, dates), ['/items/0'], 'S11: nothing to reach out for');

// N1: one attempt names what completeness lacks and what was asked for; only the first sort counts.
const both = [n1.json.missing[0].item, n1.json.requested[0].item];
await attempt(n1, [both[1]]);
tally.equal([n1.json.outreach.made, n1.json.outreach.attempts.length], [0, 1], 'N1: an attempt about clinical papers alone does not count towards a return');
await attempt(n1, both);
tally.equal(n1.json.outreach.made, 1, 'N1: one attempt names both');
await clock('2026-03-05T09:00:00-08:00');
await step(n1, 'information', { service_period: { end: '2026-04-07' } });
tally.equal([n1.json.status, n1.json.missing, n1.json.requested.length], ['in_review', [], 1], 'N1: in review; the paper is still asked for');
await attempt(n1, [both[1]]);
await clock('2026-03-06T09:00:00-08:00');
await attempt(n1, [both[1]]);
notNow(await giveBack(n1), /clinical papers alone never/, 'N1: clinical papers alone never return a request');

// A closed day does not count, nor a fax that failed unless another way was tried; the order of logging does not matter.
await attempt(s12, ['trillium.rts.dmap'], { channel: 'fax', outcome: 'failed' });
tally.equal(s12.json.outreach.made, 0, 'S12: a fax that failed');
await attempt(s12, ['trillium.rts.dmap'], { channel: 'fax', second_channel: 'fax', outcome: 'failed' });
tally.equal(s12.json.outreach.made, 0, 'S12: the fax again is no second channel');
await clock('2026-03-07T11:00:00-08:00');
await attempt(s12, ['trillium.rts.dmap'], { channel: 'fax', second_channel: 'phone', outcome: 'failed' });
tally.equal(s12.json.outreach.made, 0, 'S12: on a Saturday the plan is closed');
notNow(await giveBack(s12), /^0 of 2 .*2026-03-09/, 'S12: the next attempt counts on Monday');
await attempt(s12, ['trillium.rts.dmap'], { channel: 'fax', second_channel: 'phone', outcome: 'failed', at: '2026-03-06T16:00:00-08:00' });
tally.equal(s12.json.outreach.made, 1, 'S12: with a second channel it counts');
await attempt(s12, ['trillium.rts.dmap'], { at: '2026-03-05T16:00:00Z' });
tally.equal([s12.json.outreach.made, s12.json.outreach.attempts.at(-1).at], [2, '2026-03-05T08:00:00-08:00'], 'S12: an earlier one, logged later, on the plan\'s own clock');
await giveBack(s12);
await closed(s12, 'returned', 'provider', 'S12');

/* ---- what is asked for stays what it was when it arrived ---- */

const early = await submit(body('pdts-completeness', 'S09', { '/documents/0/completed_on': '2026-03-09', '/documents/1/completed_on': '2026-01-31' }));
tally.equal(early.json.requested.map((e) => e.problem), ['invalid'], 'a paper dated after the day it arrived');
await clock('2026-03-10T09:00:00-07:00');
await attempt(early, dates);
tally.equal([early.json.requested.map((e) => e.problem), early.json.outreach.made], [['invalid'], 1], 'is not cured by a telephone call');

/* ---- returns that the machine proposes ---- */

const recent = { '/documents/0/completed_on': '2026-02-20', '/documents/1/completed_on': '2026-01-31' };
const s27 = await submit(body('pdts-coverage', 'S27 enrollment ended before the first day, asserted', recent));
const s29 = await submit(body('pdts-coverage', 'S29 another insurance pays first on every day, asserted', recent));
tally.equal([s27, s29].map((a) => [a.json.status, a.json.waiting_on, a.json.proposed_return.reason, a.json.proposed_return.verified]),
	[['in_review', 'plan', 'ineligible_all_dates', false], ['in_review', 'plan', 'tpl_primary', false]], 'S27, S29: proposed on what was asserted');
notNow(await giveBack(s27, 'tpl_primary'), /proposed/, 'S27: another reason is not proposed');
notNow(await giveBack(s27), /nothing .*is missing/, 'S27: nothing is missing');
await giveBack(s27, 'ineligible_all_dates');
await closed(s27, 'returned', 'provider', 'S27, without attempts');
tally.check(s27.json.summary.includes(s27.json.proposed_return.say), 'S27: the summary gives the reason');
await timeline(s27, ['received provider', 'returned intake'], 'S27');
for (const note of [undefined, null, '', '  ']) pointers(await setAside(s29, 'tpl_primary', note), ['/note'], `S29: set aside with the note ${JSON.stringify(note)}`);
await guarded(s29, 'return', { decision: 'set_aside', reason: 'tpl_primary', note: 'The other plan ended last year.' }, 'set aside');
tally.equal([s29.json.proposed_return, s29.json.status, s29.json.waiting_on, s29.json.return], [null, 'in_review', 'plan', null], 'S29: set aside, open');
tally.equal(s29.json.set_aside.map(({ reason, by, note }) => ({ reason, by, note })),
	[{ reason: 'tpl_primary', by: 'prn_intake', note: 'The other plan ended last year.' }], 'S29: and it says so');
notNow(await giveBack(s29, 'tpl_primary'), /proposed/, 'S29: no return for it any more');
await step(s29, 'information', { facts: {} });
tally.equal([s29.json.proposed_return, s29.json.set_aside.length], [null, 1], 'S29: judged again, it stays set aside');
await timeline(s29, ['received provider', 'return_set_aside intake', 'information_supplied provider'], 'S29');

// Returned for what is missing while another return is proposed: the summary gives the reason that was confirmed.
const twofold = await submit(body('pdts-completeness', 'S12', { ...recent, '/member/coverage/0/to': '2026-02-28' }));
await attempt(twofold, ['trillium.rts.dmap']);

await clock('2026-03-16T10:00:00-07:00');
await attempt(twofold, ['trillium.rts.dmap']);
await giveBack(twofold);
tally.equal([twofold.json.return?.reason, twofold.json.proposed_return?.reason], ['missing_components', 'ineligible_all_dates'], 'two reasons, one decision');
tally.check(/1 item is still missing/.test(twofold.json.summary), `the summary gives the one that was decided: ${twofold.json.summary}`);

// N2: some days have passed; nothing returns it.
const n2 = await submit(body('pdts-retroactive', 'N2'));
tally.equal([n2.json.proposed_return, n2.json.status], [null, 'in_review'], 'N2: not returned');
tally.equal(n2.json.flags.filter((f) => f.days.length > 0).map((f) => f.days), [[{ from: '2026-03-09', to: '2026-03-15' }]], 'N2: the days that have passed are shown');
tally.equal([n2.json.clock.due_at, n2.json.clock.act_by], ['2026-03-25T23:59:59-07:00', '2026-03-23T23:59:59-07:00'], 'N2: due');
notNow(await giveBack(n2, 'retro_no_exception'), /proposed/, 'N2: no return for it');

/* ---- withdrawal ---- */

const mine = await submit(body('pdts-completeness', 'S09'));
problem(await step(mine, 'withdrawal', { reason: 'other' }, { as: 'other_provider' }), 404, 'not-found', 'another organization finds nothing to withdraw');
problem(await step(mine, 'withdrawal', { reason: 'other' }, { as: 'reviewer' }), 403, 'forbidden', 'a reviewer withdraws nothing');
pointers(await step(mine, 'withdrawal', { reason: 'bored' }), ['/reason'], 'a reason that is not known');
pointers(await step(mine, 'withdrawal', {}), ['/reason'], 'no reason');
await guarded(mine, 'withdrawal', { reason: 'sent_in_error', note: 'The dates were wrong.' }, 'withdrawal');
await closed(mine, 'withdrawn', 'nobody', 'withdrawal');
tally.equal(mine.json.withdrawal, { reason: 'sent_in_error', at: '2026-03-16T10:00:00-07:00', by: 'prn_provider', note: 'The dates were wrong.' }, 'withdrawal: who, when, why');
await timeline(mine, ['received provider', 'withdrawn provider'], 'withdrawal');
const byStaff = await submit(body('pdts-completeness', 'S09'));
tally.equal((await step(byStaff, 'withdrawal', { reason: 'member_elsewhere' }, { as: 'intake' })).json.status, 'withdrawn', 'intake staff withdraw what they were told to');

/* ---- the new request that replaces it ---- */

await clock('2026-03-17T10:00:30-07:00');
const submission = await get(`/v1/requests/${s12.json.id}/submission`);
tally.equal([submission.status, submission.headers.etag, submission.json], [200, s12.headers.etag, body('pdts-completeness', 'S12')], 'what was sent can be read again');
problem(await get(`/v1/requests/${s12.json.id}/submission`, 'other_provider'), 404, 'not-found', 'not by others');
const again = { ...submission.json, replaces: s12.json.id, continues: null };
again.servicing_provider = { ...again.servicing_provider, medicaid_id: '500000001', name: 'Example Day Treatment of Eugene' };
delete again.admission;
delete again.urgency;
again.lines = [{ ...again.lines[0], units: 20 }];
const check = await daemon.call('POST', '/v1/checks', { as: 'provider', body: again });
const next = await submit(again);
const wanted = {
	id: s12.json.id, tracking_number: s12.json.tracking_number,
	changed: ['/servicing_provider/name', '/servicing_provider/medicaid_id', '/lines', '/urgency', '/admission'],
	minutes_between: 10 * 24 * 60 - 60 - 60,
};
tally.equal([next.status, { ...next.json.replaces, changed: [...next.json.replaces?.changed ?? []].sort() }], [201, { ...wanted, changed: wanted.changed.sort() }], 'what it replaces, what has changed, and how long it took');
tally.equal(check.json.replaces, next.json.replaces, 'a check says the same');
tally.check(next.json.tracking_number !== s12.json.tracking_number && next.json.received_at.startsWith('2026-03-17T10:00:30'), 'a number and a receipt of its own');
tally.equal(next.json.clock.all.every((c) => c.started_at.startsWith('2026-03-17')), true, 'and clocks of its own');
await step(next, 'information', { member: { county: 'Lane' } });
tally.equal((await get(`/v1/requests/${next.json.id}`)).json.replaces, check.json.replaces, 'kept when it is amended');
const same = await submit({ ...body('pdts-completeness', 'S09'), replaces: mine.json.id, continues: null });
tally.equal([same.json.replaces.changed, same.json.replaces.minutes_between], [[], 24 * 60], 'a withdrawn one, sent again as it was');
tally.equal((await submit(body('pdts-completeness', 'S09'))).json.replaces, null, 'null when it replaces none');
const faxed = await submit({ ...body('pdts-completeness', 'S09'), replaces: s27.json.id, intake: { received_at: '2026-03-10T08:00:00-07:00', via: 'fax' } }, 'intake');
tally.equal([faxed.status, faxed.json.replaces?.minutes_between], [201, 0], 'no minutes when it had come before the other was closed');
const reason = (answer) => [answer.status, answer.json.errors?.map(({ pointer, code }) => `${pointer} ${code}`)];
for (const [id, code, as] of [
	[next.json.id, 'still_open'], ['req_00000000000000000000000000', 'not_found'], ['', 'not_found'], [s12.json.tracking_number, 'not_found'], [s12.json.id, 'not_found', 'other_provider'],
]) {
	tally.equal(reason(await submit({ ...again, replaces: id }, as)), [422, [`/replaces ${code}`]], `replaces ${id}: ${code}`);
}
const absent = await submit({ ...again, replaces: 'req_00000000000000000000000000' }, 'other_provider');
const theirs = await submit({ ...again, replaces: s12.json.id }, 'other_provider');
tally.equal(theirs.json.errors, absent.json.errors, 'not yours looks like not there');
tally.equal(reason(await submit({ ...again, replaces: 'x', urgency: 'soon' })), [422, ['/replaces not_found', '/urgency unknown_word']], 'with all else that is wrong');

/* ---- a clock in hours: each attempt counts ---- */

await clock('2026-05-22T08:00:00-07:00');
const hours = await submit(body('subacute-initial', 'Missing identifiers, the clock of hours runs'));
const lacking = hours.json.missing.map((e) => e.item);
await clock('2026-05-22T09:00:00-07:00');
await attempt(hours, lacking);
notNow(await giveBack(hours), /^1 of 2 .*each counts.*hours/, 'hours: one more');
await attempt(hours, lacking, { channel: 'portal' });
tally.equal(hours.json.outreach.made, 2, 'hours: two on one day count twice');
await giveBack(hours);
await closed(hours, 'returned', 'provider', 'hours');
const s32 = await submit(body('pdts-retroactive', 'S32'));
tally.equal(s32.json.proposed_return?.reason, 'retro_no_exception', 'S32: retroactive without a claim');
await giveBack(s32, 'retro_no_exception');
await closed(s32, 'returned', 'provider', 'S32, without attempts');

// What was set aside was what staff looked at: other dates are proposed anew, and verified facts return at once, with the reason.
const aside = await submit(sample('pdts-not-eligible'));
tally.equal(aside.json.proposed_return?.reason, 'ineligible_all_dates', 'set aside: proposed first');
await setAside(aside, 'ineligible_all_dates', 'The span is being entered.');
tally.equal([aside.status, aside.json.proposed_return, aside.json.set_aside.length], [200, null, 1], 'set aside: nothing is proposed');
await step(aside, 'information', { documents: [] });
tally.equal([aside.status, aside.json.proposed_return], [200, null], 'set aside: papers alone do not bring it back');
const period = sample('pdts-not-eligible').service_period;
await step(aside, 'information', { service_period: { start: period.start.replace(/^20../, '2028'), end: period.end.replace(/^20../, '2028') } });
tally.equal([aside.status, aside.json.proposed_return?.reason, aside.json.set_aside.length], [200, 'ineligible_all_dates', 0], 'set aside: other dates are proposed anew');
await setAside(aside, 'ineligible_all_dates', 'Still being entered.');
await step(aside, 'plan-facts', { source: 'enrollment system', coverage: [{ plan: 'trillium', from: '2020-01-01', to: '2020-12-31' }] });
tally.equal([aside.status, aside.json.status, aside.json.decision?.reason], [200, 'returned', 'ineligible_all_dates'], 'set aside: verified facts return at once');
tally.check(/no Trillium coverage/.test(aside.json.summary) && aside.json.proposed_return?.verified === true, `set aside: the reason is said: ${aside.json.summary}`);

await daemon.stop();
tally.end();
