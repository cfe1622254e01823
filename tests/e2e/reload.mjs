// SPDX-License-Identifier: Apache-2.0
// The plan's own tables decide what they are asked, and SIGHUP puts new ones in force, all or nothing: the next request is judged by them, none is
// judged by parts of two sets, and what cannot be used leaves everything as it was and says where it is wrong.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const directory = scratch('reload');
const policies = join(directory, 'policies');
const tables = join(directory, 'tables');
const version = 'trillium-isa/2019-03-06';
cpSync('policies', policies, { recursive: true });
mkdirSync(tables);

const ELIGIBILITY = 'member_id,plan,from,to,retroactive\r\n';
const ended = `${ELIGIBILITY}OR0000001,trillium,2025-01-01,2026-10-31,false\r\n`;
const covered = `${ELIGIBILITY}OR0000009,trillium,2025-01-01,2026-10-31,false\r\nOR0000001,trillium,2025-01-01,,false\r\n`;
const participates = 'npi,participation\n2999000021,participating\n';
const free = 'code,required,participation\n"H0037",false,participating\n';
const write = (name, text) => writeFileSync(join(tables, name), text);
const remove = (name) => rmSync(join(tables, name));

const daemon = await start(binary, ['--sandbox', '--seed', '71', '--policies', policies, '--tables', tables]);
const logged = () => daemon.err.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
const outcomes = () => logged().filter((line) => ['policies_reloaded', 'policies_refused'].includes(line.event));

/** Sends the signal and waits until the daemon has said what came of it. */
async function reload() {
	const before = outcomes().length;
	const from = logged().length;
	process.kill(daemon.pid, 'SIGHUP');
	for (let i = 0; i < 2000 && outcomes().length === before; i++) await new Promise((wake) => setTimeout(wake, 10));
	return { outcome: outcomes()[before]?.event, lines: logged().slice(from) };
}

async function reloaded(what) {
	const { outcome, lines } = await reload();
	tally.equal(outcome, 'policies_reloaded', `${what}: ${JSON.stringify(lines)}`);
	tally.equal(await told(), [[], '0'], `${what}: nothing was refused`);
}

/** What /readyz and the metrics say of the last reload. */
async function told() {
	const { warnings } = (await daemon.call('GET', '/readyz')).json;
	const metrics = (await daemon.call('GET', '/metrics', { as: 'auditor' })).text;
	return [warnings.filter((one) => /reload/.test(one)), /^authreview_reload_refused (\d+)$/m.exec(metrics)?.[1]];
}

/** The set in force stays; returns what was logged. */
async function refused(what) {
	const before = await daemon.call('GET', '/v1/policies', { as: 'auditor' });
	const { outcome, lines } = await reload();
	const after = await daemon.call('GET', '/v1/policies', { as: 'auditor' });
	tally.equal(outcome, 'policies_refused', `${what}: refused`);
	tally.equal(after.json, before.json, `${what}: what was in force is in force`);
	tally.equal((await daemon.call('GET', '/readyz')).json.status, 'ready', `${what}: and serves`);
	const [warnings, gauge] = await told();
	tally.check(warnings.length === 1 && gauge === '1' && /^policies: the reload of \d{4}-\d\d-\d\dT[\d:.]+Z was refused; the set before stays in force; the log says why$/.test(warnings[0]), `${what}: seen without the log: ${warnings} ${gauge}`);
	return lines;
}

const submit = (body, more = {}) => daemon.call('POST', '/v1/requests', { as: 'provider', body, ...more });
const check = async (body) => (await daemon.call('POST', '/v1/checks', { as: 'provider', body })).json;
const change = (made, resource, as, body) => daemon.call('POST', `/v1/requests/${made.json.id}/${resource}`, { as, etag: made.headers.etag, body });
const listed = async (name) => (await daemon.call('GET', '/v1/policies', { as: 'auditor' })).json.tables.find((one) => one.table === name);
const body = () => sample('pdts-complete');
const reason = (answer) => answer.return?.reason ?? answer.decision?.reason;

// A version that no open request names may go and come back, but only with the text that it had.
const manifest = join(policies, version, 'policy.json');
const text = readFileSync(manifest, 'utf8');
const edited = text.replace(/"title": "[^"]*"/, '"title": "Another title"');
const earlier = join(policies, 'trillium-isa/earlier');
const versions = async () => (await daemon.call('GET', '/v1/policies', { as: 'auditor' })).json.policies.filter((one) => one.id === 'trillium-isa').map((one) => one.version);
renameSync(join(policies, version), earlier);
writeFileSync(join(earlier, 'policy.json'), text.replace('"version": "2019-03-06"', '"version": "earlier"'));
await reloaded('another version in its place');
tally.equal(await versions(), ['earlier'], 'the new set is shown');
renameSync(earlier, join(policies, version));
writeFileSync(manifest, edited);
tally.check((await refused('a known version with another text')).some((one) => /trillium-isa 2019-03-06: its text has changed/.test(one.detail)), 'says which');
writeFileSync(manifest, text);
await reloaded('the version as it was known');
tally.equal(await versions(), ['2019-03-06'], 'and it is back');

// Without rows nothing is known: what the submitter says is asserted.
const early = await submit(body());
tally.equal([early.status, early.json.status, early.json.verified], [201, 'in_review', null], 'no table answers');
const open = (await check(body())).not_checked;
tally.equal(open.slice(0, 2), ['eligibility_with_the_plan', 'participation_with_the_plan'], 'a check leaves both open');
tally.equal((await listed('eligibility')).rows, 0, 'the shipped table is empty');

// Eligibility: the rows are the coverage.
write('eligibility.csv', ended);
tally.equal((await submit(body())).json.status, 'in_review', 'a file alone changes nothing');
await reloaded('an ended enrollment');
tally.equal((await listed('eligibility')).rows, 1, 'the new table is listed');
const returned = await submit(body());
tally.equal([returned.status, returned.json.status, returned.json.waiting_on], [201, 'returned', 'provider'], 'no day is covered: returned at once');
tally.equal([reason(returned.json), returned.json.return?.by], ['ineligible_all_dates', 'system'], 'by the machine, with its reason');
tally.equal(returned.json.verified.facts, ['eligibility'], 'the fact is verified');
tally.equal([returned.json.verified.source, returned.json.verified.by], [null, null], 'by no person');
tally.equal(returned.json.verified.tables, [{ fact: 'eligibility', table: 'eligibility', digest: (await listed('eligibility')).digest }], 'but by the table');
const submission = await daemon.call('GET', `/v1/requests/${returned.json.id}/submission`, { as: 'provider' });
tally.equal(submission.json.member.coverage, body().member.coverage, 'what was sent stays as it was sent');
const known = await check(body());
tally.equal([known.status, known.not_checked[0]], ['returned', 'participation_with_the_plan'], 'a check is held against the table too');
const stranger = body();
stranger.member.id = 'OR0000002';
tally.equal([(await submit(stranger)).json.status, (await check(stranger)).not_checked[0]], ['in_review', 'eligibility_with_the_plan'], 'a member without a row is as asserted');

// A request that is open is judged by the new table when something is added to it, and not before.
const read = await daemon.call('GET', `/v1/requests/${early.json.id}`, { as: 'provider' });
tally.equal(read.text, early.text, 'a read shows what was answered');
const later = await change(early, 'information', 'provider', { member: { county: 'Example' } });
tally.equal([later.status, later.json.status, reason(later.json)], [200, 'returned', 'ineligible_all_dates'], 'what is supplied later meets the table in force');

// What staff verified stands, whatever a table says.
const unnamed = body();
delete unnamed.member.id;
const anonymous = await submit(unnamed);
const vouched = await change(anonymous, 'plan-facts', 'intake', { source: 'eligibility system', coverage: body().member.coverage });
const named = await change(vouched, 'information', 'provider', { member: { id: 'OR0000001' } });
tally.equal([named.status, named.json.return, named.json.verified?.facts, named.json.verified?.tables], [200, null, ['eligibility'], []], 'staff against the table');

// Authorization is waived where the plan's own tables say so: ARQ, participation, and coverage that goes on.
write('eligibility.csv', covered);
write('participation.csv', participates);
write('arq.csv', free);
await reloaded('three tables');
const waived = await submit(body());
tally.equal([waived.status, waived.json.status], [201, 'not_required'], 'no authorization is needed');
tally.equal(waived.json.verified.facts, ['eligibility', 'participation'], 'on verified facts');
tally.equal((await check(body())).not_checked, ['clinical_judgment', 'duplicates'], 'nothing of the plan is left open');
write('arq.csv', free.replace('false', 'true'));
await reloaded('a code that needs authorization');
tally.equal((await submit(body())).json.status, 'in_review', 'and now it is needed');
write('arq.csv', free);
await reloaded('and not again');

// A broken table: the set in force stays; file, line and reason are logged, and no member's number.
write('eligibility.csv', `${ended}OR0000077,trillium,soon,,false\r\nOR0000078,trillium,2026-01-01,,perhaps\r\n`);
const faults = await refused('a broken table');
const at = (line) => faults.find((one) => one.event === 'policy_problem' && one.place.endsWith(`/eligibility.csv:${line}`));
tally.check(/found the form aaaa, needed a date/.test(at(3)?.detail), `the third line: ${at(3)?.detail}`);
tally.check(/column retroactive: .*needed true or false/.test(at(4)?.detail), `the fourth line: ${at(4)?.detail}`);
tally.check(!/OR00000/.test(daemon.err), 'no number of a member is in the log');
tally.equal((await submit(body())).json.status, 'not_required', 'judged as before');
write('eligibility.csv', covered);

// Rows that contradict each other would let their order decide: each shipped table refuses them, by both lines.
const contradictory = {
	arq: 'code,participation,from,to,required\nH0037,participating,2020-01-01,,false\nH0037,,2026-01-01,2026-01-01,true\n',
	participation: `${participates}2999000021,non_participating\n`,
	covered_diagnoses: 'icd10,from,to,covered\nF32.9,,2026-01-01,true\nF32.9,2026-01-01,,false\n',
	eligibility: `${ELIGIBILITY}OR0000077,trillium,2025-01-01,,false\r\nOR0000077,trillium,2026-01-01,,true\r\nOR0000077,another,2026-01-01,,true\r\n`,
};
for (const [name, rows] of Object.entries(contradictory)) write(`${name}.csv`, rows);
const clashes = (await refused('rows that contradict each other')).filter((one) => one.event === 'policy_problem');
tally.equal(clashes.map((one) => one.place.replace(/.*\//, '')).sort(), Object.keys(contradictory).map((name) => `${name}.csv:3`).sort(), 'the later line of each');
tally.check(clashes.every((one) => one.detail.includes(`contradicts ${one.place.replace(/:3$/, ':2')} `)), `and the earlier one: ${JSON.stringify(clashes)}`);
tally.check(!/OR00000|2999000021/.test(JSON.stringify(clashes)), 'no number of a member or a provider is in the log');
tally.equal((await submit(body())).json.status, 'not_required', 'judged as before');
for (const [name, rows] of Object.entries({ arq: free, participation: participates, eligibility: covered })) write(`${name}.csv`, rows);
remove('covered_diagnoses.csv');
await reloaded('rows that agree');

write('eligibilty.csv', covered);
const misnamed = await refused('a name that is none');
tally.check(misnamed.some((one) => /did you mean eligibility\?/.test(one.detail)), `with a suggestion: ${JSON.stringify(misnamed)}`);
remove('eligibilty.csv');

// The same table as JSON, and tables that are taken away again.
remove('eligibility.csv');
remove('arq.csv');
write('eligibility.json', JSON.stringify({ table: 'eligibility', rows: [{ member_id: 'OR0000001', plan: 'trillium', from: '2025-01-01', to: '2026-10-31', retroactive: false }] }));
await reloaded('a table as JSON');
tally.equal((await submit(body())).json.status, 'returned', 'JSON says what CSV said');
remove('eligibility.json');
await reloaded('a table taken away');
tally.equal([(await listed('eligibility')).rows, (await submit(body())).json.status], [0, 'in_review'], 'the shipped one is back');

// Policies: a version that open requests name stays, and its text stays; a new version may come.
writeFileSync(manifest, edited);
tally.check((await refused('an edited version')).some((one) => one.event === 'policies_refused' && /trillium-isa 2019-03-06.*version of its own/.test(one.detail)), 'says which');
writeFileSync(manifest, text);
const next = join(policies, 'trillium-isa/2027-01-01');
renameSync(join(policies, version), next);
writeFileSync(join(next, 'policy.json'), text.replace('"version": "2019-03-06"', '"version": "2027-01-01"'));
tally.check((await refused('a version that is gone')).some((one) => one.event === 'policies_refused' && /trillium-isa 2019-03-06: it is not there, but needed .open requests: /.test(one.detail)), 'says which');
writeFileSync(join(next, 'policy.json'), '{');
tally.check((await refused('a policy that is not JSON')).some((one) => one.event === 'policy_problem' && one.place === 'trillium-isa/2027-01-01/policy.json#'), 'says where');
cpSync(next, join(policies, version), { recursive: true });
const until = (from, to) => text.replace(/"in_force": \{[^}]*\}/, `"in_force": { "from": ${from}, "to": ${to} }`);
writeFileSync(join(next, 'policy.json'), until('"2030-01-01"', 'null').replace('"version": "2019-03-06"', '"version": "2027-01-01"'));
writeFileSync(manifest, text);
await refused('two versions in force at once');
rmSync(next, { recursive: true });
await reloaded('as it was');

// Under load: two sets whose tables differ, twenty changes from one to the other. Every request is answered, each by one of them as a whole.
const sides = {
	a: { eligibility: covered, participation: participates, arq: free },
	b: { eligibility: ended, participation: `${participates}2999000099,participating\n`, arq: free.replace('false', 'true') },
};
const current = join(directory, 'current');
for (const [side, files] of Object.entries(sides)) {
	mkdirSync(join(directory, side));
	for (const [name, rows] of Object.entries(files)) writeFileSync(join(directory, side, `${name}.csv`), rows);
}
function turnTo(side) {
	symlinkSync(join(directory, side), `${current}.next`);
	renameSync(`${current}.next`, current);
}
turnTo('a');
await daemon.stop();
tally.equal(daemon.exited, { code: 0, signal: null }, 'after all that it stops as ever');

const busy = await start(binary, ['--sandbox', '--seed', '72', '--policies', 'policies', '--tables', current]);
const digests = async () => Object.fromEntries((await busy.call('GET', '/v1/policies', { as: 'auditor' })).json.tables.map((one) => [one.table, one.digest]));
const expected = { a: { status: 'not_required', ...(await digests()) } };
const count = () => busy.err.split('"policies_reloaded"').length - 1;
async function turn(side) {
	const before = count();
	turnTo(side);
	process.kill(busy.pid, 'SIGHUP');
	for (let i = 0; i < 2000 && count() === before; i++) await new Promise((wake) => setTimeout(wake, 5));
	return tally.check(count() > before, `turned to ${side}: ${busy.err.slice(-300)}`);
}
await turn('b');
expected.b = { status: 'returned', ...(await digests()) };
tally.check(expected.a.eligibility !== expected.b.eligibility && expected.a.participation !== expected.b.participation, 'the two sets differ');

let running = true;
const answers = [];
async function client(kind) {
	while (running) {
		const answer = kind === 'submit' ? await busy.call('POST', '/v1/requests', { as: 'provider', body: body() })
			: kind === 'check' ? await busy.call('POST', '/v1/checks', { as: 'provider', body: body() })
				: await busy.call('GET', '/v1/policies', { as: 'auditor' });
		answers.push({ kind, answer });
	}
}
const clients = ['submit', 'submit', 'submit', 'submit', 'check', 'check', 'list'].map(client);
for (let i = 0; i < 20; i++) await turn(i % 2 ? 'b' : 'a');
running = false;
await Promise.all(clients);
const seen = { a: 0, b: 0, mixed: 0, failed: 0 };
for (const { kind, answer } of answers) {
	const wanted = kind === 'submit' ? 201 : 200;
	const told = kind === 'list' ? answer.json?.tables?.map((one) => [one.table, one.digest]) : answer.json?.verified?.tables?.map((one) => [one.table, one.digest]);
	const found = Object.fromEntries(told ?? []);
	const side = answer.status !== wanted ? 'failed' : ['a', 'b'].find((name) => ['eligibility', 'participation'].every((table) => found[table] === expected[name][table]) &&
		(kind === 'list' || answer.json.status === expected[name].status)) ?? 'mixed';
	seen[side]++;
	if (['mixed', 'failed'].includes(side) && seen[side] < 4) console.log(`${kind} ${answer.status} ${side}: ${answer.text.slice(0, 400)}`);
}
tally.check(seen.a > 20 && seen.b > 20, `answers of both sets: ${JSON.stringify(seen)}`);
tally.equal([seen.mixed, seen.failed], [0, 0], 'and none of anything else');
await busy.stop();
tally.equal(busy.exited, { code: 0, signal: null }, 'it stops as ever');

// At the start a broken table stops the daemon before it listens, and --check-config finds it.
const broken = join(directory, 'broken');
mkdirSync(broken);
writeFileSync(join(broken, 'arq.csv'), 'code,required\nH0037,no\n');
const bad = spawnSync(binary, ['serve', '--sandbox', '--policies', 'policies', '--tables', broken, '--check-config'], { encoding: 'utf8', timeout: 20000 });
tally.equal(bad.status, 78, `a broken table at the start: ${bad.stderr}`);
tally.check(/arq\.csv:2: column required: found the form aa, needed true or false/.test(bad.stderr), `says where: ${bad.stderr}`);
const file = join(directory, 'config.json');
writeFileSync(file, JSON.stringify({ policies: 'policies', tables: join(directory, 'a') }), { mode: 0o600 });
tally.equal(spawnSync(binary, ['serve', '--sandbox', '--config', file, '--check-config'], { timeout: 20000 }).status, 0, 'the configuration file names the directory');
const nowhere = spawnSync(binary, ['serve', '--sandbox', '--policies', 'policies', '--tables', join(directory, 'nowhere')], { encoding: 'utf8', timeout: 20000 });
tally.check(nowhere.status === 78 && nowhere.stderr.includes('tables:'), `a directory that is not there: ${nowhere.stderr}`);
tally.end();
