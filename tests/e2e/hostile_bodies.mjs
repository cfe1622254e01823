// SPDX-License-Identifier: Apache-2.0
// Hostile bodies: each gets its exact answer with every error of the body at once, nothing is stored, the daemon lives.
import { Tally, start } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const release = process.argv[3] === 'release';
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '5', '--policies', 'policies']);
const text = JSON.stringify(sample('prts-complete'));
const whole = () => sample('prts-complete');
const put = (change) => { const b = whole(); change(b); return JSON.stringify(b); };
const raw = (bytes) => Buffer.from(bytes);
const read = whole().documents.findIndex((d) => d.sections?.length > 0); // a document with sections
const nest = (n) => '['.repeat(n) + ']'.repeat(n);

// [what, body, status, pointers of errors (422) or null]
const table = [
	['nothing', '', 400], ['blank', '   ', 400], ['a word', 'hello', 400], ['a number', '5', 422, ['']], ['null', 'null', 422, ['']],
	['a list', '[]', 422, ['']], ['a text', '"x"', 422, ['']], ['cut short', text.slice(0, -1), 400], ['cut in a text', text.slice(0, 40), 400],
	['two values', `${text}${text}`, 400], ['text behind', `${text}x`, 400], ['a NUL behind', `${text}\u0000`, 400],
	['a comma too many', '{"payer":"trillium",}', 400], ['a comma too few', '{"payer":"trillium" "service":"PRTS"}', 400],
	['single quotes', "{'payer':'trillium'}", 400], ['bare names', '{payer:"trillium"}', 400], ['a comment', '{/* x */}', 400],
	['duplicate member', '{"payer":"trillium","payer":"trillium"}', 400], ['duplicate by escape', '{"payer":"x","p\\u0061yer":"x"}', 400],
	['duplicate deep inside', put(() => {}).replace('"member":{', '"member":{"id":"A",'), 400],
	['U+0000 escaped', '{"payer":"a\\u0000b"}', 400], ['U+0000 raw', raw('{"payer":"a\u0000b"}').toString('latin1'), 400],
	['a lone surrogate', '{"payer":"\\ud800"}', 400], ['a wrong escape', '{"payer":"\\x41"}', 400], ['a line break in a text', '{"payer":"a\nb"}', 400],
	['a tab in a text', '{"payer":"a\tb"}', 400], ['a byte-order mark', `\ufeff${text}`, 400],
	['leading zero', '{"x":01}', 400], ['plus one', '{"x":+1}', 400], ['point five', '{"x":.5}', 400], ['five point', '{"x":5.}', 400],
	['hexadecimal', '{"x":0x10}', 400], ['NaN', '{"x":NaN}', 400], ['Infinity', '{"x":Infinity}', 400], ['1e999', '{"x":1e999}', 400],
	['2^53+1', '{"x":9007199254740993}', 400], ['forty digits', `{"x":${'9'.repeat(40)}}`, 400], ['True', '{"x":True}', 400],
	['depth 33', nest(33), 400], ['depth 100,000', nest(100000), 400], ['depth 10,000 of objects', '{"a":'.repeat(10000) + '1' + '}'.repeat(10000), 400],
	['ten thousand members', JSON.stringify(Object.fromEntries(Array.from({ length: 10000 }, (_, i) => [`m${i}`, i]))), 400],
	['a million lines', '\n'.repeat(1000000), 413], ['as many lines as fit', '\n'.repeat(256 * 1024), 400], ['one line more', '\n'.repeat(256 * 1024 + 1), 413],
	['300 KB', JSON.stringify({ payer: 'x'.repeat(300 * 1024) }), 413],
	['2 MB', JSON.stringify({ payer: 'x'.repeat(2 * 1024 * 1024) }), 413], ['a text of 70 KB', JSON.stringify({ payer: 'x'.repeat(70 * 1024) }), 400],
	['an empty object', '{}', 422, ['/payer', '/review', '/service']],
	['unknown payer', put((b) => { b.payer = 'trilium'; }), 422, ['/payer']], ['unknown service', put((b) => { b.service = 'PSS'; }), 422, ['/service']],
	['unknown review', put((b) => { b.review = 'second'; }), 422, ['/review']], ['payer null', put((b) => { b.payer = null; }), 422, ['/payer']],
	['unknown member', put((b) => { b.servcie = 'x'; }), 422, ['/servcie']], ['unknown member inside', put((b) => { b.member.birthdate = 'x'; }), 422, ['/member/birthdate']],
	['a pointer of its own', put((b) => { b['a/b~c'] = 1; }), 422, ['/a~1b~0c']],
	['30 February', put((b) => { b.member.birth_date = '2014-02-30'; }), 422, ['/member/birth_date']],
	['month 13', put((b) => { b.member.birth_date = '2014-13-01'; }), 422, ['/member/birth_date']],
	['29 February 2025', put((b) => { b.service_period.start = '2025-02-29'; }), 422, ['/service_period/start']],
	['year 0', put((b) => { b.service_period.start = '0000-01-01'; }), 422, ['/service_period/start']],
	['a date with a time', put((b) => { b.member.birth_date = '2014-05-10T00:00:00Z'; }), 422, ['/member/birth_date']],
	['a date with blanks', put((b) => { b.member.birth_date = ' 2014-05-10'; }), 422, ['/member/birth_date']],
	['an instant without offset', put((b) => { b.admission = { status: 'admitted', admitted_at: '2026-11-20T10:00:00' }; }), 422, ['/admission/admitted_at']],
	['an instant at 25 o’clock', put((b) => { b.admission = { status: 'admitted', admitted_at: '2026-11-20T25:00:00Z' }; }), 422, ['/admission/admitted_at']],
	['a number for a text', put((b) => { b.member.id = 5; }), 422, ['/member/id']], ['a text for a number', put((b) => { b.lines[0].units = '14'; }), 422, ['/lines/0/units']],
	['a text for a boolean', put((b) => { b.member.self_insured = 'no'; }), 422, ['/member/self_insured']], ['an object for a list', put((b) => { b.lines = {}; }), 422, ['/lines']],
	['a list for an object', put((b) => { b.member = []; }), 422, ['/member']], ['a text in a list of objects', put((b) => { b.lines.push('x'); }), 422, ['/lines/1']],
	['unknown document type', put((b) => { b.documents[0].type = 'bh_asessment'; }), 422, ['/documents/0/type']],
	['unknown section', put((b) => { b.documents[read].sections[0].name = 'presentaton'; }), 422, [`/documents/${read}/sections/0/name`]],
	['unknown fact', put((b) => { b.facts = { risk: true }; }), 422, ['/facts/risk']], ['a fact of the wrong type', put((b) => { b.facts = { risk_indicated: 'yes' }; }), 422, ['/facts/risk_indicated']],
	['two documents of one id', put((b) => { b.documents[1].id = b.documents[0].id; }), 422, ['/documents/1/id']],
	['201 documents', put((b) => { b.documents = Array.from({ length: 201 }, (_, i) => ({ id: `d${i}`, type: 'other' })); }), 422, ['/documents']],
	['101 lines', put((b) => { b.lines = Array.from({ length: 101 }, () => ({ code: 'X' })); }), 422, ['/lines']],
	['a name of 201 characters', put((b) => { b.member.first_name = 'x'.repeat(201); }), 422, ['/member/first_name']],
	['page zero', put((b) => { b.documents[read].sections[0].page = 0; }), 422, [`/documents/${read}/sections/0/page`]],
	['page 1.5', put((b) => { b.documents[read].sections[0].page = 1.5; }), 422, [`/documents/${read}/sections/0/page`]],
	['five at once', put((b) => { b.member.birth_date = 'x'; b.lines[0].units = 'x'; b.urgency = 'soon'; b.extra = 1; b.diagnoses[0].primary = 'x'; }), 422,
		['/diagnoses/0/primary', '/extra', '/lines/0/units', '/member/birth_date', '/urgency']],
	['intake by a provider', put((b) => { b.intake = { received_at: '2026-11-19T10:00:00-08:00', via: 'fax' }; }), 422, ['/intake']],
];

const invalidUtf8 = Buffer.concat([Buffer.from('{"payer":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
const overlong = Buffer.concat([Buffer.from('{"payer":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]);
table.push(['bad UTF-8', invalidUtf8, 400], ['overlong UTF-8', overlong, 400]);

async function last() {
	return (await daemon.call('GET', '/v1/events?limit=1', { as: 'reviewer' })).json.last;
}

const before = await last();
for (const path of ['/v1/requests', '/v1/checks']) {
	for (const [what, body, status, pointers] of table) {
		const answer = await daemon.call('POST', path, { as: 'provider', body }).catch((error) => ({ closed: error.code }));
		if (answer.closed) {
			// The server answers 413 and closes while the body is still being written; the answer may be lost with the connection.
			tally.check(status === 413 && ['EPIPE', 'ECONNRESET'].includes(answer.closed), `${path}, ${what}: closed (${answer.closed})`);
			continue;
		}
		tally.equal(answer.status, status, `${path}, ${what} (${answer.text.slice(0, 200)})`);
		tally.check((answer.headers['content-type'] ?? '').startsWith('application/problem+json'), `${path}, ${what}: a problem`);
		if (pointers) tally.equal((answer.json?.errors ?? []).map((e) => e.pointer).sort(), pointers, `${path}, ${what}: the errors`);
		for (const error of answer.json?.errors ?? []) tally.check(Boolean(error.code && error.detail), `${path}, ${what}: each error explains itself`);
	}
}
/* ---- S191: hours are counted from a receipt, so one that staff enter must say where on earth its hour was ---- */
for (const path of ['/v1/requests', '/v1/checks']) {
	for (const received of ['2026-11-18T10:00:00', '2026-11-18T10:00:00.5', '2026-11-18']) {
		const body = put((b) => { b.intake = { received_at: received, via: 'fax' }; });
		const { status, json } = await daemon.call('POST', path, { as: 'intake', body });
		tally.equal([status, (json?.errors ?? []).map((e) => e.pointer)], [422, ['/intake/received_at']], `S191: ${path}, received at ${received}, without an offset`);
	}
}
const flood = await daemon.call('POST', '/v1/requests', { as: 'provider', body: put((b) => { b.lines = Array.from({ length: 90 }, () => ({ code: 1, units: 'x' })); }) });
tally.equal([flood.status, flood.json.errors.length, flood.json.errors_omitted], [422, 100, 80], 'a hundred errors are told, the rest counted');
for (const type of ['text/plain', 'application/xml', 'application/json; charset=latin1', 'multipart/form-data; boundary=x']) {
	const answer = await daemon.call('POST', '/v1/requests', { as: 'provider', body: text, headers: { 'Content-Type': type } });
	tally.equal(answer.status, 415, `content type ${type}`);
}
tally.equal((await daemon.call('POST', '/v1/requests', { as: 'provider', body: text, headers: { 'Content-Encoding': 'gzip' } })).status, 415, 'a compressed body');
tally.equal(await last(), before, 'nothing was stored');
tally.equal((await daemon.call('GET', '/v1/requests?status=any', { as: 'provider' })).json.requests.length, 0, 'no request exists');

if (release) {
	// Memory is flat: the same hostile bodies many times over.
	const { readFileSync } = await import('node:fs');
	const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))[1]);
	const round = async (times) => {
		for (let i = 0; i < times; i++) {
			await Promise.all(table.slice(0, 60).map(([, body]) => daemon.call('POST', '/v1/requests', { as: 'provider', body }).catch(() => null)));
		}
	};
	await round(10);
	const settled = rss();
	await round(40);
	tally.check(rss() < settled * 1.1 + 1024, `resident memory stays flat (${settled} kB, then ${rss()} kB)`);
}
const good = await daemon.call('POST', '/v1/requests', { as: 'provider', body: text });
tally.equal(good.status, 201, 'a good body is still recorded');
const stop = await daemon.stop();
tally.equal(stop.code, 0, 'and the daemon stops in order');
tally.end();
