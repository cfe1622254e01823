// SPDX-License-Identifier: Apache-2.0
// Requests of every sort that a life can begin with: a sample whose dates are put near the day of receipt, and what was taken from it or
// changed in it. The facts of a plan say the same to the model in its own words.
import { applyEdits } from '../lib/cases.mjs';
import { sample } from '../lib/records.mjs';
import { addDays, dayOf } from './time.mjs';

/** What can be lacking, by the policy's item, and what supplies it. */
export const LACKS = {
	'trillium.rts.member-identity': { remove: ['/member/id'], cure: () => ({ member: { id: 'OR0000001' } }) },
	'trillium.rts.provider-ids': { remove: ['/requesting_provider/tax_id'], cure: () => ({ requesting_provider: { tax_id: '930000001' } }) },
	'trillium.rts.service-dates': { remove: ['/service_period/end'], cure: (request) => ({ service_period: { end: request.to } }) },
	'trillium.rts.icd-codes': { remove: ['/diagnoses/0/icd10'], cure: () => ({ diagnoses: [{ ...sample('pdts-complete').diagnoses[0] }] }) },
	'trillium.rts.units-per-code': { remove: ['/lines/0/units'], cure: (request) => ({ lines: [line(request)] }) },
};
/** Of day treatment without a contract, whoever says so. */
export const DMAP = 'trillium.rts.dmap';
export const cureOf = (item, request) => (item === DMAP ? { servicing_provider: { medicaid_id: '500000001' } } : LACKS[item].cure(request));

const line = (request) => ({ code: request.code, units: request.asked, unit: 'day' });

/** The document that says why. */
export const JUSTIFIED = { PDTS: 'd3', PRTS: 'd3', SUBACUTE: 'd2' };
/** Clinical papers that can be outstanding; nothing is ever returned for them. */
export const PAPERS = {
	justification: (service) => `trillium.${service.toLowerCase()}.initial.justification-alternatives`,
};

/** What licensed staff may ask for of residential treatment, and what supplies it. */
export const ASKABLE = {
	'trillium.prts.con-packet.care-coordinator': () => ({ facts: { con_care_coordinator: 'Sample Coordinator-One' } }),
	'trillium.prts.con-packet.icts-provider': () => ({ facts: { con_icts_provider: 'Sample Provider-One' } }),
	'trillium.prts.con-packet.lower-loc-attempts': () => ({ documents: [{ id: 'd9', type: 'lower_level_record' }] }),
};

/** The day of receipt for which the samples are dated. */
const SAMPLES = '2026-11-20';

const plain = { PDTS: 'pdts-complete', PRTS: 'prts-complete', SUBACUTE: 'subacute-before-admission' };
const CODES = { PDTS: 'H0037', PRTS: 'T2048', SUBACUTE: 'H2013' };
/** A code that needs no authorization of a participating provider, and providers of whom the plan's directory does and does not know. */
export const FREE = { code: 'T9001', known: '2999000054', unknown: '2999000062' };
export const TABLES = {
	'arq.csv': `code,required,participation\n${FREE.code},false,participating\n`,
	'participation.csv': `npi,participation\n${FREE.known},participating\n`,
};

/** Every date in VALUE but that of birth moved by DAYS. */
function moved(value, days) {
	if (Array.isArray(value)) return value.map((one) => moved(one, days));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => {
		const date = typeof one === 'string' && /^(on|as_of|start|end|.*_on)$/.test(name) && /^\d{4}-\d\d-\d\d$/.test(one) && name !== 'birth_date';
		return [name, date ? addDays(one, days) : moved(one, days)];
	}));
}

/**
 * The body of PLAN for a receipt at NOW, and what the model is to know of it. plan: {service, manual, lacks: [items], paper: bool,
 * business, urgency, days: null | 'ineligible' | 'insured' | 'retroactive' | 'part eligible' | 'part retroactive' | 'long',
 * free: null | 'known' | 'unknown', admitted: bool, contract: bool, faxed: hours before it is entered}.
 */
export function submission(plan, now) {
	const today = dayOf(now);
	const { service } = plan;
	const past = { retroactive: -25, 'part retroactive': -5 }[plan.days];
	const from = addDays(today, past ?? (service === 'SUBACUTE' ? (plan.admitted ? 0 : 1) : 7));
	const asked = plan.days === 'long' ? { PDTS: 40, PRTS: 19, SUBACUTE: 20 }[service] : { PDTS: 20, PRTS: 14, SUBACUTE: 10 }[service];
	const to = addDays(from, asked - 1);
	const code = plan.free ? FREE.code : CODES[service];
	const set = {
		'/service_period': { start: from, end: to }, '/lines': [{ code, units: asked, unit: 'day' }], '/urgency': plan.urgency,
		'/admission': plan.admitted ? { status: 'admitted', admitted_at: new Date(now - 7200e3).toISOString() } : { status: 'planned', planned_on: from },
		'/member/line_of_business': plan.business, '/member/coverage': [{ plan: 'trillium', from: '2025-01-01', to: null, retroactive: false }],
	};
	if (plan.faxed) set['/intake'] = { received_at: new Date(now).toISOString(), via: 'fax' };
	if (plan.manual) set['/service'] = 'ICTS';
	if (past !== undefined) Object.assign(set, { '/admission': { status: 'admitted', admitted_on: from } });
	if (plan.days === 'ineligible') set['/member/coverage'] = coverage('ended', { from, to });
	if (plan.days === 'part eligible') set['/member/coverage'] = coverage('part', { from, to });
	if (plan.days === 'insured') set['/member/other_insurance'] = insurance('pays');
	if (plan.free) set['/servicing_provider/npi'] = FREE[plan.free];
	if (plan.contract === false) set['/servicing_provider/participation'] = 'non_participating';
	const base = moved(sample(plain[service]), Math.round((Date.parse(today) - Date.parse(SAMPLES)) / 86400e3) + (plan.days === 'retroactive' ? -25 : 0));
	const body = applyEdits(base, [], set);
	if (plan.paper) body.documents.find((d) => d.id === JUSTIFIED[service]).sections = [{ name: 'benefit', page: 1 }, { name: 'continued_care', page: 3 }];
	return { body: applyEdits(body, plan.lacks.flatMap((item) => LACKS[item].remove)), from, to, asked, code };
}

/** Spans of coverage that a plan fact or a submitter may give: all days, none of those asked for, the first five of them. */
export function coverage(word, { from }) {
	const end = { full: null, ended: addDays(from, -1), part: addDays(from, 4) }[word];
	return [{ plan: 'trillium', from: '2025-01-01', to: end, retroactive: false }];
}

export const insurance = (word) => (word === 'none' ? [] : [{ carrier: 'Example Mutual', kind: 'private', from: '2025-01-01', to: null, covers_service: 'yes' }]);

/** The document that says what a justification lacked. */
export const justification = (service, now) => ({
	documents: [{ id: JUSTIFIED[service], type: 'clinical_justification', completed_on: addDays(dayOf(now), -1),
		sections: [{ name: 'benefit', page: 1 }, { name: 'alternatives_ruled_out', page: 2 }, { name: 'continued_care', page: 3 }] }],
});
