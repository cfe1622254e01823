/* SPDX-License-Identifier: Apache-2.0 */
/* Whether openapi.yaml is OpenAPI 3.1, and well written: everything described, closed shapes, words of our own form, true examples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Tally } from '../lib/daemon.mjs';
import { operationsOf, packages, readDocument, schemaFile } from './document.mjs';
import { teach } from './subset.mjs';

const KEYWORDS = new Set([
	'$schema', '$id', '$ref', '$defs', 'title', 'description', 'examples', 'type', 'properties', 'required', 'additionalProperties',
	'items', 'minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'enum', 'format', 'x-form', 'x-words', 'x-members',
	'x-unique',
]);
/* The language of policies is described by docs/policy-format.md; its checks are objects with one member, whose name is the check. */
const POLICY_FILES = new Set(['items.json', 'policy.json']);
const POLICY_KEYWORDS = new Set(['minProperties', 'maxProperties']);
const FORMATS = new Set(['date', 'date-time', 'moment']);
const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

const { Ajv, parse } = await packages();
const { Validator } = await import('@seriousme/openapi-schema-validator');
const { text, document } = readDocument(parse);
const operations = operationsOf(document);
const tally = new Tally();
const files = new Map(readdirSync('schema').filter((name) => name.endsWith('.json'))
	.map((name) => [name, JSON.parse(readFileSync(`schema/${name}`, 'utf8'))]));

/* ---- schema files ---- */

function target(file, reference) {
	const [name, pointer = ''] = reference.split('#');
	const found = name === '' ? file : name;
	const node = pointer.split('/').slice(1).reduce((at, step) => at?.[step], files.get(found));
	return { file: found, node };
}

function resolved(file, node) {
	return node?.$ref === undefined ? node : resolved(...Object.values(target(file, node.$ref)));
}

function checkObject(file, node, where) {
	const elsewhere = node['x-members'] !== undefined || (node.maxProperties === 1 && node.properties === undefined);
	tally.check(POLICY_FILES.has(file) || node.additionalProperties === false || elsewhere, `${where}: the object is open`);
	const members = Object.keys(node.properties ?? {});
	for (const name of members) {
		tally.check(SNAKE.test(name), `${where}: the name ${name}`);
		const said = node.properties[name].description ?? resolved(file, node.properties[name])?.description;
		tally.check(POLICY_FILES.has(file) || said?.length > 0, `${where}: ${name} is not described`);
	}
	for (const name of node.required ?? []) {
		tally.check(members.includes(name), `${where}: requires ${name}, which it does not know`);
	}
}

function checkBounds(file, node, where) {
	const types = [node.type].flat();
	const [type] = types;
	tally.check(types.length === 1 || types[1] === 'null' || POLICY_FILES.has(file), `${where}: several types`);
	if (type === 'string') {
		tally.check(node.maxLength !== undefined || node.enum || node.format, `${where}: the text has no bound`);
	} else if (type === 'array') {
		tally.check(node.maxItems !== undefined, `${where}: the list has no bound`);
	} else if (type === 'integer' || type === 'number') {
		tally.check(node.minimum !== undefined && node.maximum !== undefined, `${where}: the number has no bounds`);
	}
	tally.check(node.format === undefined || FORMATS.has(node.format), `${where}: the format ${node.format}`);
	for (const word of node.enum ?? []) {
		tally.check(word === null || SNAKE.test(word) || /^[0-9]+min$/.test(word), `${where}: the word ${word}`);
	}
}

function checkSchema(file, node, where, seen) {
	for (const keyword of Object.keys(node)) {
		tally.check(KEYWORDS.has(keyword) || POLICY_KEYWORDS.has(keyword), `${where}: the keyword ${keyword}`);
	}
	if (node.$ref !== undefined) {
		const found = target(file, node.$ref);
		if (tally.check(found.node !== undefined, `${where}: ${node.$ref} leads nowhere`) && found.file !== file) {
			checkFile(found.file, seen);
		}
		return;
	}
	tally.check(node.type !== undefined, `${where}: no type`);
	checkBounds(file, node, where);
	if ([node.type].flat()[0] === 'object') {
		checkObject(file, node, where);
	}
	for (const [name, child] of Object.entries({ ...node.properties, ...node.$defs })) {
		checkSchema(file, child, `${where}/${name}`, seen);
	}
	if (node.items !== undefined) {
		checkSchema(file, node.items, `${where}/-`, seen);
	}
}

function checkFile(file, seen) {
	if (seen.has(file)) {
		return;
	}
	seen.add(file);
	const schema = files.get(file);
	if (tally.check(schema !== undefined, `schema/${file} is not there`)) {
		tally.equal(schema.$id, file, `${file}: $id`);
		tally.check(schema.title?.length > 0 && schema.description?.length > 0, `${file}: title and description`);
		checkSchema(file, schema, file, seen);
	}
}

/* ---- flags ---- */

/* Words that clients may meet: what the policies raise is what docs/flags.md says, no more and no less. */
function flagsOf(node) {
	return typeof node !== 'object' || node === null ? []
		: [...(typeof node.flag === 'string' && typeof node.id === 'string' ? [node.flag] : []), ...Object.values(node).flatMap(flagsOf)];
}

const policyFiles = readdirSync('policies', { recursive: true }).filter((name) => name.endsWith('.json') && !name.includes('cases'));
const raised = [...new Set(policyFiles.flatMap((name) => flagsOf(JSON.parse(readFileSync(`policies/${name}`, 'utf8')))))].sort();
const told = [...readFileSync('docs/flags.md', 'utf8').matchAll(/^\| `([a-z0-9_]+)` \|/gm)].map((match) => match[1]);
tally.equal(told, raised, 'docs/flags.md says every flag of the policies, in order');
for (const example of files.get('answer.json').$defs.flags.items.properties.flag.examples) {
	tally.check(raised.includes(example), `answer.json: no policy raises the flag ${example}`);
}

/* ---- the document ---- */

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
teach(ajv);

/* Inline examples must be what the schema says; those outside must be samples. */
function checkExamples(content, where) {
	for (const [name, example] of Object.entries(content.examples ?? {})) {
		const at = `${where}: example ${name}`;
		tally.check(example.summary?.length > 0, `${at} has no summary`);
		if (example.externalValue !== undefined) {
			const sample = example.externalValue.replace(/^v1\/samples\//, '');
			tally.check(existsSync(`samples/${sample}.json`), `${at}: there is no sample ${sample}`);
		} else {
			const validate = ajv.getSchema(schemaFile(content.schema));
			tally.check(validate(example.value), `${at}: ${ajv.errorsText(validate.errors)}`);
		}
	}
}

function checkContent(content, where, used) {
	for (const [type, one] of Object.entries(content ?? {})) {
		const file = schemaFile(one.schema);
		tally.check(file !== null || one.schema?.description?.length > 0, `${where}: ${type} has no schema`);
		if (file !== null) {
			used.add(file);
		}
		checkExamples(one, `${where}, ${type}`);
	}
}

function checkParameter(parameter, where) {
	const at = `${where}: parameter ${parameter.name}`;
	const { schema } = parameter;
	tally.check(parameter.description?.length > 0, `${at} is not described`);
	tally.check(parameter.in === 'header' || SNAKE.test(parameter.name), `${at}: its name`);
	tally.check(schema?.type !== undefined, `${at} has no type`);
	const bounded = schema.type === 'integer' ? schema.maximum !== undefined : schema.maxLength || schema.enum || schema.format;
	tally.check(bounded, `${at} has no bound`);
	tally.check(parameter.example === undefined || ajv.validate(schema, parameter.example), `${at}: its example`);
}

function checkResponse(operation, status, response, used) {
	const where = `${operation.name}: ${status}`;
	tally.check(response.description?.length > 0, `${where} is not described`);
	for (const [name, header] of Object.entries(response.headers)) {
		tally.check(header.description?.length > 0 && header.schema !== undefined, `${where}: the header ${name}`);
	}
	tally.check(response.headers['X-Request-Id']?.required === true, `${where}: X-Request-Id`);
	const problem = status === 'default' || (status >= '400' && operation.path !== '/readyz') || status === '400';
	tally.check(problem === 'application/problem+json' in (response.content ?? {}), `${where}: a problem or none`);
	checkContent(response.content, where, used);
}

function checkOperation(operation, used) {
	const { name } = operation;
	tally.check(SNAKE.test(operation.operationId ?? ''), `${name}: operationId`);
	tally.check(operation.summary?.length > 0 && operation.description?.length > 0, `${name}: summary and description`);
	tally.check(operation.tags?.length === 1 && document.tags.some((tag) => tag.name === operation.tags[0]), `${name}: its tag`);
	operation.parameters.forEach((parameter) => checkParameter(parameter, name));
	if (operation.requestBody) {
		tally.check(operation.requestBody.required === true && operation.requestBody.description?.length > 0, `${name}: its body`);
		checkContent(operation.requestBody.content, `${name}: body`, used);
	}
	Object.entries(operation.responses).forEach(([status, response]) => checkResponse(operation, status, response, used));
}

/* References that nothing uses are forgotten ones. */
function checkComponents() {
	for (const [group, members] of Object.entries(document.components)) {
		for (const name of Object.keys(members).filter(() => group !== 'securitySchemes')) {
			tally.check(text.includes(`#/components/${group}/${name}'`), `components: nothing uses ${group}/${name}`);
			tally.check(SNAKE.test(name), `components: the name ${name}`);
		}
	}
}

/* The validator knows no other files: what stands in them is looked at above. */
function withoutFiles(node) {
	if (schemaFile(node) !== null) {
		return { type: 'object' };
	}
	if (node === null || typeof node !== 'object') {
		return node;
	}
	return Array.isArray(node) ? node.map(withoutFiles)
		: Object.fromEntries(Object.entries(node).map(([name, child]) => [name, withoutFiles(child)]));
}

const { valid, errors } = await new Validator().validate(withoutFiles(document));
tally.check(valid, `OpenAPI 3.1: ${JSON.stringify(errors)?.slice(0, 1000)}`);
tally.equal(document.openapi.slice(0, 4), '3.1.', 'the version of OpenAPI');
tally.equal(document.info.license.identifier, 'Apache-2.0', 'the license');
text.split('\n').forEach((line, index) => tally.check(line.length <= 145, `openapi.yaml:${index + 1} is long`));
for (const [name, schema] of files) {
	if (schema.$id === name) {
		ajv.addSchema(schema);
	}
}
const used = new Set();
operations.forEach((operation) => checkOperation(operation, used));
const ids = operations.map((operation) => operation.operationId);
tally.equal(new Set(ids).size, ids.length, 'operationIds are unique');
checkComponents();
const seen = new Set();
used.forEach((file) => checkFile(file, seen));
used.forEach((file) => tally.check(ajv.getSchema(file) !== undefined, `${file}: ajv cannot compile it`));
console.log(`${operations.length} operations, ${used.size} schemas named, ${seen.size} read`);
tally.end();
