// SPDX-License-Identifier: Apache-2.0
// The model and a sandbox daemon side by side: plays steps against both and says where they differ.
import { submission } from './bodies.mjs';
import { Request } from './request.mjs';
import { expected, STEPS } from './steps.mjs';

const typeOf = (answer) => answer.json?.type?.replace('/problems/', '');

export class Difference extends Error {
	constructor(lines, request) {
		super(lines.join('\n'));
		Object.assign(this, { lines, request });
	}
}

export class World {
	constructor(daemon, now) {
		Object.assign(this, { daemon, now, requests: [], calls: 0, seen: {} });
		this.ids = { appeal: (a) => a.id, authorization: (r) => r.number };
	}

	async call(method, path, options) {
		this.calls++;
		return this.daemon.call(method, path, options);
	}

	/** Plays one step of {kind, ...} on the request (undefined: a new one, or the clock); throws a Difference. */
	async play(op, r) {
		if (op.kind === 'submit') return this.submit(op);
		if (op.kind === 'clock') return this.clock(op);
		if (op.kind === 'past') return this.past(op, r);
		if (op.kind === 'again' || op.kind === 'reuse') return this.repeat(op, r);
		return this.step({ ...op, by: op.role, now: this.now }, r);
	}

	async submit(op) {
		const received = this.now - op.plan.faxed * 3600e3;
		const { body, ...facts } = submission(op.plan, received);
		const request = new Request(op.plan, facts, op.role, op.role === 'intake' ? null : op.role, received);
		request.took_part.add(op.role);
		request.judge(this.now);
		const key = `submit-${this.requests.length}`;
		const call = { as: op.role, key, body };
		const answer = await this.call('POST', '/v1/requests', call);
		this.hold(answer, { status: 201 });
		Object.assign(request, { id: answer.json.id, number: null, last: { method: 'POST', path: '/v1/requests', call, answer } });
		this.requests.push(request);
		this.learn(request, answer.json);
		await this.compare(request, answer);
		return request;
	}

	/** Moves the clock; time passes for every request, and every one of WATCHED is compared. */
	async clock(op, watched = this.requests) {
		this.now += op.minutes * 60e3;
		const moved = await this.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance: `${op.minutes}m` } });
		if (moved.status !== 200 || Date.parse(moved.json.now) !== this.now) throw new Difference([`the clock: ${moved.text}, wanted ${at(this.now)}`]);
		for (const r of this.requests) r.pass(this.now, this.ids);
		for (let i = 0; i < watched.length; i += 16) await Promise.all(watched.slice(i, i + 16).map((r) => this.compare(r)));
	}

	async step(op, r) {
		const step = STEPS[op.kind];
		const wanted = expected(r, op, this);
		const path = step.path?.(r, op) ?? op.kind;
		const method = step.method ?? 'POST';
		const target = path.startsWith('/') ? path : `/v1/requests/${r.id}/${path}`;
		const version = op.fault === 'stale' ? (r.version === 1 ? 99 : r.version - 1) : r.version;
		const call = {
			as: op.role, body: step.body(r, op, this.now), etag: op.fault === 'no etag' ? undefined : `"v${version}"`,
			key: op.fault === 'no key' ? null : `${r.id}-${this.calls}`,
		};
		if (method === 'PUT' && call.key) call.headers = { 'Idempotency-Key': call.key };
		const answer = await this.call(method, target, call);
		this.hold(answer, wanted);
		this.note(`${op.kind} ${wanted.type ?? 'taken'}`);
		if (op.certificate || op.facts) this.note(`${op.kind} anew ${wanted.type ?? 'taken'}`);
		if (wanted.type) return this.compare(r);
		const granted = r.number; // what takes the place of a decision keeps its number
		step.apply(r, op, this, answer.json);
		r.version++;
		r.last = { method, path: target, call, answer };
		const whole = target.includes('appeal') ? await this.read(r) : answer;
		this.learn(r, whole.json);
		if (granted && r.authorized && r.number !== granted) throw new Difference([`the authorization: found ${r.number}, wanted to keep ${granted}`], r);
		await this.compare(r, whole);
	}

	/** The last call that was taken, once more: the same answer; with another body it is refused. */
	async repeat(op, r) {
		const { method, path, call, answer } = r.last;
		if (call.key === null) { // a PUT that came without one: If-Match keeps it from being taken twice
			this.hold(await this.call(method, path, call), { status: 412, type: 'stale' });
			return this.compare(r);
		}
		if (op.kind === 'again') {
			const replay = await this.call(method, path, call);
			const same = replay.status === answer.status && replay.text === answer.text && replay.headers['idempotency-replayed'] === 'true';
			if (!same) throw new Difference([`a repeated ${method} ${path}: found ${replay.status} ${replay.text.slice(0, 300)}, wanted the first answer again`], r);
		} else {
			this.hold(await this.call(method, path, { ...call, body: { ...call.body, ...another(path, call.body) } }), { status: 422, type: 'idempotency-key-reused' });
		}
		await this.compare(r);
	}

	/** The answer that stood at an instant, as it was known then. */
	async past(op, r) {
		const place = Math.min(op.place, r.stood.length - 1);
		// Until the next change it stood as it was; on the very instant of one, as it was after it.
		const until = place + 1 < r.stood.length ? r.stood[place + 1].at - 1000 : this.now;
		const instant = op.last ? until : r.stood[place].at;
		const answer = await this.call('GET', `/v1/requests/${r.id}?as_of=${encodeURIComponent(at(instant))}`, { as: 'auditor' });
		this.hold(answer, { status: 200 });
		const { version, status } = r.stood[place];
		const found = [answer.json.version, answer.json.status];
		if (JSON.stringify(found) !== JSON.stringify([version, status])) {
			throw new Difference([`as of ${at(instant)}: found ${found}, wanted ${[version, status]}`], r);
		}
	}

	/** Everything on a list. */
	async list(path, member) {
		const rows = [];
		for (let next = path; next;) {
			const page = await this.call('GET', next, { as: 'auditor' });
			rows.push(...page.json[member]);
			next = page.json.next;
		}
		return rows;
	}

	/** Every request once more, also those that were left alone; the worklist of every task; the decisions. */
	async end() {
		for (let i = 0; i < this.requests.length; i += 16) await Promise.all(this.requests.slice(i, i + 16).map((r) => this.compare(r)));
		for (const task of ['route', 'outreach', 'confirm_return', 'supply', 'certify', 'review', 'notify', 'appeal']) {
			const rows = await this.list(`/v1/requests?task=${task}&limit=200`, 'requests');
			this.same_requests(`the worklist of ${task}`, rows.map((row) => row.id), this.requests.filter((r) => r.tasks().includes(task)));
		}
		for (const outcome of ['approved', 'approved_in_part', 'denied']) {
			const rows = await this.list(`/v1/decisions?outcome=${outcome}&limit=200`, 'decisions');
			this.same_requests(`decisions ${outcome}`, rows.map((row) => row.request), this.requests.filter((r) => r.decision?.outcome === outcome));
		}
		const all = await this.list('/v1/decisions?superseded=include&limit=200', 'decisions');
		for (const r of this.requests) {
			const found = all.filter((row) => row.request === r.id).length;
			const wanted = r.deciders.length + (r.ended ? 1 : 0);
			if (found !== wanted) throw new Difference([`decisions: found ${found} of ${r.id}, wanted ${wanted}`], r);
		}
	}

	same_requests(what, found, wanted) {
		const ids = wanted.map((r) => r.id);
		const wrong = this.requests.find((r) => found.includes(r.id) !== ids.includes(r.id));
		if (wrong || found.length !== ids.length) throw new Difference([`${what}: found ${found.length}, wanted ${ids.length}; ${wrong?.id}`], wrong);
	}

	read(r) { return this.call('GET', `/v1/requests/${r.id}`, { as: 'auditor' }); }

	/** What the model does not foretell: ids, and what the machine finds. */
	learn(r, answer) {
		if (answer.decision?.disposition === 'determined') r.decision_id = answer.decision.id;
		r.number = answer.authorization?.number ?? null;
		r.judgments = answer.findings.filter((f) => f.kind === 'judgment').map((f) => f.item);
		r.machine = new Map(answer.findings.filter((f) => f.kind !== 'gate').map((f) => [f.item, f.answer]));
	}

	hold(answer, wanted) {
		const found = answer.status >= 400 ? { status: answer.status, type: typeOf(answer) } : { status: answer.status };
		if (JSON.stringify(found) !== JSON.stringify(wanted)) {
			const why = answer.json?.errors?.map((e) => `${e.pointer} ${e.code}: ${e.detail}`) ?? [];
			throw new Difference([`the answer: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`, `  ${answer.json?.detail ?? ''}`, ...why.map((w) => `  ${w}`)]);
		}
		if (answer.status >= 400 && !/\w{3}/.test(answer.json.detail)) throw new Difference(['a refusal without a sentence']);
	}

	note(word) { this.seen[word] = (this.seen[word] ?? 0) + 1; }

	async compare(r, answer = null) {
		const { json } = answer ?? await this.read(r);
		const wanted = view(r);
		const found = seen(json);
		this.note(`status ${wanted.status}`);
		const lines = Object.keys(wanted).filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(found[name]))
			.map((name) => `${name}: found ${JSON.stringify(found[name])}, wanted ${JSON.stringify(wanted[name])}`);
		if (lines.length > 0) throw new Difference(lines, r);
		if (r.stood.at(-1)?.at === this.now) r.stood.pop();
		if (r.stood.at(-1)?.version !== r.version) r.stood.push({ at: this.now, version: r.version, status: r.status() });
	}
}

const at = (ms) => new Date(ms).toISOString();

/** A request as the model sees it. */
function view(r) {
	return {
		version: r.version,
		status: r.status(),
		waiting_on: r.waiting_on(),
		tasks: r.tasks(),
		missing: r.missing().sort(),
		requested: [...new Set(r.requested())].sort(),
		proposed: r.is_open() && !r.plan.manual ? r.returns()[0]?.reason ?? null : undefined,
		attempts: r.is_open() && !r.plan.manual ? [r.counted().length, r.attempts_owed()] : undefined,
		clocks: r.clocks.map((c) => `${c.rule} ${at(c.due)}`).sort(),
		decision: r.ended ? [r.ended.status === 'recorded' ? 'closed_elsewhere' : r.ended.status, null] : r.decision ? ['determined', r.decision.outcome] : null,
		late: r.decision?.late ?? null,
		superseded: Math.max(0, r.deciders.length - 1),
		authorized: r.authorized?.to ?? null,
		owed: r.owed.filter((n) => n.told === null).map((n) => `${n.item} ${n.to} ${at(n.due)}`).sort(),
		appeals: r.appeals.map((a) => `${a.status} ${at(a.due)}`),
		questions: r.open_questions().map((q) => `${q.id} ${q.criterion}`),
		licensed: [...r.licensed].filter(([item]) => r.machine.has(item)).map(([item, { answer }]) => `${item} ${answer}`).sort(),
		con: r.con?.outcome ?? null,
		raised: r.raised.map((t) => `${t.what} ${t.subject} ${at(t.due)}`),
	};
}

/** The same from an answer. */
function seen(json) {
	const open = ['incomplete', 'pending_con', 'in_review'].includes(json.status);
	const instant = (text) => at(Date.parse(text));
	return {
		version: json.version,
		status: json.status,
		waiting_on: json.waiting_on,
		tasks: json.tasks,
		missing: [...new Set(json.missing.map((e) => e.item))].sort(),
		requested: [...new Set(json.requested.map((e) => e.item))].sort(),
		proposed: open ? json.proposed_return?.reason ?? null : undefined,
		attempts: open ? [json.outreach.made, json.outreach.required_before_return] : undefined,
		clocks: json.clock.all.map((c) => `${c.rule} ${instant(c.due_at)}`).sort(),
		decision: json.decision ? [json.decision.disposition, json.decision.outcome] : null,
		late: json.decision?.late ?? null,
		superseded: json.superseded.length,
		authorized: json.authorization?.to ?? null,
		owed: json.notices.owed.filter((n) => n.told_at === null).map((n) => `${n.item} ${n.to} ${instant(n.due_at)}`).sort(),
		appeals: json.appeals.map((a) => `${a.status} ${instant(a.due_at)}`),
		questions: json.questions.filter((q) => q.answer === null && q.withdrawn_at === null).map((q) => `${q.id} ${q.criterion}`),
		licensed: json.findings.filter((f) => f.licensed).map((f) => `${f.item} ${f.licensed.answer}`).sort(),
		con: json.certificate_of_need?.outcome ?? null,
		raised: json.raised.map((t) => `${t.what} ${t.subject} ${instant(t.due_at)}`),
	};
}

/** A lawful member that makes another body of one. */
function another(path, body) {
	if (path === '/v1/requests') return { submitter_reference: 'another' };
	if (path.endsWith('/information')) return { facts: { ...body.facts, reflects_assessment: null } };
	if (path.endsWith('determination')) return { rationale: 'Another.' };
	if (path.endsWith('/appeals')) return { reason: 'Another.' };
	if (path.endsWith('/plan-facts')) return { source: 'another' };
	if (path.endsWith('/findings')) return { findings: body.findings.slice(1) };
	return { note: 'Another.' };
}
