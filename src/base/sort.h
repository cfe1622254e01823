/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting in an arena: qsort allocates on the heap where there is much to sort. */
#ifndef AR_BASE_SORT_H
#define AR_BASE_SORT_H

#include "base/arena.h"

/* As strcmp: below, at or above zero. */
typedef int sort_order_fn(const void *a, const void *b);

/* Puts COUNT elements of SIZE bytes in order; equal ones stay in the order in which they stood. What is in order already costs one look. */
void sort_in(struct arena *arena, void *elements, size_t count, size_t size, sort_order_fn *order);

#endif
