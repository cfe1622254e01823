/* SPDX-License-Identifier: Apache-2.0 */
#include "store/records.h"
#include "store/txn.h"

#include <assert.h>

enum { PAGE_MAX = 1000 };

static bool read_event(const struct query *query, struct arena *arena, struct event_view *event, struct err *err)
{
	event->sequence = column_integer(query, 0);
	event->at = column_instant(query, 1);
	event->actor = column_text(query, 2, arena);
	event->actor_role = column_text(query, 3, arena);
	event->action = column_text(query, 4, arena);
	event->request_id = column_text(query, 5, arena);
	event->organization = column_text(query, 6, arena);
	event->payer = column_text(query, 7, arena);
	event->snapshot = column_text(query, 9, arena);
	event->snapshot_length = column_length(query, 9);
	if (event->organization[0] == '\0') {
		event->organization = NULL;
	}
	return column_bytes(query, 8, event->hash.bytes, DIGEST_SIZE) ||
	       err_set(err, ERR_STORE, "event %lld has no hash", (long long)event->sequence);
}

/* Streams that are each in order, merged into one page. */
struct merge {
	struct query queries[PRINCIPAL_PAYERS_MAX];
	bool rows[PRINCIPAL_PAYERS_MAX];
	size_t count;
};

/* The stream whose row comes next, or COUNT at the end. */
static size_t merge_next(const struct merge *merge)
{
	size_t next = merge->count;

	for (size_t i = 0; i < merge->count; i++) {
		if (merge->rows[i] && (next == merge->count ||
				       column_integer(&merge->queries[i], 0) < column_integer(&merge->queries[next], 0))) {
			next = i;
		}
	}
	return next;
}

static bool merge_read(struct merge *merge, size_t limit, struct arena *arena, struct event_page *page, struct err *err)
{
	struct event_view *events = arena_array(arena, limit, sizeof(*events));

	page->events = events;
	page->count = 0;
	page->more = false;
	for (size_t i = 0; i < merge->count; i++) {
		if (!query_step(&merge->queries[i], &merge->rows[i], err)) {
			return false;
		}
	}
	for (size_t next = merge_next(merge); next < merge->count; next = merge_next(merge)) {
		if (page->count == limit) {
			page->more = true;
			return true;
		}
		if (!read_event(&merge->queries[next], arena, &events[page->count], err) ||
		    !query_step(&merge->queries[next], &merge->rows[next], err)) {
			return false;
		}
		page->count++;
	}
	return true;
}

static bool merge_finish(struct merge *merge, size_t limit, struct arena *arena, struct event_page *ret_page, struct err *err)
{
	struct event_page page;
	const bool good = merge_read(merge, limit, arena, &page, err);

	for (size_t i = 0; i < merge->count; i++) {
		query_close(&merge->queries[i]);
	}
	if (good) {
		*ret_page = page;
	}
	return good;
}

static void merge_add(struct merge *merge, struct query query, const char *owner, int64_t after, size_t limit)
{
	query_text(&query, 1, owner);
	query_integer(&query, 2, after);
	query_integer(&query, 3, (int64_t)limit + 1);
	merge->queries[merge->count++] = query;
}

bool timeline_read(struct store_reader *reader, const char *request_id, int64_t after, size_t limit, struct arena *arena,
		   struct event_page *ret_page, struct err *err)
{
	struct merge merge = {.count = 0};

	assert(limit >= 1 && limit <= PAGE_MAX);
	merge_add(&merge, query_open(&reader->db, STATEMENT_TIMELINE), request_id, after, limit);
	return merge_finish(&merge, limit, arena, ret_page, err);
}

bool feed_read(struct store_reader *reader, const struct worklist_query *scope, int64_t after, size_t limit,
	       struct arena *arena, struct event_page *ret_page, struct err *err)
{
	struct merge merge = {.count = 0};

	assert(limit >= 1 && limit <= PAGE_MAX && scope->payer_count <= PRINCIPAL_PAYERS_MAX);
	if (scope->organization != NULL && scope->organization[0] != '\0') {
		merge_add(&merge, query_open(&reader->db, STATEMENT_FEED_ORGANIZATION), scope->organization, after, limit);
	} else if (scope->organization == NULL) {
		for (size_t i = 0; i < scope->payer_count; i++) {
			merge_add(&merge, query_open_copy(&reader->db, STATEMENT_FEED_PAYER, i), scope->payers[i], after,
				  limit);
		}
	}
	return merge_finish(&merge, limit, arena, ret_page, err);
}
