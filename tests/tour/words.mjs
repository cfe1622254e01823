// SPDX-License-Identifier: Apache-2.0
// What the pages name exists: files, commands, options, routes. And the pages for reading up leave no command, no option of serve and no call out.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const pages = [...readdirSync('.'), ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) => name.endsWith('.md'));
const texts = Object.fromEntries(pages.map((page) => [page, readFileSync(page, 'utf8')]));
const operating = texts['docs/operating.md'];
const calls = texts['docs/calls.md'];
const quoted = (text) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words);

/** Whether a path with * in its last part names a file. */
function found(path) {
	if (!path.includes('*')) return existsSync(path);
	const pattern = new RegExp(`^${path.split('/').at(-1).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
	return existsSync(dirname(path)) && readdirSync(dirname(path)).some((name) => pattern.test(name));
}

for (const [page, text] of Object.entries(texts)) {
	for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g)) tally.check(existsSync(join(dirname(page), target)), `${page} links ${target}`);
	for (const word of quoted(text)) {
		const path = /^((src|tests|schema|docs|deploy|policies|migrations|samples)\/[a-z0-9_./*-]*)$/.exec(word)?.[1];
		if (path) tally.check(found(path), `${page} names ${path}`);
		const inside = /^((base|domain|auth|policy|store|wire|review|http|cli)\/[a-z0-9_*]+\.[ch])$/.exec(word)?.[1];
		if (inside) tally.check(found(`src/${inside}`), `${page} names src/${inside}`);
	}
}

const explained = readFileSync('dev', 'utf8');
for (const [page, text] of Object.entries(texts)) {
	for (const [, name] of text.matchAll(/\.\/dev ([a-z]+)/g)) tally.check(explained.includes(`\t./dev ${name}`), `${page}: ./dev ${name}`);
}

const run = (...args) => execFileSync(binary, args).toString();
const commands = [...run('--help').matchAll(/^ {2}authreviewd ([a-z]+) /gm)].map(([, name]) => name);
tally.check(commands.length >= 6, `${commands.length} commands`);
for (const name of commands) tally.check(quoted(operating).some((words) => words.startsWith(`authreviewd ${name}`)), `docs/operating.md knows the command ${name}`);
for (const words of Object.values(texts).flatMap(quoted).filter((one) => /^authreviewd [a-z]/.test(one))) tally.check(commands.includes(words.split(' ')[1]), `a page names ${words}`);

const options = [...new Set(run('serve', '--help').match(/--[a-z-]+/g))];
const table = operating.slice(operating.indexOf('| option of `authreviewd serve`'), operating.indexOf('| other command |'));
const rows = [...table.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, name]) => name);
tally.equal(rows.sort(), options.sort(), 'docs/operating.md lists the options of serve, and no other');
const token = run('token', '--help');
for (const option of operating.match(/authreviewd token create[^\n]*/)[0].match(/--[a-z-]+/g)) tally.check(token.includes(option), `token create has ${option}`);

const routes = run('routes').trim().split('\n').map((line) => line.split(' '));
for (const [page, text] of Object.entries(texts)) {
	for (const words of quoted(text)) {
		const call = /^(GET|POST|PUT) (\/[^ ?`]*)/.exec(words);
		if (!call || call[2].endsWith('/')) continue;
		tally.check(routes.some(([method, path]) => method === call[1] && path === call[2]), `${page}: ${call[1]} ${call[2]} is a route`);
	}
}
for (const [, path] of routes.filter(([, one]) => one.startsWith('/v1/'))) {
	const name = path.replace(/^\/v1\/(requests|service-records|appeals)\/\{id\}\//, '');
	if (['/v1/sandbox/clock'].includes(path)) continue;
	tally.check([path, name].some((one) => calls.includes(`${one}\``) || calls.includes(`…/${one}\``) || calls.includes(`${one}?`)), `docs/calls.md knows ${path}`);
}
for (const [, block] of texts['README.md'].matchAll(/```\n(\$ authreviewd[^`]*)```/g)) tally.check(texts['docs/policy-authors.md'].includes(block), `docs/policy-authors.md plays what the README shows of it: ${block}`);
tally.end();
