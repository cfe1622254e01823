/* SPDX-License-Identifier: Apache-2.0 */
/* count_at_least, each_has: elements of an array that fulfil conditions on their members. */
#include "policy/check.h"

#include "policy/condition.h"
#include "policy/list_words.h"
#include "policy/occurrence.h"
#include "policy/reach.h"

#include <string.h>
#include <strings.h>

enum { COUNT_MAX = 1000 };

struct list_check {
	struct check check;
	uint16_t list;
	const char *pointer; /* of the array */
	const char *empty;
	const char *phrase; /* "the tasks" */
	const char *verb;
	const struct condition *conditions;
	size_t condition_count;
	int count; /* 0: each element */
	bool different; /* count: of elements that differ in this member */
	uint16_t differing;
	const char *differing_phrase; /* "the discipline" */
	const char *differing_verb;
	const char *differing_name; /* "discipline" */
};

static enum answer judge_element(const struct list_check *wants, const struct evaluator *evaluator,
				 const struct record *element, const struct condition **ret_first)
{
	enum answer answer = ANSWER_MET;
	*ret_first = NULL;
	for (size_t i = 0; i < wants->condition_count; i++) {
		const enum answer one = condition_judge(&wants->conditions[i], evaluator, element);
		if (one != ANSWER_MET && (!*ret_first || (one == ANSWER_NOT_MET && answer != ANSWER_NOT_MET))) {
			*ret_first = &wants->conditions[i];
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

static const char *element_pointer(const struct list_check *wants, struct arena *arena, size_t index,
				   const struct condition *condition)
{
	return arena_printf(arena, "%s/%zu/%s", wants->pointer, index, condition->name);
}

static void add_element(const struct list_check *wants, struct trace *trace, const struct record *element, size_t index,
			enum answer answer, const struct condition *condition)
{
	struct arena *arena = trace->arena;
	const enum problem problem = condition_problem(condition, element, answer);
	const char *whose = arena_printf(arena, "number %zu of %s", index + 1, wants->phrase);
	trace_add(trace, problem, element_pointer(wants, arena, index, condition),
		  (struct entry){.needed = condition->words ? condition->words->text : NULL,
				 .say = condition_say(condition, arena, problem, whose)});
}

/* What tells the elements apart: the first condition on words, else on a boolean or a span. */
static const struct condition *telling(const struct list_check *wants)
{
	const struct condition *first = NULL;
	for (size_t i = 0; i < wants->condition_count; i++) {
		const struct condition *one = &wants->conditions[i];
		if (one->kind == CONDITION_WORDS) {
			return one;
		}
		first = !first && condition_selects(one) ? one : first;
	}
	return first;
}

/* None of the elements is the one that is asked for. */
static void add_lacking(const struct list_check *wants, const struct evaluator *evaluator, struct trace *trace,
			const struct record *const *elements, size_t count, int good)
{
	struct arena *arena = trace->arena;
	const struct condition *condition = telling(wants);
	const char *say = wants->different
				  ? sentence(arena, "%s differ in %s too little: %d of %d.", wants->phrase,
					     wants->differing_phrase, good, wants->count)
				  : sentence(arena, "%s %s too few: %d of %d.", wants->phrase, wants->verb, good, wants->count);
	const char *needed = arena_printf(arena, "%d", wants->count);
	if (wants->count == 1 && condition) {
		const struct condition *told = condition->words ? condition : NULL;
		const struct lacking lacking = {
			wants->phrase, wants->conditions, wants->condition_count, told, evaluator, elements, count};
		say = lacking_say(&lacking, arena, &needed);
	}
	trace_add(trace, PROBLEM_MISSING, wants->empty,
		  (struct entry){.found = arena_printf(arena, "%d", good), .needed = needed, .say = say});
}

/* An element that is something else than what is asked for explains nothing. */
static bool comes_near(const struct list_check *wants, const struct evaluator *evaluator, const struct record *element)
{
	for (size_t i = 0; i < wants->condition_count; i++) {
		const struct condition *one = &wants->conditions[i];
		if (condition_selects(one) && condition_judge(one, evaluator, element) == ANSWER_NOT_MET) {
			return false;
		}
	}
	return true;
}

static enum answer evaluate_each(const struct list_check *wants, struct evaluator *evaluator, struct trace *trace,
				 const struct record *const *elements, size_t count)
{
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < count; i++) {
		const struct condition *first;
		const enum answer one = judge_element(wants, evaluator, elements[i], &first);
		if (first) {
			add_element(wants, trace, elements[i], i, one, first);
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

/* Whether it is not said in what an element differs: it may be another than all that say it. */
static bool indistinct(const struct list_check *wants, const struct record *element)
{
	return wants->different && !condition_given(&element->values[wants->differing]);
}

static void add_indistinct(const struct list_check *wants, struct trace *trace, size_t index)
{
	trace_add(trace, PROBLEM_UNANSWERED,
		  arena_printf(trace->arena, "%s/%zu/%s", wants->pointer, index, wants->differing_name),
		  (struct entry){.say = sentence(trace->arena, "%s of number %zu of %s %s not given.", wants->differing_phrase,
						 index + 1, wants->phrase, wants->differing_verb)});
}

/* Whether an element before this one that counts too has the same value, without regard to case. */
static bool repeats(const struct list_check *wants, const struct evaluator *evaluator, const struct record *const *elements,
		    size_t index)
{
	const struct value *own = &elements[index]->values[wants->differing];
	for (size_t i = 0; i < index; i++) {
		const struct value *other = &elements[i]->values[wants->differing];
		const struct condition *first;
		if (condition_given(other) && strcasecmp(other->text, own->text) == 0 &&
		    judge_element(wants, evaluator, elements[i], &first) == ANSWER_MET) {
			return true;
		}
	}
	return false;
}

/* The element that explains why something is so that should not be. */
static const char *first_met(const struct list_check *wants, const struct evaluator *evaluator, struct arena *arena,
			     const struct record *const *elements, size_t count)
{
	const struct condition *told = telling(wants);
	for (size_t i = 0; i < count; i++) {
		const struct condition *first;
		if (judge_element(wants, evaluator, elements[i], &first) == ANSWER_MET) {
			return told ? element_pointer(wants, arena, i, told) : arena_printf(arena, "%s/%zu", wants->pointer, i);
		}
	}
	return NULL;
}

static enum answer evaluate_count(const struct list_check *wants, struct evaluator *evaluator, struct trace *trace,
				  const struct record *const *elements, size_t count)
{
	int good = 0;
	int open = 0;
	size_t nearest = count;
	size_t unsaid = count; /* the first that does not say in what it differs */
	enum answer nearest_answer = ANSWER_NOT_MET;
	const struct condition *nearest_condition = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct condition *first;
		const enum answer one = judge_element(wants, evaluator, elements[i], &first);
		const bool untold = one == ANSWER_MET && indistinct(wants, elements[i]);
		good += one == ANSWER_MET && !untold && !(wants->different && repeats(wants, evaluator, elements, i));
		open += one == ANSWER_UNKNOWN || untold;
		unsaid = untold && unsaid == count ? i : unsaid;
		if (one != ANSWER_MET && comes_near(wants, evaluator, elements[i]) &&
		    (nearest == count || (one == ANSWER_UNKNOWN && nearest_answer != one))) {
			nearest = i;
			nearest_answer = one;
			nearest_condition = first;
		}
	}
	if (good >= wants->count) {
		trace->met_at = first_met(wants, evaluator, trace->arena, elements, count);
		return ANSWER_MET;
	}
	const enum answer answer = good + open >= wants->count ? ANSWER_UNKNOWN : ANSWER_NOT_MET;
	if (nearest_condition) {
		add_element(wants, trace, elements[nearest], nearest, nearest_answer, nearest_condition);
	} else if (answer == ANSWER_UNKNOWN && unsaid < count) {
		add_indistinct(wants, trace, unsaid);
	} else {
		add_lacking(wants, evaluator, trace, elements, count, good);
	}
	return answer;
}

static enum answer evaluate_list(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct list_check *wants = (const struct list_check *)check;
	const struct value *list = body_value(evaluator, wants->list);
	if (!value_given(list)) {
		trace_add(trace, PROBLEM_UNANSWERED, wants->pointer,
			  (struct entry){.say = sentence(trace->arena, "%s %s not given.", wants->phrase, wants->verb),
					 .fix = sentence(trace->arena, "please give %s.", wants->phrase)});
		return ANSWER_UNKNOWN;
	}
	if (wants->count > 0) {
		return evaluate_count(wants, evaluator, trace, list->records, list->count);
	}
	if (list->count == 0) {
		trace_add(trace, PROBLEM_MISSING, wants->empty,
			  (struct entry){.say = sentence(trace->arena, "%s %s not given.", wants->phrase, wants->verb)});
		return ANSWER_NOT_MET;
	}
	return evaluate_each(wants, evaluator, trace, list->records, list->count);
}

static struct list_check *compile_list(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	struct list_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct json *in = argument(compiler, arguments, spot, "in", JSON_TEXT);
	const struct json *where = argument(compiler, arguments, spot, "where", JSON_OBJECT);
	const struct spot at_in = spot_member(spot, "in");
	const struct spot at_where = spot_member(spot, "where");
	struct reach reach;
	if (in && strcmp(json_text(in), occurrence_list) == 0) {
		spot_issue(compiler->issues, &at_in, "wrong_check", "some occurrences do not count; use the check occurrences");
		return NULL;
	}
	if (!in || !where || !reach_compile(compiler, in, &at_in, &reach)) {
		return NULL;
	}
	const struct layout *layout = shape_elements(compiler->vocabulary->request, json_text(in));
	if (reach.slot.list || reach.slot.type != VALUE_RECORDS || !layout) {
		spot_issue(compiler->issues, &at_in, "wrong_place", "%s is no list of objects", json_text(in));
		return NULL;
	}
	const bool good =
		conditions_compile(compiler, reach.pointer, where, &at_where, &made->conditions, &made->condition_count);
	made->list = reach.slot.index;
	made->pointer = reach.pointer;
	made->empty = arena_printf(compiler->arena, "%s/-", reach.pointer);
	made->phrase = reach.phrase;
	made->verb = reach.verb;
	made->check = (struct check){evaluate_list, reach.pointer};
	return good ? made : NULL;
}

static bool compile_different(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			      struct list_check *made)
{
	const struct json *member;
	const struct spot here = spot_member(spot, "different");
	if (!argument_optional(compiler, arguments, spot, "different", JSON_TEXT, &member)) {
		return false;
	}
	if (!member) {
		return true;
	}
	const struct layout *layout = shape_elements(compiler->vocabulary->request, made->pointer);
	struct slot slot;
	struct reach reach;
	if (!condition_member(compiler, layout, json_text(member), &here, &slot) ||
	    !reach_path(compiler, arena_printf(compiler->arena, "%s/*/%s", made->pointer, json_text(member)), &here, &reach)) {
		return false;
	}
	if (slot.type != VALUE_TEXT && slot.type != VALUE_WORD) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s is no text", json_text(member));
		return false;
	}
	made->different = true;
	made->differing = slot.index;
	made->differing_name = json_text(member);
	made->differing_phrase = reach.phrase;
	made->differing_verb = reach.verb;
	return true;
}

const struct check *compile_count_at_least(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"in", "count", "where", "different", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	struct list_check *made = compile_list(compiler, arguments, spot);
	int count = 0;
	if (!argument_count(compiler, arguments, spot, "count", 1, COUNT_MAX, &count) || !made ||
	    !compile_different(compiler, arguments, spot, made)) {
		return NULL;
	}
	made->count = count;
	phrase_number(compiler, &compiler->phrases.count, count);
	return &made->check;
}

const struct check *compile_each_has(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"in", "where", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	struct list_check *made = compile_list(compiler, arguments, spot);
	return made ? &made->check : NULL;
}
