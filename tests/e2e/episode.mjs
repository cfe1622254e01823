// SPDX-License-Identifier: Apache-2.0
// Care that goes on: a request is continued with an almost empty body. What is carried over and what is asked again, which days are authorized and
// which lie between, what cannot be continued, and what a corrected or overturned determination does to the chain. Then 16 continue one at once.
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { dated, staff } from '../lib/lives.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const NECESSITY = 'trillium.um.determine-necessity';
const CERTIFIED = ['reviewer_oha_approved', 'reviewer_independent', 'signed', 'team_physician', 'team_care_coordinator', 'ambulatory_insufficient', 'inpatient_needed', 'benefit_expected'];
const daemon = await start(binary, ['--sandbox', '--seed', '61', '--clock', '2026-11-20T10:00:00-08:00', '--policies', 'policies'], { sockets: 32 });

/* ---- what everybody does ---- */

const clock = async (instant) => {
	const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
	tally.equal(moved.status, 200, `the clock at ${instant}: ${moved.text}`);
};
const send = (body, more = {}) => daemon.call('POST', '/v1/requests', { as: 'provider', body, ...more });
const check = (body, as = 'provider') => daemon.call('POST', '/v1/checks', { as, body });
const get = (path, as = 'provider') => daemon.call('GET', path, { as });
const episode = async (id, as) => (await get(`/v1/requests/${id}/episode`, as)).json;
/** A member of their own for each story, so that one does not see what another is authorized for. */
let members = 0;
const person = (body) => applyEdits(body, [], { '/member/id': `EP${String(++members).padStart(4, '0')}` });
async function sent(body, what, more) {
	const last = await send(body, more);
	tally.equal(last.status, 201, `${what} (${last.text.slice(0, 300)})`);
	return last;
}
/** A step on a request as it stands now. */
async function step(last, method, resource, as, body, on = daemon) {
	const now = await on.call('GET', `/v1/requests/${last.json.id}`, { as: 'auditor' });
	const answer = await on.call(method, `/v1/requests/${last.json.id}/${resource}`, { as, body, etag: now.headers.etag });
	tally.check(answer.status < 300, `${resource}: ${answer.status} ${answer.text.slice(0, 400)}`);
	return answer.status < 300 ? Object.assign(last, answer) : last;
}
async function find(last, otherwise = {}, on = daemon) {
	const findings = last.json.findings.filter((f) => f.kind !== 'gate' && (f.answer !== 'met' || f.item in otherwise))
		.map((f) => ({ criterion: f.item, answer: otherwise[f.item] ?? 'met', note: 'Seen in the papers.' }));
	return step(last, 'PUT', 'findings', 'reviewer', { findings }, on);
}
const determine = (last, body, on = daemon) => step(last, 'POST', 'determination', 'physician', { rationale: 'As the findings show.', documents_reviewed: ['d1'], ...body }, on);
const approve = async (last, body = {}, on = daemon) => determine(await find(last, {}, on), { outcome: 'approved', ...body }, on);
const denial = { outcome: 'denied', basis: 'criterion_not_met', criteria: [NECESSITY], alternative: 'Outpatient treatment, twice a week.' };
const deny = async (last) => determine(await find(last, { [NECESSITY]: 'not_met' }), denial);
const correct = (last, body) => determine(last, { supersedes: last.json.decision.id, reason: 'wording', ...body });
/** Next to nothing: which care goes on, from when to when. */
const onward = (last, start, end, units = 30, more = {}) => ({
	payer: 'trillium', service: last.json.service, review: 'concurrent', continues: last.json.id, service_period: { start, end }, lines: [{ units }], ...more,
});
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.text.slice(0, 300)})`);
const codes = (answer) => answer.json?.errors?.map((e) => `${e.pointer} ${e.code}`);
const invalid = (answer, wanted, what) => tally.equal([answer.status, codes(answer)], [422, wanted], `${what} (${answer.text.slice(0, 400)})`);
/** The chain in short: each request's days and how it stands; then the sums. */
const brief = (e) => [
	e.requests.map((r) => `${r.review} ${r.outcome ?? r.status} ${r.from}..${r.to} ${r.days}`), e.days_authorized, e.gaps.map((g) => `${g.from}..${g.to} ${g.days}`), e.last_covered_day,
];
const flagged = (answer, flag) => answer.json.flags.filter((f) => f.flag === flag).map((f) => f.days.map((d) => `${d.from}..${d.to}`).join());

/* ---- a first request, continued with an almost empty body ---- */

const first = await sent(person(sample('pdts-complete')), 'the first request');
tally.equal([first.json.episode, first.json.links.episode], [null, `/v1/requests/${first.json.id}/episode`], 'it continues nothing');
tally.equal(brief(await episode(first.json.id)), [['initial in_review 2026-12-01..2026-12-30 30'], 0, [], null], 'alone, and asked for');
problem(await send(onward(first, '2026-12-31', '2027-01-29')), 409, 'illegal-transition', 'what is not decided is not continued');
problem(await check(onward(first, '2026-12-31', '2027-01-29')), 409, 'illegal-transition', 'nor in a check');
await approve(first);
const number = first.json.authorization.number;
const alone = await episode(first.json.id);
tally.equal(brief(alone), [['initial approved 2026-12-01..2026-12-30 30'], 30, [], '2026-12-30'], 'alone, and authorized');
tally.equal([alone.initial, alone.continues, alone.next_request_by, alone.requests[0].authorization, alone.carried_over],
	[first.json.id, null, first.json.authorization.ask_again_by, number, []], 'by when to ask for more');
problem(await get(`/v1/requests/${first.json.id}/episode`, 'other_provider'), 404, 'not-found', 'the episode of somebody else');
problem(await get(`/v1/requests/${first.json.id}/episode?x=1`), 400, 'bad-parameter', 'it has no parameters');

await clock('2026-12-10T09:00:00-08:00');
const body = onward(first, '2026-12-31', '2027-01-29');
const tried = await check(body);
tally.equal([tried.status, tried.json.missing], [200, []], `a check of it: nothing is missing (${tried.text.slice(0, 400)})`);
tally.equal(brief(tried.json.episode), [['initial approved 2026-12-01..2026-12-30 30', 'concurrent in_review 2026-12-31..2027-01-29 30'], 30, [], '2026-12-30'], 'the chain in a check');
tally.equal([tried.json.episode.requests[1].id, tried.json.episode.requests[1].tracking_number], [null, null], 'what is only checked has no number');
const second = await sent(body, 'the second request', { key: 'second' });
for (const member of ['missing', 'requested', 'findings', 'flags', 'limits', 'status', 'waiting_on']) {
	tally.equal(second.json[member], tried.json[member], `${member} of the check and of the request`);
}
tally.equal([second.json.status, second.json.missing, second.json.flags.map((f) => f.flag)], ['in_review', [], []], 'nothing is missing but what the packet asks');
const packet = second.json.episode.asked_only;
tally.check(packet.includes('trillium.pdts.concurrent.changes') && packet.every((item) => !item.includes('.initial.')), `only what this review asks for is asked: ${packet}`);
tally.check(second.json.requested.length > 5 && second.json.requested.every((e) => packet.includes(e.item)), 'all that is asked for now is among it');
tally.equal(second.json.episode.carried_over, ['/prior_authorization', '/member', '/requesting_provider', '/servicing_provider', '/diagnoses', '/lines/0/code', '/lines/0/unit'], 'what was carried over');
tally.equal([second.json.episode.initial, second.json.episode.continues, second.json.episode.next_request_by], [first.json.id, first.json.id, first.json.authorization.ask_again_by], 'what it goes on with');
const papers = (await get(`/v1/requests/${second.json.id}/submission`)).json;
const before = (await get(`/v1/requests/${first.json.id}/submission`)).json;
tally.equal([papers.prior_authorization, papers.lines], [{ number, from: '2026-12-01', to: '2026-12-30' }, [{ units: 30, code: 'H0037', unit: 'day' }]], 'the authorization and the code are those of the record');
tally.equal([papers.member, papers.requesting_provider, papers.servicing_provider, papers.diagnoses, papers.documents], [before.member, before.requesting_provider, before.servicing_provider, before.diagnoses, undefined], 'who it is about, not what was written then');
tally.equal((await get(`/v1/requests/${first.json.id}`)).json.episode, null, 'the answer about the first one stands as it was');
tally.equal(brief(await episode(first.json.id)), brief(second.json.episode), 'its episode is told as it is now');
const found = await daemon.call('POST', '/v1/requests/search', { as: 'provider', key: null, body: { member: { id: before.member.id } } });
tally.check(found.json.requests?.some((r) => r.id === second.json.id), `it is found by its member: ${found.text.slice(0, 300)}`);

const replayed = await send(body, { key: 'second' });
tally.equal([replayed.status, replayed.text, replayed.headers['idempotency-replayed']], [201, second.text, 'true'], 'the same key: the same answer');
problem(await send({ ...body, urgency: 'standard' }, { key: 'second' }), 422, 'idempotency-key-reused', 'the same key and another body');

/* ---- what is not continued ---- */

problem(await send(body), 409, 'illegal-transition', 'an authorization that an open request continues');
problem(await check(body), 409, 'illegal-transition', 'nor in a check');
problem(await send(body, { as: 'other_provider' }), 404, 'not-found', 'what belongs to another organization');
problem(await check(body, 'other_provider'), 404, 'not-found', 'nor in a check');
problem(await send({ ...body, continues: 'req_0' }), 404, 'not-found', 'what is not there');
invalid(await send({ ...body, continues: 7 }), ['/continues wrong_type'], 'a number');
invalid(await send({ ...body, review: 'initial' }), ['/continues not_continuing'], 'a first review');
invalid(await send({ ...body, service: 'PRTS' }), ['/continues another_service'], 'another service');
invalid(await send({ ...body, member: { id: 'SOMEBODY' } }), ['/member/id another_member'], 'another member');
invalid(await send({ ...body, member: { birth_date: '2010-01-01' } }), ['/member/birth_date another_member'], 'another birth date');
invalid(await send({ ...body, prior_authorization: { number: 'AU-0', to: '2026-12-29' } }), ['/prior_authorization/number another_authorization', '/prior_authorization/to another_authorization'], 'another authorization');
invalid(await send({ ...body, continues: 'req_0', lines: [{ units: 'many' }] }), ['/lines/0/units wrong_type'], 'a body that cannot be used says so first');
const denied = await sent(person(sample('pdts-complete')), 'one to deny');
await deny(denied);
problem(await send(onward(denied, '2026-12-31', '2027-01-29')), 409, 'illegal-transition', 'what was denied');
const withdrawn = await sent(person(sample('pdts-complete')), 'one to withdraw');
await step(withdrawn, 'POST', 'withdrawal', 'provider', { reason: 'not_needed' });
problem(await send(onward(withdrawn, '2026-12-31', '2027-01-29')), 409, 'illegal-transition', 'what was withdrawn');

/* ---- what is supplied later leaves what was taken from the record ---- */

for (const [supplied, what] of [[{ member: { id: 'SOMEBODY' } }, 'the member'], [{ prior_authorization: { to: '2026-12-31' } }, 'the authorization']]) {
	const refused = await daemon.call('POST', `/v1/requests/${second.json.id}/information`, { as: 'provider', etag: second.headers.etag, body: supplied });
	problem(refused, 409, 'illegal-transition', `${what} cannot be supplied otherwise`);
}
const summary = sample('pdts-concurrent').documents.map((d) => ({ ...d, completed_on: '2026-12-09', ...(d.covers ? { covers: { from: '2026-11-20', to: '2026-12-09' } } : {}) }));
await step(second, 'POST', 'information', 'provider', { documents: summary });
tally.equal([second.json.requested, brief(second.json.episode)[1], second.json.episode.carried_over.length], [[], 30, 7], 'with the papers of the packet nothing is asked any more');

/* ---- the chain grows: a third one ---- */

await approve(second);
tally.equal(brief(second.json.episode), [['initial approved 2026-12-01..2026-12-30 30', 'concurrent approved 2026-12-31..2027-01-29 30'], 60, [], '2027-01-29'], 'its own approval counts in its answer');
tally.equal(second.json.episode.next_request_by, second.json.authorization.ask_again_by, 'the next one is asked for before its end');
problem(await send(body), 409, 'illegal-transition', 'an authorization that another one continues');
await clock('2027-01-10T09:00:00-08:00');
const third = await sent(onward(second, '2027-02-01', '2027-03-02', 31, { documents: summary }), 'the third request, a gap before it, and a unit too many');
tally.equal(flagged(third, 'gap_days'), ['2027-01-30..2027-01-31'], 'the gap is flagged, with its days');
tally.equal(third.json.limits.map((l) => `${l.item} ${l.allowed_units}`), ['trillium.pdts.limit 30'], 'more than one authorization holds');
tally.equal(brief(third.json.episode), [['initial approved 2026-12-01..2026-12-30 30', 'concurrent approved 2026-12-31..2027-01-29 30', 'concurrent in_review 2027-02-01..2027-03-02 30'], 60,
	['2027-01-30..2027-01-31 2'], '2027-01-29'], 'and told with its days');
tally.equal([third.json.episode.initial, third.json.episode.continues], [first.json.id, second.json.id], 'the episode is that of the first one');

/* ---- a correction counts at once, and what was carried stays recorded ---- */

const shorter = { outcome: 'approved_in_part', basis: 'criterion_not_met', criteria: [NECESSITY], alternative: 'Outpatient treatment.', grants: [{ line: 0, from: '2026-12-31', to: '2027-01-20', units: 21 }] };
await correct(second, { ...shorter, findings: [{ criterion: NECESSITY, answer: 'not_met', note: 'Less is needed.' }] });
const now = await episode(third.json.id);
tally.equal(brief(now), [['initial approved 2026-12-01..2026-12-30 30', 'concurrent approved_in_part 2026-12-31..2027-01-20 21', 'concurrent in_review 2027-02-01..2027-03-02 30'], 51,
	['2027-01-21..2027-01-31 11'], '2027-01-20'], 'the corrected determination is in effect');
tally.equal(now.carried_over, third.json.episode.carried_over, 'what was carried over is what it was');
tally.equal((await get(`/v1/requests/${third.json.id}`)).text, third.text, 'the answer stands as it was');
tally.equal((await get(`/v1/requests/${third.json.id}/submission`)).json.prior_authorization.to, '2027-01-29', 'and so does what was carried');
await step(third, 'POST', 'information', 'provider', { facts: { risk_indicated: false } });
tally.equal(brief(third.json.episode)[2], ['2027-01-21..2027-01-31 11'], 'the next answer tells what is in effect');

/* ---- denied, sent again, and overturned after all ---- */

await deny(third);
tally.equal(brief(third.json.episode), [['initial approved 2026-12-01..2026-12-30 30', 'concurrent approved_in_part 2026-12-31..2027-01-20 21', 'concurrent denied null..null 0'], 51, [], '2027-01-20'], 'what is denied holds no day');
const fourth = await sent(onward(second, '2027-01-21', '2027-02-09', 20, { documents: summary }), 'after a denial the authorization is continued again');
tally.equal((await get(`/v1/requests/${fourth.json.id}/submission`)).json.prior_authorization, { number: second.json.authorization.number, from: '2026-12-31', to: '2027-01-20' }, 'as it is in effect now');
tally.equal(flagged(fourth, 'gap_days'), [], 'no gap any more');
await approve(fourth);
const appealed = await step({ json: third.json }, 'POST', 'appeals', 'provider', { kind: 'expedited', from: 'practitioner' });
const overturned = await daemon.call('POST', `/v1/appeals/${appealed.json.id}/determination`, {
	as: 'appeals', etag: appealed.headers.etag, body: { outcome: 'overturned', basis: 'policy_limit', rationale: 'As the record shows.', documents_reviewed: ['d1'], grants: [{ line: 0, from: '2027-02-01', to: '2027-03-02', units: 30 }] },
});
tally.equal(overturned.status, 200, `overturned (${overturned.text.slice(0, 400)})`);
tally.equal(brief(await episode(first.json.id)).slice(1), [30 + 21 + 20 + 21, [], '2027-03-02'], 'both stand now: the days of both count once');

/* ---- when the authorization has ended ---- */

const ended = await sent(person(dated('pdts-complete', Date.parse('2027-01-10T12:00:00-08:00'))), 'one that will end');
await approve(ended);
const last = ended.json.authorization.to;
const plus = (day, count) => new Date(Date.parse(day) + count * 86400e3).toISOString().slice(0, 10);
await clock(`${plus(last, 4)}T09:00:00-08:00`);
const late = await sent(onward(ended, plus(last, 1), plus(last, 20), 20), 'continued after its end');
tally.equal(flagged(late, 'gap_days'), [`${plus(last, 1)}..${plus(last, 3)}`], 'the days since then are flagged');
tally.equal([brief(late.json.episode).slice(1), late.json.episode.next_request_by], [[30, [], last], ended.json.authorization.ask_again_by], 'the time to ask has passed');

/* ---- staff enter what the provider faxed; another provider's papers are not mixed in ---- */

const faxed = await sent(person(dated('pdts-complete', Date.parse(`${plus(last, 4)}T12:00:00-08:00`))), 'one to be continued by fax');
await approve(faxed);
const from = plus(faxed.json.authorization.to, 1);
const other = { name: 'Another Day Treatment' };
const entered = await sent(onward(faxed, from, plus(from, 9), 10, { intake: { via: 'fax' }, servicing_provider: other }), 'entered by staff', { as: 'intake' });
tally.equal((await get(`/v1/requests/${entered.json.id}`)).status, 200, 'it belongs to whom the first one belongs');
tally.equal((await get(`/v1/requests/${entered.json.id}/submission`)).json.servicing_provider, other, 'another provider is not filled up with the earlier one');
tally.check(entered.json.episode.carried_over.every((p) => !p.startsWith('/servicing_provider')), `and nothing says so: ${entered.json.episode.carried_over}`);
await step(entered, 'POST', 'withdrawal', 'provider', { reason: 'sent_in_error' });
const elsewhere = { name: 'Another Clinic', npi: '2999000039' };
const plans = await sent(onward(faxed, from, plus(from, 9), 10, { intake: { via: 'fax' }, requesting_provider: elsewhere }), 'entered for somebody else', { as: 'intake' });
problem(await get(`/v1/requests/${plans.json.id}`), 404, 'not-found', 'what another provider asks for is not shown to the first one');
tally.equal([(await episode(faxed.json.id)).requests.length, (await episode(faxed.json.id, 'intake')).requests.length], [2, 3], 'nor in the episode');

/* ---- two levels around the clock on one day ---- */

const today = `${plus(last, 4)}T12:00:00-08:00`;
const residential = await sent(person(dated('prts-complete', Date.parse(today))), 'residential treatment');
await step(residential, 'POST', 'certificate-of-need', 'con_reviewer', { outcome: 'certified', completed_at: `${plus(last, 4)}T08:00:00-08:00`, shows: CERTIFIED });
await approve(residential);
const held = residential.json.authorization;
const member = (await get(`/v1/requests/${residential.json.id}/submission`)).json.member.id;
const acute = applyEdits(dated('subacute-before-admission', Date.parse(today)), [], { '/member/id': member, '/service_period': { start: plus(held.from, -3), end: plus(held.from, 1) }, '/lines/0/units': 5 });
const both = await sent(acute, 'subacute care on some of its days');
tally.equal(flagged(both, 'two_24_hour_levels'), [`${held.from}..${plus(held.from, 1)}`], 'the days of both are flagged');
tally.equal(flagged(await check(acute), 'two_24_hour_levels'), [`${held.from}..${plus(held.from, 1)}`], 'the organization itself may learn of it in a check');
tally.equal(flagged(await check(acute, 'other_provider'), 'two_24_hour_levels'), [], 'others do not by checking');
tally.equal(flagged(await check(acute, 'intake'), 'two_24_hour_levels').length, 1, 'staff do');
const apart = applyEdits(acute, [], { '/service_period/end': plus(held.from, -1), '/lines/0/units': 3 });
tally.equal(flagged(await check(apart), 'two_24_hour_levels'), [], 'until the day before: no overlap');
const same = await sent(onward(residential, plus(held.to, 1), plus(held.to, 14), 14), 'residential treatment goes on');
tally.equal(flagged(same, 'two_24_hour_levels'), [], 'an episode does not overlap with itself');
tally.equal(same.json.clock.all.map((c) => c.rule)[0], 'trillium.prts.concurrent.decide', 'and has the clock of its review');
await daemon.stop();

/* ---- sixteen at once, in a file that is verified afterwards ---- */

const RACERS = 16;
const records = staff(database(binary, 'episode'));
const names = Array.from({ length: RACERS }, (_, i) => {
	records.tokens[`clerk ${i}`] = records.create('--role', 'provider', '--organization', 'clinic-a');
	return `clerk ${i}`;
});
const file = await serve(binary, records, [], { sockets: 64 });
for (let round = 0; round < 3; round++) {
	const begun = await file.call('POST', '/v1/requests', { as: 'clinic-a', body: person(dated('pdts-complete', Date.now())) });
	await approve(begun, {}, file);
	const next = plus(begun.json.authorization.to, 1);
	const more = onward(begun, next, plus(next, 9), 10);
	const answers = await Promise.all(names.map((as) => file.call('POST', '/v1/requests', { as, body: more })));
	const count = (status) => answers.filter((a) => a.status === status).length;
	tally.equal([count(201), count(409)], [1, RACERS - 1], `round ${round}: exactly one continues it: ${answers.map((a) => a.status)}`);
	const chain = (await file.call('GET', `/v1/requests/${begun.json.id}/episode`, { as: 'auditor' })).json;
	tally.equal(chain.requests.map((r) => r.id), [begun.json.id, answers.find((a) => a.status === 201).json.id], `round ${round}: and the chain has it once`);
	// The same call sixteen times: one request, and everybody has its answer.
	const won = answers.find((a) => a.status === 201);
	await step(won, 'POST', 'withdrawal', 'clinic-a', { reason: 'sent_twice' }, file);
	const twice = await Promise.all(names.map(() => file.call('POST', '/v1/requests', { as: 'clerk 0', body: more, key: `again-${round}` })));
	tally.equal([new Set(twice.map((a) => a.text)).size, new Set(twice.map((a) => a.status)).size, twice[0].status, twice.filter((a) => a.headers['idempotency-replayed'] === 'true').length],
		[1, 1, 201, RACERS - 1], `round ${round}: one key is one request: ${twice.map((a) => a.status)}`);
}
tally.equal((await file.stop()).code, 0, `the daemon ended: ${file.err.slice(0, 500)}`);
const verified = (() => { try { return verifyAudit(binary, records.db); } catch (error) { return `NOT ${error.stderr ?? error}`; } })();
tally.check(!/NOT|bad/.test(verified) && /intact/.test(verified), `the record is whole: ${verified}`);
tally.end();
