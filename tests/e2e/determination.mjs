// SPDX-License-Identifier: Apache-2.0
// Licensed people decide: what an approval and a denial need, what may be granted, what comes late, what a correction does. The preview says
// the same as the refusals. Played day by day; the bodies are those of the policy's own cases.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../lib/cases.mjs';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const directory = 'policies/trillium-isa/2019-03-06/cases';
const daemon = await start(binary, ['--sandbox', '--seed', '53', '--clock', '2026-03-02T10:15:00-08:00', '--policies', 'policies'], { sockets: 32 });

/** The base body of a service, of the case of that name in a file, or a body that is given; edited. */
function body(base, set = {}, remove = []) {
	const read = (file) => JSON.parse(readFileSync(`${directory}/${file}.json`, 'utf8'));
	return applyEdits(read(`bases/${base}`), remove, set);
}
const clock = async (instant) => {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
};
async function submit(name, sent, status = 'in_review') {
	const last = await daemon.call('POST', '/v1/requests', { as: 'provider', body: sent });
	tally.equal([last.status, last.json.status], [201, status], `${name}: submitted (${last.text.slice(0, 200)})`);
	last.name = name;
	return last;
}
/** A step on the request as it stands now, since time itself changes it too; a good answer takes the place of LAST. */
async function step(last, method, resource, sent, more = {}) {
	for (let tries = 0; ; tries++) {
		const now = await daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'reviewer' });
		const answer = await daemon.call(method, `/v1/requests/${last.json.id}/${resource}`, { as: 'reviewer', etag: now.headers.etag, body: sent, ...more });
		if (answer.status === 412 && !('etag' in more) && tries < 3) continue;
		if (answer.status === 200) Object.assign(last, answer);
		return answer;
	}
}
const reasons = { rationale: 'As the findings show.', documents_reviewed: ['d1'] };
const determine = (last, sent, more = {}) => step(last, 'POST', 'determination', { ...reasons, ...sent }, more);
const preview = async (last, as = 'reviewer') => (await daemon.call('GET', `/v1/requests/${last.json.id}/determination`, { as })).json;
const certify = (last, sent) => step(last, 'POST', 'certificate-of-need', sent, { as: 'con_reviewer' });

/** Answers every open criterion: met, unless OTHERWISE says something else (undefined leaves it open). */
async function find(last, otherwise = {}) {
	const open = last.json.findings.filter((f) => f.kind !== 'gate' && (f.answer !== 'met' || f.item in otherwise)).map((f) => f.item);
	const findings = open.filter((item) => !(item in otherwise) || otherwise[item] !== undefined)
		.map((criterion) => ({ criterion, answer: otherwise[criterion] ?? 'met', note: 'Seen in the papers.' }));
	const answer = await step(last, 'PUT', 'findings', { findings });
	tally.equal(answer.status, 200, `${last.name}: the findings (${answer.text.slice(0, 300)})`);
	return last;
}

const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.text.slice(0, 300)})`);
const codes = (answer) => answer.json?.errors?.map((e) => `${e.pointer} ${e.code}`);
/** Refused with exactly these problems ("pointer code"); what no body can cure is what the preview says. */
async function refused(last, sent, wanted, what, more = {}) {
	const answer = await determine(last, sent, more);
	tally.equal([answer.status, codes(answer)], [422, wanted], `${last.name}: ${what} (${answer.text.slice(0, 600)})`);
	return answer;
}
/** Refused now, with a reason that says so. */
async function notNow(last, sent, detail, what, more = {}) {
	const answer = await determine(last, sent, more);
	problem(answer, 409, 'illegal-transition', `${last.name}: ${what}`);
	tally.check(detail.test(answer.json?.detail), `${last.name}: ${what}: ${answer.json?.detail}`);
}
/** Decided; says what the decision and the authorization hold. */
async function decided(last, sent, wanted, what, more = {}) {
	const answer = await determine(last, sent, more);
	if (!tally.equal(answer.status, 200, `${last.name}: ${what} (${answer.text.slice(0, 600)})`)) return last;
	const { decision, authorization } = answer.json;
	const found = { outcome: decision.outcome, basis: decision.basis, late: decision.late };
	if (authorization) found.granted = authorization.lines.map((l) => `${l.line} ${l.from}..${l.to} ${l.units}`);
	const { outcome, basis = null, late = false, ...granted } = wanted;
	tally.equal(found, { outcome, basis, late, ...granted }, `${last.name}: ${what}`);
	tally.equal([answer.json.status, answer.json.clock.running], ['decided', false], `${last.name}: ${what}: the request is decided`);
	return last;
}
const outcomes = (view) => Object.fromEntries(view.outcomes.map((o) => [o.outcome, o]));
const bases = (view, outcome) => outcomes(view)[outcome].bases.filter((b) => b.possible).map((b) => b.basis);
const grants = (view) => view.grants.map((g) => `${g.line} ${g.from}..${g.to} ${g.units}`);
const spans = (days) => days.map((d) => `${d.from}..${d.to}`);
const necessity = 'trillium.um.determine-necessity';
const clinical = { outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], alternative: 'Intensive outpatient treatment.' };

/* ---- S01: an approval as asked, and all that it needs ---- */

const s01 = await submit('S01', body('pdts'));
{
	const view = await preview(s01);
	const items = s01.json.findings.filter((f) => f.answer !== 'met').map((f) => f.item);
	tally.equal(view.open.map((o) => o.item), items, 'S01: the preview lists what is open');
	const approved = outcomes(view).approved;
	tally.equal([approved.possible, approved.guards.length, approved.your_credential], [false, items.length + 1, true], 'S01: each open criterion bars an approval, and so do judgments without an answer');
	const answer = await determine(s01, { outcome: 'approved' });
	tally.equal(answer.json.errors.map((e) => [e.detail, e.fix ?? null]), approved.guards.map((g) => [g.detail, g.fix]), 'S01: the preview says what the refusal says');
	tally.equal(approved.needs.map((n) => n.need), ['judgments_answered', 'rationale', 'documents_reviewed', 'type', 'frequency', 'duration'], 'S01: what an approval needs');
	tally.equal([approved.credentials, view.limits[0].days, grants(view)], [['qmhp_bhcc', 'psychologist_doctoral', 'psychiatrist'], 30, ['0 2026-03-09..2026-04-07 30']], 'S01: by whom, how much');
	tally.equal([bases(view, 'denied'), bases(view, 'approved_in_part'), view.late, view.decision], [[], [], false, null], 'S01: nothing can be refused either');
	tally.equal(view.clocks.map((c) => [c.rule, c.minutes_left, c.passed]), [['trillium.pdts.initial.decide', 13724, false], ['federal.medicaid.standard', 10844, false]], 'S01: the time that is left');
	for (const as of ['provider', 'policy_author', 'admin']) problem(await daemon.call('GET', `/v1/requests/${s01.json.id}/determination`, { as }), 403, 'forbidden', `S01: no preview for ${as}`);
	const read = await daemon.call('GET', `/v1/requests/${s01.json.id}/determination`, { as: 'auditor' });
	tally.equal([read.status, read.headers.etag, outcomes(read.json).approved.your_credential], [200, '"v1"', false], 'S01: the auditor sees it, with the ETag of the request');
}
await find(s01);
await refused(s01, { outcome: 'approved', rationale: ' \t', documents_reviewed: [] }, ['/rationale missing_part', '/documents_reviewed missing_part'], 'reasons and papers are named');
await refused(s01, { outcome: 'approved', documents_reviewed: ['d1', 'd99'] }, ['/documents_reviewed/1 no_such_document'], 'of the request');
await refused(s01, { outcome: 'approved', documents_reviewed: ['d1', 'd2', 'd1'] }, ['/documents_reviewed/2 duplicate_id'], 'each once');
await refused(s01, { outcome: 'approved', reason: 'late' }, ['/reason not_needed'], 'a first one corrects nothing');
await refused(s01, { outcome: 'approved', basis: 'policy_limit' }, ['/basis not_needed'], 'an approval has no basis');
await refused(s01, { outcome: 'approved', criteria: [necessity] }, ['/criteria not_needed'], 'and no criteria');
await refused(s01, { outcome: 'approved', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-06' }] }, ['/grants less_than_asked'], 'nor less than was asked');
await refused(s01, { outcome: 'denied' }, ['/basis missing_member'], 'a denial has a basis');
await refused(s01, { outcome: 'denied', basis: 'policy_limit' }, ['/basis wrong_basis'], 'a limit denies nothing');
await refused(s01, { outcome: 'denied', basis: 'retroactive_days' }, ['/basis wrong_basis'], 'no day had passed');
await refused(s01, { outcome: 'denied', basis: 'criterion_not_met', alternative: 'Other care.' }, ['/criteria wrong_basis'], 'no criterion is not met');
await refused(s01, { ...clinical, criteria: [necessity, 'no.such.item'] }, ['/criteria/1 no_such_criterion', '/criteria/0 wrong_criterion'], 'a criterion that is met bears no denial');
await refused(s01, { ...clinical, grants: [{ line: 0, from: '2026-03-09', to: '2026-03-10' }] }, ['/grants not_needed', '/criteria/0 wrong_criterion'], 'a denial grants nothing');
for (const as of ['provider', 'intake', 'con_reviewer', 'appeals', 'auditor', 'admin']) problem(await determine(s01, { ...clinical }, { as }), 403, 'forbidden', `S100: ${as} decides nothing`);
problem(await determine(s01, { outcome: 'approved' }, { etag: undefined }), 428, 'precondition-required', 'S01: no If-Match');
problem(await determine(s01, { outcome: 'approved' }, { etag: '"v1"' }), 412, 'stale', 'S01: a stale ETag');
problem(await determine(s01, { outcome: 'approved' }, { key: null }), 400, 'idempotency-key-required', 'S01: no key');
problem(await determine(s01, { outcome: 'perhaps' }), 422, 'invalid-body', 'S01: a word that is not known');
{
	const before = structuredClone({ json: s01.json, headers: s01.headers, name: 'S01' });
	await decided(s01, { outcome: 'approved' }, { outcome: 'approved', granted: ['0 2026-03-09..2026-04-07 30'] }, 'approved as asked', { key: 's01' });
	const again = await determine(before, { outcome: 'approved' }, { key: 's01' });
	tally.equal([again.text, again.headers['idempotency-replayed']], [s01.text, 'true'], 'S01: a retry gets the same answer');
	const { authorization, decision, notices } = s01.json;
	tally.check(/^AU-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/.test(authorization.number) && authorization.number === s01.json.authorization_number, 'S01: it has its number');
	tally.equal([authorization.from, authorization.to, authorization.days, authorization.ask_again_by], ['2026-03-09', '2026-04-07', 30, '2026-03-24T23:59:59-07:00'], 'S01: the authorization');
	tally.check(/payment/.test(authorization.note), 'S01: what it does not promise');
	tally.equal([decision.disposition, decision.by, decision.role, decision.credential, decision.not_approved, decision.criteria], ['determined', 'prn_reviewer', 'reviewer', 'qmhp_bhcc', [], []], 'S01: the decision');
	tally.equal(notices.owed.map((n) => [n.item, n.to, n.due_at]), [['trillium.def.pa', 'submitter', '2026-03-11T23:59:59-07:00']], 'S01: the notice that is owed');
	tally.check(/^Your request is approved: 30 days, 2026-03-09 to 2026-04-07, authorization AU-.*ask again by Tue 2026-03-24 23:59\.$/.test(s01.json.summary), `S01: the summary: ${s01.json.summary}`);
	tally.equal([s01.json.waiting_on, s01.json.tasks, s01.json.next_step.who], ['plan', ['notify'], 'plan'], 'S01: whose turn');
	const view = await preview(s01);
	tally.equal([view.decision, view.authorization, view.status], [decision, authorization, 'decided'], 'S01: the preview shows what was decided');
	tally.equal(view.outcomes.map((o) => [o.outcome, o.possible]), [['approved', true], ['approved_in_part', false], ['denied', false]], 'S01: and what a correction could be');
	await notNow(s01, { outcome: 'denied', basis: 'before_con' }, /decided already/, 'no second determination');
	const timeline = (await daemon.call('GET', `/v1/requests/${s01.json.id}/timeline`, { as: 'reviewer' })).json.events;
	tally.equal(timeline.map((e) => e.action), ['received', 'finding_recorded', 'determined'], 'S01: the timeline');
}

/* ---- what one authorization may hold, and days that cannot be approved ---- */

const s16 = await find(await submit('S16', body('pdts', { '/service_period/end': '2026-04-22', '/lines/0/units': 45 })));
await refused(s16, { outcome: 'approved' }, ['/outcome above_limit', '/outcome above_limit'], '45 days and 45 units are more than one authorization holds');
tally.equal([bases(await preview(s16), 'approved_in_part'), grants(await preview(s16))], [['policy_limit'], ['0 2026-03-09..2026-04-07 30']], 'S16: what the preview offers');
await refused(s16, { outcome: 'approved_in_part', basis: 'policy_limit' }, ['/outcome above_limit', '/outcome above_limit', '/grants nothing_refused'], 'in part without grants');
await refused(s16, { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-08' }] }, ['/grants above_limit', '/grants above_limit'], '31 days');
await refused(s16, { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-06' }] }, ['/grants refused_without_ground'], '29 days: one is refused for nothing');
await refused(s16, { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07', units: 31 }] }, ['/grants/0/units too_many_units', '/grants above_limit'], 'a unit is a day');
await refused(s16, { outcome: 'approved_in_part', basis: 'interqual_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07' }] }, ['/basis wrong_basis'], 'no InterQual review sets this limit');
await refused(s16, {
	outcome: 'approved_in_part', basis: 'policy_limit',
	grants: [{ line: 1, from: '2026-03-09', to: '2026-03-10' }, { line: 0, from: '2026-03-08', to: '2026-03-10' }, { line: 0, from: '2026-03-10', to: '2026-03-09' }, { line: 0, from: '2026-03-10', to: '2026-03-12' }],
}, ['/grants/0/line no_such_line', '/grants/2/to wrong_order', '/grants/1 not_asked', '/grants/3 granted_twice', '/grants refused_without_ground'], 'grants that cannot be');
await decided(s16, { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07' }] },
	{ outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-03-09..2026-04-07 30'] }, 'the 30 days of the cap');
tally.equal(spans(s16.json.decision.not_approved), ['2026-04-08..2026-04-22'], 'S16: what is not approved');
tally.check(/approved in part: 30 days.*not approved, because one authorization holds no more.*right to appeal/.test(s16.json.summary), `S16: the summary: ${s16.json.summary}`);
tally.equal([...new Set(s16.json.notices.owed.map((n) => n.to))].sort(), ['practitioner', 'submitter'], 'S16: an approval in part is told to both');

const s45 = await find(await submit('S45', body('pdts', { '/service_period/end': '2026-04-08', '/lines/0/units': 31 })));
await refused(s45, { outcome: 'approved' }, ['/outcome above_limit', '/outcome above_limit'], '31 days');
const capped = (from, to, units) => ({ outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from, to, units }] });
await refused(s45, capped('2026-03-10', '2026-04-08'), ['/grants refused_without_ground'], 'the limit counts from the first day that can be approved');
await refused(s45, capped('2026-03-09', '2026-04-07', 1e-7), ['/grants/0/units too_small'], 'a unit of nothing');
for (const units of [1, 29, 29.5]) await refused(s45, capped('2026-03-09', '2026-04-07', units), ['/grants/0/units refused_without_ground'], `${units} units of 30 days`);
await refused(s45, capped('2026-03-09', '2026-04-07', 0), ['/grants/0/units too_small'], 'no unit at all');
await refused(s45, { ...capped(), grants: [{ line: 0, from: '2026-03-09', to: '2026-03-20' }, { line: 0, from: '2026-03-22', to: '2026-04-07' }] }, ['/grants refused_without_ground'], 'a hole');
await decided(s45, capped('2026-03-09', '2026-04-07'), { outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-03-09..2026-04-07 30'] }, 'the first 30 days of them');

const s23 = await find(await submit('S23', body('pdts', { '/member/birth_date': '2008-04-01', '/service_period/start': '2026-03-31', '/service_period/end': '2026-04-29' })));
tally.equal(s23.json.flags.filter((f) => f.flag === 'days_after_birthday').map((f) => spans(f.days)), [['2026-04-01..2026-04-29']], 'S23: the days from the birthday on are noted');
await decided(s23, { outcome: 'approved' }, { outcome: 'approved', granted: ['0 2026-03-31..2026-04-29 30'] }, 'the reviewer decides about them');

const s28 = await find(await submit('S28', body('pdts', { '/member/coverage/0/to': '2026-03-09' })));
{
	const view = await preview(s28);
	tally.equal([view.not_approvable.map((n) => [n.basis, n.item, spans(n.days)]), grants(view), bases(view, 'approved_in_part')],
		[[['not_eligible_part', 'trillium.referral.enrolled', ['2026-03-10..2026-04-07']]], ['0 2026-03-09..2026-03-09 1'], ['not_eligible_part']], 'S28: what the preview says');
	tally.equal(view.lines.map((l) => [l.asked_days, l.allowed_days, l.asked_units, l.allowed_units]), [[30, 1, 30, 1]], 'S28: asked and allowed');
	const answer = await refused(s28, { outcome: 'approved' }, ['/outcome not_approvable'], 'not the days without coverage');
	tally.equal(answer.json.errors[0].fix, 'Approve in part: line 0, 2026-03-09, 1 units.', 'S28: what could be approved');
	await refused(s28, { outcome: 'denied', basis: 'not_eligible_part' }, ['/basis wrong_basis'], 'nor denied as a whole: one day can be approved');
}
await decided(s28, { outcome: 'approved_in_part', basis: 'not_eligible_part', grants: [{ line: 0, from: '2026-03-09', to: '2026-03-09' }] },
	{ outcome: 'approved_in_part', basis: 'not_eligible_part', granted: ['0 2026-03-09..2026-03-09 1'] }, 'clipped to one day');

const insured = { '/member/other_insurance': [{ carrier: 'Example Mutual', kind: 'private', from: '2025-01-01', to: '2026-03-15', covers_service: 'yes' }] };
const s31 = await find(await submit('S31', body('pdts', insured)));
await refused(s31, { outcome: 'approved_in_part', basis: 'primary_payer_part', grants: [{ line: 0, from: '2026-03-15', to: '2026-04-07' }] }, ['/grants/0 not_approvable'], 'not the last day that the other insurance pays');
await refused(s31, { outcome: 'approved_in_part', basis: 'retroactive_days', grants: [{ line: 0, from: '2026-03-16', to: '2026-04-07' }] }, ['/basis wrong_basis'], 'another basis than theirs');
await decided(s31, { outcome: 'approved_in_part', basis: 'primary_payer_part', grants: [{ line: 0, from: '2026-03-16', to: '2026-04-07' }] },
	{ outcome: 'approved_in_part', basis: 'primary_payer_part', granted: ['0 2026-03-16..2026-04-07 23'] }, '23 days');

const gap = { '/member/coverage': [{ plan: 'trillium', from: '2025-01-01', to: '2026-03-15', retroactive: false }, { plan: 'trillium', from: '2026-03-17', to: '2026-12-31', retroactive: false }] };
const s192 = await find(await submit('S192', body('pdts', gap)));
const two = [{ line: 0, from: '2026-03-09', to: '2026-03-15', units: 7 }, { line: 0, from: '2026-03-17', to: '2026-04-07', units: 22 }];
tally.equal((await preview(s192)).grants, two, 'S192: the preview leaves the day out');
await decided(s192, { outcome: 'approved_in_part', basis: 'not_eligible_part', grants: two },
	{ outcome: 'approved_in_part', basis: 'not_eligible_part', granted: ['0 2026-03-09..2026-03-15 7', '0 2026-03-17..2026-04-07 22'] }, 'all but one day');
tally.equal([s192.json.authorization.days, spans(s192.json.decision.not_approved)], [29, ['2026-03-16..2026-03-16']], 'S192: 29 of 30 days');

// Several lines: days are those of the calendar, units those of each code.
const twice = { '/lines': [{ code: 'H0037', units: 20, unit: 'day' }, { code: 'H0037', units: 20, unit: 'day' }, { code: 'T1006', units: 9, unit: 'visit' }] };
const lines = await find(await submit('three lines', body('pdts', twice)));
await refused(lines, { outcome: 'approved' }, ['/outcome too_many_units', '/outcome above_limit'], 'the units of one code are counted together');
tally.equal(grants(await preview(lines)), ['0 2026-03-09..2026-04-07 20', '1 2026-03-09..2026-04-07 10', '2 2026-03-09..2026-04-07 9'], 'three lines: what could be approved');
await decided(lines, { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07', units: 20 }, { line: 1, from: '2026-03-09', to: '2026-03-18' }, { line: 2, from: '2026-03-09', to: '2026-04-07' }] },
	{ outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-03-09..2026-04-07 20', '1 2026-03-09..2026-03-18 10', '2 2026-03-09..2026-04-07 9'] }, 'three lines');
tally.equal(lines.json.authorization.lines.map((l) => [l.code, l.unit]), [['H0037', 'day'], ['H0037', 'day'], ['T1006', 'visit']], 'three lines: as they were asked');

await refused(await find(await submit('a line left out', body('pdts', twice))), { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07', units: 20 }, { line: 1, from: '2026-03-09', to: '2026-03-18' }] },
	['/grants refused_without_ground'], 'a line is refused for nothing');
{
	// A line that is refused stands under its number; codes are compared as people read them.
	const short = { '/service_period/end': '2026-03-15', '/lines': [{ code: 'H0037', units: 7, unit: 'day' }, { code: ' h0037', units: 7, unit: 'day' }, { code: 'T1006', units: 2, unit: 'visit' }] };
	const same = await find(await submit('one code', body('pdts', short)));
	await refused(same, { outcome: 'approved' }, ['/outcome too_many_units'], 'a code has one unit a day, whoever writes it how');
	tally.equal(grants(await preview(same)), ['0 2026-03-09..2026-03-15 7', '2 2026-03-09..2026-03-15 2'], 'one code: what could be approved');
	const part = { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-03-15' }, { line: 2, from: '2026-03-09', to: '2026-03-15', units: 1 }] };
	await refused(same, part, ['/grants/1/units refused_without_ground'], 'a visit is refused for nothing');
	await decided(same, { ...part, grants: [part.grants[0], { ...part.grants[1], units: 2 }] }, { outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-03-09..2026-03-15 7', '2 2026-03-09..2026-03-15 2'] }, 'once');
	tally.equal(same.json.decision.not_approved, [{ line: 1, from: '2026-03-09', to: '2026-03-15' }], 'one code: the line that is not approved');
	tally.check(/Not every line is approved on 2026-03-09 to 2026-03-15, because/.test(same.json.summary), `one code: the summary: ${same.json.summary}`);
}
{
	// What a unit that is no day stands for, nobody can tell from the policy: more of them than days are approved in so many words.
	const many = await find(await submit('500 units', body('pdts', { '/lines/0/unit': 'unit', '/lines/0/units': 500 })));
	await refused(many, { outcome: 'approved' }, ['/grants units_not_said'], 'the number is not said');
	const all = { outcome: 'approved', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07' }] };
	await refused(many, all, ['/grants/0/units units_not_said'], 'nor here');
	await decided(many, { ...all, grants: [{ ...all.grants[0], units: 500 }] }, { outcome: 'approved', granted: ['0 2026-03-09..2026-04-07 500'] }, 'it is said');
}

/* ---- denials ---- */

const s101 = await find(await submit('S101', body('pdts')), { [necessity]: 'not_met' });
await refused(s101, { outcome: 'approved' }, ['/outcome criterion_not_met'], 'no approval against a criterion');
await refused(s101, { ...clinical, alternative: '' }, ['/alternative missing_part'], 'an alternative that says nothing');
await refused(s101, { ...clinical, criteria: [] }, ['/criteria missing_member'], 'criteria that are not named');
await refused(s101, { ...clinical, criteria: [necessity, 'trillium.um.dx-supported'] }, ['/criteria/1 wrong_criterion'], 'one that is met');
{
	const view = await preview(s101);
	const { denied } = outcomes(view);
	tally.equal(denied.needs.map((n) => n.need), ['rationale', 'documents_reviewed', 'alternative'], 'S101: what a denial needs');
	tally.equal([denied.credentials, bases(view, 'denied')], [['qmhp_bhcc', 'psychologist_doctoral', 'psychiatrist'], ['criterion_not_met']], 'S101: by whom, and what the preview offers');
}
await refused(s101, { ...clinical, referral: 'OUTPATIENT' }, ['/referral not_needed'], 'the policy of day treatment refers nowhere');
await refused(s101, { ...clinical, interqual: { review_id: 'IQ-1', days: 3 } }, ['/interqual not_needed'], 'nothing hangs on an InterQual review');
await decided(s101, { ...clinical, interim_level_of_care: 'Weekly outpatient visits.' }, { outcome: 'denied', basis: 'criterion_not_met' }, 'denied with an alternative');
tally.equal([s101.json.authorization, s101.json.authorization_number, spans(s101.json.decision.not_approved)], [null, null, ['2026-03-09..2026-04-07']], 'S101: nothing is authorized');
tally.equal([...new Set(s101.json.notices.owed.map((n) => `${n.to} ${n.due_at}`))], ['practitioner 2026-03-11T23:59:59-07:00'], 'S101: the practitioner is told within the time for the decision');
tally.check(/denied, because a criterion is not met.*decision\.rationale.*decision\.alternative.*right to appeal/.test(s101.json.summary), `S101: the summary: ${s101.json.summary}`);
tally.check(!s101.json.summary.includes('Intensive outpatient'), 'S101: what the reviewer wrote stays out of the summary');

// Part of it may be refused on a criterion: the rest rests on those that are met.
const part = await find(await submit('in part on a criterion', body('pdts')), { [necessity]: 'not_met' });
const fortnight = { outcome: 'approved_in_part', basis: 'criterion_not_met', criteria: [necessity], grants: [{ line: 0, from: '2026-03-09', to: '2026-03-22' }] };
await refused(part, fortnight, ['/alternative missing_part'], 'what is refused needs what a denial needs');
await decided(part, { ...fortnight, alternative: 'Outpatient treatment after that.' }, { outcome: 'approved_in_part', basis: 'criterion_not_met', granted: ['0 2026-03-09..2026-03-22 14'] }, 'a fortnight');

const partly = await find(await submit('in part, another open', body('pdts')), { [necessity]: 'not_met', 'trillium.um.dx-supported': undefined });
await refused(partly, { ...fortnight, alternative: 'Outpatient treatment.' }, ['/outcome criterion_open', '/outcome missing_part'], 'what is granted rests on no criterion that is open');
{
	const s = await preview(partly);
	tally.equal([outcomes(s).approved_in_part.possible, bases(s, 'approved_in_part'), bases(s, 'denied')], [false, [], ['criterion_not_met']], 'in part, another open: so says the preview');
	await find(partly, { [necessity]: 'not_met' });
	const t = await preview(partly);
	tally.equal([outcomes(t).approved_in_part.possible, bases(t, 'approved_in_part'), outcomes(t).approved.possible], [true, ['criterion_not_met'], false], 'in part, all answered: so says the preview');
}

// A return that is proposed comes first.
const proposed = await submit('a return is proposed', body('pdts', { '/member/other_insurance': [{ carrier: 'Example Mutual', kind: 'private', from: '2025-01-01', to: null, covers_service: 'yes' }] }));
await notNow(proposed, clinical, /intake confirms it or sets it aside/, 'nothing is decided before that');
tally.check((await preview(proposed)).outcomes.every((o) => !o.possible && /sets it aside/.test(o.guards[0].detail)), 'a return is proposed: so says the preview');
const incomplete = await submit('incomplete', body('pdts', {}, ['/service_period/end']), 'incomplete');
await notNow(incomplete, clinical, /incomplete/, 'nothing is decided on what is not complete');

/* ---- a correction ---- */

const fix = await find(await submit('correction', body('pdts', { '/service_period/end': '2026-04-22', '/lines/0/units': 45 })), { [necessity]: 'not_met' });
await notNow(fix, { outcome: 'denied', basis: 'before_con', supersedes: 'dec_0', reason: 'slip' }, /not decided yet/, 'nothing to correct yet');
const first = { outcome: 'approved_in_part', basis: 'criterion_not_met', criteria: [necessity], alternative: 'Outpatient treatment.', grants: [{ line: 0, from: '2026-03-10', to: '2026-04-08' }] };
const met = { criterion: necessity, answer: 'met', note: 'The discharge summary was overlooked.' };
await refused(fix, { ...first, findings: [met] }, ['/findings not_needed'], 'only a correction carries findings');
await decided(fix, first, { outcome: 'approved_in_part', basis: 'criterion_not_met', granted: ['0 2026-03-10..2026-04-08 30'] }, 'a day too late');
const wrong = structuredClone(fix.json);
const right = { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-03-09', to: '2026-04-07' }], findings: [met], supersedes: wrong.decision.id, reason: 'wrong_dates' };
{
	const view = outcomes(await preview(fix));
	tally.equal([view.approved.possible, bases(await preview(fix), 'approved_in_part')], [false, ['criterion_not_met']], 'correction: the preview says what a correction could be');
	const answer = await determine(fix, { outcome: 'approved', supersedes: wrong.decision.id, reason: 'wrong_dates' });
	tally.equal(answer.json.errors.map((e) => e.detail), view.approved.guards.map((g) => g.detail), 'correction: in the words of its refusal');
}
await refused(fix, { ...right, findings: [] }, ['/outcome criterion_not_met'], 'what was found stands until it is found otherwise');
await refused(fix, { ...right, findings: [{ ...met, note: undefined }] }, ['/findings/0/evidence no_evidence'], 'a finding needs its evidence');
await refused(fix, { ...right, findings: [{ ...met, evidence: [{ document: 'd99' }] }] }, ['/findings/0/evidence/0/document no_such_document'], 'that is there');
await refused(fix, { ...right, findings: [{ ...met, criterion: 'no.such.item' }] }, ['/findings/0/criterion not_open'], 'about a criterion of the request');
await refused(fix, { ...right, reason: ' ' }, ['/reason missing_member'], 'says what was wrong');
await refused(fix, { ...right, supersedes: s01.json.decision.id }, ['/supersedes not_effective'], 'names the decision in effect');
await refused(fix, { ...right, rationale: '' }, ['/rationale missing_part'], 'needs what any determination needs');
await clock('2026-03-02T10:16:00-08:00');
await decided(fix, right, { outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-03-09..2026-04-07 30'] }, 'corrected');
{
	const answer = fix.json.findings.find((f) => f.item === necessity).licensed;
	tally.equal([answer.answer, answer.note], ['met', met.note], 'correction: the finding is recorded with it');
}
tally.equal([fix.json.authorization.number, fix.json.decision.supersedes, fix.json.decision.reason], [wrong.authorization.number, wrong.decision.id, 'wrong_dates'], 'correction: the number stays');
tally.equal(fix.json.superseded, [wrong.decision], 'correction: the decision before stays on record');
{
	const events = (await daemon.call('GET', `/v1/requests/${fix.json.id}/timeline`, { as: 'auditor' })).json.events;
	tally.equal(events.at(-1).action, 'corrected', 'correction: the event');
	const all = (await daemon.call('GET', `/v1/decisions/${wrong.decision.id}`, { as: 'auditor' })).json;
	tally.equal(all.superseded_by, fix.json.decision.id, 'correction: the decision before says what took its place');
	tally.check(/corrects an earlier decision/.test(fix.json.summary), `correction: the summary: ${fix.json.summary}`);
}
await refused(fix, right, ['/supersedes not_effective'], 'not twice the same');
{
	// What the plan verified wrongly is verified rightly with the correction, and what was found by it with it.
	const short = await find(await submit('verified wrongly', body('pdts')));
	const span = { plan: 'trillium', from: '2025-01-01', retroactive: false };
	tally.equal((await step(short, 'POST', 'plan-facts', { source: 'enrollment', coverage: [{ ...span, to: '2026-03-15' }] }, { as: 'intake' })).status, 200, 'verified wrongly: a week only');
	const week = { outcome: 'approved_in_part', basis: 'not_eligible_part', grants: [{ line: 0, from: '2026-03-09', to: '2026-03-15' }] };
	const plan_facts = { source: 'enrollment, of the right member', coverage: [{ ...span, to: null }] };
	await refused(short, { ...week, plan_facts, certificate_of_need: { outcome: 'certified', completed_at: '2026-03-01T09:00:00-08:00' } }, ['/certificate_of_need not_needed', '/plan_facts not_needed'], 'only a correction carries facts');
	await decided(short, week, { outcome: 'approved_in_part', basis: 'not_eligible_part', granted: ['0 2026-03-09..2026-03-15 7'] }, 'a week');
	const known = (last) => last.json.flags.map((f) => f.item).includes('trillium.referral.enrolled');
	tally.equal(known(short), true, 'verified wrongly: the days without coverage are flagged');
	const again = { outcome: 'approved', supersedes: short.json.decision.id, reason: 'wrong_member' };
	await refused(short, again, ['/outcome not_approvable'], 'by the facts as they stand');
	await refused(short, { ...again, plan_facts: { source: ' ', coverage: [{ ...span, from: null }] } }, ['/plan_facts/source blank', '/plan_facts/coverage/0/from missing_member'], 'facts have their source');
	await refused(short, { ...again, plan_facts, certificate_of_need: { outcome: 'certified', completed_at: '2026-03-01T09:00:00-08:00' } }, ['/certificate_of_need not_needed'], 'nothing waits for a certificate');
	const none = { source: 'enrollment', coverage: [{ ...span, to: '2026-03-01' }] };
	for (const outcome of [again, { ...clinical, supersedes: again.supersedes, reason: 'wrong_member' }]) {
		await refused(short, { ...outcome, plan_facts: none }, ['/plan_facts not_determined'], 'facts on which it would have been returned');
	}
	await decided(short, { ...again, plan_facts }, { outcome: 'approved', granted: ['0 2026-03-09..2026-04-07 30'] }, 'by the right facts');
	tally.equal([known(short), short.json.verified.source, short.json.verified.facts, short.json.status], [false, plan_facts.source, ['eligibility'], 'decided'], 'verified rightly: and so it stands');
	const earlier = (await daemon.call('GET', `/v1/decisions/${again.supersedes}`, { as: 'auditor' })).json;
	tally.equal(earlier.answer.flags.map((f) => f.item).includes('trillium.referral.enrolled'), true, 'verified wrongly: the earlier decision keeps what it rested on');
}
// What no longer authorizes withdraws the number.
const undo = await find(await submit('withdrawn number', body('pdts')), { [necessity]: 'not_met' });
await decided(undo, { ...fortnight, alternative: 'Outpatient treatment.' }, { outcome: 'approved_in_part', basis: 'criterion_not_met', granted: ['0 2026-03-09..2026-03-22 14'] }, 'approved in part by mistake');
const number = undo.json.authorization_number;
await decided(undo, { ...clinical, supersedes: undo.json.decision.id, reason: 'wrong_outcome' }, { outcome: 'denied', basis: 'criterion_not_met' }, 'denied');
tally.equal([undo.json.authorization, undo.json.authorization_number, undo.json.decision.note], [null, null, `Authorization ${number} is withdrawn.`], 'the number is withdrawn');
await decided(undo, { ...fortnight, alternative: 'Outpatient treatment.', supersedes: undo.json.decision.id, reason: 'wrong_again' }, { outcome: 'approved_in_part', basis: 'criterion_not_met', granted: ['0 2026-03-09..2026-03-22 14'] }, 'approved again');
tally.check(undo.json.authorization_number !== number && undo.json.superseded.length === 2, 'a number that was withdrawn is not used again');
// Once somebody has appealed, the appeal decides.
const appealed = await find(await submit('appealed', body('pdts')), { [necessity]: 'not_met' });
await decided(appealed, clinical, { outcome: 'denied', basis: 'criterion_not_met' }, 'denied');
tally.equal((await daemon.call('POST', `/v1/requests/${appealed.json.id}/appeals`, { as: 'provider', etag: appealed.headers.etag, body: { kind: 'expedited', from: 'practitioner' } })).status, 201, 'appealed');
await notNow(appealed, { ...clinical, supersedes: appealed.json.decision.id, reason: 'slip' }, /appeal/, 'no correction after that');
tally.check((await preview(appealed)).outcomes.every((o) => !o.possible && /decided on appeal/.test(o.guards[0].detail)), 'appealed: so says the preview');

/* ---- N5: information that does not come; N14: the federal time passes undecided on 03-09, the policy's own runs on ---- */

const n14 = await find(await submit('N14', body('pdts')));
const n14late = await find(await submit('N14 and later', body('pdts')));

const n5 = await find(await submit('N5', body('pdts', { '/documents/0/completed_on': '2025-12-31' })), { [necessity]: undefined });
const stale = 'trillium.pdts.initial.assessment-qmhp';
const thin = { outcome: 'denied', basis: 'insufficient_information', criteria: [necessity] };
tally.equal(n5.json.requested.map((r) => r.item), [stale], 'N5: the assessment is asked for');
await refused(n5, thin, ['/basis outreach_owed', '/basis too_early'], 'attempts first, and time', { as: 'physician' });
tally.equal(bases(await preview(n5), 'denied'), [], 'N5: so says the preview');
for (const at of ['2026-03-03T09:00:00-08:00', '2026-03-04T09:00:00-08:00']) {
	await clock(at);
	tally.equal((await step(n5, 'POST', 'outreach-attempts', { channel: 'phone', items: [stale], outcome: 'left_message' }, { as: 'intake' })).status, 200, `N5: an attempt at ${at}`);
}
await refused(n5, thin, ['/basis too_early'], 'the clock has not run out', { as: 'physician' });

await clock('2026-03-09T08:00:00-07:00');
await refused(n5, { ...thin, criteria: ['trillium.um.dx-supported'] }, ['/criteria/0 wrong_criterion'], 'a criterion that is answered is not open', { as: 'physician' });
await decided(n5, thin, { outcome: 'denied', basis: 'insufficient_information' }, 'on the day of the clock', { as: 'physician' });
tally.equal([n5.json.decision.asked_for, n5.json.decision.criteria, n5.json.findings.find((f) => f.item === necessity).answer, n5.json.status], [[stale], [necessity], 'unknown', 'decided'], 'N5: what was asked is listed, the finding stays unknown');
await clock('2026-03-09T23:59:59.900-07:00');
tally.equal((await preview(n14)).late, false, 'N14: the last second of the day is part of it');
await decided(s01, { outcome: 'approved', supersedes: s01.json.decision.id, reason: 'wording' }, { outcome: 'approved', granted: ['0 2026-03-09..2026-04-07 30'] }, 'a correction in time');

await clock('2026-03-10T08:00:00-07:00');
{
	const view = await preview(n14);
	tally.equal([view.late, view.clocks.map((c) => c.passed)], [true, [false, true]], 'N14: the preview says that it would be late');
}
await refused(n14, { outcome: 'approved' }, ['/late_cause missing_member'], 'late against the federal time: say why');
await refused(n14, { outcome: 'approved', late_cause: 'other' }, ['/late_note missing_member'], 'another cause in words');
await decided(n14, { outcome: 'approved', late_cause: 'other', late_note: 'The line was down.' }, { outcome: 'approved', late: true, granted: ['0 2026-03-09..2026-04-07 30'] }, 'accepted and marked');
tally.equal(n14.json.decision.late_against, [{ rule: 'federal.medicaid.standard', due_at: '2026-03-09T23:59:59-07:00' }], 'N14: late against the overlay, in time against the policy');
tally.equal([n14.json.clock.late_against, n14.json.decision.late_cause], [n14.json.decision.late_against, 'other'], 'N14: the clock says so too');
tally.check(/decided late/.test(n14.json.summary), `N14: the summary: ${n14.json.summary}`);
// A correction of a decision in time is not late by itself; one of a late decision stays late.
await clock('2026-03-12T08:00:00-07:00');
tally.equal((await step(s01, 'POST', 'notices', { to: 'submitter', channel: 'phone', told_at: '2026-03-11T09:00:00-07:00' }, { as: 'intake' })).status, 200, 'S01: told in time');
await decided(s01, { outcome: 'approved', supersedes: s01.json.decision.id, reason: 'wording' }, { outcome: 'approved', granted: ['0 2026-03-09..2026-04-07 30'] }, 'corrected after its time');
tally.equal(s01.json.notices.owed.map((n) => n.due_at), ['2026-03-12T23:59:59-07:00'], 'S01: what is told of the correction is told on its day');
await decided(n14, { outcome: 'approved', supersedes: n14.json.decision.id, reason: 'wording' }, { outcome: 'approved', late: true, granted: ['0 2026-03-09..2026-04-07 30'] }, 'a late one stays late');
tally.equal([n14.json.decision.late_cause, n14.json.decision.late_against.length], ['other', 1], 'N14: with its cause');
await decided(n14late, { outcome: 'approved', late_cause: 'workload', late_note: 'Two reviewers were ill.' }, { outcome: 'approved', late: true, granted: ['0 2026-03-09..2026-04-07 30'] }, 'late against both');
tally.equal(n14late.json.decision.late_against.map((l) => l.rule), ['trillium.pdts.initial.decide', 'federal.medicaid.standard'], 'N14: both times had passed');

/* ---- N2: days that had passed ---- */

await clock('2026-03-16T10:00:00-07:00');
const n2 = await find(await submit('N2', body('pdts', { '/documents/2/completed_on': '2026-03-01' })));
tally.equal(grants(await preview(n2)), ['0 2026-03-16..2026-04-07 23'], 'N2: the days from receipt on');
await refused(n2, { outcome: 'approved' }, ['/outcome not_approvable'], 'not the seven before');
await decided(n2, { outcome: 'approved_in_part', basis: 'retroactive_days', grants: [{ line: 0, from: '2026-03-16', to: '2026-04-07' }] },
	{ outcome: 'approved_in_part', basis: 'retroactive_days', granted: ['0 2026-03-16..2026-04-07 23'] }, '23 days');

/* ---- the certificate of need ---- */

const whole = { outcome: 'certified', completed_at: '2026-05-27T11:00:00-07:00', shows: ['reviewer_oha_approved', 'reviewer_independent', 'signed', 'team_physician', 'team_care_coordinator', 'ambulatory_insufficient', 'inpatient_needed', 'benefit_expected'] };
const denial = { ...clinical, referral: 'OUTPATIENT' };
await clock('2026-05-21T09:00:00-07:00');
const named = {};
const residential = {
	S50: {}, S51: {}, S52: {}, S54: { '/admission': { status: 'planned', planned_on: '2026-05-25' }, '/service_period/start': '2026-05-25', '/service_period/end': '2026-06-07' },
	S58: { '/service_period/end': '2026-06-23', '/lines/0/units': 21 }, S59: {}, S61: {}, N6: {},
	S64: { '/service_period/start': '2026-05-04', '/service_period/end': '2026-05-17', '/admission': { status: 'admitted', admitted_on: '2026-05-04' }, '/documents/1/completed_on': '2026-05-03', '/documents/2/completed_on': '2026-05-03', '/documents/3': { id: 'd4', type: 'delay_evidence', completed_on: '2026-05-10' }, '/retrospective': { of_review: 'initial', exception: 'admin_delay', admin_delay: { by: 'state_office', record: 'd4' } } },
};
for (const [name, set] of Object.entries(residential)) named[name] = await submit(name, body('prts', set), 'pending_con');
const { S50, S51, S52, S54, S58, S59, S61, S64, N6 } = named;
await notNow(S50, { outcome: 'approved' }, /certificate of need is not complete/, 'refused before the certificate');
await notNow(S52, denial, /certificate of need is not complete/, 'a denial too');
tally.check((await preview(S50)).outcomes.every((o) => !o.possible && /certificate of need/.test(o.guards[0].detail)), 'S50: so says the preview');
tally.equal((await certify(S64, { ...whole, completed_at: '2026-05-20T10:00:00-07:00' })).status, 200, 'S64: certified the day before receipt');
await find(S64);
tally.equal([(await preview(S64)).not_approvable.map((n) => [n.basis, spans(n.days)]), bases(await preview(S64), 'denied'), grants(await preview(S64))], [[['before_con', ['2026-05-04..2026-05-17']]], ['before_con'], []], 'S64: no day follows it');
await refused(S64, { outcome: 'approved' }, ['/outcome not_approvable'], 'days before the certificate cannot be approved');
await decided(S64, { outcome: 'denied', basis: 'before_con' }, { outcome: 'denied', basis: 'before_con' }, 'S105: denied on an administrative basis without an alternative');

await clock('2026-05-27T11:00:00-07:00');
for (const last of [S50, S58, S59]) tally.equal((await certify(last, whole)).status, 200, `${last.name}: certified`);
tally.equal((await certify(S61, { ...whole, outcome: 'not_certified', shows: whole.shows.slice(0, 5) })).status, 200, 'S61: not certified');
tally.equal((await certify(N6, { outcome: 'closed_without_certification', completed_at: '2026-05-27T11:00:00-07:00', note: 'Information not supplied.' })).status, 200, 'N6: given up');
{
	const admitted = await step(S54, 'POST', 'information', { admission: { status: 'admitted', admitted_at: '2026-05-25T08:00:00-07:00' } }, { as: 'provider' });
	tally.equal(admitted.status, 200, `S54: admitted before the certificate (${admitted.text.slice(0, 200)})`);
	tally.equal((await certify(S54, whole)).status, 200, 'S54: certified two days later');
}
for (const last of [S50, S54, S58]) await find(last);
await decided(S50, { outcome: 'approved' }, { outcome: 'approved', granted: ['0 2026-06-03..2026-06-16 14'] }, 'at the very instant of the certificate');
tally.equal([S50.json.authorization.ask_again_by, S50.json.decision.late], ['2026-06-15T23:59:59-07:00', false], 'S50: ask again a day before the end');

tally.check(S54.json.flags.some((f) => f.flag === 'con_after_admission'), 'S54: placed before the certificate');
tally.equal(grants(await preview(S54)), ['0 2026-05-27..2026-06-07 12'], 'S54: the earliest day that can be approved');
await refused(S54, { outcome: 'approved' }, ['/outcome not_approvable'], 'not the first two days');
await decided(S54, { outcome: 'approved_in_part', basis: 'before_con', grants: [{ line: 0, from: '2026-05-27', to: '2026-06-07' }] },
	{ outcome: 'approved_in_part', basis: 'before_con', granted: ['0 2026-05-27..2026-06-07 12'] }, 'from the day of the certificate on');

await refused(S58, { outcome: 'approved' }, ['/outcome above_limit', '/outcome above_limit'], '21 days');
await decided(S58, { outcome: 'approved_in_part', basis: 'policy_limit', grants: (await preview(S58)).grants }, { outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-06-03..2026-06-16 14'] }, 'what the preview offers');

for (const last of [S59, S61]) await find(last, { [necessity]: 'not_met' });
{
	const referral = outcomes(await preview(S59)).denied.needs.find((n) => n.need === 'referral');
	tally.equal([referral.words, referral.bases], [['PDTS', 'SUBACUTE', 'ICTS', 'OUTPATIENT'], ['criterion_not_met']], 'S59: the words of a referral');
}
await refused(S59, clinical, ['/referral missing_part'], 'clinical need without a referral');
await refused(S59, { ...clinical, referral: ' ' }, ['/referral missing_part'], 'a blank one');
await refused(S59, { ...clinical, referral: 'prts' }, ['/referral missing_part'], 'to what was just denied');
await decided(S59, { ...clinical, alternative: 'PDTS', referral: 'pdts' }, { outcome: 'denied', basis: 'criterion_not_met' }, 'with an alternative and a referral');
tally.equal([S59.json.decision.referral, S59.json.notices.owed.every((n) => n.due_at === '2026-06-02T23:59:59-07:00')], ['PDTS', true], 'S59: in the word of the policy; the practitioner is told in time');

await refused(S61, { outcome: 'approved' }, ['/outcome criterion_not_met', '/outcome missing_part'], 'no approval without certification');
tally.check(outcomes(await preview(S61)).approved_in_part.guards.some((g) => /con_certified/.test(g.detail)), 'S61: nor in part');
tally.equal([grants(await preview(S61)), (await preview(S61)).lines[0].allowed_days], [[], 0], 'S61: so no day can be approved');
await refused(S61, { ...clinical }, ['/referral missing_part'], 'a denial needs its referral');
await refused(S61, { outcome: 'denied', basis: 'before_con' }, ['/basis wrong_basis'], 'a need that was looked at and not certified is no administrative ground');
await decided(S61, denial, { outcome: 'denied', basis: 'criterion_not_met' }, 'denied');

await find(N6);
await refused(N6, { outcome: 'approved' }, ['/outcome missing_part'], 'approval stays blocked');
tally.equal([bases(await preview(N6), 'denied'), grants(await preview(N6))], [['before_con'], []], 'N6: a determination is possible, of a denial');
await decided(N6, { outcome: 'denied', basis: 'before_con' }, { outcome: 'denied', basis: 'before_con' }, 'every request can end');

/* ---- subacute: what InterQual shows ---- */

const shown = (days) => ({ interqual: { review_id: 'IQ-1', completed_at: '2026-05-28T09:00:00-07:00', days } });
await clock('2026-05-28T10:00:00-07:00');
const fresh = { '/documents/0/completed_on': '2026-05-26', '/documents/0/sections/1/as_of': '2026-05-26', '/admission/planned_on': '2026-05-29', '/service_period/start': '2026-05-29' };
const stay = (name, end, units) => submit(name, body('subacute', { ...fresh, '/service_period/end': end, '/lines/0/units': units })).then((last) => find(last));
const s84 = await stay('S84', '2026-06-07', 10);
await refused(s84, { outcome: 'approved' }, ['/interqual missing_part'], 'no InterQual review');
await decided(s84, { outcome: 'approved', ...shown(14) }, { outcome: 'approved', granted: ['0 2026-05-29..2026-06-07 10'] }, 'as asked, which is less than it shows');
tally.equal(s84.json.decision.interqual, shown(14).interqual, 'S84: the review on record');
const s85 = await stay('S85', '2026-06-11', 14);
{
	const view = await preview(s85);
	tally.equal([grants(view), view.lines[0].allowed_units, outcomes(view).approved.possible], [[], 0, true], 'S85: what could be approved, the determination says');
}
await refused(s85, { outcome: 'approved', interqual: { ...shown(14).interqual, completed_at: '2026-05-28T10:00:01-07:00' } }, ['/interqual/completed_at in_the_future'], 'a review of tomorrow');
await refused(s85, { outcome: 'approved_in_part', basis: 'interqual_limit', ...shown(10), grants: [{ line: 0, from: '2026-06-02', to: '2026-06-11' }] }, ['/grants refused_without_ground'], 'not the last ten');
await refused(s85, { outcome: 'approved_in_part', basis: 'interqual_limit', ...shown(5), grants: [{ line: 0, from: '2026-05-29', to: '2026-05-29' }, { line: 0, from: '2026-06-02', to: '2026-06-02' }] }, ['/grants refused_without_ground'], 'nor the first and the fifth');
await refused(s85, { outcome: 'approved', ...shown(10) }, ['/outcome above_limit', '/outcome above_limit'], '14 days');
await refused(s85, { outcome: 'approved_in_part', basis: 'policy_limit', ...shown(10), grants: [{ line: 0, from: '2026-05-29', to: '2026-06-07' }] }, ['/basis wrong_basis'], 'not a limit of the policy itself');
await decided(s85, { outcome: 'approved_in_part', basis: 'interqual_limit', ...shown(10), grants: [{ line: 0, from: '2026-05-29', to: '2026-06-07' }] },
	{ outcome: 'approved_in_part', basis: 'interqual_limit', granted: ['0 2026-05-29..2026-06-07 10'] }, 'the ten days');
const s96 = await stay('S96', '2026-06-05', 8);
await refused(s96, { outcome: 'approved', ...shown(0) }, ['/interqual/days above_limit', '/interqual/days above_limit'], 'it shows no day');
{
	const none = await refused(s96, { outcome: 'denied', basis: 'interqual_limit', ...shown(0) }, ['/basis wrong_basis'], 'and denies nothing');
	tally.check(!/in part/.test(JSON.stringify(none.json.errors)), `S96: nor is a part of nothing approved: ${JSON.stringify(none.json.errors)}`);
}
await find(s96, { [necessity]: 'not_met' });
await decided(s96, { ...clinical, ...shown(0) }, { outcome: 'denied', basis: 'criterion_not_met' }, 'denied with an alternative');

/* ---- late because of the certificate ---- */

await clock('2026-06-03T10:00:00-07:00');
tally.equal((await certify(S51, { ...whole, completed_at: '2026-06-03T10:00:00-07:00' })).status, 200, 'S51: certified when the time had passed');
await find(S51);
await decided(S51, { outcome: 'approved' }, { outcome: 'approved', late: true, granted: ['0 2026-06-03..2026-06-16 14'] }, 'accepted');
tally.equal([S51.json.decision.late_cause, S51.json.decision.late_against.map((l) => l.rule)], ['certificate_of_need', ['trillium.prts.initial.decide', 'federal.medicaid.standard']], 'S51: the certificate is why');
await certify(S52, whole);
await find(S52);
await refused(S52, { outcome: 'approved' }, ['/late_cause missing_member'], 'not where it was complete before the time had passed');
await refused(S52, { outcome: 'approved', late_cause: 'certificate_of_need' }, ['/late_cause wrong_cause'], 'nor where somebody says so');
await decided(S52, { outcome: 'approved', late_cause: 'workload' }, { outcome: 'approved', late: true, granted: ['0 2026-06-03..2026-06-16 14'] }, 'late for another cause');

/* ---- concurrent reviews: the same rules, the same limits, and nothing of the certificate ---- */

await clock('2026-06-04T08:00:00-07:00');
const more = await submit('S96 concurrent', body('subacute-concurrent'));
await find(more);
await refused(more, { outcome: 'approved' }, ['/interqual missing_part'], 'no InterQual review');
await refused(more, { outcome: 'approved', ...shown(0) }, ['/interqual/days above_limit', '/interqual/days above_limit'], 'it shows no day');
await find(more, { [necessity]: 'not_met' });
await refused(more, { ...clinical, alternative: undefined, ...shown(0) }, ['/alternative missing_part'], 'an alternative belongs to it');
await decided(more, { ...clinical, ...shown(0) }, { outcome: 'denied', basis: 'criterion_not_met' }, 'denied with an alternative');

const dayCare = (name, prior, start, end, units, set = {}) => submit(name, body('pdts-concurrent', {
	'/prior_authorization/to': prior, '/service_period': { start, end }, '/lines/0/units': units, '/documents/0/covers': { from: '2026-05-14', to: '2026-06-03' }, ...set,
})).then((last) => find(last));
const longer = await dayCare('S45', '2026-06-07', '2026-06-08', '2026-07-08', 31, { '/facts/care_coordination_needed': true });
await refused(longer, { outcome: 'approved' }, ['/outcome above_limit', '/outcome above_limit'], '31 days');
await decided(longer, { outcome: 'approved_in_part', basis: 'policy_limit', grants: [{ line: 0, from: '2026-06-08', to: '2026-07-07' }] },
	{ outcome: 'approved_in_part', basis: 'policy_limit', granted: ['0 2026-06-08..2026-07-07 30'] }, 'thirty of them');
const cared = (last) => last.json.notices.owed.filter((o) => o.to === 'care_coordination').map((o) => o.told_at);
tally.equal(cared(longer), [null], 'care coordination is to be told');
const told = await step(longer, 'POST', 'notices', { to: 'care_coordination', channel: 'phone' }, { as: 'intake' });
tally.equal([told.status, cared(longer).every((at) => at !== null)], [200, true], `and is told (${told.text.slice(0, 200)})`);
const lapsed = await dayCare('S46', '2026-06-01', '2026-06-02', '2026-06-30', 29);
tally.equal((await preview(lapsed)).not_approvable.map((n) => [n.basis, spans(n.days)]), [['retroactive_days', ['2026-06-02..2026-06-03']]], 'S46: the days of the gap');
await decided(lapsed, { outcome: 'approved_in_part', basis: 'retroactive_days', grants: [{ line: 0, from: '2026-06-04', to: '2026-06-30' }] },
	{ outcome: 'approved_in_part', basis: 'retroactive_days', granted: ['0 2026-06-04..2026-06-30 27'] }, 'the days from receipt on');

await clock('2026-06-06T14:20:00-07:00');
const home = await submit('S65', body('prts-concurrent'));
await find(home);
await decided(home, { outcome: 'approved' }, { outcome: 'approved', granted: ['0 2026-06-17..2026-06-30 14'] }, 'without a certificate of need');

/* ---- a clock in hours: a thin record waits for its last quarter, not for its day ---- */

await clock('2026-06-06T23:58:00-07:00');
{
	const near = await submit('72 hours', body('subacute', { '/documents/0/completed_on': '2026-01-05', '/documents/0/sections/1/as_of': '2026-01-05', '/admission/planned_on': '2026-06-08', '/service_period/start': '2026-06-08', '/service_period/end': '2026-06-11', '/lines/0/units': 4 }));
	const asked = near.json.requested.map((r) => r.item);
	await find(near, { [necessity]: undefined });
	for (let i = 0; i < 2; i++) await step(near, 'POST', 'outreach-attempts', { channel: 'phone', items: asked, outcome: 'no_answer' }, { as: 'intake' });
	tally.equal([asked.length > 0, near.json.clock.act_by], [true, '2026-06-09T23:58:00-07:00'], '72 hours: something is asked for');
	await clock('2026-06-09T05:57:59-07:00');
	await refused(near, thin, ['/basis too_early'], 'more than a quarter of them is left, on the very day', { as: 'physician' });
	await clock('2026-06-09T05:58:00-07:00');
	await decided(near, thin, { outcome: 'denied', basis: 'insufficient_information' }, 'a quarter is left', { as: 'physician' });
}
{
	// Who is asked to ask again two weeks before a fortnight ends is not asked to have done it.
	const brief = await find(await submit('a short stay', body('pdts', { '/service_period/start': '2026-06-10', '/service_period/end': '2026-06-12', '/lines/0/units': 3, '/documents/0/completed_on': '2026-06-01' })));
	await decided(brief, { outcome: 'approved' }, { outcome: 'approved', granted: ['0 2026-06-10..2026-06-12 3'] }, 'three days');
	tally.equal([brief.json.authorization.ask_again_by, /ask again|next request/.test(`${brief.json.summary} ${brief.json.next_step.say}`)], [null, false], 'a short stay: nobody is asked to have asked');
}

/* ---- who decides ---- */

problem(await daemon.call('POST', `/v1/requests/${S52.json.id}/determination`, { as: 'other_provider', etag: '"v1"', body: clinical }), 403, 'forbidden', 'another provider');
problem(await daemon.call('POST', '/v1/requests/req_0/determination', { as: 'reviewer', etag: '"v1"', body: clinical }), 404, 'not-found', 'no such request');

// Many decide at once on the same version: one succeeds.
for (let round = 0; round < 20; round++) {
	const many = await find(await submit(`round ${round}`, body('pdts', { '/service_period/start': '2026-06-10', '/service_period/end': '2026-07-09', '/documents/0/completed_on': '2026-06-01' })));
	const answers = await Promise.all(Array.from({ length: 32 }, (_, i) => determine(structuredClone({ json: many.json, headers: many.headers }), { outcome: 'approved' }, { etag: many.headers.etag, as: i % 2 ? 'reviewer' : 'physician' })));
	const good = answers.filter((a) => a.status === 200);
	const now = (await daemon.call('GET', `/v1/requests/${many.json.id}`, { as: 'auditor' })).json;
	tally.equal([good.length, answers.filter((a) => [409, 412].includes(a.status)).length, now.decision?.id], [1, 31, good[0]?.json.decision.id], `round ${round}: exactly one`);
}
await daemon.stop();

// What needs no authorization is not refused, whatever is corrected.
const tables = scratch('determination');
writeFileSync(join(tables, 'arq.csv'), 'code,required,participation\nT9001,false,participating\n');
const listed = await start(binary, ['--sandbox', '--seed', '53', '--clock', '2026-03-02T10:15:00-08:00', '--policies', 'policies', '--tables', tables]);
{
	const call = async (last, method, resource, sent) => Object.assign(last, await listed.call(method, `/v1/requests/${last.json.id}/${resource}`, { as: 'reviewer', etag: last.headers.etag, body: sent }));
	const free = await listed.call('POST', '/v1/requests', { as: 'provider', body: body('pdts', { '/lines/0/code': 'T9001' }) });
	const findings = free.json.findings.filter((f) => f.kind !== 'gate' && f.answer !== 'met').map((f) => ({ criterion: f.item, answer: f.item === necessity ? 'not_met' : 'met', note: 'Seen in the papers.' }));
	tally.equal((await call(free, 'PUT', 'findings', { findings })).status, 200, `a code that needs none of a participating provider: found (${free.text.slice(0, 300)})`);
	tally.equal((await call(free, 'POST', 'determination', { ...clinical, ...reasons })).json.decision?.outcome, 'denied', 'a provider of whom nothing is verified: denied');
	const again = { ...clinical, ...reasons, supersedes: free.json.decision.id, reason: 'wrong_provider', plan_facts: { source: 'directory', participation: 'participating' } };
	const answer = await listed.call('POST', `/v1/requests/${free.json.id}/determination`, { as: 'reviewer', etag: free.headers.etag, body: again });
	tally.equal([answer.status, codes(answer)], [422, ['/plan_facts not_determined']], `but not once it participates: ${answer.text.slice(0, 500)}`);
}
await listed.stop();

// The credential is the policy's business, not the role's.
const records = database(binary, 'determination');
for (const [name, ...more] of [['nurse', '--credential', 'rn'], ['psychiatrist', '--credential', 'psychiatrist']]) records.tokens[name] = records.create('--role', 'reviewer', '--payer', 'trillium', ...more);
records.tokens.elsewhere = records.create('--role', 'reviewer', '--payer', 'other', '--credential', 'psychiatrist');
const real = await serve(binary, records);
const ahead = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
const soon = body('pdts', {
	'/service_period/start': ahead(20), '/service_period/end': ahead(49), '/documents/0/completed_on': ahead(-10), '/documents/1/completed_on': ahead(-20),
	'/documents/2/completed_on': ahead(-5), '/member/birth_date': ahead(-365 * 12), '/member/coverage/0/to': ahead(400), '/admission': { status: 'planned', planned_on: ahead(20) },
});
const here = await real.call('POST', '/v1/requests', { as: 'clinic-a', body: soon });
tally.equal([here.status, here.json.status], [201, 'in_review'], `a request of today: ${here.json.summary}`);
const ask = (as) => real.call('POST', `/v1/requests/${here.json.id}/determination`, { as, etag: here.headers.etag, body: { ...clinical, ...reasons } });
problem(await ask('nurse'), 403, 'forbidden', 'a credential that the policy does not list');
tally.check(/psychiatrist.*trillium\./.test((await ask('nurse')).json.detail), `it says which: ${(await ask('nurse')).json.detail}`);
tally.equal([(await ask('psychiatrist')).status, (await ask('elsewhere')).status], [422, 404], 'one that it lists; and one who works for another payer');
const mine = async (as) => (await real.call('GET', `/v1/requests/${here.json.id}/determination`, { as })).json.outcomes.map((o) => o.your_credential);
tally.equal([await mine('nurse'), await mine('psychiatrist')], [[false, false, false], [true, true, true]], 'the preview says whose credential is among them');
const change = (method, resource, last, sent) => real.call(method, `/v1/requests/${here.json.id}/${resource}`, { as: 'psychiatrist', etag: last.headers.etag, body: sent });
const answered = await change('PUT', 'findings', here, { findings: [{ criterion: necessity, answer: 'not_met', note: 'More than is needed.' }] });
tally.equal((await change('POST', 'determination', answered, { ...clinical, ...reasons })).json.status, 'decided', 'decided by whom the policy lists');
await real.stop();
tally.check(/whole|good|intact/.test(verifyAudit(binary, records.db)), `the record holds: ${verifyAudit(binary, records.db)}`);
tally.end();
