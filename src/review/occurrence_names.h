/* SPDX-License-Identifier: Apache-2.0 */
/* What is recorded to have happened and what is reported now, in one list: every element by its name, and which of them still count. */
#ifndef AR_REVIEW_OCCURRENCE_NAMES_H
#define AR_REVIEW_OCCURRENCE_NAMES_H

#include "base/json.h"

struct occurrence_names {
	const struct json **nodes;
	const char *
		*ids; /* given, or as they will be given: "o3" for the third of the list, or the next that nobody has taken */
	bool *gone; /* retracted by one that counts */
	size_t count;
};

/* Both lists may be NULL; BEFORE is recorded and stands first. In ARENA. */
struct occurrence_names occurrence_names(struct arena *arena, const struct json *before, const struct json *added);

/* The element of that name before END, or NULL. */
const struct json *occurrence_named(const struct occurrence_names *names, const char *id, const struct json *end);

/* Whether another than SELF retracts the element ID and counts. */
bool occurrence_retracted(const struct occurrence_names *names, const char *id, const struct json *self);

#endif
