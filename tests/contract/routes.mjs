/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.yaml and the route table of the binary are the same, both ways. routes.mjs AUTHREVIEWD */
import { execFileSync } from 'node:child_process';
import { Tally } from '../lib/daemon.mjs';
import { operationsOf, packages, readDocument } from './document.mjs';

/* What every operation must declare, by what it is. */
function wantedStatuses(operation, everybody) {
	const wanted = ['400', 'default'];
	if (!operation.open) {
		wanted.push('401', '429', '503');
		if (!everybody) {
			wanted.push('403');
		}
	}
	if (operation.parameters.some((parameter) => parameter.in === 'path')) {
		wanted.push('404');
	}
	if (operation.requestBody) {
		wanted.push('413', '415', '422');
	}
	if (operation.parameters.some((parameter) => parameter.name === 'If-Match')) {
		wanted.push('409', '412', '428');
	}
	return wanted;
}

function checkPathParameters(tally, operation) {
	const named = [...operation.path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]).sort();
	const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
	tally.equal(declared.sort(), named, `${operation.name}: parameters of the path`);
}

const [binary] = process.argv.slice(2);
const { parse } = await packages();
const { document } = readDocument(parse);
const operations = operationsOf(document);
const tally = new Tally();

const lines = execFileSync(binary, ['routes'], { encoding: 'utf8' }).trim().split('\n');
const routes = new Map(lines.map((line) => {
	const [method, path, action, ...roles] = line.split(' ');
	return [`${method} ${path}`, { action, roles }];
}));
const allRoles = new Set([...routes.values()].flatMap((route) => route.roles));

tally.equal(operations.map((operation) => operation.name).sort(), [...routes.keys()].sort(), 'operations and routes');
for (const operation of operations) {
	const route = routes.get(operation.name);
	tally.equal(operation['x-action'], route?.action, `${operation.name}: x-action`);
	tally.equal([...operation['x-roles'] ?? []].sort(), [...route?.roles ?? []].sort(), `${operation.name}: x-roles`);
	tally.equal(operation.open, route?.action === 'public', `${operation.name}: open to everybody`);
	const everybody = route?.roles.length === allRoles.size;
	for (const status of wantedStatuses(operation, everybody)) {
		tally.check(status in operation.responses, `${operation.name}: ${status} is not declared`);
	}
	tally.check(!everybody || !('403' in operation.responses) || operation.requestBody, `${operation.name}: 403 cannot happen`);
	checkPathParameters(tally, operation);
}
console.log(`${operations.length} operations, ${routes.size} routes`);
tally.end();
