/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cover.h"
#include "store/records.h"
#include "store/txn.h"

#include <string.h>

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
	WALK_SNAPSHOT,
	WALK_STATE_DIGEST,
	WALK_RECORD_DIGEST,
	WALK_POLICY_DIGEST
};

struct walk {
	struct chain_head head; /* the last good event */
	bool anchored; /* HEAD is known; a walk that starts in the middle trusts its first PREVIOUS */
	bool covered; /* the last good event says what it left: so does every later one */
	int64_t good;
};

static bool broken(int64_t sequence, const char *why, struct err *err)
{
	return err_set(err, ERR_STORE, "the chain of events is broken at event %lld: %s", (long long)sequence, why);
}

/* Text as the chain knows it: to its end. What follows a NUL would be outside every hash. */
static const char *whole_text(const struct query *query, int column)
{
	const char *text = column_borrowed(query, column);

	return text != NULL && strlen(text) == column_length(query, column) ? text : NULL;
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

/* What the event answers for; *ret_cover stays as it is for one of the first schema. False when it is damaged. */
static bool read_cover(const struct walk *walk, const struct query *query, struct chain_cover *ret_cover)
{
	if (column_null(query, WALK_STATE_DIGEST)) {
		return column_null(query, WALK_RECORD_DIGEST) && !walk->covered;
	}
	ret_cover->recorded = !column_null(query, WALK_RECORD_DIGEST);
	return column_bytes(query, WALK_STATE_DIGEST, ret_cover->state.bytes, DIGEST_SIZE) &&
	       (!ret_cover->recorded || column_bytes(query, WALK_RECORD_DIGEST, ret_cover->record.bytes, DIGEST_SIZE));
}

static bool walk_event(struct walk *walk, const struct query *query, struct err *err)
{
	const int64_t sequence = column_integer(query, WALK_SEQUENCE);
	struct digest previous;
	struct digest hash;
	struct chain_cover cover;
	struct event_row event = {
		.at = column_instant(query, WALK_AT),
		.actor = whole_text(query, WALK_ACTOR),
		.actor_role = whole_text(query, WALK_ACTOR_ROLE),
		.action = whole_text(query, WALK_ACTION),
		.request_id = whole_text(query, WALK_REQUEST_ID),
		.policy_digest = whole_text(query, WALK_POLICY_DIGEST),
	};

	if (!column_bytes(query, WALK_DETAIL_DIGEST, event.detail_digest.bytes, DIGEST_SIZE) ||
	    !column_bytes(query, WALK_PREVIOUS, previous.bytes, DIGEST_SIZE) ||
	    !column_bytes(query, WALK_HASH, hash.bytes, DIGEST_SIZE) || event.actor == NULL || event.actor_role == NULL ||
	    event.action == NULL || event.request_id == NULL || !read_cover(walk, query, &cover)) {
		return broken(sequence, "a part of it is missing or was changed", err);
	}
	if (walk->anchored && sequence != walk->head.sequence + 1) {
		return broken(walk->head.sequence + 1, "it is missing", err);
	}
	if (walk->anchored && !digest_equal(&previous, &walk->head.hash)) {
		return broken(sequence, "it does not follow the one before it", err);
	}
	const bool covered = !column_null(query, WALK_STATE_DIGEST);
	if (!column_null(query, WALK_POLICY_DIGEST) && (event.policy_digest == NULL || !covered)) {
		return broken(sequence, "the policy that it names was changed", err);
	}
	const struct digest computed = chain_hash(sequence, &event, covered ? &cover : NULL, &previous);
	if (!digest_equal(&computed, &hash)) {
		return broken(sequence, "it was changed", err);
	}
	if (!detail_fits(query, &event)) {
		return broken(sequence, "its snapshot was changed", err);
	}
	walk->head = (struct chain_head){sequence, hash};
	walk->anchored = true;
	walk->covered = covered;
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

/* ---- what hangs on the events ---- */

static const struct {
	const char *why; /* or what has the member that differs */
	enum statement_id id; /* gives the sequence of an event; perhaps that member */
	bool member;
} checks[] = {
	{"a request names it, but it is missing or another request's", STATEMENT_REQUEST_ASTRAY, false},
	{"its request is missing", STATEMENT_EVENT_ASTRAY, false},
	{"its snapshot is there, but it is not", STATEMENT_DETAIL_ASTRAY, false},
	{"the request", STATEMENT_REQUEST_DIFFERS, true},
	{"the decision", STATEMENT_DECISION_DIFFERS, true},
	{"the appeal", STATEMENT_APPEAL_DIFFERS, true},
	{"a decision or appeal names it, but was not recorded with it", STATEMENT_RECORD_ASTRAY, false},
	{"something is owed in what is no running care", STATEMENT_OBLIGATION_ASTRAY, false},
	{"it is missing in its feed", STATEMENT_FEED_DIFFERS, false},
	{"it is in a feed of others", STATEMENT_FEED_ASTRAY, false},
	{"the text of the policy it was judged by is missing", STATEMENT_POLICY_MISSING, false},
};

/* NEWEST is the sequence of the last event. */
static bool run_check(struct store_reader *reader, size_t number, int64_t newest, struct err *err)
{
	struct query query = query_open(&reader->db, checks[number].id);
	bool row = false;

	if (checks[number].id == STATEMENT_DETAIL_ASTRAY) {
		query_integer(&query, 1, newest);
	}
	bool good = query_step(&query, &row, err);
	if (good && row && checks[number].member) {
		good = err_set(err, ERR_STORE, "%s differs from the snapshot of event %lld: %s", checks[number].why,
			       (long long)column_integer(&query, 0), column_borrowed(&query, 1));
	} else if (good && row) {
		good = broken(column_integer(&query, 0), checks[number].why, err);
	}
	query_close(&query);
	return good;
}

/* Last, since it says least of what was done: what a request says of itself now may not be purged. */
static bool newest_kept(struct store_reader *reader, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_DETAIL_MISSING);
	bool row = false;
	bool good = query_step(&query, &row, err);

	if (good && row) {
		good = broken(column_integer(&query, 0), "its snapshot is missing, the newest of its request", err);
	}
	query_close(&query);
	return good;
}

static bool verify(struct store_reader *reader, struct walk *walk, struct err *err)
{
	if (!walk_from(reader, INT64_MIN, walk, err)) {
		return false;
	}
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		if (!run_check(reader, i, walk->head.sequence, err)) {
			return false;
		}
	}
	return cover_verify(reader, err) && newest_kept(reader, err);
}

bool events_verify(struct store_reader *reader, int64_t *ret_count, struct err *err)
{
	/* Kept open at its row, so that everything below reads one state of the database. */
	struct query newest = query_open(&reader->db, STATEMENT_EVENT_NEWEST);
	struct walk walk = {.anchored = true};
	bool row = false;
	const bool good = query_step(&newest, &row, err) && verify(reader, &walk, err);

	query_close(&newest);
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

bool events_newest_at(struct store_reader *reader, struct instant *ret_at, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_EVENT_LAST);
	bool row = false;
	const bool good = query_step(&query, &row, err);

	if (good) {
		ret_at->us = row ? column_integer(&query, 2) : 0;
	}
	query_close(&query);
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
