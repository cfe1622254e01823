// SPDX-License-Identifier: Apache-2.0
// Personal data goes where it is asked for and nowhere else: 200 canaries in every personal field, then every log line, metric, address and
// error text is searched for them. The control: an authorized reader gets back the bodies' own references.
import { readFileSync, writeFileSync } from 'node:fs';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const records = database(binary, 'canaries');
const config = `${records.directory}/config.json`;
writeFileSync(config, JSON.stringify({ log_level: 'debug' }), { mode: 0o600 });
const daemon = await serve(binary, records, ['--config', config]);

const canaries = [];
const canary = (kind) => {
	const n = canaries.length;
	const value = kind === 'id' ? `CNRY${String(n).padStart(6, '0')}ID` : `Canary${String(n).padStart(5, '0')}Zz`;
	canaries.push(value);
	return value;
};

function body() {
	const b = sample('pdts-complete');
	Object.assign(b.member, { id: canary('id'), first_name: canary(), last_name: canary(), recipient_id: canary('id'), county: canary() });
	b.submitter_reference = null;
	b.submitted_by = { capacity: 'provider', name: canary() };
	b.requesting_provider.name = canary();
	b.servicing_provider.name = canary();
	for (const document of b.documents) {
		document.author = { ...document.author, name: canary() };
		for (const section of document.sections ?? []) section.text = `${canary()} ${section.text ?? ''}`;
		for (const signature of document.signatures ?? []) signature.name = canary();
		document.source = { sha256: null, location: canary() };
	}
	b.member.other_insurance = [{ carrier: canary(), kind: 'private', from: '2020-01-01', to: '2020-02-01', covers_service: 'unknown', denial: null }];
	return b;
}

const answers = [];
const ids = [];
while (canaries.length < 200) {
	const b = body();
	const made = await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: b });
	tally.equal(made.status, 201, `recorded (${made.text.slice(0, 300)})`);
	ids.push(made.json.id);
	const again = await daemon.call('POST', `/v1/requests/${made.json.id}/information`, {
		as: 'clinic-a', etag: made.headers.etag, body: { member: { first_name: canary() } },
	});
	tally.equal(again.status, 200, `supplied (${again.text.slice(0, 300)})`);
	const found = await daemon.call('POST', '/v1/requests/search', { as: 'clinic-a', body: { member: { id: b.member.id } } });
	tally.equal(found.json.requests.length, 1, 'searched by member');
	// Errors with the same personal data in them: wrong types, unknown members and words, broken text.
	const broken = structuredClone(b);
	broken.member.birth_date = canary();
	broken.member.nickname = canary(); // the names of unknown members are told; what they hold is not
	broken.urgency = canary();
	broken.servicing_provider.npi = 5;
	broken.documents[0].type = canary();
	broken.documents[0].completed_on = canary();
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: broken }));
	answers.push(await daemon.call('POST', '/v1/checks', { as: 'clinic-a', body: broken }));
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', body: `{"member": {"first_name": "${canary()}"` }));
	answers.push(await daemon.call('POST', '/v1/requests', { as: 'clinic-a', key: `key ${canary()}`, body: b }));
	answers.push(await daemon.call('POST', `/v1/requests/${made.json.id}/information`, { as: 'clinic-a', etag: '"v99"', body: { member: { last_name: canary() } } }));
	answers.push(await daemon.call('POST', '/v1/requests/search', { as: 'clinic-a', body: { member: { name: canary() } } }));
	answers.push(await daemon.call('GET', `/v1/requests/${canary()}`, { as: 'clinic-a' }));
	answers.push(await daemon.call('GET', `/v1/requests?member=${canary()}`, { as: 'clinic-a' }));
}
tally.check(canaries.length >= 200, `${canaries.length} canaries`);
for (const answer of answers) tally.check(answer.status >= 400 && answer.status < 500, `an error (${answer.status})`);

const metrics = await daemon.call('GET', '/readyz', {});
const timeline = await daemon.call('GET', `/v1/requests/${ids[0]}/timeline`, { as: 'clinic-a' });
const feed = await daemon.call('GET', '/v1/events?limit=200', { as: 'clinic-a' });
const list = await daemon.call('GET', '/v1/requests?limit=200', { as: 'clinic-a' });
const search = (text, where) => {
	const hits = canaries.filter((value) => text.includes(value));
	tally.equal(hits, [], `no canary in ${where}`);
};
answers.forEach((answer) => search(answer.text + JSON.stringify(answer.headers), 'an error'));
search(metrics.text, 'readiness');
search(timeline.text, 'the timeline');
search(feed.text, 'the event feed');
search(list.text + JSON.stringify(list.headers), 'the worklist and its addresses');
search(readFileSync(`/proc/${daemon.pid}/cmdline`, 'latin1'), 'the command line');
await daemon.stop();
search(daemon.err, 'the log');
search(daemon.out, 'standard output');
tally.check(daemon.err.split('\n').length > ids.length * 5, `the log was written at debug level (${daemon.err.split('\n').length} lines)`);
// The control: the canaries were really sent and kept.
const kept = readFileSync(records.db, 'latin1') + (() => { try { return readFileSync(`${records.db}-wal`, 'latin1'); } catch { return ''; } })();
tally.check(canaries.slice(2, 10).every((value) => kept.includes(value)), 'the control: the record holds them');
tally.end();
