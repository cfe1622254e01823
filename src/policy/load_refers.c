/* SPDX-License-Identifier: Apache-2.0 */
/* What items name and what has to be there for them: the items and events that they ask about, and whom notices tell. */
#include "policy/loader.h"

#include "base/text.h"

#include <string.h>

enum { NAMES_MAX = 64 };

/* One item whose names are looked at. */
struct refers {
	struct loader *loader;
	const struct policy *policy;
	const struct item *item;
	bool good;
};

static void complain(struct refers *refers, const struct spot *spot, const char *code, const char *detail)
{
	spot_issue(refers->loader->issues, spot, code, "%s", detail);
	refers->good = false;
}

static bool asks(const struct program *program, const struct item *item)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i] == item) {
			return true;
		}
	}
	return false;
}

/* What is asked of requests can be told of every request; running care and what is attested hold other things. */
static bool alike(const char *review, const char *other)
{
	return review_of_record(review) || review_of_record(other) ? strcmp(review, other) == 0 : true;
}

/* An item may be named from another review of its service, where it is judged as in its own; of another service it says nothing. */
static bool told_in(const struct policy *policy, const struct program *program, const struct item *other)
{
	for (size_t i = 0; i < policy->program_count; i++) {
		const struct program *own = &policy->programs[i];
		if (strcmp(own->service, program->service) == 0 && alike(own->review, program->review) && asks(own, other)) {
			return true;
		}
	}
	return false;
}

/* Whether the kind has an answer of its own, not only a `when`. */
static bool is_judged(const struct item *item)
{
	return item->check || item->kind == KIND_JUDGMENT;
}

static void check_item(struct refers *refers, const char *id, const struct spot *spot, bool by_answer)
{
	const struct item *other = policy_item_find(refers->policy, id);
	if (!other) {
		return; /* refused already */
	}
	if (by_answer && !is_judged(other)) {
		complain(refers, spot, "wrong_kind",
			 arena_printf(refers->loader->arena, "%s is of kind %s, which is never met or not met", id,
				      item_kind_name(other->kind)));
		return;
	}
	for (size_t i = 0; i < refers->policy->program_count; i++) {
		const struct program *program = &refers->policy->programs[i];
		if (asks(program, refers->item) && !told_in(refers->policy, program, other)) {
			complain(refers, spot, "never_judged",
				 arena_printf(refers->loader->arena, "%s is for another service or review than %s/%s", id,
					      program->service, program->review));
			return;
		}
	}
}

static bool recorded_by(const struct item *gate, const char *event)
{
	return gate->kind == KIND_GATE &&
	       (strcmp(gate->event, event) == 0 || (gate->certified_as && strcmp(gate->certified_as, event) == 0));
}

/* In some program of the item a gate records it; where none does it never happens. */
static void check_event(struct refers *refers, const char *event, const struct spot *spot)
{
	bool asked = false;
	for (size_t i = 0; i < refers->policy->program_count; i++) {
		const struct program *program = &refers->policy->programs[i];
		const bool asks_it = asks(program, refers->item);
		asked = asked || asks_it;
		for (size_t k = 0; k < program->item_count && asks_it; k++) {
			if (recorded_by(program->items[k], event)) {
				return;
			}
		}
	}
	if (asked) {
		complain(
			refers, spot, "unknown_event",
			arena_printf(refers->loader->arena, "no gate that such requests have records the event \"%s\"", event));
	}
}

/* Members of elements and columns of tables have names of their own, which may be the same words. */
static bool of_elements(const char *name)
{
	static const char *const names[] = {"where", "have", "match", "expect"};
	for (size_t i = 0; name && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* {"item": "id"}, {"applies": "id"}, {"event": {"name": ...}}, and events that other checks count from. */
static void walk(struct refers *refers, const struct json *node, const struct spot *spot)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
		const char *name = json_name(one);
		const struct spot here = name ? spot_member(spot, name) : spot_element(spot, index);
		const char *text = json_text(one);
		const bool lone = name && text && json_count(node) == 1;
		if (lone && (strcmp(name, "item") == 0 || strcmp(name, "applies") == 0)) {
			check_item(refers, text, &here, strcmp(name, "item") == 0);
		} else if (name && strcmp(name, "event") == 0 && text) {
			check_event(refers, text, &here);
		} else if (name && strcmp(name, "event") == 0 && json_text(json_member(one, "name"))) {
			const struct spot at_name = spot_member(&here, "name");
			check_event(refers, json_text(json_member(one, "name")), &at_name);
		}
		if (!of_elements(name)) {
			walk(refers, one, &here);
		}
	}
}

/* The closed list of the body with which a notice is recorded. */
static const struct json *told_words(const struct loader *loader)
{
	const struct vocabulary_context *context = &loader->vocabulary;
	return json_at(context->file(context->file_context, "notice.json"), "/properties/to/enum");
}

/* Nobody could ever record that somebody else was told. */
static void check_told(struct refers *refers, const struct spot *spot)
{
	const struct item_words *to = &refers->item->to;
	const struct spot here = spot_member(spot, "to");
	const char *names[NAMES_MAX];
	size_t count = 0;
	for (const struct json *one = json_first(told_words(refers->loader)); one && count < NAMES_MAX; one = json_next(one)) {
		names[count++] = json_text(one);
	}
	for (size_t i = 0; i < to->count && count > 0; i++) {
		const struct item_words known = {names, count};
		if (item_words_have(&known, to->list[i])) {
			continue;
		}
		const char *near = text_nearest(to->list[i], names, count);
		complain(refers, &here, "unknown_word",
			 near ? arena_printf(refers->loader->arena, "nobody can be told as \"%s\"; did you mean \"%s\"?",
					     to->list[i], near)
			      : arena_printf(refers->loader->arena, "nobody can be told as \"%s\"", to->list[i]));
	}
}

static void check_one(struct refers *refers, const struct spot *spot)
{
	const struct json *json = refers->item->json;
	const char *after = json_text(json_member(json, "after"));
	const struct spot at_after = spot_member(spot, "after");
	if (after) {
		check_item(refers, after, &at_after, true);
	}
	walk(refers, json, spot);
	check_told(refers, spot);
}

/* The items of one list of a file, the next of the version's. */
static bool check_list(struct loader *loader, const struct policy *policy, const struct json *list, const char *file,
		       size_t *next)
{
	const struct spot spot = spot_file(file);
	const struct spot at_items = spot_member(&spot, "items");
	bool good = true;
	size_t index = 0;
	for (const struct json *one = json_first(list); one && *next < policy->item_count; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_items, index);
		struct refers refers = {loader, policy, policy->items[(*next)++], true};
		check_one(&refers, &here);
		good = refers.good && good;
	}
	return good;
}

bool load_refers(struct loader *loader, const struct version_files *files, const struct policy *policy)
{
	size_t next = 0;
	bool good = true;
	for (const struct json *name = json_first(json_member(policy->manifest, "items")); name; name = json_next(name)) {
		const struct json *json = NULL;
		for (size_t i = 0; i < files->names.count; i++) {
			json = strcmp(files->names.names[i], json_text(name)) == 0 ? files->files[i] : json;
		}
		good = check_list(loader, policy, json_member(json, "items"), version_file_name(loader, files, json_text(name)),
				  &next) &&
		       good;
	}
	return good;
}
