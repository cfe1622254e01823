// SPDX-License-Identifier: Apache-2.0
// One request as the model knows it: what was said, verified, found, decided and told, and what follows from that: its status, whose turn it is,
// what is to be done, what cannot be approved. Written from the policy's clauses and the state machine, not from the program.
import { DMAP, PAPERS } from './bodies.mjs';
import { actBy, addDays, businessDaysAfter, clocksOf, dayOf, daysBetween, due, endOf, isBusinessDay, passed, quarter } from './time.mjs';

const OPEN = ['manual_route', 'incomplete', 'pending_con', 'in_review'];
const INELIGIBLE = 'trillium.rts.ineligible-all-dates';
const INSURED = 'trillium.rts.third-party-liability';
const REASONS = { ineligible: 'ineligible_all_dates', retroactive: 'retro_no_exception', insured: 'tpl_primary' };

export class Request {
	constructor(plan, facts, by, owner, now) {
		Object.assign(this, { plan, ...facts, by, owner, received: now, service: plan.service, version: 1 });
		this.lacks = new Set(plan.lacks);
		this.papers = new Set(plan.paper && !plan.manual ? [PAPERS.justification(plan.service)] : []);
		this.asked_for = new Set(); // on-request items that did not come yet
		this.supplied = new Set(); // and those that came
		this.business = plan.business;
		this.days = plan.days;
		this.participates = plan.contract !== false;
		this.medicaid_id = false;
		this.verified = new Set(plan.free === 'known' ? ['participation'] : []);
		this.covered = { ineligible: 'ended', 'part eligible': 'part' }[plan.days] ?? 'full';
		this.insured = plan.days === 'insured';
		this.set_aside = new Set();
		this.attempts = [];
		this.questions = [];
		this.licensed = new Map();
		this.machine = new Map(); // what the policy finds of each item
		this.judgments = [];
		this.judged = false; // whether a licensed person, or the certificate of need, ever said something about the member
		this.con = null;
		this.ended = null; // a disposition without determination
		this.decision = null;
		this.deciders = [];
		this.authorized = null; // {to} of what is granted
		this.owed = [];
		this.appeals = [];
		this.took_part = new Set();
		this.raised = [];
		this.stood = []; // {at, version, status}: how it stood from which instant on
		this.clocks = clocksOf(this.clock_facts(), now);
	}

	clock_facts() {
		const { service, manual, urgency, admitted } = this.plan;
		return { service, manual, urgency, admitted, retroactive: this.plan.days === 'retroactive', business: this.business };
	}

	/* ---- what follows from the facts ---- */

	missing() {
		if (this.plan.manual || this.decision) return []; // not judged here; what is decided lacks nothing
		const list = [...this.lacks];
		if (this.service === 'PDTS' && !this.participates && !this.medicaid_id) list.push(DMAP);
		return list;
	}

	open_questions() { return this.questions.filter((q) => q.open); }

	/** Information outstanding: papers, items that were asked for, questions. */
	requested() { return [...this.papers, ...this.asked_for, ...this.open_questions().map((q) => q.criterion)]; }

	/**
	 * Returns that the facts speak for, in the policy's order. Staff set aside what was asserted; once its facts are verified, the machine
	 * returns all the same.
	 */
	returns() {
		const list = [];
		if (this.covered === 'ended') list.push({ reason: REASONS.ineligible, fact: 'eligibility' });
		if (this.plan.days === 'retroactive') list.push({ reason: REASONS.retroactive, fact: 'eligibility' });
		if (this.insured) list.push({ reason: REASONS.insured, fact: 'other_insurance' });
		return list.filter(({ reason, fact }) => !this.set_aside.has(reason) || this.verified.has(fact));
	}

	/** No authorization is needed: the plan's list says so of the code, and its directory, or staff, that the provider participates. */
	exempt() { return Boolean(this.plan.free) && this.participates && this.verified.has('participation'); }

	/** What is judged after every change of the facts: on verified facts the machine closes at once. */
	judge(now) {
		for (const one of clocksOf(this.clock_facts(), this.received)) {
			// A time that would begin only now joins when it is due before those of the policy; none is ever taken away.
			if (!this.clocks.some((c) => c.rule === one.rule) && this.clocks.every((c) => c.overlay || one.due < c.due)) this.clocks.push(one);
		}
		if (this.plan.manual) return;
		if (this.exempt()) this.ended = { status: 'not_required', by: 'system', at: now };
		else if (this.returns().some(({ fact }) => this.verified.has(fact))) this.ended = { status: 'returned', by: 'system', at: now };
	}

	status() {
		if (this.ended) return this.ended.status;
		if (this.decision) return 'decided';
		if (this.plan.manual) return 'manual_route';
		if (this.missing().length > 0) return 'incomplete';
		return this.service === 'PRTS' && !this.con ? 'pending_con' : 'in_review';
	}

	is_open() { return OPEN.includes(this.status()); }
	proposed() { return ['incomplete', 'pending_con', 'in_review'].includes(this.status()) ? this.returns()[0] ?? null : null; }

	tasks() {
		const status = this.status();
		const under_way = ['incomplete', 'pending_con', 'in_review'].includes(status);
		const all = {
			route: status === 'manual_route',
			outreach: status === 'incomplete' && this.counted().length < this.attempts_owed(),
			confirm_return: this.proposed() !== null,
			supply: under_way && (this.missing().length > 0 || this.requested().length > 0),
			certify: status === 'pending_con',
			review: status === 'in_review',
			notify: this.owed.some((n) => n.told === null),
			appeal: this.appeals.some((a) => a.status === 'open'),
		};
		return Object.keys(all).filter((name) => all[name]);
	}

	waiting_on() {
		const status = this.status();
		if (status === 'manual_route') return 'plan';
		if (status === 'returned') return 'provider';
		if (status === 'decided') return this.tasks().length > 0 ? 'plan' : 'nobody';
		if (!this.is_open()) return 'nobody';
		if (this.proposed()) return 'plan';
		if (this.missing().length > 0 || this.requested().length > 0) return 'provider';
		return status === 'pending_con' ? 'con_reviewer' : 'plan';
	}

	/* ---- outreach ---- */

	attempts_owed() { return ['medicaid', 'commercial', 'qhp'].includes(this.business) ? 2 : 3; }
	hourly() { return this.clocks.some((c) => c.kind === 'hours'); }

	/** Instants of the attempts that count for ITEMS: a person's, naming one of them; one a business day, unless a clock runs in hours. */
	counted(items = this.missing()) {
		const days = new Set();
		const list = [];
		for (const attempt of this.attempts) {
			const counts = attempt.items.some((item) => items.includes(item)) && !(attempt.channel === 'fax' && attempt.outcome === 'failed' && !attempt.second);
			const day = dayOf(attempt.at);
			if (!counts || (!this.hourly() && (!isBusinessDay(day) || days.has(day)))) continue;
			days.add(day);
			list.push(attempt.at);
		}
		return list;
	}

	/* ---- what staff record ---- */

	/** What the plan verified; what was set aside by other facts is looked at again. */
	verify({ business, participation, coverage, insurance }) {
		const before = JSON.stringify([this.business, this.participates, this.covered, this.insured]);
		if (business) { this.business = business; this.verified.add('line_of_business'); }
		if (participation) { this.participates = participation === 'participating'; this.verified.add('participation'); }
		if (coverage) { this.covered = coverage; this.verified.add('eligibility'); }
		if (insurance) { this.insured = insurance === 'pays'; this.verified.add('other_insurance'); }
		if (JSON.stringify([this.business, this.participates, this.covered, this.insured]) !== before) this.set_aside.clear();
	}

	/** The same request by what a decision on it takes along: other facts of the plan, another certificate. */
	anew({ facts, certificate }) {
		const other = Object.assign(Object.create(Request.prototype), this, { verified: new Set(this.verified), set_aside: new Set(this.set_aside), machine: new Map(this.machine) });
		if (facts) {
			other.verify(facts);
			const found = { [INELIGIBLE]: other.covered !== 'ended', [INSURED]: !other.insured };
			for (const [item, good] of Object.entries(found)) if (other.machine.has(item)) other.machine.set(item, good ? 'met' : 'not_met');
		}
		if (certificate) other.con = certificate;
		return other;
	}

	/* ---- determination ---- */

	answer(criterion) { return this.licensed.get(criterion)?.answer ?? this.machine.get(criterion); }
	/** Findings that are neither met nor set aside; what a licensed reviewer answered is not set aside. */
	unmet(except = []) {
		const aside = { [INELIGIBLE]: REASONS.ineligible, 'trillium.rts.retro-no-exception': REASONS.retroactive, [INSURED]: REASONS.insured };
		return [...this.machine.keys()].filter((item) => this.answer(item) !== 'met' && !except.includes(item) && (this.licensed.has(item) || !this.set_aside.has(aside[item])));
	}

	/** Requested days that cannot be approved, as places from the first, and on what ground. */
	barred() {
		const list = [];
		const bar = (basis, from, to) => { if (to >= from) list.push({ basis, from, to }); };
		if (this.covered === 'part') bar('not_eligible_part', 5, this.asked - 1);
		if (['retroactive', 'part retroactive'].includes(this.plan.days)) {
			bar('retroactive_days', 0, Math.min(this.asked, daysBetween(this.from, dayOf(this.received))) - 1);
		}
		if (this.con) bar('before_con', 0, Math.min(this.asked, daysBetween(this.from, dayOf(this.con.at))) - 1);
		return list;
	}

	/** Places of the days that can be approved. */
	free_days() {
		const barred = this.barred();
		return Array.from({ length: this.asked }, (_, i) => i).filter((i) => !barred.some((b) => i >= b.from && i <= b.to));
	}

	cap(interqual) { return { PDTS: 30, PRTS: 14 }[this.service] ?? interqual ?? Infinity; }

	late(now) { return this.clocks.some((c) => passed(c.due, now)); }
	/** Whether the certificate of need was complete only after every time that has passed. */
	certified_late(now) { return this.con !== null && this.clocks.every((c) => !passed(c.due, now) || this.con.at > c.due); }
	/** Whether the first of the clocks runs out: on the day by which the plan acts, and of hours when a quarter of them is left. */
	runs_out(now) {
		const [first] = [...this.clocks].sort((a, b) => actBy(a) - actBy(b));
		return first.kind === 'hours' ? now >= quarter(first.start, first.due) : dayOf(now) >= dayOf(actBy(first));
	}

	due_at() { return this.clocks.find((c) => !c.overlay).due; }

	/** A decision takes effect, and what is to be told about it is owed anew. */
	decide({ outcome, by, granted, now, appealed = false }) {
		const first = this.decision === null;
		this.decision = { outcome, by, at: now, appealed, first: this.decision?.first ?? now, late: this.decision?.late ?? this.late(now) };
		this.deciders.push(by);
		this.took_part.add(by);
		this.authorized = granted ? { to: addDays(this.from, granted.at(-1)), places: granted } : null;
		// A refusal is told within the time of the decision (C.14.2); what comes later, and a grant, of which nothing is said, on its own day.
		const due_at = this.due_at();
		const later = now <= due_at ? due_at : endOf(dayOf(now));
		const notice = (item, to, until) => ({ item, to, due: until, told: null, since: now });
		const refusal = ['notify-practitioner-in-time', 'expedited-appeal', 'services-continue'].map((name) => notice(`trillium.denial.${name}`, 'practitioner', first ? due_at : later));
		const owed = [...(outcome !== 'approved' ? refusal : []), ...(outcome !== 'denied' ? [notice('trillium.def.pa', 'submitter', later)] : [])];
		// What was owed about a decision that was overturned stays owed; of one that was corrected, what nobody was told, by its own time.
		const before = appealed ? this.owed : this.owed.filter((n) => n.told === null);
		const untold = (n) => !appealed && before.some((one) => one.item === n.item && one.to === n.to);
		this.owed = [...before, ...owed.filter((n) => !untold(n))];
	}

	/* ---- time ---- */

	/** What time has brought about by NOW and was not raised yet, each once, in order. */
	pass(now, ids) {
		for (;;) {
			const next = this.timers(ids).filter((t) => t.at <= now && !this.has_raised(t)).sort((a, b) => a.at - b.at)[0];
			if (!next) return;
			this.raised.push({ what: next.what, subject: next.subject, due: next.due });
			this.version++;
		}
	}

	/** A time that was only shortened is not raised again; what is due later under the old name is. */
	has_raised(timer) { return this.raised.some((r) => r.what === timer.what && r.subject === timer.subject && r.due >= timer.due); }

	timers(ids) {
		const list = [];
		const add = (what, subject, instant, at = instant + 1000) => list.push({ what, subject, due: instant, at });
		if (this.is_open()) {
			for (const c of this.clocks) {
				add('due_soon', c.rule, c.due, quarter(c.start, c.due));
				add(c.overlay ? 'lapse_notice_due' : 'overdue', c.rule, c.due);
			}
		}
		if (this.tasks().includes('outreach')) {
			const made = this.counted();
			const since = Math.max(this.received, ...made);
			const rule = this.service === 'SUBACUTE' ? 'trillium.subacute.rts.outreach-attempts' : 'trillium.rts.outreach-attempts';
			add('outreach_owed', `${rule}#${made.length + 1}`, this.service === 'SUBACUTE' ? due({ kind: 'hours', amount: 8 }, since) : endOf(businessDaysAfter(dayOf(since), 1)));
		}
		for (const n of this.owed) if (n.told === null) add('notice_overdue', `${n.item}#${n.to}`, n.due);
		for (const a of this.appeals.filter((one) => one.status === 'open')) {
			add('appeal_due_soon', ids.appeal(a), a.due, quarter(a.received, a.due));
			add('appeal_overdue', ids.appeal(a), a.due);
		}
		if (this.authorized) add('authorization_ended', ids.authorization(this), endOf(this.authorized.to));
		return list;
	}
}

