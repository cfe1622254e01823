// SPDX-License-Identifier: Apache-2.0
// What a provider attests can be attested anew for ever: the record holds what stands, whatever was there before, and the events the rest; and many who
// attest at the same moment are all taken, one after the other.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';
import { database, serve, verifyAudit } from '../lib/records.mjs';

const [binary] = process.argv.slice(2);
const tally = new Tally();
const records = database(binary, 'attestations', ['clinic-a', 'clinic-b']);
const policies = join(records.directory, 'policies');
const MOST = 10;
const SPARE = 100; // of a list, beyond what its policy says
cpSync('tests/policies', policies, { recursive: true });
const manifest = join(policies, 'care-sketch/1/policy.json');
const written = JSON.parse(readFileSync(manifest, 'utf8'));
written.facts.occurrences.maxItems = MOST;
writeFileSync(manifest, JSON.stringify(written));

const daemon = await serve(binary, records, [], { policies, sockets: 40 });
const npi = '1234567893';
const day = (back) => new Date(Date.now() - (2 + back) * 86400000).toISOString().slice(0, 10);
const attest = (item, more, call = {}) => daemon.call('PUT', `/v1/providers/${npi}/attestations/${item}`,
	{ as: 'clinic-a', body: { payer: 'care-sketch', service: 'WALK', on: day(0), attested_by: 'Lee', ...more }, ...call });
const stands = async (as = 'clinic-a') => (await daemon.call('GET', `/v1/providers/${npi}/attestations?payer=care-sketch&service=WALK`, { as })).json
	.attestations.map((one) => `${one.attestation} ${one.on} ${one.attested_by}`);

/* ---- for ever ---- */

const policiesPut = await attest('walk.policies', { on: day(5), attested_by: 'Poe' });
tally.equal(policiesPut.status, 200, `one that stays: ${policiesPut.text.slice(0, 300)}`);
const refused = [];
const ROUNDS = MOST + SPARE + 20;
let last;
for (let i = 0; i < ROUNDS; i++) {
	last = await attest('walk.training', { on: day(i % 7) });
	if (last.status !== 200) refused.push(`${i}: ${last.status} ${last.text.slice(0, 300)}`);
}
tally.equal(refused.slice(0, 2), [], 'attested anew more often than the list is long');
tally.equal(last.headers.etag, `"v${ROUNDS + 1}"`, 'each is a version of its own');
tally.equal(await stands(), [`walk.training ${day((ROUNDS - 1) % 7)} Lee`, `walk.policies ${day(5)} Poe`], 'the newest stands, and what was not attested anew still does');

/* ---- at the same moment ---- */

const names = Array.from({ length: 30 }, (_, i) => `Person ${i}`);
const burst = await Promise.all(names.map((attested_by) => attest('walk.training', { attested_by })));
tally.equal(burst.filter((one) => one.status !== 200).map((one) => `${one.status} ${one.text.slice(0, 200)}`), [], 'all who attest at once are taken');
const versions = burst.map((one) => Number(one.headers.etag?.slice(2, -1))).sort((a, b) => a - b);
tally.equal(versions, names.map((_, i) => ROUNDS + 2 + i), 'one after the other');
const final = burst.find((one) => one.headers.etag === `"v${ROUNDS + 1 + names.length}"`);
tally.equal((await stands())[0], `walk.training ${day(0)} ${final?.json.attestations[0].attested_by}`, 'the last of them stands');
const first = await Promise.all(names.slice(0, 12).map((attested_by) => attest('walk.training', { attested_by }, { as: 'clinic-b' })));
tally.equal(first.map((one) => one.status), first.map(() => 200), 'also where there is no record yet');
tally.equal(new Set(first.map((one) => one.json.id)).size, 1, 'which they begin together');
const etag = burst.find((one) => one === final)?.headers.etag;
const guarded = await Promise.all(['A', 'B', 'C', 'D'].map((attested_by) => attest('walk.training', { attested_by }, { etag })));
tally.equal(guarded.map((one) => one.status).sort(), [200, 412, 412, 412], 'who names a version is told that it is another now');
const keyed = await Promise.all(Array.from({ length: 6 }, () => attest('walk.training', { attested_by: 'Once' }, { headers: { 'Idempotency-Key': 'once' } })));
tally.equal([new Set(keyed.map((one) => one.text)).size, keyed.filter((one) => one.status === 200).length], [1, 6], 'of one key all have one answer');

/* ---- what was ---- */

const events = [];
for (let next = '/v1/events?limit=200'; next;) {
	const page = (await daemon.call('GET', next, { as: 'clinic-a' })).json;
	events.push(...page.events);
	next = page.events.length > 0 ? page.next : null;
}
tally.equal(events.filter((one) => one.action === 'attested').length, 1 + ROUNDS + names.length + 1 + 1, 'each has its event, and only one');
await daemon.stop();
const audit = verifyAudit(binary, records.db);
tally.check(audit.includes('the chain is intact') && !/NOT|bad/.test(audit), `the evidence holds: ${audit}`);
tally.end();
