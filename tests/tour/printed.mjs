// SPDX-License-Identifier: Apache-2.0
// The commands that the sandbox prints at its start, typed exactly as they stand there, one after the other, in an empty directory.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const directory = scratch('printed');

const parse = (text) => { try { return JSON.parse(text); } catch { return null; } };

/** What each line is for: a check of what it printed and left behind. */
let tracking = null;
const wanted = [
	(output) => {
		tally.equal(output, '', 'the sample goes into a file');
		const { payer, service, review } = parse(readFileSync(join(directory, 'request.json'), 'utf8')) ?? {};
		tally.equal([payer, service, review], ['trillium', 'PRTS', 'initial'], 'request.json is a request');
	},
	(output) => {
		const answer = parse(output);
		tracking = answer?.tracking_number;
		tally.check(/^AR-/.test(tracking), `it was recorded (${output.slice(0, 300)})`);
		tally.equal([answer?.version, answer?.service, answer?.requested?.length], [1, 'PRTS', 1], 'the answer asks for the newer assessment');
		tally.check(answer?.clock?.due_at !== undefined, 'and says by when');
	},
	(output) => {
		const rows = parse(output)?.requests ?? [];
		tally.equal(rows.map((row) => row.tracking_number), [tracking], 'staff see it in their worklist');
	},
];

const daemon = await start(binary, ['--sandbox', '--policies', 'policies']);
while (!daemon.out.endsWith('\n\n')) await new Promise((done) => setTimeout(done, 10));
const lines = daemon.out.split('Try, in another terminal:')[1].split('\n').filter((line) => line.trim() !== '');
tally.equal(lines.length, wanted.length, 'the lines that are printed');
lines.slice(0, wanted.length).forEach((line, n) => {
	const run = spawnSync('bash', ['-c', line], { cwd: directory, encoding: 'utf8', timeout: 30000 });
	if (tally.equal([run.status, run.stderr], [0, ''], `${line.trim()}: exit code and errors`)) wanted[n](run.stdout);
});
tally.equal(readdirSync(directory), ['request.json'], 'nothing else is left behind');
await daemon.stop();
tally.end();
