// SPDX-License-Identifier: Apache-2.0
// Care that a policy lets begin with an approval alone: no record of it without the approved request, no referral or placement dated before the
// approval, and the provider is the one with whom the member was placed. What other care needs none of stays as it was. And what a record knows.
import { start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '61', '--policies', 'policies']);
const APPROVED_ON = '2026-11-20';

const codes = (answer) => answer.json?.errors?.map((e) => `${e.pointer} ${e.code}`);
const told = (answer, status, wanted, what) => tally.equal([answer.status, codes(answer)], [status, wanted], `${what} (${answer.text.slice(0, 500)})`);
async function step(id, method, resource, as, body) {
	const { etag } = (await daemon.call('GET', `/v1/requests/${id}`, { as: 'intake' })).headers;
	const answer = await daemon.call(method, `/v1/requests/${id}/${resource}`, { as, etag, body });
	tally.check(answer.status < 300, `${resource}: ${answer.status} ${answer.text.slice(0, 300)}`);
	return answer;
}
async function request(body = sample('rtf-complete')) {
	const sent = await daemon.call('POST', '/v1/requests', { as: 'provider', body });
	tally.equal(sent.status, 201, `a request: ${sent.text.slice(0, 300)}`);
	return sent.json.id;
}
async function approve(id) {
	await step(id, 'PUT', 'findings/performcare.ooh.medical-necessity', 'physician', { answer: 'met', note: 'Seen.' });
	await step(id, 'POST', 'determination', 'physician', { outcome: 'approved', rationale: 'Care in the community was tried.', uninvolved: true });
}
const { member } = sample('rtf-complete');
const referral = (more = {}) => ({ kind: 'referral', on: APPROVED_ON, family_took_part: true, fits_member: true, ...more });
const begin = (body, as = 'provider') => daemon.call('POST', '/v1/service-records', { as, body });
const care = (body, list = []) => ({ payer: 'performcare', service: 'RTF', ...body, facts: { occurrences: list } });

/* ---- no record without an approved request, where the policy has the care approved first ---- */

for (const service of ['RTF', 'CRR_HH', 'CRR-HH']) {
	for (const as of ['provider', 'intake']) {
		const refused = await begin(care({ service, member }), as);
		told(refused, 422, ['/continues approval_needed'], `${service} as ${as}: born from an approved request`);
		tally.check(/approved/.test(refused.json?.errors?.[0]?.fix), `and how: ${refused.json?.errors?.[0]?.fix}`);
	}
}
told(await begin(care({ member }, [referral({ on: '2026-11-19' })])), 422, ['/continues approval_needed'], 'a referral comes with it');
told(await begin(care({ member, continues: null })), 422, ['/continues approval_needed'], 'null names none');
told(await begin(care({ member, continues: 7 })), 422, ['/continues wrong_type'], 'a number is of the wrong type, and that is all');
told(await begin(care({ member, continues: 'req_00000000000000000000000000' })), 422, ['/continues not_found'], 'a name of nothing is not found, and that is all');
told(await begin(care({ member: { birth_date: 'soon' } })), 422, ['/member/birth_date not_a_date', '/continues approval_needed'].sort(), 'with whatever else is wrong');
for (const name of ['tcm-care', 'tm-care']) tally.equal((await begin(sample(name))).status, 201, `${name} needs none`);

/* ---- nothing that follows from the approval is dated before it ---- */

const first = await request();
const undecided = await begin(care({ continues: first }, [referral()]));
tally.equal([undecided.status, undecided.json?.type], [409, '/problems/illegal-transition'], `S169: not approved yet (${undecided.text.slice(0, 300)})`);
await approve(first);
const early = await begin(care({ continues: first }, [referral({ on: '2026-11-19' })]));
told(early, 409, ['/facts/occurrences/0/on before_approval'], 'S169: a referral of the day before');
tally.equal(early.json?.type, '/problems/illegal-transition', 'is a conflict');
tally.check(/2026-11-19/.test(early.json?.errors?.[0]?.detail) && /2026-11-20/.test(early.json?.errors?.[0]?.detail), `found and needed: ${early.json?.errors?.[0]?.detail}`);
told(await begin(care({ continues: first }, [referral({ on: undefined, at: '2026-11-20T09:00:00-05:00' })])), 409, ['/facts/occurrences/0/at before_approval'], 'hours before it on its day');
told(await begin(care({ continues: first }, [referral({ on: '2026-11-19' }), referral({ colour: 'red' })])), 422,
	['/facts/occurrences/1/colour unknown_member', '/facts/occurrences/0/on before_approval'], 'with whatever else is wrong');
const other = { kind: 'tcm_ended', on: '2026-11-18' };
const made = await begin(care({ continues: first }, [referral(), other]));
tally.equal(made.status, 201, `on the day of the approval; what needs none may be older: ${made.text.slice(0, 300)}`);
const id = made.json?.id;
async function occur(list, as = 'provider') {
	const { etag } = (await daemon.call('GET', `/v1/service-records/${id}`, { as: 'auditor' })).headers;
	return daemon.call('POST', `/v1/service-records/${id}/occurrences`, { as, etag, body: { occurrences: list } });
}
told(await occur([referral({ on: '2026-11-19' })]), 409, ['/occurrences/0/on before_approval'], 'nor is one added later');
for (const kind of ['referral_out_of_network', 'referral_out_of_state', 'referral_itp', 'placed']) {
	told(await occur([{ kind, on: '2026-11-19' }], 'intake'), 409, ['/occurrences/0/on before_approval'], `${kind} of the day before`);
}
told(await occur([referral({ on: '2026-11-19' }), { kind: 'tcm_restarted' }]), 422, ['/occurrences/1/on missing_member', '/occurrences/0/on before_approval'], 'all at once');
tally.equal((await occur([{ kind: 'referral', retracts: 'o1', reason: 'The family was not asked.' }])).status, 200, 'a retraction says nothing of a day');
tally.equal((await occur([referral({ at: '2026-11-20T18:40:12-05:00', on: undefined })])).status, 200, 'the moment of the approval itself');

/* ---- the provider of the placement is the provider of the care ---- */

const place = { provider: { name: 'Example Residential Center', npi: '2999000047' }, from: '2026-12-07', to: '2027-03-06' };
const second = await request({ ...sample('rtf-complete'), submitter_reference: 'EX-2' });
await approve(second);
await step(second, 'POST', 'placement', 'intake', place);
const placed = await begin(care({ continues: second }));
tally.equal([placed.status, placed.json?.provider_npi], [201, '2999000047'], `the placed provider is taken over: ${placed.text.slice(0, 300)}`);
const list = await daemon.call('GET', '/v1/service-records?provider_npi=2999000047', { as: 'intake' });
tally.equal(list.json?.service_records?.map((r) => r.id), [placed.json?.id], 'and finds the record');
const elsewhere = await begin(care({ continues: second, servicing_provider: { name: 'Another Center' } }));
tally.equal([elsewhere.status, elsewhere.json?.provider_npi], [201, null], 'of another provider nothing is filled up with the placed one');
const named = await begin(care({ continues: second, servicing_provider: { npi: '2999000047' } }));
tally.equal([named.status, named.json?.provider_npi], [201, '2999000047'], 'the same one named');

/* ---- what means nothing for a record is refused, one issue each ---- */

const senseless = await begin({ ...sample('tm-care'), replaces: 'req_00000000000000000000000000', lines: [{ code: 'T1027', units: 4, unit: '15min' }], urgency: 'standard', retrospective: {} });
told(senseless, 422, ['/lines', '/replaces', '/retrospective', '/urgency'].map((p) => `${p} unknown_member`), 'members of requests');
tally.check(senseless.json?.errors?.every((e) => e.fix), 'each says how to cure it');
told(await begin({ ...sample('tm-care'), facts: { occurrences: [{ kind: 'referral', on: 20261118 }] } }), 422, ['/facts/occurrences/0/on wrong_type'], 'a day that is a number is one fault');
await daemon.stop();
tally.end();
