// SPDX-License-Identifier: Apache-2.0
// What staff ask afterwards: how requests ended, what was known when, and what is to be done, each by filters that do not mislead.
import { sample } from '../lib/records.mjs';
import { start, Tally } from '../lib/daemon.mjs';

const tally = new Tally();
const daemon = await start(process.argv[2], ['--sandbox', '--seed', '5', '--policies', 'policies']);
const clock = async (at) => tally.equal((await daemon.call('POST', '/v1/sandbox/clock', { as: 'admin', body: { set: at } })).status, 200, `the clock at ${at}`);
const get = async (path, as = 'auditor', headers = {}) => daemon.call('GET', path, { as, headers });

async function submit(name, edit = {}) {
	const sent = await daemon.call('POST', '/v1/requests', { as: 'provider', body: { ...sample(name), ...edit } });
	tally.equal(sent.status, 201, `${name}: ${sent.text.slice(0, 200)}`);
	return sent;
}
async function step(sent, resource, as, body) {
	const read = await get(`/v1/requests/${sent.json.id}`, as);
	const done = await daemon.call('POST', `/v1/requests/${sent.json.id}/${resource}`, { as, body, etag: read.headers.etag });
	tally.equal(done.status, 200, `${resource}: ${done.text.slice(0, 300)}`);
	return done;
}

// Three ends on three days, and one request that goes on.
await clock('2026-12-01T09:00:00-08:00');
const goes = await submit('pdts-complete');
const withdrawn = await submit('pdts-complete', { submitter_reference: 'W-1' });
await clock('2026-12-02T09:00:00-08:00');
await step(withdrawn, 'withdrawal', 'provider', { reason: 'not_needed' });
const proposed = await submit('pdts-other-insurance');
await clock('2026-12-03T09:00:00-08:00');
await step(proposed, 'return', 'intake', { decision: 'return', reason: 'tpl_primary' });
const manual = await submit('icts-initial', { review: 'concurrent' });
await clock('2026-12-04T09:00:00-08:00');
await step(manual, 'closure', 'intake', { note: 'Decided in the other system.' });

// Newest first, filters, pages that fit together, the same rows as CSV.
const rows = async (query, as) => (await get(`/v1/decisions${query}`, as)).json.decisions;
const ends = (list) => list.map((line) => line.disposition);
tally.equal(ends(await rows('')), ['closed_elsewhere', 'returned', 'withdrawn'], 'newest first');
tally.equal(ends(await rows('?disposition=returned')), ['returned'], 'by disposition');
tally.equal(ends(await rows('?outcome=approved')), [], 'nothing was determined');
tally.equal(ends(await rows('?decided_from=2026-12-03T09:00:00-08:00&decided_to=2026-12-04T09:00:00-08:00')), ['returned'], 'from is included, to is not');
tally.equal(ends(await rows('?review=concurrent')), ['closed_elsewhere'], 'by review');
tally.equal(ends(await rows('?service=PRTS')), [], 'by service');
tally.equal(ends(await rows('?late=true')), [], 'none was late');
tally.equal(ends(await rows('?reviewer=prn_intake')), ['closed_elsewhere', 'returned'], 'by who decided');
tally.equal(ends(await rows('', 'other_provider')), [], 'nothing of others');
tally.equal(ends(await rows('', 'provider')).length, 3, 'a provider sees how its own ended');
const paged = [];
for (let next = '/v1/decisions?limit=1'; next !== null;) {
	const page = await get(next);
	paged.push(...page.json.decisions);
	next = page.json.next;
}
tally.equal(paged, await rows(''), 'pages of one hold the same');
const first = await get('/v1/decisions?limit=1');
const strange = await get(`/v1/decisions?limit=1&outcome=denied&cursor=${first.json.cursor}`);
tally.equal([strange.status, strange.json.errors[0].pointer], [400, '/cursor'], 'a cursor continues only its own list');
const csv = (await get('/v1/decisions', 'auditor', { Accept: 'text/csv' })).text.split('\r\n').slice(1, -1).map((row) => row.slice(1, -1).split('","'));
tally.equal(csv.map((row) => [row[0], row[3]]), (await rows('')).map((line) => [line.id, line.disposition]), 'the same as CSV');

// One decision: the answer as it stood when it was made.
const one = await get(`/v1/decisions/${paged[1].id}`);
const now = await get(`/v1/requests/${proposed.json.id}`);
tally.equal(one.json.answer, now.json, 'nothing has changed since');
tally.equal(one.json.answer.policy.digest.length, 64, 'the policy version that judged it, with its digest');
tally.equal((await get('/v1/decisions/dec_00000000000000000000000000')).status, 404, 'no such decision');
tally.equal((await get(`/v1/decisions/${paged[1].id}`, 'other_provider')).status, 404, 'not theirs looks like not there');

// What was known when.
const known = async (at) => get(`/v1/requests/${withdrawn.json.id}?as_of=${encodeURIComponent(at)}`);
tally.equal((await known('2026-12-01T08:59:59-08:00')).status, 404, 'not there yet');
tally.equal((await known('2026-12-01T09:00:00-08:00')).json, withdrawn.json, 'at receipt, as it was answered');
tally.equal((await known('2026-12-02T08:59:59-08:00')).json.status, 'in_review', 'the second before it was withdrawn');
tally.equal((await known('2026-12-02T09:00:00-08:00')).json.status, 'withdrawn', 'the second in which it was');
tally.equal((await known('2026-12-01T17:00:00Z')).headers.etag, '"v1"', 'with the ETag that it had');

// What is to be done.
const listed = async (query, as = 'intake') => (await get(`/v1/requests?${query}`, as)).json.requests.map((line) => line.id);
const incomplete = await submit('pdts-missing-dates');
const again = await submit('pdts-other-insurance');
const gate = await submit('prts-complete');
tally.equal(await listed('task=confirm_return'), [again.json.id], 'proposed returns');
tally.equal(await listed('task=certify', 'con_reviewer'), [gate.json.id], 'certificates of need');
tally.equal((await listed('task=review', 'reviewer')).includes(goes.json.id), true, 'reviews');
tally.equal(await listed('task=outreach'), [incomplete.json.id], 'attempts owed');
tally.equal(await listed('task=notify'), [], 'no notice is owed');
tally.equal((await listed('task=supply')).includes(incomplete.json.id), true, 'what providers have to send');
tally.equal((await listed('status=any')).length, 7, 'open and closed');
tally.equal((await get('/v1/requests?task=sleep')).json.errors[0].pointer, '/task', 'an unknown task is refused');

// A filter that says nothing, or an unknown word, is refused; what must be acted on before an instant is found by it.
for (const [query, pointer] of [['review=Initial', '/review'], ['review=', '/review'], ['submitter_reference=', '/submitter_reference']]) {
	const refused = await get(`/v1/requests?${query}`, 'intake');
	tally.equal([refused.status, refused.json.errors?.[0].pointer], [400, pointer], `${query} is refused`);
}
tally.equal((await get('/v1/decisions?reviewer=')).json.errors?.[0].pointer, '/reviewer', 'an empty reviewer is refused');
tally.check((await get('/v1/requests?due_before=today')).json.errors[0].fix.includes('+ is written %2B)'), 'the fix can be copied');
const acts = (await get(`/v1/requests/${again.json.id}`, 'intake')).json.clock;
tally.check(acts.act_by < acts.due_at, 'a clock beside the policy\'s own ends first');
const before = new Date(Date.parse(acts.act_by) + 1000).toISOString();
tally.check((await listed(`task=confirm_return&due_before=${before}`)).includes(again.json.id), 'due_before is about acting, not about the determination alone');
tally.equal(await listed('due_before=1970-01-01T00:00:00Z'), [], 'nothing was to be done before 1970');
tally.equal((await rows('?decided_to=1970-01-01T00:00:00Z')).length, 0, 'nothing was decided before 1970');

// By provider.
const npi = sample('pdts-complete').servicing_provider.npi;
const found = await daemon.call('POST', '/v1/requests/search', { as: 'intake', body: { servicing_provider_npi: npi, limit: 200 } });
tally.check(found.json.requests.some((line) => line.id === withdrawn.json.id) && found.json.requests.some((line) => line.id === goes.json.id), 'by provider, open and closed');
const nobody = await daemon.call('POST', '/v1/requests/search', { as: 'intake', body: { authorization_number: withdrawn.json.tracking_number.replace('AR', 'AU') } });
tally.equal([nobody.status, nobody.json.requests], [200, []], 'no authorization of that number');

const small = await daemon.call('POST', '/v1/requests/search', { as: 'intake', body: { tracking_number: withdrawn.json.tracking_number.toLowerCase() } });
tally.equal(small.json.requests?.map((line) => line.id), [withdrawn.json.id], 'a number as people type it');
const none = await daemon.call('POST', '/v1/requests/search', { as: 'intake', body: { authorization_number: 'AU-0000-0000-1' } });
tally.equal([none.status, none.json.errors?.[0].pointer], [422, '/authorization_number'], 'no number of ours');

await daemon.stop();
tally.end();
