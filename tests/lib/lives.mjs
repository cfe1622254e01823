// SPDX-License-Identifier: Apache-2.0
// Requests, running care and attestations that are taken through their lives, one changing call after the other, by clients that keep a ledger:
// what was acknowledged, and what was sent without an answer. A daemon may end at any moment: a life goes on with the next one, by the same key.
import { npi } from './care_cases.mjs';
import { applyEdits } from './cases.mjs';
import { sample } from './records.mjs';
import { RAISED, timeline } from './timeline.mjs';

const DAY = 86400e3;
const SAMPLES = Date.parse('2026-11-20T12:00:00Z'); // the day on which the samples are received
const STANDING = { payer: 'tufts', service: 'TM' }; // of what is attested
const NECESSITY = 'trillium.um.determine-necessity';
const CERTIFIED = ['reviewer_oha_approved', 'reviewer_independent', 'signed', 'team_physician', 'team_care_coordinator', 'ambulatory_insufficient', 'inpatient_needed', 'benefit_expected'];

/** A sample as it would be written for a receipt at NOW: every date but the member's moved with it. */
export function dated(name, now) {
	const days = Math.floor((now - SAMPLES) / DAY);
	const move = (value, key) => {
		if (Array.isArray(value)) return value.map((one) => move(one));
		if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, move(v, k)]));
		const date = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && value > '2026-06' && key !== 'birth_date';
		return date ? new Date(Date.parse(value) + days * DAY).toISOString().slice(0, 10) : value;
	};
	return move(sample(name));
}

/** The day so many days from the one on which LIFE is. */
const day = (life, days) => new Date(life.now() + days * DAY).toISOString().slice(0, 10);

/* ---- the steps: what is called, by whom, with what; from the request as it was read just before ---- */

const post = (resource, as, body) => ({ method: 'POST', resource, as, body });
const submit = (name, remove = []) => ({ method: 'POST', resource: '', as: 'clinic-a', body: (life) => applyEdits(dated(name, life.began), remove, { '/submitter_reference': life.name }) });
const inform = (body) => post('information', 'clinic-a', body);
const outreach = post('outreach-attempts', 'intake', ({ json }) => ({ channel: 'phone', items: json.missing.map((e) => e.item), outcome: 'left_message' }));
const verify = post('plan-facts', 'intake', () => ({ source: 'provider directory', participation: 'participating' }));
const ask = post('information-requests', 'reviewer', () => ({ items: ['trillium.prts.con-packet.care-coordinator'] }));
const certify = post('certificate-of-need', 'con_reviewer', (life) => ({ outcome: 'certified', completed_at: new Date(life.now() - 1000).toISOString(), shows: CERTIFIED }));
const wonder = { method: 'PUT', resource: `findings/${NECESSITY}`, route: 'findings/{criterion}', as: 'reviewer', body: () => ({ answer: 'cannot_tell', question: 'Which care was tried?' }) };
const explain = inform(({ json }) => ({ answers: [{ question: json.questions.at(-1).id, text: 'Outpatient care, weekly.' }] }));
const find = (answer) => ({ method: 'PUT', resource: 'findings', as: 'reviewer', body: ({ json }) => ({
	findings: json.findings.filter((f) => f.kind !== 'gate' && f.answer !== 'met').map((f) => ({ criterion: f.item, answer: f.item === NECESSITY ? answer : 'met', note: 'Seen in the papers.' })),
}) });
const decide = (more) => post('determination', 'physician', ({ late, json }) => ({ rationale: 'As the findings show.', documents_reviewed: ['d1'], ...(late ? { late_cause: 'workload' } : {}), ...more(json) }));
const approve = decide(() => ({ outcome: 'approved' }));
/* Only residential treatment is denied with a referral. */
const deny = decide(({ service }) => ({
	outcome: 'denied', basis: 'criterion_not_met', criteria: [NECESSITY], alternative: 'Outpatient treatment, twice a week.',
	...(service === 'PRTS' ? { referral: 'OUTPATIENT' } : {}),
}));
const correct = (step) => ({ ...step, body: (life) => ({ ...step.body(life), supersedes: life.json.decision.id, reason: 'wording' }) });
const tell = post('notices', 'intake', () => ({ to: 'practitioner', channel: 'phone' }));
const appeal = post('appeals', 'clinic-a', () => ({ kind: 'expedited', from: 'practitioner' }));
const judge = (outcome) => ({ method: 'POST', resource: 'appeals/{id}/determination', as: 'appeals', body: () => ({
	outcome, rationale: 'As the record shows.', ...(outcome === 'overturned' ? { documents_reviewed: ['d1'] } : {}),
}) });
const giveBack = (decision) => post('return', 'intake', () => ({ decision, reason: 'tpl_primary', ...(decision === 'set_aside' ? { note: 'The other plan has ended.' } : {}) }));
const withdraw = post('withdrawal', 'clinic-a', () => ({ reason: 'not_needed' }));
const close = post('closure', 'intake', () => ({ note: 'Answered by letter.' }));
const place = post('placement', 'intake', (life) => ({ provider: { name: 'Example Residential Center', npi: '2999000039' }, from: day(life, 3), to: day(life, 32) }));
const occur = (occurrences) => post('occurrences', 'clinic-a', (life) => ({ occurrences: occurrences(life) }));
const happen = (kind) => occur((life) => [{ kind, on: day(life, -1) }]);
const retract = occur(({ json }) => json.occurrences.slice(-1).map(({ id, kind }) => ({ kind, retracts: id, reason: 'Another member was meant.' })));
const waive = post('waivers', 'intake', ({ json }) => {
	const { obligation, number } = json.obligations.findLast((o) => o.state === 'open');
	return { obligation, number, reason: 'The family asked for it.' };
});
const attest = (item, who, keyless = false) => ({ method: 'PUT', resource: `attestations/${item}`, route: 'attestations/{id}', as: 'clinic-a', keyless,
	body: (life) => ({ ...STANDING, on: day(life, -1), attested_by: who }) });
/** A step on what belongs to another payer than most, by its own staff. */
const of = (payer, step) => ({ ...step, as: `${payer} ${step.as}` });
const complete = inform((life) => ({ service_period: { end: dated('prts-complete', life.began).service_period.end } }));
const coordinator = inform(() => ({ facts: { con_care_coordinator: 'Sample Coordinator-One' } }));

/* ---- the kinds: under which address they stand, who reads them, what an answer says that only a change may alter, and their steps ---- */

const whole = (text) => text;
/** Of running care: duties go on by themselves. */
const recorded = (text) => {
	const { occurrences, obligations } = JSON.parse(text);
	return JSON.stringify([occurrences, obligations.filter((o) => o.state === 'waived').map((o) => [o.obligation, o.number, o.waived])]);
};
const kind = (more, steps) => ({ base: '/v1/requests', own: '{id}', reader: 'auditor', query: '', says: whole, steps, ...more });
const request = (...steps) => kind({}, steps);
const placed = (...steps) => kind({ reader: 'performcare auditor' }, steps);
const care = (...steps) => kind({ base: '/v1/service-records', reader: 'tufts auditor', says: recorded }, steps);
/** Each about a provider of its own, who is known before anything is attested. */
const standing = (...steps) => kind({ base: '/v1/providers', own: '{npi}', reader: 'clinic-a', query: `/attestations?${new URLSearchParams(STANDING)}`, faults: standingFaults,
	id: (life) => npi(Number(/\d*$/.exec(life.name)[0])) }, steps);

const KINDS = {
	overturned: request(submit('prts-complete', ['/service_period/end']), outreach, complete, verify, ask, coordinator, certify, wonder, explain, find('not_met'), deny, correct(deny), tell,
		appeal, judge('overturned'), tell),
	upheld: request(submit('pdts-complete'), find('not_met'), deny, tell, appeal, judge('upheld')),
	approved: request(submit('pdts-complete'), wonder, explain, find('met'), approve, correct(approve), tell),
	returned: request(submit('pdts-other-insurance'), giveBack('return')),
	withdrawn: request(submit('pdts-other-insurance'), giveBack('set_aside'), withdraw),
	closed: request(submit('icts-initial'), close),
	/* from receipt to an appeal, each call once */
	whole: request(submit('prts-complete', ['/service_period/end']), outreach, complete, certify, find('not_met'), deny, tell, appeal, judge('overturned')),
	placed: placed(submit('rtf-complete'), of('performcare', find('met')), of('performcare', decide(() => ({ outcome: 'approved', uninvolved: true }))), of('performcare', place)),
	care: care(submit('tm-care'), happen('session'), of('tufts', waive), happen('team_meeting'), retract),
	attested: standing(attest('tufts.ps.staff.training', 'The director'), attest('tufts.ps.staff.training', 'Another director', true),
		attest('tufts.ps.staff.training', 'The owner')),
};
export const kinds = Object.keys(KINDS);
export const lengthOf = (kind) => KINDS[kind].steps.length;

/** A database of database() with everybody whom a life needs. */
export function staff(records) {
	const create = (name, role, credential, payer = 'trillium') => {
		records.tokens[name] = records.create('--role', role, '--payer', payer, ...(credential ? ['--credential', credential] : []));
	};
	create('reviewer', 'reviewer', 'qmhp_bhcc');
	create('physician', 'physician', 'psychiatrist');
	create('con_reviewer', 'con_reviewer', 'psychiatrist');
	create('appeals', 'appeals', 'psychologist_doctoral');
	for (const payer of ['performcare', 'tufts']) for (const role of ['intake', 'auditor']) create(`${payer} ${role}`, role, null, payer);
	create('performcare reviewer', 'reviewer', 'ccm', 'performcare');
	create('performcare physician', 'physician', 'psychiatrist', 'performcare');
	return records;
}

/** Every life of LIST through WORK, some at the same time. */
export async function each(list, work) {
	const CHUNK = 16;
	for (let i = 0; i < list.length; i += CHUNK) await Promise.all(list.slice(i, i + CHUNK).map(work));
}

const good = (answer) => answer.status === 200 || answer.status === 201;
const version = (etag) => Number(/^"v(\d+)"$/.exec(etag)?.[1]);
/** What a ledger keeps of an answer. */
const kept = ({ status, text, headers }) => ({ status, text, etag: headers.etag, location: headers.location });

export class Life {
	/** NAME is its own; NOW says what time it is. */
	constructor(name, kind, now) {
		Object.assign(this, { name, kind, now, began: now(), is: KINDS[kind], ledger: [], pending: null, json: null });
		this.id = this.is.id?.(this) ?? null;
	}

	get steps() { return this.is.steps; }
	get base() { return this.is.base; }
	get address() { return `${this.base}/${this.id}`; }

	get over() { return this.pending === null && this.ledger.length === this.steps.length; }

	/** As it stands, for who may read it. */
	async read(daemon) { return daemon.call('GET', `${this.address}${this.is.query}`, { as: this.is.reader }); }

	/** The call that a step makes on it as it stands. */
	async prepare(daemon, late = false) {
		const n = this.ledger.length;
		const step = this.steps[n];
		let path = this.id === null ? this.base : `${this.address}/${step.resource}`;
		let etag;
		if (n > 0) {
			const now = await this.read(daemon);
			if (now.status !== 200) throw new Error(`${this.name} cannot be read: ${now.status} ${now.text.slice(0, 200)}`);
			({ json: this.json, headers: { etag } } = now);
			if (step.resource.startsWith('appeals/')) path = `/v1/appeals/${this.json.appeals.at(-1).id}/determination`;
		}
		const body = step.body(Object.assign(this, { late }));
		const headers = step.keyless ? {} : { 'Idempotency-Key': `${this.name}-${n}` };
		return { method: step.method, path, route: routeOf(step, this.is), as: step.as, etag, body, headers, key: null, keyless: step.keyless };
	}

	/**
	 * Does the next step, or sends again what is pending: the same call by the same key. Returns the answer; any but a good one leaves the step
	 * to be done. Throws when no answer came.
	 */
	async advance(daemon) {
		this.pending ??= await this.prepare(daemon);
		for (let tries = 0; ; tries++) {
			const answer = await daemon.call(this.pending.method, this.pending.path, this.pending);
			if (good(answer)) {
				this.acknowledge(answer);
				return answer;
			}
			if (answer.status === 503) return answer;
			const late = answer.status === 422 && answer.json?.errors?.some((e) => e.pointer === '/late_cause');
			this.pending = null; // refused: nothing was recorded
			if (tries > 5 || !(late || answer.status === 412)) return answer;
			this.pending = await this.prepare(daemon, late);
		}
	}

	acknowledge(answer) {
		this.id ??= answer.json.id;
		this.ledger.push({ call: this.pending, ...kept(answer) });
		this.pending = null;
	}

	/** What is left of the life, or so many of its steps; the first answer that is not good ends it. */
	async live(daemon, steps = this.steps.length) {
		while (this.pending !== null || this.ledger.length < steps) {
			const answer = await this.advance(daemon);
			if (!good(answer)) throw new Error(`${this.name}: ${this.pending?.path} ${answer.status} ${answer.text.slice(0, 600)}`);
		}
	}

	/**
	 * What is wrong, by everything that was acknowledged: each change is there, once, and as it was answered; nobody else changed anything but time;
	 * what is pending happened once or not at all. Sets `happened` to whether it did.
	 */
	async faults(daemon) {
		this.happened = false;
		if (this.id === null) return [];
		if (this.is.faults) return (await this.is.faults(this, daemon)).map((what) => `${this.name} (${this.kind}): ${what}`);
		let [now, events] = [null, []];
		for (let tries = 0; tries < 5 && events.length !== now?.json.version; tries++) { // time may bring something between two reads
			now = await this.read(daemon);
			if (now.status !== 200) return [`${this.name} is gone: ${now.status}`];
			events = await timeline(daemon, this.id, this.is.reader, this.base);
		}
		const said = (e) => e.actor === 'system' && RAISED.includes(e.action);
		const time = (e) => said(e) || (e.actor === 'system' && e.action === 'obligation_began'); // a duty that begins raises nothing
		const versions = this.ledger.map((entry) => version(entry.etag));
		const found = [];
		if (events.some((e, i) => e.state.version !== i + 1) || events.length !== now.json.version) found.push(`versions ${events.map((e) => e.state.version)} of ${now.json.version}`);
		const changes = events.filter((e) => !time(e)).map((e) => e.state.version);
		const more = changes.length - versions.length;
		if (JSON.stringify(changes.slice(0, versions.length)) !== JSON.stringify(versions) || more < 0 || more > (this.pending ? 1 : 0)) {
			found.push(`acknowledged ${versions}, recorded ${changes} (${events.map((e) => e.action)}), ${this.pending ? 'one' : 'none'} pending`);
		}
		this.happened = more === 1;
		const raised = now.json.raised.map((r) => `${r.what} ${r.subject}`);
		if (new Set(raised).size !== raised.length) found.push(`raised twice: ${raised}`);
		// The duties of a record that have lapsed meanwhile are raised by one event.
		const together = (r, i, all) => i > 0 && r.what === 'obligation_overdue' && all[i - 1].what === r.what && all[i - 1].at === r.at;
		const actions = now.json.raised.filter((r, i, all) => !together(r, i, all)).map((r) => r.what);
		if (JSON.stringify(events.filter(said).map((e) => e.action)) !== JSON.stringify(actions)) found.push(`the timeline does not say ${raised}`);
		const last = this.ledger.at(-1);
		if (now.headers.etag === last.etag && !last.call.path.includes('appeals') && this.is.says(now.text) !== this.is.says(last.text)) found.push('it is not as it was answered');
		return found.map((what) => `${this.name} (${this.kind}): ${what}`);
	}

	/** Sends every acknowledged call again by its key, if it has one: [] when each gets its answer byte for byte. */
	async replays(daemon) {
		const found = [];
		for (const { call, ...wanted } of this.ledger.filter((entry) => !entry.call.keyless)) {
			const answer = await daemon.call(call.method, call.path, call);
			if (JSON.stringify(kept(answer)) !== JSON.stringify(wanted) || answer.headers['idempotency-replayed'] !== 'true') {
				found.push(`${this.name} (${this.kind}): ${call.path} again: ${answer.status} ${answer.headers.etag} ${answer.text.slice(0, 200)}, wanted ${wanted.status} ${wanted.etag} ${wanted.text.slice(0, 200)}`);
			}
		}
		return found;
	}
}

/** What is wrong with what was attested: each is there, once, and of what is pending nothing or all. */
async function standingFaults(life, daemon) {
	const now = await life.read(daemon);
	if (now.status !== 200) return [`cannot be read: ${now.status}`];
	const itemOf = (call) => call.path.split('/').at(-1);
	const listed = (call) => now.json.attestations.filter((a) => a.attestation === itemOf(call) && a.on === call.body.on && a.attested_by === call.body.attested_by).length;
	life.happened = life.pending !== null && listed(life.pending) === 1;
	const newest = life.happened ? [...life.ledger.map((entry) => entry.call), life.pending] : life.ledger.map((entry) => entry.call);
	const found = newest.filter((call, i) => listed(call) !== (newest.slice(i + 1).some((later) => itemOf(later) === itemOf(call)) ? 0 : 1))
		.map((call) => `attested by ${call.body.attested_by}, listed ${JSON.stringify(now.json.attestations.filter((a) => a.state !== 'missing'))}`);
	const versions = life.ledger.map((entry) => version(entry.etag));
	if (versions.some((v, i) => v !== i + 1)) found.push(`acknowledged ${versions}`);
	return found;
}

function routeOf(step, { base, own }) {
	if (step.resource.startsWith('appeals/')) return `POST /v1/${step.resource}`;
	return `${step.method} ${base}${step.resource ? `/${own}/${step.route ?? step.resource}` : ''}`;
}

/** Every route that some life takes. */
export const routes = [...new Set(Object.values(KINDS).flatMap((is) => is.steps.map((step) => routeOf(step, is))))];
