/* SPDX-License-Identifier: Apache-2.0 */
/* whole, hours_cover_units: numbers of units, and the hours that they come to. */
#include "policy/check.h"

#include "policy/reach.h"

#include <math.h>

enum { DAYS_OF_WEEK = 7, QUARTERS_OF_HOUR = 4 };

struct units_check {
	struct check check;
	struct reach reach;
};

static bool number_of(const struct value *value, double *ret_number)
{
	if (!value_given(value)) {
		return false;
	}
	*ret_number = value->type == VALUE_INTEGER ? (double)value->integer : value->number;
	return true;
}

static bool compile_number(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
			   struct reach *ret_reach)
{
	const struct json *at = argument(compiler, arguments, spot, name, JSON_TEXT);
	const struct spot here = spot_member(spot, name);
	if (!at || !reach_compile(compiler, at, &here, ret_reach)) {
		return false;
	}
	if (ret_reach->slot.type != VALUE_NUMBER && ret_reach->slot.type != VALUE_INTEGER) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s holds no number", json_text(at));
		return false;
	}
	return true;
}

/* ---- whole ---- */

static enum answer evaluate_whole(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct units_check *whole = (const struct units_check *)check;
	const struct reach *reach = &whole->reach;
	const size_t count = reach_count(reach, evaluator);
	enum answer answer = count > 0 ? ANSWER_MET : ANSWER_UNKNOWN;
	if (count == 0) {
		trace_add(trace, PROBLEM_UNANSWERED, reach->empty,
			  (struct entry){.say = sentence(trace->arena, "there is no %s.", reach->element)});
	}
	for (size_t i = 0; i < count; i++) {
		double number;
		enum answer one = ANSWER_MET;
		if (!number_of(reach_value(reach, evaluator, i), &number)) {
			reach_unanswered(reach, trace, i);
			one = ANSWER_UNKNOWN;
		} else if (number < trunc(number) || number > trunc(number)) {
			trace_add(trace, PROBLEM_INVALID, reach_pointer(reach, trace->arena, i),
				  (struct entry){.found = arena_printf(trace->arena, "%.15g", number),
						 .needed = "a whole number",
						 .say = sentence(trace->arena, "%s %s no whole number.",
								 reach_phrase(reach, trace->arena, i), reach->verb)});
			one = ANSWER_NOT_MET;
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

const struct check *compile_whole(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", NULL};
	struct units_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names) ||
	    !compile_number(compiler, arguments, spot, "at", &made->reach)) {
		return NULL;
	}
	made->check = (struct check){evaluate_whole, made->reach.pointer};
	return &made->check;
}

/* ---- hours_cover_units ---- */

/* The hours that a line comes to; false where that is not told. */
static bool line_hours(const struct evaluator *evaluator, const struct record *line, double *ret_hours)
{
	const struct places *places = evaluator->places;
	const struct value *units = &line->values[places->line_units];
	const struct value *unit = &line->values[places->line_unit];
	double number;
	if (!value_given(unit) || (unit->word != places->unit_quarter && unit->word != places->unit_hour) ||
	    !number_of(units, &number) || units->senseless) {
		return false;
	}
	*ret_hours = unit->word == places->unit_hour ? number : number / QUARTERS_OF_HOUR;
	return true;
}

static bool all_hours(const struct evaluator *evaluator, struct trace *trace, double *ret_hours)
{
	size_t count;
	const struct record *const *lines = body_records(evaluator, evaluator->places->lines, &count);
	*ret_hours = 0;
	for (size_t i = 0; i < count; i++) {
		double hours;
		if (!line_hours(evaluator, lines[i], &hours)) {
			trace_add(trace, PROBLEM_UNANSWERED, arena_printf(trace->arena, "/lines/%zu/units", i),
				  (struct entry){.say = arena_printf(trace->arena,
								     "It cannot be told to how many hours line %zu comes.",
								     i + 1)});
			return false;
		}
		*ret_hours += hours;
	}
	if (count == 0) {
		trace_add(trace, PROBLEM_UNANSWERED, "/lines/-", (struct entry){.say = "There is no line."});
	}
	return count > 0;
}

/* A week that has begun counts whole: a mentor may give its hours on any of its days. */
static enum answer evaluate_hours(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct units_check *wants = (const struct units_check *)check;
	const int64_t days = days_count(evaluator->requested);
	const int64_t weeks = (days + DAYS_OF_WEEK - 1) / DAYS_OF_WEEK;
	double a_week;
	double asked;
	if (!number_of(reach_value(&wants->reach, evaluator, 0), &a_week)) {
		reach_unanswered(&wants->reach, trace, 0);
		return ANSWER_UNKNOWN;
	}
	if (!all_hours(evaluator, trace, &asked)) {
		return ANSWER_UNKNOWN;
	}
	if (days == 0) {
		trace_add(trace, PROBLEM_UNANSWERED, "/service_period/start",
			  (struct entry){.say = "The days of service are not given."});
		return ANSWER_UNKNOWN;
	}
	const double most = a_week * (double)weeks;
	if (asked <= most) {
		return ANSWER_MET;
	}
	trace_add(trace, PROBLEM_INVALID, "/lines/0/units",
		  (struct entry){.found = arena_printf(trace->arena, "%.15g hours", asked),
				 .needed = arena_printf(trace->arena, "%.15g hours at most", most),
				 .say = arena_printf(trace->arena,
						     "The units come to %.15g hours; %.15g hours a week make %.15g.", asked,
						     a_week, most)});
	return ANSWER_NOT_MET;
}

const struct check *compile_hours_cover_units(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"hours_per_week", NULL};
	struct units_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct spot here = spot_member(spot, names[0]);
	if (!arguments_only(compiler, arguments, spot, names) ||
	    !compile_number(compiler, arguments, spot, names[0], &made->reach)) {
		return NULL;
	}
	if (made->reach.slot.list) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s holds no single number", made->reach.pointer);
		return NULL;
	}
	made->check = (struct check){evaluate_hours, made->reach.pointer};
	return &made->check;
}
