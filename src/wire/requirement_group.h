/* SPDX-License-Identifier: Apache-2.0 */
/* The groups of a checklist, for both ways of writing it. */
#ifndef AR_WIRE_REQUIREMENT_GROUP_H
#define AR_WIRE_REQUIREMENT_GROUP_H

#include "policy/policy.h"

struct requirement_group {
	enum item_kind kind;
	const char *name; /* "clock" */
	const char *title; /* "By when we determine" */
};

/* INDEX: below KIND_COUNT, in the order in which a person meets them. */
struct requirement_group requirement_group(const struct program *program, size_t index);

#endif
