// SPDX-License-Identifier: Apache-2.0
// A record of care that is as long as one may be is judged, stored, read and raised like any other, years later too; what it does not take any more
// is refused at the door, while what ends the care or retracts something is taken still.
import { readFileSync } from 'node:fs';
import { start, Tally } from '../lib/daemon.mjs';

const [binary] = process.argv.slice(2);
const tally = new Tally();
const base = JSON.parse(readFileSync('policies/tufts-tm/2024-09-01/cases/bases/tm-care.json', 'utf8'));
const daemon = await start(binary, ['--sandbox', '--seed', '21', '--clock', '2026-11-20T12:00:00-05:00', '--policies', 'policies']);
const call = (as, method, path, body, more = {}) => daemon.call(method, path, { as, body, ...more });
const read = async (id) => (await call('provider', 'GET', `/v1/service-records/${id}`)).json;
const etags = new Map();
const add = async (id, ...occurrences) => {
	const answer = await call('provider', 'POST', `/v1/service-records/${id}/occurrences`, { occurrences }, { etag: etags.get(id) });
	if (answer.headers.etag) etags.set(id, answer.headers.etag);
	return answer;
};
const begin = async (...occurrences) => {
	const answer = await call('provider', 'POST', '/v1/service-records', { ...base, facts: { ...base.facts, occurrences } });
	tally.equal(answer.status, 201, `begun: ${answer.text.slice(0, 300)}`);
	etags.set(answer.json.id, answer.headers.etag);
	return answer.json;
};
const refused = (answer) => [answer.status, (answer.json.errors ?? []).map((e) => `${e.pointer} ${e.code}`), (answer.json.errors ?? [])[0]?.fix];
const many = (count, one) => Array.from({ length: count }, (_, i) => ({ on: `2026-11-${String(i % 19 + 1).padStart(2, '0')}`, ...one }));
const session = { kind: 'session', telehealth: true };
const first = { kind: 'first_service', on: '2026-11-01', hub: 'icc' };
const last = { kind: 'last_service', on: '2026-11-19', consent: true, other_providers: false };

/* ---- a thousand that lack the same ---- */

const thin = await begin(first, { kind: 'consult_asked', at: '2026-11-20T11:59:00-05:00' }, ...many(998, session));
const asked = new Map();
for (const entry of thin.requested) asked.set(entry.item, [...asked.get(entry.item) ?? [], entry]);
tally.check(asked.size > 0 && [...asked.values()].every((list) => list.length <= 20), `an item lists 20: ${[...asked.values()].map((list) => list.length)}`);
const longest = [...asked.values()].filter((list) => list.length === 20);
tally.check(longest.length > 0 && longest.every((list) => / And \d+ more like it\.$/.test(list[19].say) && list[19].pointer.startsWith('/facts/occurrences/') && list.slice(0, 19).every((e) => !e.say.includes('more like it'))),
	`the last one says how many more: ${longest[0]?.[19].say}`);
tally.check(JSON.stringify(thin).length < 400000, `the answer can be read: ${JSON.stringify(thin).length} bytes`);
const one = await add(thin.id, ...many(1, session));
tally.equal(refused(one), [422, ['/occurrences too_many'], 'Record here only what ends the care or retracts something, by itself, and begin another record for the rest.'], 'a thousand and one');
tally.equal(refused(await add(thin.id, last, ...many(1, session))).slice(0, 2), [422, ['/occurrences too_many']], 'nor together with what ends it');
const retracted = await add(thin.id, { kind: 'session', retracts: 'o3', reason: 'another member' });
tally.equal([retracted.status, retracted.json.occurrences?.length], [200, 1001], `a retraction: ${retracted.text.slice(0, 300)}`);

/* ---- a thousand duties that lapse, and more than are listed ---- */

const referred = await begin(...many(1000, { kind: 'referral', on: '2026-11-19' }));
const ended = await begin(...many(700, { kind: 'unplanned_end', other_providers: true }), ...many(300, { kind: 'consult_asked', on: undefined, at: '2026-11-20T11:59:00-05:00' }));
tally.check(ended.obligations.length === 1000 && ended.obligations_omitted >= 700, `of ${1000 + ended.obligations_omitted} duties a thousand are listed: ${ended.obligations.length}`);

/* ---- full by its length ---- */

const long = await begin(first);
let filled = await add(long.id, ...many(60, { ...session, response: 'r'.repeat(3900) }));
for (let i = 0; i < 6 && filled.status === 200; i++) filled = await add(long.id, ...many(60, { ...session, response: 'r'.repeat(3900) }));
tally.check(filled.status === 413 && /^the record is full: record here only what ends the care or retracts something/.test(filled.json.detail), `full: ${filled.status} ${filled.json.detail}`);
tally.equal((await add(long.id, { kind: 'session', retracts: 'o2', reason: 'another member' })).status, 200, 'a retraction is taken of what is full');

/* ---- years later ---- */

const moved = await call('intake', 'POST', '/v1/sandbox/clock', { set: '2028-06-01T12:00:00-05:00' }, { key: null });
tally.equal(moved.status, 200, `the clock: ${moved.text.slice(0, 200)}`);
for (const [name, id] of [['thin', thin.id], ['referred', referred.id], ['ended', ended.id], ['long', long.id]]) {
	const told = await read(id);
	const overdue = told.obligations.filter((o) => o.state === 'overdue').map((o) => `${o.obligation}#${o.key}`);
	const raised = told.raised.map((r) => r.subject);
	tally.check(told.state === 'overdue' && overdue.length > 0, `${name}: overdue ${overdue.length}`);
	tally.equal(new Set(raised).size, raised.length, `${name}: each lapse once`);
	tally.check(told.obligations.every((o) => o.state !== 'open' || o.due_at === null || Date.parse(o.due_at) > Date.parse('2028-06-01T12:00:00-05:00')), `${name}: nothing that is due is open`);
	tally.equal([overdue.filter((o) => !raised.includes(o)), raised.length], [[], overdue.length], `${name}: every one was raised`);
	if (name === 'referred') tally.equal(overdue.length, 1000, 'a thousand lapses');
	if (name === 'ended') tally.equal([overdue.length, told.obligations_omitted], [300, ended.obligations_omitted], 'what is overdue is among those that are listed');
	const of = (await call('provider', 'GET', `/v1/service-records/${id}/obligations`)).json;
	tally.equal([of.obligations.length, of.obligations_omitted], [told.obligations.length, told.obligations_omitted], `${name}: the duties alone say the same`);
	etags.set(id, `"v${told.version}"`);
}
let found = 0;
for (let next = '/v1/obligations?limit=200'; next;) {
	const page = (await call('provider', 'GET', next)).json;
	found += page.obligations.filter((o) => o.service_record === ended.id).length;
	next = page.next;
}
tally.equal(found, 1000 + ended.obligations_omitted, 'the list across records has every duty');
for (const id of [thin.id, long.id]) {
	const done = await add(id, { ...last, on: '2028-05-31' });
	tally.equal(done.status, 200, `the last service is recorded: ${done.text.slice(0, 300)}`);
}
tally.equal((await add(thin.id, ...many(99, { ...last, on: '2028-05-31' }))).json.errors?.[0]?.fix, 'Begin another record.', 'the spare places have an end as well');
const ready = (await call('provider', 'GET', '/readyz')).json;
const warned = JSON.stringify(ready);
tally.check(!/timer|skipped/.test(warned), `nothing waits: ${warned.slice(0, 500)}`);
const { code } = await daemon.stop();
tally.check(code === 0 && !daemon.err.includes('runtime error'), `the daemon ended with ${code}: ${daemon.err.slice(-1000)}`);
tally.check(!`${daemon.out}${daemon.err}`.includes('timer_skipped'), 'nothing was skipped');
tally.end();
