/* SPDX-License-Identifier: Apache-2.0 */
/* Every operation of openapi.yaml, called on the real daemon, for its success and its errors. live.mjs AUTHREVIEWD */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { database, sample, serve } from '../lib/records.mjs';
import { approved } from '../lib/approved.mjs';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { operationsOf, packages, readDocument } from './document.mjs';
import { Judge, schemas } from './judge.mjs';

const LARGE = 300000; /* bytes, more than a body may have */
const THROTTLED = 200; /* failed authentications, more than one address has in a minute */

const [binary] = process.argv.slice(2);
const { Ajv, parse } = await packages();
const { text: contract, document } = readDocument(parse);
const operations = operationsOf(document);
const tally = new Tally();
const judge = new Judge(tally, schemas(Ajv), operations);
const daemon = await start(binary, ['--sandbox', '--seed', '3', '--policies', 'policies']);
/* There are more operations than an address may fail to authenticate in a minute: those who have no token call here. */
const config = `${scratch('contract')}/config.json`;
writeFileSync(config, JSON.stringify({ limits: { auth_failures_per_minute: 0 } }), { mode: 0o600 });
const patient = await start(binary, ['--sandbox', '--seed', '3', '--policies', 'policies', '--config', config]);

/* Calls the operation ID; wants STATUS. */
async function call(id, status, path, options = {}) {
	const operation = judge.operations.get(id);
	const keyed = operation.parameters.some((parameter) => parameter.name === 'Idempotency-Key');
	const role = operation.open ? undefined : options.as ?? operation['x-roles'][0];
	const answer = await daemon.call(operation.method, path, { ...(keyed ? {} : { key: null }), ...options, as: role });
	tally.equal(answer.status, status, `${operation.name} (${path}, as ${role ?? 'nobody'}): ${answer.text.slice(0, 200)}`);
	return judge.hold(id, answer);
}

/* Announces a body and sends nothing of it. */
function announce(operation, path, token) {
	const headers = { 'Content-Type': 'application/json', 'Content-Length': LARGE, Authorization: `Bearer ${token}` };
	return new Promise((resolve, reject) => {
		const sent = http.request({ port: daemon.port, host: '127.0.0.1', method: operation.method, path, headers }, (answer) => {
			const parts = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('end', () => {
				const text = Buffer.concat(parts).toString();
				resolve({ status: answer.statusCode, headers: answer.headers, text, json: JSON.parse(text) });
				sent.destroy();
			});
		});
		sent.on('error', reject);
		sent.flushHeaders();
	});
}

/* ---- what every operation answers alike ---- */

const EXAMPLES = { '{id}': 'req_0', '{version}': '1', '{name}': 'none', '{file}': 'none.json', '{code}': 'none', '{criterion}': 'none', '{npi}': 'none' };

/* An address of the operation; what stands for its parameters exists nowhere. */
function address(operation) {
	return operation.path.replaceAll(/\{[a-z]+\}/g, (name) => EXAMPLES[name]);
}

async function refusals(operation) {
	const { operationId: id, responses } = operation;
	const path = address(operation);
	const body = operation.requestBody ? {} : undefined;
	await call(id, 400, path, { body, headers: { 'X-Request-Id': ['one', 'two'] } });
	await call(id, 414, `${path}?x=${'x'.repeat(2500)}`, { body });
	const many = Object.fromEntries(Array.from({ length: 80 }, (_, number) => [`X-Filler-${number}`, 'x']));
	await call(id, 431, path, { body, headers: many });
	await call(id, 406, path, { body, headers: { Accept: 'image/png' } });
	if (!operation.open) {
		judge.hold(id, await patient.call(operation.method, path, { body }));
		tally.check(judge.seen.get(id).has(401), `${operation.name}: without a token`);
	}
	if ('403' in responses && operation['x-roles'].length < 9) {
		const stranger = Object.keys(daemon.tokens).find((role) => !operation['x-roles'].includes(role.replace(/^other_/, '')));
		await call(id, 403, path, { body, as: stranger });
	}
	if ('404' in responses && !['read_requirements', 'move_clock', 'submit_request', 'check_request'].includes(id)) {
		await call(id, 404, path, { body });
	}
}

async function bodyRefusals(operation) {
	const { operationId: id } = operation;
	const path = address(operation);
	const role = operation['x-roles'][0];
	await call(id, 415, path, { body: '{}', headers: { 'Content-Type': 'text/plain' } });
	const large = await announce(operation, path, daemon.tokens[role]);
	judge.hold(id, large);
	tally.equal(large.status, 413, `${operation.name}: a body that is too large`);
	if (!path.includes('req_0')) {
		await call(id, 400, path, { body: '{"a": 1, "a": 2}' });
		await call(id, 422, path, { body: { unknown: 1 } });
	}
}

/* HEAD answers as GET without the body; OPTIONS and other methods name the methods of the address. */
async function methods(path, item) {
	const [first] = item;
	const target = address(first);
	const names = item.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
	const wanted = [...names, 'OPTIONS'].sort();
	const listed = (answer) => (answer.headers.allow ?? '').split(', ').sort();
	const options = await daemon.call('OPTIONS', target);
	tally.equal(options.status, 204, `OPTIONS ${path}`);
	tally.equal(listed(options), wanted, `OPTIONS ${path}: Allow`);
	const other = judge.hold(first.operationId, await daemon.call('DELETE', target));
	tally.equal(other.status, 405, `DELETE ${path}`);
	tally.equal(listed(other), wanted, `DELETE ${path}: Allow`);
	if (names.includes('GET')) {
		const as = 'auditor';
		const [get, head] = [await daemon.call('GET', target, { as }), await daemon.call('HEAD', target, { as })];
		tally.equal(head.status, get.status, `HEAD ${path}`);
		tally.equal(head.text, '', `HEAD ${path}: no body`);
		tally.equal(head.headers['content-type'], get.headers['content-type'], `HEAD ${path}: Content-Type`);
	}
}

/* ---- requests ---- */

/* A sample checked and sent: both answers say the same. Returns the answer to the request. */
async function submit({ name, outcome }) {
	const body = sample(name);
	const check = await call('check_request', 200, '/v1/checks', { body });
	const sent = await call('submit_request', 201, '/v1/requests', { body });
	for (const member of ['missing', 'requested', 'findings', 'flags', 'limits', 'proposed_return', 'status', 'waiting_on', 'outreach', 'replaces']) {
		tally.equal(check.json?.[member], sent.json?.[member], `${name}: ${member} of the check and of the request`);
	}
	const said = sent.json?.summary.replace('We have your request. ', '');
	tally.equal(check.json?.summary, `If you sent this now: ${said}`, `${name}: summary of the check and of the request`);
	tally.equal(check.json?.clock.due_at, sent.json?.clock.due_at, `${name}: due_at of the check and of the request`);
	tally.equal(sent.json?.status, outcome, `${name}: its outcome`);
	tally.equal(sent.headers.location, `/v1/requests/${sent.json?.id}`, `${name}: Location`);
	const read = await call('read_request', 200, sent.headers.location);
	tally.equal(read.text, sent.text, `${name}: what is read is what was answered`);
	tally.equal(read.headers.etag, sent.headers.etag, `${name}: ETag`);
	return sent;
}

/* A sample of running care is sent where service records begin. */
async function beginCare({ name, outcome, after }) {
	const body = sample(name);
	if (after) {
		await call('begin_service_record', 422, '/v1/service-records', { body });
		body.continues = await approved(daemon, sample(after));
	}
	const sent = await call('begin_service_record', 201, '/v1/service-records', { body, as: body.intake ? 'intake' : 'provider' });
	tally.equal(sent.json?.status, outcome, `${name}: its outcome`);
	const read = await call('read_service_record', 200, sent.headers.location, { as: 'auditor' });
	tally.equal(read.text, sent.text, `${name}: what is read is what was answered`);
}

async function submitAgain() {
	const body = sample('pdts-complete');
	const first = await call('submit_request', 201, '/v1/requests', { body, key: 'again' });
	const second = await call('submit_request', 201, '/v1/requests', { body, key: 'again' });
	tally.equal(second.headers['idempotency-replayed'], 'true', 'the same key: Idempotency-Replayed');
	tally.equal([second.text, second.headers.location], [first.text, first.headers.location], 'the same key: the same answer');
	await call('submit_request', 422, '/v1/requests', { body: { ...body, urgency: 'expedited' }, key: 'again' });
	await call('submit_request', 400, '/v1/requests', { body, key: null });
	await call('submit_request', 422, '/v1/requests', { body: { ...body, intake: { via: 'fax' } } });
	await call('submit_request', 201, '/v1/requests', { body: { ...body, intake: { via: 'fax' } }, as: 'intake' });
	await call('submit_request', 201, '/v1/requests', { body: { ...body, review: 'concurrent' } });
	await call('submit_request', 201, '/v1/requests', { body: { payer: 'trillium', service: 'PRTS', review: 'initial' } });
}

async function inform() {
	const sent = await call('submit_request', 201, '/v1/requests', { body: sample('subacute-missing-units') });
	const path = sent.json.links.information;
	const body = { lines: [{ ...sample('subacute-missing-units').lines[0], units: 3 }] };
	await call('supply_information', 428, path, { body });
	await call('supply_information', 412, path, { body, etag: '"v7"' });
	await call('supply_information', 404, path, { body, etag: '"v1"', as: 'other_provider' });
	await call('supply_information', 400, path, { body: '[', etag: '"v1"' });
	await call('supply_information', 422, path, { body: { lines: [{ units: 'three' }] }, etag: '"v1"' });
	const done = await call('supply_information', 200, path, { body, etag: sent.headers.etag, key: 'inform' });
	tally.equal(done.json?.missing, [], 'nothing is missing any more');
	tally.equal([done.json?.version, done.headers.etag], [2, '"v2"'], 'the version went up');
	tally.equal(done.json?.clock.due_at, sent.json.clock.due_at, 'the clock stays');
	const again = await call('supply_information', 200, path, { body, etag: sent.headers.etag, key: 'inform' });
	tally.equal([again.text, again.headers['idempotency-replayed']], [done.text, 'true'], 'the same key: the same answer');
	const line = await call('read_timeline', 200, done.json.links.timeline);
	tally.equal(line.json?.events.map((event) => event.action), ['received', 'information_supplied'], 'the timeline');
	tally.equal(line.json?.events.map((event) => event.state?.missing), [1, 0], 'the timeline says what was missing');
	await call('read_timeline', 200, `${done.json.links.timeline}?limit=1`);
	await call('read_timeline', 404, done.json.links.timeline, { as: 'other_provider' });
	await call('read_timeline', 400, `${done.json.links.timeline}?after=1`);
	await call('read_request', 404, done.json.links.self, { as: 'other_provider' });
	await call('read_request', 400, `${done.json.links.self}?full=1`);
	await call('read_request', 304, done.json.links.self, { headers: { 'If-None-Match': done.headers.etag } });
}

/* ---- what staff and senders do to a request ---- */

/* A sample that was sent; calls on it take the newest ETag. */
async function sentSample(name) {
	const last = await call('submit_request', 201, '/v1/requests', { body: sample(name) });
	const path = last.json.links.self;
	const step = async (id, resource, status, body, more = {}) => {
		const answer = await call(id, status, `${path}/${resource}`, { body, etag: last.headers.etag, ...more });
		return status === 200 && answer.headers['idempotency-replayed'] === undefined ? Object.assign(last, answer) : answer;
	};
	return { last, path, step };
}

/* What every step refuses alike, then the step itself, then its retry. */
async function stepThrough(name, id, resource, body, wrong) {
	const { last, path, step } = await sentSample(name);
	await step(id, resource, 428, body, { etag: undefined });
	await step(id, resource, 412, body, { etag: '"v7"' });
	await step(id, resource, 400, '[');
	await step(id, resource, 400, body, { key: null });
	await step(id, resource, 422, wrong);
	await step(id, resource, 422, { ...body, unknown: 1 });
	const { etag } = last.headers;
	await step(id, resource, 200, body, { key: id });
	tally.equal([last.json.version, last.headers.etag], [2, '"v2"'], `${id}: the version went up`);
	const again = await step(id, resource, 200, body, { key: id, etag });
	tally.equal([again.text, again.headers['idempotency-replayed']], [last.text, 'true'], `${id}: the same key, the same answer`);
	await step(id, resource, 422, { ...body, note: 'another' }, { key: id });
	const read = await call('read_request', 200, path);
	tally.equal([read.text, read.headers.etag], [last.text, last.headers.etag], `${id}: what is read is what was answered`);
	return { last, path, step };
}

async function returnPath() {
	const attempt = { channel: 'phone', items: ['trillium.rts.service-dates'], outcome: 'no_answer', spoke_with: 'intake desk', note: null };
	const missing = await stepThrough('pdts-missing-dates', 'log_outreach', 'outreach-attempts', attempt, { ...attempt, items: [] });
	await missing.step('return_request', 'return', 409, { decision: 'return', reason: 'missing_components' });
	await missing.step('log_outreach', 'outreach-attempts', 200, { ...attempt, channel: 'fax', second_channel: 'mail', outcome: 'failed' });
	const reason = { decision: 'return', reason: 'tpl_primary' };
	const returned = await stepThrough('pdts-other-insurance', 'return_request', 'return', reason, { ...reason, decision: 'deny' });
	tally.equal(returned.last.json.status, 'returned', 'a proposed return, confirmed');
	for (const [id, resource, body] of [['return_request', 'return', reason], ['log_outreach', 'outreach-attempts', attempt],
		['withdraw_request', 'withdrawal', { reason: 'other' }], ['supply_information', 'information', { facts: {} }]]) {
		await returned.step(id, resource, 409, body);
	}
	const aside = { decision: 'set_aside', reason: 'tpl_primary', note: 'The other plan has ended.' };
	const kept = await sentSample('pdts-other-insurance');
	await kept.step('return_request', 'return', 422, { ...aside, note: ' ' });
	await kept.step('return_request', 'return', 200, aside);
	tally.equal([kept.last.json.proposed_return, kept.last.json.set_aside.length], [null, 1], 'a proposed return, set aside');
	await stepThrough('pdts-complete', 'withdraw_request', 'withdrawal', { reason: 'not_needed' }, { reason: 'bored' });
	return returned;
}

async function planSteps() {
	const facts = { source: 'enrollment system', line_of_business: 'medicare' };
	const known = await stepThrough('pdts-missing-dates', 'record_plan_facts', 'plan-facts', facts, { source: 'enrollment system' });
	tally.equal(known.last.json.verified?.facts, ['line_of_business'], 'what was verified');
	const items = { items: ['trillium.prts.con-packet.evaluation'] };
	const asked = await stepThrough('prts-complete', 'request_information', 'information-requests', items, { items: ['no.such.item'] });
	tally.equal(asked.last.json.asked.flatMap((time) => time.items), items.items, 'what was asked for');
	await asked.step('withdraw_request', 'withdrawal', 200, { reason: 'sent_twice' });
	await asked.step('record_plan_facts', 'plan-facts', 409, facts);
	await asked.step('request_information', 'information-requests', 409, items);
}

/* What the independent reviewer and licensed reviewers record, and what the provider answers. */
async function reviews() {
	const closed = { outcome: 'closed_without_certification', completed_at: '2026-11-20T12:00:00-08:00', note: 'Not supplied.' };
	const certified = await stepThrough('prts-complete', 'record_certificate_of_need', 'certificate-of-need', closed, { ...closed, note: ' ' });
	tally.equal([certified.last.json.status, certified.last.json.certificate_of_need?.outcome], ['in_review', closed.outcome], 'how the certificate of need ended');
	await certified.step('record_certificate_of_need', 'certificate-of-need', 409, closed);
	const { last, step } = await sentSample('pdts-complete');
	const [first, second] = ['trillium.um.dx-supported', 'trillium.um.determine-necessity'];
	const met = { answer: 'met', evidence: [{ document: 'd1', section: 'covered_diagnosis', page: 2, note: null }], note: null };
	const put = (criterion, status, body, more) => step('record_finding', `findings/${criterion}`, status, body, more);
	await put(first, 428, met, { etag: undefined });
	await put(first, 412, met, { etag: '"v7"' });
	await put(first, 400, '[');
	await put(first, 422, { answer: 'met' });
	await put('no.such', 404, met);
	await put('trillium.prts.con-gate', 409, met);
	await put(first, 200, met);
	const several = (status, findings, more) => step('record_findings', 'findings', status, { findings }, more);
	await several(428, [{ criterion: first, ...met }], { etag: undefined });
	await several(412, [{ criterion: first, ...met }], { etag: '"v7"' });
	await several(422, [{ criterion: first, ...met }, { criterion: 'no.such', ...met }]);
	await several(200, [{ criterion: first, answer: 'not_met', note: 'Seen.' }, { criterion: second, answer: 'cannot_tell', question: 'Since when?' }]);
	tally.equal(last.json.findings.flatMap((one) => one.licensed?.answer ?? []), ['not_met', 'cannot_tell'], 'licensed answers');
	await step('request_information', 'information-requests', 200, { questions: [{ criterion: first, text: 'Why?' }] });
	await step('supply_information', 'information', 422, { answers: [{ question: 'q3', text: 'Since May.' }] });
	await step('supply_information', 'information', 200, { answers: [{ question: 'q1', text: 'Since May.', document: 'd1' }] });
	tally.equal(last.json.questions.map((one) => one.answer?.text), ['Since May.', undefined], 'a question and its answer');
	await step('withdraw_request', 'withdrawal', 200, { reason: 'other' });
	await several(409, [{ criterion: first, ...met }]);
}

/* What could be decided, a determination, and the correction of it. */
async function determinations() {
	const { last, path, step } = await sentSample('prts-complete');
	const preview = `${path}/determination`;
	const seen = await call('preview_determination', 200, preview);
	tally.equal([seen.headers.etag, seen.json?.outcomes.map((one) => one.possible)], [last.headers.etag, [false, false, false]], 'nothing can be decided yet');
	await call('preview_determination', 304, preview, { headers: { 'If-None-Match': seen.headers.etag } });
	await call('preview_determination', 400, `${preview}?full=1`);
	const body = { outcome: 'approved', rationale: 'As the record shows.', documents_reviewed: ['d1'] };
	await step('determine_request', 'determination', 409, body);
	const kept = await sentSample('pdts-complete');
	const findings = kept.last.json.findings.filter((one) => one.answer !== 'met').map((one) => ({ criterion: one.item, answer: 'met', note: 'Seen.' }));
	const answered = await daemon.call('PUT', `${kept.path}/findings`, { as: 'reviewer', body: { findings }, etag: kept.last.headers.etag });
	tally.equal(answered.status, 200, `findings: ${answered.text.slice(0, 300)}`);
	Object.assign(kept.last, answered);
	const { etag } = kept.last.headers;
	await kept.step('determine_request', 'determination', 428, body, { etag: undefined });
	await kept.step('determine_request', 'determination', 412, body, { etag: '"v1"' });
	await kept.step('determine_request', 'determination', 400, body, { key: null });
	await kept.step('determine_request', 'determination', 422, { ...body, rationale: ' ' });
	await kept.step('determine_request', 'determination', 422, { ...body, unknown: 1 });
	await kept.step('determine_request', 'determination', 200, body, { key: 'determine' });
	const again = await kept.step('determine_request', 'determination', 200, body, { key: 'determine', etag });
	tally.equal([again.text, again.headers['idempotency-replayed']], [kept.last.text, 'true'], 'the same key, the same determination');
	const correction = { ...body, rationale: 'As the record shows, in other words.', supersedes: kept.last.json.decision.id, reason: 'wording' };
	await kept.step('determine_request', 'determination', 200, correction);
	tally.equal([kept.last.json.superseded.length, kept.last.json.decision.supersedes], [1, correction.supersedes], 'corrected');
	const read = await call('read_request', 200, kept.path);
	tally.equal(read.text, kept.last.text, 'what is read is what was answered');
	const after = await call('preview_determination', 200, `${kept.path}/determination`);
	tally.equal([after.json?.decision, after.json?.authorization], [kept.last.json.decision, kept.last.json.authorization], 'the preview shows what was decided');
	await episodes(read.json);
}

/* A request that continues an approved one, and the episode of both. */
async function episodes({ id, authorization }) {
	const day = (count) => new Date(Date.parse(authorization.to) + count * 86400e3).toISOString().slice(0, 10);
	const body = { payer: 'trillium', service: 'PDTS', review: 'concurrent', continues: id, service_period: { start: day(3), end: day(12) }, lines: [{ units: 10 }] };
	await call('check_request', 404, '/v1/checks', { body: { ...body, continues: 'req_0' } });
	await call('submit_request', 404, '/v1/requests', { body, as: 'other_provider' });
	await call('submit_request', 422, '/v1/requests', { body: { ...body, member: { id: 'SOMEBODY' } } });
	const check = await call('check_request', 200, '/v1/checks', { body });
	const sent = await call('submit_request', 201, '/v1/requests', { body });
	const without = ({ requests: [first, { status }], ...rest }) => [first, status, rest];
	tally.equal(without(check.json.episode), without(sent.json.episode), 'the episode of the check and of the request');
	await call('check_request', 409, '/v1/checks', { body });
	await call('submit_request', 409, '/v1/requests', { body });
	const read = await call('read_episode', 200, sent.json.links.episode);
	tally.equal(read.json, { ...sent.json.episode, sensitivity_notice: null }, 'the episode is what was answered');
	tally.equal(read.json?.gaps.map((gap) => gap.days), [2], 'the gap');
	await call('read_episode', 404, sent.json.links.episode, { as: 'other_provider' });
	await call('read_episode', 400, `${sent.json.links.episode}?full=1`);
}

/* Approved before a provider is known, then placed. */
async function placements() {
	const one = await sentSample('rtf-complete');
	const body = { provider: { name: 'Example Residential Center', npi: '2999000039' }, from: '2026-12-07', to: '2026-12-20' };
	await one.step('record_placement', 'placement', 409, body);
	const findings = [{ criterion: 'performcare.ooh.medical-necessity', answer: 'met', note: 'Seen.' }];
	await one.step('record_findings', 'findings', 200, { findings }, { as: 'physician', key: null });
	const approval = { outcome: 'approved', rationale: 'Care at home does not suffice.', uninvolved: true };
	await one.step('determine_request', 'determination', 422, { ...approval, uninvolved: null }, { as: 'physician' });
	await one.step('determine_request', 'determination', 200, approval, { as: 'physician' });
	await call('preview_determination', 200, `${one.path}/determination`);
	await one.step('record_placement', 'placement', 422, { ...body, to: '2026-12-01' });
	await one.step('record_placement', 'placement', 412, body, { etag: '"v1"' });
	await one.step('record_placement', 'placement', 428, body, { etag: undefined });
	await one.step('record_placement', 'placement', 200, body);
	tally.equal([one.last.json.placement.state, one.last.json.authorization.days], ['recorded', 14], 'placed');
	await one.step('record_placement', 'placement', 409, body);
	await call('read_decision', 200, `/v1/decisions/${one.last.json.decision.id}`);
}

/* Denied on clinical need by the physician; what the tests of these operations say, they say elsewhere. */
async function denySample() {
	const one = await sentSample('pdts-complete');
	const change = async (method, resource, as, body) => {
		const answer = await daemon.call(method, `${one.path}/${resource}`, { as, body, etag: one.last.headers.etag });
		tally.equal(answer.status, 200, `${resource}: ${answer.text.slice(0, 300)}`);
		return Object.assign(one.last, answer);
	};
	const criterion = 'trillium.um.determine-necessity';
	await change('PUT', `findings/${criterion}`, 'reviewer', { answer: 'not_met', note: 'More than is needed.' });
	await change('POST', 'determination', 'physician', { outcome: 'denied', basis: 'criterion_not_met', criteria: [criterion],
		rationale: 'Outpatient therapy meets the need.', alternative: 'Outpatient therapy.', documents_reviewed: ['d1'] });
	return one;
}

/* What follows a decision: its notice, its appeal and the decision on that. */
async function appeals() {
	const told = await denySample();
	const notice = { to: 'practitioner', channel: 'phone' };
	await told.step('record_notice', 'notices', 422, { ...notice, channel: 'pigeon' });
	await told.step('record_notice', 'notices', 422, { ...notice, told_at: '2020-01-01T00:00:00Z' });
	await told.step('record_notice', 'notices', 412, notice, { etag: '"v1"' });
	await told.step('record_notice', 'notices', 428, notice, { etag: undefined });
	await told.step('record_notice', 'notices', 200, notice);
	const body = { kind: 'expedited', from: 'practitioner', reason: null };
	await told.step('appeal_decision', 'appeals', 422, { ...body, from: 'neighbour' });
	await told.step('appeal_decision', 'appeals', 409, { ...body, kind: 'standard' });
	await told.step('appeal_decision', 'appeals', 404, body, { as: 'other_provider' });
	for (const [decision, more] of [['upheld', {}], ['overturned', { documents_reviewed: ['d1'] }]]) {
		const { last, step, path } = decision === 'upheld' ? told : await denySample();
		const { etag } = last.headers;
		const first = await step('appeal_decision', 'appeals', 201, body, { key: `appeal ${decision}`.replace(' ', '-') });
		const again = await step('appeal_decision', 'appeals', 201, body, { key: `appeal-${decision}`, etag });
		tally.equal([again.text, again.headers['idempotency-replayed']], [first.text, 'true'], 'the same key, the same appeal');
		const { location } = first.headers;
		const read = await call('read_appeal', 200, location, { as: 'auditor' });
		tally.equal([read.text, read.headers.etag], [first.text, first.headers.etag], 'the appeal is read as it was answered');
		await call('read_appeal', 304, location, { headers: { 'If-None-Match': read.headers.etag } });
		await call('read_appeal', 400, `${location}?full=1`);
		await call('read_appeal', 404, location, { as: 'other_provider' });
		const decide = (status, given, options = {}) => call('decide_appeal', status, `${location}/determination`, { as: 'appeals', etag: read.headers.etag, body: given, ...options });
		const given = { outcome: decision, rationale: 'As the record shows.', ...more };
		await decide(403, given, { as: 'physician' });
		await decide(412, given, { etag });
		await decide(428, given, { etag: undefined });
		await decide(422, { ...given, rationale: '' });
		const done = await decide(200, given, { key: `decide-${decision}` });
		tally.equal([done.json?.status, done.json?.followed_by?.outcome], decision === 'upheld' ? ['upheld', undefined] : ['overturned', 'approved'], decision);
		const replay = await decide(200, given, { key: `decide-${decision}` });
		tally.equal([replay.text, replay.headers['idempotency-replayed']], [done.text, 'true'], 'the same key, the same decision');
		await decide(409, given, { etag: done.headers.etag });
		await call('read_request', 200, path);
	}
	const wrong = { note: '' };
	const closed = await stepThrough('icts-initial', 'close_request', 'closure', { note: 'Answered by letter.' }, wrong);
	await closed.step('close_request', 'closure', 409, { note: 'Again.' });
	await closed.step('appeal_decision', 'appeals', 409, body);
	await closed.step('record_notice', 'notices', 200, { to: 'submitter', channel: 'mail', told_at: null });
}

/* What was sent is read, corrected and sent again. */
async function replace({ last, path }) {
	const submission = await call('read_submission', 200, `${path}/submission`);
	tally.equal([submission.json, submission.headers.etag], [sample('pdts-other-insurance'), last.headers.etag], 'what was sent, with its ETag');
	await call('read_submission', 304, `${path}/submission`, { headers: { 'If-None-Match': last.headers.etag } });
	await call('read_submission', 400, `${path}/submission?full=1`);
	await call('read_submission', 404, `${path}/submission`, { as: 'other_provider' });
	const body = { ...submission.json, replaces: last.json.id, member: { ...submission.json.member, other_insurance: [] } };
	const check = await call('check_request', 200, '/v1/checks', { body });
	const sent = await call('submit_request', 201, '/v1/requests', { body });
	tally.equal(sent.json?.replaces, { id: last.json.id, tracking_number: last.json.tracking_number, changed: ['/member/other_insurance'], minutes_between: 0 }, 'what it replaces');
	tally.equal(check.json?.replaces, sent.json?.replaces, 'a check says the same');
	for (const replaces of [sent.json?.id, 'req_0', 1]) {
		const refused = await call('submit_request', 422, '/v1/requests', { body: { ...body, replaces } });
		tally.equal(refused.json?.errors.map((error) => error.pointer), ['/replaces'], `replaces ${replaces}`);
		await call('check_request', 422, '/v1/checks', { body: { ...body, replaces } });
	}
}

/* Follows `next` from PATH to the end; returns the entries and checks that Link says the same. */
async function pages(id, path, member) {
	const entries = [];
	for (let next = path; next !== null; ) {
		const page = await call(id, 200, next);
		entries.push(...page.json?.[member] ?? []);
		next = page.json?.next ?? null;
		tally.equal(page.headers.link, next === null ? undefined : `<${next}>; rel="next"`, `${path}: Link`);
	}
	return entries;
}

async function lists(sent) {
	const listed = await pages('list_requests', '/v1/requests?limit=7&service=PDTS', 'requests');
	tally.check(listed.length > 14 && listed.every((line) => line.service === 'PDTS'), 'a worklist of several pages');
	tally.equal(new Set(listed.map((line) => line.id)).size, listed.length, 'no request twice');
	const one = await pages('list_requests', `/v1/requests?tracking_number=${sent.json.tracking_number}`, 'requests');
	tally.equal(one.map((line) => line.id), [sent.json.id], 'found by tracking number');
	await call('list_requests', 200, '/v1/requests?status=in_review&waiting_on=plan&due_before=2026-12-31T00:00:00Z', { as: 'reviewer' });
	for (const query of ['status=new', 'colour=red', 'limit=0', 'limit=10&limit=10', 'cursor=x', 'due_before=today', 'waiting_on=me']) {
		await call('list_requests', 400, `/v1/requests?${query}`);
	}
	const body = { member: { id: sample('pdts-complete').member.id }, limit: 1 };
	const found = await call('search_requests', 200, '/v1/requests/search', { body });
	await call('search_requests', 200, '/v1/requests/search', { body: { ...body, cursor: found.json?.cursor } });
	const events = await pages('read_events', '/v1/events?limit=9', 'events');
	tally.equal(events.map((event) => event.id), events.map((event) => event.id).sort(), 'the feed is in order');
	const { policies } = (await call('read_version', 200, '/version')).json;
	tally.check(events.every(({ policy }) => policies.some((one) => one.id === policy.id && one.version === policy.version && one.digest === policy.digest)), 'each event names a policy that /version shows');
	await call('read_events', 200, '/v1/events?after=evt_000000009999');
	await call('read_events', 400, '/v1/events?limit=many');
}

/* What has ended above is found among the decisions, as JSON and as CSV; and what was answered earlier. */
async function decided({ last, path }) {
	const listed = await pages('list_decisions', '/v1/decisions?limit=1', 'decisions');
	tally.check(listed.length > 1 && listed.every((line) => line.superseded_by === null), 'decisions of several pages');
	const mine = listed.find((line) => line.request === last.json.id);
	tally.equal([mine?.id, mine?.disposition, mine?.reason], [last.json.decision?.id, 'returned', 'tpl_primary'], 'the return among the decisions');
	const one = await call('read_decision', 200, `/v1/decisions/${mine?.id}`);
	tally.equal([one.json?.answer, one.json?.request], [last.json, last.json.id], 'a decision with the answer as it stood');
	await call('read_decision', 404, `/v1/decisions/${mine?.id}`, { as: 'other_provider' });
	await call('read_decision', 400, `/v1/decisions/${mine?.id}?full=1`);
	const csv = await call('list_decisions', 200, '/v1/decisions?disposition=returned', { headers: { Accept: 'text/csv' } });
	const rows = csv.text.split('\r\n');
	tally.check(rows[0].startsWith('"id","request",') && rows.some((row) => row.includes(mine?.id)) && rows.at(-1) === '', 'decisions as CSV');
	const paged = await call('list_decisions', 200, '/v1/decisions?limit=1', { headers: { Accept: 'text/csv' } });
	tally.check(paged.headers.link?.endsWith('; rel="next"'), 'the next page of the CSV');
	for (const query of ['outcome=maybe', 'disposition=lost', 'late=perhaps', 'superseded=yes', 'payer=nobody', 'service=NONE', 'review=none', 'decided_from=today', 'cursor=x', 'limit=0', 'colour=red']) {
		await call('list_decisions', 400, `/v1/decisions?${query}`);
	}
	await call('list_decisions', 200, '/v1/decisions?outcome=denied&late=false&superseded=include&decided_from=2026-01-01T00:00:00Z&decided_to=2027-01-01T00:00:00Z');
	const before = await call('read_request', 200, `${path}?as_of=${encodeURIComponent(last.json.received_at)}`);
	tally.equal(before.headers.etag, `"v${before.json?.version}"`, 'the answer as it stood at receipt');
	await call('read_request', 404, `${path}?as_of=2020-01-01T00:00:00Z`);
	await call('read_request', 400, `${path}?as_of=yesterday`);
	await call('list_requests', 200, '/v1/requests?task=confirm_return', { as: 'intake' });
	await call('list_requests', 400, '/v1/requests?task=dance');
}

/* ---- running care, by a policy of the tests ---- */

async function care() {
	const served = await start(binary, ['--sandbox', '--seed', '3', '--clock', '2026-03-02T10:00:00-05:00', '--policies', 'tests/policies']);
	const ask = async (id, status, path, options = {}) => {
		const operation = judge.operations.get(id);
		const role = options.as ?? operation['x-roles'][0];
		const answer = await served.call(operation.method, path, { ...options, as: role });
		tally.equal(answer.status, status, `${operation.name} (${path}, as ${role}): ${answer.text.slice(0, 200)}`);
		return judge.hold(id, answer);
	};
	const base = JSON.parse(readFileSync('tests/policies/care-sketch/1/cases/bases/care.json', 'utf8'));
	const happened = [{ kind: 'referral', on: '2026-02-20' }, { kind: 'asked', at: '2026-03-02T09:59:00-05:00', number: 'a' }, { kind: 'detained', on: '2026-03-01', place: 'shelter' }];
	const begun = await ask('begin_service_record', 201, '/v1/service-records', { body: { ...base, facts: { occurrences: happened } }, as: 'intake', key: 'begun' });
	await ask('begin_service_record', 201, '/v1/service-records', { body: { ...base, facts: { occurrences: happened } }, as: 'intake', key: 'begun' });
	await ask('begin_service_record', 400, '/v1/service-records', { body: base, key: null });
	await ask('begin_service_record', 201, '/v1/service-records', { body: base });
	const path = `/v1/service-records/${begun.json?.id}`;
	const etag = begun.headers.etag;
	const occurrences = [{ kind: 'outreach', on: '2026-03-01' }, { kind: 'session', on: '2026-03-02' }];
	await ask('record_occurrences', 428, `${path}/occurrences`, { body: { occurrences }, as: 'intake' });
	const occurred = await ask('record_occurrences', 200, `${path}/occurrences`, { body: { occurrences }, as: 'intake', etag });
	await ask('record_occurrences', 412, `${path}/occurrences`, { body: { occurrences }, as: 'intake', etag });
	await ask('record_occurrences', 422, `${path}/occurrences`, { body: { occurrences: [{ kind: 'walked' }] }, as: 'intake', etag: occurred.headers.etag });
	const waiver = { obligation: 'walk.weekly', number: 1, reason: 'The hub is closed.' };
	const waived = await ask('waive_obligation', 200, `${path}/waivers`, { body: waiver, etag: occurred.headers.etag });
	await ask('waive_obligation', 409, `${path}/waivers`, { body: waiver, etag: waived.headers.etag });
	await ask('waive_obligation', 422, `${path}/waivers`, { body: {}, etag: waived.headers.etag });
	const read = await ask('read_service_record', 200, path, { as: 'reviewer' });
	tally.equal(read.text, waived.text, 'what is read is what was answered');
	await ask('read_service_record', 304, path, { as: 'reviewer', headers: { 'If-None-Match': waived.headers.etag } });
	await ask('read_service_record', 200, `${path}?as_of=2027-01-01T00:00:00Z`, { as: 'reviewer' });
	await ask('read_service_record', 404, path, { as: 'other_provider' });
	await ask('read_record_obligations', 200, `${path}/obligations`, { as: 'auditor' });
	await ask('read_record_timeline', 200, `${path}/timeline?limit=2`, { as: 'auditor' });
	for (const query of ['', 'state=open&service=WALK&payer=care-sketch&limit=1', 'provider_npi=1234567893']) {
		await ask('list_service_records', 200, `/v1/service-records?${query}`, { as: 'reviewer' });
	}
	for (const query of ['', 'due_before=2027-01-01T00:00:00Z&limit=1', 'state=waived&payer=care-sketch']) {
		await ask('list_obligations', 200, `/v1/obligations?${query}`, { as: 'reviewer' });
	}
	await ask('list_service_records', 400, '/v1/service-records?state=lost');
	await ask('list_obligations', 400, '/v1/obligations?state=lost');
	const provider = '/v1/providers/1234567893/attestations';
	const body = { payer: 'care-sketch', service: 'WALK', on: '2026-02-01', attested_by: 'Lee' };
	const attested = await ask('put_attestation', 200, `${provider}/walk.training`, { body });
	await ask('put_attestation', 200, `${provider}/walk.training`, { body });
	await ask('put_attestation', 404, `${provider}/walk.none`, { body });
	await ask('put_attestation', 422, `${provider}/walk.training`, { body: { ...body, on: '2027-01-01' } });
	await ask('put_attestation', 412, `${provider}/walk.policies`, { body, etag: '"v9"' });
	const standing = await ask('list_attestations', 200, `${provider}?payer=care-sketch&service=WALK`);
	tally.equal(standing.json?.attestations, attested.json?.attestations, 'what was put is read');
	await ask('list_attestations', 400, `${provider}?payer=care-sketch`);
	const feed = await ask('read_events', 200, '/v1/events', { as: 'auditor' });
	tally.equal(feed.json?.events.find((event) => event.action === 'attested')?.provider_npi, provider.split('/')[3], 'what is attested says whose it is');
	await served.stop();
}

/* ---- policies and operation ---- */

async function policies() {
	const path = '/v1/requirements?payer=trillium&service=PRTS&review=initial';
	await call('read_requirements', 200, path);
	await call('read_requirements', 200, `${path}&as_of=2026-11-20`);
	const page = await call('read_requirements', 200, path, { headers: { Accept: 'text/html' } });
	tally.check(page.text.startsWith('<!doctype html>'), 'the checklist as a page');
	await call('read_requirements', 400, '/v1/requirements');
	await call('read_requirements', 400, `${path}&as_of=2026-02-30`);
	await call('read_requirements', 404, '/v1/requirements?payer=trillium&service=NONE');
	const { json } = await call('list_policies', 200, '/v1/policies');
	for (const policy of json?.policies ?? []) {
		const version = await call('read_policy_version', 200, policy.href);
		tally.equal([version.json?.coverage.forgotten, version.json?.coverage.both], [0, 0], `${policy.id}: every clause is accounted for once`);
	}
}

async function operation() {
	await call('read_health', 200, '/healthz');
	await call('read_readiness', 200, '/readyz');
	await call('read_version', 200, '/version');
	const figures = await call('read_metrics', 200, '/metrics');
	tally.check(/^authreview_events_last [1-9]/m.test(figures.text), 'the figures count events');
	const document = await call('read_contract', 200, '/openapi.yaml');
	tally.check(document.text === contract, 'the document that is served is the one that is tested');
	for (const file of new Set([...contract.matchAll(/\$ref: schema\/([a-z_]+\.json)/g)].map((match) => match[1]))) {
		const schema = await call('read_schema', 200, `/schema/${file}`);
		tally.check(schema.text === readFileSync(`schema/${file}`, 'utf8'), `${file} is served as it is`);
	}
	for (const problem of judge.problems) {
		const page = await call('explain_problem', 200, problem);
		tally.check(page.json?.type === problem && page.json?.help.length > 0, `${problem} is explained`);
	}
}

async function clock() {
	const before = await call('move_clock', 200, '/v1/sandbox/clock', { body: { set: '2026-11-23T09:00:00-08:00' } });
	const after = await call('move_clock', 200, '/v1/sandbox/clock', { body: { advance: '90m' } });
	tally.equal(Date.parse(after.json?.now) - Date.parse(before.json?.now), 90 * 60000, 'ninety minutes on');
	for (const body of [{}, { advance: '3d', set: '2027-01-01T00:00:00Z' }, { advance: 'soon' }, { set: '2020-01-01T00:00:00Z' }]) {
		await call('move_clock', 422, '/v1/sandbox/clock', { body });
	}
	const real = await serve(binary, database(binary, 'contract'));
	const answer = await real.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance: '3d' } });
	tally.equal(judge.hold('move_clock', answer).status, 404, 'only the sandbox has a clock that moves');
	await real.stop();
}

/* Last: once an address has failed too often, whoever has no good token hears 429. */
async function throttle() {
	for (const one of operations.filter(({ open }) => !open)) {
		let answer = { status: 401 };
		for (let tries = 0; answer.status === 401 && tries < THROTTLED; tries++) {
			answer = judge.hold(one.operationId, await daemon.call(one.method, address(one), { token: 'ar_unknown', key: null }));
		}
		tally.equal(answer.status, 429, `${one.name}: too many bad tokens`);
	}
}

for (const one of operations) {
	await refusals(one);
	if (one.requestBody) {
		await bodyRefusals(one);
	}
}
for (const path of Object.keys(document.paths)) {
	await methods(path, operations.filter((one) => one.path === path));
}
const index = await call('list_samples', 200, '/v1/samples');
const files = readdirSync('samples').filter((name) => name !== 'index.json');
tally.equal(index.json.map(({ name }) => `${name}.json`).sort(), files.sort(), 'every sample is listed');
let sent = null;
for (const each of index.json) {
	await call('read_sample', 200, `/v1/samples/${each.name}`);
	if (sample(each.name).review === 'care') {
		await beginCare(each);
	} else {
		sent = await submit(each);
	}
}
await submitAgain();
await inform();
const returned = await returnPath();
await replace(returned);
await decided(returned);
await planSteps();
await reviews();
await determinations();
await placements();
await appeals();
await lists(sent);
await care();
await policies();
await clock();
await throttle();
await operation();
judge.sum();
await patient.stop();
const { code } = await daemon.stop();
tally.check(code === 0 && !daemon.err.includes('runtime error'), `the daemon ended with ${code}: ${daemon.err.slice(0, 2000)}`);
tally.end();
