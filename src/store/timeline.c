/* SPDX-License-Identifier: Apache-2.0 */
#include "store/merge.h"
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
	event->sensitivity = (unsigned)column_integer(query, 9);
	event->service = column_text(query, 10, arena);
	event->provider_npi = column_text(query, 11, arena);
	event->policy_id = column_text(query, 12, arena);
	event->policy_version = column_text(query, 13, arena);
	event->policy_digest = column_text(query, 14, arena);
	event->snapshot = column_text(query, 15, arena);
	event->snapshot_length = column_length(query, 15);
	if (event->organization[0] == '\0') {
		event->organization = NULL;
	}
	return column_bytes(query, 8, event->hash.bytes, DIGEST_SIZE) ||
	       err_set(err, ERR_STORE, "event %lld has no hash", (long long)event->sequence);
}

static bool before(const struct query *a, const struct query *b)
{
	return column_integer(a, 0) < column_integer(b, 0);
}

static bool take(void *context, size_t number, const struct query *query, struct arena *arena, struct err *err)
{
	struct event_view *events = context;

	return read_event(query, arena, &events[number], err);
}

static bool read_page(struct merge *merge, size_t limit, struct arena *arena, struct event_page *ret_page, struct err *err)
{
	struct event_view *events = arena_array(arena, limit, sizeof(*events));
	struct event_page page = {.events = events};

	merge->before = before;
	merge->take = take;
	merge->context = events;
	if (!merge_read(merge, limit, arena, &page.count, &page.more, err)) {
		return false;
	}
	*ret_page = page;
	return true;
}

static struct query bound(struct query query, const char *owner, int64_t after, size_t limit)
{
	query_text(&query, 1, owner);
	query_integer(&query, 2, after);
	query_integer(&query, 3, (int64_t)limit + 1);
	return query;
}

static struct query bound_feed(struct query query, const char *owner, int64_t after, size_t limit, unsigned hidden)
{
	query_integer(&query, 4, hidden);
	return bound(query, owner, after, limit);
}

bool timeline_read(struct store_reader *reader, const char *request_id, int64_t after, size_t limit, struct arena *arena,
		   struct event_page *ret_page, struct err *err)
{
	struct merge merge = {.count = 0};

	assert(limit >= 1 && limit <= PAGE_MAX);
	merge_add(&merge, bound(query_open(&reader->db, STATEMENT_TIMELINE), request_id, after, limit));
	return read_page(&merge, limit, arena, ret_page, err);
}

bool feed_read(struct store_reader *reader, const struct worklist_query *scope, int64_t after, size_t limit,
	       struct arena *arena, struct event_page *ret_page, struct err *err)
{
	struct merge merge = {.count = 0};

	assert(limit >= 1 && limit <= PAGE_MAX && scope->payer_count <= PRINCIPAL_PAYERS_MAX);
	if (scope->organization != NULL && scope->organization[0] != '\0') {
		const struct query query = query_open(&reader->db, STATEMENT_FEED_ORGANIZATION);
		merge_add(&merge, bound_feed(query, scope->organization, after, limit, scope->hidden));
	} else if (scope->organization == NULL) {
		for (size_t i = 0; i < scope->payer_count; i++) {
			const struct query query = query_open_copy(&reader->db, STATEMENT_FEED_PAYER, i);
			merge_add(&merge, bound_feed(query, scope->payers[i], after, limit, scope->hidden));
		}
	}
	return read_page(&merge, limit, arena, ret_page, err);
}
