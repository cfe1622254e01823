// SPDX-License-Identifier: Apache-2.0
// Running care over HTTP: what happened, what is owed since, waivers, what a provider attests; whose it is, doing it once, not overwriting, every
// error of a body at once; and that what is overdue is raised exactly once, also across restarts, and not while the clock cannot be believed.
import { readFileSync } from 'node:fs';
import { start, Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';
import { Shift } from '../lib/shift.mjs';

const [binary, library] = process.argv.slice(2);
const tally = new Tally();
const policies = 'tests/policies';
const BEGIN = '2026-03-02T10:00:00-05:00'; // a Monday
const base = (name) => JSON.parse(readFileSync(`${policies}/care-sketch/1/cases/bases/${name}.json`, 'utf8'));
const care = (more = {}) => ({ ...base('care'), ...more });
const occurrences = (...list) => ({ occurrences: list });
const duties = (answer) => answer.obligations.map((o) => `${o.obligation}#${o.number} ${o.due_at?.slice(0, 10) ?? '-'} ${o.state}`);
const errors = (answer) => (answer.json.errors ?? []).map((e) => `${e.pointer} ${e.code}`);

const daemon = await start(binary, ['--sandbox', '--seed', '21', '--clock', BEGIN, '--policies', policies]);
const call = (as, method, path, body, more = {}) => daemon.call(method, path, { as, body, ...more });
const clock = async (set) => {
	const moved = await call('intake', 'POST', '/v1/sandbox/clock', { set }, { key: null });
	tally.equal(moved.status, 200, `the clock: ${moved.text}`);
};
const begin = async (body = care(), as = 'provider') => {
	const answer = await call(as, 'POST', '/v1/service-records', body);
	tally.equal(answer.status, 201, `a record: ${answer.text.slice(0, 300)}`);
	return answer;
};
const read = (id, as = 'provider') => call(as, 'GET', `/v1/service-records/${id}`);
const occur = async (id, list, as = 'provider', more = {}) => call(as, 'POST', `/v1/service-records/${id}/occurrences`, occurrences(...list),
	{ etag: (await read(id, 'auditor')).headers.etag, ...more });
const raised = (answer) => answer.raised.map((r) => `${r.what} ${r.subject} ${r.due_at}`);
const actions = async (path, as) => {
	const found = [];
	for (let next = path; next;) {
		const page = await call(as, 'GET', next);
		found.push(...page.json.events);
		next = page.json.next;
	}
	return found;
};

/* ---- a record from nothing: what is owed follows from what happened ---- */

const first = await begin(care({ review: undefined, submitter_reference: 'R-1' }));
const id = first.json.id;
tally.equal([first.headers.location, first.headers.etag, first.json.status, first.json.state, first.json.review, first.json.obligations],
	[`/v1/service-records/${id}`, '"v1"', 'recorded', 'done', 'care', []], 'begun: recorded, and nothing is owed');
tally.equal((await read(id)).text, first.text, 'what is read is what was answered');
let last = await occur(id, [{ kind: 'referral', on: '2026-02-27' }, { id: 'mine', kind: 'session', on: '2026-03-02', goal: 'trust' }]);
tally.equal([last.status, duties(last.json), last.json.state, last.json.next_due.obligation, last.headers.etag],
	[200, ['walk.outreach#1 2026-03-04 open', 'walk.weekly#1 2026-03-08 open'], 'open', 'walk.outreach', '"v2"'], 'what happened begins duties');
tally.equal(last.json.occurrences.map((o) => `${o.id} ${o.recorded_by} ${o.recorded_at}`),
	[`o1 prn_provider ${BEGIN}`, `mine prn_provider ${BEGIN}`], 'each has a name, and says who recorded it and when');
last = await occur(id, [{ kind: 'outreach', at: '2026-03-02T09:30:00-05:00' }]);
tally.equal(last.json.obligations[0], { ...last.json.obligations[0], state: 'fulfilled', fulfilled_by: 'o3', fulfilled_on: '2026-03-02', late_by_days: null, waived: null },
	'fulfilled by what happened');
const owed = await call('reviewer', 'GET', `/v1/service-records/${id}/obligations`);
tally.equal([owed.status, owed.json.obligations, owed.json.next_due, owed.headers.etag], [200, last.json.obligations, last.json.next_due, '"v3"'], 'the duties alone');

/* ---- retraction ---- */

last = await occur(id, [{ kind: 'outreach', retracts: 'o3', reason: 'another member' }]);
tally.equal([last.status, duties(last.json)[0], last.json.occurrences.length], [200, 'walk.outreach#1 2026-03-04 open', 4], 'retracted: neither counts, both stand');
const again = await occur(id, [{ kind: 'outreach', retracts: 'o3', reason: 'again' }, { kind: 'session', retracts: 'o1', reason: ' ' }, { retracts: 'o99', kind: 'outreach' },
	{ kind: 'outreach', retracts: 'mine', reason: 'wrong kind' }]);
tally.equal([again.status, errors(again)], [422, ['/occurrences/0/retracts retracted', '/occurrences/1/kind contradiction', '/occurrences/1/reason missing_member',
	'/occurrences/2/retracts not_found', '/occurrences/2/reason missing_member', '/occurrences/3/kind contradiction']], 'what cannot be retracted');

const kindless = await occur(id, [{ retracts: 'mine', reason: 'typo' }, { retracts: 'o99', reason: 'typo' }, { on: '2026-03-02' }]);
tally.equal([kindless.status, kindless.json.errors.map((e) => `${e.pointer} ${e.code} ${e.fix}`)], [422, ['/occurrences/0/kind missing_member Send "kind": "session", the kind of what is retracted.',
	'/occurrences/1/kind missing_member Send the kind of what is retracted.', '/occurrences/1/retracts not_found Name an occurrence by its `id`, as in "o3".',
	'/occurrences/2/kind missing_member Say what happened.']], 'a retraction has the kind of what it retracts');

/* ---- what is asked for: the record is not done before it is answered ---- */

{
	const met = [{ kind: 'session', on: '2026-03-02', id: 's1' }, { kind: 'contact', on: '2026-03-02', with: 'hub', id: 'c1' }];
	const asked = await begin(care({ submitter_reference: 'asked', facts: { occurrences: met } }));
	const told = ({ json }) => [json.state, json.requested.map((r) => r.item), json.obligations.filter((o) => o.state === 'open').length, json.summary.replace(/ The next is due [^.]*\./, '')];
	tally.equal(told(asked), ['open', ['walk.goals'], 0, 'Nothing is owed at present. 1 point is asked for.'], `asked, nothing owed: ${asked.text.slice(0, 300)}`);
	const at = asked.json.id;
	const listed = async (state) => (await call('provider', 'GET', `/v1/service-records?state=${state}&limit=200`)).json.service_records.some((r) => r.id === at && r.state === state);
	tally.equal([await listed('done'), await listed('open')], [false, true], 'it is listed as open');
	const both = await occur(at, [{ kind: 'session', on: '2026-03-02' }, { kind: 'referral', on: '2026-03-02' }]);
	tally.equal([told(both)[0], told(both)[3]], ['open', '1 duty is open. 2 points are asked for.'], `both: ${both.json.summary}`);
	const ended = await occur(at, [{ kind: 'referral', retracts: 'o4', reason: 'typo' }, { kind: 'session', retracts: 's1', reason: 'typo' }, { kind: 'session', retracts: 'o3', reason: 'typo' }, { kind: 'session', on: '2026-03-02', goal: 'trust' }]);
	tally.equal([ended.status, ended.json?.state, ended.json?.requested, ended.json?.summary], [200, 'done', [], 'Nothing is owed at present.'], `answered: ${ended.text.slice(0, 300)}`);
	tally.equal([await listed('done'), await listed('open')], [true, false], 'and as done');
}

/* ---- all errors of a body at once, with pointers into that body ---- */

const bad = await occur(id, [
	{ kind: 'walked', on: '2026-03-01' }, { on: '2026-03-01' }, { kind: 'contact' }, { kind: 'contact', on: '2026-03-03' },
	{ kind: 'contact', at: '2026-03-02T10:00:01-05:00' }, { kind: 'contact', at: '2026-03-02T09:00:00-05:00', on: '2026-03-01' },
	{ kind: 'asked', on: '2026-03-02' }, { kind: 'contact', on: '2026-02-30' }, { kind: 'contact', on: '2026-03-01', colour: 'hub' },
	{ id: 'mine', kind: 'contact', on: '2026-03-01' }, { id: 'a b', kind: 'contact', on: '2026-03-01' },
	{ kind: 'contact', on: '2026-03-01', recorded_by: 'me' }, { kind: 'detained', on: '2026-03-01', place: 'jail' }, { kind: 'attestation', on: '2026-03-01', item: 'walk.training' }, 7,
]);
tally.equal([bad.status, errors(bad).sort()], [422, [
	'/occurrences/0/kind unknown_word', '/occurrences/1/kind missing_member', '/occurrences/2/on missing_member', '/occurrences/3/on in_the_future',
	'/occurrences/4/at in_the_future', '/occurrences/5/on contradiction', '/occurrences/6/at missing_member', '/occurrences/7/on not_a_date',
	'/occurrences/8/colour unknown_member', '/occurrences/9/id duplicate_id', '/occurrences/10/id not_an_id', '/occurrences/11/recorded_by not_permitted',
	'/occurrences/12/kind not_permitted', '/occurrences/13/kind recorded_elsewhere', '/occurrences/14 wrong_type'].sort()], 'everything that is wrong with a report');
for (const [body, wanted] of [[{}, '/occurrences missing_member'], [{ occurrences: [] }, '/occurrences too_few'], [{ occurrences: {} }, '/occurrences wrong_type'], [[], ' missing_member'],
	[{ occurrences: [{ kind: 'contact', on: '2026-03-01' }], more: 1 }, '/more unknown_member'],
	[{ occurrences: Array.from({ length: 101 }, () => ({ kind: 'contact', on: '2026-03-01' })) }, '/occurrences too_many']]) {
	const refused = await call('provider', 'POST', `/v1/service-records/${id}/occurrences`, body, { etag: '"v4"' });
	tally.equal([refused.status, errors(refused)], [422, [wanted]], `a body of the wrong form: ${wanted}`);
}
const wrong = await call('provider', 'POST', '/v1/service-records', { ...care(), review: 'initial', member: { birth_date: 'x' }, facts: { occurrences: [{ kind: 'contact' }, { kind: 'notice', on: '2027-01-01' }], other: 1 } });
tally.equal([wrong.status, errors(wrong).sort()], [422, ['/facts/occurrences/0/on missing_member', '/facts/occurrences/1/kind not_permitted', '/facts/occurrences/1/on in_the_future',
	'/facts/other unknown_member', '/member/birth_date not_a_date', '/review not_care']], 'everything that is wrong with a record');
tally.equal((await read(id)).headers.etag, '"v4"', 'nothing of that was recorded');
for (const [body, wanted] of [[[], ' wrong_type'], [care({ service: 'RUN' }), '/review unknown_word'], [care({ payer: 'nobody' }), '/payer unknown_word'], [care({ service: 'walk' }), '/service unknown_word'],
	[care({ intake: { received_at: '2025-12-31T10:00:00-05:00' } }), '/service not_in_force', 'intake']]) {
	const refused = await call(body.intake ? 'intake' : 'provider', 'POST', '/v1/service-records', body);
	tally.check(refused.status === 422 && errors(refused).includes(wanted), `${wanted}: ${refused.status} ${errors(refused)}`);
}

/* ---- whose it is, and where it is not ---- */

const absent = 'svc_00000000000000000000000000';
const bare = (a) => [a.status, { ...a.json, request_id: null, instance: null }, Object.keys(a.headers).sort()];
const waiver = { obligation: 'walk.weekly', number: 1, reason: 'The hub is closed.' };
const calls = [['GET', ''], ['GET', '/timeline'], ['GET', '/obligations'], ['POST', '/occurrences', occurrences({ kind: 'contact', on: '2026-03-01' })], ['POST', '/waivers', waiver]];
const request = await call('provider', 'POST', '/v1/requests', { ...base('initial'), member: { id: 'M1', recipient_id: '123', birth_date: '2010-06-15' }, requesting_provider: { name: 'A Clinic' }, lines: [{ code: 'T1027', units: 30, unit: '15min' }], servicing_provider: { npi: '1234567893' } });
tally.equal(request.status, 201, `a request: ${request.text.slice(0, 200)}`);
const put = await call('provider', 'PUT', '/v1/providers/1234567893/attestations/walk.training', { payer: 'care-sketch', service: 'WALK', on: '2026-02-01', attested_by: 'Lee' });
tally.equal(put.status, 200, `attested: ${put.text.slice(0, 200)}`);
for (const [method, rest, body] of calls) {
	const as = rest === '/waivers' ? 'intake' : 'other_provider';
	const nothing = await call(as, method, `/v1/service-records/${absent}${rest}`, body, { etag: '"v1"' });
	tally.equal(nothing.status, 404, `${method} ${rest}: 404`);
	if (as === 'other_provider') tally.equal(bare(await call(as, method, `/v1/service-records/${id}${rest}`, body, { etag: '"v4"' })), bare(nothing), `${method} ${rest}: not yours looks like not there`);
	for (const other of [request.json.id, put.json.id]) {
		tally.equal(bare(await call(rest === '/waivers' ? 'intake' : 'provider', method, `/v1/service-records/${other}${rest}`, body, { etag: '"v1"' })), bare(nothing), `${method} ${rest}: ${other.slice(0, 4)} is no service record`);
	}
}
for (const other of [id, put.json.id]) {
	for (const [method, rest, body] of [['GET', ''], ['GET', '/timeline'], ['GET', '/submission'], ['POST', '/information', { facts: {} }], ['POST', '/withdrawal', { reason: 'other' }]]) {
		tally.equal((await call('provider', method, `/v1/requests/${other}${rest}`, body, { etag: '"v4"' })).status, 404, `${method} ${rest}: ${other.slice(0, 4)} is no request`);
	}
	tally.equal((await call('reviewer', 'GET', `/v1/requests/${other}/determination`)).status, 404, `${other.slice(0, 4)} is not decided`);
}
for (const path of ['/v1/requests?status=any', '/v1/requests?status=recorded', '/v1/requests?submitter_reference=R-1']) {
	const page = await call('intake', 'GET', path);
	tally.check(page.status === 200 && page.json.requests.every((r) => r.id.startsWith('req_')), `${path} leaves records out: ${page.json.requests?.map((r) => r.id)}`);
}
const searched = await call('provider', 'POST', '/v1/requests/search', { member: { id: 'M1' } }, { key: null });
tally.equal(searched.json.requests.map((r) => r.id), [request.json.id], 'a search by member leaves them out');
tally.equal((await call('provider', 'GET', '/v1/decisions')).json.decisions.length, 0, 'nothing was decided');
for (const path of ['/v1/service-records', '/v1/obligations']) {
	const theirs = await call('other_provider', 'GET', path);
	tally.equal((theirs.json.service_records ?? theirs.json.obligations).length, 0, `${path}: nothing of others`);
}
for (const as of ['admin', 'policy_author']) tally.equal((await read(id, as)).status, 403, `${as}: no health information`);
tally.equal((await call('auditor', 'POST', '/v1/service-records', care())).status, 403, 'an auditor records nothing');
tally.equal((await call('provider', 'POST', `/v1/service-records/${id}/waivers`, waiver, { etag: '"v4"' })).status, 403, 'a provider waives nothing');
for (const review of ['care', 'standing']) {
	for (const path of ['/v1/requests', '/v1/checks']) {
		const refused = await call('provider', 'POST', path, { ...care(), review });
		tally.check(refused.status === 422 && errors(refused).some((e) => e.startsWith('/review ')), `${path} refuses ${review}: ${refused.status} ${errors(refused)}`);
	}
}

/* ---- doing it once, not overwriting ---- */

const body = care({ submitter_reference: 'once' });
const one = await call('provider', 'POST', '/v1/service-records', body, { key: 'once' });
const two = await call('provider', 'POST', '/v1/service-records', body, { key: 'once' });
tally.equal([two.status, two.text, two.headers.location, two.headers['idempotency-replayed']], [201, one.text, one.headers.location, 'true'], 'the same key: the same answer');
tally.equal((await call('provider', 'POST', '/v1/service-records', care(), { key: 'once' })).status, 422, 'the same key, another body');
tally.equal((await call('provider', 'POST', '/v1/service-records', body, { key: null })).status, 400, 'without a key');
const report = occurrences({ kind: 'referral', on: '2026-03-01' });
const path = `/v1/service-records/${one.json.id}/occurrences`;
tally.equal((await call('provider', 'POST', path, report)).status, 428, 'without If-Match');
const done = await call('provider', 'POST', path, report, { etag: '"v1"', key: 'report' });
tally.equal([done.status, (await call('provider', 'POST', path, report, { etag: '"v1"', key: 'report' })).text], [200, done.text], 'the same report again');
tally.equal((await call('provider', 'POST', path, report, { etag: '"v1"' })).status, 412, 'an old ETag');
const crowd = await Promise.all(Array.from({ length: 8 }, () => call('provider', 'POST', path, report, { etag: '"v2"' })));
tally.equal(crowd.map((a) => a.status).sort(), [200, 412, 412, 412, 412, 412, 412, 412], 'of many at once one is recorded');

/* ---- a waiver ---- */

const weekly = await occur(one.json.id, [{ kind: 'session', on: '2026-03-02', goal: 'trust' }]);
const waive = (sent, etag, as = 'reviewer') => call(as, 'POST', `/v1/service-records/${one.json.id}/waivers`, sent, { etag });
for (const [sent, wanted] of [[{ ...waiver, obligation: 'walk.none' }, '/obligation unknown_word'], [{ ...waiver, number: 9 }, '/number not_found'], [{ ...waiver, reason: ' ' }, '/reason empty'],
	[{ obligation: 'walk.weekly' }, '/number missing_member']]) {
	const refused = await waive(sent, weekly.headers.etag);
	tally.check(refused.status === 422 && errors(refused).includes(wanted), `${wanted}: ${refused.status} ${errors(refused)}`);
}
const waived = await waive(waiver, weekly.headers.etag);
const its = waived.json.obligations.find((o) => o.obligation === 'walk.weekly');
tally.equal([waived.status, its.state, its.waived], [200, 'waived', { by: 'prn_reviewer', at: BEGIN, reason: waiver.reason }], 'waived, by whom and why');
const twice = await waive(waiver, waived.headers.etag);
tally.equal([twice.status, twice.json.type], [409, '/problems/illegal-transition'], 'what is waived is not waived again');

/* ---- an authorization goes on in care ---- */

const early = await call('provider', 'POST', '/v1/service-records', { continues: request.json.id });
tally.equal([early.status, early.json.type], [409, '/problems/illegal-transition'], 'not before it is approved');
const decided = await call('physician', 'POST', `/v1/requests/${request.json.id}/determination`, { outcome: 'approved', rationale: 'It is needed.', documents_reviewed: [] }, { etag: request.headers.etag });
tally.equal(decided.status, 200, `approved: ${decided.text.slice(0, 400)}`);
const granted = decided.json.authorization;
const goes = await begin({ continues: request.json.id });
tally.equal([goes.json.continues, goes.json.payer, goes.json.service, goes.json.provider_npi], [request.json.id, 'care-sketch', 'WALK', '1234567893'], 'identity is taken over');
const saidAgain = { member: { id: 'M1', birth_date: '2010-06-15' }, prior_authorization: { number: granted.number, from: granted.from, to: granted.to } };
const staffs = await begin({ continues: request.json.id, ...saidAgain }, 'intake');
tally.equal((await read(staffs.json.id)).status, 200, 'what staff enter of it is its owner\'s');
const carriedCare = (more) => call('provider', 'POST', '/v1/service-records', { continues: request.json.id, ...more });
const stranger = await carriedCare({ member: { id: 'M1', birth_date: '1990-01-01', recipient_id: '999' }, prior_authorization: { number: 'FAKE-999', from: '2020-01-01', to: '2030-01-01' } });
tally.equal([stranger.status, errors(stranger)], [422, ['/member/recipient_id another_member', '/member/birth_date another_member', ...['number', 'from', 'to'].map((name) => `/prior_authorization/${name} another_authorization`)]],
	`another person, by another authorization: ${stranger.text.slice(0, 600)}`);
for (const [sent, as, wanted] of [[{ ...care(), continues: request.json.id, member: { id: 'M2' } }, 'provider', '/member/id another_member'], [care({ continues: request.json.id }), 'other_provider', '/continues not_found'],
	[care({ continues: id }), 'provider', '/continues not_found'], [{ ...care(), payer: 'tm-sketch', service: 'TM', continues: request.json.id, facts: null }, 'provider', '/review unknown_word']]) {
	const refused = await call(as, 'POST', '/v1/service-records', sent);
	tally.check(refused.status === 422 && errors(refused).includes(wanted), `${wanted}: ${refused.status} ${errors(refused)}`);
}

/* ---- what a provider attests ---- */

const attest = (item, more, as = 'provider', npi = '1234567893') => call(as, 'PUT', `/v1/providers/${npi}/attestations/${item}`, { payer: 'care-sketch', service: 'WALK', on: '2026-02-01', attested_by: 'Lee', ...more });
const attested = async (as = 'provider', npi = '1234567893') => {
	const found = await call(as, 'GET', `/v1/providers/${npi}/attestations?payer=care-sketch&service=WALK`);
	return found.json.attestations?.map((a) => `${a.attestation} ${a.state} ${a.on} ${a.expires_on}`) ?? found.status;
};
const current = ['walk.training current 2026-02-01 2027-02-01', 'walk.policies missing null null'];
tally.equal(await attested(), current, 'attested; the policy says for how long');
const same = await attest('walk.training', {});
tally.equal([same.status, same.headers.etag, same.json.version], [200, put.headers.etag, 1], 'the same put again is nothing new');
const newer = await attest('walk.training', { on: '2026-03-01', expires_on: '2026-04-15' });
tally.equal([newer.status, newer.headers.etag, await attested()], [200, '"v2"', ['walk.training current 2026-03-01 2026-04-15', current[1]]], 'anew, with an end of its own');
const older = await attest('walk.training', { on: '2026-02-15' });
tally.equal([older.headers.etag, older.json.attestations[0].on, await attested()], ['"v3"', '2026-02-15', ['walk.training current 2026-02-15 2027-02-15', current[1]]], 'a day that was too late is taken back: what is put last stands');
tally.equal((await attest('walk.training', { on: '2026-02-15' })).headers.etag, '"v3"', 'and is nothing new the next time');
const putBack = await attest('walk.training', { on: '2026-03-01', expires_on: '2026-04-15' });
tally.equal([putBack.headers.etag, await attested()], ['"v4"', ['walk.training current 2026-03-01 2026-04-15', current[1]]], 'what stood once and was replaced can be put again');
const noted = await attest('walk.training', { on: '2026-03-01', expires_on: '2026-04-15', attested_by: 'Poe', note: 'corrected' });
tally.equal([noted.headers.etag, noted.json.attestations[0].attested_by, noted.json.attestations[0].note], ['"v5"', 'Poe', 'corrected'], 'of the same day by another');
const plain = await attest('walk.training', { on: '2026-03-01', expires_on: '2026-04-15' });
tally.equal([plain.headers.etag, plain.json.attestations[0].attested_by, plain.json.attestations[0].note, plain.json.attestations[0].by_organization], ['"v6"', 'Lee', null, undefined], 'and back');
for (const [item, more, wanted] of [['walk.training', { on: '2026-03-03' }, '/on in_the_future'], ['walk.training', { expires_on: '2026-01-01' }, '/expires_on out_of_order'], ['walk.training', { attested_by: ' ' }, '/attested_by empty'],
	['walk.training', { service: 'RUN' }, '/service unknown_word'], ['walk.training', { payer: 'nobody' }, '/payer unknown_word'], ['walk.training', { on: 'x' }, '/on not_a_date']]) {
	const refused = await attest(item, more);
	tally.check(refused.status === 422 && errors(refused).includes(wanted), `${wanted}: ${refused.status} ${errors(refused)}`);
}
for (const item of ['walk.none', 'walk.weekly']) tally.equal((await attest(item, {})).status, 404, `${item} is not attested`);
tally.equal([(await attest('walk.training', {}, 'provider', '1234567890')).status, await attested('provider', '123')], [404, 404], 'an NPI that is none');
tally.equal((await call('provider', 'PUT', '/v1/providers/1234567893/attestations/walk.policies', { payer: 'care-sketch', service: 'WALK', on: '2026-01-01', attested_by: 'Lee' }, { etag: '"v1"' })).status, 412, 'an old ETag, where one is sent');
for (const missing of ['', '?payer=care-sketch', '?service=WALK']) tally.equal((await call('provider', 'GET', `/v1/providers/1234567893/attestations${missing}`)).status, 400, `a parameter is missing: ${missing}`);
tally.equal((await call('provider', 'GET', '/v1/providers/1234567893/attestations?payer=care-sketch&service=RUN')).status, 404, 'no policy asks for any');
tally.equal(await attested('other_provider'), ['walk.training missing null null', current[1]], 'another organization sees its own, which is none');
tally.equal((await attest('walk.policies', { on: '2026-01-05', note: 'by fax' }, 'intake')).status, 200, 'staff enter what came by fax');
tally.equal(await attested('intake'), ['walk.training current 2026-03-01 2026-04-15', 'walk.policies current 2026-01-05 null'], 'staff see what each has said');
tally.equal((await attested())[1], current[1], 'what staff entered is the plan\'s');
const beside = async (as, npi) => {
	const found = await call(as, 'GET', `/v1/providers/${npi}/attestations?payer=care-sketch&service=WALK`);
	return found.json.attestations.map((a) => [`${a.attestation} ${a.state} ${a.on} ${a.organization}`, ...(a.by_organization ?? []).map((o) => `${o.organization} ${o.state} ${o.on} ${o.expires_on} ${o.attested_by} ${o.note}`)]);
};
tally.equal(await beside('auditor', '1234567893'), [['walk.training current 2026-03-01 example-clinic', 'example-clinic current 2026-03-01 2026-04-15 Lee null'],
	['walk.policies current 2026-01-05 null', 'null current 2026-01-05 null Lee by fax']], 'staff see whose each is; the plan\'s is nobody\'s');
const shared = '1619082344';
tally.equal(await beside('intake', shared), [['walk.training missing null null'], ['walk.policies missing null null']], 'nobody has said anything');
await attest('walk.training', { on: '2026-02-01', expires_on: '2026-12-31' }, 'provider', shared);
await attest('walk.training', { on: '2026-03-01', expires_on: '2026-03-01', attested_by: 'Mallory' }, 'other_provider', shared);
for (const as of ['intake', 'auditor']) {
	tally.equal((await beside(as, shared))[0], ['walk.training current 2026-02-01 example-clinic', 'example-clinic current 2026-02-01 2026-12-31 Lee null', 'other-clinic expired 2026-03-01 2026-03-01 Mallory null'],
		`${as}: what one attests does not override another`);
}
await attest('walk.training', { on: '2026-03-02', attested_by: 'Mallory' }, 'other_provider', shared);
tally.equal((await beside('reviewer', shared))[0], ['walk.training current 2026-03-02 other-clinic', 'example-clinic current 2026-02-01 2026-12-31 Lee null', 'other-clinic current 2026-03-02 2027-03-02 Mallory null'], 'of two that are current the newest is shown, and both are listed');
tally.equal([await beside('provider', shared), await beside('other_provider', shared)].map((seen) => seen[0]), [['walk.training current 2026-02-01 undefined'], ['walk.training current 2026-03-02 undefined']], 'an organization sees its own alone');
for (const as of ['auditor', 'physician', 'admin']) tally.equal((await attest('walk.policies', {}, as)).status, 403, `${as} attests nothing`);
const burst = await Promise.all(Array.from({ length: 6 }, () => attest('walk.training', {}, 'other_provider', '1518041235')));
tally.equal(burst.map((a) => [a.status, a.headers.etag]), burst.map(() => [200, '"v1"']), 'many first ones at once, all the same');

/* ---- time: each lapse is raised once, and what time begins is there ---- */

const before = (await read(id)).text;
const asOf = new Date(Date.parse(BEGIN) + 1000).toISOString();
await clock('2026-03-04T23:59:59-05:00');
tally.equal(raised((await read(id)).json), [], 'due until the end of its second');
await clock('2026-03-05T00:00:00-05:00');
const lapse = 'obligation_overdue walk.outreach#o1 2026-03-04T23:59:59-05:00';
last = await read(id);
tally.equal([raised(last.json), last.json.state, last.headers.etag, duties(last.json)[0]], [[lapse], 'overdue', '"v5"', 'walk.outreach#1 2026-03-04 overdue'], 'overdue');
await clock('2026-03-30T12:00:00-04:00');
const weeks = ['08', '15', '22', '29'].map((day, n) => `obligation_overdue walk.weekly#mine${n > 0 ? `.${n + 1}` : ''} 2026-03-${day}T23:59:59-04:00`);
last = await read(id);
tally.equal(raised(last.json), [lapse, ...weeks], 'week by week, each once, in the order of their instants');
tally.equal(duties(last.json).at(-1), 'walk.weekly#5 2026-04-05 open', 'and the week that runs');
const events = (await actions(`/v1/service-records/${id}/timeline?limit=3`, 'provider')).map((e) => `${e.action} ${e.actor_role}`);
tally.equal(events, ['received provider', 'occurrences_recorded provider', 'occurrences_recorded provider', 'occurrences_recorded provider', ...Array(2).fill('obligation_overdue system')], 'the timeline: what fell due together in one event');
tally.equal((await call('provider', 'GET', `/v1/service-records/${id}?as_of=${encodeURIComponent(asOf)}`)).text, before, 'as it stood');
tally.equal((await call('provider', 'GET', `/v1/service-records/${id}?as_of=2026-03-01T00:00:00Z`)).status, 404, 'before it was there');
const feed = (await actions('/v1/events?limit=200', 'auditor')).filter((e) => e.request === id);
tally.equal([feed.length, feed[0].href], [6, `/v1/service-records/${id}`], 'the feed');
tally.equal((await actions('/v1/events?limit=200', 'other_provider')).filter((e) => e.request.startsWith('svc_')).length, 0, 'nothing of it in the feed of others');

/* A week whose duty was done early: the next begins by itself, and its lapse is raised. */
last = await occur(id, [{ kind: 'contact', on: '2026-03-30', with: 'hub' }]);
tally.equal(duties(last.json).at(-1), 'walk.weekly#5 2026-04-05 fulfilled', 'done early');
await clock('2026-04-06T00:00:00-04:00');
last = await read(id);
tally.equal([duties(last.json).at(-1), last.json.raised.length], ['walk.weekly#6 2026-04-12 open', 5], 'the next week has begun, and nothing lapsed');
const open = (await call('provider', 'GET', '/v1/obligations?state=open')).json.obligations;
tally.check(open.some((o) => o.service_record === id && o.due_on === '2026-04-12'), 'it is listed');
await clock('2026-04-13T00:00:00-04:00');
tally.equal(raised((await read(id)).json).at(-1), 'obligation_overdue walk.weekly#mine.6 2026-04-12T23:59:59-04:00', 'and lapses');
tally.equal((await read(one.json.id)).json.raised.filter((r) => r.subject === 'walk.weekly#o4').length, 0, 'what was waived does not lapse');

/* A duty in hours, and one that ended. */
const hours = await occur(one.json.id, [{ kind: 'asked', at: '2026-04-12T23:30:00-04:00', number: 'q' }, { kind: 'discharge', on: '2026-04-12' }]);
const asked = hours.json.obligations.find((o) => o.obligation === 'walk.consult');
tally.equal([asked.due_at, asked.started_at, asked.state], ['2026-04-13T00:30:00-04:00', '2026-04-12T23:30:00-04:00', 'open'], 'to the second');
await clock('2026-04-13T00:30:01-04:00');
tally.check(raised((await read(one.json.id)).json).includes('obligation_overdue walk.consult#o4 2026-04-13T00:30:00-04:00'), `raised at its second: ${raised((await read(one.json.id)).json)}`);

/* An attestation expires by itself. */
await clock('2026-04-15T23:00:00-04:00');
tally.equal((await attested())[0], 'walk.training current 2026-03-01 2026-04-15', 'to its last day');
await clock('2026-04-16T00:00:00-04:00');
tally.equal((await attested())[0], 'walk.training expired 2026-03-01 2026-04-15', 'and not beyond');
const late = await attest('walk.training', { on: '2026-03-01', expires_on: '2026-04-15' });
tally.equal([late.status, late.json.attestations[0].state], [200, 'expired'], 'the same put again says how it stands now');

/* ---- lists ---- */

for (let i = 0; i < 7; i++) {
	const more = await begin(care({ servicing_provider: { npi: i % 2 ? '1518041235' : '1234567893' } }));
	await occur(more.json.id, [{ kind: 'referral', on: `2026-04-1${i}` }]);
}
const walk = async (first, member, as = 'auditor') => {
	const rows = [];
	let pages = 0;
	for (let next = first; next; pages++) {
		const page = await call(as, 'GET', next);
		tally.equal(page.status, 200, `${next}: ${page.text.slice(0, 200)}`);
		rows.push(...page.json[member]);
		next = page.json.next;
	}
	return { rows, pages };
};
const whole = await walk('/v1/obligations?limit=200', 'obligations');
const paged = await walk('/v1/obligations?limit=3', 'obligations');
tally.equal(paged.rows, whole.rows, 'page by page the same');
tally.check(paged.pages > 4 && whole.rows.every((o) => ['open', 'overdue'].includes(o.state)), `what is open or overdue, in ${paged.pages} pages`);
const order = whole.rows.map((o) => (o.due_at ? Date.parse(o.due_at) : Infinity));
tally.check(order.every((at, i) => i === 0 || at >= order[i - 1]), 'by due instant');
const due = await walk('/v1/obligations?due_before=2026-04-19T12:00:00-04:00&provider_npi=1518041235&limit=1', 'obligations');
tally.equal(due.rows.map((o) => `${o.obligation} ${o.due_on} ${o.state}`), ['walk.outreach 2026-04-16 open', 'walk.outreach 2026-04-18 open'], 'due before an instant, of one provider');
tally.equal((await walk('/v1/obligations?state=waived', 'obligations')).rows.map((o) => o.obligation), ['walk.weekly'], 'by state');
tally.equal((await walk('/v1/obligations?payer=tm-sketch', 'obligations')).rows.length, 0, 'of another payer');
const records = await walk('/v1/service-records?limit=2', 'service_records');
const all = await walk('/v1/service-records?limit=200', 'service_records');
tally.equal([records.rows, records.rows.length], [all.rows, 12], 'records, page by page');
tally.equal((await walk('/v1/service-records?state=done', 'service_records')).rows.length, 2, 'in which nothing is owed');
tally.check((await walk('/v1/service-records?state=overdue', 'service_records')).rows.every((r) => r.state === 'overdue'), 'in which something is overdue');
tally.equal((await walk('/v1/service-records?state=open&provider_npi=1518041235&service=WALK&payer=care-sketch', 'service_records')).rows.length, 3, 'of one provider');
for (const [path, filter] of [['/v1/obligations', 'state=done'], ['/v1/obligations', 'due_before=tomorrow'], ['/v1/obligations', 'limit=0'], ['/v1/obligations', 'cursor=x'], ['/v1/obligations', 'servise=WALK'],
	['/v1/service-records', 'state=closed'], ['/v1/service-records', 'payer=nobody'], ['/v1/service-records', 'cursor=x']]) {
	tally.equal((await call('auditor', 'GET', `${path}?${filter}`)).status, 400, `${path}?${filter}: refused`);
}
const stolen = new URL(`http://x${(await call('auditor', 'GET', '/v1/obligations?limit=1')).json.next}`).searchParams.get('cursor');
tally.equal((await call('auditor', 'GET', `/v1/obligations?limit=2&cursor=${stolen}`)).status, 400, 'a cursor continues its own list alone');
const requirements = await call('provider', 'GET', '/v1/requirements?payer=care-sketch&service=WALK&review=care');
tally.equal(requirements.status, 200, 'the checklist of care');
const { code } = await daemon.stop();
tally.check(code === 0 && !daemon.err.includes('runtime error'), `the daemon ended with ${code}: ${daemon.err.slice(-1000)}`);

/* ---- a database: raised once across kills and downtime; a clock that was moved raises nothing ---- */

const kept = database(binary, 'care', ['clinic-a', 'clinic-b']);
for (const payer of ['care-sketch', 'tm-sketch']) for (const role of ['reviewer', 'auditor']) kept.tokens[`${payer} ${role}`] = kept.create('--role', role, '--payer', payer, '--credential', 'lcsw');
const shift = new Shift(library, kept.directory, BEGIN);
const run = () => serve(binary, kept, [], { env: shift.env, policies });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let served = await run();
const on = (days) => new Date(shift.now() + days * 86400e3).toISOString().slice(0, 10);
const sent = await served.call('POST', '/v1/service-records', { as: 'clinic-a', body: care({ facts: { occurrences: [{ kind: 'referral', on: on(-1) }, { kind: 'first_service', on: on(-1) }] } }) });
tally.equal(sent.status, 201, `a record that is kept: ${sent.text.slice(0, 200)}`);
const svc = `/v1/service-records/${sent.json.id}`;
const lapses = async () => (await served.call('GET', svc, { as: 'clinic-a' })).json.raised.map((r) => r.subject);
const until = async (wanted, what) => {
	for (let i = 0; i < 100 && (await lapses()).length < wanted.length; i++) await wait(50);
	tally.equal(await lapses(), wanted, what);
};
tally.equal([(await served.call('GET', svc, { as: 'tm-sketch reviewer' })).status, (await served.call('GET', svc, { as: 'care-sketch reviewer' })).status], [404, 200], 'staff of another payer do not see it');
const none = await served.call('GET', '/v1/providers/1234567893/attestations?payer=care-sketch&service=WALK', { as: 'tm-sketch reviewer' });
tally.equal(none.status, 404, 'nor what is attested for it');
const foreign = await served.call('PUT', '/v1/providers/1234567893/attestations/walk.training', { as: 'tm-sketch reviewer', body: { payer: 'care-sketch', service: 'WALK', on: on(-1), attested_by: 'x' } });
tally.equal(foreign.status, 403, 'nor put it');
await served.kill();
shift.hours(10 * 24);
served = await run();
await until(['walk.outreach#o1'], 'what fell due while it was down');
await served.kill();
served = await run();
await wait(1500);
tally.equal(await lapses(), ['walk.outreach#o1'], 'not again after a restart');
shift.hours(60 * 24); // while it runs: that cannot be time
await wait(2500);
tally.equal(await lapses(), ['walk.outreach#o1'], 'a clock that was moved raises nothing');
const metrics = (await served.call('GET', '/metrics', { as: 'admin' })).text;
tally.check(/^authreview_clock_suspect 1$/m.test(metrics), 'it is suspect');
shift.hours(-60 * 24);
await served.call('GET', '/metrics', { as: 'admin' });
shift.pass(61);
for (let i = 0; i < 100 && !/^authreview_clock_suspect 0$/m.test((await served.call('GET', '/metrics', { as: 'admin' })).text); i++) await wait(50);
tally.equal(await lapses(), ['walk.outreach#o1'], 'nor when it is right again');
await served.stop();
shift.hours(40 * 24);
served = await run();
await until(['walk.outreach#o1', 'walk.plan#o2'], 'what fell due later');
await served.stop();
tally.check(verifyAudit(binary, kept.db).includes('the chain is intact'), 'the chain verifies');
tally.end();
