/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a command's apply works in, and a reader: the two opaque things of records.h, for the files of this
 * room.
 */
#ifndef AR_STORE_TXN_H
#define AR_STORE_TXN_H

#include "store/chain.h"
#include "store/db.h"
#include "store/principal_cache.h"

struct store_txn {
	struct db *db;
	struct chain_head head; /* adopted by the writer only after the commit */
	const struct decision_row *decision; /* what the newest event says is recorded with it */
	const struct appeal_row *appeal;
};

struct store_reader {
	struct db db;
	struct principal_cache principals;
};

/* Adds the event to the chain with its snapshot and feed place; REQUEST is the number of its request. */
bool event_append(struct store_txn *txn, int64_t request, const struct event_row *event, int64_t *ret_event,
		  struct err *err) AR_MUST_CHECK;

/* Whether a request can be continued (records.h: episode_open); what ONLOOKER may not know of stands in the way without its name. */
bool episode_guard(struct db *db, const char *id, const struct onlooker *onlooker, struct err *err) AR_MUST_CHECK;

/* A reader of the database at PATH. */
struct store_reader *reader_open(const char *path, size_t cache_kib, struct err *err) AR_MUST_CHECK;

/* Checks the newest COUNT events and gives the head of the chain. */
bool events_verify_tail(struct store_reader *reader, int64_t count, struct chain_head *ret_head, struct err *err) AR_MUST_CHECK;

#endif
