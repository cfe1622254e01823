/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.yaml as the tests of the contract read it: its operations with their references resolved. */
import { readFileSync } from 'node:fs';

export const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/* The packages of package.json; leaves with 77 (skipped) where they are not installed. */
export async function packages() {
	try {
		const { default: Ajv } = await import('ajv/dist/2020.js');
		const { parse } = await import('yaml');
		return { Ajv, parse, fc: await import('fast-check') };
	} catch (error) {
		if (error.code !== 'ERR_MODULE_NOT_FOUND') {
			throw error;
		}
		console.log(`skipped: ${error.message}`);
		process.exit(77);
	}
}

/* Follows a reference within the document; what names a schema file is left as it is. */
export function follow(document, node) {
	if (typeof node?.$ref !== 'string' || !node.$ref.startsWith('#/')) {
		return node;
	}
	const target = node.$ref.slice(2).split('/').reduce((at, step) => at?.[step], document);
	if (target === undefined) {
		throw new Error(`${node.$ref} leads nowhere`);
	}
	return follow(document, target);
}

function followAll(document, members) {
	return Object.fromEntries(Object.entries(members ?? {}).map(([name, node]) => [name, follow(document, node)]));
}

function readResponse(document, node) {
	const response = follow(document, node);
	return { ...response, headers: followAll(document, response.headers) };
}

function readOperation(document, path, method, item) {
	const operation = item[method];
	return {
		...operation,
		method: method.toUpperCase(),
		path,
		name: `${method.toUpperCase()} ${path}`,
		open: operation.security?.length === 0,
		parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => follow(document, one)),
		requestBody: follow(document, operation.requestBody),
		responses: Object.fromEntries(
			Object.entries(operation.responses).map(([status, one]) => [status, readResponse(document, one)])),
	};
}

/* Every operation: method, path, name, parameters, requestBody, responses and whether it is open to everybody. */
export function operationsOf(document) {
	return Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.filter((method) => method in item).map((method) => readOperation(document, path, method, item)));
}

export function readDocument(parse) {
	const text = readFileSync('openapi.yaml', 'utf8');
	return { text, document: parse(text) };
}

/* "schema/answer.json" as the id under which ajv knows the file. */
export function schemaFile(schema) {
	return typeof schema?.$ref === 'string' && schema.$ref.startsWith('schema/') ? schema.$ref.slice('schema/'.length) : null;
}
