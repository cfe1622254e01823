// SPDX-License-Identifier: Apache-2.0
// No rule stands in the program: a window and a required section are changed in a policy file alone, and the same binary answers by the new rule;
// the cases notice the change until they are changed with it.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';
import { sample } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const version = 'trillium-isa/2019-03-06';

function edited(name, file, change) {
	const directory = join(scratch(name), 'policies');
	cpSync('policies', directory, { recursive: true });
	const path = join(directory, version, file);
	const before = readFileSync(path, 'utf8');
	const after = change(before);
	if (after === before) throw new Error(`${file} was not changed`);
	writeFileSync(path, after);
	return directory;
}

async function answer(directory, body) {
	const daemon = await start(binary, ['--sandbox', '--seed', '31', '--policies', directory]);
	const made = await daemon.call('POST', '/v1/requests', { as: 'provider', body });
	await daemon.stop();
	return made.json;
}

function dated(day) {
	const body = sample('prts-complete');
	body.documents.find((d) => d.type === 'psych_assessment').completed_on = day;
	return body;
}

// C.5.2: sixty days become forty-five. Received on 2026-11-20: the sixtieth day before is 09-21, the forty-fifth 10-06.
const file = 'c05-prts-initial.json';
const item = 'trillium.prts.initial.assessment-psych';
const fortyFive = edited('window', file, (text) => text.replace(new RegExp(`("id": "${item}"[^]*?"days": )60`), '$145'));
const asked = (json) => json.requested.map((e) => `${e.item} ${e.problem} ${e.needed}`);
tally.equal(asked(await answer('policies', dated('2026-09-21'))), [], 'sixty days: the sixtieth day is accepted');
tally.equal(asked(await answer('policies', dated('2026-09-20'))), [`${item} stale 2026-09-21 or later`], 'sixty days: the day before is not');
tally.equal(asked(await answer(fortyFive, dated('2026-10-06'))), [], 'forty-five days: the forty-fifth day is accepted');
tally.equal(asked(await answer(fortyFive, dated('2026-10-05'))), [`${item} stale 2026-10-06 or later`], 'forty-five days: the day before is not');
const requirement = (await (async () => {
	const daemon = await start(binary, ['--sandbox', '--seed', '32', '--policies', fortyFive]);
	const read = await daemon.call('GET', '/v1/requirements?payer=trillium&service=PRTS&as_of=2026-11-20', { as: 'provider' });
	await daemon.stop();
	return read.json.groups.flatMap((g) => g.items).find((i) => i.item === item);
})());
tally.check(requirement.text.includes('45 days') && requirement.earliest === '2026-10-06', `the checklist says it too: ${requirement.text} ${requirement.earliest}`);
const cases = spawnSync(binary, ['policy', 'test', fortyFive], { encoding: 'utf8' });
tally.check(cases.status === 1 && cases.stdout.includes(item), 'the cases fail until they are changed as well');
tally.equal(spawnSync(binary, ['policy', 'coverage', fortyFive]).status, 0, 'the coverage is as before');

// A section more: the present treatment setting, which the policy knows of assessments, is now required of them for PRTS.
const more = edited('section', file, (text) => text.replace(/("id": "trillium\.prts\.initial\.assessment-environment"[^]*?"need": \[)/, '$1"treatment_setting", '));
const body = sample('prts-complete');
const without = await answer(more, body);
tally.equal(without.requested.map((e) => `${e.item} ${e.problem}`), ['trillium.prts.initial.assessment-environment missing'], 'a new section is asked for');
body.documents.find((d) => d.type === 'bh_assessment').sections.push({ name: 'treatment_setting', page: 3 });
tally.equal((await answer(more, body)).requested, [], 'and found when it is there');

// A sentence cannot say another number than the check.
const wrong = edited('sentence', file, (text) => text.replace('{window}', 'sixty days'));
const check = spawnSync(binary, ['policy', 'check', wrong], { encoding: 'utf8' });
tally.check(check.status === 1 && check.stdout.includes(file), `a number written into a sentence is refused: ${check.stdout.trim().slice(0, 200)}`);
tally.check(execFileSync(binary, ['policy', 'check', 'policies']).toString().includes('trillium-isa'), 'the policies of the repository are good');
tally.end();
