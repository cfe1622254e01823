// SPDX-License-Identifier: Apache-2.0
// Every case of every policy, over HTTP: the same bodies, the same clock, the same exact expectations that the evaluator is held to. The sandbox's
// clock moves forward only, so cases run in the order of their instants. What a submission cannot say by itself (facts that staff verify) is
// left to the evaluator and counted.
import { mkdtempSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, Tally } from '../lib/daemon.mjs';
import { applyEdits, differences } from '../lib/cases.mjs';

const binary = process.argv[2];
const tally = new Tally();
const root = 'policies';

function cases() {
	const found = [];
	for (const policy of readdirSync(root)) {
		for (const version of readdirSync(join(root, policy), { withFileTypes: true }).filter((e) => e.isDirectory())) {
			const directory = join(root, policy, version.name, 'cases');
			let files;
			try { files = readdirSync(directory).filter((f) => f.endsWith('.json')); } catch { continue; }
			for (const file of files) {
				const page = JSON.parse(readFileSync(join(directory, file), 'utf8'));
				for (const one of page.cases) {
					const base = JSON.parse(readFileSync(join(directory, 'bases', `${one.base}.json`), 'utf8'));
					found.push({ ...one, file, body: applyEdits(base, one.remove, one.set), unless: page.unless_said ?? {} });
				}
			}
		}
	}
	return found;
}

// What has no call of its own yet: events that are recorded. Facts that staff verify and items that they ask for are recorded right after the
// submission; the answer to that is held to the case.
const beyond = (step) => Boolean(step.events?.length);
const all = cases();
const played = all.filter((one) => !beyond(one)).map((one) => ({ ...one, steps: steps(one) }));

function steps(one) {
	const later = one.then ?? [];
	const end = later.findIndex((step) => beyond(step) || step.information === undefined);
	return [{ now: one.now, expect: one.expect }, ...later.slice(0, end < 0 ? later.length : end)];
}

/** What staff do about a step before its answer is compared: verify facts as they were sent, ask for items. */
async function staff(daemon, one, step, answer, name) {
	let last = answer;
	const post = async (as, resource, body) => {
		last = await daemon.call('POST', `/v1/requests/${one.id}/${resource}`, { as, etag: one.etag, body });
		tally.check(last.status === 200, `${name}: ${resource} ${last.status} ${last.text.slice(0, 200)}`);
		one.etag = last.headers.etag ?? one.etag;
	};
	if (step.verified?.length || (step === one.steps[0] && one.verified?.length)) {
		const facts = step.verified ?? one.verified;
		const { member, servicing_provider: provider } = one.body;
		await post('intake', 'plan-facts', {
			source: 'case',
			...(facts.includes('eligibility') ? { coverage: member.coverage } : {}),
			...(facts.includes('other_insurance') ? { other_insurance: member.other_insurance ?? [] } : {}),
			...(facts.includes('line_of_business') ? { line_of_business: member.line_of_business } : {}),
			...(facts.includes('participation') ? { participation: provider.participation } : {}),
		});
	}
	const asked = step.asked ?? (step === one.steps[0] ? one.asked : undefined);
	if (asked?.length) await post('reviewer', 'information-requests', { items: asked });
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
	const events = group.flatMap((one) => one.steps.map((step, n) => ({ one, step, n })))
		.sort((a, b) => Date.parse(a.step.now) - Date.parse(b.step.now) || a.n - b.n);
	for (const { one, step, n } of events) {
		const name = `${one.file}: ${one.name}${n > 0 ? `, step ${n + 1}` : ''}`;
		const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { set: step.now } });
		if (!tally.equal(moved.status, 200, `${name}: the clock (${moved.text})`)) continue;
		const answer = n === 0
			? await daemon.call('POST', '/v1/requests', { as: one.body.intake ? 'intake' : 'provider', body: one.body })
			: await daemon.call('POST', `/v1/requests/${one.id}/information`, { as: one.body.intake ? 'intake' : 'provider', etag: one.etag, body: step.information });
		if (!tally.check(answer.status === (n === 0 ? 201 : 200), `${name}: ${answer.status} ${answer.text.slice(0, 300)}`)) continue;
		one.id = answer.json.id;
		one.etag = answer.headers.etag;
		const final = await staff(daemon, one, step, answer, name);
		tally.equal(differences(final.json, step.expect, one.unless), [], name);
	}
	await daemon.stop();
}
const cut = played.reduce((sum, one) => sum + 1 + (one.then?.length ?? 0) - one.steps.length, 0);
console.log(`${played.length} of ${all.length} cases over HTTP; ${all.length - played.length} cases and ${cut} later steps need events that have no call yet`);
tally.end();
