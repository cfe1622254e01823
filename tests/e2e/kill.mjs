// SPDX-License-Identifier: Apache-2.0
// kill -9 under mixed load. This process keeps the ledger: every acknowledged id with its ETag and answer. After each kill the daemon starts again
// on the same file and everything acknowledged must be there; what was in flight is sent again with its key and must exist exactly once.
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const ROUNDS = Number(process.env.KILLS ?? 50);
const CLIENTS = 12;
const tally = new Tally();
const records = database(binary, 'kill');
const body = sample('prts-assessment-too-old');
const newer = { documents: body.documents.filter((d) => d.type === 'bh_assessment').map((d) => ({ ...d, completed_on: d.completed_on })) };
const ledger = new Map(); // id -> {etag, text, reference}
const unsure = []; // calls whose answer did not arrive
let serial = 0;

async function client(daemon, gone) {
	while (!gone.value) {
		const n = serial++;
		const call = { path: '/v1/requests', key: `submit-${n}`, body: { ...body, submitter_reference: `ref-${n}` } };
		const made = await send(daemon, call);
		if (!made) continue;
		ledger.set(made.json.id, { etag: made.headers.etag, text: made.text });
		if (n % 3 === 0) {
			const change = { path: `/v1/requests/${made.json.id}/information`, key: `change-${n}`, body: newer, etag: made.headers.etag };
			const changed = await send(daemon, change);
			if (changed) ledger.set(made.json.id, { etag: changed.headers.etag, text: changed.text });
		}
	}
}

async function send(daemon, call) {
	try {
		const answer = await daemon.call('POST', call.path, { as: 'clinic-a', ...call });
		if (answer.status === 200 || answer.status === 201) return answer;
		tally.check(answer.status === 503, `an answer under load is 2xx or 503 (${answer.status} ${answer.text.slice(0, 200)})`);
	} catch { /* the daemon died: the outcome is not known */ }
	unsure.push(call);
	return null;
}

async function reconcile(daemon) {
	for (const call of unsure.splice(0)) {
		const answer = await daemon.call('POST', call.path, { as: 'clinic-a', ...call });
		if (tally.check(answer.status === 200 || answer.status === 201, `the same key after the kill (${answer.status} ${answer.text.slice(0, 120)})`)) {
			ledger.set(answer.json.id, { etag: answer.headers.etag, text: answer.text });
		}
	}
	const recent = [...ledger].slice(-400);
	for (const [id, entry] of recent) {
		const found = await daemon.call('GET', `/v1/requests/${id}`, { as: 'clinic-a' });
		tally.check(found.status === 200 && found.headers.etag === entry.etag && found.text === entry.text,
			`${id} is as acknowledged (${found.status}, ${found.headers.etag}, ${entry.etag})`);
	}
}

for (let round = 0; round < ROUNDS; round++) {
	const daemon = await serve(binary, records, [], { sockets: 64 });
	await reconcile(daemon);
	const gone = { value: false };
	const load = Array.from({ length: CLIENTS }, () => client(daemon, gone));
	await new Promise((done) => setTimeout(done, 40 + Math.random() * 260));
	await daemon.kill();
	gone.value = true;
	await Promise.all(load);
	daemon.agent.destroy();
}
const daemon = await serve(binary, records, [], { sockets: 64 });
await reconcile(daemon);
let count = 0;
for (let next = '/v1/requests?status=any&limit=200'; next;) {
	const page = await daemon.call('GET', next, { as: 'clinic-a' });
	for (const row of page.json.requests) tally.check(ledger.has(row.id), `${row.id} stands in the ledger: nothing was recorded that nobody asked for`);
	count += page.json.requests.length;
	next = page.json.next;
}
tally.equal(count, ledger.size, 'as many requests as the ledger has');
await daemon.stop();
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
console.log(`${ROUNDS} kills, ${ledger.size} requests acknowledged`);
tally.end();
