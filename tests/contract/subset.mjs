/* SPDX-License-Identifier: Apache-2.0 */
/* The project's subset of JSON Schema for ajv: the formats, our own keywords, and what a policy declares. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isDate(text) {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (parts === null || text.length !== 10) {
    return false;
  }
  const [year, month, day] = parts.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && leap ? 29 : DAYS[month - 1];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= last;
}

/* RFC 3339 with the offset required; in UTC too the year must have four digits. */
export function isInstant(text) {
  const parts = /^(.{10})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/.exec(text);
  if (parts === null || /[\r\n]/.test(text) || !isDate(parts[1])) {
    return false;
  }
  const [hour, minute, second] = parts.slice(2, 5).map(Number);
  const [offsetHour, offsetMinute] = [Number(parts[6] ?? 0), Number(parts[7] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) {
    return false;
  }
  const east = (parts[5] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  const midnight = new Date(0);
  midnight.setUTCFullYear(...parts[1].split('-').map((part, place) => Number(part) - (place === 1 ? 1 : 0)));
  const year = new Date(midnight.getTime() + ((hour * 60 + minute - east) * 60 + second) * 1000).getUTCFullYear();
  return year >= 1 && year <= 9999;
}

export function isMoment(text) {
  return isDate(text) || isInstant(text);
}

/* Reports every repetition of an id, at the id. */
function unique(member, elements, _schema, context) {
  const seen = new Set();
  unique.errors = [];
  elements.forEach((element, index) => {
    const id = element?.[member];
    if (typeof id === 'string' && seen.has(id)) {
      unique.errors.push({ keyword: 'x-unique', instancePath: `${context.instancePath}/${index}/${member}`, params: {} });
    }
    seen.add(id);
  });
  return unique.errors.length === 0;
}

export function teach(ajv) {
  ajv.addFormat('date', isDate);
  ajv.addFormat('date-time', isInstant);
  ajv.addFormat('moment', isMoment);
  ajv.addVocabulary(['x-form', 'x-words', 'x-members']);
  ajv.addKeyword({ keyword: 'x-unique', type: 'array', schemaType: 'string', errors: 'full', validate: unique });
}

/* Replaces x-words and x-members by what is declared for them, in place. */
function declare(node, { words, members }) {
  if (node === null || typeof node !== 'object') {
    return node;
  }
  if (node['x-words'] in words) {
    node.enum = [...words[node['x-words']], ...(node.type.includes('null') && Array.isArray(node.type) ? [null] : [])];
  }
  if (node['x-members'] in members) {
    node.properties = { ...node.properties, ...structuredClone(members[node['x-members']]) };
    node.additionalProperties = false;
  }
  Object.values(node).forEach((child) => declare(child, { words, members }));
  return node;
}

export function readSchema(directory, file, declarations) {
  return declare(JSON.parse(readFileSync(path.join(directory, file), 'utf8')), declarations);
}

/* Where a fault stands: unknown and missing members are named themselves. */
export function pointerOf(error) {
  const member = error.params.additionalProperty ?? error.params.missingProperty;
  return member === undefined
    ? error.instancePath
    : `${error.instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
