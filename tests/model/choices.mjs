// SPDX-License-Identifier: Apache-2.0
// What happens next, by chance: steps that are lawful where a request stands, more often than not, and steps that are not. A step is plain data, so
// that a history can be written down, played again and shortened.
import { ASKABLE, LACKS, PAPERS } from './bodies.mjs';
import { NECESSITY } from './determination.mjs';
import { STEPS } from './steps.mjs';

const ROLES = ['provider', 'other_provider', 'intake', 'reviewer', 'physician', 'con_reviewer', 'appeals', 'auditor', 'policy_author', 'admin'];
const CRITERIA = [NECESSITY, 'trillium.um.dx-supported', 'trillium.outcomes.stabilization'];
const BASES = ['criterion_not_met', 'not_eligible_part', 'primary_payer_part', 'retroactive_days', 'before_con', 'policy_limit', 'interqual_limit', 'insufficient_information'];

/** Chance that a seed repeats (mulberry32). */
export class Chance {
	constructor(seed) { this.state = seed >>> 0; }
	next() {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}
	below(n) { return Math.floor(this.next() * n); }
	of(list) { return list[this.below(list.length)]; }
	odds(p) { return this.next() < p; }
	some(list, p) { return list.filter(() => this.odds(p)); }
	/** A key of {word: weight}. */
	weighted(weights) {
		let left = this.next() * Object.values(weights).reduce((a, b) => a + b, 0);
		return Object.keys(weights).find((word) => (left -= weights[word]) < 0);
	}
}

/** A request to begin with. */
export function beginning(chance) {
	const service = chance.of(['PDTS', 'PDTS', 'PRTS', 'PRTS', 'SUBACUTE']);
	const free = service === 'PDTS' && chance.odds(0.1) ? chance.of(['known', 'unknown']) : null;
	let days = free || chance.odds(0.5) ? null : chance.of(['ineligible', 'insured', 'part eligible', 'long', 'retroactive', 'part retroactive']);
	if (service === 'SUBACUTE' && /retro/.test(days)) days = 'insured';
	let lacks = chance.odds(0.4) ? chance.some(Object.keys(LACKS), 0.35) : [];
	// Of days that are not given nothing can be told.
	if (days !== null || free) lacks = lacks.filter((item) => item !== 'trillium.rts.service-dates');
	const role = chance.weighted({ provider: 6, other_provider: 2, intake: 2 });
	return {
		kind: 'submit', role,
		plan: {
			faxed: role === 'intake' && chance.odds(0.5) ? chance.of([1, 20, 70]) : 0,
			service, free, days, lacks, manual: chance.odds(0.06), paper: chance.odds(0.25), admitted: service === 'SUBACUTE' && chance.odds(0.5),
			contract: !(service === 'PDTS' && !free && chance.odds(0.15)), urgency: chance.odds(0.2) ? 'expedited' : 'standard',
			business: chance.weighted({ medicaid: 7, medicare: 1, dual: 1, commercial: 1, unknown: 1 }).replace('unknown', '') || null,
		},
	};
}

const details = {
	information(chance, r) {
		const open = [...r.missing(), ...r.papers, ...r.asked_for];
		const questions = r.open_questions().map((q) => q.id);
		return {
			items: chance.odds(0.6) ? open : chance.some(open, 0.5),
			change: chance.odds(0.1) ? chance.of(['member', 'provider']) : undefined,
			answers: chance.odds(0.05) ? ['q9'] : chance.odds(0.7) ? questions : chance.some(questions, 0.5),
		};
	},
	'outreach-attempts'(chance, r) {
		const open = [...r.missing(), ...r.requested()];
		const items = chance.odds(0.8) ? open : chance.some(open, 0.6);
		return {
			items: items.length === 0 || chance.odds(0.04) ? [chance.of([...Object.keys(LACKS), PAPERS.justification(r.service)])] : [...new Set(items)],
			...chance.of([{ channel: 'phone', outcome: 'left_message' }, { channel: 'email', outcome: 'no_answer' }, { channel: 'fax', outcome: 'failed' }, { channel: 'fax', outcome: 'failed', second: 'phone' }]),
			at: chance.weighted({ '': 8, yesterday: 2, future: 0.3 }) || undefined,
		};
	},
	return(chance, r) {
		const reason = chance.odds(0.85) ? r.proposed()?.reason ?? 'missing_components' : chance.of(['missing_components', 'tpl_primary', 'ineligible_all_dates', 'retro_no_exception']);
		return { decision: chance.of(['return', 'set_aside']), reason, note: chance.odds(0.8) ? 'As the carrier said.' : undefined };
	},
	withdrawal: (chance) => ({ reason: chance.of(['not_needed', 'sent_in_error', 'sent_twice']) }),
	'plan-facts'(chance, r) {
		const dated = !r.lacks.has('trillium.rts.service-dates');
		return {
			business: chance.odds(0.3) ? chance.of(['medicaid', 'medicare', 'dual', 'commercial']) : undefined,
			participation: chance.odds(0.3) ? chance.of(['participating', 'non_participating']) : undefined,
			coverage: dated && chance.odds(0.25) ? chance.weighted({ full: 4, part: 1, ended: 0.5 }) : undefined,
			insurance: dated && chance.odds(0.2) ? chance.weighted({ none: 4, pays: 0.7 }) : undefined,
		};
	},
	'information-requests': (chance, r) => ({
		items: chance.odds(r.service === 'PRTS' ? 0.6 : 0.1) ? chance.some(Object.keys(ASKABLE), 0.5) : [],
		questions: chance.odds(0.5) ? [chance.odds(0.95) ? chance.of(CRITERIA) : 'no.such.criterion'] : [],
	}),
	'certificate-of-need'(chance, r) {
		const outcome = chance.weighted({ certified: 5, not_certified: 1, closed_without_certification: 1 });
		const shows = chance.odds(0.85) ? (outcome === 'certified' ? 'all' : 'needs') : chance.of(['all', 'needs', 'lacking']);
		return { outcome, shows, at: chance.weighted({ now: 6, yesterday: 3, future: 0.5 }), note: chance.odds(0.8) ? 'As told.' : undefined, correction: r.con && chance.odds(0.7) ? 'The form was of another child.' : undefined };
	},
	findings(chance, r) {
		const one = (criterion) => {
			const answer = chance.weighted({ met: 5, not_met: 2, cannot_tell: 1.5 });
			return { criterion, answer, cites: chance.odds(0.2) || undefined, question: chance.odds(answer === 'cannot_tell' ? 0.6 : 0.03) ? chance.of(['Why?', 'Since when?']) : undefined };
		};
		if (chance.odds(0.45)) return { answers: [one(chance.odds(0.95) ? chance.of(CRITERIA) : 'no.such.criterion')] };
		const open = [...r.machine.keys()].filter((item) => r.answer(item) !== 'met');
		const answers = open.map((criterion) => (chance.odds(0.985) ? { criterion, answer: 'met', cites: chance.odds(0.1) || undefined } : one(criterion)));
		return { answers: answers.length > 1 ? answers : [one(NECESSITY)] };
	},
	determination(chance, r) {
		const late_cause = chance.weighted({ workload: 8, certificate_of_need: 0.7, '': 1.3 }) || undefined;
		if (!r.decision) {
			const op = { ...decision(chance, r), late_cause, reason: chance.odds(0.01) ? 'typo' : undefined, ...(chance.odds(0.02) ? along(chance, r) : {}) };
			return chance.odds(0.97) ? op : { ...op, supersedes: 'other', reason: 'typo' };
		}
		const takes = chance.odds(r.service === 'PRTS' ? 0.7 : 0.4) ? along(chance, r) : {};
		const op = { ...decision(chance, foreseen(r, takes)), ...takes, late_cause };
		return { ...op, supersedes: chance.weighted({ current: 8, other: 1, '': 2 }) || undefined, reason: chance.odds(0.9) ? 'typo' : undefined };
	},
	notices: (chance, r) => ({
		to: chance.odds(0.8) ? r.owed.find((n) => n.told === null)?.to ?? 'submitter' : chance.of(['practitioner', 'member', 'submitter', 'referrer']),
		told: chance.weighted({ '': 8, now: 2, yesterday: 0.7, future: 0.4 }) || undefined,
	}),
	appeals: (chance) => ({
		appeal: chance.odds(0.93) ? 'expedited' : 'standard', from: chance.of(['practitioner', 'member']), received: chance.weighted({ '': 8, now: 2, yesterday: 1, future: 0.4 }) || undefined,
	}),
	'appeal determination'(chance, r) {
		if (chance.odds(0.45)) return { outcome: 'upheld', rationale: chance.odds(0.93) ? 'It stands.' : undefined };
		const takes = chance.odds(0.3) ? along(chance, r) : {};
		const op = { ...decision(chance, foreseen(r, takes)), ...takes };
		return { ...op, outcome: 'overturned', ...(op.outcome === 'denied' ? { basis: undefined, criteria: undefined, grants: undefined } : {}) };
	},
	closure: (chance) => ({ note: chance.odds(0.85) ? 'Answered by letter.' : undefined }),
};

/** What a decision that takes the place of another takes along. */
function along(chance, r) {
	const facts = chance.odds(0.5) ? details['plan-facts'](chance, r) : undefined;
	if (facts && r.plan.free) facts.participation = undefined;
	const any = details['certificate-of-need'](chance, r);
	const good = { outcome: 'certified', shows: 'all', at: 'yesterday', note: any.note };
	const certificate = { ...(chance.odds(0.6) ? good : any), correction: chance.odds(0.95) === Boolean(r.con) ? 'The form was of another child.' : undefined };
	return { facts, certificate: chance.odds(r.service === 'PRTS' ? 0.8 : 0.05) ? certificate : undefined };
}

/** R as a decision will see it that takes TAKES along. */
function foreseen(r, { facts, certificate }) {
	return r.anew({ facts, certificate: certificate && { outcome: certificate.outcome, at: r.received } });
}

function decision(chance, r) {
	const refused = CRITERIA.filter((c) => r.licensed.get(c)?.answer === 'not_met');
	const outstanding = [...r.machine.keys()].filter((c) => ['unknown', 'cannot_tell'].includes(r.answer(c))).slice(0, 3);
	const cut = r.free_days().length < r.asked || r.cap() < r.free_days().length;
	const outcome = refused.length > 0 ? chance.weighted({ denied: 6, approved_in_part: 2, approved: 1 }) : cut ? chance.weighted({ approved_in_part: 6, approved: 1, denied: 2 })
		: chance.weighted({ approved: 6, approved_in_part: 2, denied: 2 });
	const likely = refused.length > 0 && chance.odds(0.7) ? 'criterion_not_met' : r.barred()[0]?.basis ?? (r.requested().length > 0 ? 'insufficient_information' : r.service === 'SUBACUTE' ? 'interqual_limit' : 'policy_limit');
	const basis = outcome === 'approved' ? undefined : chance.odds(0.8) ? likely : chance.of([...BASES, undefined]);
	return {
		outcome, basis, rationale: chance.odds(0.96) ? 'See the findings.' : undefined, documents: chance.odds(0.95),
		criteria: basis === 'insufficient_information' ? outstanding : basis === 'criterion_not_met' ? (chance.odds(0.9) ? refused : [NECESSITY]) : undefined,
		alternative: basis === 'criterion_not_met' && chance.odds(0.9) ? 'Outpatient therapy.' : undefined,
		referral: basis === 'criterion_not_met' && chance.odds(r.service === 'PRTS' ? 0.85 : 0.04) ? chance.of(['PDTS', 'OUTPATIENT', 'PRTS']) : undefined,
		interqual: r.service === 'SUBACUTE' && chance.odds(0.85) ? chance.of([0, 5, 10, 30]) : undefined,
		grants: outcome === 'approved_in_part' ? chance.weighted({ most: 5, less: 2, beyond: 0.5, '': 0.5 }) || undefined : undefined,
	};
}

/** How often each step is tried where a request stands. */
function weights(r) {
	const every = Object.fromEntries(Object.keys(STEPS).map((kind) => [kind, 0.12]));
	const likely = {
		manual_route: { closure: 1, information: 0.3, 'plan-facts': 0.3 },
		incomplete: { information: 3, 'outreach-attempts': 4, return: 2, 'plan-facts': 1, findings: 0.5, 'certificate-of-need': r.service === 'PRTS' ? 0.4 : 0 },
		pending_con: { 'certificate-of-need': 4, 'information-requests': 1, information: 1, findings: 1, return: r.proposed() ? 3 : 0, 'plan-facts': 0.7, 'outreach-attempts': r.requested().length > 0 ? 1 : 0 },
		in_review: { findings: 3, determination: 3, 'certificate-of-need': r.con ? 0.3 : 0.12, information: r.requested().length > 0 ? 2 : 0.3, 'information-requests': 0.7, return: r.proposed() ? 4 : 0, 'plan-facts': 0.7,
			'outreach-attempts': r.requested().length > 0 ? 2.5 : 0 },
		decided: { notices: 2, appeals: r.decision?.outcome === 'approved' ? 0.3 : 3, 'appeal determination': r.appeals.length > 0 ? 4 : 0.1, determination: 1.2 },
	};
	return { ...every, ...likely[r.status()] };
}

/** A step on R. */
export function step(chance, r) {
	const kind = chance.weighted(weights(r));
	const may = STEPS[kind].roles.map((role) => (role === 'provider' ? r.owner ?? 'intake' : role));
	const role = chance.odds(0.9) ? chance.of(may) : chance.of(ROLES);
	const fault = chance.odds(0.06) ? chance.of(['stale', 'no etag', 'no key']) : undefined;
	return { kind, role, fault, ...details[kind](chance, r) };
}
