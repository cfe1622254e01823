// SPDX-License-Identifier: Apache-2.0
// What licensed reviewers find: answers with evidence beside what the machine found, several at once, questions to the provider and their answers.
import { readdirSync, readFileSync } from 'node:fs';
import { Tally, start } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '40', '--clock', '2026-11-20T15:40:12-08:00', '--policies', 'policies']);
const NOW = '2026-11-20T15:40:12-08:00';
const DX = 'trillium.um.dx-supported';
const NEED = 'trillium.um.determine-necessity';
const STABLE = 'trillium.outcomes.stabilization';

const submit = async (name) => daemon.call('POST', '/v1/requests', { as: 'provider', body: sample(name) });
async function step(method, last, resource, sent, call) {
	const answer = await daemon.call(method, `/v1/requests/${last.json.id}/${resource}`, { etag: last.headers.etag, body: sent, ...call });
	if (answer.status === 200) Object.assign(last, answer);
	return answer;
}
const find = (last, criterion, sent, call = {}) => step('PUT', last, `findings/${criterion}`, sent, { as: 'reviewer', ...call });
const findAll = (last, findings, call = {}) => step('PUT', last, 'findings', { findings }, { as: 'reviewer', ...call });
const inform = (last, sent, call = {}) => step('POST', last, 'information', sent, { as: 'provider', ...call });
const ask = (last, sent, call = {}) => step('POST', last, 'information-requests', sent, { as: 'physician', ...call });
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], what);
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], what);
function notNow(answer, detail, what) {
	problem(answer, 409, 'illegal-transition', what);
	tally.check(detail.test(answer.json?.detail), `${what}: ${answer.json?.detail}`);
}
const of = (last, criterion) => last.json.findings.find((f) => f.item === criterion);
async function unchanged(last, what) {
	const now = await daemon.call('GET', `/v1/requests/${last.json.id}`, { as: 'provider' });
	tally.equal([now.headers.etag, now.text], [last.headers.etag, last.text], `${what}: nothing changed`);
}
const timeline = async (last) => (await daemon.call('GET', `/v1/requests/${last.json.id}/timeline`, { as: 'provider' })).json.events.map((e) => `${e.action} ${e.actor_role}`);

const policy = 'policies/trillium-isa/2019-03-06';
const items = readdirSync(policy).filter((file) => /^[a-d]\d\d/.test(file)).flatMap((file) => JSON.parse(readFileSync(`${policy}/${file}`, 'utf8')).items);
const one = await submit('pdts-complete');
const prts = await submit('prts-complete');
tally.equal([one.json.status, of(one, DX).answer, of(one, DX).licensed], ['in_review', 'unknown', null], 'nobody has looked yet');
tally.equal([...new Set(one.json.findings.map((f) => f.licensed))], [null], 'at anything');

/* ---- one answer ---- */

const wording = items.find((item) => item.id === DX).text;
const unanswered = `A licensed reviewer has not answered this yet: ${wording}`;
tally.equal([of(one, DX).say, one.json.findings.filter((f) => f.kind === 'judgment' && !f.say.startsWith('A licensed reviewer has not answered this yet: ')).map((f) => f.item)], [unanswered, []], 'no judgment reads as if it were found so');
const checked = await daemon.call('POST', '/v1/checks', { as: 'provider', body: sample('pdts-complete') });
tally.equal(of(checked, DX).say, unanswered, 'nor does a check');
const seen = { answer: 'met', evidence: [{ document: sample('pdts-complete').documents[0].id, section: 'covered_diagnosis', page: 2, note: 'Stated with its basis.' }], note: 'Clear.' };
problem(await find(one, DX, seen, { etag: undefined }), 428, 'precondition-required', 'no If-Match');
problem(await find(one, DX, seen, { etag: undefined, headers: { 'Idempotency-Key': 'x' } }), 428, 'precondition-required', 'no If-Match, though a key');
problem(await find(one, DX, seen, { etag: '"v7"' }), 412, 'stale', 'a stale ETag');
problem(await find(one, DX, seen, { headers: { 'Idempotency-Key': 'with blanks' } }), 400, 'idempotency-key-required', 'a key that is none');
problem(await find(one, DX, '{"answer"'), 400, 'unreadable-body', 'half a body');
pointers(await find(one, DX, { ...seen, answer: 'yes', anser: 'met' }), ['/answer', '/anser'], 'another word, another member');
pointers(await find(one, DX, { note: 'Clear.' }), ['/answer'], 'no answer');
for (const as of ['provider', 'intake', 'con_reviewer', 'appeals', 'auditor', 'policy_author', 'admin']) problem(await find(one, DX, seen, { as }), 403, 'forbidden', `${as}: finds nothing`);
problem(await find(one, DX, seen, { method: 'POST', as: 'other_provider' }), 403, 'forbidden', 'another provider');
const post = await daemon.call('POST', `/v1/requests/${one.json.id}/findings/${DX}`, { as: 'reviewer', etag: one.headers.etag, body: seen });
tally.equal([post.status, post.headers.allow], [405, 'PUT, OPTIONS'], 'a finding is put');
await unchanged(one, 'after all that');

tally.equal((await find(one, DX, seen)).status, 200, 'put, without a key');
tally.equal(of(one, DX).licensed, { answer: 'met', evidence: seen.evidence, note: 'Clear.', at: NOW, by: 'prn_reviewer', credential: 'qmhp_bhcc' }, 'the licensed answer');
tally.equal([of(one, DX).answer, of(one, DX).say, one.json.version], ['unknown', `A licensed reviewer answered that this is so: ${wording}`, 2], 'what the machine found stays beside it');
tally.equal(one.json.findings.filter((f) => f.licensed).length, 1, 'and nothing else was answered');
problem(await find({ ...one }, DX, seen, { etag: '"v1"' }), 412, 'stale', 'put again with the old ETag');
tally.equal((await find(one, DX, seen)).json.version, 3, 'put again with the new one');
await find(one, DX, { answer: 'cannot_tell' }, { as: 'physician' });
tally.equal(of(one, DX).licensed, { answer: 'cannot_tell', evidence: [], note: null, at: NOW, by: 'prn_physician', credential: 'psychiatrist' }, 'the newest answer stands');
tally.equal(of(one, DX).say, `A licensed reviewer cannot tell this yet: ${wording}`, 'and is what is said');
const keyed = await find({ ...one }, DX, seen, { headers: { 'Idempotency-Key': 'put-1' } });
const replayed = await find({ ...one }, DX, seen, { headers: { 'Idempotency-Key': 'put-1' } });
tally.check(keyed.status === 200 && replayed.text === keyed.text && replayed.headers['idempotency-replayed'] === 'true', 'with a key a retry gets the same answer');
problem(await find({ ...one }, NEED, seen, { headers: { 'Idempotency-Key': 'put-1' } }), 422, 'idempotency-key-reused', 'the key of another criterion');
Object.assign(one, keyed);
tally.equal(await timeline(one), ['received provider', 'finding_recorded reviewer', 'finding_recorded reviewer', 'finding_recorded physician', 'finding_recorded reviewer'], 'every answer is in the history');

/* ---- what can be answered, and with what evidence ---- */

problem(await find(one, 'trillium.no.such', seen), 404, 'not-found', 'no such criterion');
problem(await find(one, 'A%20b%22c', seen), 404, 'not-found', 'a name that is none');
notNow(await find(one, 'trillium.prts.con-gate', seen), /gate/, 'a gate');
notNow(await find(prts, 'trillium.prts.con-gate', seen), /gate/, 'a gate that applies');
notNow(await find(one, 'trillium.pdts.initial.decide', seen), /not answered by a reviewer/, 'a clock');
const kinds = ['eligibility', 'criterion', 'judgment'];
const elsewhere = items.filter((item) => kinds.includes(item.kind) && !of(prts, item.id)).map((item) => item.id);
tally.check(elsewhere.length > 5, `criteria that do not apply: ${elsewhere.length}`);
for (const criterion of elsewhere) notNow(await find(prts, criterion, seen), /does not apply/, `${criterion} does not apply`);
for (const item of items.filter((one) => !kinds.includes(one.kind))) problem(await find(prts, item.id, seen), 409, 'illegal-transition', `${item.kind} ${item.id} is not answered`);
for (const { item, kind } of prts.json.findings.filter((f) => f.kind !== 'gate')) {
	tally.equal((await find(prts, item, { answer: 'not_met', note: 'As discussed.' })).status, 200, `${kind} ${item} is answered`);
}
tally.equal(prts.json.findings.filter((f) => f.kind !== 'gate').map((f) => f.licensed?.answer).filter((a) => a !== 'not_met'), [], 'each of them');

const place = seen.evidence[0];
const bad = (evidence, wanted, what, more = {}) => find(one, NEED, { answer: 'met', evidence, ...more }).then((answer) => pointers(answer, wanted, what));
await bad([{ ...place, document: 'd99' }], ['/evidence/0/document'], 'a document that the request does not have');
await bad([place, { section: 'astrology' }], ['/evidence/1/section'], 'a section that the policy does not declare');
await bad([{ page: 3 }], ['/evidence/0/document'], 'a page of nothing');
await bad([{}, { note: ' ' }, { document: null, section: null }], ['/evidence/0', '/evidence/1', '/evidence/2'], 'places that say nothing');
await bad([{ document: 'x', section: 'y', page: 0 }], ['/evidence/0/page'], 'page 0');
for (const evidence of [undefined, null, []]) {
	for (const note of [undefined, null, ' ']) await bad(evidence, ['/evidence'], `met, evidence ${JSON.stringify(evidence)}, note ${JSON.stringify(note)}`, { note });
}
pointers(await find(one, NEED, { answer: 'not_met' }), ['/evidence'], 'not met without a word');
const slip = await find(one, NEED, { answer: 'met', evidence: [{ section: 'presentaton' }] });
tally.equal(slip.json.errors.map((e) => e.fix), ['Did you mean "presentation"?'], 'a slip gets a suggestion');
for (const answer of ['met', 'not_met']) pointers(await find(one, NEED, { ...seen, answer, question: 'Why?' }), ['/question'], `${answer} asks nothing`);
pointers(await find(one, NEED, { answer: 'cannot_tell', question: ' ' }), ['/question'], 'a question that says nothing');
await unchanged(one, 'after all that');
for (const good of [{ answer: 'met', evidence: [{ section: 'presentation' }] }, { answer: 'not_met', note: 'Nothing shows it.' }, { answer: 'cannot_tell' }, { answer: 'cannot_tell', question: null }]) {
	tally.equal((await find(one, NEED, good)).status, 200, JSON.stringify(good));
}

/* ---- several at once: all or none ---- */

const two = await submit('pdts-complete');
const answer = (criterion, more = {}) => ({ criterion, answer: 'met', note: 'Seen.', ...more });
pointers(await findAll(two, []), ['/findings'], 'none');
pointers(await findAll(two, [answer(DX), answer(NEED), answer(DX)]), ['/findings/2/criterion'], 'one twice');
pointers(await findAll(two, [{ answer: 'met', note: 'Seen.' }]), ['/findings/0/criterion'], 'of what?');
pointers(await findAll(two, [answer(DX), answer('trillium.no.such'), answer('trillium.prts.con-gate'), answer(NEED, { note: null })]), ['/findings/1/criterion', '/findings/2/criterion', '/findings/3/evidence'], 'all that is wrong, at once');
await unchanged(two, 'none of them');
await findAll(two, [answer(DX), answer(NEED, { answer: 'not_met' }), { criterion: STABLE, answer: 'cannot_tell', question: 'What is expected?' }]);
tally.equal([of(two, DX), of(two, NEED), of(two, STABLE)].map((f) => f.licensed?.answer), ['met', 'not_met', 'cannot_tell'], 'all of them');
tally.equal([two.json.version, two.json.questions.length, await timeline(two)], [2, 1, ['received provider', 'finding_recorded reviewer']], 'in one event');
await findAll(two, [answer(DX, { answer: 'not_met' }), answer(STABLE)]);
tally.equal([of(two, DX), of(two, NEED), of(two, STABLE)].map((f) => f.licensed?.answer), ['not_met', 'not_met', 'met'], 'some again; the rest stays');
const saying = async (last) => { const now = await daemon.call('GET', `/v1/requests/${last.json.id}/determination`, { as: 'physician' }); return now.json?.open?.find((o) => o.item === DX)?.say; };
tally.equal([of(two, DX).say, await saying(two), await saying(prts), await saying(await submit('pdts-complete'))], [`A licensed reviewer answered that this is not so: ${wording}`, `A licensed reviewer answered that this is not so: ${wording}`, `A licensed reviewer answered that this is not so: ${wording}`, unanswered], 'in the answer and before a determination');
const reopened = await submit('pdts-complete');
await findAll(reopened, [answer(DX)]);
await ask(reopened, { questions: [{ criterion: DX, text: 'Since when?' }] });
tally.equal(of(reopened, DX).say, unanswered, 'who asks again has not answered');
tally.equal([two.json.questions[0].withdrawn_at, two.json.requested, two.json.waiting_on], [NOW, [], 'plan'], 'an answer without the provider withdraws the question');

/* Of many at the same time one is first. */
const race = await Promise.all(Array.from({ length: 12 }, (_, n) => find({ ...two }, NEED, answer(undefined, { criterion: undefined, note: `Number ${n}.` }))));
tally.equal(race.map((a) => a.status).sort(), [200, ...Array(11).fill(412)], 'twelve at once: one is recorded');

/* ---- a question and its answer ---- */

const three = await submit('pdts-complete');
const clock = three.json.clock;
await find(three, NEED, { answer: 'cannot_tell', question: 'Which care was tried at a lower level?' });
tally.equal([three.json.status, three.json.waiting_on, three.json.tasks], ['in_review', 'provider', ['supply', 'review']], 'a question: it waits on the provider');
tally.equal(three.json.clock, clock, 'and the clock goes on');
tally.equal(three.json.questions, [{ id: 'q1', criterion: NEED, text: 'Which care was tried at a lower level?', at: NOW, by: 'prn_reviewer', answer: null, withdrawn_at: null }], 'the question');
tally.equal(three.json.requested.map((e) => [e.item, e.pointer, e.problem, e.owner]), [[NEED, '/answers/-', 'unanswered', 'requesting_provider']], 'it is asked for');
tally.check(/q1/.test(three.json.requested[0]?.fix) && three.json.next_step.who === 'requesting_provider', 'and the next step says so');
tally.check((await daemon.call('GET', '/v1/requests?waiting_on=provider', { as: 'provider' })).json.requests.some((r) => r.id === three.json.id), 'it stands on the provider\'s worklist');
await find(three, NEED, { answer: 'cannot_tell', question: 'Which care was tried at a lower level?' });
tally.equal(three.json.questions.length, 1, 'put again, it is the same question');
await ask(three, { questions: [{ criterion: DX, text: 'On what is it based?' }, { criterion: NEED, text: 'Since when?' }], note: null });
tally.equal(three.json.questions.map((q) => `${q.id} ${q.criterion} ${q.by}`), [`q1 ${NEED} prn_reviewer`, `q2 ${DX} prn_physician`, `q3 ${NEED} prn_physician`], 'more questions');
tally.equal([three.json.requested.length, of(three, DX).licensed, three.json.asked], [3, null, null], 'a question alone is no answer, and asks for no items');
for (const as of ['reviewer', 'physician', 'con_reviewer', 'auditor']) problem(await inform(three, { answers: [{ question: 'q1', text: 'x' }] }, { as }), 403, 'forbidden', `${as}: answers nothing`);
const text = 'Outpatient care, weekly.';
const wrong = (answers, wanted, what, more = {}) => inform(three, { ...more, answers }).then((got) => pointers(got, wanted, what));
await wrong([{ question: 'q9', text }], ['/answers/0/question'], 'no such question');
await wrong([{ text }], ['/answers/0/question'], 'the answer to nothing');
await wrong([{ question: 'q1' }, { question: 'q2', text: ' ' }, { question: 'q3', text: null, document: null }], ['/answers/0', '/answers/1', '/answers/2'], 'answers that say nothing');
await wrong([{ question: 'q1', text }, { question: 'q1', text }], ['/answers/1/question'], 'one question twice');
await wrong([{ question: 'q1', document: 'd99' }, { question: 'q8', text }], ['/answers/0/document', '/answers/1/question'], 'a document that is not there, and no question');
await wrong([{ question: 'q1', document: 'd99' }], ['/answers/0/document'], 'nor does another document help', { documents: [{ id: 'd98', type: 'other' }] });
await wrong([{ question: 'q1', txt: text }], ['/answers/0/txt'], 'another member');
pointers(await inform(three, { answers: null }), ['/answers'], 'no list');
await unchanged(three, 'after all that');

await find(three, DX, { answer: 'not_met', note: 'Not stated.' });
tally.equal(three.json.questions.map((q) => q.withdrawn_at), [null, NOW, null], 'a question about what was answered is withdrawn');
pointers(await inform({ ...three }, { answers: [{ question: 'q2', text }] }), ['/answers/0/question'], 'and cannot be answered any more');
const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance: '2h' } });
tally.equal(moved.status, 200, 'two hours on');
await inform(three, { answers: [{ question: 'q1', text, document: 'n1' }], documents: [{ id: 'n1', type: 'other', completed_on: '2026-11-20' }] });
tally.equal(three.json.questions[0].answer, { text, document: 'n1', at: '2026-11-20T17:40:12-08:00' }, 'answered by a document that came with it');
tally.equal([of(three, NEED).licensed, of(three, DX).licensed?.answer], [null, 'not_met'], 'its criterion is open again, and no other');
tally.equal([three.json.waiting_on, three.json.requested.length], ['provider', 1], 'one question is open still');
tally.equal(three.json.clock.all, clock.all, 'clocks stay');
const sent = await daemon.call('GET', `/v1/requests/${three.json.id}/submission`, { as: 'provider' });
tally.equal([sent.json.answers, sent.json.documents.at(-1).id], [undefined, 'n1'], 'answers are not part of what was sent; the document is');
pointers(await inform({ ...three }, { answers: [{ question: 'q1', text }] }), ['/answers/0/question'], 'an answer is given once');
await inform(three, { answers: [{ question: 'q3', text: 'Since May.' }] }, { as: 'intake' });
tally.equal([three.json.waiting_on, three.json.requested, three.json.tasks], ['plan', [], ['review']], 'all answered: it is the plan\'s turn');
await find(three, NEED, { answer: 'met', evidence: [{ document: 'n1' }] });
tally.equal(of(three, NEED).licensed.answer, 'met', 'and the reviewer answers');
tally.equal((await timeline(three)).slice(-3), ['information_supplied provider', 'information_supplied intake', 'finding_recorded reviewer'], 'the history');

/* ---- what can be asked ---- */

const four = await submit('prts-complete');
pointers(await ask(four, {}), [''], 'nothing is asked');
pointers(await ask(four, { note: 'Please.' }), [''], 'nor by a note');
pointers(await ask(four, { items: [], questions: [] }), ['/items', '/questions'], 'nor by empty lists');
pointers(await ask(four, { items: ['no.such'], questions: [{ criterion: 'no.such', text: 'Why?' }, { criterion: elsewhere[0], text: ' ' }, { criterion: 'trillium.prts.con-gate', text: 'When?' }] }),
	['/items/0', '/questions/0/criterion', '/questions/1/criterion', '/questions/1/text', '/questions/2/criterion'], 'all that cannot be asked');
pointers(await ask(four, { questions: [{ criterion: DX }, { text: 'Why?' }] }), ['/questions/0/text', '/questions/1/criterion'], 'half questions');
await unchanged(four, 'after all that');
await ask(four, { items: ['trillium.prts.con-packet.evaluation'], questions: [{ criterion: DX, text: 'Why?' }, { criterion: DX, text: 'Why?' }], note: 'Both, please.' });
tally.equal([four.json.questions.length, four.json.asked?.length, four.json.status, four.json.waiting_on], [1, 1, 'pending_con', 'provider'], 'an item and a question at once; the same one is put once');

/* A question about what was answered opens it again. */
await findAll(four, [answer(NEED), answer(STABLE)]);
await ask(four, { questions: [{ criterion: NEED, text: 'Since when?' }] });
tally.equal([of(four, NEED).licensed, of(four, STABLE).licensed?.answer, four.json.questions.length], [null, 'met', 2], 'a question about what was answered takes the answer away, and no other');

/* ---- what was judged does not change unseen ---- */

const papers = sample('pdts-complete');
const seenIn = (document) => ({ answer: 'met', evidence: [{ document, section: null, page: null, note: null }] });
const standing = (last) => last.json.findings.filter((f) => f.licensed).map((f) => f.item).sort();
/** A request with three answers: two cite a document, one none. */
async function judgedOnce() {
	const last = await submit('pdts-complete');
	await findAll(last, [{ criterion: DX, ...seenIn('d1') }, { criterion: NEED, ...seenIn('d3') }, answer(STABLE)]);
	tally.equal(standing(last), [DX, NEED, STABLE].sort(), 'three answers');
	return last;
}
const swapped = {
	'other days': { service_period: { start: '2026-12-02' } },
	'no last day': { service_period: { end: null } },
	'other units': { lines: [{ code: 'H0037', units: 12, unit: 'day' }] },
	'one line more': { lines: [...papers.lines, { code: 'H2012', units: 1, unit: 'day' }] },
	'no lines': { lines: null },
	'another diagnosis': { diagnoses: [{ icd10: 'F90.2', primary: true }] },
	'a word of a diagnosis less': { diagnoses: [{ icd10: 'F33.2', primary: true }] },
	'another program': { servicing_provider: { npi: '2999000039' } },
	'no program': { servicing_provider: null },
};
for (const [what, sent] of Object.entries(swapped)) {
	const last = await judgedOnce();
	const then = last.json.updated_at;
	await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance: '1s' } });
	tally.equal((await inform(last, sent)).status, 200, `${what}: supplied`);
	tally.equal(standing(last), [], `${what}: the reviewer looks afresh`);
	const earlier = (await daemon.call('GET', `/v1/requests/${last.json.id}?as_of=${encodeURIComponent(then)}`, { as: 'reviewer' })).json;
	tally.equal(earlier.findings.filter((f) => f.licensed).length, 3, `${what}: the history keeps the answers`);
}
const kept = {
	'the same again': { service_period: papers.service_period, lines: papers.lines, diagnoses: papers.diagnoses, servicing_provider: papers.servicing_provider, documents: papers.documents },
	'the same member': { member: { id: papers.member.id, first_name: papers.member.first_name, birth_date: papers.member.birth_date } },
	'a new document': { documents: [{ id: 'n1', type: 'other', completed_on: '2026-11-20' }] },
	'what was absent': { servicing_provider: { medicaid_id: '500000001' }, lines: [{ ...papers.lines[0], end: papers.service_period.end }], member: { recipient_id: 'EX00001A', county: 'Example' } },
	'other facts': { facts: { risk_indicated: !papers.facts.risk_indicated } },
};
for (const [what, sent] of Object.entries(kept)) {
	const last = await judgedOnce();
	const got = await inform(last, sent);
	tally.equal([got.status, standing(last)], [200, [DX, NEED, STABLE].sort()], `${what}: every answer stands (${got.status === 200 ? '' : got.text.slice(0, 300)})`);
}
const lined = await submit('pdts-missing-dates');
await findAll(lined, [answer(DX)]);
await inform(lined, { service_period: papers.service_period });
tally.equal(standing(lined), [DX], 'days that were not there yet change nothing that was judged');
const replaced = await judgedOnce();
await inform(replaced, { documents: [{ ...papers.documents[2], completed_on: '2026-11-01' }] });
tally.equal(standing(replaced), [DX, STABLE].sort(), 'a document that was replaced opens what cites it');
await inform(replaced, { documents: null });
tally.equal(standing(replaced), [STABLE], 'and so does one that is taken away');

/* Who the member is stays as it was judged. */
const person = await judgedOnce();
const identity = { id: 'OR9999999', first_name: 'Other', last_name: 'Youth-Nine', birth_date: '2013-05-10' };
for (const [name, value] of Object.entries(identity)) {
	for (const other of [value, null]) {
		const got = await inform(person, { member: { [name]: other } });
		notNow(got, new RegExp(`/member/${name}\\b.*withdraw.*new request`), `another ${name}: ${other}`);
		if (other) tally.check(!got.text.includes(other), `${name}: what was sent is not repeated`);
	}
}
notNow(await inform(person, { member: identity, service_period: { start: '2026-12-02' } }), /\/member\/id, \/member\/first_name, \/member\/last_name and \/member\/birth_date/, 'all of it, and other days');
notNow(await inform(person, { member: null }), /\/member\/id, /, 'nobody');
await unchanged(person, 'after all that');
await inform(person, { member: { recipient_id: 'EX00001A' } });
notNow(await inform(person, { member: { recipient_id: 'EX00002B' } }), /\/member\/recipient_id/, 'the number given meanwhile');
await inform(person, { service_period: { start: '2026-12-02' } });
notNow(await inform(person, { member: { id: 'OR9999999' } }), /\/member\/id/, 'also when the answers are open again');
const fresh = await submit('pdts-complete');
tally.equal((await inform(fresh, { member: { first_name: 'Other' } })).status, 200, 'while nobody has judged, a slip is corrected');

/* ---- closed ---- */

await step('POST', four, 'withdrawal', { reason: 'not_needed' }, { as: 'provider' });
notNow(await find(four, DX, seen), /closed/, 'nothing is found about a closed request');
notNow(await findAll(four, [answer(DX)]), /closed/, 'nor several things');
notNow(await inform(four, { answers: [{ question: 'q1', text }] }), /closed/, 'and no question is answered');

// Answers alone are no papers: by the day on which papers came, one that is dated later is still to come.
const early = sample('pdts-complete');
early.documents[0].completed_on = '2026-11-25';
const late = await daemon.call('POST', '/v1/requests', { as: 'provider', body: early });
tally.check(late.json.requested.some((e) => e.pointer === '/documents/0/completed_on'), 'a document of next week');
await ask(late, { questions: [{ criterion: NEED, text: 'Since when?' }] });
const judged = (last) => JSON.stringify([last.json.missing, last.json.requested.filter((e) => e.pointer !== '/answers/-'), last.json.flags, last.json.findings.map((f) => f.answer)]);
const before = judged(late);
await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance: '30d' } });
Object.assign(late, await daemon.call('GET', `/v1/requests/${late.json.id}`, { as: 'provider' }));
await inform(late, { answers: [{ question: 'q1', text: 'Since May.' }] });
tally.equal([late.status, judged(late)], [200, before], 'a month later an answer changes nothing else');
await daemon.stop();

/* ---- credentials, on a database that is looked at afterwards ---- */

const records = database(binary, 'findings');
for (const credential of ['qmhp_bhcc', 'psychologist_doctoral', 'psychiatrist', 'lcsw']) records.tokens[credential] = records.create('--role', 'reviewer', '--payer', 'trillium', '--credential', credential);
const real = await serve(binary, records);
const made = await real.call('POST', '/v1/requests', { as: 'clinic-a', body: sample('pdts-complete') });
const put = (as, path, sent, etag) => real.call('PUT', `/v1/requests/${made.json.id}/${path}`, { as, etag, body: sent });
const ofKind = new Map(made.json.findings.map((f) => [f.kind, f.item]));
tally.check(kinds.every((kind) => ofKind.has(kind)), 'findings of every kind');
for (const [kind, criterion] of ofKind) {
	const refused = await put('lcsw', `findings/${criterion}`, seen, made.headers.etag);
	problem(refused, 403, 'forbidden', `${kind}: a credential that the policy does not list`);
	tally.check(/a behavioral health care coordinator who is a QMHP, a clinical psychologist with a doctorate or a psychiatrist/.test(refused.json.detail), `${kind}: who may: ${refused.json.detail}`);
}
problem(await put('lcsw', 'findings', { findings: [answer(DX), answer('no.such')] }, made.headers.etag), 403, 'forbidden', 'nor several');
let { etag } = made.headers;
for (const as of ['qmhp_bhcc', 'psychologist_doctoral', 'psychiatrist']) {
	const done = await put(as, `findings/${DX}`, seen, etag);
	tally.equal([done.status, done.json.findings?.find((f) => f.item === DX).licensed.credential], [200, as], `${as}: answers`);
	({ etag } = done.headers);
}
await real.stop();
tally.check(/\b4\b/.test(verifyAudit(binary, records.db)), 'four events, and the record is whole');
const log = real.err + daemon.err;
tally.check(!log.includes('Stated with its basis') && !log.includes('Which care') && !log.includes('Outpatient care'), 'the log holds neither notes nor questions nor answers');
tally.end();
