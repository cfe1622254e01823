/* SPDX-License-Identifier: Apache-2.0 */
#include "store/records.h"
#include "store/txn.h"

enum walk_column {
	WALK_SEQUENCE,
	WALK_AT,
	WALK_ACTOR,
	WALK_ACTOR_ROLE,
	WALK_ACTION,
	WALK_REQUEST_ID,
	WALK_DETAIL_DIGEST,
	WALK_PREVIOUS,
	WALK_HASH,
	WALK_SALT,
	WALK_SNAPSHOT
};

struct walk {
	struct chain_head head; /* the last good event */
	bool anchored; /* HEAD is known; a walk that starts in the middle trusts its first PREVIOUS */
	int64_t good;
};

static bool broken(int64_t sequence, const char *why, struct err *err)
{
	return err_set(err, ERR_STORE, "the chain of events is broken at event %lld: %s", (long long)sequence, why);
}

static bool detail_fits(const struct query *query, const struct event_row *event)
{
	unsigned char salt[16];

	if (column_null(query, WALK_SNAPSHOT)) {
		return true; /* purged */
	}
	if (!column_bytes(query, WALK_SALT, salt, sizeof(salt))) {
		return false;
	}
	const char *snapshot = column_borrowed(query, WALK_SNAPSHOT);
	const struct digest digest = event_detail_digest(salt, snapshot, column_length(query, WALK_SNAPSHOT));
	return digest_equal(&digest, &event->detail_digest);
}

static bool walk_event(struct walk *walk, const struct query *query, struct err *err)
{
	const int64_t sequence = column_integer(query, WALK_SEQUENCE);
	struct digest previous;
	struct digest hash;
	struct event_row event = {
		.at = column_instant(query, WALK_AT),
		.actor = column_borrowed(query, WALK_ACTOR),
		.actor_role = column_borrowed(query, WALK_ACTOR_ROLE),
		.action = column_borrowed(query, WALK_ACTION),
		.request_id = column_borrowed(query, WALK_REQUEST_ID),
	};

	if (!column_bytes(query, WALK_DETAIL_DIGEST, event.detail_digest.bytes, DIGEST_SIZE) ||
	    !column_bytes(query, WALK_PREVIOUS, previous.bytes, DIGEST_SIZE) ||
	    !column_bytes(query, WALK_HASH, hash.bytes, DIGEST_SIZE) || event.actor == NULL || event.actor_role == NULL ||
	    event.action == NULL || event.request_id == NULL) {
		return broken(sequence, "a part of it is missing", err);
	}
	if (walk->anchored && sequence != walk->head.sequence + 1) {
		return broken(walk->head.sequence + 1, "it is missing", err);
	}
	if (walk->anchored && !digest_equal(&previous, &walk->head.hash)) {
		return broken(sequence, "it does not follow the one before it", err);
	}
	const struct digest computed = chain_hash(sequence, &event, &previous);
	if (!digest_equal(&computed, &hash)) {
		return broken(sequence, "it was changed", err);
	}
	if (!detail_fits(query, &event)) {
		return broken(sequence, "its snapshot was changed", err);
	}
	walk->head = (struct chain_head){sequence, hash};
	walk->anchored = true;
	walk->good++;
	return true;
}

static bool walk_from(struct store_reader *reader, int64_t first, struct walk *walk, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_EVENT_WALK);
	bool row = false;

	query_integer(&query, 1, first);
	bool good = query_step(&query, &row, err);
	while (good && row) {
		good = walk_event(walk, &query, err) && query_step(&query, &row, err);
	}
	query_close(&query);
	return good;
}

/* A request whose newest event is not there: the end of the chain was cut off. */
static bool check_requests(struct store_reader *reader, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_REQUEST_ASTRAY);
	bool row = false;
	bool good = query_step(&query, &row, err);

	if (good && row) {
		good = broken(column_integer(&query, 0), "a request names it, but it is missing or another request's", err);
	}
	query_close(&query);
	return good;
}

bool events_verify(struct store_reader *reader, int64_t *ret_count, struct err *err)
{
	struct walk walk = {.anchored = true};
	const bool good = walk_from(reader, INT64_MIN, &walk, err) && check_requests(reader, err);

	*ret_count = walk.good;
	return good;
}

static bool read_last(struct store_reader *reader, struct chain_head *ret_head, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_EVENT_LAST);
	struct chain_head head = {.sequence = 0};
	bool row = false;
	bool good = query_step(&query, &row, err);

	if (good && row) {
		head.sequence = column_integer(&query, 0);
		good = column_bytes(&query, 1, head.hash.bytes, DIGEST_SIZE) || broken(head.sequence, "it has no hash", err);
	}
	query_close(&query);
	if (good) {
		*ret_head = head;
	}
	return good;
}

bool events_verify_tail(struct store_reader *reader, int64_t count, struct chain_head *ret_head, struct err *err)
{
	struct chain_head last;

	if (!read_last(reader, &last, err)) {
		return false;
	}
	const int64_t first = last.sequence > count ? last.sequence - count + 1 : 1;
	struct walk walk = {.anchored = first == 1};
	if (!walk_from(reader, first, &walk, err)) {
		return false;
	}
	*ret_head = walk.head;
	return true;
}
