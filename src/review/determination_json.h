/* SPDX-License-Identifier: Apache-2.0 */
/* A determination that stands as the plan's part records it: the decision, the authorization that it grants, the notices that are owed about it. */
#ifndef AR_REVIEW_DETERMINATION_JSON_H
#define AR_REVIEW_DETERMINATION_JSON_H

#include "review/determination.h"

/* Who ruled, and the names that the record has. */
struct ruled {
	const struct determination *determination;
	const struct principal *principal;
	const char *id; /* of the decision */
	const char *number; /* of the authorization, or NULL: nothing is authorized */
	const char *withdrawn; /* the authorization that ends with it, or NULL */
};

/* Each is JSON text, in the shape of schema/answer.json. */
const char *ruled_decision(const struct ruled *ruled);
const char *ruled_authorization(const struct ruled *ruled);
const char *ruled_owed(const struct ruled *ruled);

#endif
