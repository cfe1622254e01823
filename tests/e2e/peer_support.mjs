// SPDX-License-Identifier: Apache-2.0
// Peer support carried to its end: what people need to decide it under a policy that sets no length, no return and no time of its own; a line
// that is excluded while the others go on; an appeal; a decision on too little; and discharges, which are recorded and never decided.
import { readFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '71', '--clock', '2026-02-09T09:00:00-06:00', '--policies', 'policies']);
const P = 'lhcc.pss.';
const bases = 'policies/lhcc-pss/2021-01-01/cases/bases';
const body = (base, set = {}, remove = []) => applyEdits(JSON.parse(readFileSync(`${bases}/${base}.json`, 'utf8')), remove, set);
const reasons = { rationale: 'As the papers show.', documents_reviewed: ['d1', 'd2'] };

async function clock(instant) {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
}
async function submit(name, sent, status = 'in_review') {
	const answer = await daemon.call('POST', '/v1/requests', { as: 'provider', body: sent });
	tally.equal([answer.status, answer.json?.status], [201, status], `${name}: sent (${answer.text.slice(0, 300)})`);
	return answer.json;
}
const read = (id, as = 'intake') => daemon.call('GET', `/v1/requests/${id}`, { as });
/** A step on the request as it stands now. */
async function step(id, resource, sent, as = 'reviewer', method = 'POST') {
	const now = await read(id);
	return daemon.call(method, `/v1/requests/${id}/${resource}`, { as, etag: now.headers.etag, body: sent });
}
const determine = (id, sent, as) => step(id, 'determination', { ...reasons, ...sent }, as);
const preview = async (id) => (await daemon.call('GET', `/v1/requests/${id}/determination`, { as: 'reviewer' })).json;
const codes = (answer) => [answer.status, answer.json?.errors?.map((e) => `${e.pointer} ${e.code}`)];
/** Answers every open criterion: met, unless OTHERWISE says something else. */
async function find(id, otherwise = {}) {
	const open = (await read(id)).json.findings.filter((f) => f.answer !== 'met').map((f) => f.item);
	const findings = open.map((criterion) => ({ criterion, answer: otherwise[criterion] ?? 'met', note: 'Seen in the papers.' }));
	const found = await step(id, 'findings', { findings }, 'reviewer', 'PUT');
	tally.equal(found.status, 200, `findings of ${open}: ${found.text.slice(0, 300)}`);
	return open;
}

/* ---- S140: what an approval needs, and by whom; as much as was asked, since nothing limits it ---- */

const whole = await submit('S140', body('pss'));
tally.equal([whole.clock.due_at, whole.clock.all[0].last_business_day], ['2026-02-16T23:59:59-06:00', '2026-02-13'], 'S140: the due day is a holiday and stays; the last business day before it is told');
tally.equal(whole.clock.all.map((c) => [c.rule, c.basis]), [[`${P}decide`, 'default'], ['federal.medicaid.standard', 'overlay']], 'S140: the time is marked as a default');
{
	const view = await preview(whole.id);
	const approved = view.outcomes.find((o) => o.outcome === 'approved');
	tally.equal(approved.needs.map((n) => n.need).sort(), ['documents_reviewed', 'judgments_answered', 'rationale'], 'S140: what an approval needs');
	tally.equal(approved.credentials, ['lmhp', 'qmhp_bhcc', 'psychologist_doctoral', 'psychiatrist'], 'S140: whose it is');
	tally.equal(view.limits, [], 'S140: no length is set');
}
tally.equal((await determine(whole.id, { outcome: 'approved' })).status, 422, 'S140: not before the judgments are answered');
tally.equal(await find(whole.id), [`${P}policy.necessity`, `${P}initial.task-content`], 'S140: the judgments that were open');
tally.equal(codes(await determine(whole.id, { outcome: 'approved', rationale: ' ', documents_reviewed: [] })), [422, ['/rationale missing_part', '/documents_reviewed missing_part']], 'S140: reasons and papers are named');
for (const as of ['provider', 'intake', 'con_reviewer', 'auditor']) tally.equal((await determine(whole.id, { outcome: 'approved' }, as)).status, 403, `S140: ${as} decides nothing`);
{
	const done = await determine(whole.id, { outcome: 'approved' });
	tally.equal([done.status, done.json?.authorization?.from, done.json?.authorization?.to, done.json?.authorization?.lines?.[0]?.units], [200, '2026-02-09', '2026-05-09', 120], `S140: approved as asked (${done.text.slice(0, 400)})`);
	tally.equal(done.json?.notices?.owed ?? [], [], 'S140: the policy owes no notice of an approval');
}

/* ---- S147: the rides are refused, the peer's line goes on ---- */

const rides = { '/lines/1': { code: 'T2003', units: 20, unit: 'visit', mode: 'individual', medium: 'in_person', place: 'community', member_present: true } };
const ride = await submit('S147', body('pss', rides));
tally.equal(ride.findings.filter((f) => f.answer === 'not_met').map((f) => f.item), [`${P}exclusion.transportation`], 'S147: what is not met');
await find(ride.id, { [`${P}exclusion.transportation`]: 'not_met' });
tally.equal((await determine(ride.id, { outcome: 'approved' })).status, 422, 'S147: not approved as a whole');
{
	const done = await determine(ride.id, { outcome: 'approved_in_part', basis: 'criterion_not_met', criteria: [`${P}exclusion.transportation`], grants: [{ line: 0, from: '2026-02-09', to: '2026-05-09' }] });
	tally.equal([done.status, done.json?.authorization?.lines?.map((l) => l.line)], [200, [0]], `S147: in part (${done.text.slice(0, 400)})`);
	tally.equal([...new Set(done.json?.notices?.owed?.map((n) => n.to))].sort(), ['member', 'practitioner'], 'S147: what is refused is told to both');
}

/* ---- S141: denied for the age; appealed by the member ---- */

const young = await submit('S141', body('pss', { '/member/birth_date': '2005-02-10' }));
await find(young.id, { [`${P}initial.age-21`]: 'not_met', [`${P}initial.all-criteria`]: 'not_met' });
const denial = { outcome: 'denied', basis: 'criterion_not_met', criteria: [`${P}initial.age-21`] };
tally.equal((await preview(young.id)).outcomes.find((o) => o.outcome === 'denied').credentials, ['lmhp', 'qmhp_bhcc', 'psychologist_doctoral', 'psychiatrist'], 'S141: whose a denial is');
tally.equal(codes(await determine(young.id, { ...denial, rationale: '' })), [422, ['/rationale missing_part']], 'S141: a denial says why');
tally.equal(codes(await determine(young.id, { ...denial, documents_reviewed: [] })), [422, ['/documents_reviewed missing_part']], 'S141: and what was reviewed');
{
	const done = await determine(young.id, denial);
	tally.equal([done.status, done.json?.decision?.outcome, done.json?.notices?.owed?.map((n) => [n.to, n.due_at])], [200, 'denied', [['practitioner', '2026-02-16T23:59:59-06:00'], ['member', '2026-02-16T23:59:59-06:00']]], `S141: denied; both are told (${done.text.slice(0, 300)})`);
	const appealed = await step(young.id, 'appeals', { kind: 'expedited', from: 'member' }, 'intake');
	tally.equal([appealed.status, appealed.json?.kind, appealed.json?.due_at], [201, 'expedited', '2026-02-12T09:00:00-06:00'], `S141: the member appeals (${appealed.text.slice(0, 300)})`);
}

/* ---- nothing is ever returned; who decides on too little has asked for it first ---- */

const thin = await submit('N11', body('pss', { '/facts/stage_of_change': null }, ['/member/id', '/requesting_provider/npi', '/lines/0/units']));
tally.equal([thin.missing, thin.proposed_return, thin.status], [[], null, 'in_review'], 'N11: nothing is missing in the sense of a return');
tally.equal((await step(thin.id, 'return', { decision: 'return', reason: 'missing_components' }, 'intake')).status, 409, 'N11: it cannot be returned');
await find(thin.id, { [`${P}initial.stage-of-change`]: 'cannot_tell', [`${P}initial.all-criteria`]: 'cannot_tell' });
const little = { outcome: 'denied', basis: 'insufficient_information', criteria: [`${P}initial.stage-of-change`] };
tally.equal(codes(await determine(thin.id, little)), [422, ['/basis outreach_owed', '/basis too_early']], 'N11: not on too little before the attempts and the time');
for (const at of ['2026-02-10T10:00:00-06:00', '2026-02-11T10:00:00-06:00']) {
	await clock(at);
	const tried = await step(thin.id, 'outreach-attempts', { channel: 'phone', items: [`${P}initial.stage-told`], outcome: 'left_message' }, 'intake');
	tally.equal(tried.status, 200, `N11: an attempt at ${at} (${tried.text.slice(0, 300)})`);
}
await clock('2026-02-16T10:00:00-06:00');
{
	const done = await determine(thin.id, little);
	tally.equal([done.status, done.json?.decision?.basis], [200, 'insufficient_information'], `N11: on the day of the clock (${done.text.slice(0, 300)})`);
	const appealed = await step(thin.id, 'appeals', { kind: 'standard', from: 'member' }, 'intake');
	tally.equal([appealed.status, appealed.json?.kind, appealed.json?.due_at], [201, 'standard', '2026-03-18T23:59:59-05:00'], `N11: the member appeals in no haste (${appealed.text.slice(0, 300)})`);
}

/* ---- S154: a discharge is recorded at once, complete or not, and nobody decides it ---- */

await clock('2026-11-20T10:00:00-06:00');

for (const [name, lacking] of [['pss-discharge', []], ['pss-plan-outstanding', ['plan_outstanding']]]) {
	const gone = await submit(name, sample(name), 'recorded');
	tally.equal([gone.flags.map((f) => f.flag), gone.clock?.due_at ?? null, gone.tasks], [lacking, null, []], `${name}: what lacks is flagged; nothing is due`);
	tally.equal((await determine(gone.id, { outcome: 'approved' })).status, 409, `${name}: it is not decided`);
	tally.equal((await step(gone.id, 'return', { decision: 'return', reason: 'missing_components' }, 'intake')).status, 409, `${name}: nor returned`);
	const open = await daemon.call('GET', '/v1/requests?service=PSS&open=true', { as: 'intake' });
	tally.check(!open.text.includes(gone.id), `${name}: it is not among what is open`);
}

/* ---- S190: another payer's service is no service of this one; a review that the policy does not know is none ---- */

for (const [set, pointer] of [[{ '/payer': 'trillium' }, '/service'], [{ '/review': 'concurrent' }, '/review'], [{ '/review': 'standing' }, '/review']]) {
	const answer = await daemon.call('POST', '/v1/requests', { as: 'provider', body: body('pss', set) });
	tally.equal([answer.status, answer.json?.errors?.some((e) => e.pointer === pointer)], [422, true], `S190: ${JSON.stringify(set)} (${answer.text.slice(0, 300)})`);
}

/* ---- the checklist of every review ---- */

for (const [review, items] of [['initial', ['initial.age-21', 'modes.set', 'exclusion.transportation']], ['continued_stay', ['initial.age-21', 'continued.progress-goals-open']], ['discharge', ['discharge.logic']], ['standing', ['supervision.qualified']]]) {
	const asked = await daemon.call('GET', `/v1/requirements?payer=lhcc&service=PSS&review=${review}`, { as: 'provider' });
	tally.equal(asked.status, 200, `requirements of ${review} (${asked.text.slice(0, 200)})`);
	for (const item of items) tally.check(asked.text.includes(`"${P}${item}"`), `requirements of ${review}: ${item}`);
}
await daemon.stop();
tally.end();
