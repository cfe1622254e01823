/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/day_sets.h"

#include "policy/day_spans.h"

#include <string.h>
#include <strings.h>

enum { NINES_YEAR = 9999 };

static struct civil_date far_day(int year, int month, int day)
{
	struct civil_date date = {0};
	const bool exists = civil_from_parts(year, month, day, &date);
	return exists ? date : (struct civil_date){0};
}

static struct day_set one_span(const struct evaluator *evaluator, struct civil_date from, struct civil_date to)
{
	const struct day_span span = {from, to};
	return days_of(evaluator->arena, &span, 1);
}

static struct day_set always(const struct evaluator *evaluator)
{
	return one_span(evaluator, far_day(1, 1, 1), far_day(NINES_YEAR, 12, 31));
}

static struct two_sets both(struct day_set days)
{
	return (struct two_sets){days, days};
}

static struct day_set before_receipt_days(struct evaluator *evaluator)
{
	return one_span(evaluator, far_day(1, 1, 1), civil_add_days(evaluator->submission->received_on, -1));
}

static struct two_sets before_receipt(const struct day_terms *terms, struct evaluator *evaluator)
{
	(void)terms;
	return both(before_receipt_days(evaluator));
}

static struct two_sets on_receipt_day(const struct day_terms *terms, struct evaluator *evaluator)
{
	(void)terms;
	return both(one_span(evaluator, evaluator->submission->received_on, evaluator->submission->received_on));
}

/* A span whose last day lies before its first says nothing at all; that the days do not fit is told elsewhere. */
static bool senseless(const struct day_span *span)
{
	return civil_compare(span->to, span->from) < 0;
}

/* A span whose end is open; false when its start is not given. */
static bool read_span(const struct record *record, uint16_t from, uint16_t to, struct day_span *ret_span)
{
	const struct value *first = &record->values[from];
	const struct value *last = &record->values[to];
	ret_span->from = value_given(first) ? first->date : far_day(1, 1, 1);
	ret_span->to = value_given(last) ? last->date : far_day(NINES_YEAR, 12, 31);
	return value_given(first);
}

/* A word for a plan, compared without regard to case. */
enum plan_word { PLAN_OURS, PLAN_ANOTHER, PLAN_UNTOLD };

/* Only words of payers are known; whatever else is written there may mean us by another name. */
static enum plan_word plan_word_of(const struct evaluator *evaluator, const struct value *plan)
{
	const struct vocabulary *vocabulary = evaluator->vocabulary;
	if (!value_given(plan)) {
		return PLAN_UNTOLD;
	}
	if (strcasecmp(plan->text, evaluator->policy->payer) == 0) {
		return PLAN_OURS;
	}
	for (size_t i = 0; i < vocabulary->payer_count; i++) {
		if (strcasecmp(plan->text, vocabulary->payers[i]) == 0) {
			return PLAN_ANOTHER;
		}
	}
	return PLAN_UNTOLD;
}

/* Whether the plan's own table writes our word for the member: what it calls otherwise is another plan then. */
static bool told_apart(const struct evaluator *evaluator, const struct record *const *spans, size_t count)
{
	bool ours = false;
	for (size_t i = 0; evaluator->facts.coverage && i < count && !ours; i++) {
		ours = plan_word_of(evaluator, &spans[i]->values[evaluator->places->coverage_plan]) == PLAN_OURS;
	}
	return ours;
}

static struct two_sets coverage_days(const struct evaluator *evaluator, bool retroactive_only)
{
	const struct places *places = evaluator->places;
	size_t count;
	const struct record *const *spans = body_records(evaluator, places->coverage, &count);
	if (!spans) {
		return (struct two_sets){{NULL, 0}, always(evaluator)};
	}
	struct two_sets sets = {{NULL, 0}, {NULL, 0}};
	const bool apart = told_apart(evaluator, spans, count);
	for (size_t i = 0; i < count; i++) {
		const enum plan_word plan = plan_word_of(evaluator, &spans[i]->values[places->coverage_plan]);
		const struct value *retroactive = &spans[i]->values[places->coverage_retroactive];
		struct day_span span;
		if (plan == PLAN_ANOTHER || (plan == PLAN_UNTOLD && apart)) {
			continue;
		}
		bool sure = read_span(spans[i], places->coverage_from, places->coverage_to, &span) && plan == PLAN_OURS;
		if (retroactive_only) {
			sure = sure && value_given(retroactive);
			if (value_given(retroactive) && !retroactive->boolean) {
				continue;
			}
		}
		sure = sure && !senseless(&span);
		const struct day_set days = senseless(&span) ? always(evaluator) : days_of(evaluator->arena, &span, 1);
		sets.maybe = days_union(evaluator->arena, sets.maybe, days);
		sets.sure = sure ? days_union(evaluator->arena, sets.sure, days) : sets.sure;
	}
	return sets;
}

struct two_sets days_covered(const struct evaluator *evaluator)
{
	return coverage_days(evaluator, false);
}

static struct two_sets covered(const struct day_terms *terms, struct evaluator *evaluator)
{
	(void)terms;
	return days_covered(evaluator);
}

static struct two_sets retroactively_covered(const struct day_terms *terms, struct evaluator *evaluator)
{
	(void)terms;
	const struct two_sets sets = coverage_days(evaluator, true);
	const struct day_set before = before_receipt_days(evaluator);
	return (struct two_sets){days_both(evaluator->arena, sets.sure, before),
				 days_both(evaluator->arena, sets.maybe, before)};
}

/*
 * The days for which a letter of the right type among the papers shows that the other insurance refused. A denial that names no days is
 * one for all of them.
 */
static struct day_set denied_days(const struct day_terms *terms, struct evaluator *evaluator, const struct record *insurance)
{
	const struct places *places = evaluator->places;
	const struct value *letter = &insurance->values[places->denial_document];
	const struct record *document = value_given(letter) ? paper_by_id(evaluator, letter->text) : NULL;
	struct day_span span;
	if (!document || !paper_is(&terms->denied_by, evaluator, document)) {
		return (struct day_set){NULL, 0};
	}
	read_span(insurance, places->denial_from, places->denial_to, &span);
	return days_of(evaluator->arena, &span, 1);
}

static struct two_sets paid_first_by_another(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct places *places = evaluator->places;
	size_t count;
	const struct record *const *insurances = body_records(evaluator, places->other_insurance, &count);
	struct two_sets sets = {{NULL, 0}, {NULL, 0}}; /* no list: no other insurance is known */
	for (size_t i = 0; i < count; i++) {
		const struct value *covers = &insurances[i]->values[places->insurance_covers];
		struct day_span span;
		/* a carrier's word that it does not cover the service counts as its denial */
		if (value_given(covers) && covers->word == places->covers_no) {
			continue;
		}
		const bool sure = read_span(insurances[i], places->insurance_from, places->insurance_to, &span) &&
				  value_given(covers) && covers->word == places->covers_yes && !senseless(&span);
		const struct day_set told = senseless(&span) ? always(evaluator) : days_of(evaluator->arena, &span, 1);
		const struct day_set days = days_minus(evaluator->arena, told, denied_days(terms, evaluator, insurances[i]));
		sets.maybe = days_union(evaluator->arena, sets.maybe, days);
		sets.sure = sure ? days_union(evaluator->arena, sets.sure, days) : sets.sure;
	}
	return sets;
}

static struct two_sets after_birthday(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct value *birth = body_value(evaluator, evaluator->places->birth_date);
	if (!value_given(birth) || civil_compare(birth->date, evaluator->submission->received_on) > 0) {
		return (struct two_sets){{NULL, 0}, always(evaluator)};
	}
	return both(one_span(evaluator, civil_birthday(birth->date, terms->years), far_day(NINES_YEAR, 12, 31)));
}

static struct two_sets before_birthday(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct two_sets after = after_birthday(terms, evaluator);
	const struct day_set ever = always(evaluator);
	return (struct two_sets){days_minus(evaluator->arena, ever, after.maybe),
				 days_minus(evaluator->arena, ever, after.sure)};
}

static struct two_sets since_admission(const struct day_terms *terms, struct evaluator *evaluator)
{
	(void)terms;
	const struct places *places = evaluator->places;
	const struct value *status = body_value(evaluator, places->admission_status);
	const struct value *start = admission_moment(evaluator);
	if (start) {
		return both(one_span(evaluator, value_day(start, evaluator->anchor.zone), far_day(NINES_YEAR, 12, 31)));
	}
	const bool came =
		value_given(status) && (status->word == places->status_admitted || status->word == places->status_discharged);
	return (struct two_sets){{NULL, 0}, came ? always(evaluator) : (struct day_set){NULL, 0}};
}

static struct two_sets before_receipt_admitted(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct places *places = evaluator->places;
	const struct value *left = body_value(evaluator, places->discharged_at);
	const struct value *status = body_value(evaluator, places->admission_status);
	const struct two_sets since = since_admission(terms, evaluator);
	const struct day_set before = before_receipt_days(evaluator);
	const bool gone = (value_given(status) && status->word == places->status_discharged) ||
			  (value_given(left) && instant_compare(left->instant, evaluator->submission->received_at) <= 0);
	if (gone) {
		return both((struct day_set){NULL, 0});
	}
	return (struct two_sets){days_both(evaluator->arena, since.sure, before),
				 days_both(evaluator->arena, since.maybe, before)};
}

/* From the end of the earlier authorization until receipt none stands; where that end is not given, no day is known to be one of those. */
static struct two_sets before_receipt_lapsed(const struct day_terms *terms, struct evaluator *evaluator)
{
	(void)terms;
	const struct value *end = body_value(evaluator, evaluator->places->prior_to);
	if (!value_given(end)) {
		return both((struct day_set){NULL, 0});
	}
	const struct day_set after = one_span(evaluator, civil_add_days(end->date, 1), far_day(NINES_YEAR, 12, 31));
	return both(days_both(evaluator->arena, after, before_receipt_days(evaluator)));
}

/* Before the local day of the event; without it nothing is before it. */
static struct two_sets before_event(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct recorded_event *event = evaluator_event(evaluator, terms->event);
	if (!event) {
		return both((struct day_set){NULL, 0});
	}
	const struct civil_date day = zone_date(evaluator->policy->zone, event->at);
	return both(one_span(evaluator, far_day(1, 1, 1), civil_add_days(day, -1)));
}

/* What else stands for the member, of these services, whoever asked for it. */
static struct two_sets authorized_elsewhere(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct submission *submission = evaluator->submission;
	struct day_set days = {NULL, 0};
	for (size_t i = 0; i < submission->held_count; i++) {
		if (item_words_have(&terms->services, submission->held[i].service)) {
			days = days_union(evaluator->arena, days, submission->held[i].days);
		}
	}
	return both(days);
}

const struct day_predicate day_predicates[] = {
	{"before_receipt", "lie before the day on which the request was received",
	 "do not lie before the day on which the request was received", "/service_period/start", before_receipt,
	 DAY_NEEDS_NOTHING},
	{"on_receipt_day", "fall on the day on which the request was received",
	 "do not fall on the day on which the request was received", "/service_period/start", on_receipt_day,
	 DAY_NEEDS_NOTHING},
	{"covered", "are covered by the plan", "are not covered by the plan", "/member/coverage", covered, DAY_NEEDS_NOTHING},
	{"retroactively_covered", "are covered only since coverage was granted later",
	 "are not covered by coverage that was granted later", "/member/coverage", retroactively_covered, DAY_NEEDS_NOTHING},
	{"paid_first_by_another", "are paid by another insurance first", "are not paid by another insurance first",
	 "/member/other_insurance", paid_first_by_another, DAY_NEEDS_DENIED_BY},
	{"after_birthday", "lie on or after the birthday", "lie before the birthday", "/member/birth_date", after_birthday,
	 DAY_NEEDS_YEARS},
	{"before_birthday", "lie before the birthday", "lie on or after the birthday", "/member/birth_date", before_birthday,
	 DAY_NEEDS_YEARS},
	{"since_admission", "lie on or after the day of admission", "do not lie on or after the day of admission",
	 "/admission/admitted_on", since_admission, DAY_NEEDS_NOTHING},
	{"before_receipt_admitted", "lie after the admission and before the day on which the request was received",
	 "do not lie between the admission and the day on which the request was received", "/admission",
	 before_receipt_admitted, DAY_NEEDS_NOTHING},
	{"before_receipt_lapsed",
	 "lie after the earlier authorization ended and before the day on which the request was received",
	 "do not lie between the end of the earlier authorization and the day on which the request was received",
	 "/prior_authorization/to", before_receipt_lapsed, DAY_NEEDS_NOTHING},
	{"before_event", "lie before the day on which something had to happen first",
	 "do not lie before the day on which something had to happen first", "", before_event, DAY_NEEDS_EVENT},
	{"spanned", "lie within what is given", "do not lie within what is given", "", day_spans_days, DAY_NEEDS_SPANS},
	{"authorized_elsewhere", "are authorized for another request of the member",
	 "are not authorized for another request of the member", "/service_period/start", authorized_elsewhere,
	 DAY_NEEDS_SERVICES},
	{NULL, NULL, NULL, NULL, NULL, DAY_NEEDS_NOTHING},
};
