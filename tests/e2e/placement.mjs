// SPDX-License-Identifier: Apache-2.0
// Approval before a provider is known: stored without days; the authorization is issued when the placement is recorded, once.
import { start, Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
let daemon = await start(binary, ['--sandbox', '--seed', '47', '--policies', 'policies']);
let sender = 'provider';

const read = async (id, as = 'intake') => daemon.call('GET', `/v1/requests/${id}`, { as });
async function submit(body) {
	const sent = await daemon.call('POST', '/v1/requests', { as: sender, body });
	tally.equal([sent.status, sent.json?.status], [201, 'in_review'], `sent: ${sent.text.slice(0, 500)}`);
	return sent.json.id;
}
/** A step on the request as it stands now, unless the call brings its own ETag. */
async function step(id, resource, body, as, more = {}) {
	const { etag } = (await read(id)).headers;
	return daemon.call(more.method ?? 'POST', `/v1/requests/${id}/${resource}`, { as, etag, body, ...more });
}
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.json?.detail ?? answer.text.slice(0, 300)})`);
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], `${what} (${answer.text.slice(0, 400)})`);
function notNow(answer, detail, what) {
	problem(answer, 409, 'illegal-transition', what);
	tally.check(detail.test(answer.json?.detail), `${what}: ${answer.json?.detail}`);
}

const necessity = 'performcare.ooh.medical-necessity';
const approval = { outcome: 'approved', rationale: 'Care in the community was tried and did not keep the member safe.', uninvolved: true };
async function find(id, answer, as = 'physician') {
	const found = await step(id, `findings/${necessity}`, { answer, note: 'Seen in the evaluation.' }, as, { method: 'PUT' });
	tally.equal(found.status, 200, `found: ${found.text.slice(0, 300)}`);
}
async function approve(id, more = {}, as = 'physician') {
	await find(id, 'met');
	const done = await step(id, 'determination', { ...approval, ...more }, as);
	tally.equal([done.status, done.json?.decision?.outcome], [200, 'approved'], `approved: ${done.text.slice(0, 500)}`);
	return done;
}
const place = { provider: { name: 'Example Residential Center', npi: '2999000039' }, from: '2026-12-07', to: '2027-03-06' };
const record = (id, body = place, as = 'intake', more = {}) => step(id, 'placement', body, as, more);
const tell = async (id) => {
	for (const to of ['member', 'practitioner']) tally.equal((await step(id, 'notices', { to, channel: 'mail' }, 'intake')).status, 200, `the ${to} is told`);
};

/* ---- who completes a request: the case manager, and the care manager once there is none ---- */

const owners = async (facts) => {
	const body = sample('rtf-missing-papers');
	const checked = await daemon.call('POST', '/v1/checks', { as: 'provider', body: { ...body, facts: { ...body.facts, ...facts } } });
	return [...new Set(checked.json.missing.map((m) => m.owner)), checked.json.next_step.who];
};
tally.equal(await owners({}), ['tcm', 'tcm'], 'the case manager');
tally.equal(await owners({ tcm_active: false }), ['ccm', 'ccm'], 'the care manager, without one');
tally.equal(await owners({ tcm_ended_on: '2026-11-18', tcm_end_told_at: '2026-11-18T10:00:00-05:00' }), ['ccm', 'ccm'], 'S170: the care manager, when case management ended');

/* ---- what an approval needs, and who may decide ---- */

const first = await submit(sample('rtf-complete'));
notNow(await record(first), /not decided yet/, 'nothing is placed before it is approved');
const care = (more = {}) => daemon.call('POST', '/v1/service-records', { as: 'provider', body: { payer: 'performcare', service: 'RTF', continues: first, facts: { occurrences: [] }, ...more } });
problem(await care({ facts: { occurrences: [{ kind: 'referral', on: '2026-11-20' }] } }), 409, 'illegal-transition', 'S169: no referral before the approval');
const ahead = await daemon.call('GET', `/v1/requests/${first}/determination`, { as: 'physician' });
const [approved, , denied] = ahead.json.outcomes;
tally.equal([approved.guards.map((g) => g.code), approved.needs.map((n) => n.need)], [['criterion_open'], ['rationale', 'uninvolved', 'placement']], 'what an approval needs');
tally.equal([denied.credentials.includes('ccm'), approved.credentials.includes('ccm'), denied.credentials.includes('physician')], [false, true, true], 'the care manager approves and does not deny');
tally.equal(denied.needs.map((n) => n.need), ['rationale', 'uninvolved'], 'what a denial needs');
tally.equal(ahead.json.placement, null, 'nothing is placed');
await find(first, 'met');
problem(await step(first, 'determination', approval, 'provider'), 403, 'forbidden', 'S168: a case manager approves nothing');
problem(await step(first, 'determination', approval, 'reviewer'), 403, 'forbidden', 'nor does a reviewer of another payer\'s credential');
pointers(await step(first, 'determination', { ...approval, uninvolved: false }, 'physician'), ['/uninvolved'], 'whoever led or assembled does not decide');
pointers(await step(first, 'determination', { ...approval, uninvolved: null }, 'physician'), ['/uninvolved'], 'nor whoever does not say');
pointers(await step(first, 'determination', { ...approval, grants: [{ line: 0, from: '2026-12-01', to: '2026-12-02' }] }, 'physician'), ['/grants'], 'no days are granted yet');
const part = await step(first, 'determination', { ...approval, outcome: 'approved_in_part', basis: 'policy_limit' }, 'physician');
tally.check(part.status === 422 && part.json.errors.some((e) => e.code === 'awaits_placement'), `nothing is approved in part: ${part.text.slice(0, 400)}`);

/* ---- N13: approved without a provider; stored without days ---- */

const done = await step(first, 'determination', approval, 'physician');
tally.equal([done.status, done.json?.decision?.outcome, done.json?.authorization, done.json?.authorization_number], [200, 'approved', null, null], `approved: ${done.text.slice(0, 500)}`);
tally.equal([done.json.placement.state, done.json.placement.provider], ['awaited', null], 'the placement is awaited');
tally.check(/placement/.test(done.json.summary) && !/authorization [A-Z]/.test(done.json.summary), `said so: ${done.json.summary}`);
tally.equal([done.json.tasks, done.json.waiting_on], [['notify', 'place'], 'plan'], 'to be told and to be placed');
await tell(first);
const told = await read(first);
tally.equal([told.json.tasks, told.json.waiting_on, told.json.next_step.href], [['place'], 'plan', `/v1/requests/${first}/placement`], 'the placement is what is left');
const worklist = await daemon.call('GET', '/v1/requests?task=place&limit=200', { as: 'intake' });
tally.equal(worklist.json.requests.map((r) => [r.id, r.act_by]), [[first, null]], 'it stands on the worklist, without a time');
const waiting = (await daemon.call('GET', `/v1/decisions/${done.json.decision.id}`, { as: 'auditor' })).json;
tally.equal([waiting.outcome, waiting.authorization_number, waiting.covered_from], ['approved', null, null], 'the decision has no days');

/* ---- S169: referrals after the approval, each by whom it belongs to ---- */

const made = await care({ prior_authorization: { number: 'FAKE-999' } });
tally.equal([made.status, made.json?.errors?.map((e) => `${e.pointer} ${e.code}`)], [422, ['/prior_authorization/number another_authorization']], `no authorization is issued yet: ${made.text.slice(0, 400)}`);
const opened = await care({ facts: { occurrences: [{ kind: 'referral', on: '2026-11-20', provider: 'Example Residential Center', family_took_part: true, fits_member: true }] } });
tally.equal([opened.status, opened.json?.status, opened.json?.flags], [201, 'recorded', []], `the care after the approval: ${opened.text.slice(0, 400)}`);
const happen = async (as, occurrence, last = opened) => daemon.call('POST', `/v1/service-records/${opened.json.id}/occurrences`, { as, etag: last.headers.etag, body: { occurrences: [occurrence] } });
for (const kind of ['referral_out_of_network', 'referral_out_of_state', 'referral_itp', 'placed']) {
	const kept = await happen('provider', { kind, on: '2026-11-20' });
	pointers(kept, ['/occurrences/0/kind'], `the case manager records no ${kind}`);
	tally.equal(kept.json?.errors?.[0]?.code, 'not_permitted', `because of who records it: ${kept.text.slice(0, 300)}`);
}
const needed = await happen('provider', { kind: 'referral_need', on: '2026-11-20', note: 'No bed in the network.' });
const duty = (answer) => answer.json?.obligations.map((o) => [o.obligation, o.state, o.owner]);
tally.equal([needed.status, duty(needed)], [200, [['performcare.ooh.approved.by-plan', 'open', 'plan']]], `the need is told: ${needed.text.slice(0, 300)}`);
const referred = await happen('intake', { kind: 'referral_out_of_network', on: '2026-11-20', provider: 'Example Center Elsewhere' }, needed);
tally.equal([referred.status, duty(referred)], [200, [['performcare.ooh.approved.by-plan', 'fulfilled', 'plan']]], `the plan refers: ${referred.text.slice(0, 300)}`);

/* ---- 1.1.6: the care manager takes over each time case management ends ---- */

const meanwhile = [];
for (const [kind, on, owner] of [['referral', '2026-11-20', 'tcm'], ['tcm_ended', '2026-11-03', 'ccm'], ['tcm_restarted', '2026-11-05', 'tcm'], ['tcm_ended', '2026-11-09', 'ccm'], ['tcm_restarted', '2026-11-10', 'tcm']]) {
	meanwhile.push({ kind, on });
	const asked = await care({ facts: { occurrences: meanwhile } });
	tally.equal([asked.status, [...new Set(asked.json?.requested?.filter((r) => r.item === 'performcare.ooh.approved.referral-said').map((r) => r.owner))]], [201, [owner]], `after ${kind} of ${on}: ${asked.text.slice(0, 300)}`);
}

/* ---- what is refused ---- */

for (const as of ['provider', 'physician', 'auditor', 'appeals']) problem(await record(first, place, as), 403, 'forbidden', `${as}: records no placement`);
pointers(await record(first, {}), ['/provider', '/from', '/to'], 'nothing is said');
pointers(await record(first, { ...place, to: '2026-12-06' }), ['/to'], 'the last day comes before the first');
pointers(await record(first, { ...place, units: 0 }), ['/units'], 'no units');
const codes = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => `${e.pointer} ${e.code}`)], [422, wanted], `${what} (${answer.text.slice(0, 600)})`);
codes(await record(first, { ...place, from: '0001-01-01', to: '9999-12-31', code: ' ', units: 0 }), ['/from too_early', '/to too_long', '/code empty', '/units no_units'], 'any span, all at once');
codes(await record(first, { ...place, from: '2027-03-07', to: '2026-11-01', code: '', units: 0 }), ['/to wrong_order', '/code empty', '/units no_units'], 'the last day first');
const decidedOn = done.json.decision.decided_at.slice(0, 10);
const dayAfter = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
const tooEarly = await record(first, { ...place, from: dayAfter(decidedOn, -1), units: 1 });
codes(tooEarly, ['/from too_early'], 'the day before the approval');
tally.equal([tooEarly.json.errors[0].detail.includes(decidedOn), tooEarly.json.errors[0].fix], [true, `Give a first day from ${decidedOn} on.`], 'what was found and what is needed');
const most = async (days) => (await record(first, { ...place, from: decidedOn, to: dayAfter(decidedOn, days - 1), code: ' ' })).json.errors.map((e) => `${e.pointer} ${e.code}`);
tally.equal([(await most(366)).includes('/to too_long'), (await most(367)).includes('/to too_long')], [false, true], 'a year at most');
tally.equal((await most(30)).includes('/from too_early'), false, 'the day of the approval is early enough');
pointers(await record(first, { ...place, units: 91 }), ['/units'], 'more units of a day than days');
pointers(await record(first, { ...place, unit: 'hour' }), ['/units'], 'units that are not days are said');
pointers(await record(first, { ...place, provider: { name: ' ', npi: '2999000038' } }), ['/provider/name', '/provider/npi'], 'a provider that cannot be');
pointers(await record(first, { ...place, provider: { name: 'Somebody' }, reason: 'x' }), ['/provider/npi', '/reason'], 'members that are missing and unknown');
problem(await record(first, place, 'intake', { etag: undefined }), 428, 'precondition-required', 'no If-Match');
problem(await record(first, place, 'intake', { etag: '"v1"' }), 412, 'stale', 'a stale ETag');
problem(await record(first, place, 'intake', { key: null }), 400, 'idempotency-key-required', 'no key');

/* ---- X60: the placement issues the authorization ---- */

const { etag } = (await read(first)).headers;
const call = { as: 'intake', etag, key: 'placed', body: { ...place, note: 'A bed is free from Monday.' } };
const placed = await daemon.call('POST', `/v1/requests/${first}/placement`, call);
tally.equal(placed.status, 200, `placed: ${placed.text.slice(0, 500)}`);
const { authorization, decision, placement } = placed.json;
tally.check(/^AU-/.test(authorization.number) && placed.json.authorization_number === authorization.number, 'an authorization number');
tally.equal([authorization.from, authorization.to, authorization.days], ['2026-12-07', '2027-03-06', 90], 'its days');
tally.equal(authorization.lines, [{ line: 0, code: null, from: '2026-12-07', to: '2027-03-06', units: 90, unit: 'day' }], 'its line');
tally.equal([placement.state, placement.provider, placement.note, placement.decision, placement.by], ['recorded', place.provider, 'A bed is free from Monday.', decision.id, 'prn_intake'], 'the placement');
tally.equal([decision.supersedes, decision.by, decision.decided_at, decision.rationale], [done.json.decision.id, 'prn_physician', done.json.decision.decided_at, approval.rationale], 'it says the same as the approval, by who approved');
tally.equal(placed.json.superseded.map((d) => d.id), [done.json.decision.id], 'whose place it takes');
tally.equal([placed.json.tasks, placed.json.waiting_on], [[], 'nobody'], 'nothing is left to do');
tally.check(placed.json.summary.includes(authorization.number) && !/corrects/.test(placed.json.summary), `said so: ${placed.json.summary}`);
const again = await daemon.call('POST', `/v1/requests/${first}/placement`, call);
tally.check(again.text === placed.text && again.headers['idempotency-replayed'] === 'true', 'a retry gets the same answer');
notNow(await record(first), /recorded already/, 'not twice');
const line = (await daemon.call('GET', `/v1/requests/${first}/timeline?limit=200`, { as: 'intake' })).json.events;
tally.equal([line.at(-1).action, line.at(-1).actor_role], ['placement_recorded', 'intake'], 'an event of its own');
const stands = (await daemon.call('GET', `/v1/decisions/${decision.id}`, { as: 'auditor' })).json;
tally.equal([stands.outcome, stands.authorization_number, stands.covered_from, stands.covered_to, stands.superseded_by], ['approved', authorization.number, '2026-12-07', '2027-03-06', null], 'the decision in effect');
tally.equal((await daemon.call('GET', `/v1/decisions/${waiting.id}`, { as: 'auditor' })).json.superseded_by, decision.id, 'the one that waited');
const list = (await daemon.call('GET', '/v1/decisions?payer=performcare', { as: 'auditor' })).json.decisions;
tally.equal(list.map((d) => d.id), [decision.id], 'one decision is in effect');

/* ---- a correction keeps what was issued, a denial withdraws it ---- */

const supersedes = { supersedes: decision.id, reason: 'rationale' };
const kept = await step(first, 'determination', { ...approval, ...supersedes, rationale: 'Care in the community failed twice.' }, 'physician');
tally.equal([kept.status, kept.json?.authorization, kept.json?.placement?.state], [200, authorization, 'recorded'], `the authorization stands: ${kept.text.slice(0, 400)}`);
const against = await step(first, 'determination', {
	outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], rationale: 'Another member was meant.', uninvolved: true,
	supersedes: kept.json.decision.id, reason: 'wrong_member', findings: [{ criterion: necessity, answer: 'not_met', note: 'Another member was meant.' }],
}, 'physician');
tally.equal([against.status, against.json?.authorization, against.json?.placement, against.json?.decision?.note], [200, null, null, `Authorization ${authorization.number} is withdrawn.`], `denied: ${against.text.slice(0, 400)}`);
notNow(await record(first), /does not wait/, 'a denial waits for nothing');

/* ---- a provider that is known from the beginning is authorized at once ---- */

const known = await submit({
	...sample('crr-hh-complete'), servicing_provider: place.provider, service_period: { start: '2026-12-07', end: '2026-12-20' },
	lines: [{ code: 'CRR', units: 14, unit: 'day' }],
});
const direct = await approve(known);
tally.equal([direct.json.authorization?.days, direct.json.placement], [14, null], `authorized at once: ${direct.text.slice(0, 300)}`);
notNow(await record(known), /does not wait/, 'there is nothing to place');

/* ---- days that are asked for without a provider wait too; nothing of them is refused ---- */

const dated = await submit({
	...sample('rtf-complete'), submitter_reference: 'EX-4', service_period: { start: '2026-12-07', end: '2026-12-20' }, lines: [{ code: 'RTF', units: 14, unit: 'day' }],
});
const waits = await approve(dated);
tally.equal([waits.json.placement?.state, waits.json.authorization, waits.json.decision.not_approved], ['awaited', null, []], `it waits: ${waits.text.slice(0, 300)}`);

/* ---- no more is placed than was approved; the days may be others ---- */

const refused = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => [e.pointer, e.code, e.detail, e.fix])], [422, wanted], `${what} (${answer.text.slice(0, 600)})`);
refused(await record(dated, { ...place, from: '2026-12-14', to: '2026-12-28' }),
	[['/to', 'more_than_approved', '15 days are placed; at most 14 days were approved', 'Give a last day up to 2026-12-27.']], 'a day more');
refused(await record(dated, { ...place, from: '2026-12-14', to: '2027-12-14', units: 15 }), [
	['/to', 'more_than_approved', '366 days are placed; at most 14 days were approved', 'Give a last day up to 2026-12-27.'],
	['/units', 'more_than_approved', '15 units (day) are placed; at most 14 (day) were approved', 'Give at most 14 units.'],
], 'a year, and a unit more');
refused(await record(dated, { ...place, from: '2026-12-14', to: '2026-12-27', units: 14, unit: 'hour' }),
	[['/unit', 'another_unit', 'no unit of this kind (hour) was approved', 'Give units of: day.']], 'units of another kind');
const later = await record(dated, { ...place, from: '2026-12-14', to: '2026-12-27' });
tally.equal(later.json?.authorization?.lines?.map((l) => [l.code, l.from, l.to, l.units]), [['RTF', '2026-12-14', '2026-12-27', 14]], `its own code, other days: ${later.text.slice(0, 300)}`);

const more = (reference, rest) => submit({ ...sample('rtf-complete'), submitter_reference: reference, ...rest });
const unitless = await more('EX-5', { service_period: { start: '2027-08-01', end: '2027-10-29' } });
await approve(unitless);
refused(await record(unitless, { ...place, from: '2027-07-15', to: '2027-10-13' }),
	[['/to', 'more_than_approved', '91 days are placed; at most 90 days were approved', 'Give a last day up to 2027-10-12.']], 'days without units');
const whole = await record(unitless, { ...place, from: '2027-07-15', to: '2027-10-12' });
tally.equal([whole.status, whole.json?.authorization?.days], [200, 90], `as many days as were approved, earlier ones: ${whole.text.slice(0, 300)}`);

const begun = await more('EX-9', { service_period: { start: '2026-11-10', end: '2026-11-23' } });
await approve(begun);
codes(await record(begun, { ...place, from: '2026-11-09', to: '2026-11-20' }), ['/from too_early'], 'before the days that were asked for');
const back = await record(begun, { ...place, from: '2026-11-10', to: '2026-11-20' });
tally.equal([back.status, back.json?.authorization?.days], [200, 11], `days before the approval that were asked for, and fewer: ${back.text.slice(0, 300)}`);

const thin = await more('EX-6', {
	service_period: { start: '2027-02-01', end: '2027-02-14' }, lines: [{ code: 'RTF', units: 6, unit: 'day' }, { code: 'OTHER', units: 4, unit: 'visit' }],
});
await approve(thin);
const month = { ...place, from: '2027-02-01', to: '2027-02-14', code: ' rtf' };
refused(await record(thin, month), [['/units', 'more_than_approved', '14 units (day) are placed; at most 6 (day) were approved', 'Give at most 6 units.']], 'fewer units than days, not said');
refused(await record(thin, { ...month, units: 6.5 }), [['/units', 'more_than_approved', '6.5 units (day) are placed; at most 6 (day) were approved', 'Give at most 6 units.']], 'half a unit more');
refused(await record(thin, { ...month, code: 'OTHER', unit: 'visit', units: 5 }),
	[['/units', 'more_than_approved', '5 units (visit) are placed; at most 4 (visit) were approved', 'Give at most 4 units.']], 'of the other code');
refused(await record(thin, { ...month, units: 4, unit: 'visit' }), [['/unit', 'another_unit', 'no unit of this kind (visit) was approved', 'Give units of: day.']], 'the unit of the other code');
const fewer = await record(thin, { ...month, units: 6 });
tally.equal([fewer.status, fewer.json?.authorization?.lines?.map((l) => l.units)], [200, [6]], `as many as were approved: ${fewer.text.slice(0, 300)}`);

/* ---- nor days on which the plan does not cover the member, whatever days were asked for ---- */

const ends = (to) => ({ member: { ...sample('rtf-complete').member, id: 'PA777', coverage: [{ plan: 'performcare', from: '2024-01-01', to, retroactive: false }] } });
const covered = async (reference, rest, to = '2027-01-31') => {
	const id = await more(reference, { ...ends(to), ...rest });
	return [id, await approve(id)];
};
const [open, plain] = await covered('EX-7', {});
tally.equal(plain.json.flags, [], 'no days, no flag');
refused(await record(open, { ...place, to: '2027-03-31' }), [['/to', 'not_approvable',
	'2027-02-01 to 2027-03-31 cannot be approved (not_eligible_part, performcare.ooh.days-covered): The member has no PerformCare coverage on these requested days: 2027-02-01 to 2027-03-31.',
	'Of these days 2026-12-07 to 2027-01-31 can be authorized.']], 'the coverage ends before');
refused(await record(open, { ...place, from: '2027-02-01' }), [['/to', 'not_approvable',
	'2027-02-01 to 2027-03-06 cannot be approved (not_eligible_part, performcare.ooh.days-covered): The member has no PerformCare coverage on these requested days: 2027-02-01 to 2027-03-06.',
	'None of these days can be authorized.']], 'no day is covered');
const within = await record(open, { ...place, to: '2027-01-31' });
tally.equal([within.status, within.json?.authorization?.days], [200, 56], `up to the last day that is covered: ${within.text.slice(0, 300)}`);
const [gap, flagged] = await covered('EX-8', { service_period: { start: '2027-01-25', end: '2027-02-07' }, lines: [{ code: 'RTF', units: 14, unit: 'day' }] });
tally.equal(flagged.json.flags.map((f) => [f.flag, f.days]), [['days_not_covered', [{ from: '2027-02-01', to: '2027-02-07' }]]], 'days that are asked for are flagged');
refused(await record(gap, { ...place, from: '2027-01-25', to: '2027-02-07' }), [['/to', 'not_approvable',
	'2027-02-01 to 2027-02-07 cannot be approved (not_eligible_part, performcare.ooh.days-covered): The member has no PerformCare coverage on these requested days: 2027-02-01 to 2027-02-07.',
	'Of these days 2027-01-25 to 2027-01-31 can be authorized.']], 'said once');
const earlier = await record(gap, { ...place, from: '2027-01-18', to: '2027-01-31' });
tally.equal([earlier.status, earlier.json?.authorization?.days], [200, 14], `other days, all covered: ${earlier.text.slice(0, 300)}`);

/* ---- what an appeal overturns waits as well ---- */

const third = await submit({ ...sample('rtf-complete'), submitter_reference: 'EX-3' });
await find(third, 'not_met');
const refusal = await step(third, 'determination', {
	outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], rationale: 'Care in the community meets the need.', uninvolved: true,
}, 'physician');
tally.equal([refusal.status, refusal.json?.placement], [200, null], `denied: ${refusal.text.slice(0, 300)}`);
const appealed = await step(third, 'appeals', { kind: 'standard', from: 'member' }, 'provider');
tally.equal(appealed.status, 201, `appealed: ${appealed.text.slice(0, 300)}`);
const address = `/v1/appeals/${appealed.json.id}`;
const appeal = await daemon.call('GET', address, { as: 'appeals' });
const overturned = await daemon.call('POST', `${address}/determination`, { as: 'appeals', etag: appeal.headers.etag, body: { outcome: 'overturned', rationale: 'What was tried was not looked at.' } });
tally.equal(overturned.status, 200, `overturned: ${overturned.text.slice(0, 500)}`);
const after = (await read(third)).json;
tally.equal([after.decision.outcome, after.decision.appeal, after.placement.state, after.authorization], ['approved', appealed.json.id, 'awaited', null], 'approved on appeal, and not placed yet');
const late = await record(third, place, 'reviewer');
tally.equal([late.status, late.json?.decision?.appeal, late.json?.authorization?.days], [200, appealed.json.id, 90], `placed: ${late.text.slice(0, 300)}`);

/* ---- the same in a database that outlives the daemon: what it accepts, and that nothing was changed behind its back ---- */

await daemon.stop();
const records = database(binary, 'placement');
sender = 'clinic-a';
const make = (role, ...more) => records.create('--role', role, '--payer', 'performcare', ...more);
Object.assign(records.tokens, {
	intake: make('intake'), auditor: make('auditor'), physician: make('physician', '--credential', 'psychiatrist'),
	reviewer: make('reviewer', '--credential', 'ccm'),
});
daemon = await serve(binary, records);
const body = sample('rtf-complete');
for (const paper of body.documents) paper.completed_on = null;
const now = new Date();
const today = (days) => new Date(now.getTime() + days * 86400000).toISOString().slice(0, 10);
Object.assign(body.facts, { recommendation_on: today(-20), ispt_meeting_on: today(-5) });
const [one, two] = [await submit(body), await submit({ ...body, submitter_reference: 'EX-2' })];
problem(await step(one, 'placement', place, 'clinic-a'), 403, 'forbidden', 'a provider records no placement');
await find(two, 'not_met', 'reviewer');
const denial = { outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], rationale: 'Care in the community meets the need.', uninvolved: true };
problem(await step(two, 'determination', denial, 'reviewer'), 403, 'forbidden', 'the care manager alone does not deny');
pointers(await step(two, 'determination', { ...denial, uninvolved: false }, 'physician'), ['/uninvolved'], 'whoever led or assembled may not deny');
pointers(await step(two, 'determination', { ...denial, uninvolved: null }, 'physician'), ['/uninvolved'], 'nor whoever does not say that they had no part');
tally.equal((await step(two, 'determination', denial, 'physician')).status, 200, 'a psychiatrist does');
await approve(one, {}, 'reviewer');
const last = await record(one, { ...place, from: today(3), to: today(32), units: 20, code: 'H0018' }, 'reviewer');
tally.equal([last.status, last.json?.authorization?.lines?.map((l) => [l.code, l.units, l.unit])], [200, [['H0018', 20, 'day']]], `placed by the care manager: ${last.text.slice(0, 400)}`);
await daemon.stop();
tally.check(/[1-9]/.test(verifyAudit(binary, records.db)), 'the chain holds');

/* ---- a request that stays incomplete is never returned: a denial for want of papers ends it ---- */

{
	daemon = await start(binary, ['--sandbox', '--seed', '48', '--policies', 'policies']);
	const sent = await daemon.call('POST', '/v1/requests', { as: 'provider', body: sample('rtf-missing-papers') });
	tally.equal([sent.status, sent.json?.status], [201, 'incomplete'], `incomplete: ${sent.text.slice(0, 300)}`);
	const { id, missing } = sent.json;
	const items = [...new Set(missing.map((m) => m.item))];
	const thin = { outcome: 'denied', basis: 'insufficient_information', criteria: ['performcare.ooh.medical-necessity'], rationale: 'The papers did not come.', uninvolved: true };
	const codes = async (body) => (await step(id, 'determination', body, 'physician')).json?.errors?.map((e) => e.code);
	notNow(await step(id, 'determination', thin, 'physician'), /where its policy returns nothing/, 'nothing is decided before the attempts');
	const at = (set) => daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set } });
	for (const [day, status] of [['2026-11-23', 'incomplete'], ['2026-11-24', 'in_review']]) {
		await at(`${day}T10:00:00-05:00`);
		const logged = await step(id, 'outreach-attempts', { channel: 'phone', outcome: 'no_answer', items }, 'intake');
		tally.equal([logged.status, logged.json?.status, logged.json?.missing?.length], [200, status, missing.length], `an attempt: ${logged.text.slice(0, 300)}`);
	}
	notNow(await step(id, 'return', { reason: 'missing_components', decision: 'return' }, 'intake'), /insufficient_information/, 'never returned');
	tally.equal((await codes({ outcome: 'approved', rationale: 'It is needed.', uninvolved: true })).includes('incomplete'), true, 'nothing is granted of what is incomplete');
	tally.equal(await codes(thin), ['too_early'], 'the attempts are logged, the time has not come');
	await at('2026-11-27T10:00:00-05:00');
	const ended = await step(id, 'determination', thin, 'physician');
	tally.equal([ended.status, ended.json?.status, ended.json?.decision?.basis], [200, 'decided', 'insufficient_information'], `ended: ${ended.text.slice(0, 500)}`);
	await daemon.stop();
}

tally.end();
