/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies for the referee: good ones made from a schema, and slips made in them. */

const BAD_TIMES = [
  '', '2026-02-30', '2025-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '0000-01-01', '2026-1-1', '26-01-01',
  '2026/01/01', ' 2026-01-01', '2026-01-01 ', '20260101', 'today', '２０２６-01-01', '2026-01-01T', '2026-01-01T10:00:00',
  '2026-01-01T10:00Z', '2026-01-01 10:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T10:60:00Z', '2026-01-01T10:00:61Z',
  '2026-01-01T10:00:00+24:00', '2026-01-01T10:00:00+0800', '2026-01-01T10:00:00-08', '2026-01-01T10:00:00.Z',
  '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:60Z', '9999-12-31T23:30:00-01:00', '2026-02-29T10:00:00Z', '2026-01-01T10:00:00ZZ',
];
const GOOD_TIMES = [
  '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2026-06-15', '2026-01-01T10:00:00Z', '2026-01-01t10:00:00z',
  '2026-01-01T10:00:00.123456789-08:00', '2016-12-31T23:59:60Z', '2026-06-15T23:59:59+14:00', '2026-01-01T00:00:00-00:00',
];
const WRONG = [
  null, true, false, 0, 1, -1, 2.5, 1e15, -1e14, 1000001, '', 'x', 'no', 'yes', 'initial', '2026-02-03', [], {}, [null], ['x'], [[]], [{}],
  { id: 'x' }, [1, 2], [{ id: 'd1' }, { id: 'd1' }],
];
const UNKNOWN = ['servce', 'Payer', 'extra', '', 'a/b', 'c~d', '~1', '__proto__', 'constructor', 'ünïcode', 'with "quotes"', 'x'.repeat(300)];
const LENGTHS = [1, 19, 20, 21, 40, 41, 64, 65, 200, 201, 500, 501, 2000, 2001, 20000, 20001];
const LETTERS = ['a', 'é', '漢', '😀'];
const COUNTS = [1, 3, 4, 5, 20, 21, 50, 51, 60, 61, 100, 101, 200, 201];

function resolve(node, root, files) {
  if (node.$ref === undefined) {
    return { node, root };
  }
  const [file, pointer] = node.$ref.split('#');
  const target = file === '' ? root : files[file];
  return resolve(pointer.split('/').slice(1).reduce((at, step) => at[step], target), target, files);
}

/* A fast-check arbitrary of values that the schema accepts. */
export function good(fc, written, from, files) {
  const { node, root } = resolve(written, from, files);
  const nullable = Array.isArray(node.type);
  const value = ofType(fc, node, nullable ? node.type[0] : node.type, root, files);
  return nullable && node.enum === undefined ? fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }) : value;
}

function ofType(fc, node, type, root, files) {
  switch (type) {
    case 'string':
      return textOf(fc, node);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: node.minimum, max: node.maximum });
    case 'number':
      return thousandths(fc, node);
    case 'array':
      return listOf(fc, node, root, files);
    default:
      return objectOf(fc, node, root, files);
  }
}

/* Numbers of a size that the JSON reader takes: it refuses what a double would keep only roughly. */
function thousandths(fc, node) {
  return fc.integer({ min: node.minimum * 1000, max: node.maximum * 1000 }).map((number) => number / 1000);
}

function textOf(fc, node) {
  if (node.enum !== undefined) {
    return fc.constantFrom(...node.enum);
  }
  if (node.format !== undefined) {
    const fits = (text) => (node.format === 'moment' ? true : node.format === 'date' ? text.length === 10 : text.length > 10);
    return fc.constantFrom(...GOOD_TIMES.filter(fits));
  }
  const short = fc.string({ unit: 'grapheme', minLength: node.minLength ?? 0, maxLength: Math.min(node.maxLength, 8) });
  return short
    .map((text) => [...text.replaceAll('\0', '0')].slice(0, node.maxLength).join(''))
    .filter((text) => text.isWellFormed?.() ?? true);
}

function listOf(fc, node, root, files) {
  const list = fc.array(good(fc, node.items, root, files), { maxLength: Math.min(node.maxItems, 3) });
  const id = node['x-unique'];
  return id === undefined ? list : list.map((elements) => numbered(elements, id));
}

/* Generated ids may repeat by chance. */
function numbered(elements, id) {
  return elements.map((element, index) => (typeof element[id] === 'string' ? { ...element, [id]: `d${index}` } : element));
}

function objectOf(fc, node, root, files) {
  const members = Object.entries(node.properties).map(([name, schema]) => [name, good(fc, schema, root, files)]);
  return fc.record(Object.fromEntries(members), { requiredKeys: node.required ?? [] });
}

/* All containers of a body. */
function containers(value, found = []) {
  if (value !== null && typeof value === 'object') {
    found.push(value);
    Object.values(value).forEach((child) => containers(child, found));
  }
  return found;
}

function put(container, key, value) {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/* The JSON reader takes 64 KiB of text in one string. */
function long(letter, count) {
  return letter.repeat(Math.min(count, Math.floor((64 * 1024) / Buffer.byteLength(letter))));
}

/* Repeats the first element of LIST, if there is one: too many, or one id twice. */
function repeat(list, count) {
  for (let added = 0; list !== undefined && list.length > 0 && added < count; added++) {
    list.push(structuredClone(list[0]));
  }
}

/* One slip, chosen by DICE (which gives 0 <= n < its argument). */
function slip(body, dice) {
  const all = containers(body);
  const container = all[dice(all.length)];
  const keys = Object.keys(container);
  const key = keys[dice(keys.length)];
  const pick = (list) => list[dice(list.length)];
  switch (keys.length === 0 ? 0 : dice(9)) {
    case 0:
      return Array.isArray(container) ? container.push(structuredClone(pick(WRONG))) : put(container, pick(UNKNOWN), 1);
    case 1:
      return Array.isArray(container) ? container.splice(0, 1) : delete container[key];
    case 2:
      return put(container, key, long(pick(LETTERS), pick(LENGTHS)));
    case 3:
      return put(container, key, pick(BAD_TIMES));
    case 4:
      return put(container, key, pick(GOOD_TIMES));
    case 5:
    case 6:
      return repeat(pick(all.filter(Array.isArray)), pick(COUNTS));
    default:
      return put(container, key, structuredClone(pick(WRONG)));
  }
}

/* BODY with zero to four slips. */
export function spoiled(body, dice) {
  const copy = structuredClone(body);
  for (let count = dice(5); count > 0; count--) {
    slip(copy, dice);
  }
  return copy;
}

/* A small repeatable generator (mulberry32), so that slips follow from the seed alone. */
export function dice(seed) {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}
