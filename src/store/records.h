/* SPDX-License-Identifier: Apache-2.0 */
/* The aggregates of the store: requests with their events and snapshots, decisions, appeals, idempotency rows, principals. */
#ifndef AR_STORE_RECORDS_H
#define AR_STORE_RECORDS_H

#include "auth/access.h"
#include "base/arena.h"
#include "base/digest.h"
#include "store/store.h"

/* A row of the dense request table: what worklists show and filters use. Text is borrowed. */
/* To whom a refusal must not tell of requests that do not exist for them. */
struct onlooker {
	const char *organization; /* sees its own; NULL: the plan's staff */
	unsigned hidden; /* labels of requests that do not exist for them */
};

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
	bool open; /* stands on worklists: its status is open, or something about its decision is still to be done */
	unsigned tasks; /* enum task of domain/lifecycle.h: what is to be done now */
	struct instant received_at;
	struct instant due_at; /* us 0: none */
	struct instant act_by; /* us 0: none; worklists order by it, then by id; rows without one come last */
	const char *act_by_rule; /* item id, or NULL */
	struct instant wake_at; /* us 0: never; when time itself next changes something */
	const char *organization; /* owner */
	const char *submitter_reference; /* or NULL */
	const char *member_id; /* or NULL; searched by POST only */
	const char *member_birth_date; /* "YYYY-MM-DD" or NULL */
	const char *provider_npi; /* servicing, or NULL */
	const char *policy_id;
	const char *policy_version;
	const char *policy_digest; /* hex */
	const char *authorization_number; /* or NULL */
	const char *continues; /* the request that it goes on with, or NULL; as is the next, fixed when it is inserted */
	const char *episode; /* the request that began the episode, or NULL: nothing is continued */
	struct onlooker onlooker; /* who sends it; asked when it is inserted, and not stored */
	unsigned sensitivity; /* its labels; an update adds to what is stored, and takes none away */
	int64_t missing_count;
	int64_t requested_count;
	int64_t last_event; /* sequence of the event whose snapshot is the representation now; set by the writer */
};

struct decision_row;
struct appeal_row;

/* A duty in running care, as the newest event of its record left it. */
struct obligation_row {
	const char *item;
	const char *key; /* names it within its item, whatever is recorded later */
	int64_t number; /* among the duties of its item, from 1 */
	const char *state; /* open, overdue, fulfilled, late, waived, ended */
	struct instant due_at; /* us 0: without a set time */
};

/* What happened. The writer gives the sequence number and chains it. */
struct event_row {
	struct instant at;
	const char *actor; /* principal id, or "system" */
	const char *actor_role;
	const char *action; /* "received", "information_supplied", ... */
	const char *request_id; /* subject */
	const char *policy_digest; /* hex: of the policy text that judged it, or NULL */
	const char *snapshot; /* the representation after the event (JSON) */
	size_t snapshot_length;
	unsigned char salt[16];
	struct digest detail_digest; /* event_detail_digest(salt, snapshot): computed in prepare */
	/* What is recorded with it next in the same transaction, or NULL: the event answers for it. */
	const struct decision_row *decision;
	const struct appeal_row *appeal; /* open: received; else decided */
	/* Of a service record: all that is owed from this event on; the event answers for it. NULL otherwise. */
	const struct obligation_row *obligations;
	size_t obligation_count;
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
 * Guarded change: row->version must be the stored version + 1, else ERR_STALE (ERR_NOT_FOUND for an unknown id), and
 * nothing is written. A closed request keeps its status, what it was judged by and its submitted papers: another status
 * is ERR_TRANSITION. BODY may be NULL (payload unchanged). What identifies a request is not read from ROW and stays as
 * inserted: tracking_number, payer, organization, received_at.
 */
bool request_update(struct store_txn *txn, const struct request_row *row, const char *body, size_t body_length,
		    const struct event_row *event, int64_t *ret_event, struct err *err) AR_MUST_CHECK;

/* How a request ended: a determination, or another disposition. Text is borrowed. */
struct decision_row {
	const char *id; /* "dec_" + ULID */
	const char *request_id;
	const char *disposition; /* determined, returned, not_required, withdrawn, closed_elsewhere */
	const char *outcome; /* approved, approved_in_part, denied; NULL unless determined */
	const char *basis; /* of a denial, or of what an approval in part refuses; or NULL */
	const char *reason; /* of another disposition, or NULL */
	const char *rationale;
	const char *required; /* JSON array: the words of what the policy requires; NULL is none */
	const char *parts; /* JSON object: what was given for them; NULL is none */
	const char *decider; /* principal id, or "system" (which determines nothing) */
	const char *decider_role;
	const char *credential;
	struct instant decided_at;
	bool late;
	const char *supersedes; /* decision id, or NULL */
	const char *appeal; /* the overturned appeal that led to it, or NULL */
	const char *authorization_number; /* of an approval, else NULL */
	const char *covered_from; /* "YYYY-MM-DD" */
	const char *covered_to; /* the last covered day */
};

/* A request to reconsider a determination. */
struct appeal_row {
	const char *id; /* "apl_" + ULID */
	const char *request_id;
	const char *decision;
	const char *kind; /* expedited, standard */
	const char *appellant; /* practitioner, member */
	const char *status; /* open, upheld, overturned */
	struct instant received_at;
	struct instant due_at; /* us 0: none */
	struct instant decided_at; /* us 0: open */
	const char *decider; /* NULL while it is open, as the rest */
	const char *decider_role;
	const char *credential;
	const char *rationale;
};

/*
 * Changes that hang on the event recorded just before in the same transaction, which names the row given here. What the rules of the database refuse is
 * ERR_TRANSITION with the rule as a sentence; an unknown request or appeal is ERR_NOT_FOUND.
 */

/* Also sets superseded_by of the decision that ROW supersedes. Payer, service, review and organization are the request's. */
bool decision_insert(struct store_txn *txn, const struct decision_row *row, int64_t event, struct err *err) AR_MUST_CHECK;

/* ROW is open. */
bool appeal_insert(struct store_txn *txn, const struct appeal_row *row, int64_t event, struct err *err) AR_MUST_CHECK;

/* Reads id, status (upheld or overturned), decided_at, decider, decider_role, credential and rationale of ROW. Before the decision that follows from it. */
bool appeal_decide(struct store_txn *txn, const struct appeal_row *row, int64_t event, struct err *err) AR_MUST_CHECK;

/* A principal and the life of its token. */
struct principal_record {
	struct principal principal;
	struct instant created_at;
	struct instant expires_at; /* us 0: never */
	struct instant revoked_at; /* us 0: not revoked */
};

/* A token is stored as the SHA-256 of its text. */
bool principal_insert(struct store_txn *txn, const struct principal_record *record, const struct digest *token,
		      struct err *err) AR_MUST_CHECK;

/* Ends a principal's token for good; one that is revoked stays as it was. ERR_NOT_FOUND for an unknown id. */
bool principal_revoke(struct store_txn *txn, const char *id, struct instant at, struct err *err) AR_MUST_CHECK;

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
	const char *authorization_number;
	unsigned tasks; /* any of these bits; 0: any row */
	unsigned hidden; /* labels of sensitivity whose rows are left out */
	struct instant due_before; /* us 0: any */
	bool open_only;
	/* Cursor: strictly after this place; after_id NULL: from the start. */
	struct instant after_act_by;
	const char *after_id;
	size_t limit; /* 1..200 */
};

/*
 * A page holds what worklists show: organization, member_id, member_birth_date, provider_npi, policy_digest, last_event,
 * wake_at and authorization_number stay empty.
 */
struct worklist_page {
	const struct request_row *rows;
	size_t count;
	bool more;
};
bool worklist_read(struct store_reader *reader, const struct worklist_query *query, struct arena *arena,
		   struct worklist_page *ret_page, struct err *err) AR_MUST_CHECK;

/* Ids of requests, open or not, whose wake_at has come, the earliest first. */
bool requests_due(struct store_reader *reader, struct instant now, size_t limit, struct arena *arena,
		  const char *const **ret_ids, size_t *ret_count, struct err *err) AR_MUST_CHECK;

/* The request as it stood at an instant: its last snapshot until then and that one's version. Both absent (NULL, 0) before receipt; purged: NULL. */
bool request_as_of(struct store_reader *reader, const char *id, struct instant at, struct arena *arena,
		   const char **ret_snapshot, size_t *ret_length, int64_t *ret_version, struct err *err) AR_MUST_CHECK;

/* Of a service record, in the place of a request's tasks: nothing is owed in it, something is, or is overdue. */
enum record_state { RECORD_DONE = 0, RECORD_OPEN = 1 << 14, RECORD_OVERDUE = 1 << 15 };

/* Filters of the list of service records; NULL means any. The owner is given as in worklist_query. */
struct service_records_query {
	const char *organization;
	const char *const *payers;
	size_t payer_count;
	const char *payer;
	const char *service;
	const char *provider_npi;
	int state; /* enum record_state, -1: any */
	unsigned hidden; /* as in worklist_query */
	/* Cursor: strictly after this place; after_id NULL: from the start. */
	struct instant after_act_by;
	const char *after_id;
	size_t limit; /* 1..200 */
};

/* What is due first stands first. A page holds what worklists show, and provider_npi. */
bool service_records_read(struct store_reader *reader, const struct service_records_query *query, struct arena *arena,
			  struct worklist_page *ret_page, struct err *err) AR_MUST_CHECK;

/* The ids of the standing records about a provider, of one ORGANIZATION ("" is the plan), or of all (NULL); the first at most LIMIT. */
bool standing_records_read(struct store_reader *reader, const char *payer, const char *service, const char *provider_npi,
			   const char *organization, size_t limit, struct arena *arena, const char *const **ret_ids,
			   size_t *ret_count, struct err *err) AR_MUST_CHECK;

/* Filters of what is owed; NULL means any. */
struct obligations_query {
	const char *organization;
	const char *const *payers;
	size_t payer_count;
	const char *payer;
	const char *service;
	const char *provider_npi;
	const char *state; /* NULL: the open and the overdue ones */
	unsigned hidden; /* as in worklist_query */
	struct instant due_before; /* us 0: any */
	/* Cursor: strictly after this place; after_record NULL: from the start. */
	struct instant after_due_at; /* us 0: without a set time */
	const char *after_record;
	const char *after_item;
	const char *after_key;
	size_t limit; /* 1..200 */
};

struct obligation_view {
	struct obligation_row row;
	const char *record;
	const char *payer;
	const char *service;
	const char *organization; /* or NULL */
	const char *provider_npi; /* or NULL */
	unsigned sensitivity; /* of its record */
	const char *policy_id;
	const char *policy_version;
};

/* By due instant, those without one last. */
struct obligation_page {
	const struct obligation_view *rows;
	size_t count;
	bool more;
};
bool obligations_read(struct store_reader *reader, const struct obligations_query *query, struct arena *arena,
		      struct obligation_page *ret_page, struct err *err) AR_MUST_CHECK;

struct decision_view {
	struct decision_row row;
	int64_t event;
	const char *superseded_by; /* or NULL: it is the effective one */
	const char *tracking_number;
	const char *payer;
	const char *service;
	const char *review;
	const char *organization; /* or NULL */
	unsigned sensitivity; /* of its request, as it is now */
	const char *snapshot; /* of its event; NULL in pages and once purged */
	size_t snapshot_length;
};
bool decision_read(struct store_reader *reader, const char *id, struct arena *arena, const struct decision_view **ret_view,
		   struct err *err) AR_MUST_CHECK;

/* NULL means any; the owner is given as in worklist_query. */
struct decisions_query {
	const char *organization;
	const char *const *payers;
	size_t payer_count;
	const char *outcome;
	const char *disposition;
	const char *payer;
	const char *service;
	const char *review;
	const char *decider;
	struct instant decided_from; /* us 0: any */
	struct instant decided_to; /* not included; us 0: any */
	int late; /* -1 any, 0 in time, 1 late */
	bool effective_only;
	unsigned hidden; /* as in worklist_query */
	/* Cursor: strictly older than this place; after_id NULL: from the newest. */
	struct instant after_decided_at;
	const char *after_id;
	size_t limit; /* 1..1000 */
};

/* Newest first. */
struct decision_page {
	const struct decision_view *rows;
	size_t count;
	bool more;
};
bool decisions_read(struct store_reader *reader, const struct decisions_query *query, struct arena *arena,
		    struct decision_page *ret_page, struct err *err) AR_MUST_CHECK;

struct appeal_view {
	struct appeal_row row;
	const char *payer;
	const char *organization; /* or NULL */
	unsigned sensitivity; /* of its request, as it is now */
};
bool appeal_read(struct store_reader *reader, const char *id, struct arena *arena, const struct appeal_view **ret_view,
		 struct err *err) AR_MUST_CHECK;

/* A request of an episode, as it is now. Of its papers what says which days it holds, as JSON text; each may be NULL. */
struct episode_row {
	const char *id;
	const char *tracking_number;
	const char *review;
	const char *status;
	const char *payer;
	const char *organization;
	const char *continues; /* NULL: it began the episode */
	const char *outcome; /* of the effective determination, or NULL */
	const char *authorization;
	const char *period;
	const char *lines;
	unsigned sensitivity;
};

enum { EPISODE_MAX = 200 /* requests */ };

/* Every request of the episode that the request ID began, in the order in which they were recorded. */
bool episode_read(struct store_reader *reader, const char *id, struct arena *arena, const struct episode_row **ret_rows,
		  size_t *ret_count, struct err *err) AR_MUST_CHECK;

/*
 * Whether the request ID can be continued now, as far as ONLOOKER may know: it is approved in effect, and no request that continues it is open
 * or approved. ERR_TRANSITION says why not. request_insert asks the same of every row that continues another, and refuses without a
 * reason where the onlooker must not know it.
 */
bool episode_open(struct store_reader *reader, const char *id, const struct onlooker *onlooker, struct err *err) AR_MUST_CHECK;

/* An authorization that stands. */
struct authorized_row {
	const char *service;
	const char *authorization; /* JSON text */
};

/* Whose authorizations; those of one episode are left out, and those of labelled requests: what follows from them would tell of them. */
struct authorized_query {
	const char *member_id;
	const char *payer;
	const char *organization; /* NULL: any */
	const char *episode; /* id of the request that began it; "" leaves nothing out */
};

enum { AUTHORIZED_MAX = 100 };

/* The newest, at most AUTHORIZED_MAX. */
bool authorized_read(struct store_reader *reader, const struct authorized_query *query, struct arena *arena,
		     const struct authorized_row **ret_rows, size_t *ret_count, struct err *err) AR_MUST_CHECK;

struct event_view {
	int64_t sequence;
	struct instant at;
	const char *actor;
	const char *actor_role;
	const char *action;
	const char *request_id;
	const char *organization;
	const char *payer;
	unsigned sensitivity; /* of its request, as it is now, as are the next four */
	const char *service;
	const char *provider_npi; /* or NULL */
	const char *policy_id; /* or NULL; it never changes, nor does its version */
	const char *policy_version;
	const char *
		policy_digest; /* hex: of the text that judged this event; NULL when that was before it was recorded and is purged */
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
/* Whether ACTOR did one of the (at most 8) actions to the request. */
bool event_by(struct store_reader *reader, const char *request_id, const char *actor, const char *const *actions, size_t count,
	      bool *ret_found, struct err *err) AR_MUST_CHECK;
/* The feed: events of the caller's requests (organization or payers, and hidden, as in worklist_query), after sequence AFTER. */
bool feed_read(struct store_reader *reader, const struct worklist_query *scope, int64_t after, size_t limit,
	       struct arena *arena, struct event_page *ret_page, struct err *err) AR_MUST_CHECK;

/* The principal a token belongs to, or NULL; revoked and expired tokens are absent within a second. */
bool principal_read(struct store_reader *reader, const struct digest *token, struct arena *arena,
		    const struct principal **ret_principal, struct err *err) AR_MUST_CHECK;

/* Every principal, the oldest first. */
bool principals_read(struct store_reader *reader, struct arena *arena, const struct principal_record **ret_records,
		     size_t *ret_count, struct err *err) AR_MUST_CHECK;

/* When the newest event was recorded; us 0: there is none. */
bool events_newest_at(struct store_reader *reader, struct instant *ret_at, struct err *err) AR_MUST_CHECK;

/*
 * Walks the whole chain; then every request with its papers, decision and appeal must be what its newest event left, and say what the
 * snapshot of that event says. False with ERR_STORE and the first bad sequence number in the detail. ret_count is how many events were good.
 */
bool events_verify(struct store_reader *reader, int64_t *ret_count, struct err *err) AR_MUST_CHECK;

#endif
