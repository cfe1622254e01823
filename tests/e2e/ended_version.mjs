// SPDX-License-Identifier: Apache-2.0
// A version that has ended judges what came under it to its end, on whichever day it ended: what is supplied, found, decided, appealed and brought
// about by time. What comes later, also where it continues such a request, is judged by the version of its own receipt; what came under none, by none.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const policies = join(scratch('ended'), 'policies');
cpSync('policies', policies, { recursive: true });
const daemon = await start(binary, ['--sandbox', '--seed', '83', '--clock', '2026-11-20T10:00:00-08:00', '--policies', policies]);

const NECESSITY = 'trillium.um.determine-necessity';
const OLD = '2019-03-06';
const NEW = '2026-11-20';
const NONE = /no version of the policy was in force when it was received/;
const denial = { outcome: 'denied', basis: 'criterion_not_met', criteria: [NECESSITY], alternative: 'Outpatient treatment, twice a week.', rationale: 'As found.', documents_reviewed: ['d1'] };

/* ---- versions ---- */

const manifest = (policy, version) => join(policies, policy, version, 'policy.json');
function force(policy, version, from, to) {
	const path = manifest(policy, version);
	const text = readFileSync(path, 'utf8').replace(/"in_force": \{[^}]*\}/, `"in_force": ${JSON.stringify({ from, to })}`);
	writeFileSync(path, text.replace(/"version": "[^"]*"/, `"version": "${version}"`));
}
async function reload() {
	const outcomes = () => daemon.err.split('\n').filter((line) => /"policies_(reloaded|refused)"/.test(line));
	const before = outcomes().length;
	process.kill(daemon.pid, 'SIGHUP');
	for (let i = 0; i < 2000 && outcomes().length === before; i++) await new Promise((wake) => setTimeout(wake, 10));
	tally.check(/"policies_reloaded"/.test(outcomes()[before]), `loaded: ${daemon.err.slice(-500)}`);
}

/* ---- requests ---- */

const clock = (instant) => daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: instant } });
const read = (id) => daemon.call('GET', `/v1/requests/${id}`, { as: 'provider' });
let members = 0;
async function send(body, as = 'provider') {
	const who = body.member ? { member: { ...body.member, id: `EV${String(++members).padStart(4, '0')}` } } : {};
	const sent = await daemon.call('POST', '/v1/requests', { as, body: { ...body, ...who } });
	tally.equal(sent.status, 201, `sent: ${sent.text.slice(0, 400)}`);
	return sent.json;
}
async function step({ id }, method, resource, as, body) {
	const answer = await daemon.call(method, `/v1/requests/${id}/${resource}`, { as, body, etag: (await read(id)).headers.etag });
	tally.check(answer.status < 300, `${resource}: ${answer.status} ${answer.text.slice(0, 400)}`);
	return answer.json;
}
const supply = (made, as = 'provider') => step(made, 'POST', 'information', as, { member: { county: 'Example' } });
async function find(made, necessity) {
	const open = (await read(made.id)).json.findings.filter((one) => one.kind !== 'gate' && one.answer !== 'met');
	return step(made, 'PUT', 'findings', 'reviewer', { findings: open.map(({ item }) => ({ criterion: item, answer: item === NECESSITY ? necessity : 'met', note: 'Seen.' })) });
}
const determine = (made, body) => step(made, 'POST', 'determination', 'physician', { rationale: 'As found.', documents_reviewed: ['d1'], ...body });
const brief = ({ status, policy, findings }) => [status, policy.version, findings.length];
const tell = async (made) => { for (const to of ['practitioner', 'member']) await step(made, 'POST', 'notices', 'intake', { to, channel: to === 'member' ? 'mail' : 'phone' }); };

const inForce = { supplied: 'pdts-assessment-too-old', decided: 'pdts-complete', denied: 'pdts-complete', waiting: 'pdts-complete', approved: 'pdts-complete', incomplete: 'pdts-missing-dates', routed: 'pss-other-product' };
const made = {};
for (const [name, of] of Object.entries(inForce)) made[name] = await send(sample(of));
tally.equal([made.supplied.status, made.supplied.policy.version, made.routed.status], ['in_review', OLD, 'manual_route'], 'as they came');
tally.check(made.supplied.findings.length > 20 && made.routed.findings.length > 0, 'with findings');
await find(made.denied, 'not_met');
await determine(made.denied, denial);
await tell(made.denied);
await find(made.approved, 'met');
await determine(made.approved, { outcome: 'approved' });

/* ---- the versions end before the day on which those came ---- */

const pss = made.routed.policy.version;
cpSync(join(policies, 'trillium-isa', OLD), join(policies, 'trillium-isa', NEW), { recursive: true });
force('trillium-isa', OLD, '2019-03-06', '2026-11-19');
force('trillium-isa', NEW, '2026-11-20', null);
force('lhcc-pss', pss, '2021-01-01', '2026-11-19');
await reload();

tally.equal(brief(await supply(made.supplied)), brief(made.supplied), 'supplied with information, it is judged as before');
const asked = await supply(made.incomplete);
tally.equal([asked.policy.version, asked.missing.length], [OLD, made.incomplete.missing.length], 'what is missing stays missing');
tally.check((await step(made.incomplete, 'POST', 'outreach-attempts', 'intake', { channel: 'phone', items: [asked.missing[0].item], outcome: 'left_message' })).outreach.made === 1, 'and is asked for');
const elsewhere = await supply(made.routed);
tally.equal(brief(elsewhere), brief(made.routed), 'what the version itself routes, it routes still');
tally.check(!NONE.test(elsewhere.summary), `for its own reason: ${elsewhere.summary}`);

tally.equal(brief(await find(made.decided, 'met')), brief(made.decided), 'findings are answered');
const preview = await daemon.call('GET', `/v1/requests/${made.decided.id}/determination`, { as: 'physician' });
tally.equal(preview.status, 200, `a preview: ${preview.text.slice(0, 300)}`);
tally.equal((await determine(made.decided, { outcome: 'approved' })).decision?.outcome, 'approved', 'it is decided');
const corrected = await determine(made.decided, { outcome: 'approved', supersedes: (await read(made.decided.id)).json.decision.id, reason: 'wording' });
tally.equal([corrected.decision?.outcome, corrected.policy.version], ['approved', OLD], 'and corrected');
const appeal = await step(made.denied, 'POST', 'appeals', 'provider', { kind: 'expedited', from: 'practitioner' });
const known = await daemon.call('GET', `/v1/appeals/${appeal.id}`, { as: 'intake' });
const judged = await daemon.call('POST', `/v1/appeals/${appeal.id}/determination`, { as: 'appeals', etag: known.headers.etag, body: { outcome: 'overturned', rationale: 'As the record shows.', documents_reviewed: ['d1'] } });
const overturned = (await read(made.denied.id)).json;
tally.equal([judged.status, overturned.decision?.outcome, overturned.policy.version], [200, 'approved', OLD], `a denial is appealed and overturned: ${judged.text.slice(0, 300)}`);

/* ---- what comes from now on ---- */

tally.equal((await send(sample('pdts-complete'))).policy.version, NEW, 'a new request comes under the new version');
const late = await send({ ...sample('pdts-complete'), intake: { received_at: '2026-11-19T10:00:00-08:00' } }, 'intake');
tally.equal([late.policy.version, late.status], [OLD, 'in_review'], 'one that was received on its last day, under the old one');
const onward = { payer: 'trillium', service: 'PDTS', review: 'concurrent', continues: made.approved.id, service_period: { start: '2026-12-31', end: '2027-01-29' }, lines: [{ units: 30 }] };
tally.equal((await send(onward)).policy.version, NEW, 'what continues an approved request is a new one');

/* ---- what came under no version is judged by none ---- */

const orphan = await send(sample('pss-other-product'));
tally.equal([orphan.status, orphan.findings], ['manual_route', []], 'no version was in force');
for (const what of ['at once', 'after another reload']) {
	const answer = await supply(orphan);
	tally.equal([answer.status, answer.findings], ['manual_route', []], `nor is it ${what}`);
	tally.check(NONE.test(answer.summary), `${what}: ${answer.summary}`);
	await reload();
}

/* ---- time goes on ---- */

await clock('2026-12-20T10:00:00-08:00');
let events = [];
for (let i = 0; i < 500 && !events.some((one) => /overdue/.test(one)); i++) {
	events = (await daemon.call('GET', `/v1/requests/${made.waiting.id}/timeline`, { as: 'auditor' })).json.events.map((one) => one.action ?? one.type);
	await new Promise((wake) => setTimeout(wake, 10));
}
tally.check(events.some((one) => /overdue/.test(one)), `it is overdue: ${events}`);
tally.equal(brief((await read(made.waiting.id)).json), brief(made.waiting), 'and in review');
tally.equal(brief(await supply(made.waiting)), brief(made.waiting), 'also with what came then');

tally.equal(await daemon.stop(), { code: 0, signal: null }, 'it stops as ever');
tally.end();
