// SPDX-License-Identifier: Apache-2.0
// What meson installs, where Debian expects it; the installed daemon starts from there with the installed configuration's shape.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const build = process.argv[3];
const tally = new Tally();
const root = scratch('install');
execFileSync('meson', ['install', '-C', build, '--no-rebuild', '--quiet', '--destdir', root]);
const prefix = join(root, execFileSync('meson', ['introspect', build, '--buildoptions']).toString().match(/"name": "prefix", "value": "([^"]+)"/)[1]);

for (const file of ['sbin/authreviewd', 'lib/systemd/system/authreview.service', 'share/man/man8/authreviewd.8', 'share/doc/authreview/LICENSE',
	'share/doc/authreview/examples/config.json', 'share/doc/authreview/examples/nginx.conf', 'share/authreview/policies/calendars/us-or.json',
	'share/authreview/policies/trillium-isa/2019-03-06/policy.json']) {
	tally.check(existsSync(join(prefix, file)), `${file} is installed`);
}
const installed = join(prefix, 'sbin/authreviewd');
tally.check((statSync(installed).mode & 0o111) !== 0, 'the daemon can be run');
tally.equal(spawnSync(installed, ['version'], { encoding: 'utf8' }).stdout, execFileSync(binary, ['version']).toString(), 'it is this version');
const daemon = await start(installed, ['--sandbox', '--policies', join(prefix, 'share/authreview/policies')]);
tally.equal((await daemon.call('GET', '/readyz', {})).status, 200, 'it answers from where it is installed');
await daemon.stop();

// The example configuration is one that the daemon accepts, but for its paths.
const example = JSON.parse(readFileSync(join(prefix, 'share/doc/authreview/examples/config.json'), 'utf8'));
const config = join(root, 'config.json');
writeFileSync(config, JSON.stringify({ ...example, policies: join(prefix, 'share/authreview/policies') }), { mode: 0o600 });
tally.equal(spawnSync(installed, ['serve', '--config', config, '--check-config'], { encoding: 'utf8' }).stdout.trim(), 'the configuration is good', 'the example configuration is good');
const page = readFileSync(join(prefix, 'share/man/man8/authreviewd.8'), 'utf8');
const help = execFileSync(installed, ['serve', '--help']).toString();
for (const [option] of help.matchAll(/--[a-z-]+/g)) tally.check(page.replaceAll('\\-', '-').includes(option), `the man page knows ${option}`);
tally.end();
