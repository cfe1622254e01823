// SPDX-License-Identifier: Apache-2.0
// The fields of a request body into which people write: every string but enumerations, dates, numbers of a form, and words that the policy
// must know. Read from the schema, so that a new member is filled on the day it is added.
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(`schema/${file}`, 'utf8'));

/** The schema of the facts that a policy declares. */
export function declared(directory) {
	return { type: ['object', 'null'], properties: JSON.parse(readFileSync(`${directory}/policy.json`, 'utf8')).facts };
}

/** What NODE of FILE refers to, and the file in which that stands. */
function resolved(node, facts, file) {
	if (node.$ref) {
		const [other, pointer] = node.$ref.split('#');
		return resolved(read(other || file).$defs[pointer.split('/').at(-1)], facts, other || file);
	}
	return [node['x-members'] === 'facts' ? facts : node, file];
}

const written = (node) => [node.type].flat().includes('string') && !node.enum && !node.format && !node['x-words'] && !node['x-form'];

/**
 * BODY, of the schema FILE, with make(path, node, value) in every written field; lists get an element where they have none. Elements of
 * lists are "*" in PATH. What make returns undefined for stays as it is.
 */
export function fill(body, facts, make, file = 'request.json') {
	const visit = (place, value, path, within = file) => {
		const [node, here] = resolved(place, facts, within);
		if ([node.type].flat().includes('array')) {
			const made = (value?.length ? value : [undefined]).map((v) => visit(node.items, v, `${path}/*`, here));
			return made.some((v) => v !== undefined) ? made : value;
		}
		if (node.properties) {
			const members = Object.entries(node.properties).map(([name, member]) => [name, visit(member, value?.[name], `${path}/${name}`, here)]);
			const given = members.filter(([, v]) => v !== undefined);
			return given.length > 0 ? Object.fromEntries(given) : value;
		}
		return written(node) ? make(path, node, value) ?? value : value;
	};
	return visit(read(file), body, '');
}
