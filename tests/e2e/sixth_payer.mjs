// SPDX-License-Identifier: Apache-2.0
// A sixth payer needs no program: a directory with a service that the code has never heard of is put beside the shipped policies, and everything
// works for it: the checklist, a check, a request from incomplete to determined, running care with a duty that becomes overdue, its own calendar,
// zone, documents, words and limit. The words of it stand nowhere in the sources.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const home = 'tests/policies/sixth-payer/1';
const base = (name) => JSON.parse(readFileSync(`${home}/cases/bases/${name}.json`, 'utf8'));

const policies = join(scratch('sixth-payer'), 'policies');
cpSync('policies', policies, { recursive: true });
cpSync('tests/policies/sixth-payer', join(policies, 'sixth-payer'), { recursive: true });
cpSync('tests/policies/calendars/harbor.json', join(policies, 'calendars/harbor.json'));

/* ---- no source knows it ---- */

const { payer, occurrences, documents } = JSON.parse(readFileSync(`${home}/policy.json`, 'utf8'));
const words = [payer, 'JOBS', 'supported employment', 'job_coach', ...Object.keys(occurrences), ...Object.keys(documents)];
const known = readdirSync('src', { recursive: true }).filter((name) => /\.[ch]$/.test(name))
	.flatMap((name) => words.filter((word) => readFileSync(join('src', name), 'utf8').includes(word)).map((word) => `${name}: ${word}`));
tally.equal(known, [], 'the code has never heard of it');
for (const verb of ['check', 'test', 'coverage']) {
	const { status, stdout } = spawnSync(binary, ['policy', verb, policies], { encoding: 'utf8', maxBuffer: 1 << 26 });
	tally.check(status === 0 && (verb === 'test' || stdout.includes('sixth-payer')), `policy ${verb} takes it: ${stdout.slice(-300)}`);
}

const daemon = await start(binary, ['--sandbox', '--seed', '61', '--clock', '2026-06-04T10:00:00-10:00', '--policies', policies]);
const call = (as, method, path, body, more = {}) => daemon.call(method, path, { as, body, ...more });
const clock = async (set) => tally.equal((await call('intake', 'POST', '/v1/sandbox/clock', { set }, { key: null })).status, 200, `the clock at ${set}`);

/* ---- the checklist ---- */

const listed = (await call('provider', 'GET', '/v1/policies')).json.policies.map((one) => one.id ?? one.policy);
tally.check(listed.includes('sixth-payer') && listed.length === readdirSync('policies').filter((name) => !['calendars', 'overlays', 'tables'].includes(name)).length + 1, `beside the shipped ones: ${listed}`);
const checklist = await call('provider', 'GET', '/v1/requirements?payer=harbor&service=JOBS&review=initial');
const items = checklist.json.groups.flatMap((group) => group.items);
tally.equal(items.map((one) => one.item).includes('harbor.profile'), true, `the checklist: ${checklist.text.slice(0, 200)}`);
tally.equal(items.find((one) => one.item === 'harbor.profile').text, 'A job coach wrote the work profile within 45 days before we received the request.', 'with its number');
const care = await call('provider', 'GET', '/v1/requirements?payer=harbor&service=JOBS&review=care');
tally.check(care.text.includes('The coach visits within 3 business days'), 'what coaching owes');

/* ---- a check, and a request from incomplete to determined ---- */

const { documents: papers, ...bare } = base('jobs');
const thin = { ...bare, facts: { wants_to_work: true } };
const says = (answer) => [answer.json.status, answer.json.missing.map((e) => `${e.item} ${e.problem} ${e.pointer}`), answer.json.requested.map((e) => `${e.item} ${e.problem}`)];
const wanted = ['incomplete', ['harbor.profile missing /documents/-'], ['harbor.hours missing']];
const checked = await call('provider', 'POST', '/v1/checks', thin);
tally.equal([checked.status, ...says(checked)], [200, ...wanted], 'a check says what lacks');
const made = await call('provider', 'POST', '/v1/requests', { ...thin, service: 'supported employment' });
tally.equal([made.status, ...says(made), made.json.service], [201, ...wanted, 'JOBS'], 'so does the request, under the alias too');
tally.equal(made.json.clock.all.map((one) => `${one.rule} ${one.due_at}`), ['harbor.decide 2026-06-12T23:59:59-10:00'], 'five business days by its own calendar and zone: Harbor Day does not count');
const path = `/v1/requests/${made.json.id}`;
const supplied = await call('provider', 'POST', `${path}/information`, { documents: papers, facts: { weekly_hours: 12 } }, { etag: made.headers.etag });
tally.equal([supplied.status, ...says(supplied)], [200, 'in_review', [], []], `supplied: ${supplied.text.slice(0, 300)}`);
tally.equal(supplied.json.limits.map((one) => [one.item, one.allowed_to]), [['harbor.limit', '2026-08-13']], 'its own limit');
const silent = await call('reviewer', 'POST', `${path}/determination`, { outcome: 'approved', rationale: ' ' }, { etag: supplied.headers.etag });
tally.equal(silent.status, 422, 'who decides says why, as the policy wants');
const decided = await call('reviewer', 'POST', `${path}/determination`, { outcome: 'approved_in_part', basis: 'policy_limit', rationale: 'The profile shows it.', grants: [{ line: 0, from: '2026-06-15', to: '2026-08-13' }] }, { etag: supplied.headers.etag });
tally.equal([decided.status, decided.json.status, decided.json.authorization?.from, decided.json.authorization?.to], [200, 'decided', '2026-06-15', '2026-08-13'], `determined: ${decided.text.slice(0, 400)}`);

/* ---- running care, and a visit that does not come ---- */

await clock('2026-06-16T10:00:00-10:00');
const record = await call('provider', 'POST', '/v1/service-records', { ...base('coaching'), continues: made.json.id, facts: { occurrences: [{ kind: 'job_start', on: '2026-06-15' }] } });
const owed = (answer) => answer.json.obligations.map((o) => `${o.obligation}#${o.number} ${o.due_on} ${o.state}`);
tally.equal([record.status, record.status === 201 && owed(record)], [201, ['harbor.first-visit#1 2026-06-18 open']], `a record that the authorization begins: ${record.text.slice(0, 300)}`);
await clock('2026-06-19T10:00:00-10:00');
const overdue = await call('intake', 'GET', '/v1/obligations?payer=harbor');
tally.equal(overdue.json.obligations.map((o) => `${o.obligation} ${o.state}`), ['harbor.first-visit overdue'], `overdue: ${overdue.text.slice(0, 300)}`);
let late = await call('provider', 'GET', `/v1/service-records/${record.json.id}`);
for (let i = 0; i < 100 && late.json.raised?.length !== 1; i++) { // the scheduler looks every second
	await new Promise((wake) => setTimeout(wake, 100));
	late = await call('provider', 'GET', `/v1/service-records/${record.json.id}`);
}
tally.equal([late.json.raised?.map((one) => one.what), late.json.flags.map((one) => one.flag)], [['obligation_overdue'], ['visit_late']], 'raised once, and flagged as the policy says');
const visited = await call('provider', 'POST', `/v1/service-records/${record.json.id}/occurrences`, { occurrences: [{ kind: 'coach_visit', on: '2026-06-19' }] }, { etag: late.headers.etag });
tally.equal([visited.status, visited.json.obligations && owed(visited)], [200, ['harbor.first-visit#1 2026-06-18 late', 'harbor.visits#1 2026-07-10 open']], `late, and the next visit is owed: ${visited.text.slice(0, 300)}`);
await daemon.stop();
tally.end();
