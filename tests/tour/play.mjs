// SPDX-License-Identifier: Apache-2.0
// Plays a page's console blocks, exactly as written, and compares every printed line; the README when no page is named.
//   play.mjs BINARY [PAGE]          test: exit 1 when an answer differs from the page
//   play.mjs --show BINARY [PAGE]   demo: print commands and answers as they come
//   play.mjs --write BINARY [PAGE]  put today's answers into the page
// A block is ```console; a line "$ command" (continued by a trailing backslash, or up to the word of its <<'WORD') is typed, what follows is what it
// prints. It is typed in an empty directory with a copy of policies/. `./dev run` starts the sandbox, a fresh one each time; commands of ./dev that
// would run this test again are only checked to exist. A last line "..." stands for whatever else is printed. `$(pgrep -f 'authreviewd ...')` is that sandbox, and after a SIGHUP it is waited for.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scratch, start } from '../lib/daemon.mjs';

const mode = process.argv[2].startsWith('--') ? process.argv[2] : '--test';
const [file, page = 'README.md'] = process.argv.slice(mode === '--test' ? 2 : 3);
const binary = resolve(file);
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
		const until = /<<'([A-Z]+)'$/.exec(command)?.[1];
		for (let line = null; until && line !== until;) command += `\n${line = lines[++i]}`;
		let last = i + 1;
		while (!lines[last].startsWith('$ ') && !lines[last].startsWith('```')) last++;
		found.push({ first: i + 1, last, command });
		i = last - 1;
	}
	return found;
}

/** One shell for the whole page, so that variables and files stay. */
class Shell {
	constructor(cwd) {
		const bin = scratch('tour-bin');
		symlinkSync(binary, join(bin, 'authreviewd'));
		this.child = spawn('bash', ['--norc'], { cwd, stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C.UTF-8', PATH: `${bin}:${process.env.PATH}` } });
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

const workshop = scratch('tour');
cpSync('policies', join(workshop, 'policies'), { recursive: true });
const shell = new Shell(workshop);
let daemon = null;
let failed = 0;
let played = 0;
const edits = [];
const here = (text) => text.replaceAll(`127.0.0.1:${daemon?.port}`, '127.0.0.1:8080');

/** `./dev run` or `./dev run -- OPTIONS`: a new sandbox in place of the one before; what it prints. */
async function serve(options) {
	await daemon?.stop();
	const words = (options ?? '--sandbox --seed 1').split(' ');
	const named = words.indexOf('--policies');
	const policies = join(workshop, named < 0 ? 'policies' : words.splice(named, 2)[1]);
	daemon = await start(binary, [...words, '--policies', policies]);
	return here(daemon.out.trimEnd());
}

const reloads = () => daemon.err.match(/"policies_(reloaded|refused)"/g)?.length ?? 0;

/** What a command prints; after a SIGHUP the policies have been loaded again, or refused. */
async function type(command) {
	if (!daemon && command.includes('127.0.0.1:8080')) throw new Error(`the page types "${command}" before ./dev run`);
	const before = daemon && reloads();
	const output = await shell.run(command.replaceAll('127.0.0.1:8080', `127.0.0.1:${daemon?.port}`).replace(/\$\(pgrep -f 'authreviewd[^']*'\)/g, `${daemon?.pid}`));
	for (let i = 0; command.startsWith('kill -HUP') && reloads() === before && i < 2000; i++) await new Promise((wake) => setTimeout(wake, 10));
	return here(output);
}

for (const step of commands()) {
	let output;
	const run = /^\.\/dev run(?: -- (.*))?$/.exec(step.command);
	if (run) {
		output = await serve(run[1]);
	} else if (step.command.startsWith('./dev ') || step.command === './dev') {
		const name = step.command.split(' ')[1];
		if (name && !explained.includes(`\n${name})`) && !explained.includes(`./dev ${name}`)) failed++;
		continue;
	} else {
		output = await type(step.command);
	}
	played++;
	if (mode === '--show') console.log(`\n\x1b[1m$ ${step.command}\x1b[0m\n${output}`);
	const wanted = lines.slice(step.first, step.last).join('\n').trimEnd();
	if (wanted.endsWith('\n...')) output = [...output.split('\n').slice(0, wanted.split('\n').length - 1), '...'].join('\n');
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
