// SPDX-License-Identifier: Apache-2.0
// Many at once. 32 licensed people determine one request at the same moment: one does, the others hear that they were late, and one decision is kept.
// Then 24 clients read and change 50 requests in no order: every history is without a gap and holds each acknowledged change once and nothing
// that was refused; whoever reads sees all that was acknowledged before.
// ROUNDS and OPERATIONS in the environment say how much of it; a build with sanitizers does less.
import { execFileSync } from 'node:child_process';
import { Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { submission } from '../model/bodies.mjs';
import { Chance } from '../model/choices.mjs';

const binary = process.argv[2];
const tally = new Tally();
const ROUNDS = Number(process.env.ROUNDS ?? 200);
const OPERATIONS = Number(process.env.OPERATIONS ?? 10000);
const SEED = Number(process.env.SEED ?? 1);
const RACERS = 32;
const REQUESTS = 50;
const NECESSITY = 'trillium.um.determine-necessity';
const DATES = 'trillium.rts.service-dates';
const plain = { service: 'PDTS', lacks: [], days: null, business: 'medicaid', urgency: 'standard', free: null };
const body = (lacks = []) => submission({ ...plain, lacks }, Date.now()).body;

const records = database(binary, 'races');
/** A token of its own for each of COUNT people of a role; returns their names. */
function people(role, count, ...more) {
	return Array.from({ length: count }, (_, i) => {
		const name = `${role} ${i}`;
		records.tokens[name] = records.create('--role', role, ...(role === 'provider' ? ['--organization', 'clinic-a'] : ['--payer', 'trillium']), ...more);
		return name;
	});
}
const racers = [...people('reviewer', RACERS / 2, '--credential', 'qmhp_bhcc'), ...people('physician', RACERS / 2, '--credential', 'psychiatrist')];
const clients = [...people('provider', 8), ...people('intake', 6), ...racers.slice(0, 5), ...racers.slice(RACERS / 2, RACERS / 2 + 5)];
const daemon = await serve(binary, records, [], { sockets: 64 });
// When it dies its last words tell why.
process.on('uncaughtException', (error) => setTimeout(() => { console.log(error, daemon.err.slice(-4000)); process.exit(1); }, 500));
const get = (path, as) => daemon.call('GET', path, { as });

/** The whole timeline of a request. */
async function timeline(id) {
	const events = [];
	for (let next = `/v1/requests/${id}/timeline?limit=200`; next;) {
		const page = await get(next, 'auditor');
		events.push(...page.json.events);
		next = page.json.next;
	}
	return events;
}

/* ---- 32 determine one request ---- */

const denial = (text) => ({
	outcome: 'denied', basis: 'criterion_not_met', criteria: [NECESSITY], rationale: text, alternative: 'Outpatient therapy.', documents_reviewed: ['d1'], late_cause: 'workload',
});
const heard = {};
const winners = new Set();
for (let round = 0; round < ROUNDS; round++) {
	const sent = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: body() });
	const path = `/v1/requests/${sent.json?.id}`;
	const found = await daemon.call('PUT', `${path}/findings/${NECESSITY}`, { as: 'reviewer 0', etag: sent.headers.etag, body: { answer: 'not_met', note: 'See the assessment.' } });
	const determine = (as, etag) => daemon.call('POST', `${path}/determination`, { as, etag, body: denial(`By ${as}.`) });
	const answers = await Promise.all(racers.map(async (as) => {
		const answer = await determine(as, found.headers.etag);
		// In every other round those who were late read what has changed, and try all the same.
		return { as, answer: answer.status === 412 && round % 2 === 1 ? await determine(as, (await get(path, as)).headers.etag) : answer };
	}));
	for (const { answer } of answers) heard[answer.status] = (heard[answer.status] ?? 0) + 1;
	const won = answers.filter(({ answer }) => answer.status < 300);
	const lost = answers.filter(({ answer }) => [409, 412].includes(answer.status));
	tally.check(round % 2 === 0 || lost.every(({ answer }) => answer.status === 409), `round ${round}: whoever has read the decision hears that there is one`);
	if (!tally.equal([won.length, lost.length], [1, RACERS - 1], `round ${round}: ${answers.map(({ answer }) => answer.status)}`)) break;
	const now = await get(path, 'auditor');
	winners.add(won[0].as);
	tally.equal([now.text === won[0].answer.text, now.json.decision.rationale, now.json.superseded, now.json.version], [true, `By ${won[0].as}.`, [], 3], `round ${round}: what was acknowledged stands`);
	tally.equal((await timeline(sent.json.id)).map((e) => e.action), ['received', 'finding_recorded', 'determined'], `round ${round}: one event`);
}
console.log(`${ROUNDS} rounds of ${RACERS}: ${JSON.stringify(heard)}; ${winners.size} different winners`);
tally.check(ROUNDS < 100 || winners.size > 5, `not always the same one wins: ${[...winners]}`);

/* ---- 24 clients read and change 50 requests ---- */

const chance = new Chance(SEED);
const ids = [];
for (let i = 0; i < REQUESTS; i++) ids.push((await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: body([DATES]) })).json.id);
const written = new Map(ids.map((id) => [id, new Map([[1, { action: 'received' }]])])); // version: the acknowledged change
const acknowledged = new Map(ids.map((id) => [id, 1])); // the newest version that anybody was told of
const counts = { reads: 0, taken: 0, refused: {} };

/** Changes that can be made again and again: {role prefix: [resource, action, body with a mark]}. */
const changes = {
	provider: [['information', 'information_supplied', (mark) => ({ submitted_by: { name: mark } })]],
	intake: [
		['outreach-attempts', 'outreach_attempted', (mark) => ({ channel: 'phone', items: [DATES], outcome: 'no_answer', note: mark })],
		['plan-facts', 'plan_facts_recorded', (mark) => ({ source: mark, line_of_business: 'medicaid' })],
	],
	reviewer: [
		[`findings/${NECESSITY}`, 'finding_recorded', (mark) => ({ answer: 'met', note: mark }), 'PUT'],
		['outreach-attempts', 'outreach_attempted', (mark) => ({ channel: 'email', items: [DATES], outcome: 'no_answer', note: mark })],
	],
	physician: [['information-requests', 'information_requested', (mark) => ({ questions: [{ criterion: NECESSITY, text: mark }] })]],
};
let operation = 0;

async function read(as, id, known) {
	const before = acknowledged.get(id);
	const { json } = await get(`/v1/requests/${id}`, as);
	counts.reads++;
	tally.check(json?.version >= before, `${as} reads version ${json?.version} of ${id}, after ${before} was acknowledged`);
	tally.check(json?.version >= (known.get(id) ?? 0), `${as} reads version ${json?.version} of ${id}, after ${known.get(id)}`);
	known.set(id, json.version);
}

async function change(as, id, known) {
	const [resource, action, make, method] = chance.of(changes[as.split(' ')[0]]);
	const mark = `m${operation}`;
	// Now and then what nobody may do, what is not there, what is not allowed now: none of it leaves a trace.
	const unlawful = chance.odds(0.1) ? chance.of([['closure', { note: mark }], ['appeals', { kind: 'expedited', from: 'member', reason: mark }], [resource, { nothing: mark }]]) : null;
	const call = { as, etag: `"v${known.get(id) ?? 1}"`, key: mark, body: unlawful ? unlawful[1] : make(mark) };
	const path = `/v1/requests/${id}/${unlawful ? unlawful[0] : resource}`;
	const verb = unlawful ? 'POST' : method ?? 'POST';
	if (verb === 'PUT') call.headers = { 'Idempotency-Key': mark };
	const twice = chance.odds(0.1);
	const answers = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => daemon.call(verb, path, call)));
	const taken = answers.filter((a) => a.status < 300);
	for (const a of answers) if (a.status >= 300) counts.refused[a.status] = (counts.refused[a.status] ?? 0) + 1;
	if (twice) {
		const replayed = answers.filter((a) => a.headers['idempotency-replayed'] === 'true').length;
		tally.check(taken.length === 0 || (taken.length === 2 && replayed === 1 && answers[0].text === answers[1].text), `${path} sent twice at once: ${answers.map((a) => a.status)}, ${replayed} replayed`);
	}
	if (taken.length === 0) return;
	if (unlawful) tally.check(false, `${as} ${path}: ${JSON.stringify(call.body)} was taken`);
	const { version } = taken[0].json;
	tally.check(!written.get(id).has(version), `version ${version} of ${id} was acknowledged once`);
	written.get(id).set(version, { action, as, mark });
	acknowledged.set(id, Math.max(acknowledged.get(id), version));
	tally.check(version > (known.get(id) ?? 0), `${as} made version ${version} of ${id} out of ${known.get(id)}`);
	known.set(id, version);
	counts.taken++;
}

async function client(as) {
	const known = new Map();
	while (operation < OPERATIONS) {
		operation++;
		const id = chance.of(ids);
		const reads = chance.odds(0.45);
		if (reads || chance.odds(0.7)) await read(as, id, known); // most look before they change something
		if (!reads) await change(as, id, known);
	}
}
const began = Date.now();
await Promise.all(clients.map(client));
console.log(`${OPERATIONS} operations of ${clients.length} clients in ${Date.now() - began} ms: ${JSON.stringify(counts)}`);
tally.check(counts.taken > OPERATIONS / 10 && counts.reads > OPERATIONS / 4 && counts.refused[412] > 0, 'reads, changes and stale changes');

const actors = new Map(); // of a token, as the timelines say it
for (const id of ids) {
	const events = await timeline(id);
	const wanted = written.get(id);
	const last = (await get(`/v1/requests/${id}`, 'auditor')).json;
	tally.equal(events.map((e) => e.state.version), events.map((_, i) => i + 1), `${id}: no gap`);
	tally.equal([events.length, last.version], [wanted.size, wanted.size], `${id}: what was acknowledged, and nothing else`);
	tally.equal(events.map((e) => e.action), events.map((e) => wanted.get(e.state.version)?.action), `${id}: each change is what was sent`);
	for (const e of events.slice(1)) {
		const { as } = wanted.get(e.state.version) ?? {};
		if (!actors.has(as)) actors.set(as, e.actor);
		tally.check(actors.get(as) === e.actor && e.actor_role === as?.split(' ')[0], `${id}: version ${e.state.version} is by ${as}, not ${e.actor}`);
	}
	const marks = (actions) => [...wanted].sort(([a], [b]) => a - b).filter(([, w]) => actions.includes(w.action)).map(([, w]) => w.mark);
	tally.equal((last.outreach.attempts ?? []).map((a) => a.note), marks(['outreach_attempted']), `${id}: every attempt once, in order`);
	tally.equal(last.questions.map((q) => q.text), marks(['information_requested']), `${id}: every question once, in order`);
}
tally.equal(new Set(actors.values()).size, actors.size, 'each token is somebody of its own');
tally.equal((await daemon.stop()).code, 0, `the daemon ended: ${daemon.err.slice(0, 500)}`);

const rows = execFileSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("SELECT count(*), count(DISTINCT request_id) FROM decision").fetchone(), db.execute("SELECT count(*) FROM event WHERE action = 'determined'").fetchone()[0])
`, records.db]).toString().trim();
tally.equal(rows, `(${ROUNDS}, ${ROUNDS}) ${ROUNDS}`, 'one decision and one event for each round, in the file');
const verified = (() => { try { return verifyAudit(binary, records.db); } catch (error) { return `NOT ${error.stderr ?? error}`; } })();
tally.check(!/NOT|bad/.test(verified) && /intact/.test(verified), `the record is whole: ${verified}`);
tally.end();
