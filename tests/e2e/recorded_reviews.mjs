// SPDX-License-Identifier: Apache-2.0
// Reviews that are recorded, never decided: they are told what was found and closed at once. And the words of records, care and standing,
// which no request may use.
import { start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '43', '--policies', 'tests/policies']);
const body = (review, facts = {}) => ({ payer: 'care-sketch', service: 'WALK', review, member: { id: 'M1', birth_date: '2010-05-04' }, facts });
const submit = (sent, path = '/v1/requests') => daemon.call('POST', path, { as: 'provider', body: sent });
const at = (answer, pointer) => (answer.json?.errors ?? []).find((error) => error.pointer === pointer);

for (const path of ['/v1/requests', '/v1/checks']) {
	for (const [review, place] of [['care', '/v1/service-records'], ['standing', '/attestations/']]) {
		const refused = await submit(body(review), path);
		tally.equal([refused.status, refused.json.type, at(refused, '/review')?.code], [422, '/problems/invalid-body', 'not_a_request'], `${path}: ${review}`);
		tally.check(at(refused, '/review')?.fix.includes(place), `${path}: ${review} says where it goes`);
	}
	const both = await submit({ ...body('care'), member: { birth_date: 'soon' } }, path);
	tally.check(at(both, '/review') && at(both, '/member/birth_date'), `${path}: with whatever else is wrong`);
	const manual = await submit({ ...body('care'), service: 'RUN' }, path);
	tally.equal([manual.status, manual.json.errors.length, at(manual, '/review')?.code], [422, 2, 'not_a_request'], `${path}: of a service on the manual route too`);
}

const checked = await submit(body('discharge', { consent: false }), '/v1/checks');
tally.equal([checked.status, checked.json.status], [200, 'recorded'], 'a check says that it would be recorded');
const made = await submit(body('discharge', { consent: false }));
tally.equal([made.status, made.json.status, made.json.waiting_on, made.json.tasks], [201, 'recorded', 'nobody', []], 'recorded at once, nobody waits');
tally.equal(made.json.findings.map((finding) => [finding.item, finding.result ?? finding.answer]), [['walk.stopped', 'not_met']], 'what was found is told');
tally.equal(made.json.clock?.all ?? [], [], 'no clock runs');
const path = `/v1/requests/${made.json.id}`;
const read = await daemon.call('GET', path, { as: 'provider' });
tally.equal([read.status, read.json.status], [200, 'recorded'], 'it can be read');
for (const step of ['information', 'withdrawal']) {
	const late = await daemon.call('POST', `${path}/${step}`, { as: 'provider', etag: read.headers.etag, body: step === 'information' ? { facts: { consent: true } } : { reason: 'x' } });
	tally.equal([late.status, late.json.type], [409, '/problems/illegal-transition'], `${step}: it is closed`);
}
const worklist = await daemon.call('GET', '/v1/requests?payer=care-sketch&open=true', { as: 'intake' });
tally.check(!JSON.stringify(worklist.json).includes(made.json.id), 'no worklist holds it open');
const decided = await daemon.call('GET', '/v1/decisions?payer=care-sketch', { as: 'auditor' });
tally.check(!JSON.stringify(decided.json).includes(made.json.id), 'and nothing was decided about it');

const asked = await daemon.call('GET', '/v1/requirements?payer=care-sketch&service=WALK&review=care', { as: 'provider' });
tally.check(asked.status === 200 && JSON.stringify(asked.json).includes('walk.outreach'), 'what running care owes can be read');
const attested = await daemon.call('GET', '/v1/requirements?payer=care-sketch&service=WALK&review=standing', { as: 'provider' });
tally.check(attested.status === 200 && JSON.stringify(attested.json).includes('walk.training'), 'and what is attested');

await daemon.stop();
tally.end();
