/* SPDX-License-Identifier: Apache-2.0 */
/* A request that replaces one that was returned or withdrawn: finds the earlier one and says what has changed since. */
#ifndef AR_REVIEW_REPLACE_H
#define AR_REVIEW_REPLACE_H

#include "review/record.h"

/* The earlier request; id NULL: the new one replaces none. */
struct replaced {
	const char *id;
	const char *tracking_number;
	struct instant closed_at;
	const struct json *body; /* as it stood when it was closed */
	unsigned sensitivity; /* its labels, which the new request inherits */
};

/*
 * Finds what the draft's body says that it replaces: a returned or withdrawn request that is the caller's business. Anything else becomes an
 * issue at /replaces; false only when the store failed, with the outcome set.
 */
bool replace_find(const struct call *call, const struct draft *draft, struct replaced *ret_replaced,
		  struct outcome *outcome) AR_MUST_CHECK;

/* The answer's member about it, as JSON text in ARENA; NULL when DRAFT replaces none. */
const char *replace_json(const struct replaced *replaced, const struct draft *draft, struct arena *arena);

#endif
