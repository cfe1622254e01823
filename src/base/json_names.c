/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Up to so many names, comparing each with each is quicker than sorting. */
enum { FEW = 8, FIRST_CAPACITY = 64 };

void json_names_push(struct json_names *names, struct json_name name)
{
	if (names->count == names->capacity) {
		names->capacity = names->capacity == 0 ? FIRST_CAPACITY : names->capacity * 2;
		struct json_name *items = arena_array(names->arena, names->capacity, sizeof(*items));
		if (names->count > 0) {
			memcpy(items, names->items, names->count * sizeof(*items));
		}
		names->items = items;
	}
	names->items[names->count++] = name;
}

static int compare_bytes(const struct json_name *a, const struct json_name *b)
{
	if (a->length != b->length) {
		return a->length < b->length ? -1 : 1;
	}
	return memcmp(a->bytes, b->bytes, a->length);
}

static int compare_names(const void *left, const void *right)
{
	const struct json_name *a = left;
	const struct json_name *b = right;
	const int bytes = compare_bytes(a, b);
	return bytes != 0 ? bytes : (a->where > b->where) - (a->where < b->where);
}

static const char *duplicate_of_few(const struct json_name *items, size_t count)
{
	for (size_t later = 1; later < count; later++) {
		for (size_t earlier = 0; earlier < later; earlier++) {
			if (compare_bytes(&items[earlier], &items[later]) == 0) {
				return items[later].where;
			}
		}
	}
	return NULL;
}

/* Sorting, unlike hashing, stays quick whatever names a sender thinks up. */
static const char *duplicate_of_many(struct json_name *items, size_t count)
{
	const char *first = NULL;
	qsort(items, count, sizeof(*items), compare_names);
	for (size_t i = 1; i < count; i++) {
		const bool repeats = compare_bytes(&items[i - 1], &items[i]) == 0;
		if (repeats && (first == NULL || items[i].where < first)) {
			first = items[i].where;
		}
	}
	return first;
}

const char *json_names_pop(struct json_names *names, size_t start)
{
	struct json_name *items = names->items + start;
	const size_t count = names->count - start;
	names->count = start;
	if (count < 2) {
		return NULL;
	}
	return count <= FEW ? duplicate_of_few(items, count) : duplicate_of_many(items, count);
}
