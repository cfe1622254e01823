/* SPDX-License-Identifier: Apache-2.0 */
#include "holds.h"

#include "dump.h"

#include <string.h>

enum { SUPPLIED = 3 };

static bool listed(enum item_kind kind)
{
	return kind == KIND_COMPLETENESS || kind == KIND_INFORMATION;
}

/* The place of what was supplied; an element added at the end of its list is at its index. */
struct supplied {
	const char *pointer;
	const char *place;
};

static bool inside(const struct supplied *supplied, const char *pointer)
{
	const size_t length = strlen(supplied->pointer);
	return strncmp(pointer, supplied->pointer, length) == 0 && (pointer[length] == '\0' || pointer[length] == '/');
}

/* Entries about what was supplied itself do not count: it may be incomplete. */
static bool lacks(const struct supplied *supplied, const struct item_state *state)
{
	bool found = false;
	for (size_t i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		const bool missing = entry->problem == PROBLEM_MISSING || entry->problem == PROBLEM_UNANSWERED;
		found = found || (missing && !inside(supplied, entry->pointer));
	}
	return found && (state->answer == ANSWER_NOT_MET || state->answer == ANSWER_UNKNOWN);
}

/*
 * Whether an item holds the place against another by in_order, which is silent while one of the two is not given: what is supplied may
 * contradict what was sent, and that is what the check is for.
 */
static bool compares(const struct json *node, const char *place, bool in_order)
{
	bool found = false;
	for (const struct json *one = json_first(node); one && !found; one = json_next(one)) {
		const bool here = in_order || (json_name(one) && strcmp(json_name(one), "in_order") == 0);
		found = (here && json_text(one) && strcmp(json_text(one), place) == 0) || compares(one, place, here);
	}
	return found;
}

/* What was met and now lacks something. What did not apply before may: its `when` or `after` has come true. */
static const char *newly_missing(const struct program *program, const struct supplied *supplied,
				 const struct item_state *before, const struct item_state *after, struct arena *arena)
{
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const struct item_state *now = &after[item->index];
		if (listed(item->kind) && before[item->index].answer == ANSWER_MET && lacks(supplied, now) &&
		    !compares(item->json, supplied->place, false)) {
			return arena_printf(arena, "%s was met and now%s", item->id,
					    dump_entries(arena, now->entries, now->entry_count));
		}
	}
	return NULL;
}

static const struct entry *some_entry(const struct evaluation *evaluation, struct dice *dice)
{
	const size_t count = evaluation->missing_count + evaluation->requested_count;
	const size_t place = count > 0 ? roll(dice, count) : 0;
	if (count == 0) {
		return NULL;
	}
	return place < evaluation->missing_count ? &evaluation->missing[place]
						 : &evaluation->requested[place - evaluation->missing_count];
}

/*
 * Something of the kind that stands there in another request. Only where nothing is: to put a value in the place of another takes the other
 * away.
 */
static const char *supply(const struct trial *trial, const struct json *body, const struct judged *judged, struct dice *dice,
			  struct arena *arena)
{
	const struct entry *entry = some_entry(&judged->evaluation, dice);
	const struct json *there = entry ? json_at(body, entry->pointer) : NULL;
	size_t count = 0;
	if (!entry || (there && json_kind(there) != JSON_NULL)) {
		return NULL;
	}
	const struct stock_policy *policy = stock_of(trial->stock, trial->origin->program->policy);
	const struct stock_value *values = stock_at(policy, stock_place(arena, entry->pointer), &count);
	const struct json *value = count > 0 ? values[roll(dice, count)].value : NULL;
	const struct json *more = value ? body_set(arena, body, entry->pointer, value) : NULL;
	struct judged after;
	if (!more || !judge(trial, more, arena, &after)) {
		return NULL;
	}
	const size_t length = strlen(entry->pointer);
	const char *list =
		length > 1 && entry->pointer[length - 1] == '-' ? arena_text(arena, entry->pointer, length - 2) : NULL;
	const struct supplied supplied = {list ? arena_printf(arena, "%s/%zu", list, json_count(json_at(body, list)))
					       : entry->pointer,
					  stock_place(arena, entry->pointer)};
	const char *wrong = newly_missing(trial->submission.program, &supplied, judged->states, after.states, arena);
	return wrong ? arena_printf(arena, "after %s was supplied for %s: %s", entry->pointer, entry->item->id, wrong) : NULL;
}

const char *holds_monotone(const struct trial *trial, const struct json *body, struct arena *arena)
{
	struct dice dice = {trial->seed};
	struct judged judged;
	if (!judge(trial, body, arena, &judged)) {
		return NULL;
	}
	const char *wrong = NULL;
	for (size_t i = 0; i < SUPPLIED && !wrong; i++) {
		wrong = supply(trial, body, &judged, &dice, arena);
	}
	return wrong;
}
