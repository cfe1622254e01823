// SPDX-License-Identifier: Apache-2.0
// `authreviewd migrate` brings every older schema to today's and says what it does; --check only says it. Neither touches what is not ours, what
// is newer or what is being served.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/daemon.mjs';
import { database, sample, serve, verifyAudit } from '../lib/records.mjs';
import { DatabaseFile } from '../lib/sqlite_header.mjs';

const binary = process.argv[2];
const tally = new Tally();
const records = database(binary, 'migrate');
const at = (name) => join(records.directory, name);
const files = readdirSync('migrations/sqlite').sort();
const newest = files.length;

function run(...args) {
	const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8', timeout: 30000 });
	return { code: status, out: stdout.trim().split('\n').map((line) => line.trim()), err: stderr.trim().split('\n').at(-1) };
}
const migrate = (name, ...more) => run('migrate', '--db', at(name), ...more);

/** A database of an older schema: the first COUNT migrations, as a program of that time left it. */
function old(name, count) {
	writeFileSync(at(name), '', { mode: 0o600 });
	execFileSync('python3', ['-c', `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("PRAGMA journal_mode = WAL")
    for name in sys.argv[2:]:
        db.executescript(open(name, encoding="utf-8").read())`, at(name), ...files.slice(0, count).map((file) => `migrations/sqlite/${file}`)]);
}

tally.equal(files.map((name) => Number(name.slice(0, 4))), files.map((_, n) => n + 1), 'migrations are numbered without a gap');
for (let version = 0; version <= newest; version++) {
	const name = `schema-${version}.db`;
	old(name, version);
	const before = readFileSync(at(name));
	const wanted = (done) => (version === newest ? [`schema ${newest}, nothing to do`]
		: [`${done} from schema ${version} to ${newest}:`, ...files.slice(version)]);
	tally.equal([migrate(name, '--check').out, migrate(name, '--check').code], [wanted('would be migrated'), 0], `schema ${version}: what would be done`);
	tally.check(readFileSync(at(name)).equals(before), `schema ${version}: asking changes nothing`);
	if (version > 0) tally.equal(run('backup', '--db', at(name), at(`copy-of-${name}`)).code, 0, `schema ${version}: can be backed up before it is migrated`);
	const list = run('token', 'list', '--db', at(name));
	tally.check(version === newest ? list.code === 0 : list.code === 1 && list.err.includes('authreviewd migrate'), `schema ${version}: token list ${list.err}`);
	tally.equal([migrate(name).out, migrate(name).code], [wanted('migrated'), 0], `schema ${version}: migrated`);
	tally.equal(migrate(name).out, [`schema ${newest}, nothing to do`], `schema ${version}: and then there is nothing to do`);
	tally.check(verifyAudit(binary, at(name)).includes('intact'), `schema ${version}: verifies`);
}

// What was migrated serves.
const served = { ...records, db: at('schema-1.db') };
served.tokens = { clinic: execFileSync(binary, ['token', 'create', '--db', served.db, '--role', 'provider', '--organization', 'clinic']).toString().trim().split(' ')[1] };
const daemon = await serve(binary, served);
tally.equal((await daemon.call('POST', '/v1/requests', { as: 'clinic', body: sample('pdts-complete') })).status, 201, 'a migrated database records');
const beside = run('migrate', '--db', served.db);
tally.check(beside.code === 1 && beside.err.includes('in use by another process'), `not beside a daemon: ${beside.err}`);
tally.equal(run('migrate', '--db', served.db, '--check').out, [`schema ${newest}, nothing to do`], 'a question is answered beside a daemon');
await daemon.stop();

// What is not ours to change.
old('newer.db', newest);
DatabaseFile.setUserVersion(at('newer.db'), newest + 1);
execFileSync('python3', ['-c', 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript("CREATE TABLE t (a); PRAGMA user_version = 1;")', at('foreign.db')]);
execFileSync('chmod', ['600', at('foreign.db')]);
writeFileSync(at('letter.db'), 'A letter, and no database at all. '.repeat(40), { mode: 0o600 });
for (const [name, part] of [['newer.db', 'use a newer program'], ['foreign.db', 'another program'], ['letter.db', 'not a database'], ['missing.db', 'No such file']]) {
	for (const more of [[], ['--check']]) {
		const before = existsSync(at(name)) ? readFileSync(at(name)) : null;
		const refused = migrate(name, ...more);
		tally.check(refused.code === 1 && refused.err.includes(part), `${name} ${more}: ${refused.err}`);
		tally.check(before === null ? !existsSync(at(name)) : readFileSync(at(name)).equals(before), `${name} ${more}: untouched`);
	}
}
for (const args of [[], ['--db'], ['--check'], ['--db', 'x', 'y'], ['--db', 'x', '--force']]) tally.equal(run('migrate', ...args).code, 64, `usage: migrate ${args.join(' ')}`);
tally.end();
