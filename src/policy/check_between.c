/* SPDX-License-Identifier: Apache-2.0 */
/* day_between: whether a named day lies between two dates. */
#include "policy/check.h"

#include "policy/evaluator.h"

struct between_check {
	struct check check;
	enum check_day day;
	struct civil_date from;
	struct civil_date to;
};

static const char *day_pointer(enum check_day day)
{
	switch (day) {
	case DAY_FIRST: return "/service_period/start";
	case DAY_LAST: return "/service_period/end";
	case DAY_RECEIPT:
	case DAY_ARRIVAL: break;
	}
	return "";
}

static enum answer evaluate_between(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct between_check *wants = (const struct between_check *)check;
	struct civil_date day;
	char buffer[CIVIL_TEXT_SIZE];
	if (!evaluator_day(evaluator, wants->day, &day)) {
		trace_add(trace, PROBLEM_UNANSWERED, check->subject,
			  (struct entry){.say = sentence(trace->arena, "%s is not given.", check_day_phrase(wants->day))});
		return ANSWER_UNKNOWN;
	}
	if (civil_compare(day, wants->from) >= 0 && civil_compare(day, wants->to) <= 0) {
		return ANSWER_MET;
	}
	trace_add(trace, PROBLEM_INVALID, check->subject,
		  (struct entry){
			  .found = arena_copy(trace->arena, civil_format(day, buffer)),
			  .say = sentence(trace->arena, "%s is %s.", check_day_phrase(wants->day), civil_format(day, buffer))});
	return ANSWER_NOT_MET;
}

/* A date, or null for a side that is open. */
static bool compile_side(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
			 struct civil_date *date)
{
	const struct json *node = json_member(arguments, name);
	const struct spot here = spot_member(spot, name);
	if (!node || json_kind(node) == JSON_NULL) {
		return true;
	}
	if (!json_text(node) || !civil_parse(json_text(node), date)) {
		spot_issue(compiler->issues, &here, "not_a_date", "must be a date of the form YYYY-MM-DD, or null");
		return false;
	}
	return true;
}

const struct check *compile_day_between(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"day", "from", "to", NULL};
	struct between_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *day = argument(compiler, arguments, spot, "day", JSON_TEXT);
	const struct spot at_day = spot_member(spot, "day");
	if (!day || !check_day_compile(compiler, day, &at_day, &made->day) || !civil_from_parts(1, 1, 1, &made->from) ||
	    !civil_from_parts(9999, 12, 31, &made->to)) {
		return NULL;
	}
	bool good = compile_side(compiler, arguments, spot, "from", &made->from) &&
		    compile_side(compiler, arguments, spot, "to", &made->to);
	if (good && civil_compare(made->from, made->to) > 0) {
		spot_issue(compiler->issues, spot, "out_of_range", "the time ends before it begins");
		good = false;
	}
	made->check = (struct check){evaluate_between, day_pointer(made->day)};
	return good ? &made->check : NULL;
}
