/* SPDX-License-Identifier: Apache-2.0 */
/* age_below, age_at_least, aged_at: full years on named days or on the day of a paper (rules S26). */
#include "policy/check.h"

#include "policy/papers.h"
#include "policy/reach.h"

enum { YEARS_MAX = 120, DAYS_NAMED_MAX = 3 };

struct age_check {
	struct check check;
	int years;
	bool below;
	enum check_day days[DAYS_NAMED_MAX];
	size_t day_count;
	bool has_reach; /* aged_at: the day at a path */
	struct reach reach;
	struct paper_types papers; /* aged_at: the day of a paper */
};

/* NULL after saying why no age can be told. */
static const struct value *birth_date(const struct evaluator *evaluator, struct trace *trace)
{
	const struct value *birth = body_value(evaluator, evaluator->places->birth_date);
	if (value_given(birth) && civil_compare(birth->date, evaluator->submission->received_on) > 0) {
		trace_add(trace, PROBLEM_INVALID, "/member/birth_date",
			  (struct entry){.say = "The member's birth date lies after the day on which the request was received.",
					 .fix = "Correct the member's birth date."});
		return NULL;
	}
	if (value_given(birth)) {
		return birth;
	}
	trace_add(
		trace, PROBLEM_UNANSWERED, "/member/birth_date",
		(struct entry){.say = "The member's birth date is not given.", .fix = "Please give the member's birth date."});
	return NULL;
}

static enum answer judge_day(const struct age_check *wants, struct trace *trace, const struct value *birth,
			     struct civil_date day, const char *pointer)
{
	const bool below = civil_compare(day, civil_birthday(birth->date, wants->years)) < 0;
	if (below == wants->below) {
		return ANSWER_MET;
	}
	char buffer[CIVIL_TEXT_SIZE];
	const char *needed = arena_printf(trace->arena, wants->below ? "under %d years" : "%d years or more", wants->years);
	trace_add(trace, PROBLEM_INVALID, pointer,
		  (struct entry){.found = arena_printf(trace->arena, "%d years", civil_age(birth->date, day)),
				 .needed = needed,
				 .say = sentence(trace->arena, "the member is %d years old on %s; needed is %s.",
						 civil_age(birth->date, day), civil_format(day, buffer), needed)});
	return ANSWER_NOT_MET;
}

static enum answer evaluate_age(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct age_check *wants = (const struct age_check *)check;
	const struct value *birth = birth_date(evaluator, trace);
	enum answer answer = ANSWER_MET;
	if (!birth) {
		return ANSWER_UNKNOWN;
	}
	for (size_t i = 0; i < wants->day_count && answer != ANSWER_NOT_MET; i++) {
		struct civil_date day;
		if (evaluator_day(evaluator, wants->days[i], &day)) {
			const enum answer both[] = {answer, judge_day(wants, trace, birth, day, "/member/birth_date")};
			answer = answer_all(both, 2);
			continue;
		}
		if (answer == ANSWER_MET) {
			trace_add(trace, PROBLEM_UNANSWERED, "/service_period/start",
				  (struct entry){.say = "The first day of service is not given."});
		}
		answer = ANSWER_UNKNOWN;
	}
	return answer;
}

static const struct check *compile_age(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
				       bool below)
{
	static const char *const names[] = {"years", "on", NULL};
	struct age_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *on = argument(compiler, arguments, spot, "on", JSON_ARRAY);
	const struct spot at_on = spot_member(spot, "on");
	bool good = argument_count(compiler, arguments, spot, "years", 1, YEARS_MAX, &made->years) && on;
	if (on && (!json_first(on) || json_count(on) > DAYS_NAMED_MAX)) {
		spot_issue(compiler->issues, &at_on, "too_few", "names the days: receipt, first_day, last_day");
		return NULL;
	}
	for (const struct json *one = json_first(on); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_on, made->day_count);
		good = check_day_compile(compiler, one, &here, &made->days[made->day_count++]) && good;
	}
	made->below = below;
	made->check = (struct check){evaluate_age, "/member/birth_date"};
	phrase_number(compiler, &compiler->phrases.years, made->years);
	return good ? &made->check : NULL;
}

const struct check *compile_age_below(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	return compile_age(compiler, arguments, spot, true);
}

const struct check *compile_age_at_least(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	return compile_age(compiler, arguments, spot, false);
}

static enum answer evaluate_aged_at(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct age_check *wants = (const struct age_check *)check;
	const struct value *birth = birth_date(evaluator, trace);
	const char *pointer = "/documents/-";
	const struct value *day;
	if (!birth) {
		return ANSWER_UNKNOWN;
	}
	if (wants->has_reach) {
		day = reach_value(&wants->reach, evaluator, 0);
		pointer = wants->reach.pointer;
	} else {
		day = papers_newest(&wants->papers, evaluator, trace->arena, &pointer);
	}
	if (day && value_given(day)) {
		return judge_day(wants, trace, birth, value_day(day, evaluator->anchor.zone), pointer);
	}
	if (wants->has_reach) {
		reach_unanswered(&wants->reach, trace, 0);
	} else {
		trace_add(trace, PROBLEM_UNANSWERED, pointer,
			  (struct entry){.say = sentence(trace->arena, "we have no dated %s.", wants->papers.phrase)});
	}
	return ANSWER_UNKNOWN;
}

const struct check *compile_aged_at(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", "of", "years", "below", NULL};
	struct age_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct json *at;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *below = argument(compiler, arguments, spot, "below", JSON_BOOLEAN);
	const struct spot at_spot = spot_member(spot, "at");
	bool good = argument_count(compiler, arguments, spot, "years", 1, YEARS_MAX, &made->years) && below;
	good = argument_optional(compiler, arguments, spot, "at", JSON_TEXT, &at) && good;
	made->has_reach = at != NULL;
	if (!at) {
		good = papers_compile(compiler, arguments, spot, "of", &made->papers) && good;
	} else if (!reach_compile(compiler, at, &at_spot, &made->reach)) {
		return NULL;
	} else if (made->reach.slot.list || (made->reach.slot.type != VALUE_DATE && made->reach.slot.type != VALUE_INSTANT)) {
		spot_issue(compiler->issues, &at_spot, "wrong_place", "%s holds no single date", json_text(at));
		good = false;
	}
	made->below = below && json_boolean(below);
	made->check = (struct check){evaluate_aged_at, at ? made->reach.pointer : "/documents/-"};
	phrase_number(compiler, &compiler->phrases.years, made->years);
	return good ? &made->check : NULL;
}
