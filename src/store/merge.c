/* SPDX-License-Identifier: Apache-2.0 */
#include "store/merge.h"

#include <assert.h>

void merge_add(struct merge *merge, struct query query)
{
	assert(merge->count < STATEMENT_COPIES);
	merge->queries[merge->count++] = query;
}

/* The query whose row comes next, or COUNT at the end. */
static size_t next_of(const struct merge *merge)
{
	size_t next = merge->count;

	for (size_t i = 0; i < merge->count; i++) {
		if (merge->rows[i] && (next == merge->count || merge->before(&merge->queries[i], &merge->queries[next]))) {
			next = i;
		}
	}
	return next;
}

static bool take_rows(struct merge *merge, size_t limit, struct arena *arena, size_t *count, bool *more, struct err *err)
{
	/* All are started before any goes on: they then share one snapshot of the database. */
	for (size_t i = 0; i < merge->count; i++) {
		if (!query_step(&merge->queries[i], &merge->rows[i], err)) {
			return false;
		}
	}
	for (size_t next = next_of(merge); next < merge->count; next = next_of(merge)) {
		if (*count == limit) {
			*more = true;
			return true;
		}
		if (!merge->take(merge->context, *count, &merge->queries[next], arena, err) ||
		    !query_step(&merge->queries[next], &merge->rows[next], err)) {
			return false;
		}
		(*count)++;
	}
	return true;
}

bool merge_read(struct merge *merge, size_t limit, struct arena *arena, size_t *ret_count, bool *ret_more, struct err *err)
{
	size_t count = 0;
	bool more = false;
	const bool good = take_rows(merge, limit, arena, &count, &more, err);

	for (size_t i = 0; i < merge->count; i++) {
		query_close(&merge->queries[i]);
	}
	if (good) {
		*ret_count = count;
		*ret_more = more;
	}
	return good;
}
