// SPDX-License-Identifier: Apache-2.0
// A disk that fills under a daemon: daemon_full.mjs tmpfs|limit DAEMON CLOCK_LIBRARY [FAULTY_DAEMON]
// Requests stand before every changing call, and time has brought more about than there is space for. What is acknowledged is recorded, what is
// refused is not, reading goes on, and once there is space everything goes on by itself, without a restart. "tmpfs" is a real full file system (in
// a mount namespace of its own; exit code 77 where that is not allowed), "limit" a limit on the size of files.
// With FAULTY_DAEMON that one is served instead, and the rig fails unless it finds that something acknowledged is not there.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratch, Tally } from '../lib/daemon.mjs';
import { each, kinds, lengthOf, Life, staff } from '../lib/lives.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [kind, binary, library, faulty] = process.argv.slice(2);
const SKIPPED = 77;
const CROWD = 120; // requests of which only time brings something about
const DAYS = 9; // less than it is until the days that are asked for
const KIB = 1024;
const tally = new Tally();

/* ---- the disk ---- */

/** Runs this again in a mount namespace of its own, on a small file system there. */
function inside() {
	const place = scratch('full');
	const own = process.getuid() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
	const script = 'mount -t tmpfs -o size=40m,mode=0700 tmpfs "$AR_PLACE" || exit 77; exec "$@"';
	const ended = spawnSync('unshare', [...own, 'sh', '-c', script, 'sh', process.execPath, ...process.argv.slice(1)],
		{ stdio: 'inherit', env: { ...process.env, AR_PLACE: place, TMPDIR: place } });
	if (ended.status === SKIPPED || ended.status === null || ended.error) console.log(`skipped: a file system cannot be mounted here (${ended.error ?? 'unshare and mount were refused'})`);
	process.exit(ended.status ?? SKIPPED);
}
if (kind === 'tmpfs' && !process.env.AR_PLACE) inside();

/** Leaves so many bytes of free space, as a file that somebody else wrote would. */
class Ballast {
	constructor(place) { this.path = join(place, 'ballast'); }
	fill(leave) {
		const file = openSync(this.path, 'a', 0o600);
		const free = () => statfsSync(dirname(this.path)).bavail * statfsSync(dirname(this.path)).bsize;
		const zeros = Buffer.alloc(256 * KIB);
		for (let left = free() - leave; left > 0; left = free() - leave) writeSync(file, zeros, 0, Math.min(left, zeros.length));
		closeSync(file);
	}
	remove() { rmSync(this.path); }
}

/** The same by a limit on the size of files: LEAVE is what the larger of the two may still grow by. The daemon inherits it from here. */
class Limit {
	constructor(records) { this.records = records; }
	set(bytes) {
		const pids = this.daemon && !this.daemon.exited ? [process.pid, this.daemon.pid] : [process.pid];
		for (const pid of pids) execFileSync('prlimit', ['--pid', pid, `--fsize=${bytes}:`]);
	}
	fill(leave) {
		const size = (end) => statSync(this.records.db + end, { throwIfNoEntry: false })?.size ?? 0;
		this.set(Math.max(size(''), size('-wal')) + leave);
	}
	remove() { this.set('unlimited'); }
}

/* ---- the load ---- */

const records = staff(database(binary, 'full'));
mkdirSync(join(records.directory, 'others'));
const disk = kind === 'tmpfs' ? new Ballast(join(records.directory, 'others')) : new Limit(records);
const shift = new Shift(library, records.directory, '2026-03-02T10:15:00-08:00');
const lives = [];
let refused = 0;
let recorded = 0;

async function run(program = binary) {
	const daemon = await serve(program, records, [], { env: shift.env, sockets: 32 });
	disk.daemon = daemon;
	return daemon;
}

const clean = (list, work) => each(list, async (life) => tally.equal(await work(life), [], life.name));

/** A life of each kind before each of its steps, and the crowd. */
async function prepare() {
	const daemon = await run();
	for (const name of kinds) {
		for (let step = 0; step < lengthOf(name); step++) lives.push(Object.assign(new Life(`life-${lives.length}`, name, () => shift.now()), { stop: step }));
	}
	for (let i = 0; i < CROWD; i++) lives.push(Object.assign(new Life(`life-${lives.length}`, i % 2 ? 'whole' : 'approved', () => shift.now()), { stop: 1, crowd: i % 2 + 1 }));
	await each(lives, (life) => life.live(daemon, life.stop));
	await daemon.stop();
	shift.hours(DAYS * 24);
}

/** Every life takes its next step, until none can. */
async function fillUp(daemon) {
	for (let before = -1, pass = 0; recorded !== before && pass < 60; pass++) {
		before = recorded;
		await each(lives.filter((life) => !life.over && !life.crowd), async (life) => {
			const answer = await life.advance(daemon);
			if (answer.status === 503) {
				refused++;
				tally.equal([answer.json?.type, answer.headers['retry-after'] !== undefined], ['/problems/storage-full', true], `${life.name} is refused for want of space`);
			} else {
				recorded++;
				tally.check(answer.status < 300, `${life.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
			}
		});
	}
}

/** Reading goes on, and what was refused is not there. */
async function reads(daemon, what) {
	await each(lives, async (life) => {
		tally.equal(await life.faults(daemon), [], `${what}: ${life.name}`);
		tally.check(!life.happened, `${what}: ${life.name}: what was refused for want of space is not there`);
	});
	await clean(lives, (life) => life.replays(daemon));
	const known = lives.find((life) => life.id).id;
	for (const path of ['/v1/requests?status=any', '/v1/decisions', '/v1/events', `/v1/requests/${known}/submission`, '/readyz', '/metrics']) {
		tally.equal((await daemon.call('GET', path, { as: 'auditor' })).status, 200, `${what}: ${path}`);
	}
	tally.check(!daemon.exited && !daemon.err.includes('storage_failed'), `${what}: the daemon runs: ${daemon.err.slice(-300)}`);
}

const raised = async (daemon) => Number(/^authreview_raised_total (\d+)$/m.exec((await daemon.call('GET', '/metrics', { as: 'auditor' })).text)?.[1]);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** What time has brought about of everybody in the crowd: of the same requests the same. */
async function crowd(daemon) {
	const lists = [new Set(), new Set()];
	await each(lives.filter((life) => life.crowd), async (life) => {
		const answer = await daemon.call('GET', `/v1/requests/${life.id}`, { as: 'auditor' });
		lists[life.crowd - 1].add(JSON.stringify(answer.json.raised.map((r) => r.what)));
	});
	return lists.map((list) => [...list]);
}

/** Waits until nothing more is raised. */
async function quiet(daemon) {
	for (let before = -1, now = 0; now !== before; now = await raised(daemon)) {
		before = now;
		await wait(1500);
	}
	return raised(daemon);
}

/* ---- full, and space again ---- */

async function fillAndHeal(daemon, leave) {
	disk.fill(leave);
	const before = { refused, recorded };
	await fillUp(daemon);
	tally.check(refused > before.refused, `with ${leave} bytes the disk is full`);
	await reads(daemon, `full with ${leave} bytes`);
	disk.remove();
	const began = Date.now();
	const first = lives.find((life) => !life.over && !life.crowd && life.pending);
	const answer = await first.advance(daemon);
	tally.check(answer.status < 300 && Date.now() - began < 5000, `${first.name}: writing goes on after ${Date.now() - began} ms: ${answer.status}`);
	await clean(lives, (life) => life.faults(daemon));
	console.log(`${kind}, ${leave} bytes left: ${recorded - before.recorded} recorded, ${refused - before.refused} refused`);
}

/** A daemon that calls a change recorded which the disk refused. */
async function control() {
	const daemon = await run(faulty);
	await quiet(daemon); // what is lost is to be what a client was told
	disk.fill(0);
	const found = [];
	for (const life of lives.filter((one) => !one.crowd)) {
		try {
			await life.advance(daemon);
			found.push(...await life.faults(daemon));
		} catch (error) {
			found.push(`${life.name}: ${error.message}`);
		}
	}
	await daemon.kill();
	disk.remove();
	const again = await run();
	for (const life of lives) found.push(...await life.faults(again));
	await again.kill();
	const lost = found.filter((what) => /gone|recorded/.test(what));
	console.log(`a daemon that does not listen to the disk: ${lost.length} found, such as ${lost[0]}`);
	tally.check(lost.length > 0, 'it is noticed');
}

/** On a full disk a daemon starts and reads, or ends with its line; nothing is lost by it. */
async function startFull() {
	disk.fill(0);
	try {
		const daemon = await run();
		await reads(daemon, 'started on a full disk');
		await daemon.kill();
	} catch (error) {
		tally.check(error.code === 75 && /\bauthreviewd: \S/.test(error.message), `a start on a full disk: ${error.code} ${error.message}`);
		console.log(`${kind}: a start on a full disk ends with ${error.message.split('\n').at(-2)}`);
	}
	disk.remove();
}

await prepare();
if (faulty) {
	await control();
	tally.end();
}
disk.fill(3072 * KIB); // before the start: time brings more about than that
const daemon = await run();
await wait(2500);
const some = await raised(daemon);
tally.check(some > 0, `full amid raising: ${some}`);
await reads(daemon, 'full amid raising');
disk.remove();
const all = await quiet(daemon);
const same = await crowd(daemon);
tally.check(all > some && same.every((list) => list.length === 1 && list[0] !== '[]'), `what was held back is raised: ${all}, ${JSON.stringify(same)}`);
await clean(lives, (life) => life.faults(daemon));
console.log(`${kind}: ${some} raised before the disk was full, ${all} in the end`);

for (const leave of [64, 1024, 0]) await fillAndHeal(daemon, leave * KIB);
await each(lives.filter((life) => !life.crowd), (life) => life.live(daemon));
tally.equal((await daemon.stop()).code, 0, 'the daemon ends well');
await startFull();
const again = await run();
await clean(lives, (life) => life.faults(again));
await clean(lives, (life) => life.replays(again));
await again.stop();
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
tally.end();
