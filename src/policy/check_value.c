/* SPDX-License-Identifier: Apache-2.0 */
/* present, is, one_of, equals: single values of the request. */
#include "policy/check.h"

#include "base/text.h"
#include "policy/reach.h"
#include "policy/words.h"

#include <string.h>

struct value_check {
	struct check check;
	struct reach *reaches;
	size_t count;
	bool wanted; /* is */
	const struct word_set *words; /* one_of */
	const char *const *spoken; /* one_of: the words of the slot's closed list, as people say them */
	enum answer absent; /* one_of */
};

static struct value_check *compile_reaches(struct compiler *compiler, const struct json *first, const struct spot *at_first,
					   const struct json *second, const struct spot *at_second)
{
	struct value_check *made = arena_alloc(compiler->arena, sizeof(*made));
	made->reaches = arena_array(compiler->arena, 2, sizeof(*made->reaches));
	made->count = second ? 2 : 1;
	if (!reach_compile(compiler, first, at_first, &made->reaches[0])) {
		return NULL;
	}
	if (second && !reach_compile(compiler, second, at_second, &made->reaches[1])) {
		return NULL;
	}
	made->check.subject = made->reaches[0].pointer;
	return made;
}

static bool value_missing(const struct value *value)
{
	if (!value_given(value)) {
		return true;
	}
	if (value->type == VALUE_TEXT || value->type == VALUE_WORD) {
		return text_blank(value->text);
	}
	return (value->type == VALUE_TEXTS || value->type == VALUE_RECORDS) && value->count == 0;
}

/* A question without an answer is told apart from a thing that is not there. */
static void add_missing(const struct reach *reach, struct trace *trace, size_t index)
{
	if (reach->slot.type == VALUE_BOOLEAN) {
		reach_unanswered(reach, trace, index);
		return;
	}
	const char *phrase = reach_phrase(reach, trace->arena, index);
	trace_add(trace, PROBLEM_MISSING, reach_pointer(reach, trace->arena, index),
		  (struct entry){.say = sentence(trace->arena, "%s %s missing.", phrase, reach->verb),
				 .fix = sentence(trace->arena, "give %s.", phrase)});
}

static void add_senseless(const struct reach *reach, struct trace *trace, size_t index)
{
	const char *phrase = reach_phrase(reach, trace->arena, index);
	const char *needed = shape_form_needed((enum shape_form)reach->slot.form);
	trace_add(trace, PROBLEM_INVALID, reach_pointer(reach, trace->arena, index),
		  (struct entry){.needed = needed,
				 .say = sentence(trace->arena, "%s cannot be right; it must be %s.", phrase, needed),
				 .fix = sentence(trace->arena, "correct %s.", phrase)});
}

static bool reach_present(const struct reach *reach, struct evaluator *evaluator, struct trace *trace)
{
	const size_t count = reach_count(reach, evaluator);
	bool good = count > 0;
	if (count == 0) {
		trace_add(trace, PROBLEM_MISSING, reach->empty,
			  (struct entry){.say = sentence(trace->arena, "there is no %s, so %s %s missing.", reach->element,
							 reach->phrase, reach->verb),
					 .fix = sentence(trace->arena, "add a %s with %s.", reach->element, reach->phrase)});
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *value = reach_value(reach, evaluator, i);
		if (value_missing(value)) {
			add_missing(reach, trace, i);
			good = false;
		} else if (value->senseless) {
			add_senseless(reach, trace, i);
			good = false;
		}
	}
	return good;
}

static enum answer evaluate_present(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct value_check *present = (const struct value_check *)check;
	bool good = true;
	for (size_t i = 0; i < present->count; i++) {
		good = reach_present(&present->reaches[i], evaluator, trace) && good;
	}
	return good ? ANSWER_MET : ANSWER_NOT_MET;
}

const struct check *compile_present(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_ARRAY);
	const struct spot at_spot = spot_member(spot, "at");
	if (!at) {
		return NULL;
	}
	struct value_check *made = arena_alloc(compiler->arena, sizeof(*made));
	made->reaches = arena_array(compiler->arena, json_count(at) + 1, sizeof(*made->reaches));
	bool good = json_first(at) != NULL;
	if (!good) {
		spot_issue(compiler->issues, &at_spot, "too_few", "names no place");
	}
	for (const struct json *one = json_first(at); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_spot, made->count);
		good = reach_compile(compiler, one, &here, &made->reaches[made->count++]) && good;
	}
	made->check = (struct check){evaluate_present, made->reaches[0].pointer};
	return good ? &made->check : NULL;
}

/* A statement that is asked for, or asked not to be. */
static void add_denied(const struct reach *reach, struct trace *trace, size_t index, bool wanted)
{
	struct arena *arena = trace->arena;
	const char *whose = reach->element ? arena_printf(arena, " of %s %zu", reach->element, index + 1) : "";
	const char *say = reach->statement ? sentence(arena, "it is said%s that this is %s: %s.", whose,
						      wanted ? "not so" : "so", reach->statement)
					   : sentence(arena, "%s %s %s; needed is %s.", reach_phrase(reach, arena, index),
						      reach->verb, wanted ? "no" : "yes", wanted ? "yes" : "no");
	trace_add(trace, PROBLEM_INVALID, reach_pointer(reach, arena, index),
		  (struct entry){.found = wanted ? "no" : "yes", .needed = wanted ? "yes" : "no", .say = say});
}

/* Only words of closed lists are quoted: free text may hold anything. */
static void add_other(const struct value_check *one_of, struct trace *trace, const struct value *value, size_t index)
{
	const struct reach *reach = &one_of->reaches[0];
	const char *phrase = reach_phrase(reach, trace->arena, index);
	const bool closed = value->type == VALUE_WORD;
	const char *say = closed ? sentence(trace->arena, "%s %s %s; what counts here is %s.", phrase, reach->verb,
					    one_of->spoken[value->word], one_of->words->phrase)
				 : sentence(trace->arena, "%s %s not among what counts here: %s.", phrase, reach->verb,
					    one_of->words->phrase);
	trace_add(trace, PROBLEM_INVALID, reach_pointer(reach, trace->arena, index),
		  (struct entry){.found = closed ? value->text : NULL, .needed = one_of->words->text, .say = say});
}

static enum answer evaluate_is(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct value_check *is = (const struct value_check *)check;
	const struct reach *reach = &is->reaches[0];
	const size_t count = reach_count(reach, evaluator);
	enum answer answer = ANSWER_MET;
	if (count == 0) {
		trace_add(trace, PROBLEM_UNANSWERED, reach->empty,
			  (struct entry){.say = sentence(trace->arena, "there is no %s.", reach->element)});
		return ANSWER_UNKNOWN;
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *value = reach_value(reach, evaluator, i);
		if (!value_given(value)) {
			reach_unanswered(reach, trace, i);
			answer = answer == ANSWER_MET ? ANSWER_UNKNOWN : answer;
		} else if (value->boolean != is->wanted) {
			add_denied(reach, trace, i, is->wanted);
			answer = ANSWER_NOT_MET;
		}
	}
	return answer;
}

const struct check *compile_is(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", "value", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_TEXT);
	const struct json *value = argument(compiler, arguments, spot, "value", JSON_BOOLEAN);
	const struct spot at_spot = spot_member(spot, "at");
	struct value_check *made = at ? compile_reaches(compiler, at, &at_spot, NULL, NULL) : NULL;
	if (!made || !value) {
		return NULL;
	}
	if (made->reaches[0].slot.type != VALUE_BOOLEAN) {
		spot_issue(compiler->issues, &at_spot, "wrong_place", "%s holds no true or false", json_text(at));
		return NULL;
	}
	made->wanted = json_boolean(value);
	made->check.evaluate = evaluate_is;
	return &made->check;
}

/* Of a list any one word counts; an alias of the service is the service. */
static bool value_in(const struct value_check *one_of, const struct evaluator *evaluator, const struct value *value)
{
	const struct word_set *words = one_of->words;
	if (one_of->reaches[0].service) {
		const struct value service = {
			.state = VALUE_PRESENT, .type = VALUE_TEXT, .text = reach_text(&one_of->reaches[0], evaluator, value)};
		return words_have(words, &service);
	}
	if (value->type != VALUE_TEXTS) {
		return words_have(words, value);
	}
	for (uint32_t i = 0; i < value->count; i++) {
		const struct value one = {.state = VALUE_PRESENT, .type = VALUE_TEXT, .text = value->texts[i]};
		if (words_have(words, &one)) {
			return true;
		}
	}
	return false;
}

static enum answer judge_absent(const struct value_check *one_of, struct trace *trace, size_t index)
{
	if (one_of->absent != ANSWER_MET) {
		reach_unanswered(&one_of->reaches[0], trace, index);
	}
	return one_of->absent;
}

static enum answer evaluate_one_of(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct value_check *one_of = (const struct value_check *)check;
	const struct reach *reach = &one_of->reaches[0];
	const size_t count = reach_count(reach, evaluator);
	enum answer answer = ANSWER_MET;
	if (count == 0) {
		if (one_of->absent != ANSWER_MET) {
			trace_add(trace, PROBLEM_UNANSWERED, reach->empty,
				  (struct entry){.say = sentence(trace->arena, "there is no %s.", reach->element)});
		}
		return one_of->absent;
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *value = reach_value(reach, evaluator, i);
		enum answer one = ANSWER_MET;
		if (value_missing(value)) {
			one = judge_absent(one_of, trace, i);
		} else if (!value_in(one_of, evaluator, value)) {
			add_other(one_of, trace, value, i);
			one = ANSWER_NOT_MET;
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

const struct check *compile_one_of(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", "words", "absent", NULL};
	static const char *const absents[] = {
		[ANSWER_MET] = "met", [ANSWER_NOT_MET] = "not_met", [ANSWER_UNKNOWN] = "unknown", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_TEXT);
	const struct json *words = argument(compiler, arguments, spot, "words", JSON_ARRAY);
	const struct spot at_spot = spot_member(spot, "at");
	const struct spot words_spot = spot_member(spot, "words");
	const struct spot absent_spot = spot_member(spot, "absent");
	struct value_check *made = at ? compile_reaches(compiler, at, &at_spot, NULL, NULL) : NULL;
	if (!made || !words) {
		return NULL;
	}
	const enum value_type type = (enum value_type)made->reaches[0].slot.type;
	if (type != VALUE_TEXT && type != VALUE_WORD && type != VALUE_TEXTS) {
		spot_issue(compiler->issues, &at_spot, "wrong_place", "%s holds no words", json_text(at));
		return NULL;
	}
	unsigned absent = ANSWER_UNKNOWN;
	const struct json *otherwise = json_member(arguments, "absent");
	if (otherwise && !word_choice(compiler, otherwise, &absent_spot, absents, &absent)) {
		return NULL;
	}
	made->words = words_compile(compiler, words, &words_spot, &made->reaches[0].slot);
	made->spoken = words_spoken(compiler, &made->reaches[0].slot);
	made->absent = (enum answer)absent;
	made->check.evaluate = evaluate_one_of;
	return made->words ? &made->check : NULL;
}

static bool values_same(const struct value_check *equals, const struct evaluator *evaluator, const struct value *a,
			const struct value *b)
{
	switch ((enum value_type)a->type) {
	case VALUE_TEXT:
	case VALUE_WORD:
		return strcmp(reach_text(&equals->reaches[0], evaluator, a), reach_text(&equals->reaches[1], evaluator, b)) ==
		       0;
	case VALUE_BOOLEAN: return a->boolean == b->boolean;
	case VALUE_INTEGER: return a->integer == b->integer;
	case VALUE_NUMBER: return !(a->number < b->number) && !(a->number > b->number);
	case VALUE_DATE:
	case VALUE_INSTANT:
		if (a->type == VALUE_INSTANT && b->type == VALUE_INSTANT) {
			return instant_compare(a->instant, b->instant) == 0;
		}
		return civil_compare(value_day(a, evaluator->anchor.zone), value_day(b, evaluator->anchor.zone)) == 0;
	case VALUE_GROUP:
	case VALUE_TEXTS:
	case VALUE_RECORDS: break;
	}
	return false;
}

static enum answer evaluate_equals(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct value_check *equals = (const struct value_check *)check;
	enum answer answer = ANSWER_MET;
	const struct value *values[2];
	for (size_t i = 0; i < 2; i++) {
		values[i] = reach_value(&equals->reaches[i], evaluator, 0);
		if (value_missing(values[i])) {
			reach_unanswered(&equals->reaches[i], trace, 0);
			answer = ANSWER_UNKNOWN;
		}
	}
	if (answer == ANSWER_UNKNOWN || values_same(equals, evaluator, values[0], values[1])) {
		return answer;
	}
	trace_add(trace, PROBLEM_INVALID, equals->reaches[0].pointer,
		  (struct entry){.say = sentence(trace->arena, "%s and %s are not the same.", equals->reaches[0].phrase,
						 equals->reaches[1].phrase)});
	return ANSWER_NOT_MET;
}

static bool comparable(enum value_type a, enum value_type b)
{
	const bool texts = (a == VALUE_TEXT || a == VALUE_WORD) && (b == VALUE_TEXT || b == VALUE_WORD);
	const bool times = (a == VALUE_DATE || a == VALUE_INSTANT) && (b == VALUE_DATE || b == VALUE_INSTANT);
	return texts || times || (a == b && a != VALUE_GROUP && a != VALUE_TEXTS && a != VALUE_RECORDS);
}

const struct check *compile_equals(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", "other", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_TEXT);
	const struct json *other = argument(compiler, arguments, spot, "other", JSON_TEXT);
	const struct spot at_spot = spot_member(spot, "at");
	const struct spot other_spot = spot_member(spot, "other");
	struct value_check *made = at && other ? compile_reaches(compiler, at, &at_spot, other, &other_spot) : NULL;
	if (!made) {
		return NULL;
	}
	const struct slot *first = &made->reaches[0].slot;
	const struct slot *second = &made->reaches[1].slot;
	if (first->list || second->list || !comparable((enum value_type)first->type, (enum value_type)second->type)) {
		spot_issue(compiler->issues, spot, "wrong_place", "the two places cannot be compared");
		return NULL;
	}
	if (strcmp(made->reaches[0].pointer, made->reaches[1].pointer) == 0) {
		spot_issue(compiler->issues, &other_spot, "same_place", "everything is the same as itself");
		return NULL;
	}
	made->check.evaluate = evaluate_equals;
	return &made->check;
}
