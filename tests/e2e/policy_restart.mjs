// SPDX-License-Identifier: Apache-2.0
// What a start does with policies that are not those of the day before: it refuses a set that lacks a version which open requests or running care
// name, tells of a text that has changed under its version, and a closed request whose version is gone is still read, but not worked on.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dated } from '../lib/lives.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const records = database(binary, 'policy-restart');
const { tokens, create, directory, db } = records;
for (const role of ['reviewer', 'physician']) tokens[role] = create('--role', role, '--payer', 'trillium', '--credential', 'psychiatrist');
tokens['performcare intake'] = create('--role', 'intake', '--payer', 'performcare');

const policies = join(directory, 'policies');
cpSync('policies', policies, { recursive: true });
const run = () => serve(binary, records, [], { policies });
const logged = (text) => text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

/** Puts another version of a policy in the place of the one that is there; returns what puts it back. */
function replace(policy, version, change = (text) => text) {
	const [from, to] = [join(policies, policy, version), join(policies, policy, 'later')];
	const manifest = join(to, 'policy.json');
	renameSync(from, to);
	const text = readFileSync(manifest, 'utf8');
	writeFileSync(manifest, change(text.replace(`"version": "${version}"`, '"version": "later"')));
	return () => {
		writeFileSync(manifest, text);
		renameSync(to, from);
	};
}
const TRILLIUM = ['trillium-isa', '2019-03-06'];
const PERFORMCARE = ['performcare-cm-040', '2024-09-10'];

/** What a daemon that may not start says; the records are as they were. */
async function refused(wanted, what) {
	const before = readFileSync(db);
	let error;
	await run().then((daemon) => daemon.stop(), (one) => { error = one; });
	tally.equal(error?.code, 78, `${what}: the configuration is refused (${error?.message})`);
	const said = error?.message.split('\n').find((line) => line.includes('authreviewd: ')) ?? '';
	tally.check(wanted.test(said), `${what}: ${said}`);
	tally.check(!/req_|svc_|OHP|PA123/.test(error?.message), `${what}: and whose it is stays in the records`);
	tally.check(readFileSync(db).equals(before), `${what}: the records are as they were`);
	return logged(error?.message ?? '');
}

let daemon = await run();
const call = (as, method, path, body, more = {}) => daemon.call(method, path, { as, body, ...more });
const read = (id) => call('intake', 'GET', `/v1/requests/${id}`);
async function step(id, resource, as, body, method = 'POST') {
	return call(as, method, `/v1/requests/${id}/${resource}`, body, { etag: (await read(id)).headers.etag });
}
async function submit(path, body) {
	const sent = await call('clinic-a', 'POST', path, body);
	tally.equal(sent.status, 201, `sent: ${sent.text.slice(0, 300)}`);
	return sent.json.id;
}
async function good(answer) {
	const { status, text, json } = await answer;
	tally.equal(status, 200, `done: ${text.slice(0, 300)}`);
	return json;
}
const stopped = async () => tally.equal(await daemon.stop(), { code: 0, signal: null }, 'it stops as ever');
const warnings = async () => (await call(null, 'GET', '/readyz')).json.warnings.filter((one) => /another text/.test(one));
const changes = () => logged(daemon.err).filter((one) => one.event === 'policy_text_changed').map(({ level, policy, version, digest, first_digest }) => [level, policy, version, digest, first_digest]);
const digestOf = async (policy) => (await call(null, 'GET', '/version')).json.policies.find((one) => one.id === policy).digest;

/* ---- open requests need the version that judges them ---- */

const day = dated('pdts-complete', Date.now());
const first = await submit('/v1/requests', day);
const second = await submit('/v1/requests', day);
await stopped();
const names = (open, records) => new RegExp(`policy trillium-isa 2019-03-06: .*needed .open requests: ${open}, service records: ${records}.; put that version back beside the others`);
let back = replace(...TRILLIUM);
const told = await refused(names(2, 0), 'a version that is gone');
tally.equal(told.filter((one) => one.event === 'policy_version_needed').map((one) => [one.policy, one.version, one.requests, one.records]), [['trillium-isa', '2019-03-06', 2, 0]], 'the log counts them too');
const args = ['serve', '--db', db, '--policies', policies];
tally.equal(spawnSync(binary, [...args, '--check-config'], { timeout: 20000 }).status, 0, '--check-config does not look into the records');
back();
const manifest = join(policies, ...TRILLIUM, 'policy.json');
const text = readFileSync(manifest, 'utf8');
writeFileSync(manifest, text.replace('"version": "2019-03-06",', '"version": "2019-03-06", "draft": true,'));
await refused(names(2, 0), 'a version that is a draft again');
writeFileSync(manifest, text);

/* ---- a text that has changed is told while it is in use ---- */

daemon = await run();
const digest = await digestOf('trillium-isa');
tally.equal([await warnings(), changes()], [[], []], 'the text as it was known');
await stopped();
writeFileSync(manifest, text.replace(/"title": "[^"]*"/, '"title": "Another title"'));
for (const what of ['the first start', 'the next']) {
	daemon = await run();
	const other = await digestOf('trillium-isa');
	tally.check(other !== digest, 'the text is another');
	tally.equal(await warnings(), ['policy trillium-isa 2019-03-06 has another text than when it was first loaded'], `${what} warns`);
	tally.equal(changes(), [['warning', 'trillium-isa', '2019-03-06', other, digest]], `${what} logs both digests`);
	tally.equal((await call(null, 'GET', '/readyz')).json.status, 'ready', `${what}: it is ready`);
	if (what === 'the next') { /* the same set once more keeps the warning; the text before is refused while this one judges */
		const hangup = async (event) => {
			const seen = daemon.err.split(`"${event}"`).length;
			process.kill(daemon.pid, 'SIGHUP');
			for (let i = 0; i < 2000 && daemon.err.split(`"${event}"`).length === seen; i++) await new Promise((wake) => setTimeout(wake, 10));
			return tally.check(daemon.err.split(`"${event}"`).length > seen, `${event}: ${daemon.err.slice(-300)}`);
		};
		await hangup('policies_reloaded');
		tally.equal((await warnings()).length, 1, 'loading it again changes nothing');
		const edited = readFileSync(manifest, 'utf8');
		writeFileSync(manifest, text.replace(/"title": "[^"]*"/, '"title": "A third title"'));
		await hangup('policies_refused');
		tally.equal(await digestOf('trillium-isa'), other, 'a change while it runs is refused');
		writeFileSync(manifest, edited);
	}
	await stopped();
}
writeFileSync(manifest, text);
daemon = await run();
tally.equal([await warnings(), changes(), await digestOf('trillium-isa')], [[], [], digest], 'the first text is back');

/* ---- a draft may change ---- */

await stopped();
const draft = join(policies, 'trillium-isa/draft');
cpSync(join(policies, ...TRILLIUM), draft, { recursive: true });
const drafted = text.replace('"version": "2019-03-06",', '"version": "draft", "draft": true,');
for (const title of ['One', 'Two']) {
	writeFileSync(join(draft, 'policy.json'), drafted.replace(/"title": "[^"]*"/, `"title": "${title}"`));
	daemon = await run();
	tally.equal([await warnings(), changes()], [[], []], `a draft: ${title}`);
	if (title === 'One') await stopped();
}
rmSync(draft, { recursive: true });

/* ---- the requests end: one withdrawn, one denied and told ---- */

await good(step(first, 'withdrawal', 'clinic-a', { reason: 'not_needed' }));
const criterion = 'trillium.um.determine-necessity';
const findings = (await read(second)).json.findings.filter((one) => one.answer !== 'met' && one.kind !== 'gate');
await good(step(second, 'findings', 'reviewer', { findings: findings.map(({ item }) => ({ criterion: item, answer: item === criterion ? 'not_met' : 'met', note: 'Seen.' })) }, 'PUT'));
const denied = await good(step(second, 'determination', 'physician', {
	outcome: 'denied', basis: 'criterion_not_met', criteria: [criterion], rationale: 'Outpatient therapy meets the need.', alternative: 'Outpatient therapy.', documents_reviewed: ['d1'],
}));
const untold = (await read(second)).json.tasks ?? [];
await good(step(second, 'notices', 'intake', { to: 'practitioner', channel: 'phone' }));
await good(step(second, 'notices', 'intake', { to: 'member', channel: 'mail' }));
const open = await call('intake', 'GET', '/v1/requests');
tally.equal(open.json.requests.map((one) => one.id), [], `nothing is to be done (${untold})`);
const reads = {
	request: () => read(second), submission: () => call('intake', 'GET', `/v1/requests/${second}/submission`), timeline: () => call('intake', 'GET', `/v1/requests/${second}/timeline`),
	episode: () => call('intake', 'GET', `/v1/requests/${second}/episode`), decision: () => call('intake', 'GET', `/v1/decisions/${denied.decision.id}`),
	decisions: () => call('intake', 'GET', '/v1/decisions'), listed: () => call('intake', 'GET', '/v1/requests?status=any'), obligations: () => call('intake', 'GET', '/v1/obligations'),
	csv: () => call('intake', 'GET', '/v1/decisions', undefined, { headers: { Accept: 'text/csv' } }), feed: () => call('intake', 'GET', '/v1/events'),
	earlier: () => call('intake', 'GET', `/v1/requests/${second}?as_of=${new Date().toISOString()}`),
};
const answers = async () => Object.fromEntries(await Promise.all(Object.entries(reads).map(async ([name, ask]) => {
	const { status, text: body } = await ask();
	return [name, [status, body]];
})));
const before = await answers();
for (const [name, answer] of Object.entries(before)) tally.equal(answer?.[0] ?? 200, 200, `${name}: ${JSON.stringify(answer).slice(0, 300)}`);
await stopped();

back = replace(...TRILLIUM);
daemon = await run();
const after = await answers();
for (const name of Object.keys(reads)) tally.equal(after[name], before[name], `${name} is read as before`);
tally.check(verifyAudit(binary, db).length > 0, 'the records are in order');
await stopped();
const payer = join(directory, 'payer');
renameSync(join(policies, 'trillium-isa'), payer);
daemon = await run();
const [utc] = (await reads.listed()).json.requests.filter((one) => one.id === second);
const zoned = JSON.parse(before.listed[1]).requests.find((one) => one.id === second);
for (const name of ['received_at', 'due_at']) {
	tally.check(utc[name].endsWith('Z') && Date.parse(utc[name]) === Date.parse(zoned[name]), `without any policy of the payer: ${name} ${utc[name]}, before ${zoned[name]}`);
}
const { events: fed } = (await reads.feed()).json;
tally.check(fed.length > 0 && fed.every((event) => event.at.endsWith('Z') && event.policy.digest === digest), 'its events too, which name the policy that judged them');
await stopped();
renameSync(payer, join(policies, 'trillium-isa'));
daemon = await run();
const steps = {
	appeal: () => step(second, 'appeals', 'clinic-a', { kind: 'expedited', from: 'practitioner' }),
	'another notice': () => step(second, 'notices', 'intake', { to: 'practitioner', channel: 'phone' }),
	preview: () => call('physician', 'GET', `/v1/requests/${second}/determination`),
};
for (const [what, take] of Object.entries(steps)) {
	const answer = await take();
	tally.equal([answer.status, answer.json?.type, answer.headers['content-type']], [503, '/problems/policy-not-loaded', 'application/problem+json'], `${what}: ${answer.text}`);
	tally.equal(answer.json?.detail, 'policy trillium-isa 2019-03-06, by which this request is judged, is not loaded; the payer must load it again', `${what} says which`);
}
const page = await call(null, 'GET', '/problems/policy-not-loaded');
tally.equal([page.status, page.json?.status, page.json?.title], [200, 503, 'The policy version of this request is not loaded'], 'its page');
tally.equal((await read(second)).text, before.request[1], 'nothing was changed');
await stopped();
cpSync(join('policies', ...TRILLIUM), join(policies, ...TRILLIUM), { recursive: true });
writeFileSync(manifest, text.replace('"version": "2019-03-06",', '"version": "2019-03-06", "draft": true,'));
daemon = await run();
tally.equal((await steps.appeal()).json?.type, '/problems/policy-not-loaded', 'as a draft it judges nothing');
const next = await submit('/v1/requests', day);
tally.equal((await read(next)).json.policy.version, 'later', 'what is received now is judged by the version that is there');
await stopped();

/* ---- the version back beside the other: the appeal is received ---- */

const later = join(directory, 'later');
renameSync(join(policies, 'trillium-isa/later'), later);
cpSync(join('policies', ...TRILLIUM), join(policies, ...TRILLIUM), { recursive: true });
writeFileSync(manifest, text.replace(/"in_force": \{[^}]*\}/, '"in_force": { "from": "2019-03-06", "to": "2030-12-31" }'));
await refused(/policy trillium-isa later: /, 'the newer version is gone instead');
renameSync(later, join(policies, 'trillium-isa/later'));
const newer = join(policies, 'trillium-isa/later/policy.json');
writeFileSync(newer, readFileSync(newer, 'utf8').replace(/"in_force": \{[^}]*\}/, '"in_force": { "from": "2031-01-01", "to": null }'));
daemon = await run();
const appealed = await steps.appeal();
tally.equal(appealed.status, 201, `the appeal is received: ${appealed.text.slice(0, 300)}`);
await stopped();

/* ---- running care needs its version, always ---- */

daemon = await run();
const care = await submit('/v1/service-records', dated('tcm-care', Date.now()));
await stopped();
back = replace(...PERFORMCARE);
await refused(/policy performcare-cm-040 2024-09-10: .*open requests: 0, service records: 1/, 'running care');
back();
daemon = await start(binary, args.slice(1));
daemon.tokens = tokens;
tally.equal((await call('performcare intake', 'GET', `/v1/service-records/${care}`)).status, 200, 'and all is as before');
await stopped();
tally.check(verifyAudit(binary, db).length > 0, 'the records are in order');
tally.end();
