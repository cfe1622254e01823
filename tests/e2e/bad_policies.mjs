// SPDX-License-Identifier: Apache-2.0
// The corpus of bad policy files (tests/policies/bad): each row spoils a small good directory in one way. `policy check` says every problem with file,
// pointer and reason and fails; the daemon does not start with it and says the same. A row says all problems, so that one fault is not buried
// under what follows from it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyEdits } from '../lib/cases.mjs';
import { scratch, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const corpus = 'tests/policies/bad';
const CONFIG = 78; // EX_CONFIG
const LEAST = 100;
const home = scratch('bad-policies');

/** The good directory: the example of a sixth payer, without its cases. */
function good(name) {
	const directory = join(home, name);
	for (const part of ['sixth-payer', 'calendars/harbor.json']) cpSync(join('tests/policies', part), join(directory, part), { recursive: true, filter: (from) => !from.endsWith('/cases') });
	return directory;
}

function edit(directory, { file, at, value, remove, text, bytes, copy, to }) {
	if (copy) return cpSync(join(directory, copy), join(directory, to), { recursive: true });
	const path = join(directory, file);
	mkdirSync(dirname(path), { recursive: true });
	if (bytes !== undefined) return writeFileSync(path, Buffer.from(bytes, 'hex'));
	if (text !== undefined) return writeFileSync(path, text);
	if (at === '') return writeFileSync(path, JSON.stringify(value));
	const json = JSON.parse(readFileSync(path, 'utf8'));
	return writeFileSync(path, JSON.stringify(remove ? applyEdits(json, [at]) : applyEdits(json, [], { [at]: value })));
}

const run = (...args) => spawnSync(binary, args, { encoding: 'utf8', timeout: 20000 });

/** "file#/pointer code" of what `policy check --json` says. */
function problems(directory) {
	const checked = run('policy', 'check', '--json', directory);
	const said = JSON.parse(checked.stdout);
	return { status: checked.status, said: said.good ? [] : said.problems ?? said.errors, good: said.good };
}

let rows = 0;
for (const file of readdirSync(corpus).sort()) {
	const page = JSON.parse(readFileSync(join(corpus, file), 'utf8'));
	const given = good(file);
	for (const one of page.given ?? []) edit(given, one);
	tally.equal(problems(given), { status: 0, said: [], good: true }, `${file}: what is spoilt is good at first`);
	for (const row of page.rows) {
		const what = `${file}: ${row.name}`;
		const directory = join(home, `${file}-${++rows}`);
		cpSync(given, directory, { recursive: true });
		for (const one of row.edits) edit(directory, one);
		const { status, said } = problems(directory);
		tally.equal([status, said.map((one) => `${one.place} ${one.code}`)], [1, row.problems], `${what} (${said.map((one) => one.detail).join(' | ')})`);
		tally.check(said.length > 0 && said.every((one) => one.detail.trim().length > 8), `${what}: each with its reason`);
		const lines = said.map((one) => `${one.place}: ${one.detail}`);
		const printed = run('policy', 'check', directory);
		tally.check(printed.status === 1 && lines.every((line) => printed.stdout.includes(line)), `${what}: a person reads the same: ${printed.stdout}`);
		const served = run('serve', '--sandbox', '--listen', '127.0.0.1:0', '--policies', directory);
		tally.check(served.status === CONFIG && !served.stdout.includes('listens'), `${what}: the daemon does not start, it ended with ${served.status}: ${served.stdout}`);
		tally.check(lines.every((line) => served.stderr.includes(line)), `${what}: and says why: ${served.stderr}`);
	}
}
tally.check(rows >= LEAST, `the corpus has ${rows} rows`);
tally.end();
