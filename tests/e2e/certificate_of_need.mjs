// SPDX-License-Identifier: Apache-2.0
// The certificate of need, played day by day: what it must show, who records it and when, what it changes and what it leaves alone. The bodies are
// those of the policy's own cases, the words those of its gate.
import { readFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const directory = 'policies/trillium-isa/2019-03-06';
const read = (file) => JSON.parse(readFileSync(`${directory}/${file}.json`, 'utf8'));
const gate = read('c08-certificate-of-need').items.find((item) => item.kind === 'gate');
const all = [...gate.needs, ...gate.certifies];
tally.equal([gate.needs, gate.certifies], [
	['reviewer_oha_approved', 'reviewer_independent', 'signed', 'team_physician', 'team_care_coordinator'],
	['ambulatory_insufficient', 'inpatient_needed', 'benefit_expected'],
], 'the gate says what the source asks of a certificate');

const daemon = await start(binary, ['--sandbox', '--seed', '50', '--clock', '2026-05-21T09:00:00-07:00', '--policies', 'policies']);
const body = (set = {}, remove = []) => applyEdits(read('cases/bases/prts'), remove, set);
let members = 0;
/* Each of another member: days that are authorized elsewhere are another story. */
const submit = async (sent, as = 'provider') => daemon.call('POST', '/v1/requests', { as, body: { ...sent, member: { ...sent.member, id: `OR${++members}` } } });
const clock = async (instant) => {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
};
/** The request as it stands; time itself may have added to its history. */
const fresh = async (last) => Object.assign(last, await daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'intake' }));
async function step(last, resource, sent, call = {}) {
	const answer = await daemon.call(call.method ?? 'POST', `/v1/requests/${last.json.id}/${resource}`, { as: 'con_reviewer', etag: last.headers.etag, body: sent, ...call });
	if (answer.status === 200) Object.assign(last, answer);
	return answer;
}
const certify = (last, sent, call) => step(last, 'certificate-of-need', sent, call);
const without = (...words) => all.filter((word) => !words.includes(word));
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], what);
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], what);
/** Refused now, with a reason that says so. */
function notNow(answer, detail, what) {
	problem(answer, 409, 'illegal-transition', what);
	tally.check(detail.test(answer.json?.detail), `${what}: ${answer.json?.detail}`);
}
const finding = (last) => last.json.findings.find((f) => f.item === gate.id).answer;
const flags = (last) => last.json.flags.map((f) => `${f.flag} ${f.days.map((d) => `${d.from}..${d.to}`).join(',')}`.trim());
/** What a refusal leaves as it was. */
async function unchanged(last, before, what) {
	const now = await daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'provider' });
	tally.equal([now.text, now.headers.etag], [before.text, before.headers.etag], `${what}: nothing changed`);
	tally.equal([now.json.status, now.json.waiting_on, now.json.certificate_of_need], ['pending_con', 'con_reviewer', null], `${what}: it waits on`);
}

/* ---- received: everything waits for the certificate but the clock ---- */

const early = { '/service_period/start': '2026-05-25', '/service_period/end': '2026-06-07', '/admission': { status: 'planned', planned_on: '2026-05-25' } };
const s50 = await submit(body());
const s51 = await submit(body());
const s52 = await submit(body());
const s53 = await submit(body());
const s54 = await submit(body(early));
const s61 = await submit(body());
const n6 = await submit(body());
const n6too = await submit(body());
const byIntake = await submit(body());
const wrong = await submit(body());
const moving = await submit(body());
const incomplete = await submit(body({}, ['/service_period/end']));
const withdrawn = await submit(body());
const received = Object.fromEntries(Object.entries({ s50, s51, s52, s53, s54, s61, n6 }).map(([name, last]) => [name, { ...last }]));
for (const [name, last] of Object.entries(received)) {
	tally.equal([last.status, last.json.status, last.json.waiting_on, last.json.tasks], [201, 'pending_con', 'con_reviewer', ['certify']], `${name}: waits for the certificate`);
	tally.equal([last.json.clock.running, last.json.clock.due_at, last.json.clock.also_waiting_for.length], [true, '2026-06-02T23:59:59-07:00', 1], `${name}: the clock does not`);
	tally.equal([last.json.certificate_of_need, finding(last)], [null, 'unknown'], `${name}: nothing is recorded`);
}

/* ---- what a certificate must show (S52, S53) ---- */

const now = '2026-05-21T09:00:00-07:00';
const certified = { outcome: 'certified', completed_at: now, shows: all };
for (const outcome of ['certified', 'not_certified']) {
	const refused = await certify(s52, { outcome, completed_at: now, shows: without('reviewer_oha_approved') });
	pointers(refused, ['/shows'], `S52: ${outcome} by a reviewer whom OHA has not approved`);
	tally.check(/needed: "reviewer_oha_approved"/.test(refused.json.errors[0].detail), `S52: says what is needed: ${refused.json.errors[0].detail}`);
}
for (const outcome of ['approved', 'denied']) notNow(await step(s52, 'determination', { outcome, rationale: 'So.' }, { as: 'physician' }), /certificate of need/, `S52: ${outcome}`);
await unchanged(s52, received.s52, 'S52');
pointers(await certify(s53, { ...certified, shows: without('benefit_expected') }), ['/shows'], 'S53: signed with two of three findings');
await unchanged(s53, received.s53, 'S53');
const nothing = await certify(s53, { ...certified, shows: [] });
pointers(nothing, all.map(() => '/shows'), 'everything that is lacking, at once');
tally.equal(nothing.json.errors.map((e) => /needed: "([^"]+)"/.exec(e.detail)[1]), all, 'in the words of the policy');
pointers(await certify(s53, { outcome: 'certified', completed_at: now }), all.map(() => '/shows'), 'no list at all lacks the same');
pointers(await certify(s53, { outcome: 'not_certified', completed_at: now, shows: gate.certifies }), gate.needs.map(() => '/shows'), 'not certified needs an independent, signed process too');
for (const lacking of gate.needs) pointers(await certify(s53, { ...certified, shows: without(lacking) }), ['/shows'], `certified without ${lacking}`);
const slip = await certify(s53, { ...certified, shows: ['sigend', ...without('signed'), 'a_pony'] });
pointers(slip, ['/shows/0', `/shows/${all.length}`, '/shows'], 'words that the policy does not know');
tally.equal(slip.json.errors[0].fix, 'Did you mean "signed"?', 'a slip gets a suggestion');
tally.check(!slip.text.includes('a_pony') && !slip.text.includes('sigend'), 'what was written is not repeated');
for (const note of [undefined, null, '', ' \n']) {
	pointers(await certify(n6, { outcome: 'closed_without_certification', completed_at: now, note }), ['/note'], `closed, and the note is ${JSON.stringify(note)}`);
}
pointers(await certify(n6, { completed_at: now }), ['/outcome'], 'no outcome');
pointers(await certify(n6, { outcome: 'maybe', completed_at: 'soon', shown: [] }), ['/outcome', '/completed_at', '/shown'], 'another outcome, no instant, another member');
pointers(await certify(s53, { ...certified, completed_at: '2026-05-21T09:00:01-07:00' }), ['/completed_at'], 'one second from now');
pointers(await certify(s53, { ...certified, completed_at: '2014-05-09T12:00:00-07:00' }), ['/completed_at'], 'before the member was born');
pointers(await certify(s53, { ...certified, completed_at: '1969-12-31T12:00:00Z' }), ['/completed_at'], 'before 1970');
pointers(await certify(s53, { ...certified, completed_at: '2026-05-20T23:59:00-07:00', signed_on: '2026-05-21' }), ['/signed_on'], 'signed a day after it was complete');
pointers(await certify(s53, { ...certified, document: 'd99' }), ['/document'], 'a document that the request does not have');
pointers(await certify(s53, { outcome: 'certified', completed_at: '2026-05-22T09:00:00-07:00', shows: without('signed'), document: 'd99' }), ['/shows', '/document', '/completed_at'], 'all of it at once');
await unchanged(s53, received.s53, 'S53 after all that');

/* ---- who, and the rules of every change ---- */

for (const as of ['provider', 'reviewer', 'physician', 'appeals', 'auditor', 'policy_author', 'admin']) problem(await certify(s50, certified, { as }), 403, 'forbidden', `${as}: records no certificate`);
problem(await certify(s50, certified, { as: 'other_provider' }), 403, 'forbidden', 'nor does another provider');
problem(await certify(s50, certified, { etag: undefined }), 428, 'precondition-required', 'no If-Match');
problem(await certify(s50, certified, { etag: '"v9"' }), 412, 'stale', 'a stale ETag');
problem(await certify(s50, certified, { key: null }), 400, 'idempotency-key-required', 'no key');
problem(await certify(s50, '{"outcome": "certified"', {}), 400, 'unreadable-body', 'half a body');
await unchanged(s50, received.s50, 'S50');

/* ---- where nothing waits for one ---- */

const pdts = await submit(JSON.parse(readFileSync('samples/pdts-complete.json', 'utf8')));
notNow(await certify(pdts, certified), /waits for a certificate/, 'day treatment has no gate');
await step(withdrawn, 'withdrawal', { reason: 'not_needed' }, { as: 'provider' });
notNow(await certify(withdrawn, certified), /closed/, 'a request that was withdrawn');

/* ---- a placement that is called concurrent ---- */

const going = read('cases/bases/prts-concurrent');
const named = await submit(going);
tally.equal([named.json.status, named.json.clock.also_waiting_for, named.json.findings.some((f) => f.item === gate.id)], ['in_review', [], false], 'with the number of an earlier authorization nothing waits');
notNow(await certify(named, certified), /waits for a certificate/, 'nor is a certificate taken');
const unnamed = await submit(applyEdits(going, ['/prior_authorization'], { '/admission': { status: 'planned', planned_on: '2026-06-17' } }));
tally.equal([unnamed.json.status, unnamed.json.clock.also_waiting_for.length, finding(unnamed)], ['pending_con', 1, 'unknown'], 'without one it waits as a first request does');
for (const outcome of ['approved', 'denied']) notNow(await step(unnamed, 'determination', { outcome, rationale: 'So.' }, { as: 'physician' }), /certificate of need/, `called concurrent: ${outcome}`);
tally.equal((await certify(unnamed, certified)).status, 200, 'called concurrent: certified');
tally.equal([finding(unnamed), unnamed.json.clock.also_waiting_for], ['met', []], 'called concurrent: the gate is open');

/* ---- an incomplete request is certified meanwhile ---- */

tally.equal(incomplete.json.status, 'incomplete', 'no dates: incomplete');
tally.equal((await certify(incomplete, certified)).status, 200, 'certified while it is incomplete');
tally.equal([incomplete.json.status, finding(incomplete)], ['incomplete', 'met'], 'it stays incomplete, the gate is open');
await step(incomplete, 'information', { service_period: { end: '2026-06-16' } }, { as: 'provider' });
tally.equal([incomplete.json.status, incomplete.json.tasks], ['in_review', ['review']], 'and goes to review when the dates arrive');

/* ---- S50: certified on Wednesday the 27th ---- */

await clock('2026-05-26T08:30:00-07:00');
await fresh(s54);
await step(s54, 'information', { admission: { status: 'admitted', admitted_at: '2026-05-25T08:00:00-07:00' } }, { as: 'provider' });
tally.equal([s54.json.status, finding(s54), flags(s54)], ['pending_con', 'not_met', ['placed_before_con 2026-05-25..2026-06-07']], 'S54: placed before the certificate');
await clock('2026-05-27T11:00:00-07:00');
for (const last of [s50, s53, s54, s61, byIntake, wrong, moving]) await fresh(last);
const full = {
	...certified, completed_at: '2026-05-27T18:00:00Z', reviewer: 'Sample Reviewer-One', signed_on: '2026-05-27', document: 'd1', note: 'By telephone.',
	team: [{ name: 'Sample Physician-One', role: 'physician' }, { name: 'Sample Coordinator-One', role: 'care_coordinator' }],
};
const before = structuredClone({ json: s50.json, headers: s50.headers });
const done = await certify(s50, full, { key: 'once' });
tally.equal([done.status, done.json.status, done.json.waiting_on, done.json.tasks], [200, 'in_review', 'plan', ['review']], 'S50: goes on to review');
tally.equal(done.json.certificate_of_need, {
	outcome: 'certified', completed_at: '2026-05-27T11:00:00-07:00', shows: all, reviewer: full.reviewer, team: full.team, signed_on: '2026-05-27', document: 'd1',
	note: 'By telephone.', correction: null, at: '2026-05-27T11:00:00-07:00', by: 'prn_con_reviewer',
}, 'S50: as it was recorded');
tally.equal([finding(s50), flags(s50)], ['met', []], 'S50: the gate is open, no day lies before');
tally.equal([s50.json.clock.all, s50.json.clock.due_at, s50.json.clock.also_waiting_for], [received.s50.json.clock.all, '2026-06-02T23:59:59-07:00', []], 'S50: clocks stay, nothing else is waited for');
const again = await certify({ ...before }, full, { key: 'once' });
tally.check(again.text === done.text && again.headers['idempotency-replayed'] === 'true', 'S50: a retry gets the same answer');
problem(await certify(before, { ...full, outcome: 'not_certified' }, { key: 'once' }), 422, 'idempotency-key-reused', 'S50: the key of another body');
problem(await certify(before, full), 412, 'stale', 'S50: a second one that has not seen the first');
for (const outcome of ['certified', 'not_certified', 'closed_without_certification']) {
	notNow(await certify({ ...s50 }, { ...full, outcome }), /recorded already/, `S50: ${outcome} after that`);
}
const line = (await daemon.call('GET', `/v1/requests/${s50.json.id}/timeline`, { as: 'provider' })).json.events;
tally.equal(line.filter((e) => e.actor_role !== 'system').map((e) => `${e.action} ${e.actor_role}`), ['received provider', 'certificate_of_need_recorded con_reviewer'], 'S50: the timeline');
await certify(byIntake, { ...full, team: null, shows: [...all, ...all] }, { as: 'intake' });
tally.equal([byIntake.json.status, byIntake.json.certificate_of_need?.by, byIntake.json.certificate_of_need?.team], ['in_review', 'prn_intake', []], 'intake enters what the reviewer sent');

// S53: the same statement does not certify; S61.
await certify(s53, { ...full, outcome: 'not_certified', shows: without('benefit_expected') });
tally.equal([s53.json.status, s53.json.certificate_of_need?.outcome], ['in_review', 'not_certified'], 'S53: two of three is not certified');
await certify(s61, { outcome: 'not_certified', completed_at: '2026-05-27T11:00:00-07:00', shows: gate.needs });
tally.equal([s61.json.status, s61.json.certificate_of_need?.outcome, finding(s61)], ['in_review', 'not_certified', 'met'], 'S61: not certified: decided by the plan all the same');
tally.equal([flags(s61), flags(s53), flags(s50)], [['con_not_certified'], ['con_not_certified'], []], 'and whoever reviews it is told');
for (const answer of ['not_met', 'met']) tally.equal(s61.json.findings.filter((f) => f.item.includes('con-not-certified') && f.answer === answer), [], 'by a flag, not a finding');

/* ---- recorded wrongly ---- */

const why = 'The statement was read as that of another child.';
pointers(await certify(wrong, { ...full, correction: why }), ['/correction'], 'there is nothing to correct yet');
await unchanged(wrong, wrong, 'a first one');
pointers(await certify(wrong, { ...full, outcome: 'not_certified' }), ['/outcome'], 'not certified, though all of it is shown');
await unchanged(wrong, wrong, 'a contradiction');
await certify(wrong, { ...full, completed_at: '2026-05-26T10:00:00-07:00', signed_on: '2026-05-26' });
const pdf = wrong.json.clock;
const first = { ...wrong };
for (const correction of [undefined, null]) notNow(await certify({ ...first }, { ...full, correction }), /recorded already.*`correction`/, 'a second one that does not say why');
pointers(await certify({ ...first }, { ...full, correction: ' ' }), ['/correction'], 'or says nothing');
pointers(await certify({ ...first }, { ...full, shows: without('signed'), correction: why }), ['/shows'], 'a correction shows no less');
for (const as of ['provider', 'reviewer', 'physician', 'admin']) problem(await certify({ ...first }, { ...full, correction: why }, { as }), 403, 'forbidden', `${as}: corrects no certificate`);
await certify(wrong, { outcome: 'not_certified', completed_at: '2026-05-27T10:00:00-07:00', shows: gate.needs, correction: why });
tally.equal([wrong.status, wrong.json.status, finding(wrong), flags(wrong), wrong.json.version], [200, 'in_review', 'met', ['con_not_certified'], first.json.version + 1], 'corrected, and judged again');
tally.equal(wrong.json.certificate_of_need, {
	outcome: 'not_certified', completed_at: '2026-05-27T10:00:00-07:00', shows: gate.needs, reviewer: null, team: [], signed_on: null, document: null, note: null, correction: why,
	at: '2026-05-27T11:00:00-07:00', by: 'prn_con_reviewer',
}, 'nothing of the earlier record is left');
tally.equal(wrong.json.clock, pdf, 'clocks stay');
await certify(wrong, { ...full, correction: 'It was certified after all.' }, { as: 'intake' });
tally.equal([wrong.json.certificate_of_need?.outcome, flags(wrong)], ['certified', []], 'corrected again');
const ofIt = (await daemon.call('GET', `/v1/requests/${wrong.json.id}/timeline`, { as: 'provider' })).json.events.filter((e) => e.action === 'certificate_of_need_recorded');
tally.equal(ofIt.length, 3, 'each of the three is in the history');

// The days before the certificate follow the corrected instant, in both directions.
await step(moving, 'information', { service_period: { start: '2026-05-22', end: '2026-06-04' }, admission: { planned_on: '2026-05-22' } }, { as: 'provider' });
await certify(moving, { ...full, completed_at: '2026-05-26T10:00:00-07:00', signed_on: '2026-05-26' });
tally.equal(flags(moving).filter((f) => f.startsWith('days_before')), ['days_before_con 2026-05-22..2026-05-25'], 'complete on the 26th');
await certify(moving, { ...full, completed_at: '2026-05-24T10:00:00-07:00', signed_on: '2026-05-24', correction: why });
tally.equal(flags(moving).filter((f) => f.startsWith('days_before')), ['days_before_con 2026-05-22..2026-05-23'], 'no, on the 24th');
await certify(moving, { ...full, correction: why });
tally.equal(flags(moving).filter((f) => f.startsWith('days_before')), ['days_before_con 2026-05-22..2026-05-26'], 'no, on the 27th');

// Whom it is about cannot be changed under it; what was not given can be given.
const swap = await step(moving, 'information', { member: { id: 'OR999', last_name: 'Youth-Nine' } }, { as: 'provider' });
notNow(swap, /\/member\/id and \/member\/last_name.*withdraw.*new request/, 'another member under the same certificate');
tally.equal((await step(moving, 'information', { member: { recipient_id: 'EX00001A' } }, { as: 'provider' })).status, 200, 'a number that was not given');
await step(moving, 'withdrawal', { reason: 'not_needed' }, { as: 'provider' });
notNow(await certify(moving, { ...full, correction: why }), /closed/, 'a closed request is not corrected');

/* ---- N6 and S51: late ---- */

await clock('2026-06-02T16:00:00-07:00');
await fresh(n6);
await certify(n6, { outcome: 'closed_without_certification', completed_at: '2026-06-02T16:00:00-07:00', note: 'Information not supplied.' });
tally.equal([n6.json.status, n6.json.waiting_on, finding(n6)], ['in_review', 'plan', 'met'], 'N6: closed, and to be decided');
tally.equal(flags(n6), ['con_not_certified'], 'N6: nothing was certified');
tally.equal([n6.json.certificate_of_need.outcome, n6.json.certificate_of_need.shows, n6.json.certificate_of_need.note], ['closed_without_certification', [], 'Information not supplied.'], 'N6: why');

/* ---- what was decided on a certificate that was recorded wrongly is put right, with the certificate ---- */

await fresh(n6too);
await certify(n6too, { outcome: 'closed_without_certification', completed_at: '2026-06-02T16:00:00-07:00', note: 'Entered on this request by mistake.' });
const reasons = { rationale: 'As the record shows.', documents_reviewed: ['d1'] };
const determine = (last, sent) => step(last, 'determination', { ...reasons, ...sent }, { as: 'physician' });
const codes = (answer) => [answer.status, answer.json?.errors?.map((e) => `${e.pointer} ${e.code}`)];
const rightly = { ...full, correction: 'It was closed on the request of another child.' };
for (const last of [n6, n6too]) {
	const findings = last.json.findings.filter((f) => f.kind !== 'gate' && f.answer !== 'met').map((f) => ({ criterion: f.item, answer: 'met', note: 'Seen in the papers.' }));
	tally.equal((await step(last, 'findings', { findings }, { as: 'reviewer', method: 'PUT' })).status, 200, 'closed: found');
	tally.equal(codes(await determine(last, { outcome: 'denied', basis: 'before_con', certificate_of_need: rightly })), [422, ['/certificate_of_need not_needed']], 'a first determination carries none');
	tally.equal((await determine(last, { outcome: 'denied', basis: 'before_con' })).status, 200, 'closed: denied');
}
notNow(await certify({ ...n6 }, rightly, { as: 'intake' }), /decided/, 'decided: not by itself');
const again6 = { outcome: 'approved', supersedes: n6.json.decision.id, reason: 'wrong_request' };
tally.equal(codes(await determine(n6, again6)), [422, ['/outcome missing_part']], 'decided: nothing is approved by the certificate as it stands');
tally.equal(codes(await determine(n6, { ...again6, certificate_of_need: { ...rightly, correction: null } })), [422, ['/certificate_of_need/correction missing_member']], 'a correction of it says why');
tally.equal(codes(await determine(n6, { ...again6, certificate_of_need: { ...rightly, shows: without('signed'), document: 'd99', completed_at: '2026-06-02T16:00:01-07:00' } })),
	[422, ['/certificate_of_need/shows not_shown', '/certificate_of_need/document no_such_document', '/certificate_of_need/completed_at in_the_future']], 'and shows no less than any');
tally.equal(codes(await determine(n6, { ...again6, certificate_of_need: { ...rightly, note: 1, made_up: true } })), [422, ['/certificate_of_need/note wrong_type', '/certificate_of_need/made_up unknown_member']], 'nor says more');
tally.equal([n6.json.certificate_of_need.outcome, n6.json.decision.outcome], ['closed_without_certification', 'denied'], 'nothing came of that');
tally.equal((await determine(n6, { ...again6, certificate_of_need: rightly })).status, 200, 'corrected with its certificate');
tally.equal([n6.json.status, n6.json.decision.outcome, n6.json.authorization?.days, n6.json.superseded.length], ['decided', 'approved', 14, 1], 'approved');
tally.equal([n6.json.certificate_of_need.outcome, n6.json.certificate_of_need.by, finding(n6), flags(n6)], ['certified', 'prn_physician', 'met', []], 'and nothing is left of the mistake');
tally.equal((await daemon.call('GET', `/v1/decisions/${again6.supersedes}`, { as: 'auditor' })).json.answer.flags.map((f) => f.flag), ['con_not_certified'], 'but with the decision that rested on it');
{
	const appeal = await daemon.call('POST', `/v1/requests/${n6too.json.id}/appeals`, { as: 'provider', etag: n6too.headers.etag, body: { kind: 'expedited', from: 'practitioner' } });
	const decide = (sent) => daemon.call('POST', `/v1/appeals/${appeal.json.id}/determination`, { as: 'appeals', etag: appeal.headers.etag, body: { ...reasons, ...sent } });
	tally.equal(appeal.status, 201, `appealed: ${appeal.text.slice(0, 300)}`);
	tally.equal(codes(await decide({ outcome: 'overturned' })), [422, ['/outcome missing_part']], 'an appeal approves nothing either that is not certified');
	tally.equal(codes(await decide({ outcome: 'upheld', certificate_of_need: rightly, documents_reviewed: null })), [422, ['/certificate_of_need not_permitted']], 'what is upheld stands as it is');
	tally.equal(codes(await decide({ outcome: 'overturned', certificate_of_need: { ...rightly, shows: without('signed') } })), [422, ['/certificate_of_need/shows not_shown']], 'a certificate is one');
	const done = await decide({ outcome: 'overturned', certificate_of_need: rightly, plan_facts: { source: 'enrollment', line_of_business: 'medicaid' } });
	tally.equal([done.status, done.json?.followed_by?.outcome], [200, 'approved'], `overturned with its certificate: ${done.text.slice(0, 500)}`);
	await fresh(n6too);
	tally.equal([n6too.json.certificate_of_need.outcome, flags(n6too), n6too.json.verified.facts, n6too.json.authorization?.days], ['certified', [], ['line_of_business'], 14], 'and so it stands');
}
// S54: the days before it are barred; by the day on which it was complete, not by the one on which that was told.
await fresh(s54);
await certify(s54, full);
tally.equal([s54.json.status, flags(s54)], ['in_review', ['con_after_admission', 'days_before_con 2026-05-25..2026-05-26']], 'S54: the 27th is the earliest day');
tally.equal([s54.json.certificate_of_need?.completed_at, s54.json.certificate_of_need?.at], ['2026-05-27T11:00:00-07:00', '2026-06-02T16:00:00-07:00'], 'S54: complete then, told now');
await clock('2026-06-03T10:00:00-07:00');
await fresh(s51);
tally.equal([s51.json.status, s51.json.waiting_on, s51.json.clock.running], ['pending_con', 'con_reviewer', true], 'S51: overdue, and it waits on');
tally.equal([s51.json.next_step, s51.json.findings], [received.s51.json.next_step, received.s51.json.findings], 'S51: what is so stays so while time passes');
await certify(s51, { ...full, completed_at: '2026-06-03T10:00:00-07:00' });
tally.equal([s51.json.status, s51.json.clock.all, s51.json.clock.due_at], ['in_review', received.s51.json.clock.all, '2026-06-02T23:59:59-07:00'], 'S51: to review after the due instant, which stays');
tally.equal(flags(s51), [], 'S51: the first requested day is the day of the certificate');

/* ---- an earlier certificate of the same referral (S64) ---- */

const s64 = read('cases/prts-certified').cases.find((one) => one.name.startsWith('S64'));
const retro = await submit({ ...body(s64.set), intake: { received_at: s64.now, via: 'fax' } }, 'intake');
tally.equal(retro.json.status, 'pending_con', 'S64: waits');
await certify(retro, { ...full, completed_at: '2026-05-20T16:00:00-07:00', signed_on: '2026-05-20', document: null });
tally.equal([retro.status, retro.json.status, flags(retro).sort()], [200, 'in_review', s64.expect.flags], 'S64: complete before receipt; the days before it are barred');

const { code } = await daemon.stop();
tally.check(code === 0 && !daemon.err.includes('runtime error'), `the daemon ended with ${code}: ${daemon.err.slice(0, 2000)}`);
tally.end();
