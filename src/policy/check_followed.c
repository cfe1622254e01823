/* SPDX-License-Identifier: Apache-2.0 */
/* followed: how long before the first of other occurrences each of some comes. */
#include "policy/check.h"

#include "policy/occurrence_words.h"
#include "policy/reach.h"
#include "policy/selector.h"

enum { ENDS_MAX = 8, FOLLOWED_DAYS_MAX = 1000 };

struct followed_check {
	struct check check;
	struct selector of;
	struct selector by[ENDS_MAX];
	size_t by_count;
	bool parted;
	struct selector parted_by; /* what lies beyond one of these does not belong to it */
	int days;
};

/* What the occurrences are compared with, taken once for an evaluation of the check. */
struct others {
	const struct followed_check *wants;
	const struct happening *by[ENDS_MAX];
	size_t by_count[ENDS_MAX];
	const struct happening *parts;
	size_t part_count;
};

static struct others take_others(const struct followed_check *wants, const struct evaluator *evaluator)
{
	struct others others = {.wants = wants};
	for (size_t i = 0; i < wants->by_count; i++) {
		others.by[i] = selector_take(&wants->by[i], evaluator, false, &others.by_count[i]);
	}
	if (wants->parted) {
		others.parts = selector_take(&wants->parted_by, evaluator, false, &others.part_count);
	}
	return others;
}

/* Whether something that parts lies between one and what is recorded of its end. Of the same day both belong to it; an end that parts itself is the end of what came before it. */
static bool parted(const struct others *others, const struct happening *one, const struct happening *end)
{
	const struct civil_date came_up = happening_came_up(end).on;
	for (size_t i = 0; i < others->part_count; i++) {
		const struct happening *part = &others->parts[i];
		if (!selector_same(&others->wants->parted_by, one->occurrence, part->occurrence)) {
			continue;
		}
		const bool after = happening_later(part, one);
		if (after ? civil_compare(part->on, came_up) < 0
			  : part->occurrence == end->occurrence || civil_compare(came_up, part->on) < 0) {
			return true;
		}
	}
	return false;
}

/* The first end on the day of ONE or later, or NULL; where it is not SURE that one is meant, any end may be its. */
static const struct happening *first_end(const struct others *others, const struct happening *one, bool sure)
{
	const struct happening *first = NULL;
	for (size_t i = 0; i < others->wants->by_count; i++) {
		const struct selector *by = &others->wants->by[i];
		for (size_t k = 0; k < others->by_count[i]; k++) {
			const struct happening *end = &others->by[i][k];
			const bool its =
				!sure || (selector_same(by, one->occurrence, end->occurrence) && !parted(others, one, end));
			if (its && civil_compare(end->on, one->on) >= 0 && (!first || civil_compare(end->on, first->on) < 0)) {
				first = end;
			}
		}
	}
	return first;
}

static void word_far(const struct unworded *unworded, const struct evaluator *evaluator, struct entry *entry)
{
	struct arena *arena = evaluator->arena;
	char day[CIVIL_TEXT_SIZE];
	const struct occurrence *other = unworded->other;
	const char *by = civil_format(unworded->other_on, day);
	const int days = civil_days_between(unworded->occurrence->on, unworded->other_on);
	const bool planned = other != unworded->occurrence && civil_compare(other->on, unworded->other_on) != 0;
	entry->pointer = occurrence_place(arena, unworded->occurrence, NULL);
	entry->found = arena_printf(arena, "%d days", days);
	entry->needed = arena_printf(arena, "at most %d", unworded->most);
	entry->say = sentence(arena, "%s lies %d days ahead of %s%s%s%s, more than %d.",
			      occurrence_name(evaluator, unworded->occurrence), days, by, planned ? " (" : "",
			      planned ? occurrence_name(evaluator, other) : "", planned ? ")" : "", unworded->most);
}

static enum answer judge(const struct others *others, const struct evaluator *evaluator, struct trace *trace,
			 const struct occurrence *occurrence)
{
	const struct followed_check *wants = others->wants;
	const struct condition *open = NULL;
	const enum answer meant = selector_judge(&wants->of, evaluator, occurrence, &open);
	struct happening one = {.occurrence = occurrence}; /* without a day before all that have one */
	if (meant == ANSWER_NOT_MET) {
		return ANSWER_NOT_APPLICABLE;
	}
	const bool dated = selector_when(&wants->of, evaluator, occurrence, &one);
	const bool sure = meant == ANSWER_MET && dated;
	const struct happening *end = first_end(others, &one, sure);
	if (!end) {
		return ANSWER_NOT_APPLICABLE;
	}
	if (!sure) {
		occurrence_add_open(trace, occurrence, open, PROBLEM_UNANSWERED);
		return ANSWER_UNKNOWN;
	}
	if (civil_days_between(one.on, end->on) <= wants->days) {
		return ANSWER_MET;
	}
	occurrence_add(trace, (struct unworded){.word = word_far,
						.occurrence = occurrence,
						.problem = PROBLEM_INVALID,
						.most = wants->days,
						.other = end->occurrence,
						.other_on = end->on});
	return ANSWER_NOT_MET;
}

static enum answer evaluate_followed(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct followed_check *wants = (const struct followed_check *)check;
	const struct others others = take_others(wants, evaluator);
	enum answer answer = ANSWER_NOT_APPLICABLE;
	size_t count;
	const uint32_t *candidates = selector_candidates(&wants->of, evaluator, &count);
	for (size_t i = 0; i < count; i++) {
		const enum answer one = judge(&others, evaluator, trace, &evaluator->occurrences[candidates[i]]);
		const enum answer both[] = {answer, one};
		answer = answer == ANSWER_NOT_APPLICABLE ? one : one == ANSWER_NOT_APPLICABLE ? answer : answer_all(both, 2);
	}
	return answer;
}

/* ---- compiling ---- */

static bool compile_by(struct compiler *compiler, const struct json *list, const struct spot *spot, struct followed_check *made)
{
	bool good = json_count(list) > 0 && json_count(list) <= ENDS_MAX;
	if (!good) {
		spot_issue(compiler->issues, spot, "out_of_range", "names 1 to %d selectors", ENDS_MAX);
		return false;
	}
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const struct spot here = spot_element(spot, made->by_count);
		good = selector_compile(compiler, one, &here, SELECTOR_SAME, &made->by[made->by_count++]) && good;
	}
	return good;
}

static bool compile_days_most(struct compiler *compiler, const struct json *within, const struct spot *spot, int *ret_days)
{
	static const char *const names[] = {"days", NULL};
	if (!arguments_only(compiler, within, spot, names) ||
	    !argument_count(compiler, within, spot, "days", 1, FOLLOWED_DAYS_MAX, ret_days)) {
		return false;
	}
	phrase_number(compiler, &compiler->phrases.days, *ret_days);
	return true;
}

const struct check *compile_followed(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "by", "parted_by", "within", NULL};
	struct followed_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct spot at_of = spot_member(spot, "of");
	const struct spot at_by = spot_member(spot, "by");
	const struct spot at_parted = spot_member(spot, "parted_by");
	const struct spot at_within = spot_member(spot, "within");
	const struct json *parted_by = NULL;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *of = argument(compiler, arguments, spot, "of", JSON_OBJECT);
	const struct json *by = argument(compiler, arguments, spot, "by", JSON_ARRAY);
	const struct json *within = argument(compiler, arguments, spot, "within", JSON_OBJECT);
	if (!of || !by || !within || !argument_optional(compiler, arguments, spot, "parted_by", JSON_OBJECT, &parted_by)) {
		return NULL;
	}
	made->parted = parted_by != NULL;
	bool good = selector_compile(compiler, of, &at_of, 0, &made->of);
	good = compile_by(compiler, by, &at_by, made) && good;
	good = (!parted_by || selector_compile(compiler, parted_by, &at_parted, SELECTOR_SAME, &made->parted_by)) && good;
	good = compile_days_most(compiler, within, &at_within, &made->days) && good;
	made->check = (struct check){evaluate_followed, occurrence_list};
	return good ? &made->check : NULL;
}
