// SPDX-License-Identifier: Apache-2.0
// The plan's calendar and clocks, counted apart from the program: the day of receipt is day 0, a business-day or calendar-day clock ends with the
// last second of its day on the plan's own clock, hours are elapsed hours; what is due is due until the end of its second.

const HOUR = 3600e3;
const local = new Intl.DateTimeFormat('en-CA', {
	timeZone: 'America/Los_Angeles', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
});
// Legal holidays both federally and in Oregon, as observed.
const HOLIDAYS = new Set(`2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-11-11 2026-11-26 2026-12-25
	2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-11-11 2027-11-25 2027-12-24 2027-12-31
	2028-01-17 2028-02-21 2028-05-29 2028-06-19 2028-07-04 2028-09-04 2028-11-10 2028-11-23 2028-12-25`.split(/\s+/));

const parts = (ms) => Object.fromEntries(local.formatToParts(ms).map(({ type, value }) => [type, value]));

/** The local day of an instant. */
export function dayOf(ms) {
	const { year, month, day } = parts(ms);
	return `${year}-${month}-${day}`;
}

/** COUNT days after a day, which may be negative. */
export const addDays = (day, count) => new Date(Date.parse(day) + count * 24 * HOUR).toISOString().slice(0, 10);

export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR));

export function isBusinessDay(day) {
	const weekday = new Date(day).getUTCDay();
	return weekday > 0 && weekday < 6 && !HOLIDAYS.has(day);
}

export function businessDaysAfter(day, count) {
	let at = day;
	for (let left = count; left > 0;) {
		at = addDays(at, 1);
		if (isBusinessDay(at)) left--;
	}
	return at;
}

/** 23:59:59 of a local day. */
export function endOf(day) {
	for (const offset of [7, 8]) {
		const ms = Date.parse(`${day}T23:59:59Z`) + offset * HOUR;
		const { hour, day: number } = parts(ms);
		if (hour === '23' && number === day.slice(8)) return ms;
	}
	throw new Error(`no end of ${day}`);
}

const clock = (rule, kind, amount) => ({ rule, kind, amount });

/** Due instant of {kind, amount} that starts at MS. */
export function due({ kind, amount }, ms) {
	if (kind === 'hours') return ms + amount * HOUR;
	const day = dayOf(ms);
	return endOf(kind === 'business_days' ? businessDaysAfter(day, amount) : addDays(day, amount));
}

function own({ service, retroactive, admitted }) {
	if (retroactive) return clock('trillium.retro.decide', 'calendar_days', 30);
	if (service !== 'SUBACUTE') return clock(`trillium.${service.toLowerCase()}.initial.decide`, 'business_days', 7);
	return admitted ? clock('trillium.subacute.initial.decide-after-admission', 'hours', 24) : clock('trillium.subacute.initial.decide-before-admission', 'hours', 72);
}

/** The clocks that run for a request with these facts from its receipt (rules B, federal overlay). */
export function clocksOf({ service, manual, retroactive, admitted, urgency, business }, received) {
	const list = [];
	// On the manual route the policy sets no time; the overlay does.
	if (!manual) list.push(own({ service, retroactive, admitted }));
	// Whoever may have Medicaid has its times; they leave out services that are past.
	if (!retroactive && ['medicaid', 'dual', null].includes(business)) {
		const expedited = urgency === 'expedited';
		list.push({ ...clock(`federal.medicaid.${expedited ? 'expedited' : 'standard'}`, ...(expedited ? ['hours', 72] : ['calendar_days', 7])), overlay: true });
	}
	return list.map((one) => ({ ...one, start: received, due: due(one, received) }));
}

/** When the plan has to act on a clock: a calendar-day clock that ends on a closed day counts with the end of the business day before. */
export function actBy(one) {
	if (one.kind !== 'calendar_days') return one.due;
	let day = dayOf(one.due);
	while (!isBusinessDay(day)) day = addDays(day, -1);
	return endOf(day);
}

export const passed = (instant, now) => now >= instant + 1000;
/** The instant from which a quarter of the time is left. */
export const quarter = (start, instant) => instant - (instant - start) / 4;
