// SPDX-License-Identifier: Apache-2.0
// Cases of running care and of what providers attest, over HTTP: what happened is recorded by whoever may record it, waivers by staff, and each
// attestation is put where attestations are put.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { approved, treatment } from './approved.mjs';
import { careDifferences, standingDifferences } from './cases.mjs';

const ROLES = ['provider', 'intake', 'reviewer'];

/** Who may record each kind, by payer. */
function recorders(root) {
	const known = {};
	for (const file of readdirSync(root, { recursive: true }).filter((name) => name.endsWith('/policy.json'))) {
		const policy = JSON.parse(readFileSync(join(root, file), 'utf8'));
		for (const [kind, { by }] of Object.entries(policy.occurrences ?? {})) known[`${policy.payer} ${kind}`] = by ?? ROLES;
	}
	return known;
}

/** An NPI of its own for each NUMBER: nine digits and the digit that makes them one. */
export function npi(number) {
	const digits = `80840${String(100000000 + number)}`;
	const sum = [...digits].reverse().reduce((all, digit, place) => {
		const twice = Number(digit) * (place % 2 === 0 ? 2 : 1);
		return all + (twice > 9 ? twice - 9 : twice);
	}, 0);
	return `${digits.slice(5)}${(10 - (sum % 10)) % 10}`;
}

/** "payer SERVICE" of care that begins with an approved request. */
function approvedFirst(root) {
	const found = new Set();
	for (const file of readdirSync(root, { recursive: true }).filter((name) => name.endsWith('/policy.json'))) {
		const policy = JSON.parse(readFileSync(join(root, file), 'utf8'));
		for (const row of policy.answers.filter((one) => one.care_needs_approval)) found.add(`${policy.payer} ${row.service}`);
	}
	return found;
}

export function careCases(root) {
	const known = recorders(root);
	const approvals = approvedFirst(root);
	const of = (one, role) => (o) => o?.kind === undefined || (known[`${one.body.payer} ${o.kind}`] ?? ROLES).includes(role);
	const kindOf = (one, list, o) => o.kind ?? list.find((other, n) => other.id === o.retracts || `o${n + 1}` === o.retracts)?.kind;
	/** Nobody retracts an attestation over HTTP. */
	const self = { played: 0, is: (one) => ['care', 'standing'].includes(one.body.review) };
	const takesBack = (one) => [one.body.facts, ...one.steps].some((step) => step?.occurrences?.some((o) => o.retracts));

	/** Reports LIST in the order in which it stands, each part by a role that may. */
	async function report(daemon, one, list, answer) {
		let last = answer;
		for (let from = 0; from < list.length && last.status < 300;) {
			const role = ROLES.find((name) => of(one, name)(list[from]));
			let to = from + 1;
			while (to < list.length && of(one, role)(list[to])) to++;
			last = await daemon.call('POST', `/v1/service-records/${one.id}/occurrences`, { as: role, etag: last.headers.etag, body: { occurrences: list.slice(from, to) } });
			from = to;
		}
		return last;
	}

	/** The first moment of which a step of the case says that something happened. */
	const earliest = (one) => [{ occurrences: one.body.facts?.occurrences }, ...one.steps].flatMap((step) => (step.occurrences ?? []).map((o) => o.at?.slice(0, 10) ?? o.on))
		.concat(one.steps[0].now.slice(0, 10)).filter(Boolean).sort()[0];

	async function begin(daemon, one, step) {
		const { facts, ...body } = one.body;
		const rest = one.continues ? { ...body, continues: one.continues } : body;
		const list = [...(facts?.occurrences ?? []), ...(step.occurrences ?? [])];
		const role = list.every(of(one, 'provider')) ? 'provider' : undefined; // else each by whoever may, once the provider has begun
		const said = facts?.occurrences === undefined && list.length === 0 ? facts : { ...facts, occurrences: role ? list : [] };
		const answer = await daemon.call('POST', '/v1/service-records', { as: one.body.intake ? 'intake' : role ?? 'provider', body: { ...rest, facts: said } });
		one.id = answer.json?.id;
		return role || answer.status !== 201 ? answer : report(daemon, one, list, answer);
	}

	async function care(daemon, one, step) {
		self.played += step.n === 0 ? 1 : 0;
		if (step.n === 0) return begin(daemon, one, step);
		let last = await daemon.call('GET', `/v1/service-records/${one.id}`, { as: 'auditor' });
		for (const waiver of step.waivers ?? []) {
			last = await daemon.call('POST', `/v1/service-records/${one.id}/waivers`, { as: 'reviewer', etag: last.headers.etag, body: { reason: 'as the case says', ...waiver } });
		}
		const list = step.occurrences ?? [];
		return report(daemon, one, list.map((o) => ({ ...o, kind: kindOf(one, last.json.occurrences, o) })), last);
	}

	async function standing(daemon, one, step) {
		if (step.n === 0) one.npi = npi(self.played++);
		const { payer, service, facts } = one.body;
		for (const o of [...(step.n === 0 ? facts?.occurrences ?? [] : []), ...(step.occurrences ?? [])]) {
			const body = { payer, service, on: o.on, expires_on: o.expires_on, attested_by: o.by ?? 'the case', note: o.note };
			const put = await daemon.call('PUT', `/v1/providers/${one.npi}/attestations/${o.item}`, { as: 'provider', body });
			if (put.status !== 200) return put;
		}
		const answer = await daemon.call('GET', `/v1/providers/${one.npi}/attestations?payer=${payer}&service=${service}`, { as: 'provider' });
		return answer;
	}

	/** Care that begins with an approval: the day before anything happened, on which the request for it is approved; or undefined. */
	self.approvedOn = (one) => {
		if (one.body.review !== 'care' || !approvals.has(`${one.body.payer} ${one.body.service}`)) return undefined;
		return `${new Date(Date.parse(earliest(one)) - 86400000).toISOString().slice(0, 10)}T12:00:00-05:00`;
	};
	self.approve = async (daemon, one, when) => { one.continues = await approved(daemon, treatment(one.body, when.slice(0, 10))); };
	self.plays = (one) => one.body.review !== 'standing' || !takesBack(one);
	self.send = (daemon, one, step) => (one.body.review === 'care' ? care : standing)(daemon, one, step);
	self.differences = (answer, one, step) => (one.body.review === 'care' ? careDifferences(answer, step.expect, one.unless) : standingDifferences(answer, step.expect));
	return self;
}
