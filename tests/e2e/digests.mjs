// SPDX-License-Identifier: Apache-2.0
// Whatever judged is named by its digest: calendars and overlays beside the policies, in /version, in /v1/policies and in every answer; a changed one is
// put in force with a line in the log, a clock that was kept names the files it was counted by, and every event names the policy that judged it.
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const policies = join(scratch('digests'), 'policies');
cpSync('policies', policies, { recursive: true });
const daemon = await start(binary, ['--sandbox', '--seed', '73', '--policies', policies]);
const call = (as, method, path, body, more = {}) => daemon.call(method, path, { as, body, ...more });
const file = (name) => join(policies, `${name}.json`);
const digestOf = (name) => createHash('sha256').update(readFileSync(file(name))).digest('hex');
const lines = () => daemon.err.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
const CALENDARS = ['us-la', 'us-ma', 'us-or', 'us-pa'];
const LAW = 'federal-medicaid';
const named = (kind, id) => ({ id, digest: digestOf(`${kind}/${id}`) });
const inForce = () => ({ calendar: named('calendars', 'us-or'), overlays: [named('overlays', LAW)] });

async function reload(wanted) {
	const from = lines().length;
	process.kill(daemon.pid, 'SIGHUP');
	const said = () => lines().slice(from);
	for (let i = 0; i < 2000 && !said().some((one) => /^policies_re/.test(one.event)); i++) await new Promise((wake) => setTimeout(wake, 10));
	tally.equal(said().at(-1)?.event, wanted, JSON.stringify(said()));
	return said().filter((one) => /^(calendar|overlay)_changed$/.test(one.event)).map((one) => [one.level, one.event, one.calendar ?? one.overlay, one.digest, one.digest_before]);
}

/* ---- what is loaded ---- */

async function shown(what) {
	const version = (await call(null, 'GET', '/version')).json;
	tally.equal(version.calendars, CALENDARS.map((id) => named('calendars', id)), `${what}: /version names the calendars`);
	tally.equal(version.overlays, [named('overlays', LAW)], `${what}: and the overlays`);
	tally.equal(Object.keys(version.policies[0]), ['id', 'version', 'digest'], `${what}: and the policies as ever`);
	const listed = (await call('auditor', 'GET', '/v1/policies')).json;
	tally.equal(listed.calendars.map((one) => [one.calendar, one.digest]), CALENDARS.map((id) => [id, digestOf(`calendars/${id}`)]), `${what}: /v1/policies lists the calendars`);
	tally.equal(listed.overlays.map((one) => [one.overlay, one.digest]), [[LAW, digestOf(`overlays/${LAW}`)]], `${what}: and the overlays`);
	tally.check([...listed.calendars, ...listed.overlays].every((one) => one.title.length > 5), `${what}: by their titles`);
	for (const one of listed.policies) {
		const whole = (await call('auditor', 'GET', one.href)).json;
		tally.equal([one.calendar, one.overlays], [whole.calendar, whole.overlays], `${what}: ${one.id} by itself says the same`);
		tally.equal(one.calendar, named('calendars', one.calendar.id), `${what}: ${one.id} names its calendar`);
		tally.equal(one.overlays, one.payer === 'tufts' ? [] : [named('overlays', LAW)], `${what}: ${one.id} names its overlays`);
	}
	return version;
}
const version = await shown('at the start');

/* ---- what is answered ---- */

const submit = async (body, path = '/v1/requests') => {
	const answer = await call('provider', 'POST', path, body);
	tally.equal(answer.status, path === '/v1/checks' ? 200 : 201, `sent: ${answer.text.slice(0, 300)}`);
	return answer;
};
const body = () => ({ ...sample('pdts-complete'), urgency: 'expedited' });
const policyOf = (id) => version.policies.find((one) => one.id === id);
const judged = (answer) => ({ calendar: answer.json.policy.calendar, overlays: answer.json.policy.overlays });
/** Each clock with the digests of its calendar and its overlay. */
const clocks = (answer) => answer.json.clock.all.map((one) => [one.basis, one.due_at, one.calendar?.digest, one.overlay?.digest ?? null]);
const first = await submit(body());
const before = inForce();
tally.equal(first.json.policy, { ...policyOf('trillium-isa'), ...before }, 'an answer names what judged it');
tally.equal((await submit(body(), '/v1/checks')).json.policy, first.json.policy, 'a check too');
const own = clocks(first).find(([basis]) => basis === 'policy');
const law = clocks(first).find(([basis]) => basis === 'overlay');
tally.equal([own?.slice(2), law?.slice(2)], [[before.calendar.digest, null], [before.calendar.digest, before.overlays[0].digest]], 'and each clock its calendar and overlay');
const care = await submit(sample('tcm-care'), '/v1/service-records');
tally.equal(care.json.policy, { ...policyOf('performcare-cm-040'), calendar: named('calendars', 'us-pa'), overlays: before.overlays }, 'a service record too');
const attested = await call('provider', 'PUT', '/v1/providers/1234567893/attestations/tufts.ps.staff.training', { payer: 'tufts', service: 'TM', on: '2026-11-02', attested_by: 'The director' });
tally.equal(attested.json.policy, { ...policyOf(attested.json.policy?.id), calendar: named('calendars', 'us-ma'), overlays: [] }, `what is attested too: ${attested.text.slice(0, 200)}`);

/* ---- a law and a calendar change, for all payers ---- */

tally.equal(await reload('policies_reloaded'), [], 'the same files once more: nothing to tell');
const was = { calendar: digestOf('calendars/us-or'), overlay: digestOf(`overlays/${LAW}`) };
const write = (name, change) => {
	const text = readFileSync(file(name), 'utf8');
	const changed = change(text);
	tally.check(changed !== text, `${name} is changed`);
	writeFileSync(file(name), changed);
};
write(`overlays/${LAW}`, (text) => text.replace('"hours": 72', '"hours": 24'));
write('calendars/us-or', (text) => text.replace('"holidays": [', '"holidays": [\n    { "on": "2026-12-01", "name": "A day off" },'));
tally.equal(await reload('policies_reloaded'), [
	['warning', 'calendar_changed', 'us-or', digestOf('calendars/us-or'), was.calendar], ['warning', 'overlay_changed', LAW, digestOf(`overlays/${LAW}`), was.overlay],
], 'each change is told with both digests');
tally.equal((await shown('after the change')).policies, version.policies, 'no policy has changed');
const second = await submit(body());
const after = inForce();
tally.check(after.calendar.digest !== before.calendar.digest && after.overlays[0].digest !== before.overlays[0].digest, 'other digests');
tally.equal(judged(second), after, 'a new answer names them');
tally.check(own[1] !== clocks(second).find(([basis]) => basis === 'policy')[1] && law[1] !== clocks(second).find(([basis]) => basis === 'overlay')[1], 'other times are due');
tally.equal((await call('provider', 'GET', `/v1/requests/${first.json.id}`)).text, first.text, 'what was answered stays as it was judged');
const kept = await call('provider', 'POST', `/v1/requests/${first.json.id}/information`, { member: { county: 'Example' } }, { etag: first.headers.etag });
tally.equal([kept.status, judged(kept)], [200, after], 'judged again: by the files of now');
tally.equal(clocks(kept).find(([basis]) => basis === 'policy'), own, 'a clock that is kept names the calendar that it was counted by');
tally.equal(clocks(kept).find(([basis]) => basis === 'overlay').slice(2), [after.calendar.digest, after.overlays[0].digest], 'one that is due earlier now those of now');
const returned = await call('provider', 'POST', `/v1/requests/${first.json.id}/withdrawal`, { reason: 'not_needed' }, { etag: kept.headers.etag });
const decision = await call('provider', 'GET', `/v1/decisions/${returned.json.decision?.id}`);
tally.equal(decision.json.answer.policy, { ...policyOf('trillium-isa'), ...after }, 'a decision says what it was made by');
write('calendars/us-or', (text) => text.replace('"on": "2026-12-01"', '"on": "2026-13-01"'));
tally.equal(await reload('policies_refused'), [], 'what is not put in force has not changed');

/* ---- every event names the policy that judged it ---- */

const byRequest = { [first.json.id]: 'trillium-isa', [second.json.id]: 'trillium-isa', [care.json.id]: 'performcare-cm-040', [attested.json.id]: attested.json.policy.id };
for (const path of ['/v1/events?limit=200', `/v1/requests/${first.json.id}/timeline`, `/v1/service-records/${care.json.id}/timeline`]) {
	const { events } = (await call('provider', 'GET', path)).json;
	tally.equal(events.map((event) => event.policy), events.map((event) => policyOf(byRequest[event.request])), path);
	tally.check(events.length > 0, `${path}: there are some`);
}
const events = (await call('provider', 'GET', '/v1/events?limit=200')).json.events;
tally.equal(new Set(events.map((event) => event.request)).size, 4, 'events of each kind');
const told = events.find((event) => event.action === 'attested');
tally.equal([told.provider_npi, told.href], ['1234567893', '/v1/providers/1234567893/attestations?payer=tufts&service=TM'], 'what was attested leads to its provider');
tally.equal((await call('provider', 'GET', told.href)).json.attestations.find((one) => one.on === '2026-11-02')?.state, 'current', 'and is read there');
tally.check(events.filter((event) => event !== told).every((event) => event.provider_npi === null), 'of members no more is told than before');
await daemon.stop();
tally.end();
