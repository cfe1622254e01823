// SPDX-License-Identifier: Apache-2.0
// What meson installs, where Debian expects it. Everything that the installed files name must be where they say: the unit's program, the
// configuration's policies, the paths of the man page. The installed daemon starts with exactly that.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';

const [binary, build] = process.argv.slice(2);
const tally = new Tally();
const root = scratch('install');
const below = (path) => join(root, path);
execFileSync('meson', ['install', '-C', build, '--no-rebuild', '--quiet', '--destdir', root]);
const options = Object.fromEntries(JSON.parse(execFileSync('meson', ['introspect', build, '--buildoptions'])).map((o) => [o.name, o.value]));
const prefix = options.prefix;

for (const file of ['sbin/authreviewd', 'lib/systemd/system/authreview.service', 'share/man/man8/authreviewd.8', 'share/doc/authreview/LICENSE',
	'share/doc/authreview/examples/config.json', 'share/doc/authreview/examples/nginx.conf', 'share/authreview/policies/calendars/us-or.json',
	'share/authreview/policies/trillium-isa/2019-03-06/policy.json']) {
	tally.check(existsSync(below(join(prefix, file))), `${file} is installed`);
}
// A build directory may have a prefix of its own; what the project asks for by itself is Debian's.
const project = JSON.parse(execFileSync('meson', ['introspect', 'meson.build', '--buildoptions'], { stdio: ['ignore', 'pipe', 'ignore'] }));
const own = (name) => project.find((o) => o.name === name).value;
tally.equal([own('prefix'), own('sysconfdir')], ['/usr', '/etc'], 'the default prefix and place of configurations');

// The unit: its program is there, and its configuration is where docs/operating.md says to put the example.
const unit = readFileSync(below(join(prefix, 'lib/systemd/system/authreview.service')), 'utf8');
const [program, ...words] = /^ExecStart=(.*)$/m.exec(unit)[1].split(' ');
tally.check(existsSync(below(program)), `the unit starts ${program}, which is installed`);
tally.equal([words.length, ...words.slice(0, 2)], [3, 'serve', '--config'], 'the unit serves with a configuration file');
const etc = words[2];
tally.equal(etc, resolve(prefix, options.sysconfdir, 'authreview/config.json'), 'the unit reads the configuration from the place for it');
if (prefix === '/usr') tally.check(readFileSync('docs/operating.md', 'utf8').includes(` ${etc}\n`), `docs/operating.md puts the example at ${etc}`);

// The example configuration: its policies are there, and the daemon that the unit starts accepts it.
const example = JSON.parse(readFileSync(below(join(prefix, 'share/doc/authreview/examples/config.json')), 'utf8'));
tally.check(existsSync(below(join(example.policies, 'trillium-isa/2019-03-06/policy.json'))), `the configuration names ${example.policies}, which is installed`);
const help = spawnSync(below(program), ['serve', '--help'], { encoding: 'utf8' }).stdout ?? '';
tally.check(help.includes(`(${example.policies})`), 'the daemon looks for policies in that directory when it is told nothing');
mkdirSync(dirname(below(etc)), { recursive: true, mode: 0o755 });
writeFileSync(below(etc), JSON.stringify({ ...example, policies: below(example.policies) }), { mode: 0o600 });
const checked = spawnSync(below(program), ['serve', '--config', below(etc), '--check-config'], { encoding: 'utf8' });
tally.equal(checked.stdout?.trim(), 'the configuration is good', `the example configuration is good (${checked.stderr})`);

const installed = below(join(prefix, 'sbin/authreviewd'));
tally.check((statSync(installed).mode & 0o111) !== 0, 'the daemon can be run');
tally.equal(spawnSync(installed, ['version'], { encoding: 'utf8' }).stdout, execFileSync(binary, ['version']).toString(), 'it is this version');
const daemon = await start(installed, ['--sandbox', '--policies', below(example.policies)]);
tally.equal((await daemon.call('GET', '/readyz', {})).status, 200, 'it answers from where it is installed');
await daemon.stop();

const page = readFileSync(below(join(prefix, 'share/man/man8/authreviewd.8')), 'utf8').replaceAll('\\-', '-');
for (const [option] of help.matchAll(/--[a-z-]+/g)) tally.check(page.includes(option), `the man page knows ${option}`);
for (const path of [etc, example.policies, example.db]) tally.check(page.includes(path), `the man page names ${path}`);
const commands = execFileSync(installed, ['--help']).toString();
for (const [, command] of commands.matchAll(/^ {2}authreviewd ([a-z]+) /gm)) tally.check(page.includes(`authreviewd ${command}`), `the man page knows the command ${command}`);
tally.end();
