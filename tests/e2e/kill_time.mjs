// SPDX-License-Identifier: Apache-2.0
// kill -9 while time brings things about: everything fell due while the daemon was down, and it is killed again and again amid raising. After each
// kill the chain is intact; in the end everything stands exactly once, in order, in the timeline, in the feed and in the answer.
import { readFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';
import { faults, feed } from '../lib/timeline.mjs';

const [binary, library] = process.argv.slice(2);
const ROUNDS = Number(process.env.KILLS ?? 30);
const REQUESTS = 600;
const tally = new Tally();
const records = database(binary, 'kill-time', ['clinic-a']);
const shift = new Shift(library, records.directory, '2026-03-02T10:15:00-08:00');
const cases = 'policies/trillium-isa/2019-03-06/cases';
const read = (file) => JSON.parse(readFileSync(`${cases}/${file}.json`, 'utf8'));
function body(file, name) {
	const found = read(file).cases.find((one) => one.name.startsWith(name));
	return applyEdits(read(`bases/${found.base}`), found.remove, found.set);
}
const bodies = [body('pdts-clock', 'N14'), body('pdts-completeness', 'N1'), body('subacute-initial', 'Missing identifiers, the clock of hours runs')];
const run = () => serve(binary, records, [], { env: shift.env, sockets: 32 });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

let daemon = await run();
const ids = [];
const one = async () => {
	const answer = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: bodies[ids.length % bodies.length] });
	if (tally.equal(answer.status, 201, 'submitted')) ids.push(answer.json.id);
};
for (let i = 0; i < REQUESTS / 20; i++) await Promise.all(Array.from({ length: 20 }, one));
await daemon.kill();

/*
 * Everything falls due while it is down. It is killed soon after each start: within a round, between two, before the first. How soon, the
 * machine's speed says: later after a life that raised nothing, sooner after one that raised much.
 */
const DAYS = 75;
shift.hours(DAYS * 24);
const events = () => Number(/(\d+) events/.exec(verifyAudit(binary, records.db))?.[1]);
const counts = [events()];
let reach = 90;
for (let round = 0; round < ROUNDS; round++) {
	daemon = await run();
	await wait(Math.random() * reach);
	await daemon.kill();
	daemon.agent.destroy();
	tally.check(daemon.err.includes('"started"') && !daemon.err.includes('Assertion'), `round ${round}: ${daemon.err.slice(-300)}`);
	counts.push(events());
	const raised = counts.at(-1) - counts.at(-2);
	if (raised === 0) reach = Math.min(reach * 1.5, 3000);
	if (raised > REQUESTS / 4) reach /= 2;
}
daemon = await run();
let count = -1;
for (let before = -2, looks = 0; count !== before && looks < 40; looks++) {
	await wait(1500);
	before = count;
	count = (await feed(daemon, 'auditor')).length;
}
for (const id of ids) tally.equal(await faults(daemon, id, 'clinic-a'), [], id);
const total = ids.length + count;
const amid = counts.filter((n, i) => i > 0 && n > counts[i - 1] && n < total).length;
tally.equal(counts[0], ids.length, 'nothing was due before');
tally.check(amid >= Math.min(5, ROUNDS / 4), `kills amid raising: ${amid} (${counts})`);

/* What an undisturbed daemon raises of the same requests: one body each, the clock moved at once. */
const calm = database(binary, 'kill-time-calm', ['clinic-a']);
const calmShift = new Shift(library, calm.directory, '2026-03-02T10:15:00-08:00');
const other = await serve(binary, calm, [], { env: calmShift.env });
const wanted = [];
for (const sent of bodies) wanted.push((await other.call('POST', '/v1/requests', { as: 'clinic-a', body: sent })).json.id);
await other.kill();
calmShift.hours(DAYS * 24);
const later = await serve(binary, calm, [], { env: calmShift.env });
await wait(3000);
const names = (answer) => answer.json.raised.map((r) => `${r.what} ${r.subject}`);
const lists = await Promise.all(wanted.map(async (id) => names(await later.call('GET', `/v1/requests/${id}`, { as: 'clinic-a' }))));
tally.check(lists.every((list) => list.length >= 2), `something is due of each: ${JSON.stringify(lists)}`);
const bodyOf = new Map();
for (const id of ids) {
	const answer = await daemon.call('GET', `/v1/requests/${id}`, { as: 'clinic-a' });
	const which = answer.json.service === 'SUBACUTE' ? 2 : answer.json.status === 'incomplete' ? 1 : 0;
	bodyOf.set(id, which);
	tally.equal(names(answer), lists[which], `${id} raised what an undisturbed daemon raises`);
}
tally.equal(new Set(bodyOf.values()).size, 3, 'every kind of request was there');
await later.stop();
await daemon.stop();
tally.equal(count, ids.reduce((sum, id) => sum + lists[bodyOf.get(id)].length, 0), 'the feed has each of them once');
tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
console.log(`${ROUNDS} kills, ${amid} of them amid raising, ${count} events of ${ids.length} requests`);
tally.end();
