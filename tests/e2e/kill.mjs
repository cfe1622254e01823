// SPDX-License-Identifier: Apache-2.0
// kill -9 while clients take requests, running care and attestations through their whole lives by every changing call, and time brings things about amid them:
//   kill.mjs DAEMON CLOCK_LIBRARY [FAULTY_DAEMON]
// This process keeps the ledger. After each kill the chain is intact, and after the restart on the same file everything acknowledged is there,
// once, with its answer byte for byte by its key; what was in flight happened once or not at all, and the same key settles it.
// With FAULTY_DAEMON that one is killed instead, and the rig fails unless it finds that something acknowledged is lost.
import { execFileSync } from 'node:child_process';
import { Tally } from '../lib/daemon.mjs';
import { each, kinds, Life, routes, staff } from '../lib/lives.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [binary, library, faulty] = process.argv.slice(2);
const ROUNDS = Number(process.env.KILLS ?? 50);
const CLIENTS = 12;
const tally = new Tally();
const records = staff(database(binary, 'kill'));
const shift = new Shift(library, records.directory, '2026-03-02T10:15:00-08:00');
const run = () => serve(faulty ?? binary, records, [], { env: shift.env, sockets: 64 });
const lives = [];
const slots = []; // what each client is about
let touched = new Set(); // lives that went on in the last round
const inFlight = new Map(routes.map((route) => [route, { unanswered: 0, recorded: 0 }]));

/** A life that another round left, else a new one. */
function take(slot) {
	if (!slots[slot] || slots[slot].over) {
		slots[slot] = new Life(`life-${lives.length}`, kinds[lives.length % kinds.length], () => shift.now());
		lives.push(slots[slot]);
	}
	touched.add(slots[slot]);
	return slots[slot];
}

async function client(daemon, slot, gone) {
	while (!gone.value) {
		const life = take(slot);
		try {
			const answer = await life.advance(daemon);
			tally.check(faulty || answer.status < 300 || answer.status === 503, `an answer under load is 2xx or 503 (${life.name} ${answer.status} ${answer.text.slice(0, 400)})`);
		} catch (error) {
			tally.check(faulty || gone.value, `the daemon was killed: ${error.message}`);
			return;
		}
	}
}

/** What WORK finds wrong. */
const clean = (list, work) => each(list, async (life) => tally.equal(await work(life), [], life.name));

/** What was in flight: once or not at all, and the same key settles it. */
async function settle(daemon, life) {
	const { pending } = life;
	if (pending === null) return;
	const count = inFlight.get(pending.route);
	const answer = await life.advance(daemon);
	tally.check(answer.status < 300, `${life.name}: the same key after the kill (${answer.status} ${answer.text.slice(0, 300)})`);
	count.unanswered++;
	if (life.happened || answer.headers['idempotency-replayed'] === 'true') {
		count.recorded++;
		if (pending.keyless) return; // its version says that it was not done again
		tally.equal([answer.headers['idempotency-replayed'], life.happened || pending.etag === undefined], ['true', true], `${life.name}: what was recorded is not done again`);
	}
}

async function compare(daemon, list) {
	await clean(list, (life) => life.faults(daemon));
	await each(list, (life) => settle(daemon, life));
	await clean(list, (life) => life.faults(daemon));
	await clean(list, (life) => life.replays(daemon));
}

/** Clients until the kill, and the file after it. */
async function strike(daemon, round) {
	const gone = { value: false };
	touched = new Set();
	const load = Array.from({ length: CLIENTS }, (_, slot) => client(daemon, slot, gone));
	await new Promise((done) => setTimeout(done, 40 + Math.random() * 260));
	gone.value = true;
	await daemon.kill();
	await Promise.all(load);
	daemon.agent.destroy();
	tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), `round ${round}: the chain verifies`);
	shift.hours(Math.random() * 24); // while it is down
}

/** Kills a daemon with a fault until something that it acknowledged is lost. */
async function control() {
	const lost = [];
	for (let round = 0; round < ROUNDS && lost.length === 0; round++) {
		const daemon = await run();
		await each([...touched], async (life) => lost.push(...await life.faults(daemon)));
		slots.length = 0;
		await strike(daemon, round);
	}
	console.log(`what a daemon lost that acknowledges too early: ${lost.length} found, such as ${lost[0]}`);
	tally.check(lost.length > 0, 'it is noticed');
	tally.end();
}

/** Everything that is listed under BASE stands in the ledger. */
async function listed(daemon, base, query, member) {
	const wanted = lives.filter((life) => life.base === base && life.ledger.length > 0).map((life) => life.id).sort();
	const found = [];
	for (let next = `${base}?${query}limit=200`; next;) {
		const page = await daemon.call('GET', next, { as: 'clinic-a' });
		found.push(...page.json[member].map((row) => row.id));
		next = page.json.next;
	}
	tally.equal(found.sort(), wanted, `${base}: what the ledger has, and nothing that nobody asked for`);
}

/** The lists of the file; how many events it has. */
async function count(daemon) {
	await listed(daemon, '/v1/requests', 'status=any&', 'requests');
	await listed(daemon, '/v1/service-records', '', 'service_records');
	const { text } = await daemon.call('GET', '/metrics', { as: 'admin' });
	return Number(/^authreview_events_last (\d+)$/m.exec(text)[1]);
}

const table = execFileSync(binary, ['routes']).toString().trim().split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
const changing = table.filter((route) => !route.startsWith('GET ') && !/search|checks|sandbox/.test(route));
tally.equal([...routes].sort(), changing.sort(), 'every changing call stands in some life');

if (faulty) await control();
for (let round = 0; round < ROUNDS; round++) {
	const daemon = await run();
	const old = lives.filter((_, i) => i % ROUNDS === round);
	await compare(daemon, [...new Set([...touched, ...old])]);
	await strike(daemon, round);
}
const daemon = await run();
await compare(daemon, lives);
await each(lives.filter((life) => !life.over), (life) => life.live(daemon));
await compare(daemon, lives);
const events = await count(daemon);
await daemon.stop();
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
const acknowledged = lives.reduce((sum, life) => sum + life.ledger.length, 0);
const met = [...inFlight].filter(([, route]) => route.unanswered > 0);
console.log(`${ROUNDS} kills, ${lives.length} lives, ${acknowledged} changes acknowledged, ${events - acknowledged} that time brought`);
console.log(`recorded of those without an answer: ${met.map(([route, { recorded, unanswered }]) => `${route} ${recorded}/${unanswered}`).join(', ')}`);
tally.check(ROUNDS < 50 || met.length >= routes.length - 1, `kills met the changing calls: ${met.length} of ${routes.length}`);
tally.end();
