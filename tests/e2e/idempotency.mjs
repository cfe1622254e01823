// SPDX-License-Identifier: Apache-2.0
// A thousand keys, each sent by eight clients at once and again after a restart: one request each, the same answer to the byte.
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const KEYS = Number(process.env.KEYS ?? 1000);
const CLIENTS = 8;
const tally = new Tally();
const records = database(binary, 'idempotency');
let daemon = await serve(binary, records, [], { sockets: 64 });

const body = sample('pdts-complete');
const send = (n) => daemon.call('POST', '/v1/requests', {
	as: 'clinic-a', key: `key-${n}`, body: { ...body, submitter_reference: `ref-${n}` },
});

const first = new Map();
for (let from = 0; from < KEYS; from += 50) {
	const numbers = Array.from({ length: Math.min(50, KEYS - from) }, (_, i) => from + i);
	await Promise.all(numbers.map(async (n) => {
		const answers = await Promise.all(Array.from({ length: CLIENTS }, () => send(n)));
		const made = answers.filter((a) => a.headers['idempotency-replayed'] === undefined);
		tally.equal(made.length, 1, `key ${n}: one answer is not a replay`);
		tally.check(answers.every((a) => a.status === 201), `key ${n}: every answer is 201 (${answers.map((a) => a.status)})`);
		tally.check(answers.every((a) => a.text === answers[0].text), `key ${n}: every answer is the same`);
		tally.check(answers.every((a) => a.headers.etag === answers[0].headers.etag && a.headers.location === answers[0].headers.location),
			`key ${n}: the same ETag and Location`);
		first.set(n, answers[0]);
	}));
}

// The same key with another body, and the same body under another key.
const other = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', key: 'key-0', body: { ...body, submitter_reference: 'changed' } });
tally.equal(other.status, 422, 'another body under a used key');
tally.equal(other.json.type, '/problems/idempotency-key-reused', 'its problem');
const none = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', key: null, body });
tally.equal(none.status, 400, 'no key');

await daemon.stop();
daemon = await serve(binary, records, [], { sockets: 64 });
for (let from = 0; from < KEYS; from += 100) {
	await Promise.all(Array.from({ length: Math.min(100, KEYS - from) }, async (_, i) => {
		const answer = await send(from + i);
		tally.check(answer.status === 201 && answer.text === first.get(from + i).text && answer.headers['idempotency-replayed'] === 'true',
			`key ${from + i}: after a restart the first answer again (${answer.status})`);
	}));
}

// One request each: count them through the worklist.
let count = 0;
let next = '/v1/requests?limit=200';
while (next) {
	const page = await daemon.call('GET', next, { as: 'clinic-a' });
	if (!tally.equal(page.status, 200, 'worklist')) break;
	count += page.json.requests.length;
	next = page.json.next;
}
tally.equal(count, KEYS, 'requests recorded');
await daemon.stop();
tally.check(verifyAudit(binary, records.db).includes(`${KEYS} events`), 'the chain holds one event each');
tally.end();
