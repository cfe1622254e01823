// SPDX-License-Identifier: Apache-2.0
// What the rigs share. The ledger lives in this process, which knows nothing of the store but what it was told.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const scratch = () => {
	const directory = mkdtempSync(join(tmpdir(), 'ar-fault-'));
	return { directory, path: join(directory, 'records.db'), remove: () => rmSync(directory, { recursive: true }) };
};

// Runs a program to its end, or until kill(child) has been called on it; lines of standard output are given as they come.
export const run = (program, args, { env = {}, onLine = () => {}, onStart = () => {} } = {}) =>
	new Promise((resolve, reject) => {
		const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
		let rest = '';
		let errors = '';
		child.stdout.setEncoding('utf8');
		child.stdout.on('data', (chunk) => {
			const lines = (rest + chunk).split('\n');
			rest = lines.pop();
			for (const line of lines) {
				onLine(line, child);
			}
		});
		child.stderr.setEncoding('utf8');
		child.stderr.on('data', (chunk) => {
			errors += chunk;
		});
		child.on('error', reject);
		child.on('close', (code, signal) => resolve({ code, signal, errors }));
		onStart(child);
	});

// Highest acknowledged version of every request.
export class Ledger {
	versions = new Map();

	acknowledge(line) {
		const [id, version] = line.split(' ');
		this.versions.set(id, Math.max(Number(version), this.versions.get(id) ?? 0));
	}

	// What was acknowledged and is not in the file: [] when nothing is lost.
	lost(found) {
		return [...this.versions].filter(([id, version]) => (found.get(id) ?? 0) < version).map(([id]) => id);
	}
}

// Opens the store again; a Map of id to version, or an error that says what is wrong with the file.
export const inspect = async (checker, path) => {
	const found = new Map();
	const { code, errors } = await run(checker, [path], {
		onLine: (line) => {
			const [id, version] = line.split(' ');
			found.set(id, Number(version));
		},
	});
	if (code !== 0) {
		throw new Error(`the store is damaged: ${errors}`);
	}
	return found;
};

export const fail = (message) => {
	console.error(`NOT OK: ${message}`);
	process.exitCode = 1;
};
