// SPDX-License-Identifier: Apache-2.0
// The steps of a request's life: who may take them, the call that takes them, when they are lawful, and what they change. A step says no with
// the status and the type of the problem; the order of its guards is the order of the contract: turn and status, person, body.
import { ASKABLE, coverage, cureOf, DMAP, insurance, JUSTIFIED, justification, LACKS, PAPERS } from './bodies.mjs';
import { determined, grantsOf } from './determination.mjs';

const HOUR = 3600e3;
const NOT_NOW = { status: 409, type: 'illegal-transition' };
const NOT_YOU = { status: 403, type: 'forbidden' };
const INVALID = { status: 422, type: 'invalid-body' };
const ABSENT = { status: 404, type: 'not-found' };

const ASKED = 'What was tried?';
const iso = (ms) => new Date(ms).toISOString();
const under_way = (r) => ['incomplete', 'pending_con', 'in_review'].includes(r.status());
const NEEDS = ['reviewer_oha_approved', 'reviewer_independent', 'signed', 'team_physician', 'team_care_coordinator'];
const CERTIFIES = ['ambulatory_insufficient', 'inpatient_needed', 'benefit_expected'];
const SHOWS = { all: [...NEEDS, ...CERTIFIES], needs: NEEDS, lacking: NEEDS.slice(1) };

/** What was given, given otherwise. */
const CHANGES = {
	member: (r) => ({ member: { first_name: `Sample-${r.version}` } }),
	provider: (r) => ({ servicing_provider: { name: `Example Program ${r.version}` } }),
};

function merged(bodies) {
	const all = {};
	for (const body of bodies) {
		for (const [name, value] of Object.entries(body)) {
			if (Array.isArray(value)) all[name] = [...all[name] ?? [], ...value];
			else all[name] = { ...all[name], ...value };
		}
	}
	return all;
}

function cure(r, item, now) {
	if (item === DMAP || LACKS[item]) return cureOf(item, r);
	if (ASKABLE[item]) return ASKABLE[item]();
	return item === PAPERS.justification(r.service) ? justification(r.service, now) : { facts: {} };
}

/** Of an instant that OP names in a word; undefined: left out. */
const instant = (word, now) => ({ now, future: now + HOUR, yesterday: now - 24 * HOUR }[word]);

const determination = (r, op) => ({
	outcome: op.outcome, rationale: op.rationale ?? ' ', grants: grantsOf(anew(r, op) ?? r, op), basis: op.basis, criteria: op.criteria, documents_reviewed: op.documents ? ['d1'] : undefined,
	interqual: op.interqual === undefined ? undefined : { review_id: 'IQ-1', days: op.interqual }, alternative: op.alternative, referral: op.referral, late_cause: op.late_cause,
	certificate_of_need: op.certificate && certificate(op.certificate, op.now), plan_facts: op.facts && plan_facts(r, op.facts),
});

const certificate = (op, now) => ({ outcome: op.outcome, completed_at: iso(instant(op.at, now)), shows: SHOWS[op.shows], note: op.note, correction: op.correction });
const plan_facts = (r, op) => ({
	source: 'enrollment system', line_of_business: op.business, participation: op.participation, coverage: op.coverage && coverage(op.coverage, r),
	other_insurance: op.insurance && insurance(op.insurance),
});

/** What a certificate must show, say and not contradict. */
function certifies(op, now) {
	const needed = { certified: SHOWS.all, not_certified: SHOWS.needs, closed_without_certification: [] }[op.outcome];
	const shown = needed.every((word) => SHOWS[op.shows].includes(word));
	// What shows everything that certifies the need does not say that it is not certified.
	if (op.outcome === 'not_certified' && op.shows === 'all') return false;
	return shown && instant(op.at, now) <= now && (op.outcome !== 'closed_without_certification' || Boolean(op.note));
}

const verifies = (op) => Boolean(op.business || op.participation || op.coverage || op.insurance);

/** R by what a correction or an overturned appeal takes along; null when that cannot be. */
function anew(r, op) {
	const { facts, certificate: con } = op;
	if (con && (r.service !== 'PRTS' || (r.con && !con.correction) || (!r.con && con.correction) || !certifies(con, op.now))) return null;
	if (facts && !verifies(facts)) return null;
	const other = r.anew({ facts, certificate: con && { outcome: con.outcome, at: instant(con.at, op.now) } });
	// What the machine closes on such facts is not decided.
	return facts && (other.exempt() || other.returns().some(({ fact }) => other.verified.has(fact))) ? null : other;
}

function take(r, op) {
	if (op.facts) r.verify(op.facts);
	if (op.certificate) r.con = { outcome: op.certificate.outcome, at: instant(op.certificate.at, op.now) };
}

export const STEPS = {
	information: {
		roles: ['provider', 'intake'],
		body: (r, op, now) => ({ ...merged([...op.items.map((item) => cure(r, item, now)), CHANGES[op.change]?.(r) ?? {}]), ...(op.answers.length > 0 ? { answers: op.answers.map((question) => ({ question, text: 'It was.' })) } : {}) }),
		refuse(r, op) {
			// Of whom something was judged stays as it was given.
			if (!r.is_open() || (op.change === 'member' && r.judged)) return NOT_NOW;
			return op.answers.every((id) => r.questions.some((q) => q.id === id && q.open)) ? null : INVALID;
		},
		apply(r, op, { now }) {
			for (const item of op.items) {
				r.lacks.delete(item);
				// A document that changes opens the answers that cite it.
				if (r.papers.delete(item)) for (const [criterion, { cites }] of r.licensed) if (cites) r.licensed.delete(criterion);
				r.asked_for.delete(item);
				if (ASKABLE[item]) r.supplied.add(item);
				if (item === DMAP) r.medicaid_id = true;
			}
			// Other particulars than papers and facts: what was set aside is looked at again.
			if (op.change || op.items.some((item) => item === DMAP || LACKS[item])) r.set_aside.clear();
			if (op.change === 'provider') r.licensed.clear(); // and what was judged of another is judged anew
			for (const question of r.questions.filter((q) => op.answers.includes(q.id))) {
				question.open = false;
				r.licensed.delete(question.criterion); // the answer opens the finding again
			}
			r.took_part.add(op.by);
			r.judge(now);
		},
	},
	'outreach-attempts': {
		roles: ['intake', 'reviewer'],
		body: (r, op, now) => ({ channel: op.channel, items: op.items, outcome: op.outcome, second_channel: op.second, at: op.at && iso(instant(op.at, now)) }),
		refuse(r, op, { now }) {
			if (!under_way(r)) return NOT_NOW;
			const at = instant(op.at ?? 'now', now);
			const known = [...r.missing(), ...r.requested()];
			return op.items.every((item) => known.includes(item)) && at <= now && at >= r.received ? null : INVALID;
		},
		apply(r, op, { now }) {
			r.attempts.push({ ...op, at: instant(op.at ?? 'now', now) });
			r.took_part.add(op.by);
		},
	},
	return: {
		roles: ['intake'],
		body: (r, op) => ({ decision: op.decision, reason: op.reason, note: op.note }),
		refuse(r, op) {
			if (!under_way(r)) return NOT_NOW;
			const proposed = r.proposed()?.reason === op.reason;
			if (op.decision === 'set_aside') return op.note ? (proposed ? null : NOT_NOW) : INVALID;
			const exhausted = op.reason === 'missing_components' && r.missing().length > 0 && r.counted().length >= r.attempts_owed();
			return proposed || exhausted ? null : NOT_NOW;
		},
		apply(r, op, { now }) {
			if (op.decision === 'set_aside') r.set_aside.add(op.reason);
			else r.ended = { status: 'returned', by: op.by, at: now };
		},
	},
	withdrawal: {
		roles: ['provider', 'intake'],
		body: (r, op) => ({ reason: op.reason }),
		refuse: (r) => (r.is_open() ? null : NOT_NOW),
		apply(r, op, { now }) { r.ended = { status: 'withdrawn', by: op.by, at: now }; },
	},
	'plan-facts': {
		roles: ['intake'],
		body: plan_facts,
		refuse(r, op) {
			if (!r.is_open()) return NOT_NOW;
			return verifies(op) ? null : INVALID;
		},
		apply(r, op, { now }) {
			r.verify(op);
			r.judge(now);
		},
	},
	'information-requests': {
		roles: ['reviewer', 'physician'],
		body: (r, op) => ({ ...(op.items.length > 0 ? { items: op.items } : {}), ...(op.questions.length > 0 ? { questions: op.questions.map((criterion) => ({ criterion, text: ASKED })) } : {}) }),
		refuse(r, op) {
			if (!under_way(r)) return NOT_NOW;
			const good = op.items.every((item) => r.service === 'PRTS' && ASKABLE[item]) && op.questions.every((c) => r.machine.has(c));
			return good && op.items.length + op.questions.length > 0 ? null : INVALID;
		},
		apply(r, op) {
			for (const item of op.items) if (!r.supplied.has(item)) r.asked_for.add(item);
			for (const criterion of op.questions) {
				r.licensed.delete(criterion); // whoever asks has not answered
				ask(r, criterion, ASKED);
			}
			r.took_part.add(op.by);
		},
	},
	'certificate-of-need': {
		roles: ['con_reviewer', 'intake'],
		body: (r, op, now) => certificate(op, now),
		refuse(r, op, { now }) {
			// Once; what was recorded wrongly is replaced by a record that says why.
			if (!under_way(r) || r.service !== 'PRTS' || (r.con && !op.correction)) return NOT_NOW;
			return certifies(op, now) ? null : INVALID;
		},
		apply(r, op, { now }) {
			r.con = { outcome: op.outcome, at: instant(op.at, now) };
			r.judged = true;
			r.took_part.add(op.by);
			r.judge(now);
		},
	},
	findings: {
		method: 'PUT',
		roles: ['reviewer', 'physician'],
		path: (r, op) => (op.answers.length === 1 ? `findings/${op.answers[0].criterion}` : 'findings'),
		body(r, op) {
			const bodies = op.answers.map(({ criterion, answer, question, cites }) => (
				{ criterion, answer, note: 'See the assessment.', question, evidence: cites && [{ document: JUSTIFIED[r.service], page: 1 }] }));
			const [{ criterion: _, ...single }] = bodies;
			return bodies.length === 1 ? single : { findings: bodies };
		},
		refuse(r, op) {
			if (!under_way(r)) return NOT_NOW;
			if (op.answers.some(({ criterion }) => !r.machine.has(criterion))) return op.answers.length === 1 ? ABSENT : INVALID;
			return op.answers.some(({ answer, question }) => question && answer !== 'cannot_tell') ? INVALID : null;
		},
		apply(r, op) {
			r.judged = true;
			for (const { criterion, answer, question, cites } of op.answers) {
				r.licensed.set(criterion, { answer, cites });
				if (answer !== 'cannot_tell') for (const q of r.open_questions()) if (q.criterion === criterion) q.open = false;
				if (question) ask(r, criterion, question);
			}
			r.took_part.add(op.by);
		},
	},
	determination: {
		roles: ['reviewer', 'physician'],
		body: (r, op) => ({ ...determination(r, op), supersedes: { current: r.decision_id ?? 'dec_00000000000000000000000000', other: 'dec_00000000000000000000000000' }[op.supersedes], reason: op.reason }),
		refuse(r, op) {
			if (r.ended) return NOT_NOW;
			if (r.decision) {
				// While an appeal is open, and once one has decided, it is decided on appeal.
				if (!op.supersedes || r.decision.appealed || r.appeals.some((a) => a.status === 'open')) return NOT_NOW;
				const other = anew(r, op);
				return op.supersedes === 'current' && op.reason && other && determined(other, op) ? null : INVALID;
			}
			if (op.supersedes || r.status() !== 'in_review' || r.proposed()) return NOT_NOW;
			return determined(r, op) && !op.reason && !op.certificate && !op.facts ? null : INVALID;
		},
		apply(r, op, { now }, answer) {
			take(r, op);
			r.decide({ outcome: op.outcome, by: op.by, granted: op.outcome === 'denied' ? null : determined(r, op), now });
			r.decision_id = answer.decision.id;
		},
	},
	notices: {
		roles: ['intake', 'reviewer', 'physician', 'appeals'],
		body: (r, op, now) => ({ to: op.to, channel: 'phone', told_at: op.told && iso(instant(op.told, now)) }),
		refuse(r, op, { now }) {
			if (!['decided', 'returned', 'not_required', 'recorded'].includes(r.status())) return NOT_NOW;
			const told = instant(op.told ?? 'now', now);
			return told <= now && told >= (r.decision?.first ?? r.ended.at) ? null : INVALID;
		},
		apply(r, op, { now }) {
			const told = instant(op.told ?? 'now', now);
			// What was told before a decision was made says nothing about it.
			for (const notice of r.owed) if (notice.to === op.to && notice.told === null && notice.since <= told) notice.told = told;
		},
	},
	appeals: {
		roles: ['provider', 'intake', 'appeals'],
		success: 201,
		body: (r, op, now) => ({ kind: op.appeal, from: op.from, received_at: op.received && iso(instant(op.received, now)) }),
		refuse(r, op, { now }) {
			if (!r.decision || r.decision.outcome === 'approved' || r.appeals.some((a) => a.of === r.decision_id) || op.appeal !== 'expedited') return NOT_NOW;
			const received = instant(op.received ?? 'now', now);
			return received <= now && received >= r.decision.at && (op.received === undefined || !op.role.endsWith('provider')) ? null : INVALID;
		},
		apply(r, op, { now }, answer) {
			const received = instant(op.received ?? 'now', now);
			r.appeals.push({ id: answer.id, from: op.from, of: r.decision_id, status: 'open', received, due: received + 72 * HOUR });
		},
	},
	'appeal determination': {
		roles: ['reviewer', 'physician', 'appeals'],
		path: (r) => `/v1/appeals/${r.appeals.at(-1)?.id ?? 'apl_00000000000000000000000000'}/determination`,
		body: (r, op) => (op.outcome === 'upheld' ? { outcome: 'upheld', rationale: op.rationale ?? ' ' } : { ...determination(r, verdict(op)), outcome: 'overturned' }),
		refuse(r, op) {
			if (r.appeals.length === 0) return ABSENT;
			if (r.appeals.at(-1).status !== 'open') return NOT_NOW;
			if (r.took_part.has(op.by)) return NOT_YOU;
			if (op.outcome === 'upheld') return op.rationale ? null : INVALID;
			const other = anew(r, op);
			return other && determined(other, verdict(op), { appeal: true }) ? null : INVALID;
		},
		apply(r, op, { now }) {
			const appeal = r.appeals.at(-1);
			appeal.status = op.outcome;
			r.took_part.add(op.by);
			if (op.outcome === 'overturned') {
				take(r, op);
				r.decide({ outcome: verdict(op).outcome, by: op.by, granted: determined(r, verdict(op), { appeal: true }), now, appealed: true });
			}
			r.owed.push({ item: 'trillium.appeal.expedited', to: appeal.from, due: appeal.due, told: null, since: now }); // whoever appealed hears how it ended
		},
	},
	closure: {
		roles: ['intake'],
		body: (r, op) => ({ note: op.note ?? ' ' }),
		refuse(r, op) {
			if (r.status() !== 'manual_route') return NOT_NOW;
			return op.note ? null : INVALID;
		},
		apply(r, op, { now }) { r.ended = { status: 'recorded', by: op.by, at: now }; },
	},
};

/** The same question is not put twice while it is open. */
function ask(r, criterion, text) {
	if (r.open_questions().some((q) => q.criterion === criterion && q.text === text)) return;
	r.questions.push({ id: `q${r.questions.length + 1}`, criterion, text, open: true });
}

/** An overturned appeal approves everything, or, on some ground, a part. */
const verdict = (op) => ({ ...op, outcome: op.basis === undefined ? 'approved' : 'approved_in_part' });

/** What a call must be answered with: {status, type?}; type only of a refusal. */
export function expected(r, op, world) {
	const step = STEPS[op.kind];
	if (!step.roles.includes(op.role.replace('other_', ''))) return { ...NOT_YOU };
	if (op.role.endsWith('provider') && op.role !== r.owner) return { ...ABSENT };
	if (op.kind === 'appeal determination' && r.appeals.length === 0) return { ...ABSENT };
	if (op.fault === 'no key' && step.method !== 'PUT') return { status: 400, type: 'idempotency-key-required' };
	if (op.fault === 'no etag') return { status: 428, type: 'precondition-required' };
	if (op.fault === 'stale') return { status: 412, type: 'stale' };
	return step.refuse(r, op, world) ?? { status: step.success ?? 200 };
}
