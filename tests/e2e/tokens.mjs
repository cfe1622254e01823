// SPDX-License-Identifier: Apache-2.0
// `authreviewd token` beside a daemon that serves and beside none: what it makes works at once, what it revokes ends within a second, and only
// root and the daemon's own user may ask for either. The daemon stays the only process that writes.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const records = database(binary, 'tokens');
const socket = `${records.db}.control`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const secrets = Object.values(records.tokens);

function token(...args) {
	const run = spawnSync(binary, ['token', args[0], '--db', records.db, ...args.slice(1)], { encoding: 'utf8', timeout: 30000 });
	return { code: run.status, out: run.stdout.trim(), err: run.stderr.trim().split('\n').at(-1) };
}

function create(...args) {
	const made = token('create', ...args);
	tally.equal(made.code, 0, `token create ${args.join(' ')} (${made.err})`);
	const [id, secret] = made.out.split(' ');
	secrets.push(secret);
	return { id, secret };
}

/** The rows of `token list`: id -> {role, for, credential, created, expires, revoked}. */
function list() {
	const shown = token('list');
	tally.equal(shown.code, 0, `token list (${shown.err})`);
	tally.check(!secrets.some((secret) => shown.out.includes(secret.slice(-52, -9))), 'a list shows no token');
	const [head, ...rows] = shown.out.split('\n').map((line) => line.trim().split(/ {2,}/));
	return new Map(rows.map((row) => [row[0], Object.fromEntries(head.map((name, n) => [name, row[n]]))]));
}

const provider = ['--role', 'provider', '--organization'];
const day = 24 * 3600 * 1000;

// No daemon.
const offline = create(...provider, 'clinic-b', '--expires', '30');
let rows = list();
tally.equal(rows.size, secrets.length, 'everybody is listed');
const b = rows.get(offline.id);
tally.equal([b.role, b.for, b.credential, b.revoked], ['provider', 'clinic-b', '-', '-'], 'what the list says of a provider');
tally.equal(Date.parse(b.expires) - Date.parse(b.created), 30 * day, 'it expires after as many days as were said');
const twice = create('--role', 'physician', '--payer', 'trillium', '--payer', 'elsewhere', '--credential', 'psychiatrist');
const p = list().get(twice.id);
tally.equal([p.for, p.credential, p.expires], ['trillium,elsewhere', 'psychiatrist', '-'], 'what the list says of a physician');
const stopped = create(...provider, 'clinic-c');
tally.equal([token('revoke', stopped.id).out, token('revoke', stopped.id).code], [`${stopped.id} is revoked`, 0], 'revoked, and again');

let daemon = await serve(binary, records, [], { sockets: 32 });
const status = async (secret) => (await daemon.call('GET', '/v1/requests', { token: secret })).status;
tally.equal(await status(stopped.secret), 401, 'revoked before the start');
tally.equal(await status(offline.secret), 200, 'made before the start');

// The daemon serves.
tally.equal(statSync(socket).mode & 0o777, 0o600, 'the socket is for its owner alone');
const online = create(...provider, 'clinic-d');
tally.equal(await status(online.secret), 200, 'a token made beside the daemon works at once');
tally.check(list().has(online.id), 'and is listed');
for (let n = 0; n < 50 && !daemon.err.includes(online.id); n++) await pause(20);
tally.check(daemon.err.includes('"principal_created"') && daemon.err.includes(online.id), 'the log says that it was made');

// Revocation while the token is in use on every thread: the last answer but 401 comes within a second.
let last = 0;
const users = Array.from({ length: 8 }, async () => {
	while (await status(online.secret) === 200) last = Date.now();
});
await pause(300);
tally.equal(token('revoke', online.id).code, 0, 'revoked beside the daemon');
const done = Date.now();
await Promise.all([...users, pause(700)]);
tally.check(last > 0 && last < done + 1000, `a revoked token ends within a second (${last - done} ms after the command)`);
tally.equal(await status(online.secret), 401, 'and stays ended');
rows = list();
tally.check(rows.get(online.id).revoked !== '-', 'the list says when');
const when = rows.get(online.id).revoked;
tally.equal(token('revoke', online.id).code, 0, 'revoking again is no error');
tally.equal(list().get(online.id).revoked, when, 'and changes nothing');
tally.equal(await status(offline.secret), 200, 'another token goes on');

const log = daemon.err;

// Under load: orders and submits pass through one writer.
const body = sample('pdts-complete');
let loading = true;
let recorded = 0;
const load = Array.from({ length: 6 }, async () => {
	while (loading) {
		const answer = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body });
		if (tally.check(answer.status === 201, `a submit beside orders (${answer.status})`)) recorded++;
	}
});
for (let n = 0; n < 10; n++) {
	const made = await new Promise((resolve) => {
		const child = spawn(binary, ['token', 'create', '--db', records.db, ...provider, `load-${n}`]);
		let out = '';
		child.stdout.on('data', (data) => { out += data; });
		child.on('close', (code) => resolve({ code, secret: out.trim().split(' ')[1] }));
	});
	tally.equal([made.code, await status(made.secret)], [0, 200], 'a token made under load');
	secrets.push(made.secret);
}
loading = false;
await Promise.all(load);
tally.check(recorded > 0, `${recorded} submits meanwhile`);

// What is refused, and how.
const refused = [
	[['create', '--role', 'intake', '--payer', 'trilium'], 1, 'did you mean trillium?'],
	[['revoke', 'prn_nobody'], 1, 'no principal prn_nobody'],
	[['revoke'], 64, 'ID'],
	[['list', 'more'], 64, 'too many'],
	[['create', ...provider, 'x', '--expires', '0'], 64, '--expires'],
	[['create', ...provider, 'x', '--expires', '3 days'], 64, '--expires'],
	[['create', ...provider, 'x', '--payer', 'trillium'], 64, 'no payer'],
	[['create', ...provider, 'line\nbreak'], 64, 'control characters'],
	[['create', '--role', 'intake', '--payer', 'tril lium'], 64, 'spaces'],
	[['create', '--role', 'physician', '--payer', 'trillium'], 64, '--credential'],
	[['create', '--role', 'king', '--payer', 'trillium'], 64, '--role'],
	[['create', ...provider, 'x', '--colour', 'red'], 64, 'option'],
];
const before = list().size;
for (const [args, code, part] of refused) {
	const run = token(...args);
	tally.equal([run.code, run.err.includes(part)], [code, true], `token ${args.join(' ')}: ${run.err}`);
}
tally.equal(list().size, before, 'what was refused made nobody');

// Orders that the command would never give. Sent by Python: Node.js has no sockets of packets.
const send = (...orders) => JSON.parse(execFileSync('python3', ['-c', `
import json, socket, sys
answers = []
for order in json.loads(sys.argv[2]):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as s:
        s.connect(sys.argv[1])
        s.settimeout(20)
        s.send(order.encode())
        answers.append(json.loads(s.recv(9000)))
print(json.dumps(answers))`, socket, JSON.stringify(orders)]).toString());
const good = { order: 'create', id: 'prn_x', role: 'intake', organization: null, payers: ['trillium'], credential: null, created_at: 1, expires_at: 0, token_digest: 'ab'.repeat(32) };
const bad = ['{', '[]', '{"order":"create"}', '{"order":"revoke"}', '{"order":"drop","id":"x"}', 'x'.repeat(9000),
	...[{ role: 'king' }, { payers: ['a', 5] }, { payers: Array(9).fill('trillium') }, { token_digest: 'zz'.repeat(32) }, { token_digest: 'ab' }, { expires_at: -1 },
		{ created_at: '1' }, { organization: 'both' }, { payers: [] }, { id: 7 }].map((change) => JSON.stringify({ ...good, ...change }))];
send(...bad).forEach((answer, n) => tally.check(answer.done === false && answer.detail.length > 10, `order ${bad[n].slice(0, 120)}: ${JSON.stringify(answer)}`));
tally.equal(list().size, before, 'none of them made anybody');
tally.equal(send(JSON.stringify(good))[0], { done: true }, 'the control: one that is right is done');

/** A process that connects and says nothing. */
async function connectMutely() {
	const child = spawn('python3', ['-c', 'import socket,sys,time; s=socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.connect(sys.argv[1]); print("in", flush=True); time.sleep(60)', socket]);
	await new Promise((there) => child.stdout.once('data', there));
	return child;
}

// Somebody who connects and says nothing holds others up for a moment only.
const mute = await connectMutely();
const start = Date.now();
create(...provider, 'clinic-e');
tally.check(Date.now() - start < 10000, `an order behind a mute one waits ${Date.now() - start} ms`);
mute.kill();

// Another user gets no further than the socket, however open it is.
if (process.getuid() === 0) {
	const open = join(records.directory, 'authreviewd');
	copyFileSync(binary, open);
	chmodSync(open, 0o755);
	chmodSync(records.directory, 0o755);
	const other = () => spawnSync(open, ['token', 'create', '--db', records.db, ...provider, 'evil'], { uid: 65534, gid: 65534, encoding: 'utf8' });
	tally.check(other().status === 1 && other().stderr.includes('Permission denied'), `the mode keeps another user out: ${other().stderr}`);
	chmodSync(socket, 0o777);
	tally.check(other().status === 1 && other().stderr.includes('only root'), `and so does the daemon: ${other().stderr}`);
	chmodSync(socket, 0o600);
	chmodSync(records.directory, 0o700);
	tally.check(![...list().values()].some((row) => row.for === 'evil'), 'nothing was made');
}

// A daemon that has its lock but not yet its socket is asked again.
renameSync(socket, `${socket}.aside`);
const early = new Promise((resolve) => spawn(binary, ['token', 'create', '--db', records.db, ...provider, 'early']).on('close', resolve));
await pause(300);
renameSync(`${socket}.aside`, socket);
tally.equal(await early, 0, 'a token made before the socket is there');

// Without its socket nobody changes anything: the command never writes beside a daemon.
unlinkSync(socket);
const locked = token('create', ...provider, 'clinic-f');
tally.equal([locked.code, locked.err.includes('in use by another process')], [1, true], `no way around the daemon: ${locked.err}`);

// A killed daemon leaves its socket behind; that is in nobody's way.
await daemon.stop();
daemon = await serve(binary, records);
await daemon.kill();
tally.check(existsSync(socket), 'a killed daemon leaves its socket');
const after = create(...provider, 'clinic-g');
daemon = await serve(binary, records);
tally.equal(await status(after.secret), 200, 'a token made after a kill');
const again = create(...provider, 'clinic-h');
tally.equal(await status(again.secret), 200, 'and one made beside the next daemon');

// A command at the moment of a start or a stop finds one side or the other.
for (let round = 0; round < 4; round++) {
	const [made] = await Promise.all([new Promise((resolve) => {
		spawn(binary, ['token', 'create', '--db', records.db, ...provider, `race-${round}`]).on('close', resolve);
	}), round % 2 === 0 ? daemon.stop() : serve(binary, records).then((next) => { daemon = next; })]);
	tally.equal(made, 0, `a token made while the daemon ${round % 2 === 0 ? 'stops' : 'starts'}`);
}
// Who waits at the socket when the daemon is asked to stop is answered.
const holding = await connectMutely();
const waiting = new Promise((resolve) => spawn(binary, ['token', 'create', '--db', records.db, ...provider, 'waiting']).on('close', resolve));
await pause(500);
await Promise.all([daemon.stop(), waiting]);
tally.equal(await waiting, 0, 'a token asked for before the stop');
holding.kill();
for (const verb of ['create', 'list', 'revoke']) {
	const help = spawnSync(binary, ['token', verb, '--help'], { encoding: 'utf8' });
	tally.check(help.status === 0 && help.stdout.includes(`authreviewd token ${verb} --db FILE`), `token ${verb} --help: ${help.status}`);
}
tally.check(!existsSync(socket), 'a daemon that stops takes its socket away');
tally.equal([...list().values()].filter((row) => row.for.startsWith('race-')).length, 4, 'each of them is there once');
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
tally.check(!secrets.some((secret) => (log + daemon.err).includes(secret)), 'no token in the log');
tally.end();
