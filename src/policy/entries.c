/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/entries.h"

#include "base/sort.h"
#include "base/text.h"
#include "policy/evaluator.h"
#include "policy/occurrence_words.h"

#include <stdint.h>
#include <string.h>

/* ---- an order in which entries that say the same lie together ---- */

static int order_texts(const char *a, const char *b)
{
	if (a == b) {
		return 0;
	}
	return !a ? -1 : !b ? 1 : strcmp(a, b);
}

static int order_numbers(uintptr_t a, uintptr_t b)
{
	return (a > b) - (a < b);
}

static int order_unworded(const struct unworded *a, const struct unworded *b)
{
	if (!a || !b) {
		return (a != NULL) - (b != NULL);
	}
	int order = order_numbers((uintptr_t)a->occurrence, (uintptr_t)b->occurrence);
	order = order != 0 ? order : order_numbers((uintptr_t)a->open, (uintptr_t)b->open);
	order = order != 0 ? order : order_numbers(a->problem, b->problem);
	return order != 0 ? order : (a->most > b->most) - (a->most < b->most);
}

static int order_entries(const struct entry *a, const struct entry *b)
{
	int order = order_unworded(a->unworded, b->unworded);
	order = order != 0 ? order : (a->problem > b->problem) - (a->problem < b->problem);
	order = order != 0 ? order : strcmp(a->pointer, b->pointer);
	order = order != 0 ? order : order_texts(a->say, b->say);
	return order != 0 ? order : order_texts(a->needed, b->needed);
}

static int by_entry(const void *a, const void *b)
{
	return order_entries(*(const struct entry *const *)a, *(const struct entry *const *)b);
}

/* How many different ones there are; comparing each with each costs too much where there are thousands. */
static size_t count_different(struct arena *arena, const struct entry *entries, size_t count)
{
	const struct entry **sorted = arena_array(arena, count, sizeof(const struct entry *));
	for (size_t i = 0; i < count; i++) {
		sorted[i] = &entries[i];
	}
	sort_in(arena, sorted, count, sizeof(const struct entry *), by_entry);
	size_t different = 1;
	for (size_t i = 1; i < count; i++) {
		different += order_entries(sorted[i - 1], sorted[i]) != 0;
	}
	return different;
}

/* ---- the list ---- */

/* Several parts of an item may hang on one thing that is not there: it is asked for once. */
static void keep_first(struct item_state *state)
{
	size_t kept = 0;
	for (size_t i = 0; i < state->entry_count && kept < ENTRIES_MAX; i++) {
		bool repeated = false;
		for (size_t k = 0; k < kept && !repeated; k++) {
			repeated = order_entries(&state->entries[i], &state->entries[k]) == 0;
		}
		if (!repeated) {
			state->entries[kept++] = state->entries[i];
		}
	}
	state->entry_count = kept;
}

const struct entry *entries_reason(const struct item_state *state)
{
	for (size_t i = 0; state->answer == ANSWER_NOT_MET && i < state->entry_count; i++) {
		if (state->entries[i].problem != PROBLEM_UNANSWERED) {
			return &state->entries[i];
		}
	}
	return state->entry_count > 0 ? &state->entries[0] : NULL;
}

/* The reason is listed, however far down it was found. */
static void keep_reason(struct item_state *state, const struct entry *reason)
{
	const struct entry *listed = entries_reason(state);
	if (listed && (listed->problem == PROBLEM_UNANSWERED) != (reason->problem == PROBLEM_UNANSWERED)) {
		state->entries[state->entry_count - 1] = *reason;
	}
}

size_t entries_shorten(const struct evaluator *evaluator, struct item_state *state)
{
	const struct entry *found = entries_reason(state);
	if (!found) {
		return 0;
	}
	const struct entry reason = *found;
	const bool many = state->entry_count > ENTRIES_MAX;
	const size_t different = many ? count_different(evaluator->arena, state->entries, state->entry_count) : 0;
	keep_first(state);
	keep_reason(state, &reason);
	for (size_t i = 0; i < state->entry_count; i++) {
		entry_word(evaluator, &state->entries[i]);
	}
	return different > state->entry_count ? different - state->entry_count : 0;
}

/* Another part of the item may have found the same. */
static bool new_unwanted(const struct evaluator *evaluator, const struct entry *entry, bool *seen)
{
	const struct unworded *unworded = entry->unworded;
	if (!unworded || !unworded->unwanted || seen[unworded->occurrence - evaluator->occurrences]) {
		return false;
	}
	seen[unworded->occurrence - evaluator->occurrences] = true;
	return true;
}

const char *entries_unwanted(const struct evaluator *evaluator, const struct item_state *state)
{
	enum { NAMED_MAX = 3 };
	const char *names[NAMED_MAX];
	const struct entry *reason = entries_reason(state);
	size_t count = 0;
	if (state->answer != ANSWER_NOT_MET || !reason || !reason->unworded || !reason->unworded->unwanted) {
		return NULL;
	}
	bool *seen = arena_array(evaluator->arena, evaluator->occurrence_count, sizeof(*seen));
	for (size_t i = 0; i < state->entry_count; i++) {
		if (!new_unwanted(evaluator, &state->entries[i], seen)) {
			continue;
		}
		if (count < NAMED_MAX) {
			names[count] = occurrence_name(evaluator, state->entries[i].unworded->occurrence);
		}
		count++;
	}
	struct text text;
	text_init(&text, evaluator->arena, 128);
	for (size_t i = 0; i < count && i < NAMED_MAX; i++) {
		text_printf(&text, "%s%s", i == 0 ? "" : i + 1 == count ? " and " : ", ", names[i]);
	}
	if (count > NAMED_MAX) {
		text_printf(&text, " and %zu more", count - NAMED_MAX);
	}
	return text.data;
}

const char *entries_more(struct arena *arena, const char *say, size_t more)
{
	return more > 0 ? arena_printf(arena, "%s And %zu more like it.", say, more) : say;
}
