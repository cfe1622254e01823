// SPDX-License-Identifier: Apache-2.0
// Every acknowledgement follows a sync of the log that began after the last write of its batch. The order is recorded by a preloaded
// library while the store runs; loaders with a fault must be caught by the same judgement in the same run:
//   store_sync.mjs RECORDER CHECKER LOADER UNSYNCED_LOADER EARLY_LOADER
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger, fail, inspect, run, scratch } from './rig.mjs';

const [recorder, checker, loader, unsynced, early] = process.argv.slice(2);
const commands = 3000;

// What the trace proves: how many acknowledgements came, how many of them before they were safe, and what came after a failure.
const judge = (trace) => {
	const seen = new Map(); // name -> number of the write that first held it
	let writes = 0;
	let begun = 0;
	let synced = 0;
	let broken = false;
	const result = { acknowledged: 0, unsafe: 0, syncs: 0, checkpoints: 0, failed: 0, afterFailure: 0 };
	for (const line of trace.split('\n')) {
		const kind = line[0];
		const name = line.slice(2);
		if (kind === 'W') {
			writes++;
		} else if (kind === 'I' && !seen.has(name)) {
			seen.set(name, writes);
		} else if (kind === 'B' && name === 'log') {
			begun = writes;
		} else if (kind === 'E' && name === 'log') {
			synced = begun;
			result.syncs++;
		} else if (kind === 'E') {
			result.checkpoints++;
		} else if (kind === 'F') {
			broken = true;
			result.failed++;
		} else if (kind === 'A') {
			result.acknowledged++;
			result.afterFailure += broken ? 1 : 0;
			result.unsafe += synced === writes && (seen.get(name) ?? Infinity) <= synced ? 0 : 1;
		}
	}
	return result;
};

const observe = async (program, env = {}) => {
	const place = scratch();
	const trace = join(place.directory, 'trace');
	const ledger = new Ledger();
	const ended = await run(program, [place.path, '4', String(commands)], {
		env: { LD_PRELOAD: recorder, AR_TRACE: trace, ASAN_OPTIONS: 'verify_asan_link_order=0', ...env },
		onLine: (line) => ledger.acknowledge(line),
	});
	const judged = { ...judge(readFileSync(trace, 'utf8')), ...ended };
	if (program === loader) {
		judged.lost = ledger.lost(await inspect(checker, place.path)).length;
	}
	place.remove();
	console.log(JSON.stringify({ ...env, ...judged, errors: undefined }));
	return judged;
};

const good = await observe(loader);
if (good.code !== 0 || good.acknowledged !== commands || good.syncs < 10 || good.checkpoints < 1) {
	fail(`the run says nothing: ${good.errors}`);
}
if (good.unsafe !== 0 || good.lost !== 0) {
	fail(`${good.unsafe} acknowledgements before their sync, ${good.lost} lost`);
}

for (const [program, env] of [[unsynced, { AR_SYNCHRONOUS: 'OFF' }], [unsynced, { AR_SYNCHRONOUS: 'NORMAL' }], [early, {}]]) {
	const bad = await observe(program, env);
	if (bad.acknowledged === 0 || bad.unsafe < bad.acknowledged / 2) {
		fail(`a faulty loader went unnoticed: ${JSON.stringify(env)}`);
	}
}

// A sync that fails is the end, whether of the log in a commit or of the file in a checkpoint: no acknowledgement after it. While the
// store opens, it does not open: each migration is a commit of its own.
const steps = readdirSync(new URL('../../migrations/sqlite', import.meta.url)).length;
const orders = { 'file:1': 'start', 'log:1': 'start', 'log:2': 'start', [`log:${steps}`]: 'start', [`log:${steps + 3}`]: 'commit', [`log:${steps + 7}`]: 'commit', 'file:2': 'checkpoint' };
for (const [order, when] of Object.entries(orders)) {
	const stopped = await observe(loader, { AR_FAIL: order });
	const told = new Set(stopped.errors.split('\n').filter((line) => line.startsWith('req_')).map((line) => line.split(' ')[2]));
	if (stopped.failed !== 1 || stopped.code !== (when === 'start' ? 1 : 75)) {
		fail(`${order}: the loader ended with ${stopped.code}: ${stopped.errors.slice(0, 500)}`);
	}
	if (stopped.afterFailure !== 0 || stopped.lost !== 0 || stopped.unsafe !== 0) {
		fail(`${order}: ${stopped.afterFailure} acknowledgements after it, ${stopped.unsafe} unsafe, ${stopped.lost} lost`);
	}
	if ((when === 'commit') !== told.has('outcome-unknown') || [...told].some((type) => !['outcome-unknown', 'store'].includes(type))) {
		fail(`${order}: the callers were told ${[...told]}`);
	}
}
