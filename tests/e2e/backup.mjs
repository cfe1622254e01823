// SPDX-License-Identifier: Apache-2.0
// The restore drill. Backups are taken while clients submit and change; each is put into a clean directory, verified and served, and holds what
// was acknowledged before it began, byte for byte. Then everything that can go wrong on the way: nothing half ever has the target's name.
//   backup.mjs BINARY LIBRARY    the library records the order of writes, syncs and names
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const [binary, library] = process.argv.slice(2);
const DRILLS = Number(process.env.DRILLS ?? 4);
const CLIENTS = 8;
const BULK_MIB = 128; // what makes a backup last, and what its memory must not grow with
const tally = new Tally();
const records = database(binary, 'backup');
const at = (name) => join(records.directory, name);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const sanitized = /__(asan|tsan|ubsan|sanitizer)_/.test(readFileSync(binary, 'latin1'));

// Bulk that no answer shows, written while nobody has the file open.
execFileSync('python3', ['-c', `
import hashlib, os, sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    for n in range(int(sys.argv[2])):
        text = os.urandom(1 << 19).hex()
        db.execute("INSERT INTO policy_text VALUES (?, 'bulk', ?, ?)", (hashlib.sha256(text.encode()).hexdigest(), str(n), text))`, records.db, String(BULK_MIB)]);

/** Runs `backup` to its end: {code, out, err, seconds, peak: KiB of memory}. onStart(child) may interfere. */
function backup(target, { db = records.db, onStart = () => {}, command = binary, args = [], env = {} } = {}) {
	return new Promise((resolve) => {
		const began = Date.now();
		const child = spawn(command, [...args, 'backup', '--db', db, target], { env: { ...process.env, ...env } });
		const run = { out: '', err: '', peak: 0 };
		const watch = setInterval(() => {
			try { run.peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? run.peak); } catch { /* it has ended */ }
		}, 5);
		child.stdout.on('data', (data) => { run.out += data; });
		child.stderr.on('data', (data) => { run.err += data; });
		child.on('close', (code, signal) => {
			clearInterval(watch);
			resolve({ ...run, code, signal, seconds: (Date.now() - began) / 1000, out: run.out.trim(), err: run.err.trim() });
		});
		onStart(child);
	});
}

const history = new Map(); // id -> etag -> text: every answer that was acknowledged
const newest = new Map(); // id -> number of its newest acknowledged version
const body = sample('prts-assessment-too-old');
const newer = { documents: body.documents.filter((d) => d.type === 'bh_assessment') };
let loading = false;

function acknowledge(answer) {
	const { id, version } = answer.json;
	if (!history.has(id)) history.set(id, new Map());
	history.get(id).set(answer.headers.etag, answer.text);
	newest.set(id, version);
}

async function client(daemon) {
	for (let n = 0; loading; n++) {
		const made = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body });
		if (!tally.check(made.status === 201, `a submit beside a backup (${made.status})`)) return;
		acknowledge(made);
		if (n % 2 === 0) continue;
		const changed = await daemon.call('POST', `/v1/requests/${made.json.id}/information`, { as: 'clinic-a', body: newer, etag: made.headers.etag });
		if (tally.check(changed.status === 200, `a change beside a backup (${changed.status})`)) acknowledge(changed);
	}
}

/** A copy served from a clean directory holds at least FLOOR (id -> version), each version as it was answered. */
async function drill(target, floor, what) {
	const clean = at(`restored-${what.replaceAll(' ', '-')}`);
	mkdirSync(clean, { mode: 0o700 });
	const db = join(clean, 'authreview.db');
	copyFileSync(target, db);
	tally.check(verifyAudit(binary, db).includes('the chain is intact'), `${what}: the copy verifies`);
	tally.equal(readdirSync(clean), ['authreview.db'], `${what}: and stays one file`);
	const restored = await serve(binary, { ...records, db }, [], { sockets: 32 });
	let same = 0;
	const check = async ([id, version]) => {
		const found = await restored.call('GET', `/v1/requests/${id}`, { as: 'clinic-a' });
		const good = found.status === 200 && found.json.version >= version && found.text === history.get(id).get(found.headers.etag);
		if (good) same++;
		else tally.check(false, `${what}: ${id} is as acknowledged (${found.status}, ${found.headers.etag}, at least v${version})`);
	};
	const entries = [...floor];
	while (entries.length > 0) await Promise.all(entries.splice(0, 64).map(check));
	tally.equal(same, floor.size, `${what}: everything acknowledged before the backup began is there, byte for byte`);
	const more = await restored.call('POST', '/v1/requests', { as: 'clinic-a', body });
	tally.equal(more.status, 201, `${what}: what was restored goes on recording`);
	await restored.stop();
	rmSync(clean, { recursive: true });
}

let daemon = await serve(binary, records, [], { sockets: 64 });
loading = true;
let load = Array.from({ length: CLIENTS }, () => client(daemon));
await pause(500);
const taken = [];
for (let n = 0; n < DRILLS; n++) {
	const floor = new Map(newest);
	const target = at(`copy-${n}.db`);
	const run = await backup(target);
	tally.equal([run.code, run.err], [0, ''], `backup ${n} under load`);
	const [, events, bytes] = /^(\d+) events, (\d+) bytes: (.*)$/.exec(run.out) ?? [];
	tally.equal([Number(bytes), run.out.endsWith(target)], [statSync(target).size, true], `it says what was backed up: ${run.out}`);
	const versions = [...floor.values()].reduce((sum, version) => sum + version, 0);
	tally.check(Number(events) >= versions, `${events} events, at least the ${versions} acknowledged before`);
	tally.equal(statSync(target).mode & 0o777, 0o600, 'its mode');
	tally.equal(readdirSync(records.directory).filter((name) => name.startsWith(`copy-${n}.db`)), [`copy-${n}.db`], 'one file, nothing beside it');
	if (!sanitized) tally.check(run.peak > 0 && run.peak < 32 * 1024, `${run.peak} KiB of memory for ${Math.round(bytes / 1048576)} MiB in ${run.seconds} s`);
	taken.push({ target, floor });
}
console.log(`${newest.size} requests acknowledged, ${taken.map(({ floor }) => floor.size)} before each backup`);
tally.check(taken.every(({ floor }) => floor.size > 20) && (DRILLS === 1 || taken.at(-1).floor.size > taken[0].floor.size), 'the load went on beside the backups');

/** Waits until so many bytes of the copy are written. */
async function written(child, target, bytes) {
	for (let size = 0; size < bytes && child.exitCode === null; await pause(1)) {
		try { size = statSync(`${target}.partial`).size; } catch { /* not yet */ }
	}
}

// Killed in the middle: no such file, the daemon goes on, the next backup takes over what was left.
const target = at('killed.db');
let killed = 0;
for (let round = 0; round < 5; round++) {
	const run = await backup(target, { onStart: async (child) => {
		await written(child, target, (round + 1) * (BULK_MIB << 17));
		child.kill('SIGKILL');
	} });
	killed += run.signal === 'SIGKILL' ? 1 : 0;
	tally.check(run.signal !== 'SIGKILL' || !existsSync(target), 'a killed backup has no file of the target\'s name');
	if (run.signal !== 'SIGKILL') rmSync(target);
	tally.equal((await daemon.call('GET', '/readyz', {})).status, 200, 'the daemon is ready after the kill');
}
tally.check(killed >= 3, `${killed} of 5 backups were killed in the middle`);
const floor = new Map(newest);
tally.equal((await backup(target)).code, 0, 'the next backup to the same target succeeds');
tally.check(existsSync(target) && !existsSync(`${target}.partial`), 'and leaves no partial file');
taken.push({ target, floor });

// Asked to stop, refused by a limit of size, or beaten by another: said in one line, and nothing is left.
const asked = await backup(at('asked.db'), { onStart: async (child) => {
	await written(child, at('asked.db'), BULK_MIB << 17);
	child.kill('SIGTERM');
} });
tally.check(asked.code === 1 && /^authreviewd: stopped before/.test(asked.err), `asked to stop: ${asked.code} ${asked.err}`);
const limited = await backup(at('limited.db'), { command: 'bash', args: ['-c', 'ulimit -f 20000; exec "$0" "$@"', binary] });
tally.check(limited.code === 1 && /^authreviewd: copying to .*limited\.db: /.test(limited.err), `a limit of size: ${limited.code} ${limited.err}`);
const both = await Promise.all([backup(at('both.db')), backup(at('both.db'))]);
tally.equal(both.map((run) => run.code).sort(), [0, 1], `two backups to one target: ${both.map((run) => run.err)}`);
tally.equal(readdirSync(records.directory).filter((name) => /^(asked|limited|both)/.test(name)), ['both.db'], 'what is left of them');
tally.equal(verifyAudit(binary, at('both.db')).includes('intact'), true, 'the one that was first is whole');
rmSync(at('both.db'));

// Somebody takes the name meanwhile, or left something else under the partial one.
const meanwhile = await backup(at('meanwhile.db'), { onStart: async (child) => {
	await written(child, at('meanwhile.db'), BULK_MIB << 17);
	writeFileSync(at('meanwhile.db'), 'a letter');
} });
tally.check(meanwhile.code === 1 && meanwhile.err.includes('File exists'), `a name that was taken meanwhile: ${meanwhile.code} ${meanwhile.err}`);
tally.equal([readFileSync(at('meanwhile.db'), 'utf8'), existsSync(at('meanwhile.db.partial'))], ['a letter', false], 'what took it is untouched');
writeFileSync(at('garbage.db.partial'), 'no database '.repeat(1000));
tally.equal((await backup(at('garbage.db'))).code, 0, 'what lay under the partial name is replaced');
tally.check(verifyAudit(binary, at('garbage.db')).includes('intact'), 'and the copy is whole');

// Never over a file, and never beside a log that would be played into the copy.
const refusals = { file: 'exists already', link: 'exists already', log: 'log.db-wal exists', 'nowhere/x': 'directory', '': 'not the path' };
writeFileSync(at('file.db'), 'a letter');
symlinkSync(at('elsewhere'), at('link.db'));
writeFileSync(at('log.db-wal'), '');
for (const [name, part] of Object.entries(refusals)) {
	const run = await backup(name === '' ? '' : at(`${name}.db`));
	tally.check(run.code === 1 && run.err.includes(part) && run.err.split('\n').length === 1, `target "${name}": ${run.err}`);
}
tally.equal([readFileSync(at('file.db'), 'utf8'), existsSync(at('elsewhere')), existsSync(at('log.db'))], ['a letter', false, false], 'nothing was touched');
for (const [db, part] of [['nowhere.db', 'cannot open'], ['file.db', 'not a database'], ['empty.db', 'no records']]) {
	if (db === 'empty.db') writeFileSync(at(db), '', { mode: 0o600 });
	const run = await backup(at('refused.db'), { db: at(db) });
	tally.check(run.code === 1 && run.err.includes(part), `source ${db}: ${run.err}`);
	tally.check(!readdirSync(records.directory).some((name) => name.startsWith('refused')), `source ${db}: nothing is left`);
}
for (const args of [['backup'], ['backup', '--db', records.db], ['backup', 'x', 'y', 'z']]) tally.equal(spawnSync(binary, args).status, 64, `usage: ${args.length} words`);

// Written, synced, named, and then the directory: in that order. A sync that fails leaves nothing.
if (!sanitized) {
	const trace = at('trace');
	const env = { LD_PRELOAD: library, AR_TRACE: trace };
	tally.equal((await backup(at('order.db'), { env })).code, 0, 'a backup that is watched');
	const steps = readFileSync(trace, 'utf8').trim().split('\n');
	tally.check(steps.length > 1000 && steps.slice(0, -3).every((step) => step === 'write'), `${steps.length} steps`);
	tally.equal(steps.slice(-4), ['write', 'sync', 'name', 'directory'], 'how it ends');
	rmSync(at('order.db'));
	for (const word of ['write', 'sync', 'name', 'directory']) {
		const run = await backup(at('order.db'), { env: { ...env, AR_FAIL: word } });
		tally.check(run.code === 1 && /order\.db/.test(run.err), `a ${word} that fails: ${run.code} ${run.err}`);
		tally.check(!readdirSync(records.directory).some((name) => name.startsWith('order')), `a ${word} that fails leaves nothing`);
	}
}

loading = false;
await Promise.all(load);
for (const [n, one] of taken.entries()) await drill(one.target, one.floor, `copy ${n}`);

// No daemon: stopped, and killed with its log still to be played.
await daemon.stop();
const still = at('stopped.db');
tally.equal((await backup(still)).code, 0, 'a backup beside no daemon');
await drill(still, newest, 'stopped');
daemon = await serve(binary, records, [], { sockets: 64 });
loading = true;
load = Array.from({ length: CLIENTS }, () => client(daemon));
await pause(400);
loading = false;
await Promise.all(load);
await daemon.kill();
tally.check(statSync(`${records.db}-wal`).size > 0, 'the killed daemon left a log');
const hot = at('hot.db');
tally.equal((await backup(hot)).code, 0, 'a backup of what a killed daemon left');
await drill(hot, newest, 'killed');
daemon = await serve(binary, records);
tally.equal((await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body })).status, 201, 'the daemon starts again beside what the backup left');
await daemon.stop();
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'what was backed up is unharmed');
tally.end();
