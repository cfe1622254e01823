// SPDX-License-Identifier: Apache-2.0
// The checklist of every service and review of every policy: never empty, every item with its sentence and its clause, duties with their clock in
// words, what is taken by hand or needs no authorization said first, and the page for print says what the data say.
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
		for (const item of items) {
			tally.check(sentence(item.text), `${at} ${item.item}: text (${item.text})`);
			tally.check(item.ask === null || sentence(item.ask), `${at} ${item.item}: ask (${item.ask})`);
			tally.check(sentence(item.follows), `${at} ${item.item}: what follows (${item.follows})`);
			tally.check(item.applies === null ? item.when === null : item.applies.length > 8 && !/[{}]|\bnothing\)/.test(item.applies), `${at} ${item.item}: when it applies (${item.applies})`);
			tally.check(item.cite.length > 0 && item.cite.every((one) => one.document !== policy.id || known.has(one.clause)), `${at} ${item.item}: cites clauses of the source`);
			tally.equal(item.kind === 'obligation', item.clock !== null, `${at} ${item.item}: the clock of a duty, and of nothing else`);
			if (item.clock) tally.check(sentence(item.clock) && !/[a-z]_[a-z]/.test(item.clock), `${at} ${item.item}: clock (${item.clock})`);
			tally.check(html.includes(item.text), `${at} ${item.item}: stands on the page`);
		}
		const named = [...new Set(items.flatMap((item) => [...JSON.stringify([item.check, item.when]).matchAll(/"occurrence":\[([^\]]*)\]/g)].flatMap(([, words]) => words.match(/[a-z_]+/g))))];
		const kinds = answer.occurrences.map((one) => one.kind);
		tally.equal(named.filter((word) => !kinds.includes(word)), [], `${at}: every kind of occurrence that a check names is listed`);
		if (review === 'care') tally.check(kinds.length > 0 && answer.occurrences.every((one) => one.title && one.by.length > 0), `${at}: kinds with titles and roles`);
		for (const one of answer.occurrences) tally.check(html.includes(one.title), `${at}: ${one.title} stands on the page`);
		tally.check(!/\{|\}|undefined|null/.test(html.replace(/checklistbody[^\n]*/, '')), `${at}: nothing of the machine shows on the page`);
	}
}
tally.check(['PDTS', 'PRTS', 'SUBACUTE', 'TM', 'PSS', 'RTF', 'CRR_HH', 'TCM'].every((one) => services.has(one)), `the services (${[...services]})`);
tally.check(checklists >= 39, `${checklists} checklists`);

/* ---- what some of them say ---- */

const tm = (await ask('tufts', 'TM', 'initial')).json;
tally.check(tm.first[0].startsWith('The guideline asks for no prior authorization of therapeutic mentoring'), `TM says first that it needs none (${tm.first})`);
const discharge = (await ask('tufts', 'TM', 'discharge')).json;
tally.equal([discharge.recorded, discharge.first.length], [true, 1], 'a recorded review says so first');
const find = (answer, id) => answer.groups.flatMap((group) => group.items).find((item) => item.item === id);
const clock = async (payer, service, id, review = 'care') => find((await ask(payer, service, review)).json, id).clock;
tally.equal(await clock('tufts', 'TM', 'tufts.ps.process.outreach-5cd'), 'Begins with the referral, each time. Nothing begins from the first service until the last service or the unplanned end. Due within 5 calendar days. Done with the outreach to the caregiver, the contact with the family or the first service.', 'a duty for each start');
tally.equal(await clock('tufts', 'TM', 'tufts.ps.iap.update-90d'), 'Begins with the action plan, the first time, and again after each end. Nothing begins from the last service or the unplanned end until the referral, the outreach to the caregiver, the contact with the family, the entry on the waitlist or the first service. Due within 90 calendar days. Due again within 90 calendar days of when it was done. Done with the action plan. Ends with the last service or the unplanned end.', 'a duty that comes again');
tally.equal(await clock('tufts', 'TM', 'tufts.ps.staff.supervision-weekly'), 'Begins with the first service, the first time, and again after each end. Due in every whole calendar week, Monday to Sunday. Done with the supervision of the mentor (the supervisor is a licensed clinician: yes). Ends with the last service or the unplanned end.', 'a duty of every week');
tally.equal(await clock('tufts', 'TM', 'tufts.ps.discharge.plan-5bd'), 'Begins with the last service (there is consent: yes), the newest counts, and again after each end. Due within 5 business days. Done with the handing over of the discharge plan (other side: the youth or the caregiver), earlier counts too. Ends with the first service.', 'what came earlier counts');
tally.check((await clock('performcare', 'TCM', 'performcare.tcm.discharge.45-day-meeting')).includes('Due at least 45 calendar days ahead of the day that is planned.'), 'a duty counted ahead');
tally.check((await clock('performcare', 'TCM', 'performcare.tcm.admitted.30-day-meetings')).includes('Due within 30 calendar days. Due again in each 30 calendar days that follow.'), 'periods');
tally.equal((await ask('tufts', 'TM', 'standing')).json.groups.flatMap((group) => group.items).find((item) => item.text.includes('1 year')).clock, 'Attested again within 1 year, or by the last day that the attestation gives.', 'an attestation that expires');
const pss = (await ask('lhcc', 'PSS', 'initial')).json;
tally.equal(pss.groups.find((group) => group.kind === 'clock').items.map((item) => item.basis), ['default', 'default', 'default', 'overlay', 'overlay'], 'defaults and the law are marked');
tally.equal((await ask('performcare', 'RTF', 'initial')).json.groups.find((group) => group.kind === 'completeness').title, 'Needed to be complete: a request waits for these', 'a policy that returns nothing does not speak of returns');
tally.equal((await ask('tufts', 'TM', 'care')).json.occurrences.filter((one) => one.timed).map((one) => one.kind), ['consult_asked', 'consult_answered'], 'what needs its time');
await daemon.stop();
tally.end();
