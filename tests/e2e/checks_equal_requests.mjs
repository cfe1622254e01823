// SPDX-License-Identifier: Apache-2.0
// What a check says of a body is what the request will say: bodies made at random from those of the cases, for every service and review that takes
// requests, sent both ways at the same moment of the sandbox's clock. All that both answers say is compared; a body that is refused is refused
// alike. SEED=n begins elsewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const EACH = 40;
const CLOCK = '2026-12-01T12:00:00-05:00'; // later than any day on which a body of the cases was received
const DAY = 86400000;
const MATTERS = ['status', 'waiting_on', 'missing', 'requested', 'findings', 'flags', 'limits', 'proposed_return', 'clock', 'tasks', 'outreach', 'policy', 'summary', 'next_step'];

/** Numbers that a seed makes. */
let state = BigInt(process.env.SEED ?? 1);
function roll(sides) {
	state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
	return Number((state >> 33n) % BigInt(sides));
}
const one = (list) => list[roll(list.length)];

/** The base bodies of the cases that are requests. */
function bases() {
	const found = readdirSync('policies', { recursive: true }).filter((name) => /\/cases\/bases\/[^/]+\.json$/.test(name)).sort();
	return found.map((name) => ({ name, body: JSON.parse(readFileSync(`policies/${name}`, 'utf8')) }))
		.filter(({ body }) => !['care', 'standing'].includes(body.review));
}

/** Every place of a body as [object or list, name or index]. */
function places(node) {
	return Object.entries(node).flatMap(([name, value]) => [[node, name], ...(value !== null && typeof value === 'object' ? places(value) : [])]);
}

const moved = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** Another value in its place, mostly of the same kind. */
function other(value) {
	if (typeof value === 'boolean') return !value;
	if (typeof value === 'number') return one([0, 1, 13, 14.5, 15, 1000, -1]);
	if (Array.isArray(value)) return one([[], [...value, ...structuredClone(value.slice(0, 1))], null]);
	if (typeof value !== 'string') return one([null, {}]);
	return /^\d{4}-\d\d-\d\d$/.test(value) ? moved(value, one([-366, -61, -60, -15, -14, -8, -7, -1, 1, 7, 14, 30, 60])) : one(['', ' ', 'x', 'medicaid', value]);
}

function change(body) {
	const [node, name] = one(places(body).filter(([owner, member]) => owner !== body || !['payer', 'service', 'review'].includes(member)));
	const what = roll(4);
	if (what === 0 && Array.isArray(node)) node.splice(Number(name), 1);
	else if (what === 0) delete node[name];
	else if (what === 1) node[name] = null;
	else node[name] = other(node[name]);
}

function generated(base) {
	const body = structuredClone(base);
	delete body.intake;
	for (let left = roll(4); left >= 0; left--) change(body);
	const day = base.service_period?.start ?? base.facts?.discharge_date ?? '2026-05-20';
	if (roll(3) > 0) body.intake = { ...body.intake, received_at: `${moved(day, -roll(21))}T17:00:00Z` };
	return body;
}

const daemon = await start(binary, ['--sandbox', '--seed', '91', '--clock', CLOCK, '--policies', 'policies']);

/** An answer without what only a record has, or only a check: its addresses, the decision of what is closed at once, and who speaks. */
function own({ links, decision, ...rest }) {
	const summary = rest.summary.replace(/^If you sent this now: |^We have your request\. /, '');
	return { ...rest, summary, next_step: rest.next_step && { ...rest.next_step, href: null } };
}
const errors = (answer) => answer.json?.errors?.map((e) => [e.pointer, e.code, e.detail, e.fix]);

const outcomes = {};
for (const { name, body: base } of bases()) {
	for (let n = 0; n < EACH; n++) {
		const seed = state;
		const body = generated(base);
		const as = body.intake ? 'intake' : 'provider';
		const check = await daemon.call('POST', '/v1/checks', { as, key: null, body });
		const request = await daemon.call('POST', '/v1/requests', { as, body });
		const where = `${name}, SEED=${seed}`;
		const alike = tally.equal([check.status, errors(check)], [request.status === 201 ? 200 : request.status, errors(request)], `${where}: taken or refused alike: ${JSON.stringify(body)}`);
		outcomes[request.json?.status ?? request.status] = (outcomes[request.json?.status ?? request.status] ?? 0) + 1;
		if (!alike || request.status !== 201) continue;
		const checked = own(check.json);
		const made = own(request.json);
		for (const member of Object.keys(made).filter((key) => key in checked && JSON.stringify(checked[key]) !== JSON.stringify(made[key]))) {
			tally.check(false, `${where}: ${member} ${JSON.stringify(checked[member])}, as a request ${JSON.stringify(made[member])}, of ${JSON.stringify(body)}`);
		}
		tally.check(MATTERS.every((member) => member in checked && member in made), `${where}: both say what matters`);
	}
}
await daemon.stop();
console.log(Object.entries(outcomes).map(([status, count]) => `${status} ${count}`).join(', '));
tally.check(Object.values(outcomes).reduce((sum, count) => sum + count, 0) > (outcomes[422] ?? 0) * 2, 'most bodies can be read');
tally.end();
