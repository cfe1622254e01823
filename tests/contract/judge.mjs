/* SPDX-License-Identifier: Apache-2.0 */
/* Holds live answers against openapi.yaml: status, media type, header fields and body must be declared, and are counted. */
import { readdirSync, readFileSync } from 'node:fs';
import { schemaFile } from './document.mjs';
import { teach } from './subset.mjs';

/* What any address may answer; every other status an operation declares itself. */
const ANY = new Set([405, 406, 414, 415, 431, 500]);
/* Header fields that mean something to a client: none may come undeclared. */
const SPOKEN = ['etag', 'location', 'link', 'idempotency-replayed', 'retry-after', 'allow', 'www-authenticate', 'x-request-id'];

/* An ajv that knows the answer and body schemas; the schemas of policy files that are not part of the contract are left out. */
export function schemas(Ajv) {
	const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true, verbose: false });
	teach(ajv);
	for (const name of readdirSync('schema').filter((one) => one.endsWith('.json'))) {
		ajv.addSchema(JSON.parse(readFileSync(`schema/${name}`, 'utf8')), name);
	}
	return ajv;
}

export class Judge {
	constructor(tally, ajv, operations) {
		this.tally = tally;
		this.ajv = ajv;
		this.operations = new Map(operations.map((operation) => [operation.operationId, operation]));
		this.seen = new Map(operations.map((operation) => [operation.operationId, new Set()]));
		this.problems = new Set();
	}

	headers(declared, found, where) {
		for (const [name, header] of Object.entries(declared)) {
			const value = found[name.toLowerCase()];
			this.tally.check(value !== undefined || !header.required, `${where}: no ${name}`);
			const typed = header.schema.type === 'integer' ? Number(value) : value;
			this.tally.check(value === undefined || this.ajv.validate(header.schema, typed), `${where}: ${name} is ${value}`);
		}
		const known = Object.keys(declared).map((name) => name.toLowerCase());
		for (const name of SPOKEN) {
			this.tally.check(found[name] === undefined || known.includes(name), `${where}: ${name} is not declared`);
		}
		this.tally.equal(found['cache-control'], 'no-store', `${where}: Cache-Control`);
		this.tally.equal(found['x-content-type-options'], 'nosniff', `${where}: X-Content-Type-Options`);
	}

	body(declared, answer, where) {
		if (answer.status === 304) {
			this.tally.equal([answer.text, declared], ['', undefined], `${where}: no body`);
			return;
		}
		const type = (answer.headers['content-type'] ?? '').split(';')[0];
		const content = declared?.[type];
		if (!this.tally.check(content !== undefined, `${where}: the media type ${type} is not declared`)) {
			return;
		}
		const file = schemaFile(content.schema);
		if (file !== null) {
			const validate = this.ajv.getSchema(file);
			this.tally.check(validate(answer.json), `${where}: ${this.ajv.errorsText(validate.errors).slice(0, 600)}`);
		}
		if (type === 'application/problem+json') {
			this.tally.equal(answer.json?.status, answer.status, `${where}: the problem's status`);
			this.tally.equal(answer.json?.request_id, answer.headers['x-request-id'], `${where}: the problem's request_id`);
			this.problems.add(answer.json?.type);
		}
	}

	/* ANSWER to the operation with this id; returns it. */
	hold(id, answer) {
		const operation = this.operations.get(id);
		const where = `${operation.name} answers ${answer.status}`;
		const declared = operation.responses[answer.status] ?? (ANY.has(answer.status) ? operation.responses.default : undefined);
		if (this.tally.check(declared !== undefined, `${where}: not declared (${answer.text.slice(0, 300)})`)) {
			this.headers(declared.headers, answer.headers, where);
			this.body(declared.content, answer, where);
			this.seen.get(id).add(answer.status);
		}
		return answer;
	}

	/* Every operation must have succeeded and have been refused in two ways. */
	sum() {
		let pairs = 0;
		for (const [id, statuses] of this.seen) {
			const all = [...statuses].sort();
			const refused = all.filter((status) => status >= 400);
			this.tally.check(all.some((status) => status < 300), `${id} was never seen to succeed`);
			this.tally.check(refused.length >= 2, `${id} was refused in fewer than two ways: ${all}`);
			pairs += all.length;
			console.log(`${id.padEnd(20)} ${all.join(' ')}`);
		}
		console.log(`${this.seen.size} operations, ${pairs} operations x statuses exercised`);
	}
}
