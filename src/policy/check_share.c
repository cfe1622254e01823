/* SPDX-License-Identifier: Apache-2.0 */
/* most: whether more than half of a list is as it should be, by elements or by what they weigh. */
#include "policy/check.h"

#include "policy/condition.h"
#include "policy/reach.h"

#include <string.h>

enum { QUARTERS_OF_HOUR = 4 };

struct share_check {
	struct check check;
	struct reach list;
	const struct condition *conditions;
	size_t condition_count;
	bool weighs;
	bool timed; /* units of lines: what they weigh hangs on their kind */
	uint16_t weight; /* member of an element */
};

/* What the elements weigh that are, are not, and may be as they should be. */
struct shares {
	double good;
	double bad;
	double open;
	size_t goods;
	size_t bads;
	size_t opens;
	bool unweighed; /* some element does not say its weight, or in another measure */
};

static enum answer judge_element(const struct share_check *wants, const struct evaluator *evaluator,
				 const struct record *element)
{
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < wants->condition_count; i++) {
		const enum answer both[] = {answer, condition_judge(&wants->conditions[i], evaluator, element)};
		answer = answer_all(both, 2);
	}
	return answer;
}

/* How units of different kinds are made alike. */
enum measure { MEASURE_SAME, MEASURE_HOURS, MEASURE_NONE };

static enum measure find_measure(const struct share_check *wants, const struct evaluator *evaluator, const struct value *list)
{
	const struct places *places = evaluator->places;
	bool same = true;
	bool hours = true;
	for (size_t i = 0; wants->timed && i < list->count; i++) {
		const struct value *first = &list->records[0]->values[places->line_unit];
		const struct value *unit = &list->records[i]->values[places->line_unit];
		const bool given = value_given(unit);
		same = same && given == value_given(first) && (!given || unit->word == first->word);
		hours = hours && given && (unit->word == places->unit_hour || unit->word == places->unit_quarter);
	}
	return same ? MEASURE_SAME : hours ? MEASURE_HOURS : MEASURE_NONE;
}

static double hours_of_unit(const struct evaluator *evaluator, const struct record *line)
{
	const struct value *unit = &line->values[evaluator->places->line_unit];
	return unit->word == evaluator->places->unit_quarter ? 1.0 / QUARTERS_OF_HOUR : 1;
}

static double weight_of(const struct share_check *wants, const struct record *element, struct shares *shares)
{
	if (!wants->weighs) {
		return 1;
	}
	const struct value *value = &element->values[wants->weight];
	const double weight = !value_given(value) || value->senseless ? 0
			      : value->type == VALUE_INTEGER          ? (double)value->integer
								      : value->number;
	shares->unweighed = shares->unweighed || !(weight > 0);
	return weight > 0 ? weight : 0;
}

static struct shares share_out(const struct share_check *wants, const struct evaluator *evaluator, const struct value *list)
{
	const enum measure measure = find_measure(wants, evaluator, list);
	struct shares shares = {.unweighed = measure == MEASURE_NONE};
	for (size_t i = 0; i < list->count; i++) {
		const enum answer answer = judge_element(wants, evaluator, list->records[i]);
		const double kind = measure == MEASURE_HOURS ? hours_of_unit(evaluator, list->records[i]) : 1;
		const double weight = kind * weight_of(wants, list->records[i], &shares);
		shares.goods += answer == ANSWER_MET;
		shares.bads += answer == ANSWER_NOT_MET;
		shares.opens += answer == ANSWER_UNKNOWN;
		shares.good += answer == ANSWER_MET ? weight : 0;
		shares.bad += answer == ANSWER_NOT_MET ? weight : 0;
		shares.open += answer == ANSWER_UNKNOWN ? weight : 0;
	}
	return shares;
}

/* Where all elements are alike it does not matter what they weigh; just half is not most. */
static enum answer judge_shares(const struct shares *shares, size_t count)
{
	if (shares->goods == count) {
		return ANSWER_MET;
	}
	if (shares->bads == count) {
		return ANSWER_NOT_MET;
	}
	if (shares->unweighed) {
		return ANSWER_UNKNOWN;
	}
	if (shares->good > shares->bad + shares->open) {
		return ANSWER_MET;
	}
	return shares->good + shares->open > shares->bad ? ANSWER_UNKNOWN : ANSWER_NOT_MET;
}

static enum answer evaluate_most(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct share_check *wants = (const struct share_check *)check;
	const struct value *list = body_value(evaluator, wants->list.slot.index);
	if (!value_given(list) || list->count == 0) {
		reach_unanswered(&wants->list, trace, 0);
		return ANSWER_UNKNOWN;
	}
	const struct shares shares = share_out(wants, evaluator, list);
	const enum answer answer = judge_shares(&shares, list->count);
	if (answer == ANSWER_NOT_MET) {
		trace_add(trace, PROBLEM_INVALID, wants->list.pointer,
			  (struct entry){.found = arena_printf(trace->arena, "%.15g of %.15g", shares.good,
							       shares.good + shares.bad + shares.open),
					 .say = sentence(trace->arena, "%s %s for the most part not as needed.",
							 wants->list.phrase, wants->list.verb)});
	} else if (answer == ANSWER_UNKNOWN) {
		trace_add(trace, PROBLEM_UNANSWERED, wants->list.pointer,
			  (struct entry){.say = sentence(trace->arena, "it cannot be told for how much of %s this is so.",
							 wants->list.phrase)});
	}
	return answer;
}

static bool compile_weight(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			   struct share_check *made)
{
	const struct json *weigh;
	const struct spot here = spot_member(spot, "weigh");
	struct slot slot;
	if (!argument_optional(compiler, arguments, spot, "weigh", JSON_TEXT, &weigh)) {
		return false;
	}
	if (!weigh) {
		return true;
	}
	const struct layout *layout = shape_elements(compiler->vocabulary->request, made->list.pointer);
	if (!condition_member(compiler, layout, json_text(weigh), &here, &slot)) {
		return false;
	}
	if (slot.type != VALUE_NUMBER && slot.type != VALUE_INTEGER) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s is no number", json_text(weigh));
		return false;
	}
	made->weighs = true;
	made->weight = slot.index;
	made->timed = strcmp(made->list.pointer, "/lines") == 0 && slot.index == compiler->vocabulary->places.line_units;
	return true;
}

const struct check *compile_most(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"in", "where", "weigh", NULL};
	struct share_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *in = argument(compiler, arguments, spot, "in", JSON_TEXT);
	const struct json *where = argument(compiler, arguments, spot, "where", JSON_OBJECT);
	const struct spot at_in = spot_member(spot, "in");
	const struct spot at_where = spot_member(spot, "where");
	if (!in || !where || !reach_compile(compiler, in, &at_in, &made->list)) {
		return NULL;
	}
	if (made->list.slot.list || made->list.slot.type != VALUE_RECORDS) {
		spot_issue(compiler->issues, &at_in, "wrong_place", "%s is no list of objects", json_text(in));
		return NULL;
	}
	bool good =
		conditions_compile(compiler, made->list.pointer, where, &at_where, &made->conditions, &made->condition_count);
	good = compile_weight(compiler, arguments, spot, made) && good;
	made->check = (struct check){evaluate_most, made->list.pointer};
	return good ? &made->check : NULL;
}
