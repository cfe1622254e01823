/* SPDX-License-Identifier: Apache-2.0 */
#include "base/names.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

/* The bucket in which NAME stands, or the free one where it would. The table is never full, so the walk ends. */
static size_t bucket_of(const struct names *names, const char *name)
{
	size_t bucket = (size_t)text_hash(name) & names->mask;

	while (names->buckets[bucket] != 0 && strcmp(names->items[names->buckets[bucket] - 1], name) != 0) {
		bucket = (bucket + 1) & names->mask;
	}
	return bucket;
}

size_t names_build(struct arena *arena, const char *const *items, size_t count, struct names *ret_names)
{
	size_t size = 4;
	size_t twice = count;

	assert(count <= NAMES_MAX);
	while (size < count * 2) {
		size *= 2;
	}
	*ret_names = (struct names){
		.items = items,
		.count = count,
		.buckets = arena_array(arena, size, sizeof(uint16_t)),
		.mask = size - 1,
	};
	for (size_t i = 0; i < count; i++) {
		const size_t bucket = bucket_of(ret_names, items[i]);

		if (ret_names->buckets[bucket] == 0) {
			ret_names->buckets[bucket] = (uint16_t)(i + 1);
		} else if (twice == count) {
			twice = i;
		}
	}
	return twice;
}

bool names_find(const struct names *names, const char *name, size_t *ret_place)
{
	const uint16_t place = names->buckets[bucket_of(names, name)];

	if (place == 0) {
		return false;
	}
	*ret_place = (size_t)place - 1;
	return true;
}
