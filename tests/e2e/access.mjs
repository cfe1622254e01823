// SPDX-License-Identifier: Apache-2.0
// Role x route x ownership, cell by cell. The table of the program (authreviewd routes) is compared with the one written here by hand.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { database, sample, serve } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();

// Who may do what, written apart from the code: P provider, I intake, R reviewer, H physician, C con_reviewer, A appeals,
// U auditor, Y policy_author, D admin; * everybody with a token; - without one.
const wanted = {
	'GET /healthz': '-', 'GET /readyz': '-', 'GET /version': '-', 'GET /openapi.yaml': '-', 'GET /schema/{file}': '-',
	'GET /problems/{code}': '-', 'GET /metrics': 'UD',
	'POST /v1/requests': 'PI', 'POST /v1/checks': 'PIRHCAY', 'POST /v1/requests/{id}/information': 'PI',
	'POST /v1/requests/{id}/outreach-attempts': 'IR', 'POST /v1/requests/{id}/return': 'I', 'POST /v1/requests/{id}/withdrawal': 'PI',
	'POST /v1/requests/{id}/plan-facts': 'I', 'POST /v1/requests/{id}/information-requests': 'RH',
	'GET /v1/requests/{id}/submission': 'PIRHCAU', 'GET /v1/decisions': 'PIRHCAU', 'GET /v1/decisions/{id}': 'PIRHCAU',
	'GET /v1/requests': 'PIRHCAU', 'POST /v1/requests/search': 'PIRHCAU', 'GET /v1/requests/{id}': 'PIRHCAU',
	'GET /v1/requests/{id}/timeline': 'PIRHCAU', 'GET /v1/requests/{id}/episode': 'PIRHCAU', 'GET /v1/events': 'PIRHCAU',
	'POST /v1/requests/{id}/certificate-of-need': 'IC', 'PUT /v1/requests/{id}/findings': 'RH', 'PUT /v1/requests/{id}/findings/{criterion}': 'RH',
	'GET /v1/requests/{id}/determination': 'IRHCAU', 'POST /v1/requests/{id}/determination': 'RH',
	'POST /v1/requests/{id}/notices': 'IRHA', 'POST /v1/requests/{id}/closure': 'I', 'POST /v1/requests/{id}/appeals': 'PIA',
	'POST /v1/requests/{id}/placement': 'IR',
	'GET /v1/appeals/{id}': 'PIRHCAU', 'POST /v1/appeals/{id}/determination': 'RHA',
	'POST /v1/service-records': 'PI', 'GET /v1/service-records': 'PIRHCAU', 'GET /v1/service-records/{id}': 'PIRHCAU',
	'GET /v1/service-records/{id}/timeline': 'PIRHCAU', 'GET /v1/service-records/{id}/obligations': 'PIRHCAU',
	'POST /v1/service-records/{id}/occurrences': 'PIR', 'POST /v1/service-records/{id}/waivers': 'IR', 'GET /v1/obligations': 'PIRHCAU',
	'PUT /v1/providers/{npi}/attestations/{id}': 'PIR', 'GET /v1/providers/{npi}/attestations': 'PIRHCAU',
	'GET /v1/requirements': '*', 'GET /v1/policies': '*', 'GET /v1/policies/{id}/versions/{version}': '*',
	'GET /v1/samples': '*', 'GET /v1/samples/{name}': '*', 'POST /v1/sandbox/clock': '*',
};
const letters = {
	provider: 'P', intake: 'I', reviewer: 'R', physician: 'H', con_reviewer: 'C', appeals: 'A', auditor: 'U', policy_author: 'Y', admin: 'D',
};

const table = execFileSync(binary, ['routes']).toString().trim().split('\n').map((line) => line.split(' '));
tally.equal(table.map(([method, path]) => `${method} ${path}`).sort(), Object.keys(wanted).sort(), 'every route stands in this table, and no other');

// This test fails to authenticate on purpose, more often than an address may.
const config = `${scratch('access')}/config.json`;
writeFileSync(config, JSON.stringify({ limits: { auth_failures_per_minute: 0 } }), { mode: 0o600 });
const daemon = await start(binary, ['--sandbox', '--seed', '11', '--policies', 'policies', '--config', config]);
const mine = await daemon.call('POST', '/v1/requests', { as: 'provider', body: sample('pdts-complete') });
tally.equal(mine.status, 201, 'a request of the provider');
const id = mine.json.id;

const ended = await daemon.call('POST', '/v1/requests', { as: 'provider', body: sample('pdts-complete') });
const withdrawn = await daemon.call('POST', `/v1/requests/${ended.json.id}/withdrawal`, { as: 'provider', body: { reason: 'not_needed' }, etag: ended.headers.etag });

const necessity = 'trillium.um.determine-necessity';
const denial = {
	outcome: 'denied', basis: 'criterion_not_met', criteria: [necessity], rationale: 'Outpatient therapy meets the need.', alternative: 'Outpatient therapy.',
	documents_reviewed: ['d1'],
};
const running = await daemon.call('POST', '/v1/service-records', { as: 'provider', body: sample('tm-care') });
tally.equal(running.status, 201, `a service record of the provider: ${running.text.slice(0, 300)}`);
const npi = sample('tm-care').servicing_provider.npi;
const appealed = await appeal(await daemon.call('POST', '/v1/requests', { as: 'provider', body: sample('pdts-complete') }));

function concrete(path) {
	return path.replace('/v1/service-records/{id}', `/v1/service-records/${running.json.id}`).replace('{npi}/attestations/{id}', `${npi}/attestations/tufts.ps.staff.training`).replace('{npi}', npi).replace('/v1/appeals/{id}', `/v1/appeals/${appealed.json.id}`).replace('/v1/decisions/{id}', `/v1/decisions/${withdrawn.json.decision.id}`).replace('/v1/requests/{id}', `/v1/requests/${id}`).replace('{file}', 'request.json').replace('{code}', 'stale')
		.replace('/v1/policies/{id}/versions/{version}', '/v1/policies/trillium-isa/versions/2019-03-06').replace('{name}', 'pdts-complete');
}

// What is done to a request: a sample to which it can be done once, and the body that does it.
const steps = {
	'/appeals/{id}/determination': ['pdts-complete', { outcome: 'upheld', rationale: 'The record shows no need for it.' }],
	'/determination': ['pdts-complete', denial],
	'/appeals': ['pdts-complete', { kind: 'expedited', from: 'practitioner' }],
	'/notices': ['pdts-complete', { to: 'practitioner', channel: 'phone' }],
	'/placement': ['rtf-complete', { provider: { name: 'Example Residential Center', npi: '2999000039' }, from: '2026-12-07', to: '2026-12-20' }],
	'/closure': ['icts-initial', { note: 'Answered by letter.' }],
	'/certificate-of-need': ['prts-complete', { outcome: 'closed_without_certification', completed_at: '2026-11-20T12:00:00-08:00', note: 'Not supplied.' }],
	'/findings': ['pdts-complete', { findings: [{ criterion: 'trillium.um.dx-supported', answer: 'cannot_tell' }] }],
	'/findings/{criterion}': ['pdts-complete', { answer: 'cannot_tell' }],
	'/information': ['pdts-complete', { facts: {} }],
	'/outreach-attempts': ['pdts-missing-dates', { channel: 'phone', items: ['trillium.rts.service-dates'], outcome: 'no_answer' }],
	'/return': ['pdts-other-insurance', { decision: 'return', reason: 'tpl_primary' }],
	'/withdrawal': ['pdts-complete', { reason: 'not_needed' }],
	'/plan-facts': ['pdts-complete', { source: 'enrollment system', line_of_business: 'medicaid' }],
	'/information-requests': ['prts-complete', { items: ['trillium.prts.con-packet.evaluation'] }],
};
// What comes first: on the request as it was answered, by those who will not be those of the cell; the answer names what is changed then.
const first = { '/appeals/{id}/determination': appeal, '/determination': refuse, '/appeals': deny, '/notices': deny, '/placement': place };
const firstOf = (path) => first[Object.keys(first).find((end) => path.endsWith(end))] ?? ((last) => last);
async function step(last, method, path, as, body) {
	const answer = await daemon.call(method, `/v1/requests/${last.json.id}${path}`, { as, body, etag: last.headers.etag });
	tally.check(answer.status === 200 || answer.status === 201, `${path} as ${as}: ${answer.text.slice(0, 300)}`);
	return answer;
}
async function refuse(last, role) {
	return step(last, 'PUT', `/findings/${necessity}`, role === 'physician' ? 'reviewer' : 'physician', { answer: 'not_met', note: 'More than is needed.' });
}
async function deny(last, role) {
	return step(await refuse(last, role), 'POST', '/determination', role === 'physician' ? 'reviewer' : 'physician', denial);
}
// The sandbox's physician has a credential that approves at this payer.
async function place(last) {
	const found = await step(last, 'PUT', '/findings/performcare.ooh.medical-necessity', 'physician', { answer: 'met', note: 'Seen.' });
	return step(found, 'POST', '/determination', 'physician', { outcome: 'approved', rationale: 'Care at home does not suffice.', uninvolved: true });
}
async function appeal(last, role) {
	return step(await deny(last, role), 'POST', '/appeals', 'provider', { kind: 'expedited', from: 'practitioner' });
}
const stepOf = (path) => steps[Object.keys(steps).find((end) => path.endsWith(end))];

function bodyFor(path) {
	if (stepOf(path)) return stepOf(path)[1];
	if (path === '/v1/service-records') return sample('tm-care');
	if (path.endsWith('/occurrences')) return { occurrences: [{ kind: 'outreach', on: '2026-11-06' }] };
	if (path.endsWith('/waivers')) return { obligation: 'tufts.ps.iap.initial-30d', number: 1, reason: 'The family is away.' };
	if (path.endsWith('/attestations/{id}')) return { payer: 'tufts', service: 'TM', on: '2026-11-02', attested_by: 'The director' };
	if (path === '/v1/requests' || path === '/v1/checks') return sample('prts-complete');
	if (path.endsWith('/search')) return { member: { id: 'NOBODY' } };
	if (path.endsWith('/clock')) return { advance: '1m' };
	throw new Error(`${path}: no body`);
}

for (const [key, allowed] of Object.entries(wanted)) {
	const [method, path] = key.split(' ');
	const target = path.endsWith('/attestations') ? `${concrete(path)}?payer=tufts&service=TM` : path === '/v1/requirements' ? `${path}?payer=trillium&service=PRTS` : concrete(path);
	const call = async (token, role) => {
		const body = method !== 'GET' ? bodyFor(path) : undefined;
		if (path.includes('service-records/{id}') && method === 'POST') {
			const begun = await daemon.call('POST', '/v1/service-records', { as: 'provider', body: sample('tm-care') });
			return daemon.call(method, path.replace('{id}', begun.json.id), { token, body, etag: begun.headers.etag });
		}
		if (!stepOf(path)) return daemon.call(method, target, { token, body });
		const sent = await daemon.call('POST', '/v1/requests', { as: 'provider', body: sample(stepOf(path)[0]) });
		const fresh = await firstOf(path)(sent, role);
		return daemon.call(method, path.replace('{id}', fresh.json.id).replace('{criterion}', 'trillium.um.dx-supported'), { token, body, etag: fresh.headers.etag });
	};
	const anonymous = await call(undefined);
	if (allowed === '-') tally.equal(anonymous.status, 200, `${key}: without a token`);
	else tally.equal([anonymous.status, anonymous.headers['www-authenticate'] !== undefined], [401, true], `${key}: without a token`);
	const forged = await call('ar_provider_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_00000000');
	if (allowed !== '-') tally.equal(forged.status, 401, `${key}: with a token that is none`);
	for (const [role, letter] of Object.entries(letters)) {
		const answer = await call(daemon.tokens[role], role);
		const may = allowed === '-' || allowed === '*' || allowed.includes(letter);
		if (may) tally.check(answer.status === 200 || answer.status === 201, `${key} as ${role}: ${answer.status}, may`);
		else tally.equal(answer.status, 403, `${key} as ${role}: may not`);
	}
}

// Ownership: the other organization sees 404 everywhere, exactly as for what does not exist.
const absent = 'req_00000000000000000000000000';
for (const key of Object.keys(wanted).filter((one) => one.includes('/v1/requests/{id}') && wanted[one].includes('P'))) {
	const [method, path] = key.split(' ');
	const body = method !== 'GET' ? bodyFor(path) : undefined;
	const theirs = await daemon.call(method, path.replace('{id}', id), { as: 'other_provider', body, etag: '"v1"' });
	const nothing = await daemon.call(method, path.replace('{id}', absent), { as: 'other_provider', body, etag: '"v1"' });
	const bare = (a) => [a.status, { ...a.json, request_id: null, instance: null }, Object.keys(a.headers).sort()];
	tally.equal(bare(theirs), bare(nothing), `${method} ${path}: not yours looks like not there`);
	tally.equal(theirs.status, 404, `${method} ${path}: 404`);
}
for (const key of Object.keys(wanted).filter((one) => one.includes('/v1/service-records/{id}') && wanted[one].includes('P'))) {
	const [method, path] = key.split(' ');
	const ask = (one) => daemon.call(method, path.replace('{id}', one), { as: 'other_provider', body: method !== 'GET' ? bodyFor(path) : undefined, etag: '"v1"' });
	const bare = (a) => [a.status, { ...a.json, request_id: null, instance: null }, Object.keys(a.headers).sort()];
	const theirs = await ask(running.json.id);
	tally.equal(bare(theirs), bare(await ask('svc_00000000000000000000000000')), `${method} ${path}: not yours looks like not there`);
	tally.equal(theirs.status, 404, `${method} ${path}: 404`);
}
for (const path of ['/v1/service-records', '/v1/obligations?state=open']) {
	const rows = async (as) => { const { json } = await daemon.call('GET', path, { as }); return (json.service_records ?? json.obligations).length; };
	tally.check(await rows('other_provider') === 0 && await rows('provider') > 0 && await rows('auditor') > 0, `${path}: ours and our payers' alone`);
}
for (const path of ['/v1/requests?status=any', `/v1/requests?tracking_number=${mine.json.tracking_number}`, '/v1/events']) {
	const theirs = await daemon.call('GET', path, { as: 'other_provider' });
	tally.equal((theirs.json.requests ?? theirs.json.events).length, 0, `${path}: the other organization's list is empty`);
	const ours = await daemon.call('GET', path, { as: 'provider' });
	tally.check((ours.json.requests ?? ours.json.events).length > 0, `${path}: ours is not`);
	const staff = await daemon.call('GET', path, { as: 'reviewer' });
	tally.check((staff.json.requests ?? staff.json.events).length > 0, `${path}: staff of the payer see it`);
}
tally.equal((await daemon.call('GET', `/v1/appeals/${appealed.json.id}`, { as: 'other_provider' })).status, 404, 'an appeal of another organization is not there');
const decision = `/v1/decisions/${withdrawn.json.decision.id}`;
tally.equal((await daemon.call('GET', decision, { as: 'other_provider' })).status, 404, 'a decision of another organization is not there');
tally.equal((await daemon.call('GET', '/v1/decisions', { as: 'other_provider' })).json.decisions.length, 0, 'nor is it listed');
tally.check((await daemon.call('GET', '/v1/decisions', { as: 'provider' })).json.decisions.length > 0, 'ours are');
const member = { member: { id: sample('pdts-complete').member.id } };
tally.equal((await daemon.call('POST', '/v1/requests/search', { as: 'other_provider', body: member })).json.requests.length, 0, 'search finds nothing of others');
tally.check((await daemon.call('POST', '/v1/requests/search', { as: 'provider', body: member })).json.requests.length > 0, 'search finds ours');
const intake = await daemon.call('POST', '/v1/requests', { as: 'provider', body: { ...sample('pdts-complete'), intake: { received_at: '2026-11-19T10:00:00-08:00', via: 'fax' } } });
tally.equal([intake.status, intake.json.errors[0].pointer], [422, '/intake'], 'a provider does not say when a request was received');
await daemon.stop();

// Ownership of staff: whoever works for another payer sees 404 and empty lists, exactly as for what does not exist, and may not submit here.
const records = database(binary, 'payers');
for (const payer of ['trillium', 'other']) {
	for (const role of Object.keys(letters).filter((name) => name !== 'provider')) {
		records.tokens[`${payer} ${role}`] = records.create('--role', role, '--payer', payer, '--credential', 'lcsw');
	}
}
const real = await serve(binary, records, ['--config', config]);
const here = await real.call('POST', '/v1/requests', { as: 'clinic-a', body: sample('pdts-complete') });
tally.equal(here.status, 201, 'a request to trillium');
const health = Object.entries(letters).filter(([, letter]) => 'IRHCAU'.includes(letter));
for (const [role] of health) {
	const as = `other ${role}`;
	for (const key of Object.keys(wanted).filter((one) => one.includes('/v1/requests/{id}') && wanted[one].includes(letters[role]))) {
		const [method, path] = key.split(' ');
		const call = (one, who) => real.call(method, path.replace('{id}', one), { as: who, body: method !== 'GET' ? bodyFor(path) : undefined, etag: '"v9"' });
		const theirs = await call(here.json.id, as);
		const nothing = await call(absent, as);
		const bare = (a) => [a.status, { ...a.json, request_id: null, instance: null }, Object.keys(a.headers).sort()];
		tally.equal(bare(theirs), bare(nothing), `${key} as ${as}: not yours looks like not there`);
		tally.equal(theirs.status, 404, `${key} as ${as}: 404`);
		const ours = await call(here.json.id, `trillium ${role}`);
		tally.check([200, 409, 412].includes(ours.status), `${key} as trillium ${role}: found (${ours.status})`);
	}
	for (const path of ['/v1/requests?status=any', `/v1/requests?tracking_number=${here.json.tracking_number}`, '/v1/requests?payer=trillium', '/v1/events']) {
		const rows = async (who) => { const { json } = await real.call('GET', path, { as: who }); return (json.requests ?? json.events)?.length; };
		tally.equal([await rows(as), await rows(`trillium ${role}`)], [0, 1], `${path} as ${as}: the list is empty, but not to those of the payer`);
	}
	const found = async (who) => (await real.call('POST', '/v1/requests/search', { as: who, body: member })).json.requests?.length;
	tally.equal([await found(as), await found(`trillium ${role}`)], [0, 1], `search as ${as} finds nothing`);
}
const counted = (await real.call('GET', '/v1/events', { as: 'trillium auditor' })).json.events.length;
for (const [path, roles, status] of [['/v1/requests', ['intake'], 201], ['/v1/checks', ['intake', 'reviewer', 'physician', 'con_reviewer', 'appeals'], 200]]) {
	for (const role of roles) {
		const refused = await real.call('POST', path, { as: `other ${role}`, body: sample('pdts-complete') });
		tally.equal([refused.status, refused.json.type], [403, '/problems/forbidden'], `POST ${path} as other ${role}: not for this payer`);
		tally.equal((await real.call('POST', path, { as: `trillium ${role}`, body: sample('pdts-complete') })).status, status, `POST ${path} as trillium ${role}`);
	}
}
tally.equal((await real.call('GET', '/v1/events', { as: 'trillium auditor' })).json.events.length, counted + 1, 'what was refused was not recorded');
await real.stop();
tally.end();
