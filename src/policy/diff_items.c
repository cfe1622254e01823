/* SPDX-License-Identifier: Apache-2.0 */
/* The items of two versions, by their ids: added, removed, changed, in another place. */
#include "policy/diff.h"

#include <stdint.h>
#include <string.h>

static const struct diff_item *find(const struct diff_version *version, const char *id, size_t *ret_place)
{
	for (size_t i = 0; i < version->item_count; i++) {
		if (strcmp(version->items[i].id, id) == 0) {
			*ret_place = i;
			return &version->items[i];
		}
	}
	return NULL;
}

static struct diff_subject subject_of(struct changes *changes, const struct diff_item *item)
{
	return (struct diff_subject){changes, "item", item->id, item->id};
}

static void compare_item(struct changes *changes, const struct diff_item *a, const struct diff_item *b)
{
	const struct diff_subject subject = subject_of(changes, a);
	if (strcmp(a->file, b->file) != 0) {
		diff_add(&subject, "moved", "", a->file, b->file,
			 arena_printf(changes->arena, "moved from %s to %s", a->file, b->file));
	}
	diff_nodes(&subject, "", a->json, b->json);
}

/* The places in B of the items of A that are in both, in the order of A. */
static size_t places_of(const struct diff_version *a, const struct diff_version *b, size_t *places,
			const struct diff_item **items)
{
	size_t count = 0;
	for (size_t i = 0; i < a->item_count; i++) {
		size_t place = 0;
		const struct diff_item *there = find(b, a->items[i].id, &place);
		if (there && strcmp(there->file, a->items[i].file) == 0) {
			items[count] = there;
			places[count++] = place;
		}
	}
	return count;
}

/*
 * Those that stand in another order: all that are not on the longest way on which the order is kept. BEST[i] is the length of the longest
 * one that ends with i, BEFORE[i] the one before it there.
 */
static void keep_order(const size_t *places, size_t count, size_t *best, size_t *before, bool *kept)
{
	size_t last = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		best[i] = 1;
		before[i] = SIZE_MAX;
		for (size_t k = 0; k < i; k++) {
			if (places[k] < places[i] && best[k] + 1 > best[i]) {
				best[i] = best[k] + 1;
				before[i] = k;
			}
		}
		last = last == SIZE_MAX || best[i] > best[last] ? i : last;
	}
	for (size_t at = last; at != SIZE_MAX; at = before[at]) {
		kept[at] = true;
	}
}

static void tell_moved(const struct diff_version *a, const struct diff_version *b, struct changes *changes)
{
	struct arena *arena = changes->arena;
	size_t *places = arena_array(arena, a->item_count + 1, sizeof(*places));
	size_t *best = arena_array(arena, a->item_count + 1, sizeof(*best));
	size_t *before = arena_array(arena, a->item_count + 1, sizeof(*before));
	bool *kept = arena_array(arena, a->item_count + 1, sizeof(*kept));
	const struct diff_item **items = arena_array(arena, a->item_count + 1, sizeof(const struct diff_item *));
	const size_t count = places_of(a, b, places, items);
	keep_order(places, count, best, before, kept);
	for (size_t i = 0; i < count; i++) {
		if (kept[i]) {
			continue;
		}
		const struct diff_subject subject = subject_of(changes, items[i]);
		const char *after = places[i] > 0 ? b->items[places[i] - 1].id : NULL;
		diff_add(&subject, "moved", "", NULL, after,
			 after ? arena_printf(arena, "moved behind %s", after) : "moved to the beginning");
	}
}

void diff_items(const struct diff_version *a, const struct diff_version *b, struct changes *changes)
{
	size_t ignored;
	for (size_t i = 0; i < a->item_count; i++) {
		const struct diff_item *there = find(b, a->items[i].id, &ignored);
		if (there) {
			compare_item(changes, &a->items[i], there);
			continue;
		}
		const struct diff_subject subject = subject_of(changes, &a->items[i]);
		const char *text = diff_whole_item(&changes->says[0], changes->says[0].policy->items[i]);
		diff_add(&subject, "removed", "", text, NULL, arena_printf(changes->arena, "removed, was %s", text));
	}
	for (size_t i = 0; i < b->item_count; i++) {
		if (find(a, b->items[i].id, &ignored)) {
			continue;
		}
		const struct diff_subject subject = subject_of(changes, &b->items[i]);
		const char *text = diff_whole_item(&changes->says[1], changes->says[1].policy->items[i]);
		diff_add(&subject, "added", "", NULL, text, arena_printf(changes->arena, "added: %s", text));
	}
	tell_moved(a, b, changes);
}
