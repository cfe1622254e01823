// SPDX-License-Identifier: Apache-2.0
// What is closed at once, recorded or not in need of an authorization, is no dead end: what it lacked comes with a request that replaces it, which the
// answer says; and licensed people answer what the machine cannot, while the request stays as it was recorded.
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
let daemon = await start(binary, ['--sandbox', '--seed', '62', '--policies', 'policies']);
const send = (body, path = '/v1/requests') => daemon.call('POST', path, { as: 'provider', body });
const read = (id, as = 'provider') => daemon.call('GET', `/v1/requests/${id}`, { as });
async function step(id, method, resource, as, body) {
	const { etag } = (await read(id, 'intake')).headers;
	return daemon.call(method, `/v1/requests/${id}/${resource}`, { as, etag, body });
}
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.text.slice(0, 300)})`);

/* ---- recorded without what it should say ---- */

const whole = sample('pss-discharge');
const thin = { ...whole, facts: {}, documents: [] };
const checked = await send(thin, '/v1/checks');
tally.equal([checked.json?.status, checked.json?.next_step?.href], ['recorded', null], 'a check: it would be recorded');
tally.check(/closed as it stands/.test(checked.json?.next_step?.say), `and says that it ends then: ${checked.json?.next_step?.say}`);
const made = await send(thin);
tally.equal([made.status, made.json?.status, made.json?.waiting_on, made.json?.tasks], [201, 'recorded', 'nobody', []], 'recorded as it is');
tally.check(made.json?.requested?.length > 0, `something is asked for: ${made.json?.requested?.map((e) => e.item)}`);
tally.equal([made.json?.next_step?.who, made.json?.next_step?.href], ['nobody', '/v1/requests'], 'nobody is waited for, and whoever has it to say sends another');
tally.check(/`replaces`/.test(made.json?.next_step?.say), `and how: ${made.json?.next_step?.say}`);
const late = await step(made.json.id, 'POST', 'information', 'provider', { facts: {} });
problem(late, 409, 'illegal-transition', 'information is not taken any more');
tally.check(/replaces it/.test(late.json?.detail), `but a request that replaces it: ${late.json?.detail}`);
const again = await send({ ...whole, replaces: made.json.id });
tally.equal([again.status, again.json?.status, again.json?.replaces?.id], [201, 'recorded', made.json.id], `which it is: ${again.text.slice(0, 300)}`);
tally.check(again.json?.replaces?.changed?.some((p) => p.startsWith('/facts')), `and says what changed: ${again.json?.replaces?.changed}`);
tally.equal((await read(made.json.id)).text, made.text, 'what was recorded first stands as it was');

/* ---- no authorization is needed, and its papers were thin ---- */

const free = await send({ ...sample('tm-complete'), facts: {}, documents: [] });
tally.equal([free.status, free.json?.status], [201, 'not_required'], `needs none: ${free.text.slice(0, 300)}`);
tally.check(free.json?.findings?.some((f) => f.answer === 'unknown'), 'its coverage stays open');
problem(await step(free.json.id, 'POST', 'information', 'provider', { facts: {} }), 409, 'illegal-transition', 'information is not taken');
const better = await send({ ...sample('tm-complete'), replaces: free.json.id });
tally.equal([better.status, better.json?.status, better.json?.replaces?.id], [201, 'not_required', free.json.id], `it is replaced: ${better.text.slice(0, 300)}`);

/* ---- X32: what licensed staff weigh is answered on what was recorded ---- */

const factors = 'tufts.mng.note.psychosocial-factors';
const JUDGED = 'lhcc.pss.discharge.family-weighed';
const family = await send(applyEdits(whole, [], { '/facts/discharge_requested_by': 'family', '/facts/member_agrees_to_discharge': false }));
const finding = (answer, item = JUDGED) => answer.json?.findings?.find((f) => f.item === item);
tally.equal([family.status, family.json?.status, finding(family)?.answer, finding(family)?.licensed], [201, 'recorded', 'unknown', null], `the family alone asks: ${family.text.slice(0, 300)}`);
tally.check(family.json?.flags?.some((f) => f.flag === 'family_request_only'), 'flagged');
const answer = { answer: 'not_met', note: 'The member wants to go on, and is an adult.' };
problem(await step(family.json.id, 'PUT', `findings/${JUDGED}`, 'provider', answer), 403, 'forbidden', 'not by the provider');
problem(await step(family.json.id, 'PUT', `findings/${JUDGED}`, 'intake', answer), 403, 'forbidden', 'nor by intake');
const asked = await step(family.json.id, 'PUT', `findings/${JUDGED}`, 'physician', { answer: 'cannot_tell', note: 'Not said.', question: 'What does the member want?' });
tally.equal([asked.status, asked.json?.errors?.map((e) => e.pointer)], [422, ['/question']], `nobody is asked any more (${asked.text.slice(0, 300)})`);
const weighed = await step(family.json.id, 'PUT', `findings/${JUDGED}`, 'physician', answer);
tally.equal([weighed.status, weighed.json?.status, weighed.json?.tasks, weighed.json?.version], [200, 'recorded', [], 2], `answered, and still recorded: ${weighed.text.slice(0, 300)}`);
tally.equal([finding(weighed)?.licensed?.answer, finding(weighed)?.licensed?.by], ['not_met', 'prn_physician'], 'by whom, and what');
const rest = (a) => Object.fromEntries(Object.entries(a.json ?? {}).filter(([name]) => !['version', 'updated_at', 'findings'].includes(name)));
tally.equal(rest(weighed), rest(family), 'nothing else of the answer changed');
const both = await step(family.json.id, 'PUT', 'findings', 'physician', { findings: [{ criterion: JUDGED, answer: 'met', note: 'Weighed again.' }] });
tally.equal([both.status, finding(both)?.licensed?.answer], [200, 'met'], 'the newest stands; several at once too');
problem(await step(family.json.id, 'PUT', 'findings/lhcc.pss.policy.necessity', 'physician', answer), 409, 'illegal-transition', 'what was not found there is not answered');
const timeline = await daemon.call('GET', `/v1/requests/${family.json.id}/timeline`, { as: 'auditor' });
tally.equal(timeline.json?.events?.map((e) => e.action), ['received', 'finding_recorded', 'finding_recorded'], 'the history has each');
problem(await step(better.json.id, 'PUT', `findings/${factors}`, 'physician', { answer: 'met', note: 'Considered.' }), 409, 'illegal-transition', 'where no authorization is needed nothing is found any more');
await daemon.stop();

/* ---- by whom another policy has it answered ---- */

const records = database(binary, 'closed_requests', ['provider']);
records.tokens.physician = records.create('--role', 'physician', '--payer', 'tufts', '--credential', 'physician');
records.tokens.intake = records.create('--role', 'intake', '--payer', 'tufts');
daemon = await serve(binary, records);
const mentoring = await send(sample('tm-discharge'));
tally.equal([mentoring.json?.status, finding(mentoring, factors)?.answer], ['recorded', 'unknown'], `a discharge from mentoring: ${mentoring.text.slice(0, 200)}`);
const considered = await step(mentoring.json.id, 'PUT', `findings/${factors}`, 'physician', { answer: 'met', note: 'Considered.' });
tally.equal([considered.status, considered.json?.status, finding(considered, factors)?.licensed?.answer], [200, 'recorded', 'met'], `answered: ${considered.text.slice(0, 300)}`);
await daemon.stop();
tally.check(/intact/.test(verifyAudit(binary, records.db)), 'the chain holds');
tally.end();
