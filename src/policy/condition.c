/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/condition.h"

#include "base/text.h"
#include "policy/day_sets.h"
#include "policy/reach.h"

#include <string.h>
#include <strings.h>

bool condition_given(const struct value *value)
{
	if (!value_given(value)) {
		return false;
	}
	if (value->type == VALUE_TEXT || value->type == VALUE_WORD) {
		return !text_blank(value->text);
	}
	return (value->type != VALUE_TEXTS && value->type != VALUE_RECORDS) || value->count > 0;
}

static enum answer judge_span(const struct condition *condition, const struct evaluator *evaluator,
			      const struct record *element)
{
	const struct value *from = &element->values[condition->slot];
	const struct value *to = &element->values[condition->until];
	struct civil_date day;
	if (!condition_given(from) || !evaluator_day(evaluator, condition->day, &day)) {
		return ANSWER_UNKNOWN;
	}
	const struct zone *zone = evaluator->anchor.zone;
	const bool inside = civil_compare(value_day(from, zone), day) <= 0 &&
			    (!condition_given(to) || civil_compare(day, value_day(to, zone)) <= 0);
	return inside ? ANSWER_MET : ANSWER_NOT_MET;
}

/* A day that is not given has not come. */
static enum answer judge_by(const struct condition *condition, const struct evaluator *evaluator, const struct value *value)
{
	struct civil_date day = {0};
	if (condition_given(value) && !evaluator_day(evaluator, condition->day, &day)) {
		return ANSWER_UNKNOWN;
	}
	const bool come = condition_given(value) && civil_compare(value_day(value, evaluator->anchor.zone), day) <= 0;
	return come == condition->wanted ? ANSWER_MET : ANSWER_NOT_MET;
}

/* The element's own day. */
static bool own_day(const struct condition *condition, const struct evaluator *evaluator, const struct record *element,
		    struct civil_date *ret_day)
{
	const struct value *first = &element->values[condition->slot];
	const struct value *value = condition_given(first) ? first : &element->values[condition->until];
	if (!condition_given(value)) {
		return false;
	}
	*ret_day = value_day(value, evaluator->anchor.zone);
	return true;
}

static enum answer judge_covered(const struct condition *condition, const struct evaluator *evaluator,
				 const struct record *element)
{
	struct civil_date day;
	if (!own_day(condition, evaluator, element, &day)) {
		return ANSWER_UNKNOWN;
	}
	const struct two_sets covered = days_covered(evaluator);
	const bool sure = days_contain(covered.sure, day);
	if (!sure && days_contain(covered.maybe, day)) {
		return ANSWER_UNKNOWN;
	}
	return sure == condition->wanted ? ANSWER_MET : ANSWER_NOT_MET;
}

/* The age of the member on the element's own day. */
static enum answer judge_aged(const struct condition *condition, const struct evaluator *evaluator,
			      const struct record *element)
{
	const struct value *birth = body_value(evaluator, evaluator->places->birth_date);
	struct civil_date day;
	if (!own_day(condition, evaluator, element, &day) || !value_given(birth) ||
	    civil_compare(birth->date, evaluator->submission->received_on) > 0) {
		return ANSWER_UNKNOWN;
	}
	const bool below = civil_compare(day, civil_birthday(birth->date, condition->years)) < 0;
	return below == condition->wanted ? ANSWER_MET : ANSWER_NOT_MET;
}

/* Codes are written in small and capital letters. */
static enum answer judge_prefixes(const struct condition *condition, const struct value *value)
{
	if (!condition_given(value)) {
		return ANSWER_UNKNOWN;
	}
	const char *text = value->text + strspn(value->text, " \t\r\n");
	for (size_t i = 0; condition->prefixes[i]; i++) {
		if (strncasecmp(text, condition->prefixes[i], strlen(condition->prefixes[i])) == 0) {
			return ANSWER_MET;
		}
	}
	return ANSWER_NOT_MET;
}

/* Whether another list has an element that says the same; a list that is not given cannot tell. */
static enum answer judge_among(const struct condition *condition, const struct evaluator *evaluator, const struct value *value)
{
	if (!condition_given(value)) {
		return ANSWER_NOT_MET;
	}
	if (!value_given(body_value(evaluator, condition->among->slot.list_index))) {
		return ANSWER_UNKNOWN;
	}
	const size_t count = reach_count(condition->among, evaluator);
	for (size_t i = 0; i < count; i++) {
		const struct value *other = reach_value(condition->among, evaluator, i);
		if (condition_given(other) && strcmp(other->text, value->text) == 0) {
			return ANSWER_MET;
		}
	}
	return ANSWER_NOT_MET;
}

enum answer condition_judge(const struct condition *condition, const struct evaluator *evaluator, const struct record *element)
{
	const struct value *value = &element->values[condition->slot];
	switch (condition->kind) {
	case CONDITION_PRESENT: return condition_given(value) && !value->senseless ? ANSWER_MET : ANSWER_NOT_MET;
	case CONDITION_ABSENT: return condition_given(value) ? ANSWER_NOT_MET : ANSWER_MET;
	case CONDITION_BOOLEAN:
		return !condition_given(value)               ? ANSWER_UNKNOWN
		       : value->boolean == condition->wanted ? ANSWER_MET
							     : ANSWER_NOT_MET;
	case CONDITION_UNLESS:
		return condition_given(value) && value->boolean == condition->wanted ? ANSWER_NOT_MET : ANSWER_MET;
	case CONDITION_WORDS:
		return !condition_given(value)               ? ANSWER_UNKNOWN
		       : words_have(condition->words, value) ? ANSWER_MET
							     : ANSWER_NOT_MET;
	case CONDITION_PREFIXES: return judge_prefixes(condition, value);
	case CONDITION_SPANS: return judge_span(condition, evaluator, element);
	case CONDITION_BLANK:
		return !value_given(value) ? ANSWER_UNKNOWN : condition_given(value) ? ANSWER_NOT_MET : ANSWER_MET;
	case CONDITION_AMONG: return judge_among(condition, evaluator, value);
	case CONDITION_BY: return judge_by(condition, evaluator, value);
	case CONDITION_AGED: return judge_aged(condition, evaluator, element);
	case CONDITION_COVERED: return judge_covered(condition, evaluator, element);
	}
	return ANSWER_UNKNOWN;
}

bool condition_selects(const struct condition *condition)
{
	return condition->kind != CONDITION_PRESENT && condition->kind != CONDITION_AMONG;
}

enum problem condition_problem(const struct condition *condition, const struct record *element, enum answer answer)
{
	const bool lacks = !condition_selects(condition) && !condition_given(&element->values[condition->slot]);
	if (answer == ANSWER_UNKNOWN) {
		return PROBLEM_UNANSWERED;
	}
	return lacks || condition->kind == CONDITION_PRESENT ? PROBLEM_MISSING : PROBLEM_INVALID;
}

const char *condition_say(const struct condition *condition, struct arena *arena, enum problem problem, const char *whose)
{
	if (condition->statement) {
		return sentence(arena,
				problem == PROBLEM_INVALID ? "of %s this is not as needed: %s."
							   : "of %s it is not said whether this is so: %s.",
				whose, condition->statement);
	}
	if (problem == PROBLEM_MISSING) {
		return sentence(arena, "%s of %s is missing.", condition->phrase, whose);
	}
	if (condition->among) {
		return sentence(arena,
				problem == PROBLEM_INVALID ? "%s of %s stands nowhere among %s."
							   : "%s of %s cannot be looked up: %s are not given.",
				condition->phrase, whose, condition->among_phrase);
	}
	if (problem != PROBLEM_INVALID) {
		return sentence(arena, "%s of %s is not given.", condition->phrase, whose);
	}
	return condition->words ? sentence(arena, "%s of %s is not what is needed: %s.", condition->phrase, whose,
					   condition->words->phrase)
				: sentence(arena, "%s of %s is not what is needed.", condition->phrase, whose);
}
