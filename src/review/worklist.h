/* SPDX-License-Identifier: Apache-2.0 */
/* Worklists by time left, and search by what must not stand in a URL. */
#ifndef AR_REVIEW_WORKLIST_H
#define AR_REVIEW_WORKLIST_H

#include "auth/access.h"
#include "review/outcome.h"
#include "review/service.h"

/* Query parameters as text, NULL when absent. */
struct worklist_filters {
	const char *status; /* one of the statuses, or "open" (default) or "any" */
	const char *service;
	const char *payer;
	const char *review;
	const char *waiting_on;
	const char *task;
	const char *due_before; /* instant or date */
	const char *tracking_number;
	const char *submitter_reference;
	const char *limit;
	const char *cursor;
};

void worklist_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		   const struct worklist_filters *filters, struct instant now, struct arena *arena, struct outcome *outcome);

/* POST /v1/requests/search: BYTES is schema/search.json. */
void worklist_search(struct service *service, struct store_reader *reader, const struct principal *principal, const char *bytes,
		     size_t length, struct instant now, struct arena *arena, struct outcome *outcome);

#endif
