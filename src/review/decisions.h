/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions, queried: determinations and every other end of a request, each with what was found when it was made. */
#ifndef AR_REVIEW_DECISIONS_H
#define AR_REVIEW_DECISIONS_H

#include "auth/access.h"
#include "review/outcome.h"
#include "review/service.h"

/* Query parameters as text, NULL when absent. */
struct decision_filters {
	const char *outcome;
	const char *disposition;
	const char *payer;
	const char *service;
	const char *review;
	const char *reviewer; /* principal id */
	const char *decided_from; /* instant, included */
	const char *decided_to; /* instant, not included */
	const char *late; /* "true" or "false" */
	const char *superseded; /* "include", else only decisions in effect */
	const char *limit;
	const char *cursor;
};

/* A page, newest first, as JSON, or as CSV whose next page the Link header names. */
void decisions_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		    const struct decision_filters *filters, bool csv, struct arena *arena, struct outcome *outcome);

/* One decision with the answer about its request as it stood then: findings, policy version and digest. */
void decisions_one(struct service *service, struct store_reader *reader, const struct principal *principal, const char *id,
		   struct arena *arena, struct outcome *outcome);

#endif
