// SPDX-License-Identifier: Apache-2.0
// What a policy analyst has in hand: check, test, coverage, explain and diff with their exit codes and their JSON; drafts that decide nothing; versions
// side by side, of which the one in force on the local day of receipt decides; and a warning when a policy is past its own review date.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const directory = scratch('policy-tools');

/** {status, out, err, json} of `authreviewd policy ...`. */
function policy(...words) {
	const done = spawnSync(binary, ['policy', ...words], { encoding: 'utf8', timeout: 60000 });
	let json = null;
	try { json = JSON.parse(done.stdout); } catch { /* not JSON */ }
	return { status: done.status, out: done.stdout, err: done.stderr, json };
}

/** A copy of the sketches' editions alone, each file as CHANGE leaves it. */
function copied(name, change = () => null) {
	const to = join(directory, name);
	mkdirSync(to, { recursive: true });
	for (const part of ['calendars', 'edition-sketch']) cpSync(join('tests/policies', part), join(to, part), { recursive: true });
	const edit = (file, from, put) => {
		const path = join(to, file);
		const before = readFileSync(path, 'utf8');
		const after = before.replace(from, put);
		if (after === before) throw new Error(`${file} was not changed`);
		writeFileSync(path, after);
	};
	change(edit, to);
	return to;
}

// ---- arguments ----
for (const words of [[], ['--help', 'x'], ['frob'], ['check'], ['check', 'a', 'b'], ['explain'], ['diff', 'a'], ['check', '--on', '2026-01-01', 'tests/policies'],
	['test', '--clauses', 'tests/policies'], ['explain', 'x', 'tests/policies', '--on', '2026-02-30'], ['check', '--frob', 'tests/policies']]) {
	const help = words.includes('--help');
	tally.equal(policy(...words).status, help ? 0 : 64, `policy ${words.join(' ')}`);
}
for (const verb of ['check', 'test', 'coverage', 'explain', 'diff']) {
	const help = policy(verb, '--help');
	tally.check(help.status === 0 && help.out.includes(`policy ${verb}`) && help.out.includes('--json'), `${verb} --help: ${help.out}`);
	const args = { explain: ['x', join(directory, 'nowhere')], diff: ['x', 'y'] }[verb] ?? [join(directory, 'nowhere')];
	const nowhere = policy(verb, ...args, '--json');
	tally.check(nowhere.status === 1 && nowhere.json?.good === false && nowhere.json.error.length > 0 && Array.isArray(nowhere.json.problems), `${verb} of nothing: ${nowhere.out}`);
	tally.check(policy(verb, ...args).err.startsWith('authreviewd: '), `${verb} of nothing, for people`);
}

// ---- check ----
const good = copied('good');
const checked = policy('check', good, '--json');
tally.equal([checked.status, checked.json.good, checked.json.errors, checked.json.warnings], [0, true, [], []], 'nothing is found');
tally.equal(checked.json.policies.map((one) => [one.policy, one.version, one.draft, one.items]), [['edition-sketch', '1', false, 5], ['edition-sketch', '2', false, 5],
	['edition-sketch', '3', false, 5], ['edition-sketch', 'next', true, 6]], 'versions and a draft');
tally.check(policy('check', good).out.includes('edition-sketch next: a draft, 6 items'), 'for people');
const warned = copied('warned', (edit) => edit('edition-sketch/1/policy.json', '"facts": {', '"facts": { "mood": { "type": ["boolean", "null"], "title": "Mood" },'));
const warning = policy('check', warned, '--json');
tally.equal([warning.status, warning.json.good, warning.json.warnings.map((one) => [one.place, one.code])],
	[0, true, [['edition-sketch/1/policy.json#/facts/mood', 'unused_fact']]], 'a warning is no error');
tally.check(/policy.json#\/facts\/mood: warning: .*\(unused_fact\)/.test(policy('check', warned).out), 'for people');
const dead = copied('dead', (edit) => edit('edition-sketch/2/initial.json', '"when": { "is": { "at": "/facts/agreed", "value": true } }',
	'"when": { "all": [{ "is": { "at": "/facts/agreed", "value": true } }, { "is": { "at": "/facts/agreed", "value": false } }] }'));
const unreachable = policy('check', dead, '--json');
tally.equal([unreachable.status, unreachable.json.good, unreachable.json.errors.map((one) => [one.place, one.code])],
	[1, false, [['edition-sketch/2/initial.json#/items/2/when', 'never_applies']]], 'an item that never comes into question');
tally.check(/initial.json#\/items\/2\/when: error: /.test(policy('check', dead).out), 'for people');
for (const [name, from, put, place, code] of [
	['cite', '"cite": ["2.2"]', '"cite": ["2.9"]', '/items/2/cite/0', 'unknown_clause'],
	['unit', '"within": { "days": 14 }', '"within": 14', '/items/0/check/document/within', 'no_unit'],
	['unitless', '"within": { "days": 14 }', '"within": { "amount": 14 }', '/items/0/check/document/within/amount', 'no_unit'],
	['number', 'within {window} before', 'within two weeks before', '/items/0/text', 'own_number'],
]) {
	const refused = policy('check', copied(name, (edit) => edit('edition-sketch/1/initial.json', from, put)), '--json');
	tally.check(refused.status === 1 && refused.json.problems.some((one) => one.place.endsWith(`1/initial.json#${place}`) && one.code === code), `${name}: ${refused.out}`);
}

// ---- test ----
const tested = policy('test', good, '--json');
tally.equal([tested.status, tested.json.good, tested.json.cases, tested.json.failures], [0, true, { passed: 5, failed: 0 }, []], 'cases, of the draft too');
tally.check(tested.json.boundary_cases.passed > 100 && tested.json.boundary_cases.failed === 0, `boundary cases: ${JSON.stringify(tested.json.boundary_cases)}`);
const bounds = (version) => tested.json.bounds.filter((one) => one.version === version);
tally.equal(bounds('1').map((one) => [one.item, one.pointer, one.bound, one.cases > 2]), [
	['edition.note', '/check/document/within/days', '14 days', true], ['edition.age', '/check/age_below/years', '19 years', true],
	['edition.limit', '/days', '30 days', true], ['edition.limit', '/ask_again/calendar_days', '7 calendar days', true],
	['edition.decide', '/within/business_days', '3 business days', true]], 'every number with a unit');
tally.check(bounds('next').some((one) => one.bound === '48 hours' && one.cases === 3), 'and of the draft');
tally.check(/^boundary cases: \d+ passed, 0 failed, of 21 bounds; \d+ of their check alone, 0 without\n5 passed, 0 failed\n$/.test(policy('test', good).out), `for people: ${policy('test', good).out}`);
const wrong = copied('wrong', (edit) => edit('edition-sketch/next/cases/initial.json', '2027-03-29T23:59:59-04:00', '2027-03-30T23:59:59-04:00'));
const failing = policy('test', wrong, '--json');
tally.equal([failing.status, failing.json.good, failing.json.cases.failed, failing.json.failures[0]?.version, failing.json.failures[0]?.draft], [1, false, 1, 'next', true], 'a case of the draft fails');
tally.check(/^FAILED edition-sketch next initial.json: Everything is there\n    clocks: /m.test(policy('test', wrong).out), 'for people');
const bare = policy('test', copied('bare', (edit, to) => rmSync(join(to, 'edition-sketch/2/cases'), { recursive: true })), '--json');
const without = bare.json.bounds.filter((one) => one.cases === 0);
tally.equal([bare.status, bare.json.good, bare.json.problems.map((one) => [one.place, one.code])], [1, false, [['edition-sketch/2/cases', 'no_case']]], 'a version without a case has not been tested');
tally.equal(without.map((one) => [one.version, one.why]), Array(5).fill(['2', 'no case of its services and reviews']), 'bounds without a case say why');
const moved = policy('test', copied('moved', (edit) => {
	edit('edition-sketch/1/cases/initial.json', '2026-10-28T10:00:00-04:00', '2026-11-05T10:00:00-05:00');
	edit('edition-sketch/1/cases/initial.json', '2026-11-02T23:59:59-05:00', '2026-11-10T23:59:59-05:00');
	edit('edition-sketch/1/cases/initial.json', '"expect": {', '"expect": { "requested": ["edition.note stale /documents/0/completed_on"], "flags": ["late"], "limits": ["x"],');
}), '--json');
tally.equal(moved.json.failures.map((one) => [one.version, one.differences]), [['1', ['flags: expected "late"', 'limits: expected "x"']]], 'a case is judged by its own version, also in the time of another');
const baseless = policy('test', copied('baseless', (edit) => edit('edition-sketch/1/cases/initial.json', '"base": "care"', '"base": "cart"')), '--json');
const noBase = 'there is no base "cart" (cases/bases/cart.json)';
tally.equal([baseless.status, baseless.json.problems.map((one) => [one.place, one.detail])], [1, [['edition-sketch/1/cases/initial.json#/cases/0/base', noBase]]], 'a missing base is the fault of its case');
tally.equal(baseless.json.failures.map((one) => [one.version, one.file, one.case, one.differences]), [['1', 'initial.json', 'Everything is there', [noBase]]], 'which fails');
const garbled = policy('test', copied('garbled', (edit) => edit('edition-sketch/1/cases/bases/care.json', '{', '{,')), '--json');
tally.equal([garbled.json.problems.length, garbled.json.failures.map((one) => one.case)], [1, ['Everything is there']], `a base that cannot be read: ${garbled.out}`);
for (const root of ['policies', 'tests/policies']) {
	const all = policy('test', root, '--json');
	const without = all.json.bounds?.filter((one) => one.cases === 0).map((one) => `${one.item} ${one.pointer}`);
	tally.equal(without, [], `${root}: every bound has cases`);
	tally.equal([all.status, all.json.boundary_cases?.failed], [0, 0], `${root}: all hold`);
	tally.equal(policy('check', root, '--json').json.errors, [], `${root}: no errors`);
}

// ---- coverage ----
const covered = policy('coverage', good, '--json');
tally.equal([covered.status, covered.json.good, covered.json.policies[0].counts.ruled], [0, true, 4], 'coverage');
const { clause, title, state, why, items } = covered.json.policies[0].clauses[0];
tally.equal([clause, title, state, why, items], ['2.1', 'The note', 'ruled', null, ['edition.note', 'edition.goals']], 'of each clause');
const forgetful = copied('forgetful', (edit) => edit('edition-sketch/3/clauses.json', '{ "clause": "2.1"', '{ "clause": "1.1", "title": "Nobody" },\n    { "clause": "2.1"'));
const forgotten = policy('coverage', forgetful, '--json');
tally.equal([forgotten.status, forgotten.json.good, forgotten.json.policies.map((one) => one.complete)], [1, false, [true, true, false, true]], 'a forgotten clause');

// ---- explain ----
const explained = policy('explain', 'edition.note', good, '--on', '2026-11-20', '--json');
tally.equal(explained.json.versions.map((one) => [one.version, one.in_force, one.draft]), [['2', true, false], ['1', false, false], ['3', false, false], ['next', false, true]], 'what decides comes first');
const note = explained.json.versions[0];
tally.equal([note.bounds[0].bound, note.bounds[0].last_passes, note.bounds[0].first_fails], ['21 days', '2026-10-30', '2026-10-29'], 'the dates of the day');
tally.equal([note.sentence, note.cite], ['In all that the policy answers: A clinician wrote the note within 21 days before receipt.', [{ clause: '2.1', title: 'The note' }]], 'its sentence and its source');
tally.check(note.not_met.includes('dated 2026-10-30 or later'), `what follows: ${note.not_met}`);
const clock = policy('explain', 'edition.decide', good, '--on', '2026-05-21', '--json').json.versions[0].bounds[0];
tally.equal([clock.due_at, clock.skipped.map((one) => one.on)], ['2026-05-27T23:59:59-04:00', ['2026-05-23', '2026-05-24', '2026-05-25']], 'a clock and the days that it passes over');
tally.check(policy('explain', 'edition.decide', good, '--on', '2026-05-21').out.includes('Mon 2026-05-25 (Memorial Day)'), 'for people');
const age = policy('explain', 'edition.age', good, '--on', '2026-11-20').out;
tally.check(age.includes('born on 2007-11-20 somebody has turned 19') && age.includes('2.2: Age') && age.includes('the member agrees'), `birthdays: ${age}`);
const misspelt = policy('explain', 'edition.not', good, '--json');
const renamed = copied('renamed', (edit) => {
	for (const file of ['initial.json']) edit(`edition-sketch/3/${file}`, '"edition.age"', '"edition.notes"');
});
tally.check(/did you mean edition.notes\?$/.test(policy('explain', 'edition.notess', renamed, '--json').json.error), 'the nearest of all versions');
tally.check(misspelt.status === 1 && misspelt.json.error.includes('did you mean edition.note'), `a wrong id: ${misspelt.out}`);

// ---- diff ----
const two = (version) => join(good, 'edition-sketch', version);
const changed = policy('diff', two('1'), two('2'));
tally.check(changed.status === 0 && changed.out.split('\n').includes('edition.note: window 14 days -> 21 days'), `in words: ${changed.out}`);
const named = policy('diff', 'edition-sketch/2', 'edition-sketch/next', '--policies', good, '--json');
tally.equal([named.json.from.version, named.json.to.version, named.json.good], ['2', 'next', true], 'by name');
const change = named.json.changes.find((one) => one.id === 'edition.note');
tally.equal(change, { about: 'item', id: 'edition.note', what: 'changed', member: '/check/document/within', from: '21 days', to: '28 days', say: 'edition.note: window 21 days -> 28 days' }, 'one change');
tally.check(named.json.changes.some((one) => one.about === 'item' && one.what === 'added' && one.id === 'edition.wish'), 'an item that came');
tally.equal([policy('diff', two('1'), two('1')).status, policy('diff', two('1'), two('1'), '--exit-code').status, policy('diff', two('1'), two('2'), '--exit-code').status], [0, 0, 1], 'exit codes');
tally.equal(policy('diff', two('1'), two('9')).status, 1, 'a version that is not there');
const shipped = 'performcare-cm-040/2024-09-10';
for (const [first, then, what] of [[`policies/${shipped}`, two('1'), 'removed'], [two('1'), `policies/${shipped}`, 'added']]) {
	const whole = policy('diff', first, then, '--json');
	const told = whole.json?.changes.filter((one) => one.about === 'item' && one.id.startsWith('performcare.') && one.what === what) ?? [];
	const lines = policy('diff', first, then).out.split('\n');
	tally.check(whole.status === 0 && told.length > 50 && told.some((one) => one.say.includes('obligation: "')), `every item ${what}: ${whole.status} ${whole.err}`);
	tally.check(whole.json?.changes.every((one) => !one.say.includes('{') && lines.includes(one.say)), `the same for people, without placeholders: ${what}`);
}

// ---- docs/policy-tools.md shows each command; what it types is played with the other pages ----
const typed = [...readFileSync('docs/policy-tools.md', 'utf8').matchAll(/^\$ authreviewd policy (\w+)/gm)].map(([, verb]) => verb);
tally.equal([...new Set(typed)].sort(), ['check', 'coverage', 'diff', 'explain', 'test'], 'every command has an example');

// ---- versions side by side ----
const body = JSON.parse(readFileSync('tests/policies/edition-sketch/1/cases/bases/care.json', 'utf8'));
const served = copied('served');
const daemon = await start(binary, ['--sandbox', '--seed', '41', '--clock', '2026-10-31T23:59:58-04:00', '--policies', served]);
const submit = async (what = body) => daemon.call('POST', '/v1/requests', { as: 'provider', body: what });
const move = (to) => daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: to } });
const decided = async () => (await submit()).json.policy?.version;
tally.equal(await decided(), '1', 'the last second of the first version');
const early = (await submit()).json;
for (const [at, version] of [['2026-11-01T00:00:00-04:00', '2'], ['2026-11-01T01:30:00-05:00', '2'], ['2027-03-13T23:59:59-05:00', '2'], ['2027-03-14T00:00:00-05:00', '3'], ['2027-03-14T03:00:00-04:00', '3']]) {
	const moved = await move(at);
	tally.check(moved.status < 300, `the clock at ${at}: ${moved.text}`);
	tally.equal(await decided(), version, `received at ${at}`);
}
const listed = await daemon.call('GET', '/v1/policies', { as: 'auditor' });
tally.equal(listed.json.policies.map((one) => [one.version, one.draft]), [['1', false], ['2', false], ['3', false], ['next', true]], 'the draft is listed as one');
const digests = (await daemon.call('GET', '/version')).json.policies;
tally.equal(digests.map((one) => one.version), ['1', '2', '3'], 'digests of what decides');
tally.check(digests.every((one) => one.digest === listed.json.policies.find((other) => other.version === one.version).digest), 'the same digests');
tally.equal(early.policy.digest, digests[0].digest, 'and in answers');
const checklist = async (on) => (await daemon.call('GET', `/v1/requirements?payer=edition-sketch&service=CARE&review=initial&as_of=${on}`, { as: 'provider' })).json.version;
tally.equal([await checklist('2026-10-31'), await checklist('2026-11-01'), await checklist('2027-03-13'), await checklist('2027-03-14')], ['1', '2', '2', '3'], 'checklists by day');
tally.equal((await daemon.call('GET', '/v1/policies/edition-sketch/versions/next', { as: 'auditor' })).json.draft, true, 'the draft can be read');

// A draft may change; what decides may not, and may not become a draft while requests name it.
const outcomes = () => daemon.err.split('\n').filter((line) => /"policies_(reloaded|refused)"/.test(line)).map((line) => JSON.parse(line));
async function reload(version, from, put) {
	const path = join(served, 'edition-sketch', version, 'policy.json');
	const before = readFileSync(path, 'utf8');
	const count = outcomes().length;
	writeFileSync(path, before.replace(from, put));
	process.kill(daemon.pid, 'SIGHUP');
	for (let i = 0; i < 2000 && outcomes().length === count; i++) await new Promise((wake) => setTimeout(wake, 10));
	return { ...outcomes()[count], restore: () => writeFileSync(path, before) };
}
tally.equal((await reload('next', '"title": "Editions', '"title": "Newer editions')).event, 'policies_reloaded', 'a draft is edited');
tally.equal(await decided(), '3', 'and decides nothing');
const demoted = await reload('3', '"review_due"', '"draft": true, "review_due"');
tally.check(demoted.event === 'policies_refused' && demoted.detail.includes('it is a draft only, but needed (open requests: '), `a version that requests name cannot become a draft: ${JSON.stringify(demoted)}`);
demoted.restore();
const promoted = await reload('next', '"draft": true', '"draft": false');
tally.equal(promoted.event, 'policies_refused', 'a draft that would overlap cannot be put in force');
promoted.restore();
const before = await reload('next', '"from": "2027-01-01"', '"from": "2025-01-01"');
tally.equal(before.event, 'policies_reloaded', 'what the draft says of its own days matters to nobody');
const old = await daemon.call('POST', '/v1/requests', { as: 'intake', body: { ...body, intake: { received_at: '2025-06-02T10:00:00-04:00' } } });
tally.equal([old.status, old.json.status, old.json.policy?.version], [201, 'manual_route', '1'], 'where no version was in force a draft does not decide either');
tally.equal(await decided(), '3', 'still');

// A version is ended and the next one put in force, while requests are open that name it.
const ended = await reload('3', '"to": null', '"to": "2027-05-31"');
tally.equal(ended.event, 'policies_reloaded', `a version is ended: ${JSON.stringify(ended)}`);
await reload('next', '"from": "2025-01-01"', '"from": "2027-06-01"');
tally.equal((await reload('next', '"draft": true', '"draft": false')).event, 'policies_reloaded', 'the draft is put in force');
await move('2027-05-31T23:59:59-04:00');
tally.equal(await decided(), '3', 'the last second of the version that ends');
await move('2027-06-01T00:00:00-04:00');
tally.equal(await decided(), 'next', 'and the first of the next');
await daemon.stop();

// A payer whom only a draft knows is not known.
const unknown = copied('unknown', (edit, to) => {
	for (const version of ['1', '2', '3']) rmSync(join(to, 'edition-sketch', version), { recursive: true });
	cpSync('tests/policies/pss-sketch', join(to, 'pss-sketch'), { recursive: true });
	cpSync('tests/policies/calendars', join(to, 'calendars'), { recursive: true });
});
const other = await start(binary, ['--sandbox', '--seed', '42', '--clock', '2027-03-24T10:00:00-04:00', '--policies', unknown]);
const stranger = await other.call('POST', '/v1/requests', { as: 'provider', body });
tally.equal([stranger.status, stranger.json.errors?.[0]?.pointer], [422, '/payer'], 'a payer of a draft alone');
await other.stop();

// ---- past the review date ----
const due = copied('due');
const running = await start(binary, ['--sandbox', '--clock', '2027-01-15T23:50:00-05:00', '--policies', due]);
const ready = async () => (await running.call('GET', '/readyz')).json;
const past = (answer) => answer.warnings.filter((one) => one.includes('review date'));
const told = () => running.err.split('\n').filter((line) => line.includes('"policy_review_due"')).map((line) => JSON.parse(line));
const wait = async (count) => { for (let i = 0; i < 500 && told().length < count; i++) await new Promise((wake) => setTimeout(wake, 10)); };
tally.equal([past(await ready()), told().length], [[], 0], 'on its review date a policy is not past it');
await running.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: '2027-01-16T00:00:00-05:00' } });
await wait(1);
tally.equal(past(await ready()), ['policy edition-sketch 2 is past its review date'], 'the day after, by name');
tally.equal((await ready()).status, 'ready', 'and it serves on');
tally.equal(told().map((line) => [line.level, line.policy, line.version, line.review_due]), [['warning', 'edition-sketch', '2', '2027-01-15']], 'in the log');
await running.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: '2027-01-18T00:00:00-05:00' } });
await ready();
await new Promise((wake) => setTimeout(wake, 1500));
tally.equal(told().length, 1, 'once');
process.kill(running.pid, 'SIGHUP');
await wait(2);
tally.equal(told().length, 2, 'and again when it is loaded again');
await running.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: '2027-03-14T00:00:00-05:00' } });
tally.equal(past(await ready()), [], 'what decides nothing any more needs no review');
await running.stop();
tally.end();
