/* SPDX-License-Identifier: Apache-2.0 */
/* Every read of a record goes through here: ownership is decided before anything is said. */
#ifndef AR_REVIEW_READ_H
#define AR_REVIEW_READ_H

#include "auth/access.h"
#include "review/outcome.h"
#include "review/service.h"
#include "store/records.h"

/* The request ID when it is the caller's business; else NULL with the outcome a 404, the same for "absent" and "not yours". */
const struct request_view *read_owned(struct store_reader *reader, const struct principal *principal, const char *id,
				      struct arena *arena, struct outcome *outcome);

/* The same of a service record: the one is never found as the other. */
const struct request_view *read_owned_record(struct store_reader *reader, const struct principal *principal, const char *id,
					     struct arena *arena, struct outcome *outcome);

/* GET /v1/requests/{id}: the newest snapshot with its ETag, or the one that stood at the instant AS_OF (NULL: now). */
void read_request(struct store_reader *reader, const struct principal *principal, const char *id, const char *as_of,
		  struct arena *arena, struct outcome *outcome);

/* GET /v1/service-records/{id}: the same of a service record. */
void read_record(struct store_reader *reader, const struct principal *principal, const char *id, const char *as_of,
		 struct arena *arena, struct outcome *outcome);

/* The clocks on which what concerns a payer is shown; NULL, which is UTC, when no policy of the payer is loaded. */
const struct zone *read_zone(const struct policy_set *set, const char *payer);

/* GET …/submission: the body as it stands, with what was supplied since; the request's ETag. */
void read_submission(struct store_reader *reader, const struct principal *principal, const char *id, struct arena *arena,
		     struct outcome *outcome);

/* GET …/timeline and GET /v1/events. AFTER is an event id or NULL; LIMIT text or NULL. */
struct event_query {
	const char *after;
	const char *limit;
};
void read_timeline(struct service *service, struct store_reader *reader, const struct principal *principal, const char *id,
		   const struct event_query *query, struct arena *arena, struct outcome *outcome);
void read_record_timeline(struct service *service, struct store_reader *reader, const struct principal *principal,
			  const char *id, const struct event_query *query, struct arena *arena, struct outcome *outcome);
void read_feed(struct service *service, struct store_reader *reader, const struct principal *principal,
	       const struct event_query *query, struct arena *arena, struct outcome *outcome);

/* Limits a query to what the caller may see: a provider's organization, a staff member's payers. */
void read_scope(const struct principal *principal, struct worklist_query *query);

/* A page size of 1..200 (default 50); false with an issue at /limit. */
bool read_limit(const char *text, size_t *ret_limit, struct outcome *outcome);

#endif
