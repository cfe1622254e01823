/* SPDX-License-Identifier: Apache-2.0 */
/* What a provider says of an attestation, as the occurrences of its record keep it. */
#ifndef AR_REVIEW_ATTESTED_H
#define AR_REVIEW_ATTESTED_H

#include "review/record.h"

struct attested {
	const char *item;
	const char *on; /* days as they are sent; the optional ones NULL */
	const char *expires_on;
	const char *by;
	const char *note;
};

/* Whether OCCURRENCE says the same; NULL says nothing. */
bool attested_before(const struct json *occurrence, const struct attested *attested);

/*
 * The record ROOT with it at the end, in the place of whatever was attested of the same item: the list holds what stands and nothing that was
 * retracted, so that it never fills; the events keep the rest. Every occurrence keeps its id, and no id is given twice. Recorded by the caller,
 * now, in times of ZONE.
 */
const struct json *attested_put(const struct call *call, const struct zone *zone, const struct json *root,
				const struct attested *attested);

#endif
