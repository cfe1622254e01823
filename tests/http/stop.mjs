// SPDX-License-Identifier: Apache-2.0
// Stopping: what was read is answered, suspended exchanges are released by the writer, and no client can hold the server up.
import { Conversation, Report, connect, sleep, startServer } from './lib.mjs';

const [executable] = process.argv.slice(2);
const report = new Report();
const H = 'Host: x\r\n';
const slow = `POST /slow HTTP/1.1\r\n${H}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;

async function open(port, count, text) {
	const conversations = await Promise.all(Array.from({ length: count }, () => Conversation.open(port)));
	for (const conversation of conversations) {
		conversation.write(text);
	}
	return conversations;
}

// Suspended exchanges are all answered, and the answer says that the connection ends.
async function suspended() {
	const server = await startServer(executable, { delay_ms: 700 });
	const waiting = await open(server.port, 40, slow);
	const idle = await open(server.port, 10, '');
	await sleep(200);
	const started = Date.now();
	const stopping = server.stop();
	const answers = await Promise.all(waiting.map((conversation) => conversation.response(5000)));
	report.check(answers.every((answer) => answer?.status === 201 && answer.headers.connection === 'close'),
		`suspended exchanges: ${answers.map((answer) => answer?.status)}`);
	report.check((await Promise.all(idle.map((conversation) => conversation.waitClosed(1000)))).every(Boolean), 'idle connections end');
	report.check(await stopping === 0, 'stops cleanly with suspended exchanges');
	report.check(Date.now() - started < 3000, `stops in ${Date.now() - started} ms`);
}

// A writer that needs longer than clients are waited for is still waited for: its exchanges cannot be cut.
async function slowWriter() {
	const server = await startServer(executable, { delay_ms: 11500 });
	const [waiting] = await open(server.port, 1, slow);
	await sleep(200);
	const stopping = server.stop();
	const answer = await waiting.response(14000);
	report.check(answer?.status === 201, `held by a slow writer: ${answer?.status}`);
	report.check(await stopping === 0, 'stops cleanly with a slow writer');
}

// A long answer that is on its way arrives whole.
async function longAnswer() {
	const server = await startServer(executable, {});
	const [reader] = await open(server.port, 1, `GET /large HTTP/1.1\r\n${H}\r\n`);
	reader.socket.pause();
	await sleep(200);
	const stopping = server.stop();
	await sleep(300);
	reader.socket.resume();
	const answer = await reader.response(5000);
	report.check(answer?.body.length === 8 * 1024 * 1024, `a long answer arrives: ${answer?.body.length}`);
	report.check(await stopping === 0, 'stops cleanly after a long answer');
}

// Clients that leave while the writer holds their change: nothing of theirs is touched too early, and others are served.
async function leavers() {
	const server = await startServer(executable, { delay_ms: 60 });
	for (let round = 0; round < 6; round++) {
		const leaving = await open(server.port, 40, slow);
		const staying = await open(server.port, 10, slow);
		await sleep(20);
		leaving.forEach((conversation) => conversation.socket.resetAndDestroy());
		const answers = await Promise.all(staying.map((conversation) => conversation.response(5000)));
		report.check(answers.every((answer) => answer?.status === 201 &&
			JSON.parse(answer.body).slow === answer.headers['x-request-id']), 'who stays has its own answer');
		staying.forEach((conversation) => conversation.destroy());
	}
	report.check(await server.stop() === 0, 'stops cleanly after clients have left');
}

// Clients that hang in the middle of a head, a body or an answer are waited for, but not for ever.
async function hanging() {
	const server = await startServer(executable, { delay_ms: 1, header_deadline: 30, body_deadline: 30 });
	await open(server.port, 3, `GET /hello HTTP/1.1\r\n${H}X: `);
	await open(server.port, 3, `POST /echo HTTP/1.1\r\n${H}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
	const deaf = await open(server.port, 3, `GET /large HTTP/1.1\r\n${H}\r\n`);
	deaf.forEach((conversation) => conversation.socket.pause());
	await sleep(200);
	const started = Date.now();
	const stopping = server.stop();
	await sleep(300);
	const refused = await connect(server.port).then(() => false, () => true);
	report.check(refused, 'newcomers are refused while it stops');
	report.check(await stopping === 0, 'stops cleanly with hanging clients');
	report.check(Date.now() - started < 15000, `stops in ${Date.now() - started} ms`);
}

// Stopping in the middle of a storm of changes: every client has an answer or a closed connection.
async function storm() {
	const server = await startServer(executable, { delay_ms: 2 });
	let stopping = false;
	let hung = 0;
	const client = async () => {
		while (!stopping) {
			const conversation = await Conversation.open(server.port).catch(() => null);
			for (let i = 0; conversation !== null && !conversation.closed && i < 20; i++) {
				conversation.write(slow);
				const answer = await conversation.response(8000);
				hung += answer === null && !conversation.closed ? 1 : 0;
			}
			conversation?.destroy();
		}
	};
	const clients = Array.from({ length: 60 }, client);
	await sleep(500);
	stopping = true;
	const code = await server.stop();
	await Promise.all(clients);
	report.check(code === 0 && hung === 0, `a storm: exit ${code}, ${hung} clients hung`);
}
await Promise.all([suspended(), slowWriter(), longAnswer(), leavers(), hanging()]);
await storm();
report.finish();
