// SPDX-License-Identifier: Apache-2.0
// Starts a real daemon for a test and talks to it. Every start has a bound on its time; only what was started here is ended here.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 20000;
process.setMaxListeners(0); // one for each daemon that a test starts

/** A directory that is removed when the process ends. */
export function scratch(name) {
	const path = mkdtempSync(join(tmpdir(), `authreview-${name}-`));
	process.on('exit', () => rmSync(path, { recursive: true, force: true }));
	return path;
}

/**
 * Starts `BINARY serve ARGS` on a free port and waits until it listens. Returns {base, port, pid, tokens, out, err, stop(), kill()}.
 * tokens: by principal word of the sandbox's lines ("provider", "other_provider", "intake", ...).
 */
export async function start(binary, args, options = {}) {
	const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...options.env },
	});
	const daemon = { child, pid: child.pid, out: '', err: '', tokens: {}, exited: null };
	daemon.exit = new Promise((resolve) => child.on('exit', (code, signal) => {
		daemon.exited = { code, signal };
		resolve(daemon.exited);
	}));
	child.stderr.on('data', (data) => { daemon.err += data; });
	const sandbox = args.includes('--sandbox');
	await new Promise((resolve, reject) => {
		const timer = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`no start: ${daemon.out}${daemon.err}`)); }, START_MS);
		child.stdout.on('data', (data) => {
			daemon.out += data;
			const listens = /listens on [^\n]*:(\d+)\n/.exec(daemon.out);
			if (listens && (!sandbox || daemon.out.includes('Try, in another terminal'))) {
				daemon.port = Number(listens[1]);
				clearTimeout(timer);
				resolve();
			}
		});
		child.on('close', (code) => { // with what it said last
			clearTimeout(timer);
			reject(Object.assign(new Error(`ended at start: ${daemon.out}${daemon.err}`), { code }));
		});
	});
	daemon.base = `http://127.0.0.1:${daemon.port}`;
	for (const [, role, token] of daemon.out.matchAll(/^ {2}([a-z_]+) +(ar_\S+) /gm)) {
		daemon.tokens[role in daemon.tokens ? `other_${role}` : role] = token;
	}
	daemon.agent = new http.Agent({ keepAlive: true, maxSockets: options.sockets ?? 16 });
	daemon.call = (method, path, call = {}) => request(daemon, method, path, call);
	daemon.kill = async (signal = 'SIGKILL') => { child.kill(signal); return daemon.exit; };
	daemon.stop = async () => {
		daemon.agent.destroy();
		const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
		child.kill('SIGTERM');
		const result = await daemon.exit;
		clearTimeout(timer);
		return result;
	};
	process.on('exit', () => { if (!daemon.exited) child.kill('SIGKILL'); });
	return daemon;
}

let keys = 0;

/**
 * One call. call: {as: role word, token, body (object, text or bytes), key (Idempotency-Key; made for POST unless null), etag, headers}.
 * Returns {status, headers, text, json}.
 */
export function request(daemon, method, path, call) {
	const token = call.token ?? daemon.tokens[call.as];
	const plain = call.body === undefined || typeof call.body === 'string' || Buffer.isBuffer(call.body);
	const body = plain ? call.body : JSON.stringify(call.body);
	const headers = { ...call.headers };
	if (token) headers.Authorization = `Bearer ${token}`;
	if (body !== undefined) {
		headers['Content-Type'] ??= 'application/json';
		headers['Content-Length'] = Buffer.byteLength(body);
	}
	if (method === 'POST' && call.key !== null) headers['Idempotency-Key'] = call.key ?? `key-${process.pid}-${++keys}`;
	if (call.etag) headers['If-Match'] = call.etag;
	return new Promise((resolve, reject) => {
		const req = http.request({ host: '127.0.0.1', port: daemon.port, method, path, headers, agent: daemon.agent, timeout: 30000 },
			(res) => {
				const parts = [];
				res.on('data', (part) => parts.push(part));
				res.on('error', reject);
				res.on('end', () => {
					const text = Buffer.concat(parts).toString();
					let json = null;
					try { json = JSON.parse(text); } catch { /* not JSON */ }
					resolve({ status: res.statusCode, headers: res.headers, text, json });
				});
			});
		req.on('timeout', () => req.destroy(new Error('no answer in 30 s')));
		// A server that refuses a large body answers before it was sent: the answer counts, not the broken pipe.
		req.on('error', (error) => setTimeout(() => reject(error), error.code === 'EPIPE' ? 1000 : 0));
		req.end(body);
	});
}

/** Counts checks and ends the process: 0 when every one held. Prints "N passed, N failed". */
export class Tally {
	passed = 0;
	failed = 0;
	check(good, what) {
		if (good) this.passed++;
		else { this.failed++; console.log(`FAILED ${what}`); }
		return good;
	}
	equal(found, wanted, what) {
		const a = JSON.stringify(found);
		const b = JSON.stringify(wanted);
		return this.check(a === b, `${what}: found ${a}, wanted ${b}`);
	}
	end() {
		console.log(`${this.passed} passed, ${this.failed} failed`);
		process.exit(this.failed > 0 || this.passed === 0 ? 1 : 0);
	}
}
