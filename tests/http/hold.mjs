// SPDX-License-Identifier: Apache-2.0
// Many kept-alive connections that all ask at the same moment: nobody may stay without an answer. The numbers are multiples of 128, where
// the library's epoll mode stops serving, and the full thousand.
import { Conversation, Report, startServer } from './lib.mjs';

const [executable] = process.argv.slice(2);
const report = new Report();
const BOUND_MS = 30000;
const get = 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n';
const post = 'POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

async function ask(conversation, text, status, rounds, until) {
	for (let round = 0; round < rounds; round++) {
		conversation.write(text);
		const response = await conversation.response(until - Date.now());
		if (response === null || response.status !== status) {
			return round;
		}
	}
	return rounds;
}

async function hold(port, connections, text, status, rounds) {
	const conversations = await Promise.all(Array.from({ length: connections }, () => Conversation.open(port)));
	const until = Date.now() + BOUND_MS;
	const started = Date.now();
	const done = await Promise.all(conversations.map((conversation) => ask(conversation, text, status, rounds, until)));
	const unanswered = done.filter((count) => count < rounds).length;
	report.check(unanswered === 0,
		`${connections} connections, ${text.split(' HTTP')[0]}: ${unanswered} without an answer after ${Date.now() - started} ms`);
	for (const conversation of conversations) {
		conversation.destroy();
	}
}

for (const threads of [1, 2]) {
	const server = await startServer(executable, { threads, delay_ms: 50, connections: 1000 });
	for (const connections of [128, 256, 1000]) {
		await hold(server.port, connections, get, 200, 5);
		await hold(server.port, connections, post, 201, 3);
	}
	const code = await server.stop();
	report.check(code === 0, `the server with ${threads} threads stops with ${code}`);
}
report.finish();
