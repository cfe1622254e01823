/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cover.h"
#include "store/records.h"
#include "store/txn.h"

#include <assert.h>

static bool insert_event(struct store_txn *txn, const struct chain_head *next, const struct event_row *event,
			 const struct chain_cover *cover, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_EVENT_INSERT);

	query_integer(&query, 1, next->sequence);
	query_integer(&query, 2, event->at.us);
	query_text(&query, 3, event->actor);
	query_text(&query, 4, event->actor_role);
	query_text(&query, 5, event->action);
	query_text(&query, 6, event->request_id);
	query_bytes(&query, 7, event->detail_digest.bytes, DIGEST_SIZE);
	query_bytes(&query, 8, txn->head.hash.bytes, DIGEST_SIZE);
	query_bytes(&query, 9, next->hash.bytes, DIGEST_SIZE);
	query_bytes(&query, 10, cover->state.bytes, DIGEST_SIZE);
	if (cover->recorded) {
		query_bytes(&query, 11, cover->record.bytes, DIGEST_SIZE);
	} else {
		query_null(&query, 11);
	}
	query_text(&query, 12, event->policy_digest);
	return query_change(&query, err);
}

static bool insert_detail(struct store_txn *txn, int64_t sequence, const struct event_row *event, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_DETAIL_INSERT);

	query_integer(&query, 1, sequence);
	query_bytes(&query, 2, event->salt, sizeof(event->salt));
	query_long_text(&query, 3, event->snapshot, event->snapshot_length);
	return query_change(&query, err);
}

static bool insert_feed(struct store_txn *txn, int64_t sequence, int64_t request, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_FEED_INSERT);

	query_integer(&query, 1, request);
	query_integer(&query, 2, sequence);
	return query_change(&query, err);
}

bool event_append(struct store_txn *txn, int64_t request, const struct event_row *event, int64_t *ret_event, struct err *err)
{
	struct chain_head next = {.sequence = txn->head.sequence + 1};
	struct chain_cover cover;

	if (!cover_event(txn, request, event, &cover, err)) {
		return false;
	}
	next.hash = chain_hash(next.sequence, event, &cover, &txn->head.hash);
	if (!insert_event(txn, &next, event, &cover, err) || !insert_detail(txn, next.sequence, event, err) ||
	    !insert_feed(txn, next.sequence, request, err)) {
		return false;
	}
	txn->head = next;
	txn->decision = event->decision;
	txn->appeal = event->appeal;
	*ret_event = next.sequence;
	return true;
}

bool snapshot_read(struct store_reader *reader, int64_t event, struct arena *arena, const char **ret_snapshot,
		   size_t *ret_length, int64_t *ret_version, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_SNAPSHOT_READ);
	bool found = false;

	query_integer(&query, 1, event);
	const bool good = query_step(&query, &found, err);
	if (good) {
		*ret_snapshot = found ? column_text(&query, 0, arena) : NULL;
		*ret_length = found ? column_length(&query, 0) : 0;
		*ret_version = found ? column_integer(&query, 1) : 0;
	}
	query_close(&query);
	return good;
}

bool event_by(struct store_reader *reader, const char *request_id, const char *actor, const char *const *actions, size_t count,
	      bool *ret_found, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_EVENT_BY);
	bool found = false;

	assert(count <= EVENT_BY_ACTIONS);
	query_text(&query, 1, request_id);
	query_text(&query, 2, actor);
	for (size_t i = 0; i < EVENT_BY_ACTIONS; i++) {
		query_text(&query, 3 + (int)i, i < count ? actions[i] : NULL);
	}
	const bool good = query_step(&query, &found, err);
	query_close(&query);
	if (good) {
		*ret_found = found;
	}
	return good;
}
