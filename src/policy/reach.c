/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/reach.h"

#include "base/text.h"
#include "policy/titles.h"

#include <string.h>

enum { STEPS_MAX = 8 };

/* Names whose words people write otherwise. */
static const struct {
	const char *name;
	const char *words;
} known_names[] = {
	{"icd10", "ICD code"},
	{"npi", "NPI"},
	{"tax_id", "tax ID"},
	{"id", "ID"},
	{"medicaid_id", "Medicaid number"},
	{"dsm", "DSM name"},
	{"as_of", "date"},
	{"unit", "kind of unit"},
	{"code", "code"},
};

static const char *words_of(struct arena *arena, const char *name)
{
	for (size_t i = 0; i < sizeof(known_names) / sizeof(known_names[0]); i++) {
		if (strcmp(known_names[i].name, name) == 0) {
			return known_names[i].words;
		}
	}
	char *words = arena_copy(arena, name);
	for (char *at = words; *at != '\0'; at++) {
		*at = *at == '_' ? ' ' : *at;
	}
	return words;
}

static const char *singular(struct arena *arena, const char *name)
{
	if (strcmp(name, "diagnoses") == 0) {
		return "diagnosis";
	}
	char *words = arena_copy(arena, words_of(arena, name));
	const size_t length = strlen(words);
	if (length > 3 && strcmp(words + length - 3, "ies") == 0) {
		words[length - 3] = 'y';
		words[length - 2] = '\0';
	} else if (length > 1 && words[length - 1] == 's') {
		words[length - 1] = '\0';
	}
	return words;
}

/* Steps of a path without its asterisk; the place of the asterisk, or the count. */
static size_t split(struct arena *arena, const char *path, const char *steps[STEPS_MAX], size_t *ret_star)
{
	size_t count = 0;
	*ret_star = STEPS_MAX;
	const char *at = path;
	while (*at == '/' && count < STEPS_MAX) {
		const char *end = strchr(at + 1, '/');
		const size_t length = end ? (size_t)(end - at - 1) : strlen(at + 1);
		if (length == 1 && at[1] == '*') {
			*ret_star = count;
		} else {
			steps[count++] = arena_text(arena, at + 1, length);
		}
		at += length + 1;
	}
	return count;
}

static bool plural(const char *leaf)
{
	const size_t length = strlen(leaf);
	return length > 2 && leaf[length - 1] == 's' && leaf[length - 2] != 's' && leaf[length - 2] != 'u';
}

/* By its title: a name ("the last day of service"), a statement of a boolean, or a question that is quoted. */
static void describe_titled(struct compiler *compiler, struct reach *reach, const char *title)
{
	struct arena *arena = compiler->arena;
	const char *phrase = vocabulary_phrase(arena, title);
	const bool statement = reach->slot.type == VALUE_BOOLEAN;
	reach->statement = statement ? phrase : NULL;
	reach->verb = reach->slot.type == VALUE_RECORDS || reach->slot.type == VALUE_TEXTS ? "are" : "is";
	if (statement || title_asks(title)) {
		reach->phrase = arena_printf(arena, "the answer to \"%s\"", title);
	} else {
		const bool articled = strncmp(phrase, "the ", strlen("the ")) == 0;
		reach->phrase = articled ? phrase : arena_printf(arena, "the %s", phrase);
	}
}

/* By the words of its path, for what has no title. */
static void describe_untitled(struct compiler *compiler, struct reach *reach, const char *const *steps, size_t count,
			      size_t star)
{
	struct arena *arena = compiler->arena;
	const char *leaf = count > 0 ? words_of(arena, steps[count - 1]) : "request";
	reach->verb = plural(leaf) ? "are" : "is";
	if ((star < count && star > 0) || count < 2 || strcmp(steps[count - 2], "facts") == 0) {
		reach->phrase = arena_printf(arena, "the %s", leaf);
	} else {
		reach->phrase = arena_printf(arena, "the %s's %s", words_of(arena, steps[count - 2]), leaf);
	}
}

static void describe(struct compiler *compiler, struct reach *reach)
{
	struct arena *arena = compiler->arena;
	const char *steps[STEPS_MAX];
	size_t star;
	const size_t count = split(arena, reach->pointer, steps, &star);
	const char *title = title_at(compiler->vocabulary, reach->pointer);
	if (title) {
		describe_titled(compiler, reach, title);
	} else {
		describe_untitled(compiler, reach, steps, count, star);
	}
	if (reach->slot.list && star > 0 && star <= count) {
		reach->element = singular(arena, steps[star - 1]);
		const char *asterisk = strchr(reach->pointer, '*');
		reach->empty = arena_printf(arena, "%.*s-", (int)(asterisk - reach->pointer), reach->pointer);
	}
}

/* Of the members that stand where PATH breaks off, the one that is near to its last step. */
static const char *near_place(struct compiler *compiler, const char *path)
{
	const char *leaf = strrchr(path, '/');
	if (!leaf) {
		return "";
	}
	const char *parent = arena_text(compiler->arena, path, (size_t)(leaf - path));
	const struct vocabulary *vocabulary = compiler->vocabulary;
	const struct json *members =
		strcmp(parent, "/facts") == 0 ? vocabulary->facts : json_member(title_node(vocabulary, parent), "properties");
	return spot_near_member(compiler->arena, leaf + 1, members);
}

bool reach_path(struct compiler *compiler, const char *path, const struct spot *spot, struct reach *ret_reach)
{
	*ret_reach = (struct reach){.pointer = path};
	if (!shape_find(compiler->vocabulary->request, path, &ret_reach->slot)) {
		spot_issue(compiler->issues, spot, "dangling_pointer", "a request has no place %s%s", path,
			   near_place(compiler, path));
		return false;
	}
	ret_reach->service = strcmp(path, "/service") == 0;
	describe(compiler, ret_reach);
	return true;
}

bool reach_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, struct reach *ret_reach)
{
	if (!json_text(node)) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be a path into the request");
		return false;
	}
	return reach_path(compiler, json_text(node), spot, ret_reach);
}

size_t reach_count(const struct reach *reach, const struct evaluator *evaluator)
{
	if (!reach->slot.list) {
		return 1;
	}
	const struct value *list = &evaluator->body->values[reach->slot.list_index];
	return value_given(list) ? list->count : 0;
}

const struct value *reach_value(const struct reach *reach, const struct evaluator *evaluator, size_t index)
{
	const struct record *record = evaluator->body;
	if (reach->slot.list) {
		record = evaluator->body->values[reach->slot.list_index].records[index];
	}
	return &record->values[reach->slot.index];
}

const char *reach_text(const struct reach *reach, const struct evaluator *evaluator, const struct value *value)
{
	return reach->service ? evaluator->submission->program->service : value->text;
}

const char *reach_pointer(const struct reach *reach, struct arena *arena, size_t index)
{
	if (!reach->slot.list) {
		return reach->pointer;
	}
	const char *asterisk = strchr(reach->pointer, '*');
	return arena_printf(arena, "%.*s%zu%s", (int)(asterisk - reach->pointer), reach->pointer, index, asterisk + 1);
}

const char *reach_of(const struct reach *reach, struct arena *arena, const char *name, size_t index)
{
	return reach->element ? arena_printf(arena, "%s of %s %zu", name, reach->element, index + 1) : name;
}

const char *reach_phrase(const struct reach *reach, struct arena *arena, size_t index)
{
	return reach_of(reach, arena, reach->phrase, index);
}

void reach_unanswered(const struct reach *reach, struct trace *trace, size_t index)
{
	struct arena *arena = trace->arena;
	const char *pointer = reach_pointer(reach, arena, index);
	if (reach->statement) {
		const char *whose = reach->element ? arena_printf(arena, " for %s %zu", reach->element, index + 1) : "";
		trace_add(trace, PROBLEM_UNANSWERED, pointer,
			  (struct entry){
				  .say = sentence(arena, "it is not said%s whether this is so: %s.", whose, reach->statement),
				  .fix = sentence(arena, "please say%s whether this is so: %s.", whose, reach->statement)});
		return;
	}
	const char *phrase = reach_phrase(reach, arena, index);
	trace_add(trace, PROBLEM_UNANSWERED, pointer,
		  (struct entry){.say = sentence(arena, "%s %s not stated.", phrase, reach->verb),
				 .fix = sentence(arena, "please give %s.", phrase)});
}
