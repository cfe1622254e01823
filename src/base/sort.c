/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sort.h"

#include <string.h>

static bool in_order(const unsigned char *elements, size_t count, size_t size, sort_order_fn *order)
{
	for (size_t i = 1; i < count; i++) {
		if (order(elements + (i - 1) * size, elements + i * size) > 0) {
			return false;
		}
	}
	return true;
}

/* Merges halves, by way of SPARE. */
static void merge(unsigned char *elements, size_t count, size_t size, unsigned char *spare, sort_order_fn *order)
{
	const size_t half = count / 2;
	size_t first = 0;
	size_t second = half;
	if (in_order(elements, count, size, order)) {
		return;
	}
	merge(elements, half, size, spare, order);
	merge(elements + half * size, count - half, size, spare, order);
	memcpy(spare, elements, count * size);
	for (size_t i = 0; i < count; i++) {
		const bool from_first =
			first < half && (second == count || order(spare + first * size, spare + second * size) <= 0);
		memcpy(elements + i * size, spare + (from_first ? first++ : second++) * size, size);
	}
}

void sort_in(struct arena *arena, void *elements, size_t count, size_t size, sort_order_fn *order)
{
	if (!in_order(elements, count, size, order)) {
		merge(elements, count, size, arena_array(arena, count, size), order);
	}
}
