// SPDX-License-Identifier: Apache-2.0
// The checklist of every service and review of every policy: never empty, every item with its sentence and its clause, duties with their clock in
// words, what is taken by hand or needs no authorization said first, and the page for print says what the data say.
import { readdirSync, readFileSync } from 'node:fs';
import { start, Tally } from '../lib/daemon.mjs';

const binary = process.argv[2];
const tally = new Tally();
const daemon = await start(binary, ['--sandbox', '--seed', '73', '--clock', '2026-11-20T15:40:12-08:00', '--policies', 'policies']);
const get = (path, headers = {}) => daemon.call('GET', path, { as: 'provider', headers });
const ask = (payer, service, review, more = '') => get(`/v1/requirements?payer=${payer}&service=${service}&review=${review}${more}`);

/** A sentence for people: it has words, ends as sentences do, and nothing of the machine shows in it. */
const sentence = (text) => typeof text === 'string' && /^[A-Z0-9"].*[.)]$/s.test(text) && !/[{}]|\bnull\b|\(from|@|  /.test(text);
const plain = (html) => html.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
/** What a checklist must hold, by what the policy says of the review. */
const wanted = {
	decided: ['information', 'determination'],
	recorded: ['criterion', 'information'],
	care: ['obligation'],
	standing: ['obligation'],
};

/** The items as they are written, by id. */
const written = new Map(readdirSync('policies', { recursive: true }).filter((name) => /^[^/]+\/[^/]+\/[^/]+\.json$/.test(name))
	.flatMap((name) => JSON.parse(readFileSync(`policies/${name}`)).items ?? []).map((item) => [item.id, item]));
/** Who answers judgments, who is told what, who may appeal and by when that is decided: of every policy, written here by hand. */
const deciders = {
	lhcc: 'a licensed mental health professional, a behavioral health care coordinator who is licensed, a clinical psychologist with a doctorate or a psychiatrist',
	performcare: 'a clinical care manager, a physician, a psychiatrist, a psychologist or a psychologist with a doctorate',
	trillium: 'a behavioral health care coordinator who is a QMHP, a clinical psychologist with a doctorate or a psychiatrist',
	tufts: 'a licensed reviewer, a physician or a psychiatrist',
};
const denies = { ...deciders, performcare: 'a physician, a psychiatrist, a psychologist or a psychologist with a doctorate' };
const told = {
	lhcc: { 'lhcc.pss.denial-told': ['member', 'practitioner'] },
	performcare: { 'performcare.ooh.notice': ['member', 'practitioner'] },
	trillium: {
		'trillium.um.refer-to-cc-told': ['care coordination'], 'trillium.denial.notify-practitioner-in-time': ['practitioner'],
		'trillium.denial.expedited-appeal': ['practitioner'], 'trillium.denial.services-continue': ['practitioner'], 'trillium.def.pa': ['submitter'],
	},
	tufts: {},
};
const appeals = { lhcc: ['72 hours', '30 calendar days'], performcare: ['72 hours', '30 calendar days'], trillium: ['72 hours'], tufts: [] };

function people(at, payer, items) {
	const of = (kind) => items.filter((item) => item.kind === kind);
	const others = of('judgment').filter((item) => !item.follows.endsWith(` is answered by ${deciders[payer]}.`));
	tally.equal(others.map((item) => `${item.item}: ${item.follows}`), [], `${at}: who answers judgments`);
	const names = (item) => ['care coordination', 'member', 'practitioner', 'submitter'].filter((one) => item.follows.includes(one));
	tally.equal(Object.fromEntries(of('notice').map((item) => [item.item, names(item)])), told[payer], `${at}: who is told`);
	const decided = of('appeal').map((item) => [/within ([^ ]+ (?:calendar )?[a-z]+)/.exec(item.text)[1], item.follows]);
	const follows = `It may be asked for by the practitioner or the member, and is decided by ${denies[payer]}.`;
	tally.equal(decided, appeals[payer].map((within) => [within, follows]), `${at}: who may appeal, and by when it is decided`);
}

for (const item of written.values()) {
	const words = [item.text, item.ask, item.unmet, item.title, item.reason].map((text) => (/ /.test(text ?? '') ? text.replace(/\{[a-z_]+\}/g, '') : '')).join(' ');
	tally.check(!/\b[a-z]+_[a-z]/.test(words), `${item.id}: sentences without codes (${words})`);
}
const { policies } = (await get('/v1/policies')).json;
const services = new Set();
let checklists = 0;
for (const policy of policies) {
	const known = new Set((await get(policy.href)).json.clauses.map((one) => one.clause));
	for (const { service, review, manual_route } of policy.answers) {
		const at = `${policy.payer} ${service}/${review}`;
		const answer = (await ask(policy.payer, service, review)).json;
		const page = await ask(policy.payer, service, review, '');
		const html = plain((await daemon.call('GET', `/v1/requirements?payer=${policy.payer}&service=${service}&review=${review}`, { as: 'provider', headers: { Accept: 'text/html' } })).text);
		const items = answer.groups.flatMap((group) => group.items.map((item) => ({ ...item, kind: group.kind })));
		checklists++;
		services.add(service);
		tally.equal(page.status, 200, `${at}: is answered`);
		tally.check(items.length > 0 || answer.first.length > 0, `${at}: is not empty`);
		tally.check(answer.first.every(sentence), `${at}: what is said first is sentences (${answer.first})`);
		tally.equal(answer.manual_route, manual_route, `${at}: the manual route`);
		if (manual_route) {
			tally.check(sentence(manual_route) && answer.first[0].includes(manual_route), `${at}: why it is taken by hand comes first`);
			tally.check(html.indexOf(manual_route) > 0 && !/By when.*taken by hand/s.test(html), `${at}: on paper too`);
		} else {
			const kind = ['care', 'standing'].includes(review) ? review : answer.recorded ? 'recorded' : 'decided';
			for (const need of wanted[kind]) tally.check(items.some((item) => item.kind === need), `${at}: has items of kind ${need}`);
			tally.check(answer.service_title, `${at}: the service has a title`);
			if (kind === 'decided') tally.check(items.some((item) => item.kind === 'clock') || items.some((item) => item.follows.startsWith('The request needs no authorization')), `${at}: by when, or that nothing is decided`);
		}
		if (items.some((item) => item.kind === 'determination')) people(at, policy.payer, items);
		for (const item of items) {
			tally.check(sentence(item.text), `${at} ${item.item}: text (${item.text})`);
			tally.check(item.ask === null || sentence(item.ask), `${at} ${item.item}: ask (${item.ask})`);
			tally.check(sentence(item.follows), `${at} ${item.item}: what follows (${item.follows})`);
			tally.check(item.applies === null ? (item.when === null || /"at":"\/(review|service)"/.test(JSON.stringify(item.when))) && item.after === null : item.applies.length > 8 && !/[{}]|\bnothing\)/.test(item.applies), `${at} ${item.item}: when it applies (${item.applies})`);
			tally.equal(item.after?.item ?? null, written.get(item.item)?.after ?? null, `${at} ${item.item}: what it comes after`);
			for (let before = written.get(item.item)?.after; before; before = written.get(before)?.after) {
				const there = items.find((one) => one.item === before);
				tally.check(!there || item.applies?.includes(`this is met: "${there.text.slice(0, -1)}"`), `${at} ${item.item}: hangs on ${before} (${item.applies})`);
				tally.check(!there?.when || item.applies !== `this is met: "${there.text.slice(0, -1)}"`, `${at} ${item.item}: and on the condition of ${before} (${item.applies})`);
			}
			if (item.after) {
				tally.check(sentence(item.after.text) && item.applies?.includes(`this is met: "${item.after.text.slice(0, -1)}"`), `${at} ${item.item}: hangs on ${item.after.text} (${item.applies})`);
				tally.check(html.includes(`Only once this is met: ${item.after.text}`), `${at} ${item.item}: what it comes after stands on the page`);
			}
			tally.check(item.cite.length > 0 && item.cite.every((one) => one.document !== policy.id || known.has(one.clause)), `${at} ${item.item}: cites clauses of the source`);
			tally.equal(item.kind === 'obligation', item.clock !== null, `${at} ${item.item}: the clock of a duty, and of nothing else`);
			if (item.clock) tally.check(sentence(item.clock) && !/[a-z]_[a-z]/.test(item.clock), `${at} ${item.item}: clock (${item.clock})`);
			tally.check(html.includes(item.text), `${at} ${item.item}: stands on the page`);
			tally.check(item.applies === null || item.after || html.includes(`nly where ${item.applies}.`), `${at} ${item.item}: when it applies stands on the page`);
			tally.check(!/\b(to|by) (practitioner|submitter|care coordinator|behavioral|licensed mental|clinical|psycholog|psychiatr|physician)/.test(item.follows), `${at} ${item.item}: words with their articles (${item.follows})`);
			if (item.follows.startsWith('The request needs no authorization')) tally.check(item.applies === null ? answer.first.some((one) => /This is not so where|only where/.test(one)) : answer.first.some((one) => one.includes(`nly where ${item.applies}.`) || one.includes(`nly where ${item.applies}, `)), `${at} ${item.item}: no authorization needed is said with its condition (${answer.first})`);
		}
		for (const item of items) {
			tally.check(!/"([^"]*)" is answered and "\1"/.test(item.applies ?? ''), `${at} ${item.item}: nothing is said twice (${item.applies})`);
			tally.check(!/\bthe (service|review) is\b/.test(item.applies ?? ''), `${at} ${item.item}: what the list is of is no condition (${item.applies})`);
		}
		const named = [...new Set(items.flatMap((item) => [...JSON.stringify([item.check, item.when]).matchAll(/"occurrence":\[([^\]]*)\]/g)].flatMap(([, words]) => words.match(/[a-z_]+/g))))];
		const kinds = answer.occurrences.map((one) => one.kind);
		tally.equal(named.filter((word) => !kinds.includes(word)), [], `${at}: every kind of occurrence that a check names is listed`);
		if (review === 'care') tally.check(kinds.length > 0 && answer.occurrences.every((one) => one.title && one.by.length > 0), `${at}: kinds with titles and roles`);
		for (const one of answer.occurrences) tally.check(html.includes(one.title), `${at}: ${one.title} stands on the page`);
		const told = items.map((item) => item.text);
		tally.equal(told.filter((text, i) => told.indexOf(text) !== i), [], `${at}: nothing is told twice`);
		tally.check(!answer.first.some((one) => /`|Otherwise/.test(one)), `${at}: what is said first has no names of members in it (${answer.first})`);
		const raw = /[("][a-z]+(_[a-z]+)+[)"]|\b[a-z]+_[a-z]|\dT\d\d:|approval\. [a-z]/.exec(html.replaceAll(policy.id, ''));
		tally.equal(raw && raw[0], null, `${at}: no codes on the page`);
		const papers = ['information', 'completeness', 'eligibility', 'criterion', 'flag'];
		tally.equal(answer.groups.map((group) => group.kind).filter((one) => papers.includes(one)), papers, `${at}: papers come first`);
		tally.check(!/\{|\}|undefined|null/.test(html.replace(/checklistbody[^\n]*/, '')), `${at}: nothing of the machine shows on the page`);
	}
}
tally.check(['PDTS', 'PRTS', 'SUBACUTE', 'TM', 'PSS', 'RTF', 'CRR_HH', 'TCM'].every((one) => services.has(one)), `the services (${[...services]})`);
tally.check(checklists >= 39, `${checklists} checklists`);

/* ---- what some of them say ---- */

const tm = (await ask('tufts', 'TM', 'initial')).json;
tally.check(tm.first[0].startsWith('The guideline asks for no prior authorization of therapeutic mentoring'), `TM says first that it needs none (${tm.first})`);
const pdts = (await ask('trillium', 'PDTS', 'initial')).json;
tally.equal(pdts.first, ["No authorization is needed only where the network status of the servicing provider is participating and what the request says of \"participation\" is not contradicted by a table of the plan, and where this is so: The plan's authorization list (ARQ) asks for no authorization of what is requested. In every other case send a request."], 'who does not participate is not told that no authorization is needed');
tally.check(tm.first[0].includes('This is not so where an employer bears the cost of the coverage, or'), `where TM needs more (${tm.first})`);
tally.equal(pdts.groups.find((group) => group.kind === 'flag').title, 'What a reviewer is told of', 'flags have a title of their own');
tally.check(pdts.groups.find((group) => group.kind === 'eligibility').items.every((item) => !item.follows.includes('the flag')), 'and stand apart');
tally.check(pdts.groups.flatMap((group) => group.items).some((item) => item.text.includes('under 18 years old') && item.text.includes('under 21')), 'the ages are said');
const standing = plain((await daemon.call('GET', '/v1/requirements?payer=tufts&service=TM&review=standing', { as: 'provider', headers: { Accept: 'text/html' } })).text);
tally.equal(standing.split('Attest it with the day on which it was checked.').length, 2, 'what nearly all say alike is said once');
const tcm = plain((await daemon.call('GET', '/v1/requirements?payer=performcare&service=TCM&review=care', { as: 'provider', headers: { Accept: 'text/html' } })).text);
tally.check(/Recorded by: provider/.test(tcm), 'who records');
tally.equal(tcm.split('Nothing begins from the end').length, 2, 'a pause that many duties share is said once');
tally.check(tcm.includes('within the 8 that the regulation allots'), 'how many contacts the regulation allots');
const discharge = (await ask('tufts', 'TM', 'discharge')).json;
tally.equal([discharge.recorded, discharge.first.length], [true, 1], 'a recorded review says so first');
const find = (answer, id) => answer.groups.flatMap((group) => group.items).find((item) => item.item === id);
const clock = async (payer, service, id, review = 'care') => find((await ask(payer, service, review)).json, id).clock;
tally.equal(await clock('tufts', 'TM', 'tufts.ps.process.outreach-5cd'), 'Begins with the referral, each time. Nothing begins from the first service until the last service or the unplanned end. Due within 5 calendar days. Done with the outreach to the caregiver, the contact with the family or the first service.', 'a duty for each start');
tally.equal(await clock('tufts', 'TM', 'tufts.ps.iap.update-90d'), 'Begins with the action plan, the first time. After each end it begins again in this way. Nothing begins from the last service or the unplanned end until the referral, the outreach to the caregiver, the contact with the family, the entry on the waitlist or the first service. Due within 90 calendar days. Due again within 90 calendar days of when it was done. Done with the action plan. Ends with the last service or the unplanned end.', 'a duty that comes again');
tally.equal(await clock('tufts', 'TM', 'tufts.ps.staff.supervision-weekly'), 'Begins with the first service, the first time. After each end it begins again in this way. Due in every whole calendar week, Monday to Sunday. Done with the supervision of the mentor (the supervisor is a licensed clinician: yes). Ends with the last service or the unplanned end.', 'a duty of every week');
tally.equal(await clock('tufts', 'TM', 'tufts.ps.discharge.plan-5bd'), 'Begins with the last service (there is consent: yes), of several the newest. After each end it begins again in this way. Due within 5 business days. Done with the handing over of the discharge plan (other side: the youth or the caregiver), earlier counts too. Ends with the first service.', 'what came earlier counts');
tally.check((await clock('performcare', 'TCM', 'performcare.tcm.discharge.45-day-meeting')).includes('Due at least 45 calendar days ahead of the day that is planned.'), 'a duty counted ahead');
tally.check((await clock('performcare', 'TCM', 'performcare.tcm.admitted.30-day-meetings')).includes('Due within 30 calendar days. Due again in each 30 calendar days that follow.'), 'periods');
tally.equal((await ask('tufts', 'TM', 'standing')).json.groups.flatMap((group) => group.items).find((item) => item.text.includes('1 year')).clock, 'Attested again within 1 year, or by the last day that the attestation gives.', 'an attestation that expires');

/* ---- what hangs on something else says on what ---- */

const paper = async (payer, service, review) => plain((await daemon.call('GET', `/v1/requirements?payer=${payer}&service=${service}&review=${review}`, { as: 'provider', headers: { Accept: 'text/html' } })).text.replaceAll('<br>', '\n').replaceAll('</li>', '\n\n'));
/** What stands on the page about the item of that sentence. */
const entry = (page, text) => page.split('\n\n').find((one) => one.replace(/^[^A-Z]*<ul>/s, '').includes(text) && one.trim().split('\n').some((line) => line.includes(text) && !line.startsWith('Only')));
const risk = '"the assessment shows a risk to the health or safety of the member or of others" is answered yes';
for (const [service, review, prefix] of [['PDTS', 'initial', 'trillium.pdts.initial'], ['SUBACUTE', 'concurrent', 'trillium.subacute.concurrent']]) {
	const answer = (await ask('trillium', service, review)).json;
	const signed = find(answer, `${prefix}.safety-plan-signature`);
	tally.equal(signed.applies, `all of these hold: (1) ${risk}; (2) this is met: "Where the assessment shows a risk to the member or to others there is a safety plan, alone or inside the service plan"`, `${service}: when the safety plan is signed`);
	tally.equal([signed.after.item, signed.when], [`${prefix}.safety-plan-if-risk`, null], `${service}: and after what`);
	const said = entry(await paper('trillium', service, review), 'completed and signed the safety plan.');
	tally.check(said.includes(`Only where ${risk}.`) && said.includes('Only once this is met: Where the assessment shows a risk'), `${service}: on the page too (${said})`);
}
const gate = async (review) => find((await ask('trillium', 'PRTS', review)).json, 'trillium.prts.con-gate').applies;
tally.check(await gate('initial') === null && (await gate('concurrent')).startsWith('the number of the earlier authorization is not given'), `what the review settles is left out (${await gate('concurrent')})`);
const own = 'trillium.rts.retro-no-exception';
tally.check(!find(pdts, own).applies.includes('admission') && find((await ask('trillium', 'SUBACUTE', 'initial')).json, own).applies.includes('admission'), 'what the service settles too');
const catastrophe = find(pdts, 'trillium.rts.retro-catastrophe');
tally.check(/^all of these hold: \(1\) all requested days lie before the day on which the request was received; .*this is met: "A request whose days have all passed claims an exception.*the exception that is claimed is a catastrophe$/.test(catastrophe.applies), `a paper of an exception (${catastrophe.applies})`);
const delay = find(pdts, 'trillium.rts.retro-admin-delay');
tally.equal(delay.applies.split('is a delay of administration').length, 2, `what the one and the other ask is said once (${delay.applies})`);
tally.check(delay.applies.includes('A request whose days have all passed') && delay.applies.includes('was not the provider\'s own'), 'a chain says both');
const day = await paper('trillium', 'PDTS', 'initial');
tally.equal(day.split('only where all requested days lie before the day on which the request was received and no requested days').length - 1, 2, 'what many papers hang on is said once in a group');
tally.check(/What says "only in this case" applies only where all requested days/.test(day), 'and named');
const shown = entry(day, 'A document shows the catastrophe');
tally.check(shown.includes('Only in this case, and where the exception that is claimed is a catastrophe.') && shown.includes('Only once this is met: A request whose days have all passed'), `so that each is short (${shown})`);
const mentoring = await paper('tufts', 'TM', 'initial');
const product = 'The member has a commercial product or Direct, to which the guideline speaks.';
tally.equal(find(tm, 'tufts.mng.bg.self-insured-governs').applies, `this is met: "${product.slice(0, -1)}"`, 'what hangs on the product');
tally.check(tm.first[0].includes(`only where this is met: "${product.slice(0, -1)}".`), `that no authorization is needed too (${tm.first})`);
tally.check(mentoring.split(product).length - 1 <= 10, `the product is not said with every item (${mentoring.split(product).length - 1})`);
const ended = await paper('tufts', 'TM', 'discharge');
tally.check(entry(ended, product).includes('The others hang on this.') && entry(ended, 'The planning of the discharge began with the service.').includes('Also where that is not met.'), `what a group does not say of all its items (${ended})`);
const pss = (await ask('lhcc', 'PSS', 'initial')).json;
tally.equal(pss.groups.find((group) => group.kind === 'clock').items.map((item) => item.basis), ['default', 'default', 'default', 'overlay', 'overlay'], 'defaults and the law are marked');
tally.equal((await ask('performcare', 'RTF', 'initial')).json.groups.find((group) => group.kind === 'completeness').title, 'Needed to be complete: a request waits for these', 'a policy that returns nothing does not speak of returns');
tally.equal((await ask('tufts', 'TM', 'care')).json.occurrences.filter((one) => one.timed).map((one) => one.kind), ['consult_asked', 'consult_answered'], 'what needs its time');
const unknown = async (...of) => [(await ask(...of)).status, (await ask(...of)).json.detail];
tally.equal(await unknown('trillium', 'PDTS', 'discharge'), [404, 'the policy does not answer this review of the service; it answers initial, concurrent'], 'a review that does not exist');
tally.equal(await unknown('tufs', 'TM', 'initial'), [404, 'no policy knows this payer; known are lhcc, performcare, trillium, tufts'], 'a payer');
tally.check(/^no policy of the payer knows this service; known are .*PSS/.test((await unknown('lhcc', 'TM', 'initial'))[1]), 'a service');
tally.equal((await unknown('trillium', 'PDTS', 'initial', '&as_of=2001-01-01'))[1], 'no version of the policy is in force on that day', 'a day');
await daemon.stop();
tally.end();
