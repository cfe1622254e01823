// SPDX-License-Identifier: Apache-2.0
// What every answer carries and in which order decisions are made.
import { Conversation, Report, counts, request, startServer } from './lib.mjs';

const [executable] = process.argv.slice(2);
const report = new Report();
const provider = 'Authorization: Bearer token-provider\r\n';
const J = 'Content-Type: application/json\r\n';
const get = (target, fields = '', method = 'GET') => `${method} ${target} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
const post = (target, body, fields = '') =>
	`POST ${target} HTTP/1.1\r\nHost: x\r\n${J}Content-Length: ${Buffer.byteLength(body)}\r\n${fields}\r\n${body}`;

let server = await startServer(executable, { delay_ms: 5, auth_failures: 5, keepalive_requests: 3 });

for (const [name, text, status] of [
	['an answer', get('/hello'), 200],
	['a problem', get('/nowhere'), 404],
	['a refusal of the gate', get('/hello', 'Host: y\r\n'), 400],
	['OPTIONS', get('/hello', '', 'OPTIONS'), 204],
	['a settled change', post('/slow', '{}'), 201],
]) {
	const response = await request(server.port, text);
	report.check(response.status === status, `${name}: ${response.status}`);
	report.check(/^[A-Za-z0-9._-]{1,64}$/.test(response.headers['x-request-id']), `${name}: X-Request-Id`);
	report.check(response.headers['cache-control'] === 'no-store', `${name}: Cache-Control`);
	report.check(response.headers['x-content-type-options'] === 'nosniff', `${name}: X-Content-Type-Options`);
	report.check(response.headers.server === undefined, `${name}: says what the server is`);
}

for (const [given, kept] of [['abc-1.2_X', true], ['a'.repeat(64), true], ['a'.repeat(65), false], ['a b', false], ['a"', false], ['', false]]) {
	const response = await request(server.port, get('/hello', `X-Request-Id: ${given}\r\n`));
	report.check((response.headers['x-request-id'] === given) === kept, `X-Request-Id ${given}`);
}

const head = await request(server.port, get('/hello', '', 'HEAD'), true);
report.check(head.status === 200 && head.headers['content-length'] === '17' && head.rest.length === 0, 'HEAD is GET without its body');
const options = await request(server.port, get('/v1/items', '', 'OPTIONS'));
report.check(options.status === 204 && options.headers.allow === 'POST, OPTIONS', `OPTIONS: ${options.headers.allow}`);
const method = await request(server.port, get('/v1/items/1', '', 'DELETE'));
report.check(method.status === 405 && method.headers.allow === 'GET, HEAD, OPTIONS', `405: ${method.headers.allow}`);

// Each row breaks the rule named and every later one: the first must win.
for (const [name, text, status] of [
	['path before token', post('/nowhere', 'x'.repeat(10)), 404],
	['method before token', post('/v1/items/1', '{}'), 405],
	['token before role', post('/v1/items', '{}'), 401],
	['role before media type', `POST /v1/items HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-auditor\r\nContent-Type: text/xml\r\nContent-Length: 300000\r\n\r\n`, 403],
	['media type before size', `POST /v1/items HTTP/1.1\r\nHost: x\r\n${provider}Content-Type: text/xml\r\nContent-Length: 300000\r\n\r\n`, 415],
	['size', `POST /v1/items HTTP/1.1\r\nHost: x\r\n${provider}${J}Content-Length: 300000\r\n\r\n`, 413],
	['accepted', post('/v1/items', '{}', provider), 201],
	['charset', `POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: 2\r\n\r\n{}`, 200],
	['another charset', `POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=latin1\r\nContent-Length: 2\r\n\r\n{}`, 415],
	['json with a suffix', `POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/jsonx\r\nContent-Length: 2\r\n\r\n{}`, 415],
	['nothing that fits', get('/v1/items/1', `${provider}Accept: image/png\r\n`), 406],
	['a forgetful endpoint', get('/forgetful'), 500],
]) {
	const response = await request(server.port, text);
	report.check(response?.status === status, `${name}: expected ${status}, got ${response?.status}`);
}

const created = await request(server.port, post('/v1/items', '{}', provider));
report.check(created.headers.etag === '"v3"' && created.headers.location === '/v1/items/7' &&
	created.headers['idempotency-replayed'] === 'true', 'an outcome becomes header fields');
const item = await request(server.port, get('/v1/items/a%20b?limit=5%2B1', `${provider}Accept: text/html, */*;q=0.5\r\n`));
report.check(item.body === 'a b|5+1|html', `parameters are decoded: ${item.body}`);
const unknown = await request(server.port, get('/v1/items/1?limits=5&status=a&status=b', provider));
report.check(unknown.status === 400 && JSON.parse(unknown.body).errors.map((error) => error.code).join() ===
	'unknown_parameter,repeated_parameter', `parameters are checked: ${unknown.body}`);

// Tokens: the first failures are 401, then 429 until the minute is over; a known token passes all the same.
const failures = [];
for (let i = 0; i < 12; i++) {
	failures.push(await request(server.port, get('/v1/items/1', i % 2 ? 'Authorization: Bearer nobody\r\n' : '')));
}
const unauthenticated = failures.filter((response) => response.status === 401);
const throttled = failures.filter((response) => response.status === 429);
report.check(unauthenticated.every((response) => response.headers['www-authenticate'].startsWith('Bearer')), '401 says Bearer');
report.check(throttled.length > 0 && unauthenticated.length + throttled.length === 12, `${throttled.length} of 12 are throttled`);
report.check(throttled.every((response) => Number(response.headers['retry-after']) >= 1), '429 says when');
const known = await request(server.port, get('/v1/items/1', provider));
report.check(known.status === 200, `a known token passes: ${known.status}`);

// The last request that a connection may carry ends it.
const conversation = await Conversation.open(server.port);
const kept = [];
for (let i = 0; i < 3; i++) {
	conversation.write(get('/hello'));
	kept.push((await conversation.response()).headers.connection);
}
report.check(kept.join() === ',,close' && await conversation.waitClosed(1000), `connections end after three requests: ${kept}`);

const metrics = await request(server.port, get('/metrics', 'Authorization: Bearer token-admin\r\n'));
const value = (line) => Number(metrics.body.split('\n').find((text) => text.startsWith(line))?.split(' ').pop());
report.check(value('authreview_http_requests_total{method="POST",route="/slow",class="2xx"}') === 1, 'metrics count answers');
report.check(value('authreview_http_request_seconds_count{method="POST",route="/slow"}') === 1, 'metrics count durations');
report.check(value('authreview_http_request_seconds_bucket{method="POST",route="/slow",le="0.0025"}') === 0 &&
	value('authreview_http_request_seconds_bucket{method="POST",route="/slow",le="2.5"}') === 1, 'buckets are cumulative');
report.check(await server.stop() === 0, 'the server stops cleanly');

// A full queue answers at once, and what only reads goes on.
server = await startServer(executable, { queue_max: 0 });
const busy = await request(server.port, post('/slow', '{}'));
report.check(busy.status === 503 && busy.headers['retry-after'] === '1', `a full queue: ${busy.status}`);
const again = await Conversation.open(server.port);
again.write(post('/slow', '{}') + get('/hello'));
report.check((await again.response()).status === 503 && (await again.response()).status === 200, 'the connection goes on after a full queue');
again.destroy();
report.check((await counts(server.port)).slow === 2, 'the endpoints ran');
report.check(await server.stop() === 0, 'the busy server stops cleanly');
report.finish();
