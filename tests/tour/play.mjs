// SPDX-License-Identifier: Apache-2.0
// Plays the README's console blocks against a fresh sandbox, exactly as written, and compares every printed line.
//   play.mjs BINARY          test: exit 1 when an answer differs from the page
//   play.mjs --show BINARY   demo: print commands and answers as they come
//   play.mjs --write BINARY  put today's answers into the page
// A block is ```console; a line "$ command" (continued by a trailing backslash) is typed, what follows is what it prints. `./dev run` starts the
// sandbox; commands of ./dev that would run this test again are only checked to exist.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { scratch, start } from '../lib/daemon.mjs';

const mode = process.argv[2].startsWith('--') ? process.argv[2] : '--test';
const binary = resolve(process.argv.at(-1));
const page = process.env.TOUR_PAGE ?? 'README.md';
const lines = readFileSync(page, 'utf8').split('\n');
const explained = readFileSync('dev', 'utf8');

/** The commands of the page: {first, last: lines of the expected output, command}. */
function commands() {
	const found = [];
	let inside = false;
	for (let i = 0; i < lines.length; i++) {
		if (lines[i].startsWith('```')) {
			inside = !inside && lines[i] === '```console';
			continue;
		}
		if (!inside || !lines[i].startsWith('$ ')) continue;
		let command = lines[i].slice(2);
		while (command.endsWith('\\')) command = command.slice(0, -1) + lines[++i].trimStart();
		let last = i + 1;
		while (!lines[last].startsWith('$ ') && !lines[last].startsWith('```')) last++;
		found.push({ first: i + 1, last, command });
		i = last - 1;
	}
	return found;
}

/** One shell for the whole tour, so that variables and files stay. */
class Shell {
	constructor() {
		this.child = spawn('bash', ['--norc'], { cwd: scratch('tour'), stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
		this.buffer = '';
		this.child.stdout.on('data', (data) => { this.buffer += data; this.wake?.(); });
	}
	async run(command) {
		const mark = `--- end of command ${Math.random()} ---`;
		this.child.stdin.write(`{ ${command}\n} 2>&1; echo; echo '${mark}'\n`);
		const deadline = Date.now() + 30000;
		while (!this.buffer.includes(`${mark}\n`)) {
			if (Date.now() > deadline) throw new Error(`no end of: ${command}`);
			await new Promise((done) => { this.wake = done; setTimeout(done, 1000); });
		}
		const at = this.buffer.indexOf(`\n${mark}\n`);
		const output = this.buffer.slice(0, at);
		this.buffer = this.buffer.slice(at + mark.length + 2);
		return output.replace(/\n+$/, '');
	}
	end() { this.child.stdin.end(); }
}

const shell = new Shell();
let daemon = null;
let failed = 0;
let played = 0;
const edits = [];
const here = (text) => text.replaceAll(`127.0.0.1:${daemon?.port}`, '127.0.0.1:8080');

for (const step of commands()) {
	let output;
	if (step.command === './dev run') {
		daemon = await start(binary, ['--sandbox', '--seed', '1', '--policies', 'policies']);
		output = here(daemon.out.trimEnd());
	} else if (step.command.startsWith('./dev ') || step.command === './dev') {
		const name = step.command.split(' ')[1];
		if (name && !explained.includes(`\n${name})`) && !explained.includes(`./dev ${name}`)) failed++;
		continue;
	} else {
		if (!daemon) throw new Error(`the page types "${step.command}" before ./dev run`);
		output = here(await shell.run(step.command.replaceAll('127.0.0.1:8080', `127.0.0.1:${daemon.port}`)));
	}
	played++;
	if (mode === '--show') console.log(`\n\x1b[1m$ ${step.command}\x1b[0m\n${output}`);
	const wanted = lines.slice(step.first, step.last).join('\n').trimEnd();
	if (mode === '--write') edits.push({ ...step, output });
	else if (output.trimEnd() !== wanted) {
		failed++;
		console.log(`FAILED ${page}:${step.first} $ ${step.command}\n--- the page says\n${wanted}\n--- it printed\n${output}\n`);
	}
}
shell.end();
await daemon?.stop();
if (mode === '--write') {
	for (const edit of edits.reverse()) lines.splice(edit.first, edit.last - edit.first, ...(edit.output === '' ? [] : edit.output.split('\n')), ...(edit.output !== '' && lines[edit.last]?.startsWith('$ ') ? [''] : []));
	writeFileSync(page, lines.join('\n'));
}
console.log(`${played - failed} passed, ${failed} failed`);
process.exit(failed > 0 || played === 0 ? 1 : 0);
