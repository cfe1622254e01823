// SPDX-License-Identifier: Apache-2.0
// The test server as a child, and raw HTTP/1 over sockets.
import { spawn } from 'node:child_process';
import net from 'node:net';
import { once } from 'node:events';

export async function startServer(executable, settings = {}) {
	const child = spawn(executable, Object.entries(settings).map(([name, value]) => `${name}=${value}`), {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const [line] = await once(child.stdout, 'data');
	const exited = once(child, 'exit');
	return {
		port: Number(String(line).trim()),
		child,
		async stop() {
			child.stdin.end();
			const [code, signal] = await exited;
			return signal ?? code;
		},
	};
}

export async function connect(port) {
	const socket = net.connect({ port, host: '127.0.0.1' });
	socket.setNoDelay(true);
	await once(socket, 'connect');
	return socket;
}

export const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// Takes the first whole response off BUFFER: { status, headers, body, rest }, or null. BODILESS: it answers a HEAD.
export function takeResponse(buffer, bodiless = false) {
	const end = buffer.indexOf('\r\n\r\n');
	if (end < 0) {
		return null;
	}
	const [first, ...lines] = buffer.subarray(0, end).toString('latin1').split('\r\n');
	const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? NaN);
	const headers = {};
	for (const line of lines) {
		const colon = line.indexOf(':');
		headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
	}
	const length = bodiless || status < 200 || status === 204 ? 0 : Number(headers['content-length'] ?? 0);
	const from = end + 4;
	if (buffer.length < from + length) {
		return null;
	}
	return { status, headers, body: buffer.subarray(from, from + length).toString('utf8'), rest: buffer.subarray(from + length) };
}

// A connection that hands out its responses one by one.
export class Conversation {
	constructor(socket) {
		this.socket = socket;
		this.buffer = Buffer.alloc(0);
		this.closed = false;
		this.waiters = [];
		socket.on('data', (data) => { this.buffer = Buffer.concat([this.buffer, data]); this.wake(); });
		socket.on('end', () => { this.closed = true; this.wake(); });
		socket.on('close', () => { this.closed = true; this.wake(); });
		socket.on('error', () => { this.closed = true; this.wake(); });
	}

	static async open(port) {
		return new Conversation(await connect(port));
	}

	wake() {
		for (const waiter of this.waiters.splice(0)) {
			waiter();
		}
	}

	write(data) {
		if (!this.socket.destroyed) {
			this.socket.write(data);
		}
	}

	// Resolves when something arrives, the connection ends or the time is over.
	changed(ms) {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.waiters.push(() => { clearTimeout(timer); resolve(); });
		});
	}

	// The next response, or null when there is none within MS.
	async response(ms = 5000, bodiless = false) {
		const until = Date.now() + ms;
		for (;;) {
			const response = takeResponse(this.buffer, bodiless);
			if (response !== null) {
				this.buffer = response.rest;
				return response;
			}
			if (this.closed || Date.now() >= until) {
				return null;
			}
			await this.changed(until - Date.now());
		}
	}

	async waitClosed(ms) {
		const until = Date.now() + ms;
		while (!this.closed && Date.now() < until) {
			await this.changed(until - Date.now());
		}
		return this.closed;
	}

	destroy() {
		this.socket.destroy();
	}
}

export async function request(port, text, bodiless = false) {
	const conversation = await Conversation.open(port);
	conversation.write(text);
	const response = await conversation.response(5000, bodiless);
	conversation.destroy();
	return response;
}

export async function counts(port) {
	const response = await request(port, 'GET /counts HTTP/1.1\r\nHost: x\r\n\r\n');
	return JSON.parse(response.body);
}

// Collects failures instead of stopping at the first.
export class Report {
	constructor() {
		this.failures = [];
		this.checks = 0;
	}

	check(condition, message) {
		this.checks++;
		if (!condition) {
			this.failures.push(message);
			console.error(`not ok: ${message}`);
		}
	}

	finish() {
		console.log(`${this.checks} checks, ${this.failures.length} failed`);
		process.exit(this.failures.length === 0 && this.checks > 0 ? 0 : 1);
	}
}
