/* SPDX-License-Identifier: Apache-2.0 */
/* Several runs of statements, each in the order of a page, read side by side as one page. */
#ifndef AR_STORE_MERGE_H
#define AR_STORE_MERGE_H

#include "store/db.h"

struct merge {
	/* Whether the row of A stands before the row of B. */
	bool (*before)(const struct query *a, const struct query *b);
	/* Takes a row into place NUMBER of CONTEXT. */
	bool (*take)(void *context, size_t number, const struct query *query, struct arena *arena, struct err *err);
	void *context;
	size_t count;
	struct query queries[STATEMENT_COPIES];
	bool rows[STATEMENT_COPIES];
};

/* QUERY is bound; it is closed by merge_read. */
void merge_add(struct merge *merge, struct query query);

/* Takes at most LIMIT rows and closes every query; *ret_more tells whether there were more. */
bool merge_read(struct merge *merge, size_t limit, struct arena *arena, size_t *ret_count, bool *ret_more,
		struct err *err) AR_MUST_CHECK;

#endif
