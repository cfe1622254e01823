// SPDX-License-Identifier: Apache-2.0
// The clock of a daemon that runs on a database of its own, moved from outside by the preloaded library shifted_clock.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export class Shift {
	/** LIBRARY is the preloaded library; its file lies in DIRECTORY; the clock begins at INSTANT. */
	constructor(library, directory, instant) {
		this.file = openSync(join(directory, 'clock'), 'w');
		this.env = { LD_PRELOAD: library, AR_CLOCK: join(directory, 'clock'), ASAN_OPTIONS: 'verify_asan_link_order=0' };
		this.boot = 0;
		this.set(instant);
		process.on('exit', () => closeSync(this.file));
	}

	/** Puts the clock to INSTANT, from which it goes on. */
	set(instant) {
		this.ms = Date.parse(instant) - Date.now();
		this.write();
	}

	/** Moves it by so many hours, ahead or back. */
	hours(count) {
		this.ms += count * 3600e3;
		this.write();
	}

	seconds(count) { this.hours(count / 3600); }

	/** Lets so many seconds go by: the time since boot moves as well. */
	pass(seconds) {
		this.boot += seconds * 1000;
		this.seconds(seconds);
	}

	write() {
		const bytes = Buffer.alloc(16);
		bytes.writeBigInt64LE(BigInt(Math.round(this.ms)) * 1000n);
		bytes.writeBigInt64LE(BigInt(Math.round(this.boot)) * 1000n, 8);
		writeSync(this.file, bytes, 0, 16, 0);
	}

	now() { return Date.now() + this.ms; }
}
