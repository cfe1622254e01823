/* SPDX-License-Identifier: Apache-2.0 */
/* The aggregates of the store: requests with their events and snapshots, idempotency rows, principals. */
#ifndef AR_STORE_RECORDS_H
#define AR_STORE_RECORDS_H

#include "auth/access.h"
#include "base/arena.h"
#include "base/digest.h"
#include "store/store.h"

/* A row of the dense request table: what worklists show and filters use. Text is borrowed. */
struct request_row {
	const char *id; /* "req_" + ULID */
	int64_t version; /* 1, 2, ...: the ETag */
	const char *tracking_number;
	const char *payer;
	const char *service;
	const char *review;
	const char *urgency;
	const char *status;
	const char *waiting_on;
	bool open;
	struct instant received_at;
	struct instant due_at; /* us 0: none */
	struct instant act_by; /* us 0: none; worklists order by it, then by id; rows without one come last */
	const char *act_by_rule; /* item id, or NULL */
	const char *organization; /* owner */
	const char *submitter_reference; /* or NULL */
	const char *member_id; /* or NULL; searched by POST only */
	const char *member_birth_date; /* "YYYY-MM-DD" or NULL */
	const char *provider_npi; /* servicing, or NULL */
	const char *policy_id;
	const char *policy_version;
	const char *policy_digest; /* hex */
	int64_t missing_count;
	int64_t requested_count;
	int64_t last_event; /* sequence of the event whose snapshot is the representation now; set by the writer */
};

/* What happened. The writer gives the sequence number and chains it. */
struct event_row {
	struct instant at;
	const char *actor; /* principal id, or "system" */
	const char *actor_role;
	const char *action; /* "received", "information_supplied", ... */
	const char *request_id; /* subject */
	const char *snapshot; /* the representation after the event (JSON) */
	size_t snapshot_length;
	unsigned char salt[16];
	struct digest detail_digest; /* event_detail_digest(salt, snapshot): computed in prepare */
};

/* The digest of what an event's chain entry stands for: digest_parts over salt and snapshot. */
struct digest event_detail_digest(const unsigned char salt[16], const char *snapshot, size_t length);

struct idempotency_row {
	const char *principal;
	const char *key;
	struct digest body; /* of method, route and canonical body */
	struct instant at;
};

enum idempotency_found { IDEMPOTENCY_NEW, IDEMPOTENCY_REPLAY, IDEMPOTENCY_CONFLICT };

/* ---- in the writer: inside a command's apply ---- */

/* Looks a key up; on REPLAY ret_event is the event whose snapshot answers and ret_request its request. */
bool idempotency_find(struct store_txn *txn, const struct idempotency_row *row, enum idempotency_found *ret_found,
		      int64_t *ret_event, char ret_request[40], struct err *err) AR_MUST_CHECK;
bool idempotency_insert(struct store_txn *txn, const struct idempotency_row *row, int64_t event, struct err *err) AR_MUST_CHECK;

/* Inserts request, payload (the body as JSON) and event with snapshot; ret_event is its sequence number. */
bool request_insert(struct store_txn *txn, const struct request_row *row, const char *body, size_t body_length,
		    const struct event_row *event, int64_t *ret_event, struct err *err) AR_MUST_CHECK;

/*
 * Guarded change: row->version must be the stored version + 1 and the request open, else ERR_STALE or ERR_TRANSITION
 * (ERR_NOT_FOUND for an unknown id) and nothing written. BODY may be NULL (payload unchanged). What identifies a
 * request is not read from ROW and stays as inserted: tracking_number, payer, organization, received_at.
 */
bool request_update(struct store_txn *txn, const struct request_row *row, const char *body, size_t body_length,
		    const struct event_row *event, int64_t *ret_event, struct err *err) AR_MUST_CHECK;

/* Keeps the text of a policy version by digest; the same digest twice is nothing new. */
bool policy_text_keep(struct store_txn *txn, const char *digest_hex, const char *id, const char *version, const char *text,
		      size_t length, struct err *err) AR_MUST_CHECK;

/* A token is stored as the SHA-256 of its text. */
bool principal_insert(struct store_txn *txn, const struct principal *principal, const struct digest *token, struct instant at,
		      struct err *err) AR_MUST_CHECK;

/* ---- reads: results live in ARENA; false only with err set, absence is a NULL or empty result ---- */

struct request_view {
	struct request_row row;
	const char *snapshot; /* newest; NULL once purged */
	size_t snapshot_length;
};
bool request_read(struct store_reader *reader, const char *id, struct arena *arena, const struct request_view **ret_view,
		  struct err *err) AR_MUST_CHECK;

/* The stored payload of a request, for re-evaluation. */
bool request_body_read(struct store_reader *reader, const char *id, struct arena *arena, const char **ret_body,
		       size_t *ret_length, struct err *err) AR_MUST_CHECK;

bool snapshot_read(struct store_reader *reader, int64_t event, struct arena *arena, const char **ret_snapshot,
		   size_t *ret_length, int64_t *ret_version, struct err *err) AR_MUST_CHECK;

/* The answer an idempotency key already has, before anything is prepared; NEW when it has none. */
bool idempotency_read(struct store_reader *reader, const struct idempotency_row *row, enum idempotency_found *ret_found,
		      int64_t *ret_event, struct err *err) AR_MUST_CHECK;

/* Filters of a worklist; NULL means any. Owner limits come from the principal, never from the query. */
struct worklist_query {
	const char *organization; /* providers */
	const char *const *payers; /* staff */
	size_t payer_count;
	const char *status;
	const char *service;
	const char *payer;
	const char *review;
	const char *waiting_on;
	const char *tracking_number;
	const char *submitter_reference;
	const char *member_id;
	const char *member_birth_date;
	const char *provider_npi;
	struct instant due_before; /* us 0: any */
	bool open_only;
	/* Cursor: strictly after this place; after_id NULL: from the start. */
	struct instant after_act_by;
	const char *after_id;
	size_t limit; /* 1..200 */
};

/*
 * A page holds what worklists show: organization, member_id, member_birth_date, provider_npi, policy_digest and last_event
 * stay empty.
 */
struct worklist_page {
	const struct request_row *rows;
	size_t count;
	bool more;
};
bool worklist_read(struct store_reader *reader, const struct worklist_query *query, struct arena *arena,
		   struct worklist_page *ret_page, struct err *err) AR_MUST_CHECK;

struct event_view {
	int64_t sequence;
	struct instant at;
	const char *actor;
	const char *actor_role;
	const char *action;
	const char *request_id;
	const char *organization;
	const char *payer;
	const char *snapshot; /* only for timelines; NULL in the feed */
	size_t snapshot_length;
	struct digest hash;
};
struct event_page {
	const struct event_view *events;
	size_t count;
	bool more;
};
/* Events of one request in order, after sequence AFTER. */
bool timeline_read(struct store_reader *reader, const char *request_id, int64_t after, size_t limit, struct arena *arena,
		   struct event_page *ret_page, struct err *err) AR_MUST_CHECK;
/* The feed: events of the caller's requests (organization or payers as in worklist_query), after sequence AFTER. */
bool feed_read(struct store_reader *reader, const struct worklist_query *scope, int64_t after, size_t limit,
	       struct arena *arena, struct event_page *ret_page, struct err *err) AR_MUST_CHECK;

/* The principal a token belongs to, or NULL; revoked and expired tokens are absent within a second. */
bool principal_read(struct store_reader *reader, const struct digest *token, struct arena *arena,
		    const struct principal **ret_principal, struct err *err) AR_MUST_CHECK;

/* Walks the whole chain; false with ERR_STORE and the first bad sequence number in the detail. ret_count is how many were good. */
bool events_verify(struct store_reader *reader, int64_t *ret_count, struct err *err) AR_MUST_CHECK;

#endif
