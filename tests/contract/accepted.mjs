/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The daemon accepts a body exactly when ajv accepts it against schema/request.json with the words of the policy, and says nothing that the
 * contract does not know. accepted.mjs AUTHREVIEWD [SEED]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { sample } from '../lib/records.mjs';
import { start, Tally } from '../lib/daemon.mjs';
import { dice, good, spoiled } from './bodies.mjs';
import { operationsOf, packages, readDocument } from './document.mjs';
import { Judge, schemas } from './judge.mjs';
import { pointerOf, readSchema, teach } from './subset.mjs';

const POLICY = 'policies/trillium-isa/2019-03-06/policy.json';
const BODIES = 1200;
const CLIENTS = 8;
const FEW = 20; /* one body in so many says that it replaces or continues another request */
const BODY_BYTES = 256 * 1024;
const NOW = '2026-11-20T15:40:12-08:00'; /* where the clock of a sandbox with a seed stands */

/* What the policy declares, as the daemon composes it into the schema. */
function declarations(policy) {
	const known = [...policy.answers, ...policy.manual];
	const services = known.flatMap(({ service, aliases = [] }) => [service, ...aliases]);
	return {
		words: {
			payers: [policy.payer],
			services: [...new Set(services)],
			document_types: Object.keys(policy.documents),
			section_names: Object.keys(policy.sections),
		},
		members: { facts: policy.facts },
	};
}

/* The reviews that the policy knows, the same for each of its services. */
function reviewsOf(policy) {
	const known = [...policy.answers, ...policy.manual];
	const lists = policy.answers.map(({ service }) =>
		[...new Set(known.filter((one) => one.service === service).flatMap((one) => one.reviews))].sort());
	if (new Set(lists.map(String)).size !== 1) {
		throw new Error('the services of the policy know different reviews');
	}
	return lists[0];
}

function makeBodies(fc, schema, seed) {
	const roll = dice(seed);
	const made = fc.sample(good(fc, schema, schema, {}), { numRuns: BODIES / 3, seed });
	/* Samples of other payers speak the words of other policies. */
	const names = readdirSync('samples').filter((name) => name !== 'index.json').map((name) => name.replace('.json', ''))
		.filter((name) => sample(name).payer === policy.payer);
	const slipped = made.map((body) => spoiled(body, roll));
	const samples = made.map((body, index) => spoiled(sample(names[index % names.length]), roll));
	const bodies = [...made, ...slipped, ...samples];
	/* Each is refused, since there is nothing to replace nor to continue: a few are enough. */
	bodies.filter((_, index) => index % FEW !== 0).forEach((body) => delete body.replaces);
	bodies.filter((_, index) => index % FEW !== 1).forEach((body) => delete body.continues);
	return bodies.filter((body) => Buffer.byteLength(JSON.stringify(body)) < BODY_BYTES);
}

/* What a schema cannot say: only staff state the receipt, never one to come nor one before 1970. */
function refusedReceipt({ intake }, role) {
	if (intake === undefined || intake === null) {
		return [];
	}
	if (role !== 'intake') {
		return ['/intake'];
	}
	const received = Date.parse(intake.received_at ?? '');
	return received > Date.parse(NOW) || received < 0 ? ['/intake/received_at'] : [];
}

/* Nor that there is a request that this one may replace; here there is none. */
function refusedReplaces({ replaces }) {
	return typeof replaces === 'string' ? ['/replaces'] : [];
}

/* Nor that a first review continues nothing; what another continues is not there. */
const continues = (body) => typeof body.continues === 'string';
const refusedContinues = (body) => (continues(body) && body.review === 'initial' ? ['/continues'] : []);

const [binary, seedText = '20261120'] = process.argv.slice(2);
const { Ajv, parse, fc } = await packages();
const seed = Number(seedText);
const policy = JSON.parse(readFileSync(POLICY, 'utf8'));
const schema = readSchema('schema', 'request.json', declarations(policy));
schema.properties.review.enum = reviewsOf(policy);
const ajv = new Ajv({ strict: true, allErrors: true });
teach(ajv);
const validate = ajv.compile(schema);

const tally = new Tally();
const judge = new Judge(tally, schemas(Ajv), operationsOf(readDocument(parse).document));
const daemon = await start(binary, ['--sandbox', '--seed', '5', '--policies', 'policies'], { sockets: CLIENTS });
const counts = { 201: 0, 422: 0 };

/** What staff route by hand is taken for any review of requests. */
const byHand = (body) => ['initial', 'concurrent', 'continued_stay', 'discharge'].includes(body?.review)
	&& policy.manual?.some((row) => row.service === body.service && (row.reviews ?? [body.review]).includes(body.review));

async function send(body, index) {
	const role = index % 2 === 0 ? 'provider' : 'intake';
	const refused = [...(validate(body) ? [] : validate.errors.map(pointerOf).filter((pointer) => pointer !== '/review' || !byHand(body))), ...refusedReceipt(body, role), ...refusedReplaces(body),
		...refusedContinues(body)];
	const answer = judge.hold('submit_request', await daemon.call('POST', '/v1/requests', { as: role, body }));
	const where = `body ${index} as ${role}: ${JSON.stringify(body).slice(0, 200)}`;
	counts[answer.status] = (counts[answer.status] ?? 0) + 1;
	tally.equal(answer.status, refused.length > 0 ? 422 : continues(body) ? 404 : 201, `${where} (${refused.slice(0, 5)}; ${answer.text.slice(0, 300)})`);
	const stray = (answer.json?.errors ?? []).map((error) => error.pointer).filter((pointer) => !refused.includes(pointer));
	tally.equal(stray, [], `${where}: only the daemon names these`);
}

const bodies = makeBodies(fc, schema, seed);
for (let from = 0; from < bodies.length; from += CLIENTS) {
	await Promise.all(bodies.slice(from, from + CLIENTS).map((body, place) => send(body, from + place)));
}
console.log(`seed ${seed}: ${bodies.length} bodies, ${JSON.stringify(counts)}`);
tally.check(bodies.length >= 500 && counts[201] > 100 && counts[422] > 100, 'enough bodies of both sorts');
const { code } = await daemon.stop();
tally.check(code === 0 && !daemon.err.includes('runtime error'), `the daemon ended with ${code}: ${daemon.err.slice(0, 2000)}`);
tally.end();
