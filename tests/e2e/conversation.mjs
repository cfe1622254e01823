// SPDX-License-Identifier: Apache-2.0
// One request from arrival to its last supplement, with every precondition that guards it: keys, ETags, closed lists, cursors, clocks that
// shorten and never lengthen.
import { start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '21', '--policies', 'policies']);
const get = (path, as = 'provider', headers = {}) => daemon.call('GET', path, { as, headers });
const post = (path, body, more = {}) => daemon.call('POST', path, { as: 'provider', body, ...more });
const problem = (answer, status, type, what) => tally.equal([answer.status, answer.json?.type], [status, `/problems/${type}`], what);

// A request that lacks what C.15.1 lists and a paper, both told the first time.
const body = sample('pdts-complete');
delete body.service_period.end;
for (const line of body.lines) delete line.end;
body.documents.find((d) => d.type === 'clinical_justification').sections.find((s) => s.name === 'alternatives_ruled_out').page = null;
for (const s of body.documents.find((d) => d.type === 'clinical_justification').sections) if (s.name === 'alternatives_ruled_out') s.text = '   ';
const made = await post('/v1/requests', body);
tally.equal(made.status, 201, 'recorded though incomplete');
tally.equal([made.json.status, made.json.waiting_on], ['incomplete', 'provider'], 'its status and whose turn');
tally.equal(made.json.missing.map((e) => e.item), ['trillium.rts.service-dates'], 'what is missing');
tally.equal(made.json.requested.map((e) => e.item), ['trillium.pdts.initial.justification-alternatives'], 'what is asked for, told at once');
tally.check(made.json.missing.every((e) => e.say && e.fix && e.cite.length > 0 && e.owner), 'each says why, how to cure it, and its clause');
tally.check(/^req_[0-9A-HJKMNP-TV-Z]{26}$/.test(made.json.id), 'a sortable id');
tally.check(/^AR-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/.test(made.json.tracking_number), 'a tracking number');
tally.equal([made.json.authorization_number, made.json.decision], [null, null], 'nothing is authorized');
tally.equal([made.headers.etag, made.headers.location], ['"v1"', `/v1/requests/${made.json.id}`], 'ETag and Location');
tally.equal(made.json.outreach.required_before_return, 2, 'attempts owed before a return');

const path = `/v1/requests/${made.json.id}`;
const read = await get(path);
tally.check(read.status === 200 && read.text === made.text && read.headers.etag === '"v1"', 'GET gives the same bytes');
tally.equal((await get(path, 'provider', { 'If-None-Match': '"v1"' })).status, 304, 'unchanged');
const head = await daemon.call('HEAD', path, { as: 'provider' });
tally.equal([head.status, head.text, head.headers['content-length']], [200, '', String(Buffer.byteLength(made.text))], 'HEAD');

// Preconditions.
problem(await post(`${path}/information`, { facts: {} }), 428, 'precondition-required', 'no If-Match');
problem(await post(`${path}/information`, { facts: {} }, { etag: '"v7"' }), 412, 'stale', 'a stale ETag');
problem(await post(`${path}/information`, { facts: {} }, { etag: 'v1' }), 412, 'stale', 'an ETag without quotes');
problem(await post(`${path}/information`, { facts: {} }, { etag: 'W/"v1"' }), 412, 'stale', 'a weak ETag');
problem(await post(`${path}/information`, { facts: {} }, { etag: '"v1"', key: null }), 400, 'idempotency-key-required', 'no key');
problem(await post(`${path}/information`, { payer: 'trillium' }, { etag: '"v1"' }), 422, 'invalid-body', 'what a supplement cannot change');
problem(await post(`${path}/information`, { member: { birth_date: '2014-02-30' }, extra: 1 }, { etag: '"v1"' }), 422, 'invalid-body', 'a bad supplement');
tally.equal((await get(path)).headers.etag, '"v1"', 'none of that changed anything');

// The end date arrives two days later: the same clock.
await post('/v1/sandbox/clock', { advance: '2d' }, { key: null });
const supplement = { service_period: { end: body.service_period.start } };
const second = await post(`${path}/information`, supplement, { etag: '"v1"', key: 'second' });
tally.equal([second.status, second.headers.etag], [200, '"v2"'], 'supplied');
tally.equal([second.json.status, second.json.missing, second.json.requested.length], ['in_review', [], 1], 'complete; the paper is still asked for');
tally.equal(second.json.clock, made.json.clock, 'the clocks are those of receipt');
tally.equal([second.json.tracking_number, second.json.received_at], [made.json.tracking_number, made.json.received_at], 'the same number and receipt');
const replay = await post(`${path}/information`, supplement, { etag: '"v1"', key: 'second' });
tally.check(replay.status === 200 && replay.text === second.text && replay.headers['idempotency-replayed'] === 'true', 'a retry is answered before If-Match is looked at');
problem(await post(`${path}/information`, { facts: {} }, { etag: '"v1"', key: 'third' }), 412, 'stale', 'the old ETag is stale now');
problem(await post(`${path}/information`, { facts: {} }, { etag: '"v2"', key: 'second' }), 422, 'idempotency-key-reused', 'the key of another body');

// Two clients supply at once: exactly one wins.
const race = await Promise.all(Array.from({ length: 8 }, (_, n) => post(`${path}/information`, { member: { county: `Example ${n}` } }, { etag: '"v2"', key: `race-${n}` })));
tally.equal(race.map((a) => a.status).sort(), [200, 412, 412, 412, 412, 412, 412, 412], 'one of eight wins');
tally.equal((await get(path)).headers.etag, '"v3"', 'one version further');

// A document by its id: replaced; a new one: added; others stay.
const justification = structuredClone(body.documents.find((d) => d.type === 'clinical_justification'));
for (const s of justification.sections) if (s.name === 'alternatives_ruled_out') s.text = 'Day groups were tried and did not help.';
const cured = await post(`${path}/information`, { documents: [justification] }, { etag: '"v3"' });
tally.equal([cured.status, cured.json.requested, cured.json.waiting_on], [200, [], 'plan'], 'cured');

// Subacute: admission known later shortens the clock, never the other way round.
const planned = await post('/v1/requests', sample('subacute-before-admission'));
const before = planned.json.clock;
const admitted = await post(`/v1/requests/${planned.json.id}/information`,
	{ admission: { status: 'admitted', admitted_at: new Date(Date.parse(planned.json.received_at) - 3600000).toISOString(), planned_on: null } }, { etag: '"v1"' });
tally.equal(admitted.status, 200, `admission supplied (${admitted.text.slice(0, 200)})`);
tally.check(Date.parse(admitted.json.clock.due_at) < Date.parse(before.due_at), `admitted before receipt: the clock is shorter (${before.due_at}, ${admitted.json.clock.due_at})`);
const undone = await post(`/v1/requests/${planned.json.id}/information`, { admission: { status: 'planned', admitted_at: null } }, { etag: '"v2"' });
tally.equal(undone.json.clock.due_at, admitted.json.clock.due_at, 'and stays short when the fact is taken back');

// Worklists: by time left, in pages that fit together, with filters that are refused when they are none.
for (let n = 0; n < 23; n++) await post('/v1/requests', { ...sample(n % 2 ? 'pdts-complete' : 'prts-complete'), submitter_reference: `list-${n}` });
const whole = (await get('/v1/requests?limit=200')).json.requests;
const pages = [];
for (let next = '/v1/requests?limit=7'; next;) {
	const page = await get(next);
	tally.equal(page.status, 200, 'a page');
	tally.check(!page.json.next || page.headers.link === `<${page.json.next}>; rel="next"`, 'Link and next agree');
	pages.push(...page.json.requests);
	next = page.json.next;
}
tally.equal(pages.map((r) => r.id), whole.map((r) => r.id), 'pages make the whole');
tally.check(whole.every((r, i) => i === 0 || Date.parse(whole[i - 1].act_by) <= Date.parse(r.act_by)), 'the most urgent first');
tally.equal((await get('/v1/requests?service=PRTS&limit=200')).json.requests.every((r) => r.service === 'PRTS'), true, 'filtered by service');
tally.equal((await get(`/v1/requests?tracking_number=${made.json.tracking_number}`)).json.requests.map((r) => r.id), [made.json.id], 'found by tracking number');
tally.equal((await get(`/v1/requests?tracking_number=${made.json.tracking_number.toLowerCase()}`)).json.requests.map((r) => r.id), [made.json.id], 'also in small letters');
tally.equal((await get('/v1/requests?submitter_reference=list-5')).json.requests.length, 1, 'found by reference');
tally.check((await get('/v1/requests?waiting_on=con_reviewer&limit=200')).json.requests.every((r) => r.waiting_on === 'con_reviewer'), 'filtered by whose turn');
const due = whole[3].act_by;
tally.check((await get(`/v1/requests?due_before=${encodeURIComponent(due)}&limit=200`)).json.requests.every((r) => Date.parse(r.act_by) < Date.parse(due)), 'filtered by due date');
for (const query of ['statu=open', 'status=opened', 'waiting_on=us', 'due_before=tomorrow', 'limit=0', 'limit=201', 'limit=x', 'cursor=abc', 'status=open&status=any', 'service=prts', 'payer=nope', 'tracking_number=AR-0000-0000-1']) {
	problem(await get(`/v1/requests?${query}`), 400, 'bad-parameter', `refused: ${query}`);
}
const cursor = (await get('/v1/requests?limit=7')).json.cursor;
problem(await get(`/v1/requests?limit=7&service=PRTS&cursor=${cursor}`), 400, 'bad-parameter', 'a cursor continues only its own list');
problem(await get(`/v1/requests?limit=7&cursor=${cursor.replace('.', '.%20')}`), 400, 'bad-parameter', 'a cursor is taken to the letter');

// Search, timeline, feed.
const found = await post('/v1/requests/search', { member: { id: body.member.id } });
tally.check(found.status === 200 && found.json.requests.some((r) => r.id === made.json.id), 'found by member');
tally.check(!JSON.stringify(found.json).includes(body.member.id), 'the member does not stand in the answer’s addresses');
problem(await post('/v1/requests/search', {}), 422, 'invalid-body', 'a search for nothing');
const timeline = (await get(`${path}/timeline`)).json.events;
tally.equal(timeline.map((e) => [e.action, e.state.version]), [['received', 1], ['information_supplied', 2], ['information_supplied', 3], ['information_supplied', 4]], 'the timeline');
const feed = (await get('/v1/events?limit=200')).json.events;
tally.check(feed.every((e, i) => i === 0 || feed[i - 1].id < e.id), 'the feed is in order');
const half = (await get('/v1/events?limit=10')).json;
tally.equal((await get(half.next)).json.events[0].id, feed[10].id, 'and continues where it stopped');

// Staff enter a fax that came yesterday: the receipt is the fax's, so is the clock.
const fax = { ...sample('pdts-complete'), intake: { received_at: '2026-11-19T16:52:00-08:00', via: 'fax' } };
const entered = await daemon.call('POST', '/v1/requests', { as: 'intake', body: fax });
tally.equal([entered.status, entered.json.received_at], [201, '2026-11-19T16:52:00-08:00'], 'received when the fax came');
const future = { ...fax, intake: { received_at: '2027-01-01T00:00:00Z', via: 'fax' } };
const refused = await daemon.call('POST', '/v1/requests', { as: 'intake', body: future });
tally.equal([refused.status, refused.json.errors[0].pointer], [422, '/intake/received_at'], 'nothing is received in the future');

// What this policy does not answer is recorded and stays in the worklist, for staff to route.
const byHand = await post('/v1/requests', sample('icts-initial'));
tally.equal([byHand.status, byHand.json.status, byHand.json.waiting_on], [201, 'manual_route', 'plan'], 'a service without rules of its own goes the manual way');
tally.check((await get('/v1/requests?status=manual_route', 'intake')).json.requests.some((r) => r.id === byHand.json.id), 'and is not lost');
tally.check((await get('/v1/requests?limit=200', 'intake')).json.requests.some((r) => r.id === byHand.json.id), 'it stands in the open worklist');
tally.equal(byHand.json.clock.all.map((c) => c.rule), ['federal.medicaid.standard'], 'the clock of the law runs for it');
const early = await daemon.call('POST', '/v1/requests', { as: 'intake', body: { ...sample('pdts-complete'), intake: { received_at: '2019-03-05T10:00:00-08:00', via: 'fax' } } });
tally.equal([early.status, early.json.status, early.json.clock.all], [201, 'manual_route', []], 'a receipt before the policy was in force is for staff');
const first = await daemon.call('POST', '/v1/requests', { as: 'intake', body: { ...sample('pdts-complete'), intake: { received_at: '2019-03-06T10:00:00-08:00', via: 'fax' } } });
tally.check(first.json.status !== 'manual_route', 'on its first day the policy judges');

// What was recorded can be read again, as it was sent and supplemented.
const submission = await get(`${path}/submission`);
tally.equal([submission.status, submission.headers.etag, submission.json.member.id], [200, cured.headers.etag, body.member.id], 'the submission as it stands');
tally.equal(submission.json.service_period, { ...body.service_period, ...supplement.service_period }, 'with what was supplied');
tally.equal((await get(`${path}/submission`, 'other_provider')).status, 404, 'not by others');

// Checks record nothing and say the same.
const events = (await get('/v1/events?limit=200')).json.last;
for (const name of ['prts-assessment-too-old', 'pdts-no-safety-plan', 'subacute-after-admission']) {
	const check = (await post('/v1/checks', sample(name))).json;
	const request = (await post('/v1/requests', sample(name))).json;
	for (const part of ['status', 'waiting_on', 'missing', 'requested', 'findings', 'flags', 'limits', 'proposed_return', 'clock']) {
		tally.equal(check[part], request[part], `${name}: check and request agree on ${part}`);
	}
	tally.equal([check.recorded, check.not_checked.length > 0], [false, true], `${name}: the check says what it is not`);
}
tally.check((await get('/v1/events?limit=200')).json.last > events, 'the requests, not the checks, are in the feed');
const page = await get('/v1/requirements?payer=trillium&service=PRTS', 'provider', { Accept: 'text/html' });
tally.check(page.headers['content-type'].startsWith('text/html') && page.text.includes('<h1>Psychiatric residential treatment (PRTS)'), 'a checklist to print');
await daemon.stop();
tally.end();
