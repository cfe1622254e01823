// SPDX-License-Identifier: Apache-2.0
// What time brings about: due soon, overdue, the notice that a lapse asks for, attempts that are owed. Each exactly once and in order, whether the
// clock goes in one step or in many, and whether the daemon runs or is killed and comes back later; and nobody else waits for it.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../lib/cases.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';
import { faults, feed, raised, timeline } from '../lib/timeline.mjs';

const [binary, library] = process.argv.slice(2);
const tally = new Tally();
const cases = 'policies/trillium-isa/2019-03-06/cases';
const BEGIN = '2026-03-02T10:15:00-08:00'; // a Monday

const read = (file) => JSON.parse(readFileSync(`${cases}/${file}.json`, 'utf8'));
function body(file, name, set = {}) {
	const found = read(file).cases.find((one) => one.name.startsWith(name));
	return applyEdits(applyEdits(read(`bases/${found.base}`), found.remove, found.set), [], set);
}
const complete = body('pdts-clock', 'N14'); // both clocks
const lacking = body('pdts-completeness', 'N1'); // both clocks, and attempts are owed
const hours = body('subacute-initial', 'Missing identifiers, the clock of hours runs');
const decide = 'trillium.pdts.initial.decide';
const federal = 'federal.medicaid.standard';
const attempts = 'trillium.rts.outreach-attempts';

const submit = async (daemon, sent, as = 'provider') => {
	const answer = await daemon.call('POST', '/v1/requests', { as, body: sent });
	tally.equal(answer.status, 201, `submitted: ${answer.text.slice(0, 200)}`);
	return answer.json.id;
};
const get = async (daemon, id, as = 'provider') => daemon.call('GET', `/v1/requests/${id}`, { as });
const clock = async (daemon, move) => {
	const answer = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: move });
	tally.equal(answer.status, 200, `the clock: ${answer.text}`);
};
const sandbox = (args = []) => start(binary, ['--sandbox', '--seed', '7', '--clock', BEGIN, '--policies', 'policies', ...args]);

/* ---- a lapse: the notice is due, and nothing else happens (N14) ---- */

{
	const daemon = await sandbox();
	const id = await submit(daemon, complete);
	const at = async (instant, wanted, what) => {
		await clock(daemon, { set: instant });
		const answer = await get(daemon, id);
		tally.equal(raised(answer.json), wanted, what);
		tally.equal([answer.json.status, answer.json.decision, answer.json.clock.running, answer.headers.etag],
			['in_review', null, true, `"v${1 + wanted.length}"`], `${what}: it stays open`);
	};
	const soon = [`due_soon ${federal} 2026-03-09T23:59:59-07:00`];
	await at('2026-03-07T23:00:00-08:00', [], 'nothing is due yet');
	await at('2026-03-08T12:00:00-07:00', soon, 'a quarter of the overlay is left');
	const both = [...soon, `due_soon ${decide} 2026-03-11T23:59:59-07:00`];
	await at('2026-03-09T23:59:59-07:00', both, 'due until the end of the second');
	const lapsed = [...both, `lapse_notice_due ${federal} 2026-03-09T23:59:59-07:00`];
	await at('2026-03-10T00:00:00-07:00', lapsed, 'lapsed');
	await at('2026-03-11T23:59:59-07:00', lapsed, 'the policy has time still');
	await at('2026-03-12T00:00:00-07:00', [...lapsed, `overdue ${decide} 2026-03-11T23:59:59-07:00`], 'overdue');
	await at('2027-03-12T00:00:00-08:00', [...lapsed, `overdue ${decide} 2026-03-11T23:59:59-07:00`], 'nothing else, a year later');
	const events = await timeline(daemon, id, 'provider');
	tally.equal(events.map((e) => `${e.action} ${e.actor_role} ${e.at.slice(0, 16)}`), ['received provider 2026-03-02T10:15', 'due_soon system 2026-03-08T12:00',
		'due_soon system 2026-03-09T23:59', 'lapse_notice_due system 2026-03-10T00:00', 'overdue system 2026-03-12T00:00'], 'the timeline');
	tally.equal((await feed(daemon, 'auditor')).map((e) => e.action), ['due_soon', 'due_soon', 'lapse_notice_due', 'overdue'], 'the feed');
	tally.equal((await feed(daemon, 'other_provider')).length, 0, 'the feed of somebody else');
	await daemon.stop();
}

/* ---- attempts that are owed: each once, a business day after the one before ---- */

{
	const daemon = await sandbox();
	const id = await submit(daemon, lacking);
	const owed = async () => (await get(daemon, id)).json.raised.filter((r) => r.what === 'outreach_owed').map((r) => `${r.subject} ${r.due_at}`);
	await clock(daemon, { set: '2026-03-03T23:59:59-08:00' });
	tally.equal(await owed(), [], 'the day is not over');
	await clock(daemon, { set: '2026-03-04T09:00:00-08:00' });
	const first = `${attempts}#1 2026-03-03T23:59:59-08:00`;
	tally.equal(await owed(), [first], 'the first attempt');
	await clock(daemon, { set: '2026-03-05T09:00:00-08:00' });
	tally.equal(await owed(), [first], 'is owed once');
	const last = await get(daemon, id);
	const items = last.json.missing.map((e) => e.item);
	const made = await daemon.call('POST', `/v1/requests/${id}/outreach-attempts`, { as: 'intake', etag: last.headers.etag, body: { channel: 'phone', items, outcome: 'no_answer' } });
	tally.equal([made.status, made.json.raised?.length], [200, 1], `an attempt: what was raised stays (${made.text.slice(0, 200)})`);
	await clock(daemon, { set: '2026-03-07T00:00:00-08:00' });
	tally.equal(await owed(), [first, `${attempts}#2 2026-03-06T23:59:59-08:00`], 'the second, after the first was made');
	const now = await get(daemon, id);
	const given = await daemon.call('POST', `/v1/requests/${id}/information`, { as: 'provider', etag: now.headers.etag, body: { service_period: { end: '2026-04-07' } } });
	tally.equal(given.json.status, 'in_review', `complete: ${given.text.slice(0, 200)}`);
	await clock(daemon, { set: '2026-04-07T00:00:00-07:00' });
	tally.equal((await owed()).length, 2, 'nothing is owed once nothing is missing');
	tally.equal(await faults(daemon, id, 'provider'), [], 'each once');
	await daemon.stop();
}

/* ---- after a determination: notices, an appeal, the end of what was granted ---- */

{
	const daemon = await sandbox();
	const pdts = read('bases/pdts');
	const now = async (id) => (await get(daemon, id, 'auditor')).headers.etag;
	const step = async (id, method, resource, sent, as) => {
		const answer = await daemon.call(method, `/v1/requests/${id}/${resource}`, { as, etag: await now(id), body: sent });
		tally.check(answer.status === 200 || answer.status === 201, `${resource}: ${answer.text.slice(0, 300)}`);
		return answer.json;
	};
	const decision = { documents_reviewed: ['d1'], rationale: 'As the findings show.' };
	const necessity = 'trillium.um.determine-necessity';
	const find = async (id, answer) => {
		const open = (await get(daemon, id)).json.findings.filter((f) => f.answer !== 'met').map((f) => f.item);
		const findings = open.map((criterion) => ({ criterion, answer: criterion === necessity ? answer : 'met', note: 'Seen in the papers.' }));
		await step(id, 'PUT', 'findings', { findings }, 'reviewer');
	};
	const approved = await submit(daemon, pdts);
	const denied = await submit(daemon, pdts);
	await find(approved, 'met');
	await find(denied, 'not_met');
	const grant = (await step(approved, 'POST', 'determination', { ...decision, outcome: 'approved' }, 'physician')).authorization;
	const refusal = await step(denied, 'POST', 'determination',
		{ ...decision, outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], alternative: 'Other care.' }, 'physician');
	const overdue = (answer) => answer.notices.owed.map((n) => `notice_overdue ${n.item}#${n.to} ${n.due_at}`);
	tally.check(refusal.notices.owed.length > 0, 'a denial is told');
	const appeal = await step(denied, 'POST', 'appeals', { kind: 'expedited', from: 'practitioner' }, 'intake');
	const apl = (await get(daemon, denied)).json.appeals[0];
	const list = async (id) => raised((await get(daemon, id)).json);
	await clock(daemon, { advance: '53h' });
	tally.equal(await list(denied), [], 'more than a quarter is left of the appeal');
	await clock(daemon, { advance: '1h' });
	const soon = `appeal_due_soon ${apl.id} ${apl.due_at}`;
	tally.equal(await list(denied), [soon], 'a quarter is left of the appeal');
	await clock(daemon, { set: apl.due_at });
	tally.equal(await list(denied), [soon], 'due until the end of the second');
	await clock(daemon, { advance: '1s' });
	const late = `appeal_overdue ${apl.id} ${apl.due_at}`;
	tally.equal(await list(denied), [soon, late], 'overdue');
	const shown = await daemon.call('GET', `/v1/appeals/${apl.id}`, { as: 'appeals' });
	const upheld = await daemon.call('POST', `/v1/appeals/${apl.id}/determination`, { as: 'appeals', etag: shown.headers.etag, body: { outcome: 'upheld', rationale: 'The findings bear it.' } });
	tally.check(upheld.status === 200, `an overdue appeal is decided: ${upheld.text.slice(0, 300)} ${appeal?.id ?? ''}`);
	await clock(daemon, { set: `${grant.to}T23:59:59-07:00` });
	const notices = overdue(refusal);
	tally.equal((await list(denied)).filter((r) => notices.includes(r)), notices, 'notices that nobody gave');
	const told = overdue((await get(daemon, approved)).json);
	tally.equal(await list(approved), told, 'covered to the end of the last day');
	await clock(daemon, { advance: '1s' });
	tally.equal(await list(approved), [...told, `authorization_ended ${grant.number} ${grant.to}T23:59:59-07:00`], 'the authorization has ended');
	const ended = (await get(daemon, approved)).json;
	tally.equal([ended.status, ended.decision.outcome, ended.authorization], ['decided', 'approved', grant], 'and stands as it was granted');
	await clock(daemon, { advance: '999d' });
	for (const id of [approved, denied]) tally.equal(await faults(daemon, id, 'provider'), [], 'each once');
	await daemon.stop();
}

/* ---- one step and many steps give the same ---- */

const played = [];
for (const steps of [1, 90]) {
	const daemon = await sandbox();
	const ids = [];
	for (const one of [complete, lacking, hours, complete]) {
		ids.push(await submit(daemon, one));
		await clock(daemon, { advance: '17m' });
	}
	for (let i = 0; i < steps; i++) await clock(daemon, { advance: `${1800 / steps}h`.replace('1800h', '75d') });
	const events = await feed(daemon, 'auditor');
	const lists = await Promise.all(ids.map(async (id) => raised((await get(daemon, id)).json)));
	for (const id of ids) tally.equal(await faults(daemon, id, 'provider'), [], `${steps} steps: ${id}`);
	played.push(JSON.stringify([events.map((e) => `${ids.indexOf(e.request)} ${e.action}`), lists]));
	tally.check(events.length >= 14, `${steps} steps: ${events.length} events`);
	await daemon.stop();
}
tally.equal(played[1], played[0], 'one step and many: the same events in the same order');

/* ---- a long time down: everything is raised once, in order, while clients are served ---- */

const records = database(binary, 'time', ['clinic-a']);
const shift = new Shift(library, records.directory, BEGIN);
const run = (options = {}) => serve(binary, records, [], { env: shift.env, sockets: 32, ...options });
const CROWD = Number(process.env.CROWD ?? 1500);
{
	let daemon = await run();
	const ids = [];
	const one = async () => { ids.push(await submit(daemon, ids.length % 3 === 0 ? lacking : complete, 'clinic-a')); };
	for (let i = 0; i < CROWD / 25; i++) await Promise.all(Array.from({ length: 25 }, one));
	tally.equal((await feed(daemon, 'auditor')).length, 0, 'nothing is due at once');
	await daemon.kill();
	shift.hours(30 * 24);
	daemon = await run();
	const began = Date.now();
	const took = [];
	let count = 0;
	const due = CROWD * 4 + Math.ceil(CROWD / 3);
	while (count < due && Date.now() - began < 90000) {
		const sent = Date.now();
		const answer = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: complete });
		took.push(Date.now() - sent);
		tally.equal(answer.status, 201, 'a submit meanwhile');
		const metrics = (await daemon.call('GET', '/metrics', { as: 'admin' })).text;
		count = Number(/^authreview_raised_total (\d+)$/m.exec(metrics)?.[1]);
	}
	took.sort((a, b) => a - b);
	console.log(`${count} raised in ${Date.now() - began} ms; ${took.length} submits meanwhile, median ${took[took.length >> 1]} ms, slowest ${took.at(-1)} ms`);
	tally.equal(count, due, 'everything that fell due');
	tally.check(took.at(-1) < 2000, `no submit starves (${took.at(-1)} ms)`);
	const events = await feed(daemon, 'auditor');
	tally.equal(events.length, due, 'the feed has each of them once');
	const dues = new Map();
	for (const id of ids.filter((_, i) => i % 50 === 0)) {
		tally.equal(await faults(daemon, id, 'clinic-a'), [], id);
		dues.set(id, (await get(daemon, id, 'clinic-a')).json.raised.map((r) => r.what));
	}
	tally.equal(dues.get(ids[0]), ['outreach_owed', 'due_soon', 'due_soon', 'lapse_notice_due', 'overdue'], 'in the order of their instants');
	const order = { outreach_owed: 0, lapse_notice_due: 2, overdue: 3 };
	const ranks = events.filter((e) => e.action in order).map((e) => order[e.action]);
	tally.check(ranks.every((r, i) => i === 0 || r >= ranks[i - 1]), 'in the order of their instants across requests');
	await daemon.stop();
	tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
}

/* ---- a policy version that no longer answers the service: its requests wait, everybody else goes on ---- */

{
	const policies = join(records.directory, 'others');
	cpSync('tests/policies', policies, { recursive: true });
	cpSync('tests/policies/tm-sketch/1', join(policies, 'trillium-isa/2019-03-06'), { recursive: true });
	const manifest = join(policies, 'trillium-isa/2019-03-06/policy.json');
	const renamed = { ...JSON.parse(readFileSync(manifest, 'utf8')), policy: 'trillium-isa', version: '2019-03-06', payer: 'trillium' };
	writeFileSync(manifest, JSON.stringify(renamed));
	shift.hours(24);
	let daemon = await run();
	await submit(daemon, complete, 'clinic-a');
	await daemon.stop();
	shift.hours(30 * 24);
	daemon = await serve(binary, records, [], { env: shift.env, policies });
	await new Promise((done) => setTimeout(done, 2500));
	const metrics = (await daemon.call('GET', '/metrics', { as: 'admin' })).text;
	const skipped = Number(/^authreview_timers_skipped (\d+)$/m.exec(metrics)?.[1]);
	const lines = daemon.err.split('\n').filter((line) => line.includes('"timer_skipped"'));
	tally.check(skipped >= 1, `skipped: ${skipped}`);
	tally.check(lines.length === Math.min(skipped, 20) && lines[0].includes('not loaded'), `told once each, and not without end: ${lines.length} ${lines[0]}`);
	tally.check((await daemon.call('GET', '/readyz')).json.warnings.some((w) => /nothing is raised/.test(w)), 'readiness says so');
	await daemon.stop();
	daemon = await run();
	for (let i = 0; i < 100; i++) {
		const raisedNow = Number(/^authreview_raised_total (\d+)$/m.exec((await daemon.call('GET', '/metrics', { as: 'admin' })).text)?.[1]);
		if (raisedNow >= skipped * 4) break;
		await new Promise((done) => setTimeout(done, 100));
	}
	await daemon.stop();
	tally.check(verifyAudit(binary, records.db).includes('the chain is intact'), 'the chain verifies');
}
tally.end();
