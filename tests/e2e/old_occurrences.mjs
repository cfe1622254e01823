// SPDX-License-Identifier: Apache-2.0
// What happened too long ago is not recorded; what lapsed together is told in one event; what may begin by time costs no work for each duty.
import { readFileSync } from 'node:fs';
import { start, Tally } from '../lib/daemon.mjs';

const [binary] = process.argv.slice(2);
const tally = new Tally();
const policies = 'tests/policies';
const base = JSON.parse(readFileSync(`${policies}/care-sketch/1/cases/bases/care.json`, 'utf8'));
const daemon = await start(binary, ['--sandbox', '--seed', '21', '--clock', '2026-03-02T10:00:00-05:00', '--policies', policies]);
const call = (as, method, path, body, more = {}) => daemon.call(method, path, { as, body, ...more });
const begin = (...occurrences) => call('provider', 'POST', '/v1/service-records', { ...base, facts: { occurrences } });
const errors = (answer) => (answer.json.errors ?? []).map((e) => `${e.pointer} ${e.code}`);
const session = (on) => ({ kind: 'session', on, goal: 'trust' });

/* ---- how far back ---- */

const aged = await begin({ kind: 'contact', on: '2010-05-03' }, { kind: 'contact', on: '2024-03-01' }, { kind: 'contact', at: '2024-03-01T23:59:59-05:00' });
tally.equal([aged.status, errors(aged)], [422, ['/facts/occurrences/0/on before_birth', '/facts/occurrences/1/on too_long_ago', '/facts/occurrences/2/at too_long_ago']], 'before the birth, too long ago');
tally.check(/2024-03-01.*2024-03-02/.test(JSON.stringify(aged.json.errors?.[1])), `it says what was found and what is needed: ${JSON.stringify(aged.json.errors?.[1])}`);
const neglected = await begin(session('2024-03-02'));
const id = neglected.json.id;
tally.equal(neglected.status, 201, `two years back: ${neglected.text.slice(0, 300)}`);
const more = await call('provider', 'POST', `/v1/service-records/${id}/occurrences`, { occurrences: [session('2016-01-01')] }, { etag: neglected.headers.etag });
tally.check(more.status === 412 || (more.status === 422 && errors(more)[0] === '/occurrences/0/on too_long_ago'), `nor later: ${more.status} ${errors(more)}`);

/* ---- one event ---- */

const moved = await call('intake', 'POST', '/v1/sandbox/clock', { set: '2026-03-02T11:00:00-05:00' }, { key: null });
tally.equal(moved.status, 200, `the clock: ${moved.text}`);
const told = (await call('provider', 'GET', `/v1/service-records/${id}`)).json;
const subjects = told.raised.map((r) => r.subject);
const actions = (await call('provider', 'GET', `/v1/service-records/${id}/timeline`)).json.events.map((e) => e.action);
tally.equal([actions, subjects.length, new Set(subjects).size, told.obligations.filter((o) => o.state === 'overdue').length],
	[['received', 'obligation_overdue'], 104, 104, 104], 'two years of missed weeks: one event that lists each once');
tally.check(told.raised.every((r, i) => i === 0 || r.due_at > told.raised[i - 1].due_at), 'in the order of their instants');
const retracted = await call('provider', 'POST', `/v1/service-records/${id}/occurrences`, { occurrences: [{ kind: 'session', on: '2016-01-01', retracts: 'o1', reason: 'another year' }] }, { etag: `"v${told.version ?? 2}"` });
tally.equal(retracted.status, 200, `a retraction may repeat an old day: ${retracted.text.slice(0, 300)}`);

/* ---- what was done early is judged once ---- */

const many = Array.from({ length: 450 }, () => ({ kind: 'discharge', on: '2026-03-02', setting: 'inpatient' }));
const early = await begin(...many, { kind: 'contact', on: '2026-03-02', with: 'family' });
tally.equal([early.status, early.json.obligations?.filter((o) => o.state === 'fulfilled').length], [201, 450], `each was done early: ${early.text.slice(0, 300)}`);

const { code } = await daemon.stop();
tally.check(code === 0 && !daemon.err.includes('runtime error'), `the daemon ended with ${code}: ${daemon.err.slice(-1000)}`);
tally.end();
