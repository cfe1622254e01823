// SPDX-License-Identifier: Apache-2.0
// Personal data goes where it is asked for and nowhere else: a canary of its own in every field of the request that people write into (the
// fields are read from the schema, with the facts of the policy), then every log line, metric, address and error text is searched for them.
// The control: the record holds every one, and an authorized reader gets them back.
import { readFileSync, writeFileSync } from 'node:fs';
import { applyEdits } from '../lib/cases.mjs';
import { Tally } from '../lib/daemon.mjs';
import { declared, fill } from '../lib/fields.mjs';
import { database, sample, serve } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const records = database(binary, 'canaries');
records.tokens.reviewer = records.create('--role', 'reviewer', '--payer', 'trillium', '--credential', 'lcsw');
records.tokens.physician = records.create('--role', 'physician', '--payer', 'trillium', '--credential', 'psychiatrist');
records.tokens.appeals = records.create('--role', 'appeals', '--payer', 'trillium', '--credential', 'psychologist_doctoral');
const config = `${records.directory}/config.json`;
writeFileSync(config, JSON.stringify({ log_level: 'debug' }), { mode: 0o600 });
const daemon = await serve(binary, records, ['--config', config]);
const facts = declared('policies/trillium-isa/2019-03-06');
const ROUNDS = 6;

// Left as they are, with the reason.
const left = {
	'/documents/*/kind': 'a word of the policy, which explanations repeat',
	'/continues': 'the id of a request; another text is refused, see below',
	'/replaces': 'the id of a request; another text is refused, see below',
	'/items/*': 'an item of the policy',
	'/reason': 'a word',
	'/questions/*/criterion': 'an item of the policy',
	'/findings/*/criterion': 'an item of the policy',
	'/evidence/*/document': 'the id of a document of the request',
	'/findings/*/evidence/*/document': 'the id of a document of the request',
	'/evidence/*/section': 'a section of the policy',
	'/findings/*/evidence/*/section': 'a section of the policy',
	'/shows/*': 'a word of the policy',
	'/answers/*/question': 'a question of the request',
	'/answers/*/document': 'the id of a document of the request',
	'/document': 'the id of a document of the request',
};
// Fields that the walk must find; without them the walk itself is broken.
const known = ['/submitter_reference', '/prior_authorization/number', '/submitted_by/name', '/member/id', '/member/first_name', '/member/last_name',
	'/member/county', '/member/coverage/*/plan', '/member/other_insurance/*/carrier', '/requesting_provider/name', '/servicing_provider/accreditations/*',
	'/admission/facility', '/admission/setting_before', '/diagnoses/*/dsm', '/lines/*/place', '/documents/*/author/name', '/documents/*/sections/*/text',
	'/documents/*/sections/*/value', '/documents/*/participants/*/reason', '/documents/*/signatures/*/name', '/documents/*/source/location',
	'/facts/con_care_coordinator', '/facts/con_cft_members/*/name', '/retrospective/catastrophe/kind'];

const canaries = [];
const kept = []; // those of recorded bodies
const paths = new Set();
const canary = () => {
	const value = `Canary${String(canaries.length).padStart(5, '0')}Zz`;
	canaries.push(value);
	return value;
};

function body() {
	return fill(sample('pdts-complete'), facts, (path) => {
		if (path in left) return undefined;
		paths.add(path);
		return canary();
	});
}

const answers = [];
const ids = [];
for (let round = 0; round < ROUNDS; round++) {
	const first = canaries.length;
	const b = body();
	kept.push(...canaries.slice(first).filter((value) => value !== b.member.first_name)); // which is replaced below
	const made = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: b });
	tally.equal(made.status, 201, `recorded (${made.text.slice(0, 600)})`);
	ids.push(made.json.id);
	const name = canary();
	kept.push(name);
	const again = await daemon.call('POST', `/v1/requests/${made.json.id}/information`, {
		as: 'clinic-a', etag: made.headers.etag, body: { member: { first_name: name } },
	});
	tally.equal(again.status, 200, `supplied (${again.text.slice(0, 300)})`);
	const found = await daemon.call('POST', '/v1/requests/search', { as: 'clinic-a', body: { member: { id: b.member.id } } });
	tally.equal(found.json.requests.length, 1, 'searched by member');
	// Errors with the same personal data in them: wrong types, unknown members and words, broken text.
	const broken = structuredClone(b);
	broken.member.birth_date = canary();
	broken.member.nickname = canary(); // the names of unknown members are told; what they hold is not
	broken.urgency = canary();
	broken.continues = canary();
	broken.replaces = canary();
	broken.servicing_provider.npi = 5;
	broken.documents[0].type = canary();
	broken.documents[0].completed_on = canary();
	broken.facts.con_cft_members[0].role = canary();
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: broken }));
	answers.push(await daemon.call('POST', '/v1/checks', { as: 'clinic-a', body: broken }));
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: { ...b, replaces: canary() } }));
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: `{"member": {"first_name": "${canary()}"` }));
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', key: `key ${canary()}`, body: b }));
	answers.push(await daemon.call('POST', `/v1/requests/${made.json.id}/information`, { as: 'clinic-a', etag: '"v99"', body: { member: { last_name: canary() } } }));
	answers.push(await daemon.call('POST', '/v1/requests/search', { as: 'clinic-a', body: { member: { name: canary() } } }));
	answers.push(await daemon.call('GET', `/v1/requests/${canary()}`, { as: 'clinic-a' }));
	answers.push(await daemon.call('GET', `/v1/requests?member=${canary()}`, { as: 'clinic-a' }));
	answers.push(await daemon.call('GET', `/v1/requests?payer=${canary()}&service=${canary()}`, { as: 'nobody' }));
}
// What staff and submitters write later: a sample that it can be done to, by whom, and what it takes besides.
const day = (count) => new Date(Date.now() + count * 86400000).toISOString().slice(0, 10);
const complete = applyEdits(sample('pdts-complete'), [], {
	'/service_period': { start: day(7), end: day(36) }, '/documents/0/completed_on': day(-10), '/documents/1/completed_on': day(-10), '/documents/2/completed_on': day(-10),
});
const necessity = 'trillium.um.determine-necessity';
/* What must come first, on the request as it was answered. */
async function go(last, method, path, as, body) {
	const answer = await daemon.call(method, `/v1/requests/${last.json.id}/${path}`, { as, etag: last.headers.etag, body });
	tally.equal(answer.status, 200, `${path} (${answer.text.slice(0, 300)})`);
	return answer;
}
const giveBack = (last) => go(last, 'POST', 'return', 'intake', { decision: 'return', reason: 'tpl_primary' });
const deny = async (last) => go(await go(last, 'PUT', `findings/${necessity}`, 'physician', { answer: 'not_met', note: 'Seen.' }), 'POST', 'determination', 'physician',
	{ outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], rationale: 'As seen.', alternative: 'Outpatient therapy.', documents_reviewed: ['d1'] });
const acts = {
	notices: ['notice.json', 'pdts-other-insurance', 'intake', { to: 'submitter', channel: 'fax' }, giveBack],
	closure: ['closure.json', 'icts-initial', 'intake', {}],
	appeals: ['appeal.json', complete, 'clinic-a', { kind: 'expedited', from: 'practitioner' }, deny],
	'outreach-attempts': ['outreach.json', 'pdts-missing-dates', 'intake', { channel: 'phone', outcome: 'spoke', items: ['trillium.rts.service-dates'] }],
	'information-requests': ['information_request.json', 'prts-complete', 'reviewer', { items: ['trillium.prts.con-packet.evaluation'], questions: [{ criterion: necessity }] }],
	information: ['information.json', 'pdts-complete', 'clinic-a', { answers: [{ question: 'q1' }] },
		(last) => go(last, 'POST', 'information-requests', 'physician', { questions: [{ criterion: necessity, text: 'Since when?' }] })],
	'certificate-of-need': ['certificate_of_need.json', 'prts-complete', 'intake', { outcome: 'closed_without_certification', completed_at: '2026-01-02T09:00:00-08:00', shows: ['signed'] },
		(last) => go(last, 'POST', 'certificate-of-need', 'intake', { outcome: 'closed_without_certification', completed_at: '2026-01-02T09:00:00-08:00', note: 'Not supplied.' })],
	[`findings/${necessity}`]: ['finding.json', 'pdts-complete', 'physician', { answer: 'cannot_tell', evidence: [{ document: 'd1' }] }],
	findings: ['findings.json', 'pdts-complete', 'physician', { findings: [{ criterion: necessity, answer: 'cannot_tell', evidence: [{ document: 'd1' }] }] }],
	'plan-facts': ['plan_facts.json', 'pdts-complete', 'intake', { line_of_business: 'medicaid', coverage: [{ from: '2025-01-01' }] }],
	return: ['return.json', 'pdts-other-insurance', 'intake', { decision: 'set_aside', reason: 'tpl_primary' }],
	withdrawal: ['withdrawal.json', 'pdts-complete', 'clinic-a', { reason: 'other' }],
};
for (const [name, [file, base, as, given, before]] of Object.entries(acts)) {
	const sent = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: typeof base === 'string' ? sample(base) : base });
	const made = before ? await before(sent) : sent;
	const path = `/v1/requests/${made.json.id}/${name}`;
	const method = name.startsWith('findings') ? 'PUT' : 'POST';
	const first = canaries.length;
	const b = fill(given, facts, (field) => (field in left && !(name === 'appeals' && field === '/reason') ? undefined : canary()), file);
	tally.check(canaries.length > first, `${name}: people write something`);
	kept.push(...canaries.slice(first));
	answers.push(await daemon.call(method, path, { as, etag: made.headers.etag, body: { ...b, nickname: canary(), note: { text: canary() } } }));
	answers.push(await daemon.call(method, path, { as, etag: '"v99"', body: b }));
	const done = await daemon.call(method, path, { as, etag: made.headers.etag, body: b });
	tally.check(done.status === 200 || done.status === 201, `${name} (${done.status}: ${done.text.slice(0, 300)})`);
	answers.push(await daemon.call(method, path, { as, etag: made.headers.etag, body: b }));
	ids.push(made.json.id);
	if (name === 'appeals') {
		const first = canaries.length;
		const decide = (sent) => daemon.call('POST', `${done.headers.location}/determination`, { as: 'appeals', etag: done.headers.etag, body: { outcome: 'upheld', ...sent } });
		answers.push(await decide({ rationale: canary(), alternative: canary() }));
		answers.push(await decide({ rationale: canary(), late_note: canary() }));
		const rationale = canary();
		tally.equal((await decide({ rationale })).status, 200, 'an appeal is decided');
		tally.check(canaries.length === first + 5, 'the reasons of a decision');
		kept.push(rationale);
	}
}
tally.check(canaries.length >= 200, `${canaries.length} canaries`);
for (const path of known) tally.check(paths.has(path), `the walk of the schema finds ${path}`);
for (const answer of answers) tally.check(answer.status >= 400 && answer.status < 500, `an error (${answer.status})`);

const read = async (path, as) => {
	const answer = await daemon.call('GET', path, { as });
	tally.equal(answer.status, 200, `${path} is read`);
	return answer;
};
const search = (text, where, among = canaries) => tally.equal(among.filter((value) => text.includes(value)), [], `no canary in ${where}`);
answers.forEach((answer) => search(answer.text + JSON.stringify(answer.headers), 'an error'));
search((await read('/readyz')).text, 'readiness');
for (const role of ['auditor', 'admin']) {
	const metrics = await read('/metrics', role);
	tally.check(/^\w+({.*})? [1-9]/m.test(metrics.text), 'the metrics have counted something');
	search(metrics.text + JSON.stringify(metrics.headers), `the metrics, as ${role}`);
}
for (const id of ids) search((await read(`/v1/requests/${id}/timeline`, 'clinic-a')).text, 'the timeline');
search((await read('/v1/events?limit=200', 'clinic-a')).text, 'the event feed');
// The worklist shows the sender's own reference, in its rows and nowhere else.
const list = await read('/v1/requests?limit=2', 'clinic-a');
tally.equal(list.json.requests.length, 2, 'a page of the worklist');
const bare = { ...list.json, requests: list.json.requests.map((row) => ({ ...row, submitter_reference: null })) };
search(JSON.stringify(bare) + JSON.stringify(list.headers), 'the worklist and its addresses');
search(readFileSync(`/proc/${daemon.pid}/cmdline`, 'latin1'), 'the command line');
// The control: an authorized reader gets what is shown of them, and the record holds them all.
tally.check(list.json.requests.some((row) => canaries.includes(row.submitter_reference)), 'the control: the reference comes back');
const seen = [];
for (const id of ids) {
	for (const path of [`/v1/requests/${id}`, `/v1/requests/${id}/submission`]) seen.push((await read(path, 'clinic-a')).text);
}
await daemon.stop();
search(daemon.err, 'the log');
search(daemon.out, 'standard output');
tally.check(daemon.err.split('\n').length > ids.length * 5, `the log was written at debug level (${daemon.err.split('\n').length} lines)`);
// In the file a value may lie across two pages: what the file does not show in one piece, an authorized reader must have seen.
const record = readFileSync(records.db, 'latin1') + seen.join('\n');
tally.equal(kept.filter((value) => !record.includes(value)), [], 'the control: the record holds them');
console.log(`${canaries.length} canaries in ${paths.size} fields`);
tally.end();
