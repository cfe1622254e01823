// SPDX-License-Identifier: Apache-2.0
// The samples: every service and every review of every policy has some, each ends as the index says, and every outcome that a submission can reach by
// itself is shown. Which it can reach follows from the checklist, with the tables of the plan empty.
import { readFileSync, readdirSync } from 'node:fs';
import { approved } from '../lib/approved.mjs';
import { start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '74', '--clock', '2026-11-20T15:40:12-08:00', '--policies', 'policies']);
const index = (await daemon.call('GET', '/v1/samples', { as: 'provider' })).json;
const read = (name) => JSON.parse(readFileSync(`samples/${name}.json`, 'utf8'));

tally.equal(index.map((one) => `${one.name}.json`).sort(), readdirSync('samples').filter((name) => name !== 'index.json').sort(), 'the index is the directory');
tally.equal(new Set(index.map((one) => one.title)).size, index.length, 'no two have one title');

const shown = new Map(); // "payer SERVICE/review" to the outcomes that were seen
for (const { name, service, outcome, after } of index) {
	const body = read(name);
	const path = body.review === 'care' ? '/v1/service-records' : '/v1/requests';
	if (after) {
		const alone = await daemon.call('POST', path, { as: 'provider', body });
		tally.equal([alone.status, alone.json?.errors?.map((e) => `${e.pointer} ${e.code}`)], [422, ['/continues approval_needed']], `${name} goes on with ${after}`);
		body.continues = await approved(daemon, read(after));
	}
	const answer = await daemon.call('POST', path, { as: 'provider', body });
	tally.equal([answer.status, answer.json?.service, answer.json?.status], [201, service, outcome], `${name} ends as the index says (${answer.text.slice(0, 300)})`);
	const at = `${body.payer} ${service}/${body.review}`;
	shown.set(at, [...(shown.get(at) ?? []), answer.json?.status]);
	if (body.review === 'care') continue;
	const check = await daemon.call('POST', '/v1/checks', { as: 'provider', body });
	tally.equal([check.status, check.json?.status], [200, outcome], `${name}: a check says the same`);
}

/** The statuses that a submission may have at once, by the checklist of its service and review. */
function reachable(checklist) {
	const items = (kind) => checklist.groups.find((group) => group.kind === kind).items;
	const follows = (words) => items('eligibility').some((item) => item.follows.includes(words));
	const none = items('eligibility').some((item) => /^The request needs no authorization .* at once\.$/.test(item.follows));
	if (checklist.manual_route) return ['manual_route'];
	if (checklist.review === 'care') return ['recorded'];
	const found = [];
	if (follows('by hand')) found.push('manual_route');
	if (checklist.recorded) return [...found, 'recorded'];
	if (none) return [...found, 'not_required']; // whatever does not need one is told so, and the rest is taken by hand
	if (items('completeness').length > 0) found.push('incomplete');
	found.push(items('gate').length > 0 ? 'pending_con' : 'in_review');
	return found;
}

const { policies } = (await daemon.call('GET', '/v1/policies', { as: 'provider' })).json;
for (const { payer, answers } of policies) {
	for (const { service, review } of answers) {
		if (review === 'standing') continue; // attested one by one, with PUT
		const at = `${payer} ${service}/${review}`;
		const checklist = (await daemon.call('GET', `/v1/requirements?payer=${payer}&service=${service}&review=${review}`, { as: 'provider' })).json;
		const seen = [...new Set(shown.get(at) ?? [])].sort();
		tally.equal(reachable(checklist).filter((outcome) => !seen.includes(outcome)), [], `${at}: every outcome has a sample (there are: ${seen.join(', ') || 'none'})`);
	}
}
await daemon.stop();
tally.end();
