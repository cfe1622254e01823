// SPDX-License-Identifier: Apache-2.0
// What staff verify stands in place of what the submitter said: on verified facts the machine returns a request at once, on asserted ones it
// proposes; nothing verified changes what was sent. And what licensed staff ask for becomes information outstanding.
import { start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '41', '--policies', 'policies']);
const submit = async (body) => (await daemon.call('POST', '/v1/requests', { as: 'provider', body }));
const verify = (made, body, more = {}) => daemon.call('POST', `/v1/requests/${made.json.id}/plan-facts`,
	{ as: 'intake', etag: made.headers.etag, body: { source: 'eligibility system', ...body }, ...more });
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], what);

// Coverage that does not reach the requested days: asserted, the machine proposes; verified, it returns at once.
const uncovered = sample('pdts-complete');
uncovered.member.coverage = [{ plan: 'trillium', from: '2025-01-01', to: '2026-10-31' }];
const asserted = await submit(uncovered);
tally.equal([asserted.json.proposed_return?.reason, asserted.json.proposed_return?.verified, asserted.json.status], ['ineligible_all_dates', false, 'in_review'], 'asserted: proposed');
const returned = await verify(asserted, { coverage: uncovered.member.coverage });
tally.equal([returned.status, returned.json.status, returned.json.waiting_on], [200, 'returned', 'provider'], 'verified: returned at once');
tally.equal([returned.json.return.reason, returned.json.return.by], ['ineligible_all_dates', 'system'], 'by the machine, with its reason');
tally.check(/not a denial/.test(returned.json.summary), 'and never as a denial');
problem(await verify(returned, { coverage: [] }), 409, 'illegal-transition', 'a returned request is closed');

// The plan knows better: the submitter's gap was a mistake, so the proposal falls.
const mistaken = await submit(uncovered);
const cleared = await verify(mistaken, { coverage: [{ plan: 'trillium', from: '2025-01-01', to: null }] });
tally.equal([cleared.json.proposed_return, cleared.json.status], [null, 'in_review'], 'verified coverage ends the proposal');
tally.equal(cleared.json.verified.facts, ['eligibility'], 'what was verified is said');
const submission = await daemon.call('GET', `/v1/requests/${mistaken.json.id}/submission`, { as: 'provider' });
tally.equal(submission.json.member.coverage, uncovered.member.coverage, 'what was sent stays as it was sent');
const later = await daemon.call('POST', `/v1/requests/${mistaken.json.id}/information`,
	{ as: 'provider', etag: cleared.headers.etag, body: { member: { coverage: uncovered.member.coverage } } });
tally.equal([later.json.proposed_return, later.json.verified.facts], [null, ['eligibility']], 'the verified fact holds against a later assertion');

// Other insurance: verified to pay for every day, or verified not to exist.
const insured = await submit(sample('pdts-other-insurance'));
tally.equal(insured.json.proposed_return?.reason, 'tpl_primary', 'other insurance: proposed');
const none = await verify(insured, { other_insurance: [] });
tally.equal([none.json.proposed_return, none.json.status], [null, 'in_review'], 'verified to have none');
const again = await verify(none, { other_insurance: sample('pdts-other-insurance').member.other_insurance });
tally.equal([again.json.status, again.json.return?.reason], ['returned', 'tpl_primary'], 'verified to pay first');

// Line of business and participation: facts add up, the newest word on each counts.
const medicare = await submit({ ...sample('pdts-missing-dates') });
const one = await verify(medicare, { line_of_business: 'medicare' });
tally.equal(one.json.outreach.required_before_return, 3, 'a Medicare member: three attempts');
const two = await verify(one, { participation: 'participating' });
tally.equal(two.json.verified.facts, ['line_of_business', 'participation'], 'facts add up');
const three = await verify(two, { line_of_business: 'medicaid' });
tally.equal([three.json.outreach.required_before_return, three.json.verified.facts], [2, ['line_of_business', 'participation']], 'the newest word counts');
tally.equal(three.json.clock, two.json.clock, 'and no clock became longer');

// Each fact keeps who verified it, where and when: a later entry about another one does not sign for it.
const sourced = await submit(sample('pdts-complete'));
const sources = (answer) => answer.json.verified?.sources?.map((s) => `${s.fact} ${s.source} ${s.by} ${s.at}`);
const first = await verify(sourced, { line_of_business: 'medicaid', participation: 'participating', source: 'by telephone' });
tally.equal(sources(first), ['line_of_business', 'participation'].map((f) => `${f} by telephone prn_intake ${first.json.updated_at}`), 'two at once');
const moved = await daemon.call('POST', '/v1/sandbox/clock', { as: 'intake', key: null, body: { advance: '1h' } });
tally.equal(moved.status, 200, 'an hour on');
const second = await verify(first, { coverage: sample('pdts-complete').member.coverage, participation: 'participating', source: 'directory' });
tally.equal(sources(second), [
	`eligibility directory prn_intake ${second.json.updated_at}`, `line_of_business by telephone prn_intake ${first.json.updated_at}`,
	`participation directory prn_intake ${second.json.updated_at}`,
], 'the newer one signs for what it says, and for nothing else');
tally.equal([second.json.verified.facts, second.json.verified.source], [['eligibility', 'line_of_business', 'participation'], 'directory'], 'the facts; the newest source');
tally.check(first.json.updated_at !== second.json.updated_at, 'an hour lies between');

// Refusals.
const pointers = (answer, wanted, what) => tally.equal([answer.status, answer.json?.errors?.map((e) => e.pointer)], [422, wanted], what);
const open = await submit(sample('pdts-complete'));
problem(await verify(open, {}), 422, 'invalid-body', 'nothing verified');
problem(await verify(open, { coverage: null }), 422, 'invalid-body', 'null verifies nothing');
problem(await verify(open, { participation: 'unknown' }), 422, 'invalid-body', 'an unknown word');
problem(await verify(open, { coverage: [{ plan: 'trillium', from: '2026-02-30' }] }), 422, 'invalid-body', 'an impossible day');
for (const source of ['', ' ', '\t\n']) pointers(await verify(open, { source, participation: 'participating' }), ['/source'], `a source that says nothing: ${JSON.stringify(source)}`);
const span = { plan: 'trillium', from: '2025-01-01', to: '2026-12-31' };
pointers(await verify(open, { coverage: [span, { ...span, from: undefined }, { ...span, from: null }] }), ['/coverage/1/from', '/coverage/2/from'], 'spans that begin nowhere');
pointers(await verify(open, { coverage: [{ ...span, to: '2024-12-31' }, span, { ...span, from: '2026-12-31' }] }), ['/coverage/0/to'], 'a span that ends before it begins');
pointers(await verify(open, { source: ' ', coverage: [{ to: '2024-12-31' }] }), ['/source', '/coverage/0/from'], 'all of it at once');
for (const to of [undefined, null]) tally.equal((await verify(await submit(sample('pdts-complete')), { coverage: [{ ...span, to }] })).status, 200, 'a span that is open');
problem(await daemon.call('POST', `/v1/requests/${open.json.id}/plan-facts`, { as: 'provider', etag: open.headers.etag, body: { source: 'me', coverage: [] } }), 403, 'forbidden', 'not by the submitter');
problem(await verify(open, { coverage: [] }, { etag: '"v9"' }), 412, 'stale', 'a stale ETag');

// Items of the certificate of need, asked for by licensed staff: outstanding from then on, cured by what arrives.
const prts = await submit(sample('prts-complete'));
const ask = (made, items, as = 'reviewer') => daemon.call('POST', `/v1/requests/${made.json.id}/information-requests`, { as, etag: made.headers.etag, body: { items } });
tally.equal(prts.json.requested, [], 'nothing is asked for by itself');
const asked = await ask(prts, ['trillium.prts.con-packet.care-coordinator', 'trillium.prts.con-packet.cmhp-letter']);
tally.equal([asked.status, asked.json.waiting_on, asked.json.asked.map((a) => a.items.length)], [200, 'provider', [2]], 'asked for');
tally.check(asked.json.requested.length >= 2 && asked.json.missing.length === 0, 'outstanding, and no reason for a return');
tally.equal(asked.json.clock.due_at, prts.json.clock.due_at, 'the clock runs on');
const cured = await daemon.call('POST', `/v1/requests/${prts.json.id}/information`, { as: 'provider', etag: asked.headers.etag, body: { facts: { con_care_coordinator: 'Example Coordinator' } } });
tally.check(cured.json.requested.length === asked.json.requested.length - 1, 'one arrived');
problem(await ask(cured, ['trillium.prts.initial.assessment-qmhp']), 422, 'invalid-body', 'not an item to ask for');
problem(await ask(cured, ['trillium.prts.con-packet.cft-members'], 'intake'), 403, 'forbidden', 'not by unlicensed staff');
const twice = await ask(cured, ['trillium.prts.con-packet.care-coordinator']);
tally.equal([twice.json.asked.length, twice.json.requested.filter((e) => e.item.endsWith('care-coordinator')).length], [2, 0], 'asking again is recorded; what arrived stays');
await daemon.stop();
tally.end();
