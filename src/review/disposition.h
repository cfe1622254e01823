/* SPDX-License-Identifier: Apache-2.0 */
/* How a request ends without a determination: returned, not required, withdrawn, closed elsewhere. Every end is a decision that can be queried. */
#ifndef AR_REVIEW_DISPOSITION_H
#define AR_REVIEW_DISPOSITION_H

#include "review/record.h"

struct disposition {
	const char *request_id;
	const char *disposition; /* "returned", "not_required", "withdrawn", "closed_elsewhere" */
	const char *reason; /* a stable word, or NULL */
	const char *note; /* or NULL */
	const char *by; /* principal id, or "system" */
};

/* Sets `decision` of the plan's part and returns the row for the store, in the call's arena. ZONE is the policy's. */
const struct decision_row *disposition_record(const struct disposition *disposition, const struct call *call,
					      const struct zone *zone, const struct json **plan);

/*
 * The same for what the machine closes by itself, on verified facts: a return (recorded as `return` too) or that nothing is required. NULL
 * when the evaluation closes nothing, or a decision is recorded already.
 */
const struct decision_row *disposition_by_machine(const struct evaluation *evaluation, const char *request_id,
						  const struct call *call, const struct zone *zone, const struct json **plan);

#endif
