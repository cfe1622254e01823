// SPDX-License-Identifier: Apache-2.0
// Every 201 of the daemon follows a sync of the log that began after the last write of the transaction that holds the request. The order is
// recorded by a preloaded library; daemons with a fault must be caught by the same judgement in the same run:
//   daemon_sync.mjs RECORDER DAEMON UNSYNCED_DAEMON EARLY_DAEMON
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve } from '../lib/records.mjs';

const [recorder, daemon, unsynced, early] = process.argv.slice(2);
const tally = new Tally();

/** What the trace proves. An acknowledgement is unsafe unless its transaction ended in a write that a completed sync began after. */
function judge(trace) {
	const ends = new Map(); // request -> number of the last write of its transaction; Infinity while that is open
	let open = [];
	let writes = 0;
	let next = false; // the next write ends a transaction
	let ending = false; // this write does
	let begun = 0;
	let synced = 0;
	const result = { acknowledged: 0, unsafe: 0, transactions: 0, syncs: 0, failed: 0 };
	const steps = {
		W: () => {
			writes++;
			[ending, next] = [next, false];
			if (!ending) return;
			open.forEach((id) => ends.set(id, writes));
			open = [];
			result.transactions++;
		},
		C: () => { next = true; },
		I: (id) => {
			if (ends.has(id)) return;
			ends.set(id, ending ? writes : Infinity);
			if (!ending) open.push(id);
		},
		B: (file) => { begun = file === 'log' ? writes : begun; },
		E: (file) => {
			synced = file === 'log' ? begun : synced;
			result.syncs += file === 'log' ? 1 : 0;
		},
		F: () => { result.failed++; },
		A: (id) => {
			result.acknowledged++;
			result.unsafe += (ends.get(id) ?? Infinity) <= synced ? 0 : 1;
		},
	};
	for (const line of trace.split('\n')) steps[line[0]]?.(line.slice(2));
	return result;
}

/** Runs BINARY under the recorder while CLIENTS send COUNT requests each, one after the other. */
async function observe(binary, clients, count, env = {}) {
	const records = database(daemon, 'sync');
	const trace = join(records.directory, 'trace');
	const server = await serve(binary, records, [], {
		sockets: clients,
		env: { LD_PRELOAD: recorder, AR_TRACE: trace, AR_ACK: 'http', ASAN_OPTIONS: 'verify_asan_link_order=0', ...env },
	});
	const acknowledged = [];
	const body = sample('pdts-complete');
	const client = async () => {
		for (let n = 0; n < count && !server.exited; n++) {
			try {
				const answer = await server.call('POST', '/v1/requests', { as: 'clinic-a', body });
				if (answer.status === 201) acknowledged.push(answer.json.id);
			} catch { /* the daemon has ended */ }
		}
	};
	await Promise.all(Array.from({ length: clients }, client));
	const found = { received: acknowledged.length, ...judge(readFileSync(trace, 'utf8')) };
	server.agent.destroy();
	found.code = (await (server.exited ?? server.kill(env.AR_FAIL ? 'SIGTERM' : 'SIGKILL'))).code;
	console.log(JSON.stringify({ clients, ...env, ...found }));
	return found;
}

for (const [clients, count] of [[1, 100], [16, 40]]) {
	const good = await observe(daemon, clients, count);
	tally.equal([good.received, good.acknowledged], [clients * count, clients * count], 'every request was acknowledged, and the recorder saw it');
	tally.check(good.syncs >= good.transactions / 2 && good.transactions >= count, `the run says something: ${good.transactions} transactions`);
	tally.equal(good.unsafe, 0, 'no acknowledgement before its sync');
}
for (const [binary, env] of [[unsynced, { AR_SYNCHRONOUS: 'OFF' }], [unsynced, { AR_SYNCHRONOUS: 'NORMAL' }], [early, {}]]) {
	const bad = await observe(binary, 1, 40, env);
	tally.check(bad.acknowledged === 40 && bad.unsafe > 20, `a faulty daemon is noticed: ${JSON.stringify(env)}`);
}
// A sync that fails in a commit ends the daemon; whoever waited for it gets no 201.
const stopped = await observe(daemon, 4, 20, { AR_FAIL: 'log:12' });
tally.equal([stopped.failed, stopped.code, stopped.unsafe], [1, 75, 0], 'a failed sync: the daemon ends, nothing more is acknowledged');
tally.check(stopped.received > 0 && stopped.received <= stopped.acknowledged, 'and what came before it was');
tally.end();
