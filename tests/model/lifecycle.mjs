// SPDX-License-Identifier: Apache-2.0
// The life of a request, held against a model of it that was written apart from the program, from the policy and the state machine: random steps
// on some fifty requests at once, lawful and not, by every role, with stale and missing ETags, repeated keys and a clock that moves; after each
// the daemon's answer and the model must say the same. The seed repeats a run; what differs is played again on a daemon of its own and shortened.
// lifecycle.mjs AUTHREVIEWD [--operations N] [--seed S]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scratch, start } from '../lib/daemon.mjs';
import { TABLES } from './bodies.mjs';
import { beginning, Chance, step } from './choices.mjs';
import { STEPS } from './steps.mjs';
import { Difference, World } from './world.mjs';

const ALIVE = 50;
const MOVES = 400; // of the clock: a run of any length ends within the calendar that the model knows
const ENOUGH = 10000; // operations from which on a run must have tried everything
const BEGIN = '2026-03-02T10:15:00-08:00'; // a Monday; the clocks change on the next Sunday
const { positionals: [binary], values } = parseArgs({ allowPositionals: true, options: { operations: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
const operations = Number(values.operations);
const seed = Number(values.seed);

const tables = scratch('model');
for (const [name, text] of Object.entries(TABLES)) writeFileSync(join(tables, name), text);

async function world() {
	const daemon = await start(binary, ['--sandbox', '--seed', String(seed), '--clock', BEGIN, '--policies', 'policies', '--tables', tables]);
	return new World(daemon, Date.parse(BEGIN));
}

/** What comes next: {op, r}; r undefined for the clock and for a new request. */
function choose(chance, w, alive) {
	if (alive.length < ALIVE) return { op: beginning(chance) };
	if (chance.odds(Math.min(0.03, MOVES / operations))) return { op: { kind: 'clock', minutes: chance.of([1, 30, 240, 480, 1440, 1440, 2880]) } };
	const r = chance.of(alive);
	if (chance.odds(0.03)) return { op: { kind: chance.of(['again', 'reuse']) }, r };
	if (chance.odds(0.03)) return { op: { kind: 'past', place: chance.below(r.stood.length), last: chance.odds(0.5) }, r };
	return { op: step(chance, r), r };
}

/** Whether R makes room for another: soon when nothing more will happen to it, now and then otherwise. */
const retires = (chance, r) => chance.odds(r.is_open() || r.tasks().length > 0 ? 0.005 : 0.15);

/** Plays HISTORY, the steps of one request and of the clock, on a daemon of its own. Returns what differs, or null. */
async function replay(history) {
	const w = await world();
	try {
		let r;
		for (const op of history) r = await w.play(op, r) ?? r;
		return null;
	} catch (error) {
		return error;
	} finally {
		await w.daemon.stop();
	}
}

/** The same difference. */
const alike = (a, b) => b instanceof Difference && a.lines[0].split(':')[0] === b.lines[0].split(':')[0];

/** Leaves out of HISTORY whatever is not needed to see the difference. */
async function shortened(history, difference) {
	let short = history;
	for (let size = short.length >> 1; size >= 1; size >>= 1) {
		for (let i = 0; i < short.length;) {
			const less = [...short.slice(0, i), ...short.slice(i + size)];
			if (less.length < short.length && alike(difference, await replay(less))) short = less;
			else i += size;
		}
	}
	return short;
}

async function report(where, op, history, difference) {
	console.log(`DIFFERENCE at ${where} of seed ${seed}: ${JSON.stringify(op)}`);
	for (const line of difference.lines) console.log(`  ${line}`);
	const again = await replay(history);
	if (!alike(difference, again)) {
		console.log(`the history of the request alone does not show it (${again?.lines?.[0] ?? again}); it is:`);
		for (const one of history) console.log(`  ${JSON.stringify(one)}`);
		return;
	}
	const short = await shortened(history, difference);
	console.log('the shortest history that shows it, each by {kind, role, ...}:');
	for (const one of short) console.log(`  ${JSON.stringify(one)}`);
	for (const line of (await replay(short)).lines) console.log(`  => ${line}`);
}

const chance = new Chance(seed);
const w = await world();
// When it dies its last words tell why.
process.on('uncaughtException', (error) => setTimeout(() => { console.log(error, w.daemon.err.slice(-4000)); process.exit(1); }, 500));
const began = Date.now();
const log = []; // every step: {op, r}
const alive = [];
let failed = false;
for (let n = 1; n <= operations && !failed; n++) {
	const { op, r } = choose(chance, w, alive);
	const entry = { op, r };
	log.push(entry);
	try {
		if (op.kind === 'clock') await w.clock(op, alive);
		else entry.r = await w.play(op, r) ?? r;
		if (op.kind === 'submit') alive.push(entry.r);
		else if (r !== undefined && retires(chance, r)) alive.splice(alive.indexOf(r), 1);
	} catch (error) {
		if (!(error instanceof Difference)) throw error;
		failed = true;
		const about = entry.r ?? error.request;
		await report(`operation ${n}`, op, log.filter((e) => e === entry || e.op.kind === 'clock' || e.r === about).map((e) => e.op), error);
	}
}
if (!failed) {
	try {
		await w.end();
	} catch (error) {
		if (!(error instanceof Difference)) throw error;
		failed = true;
		await report('the end', { kind: 'read' }, log.filter((e) => e.op.kind === 'clock' || e.r === error.request).map((e) => e.op), error);
	}
}

/** What a run of this length must have tried; one that never gets there says little. */
function untried() {
	for (const r of w.requests) {
		for (const { what } of r.raised) w.note(`raised ${what}`);
		w.note(`end ${r.decision?.outcome ?? r.status()}`);
		for (const a of r.appeals) w.note(`appeal ${a.status}`);
	}
	const statuses = ['manual_route', 'not_required', 'returned', 'incomplete', 'pending_con', 'in_review', 'decided', 'withdrawn', 'recorded'].map((one) => `status ${one}`);
	const raised = ['due_soon', 'overdue', 'lapse_notice_due', 'outreach_owed', 'notice_overdue', 'appeal_due_soon', 'appeal_overdue', 'authorization_ended'].map((one) => `raised ${one}`);
	const steps = Object.keys(STEPS).flatMap((kind) => ['taken', 'illegal-transition'].map((what) => `${kind} ${what}`));
	return [...statuses, ...raised, ...steps, 'determination anew taken', 'determination anew invalid-body', 'end approved', 'end approved_in_part', 'end denied', 'appeal upheld', 'appeal overturned'].filter((one) => !w.seen[one]);
}

if (!failed) {
	const never = untried();
	const taken = Object.keys(STEPS).map((kind) => `${kind} ${w.seen[`${kind} taken`] ?? 0}`).join(', ');
	console.log(`seed ${seed}: ${operations} operations on ${w.requests.length} requests in ${Math.round((Date.now() - began) / 1000)} s, ${w.calls} calls; the clock went to ${new Date(w.now).toISOString()}`);
	console.log(`taken: ${taken}`);
	console.log(`on other facts: ${Object.keys(w.seen).filter((one) => one.endsWith(' anew taken')).map((one) => `${one} ${w.seen[one]}`).join(', ')}`);
	console.log(`ended: ${Object.keys(w.seen).filter((one) => one.startsWith('end ')).map((one) => `${one.slice(4)} ${w.seen[one]}`).join(', ')}`);
	if (operations >= ENOUGH && never.length > 0) {
		failed = true;
		console.log(`FAILED never tried: ${never.join(', ')}`);
	}
}
await w.daemon.stop();
console.log(failed ? '0 passed, 1 failed' : '1 passed, 0 failed');
process.exit(failed ? 1 : 0);
