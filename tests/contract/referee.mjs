/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ajv as referee of src/base/shape: the same schema, the same bodies, the same verdict and the same pointers.
 * referee.mjs SHAPE_JUDGE SCHEMA_DIRECTORY SCHEMA [SEED]; leaves with 77 when its packages are not installed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dice, good, spoiled } from './bodies.mjs';
import { packages } from './document.mjs';
import { pointerOf, readSchema, teach } from './subset.mjs';

const BODIES = 3000;
const SHOWN = 5;
const BODY_BYTES = 256 * 1024; /* longer ones are refused before their shape is asked for */
const BODY_VALUES = 20000; /* and so are those of more values */
const ISSUES_MAX = 100;

function values(node) {
  return node === null || typeof node !== 'object' ? 1 : 1 + Object.values(node).reduce((sum, child) => sum + values(child), 0);
}

function makeLines(fc, schema, files, seed) {
  const roll = dice(seed);
  const valid = fc.sample(good(fc, schema, schema, files), { numRuns: BODIES / 2, seed });
  const bodies = [...valid, ...valid.map((body) => spoiled(body, roll))].filter((body) => values(body) <= BODY_VALUES);
  const lines = bodies.map((body) => JSON.stringify(body));
  return [...lines, '[]', 'null', '{}'].filter((line) => Buffer.byteLength(line) < BODY_BYTES);
}

function judge(program, args, lines) {
  const run = spawnSync(program, args, { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) {
    throw new Error(`the judge left with ${run.status ?? run.signal}: ${run.stderr}`);
  }
  return run.stdout.trimEnd().split('\n');
}

/* What is wrong between the two verdicts, or null. ajv also looks inside lists that are too long; shapes do not. */
function compare(said, pointers) {
  if (said === 'ok' || pointers.size === 0) {
    return said === 'ok' && pointers.size === 0 ? null : `shape says ${said}, ajv names ${[...pointers].join(' ') || 'nothing'}`;
  }
  const ours = JSON.parse(said);
  const stray = ours.filter((pointer) => !pointers.has(pointer));
  if (stray.length > 0) {
    return `only the shape names ${stray.join(' ')}`;
  }
  const missed = [...pointers].filter((pointer) => !ours.some((own) => pointer === own || pointer.startsWith(`${own}/`)));
  return missed.length > 0 && ours.length < ISSUES_MAX ? `only ajv names ${missed.join(' ')}` : null;
}

const [program, directory, file, seedText = '20260514'] = process.argv.slice(2);
const { Ajv, fc } = await packages();
const seed = Number(seedText);
const declarationsPath = fileURLToPath(new URL('declarations.json', import.meta.url));
const declarations = JSON.parse(readFileSync(declarationsPath, 'utf8'));
const files = Object.fromEntries(['request.json', 'finding.json', 'certificate_of_need.json', 'plan_facts.json'].map((name) => [name, readSchema(directory, name, declarations)]));
const schema = file in files ? files[file] : readSchema(directory, file, declarations);
const ajv = new Ajv({ strict: true, allErrors: true });
teach(ajv);
Object.entries(files).filter(([name]) => name !== file).forEach(([name, other]) => ajv.addSchema(other, name));
const validate = ajv.compile(schema);

const lines = makeLines(fc, schema, files, seed);
const verdicts = judge(program, [directory, file, declarationsPath], lines);
const faults = [];
let accepted = 0;
if (verdicts.length !== lines.length) {
  faults.push(`${lines.length} bodies, ${verdicts.length} verdicts`);
}
lines.forEach((line, index) => {
  const pointers = new Set(validate(JSON.parse(line)) ? [] : validate.errors.map(pointerOf));
  const fault = verdicts[index] === 'unreadable' ? 'the shape was not asked: unreadable' : compare(verdicts[index], pointers);
  accepted += pointers.size === 0;
  if (fault !== null) {
    faults.push(`${fault}\n  ${line.slice(0, 300)}`);
  }
});
console.log(`${file}: seed ${seed}, ${lines.length} bodies, ${accepted} accepted, ${lines.length - accepted} refused`);
faults.slice(0, SHOWN).forEach((fault) => console.log(fault));
if (faults.length > 0) {
  console.log(`${faults.length} bodies are judged differently`);
  process.exit(1);
}
