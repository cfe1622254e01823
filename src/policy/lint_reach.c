/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can never be. A check is taken apart into the simple ones that would all have to hold (or not), and each two of them are held
 * against each other: this finds plain contradictions, not every one.
 */
#include "policy/lint.h"

#include "policy/bounds.h"
#include "policy/diff.h"

#include <string.h>

enum { LITERALS_MAX = 256 };

struct literal {
	const struct json *node;
	const char *name;
	const struct json *arguments;
	bool holds;
};

struct literals {
	const struct lint *lint;
	const struct program *program;
	bool condition; /* what is taken apart is a `when` */
	struct literal list[LITERALS_MAX];
	size_t count;
	bool impossible; /* one of them cannot be by itself */
};

static bool possible(const struct lint *lint, const struct program *program, const struct json *node, bool wanted,
		     bool condition);

/* A judgment is a person's: the machine never takes it for met, which leaves a check open but closes a `when` for good. */
static bool never_met(const struct literals *literals, const struct literal *literal)
{
	const struct lint *lint = literals->lint;
	if (strcmp(literal->name, "item") == 0) {
		const struct item *item = policy_item_find(lint->policy, json_text(literal->arguments));
		return literals->condition && item && item->kind == KIND_JUDGMENT;
	}
	if (strcmp(literal->name, "contradicted") == 0) {
		const char *fact = json_text(json_member(literal->arguments, "fact"));
		return fact && !json_member(json_member(lint->policy->manifest, "verified_by_table"), fact);
	}
	return false;
}

static const struct json *list_named(const struct lint *lint, const char *word)
{
	return word && word[0] == '@' ? json_member(json_member(lint->policy->manifest, "lists"), word + 1) : NULL;
}

static bool has_word(const struct lint *lint, const struct json *words, const char *word)
{
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *list = list_named(lint, json_text(one));
		if (list ? has_word(lint, list, word) : strcmp(json_text(one), word) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether every word of A is one of B. */
static bool all_words(const struct lint *lint, const struct json *a, const struct json *b)
{
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		const struct json *list = list_named(lint, json_text(one));
		if (list ? !all_words(lint, list, b) : !has_word(lint, b, json_text(one))) {
			return false;
		}
	}
	return true;
}

static bool any_word(const struct lint *lint, const struct json *a, const struct json *b)
{
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		const struct json *list = list_named(lint, json_text(one));
		if (list ? any_word(lint, list, b) : has_word(lint, b, json_text(one))) {
			return true;
		}
	}
	return false;
}

static bool same_member(const struct literal *a, const struct literal *b, const char *member)
{
	const struct json *one = json_member(a->arguments, member);
	return one && diff_same(one, json_member(b->arguments, member));
}

/* What the program says itself: its service and its review. */
static bool against_program(const struct literals *literals, const struct literal *literal)
{
	const char *at = json_text(json_member(literal->arguments, "at"));
	const struct json *words = json_member(literal->arguments, "words");
	if (strcmp(literal->name, "one_of") != 0 || !at || !words) {
		return false;
	}
	const char *word = strcmp(at, "/service") == 0  ? literals->program->service
			   : strcmp(at, "/review") == 0 ? literals->program->review
							: NULL;
	return word && has_word(literals->lint, words, word) != literal->holds;
}

/* Whether a place holds one word, not a list of them. */
static bool single(const struct lint *lint, const char *path)
{
	struct slot slot;
	return shape_find(lint->policy->request, path, &slot) && !slot.list &&
	       (slot.type == VALUE_TEXT || slot.type == VALUE_WORD);
}

static bool words_clash(const struct lint *lint, const struct literal *a, const struct literal *b)
{
	const struct json *one = json_member(a->arguments, "words");
	const struct json *other = json_member(b->arguments, "words");
	if (!same_member(a, b, "at") || !single(lint, json_text(json_member(a->arguments, "at")))) {
		return false;
	}
	if (a->holds && b->holds) {
		return !any_word(lint, one, other);
	}
	return a->holds ? all_words(lint, one, other) : b->holds && all_words(lint, other, one);
}

/* Below an age and of that age on the same day. */
static bool ages_clash(const struct literal *below, const struct literal *at_least)
{
	int64_t under = 0;
	int64_t over = 0;
	bool common = false;
	for (const struct json *one = json_first(json_member(below->arguments, "on")); one; one = json_next(one)) {
		for (const struct json *other = json_first(json_member(at_least->arguments, "on")); other;
		     other = json_next(other)) {
			common = common || diff_same(one, other);
		}
	}
	return common && json_integer(json_member(below->arguments, "years"), &under) &&
	       json_integer(json_member(at_least->arguments, "years"), &over) && over >= under;
}

static bool clash(const struct lint *lint, const struct literal *a, const struct literal *b)
{
	if (diff_same(a->node, b->node)) {
		return a->holds != b->holds;
	}
	const bool alike = strcmp(a->name, b->name) == 0;
	if (alike && strcmp(a->name, "one_of") == 0) {
		return words_clash(lint, a, b);
	}
	if (alike && strcmp(a->name, "is") == 0) {
		return a->holds && b->holds && same_member(a, b, "at") && !same_member(a, b, "value");
	}
	if (a->holds && b->holds && strcmp(a->name, "age_below") == 0 && strcmp(b->name, "age_at_least") == 0) {
		return ages_clash(a, b);
	}
	return a->holds && b->holds && strcmp(b->name, "age_below") == 0 && strcmp(a->name, "age_at_least") == 0 &&
	       ages_clash(b, a);
}

static void collect(struct literals *literals, const struct json *node, bool wanted)
{
	const char *name = NULL;
	const struct json *arguments = bounds_check(node, &name);
	if (!arguments || literals->count == LITERALS_MAX) {
		return;
	}
	if (strcmp(name, "not") == 0) {
		collect(literals, arguments, !wanted);
		return;
	}
	if (strcmp(name, wanted ? "all" : "any") == 0) {
		for (const struct json *one = json_first(arguments); one; one = json_next(one)) {
			collect(literals, one, wanted);
		}
		return;
	}
	if (strcmp(name, wanted ? "any" : "all") == 0) {
		bool one_can = false;
		for (const struct json *one = json_first(arguments); one; one = json_next(one)) {
			one_can = one_can || possible(literals->lint, literals->program, one, wanted, literals->condition);
		}
		literals->impossible = literals->impossible || !one_can;
		return;
	}
	const struct literal literal = {node, name, arguments, wanted};
	literals->impossible =
		literals->impossible || (wanted && never_met(literals, &literal)) || against_program(literals, &literal);
	literals->list[literals->count++] = literal;
}

/* Whether a check can be met (WANTED) or not met in a program. */
static bool possible(const struct lint *lint, const struct program *program, const struct json *node, bool wanted,
		     bool condition)
{
	struct literals *literals = arena_alloc(lint->arena, sizeof(*literals));
	literals->lint = lint;
	literals->program = program;
	literals->condition = condition;
	collect(literals, node, wanted);
	for (size_t i = 0; i < literals->count && !literals->impossible; i++) {
		for (size_t k = 0; k < i && !literals->impossible; k++) {
			literals->impossible = clash(lint, &literals->list[k], &literals->list[i]);
		}
	}
	return !literals->impossible;
}

/* In some program that asks the item. */
static bool possible_somewhere(const struct lint *lint, const struct item *item, const char *member, bool wanted)
{
	const struct json *node = json_member(item->json, member);
	const bool condition = strcmp(member, "when") == 0;
	for (size_t i = 0; i < lint->policy->program_count; i++) {
		const struct program *program = &lint->policy->programs[i];
		if (!node || (lint_asks(program, item) && possible(lint, program, node, wanted, condition))) {
			return true;
		}
	}
	return false;
}

static bool asked(const struct lint *lint, const struct item *item)
{
	for (size_t i = 0; i < lint->policy->program_count; i++) {
		if (lint_asks(&lint->policy->programs[i], item)) {
			return true;
		}
	}
	return false;
}

/* Why an item can never be met, or NULL. */
static const char *never(const struct lint *lint, const struct item *item)
{
	if (item->kind == KIND_JUDGMENT) {
		return "a person answers it, never the machine";
	}
	if (!possible_somewhere(lint, item, "when", true)) {
		return "its own when can never be met";
	}
	return possible_somewhere(lint, item, "check", true) ? NULL : "its check can never be met";
}

static void judge_item(const struct lint *lint, const struct item *item)
{
	const char *why = item->after && asked(lint, item->after) ? never(lint, item->after) : NULL;
	if (why) {
		lint_item(lint, lint->errors, item, "/after", "never_listed", "%s is never met: %s", item->after->id, why);
	}
	if (!possible_somewhere(lint, item, "when", true)) {
		lint_item(lint, lint->errors, item, "/when", "never_applies",
			  "this can never be met, so %s never comes into question", item->id);
		return;
	}
	if (!possible_somewhere(lint, item, "when", false)) {
		lint_item(lint, lint->warnings, item, "/when", "always_applies", "this is always met");
	}
	if (!possible_somewhere(lint, item, "check", true)) {
		lint_item(lint, lint->errors, item, "/check", "never_met", "this can never be met");
	}
	if (!possible_somewhere(lint, item, "check", false)) {
		lint_item(lint, lint->warnings, item, "/check", "always_met", "this is always met");
	}
}

void lint_reach(const struct lint *lint)
{
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		const struct item *item = lint->policy->items[i];
		if (asked(lint, item)) { /* else staff answer the service by hand, or an overlay speaks of others */
			judge_item(lint, item);
		}
	}
}
