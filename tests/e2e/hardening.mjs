// SPDX-License-Identifier: Apache-2.0
// How exposed the systemd unit leaves the machine, by systemd's own measure. Skipped where systemd-analyze is missing or too old.
//   hardening.mjs UNIT
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, Tally } from '../lib/daemon.mjs';

const MOST = 1.5;
const tally = new Tally();
const directory = scratch('hardening');
const unit = readFileSync(process.argv[2], 'utf8');

/** The exposure of a unit of this text, from 0 to 10; null when it cannot be measured. */
function exposure(name, text) {
	const path = join(directory, `${name}.service`);
	writeFileSync(path, text);
	const run = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', path], { encoding: 'utf8' });
	return Number(/Overall exposure level for \S+ (\d+\.\d+)/.exec(run.stdout ?? '')?.[1] ?? NaN);
}

const found = exposure('authreview', unit);
if (Number.isNaN(found)) {
	console.log('skipped: no systemd-analyze that measures offline');
	process.exit(77);
}
tally.check(found <= MOST, `the exposure is ${found}, at most ${MOST}`);
// The control: without its restrictions the same unit is far above.
const bare = exposure('bare', unit.split('\n').filter((line) => /^\[|^(Description|ExecStart|WantedBy)=/.test(line)).join('\n'));
tally.check(bare > 8, `a bare unit is at ${bare}`);
tally.check(/^RestrictAddressFamilies=.*\bAF_UNIX\b/m.test(unit), 'the daemon may open the socket that token create and revoke speak to');
console.log(`exposure ${found}; without restrictions ${bare}`);
tally.end();
