// SPDX-License-Identifier: Apache-2.0
// kill -9 while clients take requests through their whole lives by every changing call, and time brings things about amid them:
//   kill.mjs DAEMON CLOCK_LIBRARY [FAULTY_DAEMON]
// This process keeps the ledger. After each kill the chain is intact, and after the restart on the same file everything acknowledged is there,
// once, with its answer byte for byte by its key; what was in flight happened once or not at all, and the same key settles it.
// With FAULTY_DAEMON that one is killed instead, and the rig fails unless it finds that something acknowledged is lost.
import { execFileSync } from 'node:child_process';
import { Tally } from '../lib/daemon.mjs';
import { Life, kinds, routes, staff } from '../lib/lives.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [binary, library, faulty] = process.argv.slice(2);
const ROUNDS = Number(process.env.KILLS ?? 50);
const CLIENTS = 12;
const CHUNK = 16; // calls at the same time while the ledger is compared
const tally = new Tally();
const records = staff(database(binary, 'kill'));
const shift = new Shift(library, records.directory, '2026-03-02T10:15:00-08:00');
const run = () => serve(faulty ?? binary, records, [], { env: shift.env, sockets: 64 });
const lives = [];
let active = []; // lives of the last round, with what else is asked for again
const inFlight = new Map(routes.map((route) => [route, { unanswered: 0, recorded: 0 }]));
let raised = 0;

/** Takes up a life that another round left, else a new one. */
async function client(daemon, n, gone) {
	while (!gone.value) {
		if (!active[n] || active[n].over) {
			active[n] = new Life(`life-${lives.length}`, kinds[lives.length % kinds.length], () => shift.now());
			lives.push(active[n]);
		}
		try {
			const answer = await active[n].advance(daemon);
			tally.check(faulty || answer.status < 300 || answer.status === 503, `an answer under load is 2xx or 503 (${active[n].name} ${answer.status} ${answer.text.slice(0, 400)})`);
		} catch (error) {
			tally.check(faulty || gone.value, `the daemon was killed: ${error.message}`);
			return;
		}
	}
}

/** Every one of LIST through WORK, some at the same time. */
async function each(list, work) {
	for (let i = 0; i < list.length; i += CHUNK) await Promise.all(list.slice(i, i + CHUNK).map(work));
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
		tally.equal([answer.headers['idempotency-replayed'], life.happened || pending.etag === undefined], ['true', true], `${life.name}: what was recorded is not done again`);
	}
}

async function compare(daemon, list) {
	await clean(list, (life) => life.faults(daemon));
	await each(list, (life) => settle(daemon, life));
	await clean(list, (life) => life.faults(daemon));
	await clean(list, (life) => life.replays(daemon));
}

/** What a daemon with a fault has lost. */
async function missing(daemon) {
	const found = await Promise.all(active.map((life) => life.faults(daemon)));
	return found.flat();
}

/** One kill; false when a daemon with a fault was found out. */
async function round(n) {
	const daemon = await run();
	const old = lives.filter((_, i) => i % ROUNDS === n);
	if (!faulty) {
		await compare(daemon, [...new Set([...active, ...old])]);
	} else if (n > 0) {
		const found = await missing(daemon);
		if (tally.check(found.length > 0 || n < ROUNDS - 1, 'a daemon that acknowledges too early is noticed') && found.length > 0) {
			await daemon.kill();
			console.log(`noticed after ${n} kills: ${found[0]}`);
			tally.end();
		}
		active = [];
	}
	const gone = { value: false };
	const load = Array.from({ length: CLIENTS }, (_, i) => client(daemon, i, gone));
	await new Promise((done) => setTimeout(done, 40 + Math.random() * 260));
	gone.value = true;
	await daemon.kill();
	await Promise.all(load);
	daemon.agent.destroy();
	tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), `round ${n}: the chain verifies`);
	shift.hours(Math.random() * 24); // while it is down
}

/** Every request of the file stands in the ledger. */
async function count(daemon) {
	const names = new Set(lives.map((life) => life.name));
	let found = 0;
	for (let next = '/v1/requests?status=any&limit=200'; next;) {
		const page = await daemon.call('GET', next, { as: 'clinic-a' });
		for (const row of page.json.requests) tally.check(names.has(row.submitter_reference), `${row.submitter_reference}: nothing was recorded that nobody asked for`);
		found += page.json.requests.length;
		next = page.json.next;
	}
	tally.equal(found, lives.filter((life) => life.id !== null).length, 'as many requests as the ledger has');
	raised = Number(/^authreview_events_last (\d+)$/m.exec((await daemon.call('GET', '/metrics', { as: 'admin' })).text)[1]);
	raised -= lives.reduce((sum, life) => sum + life.ledger.length, 0);
}

const table = execFileSync(binary, ['routes']).toString().trim().split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
const changing = table.filter((route) => !route.startsWith('GET ') && !/search|checks|sandbox/.test(route));
tally.equal([...routes].sort(), changing.sort(), 'every changing call stands in some life');

for (let n = 0; n < ROUNDS; n++) await round(n);
if (faulty) tally.end();
const daemon = await run();
await compare(daemon, lives);
await each(lives.filter((life) => !life.over), (life) => life.live(daemon));
await compare(daemon, lives);
await count(daemon);
await daemon.stop();
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
const unanswered = [...inFlight.values()].reduce((sum, route) => sum + route.unanswered, 0);
const recorded = [...inFlight.values()].reduce((sum, route) => sum + route.recorded, 0);
console.log(`${ROUNDS} kills, ${lives.length} lives, ${lives.reduce((sum, life) => sum + life.ledger.length, 0)} changes acknowledged, ${raised} that time brought`);
console.log(`${unanswered} calls unanswered, ${recorded} of them recorded: ${[...inFlight].map(([route, c]) => `${route} ${c.recorded}/${c.unanswered}`).join(', ')}`);
tally.check(ROUNDS < 30 || [...inFlight.values()].every((route) => route.unanswered > 0), 'a kill met every changing call');
tally.end();
