// SPDX-License-Identifier: Apache-2.0
// Every write and every sync of one request's life fails in turn, from the start of the daemon to its end:
//   daemon_io.mjs DISK_LIBRARY CLOCK_LIBRARY DAEMON [FAULTY_DAEMON]
// Each answer is good and recorded, or an error; the daemon ends with 75 and its line, or goes on. After a restart nothing acknowledged is lost,
// the chain verifies, and the same keys take the life to the same end as an undisturbed one. A disk that is full from the n-th write on is let go
// of again without a restart. Every n fails once, and every sync from the n-th on; of the writes that go on failing and of the disks that are full
// from the n-th write on so many are taken, spread, from an offset that SEED gives, and all with EVERY=1 (a quarter of an hour). TALK=1 says what
// became of each.
// With FAULTY_DAEMON that one is served instead, and the rig fails unless it finds something lost.
import { cpSync, closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';
import { Life, staff } from '../lib/lives.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [diskLibrary, clockLibrary, binary, faulty] = process.argv.slice(2);
const EIO = 5;
const ENOSPC = 28;
const EVER = Number.MAX_SAFE_INTEGER;
const TIMED = 3; // requests of which time brings something about at the start
const SAMPLE = { 'sync once': Infinity, 'sync on': Infinity, 'write once': Infinity, 'write on': 24, 'full on': 32 };
const CONTROL = 60; // positions of a daemon that does not listen
const seed = Number(process.env.SEED ?? Date.now() % 1000);
const tally = new Tally();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/* ---- the disk: orders to the preloaded library ---- */

class Disk {
	constructor(directory) {
		this.path = join(directory, 'disk');
		this.file = openSync(this.path, 'w+');
		process.on('exit', () => closeSync(this.file));
	}
	/** KIND "sync" or "write": calls from FIRST to LAST fail with ERROR. Begins to count anew. */
	order(kind = 'sync', first = 0, last = 0, error = EIO) {
		const none = [0, 0, 0, 0, 0];
		const one = [0, first, last, error, 0];
		const numbers = new BigInt64Array((kind === 'write' ? [...one, ...none] : [...none, ...one]).map(BigInt));
		writeSync(this.file, Buffer.from(numbers.buffer), 0, numbers.byteLength, 0);
	}
	/** From now on nothing fails. */
	lift() {
		for (const place of [1, 6]) writeSync(this.file, Buffer.alloc(8), 0, 8, place * 8);
	}
	read() {
		const bytes = Buffer.alloc(80);
		readSync(this.file, bytes, 0, 80, 0);
		const [writes, , , , failedWrites, syncs, , , , failedSyncs] = new BigInt64Array(bytes.buffer, bytes.byteOffset, 10);
		return { writes: Number(writes), syncs: Number(syncs), failed: Number(failedWrites + failedSyncs) };
	}
}

/* ---- what every run begins with: requests of which something is due ---- */

const template = staff(database(binary, 'io'));
const shift = new Shift(clockLibrary, template.directory, '2026-03-02T10:15:00-08:00');
const disk = new Disk(template.directory);
const place = join(template.directory, 'run');
const records = { ...template, db: join(place, 'authreview.db') };
const run = (program = binary) => serve(program, records, [], { env: shift.env });
const runOn = (program) => serve(program, records, [], { env: { ...shift.env, LD_PRELOAD: `${diskLibrary} ${shift.env.LD_PRELOAD}`, AR_DISK: disk.path, AR_PLACE: place } });
const timed = Array.from({ length: TIMED }, (_, i) => new Life(`timed-${i}`, i % 2 ? 'whole' : 'approved', () => shift.now()));
{
	const daemon = await serve(binary, template, [], { env: shift.env });
	for (const life of timed) await life.advance(daemon);
	await daemon.stop();
	shift.hours(9 * 24);
}

/** What time has brought about so far. */
async function raised(daemon) {
	const answers = await Promise.all(timed.map((life) => daemon.call('GET', `/v1/requests/${life.id}`, { as: 'auditor' })));
	return answers.reduce((sum, answer) => sum + answer.json.raised.length, 0);
}

/** Gives time its turn; a daemon may end over it. */
async function untilRaised(daemon, count) {
	try {
		for (let i = 0; i < 40 && await raised(daemon) < count; i++) await wait(25);
	} catch { /* it has ended */ }
}

/** What is alike in every life that came to its end: no ids, no instants, no time of day in a sentence. */
async function ending(daemon, life) {
	const get = async (path) => (await daemon.call('GET', path, { as: 'auditor' })).json;
	const plain = (key, value) => {
		if (['tracking_number', 'number', 'authorization_number', 'request_id', 'seconds_left', 'minutes_left'].includes(key)) return typeof value;
		if (typeof value !== 'string') return value;
		return value.replace(/\b(req|dec|apl)_[0-9A-Z]{26}\b/g, '$1').replace(/\bA[A-Z](-[0-9A-Z]{4}){2}-[0-9A-Z]\b/g, 'number').replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, 'instant')
			.replace(/(\d{4}-\d\d-\d\d) \d\d:\d\d\b/g, '$1');
	};
	const events = (await get(`/v1/requests/${life.id}/timeline?limit=200`)).events.map((e) => `${e.action} ${e.actor_role} ${e.state.status}`);
	const dues = await Promise.all(timed.map(async (one) => (await get(`/v1/requests/${one.id}`)).raised.map((r) => `${r.what} ${r.subject} ${r.due_at}`)));
	return JSON.stringify([await get(`/v1/requests/${life.id}`), events, dues], plain);
}

/* ---- one run ---- */

/** Until the life is over, or the daemon is, or it has refused three times. What it answered besides good news. */
async function live(daemon, life) {
	const errors = [];
	while (!life.over && errors.length < 3) {
		try {
			const answer = await life.advance(daemon);
			if (answer.status >= 300) {
				errors.push(answer);
				await wait(20);
			}
		} catch (error) {
			if (await ended(daemon)) return errors;
			errors.push({ status: 0, text: error.message });
		}
	}
	await ended(daemon);
	return errors;
}

/** Whether the daemon has ended: given a moment, when it may be about to. */
async function ended(daemon) {
	await Promise.race([daemon.exit, wait(daemon.err.includes('storage_failed') ? 2000 : 60)]);
	return daemon.exited !== null;
}

/** A disk that was full is not any more. */
async function heal(daemon, life, what) {
	tally.equal((await daemon.call('GET', `/v1/requests/${timed[0].id}`, { as: 'auditor' })).status, 200, `${what}: reading goes on`);
	disk.lift();
	try {
		await life.live(daemon);
	} catch (error) {
		tally.check(false, `${what}: writing goes on once there is space: ${error.message}`);
	}
}

/** Ends with 75 and says why. */
const orderly = (code, said) => code === 75 && /"event":"storage_failed"|authreviewd: \S/.test(said);

let unnamed = 0; // starts that were refused because the names of the files could not be brought to the disk
const outcomes = new Map(); // what became of the daemon, of every sort of fault

/** Serves with FAULT, then again without. */
async function attempt({ sort, kind, first, last, error }, wanted) {
	const what = `${sort} ${first}`;
	rmSync(place, { recursive: true, force: true });
	mkdirSync(place, { mode: 0o700 });
	cpSync(template.db, records.db);
	const life = new Life('life', 'whole', () => shift.now());
	let outcome = 'went on';
	disk.order(kind, first, last, error);
	try {
		const daemon = await runOn(faulty ?? binary);
		await untilRaised(daemon, wanted.raised);
		const errors = await live(daemon, life);
		for (const answer of errors) tally.check(faulty || answer.status === 503, `${what}: an answer is good or 503: ${answer.status} ${answer.text.slice(0, 300)}`);
		if (error === ENOSPC && !daemon.exited) await heal(daemon, life, what);
		const byItself = daemon.exited !== null;
		const { code } = await daemon.stop();
		outcome = code === 0 ? outcome : 'ended';
		tally.check(faulty || (code === 0 && !byItself) || orderly(code, daemon.err), `${what}: it ends with 0, or 75 and its line: ${code} ${daemon.err.slice(-300)}`);
	} catch (failure) {
		outcome = 'did not start';
		unnamed += /the directory of/.test(failure.message) ? 1 : 0;
		tally.check(faulty || orderly(failure.code, failure.message), `${what}: it does not start, and says why: ${failure.code} ${failure.message}`);
	}
	const { failed } = disk.read();
	if (failed === 0) outcome = 'not reached';
	if (process.env.TALK) console.log(what, outcome, failed, life.ledger.length);
	const key = `${sort}: ${outcome}`;
	outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
	return inspect(life, wanted, what);
}

/** After a restart on a good disk: what is wrong. */
async function inspect(life, wanted, what) {
	const found = [];
	let daemon;
	try {
		daemon = await run();
		found.push(...await life.faults(daemon));
		await life.live(daemon);
		await untilRaised(daemon, wanted.raised);
		found.push(...await life.faults(daemon), ...await life.replays(daemon));
		for (const one of timed) found.push(...await one.faults(daemon));
		const end = await ending(daemon, life);
		if (end !== wanted.end) found.push(`another end: ${end.slice(0, 2000)}, wanted ${wanted.end.slice(0, 2000)}`);
		await daemon.stop();
		if (!verifyAudit(binary, records.db).includes('the chain is intact')) found.push('the chain does not verify');
	} catch (error) {
		found.push(error.message);
		await daemon?.kill();
	}
	if (!faulty) tally.equal(found, [], what);
	return found;
}

/** The undisturbed life: how often it writes and syncs, and how it ends. */
async function reference() {
	mkdirSync(place, { mode: 0o700 });
	cpSync(template.db, records.db);
	disk.order();
	const daemon = await runOn(binary);
	await wait(1500);
	const wanted = { raised: await raised(daemon) };
	const life = new Life('life', 'whole', () => shift.now());
	await life.live(daemon);
	wanted.end = await ending(daemon, life);
	await daemon.stop();
	return { ...wanted, ...disk.read() };
}

/** So many numbers of 1 to COUNT, spread over them; all, when that is asked for. */
function sample(count, size, offset) {
	if (process.env.EVERY || size >= count) return Array.from({ length: count }, (_, i) => i + 1);
	const step = count / size;
	return Array.from({ length: size }, (_, i) => 1 + Math.floor(i * step + (offset % step)));
}

function plan(wanted) {
	const sorts = {
		'sync once': (n) => ['sync', n, n, EIO], 'sync on': (n) => ['sync', n, EVER, EIO],
		'write once': (n) => ['write', n, n, EIO], 'write on': (n) => ['write', n, EVER, EIO], 'full on': (n) => ['write', n, EVER, ENOSPC],
	};
	return Object.entries(sorts).flatMap(([sort, orders], i) => {
		const count = sort.startsWith('sync') ? wanted.syncs : wanted.writes;
		return sample(count, Math.min(SAMPLE[sort], faulty ? CONTROL : Infinity), seed + i).map((n) => {
			const [kind, first, last, error] = orders(n);
			return { sort, kind, first, last, error };
		});
	});
}

const began = Date.now();
const wanted = await reference();
tally.check(wanted.raised > 0 && wanted.writes > 100 && wanted.syncs > 10, `the life says something: ${JSON.stringify(wanted).slice(0, 200)}`);
console.log(`a life has ${wanted.writes} writes and ${wanted.syncs} syncs, and time brings ${wanted.raised} events; seed ${seed}`);
if (faulty) {
	for (const fault of plan(wanted).filter(({ sort }) => sort.endsWith('once'))) {
		const found = await attempt(fault, wanted);
		if (found.length === 0) continue;
		console.log(`${fault.sort} ${fault.first}: ${found[0].slice(0, 300)}`);
		tally.check(true, 'a daemon that does not listen to the disk is noticed');
		tally.end();
	}
	tally.check(false, 'a daemon that does not listen to the disk is noticed');
	tally.end();
}
for (const fault of plan(wanted)) await attempt(fault, wanted);
const runs = [...outcomes.values()].reduce((sum, n) => sum + n, 0);
console.log(`${runs} runs in ${Math.round((Date.now() - began) / 1000)} s: ${[...outcomes].map(([what, n]) => `${what} ${n}`).join(', ')}`);
tally.check(unnamed > 0, 'nothing is served while the names of the files may not be on the disk');
const missed = [...outcomes].filter(([what]) => what.endsWith('not reached')).reduce((sum, [, n]) => sum + n, 0);
tally.check(missed < runs / 10, `most faults are met: ${missed} were not`);
tally.end();
