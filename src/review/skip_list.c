/* SPDX-License-Identifier: Apache-2.0 */
#include "review/skip_list.h"

#include "base/ident.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_START = 16 };

struct skip {
	char id[IDENT_ID_SIZE];
	struct instant until;
};

void skip_list_finish(struct skip_list *list)
{
	free(list->items);
	*list = (struct skip_list){.items = NULL};
}

void skip_list_clear(struct skip_list *list)
{
	list->count = 0;
}

/* Where ID stands, or would. */
static size_t place_of(const struct skip_list *list, const char *id)
{
	size_t low = 0;
	size_t high = list->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(list->items[middle].id, id) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static bool stands_at(const struct skip_list *list, size_t place, const char *id)
{
	return place < list->count && strcmp(list->items[place].id, id) == 0;
}

static void make_room(struct skip_list *list)
{
	if (list->count < list->capacity) {
		return;
	}
	list->capacity = list->capacity == 0 ? CAPACITY_START : list->capacity * 2;
	list->items = reallocarray(list->items, list->capacity, sizeof(*list->items));
	if (list->items == NULL) {
		abort();
	}
}

void skip_list_add(struct skip_list *list, const char *id, struct instant until)
{
	size_t length = strlen(id);
	size_t place = place_of(list, id);
	assert(length < IDENT_ID_SIZE);
	if (!stands_at(list, place, id)) {
		make_room(list);
		memmove(&list->items[place + 1], &list->items[place], (list->count - place) * sizeof(*list->items));
		memcpy(list->items[place].id, id, length + 1);
		list->count++;
	}
	list->items[place].until = until;
}

bool skip_list_has(const struct skip_list *list, const char *id, struct instant now)
{
	size_t place = place_of(list, id);
	return stands_at(list, place, id) && instant_compare(now, list->items[place].until) < 0;
}
