/* SPDX-License-Identifier: Apache-2.0 */
/* in_order: pairs of days, the second not before the first. It judges sense, not what is asked for: absence is no fault. */
#include "policy/check.h"

#include "policy/diff.h"
#include "policy/papers.h"
#include "policy/reach.h"

#include <string.h>

enum { PAIRS_MAX = 20 };

enum end_kind { END_PLACE, END_DAY, END_PAPER };

/* One end of a pair: a place of the request, a named day, or the newest paper of some types. */
struct end {
	enum end_kind kind;
	enum check_day day;
	struct reach reach;
	struct paper_types papers;
};

struct order_check {
	struct check check;
	struct end (*pairs)[2];
	size_t count;
};

/* Where it stands in the request is *ret_pointer; a named day stands nowhere. */
static bool end_value(const struct end *end, const struct evaluator *evaluator, size_t index, struct value *ret_value,
		      const char **ret_pointer)
{
	const struct value *found = NULL;
	switch (end->kind) {
	case END_PLACE:
		found = reach_value(&end->reach, evaluator, index);
		*ret_pointer = reach_pointer(&end->reach, evaluator->arena, index);
		break;
	case END_PAPER: found = papers_newest(&end->papers, evaluator, evaluator->arena, ret_pointer); break;
	case END_DAY:
		*ret_value = (struct value){.state = VALUE_PRESENT, .type = VALUE_DATE};
		return evaluator_day(evaluator, end->day, &ret_value->date);
	}
	*ret_value = found ? *found : (struct value){0};
	return found && value_given(ret_value);
}

static bool reversed(const struct value *first, const struct value *second, const struct zone *zone)
{
	if (first->type == VALUE_INSTANT && second->type == VALUE_INSTANT) {
		return instant_compare(second->instant, first->instant) < 0;
	}
	return civil_compare(value_day(second, zone), value_day(first, zone)) < 0;
}

static const char *end_phrase(const struct end *end, struct arena *arena, size_t index)
{
	switch (end->kind) {
	case END_PLACE: break;
	case END_DAY: return check_day_phrase(end->day);
	case END_PAPER: return arena_printf(arena, "the date of the %s", end->papers.phrase);
	}
	return reach_phrase(&end->reach, arena, index);
}

/* The later end is named where it stands in the request: the sender wrote it last. */
static void add_reversed(const struct end pair[2], const char *const pointers[2], struct trace *trace, size_t index)
{
	struct arena *arena = trace->arena;
	const char *first = end_phrase(&pair[0], arena, index);
	const char *second = end_phrase(&pair[1], arena, index);
	if (pair[1].kind == END_DAY) {
		trace_add(trace, PROBLEM_INVALID, pointers[0],
			  (struct entry){.say = sentence(arena, "%s lies after %s.", first, second),
					 .fix = sentence(arena, "correct %s.", first)});
		return;
	}
	trace_add(trace, PROBLEM_INVALID, pointers[1],
		  (struct entry){.say = sentence(arena, "%s lies before %s.", second, first),
				 .fix = sentence(arena, "correct %s or %s.", first, second)});
}

static enum answer evaluate_in_order(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct order_check *order = (const struct order_check *)check;
	const size_t mark = trace->count;
	for (size_t i = 0; i < order->count; i++) {
		const struct end *pair = order->pairs[i];
		const struct end *place = pair[0].kind == END_PLACE ? &pair[0] : pair[1].kind == END_PLACE ? &pair[1] : NULL;
		const size_t count = place ? reach_count(&place->reach, evaluator) : 1;
		for (size_t k = 0; k < count; k++) {
			struct value first;
			struct value second;
			const char *pointers[2] = {NULL, NULL};
			if (end_value(&pair[0], evaluator, k, &first, &pointers[0]) &&
			    end_value(&pair[1], evaluator, k, &second, &pointers[1]) &&
			    reversed(&first, &second, evaluator->anchor.zone)) {
				add_reversed(pair, pointers, trace, k);
			}
		}
	}
	return trace->count == mark ? ANSWER_MET : ANSWER_NOT_MET;
}

static bool compile_end(struct compiler *compiler, const struct json *node, const struct spot *spot, struct end *made)
{
	static const char *const names[] = {"dated", NULL};
	if (json_kind(node) == JSON_OBJECT) {
		made->kind = END_PAPER;
		return arguments_only(compiler, node, spot, names) &&
		       papers_compile(compiler, node, spot, "dated", &made->papers);
	}
	if (json_text(node) && json_text(node)[0] != '/') {
		made->kind = END_DAY;
		return check_day_compile(compiler, node, spot, &made->day);
	}
	if (!reach_compile(compiler, node, spot, &made->reach)) {
		return false;
	}
	if (made->reach.slot.type != VALUE_DATE && made->reach.slot.type != VALUE_INSTANT) {
		spot_issue(compiler->issues, spot, "wrong_place", "%s holds no date", json_text(node));
		return false;
	}
	return true;
}

static bool compile_pair(struct compiler *compiler, const struct json *node, const struct spot *spot, struct end made[2])
{
	if (json_kind(node) != JSON_ARRAY || json_count(node) != 2) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be two places, the earlier first");
		return false;
	}
	const struct json *last = json_next(json_first(node));
	const struct spot at_first = spot_element(spot, 0);
	const struct spot at_last = spot_element(spot, 1);
	if (!compile_end(compiler, json_first(node), &at_first, &made[0]) || !compile_end(compiler, last, &at_last, &made[1])) {
		return false;
	}
	if (diff_same(json_first(node), last)) {
		spot_issue(compiler->issues, spot, "same_place", "nothing comes before or after itself");
		return false;
	}
	const bool places = made[0].kind == END_PLACE && made[1].kind == END_PLACE;
	if ((made[0].kind == END_DAY && made[1].kind == END_DAY) ||
	    (places && (made[0].reach.slot.list != made[1].reach.slot.list ||
			made[0].reach.slot.list_index != made[1].reach.slot.list_index))) {
		spot_issue(compiler->issues, spot, "wrong_place",
			   "needs a place of the request or a paper, and two places in the same list");
		return false;
	}
	return true;
}

const struct check *compile_in_order(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"pairs", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *pairs = argument(compiler, arguments, spot, "pairs", JSON_ARRAY);
	const struct spot at_pairs = spot_member(spot, "pairs");
	if (!pairs) {
		return NULL;
	}
	if (json_count(pairs) < 1 || json_count(pairs) > PAIRS_MAX) {
		spot_issue(compiler->issues, &at_pairs, "too_few", "names at least one pair, at most %d", PAIRS_MAX);
		return NULL;
	}
	struct order_check *made = arena_alloc(compiler->arena, sizeof(*made));
	made->pairs = arena_array(compiler->arena, json_count(pairs), sizeof(*made->pairs));
	bool good = true;
	for (const struct json *one = json_first(pairs); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_pairs, made->count);
		good = compile_pair(compiler, one, &here, made->pairs[made->count++]) && good;
	}
	const struct end *first = made->pairs[0];
	const struct end *place = first[0].kind == END_PLACE ? &first[0] : &first[1];
	made->check = (struct check){evaluate_in_order, place->kind == END_PLACE ? place->reach.pointer : "/documents/-"};
	return good ? &made->check : NULL;
}
