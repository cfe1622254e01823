// SPDX-License-Identifier: Apache-2.0
// A clock that was moved expires nothing; time never goes backwards for what is recorded; and a clock that lies before the newest record does
// not start without somebody saying that it is right.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { Tally } from '../lib/daemon.mjs';
import { database, serve } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';
import { feed, raised } from '../lib/timeline.mjs';

const [binary, library] = process.argv.slice(2);
const tally = new Tally();
const records = database(binary, 'suspect', ['clinic-a']);
const shift = new Shift(library, records.directory, '2026-03-02T10:15:00-08:00');
const cases = 'policies/trillium-isa/2019-03-06/cases';
const read = (file) => JSON.parse(readFileSync(`${cases}/${file}.json`, 'utf8'));
const found = read('pdts-clock').cases.find((one) => one.name.startsWith('N14'));
const body = applyEdits(read('bases/pdts'), found.remove, found.set);
const run = (args = []) => serve(binary, records, args, { env: shift.env });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const submit = async (daemon) => {
	const answer = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body });
	tally.equal(answer.status, 201, `submitted: ${answer.text.slice(0, 200)}`);
	return answer.json;
};
const figure = async (daemon, name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await daemon.call('GET', '/metrics', { as: 'admin' })).text)?.[1]);
const logged = (daemon, event) => daemon.err.split('\n').filter((line) => line.includes(`"${event}"`));
const until = async (what) => { for (let i = 0; i < 100 && !await what(); i++) await wait(50); };

/* ---- ahead: nothing is raised ---- */

let daemon = await run();
const first = await submit(daemon);
tally.equal(await figure(daemon, 'authreview_clock_suspect'), 0, 'the clock is right');
shift.hours(20 * 24);
await until(async () => await figure(daemon, 'authreview_clock_suspect') === 1);
tally.equal(await figure(daemon, 'authreview_clock_suspect'), 1, 'a jump ahead is noticed');
const ready = await daemon.call('GET', '/readyz');
tally.check(ready.status === 200 && ready.json.warnings.some((w) => /clock was moved/.test(w)), `readiness says so: ${ready.text}`);
await wait(2500);
tally.equal((await feed(daemon, 'auditor')).length, 0, 'nothing was raised');
tally.equal((await daemon.call('GET', `/v1/requests/${first.id}`, { as: 'clinic-a' })).json.version, 1, 'the request is as it was');
tally.equal(logged(daemon, 'clock_suspect').length, 1, 'the log says it once');
const future = await submit(daemon); // calls are still answered

/* ---- back: what is recorded does not go back with it ---- */

shift.hours(-20 * 24);
const after = await submit(daemon);
tally.check(Date.parse(after.received_at) >= Date.parse(future.received_at), `${after.received_at} is not before ${future.received_at}`);
tally.equal(await figure(daemon, 'authreview_clock_suspect'), 1, 'right again, but not for a minute yet');
await daemon.stop();

/* ---- the newest record is later than the clock ---- */

const refused = spawnSync(binary, ['serve', '--listen', '127.0.0.1:0', '--db', records.db, '--policies', 'policies'],
	{ env: { ...process.env, ...shift.env }, timeout: 20000 });
tally.equal(refused.status, 78, 'refused');
tally.check(/^authreviewd: the newest event is of 2026-03-22T\S+ and this machine's clock says 2026-03-02T\S+; .*--accept-clock/m.test(refused.stderr), `${refused.stderr}`);
daemon = await run(['--accept-clock']);
tally.equal(logged(daemon, 'clock_accepted').length, 1, 'accepted');
const accepted = await submit(daemon);
tally.check(Date.parse(accepted.received_at) < Date.parse(future.received_at), `the clock counts: ${accepted.received_at}`);
await daemon.stop();

/* ---- a start with a later clock is what downtime looks like ---- */

shift.hours(20 * 24);
daemon = await run();
await until(async () => (await feed(daemon, 'auditor')).length >= 8);
tally.equal(raised((await daemon.call('GET', `/v1/requests/${first.id}`, { as: 'clinic-a' })).json).length, 4, 'what fell due is raised');
await wait(1500);
tally.equal((await feed(daemon, 'auditor')).length, 8, 'of the two that are due');
await daemon.stop();
tally.check(execFileSync(binary, ['audit', 'verify', '--db', records.db]).toString().includes('the chain is intact'), 'the chain verifies');
tally.end();
