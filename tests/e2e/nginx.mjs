// SPDX-License-Identifier: Apache-2.0
// deploy/nginx.conf as it stands, in front of the daemon: only its addresses, certificate and times are changed, so that it runs on a free port
// and the test is short. Clients come from several loopback addresses. Without nginx or openssl the test is skipped.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve } from '../lib/records.mjs';

const binary = process.argv[2];
const found = (name, ...args) => spawnSync(name, args, { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } }).status === 0;
for (const [name, ...args] of [['nginx', '-v'], ['openssl', 'version']]) {
	if (!found(name, ...args)) {
		console.log(`skipped: ${name} is not installed`);
		process.exit(77);
	}
}
const tally = new Tally();
const records = database(binary, 'nginx');
const at = (name) => join(records.directory, name);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const HOST = 'authreview.example';

writeFileSync(at('config.json'), JSON.stringify({ trusted_proxies: ['127.0.0.1'] }), { mode: 0o600 });
let daemon = await serve(binary, records, ['--config', at('config.json')]);
execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${HOST}`,
	'-addext', `subjectAltName=DNS:${HOST}`, '-keyout', at('tls.key'), '-out', at('tls.crt')], { stdio: 'ignore' });
const ca = readFileSync(at('tls.crt'));

const freePort = () => new Promise((resolve) => {
	const probe = net.createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
});

/** Starts nginx with the example; each change must find its words there exactly once. */
async function edge() {
	const port = await freePort();
	let text = readFileSync('deploy/nginx.conf', 'utf8');
	for (const [from, to] of [
		['server 127.0.0.1:8080;', `server 127.0.0.1:${daemon.port};`],
		['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
		['/etc/authreview/tls.crt', at('tls.crt')],
		['/etc/authreview/tls.key', at('tls.key')],
		['client_header_timeout 10s', 'client_header_timeout 1s'],
		['client_body_timeout 10s', 'client_body_timeout 1s'],
		['keepalive_timeout 60s', 'keepalive_timeout 1s'],
	]) {
		tally.equal(text.split(from).length, 2, `the example says ${from}`);
		text = text.replace(from, to);
	}
	writeFileSync(at('example.conf'), text);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	writeFileSync(at('nginx.conf'), `${process.getuid() === 0 ? 'user root;' : ''} daemon off; worker_processes 1; pid ${at('nginx.pid')};
		error_log ${at('error.log')} info; events { worker_connections 512; }
		http { access_log ${at('access.log')}; ${temporary.map((name) => `${name}_temp_path ${at(`${name}_temp`)};`).join(' ')} include ${at('example.conf')}; }`);
	const child = spawn('nginx', ['-p', records.directory, '-e', at('error.log'), '-c', at('nginx.conf')],
		{ env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }, stdio: ['ignore', 'inherit', 'inherit'] });
	process.on('exit', () => child.kill('SIGTERM'));
	const exit = new Promise((resolve) => child.on('exit', resolve));
	for (let n = 0; n < 100 && !existsSync(at('nginx.pid')); n++) await pause(50);
	return { port, stop: () => { child.kill('SIGTERM'); return exit; } };
}
const proxy = await edge();

/** One call through the edge. call: as the daemon's, and from: the client's address. */
function call(method, path, { token, body, headers = {}, from = '127.0.0.1', key = `edge-${Math.random()}`, agent } = {}) {
	const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	const all = { ...headers };
	if (token) all.Authorization = `Bearer ${token}`;
	if (text !== undefined) Object.assign(all, { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'Content-Length': Buffer.byteLength(text) });
	return new Promise((resolve, reject) => {
		const req = https.request({ host: '127.0.0.1', port: proxy.port, servername: HOST, ca, localAddress: from, method, path, headers: { Host: HOST, ...all }, agent: agent ?? false, timeout: 20000 }, (res) => {
			const parts = [];
			res.on('data', (part) => parts.push(part));
			res.on('end', () => {
				const answer = { status: res.statusCode, headers: res.headers, text: Buffer.concat(parts).toString(), json: null };
				try { answer.json = JSON.parse(answer.text); } catch { /* not JSON */ }
				resolve(answer);
			});
		});
		req.on('timeout', () => req.destroy(new Error('no answer')));
		req.on('error', (error) => setTimeout(() => reject(error), 200));
		req.end(text);
	});
}

/** A TLS connection of one's own: write, wait, and see when and how it ends: {text, ms}. */
function raw(from = '127.0.0.1') {
	const socket = tls.connect({ host: '127.0.0.1', port: proxy.port, servername: HOST, ca, localAddress: from });
	const began = Date.now();
	let text = '';
	socket.on('data', (data) => { text += data; });
	socket.on('error', () => {});
	const end = new Promise((resolve) => socket.on('close', () => resolve({ text, ms: Date.now() - began })));
	return { socket, end, ready: new Promise((resolve) => socket.on('secureConnect', resolve)) };
}

const clinic = records.tokens['clinic-a'];
const body = sample('prts-assessment-too-old');
const problem = (answer, status, what) => {
	tally.equal([answer.status, answer.headers['content-type']], [status, 'application/problem+json'], `${what}: ${answer.text.slice(0, 200)}`);
	tally.check(answer.json?.status === status && answer.json.title.length > 5 && answer.json.type.length > 5, `${what}: a problem`);
};

// What the daemon says arrives unchanged.
const made = await call('POST', '/v1/requests', { token: clinic, body, headers: { 'X-Request-Id': 'edge-test-1' } });
tally.equal([made.status, made.headers['x-request-id'], made.headers.etag], [201, 'edge-test-1', '"v1"'], 'recorded through TLS');
tally.equal(made.headers.location, `/v1/requests/${made.json.id}`, 'its address');
tally.equal((await daemon.call('GET', `/v1/requests/${made.json.id}`, { as: 'clinic-a' })).text, made.text, 'as the daemon itself says');
tally.check(/^max-age=\d+$/.test(made.headers['strict-transport-security']), 'browsers are told to stay with TLS');
tally.check(!/\d/.test(made.headers.server ?? ''), 'no version of the server');
for (const [what, method, path, options] of [
	['an invalid body', 'POST', '/v1/requests', { token: clinic, body: { payer: 'trillium', servcie: 'PRTS' } }],
	['no JSON', 'POST', '/v1/requests', { token: clinic, body: '{' }],
	['nothing there', 'GET', '/v1/requests/req_00000000000000000000000000', { token: clinic }],
	['no token', 'GET', '/v1/requests', {}],
	['a bad parameter', 'GET', '/v1/requests?colour=red', { token: clinic }],
	['a method that is none', 'DELETE', '/v1/requests', { token: clinic }],
]) {
	const headers = { 'X-Request-Id': 'edge-test-2' };
	const through = await call(method, path, { ...options, headers });
	const direct = await daemon.call(method, path, { ...options, headers });
	tally.equal([through.status, through.text], [direct.status, direct.text], `${what}: the same answer with and without the edge`);
	for (const name of ['content-type', 'x-request-id', 'www-authenticate', 'allow', 'cache-control']) {
		tally.equal(through.headers[name], direct.headers[name], `${what}: ${name}`);
	}
}
const client = http2.connect(`https://127.0.0.1:${proxy.port}`, { ca, servername: HOST });
const second = await new Promise((resolve, reject) => {
	client.on('error', reject);
	client.request({ ':path': `/v1/requests/${made.json.id}`, ':authority': HOST, authorization: `Bearer ${clinic}` }).on('response', (headers) => resolve(headers[':status']));
});
client.close();
tally.equal(second, 200, 'HTTP/2');

// The largest body passes; of one that is larger the edge wants nothing to be sent.
tally.equal((await call('POST', '/v1/requests', { token: clinic, body: JSON.stringify(body).padEnd(256 * 1024) })).status, 201, 'a body as large as the limit');
const heads = raw();
await heads.ready;
heads.socket.write(`POST /v1/requests HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 262145\r\n\r\n`);
for (let n = 0; n < 50 && !(await Promise.race([heads.end, pause(20)])); n++); // answered before any of the body was sent
heads.socket.destroy();
const told = (await heads.end).text;
tally.check(told.startsWith('HTTP/1.1 413') && told.endsWith('{"type":"about:blank","title":"The body is too large","status":413}'), `the edge says so: ${told}`);
problem(await call('GET', '/v1/requests', { headers: { 'X-Large': 'x'.repeat(9000) } }), 400, 'a head that is too large');
const listed = await daemon.call('GET', '/v1/requests?status=any', { as: 'clinic-a' });
tally.equal(listed.json.requests.length, 2, 'nothing was recorded but these two');

// Two lengths at once: the edge refuses what could be two requests in one.
const smuggler = raw();
await smuggler.ready;
smuggler.socket.write(`POST /v1/requests HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /readyz HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
const smuggled = (await smuggler.end).text;
tally.equal(smuggled.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 400'], 'one refusal, and no second answer');

// Slow and idle clients are let go while others are served.
const slow = {
	'a mute client': async () => {},
	'a slow head': async ({ socket }) => { for (const letter of `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: ${'x'.repeat(100)}`) { socket.write(letter); await pause(100); } },
	'half a body': async ({ socket }) => { socket.write(`POST /v1/requests HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${clinic}\r\nContent-Length: 1000\r\n\r\n{"member": {"last_name": "Canary-of-half-a-body"`); },
	'an idle one after its answer': async ({ socket }) => { socket.write(`GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`); },
};
await Promise.all(Object.entries(slow).map(async ([what, act]) => {
	const one = raw();
	await one.ready;
	act(one);
	const end = await Promise.race([one.end, pause(8000)]);
	tally.check(end !== undefined && end.ms < 4000, `${what} is let go after ${end?.ms} ms`);
	one.socket.destroy();
}));

// Not more than 64 at once from one address; others do not notice.
const crowd = Array.from({ length: 80 }, () => raw('127.0.0.9'));
await Promise.all(crowd.map((one) => one.ready));
crowd.forEach((one) => one.socket.write(`POST /v1/requests HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 1000\r\n\r\n{`));
await pause(300);
tally.equal((await call('GET', `/v1/requests/${made.json.id}`, { token: clinic, from: '127.0.0.10' })).status, 200, 'another address is served');
const turned = (await Promise.all(crowd.map((one) => one.end))).filter((end) => end.text.startsWith('HTTP/1.1 429')).length;
tally.equal(turned, 16, 'of 80 at once, those beyond 64 were turned away');

// A body stays in memory while it arrives; the log would tell of a temporary file.
const large = raw('127.0.0.11');
await large.ready;
large.socket.write(`POST /v1/requests HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${clinic}\r\nContent-Length: 260000\r\n\r\n${'x'.repeat(250000)}`);
await pause(300);
large.socket.destroy();

// Too many at once from one address: problems with Retry-After, and then service again.
const agent = new https.Agent({ keepAlive: true, maxSockets: 8 });
const many = await Promise.all(Array.from({ length: 400 }, () => call('GET', '/healthz', { from: '127.0.0.12', agent })));
agent.destroy();
const over = many.filter((answer) => answer.status === 429);
tally.check(over.length > 0 && many.filter((answer) => answer.status === 200).length >= 100, `${over.length} of 400 in a burst were turned away`);
if (over.length > 0) problem(over[0], 429, 'a burst');
tally.equal(over[0]?.headers['retry-after'], '1', 'a burst is told when to come again');

// The daemon sees each client's own address, whatever it claims: failures of one do not shut out another.
const guess = (from, n) => call('GET', '/v1/requests', { token: `ar_intake_guess${n}`, from, headers: { 'X-Forwarded-For': `10.0.0.${n}, 127.0.0.21` } });
const guesses = [];
for (let n = 0; n < 30; n++) guesses.push((await guess('127.0.0.20', n)).status);
tally.check(guesses[0] === 401 && guesses.at(-1) === 429, `an address that guesses is held up: ${guesses}`);
tally.equal((await guess('127.0.0.21', 1)).status, 401, 'another, which it claimed to be, is not');

// The daemon is away: a problem that says so, and service again afterwards.
const { port } = daemon;
await daemon.stop();
const away = await call('POST', '/v1/requests', { token: clinic, body: { ...body, submitter_reference: 'Canary-of-a-reference' } });
problem(away, 502, 'no daemon');
tally.equal(away.headers['retry-after'], '2', 'and when to come again');
daemon = await serve(binary, records, ['--config', at('config.json'), '--listen', `127.0.0.1:${port}`]);
await pause(1100);
const back = await call('GET', `/v1/requests/${made.json.id}`, { token: clinic });
tally.equal([back.status, back.text], [200, made.text], 'the daemon is back');

// The log speaks of what went wrong, and names no token and nothing of a body.
await proxy.stop();
const log = readFileSync(at('error.log'), 'utf8');
tally.check(log.includes('limiting') && log.includes('Connection refused') && log.includes('too large body'), 'the log says what went wrong');
tally.check(!log.includes('temporary file'), 'nothing of a body was on the disk');
for (const secret of [...Object.values(records.tokens), 'Bearer', 'ar_intake_guess', 'Canary', made.json.tracking_number]) {
	tally.check(!log.includes(secret), `the log does not hold ${secret.slice(0, 20)}`);
}
tally.equal(readFileSync(at('access.log'), 'utf8'), '', 'the example keeps no log of calls');
await daemon.stop();
tally.end();
