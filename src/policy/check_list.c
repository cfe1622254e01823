/* SPDX-License-Identifier: Apache-2.0 */
/* count_at_least, each_has: elements of an array that fulfil conditions on their members. */
#include "policy/check.h"

#include "base/text.h"
#include "policy/reach.h"
#include "policy/words.h"

#include <string.h>
#include <strings.h>

enum condition_kind { CONDITION_PRESENT, CONDITION_BOOLEAN, CONDITION_WORDS, CONDITION_SPANS };

enum { COUNT_MAX = 1000 };

/* What one member of an element must be. */
struct condition {
	enum condition_kind kind;
	uint16_t slot;
	uint16_t until; /* spans: the member with the last day */
	bool wanted;
	enum check_day day; /* spans */
	const struct word_set *words;
	const char *name;
	const char *phrase; /* "the role" */
	const char *statement; /* of a boolean with a title, or NULL */
};

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
};

static bool given(const struct value *value)
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
	if (!given(from) || !evaluator_day(evaluator, condition->day, &day)) {
		return ANSWER_UNKNOWN;
	}
	const struct zone *zone = evaluator->anchor.zone;
	const bool inside =
		civil_compare(value_day(from, zone), day) <= 0 && (!given(to) || civil_compare(day, value_day(to, zone)) <= 0);
	return inside ? ANSWER_MET : ANSWER_NOT_MET;
}

static enum answer judge_condition(const struct condition *condition, const struct evaluator *evaluator,
				   const struct record *element)
{
	const struct value *value = &element->values[condition->slot];
	switch (condition->kind) {
	case CONDITION_PRESENT: return given(value) && !value->senseless ? ANSWER_MET : ANSWER_NOT_MET;
	case CONDITION_BOOLEAN:
		return !given(value) ? ANSWER_UNKNOWN : value->boolean == condition->wanted ? ANSWER_MET : ANSWER_NOT_MET;
	case CONDITION_WORDS:
		return !given(value) ? ANSWER_UNKNOWN : words_have(condition->words, value) ? ANSWER_MET : ANSWER_NOT_MET;
	case CONDITION_SPANS: return judge_span(condition, evaluator, element);
	}
	return ANSWER_UNKNOWN;
}

static enum answer judge_element(const struct list_check *wants, const struct evaluator *evaluator,
				 const struct record *element, const struct condition **ret_first)
{
	enum answer answer = ANSWER_MET;
	*ret_first = NULL;
	for (size_t i = 0; i < wants->condition_count; i++) {
		const enum answer one = judge_condition(&wants->conditions[i], evaluator, element);
		if (one != ANSWER_MET && (!*ret_first || (one == ANSWER_NOT_MET && answer != ANSWER_NOT_MET))) {
			*ret_first = &wants->conditions[i];
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

static const char *element_say(const struct list_check *wants, struct arena *arena, size_t index, enum problem problem,
			       const struct condition *condition)
{
	const char *whose = arena_printf(arena, "number %zu of %s", index + 1, wants->phrase);
	if (condition->statement) {
		return sentence(arena,
				problem == PROBLEM_INVALID ? "of %s this is not as needed: %s."
							   : "of %s it is not said whether this is so: %s.",
				whose, condition->statement);
	}
	if (problem != PROBLEM_INVALID) {
		return sentence(arena, "%s of %s is %s.", condition->phrase, whose,
				problem == PROBLEM_MISSING ? "missing" : "not given");
	}
	return condition->words ? sentence(arena, "%s of %s is not what is needed: %s.", condition->phrase, whose,
					   condition->words->phrase)
				: sentence(arena, "%s of %s is not what is needed.", condition->phrase, whose);
}

static void add_element(const struct list_check *wants, struct trace *trace, size_t index, enum answer answer,
			const struct condition *condition)
{
	const bool missing = condition->kind == CONDITION_PRESENT;
	const enum problem problem = answer == ANSWER_UNKNOWN ? PROBLEM_UNANSWERED
				     : missing                ? PROBLEM_MISSING
							      : PROBLEM_INVALID;
	trace_add(trace, problem, arena_printf(trace->arena, "%s/%zu/%s", wants->pointer, index, condition->name),
		  (struct entry){.needed = condition->words ? condition->words->text : NULL,
				 .say = element_say(wants, trace->arena, index, problem, condition)});
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
		first = !first && one->kind != CONDITION_PRESENT ? one : first;
	}
	return first;
}

/* None of the elements is the one that is asked for. */
static void add_lacking(const struct list_check *wants, struct trace *trace, int good)
{
	struct arena *arena = trace->arena;
	const struct condition *condition = telling(wants);
	const char *say = wants->different
				  ? sentence(arena, "%s differ in %s too little: %d of %d.", wants->phrase,
					     wants->differing_phrase, good, wants->count)
				  : sentence(arena, "%s %s too few: %d of %d.", wants->phrase, wants->verb, good, wants->count);
	const char *needed = arena_printf(arena, "%d", wants->count);
	if (wants->count == 1 && condition && condition->words) {
		say = sentence(arena, "among %s there is none with %s of %s.", wants->phrase, condition->phrase,
			       condition->words->phrase);
		needed = condition->words->text;
	} else if (wants->count == 1 && condition) {
		say = sentence(arena, "among %s there is none that is as needed.", wants->phrase);
	}
	trace_add(trace, PROBLEM_MISSING, wants->empty,
		  (struct entry){.found = arena_printf(arena, "%d", good), .needed = needed, .say = say});
}

/* An element that is something else than what is asked for explains nothing. */
static bool comes_near(const struct list_check *wants, const struct evaluator *evaluator, const struct record *element)
{
	for (size_t i = 0; i < wants->condition_count; i++) {
		const struct condition *one = &wants->conditions[i];
		if (one->kind != CONDITION_PRESENT && judge_condition(one, evaluator, element) == ANSWER_NOT_MET) {
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
			add_element(wants, trace, i, one, first);
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

/* Whether an element before this one that counts too has the same value, without regard to case; one without it is nothing different. */
static bool repeats(const struct list_check *wants, const struct evaluator *evaluator, const struct record *const *elements,
		    size_t index)
{
	const struct value *own = &elements[index]->values[wants->differing];
	if (!given(own)) {
		return true;
	}
	for (size_t i = 0; i < index; i++) {
		const struct value *other = &elements[i]->values[wants->differing];
		const struct condition *first;
		if (given(other) && strcasecmp(other->text, own->text) == 0 &&
		    judge_element(wants, evaluator, elements[i], &first) == ANSWER_MET) {
			return true;
		}
	}
	return false;
}

static enum answer evaluate_count(const struct list_check *wants, struct evaluator *evaluator, struct trace *trace,
				  const struct record *const *elements, size_t count)
{
	int good = 0;
	int open = 0;
	size_t nearest = count;
	enum answer nearest_answer = ANSWER_NOT_MET;
	const struct condition *nearest_condition = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct condition *first;
		const enum answer one = judge_element(wants, evaluator, elements[i], &first);
		good += one == ANSWER_MET && !(wants->different && repeats(wants, evaluator, elements, i));
		open += one == ANSWER_UNKNOWN;
		if (one != ANSWER_MET && comes_near(wants, evaluator, elements[i]) &&
		    (nearest == count || (one == ANSWER_UNKNOWN && nearest_answer != one))) {
			nearest = i;
			nearest_answer = one;
			nearest_condition = first;
		}
	}
	if (good >= wants->count) {
		return ANSWER_MET;
	}
	const enum answer answer = good + open >= wants->count ? ANSWER_UNKNOWN : ANSWER_NOT_MET;
	if (nearest_condition) {
		add_element(wants, trace, nearest, nearest_answer, nearest_condition);
	} else {
		add_lacking(wants, trace, good);
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

static bool find_member(struct compiler *compiler, const struct layout *layout, const char *name, const struct spot *spot,
			struct slot *ret_slot)
{
	if (layout_find(layout, name, ret_slot)) {
		return true;
	}
	spot_issue(compiler->issues, spot, "dangling_pointer", "the elements have no member %s", name);
	return false;
}

static bool is_time(const struct slot *slot)
{
	return slot->type == VALUE_DATE || slot->type == VALUE_INSTANT;
}

/* "spans": {"from": "active_from", "to": "active_to", "day": "first_day"} */
static bool compile_span(struct compiler *compiler, const struct layout *layout, const struct json *node,
			 const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"from", "to", "day", NULL};
	if (!arguments_only(compiler, node, spot, names)) {
		return false;
	}
	const struct json *from = argument(compiler, node, spot, "from", JSON_TEXT);
	const struct json *to = argument(compiler, node, spot, "to", JSON_TEXT);
	const struct json *day = argument(compiler, node, spot, "day", JSON_TEXT);
	const struct spot at_day = spot_member(spot, "day");
	struct slot first;
	struct slot last;
	if (!from || !to || !day || !check_day_compile(compiler, day, &at_day, &made->day) ||
	    !find_member(compiler, layout, json_text(from), spot, &first) ||
	    !find_member(compiler, layout, json_text(to), spot, &last)) {
		return false;
	}
	if (!is_time(&first) || !is_time(&last)) {
		spot_issue(compiler->issues, spot, "wrong_place", "from and to must be dates");
		return false;
	}
	made->kind = CONDITION_SPANS;
	made->slot = first.index;
	made->until = last.index;
	made->name = json_text(from);
	return true;
}

static bool compile_condition(struct compiler *compiler, const struct layout *layout, const struct json *node,
			      const struct spot *spot, struct condition *made)
{
	struct slot slot;
	if (strcmp(json_name(node), "spans") == 0 && json_kind(node) == JSON_OBJECT) {
		return compile_span(compiler, layout, node, spot, made);
	}
	if (!find_member(compiler, layout, json_name(node), spot, &slot)) {
		return false;
	}
	*made = (struct condition){.kind = CONDITION_PRESENT, .slot = slot.index, .name = json_name(node)};
	if (json_text(node) && strcmp(json_text(node), "present") == 0) {
		return true;
	}
	if (json_kind(node) == JSON_BOOLEAN && slot.type == VALUE_BOOLEAN) {
		made->kind = CONDITION_BOOLEAN;
		made->wanted = json_boolean(node);
		return true;
	}
	if (json_kind(node) == JSON_ARRAY && (slot.type == VALUE_TEXT || slot.type == VALUE_WORD)) {
		made->kind = CONDITION_WORDS;
		made->words = words_compile(compiler, node, spot, &slot);
		return made->words != NULL;
	}
	spot_issue(compiler->issues, spot, "wrong_condition",
		   "must be \"present\", true or false for a boolean, or a list of words for text");
	return false;
}

/* What the member is called in sentences. */
static bool name_condition(struct compiler *compiler, const char *list, const struct spot *spot, struct condition *condition)
{
	struct reach member;
	if (!reach_path(compiler, arena_printf(compiler->arena, "%s/*/%s", list, condition->name), spot, &member)) {
		return false;
	}
	condition->phrase = member.phrase;
	condition->statement = member.statement;
	return true;
}

static struct list_check *compile_list(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	struct list_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct json *in = argument(compiler, arguments, spot, "in", JSON_TEXT);
	const struct json *where = argument(compiler, arguments, spot, "where", JSON_OBJECT);
	const struct spot at_in = spot_member(spot, "in");
	const struct spot at_where = spot_member(spot, "where");
	struct reach reach;
	if (!in || !where || !reach_compile(compiler, in, &at_in, &reach)) {
		return NULL;
	}
	const struct layout *layout = shape_elements(compiler->vocabulary->request, json_text(in));
	if (reach.slot.list || reach.slot.type != VALUE_RECORDS || !layout) {
		spot_issue(compiler->issues, &at_in, "wrong_place", "%s is no list of objects", json_text(in));
		return NULL;
	}
	struct condition *conditions = arena_array(compiler->arena, json_count(where) + 1, sizeof(*conditions));
	bool good = true;
	for (const struct json *one = json_first(where); one; one = json_next(one)) {
		const struct spot here = spot_member(&at_where, json_name(one));
		struct condition *condition = &conditions[made->condition_count++];
		good = compile_condition(compiler, layout, one, &here, condition) &&
		       name_condition(compiler, reach.pointer, &here, condition) && good;
	}
	made->list = reach.slot.index;
	made->pointer = reach.pointer;
	made->empty = arena_printf(compiler->arena, "%s/-", reach.pointer);
	made->phrase = reach.phrase;
	made->verb = reach.verb;
	made->conditions = conditions;
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
	if (!find_member(compiler, layout, json_text(member), &here, &slot) ||
	    !reach_path(compiler, arena_printf(compiler->arena, "%s/*/%s", made->pointer, json_text(member)), &here, &reach)) {
		return false;
	}
	if (slot.type != VALUE_TEXT && slot.type != VALUE_WORD) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s is no text", json_text(member));
		return false;
	}
	made->different = true;
	made->differing = slot.index;
	made->differing_phrase = reach.phrase;
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
