/* SPDX-License-Identifier: Apache-2.0 */
/* From an answer to what is stored: the dense row, the event with its snapshot, the idempotency row. */
#ifndef AR_REVIEW_RECORD_H
#define AR_REVIEW_RECORD_H

#include "base/text.h"
#include "review/change.h"
#include "review/draft.h"
#include "store/records.h"

/* A command that records one event of one request: what submit, information and later commands have in common. */
struct record_change {
	struct change change; /* first */
	struct service *service;
	struct request_row row;
	struct event_row event;
	struct idempotency_row key;
	const char *body; /* new payload, or NULL */
	size_t body_length;
	const struct decision_row *decision; /* recorded with the event, or NULL */
	const struct appeal_row *appeal; /* recorded with the event, or NULL */
	bool appeal_decided; /* APPEAL is decided; else it is received */
	bool insert; /* a new request; else a guarded update */
	const char *location_base; /* of what is inserted: "/v1/requests/"; NULL of a change */
	bool retriable; /* its caller named no version: a change at the same moment is not theirs to solve */
	int64_t replay_event; /* set by the writer when a concurrent duplicate was first */
};

/* Caller's side of a changing call. */
struct call {
	struct service *service;
	const struct policy_set *policies; /* in force when the call began */
	struct store_reader *reader;
	const struct principal *principal;
	struct instant now;
	bool system; /* the machine itself calls: time has passed */
	const char *idempotency_key; /* header, or NULL */
	const char *if_match; /* header, or NULL */
	const char *bytes;
	size_t length;
	struct arena *arena;
};

/*
 * Checks the Idempotency-Key and looks it up: true when the call is new. False with the outcome set when the key is absent or ill-formed,
 * belongs to another body, or has its answer already (then the outcome is that answer, `replayed`).
 */
bool call_is_new(const struct call *call, const char *route, const char *body, size_t body_length, const char *location_base,
		 struct idempotency_row *ret_key, struct outcome *outcome);

/* Who sends it, as the store asks who may know of what stands in the way. */
struct onlooker record_onlooker(const struct principal *principal);

/* The dense row of a request that was just judged: DRAFT and the answer about it. Its tasks and times are record_prepare's. */
void record_row(struct request_row *row, const struct call *call, const struct draft *draft,
		const struct request_answer *answer);

/*
 * Fills event and snapshot from an answer, which becomes the outcome's body; RECORD's row is filled but for what follows from the answer's
 * status and plan (open, waiting_on, tasks, wake_at).
 */
void record_prepare(struct record_change *record, const struct call *call, const struct request_answer *answer,
		    const char *action);

/* The same for what is no request: SNAPSHOT is the answer, VERSION its version, and the row is filled as a whole. */
void record_seal(struct record_change *record, const struct call *call, const struct text *snapshot, int64_t version,
		 const char *action);

/* After the commit, on an HTTP thread: a concurrent duplicate gets the answer of the one that was first. */
void record_settle(struct record_change *record, const struct call *call, const char *location_base);

#endif
