/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks that join others, in words. What is not so is said of the parts: "not all" is "one of these does not hold", so that no negation stands
 * before another. Groups inside groups are numbered (1), (a), (i), (A), so that one paragraph tells what belongs to what.
 */
#include "policy/say.h"

#include "policy/bounds.h"
#include "policy/phrase.h"

#include <string.h>

enum { PLAIN_MOST = 3, LABEL_ROOM = 256 };

/* One part of a group. */
struct part {
	const struct json *node;
	const char *name;
	const struct json *arguments;
	bool holds;
};

struct parts {
	struct part *list;
	size_t count;
};

/* Whether a group is said as one of which every part holds. */
static bool joins_all(const char *name, bool holds)
{
	return (strcmp(name, "all") == 0) == holds;
}

static bool is_group(const char *name)
{
	return strcmp(name, "all") == 0 || strcmp(name, "any") == 0;
}

static struct part read_part(const struct json *node, bool holds)
{
	struct part part = {node, NULL, NULL, holds};
	part.arguments = bounds_check(node, &part.name);
	while (part.arguments && strcmp(part.name, "not") == 0) {
		part.holds = !part.holds;
		part.node = part.arguments;
		part.arguments = bounds_check(part.node, &part.name);
	}
	return part;
}

/* ---- what a checklist settles ---- */

static enum settled settle(const struct sayer *sayer, const struct part *part);

static enum settled settle_group(const struct sayer *sayer, const struct part *group)
{
	const bool all = joins_all(group->name, group->holds);
	bool open = false;
	for (const struct json *one = json_first(group->arguments); one; one = json_next(one)) {
		const struct part part = read_part(one, group->holds);
		const enum settled settled = settle(sayer, &part);
		if (settled == (all ? SETTLED_FAILS : SETTLED_HOLDS)) {
			return settled;
		}
		open = open || settled == SETTLED_NOT;
	}
	return open ? SETTLED_NOT : all ? SETTLED_HOLDS : SETTLED_FAILS;
}

static enum settled settle(const struct sayer *sayer, const struct part *part)
{
	if (!sayer->program || !part->arguments) {
		return SETTLED_NOT;
	}
	if (is_group(part->name)) {
		return settle_group(sayer, part);
	}
	const char *at = strcmp(part->name, "one_of") == 0 ? say_text_of(part->arguments, "at") : "";
	const char *word = strcmp(at, "/service") == 0  ? sayer->program->service
			   : strcmp(at, "/review") == 0 ? sayer->program->review
							: NULL;
	if (!word) {
		return SETTLED_NOT;
	}
	return say_has_word(sayer, json_member(part->arguments, "words"), word) == part->holds ? SETTLED_HOLDS : SETTLED_FAILS;
}

enum settled say_settled(const struct sayer *sayer, const struct json *node)
{
	const struct part part = read_part(node, true);
	return settle(sayer, &part);
}

/* ---- groups ---- */

static size_t count_open(const struct sayer *sayer, const struct part *group)
{
	size_t count = 0;
	for (const struct json *one = json_first(group->arguments); one; one = json_next(one)) {
		const struct part part = read_part(one, group->holds);
		count += settle(sayer, &part) == SETTLED_NOT;
	}
	return count;
}

static size_t count_leaves(const struct json *node)
{
	size_t count = 1;
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		count += count_leaves(one);
	}
	return count;
}

/* A group of the same sort inside a group is a part of it, and so is the only part of any. */
static void gather(const struct sayer *sayer, const struct part *group, bool all, struct parts *parts)
{
	for (const struct json *one = json_first(group->arguments); one; one = json_next(one)) {
		const struct part part = read_part(one, group->holds);
		const bool same = part.arguments && is_group(part.name) &&
				  (joins_all(part.name, part.holds) == all || count_open(sayer, &part) == 1);
		if (settle(sayer, &part) != SETTLED_NOT) {
			continue;
		}
		if (same) {
			gather(sayer, &part, all, parts);
		} else {
			parts->list[parts->count++] = part;
		}
	}
}

/* The only place at which PART, where it holds, asks for something; NULL where it asks for more or for something else. */
static const char *given_at(const struct part *part)
{
	const struct json *at = json_member(part->arguments, "at");
	return part->arguments && part->holds && strcmp(part->name, "present") == 0 && json_count(at) == 1
		       ? json_text(json_first(at))
		       : NULL;
}

/* Whether what PART says of the place at PATH tells that something is given there. */
static bool tells_of(const struct part *part, const char *path)
{
	const bool value = part->arguments && (strcmp(part->name, "is") == 0 || strcmp(part->name, "one_of") == 0);
	return value && !json_member(part->arguments, "absent") && strcmp(say_text_of(part->arguments, "at"), path) == 0;
}

/* That something is answered need not be said beside how it is answered. */
static void leave_answered(struct parts *parts)
{
	size_t kept = 0;
	for (size_t i = 0; i < parts->count; i++) {
		const struct part part = parts->list[i];
		const char *path = given_at(&part);
		bool told = false;
		for (size_t k = 0; path && k < parts->count; k++) {
			told = told || tells_of(&parts->list[k], path);
		}
		if (!told) {
			parts->list[kept++] = part;
		}
	}
	parts->count = kept;
}

static const struct item *item_of(const struct sayer *sayer, const char *id)
{
	for (size_t i = 0; id && i < sayer->policy->item_count; i++) {
		if (strcmp(sayer->policy->items[i]->id, id) == 0) {
			return sayer->policy->items[i];
		}
	}
	return NULL;
}

/* Whether a part asks for what makes a request complete. */
static bool asks_part(const struct sayer *sayer, const struct part *part)
{
	const struct item *item =
		part->arguments && strcmp(part->name, "item") == 0 ? item_of(sayer, json_text(part->arguments)) : NULL;
	return item && item->kind == KIND_COMPLETENESS;
}

static const char *label(struct arena *arena, size_t depth, size_t index)
{
	static const char *const romans[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"};
	enum { LETTERS = 26 };
	if (depth == 1 && index < LETTERS) {
		return arena_printf(arena, "(%c)", (char)('a' + (int)index));
	}
	if (depth == 2 && index < sizeof(romans) / sizeof(romans[0])) {
		return arena_printf(arena, "(%s)", romans[index]);
	}
	return depth == 3 && index < LETTERS ? arena_printf(arena, "(%c)", (char)('A' + (int)index))
					     : arena_printf(arena, "(%zu)", index + 1);
}

/* Few short parts need no numbers. */
static bool plain_enough(const char *const *said, size_t count)
{
	static const char *const joints[] = {" and ", " or ", ", ", "; ", ": "};
	bool plain = count <= PLAIN_MOST;
	for (size_t i = 0; i < count && plain; i++) {
		for (size_t k = 0; k < sizeof(joints) / sizeof(joints[0]) && plain; k++) {
			plain = !strstr(said[i], joints[k]);
		}
	}
	return plain;
}

static const char *say_numbered(struct arena *arena, const char *opening, const char *const *said, size_t count, size_t depth)
{
	struct text out;
	text_init(&out, arena, LABEL_ROOM);
	text_puts(&out, opening);
	for (size_t i = 0; i < count; i++) {
		text_printf(&out, "%s %s %s", i == 0 ? ":" : ";", label(arena, depth, i), said[i]);
	}
	return out.data;
}

static const char *say_part(const struct sayer *sayer, const struct part *part, size_t depth);

/* The parts of PARTS in words; those that make a request complete are told as one where all are asked for, or any is missing. */
static size_t say_each(const struct sayer *sayer, const struct parts *parts, bool all, size_t depth, const char **said)
{
	size_t needed = 0;
	size_t count = 0;
	bool told = false;
	for (size_t i = 0; i < parts->count; i++) {
		needed += parts->list[i].holds == all && asks_part(sayer, &parts->list[i]);
	}
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->list[i];
		if (needed < 2 || part->holds != all || !asks_part(sayer, part)) {
			said[count++] = say_part(sayer, part, depth + 1);
		} else if (!told) {
			said[count++] = arena_printf(sayer->arena,
						     all ? "all %zu parts that make it complete are there"
							 : "one of the %zu parts that make it complete is not there",
						     needed);
			told = true;
		}
	}
	return count;
}

static const char *say_group(const struct sayer *sayer, const struct part *group, size_t depth)
{
	const bool all = joins_all(group->name, group->holds);
	struct parts parts = {arena_array(sayer->arena, count_leaves(group->arguments), sizeof(struct part)), 0};
	gather(sayer, group, all, &parts);
	if (all) {
		leave_answered(&parts);
	}
	if (parts.count == 1) {
		return say_part(sayer, &parts.list[0], depth);
	}
	const char **said = arena_array(sayer->arena, parts.count + 1, sizeof(*said));
	const size_t count = say_each(sayer, &parts, all, depth, said);
	if (!plain_enough(said, count)) {
		return say_numbered(sayer->arena, all ? "all of these hold" : "at least one of these holds", said, count,
				    depth);
	}
	struct say_list list = say_list(sayer->arena, count, all ? "and" : "or");
	for (size_t i = 0; i < count; i++) {
		say_add(&list, said[i]);
	}
	return say_end(&list);
}

static const char *say_at_least(const struct sayer *sayer, const struct part *part, size_t depth)
{
	const struct json *of = json_member(part->arguments, "of");
	const char **said = arena_array(sayer->arena, json_count(of) + 1, sizeof(*said));
	size_t count = 0;
	for (const struct json *one = json_first(of); one; one = json_next(one)) {
		const struct part inner = read_part(one, true);
		said[count++] = say_part(sayer, &inner, depth + 1);
	}
	return say_numbered(sayer->arena,
			    arena_printf(sayer->arena, "%s %lld of these hold", part->holds ? "at least" : "fewer than",
					 say_number_of(part->arguments, "count")),
			    said, count, depth);
}

static const char *say_part(const struct sayer *sayer, const struct part *part, size_t depth)
{
	if (!part->arguments) {
		return say_generic(sayer->arena, part->node);
	}
	return is_group(part->name)                  ? say_group(sayer, part, depth)
	       : strcmp(part->name, "at_least") == 0 ? say_at_least(sayer, part, depth)
						     : say_single(sayer, part->name, part->arguments, part->holds);
}

const char *say_joined(const struct sayer *sayer, const struct json *node, bool holds)
{
	struct sayer whole = *sayer;
	const struct part part = read_part(node, holds);
	whole.program = settle(sayer, &part) == SETTLED_NOT ? sayer->program : NULL; /* what is settled is said as it stands */
	return say_part(&whole, &part, 0);
}

/* An item by its id, with its sentence. */
static const char *say_referred(const struct sayer *sayer, const struct json *arguments, const char *verb)
{
	const char *id = json_text(arguments) ? json_text(arguments) : "";
	const struct item *item = item_of(sayer, id);
	if (item && item->text && sayer->plain) {
		const char *text = phrase_earliest(sayer->arena, item->text, NULL);
		const size_t length = strlen(text);
		return arena_printf(sayer->arena, "this %s: \"%.*s\"", verb,
				    (int)(length > 0 && text[length - 1] == '.' ? length - 1 : length), text);
	}
	return item && item->text
		       ? arena_printf(sayer->arena, "%s %s (\"%s\")", id, verb, phrase_earliest(sayer->arena, item->text, NULL))
		       : arena_printf(sayer->arena, "%s %s", id, verb);
}

const char *say_item(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return say_referred(sayer, arguments, holds ? "is met" : "is not met");
}

const char *say_applies(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return say_referred(sayer, arguments, holds ? "applies" : "does not apply");
}
