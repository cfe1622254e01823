// SPDX-License-Identifier: Apache-2.0
// A daemon on a database that outlives it, with tokens made on the command line, as a payer would run it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch, start } from './daemon.mjs';

/** A new database with a provider of each ORGANIZATION, and an intake, an auditor and an admin token of the payer. create(...) makes more. */
export function database(binary, name, organizations = ['clinic-a']) {
	const directory = scratch(name);
	const db = join(directory, 'authreview.db');
	const create = (...args) => execFileSync(binary, ['token', 'create', '--db', db, ...args]).toString().trim().split(' ')[1];
	const tokens = {};
	for (const role of ['intake', 'auditor', 'admin']) tokens[role] = create('--role', role, '--payer', 'trillium');
	for (const organization of organizations) tokens[organization] = create('--role', 'provider', '--organization', organization);
	return { directory, db, tokens, create };
}

/** Starts BINARY on a database of database(); the policies are the repository's. */
export async function serve(binary, records, args = [], options = {}) {
	const daemon = await start(binary, ['--db', records.db, '--policies', options.policies ?? 'policies', ...args], options);
	daemon.tokens = records.tokens;
	return daemon;
}

/** A sample body by name, fresh to change. */
export function sample(name) {
	return JSON.parse(readFileSync(`samples/${name}.json`, 'utf8'));
}

export function verifyAudit(binary, db) {
	return execFileSync(binary, ['audit', 'verify', '--db', db]).toString().trim();
}
