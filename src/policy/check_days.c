/* SPDX-License-Identifier: Apache-2.0 */
/* service_dates, days: the requested days, and what is true of any, every or none of them. */
#include "policy/check.h"

#include "policy/day_sets.h"
#include "policy/day_spans.h"
#include "policy/words.h"

#include <string.h>

enum { DAYS_YEARS_MAX = 120, EXCEPT_MAX = 4, PREDICATES_MAX = 32 };

enum quantity { QUANTITY_ANY, QUANTITY_EVERY, QUANTITY_NO };

/* What becomes of days of which it cannot be told. */
enum doubt { DOUBT_UNKNOWN, DOUBT_COUNTED, DOUBT_LEFT_OUT };

struct days_check {
	struct check check;
	enum quantity quantity;
	const struct day_predicate *predicate;
	const struct day_predicate *except[EXCEPT_MAX];
	size_t except_count;
	enum answer absent; /* no requested day is known */
	enum doubt doubt;
	struct day_terms terms;
};

static struct two_sets days_meant(const struct days_check *wants, struct evaluator *evaluator)
{
	struct two_sets sets = wants->predicate->days(&wants->terms, evaluator);
	switch (wants->doubt) {
	case DOUBT_COUNTED: sets.sure = sets.maybe; break;
	case DOUBT_LEFT_OUT: sets.maybe = sets.sure; break;
	case DOUBT_UNKNOWN: break;
	}
	return sets;
}

static enum answer quantify(const struct days_check *wants, struct evaluator *evaluator, const struct two_sets *sets,
			    struct day_set *ret_days)
{
	struct arena *arena = evaluator->arena;
	struct day_set requested = evaluator->requested;
	for (size_t i = 0; i < wants->except_count; i++) {
		requested = days_minus(arena, requested, wants->except[i]->days(&wants->terms, evaluator).sure);
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
	const struct day_predicate *predicate = wants->predicate;
	const char *dates = days_text(arena, days);
	const bool doubtful = wants->doubt == DOUBT_COUNTED;
	switch (wants->quantity) {
	case QUANTITY_ANY: return sentence(arena, "the requested days %s: %s.", predicate->denied, dates);
	case QUANTITY_EVERY: return sentence(arena, "these requested days %s: %s.", predicate->denied, dates);
	case QUANTITY_NO:
		return sentence(arena,
				doubtful ? "we cannot rule out that these requested days %s: %s."
					 : "these requested days %s: %s.",
				predicate->phrase, dates);
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
	const struct two_sets sets = days_meant(wants, evaluator);
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
			      const struct day_predicate **ret_predicate)
{
	const char *names[PREDICATES_MAX] = {NULL};
	unsigned place = 0;
	for (size_t i = 0; day_predicates[i].name && i + 1 < PREDICATES_MAX; i++) {
		names[i] = day_predicates[i].name;
	}
	if (!word_choice(compiler, node, spot, names, &place)) {
		return false;
	}
	*ret_predicate = &day_predicates[place];
	return true;
}

static bool compile_except(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			   struct days_check *made)
{
	const struct json *except;
	const struct spot at_except = spot_member(spot, "except");
	if (!argument_optional(compiler, arguments, spot, "except", JSON_ARRAY, &except)) {
		return false;
	}
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

static bool compile_manner(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			   struct days_check *made)
{
	static const char *const answers[] = {
		[ANSWER_MET] = "met", [ANSWER_NOT_MET] = "not_met", [ANSWER_UNKNOWN] = "unknown", NULL};
	static const char *const doubts[] = {
		[DOUBT_UNKNOWN] = "unknown", [DOUBT_COUNTED] = "counted", [DOUBT_LEFT_OUT] = "left_out", NULL};
	const struct json *absent = json_member(arguments, "absent");
	const struct json *doubtful = json_member(arguments, "doubtful");
	const struct spot at_absent = spot_member(spot, "absent");
	const struct spot at_doubtful = spot_member(spot, "doubtful");
	unsigned choice = ANSWER_UNKNOWN;
	unsigned doubt = DOUBT_UNKNOWN;
	if ((absent && !word_choice(compiler, absent, &at_absent, answers, &choice)) ||
	    (doubtful && !word_choice(compiler, doubtful, &at_doubtful, doubts, &doubt))) {
		return false;
	}
	made->absent = (enum answer)choice;
	made->doubt = (enum doubt)doubt;
	return true;
}

static bool needs(const struct days_check *made, enum day_need need)
{
	bool found = made->predicate->need == need;
	for (size_t i = 0; i < made->except_count; i++) {
		found = found || made->except[i]->need == need;
	}
	return found;
}

/* Days that are left out cannot be found; only where those of which it cannot be told are counted, some are left to find. */
static bool leaves_some(struct compiler *compiler, const struct spot *spot, const struct days_check *made)
{
	const struct spot at_except = spot_member(spot, "except");
	for (size_t i = 0; i < made->except_count; i++) {
		const struct spot here = spot_element(&at_except, i);
		if (made->except[i] == made->predicate && made->doubt != DOUBT_COUNTED) {
			spot_issue(compiler->issues, &here, "same_place", "these are the days that the check asks for");
			return false;
		}
	}
	return true;
}

/* Words of services that the policy answers. */
static bool compile_services(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			     struct item_words *ret_services)
{
	struct slot slot;
	const struct spot here = spot_member(spot, "services");
	const struct json *list = argument(compiler, arguments, spot, "services", JSON_ARRAY);
	const bool closed = shape_find(compiler->vocabulary->request, "/service", &slot);
	compiler->looks_elsewhere = true;
	return list && words_compile(compiler, list, &here, closed ? &slot : NULL) &&
	       words_list(compiler, list, &here, ret_services);
}

/* What the predicates of the check need is there, and nothing that none of them reads. */
static bool compile_terms(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			  struct days_check *made)
{
	static const char *const members[] = {[DAY_NEEDS_YEARS] = "years",
					      [DAY_NEEDS_DENIED_BY] = "denied_by",
					      [DAY_NEEDS_EVENT] = "event",
					      [DAY_NEEDS_SPANS] = "spans",
					      [DAY_NEEDS_SERVICES] = "services"};
	for (unsigned i = DAY_NEEDS_YEARS; i <= DAY_NEEDS_SERVICES; i++) {
		if (json_member(arguments, members[i]) && !needs(made, (enum day_need)i)) {
			spot_issue(compiler->issues, spot, "unknown_member", "none of these days depends on %s", members[i]);
			return false;
		}
	}
	if (needs(made, DAY_NEEDS_YEARS)) {
		if (!argument_count(compiler, arguments, spot, "years", 1, DAYS_YEARS_MAX, &made->terms.years)) {
			return false;
		}
		phrase_number(compiler, &compiler->phrases.years, made->terms.years);
	}
	if (needs(made, DAY_NEEDS_EVENT)) {
		made->terms.event = json_text(argument(compiler, arguments, spot, "event", JSON_TEXT));
		if (!made->terms.event) {
			return false;
		}
	}
	if (needs(made, DAY_NEEDS_SPANS)) {
		const struct json *spans = argument(compiler, arguments, spot, "spans", JSON_OBJECT);
		const struct spot here = spot_member(spot, "spans");
		made->terms.spans = spans ? day_spans_compile(compiler, spans, &here) : NULL;
		if (!made->terms.spans) {
			return false;
		}
	}
	if (needs(made, DAY_NEEDS_SERVICES) && !compile_services(compiler, arguments, spot, &made->terms.services)) {
		return false;
	}
	return !needs(made, DAY_NEEDS_DENIED_BY) ||
	       papers_compile(compiler, arguments, spot, "denied_by", &made->terms.denied_by);
}

/* What an answer that cannot be given hangs on. */
static const char *subject_of(const struct days_check *made)
{
	const bool spans = made->predicate->need == DAY_NEEDS_SPANS;
	return spans ? day_spans_pointer(made->terms.spans) : made->predicate->subject;
}

const struct check *compile_days(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"any",   "every",    "no",     "years",  "denied_by", "event",
					    "spans", "services", "except", "absent", "doubtful",  NULL};
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
	good = good && compile_except(compiler, arguments, spot, made) && compile_manner(compiler, arguments, spot, made) &&
	       leaves_some(compiler, spot, made) && compile_terms(compiler, arguments, spot, made);
	made->check = (struct check){evaluate_days, good ? subject_of(made) : ""};
	return good ? &made->check : NULL;
}

static void add_date(struct trace *trace, enum problem problem, const char *pointer, const char *say, const char *fix)
{
	for (size_t i = 0; trace->entries && i < trace->count; i++) {
		if (strcmp(trace->entries[i].pointer, pointer) == 0 && trace->entries[i].problem == problem) {
			return; /* the period's own dates are asked for once, whatever the number of lines */
		}
	}
	trace_add(trace, problem, pointer, (struct entry){.say = say, .fix = fix});
}

static bool own_dates(const struct evaluator *evaluator, const struct record *line)
{
	return value_given(&line->values[evaluator->places->line_start]) ||
	       value_given(&line->values[evaluator->places->line_end]);
}

/* Whether dates are written line by line: some line has its own, and there is no period. */
static bool dated_by_line(const struct evaluator *evaluator, const struct record *const *lines, size_t count)
{
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		any = any || own_dates(evaluator, lines[i]);
	}
	return any && !value_given(body_value(evaluator, evaluator->places->period_start)) &&
	       !value_given(body_value(evaluator, evaluator->places->period_end));
}

/* One line, or the period itself (LINE NULL). A date is asked for where the sender wrote the others. */
static void judge_line(struct evaluator *evaluator, struct trace *trace, const struct record *line, bool by_line)
{
	const struct places *places = evaluator->places;
	struct arena *arena = trace->arena;
	const struct value *period_start = body_value(evaluator, places->period_start);
	const struct value *period_end = body_value(evaluator, places->period_end);
	const struct value *own_start = line ? &line->values[places->line_start] : period_start;
	const struct value *own_end = line ? &line->values[places->line_end] : period_end;
	const struct value *start = value_given(own_start) ? own_start : period_start;
	const struct value *end = value_given(own_end) ? own_end : period_end;
	const bool own = line && (by_line || own_dates(evaluator, line));
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
	const bool by_line = dated_by_line(evaluator, lines, count);
	for (size_t i = 0; i < count; i++) {
		judge_line(evaluator, trace, lines[i], by_line);
	}
	if (count == 0) {
		judge_line(evaluator, trace, NULL, false);
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
