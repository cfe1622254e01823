// SPDX-License-Identifier: Apache-2.0
// What a determination, a correction or an overturned appeal must hold: written from the policy's clauses (C.8, C.11, C.12.4, C.14) and from the
// bases on which something may be refused.
import { addDays } from './time.mjs';

export const NECESSITY = 'trillium.um.determine-necessity';
const BARRED = ['not_eligible_part', 'primary_payer_part', 'retroactive_days', 'before_con'];
const REFERRALS = ['PDTS', 'SUBACUTE', 'ICTS', 'OUTPATIENT'];

/** The days that OP grants, as places from the first day; null when its body names none. */
function named(request, op) {
	const free = request.free_days();
	const most = free.slice(0, Math.min(free.length, request.cap(op.interqual)));
	switch (op.grants) {
	case 'most': return most;
	case 'less': return most.slice(0, -1);
	case 'beyond': return [...most.slice(0, 1), request.asked];
	default: return null;
	}
}

/** The same as the body says it: spans of the only line. */
export function grantsOf(request, op) {
	const places = named(request, op);
	if (places === null) return undefined;
	const spans = [];
	for (const place of places) {
		if (spans.at(-1)?.to === place - 1) spans.at(-1).to = place;
		else spans.push({ from: place, to: place });
	}
	return spans.map(({ from, to }) => ({ line: 0, from: addDays(request.from, from), to: addDays(request.from, to) }));
}

/** What OP would grant, or null when it may not. */
function granted(request, op) {
	if (op.outcome === 'denied') return [];
	const free = request.free_days();
	const places = named(request, op) ?? Array.from({ length: request.asked }, (_, i) => i);
	const interqual = request.service !== 'SUBACUTE' || op.interqual !== undefined;
	const certified = request.service !== 'PRTS' || request.con?.outcome === 'certified';
	const within = places.length > 0 && places.length <= request.cap(op.interqual) && places.every((p) => free.includes(p));
	return interqual && certified && within ? places : null;
}

/** Whether the ground holds on which the days besides PLACES are refused. */
function grounded(request, op, places) {
	const free = request.free_days();
	// What is refused on an administrative ground is refused for nothing else.
	const whole = places.length === Math.min(free.length, request.cap(op.interqual));
	switch (op.basis) {
	case 'criterion_not_met': {
		const clinical = Boolean(op.alternative) && (request.service !== 'PRTS' || op.referral !== undefined);
		return clinical && op.criteria.length > 0 && op.criteria.every((c) => request.licensed.get(c)?.answer === 'not_met');
	}
	case 'insufficient_information': {
		const open = op.criteria.length > 0 && op.criteria.every((c) => ['unknown', 'cannot_tell'].includes(request.answer(c)));
		const tried = request.counted(request.requested()).length >= request.attempts_owed();
		return open && tried && request.requested().length > 0 && request.runs_out(op.now);
	}
	case 'policy_limit':
	case 'interqual_limit': {
		const ours = op.basis === 'interqual_limit' ? request.service === 'SUBACUTE' : request.service !== 'SUBACUTE';
		return ours && op.outcome !== 'denied' && whole && free.length > request.cap(op.interqual);
	}
	default:
		// Where the certificate was given up, no day ever follows it.
		if (op.basis === 'before_con' && request.con?.outcome === 'closed_without_certification') return whole || op.outcome === 'denied';
		return BARRED.includes(op.basis) && request.barred().some((b) => b.basis === op.basis) && (op.outcome === 'denied' ? free.length === 0 : whole);
	}
}

/** The days that the determination OP grants; null when something is wrong with it. An appeal's is bound by limits, not by what was found. */
export function determined(request, op, { appeal = false } = {}) {
	const places = granted(request, op);
	// An appeal takes nothing away of what an approval in part granted, and adds something to it (C.12.4).
	const had = appeal && request.decision.outcome === 'approved_in_part' ? request.authorized.places : null;
	if (places !== null && had && !(places.length > had.length && had.every((place) => places.includes(place)))) return null;
	if (places === null || !op.documents || !op.rationale) return null;
	if (op.outcome === 'approved' && places.length < request.asked) return null;
	if (op.outcome === 'approved_in_part' && (op.grants === undefined || places.length === request.asked)) return null;
	// The policy refers members who do not need residential treatment, and only to these.
	if (op.referral !== undefined && (request.service !== 'PRTS' || !REFERRALS.includes(op.referral))) return null;
	const refused = op.outcome !== 'approved';
	if (refused !== (op.basis !== undefined)) return null;
	if (refused && !grounded(request, op, places)) return null;
	// An approval rests on an answer to every judgment and on every finding met; one in part leaves out those for which the rest is refused.
	const silent = request.judgments.filter((item) => ['unknown', 'cannot_tell'].includes(request.answer(item)));
	const found = request.unmet(['criterion_not_met', 'insufficient_information'].includes(op.basis) ? op.criteria : []);
	if (!appeal && op.outcome !== 'denied' && found.length + silent.length > 0) return null;
	// Late ones say why, unless the certificate of need says it; what takes the place of a decision is as late as that one was.
	const cause = op.late_cause ?? 'certificate_of_need';
	if (!appeal && !request.decision && request.late(op.now) && cause === 'certificate_of_need' && !request.certified_late(op.now)) return null;
	return places;
}
