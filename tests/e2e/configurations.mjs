// SPDX-License-Identifier: Apache-2.0
// Unsafe or broken configurations: each is refused with exactly one clear line and exit code 78 (64 for a wrong command line), and nothing
// listens. Problems of policies are listed first, a line each.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseFile } from '../lib/sqlite_header.mjs';
import { scratch, Tally } from '../lib/daemon.mjs';
import { database, serve } from '../lib/records.mjs';

const binary = process.argv[2];
const tally = new Tally();
const dir = scratch('configurations');
const at = (name) => join(dir, name);

function file(name, text, mode = 0o600) {
	writeFileSync(at(name), text);
	chmodSync(at(name), mode);
	return at(name);
}

function policies(name, change) {
	cpSync('policies', at(name), { recursive: true });
	change(at(name));
	return at(name);
}

const edit = (path, from, to) => {
	const text = readFileSync(path, 'utf8');
	if (!text.includes(from)) throw new Error(`${path}: no ${from}`);
	writeFileSync(path, text.replace(from, to));
};
const version = 'trillium-isa/2019-03-06';
const good = ['--policies', 'policies'];

const held = database(binary, 'held');
const holder = await serve(binary, held);
const newer = database(binary, 'newer');
DatabaseFile.setUserVersion(newer.db, 9999);
const open = database(binary, 'open');
chmodSync(open.db, 0o644);
const linked = database(binary, 'linked');
linkSync(linked.db, `${linked.db}.second`);
symlinkSync(newer.db, at('symlink.db'));
mkdirSync(at('directory.db'));
file('text.db', 'this is not a database, however long it may be'.repeat(40));

// [what, arguments, part of the line, exit code]
const table = [
	['no database', [...good], 'db:'],
	['sandbox with a database', [...good, '--sandbox', '--db', at('x.db')], 'db:'],
	['seed outside the sandbox', [...good, '--db', at('x.db'), '--seed', '5'], 'seed:'],
	['seed of no number', [...good, '--sandbox', '--seed', 'five'], 'seed:'],
	['seed zero', [...good, '--sandbox', '--seed', '0'], 'seed:'],
	['a clock outside the sandbox', [...good, '--db', at('x.db'), '--clock', '2026-01-01T00:00:00Z'], 'clock:'],
	['a clock that is no instant', [...good, '--sandbox', '--clock', '2026-01-01'], 'clock:'],
	['listen without port', [...good, '--db', at('x.db'), '--listen', '127.0.0.1'], 'listen:'],
	['listen with a name', [...good, '--db', at('x.db'), '--listen', 'localhost:80'], 'listen:'],
	['listen with a port too high', [...good, '--db', at('x.db'), '--listen', '127.0.0.1:70000'], 'listen:'],
	['every address in plain HTTP', [...good, '--db', at('x.db'), '--listen', '0.0.0.0:0'], 'loopback'],
	['every IPv6 address in plain HTTP', [...good, '--db', at('x.db'), '--listen', '[::]:0'], 'loopback'],
	['sandbox beyond loopback', [...good, '--sandbox', '--listen', '0.0.0.0:0'], 'loopback'],
	['no policies', ['--db', at('x.db'), '--policies', at('nowhere')], 'policies:'],
	['policies is a file', ['--db', at('x.db'), '--policies', file('plain', '')], 'policies:'],
	['an empty policies directory', ['--db', at('x.db'), '--policies', (mkdirSync(at('empty')), at('empty'))], 'policies:'],
	['policies that anybody may write', ['--db', at('x.db'), '--policies', policies('loose', (p) => chmodSync(p, 0o777))], 'chmod'],
	['a policy that is not JSON', ['--db', at('x.db'), '--policies',
		policies('broken', (p) => writeFileSync(join(p, version, 'policy.json'), '{'))], 'policy.json'],
	['a policy with an unknown check', ['--db', at('x.db'), '--policies',
		policies('check', (p) => edit(join(p, version, 'c15-completeness.json'), '"service_dates"', '"servise_dates"'))], 'c15-completeness.json'],
	['a citation of nothing', ['--db', at('x.db'), '--policies',
		policies('cite', (p) => edit(join(p, version, 'c15-completeness.json'), '"C.15.1.3"', '"C.15.1.33"'))], 'C.15.1.33'],
	['a policy without its calendar', ['--db', at('x.db'), '--policies',
		policies('calendar', (p) => rmSync(join(p, 'calendars/us-or.json')))], 'us-or'],
	['a zone that does not exist', ['--db', at('x.db'), '--policies',
		policies('zone', (p) => edit(join(p, version, 'policy.json'), 'America/Los_Angeles', 'America/Atlantis'))], 'Atlantis'],
	['no such configuration file', [...good, '--config', at('missing.json')], 'missing.json'],
	['configuration that is not JSON', [...good, '--config', file('bad.json', '{"db": ')], 'bad.json'],
	['configuration with a duplicate member', [...good, '--config', file('twice.json', '{"db": "a", "db": "b"}')], 'twice.json'],
	['configuration with an unknown member', [...good, '--config', file('unknown.json', '{"databse": "a"}')], 'unknown.json#/databse'],
	['configuration of the wrong type', [...good, '--config', file('type.json', '{"db": 5}')], 'type.json#/db'],
	['configuration out of range', [...good, '--config', file('range.json', '{"queue": 0}')], 'range.json#/queue'],
	['configuration with several faults', [...good, '--config', file('several.json', '{"databse": "a", "db": 5, "queue": 0}')], /several.json#\/databse: .*; #\/db: .*; #\/queue: /],
	['configuration with more faults than fit', [...good, '--config', file('many.json', JSON.stringify(Object.fromEntries([...'abcdefghij'].map((one) => [one.repeat(9), 1]))))], /; and \d+ more$/m],
	['configuration that others may write', [...good, '--config', file('shared.json', '{}', 0o666)], 'chmod'],
	['a proxy that is no address', [...good, '--config', file('proxy.json', '{"db": "x.db", "trusted_proxies": ["proxy.example"]}')], 'trusted_proxies'],
	['a database that others may read', [...good, '--db', open.db], 'authreview.db'],
	['a database behind a symbolic link', [...good, '--db', at('symlink.db')], 'symlink.db'],
	['a database with a second name', [...good, '--db', linked.db], 'authreview.db'],
	['a database that is a directory', [...good, '--db', at('directory.db')], 'directory.db'],
	['a database in no directory', [...good, '--db', at('nowhere/x.db')], 'x.db'],
	['a database that another process serves', [...good, '--db', held.db], 'authreview.db'],
	['a database of a newer version', [...good, '--db', newer.db], 'newer'],
	['a database that is none', [...good, '--db', at('text.db')], 'text.db'],
	['an option that is none', [...good, '--databse', 'x'], '--databse', 64],
	['an argument too many', [...good, '--db', at('x.db'), 'extra'], 'extra', 64],
];

const listing = new Set(['a policy that is not JSON', 'a policy with an unknown check', 'a citation of nothing', 'a policy without its calendar',
	'a zone that does not exist']);

for (const [what, args, part, code = 78] of table) {
	const run = spawnSync(binary, ['serve', '--listen', '127.0.0.1:0', ...args], { encoding: 'utf8', timeout: 20000 });
	tally.equal(run.status, code, `${what}: exit code (${run.stderr.trim()})`);
	tally.check(part instanceof RegExp ? part.test(run.stderr) : run.stderr.includes(part), `${what}: the line names ${part}: ${run.stderr.trim()}`);
	tally.check(!run.stdout.includes('listens'), `${what}: nothing listens`);
	const lines = run.stderr.trimEnd().split('\n').filter((line) => !line.startsWith('{"at":')); // but for the log
	const refusal = lines.pop();
	tally.check(/^authreviewd: [^ ].{10,}$/.test(refusal), `${what}: a clear line at the end: ${refusal}`);
	const listed = refusal === 'authreviewd: policies: the set was refused';
	tally.equal(listed, listing.has(what), `${what}: whether problems of policies are listed`);
	if (!listed) tally.equal(lines, [], `${what}: exactly one line`);
	else tally.check(lines.length > 0 && lines.every((line) => /^authreviewd: \S+: \S/.test(line)), `${what}: a line for each problem: ${lines}`);
	tally.equal(new Set(lines).size, lines.length, `${what}: no line twice`);
}
tally.check(!existsSync(at('x.db')), 'a refused configuration leaves no database behind');

const fine = spawnSync(binary, ['serve', ...good, '--db', at('fine.db'), '--check-config'], { encoding: 'utf8', timeout: 20000 });
tally.equal(fine.status, 0, `a good configuration is called good (${fine.stderr.trim()})`);
tally.check(!existsSync(at('fine.db')), 'checking makes no database');
await holder.stop();
tally.end();
