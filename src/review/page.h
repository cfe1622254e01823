/* SPDX-License-Identifier: Apache-2.0 */
/* A page of a list: what stands around its rows, and where the next one is found. */
#ifndef AR_REVIEW_PAGE_H
#define AR_REVIEW_PAGE_H

#include "base/json_write.h"
#include "base/text.h"
#include "review/outcome.h"
#include "wire/worklist.h"

struct page {
	struct text text;
	struct json_writer writer; /* the rows are written with it, between page_open and page_close */
	unsigned labels; /* of sensitivity, of all rows */
};

/* Begins the body with the member ROWS; SIZE: about how long it becomes. */
void page_open(struct page *page, const char *rows, size_t size, struct arena *arena);

/*
 * The page ends at LAST and another follows: its cursor, in ARENA, which SCOPE (of filter_scope) binds to this list; the outcome's `next` is
 * set. PATH is NULL where the same body with the cursor finds it (search terms stay out of addresses).
 */
const char *page_next(const struct worklist_cursor *last, const char *path, const char *scope, struct arena *arena,
		      struct outcome *outcome);

/* Ends the rows and the body, which becomes the outcome's. CURSOR is NULL on the last page. */
void page_close(struct page *page, const char *cursor, struct outcome *outcome);

#endif
