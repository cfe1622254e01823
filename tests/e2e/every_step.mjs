// SPDX-License-Identifier: Apache-2.0
// Where a request may stand x every call that changes it x every role: taken, or refused with exactly its problem and a sentence. The table is written
// by hand, from the state machine; that every answer says whose turn it is and what comes next, and that every request can end, is told by the
// same calls.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../lib/cases.mjs';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const tables = scratch('every-step');
writeFileSync(join(tables, 'arq.csv'), 'code,required,participation\nT9001,false,participating\n');
writeFileSync(join(tables, 'participation.csv'), 'npi,participation\n2999000021,participating\n');
const daemon = await start(binary, ['--sandbox', '--seed', '47', '--clock', '2026-11-20T10:00:00-08:00', '--policies', 'policies', '--tables', tables]);
// When it dies its last words tell why.
process.on('uncaughtException', (error) => setTimeout(() => { console.log(error, daemon.err.slice(-4000)); process.exit(1); }, 500));
const NOW = '2026-11-20T10:00:00-08:00';
const NECESSITY = 'trillium.um.determine-necessity';
const DATES = 'trillium.rts.service-dates';

/* ---- the calls: who may, and with what body ---- */

// P provider, I intake, R reviewer, H physician, C con_reviewer, A appeals.
const roles = {
	provider: 'P', other_provider: 'P', intake: 'I', reviewer: 'R', physician: 'H', con_reviewer: 'C', appeals: 'A', auditor: 'U', policy_author: 'Y', admin: 'D',
};
const denial = {
	outcome: 'denied', basis: 'criterion_not_met', criteria: [NECESSITY], rationale: 'Outpatient therapy meets the need.', alternative: 'Outpatient therapy.',
	documents_reviewed: ['d1'],
};
const approval = { outcome: 'approved', rationale: 'Every criterion is met.', documents_reviewed: ['d1'] };
const again = (json) => (json.decision?.outcome === 'approved' ? approval : denial);
const wanting = (json) => [json.missing[0]?.item ?? json.requested[0]?.item ?? DATES];
const calls = {
	information: ['PI', 'information', () => ({ facts: {} })],
	outreach: ['IR', 'outreach-attempts', (json) => ({ channel: 'phone', items: wanting(json), outcome: 'no_answer' })],
	'return what lacks': ['I', 'return', () => ({ decision: 'return', reason: 'missing_components' })],
	'confirm a return': ['I', 'return', () => ({ decision: 'return', reason: 'tpl_primary' })],
	'set a return aside': ['I', 'return', () => ({ decision: 'set_aside', reason: 'tpl_primary', note: 'The other plan ended.' })],
	withdraw: ['PI', 'withdrawal', () => ({ reason: 'not_needed' })],
	verify: ['I', 'plan-facts', () => ({ source: 'enrollment system', line_of_business: 'medicaid' })],
	ask: ['RH', 'information-requests', () => ({ questions: [{ criterion: NECESSITY, text: 'What was tried?' }] })],
	certify: ['CI', 'certificate-of-need', () => ({ outcome: 'closed_without_certification', completed_at: NOW, note: 'It was not supplied.' })],
	find: ['RH', `findings/${NECESSITY}`, () => ({ answer: 'met', note: 'See the assessment.' }), 'PUT'],
	'find several': ['RH', 'findings', () => ({ findings: [{ criterion: NECESSITY, answer: 'met', note: 'See the assessment.' }] }), 'PUT'],
	determine: ['RH', 'determination', () => denial],
	correct: ['RH', 'determination', (json) => ({ ...again(json), supersedes: json.decision?.id ?? 'dec_00000000000000000000000000', reason: 'typing_error' })],
	notify: ['IRHA', 'notices', () => ({ to: 'practitioner', channel: 'phone' })],
	appeal: ['PIA', 'appeals', () => ({ kind: 'expedited', from: 'practitioner' })],
	'decide an appeal': ['RHA', 'appeal', () => ({ outcome: 'upheld', rationale: 'The record shows no need for it.' })],
	close: ['I', 'closure', () => ({ note: 'Answered by letter.' })],
	place: ['IR', 'placement', () => ({ provider: { name: 'Example Home', npi: '1234567893' }, from: '2026-12-01', to: '2026-12-31' })],
};
const target = (name, json) => (calls[name][1] === 'appeal' ? `/v1/appeals/${json.appeals.at(-1)?.id ?? 'apl_00000000000000000000000000'}/determination`
	: `/v1/requests/${json.id}/${calls[name][1]}`);

/* ---- whose turn, what is to be done, what comes next ---- */

const WHO = { provider: ['requesting_provider', 'servicing_provider'], plan: ['plan'], con_reviewer: ['con_reviewer'], nobody: ['nobody'] };
// What the next step speaks of, by what is to be done; the first that stands in the tasks is the next one.
const SPEAKS = [
	['route', /route/i], ['confirm_return', /return/i], ['supply', /./], ['certify', /certificate/i], ['appeal', /appeal/i], ['notify', /\b(tell|notice)/i],
	['review', /reviewer/i],
];
function told(json, what) {
	tally.check(WHO[json.waiting_on]?.includes(json.next_step.who), `${what}: it waits on ${json.waiting_on}, and next is ${json.next_step.who}`);
	tally.check(/^[A-Z].{10,}\.$/s.test(json.next_step.say) && /^[A-Z].{10,}\.$/s.test(json.summary), `${what}: sentences: ${json.next_step.say} ${json.summary}`);
	const first = SPEAKS.find(([task]) => json.tasks.includes(task));
	if (first) tally.check(first[1].test(json.next_step.say), `${what}: there is ${json.tasks}, and the next step says: ${json.next_step.say}`);
	if (first?.[0] === 'supply') tally.equal(json.next_step.href, json.links.information, `${what}: where it is sent`);
	tally.equal(json.tasks.length > 0, json.waiting_on !== 'nobody' && json.status !== 'returned', `${what}: something is to be done while somebody is waited for`);
	const open = ['manual_route', 'incomplete', 'pending_con', 'in_review'].includes(json.status);
	tally.equal(json.decision === null, open, `${what}: a closed request has its decision`);
	tally.check(!open || json.tasks.length > 0, `${what}: an open request has a task`);
}

/* ---- where a request may stand ---- */

async function take(last, name, as, body) {
	const [, , make, method] = calls[name];
	const answer = await daemon.call(method ?? 'POST', target(name, last.json), { as, etag: last.headers.etag, body: body ?? make(last.json) });
	if (!tally.check([200, 201].includes(answer.status), `${name} as ${as}: ${answer.text.slice(0, 400)}`)) throw new Error('the way there is closed');
	return daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'auditor' });
}
const send = (name, set = {}) => daemon.call('POST', '/v1/requests', { as: 'provider', body: applyEdits(sample(name), [], set) });
async function found(last, answer) {
	const open = last.json.findings.filter((f) => f.answer !== 'met' && f.kind !== 'gate').map((f) => f.item);
	const findings = open.map((criterion) => ({ criterion, answer: criterion === NECESSITY ? answer : 'met', note: 'See the assessment.' }));
	return take(last, 'find several', 'physician', { findings });
}
const refused = async () => found(await send('pdts-blank-justification'), 'not_met');
const denied = async () => take(await refused(), 'determine', 'physician');
const appealed = async () => take(await denied(), 'appeal', 'intake');

const places = {
	'manual_route': () => send('icts-initial'),
	'not_required': () => send('pdts-complete', { '/lines/0/code': 'T9001' }),
	'returned': async () => take(await send('pdts-other-insurance'), 'confirm a return', 'intake'),
	'incomplete, attempts owed': () => send('pdts-missing-dates'),
	'incomplete, attempts made': async () => take(await take(await send('subacute-missing-units'), 'outreach', 'intake'), 'outreach', 'reviewer'),
	'pending_con': () => send('prts-assessment-too-old'),
	'in_review': refused,
	'in_review, return proposed': () => send('pdts-other-insurance'),
	'decided, denied': denied,
	'decided, approved': async () => take(await found(await send('pdts-complete'), 'met'), 'determine', 'physician', approval),
	'decided, appeal open': appealed,
	'decided, appeal upheld': async () => take(await appealed(), 'decide an appeal', 'appeals'),
	'decided, appeal overturned': async () => take(await appealed(), 'decide an appeal', 'appeals', { outcome: 'overturned', rationale: 'The record shows the need for it.', documents_reviewed: ['d1'] }),
	'withdrawn': async () => take(await send('pdts-complete'), 'withdraw', 'provider'),
	'recorded': async () => take(await send('icts-initial'), 'close', 'intake'),
};

// What each call is answered with by those who may: + taken, - not now (409), ? there is nothing of the sort (422), 0 not there (404).
const names = Object.keys(calls);
const table = {
	//                             inf out rtn cnf asd wdr ver ask cer fnd fns det cor not app dec cls plc
	'manual_route':               ' +   -   -   -   -   +   +   -   -   -   -   -   -   -   -   0   +   - ',
	'not_required':               ' -   -   -   -   -   -   -   -   -   -   -   -   -   +   -   0   -   - ',
	'returned':                   ' -   -   -   -   -   -   -   -   -   -   -   -   -   +   -   0   -   - ',
	'incomplete, attempts owed':  ' +   +   -   -   -   +   +   +   -   +   +   -   -   -   -   0   -   - ',
	'incomplete, attempts made':  ' +   +   +   -   -   +   +   +   -   +   +   -   -   -   -   0   -   - ',
	'pending_con':                ' +   +   -   -   -   +   +   +   +   +   +   -   -   -   -   0   -   - ',
	'in_review':                  ' +   +   -   -   -   +   +   +   -   +   +   +   -   -   -   0   -   - ',
	'in_review, return proposed': ' +   ?   -   +   +   +   +   +   -   +   +   -   -   -   -   0   -   - ',
	'decided, denied':            ' -   -   -   -   -   -   -   -   -   -   -   -   +   +   +   0   -   - ',
	'decided, approved':          ' -   -   -   -   -   -   -   -   -   -   -   -   +   +   -   0   -   - ',
	'decided, appeal open':       ' -   -   -   -   -   -   -   -   -   -   -   -   -   +   -   +   -   - ',
	'decided, appeal upheld':     ' -   -   -   -   -   -   -   -   -   -   -   -   +   +   -   -   -   - ',
	'decided, appeal overturned': ' -   -   -   -   -   -   -   -   -   -   -   -   -   +   -   -   -   - ',
	'withdrawn':                  ' -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   0   -   - ',
	'recorded':                   ' -   -   -   -   -   -   -   -   -   -   -   -   -   +   -   0   -   - ',
};
const row = (place) => table[place].trim().split(/\s+/);
const PROBLEMS = { '-': [409, 'illegal-transition'], '?': [422, 'invalid-body'], 0: [404, 'not-found'] };

/** What a call is answered with: a status, and of a refusal the problem. */
function wanted(place, name, role) {
	const sign = row(place)[names.indexOf(name)];
	if (!calls[name][0].includes(roles[role])) return [403, 'forbidden'];
	if (role === 'other_provider') return [404, 'not-found'];
	// Whoever found and decided does not decide the appeal.
	if (name === 'decide an appeal' && role === 'physician' && sign === '+') return [403, 'forbidden'];
	return sign === '+' ? [name === 'appeal' ? 201 : 200, undefined] : PROBLEMS[sign];
}

/* ---- nothing is left out ---- */

const statuses = JSON.parse(readFileSync('schema/answer.json', 'utf8')).$defs.status.enum;
tally.equal([...new Set(Object.keys(places).map((place) => place.split(',')[0]))].sort(), [...statuses].sort(), 'every status stands in the table');
tally.equal(Object.keys(table), Object.keys(places), 'every row has its way');
tally.check(Object.keys(table).every((place) => row(place).length === names.length), 'every row has its cells');
const routes = execFileSync(binary, ['routes']).toString().trim().split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
const changing = routes.filter((one) => /^(POST|PUT|PATCH|DELETE) \/v1\/(requests|appeals)\/.*\{id\}/.test(one)).sort(); // of requests; records have no steps
const ours = names.map((name) => `${calls[name][3] ?? 'POST'} ${target(name, { id: '{id}', appeals: [{ id: '{id}' }] }).replace(NECESSITY, '{criterion}')}`);
tally.equal([...new Set(ours)].sort(), changing, 'every call that changes something stands in the table');

/* ---- every cell ---- */

const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], `${what} (${answer.json?.detail})`);

const edges = {}; // status: the statuses into which a call has led, without those of a withdrawal
for (const place of Object.keys(places)) {
	let last = await places[place]();
	tally.equal(last.json.status, place.split(',')[0], `${place}: ${last.text.slice(0, 300)}`);
	told(last.json, place);
	for (const name of names) {
		for (const role of Object.keys(roles)) {
			const [status, type] = wanted(place, name, role);
			const [, , make, method] = calls[name];
			const what = `${place}: ${name} as ${role}`;
			const call = { as: role, etag: last.headers.etag, body: make(last.json) };
			const post = (more) => daemon.call(method ?? 'POST', target(name, last.json), { ...call, ...more });
			if (type === undefined) {
				problem(await post({ etag: undefined }), 428, 'precondition-required', `${what}: no If-Match`);
				problem(await post({ etag: '"v99"' }), 412, 'stale', `${what}: a stale ETag`);
				if (method !== 'PUT') problem(await post({ key: null }), 400, 'idempotency-key-required', `${what}: no key`);
			}
			const answer = await post({});
			tally.equal([answer.status, answer.json?.type?.replace('/problems/', '')], [status, type], `${what} (${answer.json?.detail ?? ''} ${JSON.stringify(answer.json?.errors ?? '')})`);
			const now = await daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'auditor' });
			if (answer.status >= 400) {
				tally.check(/\S+ \S+ \S+/.test(answer.json.detail) && answer.json.title.length > 0 && answer.json.status === answer.status, `${what}: a sentence: ${answer.json.detail}`);
				tally.equal([now.headers.etag, now.text === last.text], [last.headers.etag, true], `${what}: nothing changed`);
			} else {
				tally.equal(now.json.version, last.json.version + 1, `${what}: one change`);
				told(now.json, what);
				if (name !== 'withdraw') (edges[last.json.status] ??= new Set()).add(now.json.status);
				last = await places[place]();
			}
		}
	}
}

/* ---- from every open status an end is reached ---- */

const ENDS = ['not_required', 'returned', 'decided', 'withdrawn', 'recorded'];
const reach = (status, seen = new Set()) => {
	for (const next of edges[status] ?? []) if (!seen.has(next)) { seen.add(next); if (!ENDS.includes(next)) reach(next, seen); }
	return seen;
};
for (const status of ['manual_route', 'incomplete', 'pending_con', 'in_review']) {
	tally.check([...reach(status)].some((one) => ENDS.includes(one)), `${status}: an end is reached without a withdrawal: ${[...reach(status)]}`);
}

// The same, walked by the plan alone: whatever the provider does not do, the request ends.
const clock = (advance) => daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance } });
const read = (last) => daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'auditor' });
const walks = {
	manual_route: async (last) => take(last, 'close', 'intake'),
	async incomplete(last) {
		for (let at = await take(last, 'outreach', 'intake'); ; at = await take(await read(at), 'outreach', 'intake')) {
			if (at.json.outreach.made >= at.json.outreach.required_before_return) return take(at, 'return what lacks', 'intake');
			await clock('1d');
		}
	},
	async pending_con(last) {
		const ended = await take(last, 'certify', 'intake');
		return take(ended, 'determine', 'reviewer', { ...denial, basis: 'before_con', criteria: undefined, late_cause: 'certificate_of_need' });
	},
	in_review: async (last) => take(last, 'determine', 'reviewer', { ...denial, late_cause: 'workload' }),
	async 'in_review, nothing is answered'(last) { // a thin record: what was asked for does not come, and the time runs out
		for (let at = await take(last, 'ask', 'reviewer'); ; at = await take(await read(at), 'outreach', 'reviewer', { channel: 'phone', items: [NECESSITY], outcome: 'no_answer' })) {
			const tried = (at.json.outreach.attempts ?? []).length;
			if (tried >= 3) return take(at, 'determine', 'physician', { ...denial, basis: 'insufficient_information', late_cause: 'information_outstanding' });
			await clock('4d');
		}
	},
	'in_review, return proposed': async (last) => take(last, 'confirm a return', 'intake'),
};
const beginnings = { incomplete: places['incomplete, attempts owed'], 'in_review, nothing is answered': () => send('pdts-complete') };
for (const [place, walk] of Object.entries(walks)) {
	const last = await (beginnings[place] ?? places[place])();
	const end = await walk(last);
	tally.check(ENDS.includes(end.json.status), `${place}: walked to ${end.json.status}`);
	told(end.json, `${place}, at its end`);
}
tally.equal((await daemon.stop()).code, 0, `the daemon ended: ${daemon.err.slice(0, 500)}`);
tally.end();
