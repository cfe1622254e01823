/* SPDX-License-Identifier: Apache-2.0 */
/* service_dates, days: the requested days, and what is true of any, every or none of them. */
#include "policy/check.h"

#include "policy/evaluator.h"
#include "policy/papers.h"

#include <string.h>

enum { DAYS_YEARS_MAX = 120, NINES_YEAR = 9999, EXCEPT_MAX = 4 };

enum quantity { QUANTITY_ANY, QUANTITY_EVERY, QUANTITY_NO };

struct days_check;

/* Days of which something is certainly true, and days of which it may be true: the second holds the first. */
struct two_sets {
	struct day_set sure;
	struct day_set maybe;
};

struct predicate {
	const char *name;
	const char *phrase; /* "lie before the day of receipt" */
	const char *subject; /* what an unknown hangs on */
	struct two_sets (*days)(const struct days_check *check, struct evaluator *evaluator);
};

struct days_check {
	struct check check;
	enum quantity quantity;
	const struct predicate *predicate;
	const struct predicate *except[EXCEPT_MAX];
	size_t except_count;
	enum answer absent; /* no requested day is known */
	int years;
};

static struct civil_date far_day(int year, int month, int day)
{
	struct civil_date date = {0};
	const bool exists = civil_from_parts(year, month, day, &date);
	return exists ? date : (struct civil_date){0};
}

static struct day_set one_span(struct evaluator *evaluator, struct civil_date from, struct civil_date to)
{
	const struct day_span span = {from, to};
	return days_of(evaluator->arena, &span, 1);
}

static struct day_set always(struct evaluator *evaluator)
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

static struct two_sets before_receipt(const struct days_check *check, struct evaluator *evaluator)
{
	(void)check;
	return both(before_receipt_days(evaluator));
}

static struct two_sets on_receipt_day(const struct days_check *check, struct evaluator *evaluator)
{
	(void)check;
	return both(one_span(evaluator, evaluator->submission->received_on, evaluator->submission->received_on));
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

static struct two_sets coverage_days(struct evaluator *evaluator, bool retroactive_only)
{
	const struct places *places = evaluator->places;
	size_t count;
	const struct record *const *spans = body_records(evaluator, places->coverage, &count);
	if (!spans) {
		return (struct two_sets){{NULL, 0}, always(evaluator)};
	}
	struct two_sets sets = {{NULL, 0}, {NULL, 0}};
	for (size_t i = 0; i < count; i++) {
		const struct value *plan = &spans[i]->values[places->coverage_plan];
		const struct value *retroactive = &spans[i]->values[places->coverage_retroactive];
		struct day_span span;
		if (value_given(plan) && strcmp(plan->text, evaluator->policy->payer) != 0) {
			continue;
		}
		bool sure = read_span(spans[i], places->coverage_from, places->coverage_to, &span) && value_given(plan);
		if (retroactive_only) {
			sure = sure && value_given(retroactive);
			if (value_given(retroactive) && !retroactive->boolean) {
				continue;
			}
		}
		const struct day_set days = days_of(evaluator->arena, &span, 1);
		sets.maybe = days_union(evaluator->arena, sets.maybe, days);
		sets.sure = sure ? days_union(evaluator->arena, sets.sure, days) : sets.sure;
	}
	return sets;
}

static struct two_sets covered(const struct days_check *check, struct evaluator *evaluator)
{
	(void)check;
	return coverage_days(evaluator, false);
}

static struct two_sets retroactively_covered(const struct days_check *check, struct evaluator *evaluator)
{
	(void)check;
	const struct two_sets sets = coverage_days(evaluator, true);
	const struct day_set before = before_receipt_days(evaluator);
	return (struct two_sets){days_both(evaluator->arena, sets.sure, before),
				 days_both(evaluator->arena, sets.maybe, before)};
}

/* The days for which a letter among the papers shows that the other insurance refused. */
static struct day_set denied_days(struct evaluator *evaluator, const struct record *insurance)
{
	const struct places *places = evaluator->places;
	const struct value *letter = &insurance->values[places->denial_document];
	struct day_span span;
	if (!value_given(letter) || !paper_by_id(evaluator, letter->text)) {
		return (struct day_set){NULL, 0};
	}
	read_span(insurance, places->denial_from, places->denial_to, &span);
	return days_of(evaluator->arena, &span, 1);
}

static struct two_sets paid_first_by_another(const struct days_check *check, struct evaluator *evaluator)
{
	(void)check;
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
				  value_given(covers) && covers->word == places->covers_yes;
		const struct day_set days = days_minus(evaluator->arena, days_of(evaluator->arena, &span, 1),
						       denied_days(evaluator, insurances[i]));
		sets.maybe = days_union(evaluator->arena, sets.maybe, days);
		sets.sure = sure ? days_union(evaluator->arena, sets.sure, days) : sets.sure;
	}
	return sets;
}

static struct two_sets after_birthday(const struct days_check *check, struct evaluator *evaluator)
{
	const struct value *birth = body_value(evaluator, evaluator->places->birth_date);
	if (!value_given(birth)) {
		return (struct two_sets){{NULL, 0}, always(evaluator)};
	}
	return both(one_span(evaluator, civil_birthday(birth->date, check->years), far_day(NINES_YEAR, 12, 31)));
}

static struct two_sets before_receipt_admitted(const struct days_check *check, struct evaluator *evaluator)
{
	(void)check;
	const struct places *places = evaluator->places;
	const struct zone *zone = evaluator->anchor.zone;
	const struct value *at = body_value(evaluator, places->admitted_at);
	const struct value *on = body_value(evaluator, places->admitted_on);
	const struct value *left = body_value(evaluator, places->discharged_at);
	const struct value *status = body_value(evaluator, places->admission_status);
	const struct day_set before = before_receipt_days(evaluator);
	const struct value *start = value_given(at) ? at : value_given(on) ? on : NULL;
	const bool gone = (value_given(status) && status->word == places->status_discharged) ||
			  (value_given(left) && instant_compare(left->instant, evaluator->submission->received_at) <= 0);
	if (gone) {
		return both((struct day_set){NULL, 0});
	}
	if (start) {
		return both(days_both(evaluator->arena, before,
				      one_span(evaluator, value_day(start, zone), far_day(NINES_YEAR, 12, 31))));
	}
	const bool came = value_given(status) && status->word == places->status_admitted;
	return (struct two_sets){{NULL, 0}, came ? before : (struct day_set){NULL, 0}};
}

static const struct predicate predicates[] = {
	{"before_receipt", "lie before the day of receipt", "/service_period/start", before_receipt},
	{"on_receipt_day", "fall on the day of receipt", "/service_period/start", on_receipt_day},
	{"covered", "are covered by the plan", "/member/coverage", covered},
	{"retroactively_covered", "are covered retroactively", "/member/coverage", retroactively_covered},
	{"paid_first_by_another", "are covered first by another insurance", "/member/other_insurance", paid_first_by_another},
	{"after_birthday", "lie on or after the birthday", "/member/birth_date", after_birthday},
	{"before_receipt_admitted", "lie before receipt while the member was admitted", "/admission", before_receipt_admitted},
};

enum { PREDICATE_COUNT = sizeof(predicates) / sizeof(predicates[0]) };

static enum answer quantify(const struct days_check *wants, struct evaluator *evaluator, const struct two_sets *sets,
			    struct day_set *ret_days)
{
	struct arena *arena = evaluator->arena;
	struct day_set requested = evaluator->requested;
	for (size_t i = 0; i < wants->except_count; i++) {
		requested = days_minus(arena, requested, wants->except[i]->days(wants, evaluator).sure);
	}
	const struct day_set sure = days_both(arena, requested, sets->sure);
	const struct day_set maybe = days_both(arena, requested, sets->maybe);
	switch (wants->quantity) {
	case QUANTITY_ANY:
		*ret_days = requested;
		return !days_empty(sure) ? ANSWER_MET : !days_empty(maybe) ? ANSWER_UNKNOWN : ANSWER_NOT_MET;
	case QUANTITY_EVERY:
		*ret_days = days_minus(arena, requested, maybe);
		return !days_empty(*ret_days)                           ? ANSWER_NOT_MET
		       : days_empty(days_minus(arena, requested, sure)) ? ANSWER_MET
									: ANSWER_UNKNOWN;
	case QUANTITY_NO:
		*ret_days = sure;
		return !days_empty(sure) ? ANSWER_NOT_MET : days_empty(maybe) ? ANSWER_MET : ANSWER_UNKNOWN;
	}
	return ANSWER_UNKNOWN;
}

static const char *days_say(struct arena *arena, const struct days_check *wants, struct day_set days)
{
	const char *phrase = wants->predicate->phrase;
	switch (wants->quantity) {
	case QUANTITY_ANY: return sentence(arena, "none of the requested days %s.", phrase);
	case QUANTITY_EVERY:
		return sentence(arena, "not every requested day does what is needed, that they %s: %s.", phrase,
				days_text(arena, days));
	case QUANTITY_NO: return sentence(arena, "some of the requested days %s: %s.", phrase, days_text(arena, days));
	}
	return NULL;
}

static enum answer evaluate_days(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct days_check *wants = (const struct days_check *)check;
	if (days_empty(evaluator->requested)) {
		if (wants->absent != ANSWER_MET) {
			trace_add(trace, PROBLEM_UNANSWERED, "/service_period/start",
				  (struct entry){.say = "The days of service are not given."});
		}
		return wants->absent;
	}
	const struct two_sets sets = wants->predicate->days(wants, evaluator);
	struct day_set days = {NULL, 0};
	const enum answer answer = quantify(wants, evaluator, &sets, &days);
	if (answer == ANSWER_UNKNOWN) {
		trace_add(trace, PROBLEM_UNANSWERED, check->subject,
			  (struct entry){.say = sentence(trace->arena, "we cannot tell which of the requested days %s.",
							 wants->predicate->phrase)});
	} else if (answer == ANSWER_NOT_MET) {
		trace->days = days;
		trace_add(trace, PROBLEM_INVALID, "/service_period",
			  (struct entry){.found = days_text(trace->arena, days), .say = days_say(trace->arena, wants, days)});
	}
	return answer;
}

static bool compile_predicate(struct compiler *compiler, const struct json *node, const struct spot *spot,
			      const struct predicate **ret_predicate)
{
	const char *names[PREDICATE_COUNT + 1] = {NULL};
	unsigned place = 0;
	for (size_t i = 0; i < PREDICATE_COUNT; i++) {
		names[i] = predicates[i].name;
	}
	if (!word_choice(compiler, node, spot, names, &place)) {
		return false;
	}
	*ret_predicate = &predicates[place];
	return true;
}

static bool compile_days_rest(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			      struct days_check *made)
{
	static const char *const answers[] = {
		[ANSWER_MET] = "met", [ANSWER_NOT_MET] = "not_met", [ANSWER_UNKNOWN] = "unknown", NULL};
	const struct json *except;
	const struct json *absent = json_member(arguments, "absent");
	const struct spot at_except = spot_member(spot, "except");
	const struct spot at_absent = spot_member(spot, "absent");
	unsigned choice = ANSWER_UNKNOWN;
	if (!argument_optional(compiler, arguments, spot, "except", JSON_ARRAY, &except) ||
	    (absent && !word_choice(compiler, absent, &at_absent, answers, &choice))) {
		return false;
	}
	made->absent = (enum answer)choice;
	if (json_count(except) > EXCEPT_MAX) {
		spot_issue(compiler->issues, &at_except, "too_many", "at most %d exceptions", EXCEPT_MAX);
		return false;
	}
	for (const struct json *one = json_first(except); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_except, made->except_count);
		if (!compile_predicate(compiler, one, &here, &made->except[made->except_count++])) {
			return false;
		}
	}
	return true;
}

const struct check *compile_days(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"any", "every", "no", "years", "except", "absent", NULL};
	struct days_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	size_t found = 0;
	bool good = true;
	for (unsigned i = QUANTITY_ANY; i <= QUANTITY_NO; i++) {
		const struct json *node = json_member(arguments, names[i]);
		const struct spot here = spot_member(spot, names[i]);
		if (node) {
			found++;
			made->quantity = (enum quantity)i;
			good = compile_predicate(compiler, node, &here, &made->predicate) && good;
		}
	}
	if (found != 1) {
		spot_issue(compiler->issues, spot, "missing_member", "needs exactly one of any, every and no");
		return NULL;
	}
	good = compile_days_rest(compiler, arguments, spot, made) && good;
	const bool birthday = good && made->predicate->days == after_birthday;
	if (birthday && !argument_count(compiler, arguments, spot, "years", 1, DAYS_YEARS_MAX, &made->years)) {
		return NULL;
	}
	if (birthday) {
		phrase_number(compiler, &compiler->phrases.years, made->years);
	} else if (good && json_member(arguments, "years")) {
		spot_issue(compiler->issues, spot, "unknown_member", "years belongs to after_birthday");
		return NULL;
	}
	made->check = (struct check){evaluate_days, good ? made->predicate->subject : ""};
	return good ? &made->check : NULL;
}

static void add_date(struct trace *trace, enum problem problem, const char *pointer, const char *say, const char *fix)
{
	for (size_t i = 0; i < trace->count; i++) {
		if (strcmp(trace->entries[i].pointer, pointer) == 0 && trace->entries[i].problem == problem) {
			return; /* the period's own dates are asked for once, whatever the number of lines */
		}
	}
	trace_add(trace, problem, pointer, (struct entry){.say = say, .fix = fix});
}

/* One line, or the period itself (LINE NULL). A date is asked for where the sender wrote the other one. */
static void judge_line(struct evaluator *evaluator, struct trace *trace, const struct record *line)
{
	const struct places *places = evaluator->places;
	struct arena *arena = trace->arena;
	const struct value *period_start = body_value(evaluator, places->period_start);
	const struct value *period_end = body_value(evaluator, places->period_end);
	const struct value *own_start = line ? &line->values[places->line_start] : period_start;
	const struct value *own_end = line ? &line->values[places->line_end] : period_end;
	const struct value *start = value_given(own_start) ? own_start : period_start;
	const struct value *end = value_given(own_end) ? own_end : period_end;
	const bool own = line && (value_given(own_start) || value_given(own_end));
	const char *place = own ? arena_printf(arena, "/lines/%u", line->index) : "/service_period";
	const char *whose = own ? arena_printf(arena, "line %u", line->index + 1) : "the service";
	if (!value_given(start)) {
		add_date(trace, PROBLEM_MISSING, arena_printf(arena, "%s/start", place),
			 sentence(arena, "the first day of %s is missing.", whose),
			 sentence(arena, "give the first day of %s.", whose));
	}
	if (!value_given(end)) {
		add_date(trace, PROBLEM_MISSING, arena_printf(arena, "%s/end", place),
			 sentence(arena, "the last day of %s is missing.", whose),
			 sentence(arena, "give the last day of %s.", whose));
	}
	if (value_given(start) && value_given(end) && civil_compare(end->date, start->date) < 0) {
		add_date(trace, PROBLEM_INVALID, arena_printf(arena, "%s/end", place),
			 sentence(arena, "the last day of %s is before its first day.", whose),
			 sentence(arena, "correct the days of %s.", whose));
	}
}

static enum answer evaluate_service_dates(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	(void)check;
	const size_t mark = trace->count;
	size_t count;
	const struct record *const *lines = body_records(evaluator, evaluator->places->lines, &count);
	for (size_t i = 0; i < count; i++) {
		judge_line(evaluator, trace, lines[i]);
	}
	if (count == 0) {
		judge_line(evaluator, trace, NULL);
	}
	return trace->count == mark ? ANSWER_MET : ANSWER_NOT_MET;
}

const struct check *compile_service_dates(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {NULL};
	struct check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	*made = (struct check){evaluate_service_dates, "/service_period"};
	return made;
}

struct day_set requested_days(struct evaluator *evaluator)
{
	const struct places *places = evaluator->places;
	const struct value *period_start = body_value(evaluator, places->period_start);
	const struct value *period_end = body_value(evaluator, places->period_end);
	size_t count;
	const struct record *const *lines = body_records(evaluator, places->lines, &count);
	struct day_span *spans = arena_array(evaluator->arena, count + 1, sizeof(*spans));
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		const struct value *own_start = &lines[i]->values[places->line_start];
		const struct value *own_end = &lines[i]->values[places->line_end];
		const struct value *start = value_given(own_start) ? own_start : period_start;
		const struct value *end = value_given(own_end) ? own_end : period_end;
		if (value_given(start) && value_given(end)) {
			spans[used++] = (struct day_span){start->date, end->date};
		}
	}
	if (count == 0 && value_given(period_start) && value_given(period_end)) {
		spans[used++] = (struct day_span){period_start->date, period_end->date};
	}
	return days_of(evaluator->arena, spans, used);
}
