// SPDX-License-Identifier: Apache-2.0
// A clock that was moved expires nothing and stamps nothing, neither at the first call after it nor after a restart; time never goes backwards
// for what is recorded; and a clock that lies before the newest record does not start without somebody saying that it is right.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { Tally } from '../lib/daemon.mjs';
import { database, serve } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';
import { feed, raised } from '../lib/timeline.mjs';

const [binary, library] = process.argv.slice(2);
const tally = new Tally();
const records = database(binary, 'suspect', ['clinic-a']);
const marker = `${records.db}.clock`;
const shift = new Shift(library, records.directory, '2026-03-02T10:15:00-08:00');
const cases = 'policies/trillium-isa/2019-03-06/cases';
const read = (file) => JSON.parse(readFileSync(`${cases}/${file}.json`, 'utf8'));
const found = read('pdts-clock').cases.find((one) => one.name.startsWith('N14'));
const body = applyEdits(read('bases/pdts'), found.remove, found.set);
const run = (args = []) => serve(binary, records, args, { env: shift.env });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let submitted = 0;
const submit = async () => {
	submitted++;
	const answer = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body });
	tally.equal(answer.status, 201, `submitted: ${answer.text.slice(0, 200)}`);
	return answer.json;
};
const figure = async (name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await daemon.call('GET', '/metrics', { as: 'admin' })).text)?.[1]);
const suspect = () => figure('authreview_clock_suspect');
const logged = (event) => daemon.err.split('\n').filter((line) => line.includes(`"${event}"`));
const until = async (what) => { for (let i = 0; i < 100 && !await what(); i++) await wait(50); };
const days20 = 20 * 24;

/** Submits while the clock is moved by HOURS: the receipt must not be. */
let newest = 0;
async function stampedRight(hours, when) {
	const { received_at } = await submit();
	const at = Date.parse(received_at);
	const off = at - (shift.now() - hours * 3600e3);
	tally.check(Math.abs(off) < 2500, `${when}: ${received_at} is ${off} ms off`);
	tally.check(at >= newest, `${when}: ${received_at} does not go back`);
	newest = at;
}

/** Nothing is raised in two looks of the scheduler. */
async function nothingRaised(when) {
	await wait(2200);
	tally.equal(await suspect(), 1, `${when}: suspect`);
	tally.equal((await feed(daemon, 'auditor')).length, 0, `${when}: nothing was raised`);
}

/** The clock is right; a minute goes by. */
async function rightAgain(when) {
	await suspect();
	tally.equal(await suspect(), 1, `${when}: not for a minute yet`);
	shift.pass(61);
	await until(async () => await suspect() === 0);
	tally.equal(await suspect(), 0, `${when}: right again`);
	tally.check(!existsSync(marker), `${when}: the marker is gone`);
}

/* ---- ahead: nothing is raised, and the first call after it is stamped right ---- */

let daemon = await run();
const first = await submit();
tally.equal(await suspect(), 0, 'the clock is right');
tally.check(!existsSync(marker), 'no marker');
await wait(1200);
shift.hours(days20);
await daemon.call('GET', '/healthz');
await stampedRight(days20, 'ahead');
tally.equal(await suspect(), 1, 'a jump ahead is noticed at once');
tally.equal(statSync(marker).mode & 0o7777, 0o600, 'the marker is for its owner');
const ready = await daemon.call('GET', '/readyz');
tally.check(ready.status === 200 && ready.json.warnings.some((w) => /clock was moved/.test(w)), `readiness says so: ${ready.text}`);
await nothingRaised('ahead');
tally.equal((await daemon.call('GET', `/v1/requests/${first.id}`, { as: 'clinic-a' })).json.version, 1, 'the request is as it was');
tally.equal(logged('clock_suspect').length, 1, 'the log says it once');

/* ---- a crash, and a plain stop, while it is wrong: still suspect ---- */

for (const end of ['SIGKILL', 'SIGTERM']) {
	await (end === 'SIGKILL' ? daemon.kill(end) : daemon.stop());
	daemon = await run();
	await stampedRight(days20, `after ${end}`);
	tally.equal(logged('clock_suspect').length, 1, 'the log says it at the start');
	await nothingRaised(`after ${end}`);
}

/* ---- back ---- */

shift.hours(-days20);
await stampedRight(0, 'back');
await rightAgain('back');
tally.equal(logged('clock_right_again').length, 1, 'and logged');
await stampedRight(0, 'back and right');

/* ---- behind: the same ---- */

shift.hours(-1);
await stampedRight(-1, 'behind');
await daemon.kill('SIGKILL');
daemon = await run();
await stampedRight(-1, 'behind, after a restart');
await nothingRaised('behind');
shift.hours(1);
await rightAgain('behind');

/* ---- the machine starts again: nobody can tell, so somebody must say it ---- */

shift.hours(days20);
await until(async () => await suspect() === 1);
await daemon.kill('SIGKILL');
shift.hours(-days20);
writeFileSync(marker, readFileSync(marker, 'utf8').replace(/[0-9a-f]{8}-[0-9a-f-]{27}|unknown/, 'ffffffff-ffff-4fff-8fff-ffffffffffff'));
daemon = await run();
shift.pass(61);
await nothingRaised('another boot');
shift.pass(61);
await stampedRight(0, 'another boot');
tally.equal(await suspect(), 1, 'another boot: agreeing is not enough');
await daemon.stop();
daemon = await run(['--accept-clock']);
tally.equal(await suspect(), 0, 'accepted');
tally.equal(logged('clock_accepted').length, 1, 'and logged');
tally.check(!existsSync(marker), 'the marker is gone');
await stampedRight(0, 'accepted');
await daemon.stop();

/* ---- a start with a later clock is what downtime looks like ---- */

shift.hours(days20);
daemon = await run();
await until(async () => (await feed(daemon, 'auditor')).length >= 4 * submitted);
tally.equal(raised((await daemon.call('GET', `/v1/requests/${first.id}`, { as: 'clinic-a' })).json).length, 4, 'what fell due is raised');
await wait(1500);
tally.equal((await feed(daemon, 'auditor')).length, 4 * submitted, 'of all that are due');
const future = await submit();
await daemon.stop();

/* ---- the newest record is later than the clock ---- */

shift.hours(-days20);
const refused = spawnSync(binary, ['serve', '--listen', '127.0.0.1:0', '--db', records.db, '--policies', 'policies'],
	{ env: { ...process.env, ...shift.env }, timeout: 20000 });
tally.equal(refused.status, 78, 'refused');
tally.check(/^authreviewd: the newest event is of 2026-03-22T\S+ and this machine's clock says 2026-03-02T\S+; .*--accept-clock/m.test(refused.stderr), `${refused.stderr}`);
daemon = await run(['--accept-clock']);
tally.equal(logged('clock_accepted').length, 1, 'accepted');
const accepted = await submit();
tally.check(Date.parse(accepted.received_at) < Date.parse(future.received_at), `the clock counts: ${accepted.received_at}`);
await daemon.stop();
tally.check(execFileSync(binary, ['audit', 'verify', '--db', records.db]).toString().includes('the chain is intact'), 'the chain verifies');
tally.end();
