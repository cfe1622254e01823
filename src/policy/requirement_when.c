/* SPDX-License-Identifier: Apache-2.0 */
/* On what an item of a checklist hangs: its own condition, that of what it comes after, and that this is met. */
#include "policy/requirement.h"

#include "base/json_write.h"
#include "policy/phrase.h"
#include "policy/say.h"

#include <assert.h>
#include <string.h>

enum { CONDITION_ROOM = 1024 };

/* Checks of which every one has to hold, none of them twice. */
struct conditions {
	struct arena *arena;
	const struct json *of; /* {"all": [...]} */
};

static const char *written(struct arena *arena, const struct json *node)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, CONDITION_ROOM);
	json_writer_init(&writer, &out);
	json_put_tree(&writer, node);
	return out.data;
}

static const struct json *read_back(struct arena *arena, const char *text)
{
	struct err err = {0};
	const struct json *node = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	assert(node != NULL); /* what this program wrote itself */
	return node;
}

static struct conditions no_conditions(struct arena *arena)
{
	return (struct conditions){arena, read_back(arena, "{\"all\":[]}")};
}

static bool has(const struct conditions *conditions, const struct json *node)
{
	const char *text = written(conditions->arena, node);
	for (const struct json *one = json_first(json_member(conditions->of, "all")); one; one = json_next(one)) {
		if (strcmp(written(conditions->arena, one), text) == 0) {
			return true;
		}
	}
	return false;
}

/* What NODE asks beyond KNOWN; what it joins with "all" counts one by one. NULL asks nothing. */
static void add(struct conditions *conditions, const struct json *node, const struct conditions *known)
{
	const struct json *all = json_member(node, "all");
	for (const struct json *one = json_first(all); one; one = json_next(one)) {
		add(conditions, one, known);
	}
	if (!node || all || has(conditions, node) || (known && has(known, node))) {
		return;
	}
	struct err err = {0};
	conditions->of = json_edit(conditions->arena, conditions->of, "/all/-", node, &err);
	assert(conditions->of != NULL);
}

/* The conditions of what ITEM comes after, the first of all first; with MET also that each of these is met. */
static void add_before(struct conditions *conditions, const struct item *item, bool met, const struct conditions *known)
{
	const struct item *before = item->after;
	if (!before) {
		return;
	}
	add_before(conditions, before, met, known);
	add(conditions, json_member(before->json, "when"), known);
	if (met) {
		add(conditions, read_back(conditions->arena, arena_printf(conditions->arena, "{\"item\":\"%s\"}", before->id)),
		    known);
	}
}

/* What holds of every request of the checklist is no condition there. */
static const char *say_asked(const struct sayer *sayer, const struct json *node)
{
	return node && say_settled(sayer, node) != SETTLED_HOLDS ? say_check(sayer, node) : NULL;
}

static const char *say(const struct sayer *sayer, const struct conditions *conditions)
{
	return say_asked(sayer, json_count(json_member(conditions->of, "all")) > 0 ? conditions->of : NULL);
}

static bool listed(const struct program *program, const struct item *item)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i] == item) {
			return true;
		}
	}
	return false;
}

/* The sentences that have to be met first: those of what does not stand on the list up to the first that does. */
static const char *met_before(const struct program *program, const struct item *item, struct arena *arena)
{
	const char *said = NULL;
	for (const struct item *before = item->after; before; before = before->after) {
		const char *text = phrase_earliest(arena, before->text, NULL);
		said = said ? arena_printf(arena, "%s And this: %s", said, text) : text;
		if (listed(program, before)) {
			break;
		}
	}
	return said;
}

void requirement_hangs(const struct program *program, const struct sayer *sayer, struct requirement *requirement)
{
	const struct item *item = requirement->item;
	const struct json *when = json_member(item->json, "when");
	struct conditions own = no_conditions(sayer->arena);
	struct conditions before = own;
	struct conditions conditions = own;
	struct conditions all = own;
	add(&own, when, NULL);
	add_before(&before, item, false, &own);
	add_before(&conditions, item, false, NULL);
	add(&conditions, when, NULL);
	add_before(&all, item, true, NULL);
	add(&all, when, NULL);
	requirement->own = say_asked(sayer, when);
	requirement->before = say(sayer, &before);
	requirement->where = item->after ? say(sayer, &conditions) : requirement->own;
	requirement->applies = item->after ? say(sayer, &all) : requirement->own;
	requirement->once = met_before(program, item, sayer->arena);
}
