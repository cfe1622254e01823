// SPDX-License-Identifier: Apache-2.0
// The case format of docs/policy-format.md, read apart from the program: edits of a base body, and the differences between an answer and what
// a case expects of it.

const tokens = (pointer) => pointer.split('/').slice(1).map((t) => t.replaceAll('~1', '/').replaceAll('~0', '~'));

function parent(root, pointer) {
	const path = tokens(pointer);
	const last = path.pop();
	return [path.reduce((node, token) => node[token], root), last];
}

export function applyEdits(base, remove = [], set = {}) {
	const body = structuredClone(base);
	for (const pointer of remove) {
		const [node, last] = parent(body, pointer);
		if (Array.isArray(node)) node.splice(Number(last), 1);
		else delete node[last];
	}
	for (const [pointer, value] of Object.entries(set)) {
		const [node, last] = parent(body, pointer);
		if (Array.isArray(node) && last === '-') node.push(value);
		else node[last] = value;
	}
	return body;
}

const entry = (e) => `${e.item} ${e.problem} ${e.pointer}`;
/** A missing part may also be named: "item problem pointer section". */
const entries = (found, wanted = []) => found.map((e, i) => (wanted[i] === `${entry(e)} ${e.needed}` ? wanted[i] : entry(e)));
const sameInstant = (a, b) => a !== undefined && b !== undefined && Date.parse(a) === Date.parse(b);

function lists(name, found, wanted) {
	const a = JSON.stringify(found);
	const b = JSON.stringify(wanted ?? []);
	return a === b ? [] : [`${name}: found ${a}, expected ${b}`];
}

/** A flag as cases write it: its code, with its days when the case names them. */
function flags(found, wanted = []) {
	const days = (f) => f.days.map((d) => `${d.from}..${d.to}`).join(',');
	const left = [...wanted];
	const extra = [];
	for (const flag of found) {
		const long = `${flag.flag} ${days(flag)}`.trim();
		const at = left.findIndex((w) => w === flag.flag || w === long);
		if (at < 0) extra.push(long);
		else left.splice(at, 1);
	}
	return extra.length + left.length === 0 ? [] : [`flags: not expected ${JSON.stringify(extra)}, not found ${JSON.stringify(left)}`];
}

function clocks(found, wanted = {}) {
	const all = Object.fromEntries(found.map((c) => [c.rule, c.due_at]));
	const names = [...new Set([...Object.keys(all), ...Object.keys(wanted)])];
	return names.filter((name) => !sameInstant(all[name], wanted[name])).map((name) => `clock ${name}: found ${all[name]}, expected ${wanted[name]}`);
}

function findings(found, unless = {}, said = {}) {
	const wanted = Object.fromEntries(Object.entries({ ...unless, ...said }).filter(([, answer]) => answer !== 'met'));
	const open = Object.fromEntries(found.filter((f) => f.answer !== 'met').map((f) => [f.item, f.answer]));
	const names = [...new Set([...Object.keys(open), ...Object.keys(wanted)])];
	return names.filter((name) => open[name] !== wanted[name]).map((name) => `finding ${name}: found ${open[name]}, expected ${wanted[name]}`);
}

/** What differs between an answer over HTTP and the expectation of a case. */
export function differences(answer, expect, unless) {
	const limits = answer.limits.map((l) => `${l.item} ${l.allowed_to} ${l.allowed_units}`);
	const returns = answer.proposed_return ? [`${answer.proposed_return.verified ? 'verified ' : ''}${answer.proposed_return.reason}`] : [];
	return [
		...lists('status', answer.status, expect.status ?? unless.status),
		...lists('missing', entries(answer.missing, expect.missing), expect.missing),
		...lists('requested', entries(answer.requested, expect.requested), expect.requested),
		...flags(answer.flags, expect.flags),
		...lists('limits', limits, expect.limits),
		...lists('returns', returns, expect.returns?.slice(0, 1)),
		...(expect.sensitivity ? lists('sensitivity', answer.sensitivity, expect.sensitivity) : []),
		...clocks(answer.clock.all, expect.clocks),
		...findings(answer.findings, unless.findings, expect.findings),
	];
}

/** "item#1 2026-03-10 open", with the moment where hours are counted, as cases write a duty. */
const duty = (o) => `${o.obligation}#${o.number} ${(o.started_at ? o.due_at : o.due_on) ?? '-'} ${o.state}`;

/** The same of a service record. */
export function careDifferences(answer, expect, unless) {
	return [
		...lists('status', answer.status, expect.status ?? unless.status),
		...lists('missing', entries(answer.missing, expect.missing), expect.missing),
		...lists('requested', entries(answer.requested, expect.requested), expect.requested),
		...flags(answer.flags, expect.flags),
		...findings(answer.findings, unless.findings, expect.findings),
		...lists('obligations', answer.obligations.map(duty).sort(), [...(expect.obligations ?? [])].sort()),
	];
}

/** The same of what a provider attests: what is missing is not written. */
export function standingDifferences(answer, expect) {
	const stands = answer.attestations.filter((a) => a.state !== 'missing');
	return lists('attestations', stands.map((a) => [a.attestation, a.state, a.expires_on].filter(Boolean).join(' ')).sort(), [...(expect.attestations ?? [])].sort());
}
