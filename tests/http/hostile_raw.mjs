// SPDX-License-Identifier: Apache-2.0
// Hostile and malformed HTTP, byte for byte. Each row: what is sent, the statuses of the answers in order, and whether the connection is
// closed after them. After each row a marker on a new connection must be answered, and GET /secret, which only ever appears where it must
// not be read as a request, must not have run.
import { Conversation, Report, counts, request, sleep, startServer } from './lib.mjs';

const [executable] = process.argv.slice(2);
const report = new Report();
const H = 'Host: x\r\n';
const SECRET = 'GET /secret HTTP/1.1\r\nHost: x\r\n\r\n';
const J = 'Content-Type: application/json\r\n';
const get = (fields, target = '/hello') => `GET ${target} HTTP/1.1\r\n${H}${fields}\r\n`;
const post = (fields, body, target = '/echo') => `POST ${target} HTTP/1.1\r\n${H}${J}${fields}\r\n${body}`;
const S = SECRET.length;
const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;

// [name, bytes, statuses, 'close' | 'open']; "html" marks answers that the library gives before it calls us.
const cases = [
	// Framing: whoever reads these differently from us could be made to see another request.
	['two different Content-Length', post(`Content-Length: 0\r\nContent-Length: ${S}\r\n`, SECRET), [400], 'close'],
	['two equal Content-Length', post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'), [400], 'close'],
	['Content-Length as a list', post('Content-Length: 2, 2\r\n', '{}'), [400], 'close', 'html'],
	['Content-Length and Transfer-Encoding', post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${SECRET}`), [400], 'close'],
	['Transfer-Encoding and Content-Length', post(`Transfer-Encoding: chunked\r\nContent-Length: 5\r\n`, `0\r\n\r\n${SECRET}`), [400], 'close'],
	['space before the colon', post(`Content-Length : ${S}\r\n`, SECRET), [400], 'close'],
	['tab before the colon', post(`Content-Length\t: ${S}\r\n`, SECRET), [400], 'close'],
	['bare CR hides a field', post(`X: a\rContent-Length: ${S}\r\n`, SECRET), [400], 'close'],
	['Transfer-Encoding gzip, chunked', post('Transfer-Encoding: gzip, chunked\r\n', `0\r\n\r\n${SECRET}`), [400], 'close'],
	['Transfer-Encoding xchunked', post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${SECRET}`), [400], 'close'],
	['Transfer-Encoding identity', post('Transfer-Encoding: identity\r\n', SECRET), [400], 'close'],
	['Transfer-Encoding with a vertical tab', post('Transfer-Encoding: \x0bchunked\r\n', `0\r\n\r\n${SECRET}`), [400], 'close'],
	['Transfer-Encoding quoted', post('Transfer-Encoding: "chunked"\r\n', `0\r\n\r\n${SECRET}`), [400], 'close'],
	['two Transfer-Encoding', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', `0\r\n\r\n${SECRET}`), [400], 'close'],
	['empty Transfer-Encoding', post('Transfer-Encoding:\r\n', SECRET), [400], 'close'],
	['Transfer-Encoding in HTTP/1.0', `POST /echo HTTP/1.0\r\n${H}${J}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SECRET}`, [400], 'close'],
	['Transfer-Encoding Chunked is chunked', post('Transfer-Encoding: Chunked\r\n', `${chunk('{}')}0\r\n\r\n`), [200], 'open'],
	['Content-Length +5', post('Content-Length: +5\r\n', SECRET), [400], 'close', 'html'],
	['Content-Length -5', post('Content-Length: -5\r\n', SECRET), [400], 'close', 'html'],
	['Content-Length 0x5', post('Content-Length: 0x5\r\n', SECRET), [400], 'close', 'html'],
	['empty Content-Length', post('Content-Length: \r\n', SECRET), [400], 'close', 'html'],
	['Content-Length beyond 64 bits', post('Content-Length: 99999999999999999999\r\n', SECRET), [413], 'close', 'html'],
	['Content-Length of 100 TB', post('Content-Length: 100000000000000\r\n', SECRET), [413], 'close'],
	['Content-Length beyond 18 digits', post('Content-Length: 9999999999999999999\r\n', SECRET), [400], 'close'],
	['body on GET', `GET /hello HTTP/1.1\r\n${H}Content-Length: ${S}\r\n\r\n${SECRET}`, [400], 'close'],
	['chunked body on GET', `GET /hello HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n${chunk('a')}0\r\n\r\n${SECRET}`, [400], 'close'],
	['body on OPTIONS', `OPTIONS /hello HTTP/1.1\r\n${H}Content-Length: ${S}\r\n\r\n${SECRET}`, [400], 'close'],
	['empty body on GET', get('Content-Length: 0\r\n'), [200], 'open'],
	['POST without a body', `POST /echo HTTP/1.1\r\n${H}\r\n`, [200], 'open'],

	// What the parser drops in silence: found because the parts of the head then do not lie side by side.
	['folded line', get('X: a\r\n b\r\n'), [400], 'close'],
	['folded Transfer-Encoding', post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${SECRET}`), [400], 'close'],
	['NUL in a value', get('X: a\0b\r\n'), [400], 'close'],
	['NUL ends a value', get('X: a\0\r\n'), [400], 'close'],
	['NUL in a name', get('X\0Y: a\r\n'), [400], 'close', 'html'],
	['NUL in the path', get('', '/hello\0/../secret'), [400], 'close'],
	['NUL in the method', `GET\0 /hello HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['bare LF everywhere', 'GET /hello HTTP/1.1\nHost: x\n\n', [400], 'close'],
	['bare LF after the request line', `GET /hello HTTP/1.1\n${H}\r\n`, [400], 'close'],
	['bare LF after a field', `GET /hello HTTP/1.1\r\nX: 1\n${H}\r\n`, [400], 'close'],
	['bare LF after the last field', 'GET /hello HTTP/1.1\r\nHost: x\n\r\n', [400], 'close'],
	['bare LF as the empty line', `GET /hello HTTP/1.1\r\n${H}\n`, [400], 'close'],
	['two spaces before the target', `GET  /hello HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['two spaces after the target', `GET /hello  HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['space after the version', `GET /hello HTTP/1.1 \r\n${H}\r\n`, [400], 'close', 'html'],
	['space in the target', `GET /hel lo HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['tab in the request line', `GET\t/hello\tHTTP/1.1\r\n${H}\r\n`, [], 'close'],
	['white space around a value', get('X: \t a b \t\r\n'), [200], 'open'],
	['value without white space', get('X:a\r\n'), [200], 'open'],
	['empty value', get('X:\r\nY: \r\n'), [200], 'open'],
	['empty lines before the request', `\r\n\r\n${get('')}`, [200], 'open'],

	// Header fields.
	['no Host', 'GET /hello HTTP/1.1\r\n\r\n', [400], 'close'],
	['no Host in HTTP/1.0', 'GET /hello HTTP/1.0\r\n\r\n', [400], 'close'],
	['two Hosts', get('Host: y\r\n'), [400], 'close'],
	['empty Host', 'GET /hello HTTP/1.1\r\nHost:\r\n\r\n', [400], 'close'],
	['Host as a list', 'GET /hello HTTP/1.1\r\nHost: a,b\r\n\r\n', [400], 'close'],
	['Host with a path', 'GET /hello HTTP/1.1\r\nHost: x/secret\r\n\r\n', [400], 'close'],
	['two Authorization', get('Authorization: Bearer token-admin\r\nAuthorization: Bearer b\r\n', '/metrics'), [400], 'close'],
	['two Content-Type', post('Content-Type: text/plain\r\nContent-Length: 2\r\n', '{}'), [400], 'close'],
	['two If-Match', get('If-Match: "v1"\r\nif-match: "v2"\r\n'), [400], 'close'],
	['two Idempotency-Key', get('Idempotency-Key: a\r\nIDEMPOTENCY-KEY: b\r\n'), [400], 'close'],
	['two X-Request-Id', get('X-Request-Id: a\r\nX-Request-Id: b\r\n'), [400], 'close'],
	['two Accept', get('Accept: a/b\r\nAccept: c/d\r\n'), [400], 'close'],
	['no colon', get('nonsense\r\n'), [400], 'close', 'html'],
	['empty name', get(': a\r\n'), [400], 'close'],
	['name with a space', get('a b: c\r\n'), [400], 'close'],
	['name with brackets', get('a[b]: c\r\n'), [400], 'close'],
	['name beyond ASCII', get('\xe9: c\r\n'), [400], 'close'],
	['control byte in a value', get('X: \x01\r\n'), [400], 'close'],
	['DEL in a value', get('X: \x7f\r\n'), [400], 'close'],
	['64 fields', get('a: b\r\n'.repeat(63)), [200], 'open'],
	['65 fields', get('a: b\r\n'.repeat(64)), [431], 'close'],
	['300 fields', get('a: b\r\n'.repeat(299)), [431], 'close', 'either'],
	['one field of 8000 bytes', get(`a: ${'b'.repeat(8000)}\r\n`), [200], 'open'],
	['one field of 9000 bytes', get(`a: ${'b'.repeat(9000)}\r\n`), [431], 'close'],
	['one field of 40000 bytes', get(`a: ${'b'.repeat(40000)}\r\n`), [431], 'close', 'html'],
	['compressed body', post('Content-Encoding: gzip\r\nContent-Length: 2\r\n', '{}'), [415], 'close'],
	['method override fields are ignored', post('X-HTTP-Method-Override: GET\r\nX-Method-Override: GET\r\nContent-Length: 2\r\n', '{}', '/secret'), [405], 'open'],

	// Request line.
	['HTTP/0.9', 'GET /secret\r\n', [400], 'close', 'html'],
	['HTTP/0.9 with version', `GET /secret HTTP/0.9\r\n${H}\r\n`, [505], 'close', 'html'],
	['HTTP/1.2', `GET /hello HTTP/1.2\r\n${H}\r\n`, [400], 'close'],
	['HTTP/2.0', `GET /hello HTTP/2.0\r\n${H}\r\n`, [505], 'close', 'html'],
	['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [505], 'close', 'html'],
	['http in small letters', `GET /hello http/1.1\r\n${H}\r\n`, [400], 'close', 'html'],
	['TLS on a plain port', '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n', [], 'close'],
	['absolute form', get('', 'http://x/hello'), [400], 'close'],
	['authority form', `CONNECT x:80 HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['asterisk form', `OPTIONS * HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['unknown method', `BREW /hello HTTP/1.1\r\n${H}\r\n`, [405], 'open'],
	['method in small letters', `get /hello HTTP/1.1\r\n${H}\r\n`, [405], 'open'],
	['TRACE', `TRACE /hello HTTP/1.1\r\n${H}\r\n`, [405], 'open'],
	['method that is no token', `G(T /hello HTTP/1.1\r\n${H}\r\n`, [400], 'close'],
	['HTTP/1.0', `GET /hello HTTP/1.0\r\n${H}\r\n`, [200], 'close'],
	['Connection: close', get('Connection: close\r\n'), [200], 'close'],

	// The target.
	['%00', get('', '/hello%00'), [400], 'close'],
	['%00 in the query', get('', '/hello?a=%00'), [400], 'close'],
	['encoded slash', get('', '/v1%2fitems'), [400], 'close'],
	['encoded slash in capitals', get('', '/v1%2Fitems'), [400], 'close'],
	['encoded backslash', get('', '/v1%5citems'), [400], 'close'],
	['backslash', get('', '/v1\\items'), [400], 'close'],
	['dot segments', get('', '/hello/../secret'), [400], 'close'],
	['encoded dot segments', get('', '/hello/%2e%2E/secret'), [400], 'close'],
	['half encoded dot segments', get('', '/hello/.%2e/secret'), [400], 'close'],
	['one dot', get('', '/./secret'), [400], 'close'],
	['dot segment before a semicolon', get('', '/hello/..;/secret'), [400], 'close'],
	['empty segment', get('', '//secret'), [400], 'close'],
	['half an escape', get('', '/hello%2'), [400], 'close'],
	['no escape', get('', '/hello%zz'), [400], 'close'],
	['encoded line feed', get('', '/hello?a=%0d%0aX:%20y'), [400], 'close'],
	['byte beyond ASCII', get('', '/hell\xf6'), [400], 'close'],
	['fragment', get('', '/hello#secret'), [400], 'close'],
	['control byte', get('', '/hello\x01'), [400], 'close'],
	['encoded letters are another path', get('', '/%68ello'), [404], 'open'],
	['trailing slash', get('', '/hello/'), [404], 'open'],
	['another case', get('', '/Hello'), [404], 'open'],
	['target of 2048 bytes', get('', `/${'a'.repeat(2047)}`), [404], 'open'],
	['target of 2049 bytes', get('', `/${'a'.repeat(2048)}`), [414], 'close'],
	['target of 40000 bytes', get('', `/${'a'.repeat(40000)}`), [414], 'close', 'html'],

	['a target and fields at their limits', get('a: ' + 'b'.repeat(124) + '\r\n' + ('a: ' + 'b'.repeat(123) + '\r\n').repeat(62), `/hello?${'a'.repeat(2041)}`), [200], 'open'],
	// The library keeps a record per parameter before it calls us; when its memory ends it closes without a word.
	['a thousand parameters', get('', `/hello?${'a&'.repeat(1000)}`), [], 'close'],

	// Chunks.
	['chunk extension', post('Transfer-Encoding: chunked\r\n', '2;a=b\r\n{}\r\n0\r\n\r\n'), [200], 'open'],
	['chunk size that is no number', post('Transfer-Encoding: chunked\r\n', `zz\r\n${SECRET}`), [400], 'close', 'html'],
	['negative chunk size', post('Transfer-Encoding: chunked\r\n', `-2\r\n{}\r\n0\r\n\r\n${SECRET}`), [400], 'close', 'html'],
	['chunk size 0x2', post('Transfer-Encoding: chunked\r\n', `0x2\r\n{}\r\n0\r\n\r\n${SECRET}`), [400], 'close', 'html'],
	['chunk size beyond 64 bits', post('Transfer-Encoding: chunked\r\n', `fffffffffffffffff\r\n${SECRET}`), [413], 'close', 'html'],
	['chunk longer than it says', post('Transfer-Encoding: chunked\r\n', `1\r\n{}\r\n0\r\n\r\n${SECRET}`), [400], 'close', 'html'],
	['empty chunk size', post('Transfer-Encoding: chunked\r\n', `\r\n{}\r\n0\r\n\r\n${SECRET}`), [400], 'close', 'html'],
	['space before the chunk size', post('Transfer-Encoding: chunked\r\n', ` 2\r\n{}\r\n0\r\n\r\n${SECRET}`), [400], 'close', 'html'],
	['trailer that looks like framing', post('Transfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\nContent-Length: 50\r\nHost: y\r\n\r\n'), [200], 'open'],
	['a long trailer', post('Transfer-Encoding: chunked\r\n', `2\r\n{}\r\n0\r\nX: ${'a'.repeat(40000)}\r\n\r\n`), [431], 'close', 'html'],
	['a thousand trailers', post('Transfer-Encoding: chunked\r\n', `2\r\n{}\r\n0\r\n${'X: a\r\n'.repeat(1000)}\r\n`), [431], 'close', 'html'],
	// Not detectable: the library takes bare line feeds between chunks without telling. A front end that forwards them unread would have
	// to count them as data; nginx and haproxy refuse them.
	['bare LF between chunks passes', post('Transfer-Encoding: chunked\r\n', '2\n{}\n0\n\n'), [200], 'open'],
	['too large by chunks', post('Transfer-Encoding: chunked\r\n', `${chunk('x'.repeat(65536)).repeat(5)}0\r\n\r\n`), [413], 'open'],
	['exactly as large as allowed', post('Content-Length: 262144\r\n', 'x'.repeat(262144)), [200], 'open'],
	['one byte too large', post('Content-Length: 262145\r\n', SECRET), [413], 'close'],

	// Refused bodies must not become requests.
	['body for a path that nobody has', post(`Content-Length: ${S}\r\n`, SECRET, '/nowhere'), [404], 'open'],
	['body without a token', post(`Content-Length: ${S}\r\n`, SECRET, '/v1/items'), [401], 'open'],
	['body with a role that may not', post(`Authorization: Bearer token-auditor\r\nContent-Length: ${S}\r\n`, SECRET, '/v1/items'), [403], 'open'],
	['body of another type', `POST /echo HTTP/1.1\r\n${H}Content-Type: text/plain\r\nContent-Length: ${S}\r\n\r\n${SECRET}`, [415], 'open'],
	['body without a type', `POST /echo HTTP/1.1\r\n${H}Content-Length: ${S}\r\n\r\n${SECRET}`, [415], 'open'],
	['chunked body without a token', post('Transfer-Encoding: chunked\r\n', `${chunk(SECRET)}0\r\n\r\n`, '/v1/items'), [401], 'open'],
	['refused while it waits to send', post(`Expect: 100-continue\r\nContent-Length: ${S}\r\n`, '', '/v1/items'), [401], 'close'],
	['leave to send', [post('Expect: 100-continue\r\nContent-Length: 2\r\n', ''), 100, '{}'], [100, 200], 'open'],

	// Pipelining.
	['three at once', get('') + get('') + get(''), [200, 200, 200], 'open'],
	['behind a body', post('Content-Length: 2\r\n', '{}') + get(''), [200, 200], 'open'],
	['behind a suspended one', post('Content-Length: 2\r\n', '{}', '/slow') + get(''), [201, 200], 'open'],
	['behind a refused body', post('Content-Length: 2\r\n', '{}', '/nowhere') + get(''), [404, 200], 'open'],
	['behind a malformed one', get('Host: y\r\n') + SECRET, [400], 'close'],
	['behind a closing one', get('Connection: close\r\n') + SECRET, [200], 'close'],
	['behind one that is too large', post('Content-Length: 300000\r\n', SECRET), [413], 'close'],
];

async function run(port, [name, bytes, statuses, ending, source]) {
	const conversation = await Conversation.open(port);
	for (const part of Array.isArray(bytes) ? bytes : [bytes]) {
		if (typeof part === 'number') {
			await sleep(part);
		} else {
			conversation.write(Buffer.from(part, 'latin1'));
		}
	}
	const seen = [];
	for (let i = 0; i < statuses.length; i++) {
		const response = await conversation.response(5000);
		if (response === null) {
			break;
		}
		seen.push(response.status);
		const type = response.headers['content-type'];
		if (response.status >= 400 && source === undefined) {
			const problem = type === 'application/problem+json' ? JSON.parse(response.body) : {};
			report.check(problem.status === response.status && problem.request_id === response.headers['x-request-id'],
				`${name}: ${response.status} is no problem document: ${type} ${response.body.slice(0, 100)}`);
		}
		if (source === 'html') {
			report.check(type !== 'application/problem+json', `${name}: the library used to answer this by itself`);
		}
	}
	const closed = await conversation.waitClosed(ending === 'close' ? 3000 : 40);
	const extra = await conversation.response(0);
	conversation.destroy();
	report.check(String(seen) === String(statuses), `${name}: expected ${statuses}, got ${seen}`);
	report.check(extra === null, `${name}: one answer too many: ${extra?.status}`);
	report.check(closed === (ending === 'close'), `${name}: expected the connection to be ${ending}`);
	const marker = await request(port, get(''));
	report.check(marker?.status === 200, `${name}: the marker got ${marker?.status}`);
}

const server = await startServer(executable, { delay_ms: 5, auth_failures: 0 });
for (const row of cases) {
	await run(server.port, row);
	const ran = await counts(server.port);
	report.check(ran.secret === 0, `${row[0]}: a hidden request was executed`);
	if (ran.secret > 0) {
		break;
	}
}

// The head in single bytes must be judged as it is in one piece, also where the library moves its buffer.
for (const size of [10, 3000, 7000]) {
	const conversation = await Conversation.open(server.port);
	const text = get(`X: ${'a'.repeat(size)}\r\nY: b\r\nZ: ${'c'.repeat(500)}\r\n`);
	for (let at = 0; at < text.length; at += 97) {
		conversation.write(text.slice(at, at + 97));
		await sleep(1);
	}
	const response = await conversation.response();
	report.check(response?.status === 200, `a head of ${text.length} bytes in pieces: ${response?.status}`);
	conversation.destroy();
}
report.check(await server.stop() === 0, 'the server stops cleanly');

// Slow clients: a byte now and then, which the library's own timeout never ends. [name, first bytes, then one byte of this every 200 ms,
// statuses, closed after at least and at most so many milliseconds]
const slow = [
	['nothing at all', '', '', [], 900, 2500],
	['slow request line', 'GET /', 'a', [], 900, 2500],
	['empty lines for ever', '', '\r\n', [], 900, 2500],
	['slow header', `GET /hello HTTP/1.1\r\n${H}X: `, 'a', [], 900, 2500],
	['slow body', post('Content-Length: 1000\r\n', '{'), ' ', [], 1900, 3500],
	['slow chunks', post('Transfer-Encoding: chunked\r\n', ''), '1\r\n \r\n', [], 1900, 3500],
	['slow chunk extension', post('Transfer-Encoding: chunked\r\n', '1;'), 'a', [], 1900, 3500],
	['slow body that is refused anyway', post('Content-Length: 1000\r\n', '{', '/nowhere'), ' ', [], 1900, 3500],
	['idle after an answer', get(''), '', [200], 2900, 4500],
	['slow second request', get(''), 'G', [200], 2900, 4500],
	['slow header of the second request', get('') + `GET /hello HTTP/1.1\r\n${H}X: `, 'a', [200], 900, 2500],
];

async function crawl(port, [name, first, drip, statuses, atLeast, atMost]) {
	const conversation = await Conversation.open(port);
	const started = Date.now();
	conversation.write(first);
	const timer = drip === '' ? null : setInterval(() => conversation.write(drip), 200);
	for (const status of statuses) {
		const response = await conversation.response(1000);
		report.check(response?.status === status, `${name}: expected ${status}, got ${response?.status}`);
	}
	const closed = await conversation.waitClosed(atMost + 2000);
	const took = Date.now() - started;
	clearInterval(timer);
	const extra = await conversation.response(0);
	conversation.destroy();
	report.check(extra === null, `${name}: one answer too many: ${extra?.status}`);
	report.check(closed && took >= atLeast && took <= atMost, `${name}: closed ${closed} after ${took} ms`);
}

// Reads nothing of a long answer: it ends, too.
async function neverReads(port) {
	const conversation = await Conversation.open(port);
	conversation.socket.pause();
	conversation.write(get('', '/large'));
	await sleep(3200);
	conversation.socket.resume();
	const closed = await conversation.waitClosed(2000);
	report.check(closed && conversation.buffer.length < 8 * 1024 * 1024, `a reader that never reads: closed ${closed}`);
	conversation.destroy();
}

// Suspended exchanges wait for the writer, however long it takes.
async function suspendedStays(port) {
	const response = await request(port, post('Content-Length: 2\r\n', '{}', '/slow'));
	report.check(response?.status === 201, `an exchange that the writer holds beyond every deadline: ${response?.status}`);
}

const strict = await startServer(executable, {
	header_deadline: 1, body_deadline: 2, request_deadline: 2, keepalive_idle: 3, delay_ms: 900 + 2500,
});
await Promise.all([...slow.map((row) => crawl(strict.port, row)), neverReads(strict.port), suspendedStays(strict.port)]);
const marker = await request(strict.port, get(''));
report.check(marker?.status === 200, `after slow clients the marker got ${marker?.status}`);
report.check(await strict.stop() === 0, 'the strict server stops cleanly');
console.log(`${cases.length + slow.length + 2} exchanges`);
report.finish();
