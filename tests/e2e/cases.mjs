// SPDX-License-Identifier: Apache-2.0
// Every case of every policy, over HTTP: the same bodies, the same clock, the same exact expectations that the evaluator is held to. The sandbox's
// clock moves forward only, so cases run in the order of their instants. What a submission cannot say by itself is recorded by those whose
// business it is: staff verify facts and ask for items, the reviewer of a gate records how it ended.
import { mkdtempSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, Tally } from '../lib/daemon.mjs';
import { applyEdits, differences } from '../lib/cases.mjs';
import { careCases } from '../lib/care_cases.mjs';

const binary = process.argv[2];
const tally = new Tally();
const root = 'policies';
let counted = 0;
const care = careCases(root);

function cases() {
	const found = [];
	for (const policy of readdirSync(root)) {
		for (const version of readdirSync(join(root, policy), { withFileTypes: true }).filter((e) => e.isDirectory())) {
			const directory = join(root, policy, version.name, 'cases');
			let files;
			try { files = readdirSync(directory).filter((f) => f.endsWith('.json')); } catch { continue; }
			for (const file of files) {
				const page = JSON.parse(readFileSync(join(directory, file), 'utf8'));
				// What is authorized elsewhere takes another request through to its end: episode.mjs does that.
				for (const one of page.cases.filter((c) => c.authorized === undefined)) {
					const base = JSON.parse(readFileSync(join(directory, 'bases', `${one.base}.json`), 'utf8'));
					found.push({ ...one, file, body: applyEdits(base, one.remove, one.set), unless: page.unless_said ?? {} });
				}
			}
		}
	}
	return found;
}

/** The gates of the policies, by the event that each waits for; and the events that are recorded with those where the need is certified. */
const gates = {};
const besides = new Set();
function findGates(node, policy) {
	if (typeof node !== 'object' || node === null) return;
	if (node.kind === 'gate') {
		gates[`${policy} ${/"event":\{"name":"([^"]+)"/.exec(JSON.stringify(node.check))[1]}`] = node;
		besides.add(node.certified_as);
	}
	Object.values(node).forEach((child) => findGates(child, policy));
}
for (const file of readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.json') && !name.includes('cases'))) {
	findGates(JSON.parse(readFileSync(join(root, file), 'utf8')), file.split('/')[0]);
}

/** The events of a step as [name, instant]: a list of names is of what was recorded then. */
const eventsOf = (step) => (Array.isArray(step.events) ? step.events.map((name) => [name, step.now]) : Object.entries(step.events ?? {}));

/** A case as steps of its own; what is complete only later is recorded then, and only that answer is compared. */
const all = cases();
const played = all.map((one) => ({ ...one, recorded: new Set(), steps: [one, ...(one.then ?? [])].map((step, n) => ({ ...step, n })) }))
	.filter(care.plays);
function turns(one) {
	const first = care.approvedOn(one);
	const before = first ? [{ when: first, one, step: one.steps[0], approve: true }] : [];
	return before.concat(steps(one));
}
function steps(one) {
	return one.steps.flatMap((step) => {
		const last = eventsOf(step).map(([, at]) => at).filter((at) => Date.parse(at) > Date.parse(step.now)).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
		const parts = last ? [{ when: step.now, send: true }, { when: last, compare: true }] : [{ when: step.now, send: true, compare: true }];
		return parts.map((part) => ({ ...part, one, step }));
	});
}

/** What a step sends: the request itself, or information; a step that sends nothing has the answer as it stands. */
async function send(daemon, one, step) {
	if (care.is(one)) return care.send(daemon, one, step);
	const as = one.body.intake ? 'intake' : 'provider';
	if (step.n === 0) return daemon.call('POST', '/v1/requests', { as, body: one.body });
	const now = await daemon.call('GET', `/v1/requests/${one.id}`, { as });
	if (step.information === undefined) return now;
	return daemon.call('POST', `/v1/requests/${one.id}/information`, { as, etag: now.headers.etag, body: step.information });
}

/** What others do about a step before its answer is compared: verify facts as they were sent, ask for items, record events. */
async function others(daemon, one, step, answer, name) {
	let last = answer;
	const post = async (as, resource, body) => {
		last = await daemon.call('POST', `/v1/requests/${one.id}/${resource}`, { as, etag: last.headers.etag, body });
		tally.check(last.status === 200, `${name}: ${resource} ${last.status} ${last.text.slice(0, 200)}`);
	};
	if (step.verified?.length) {
		const facts = step.verified;
		const { member, servicing_provider: provider } = one.body;
		await post('intake', 'plan-facts', {
			source: 'case',
			...(facts.includes('eligibility') ? { coverage: member.coverage } : {}),
			...(facts.includes('other_insurance') ? { other_insurance: member.other_insurance ?? [] } : {}),
			...(facts.includes('line_of_business') ? { line_of_business: member.line_of_business } : {}),
			...(facts.includes('participation') ? { participation: provider.participation } : {}),
		});
	}
	if (step.asked?.length) await post('reviewer', 'information-requests', { items: step.asked });
	const events = eventsOf(step);
	for (const [event, at] of events.filter(([event]) => !one.recorded.has(event) && !besides.has(event))) {
		const gate = gates[`${last.json.policy.id} ${event}`];
		const certified = events.some(([other]) => other === gate.certified_as);
		const shows = certified ? [...gate.needs, ...gate.certifies] : gate.needs;
		await post('con_reviewer', 'certificate-of-need', { outcome: certified ? 'certified' : 'not_certified', completed_at: at, shows });
		one.recorded.add(event);
		counted++;
	}
	return last;
}

/** Cases that share tables can share a daemon. */
const groups = Map.groupBy ? Map.groupBy(played, (one) => JSON.stringify(one.tables ?? null)) : played.reduce((map, one) => {
	const key = JSON.stringify(one.tables ?? null);
	return map.set(key, [...(map.get(key) ?? []), one]);
}, new Map());

for (const [tables, group] of groups) {
	const directory = mkdtempSync(join(tmpdir(), 'authreview-cases-'));
	cpSync(root, directory, { recursive: true });
	for (const [name, rows] of Object.entries(JSON.parse(tables) ?? {})) {
		const path = join(directory, 'tables', `${name}.json`);
		writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), rows }));
	}
	// Steps of all cases of the group in the order of their instants; a case keeps its request between its steps.
	const daemon = await start(binary, ['--sandbox', '--seed', '9', '--clock', '2018-01-01T00:00:00Z', '--policies', directory]);
	const order = group.flatMap(turns).sort((a, b) => Date.parse(a.when) - Date.parse(b.when) || a.step.n - b.step.n);
	for (const { one, step, when, send: sends, compare, approve } of order) {
		const name = `${one.file}: ${one.name}${step.n > 0 ? `, step ${step.n + 1}` : ''}`;
		const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: when } });
		if (!tally.equal(moved.status, 200, `${name}: the clock (${moved.text})`)) continue;
		if (approve) {
			await care.approve(daemon, one, when);
			continue;
		}
		let answer = sends ? await send(daemon, one, step) : await daemon.call('GET', `/v1/requests/${one.id}`, { as: 'intake' });
		if (!tally.check(answer.status < 300, `${name}: ${answer.status} ${answer.text.slice(0, 300)}`)) continue;
		one.id = answer.json.id;
		if (!compare) continue;
		if (care.is(one)) {
			tally.equal(care.differences(answer.json, one, step), [], name);
			continue;
		}
		answer = await others(daemon, one, step, answer, name);
		tally.equal(differences(answer.json, step.expect, one.unless), [], name);
	}
	await daemon.stop();
}
console.log(`${played.length} cases in ${played.reduce((sum, one) => sum + one.steps.length, 0)} steps over HTTP; ${counted} events recorded`);
tally.check(counted > 0, 'some case waits for an event');
tally.check(care.played > 20, `cases of running care: ${care.played}`);
tally.end();
