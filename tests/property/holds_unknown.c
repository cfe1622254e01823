/* SPDX-License-Identifier: Apache-2.0 */
#include "holds.h"

#include "dump.h"

#include <string.h>

enum { FORGOTTEN = 3, DEPTH_MAX = 12 };

/* Whether an item asks for a fact, and whether a check of it takes silence for an answer. */
struct asking {
	bool asks;
	bool settles; /* silence settles it */
};

struct search {
	const struct policy *policy;
	const char *fact; /* "/facts/risk" */
	struct asking found;
	int depth;
};

/* Checks that answer also where nothing is said, each as docs/policy-format.md has it. */
static bool settles(const struct json *check)
{
	static const char *const names[] = {"present", "in_order"};
	bool found = json_member(check, "absent") != NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		found = found || (json_name(check) && strcmp(json_name(check), names[i]) == 0);
	}
	return found;
}

static void search_item(struct search *search, const char *id);

static bool names(const struct search *search, const char *text)
{
	const size_t length = strlen(search->fact);
	return strncmp(text, search->fact, length) == 0 && (text[length] == '\0' || text[length] == '/');
}

static void search_node(struct search *search, const struct json *node, bool settled)
{
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const char *text = json_text(one);
		const char *name = json_name(one);
		if (text && names(search, text)) {
			search->found.asks = true;
			search->found.settles = search->found.settles || settled;
		} else if (text && name &&
			   (strcmp(name, "item") == 0 || strcmp(name, "applies") == 0 || strcmp(name, "after") == 0)) {
			search_item(search, text);
		} else {
			search_node(search, one, settled || settles(one));
		}
	}
}

static void search_item(struct search *search, const char *id)
{
	if (search->depth == DEPTH_MAX) {
		return;
	}
	search->depth++;
	for (size_t i = 0; i < search->policy->item_count; i++) {
		if (strcmp(search->policy->items[i]->id, id) == 0) {
			search_node(search, search->policy->items[i]->json, false);
		}
	}
	search->depth--;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool alike(const struct item_state *a, const struct item_state *b)
{
	bool same = a->answer == b->answer && a->entry_count == b->entry_count;
	for (size_t i = 0; same && i < a->entry_count; i++) {
		same = a->entries[i].problem == b->entries[i].problem &&
		       same_text(a->entries[i].pointer, b->entries[i].pointer) &&
		       same_text(a->entries[i].say, b->entries[i].say);
	}
	return same;
}

static const char *turned(const struct search *search, const struct item *item, const struct item_state *before,
			  const struct item_state *after, struct arena *arena)
{
	struct search own = *search;
	if (alike(before, after)) {
		return NULL;
	}
	search_item(&own, item->id);
	const char *was = dump_entries(arena, before->entries, before->entry_count);
	const char *is = dump_entries(arena, after->entries, after->entry_count);
	if (!own.found.asks) {
		return arena_printf(arena, "%s does not ask for %s and was %s%s, is %s%s", item->id, search->fact,
				    answer_name(before->answer), was, answer_name(after->answer), is);
	}
	const bool contrary = (before->answer == ANSWER_MET && after->answer == ANSWER_NOT_MET) ||
			      (before->answer == ANSWER_NOT_MET && after->answer == ANSWER_MET);
	return contrary && !own.found.settles
		       ? arena_printf(arena, "without %s %s was %s and is %s: %s", search->fact, item->id,
				      answer_name(before->answer), answer_name(after->answer), is)
		       : NULL;
}

/* Facts only: of other places the mechanisms themselves ask (days, ages, papers), and of occurrences obligations do. */
static const char *some_fact(const struct json *body, struct dice *dice, struct arena *arena)
{
	const struct json *facts = json_at(body, "/facts");
	const size_t count = facts ? json_count(facts) : 0;
	const struct json *one = count > 0 ? json_first(facts) : NULL;
	for (size_t skip = count > 0 ? roll(dice, count) : 0; skip > 0; skip--) {
		one = json_next(one);
	}
	return one && json_name(one) && strcmp(json_name(one), "occurrences") != 0
		       ? arena_printf(arena, "/facts/%s", json_name(one))
		       : NULL;
}

static const char *forget(const struct trial *trial, const struct json *body, const struct judged *judged, struct dice *dice,
			  struct arena *arena)
{
	const struct program *program = trial->submission.program;
	const char *fact = some_fact(body, dice, arena);
	const struct json *less = fact ? body_set(arena, body, fact, NULL) : NULL;
	struct judged after;
	if (!less || !judge(trial, less, arena, &after)) {
		return NULL;
	}
	const struct search search = {.policy = program->policy, .fact = fact};
	const char *wrong = NULL;
	for (size_t i = 0; i < program->item_count && !wrong; i++) {
		const size_t index = program->items[i]->index;
		wrong = turned(&search, program->items[i], &judged->states[index], &after.states[index], arena);
	}
	return wrong;
}

const char *holds_unknown(const struct trial *trial, const struct json *body, struct arena *arena)
{
	struct dice dice = {trial->seed};
	struct judged judged;
	if (!judge(trial, body, arena, &judged)) {
		return NULL;
	}
	const char *wrong = NULL;
	for (size_t i = 0; i < FORGOTTEN && !wrong; i++) {
		wrong = forget(trial, body, &judged, &dice, arena);
	}
	return wrong;
}
