/* SPDX-License-Identifier: Apache-2.0 */
/* The groups of a checklist, for both ways of writing it. */
#ifndef AR_WIRE_REQUIREMENT_GROUP_H
#define AR_WIRE_REQUIREMENT_GROUP_H

#include "base/text.h"
#include "policy/requirement.h"

/* A group for each kind, and one for the flags among what is asked first: these hold nothing up. */
enum { REQUIREMENT_GROUPS = KIND_COUNT + 1 };

struct requirement_group {
	enum item_kind kind;
	bool flags;
	const char *name; /* "clock" */
	const char *title; /* "By when we determine" */
};

/* INDEX: below REQUIREMENT_GROUPS, in the order in which a person meets them. */
struct requirement_group requirement_group(const struct program *program, size_t index);

/* Where nothing is decided nothing is held up, so that flags stand beside the rest. */
bool requirement_group_holds(const struct requirement_group *group, const struct program *program, const struct item *item);

/* ---- on paper ---- */

void html_escaped(struct text *out, const char *string);

/* The group with what most of its items say alike said once, below its title; nothing for an empty group. */
void html_group(struct text *out, const struct program *program, const struct requirement_group *group,
		const struct requirement *requirements, size_t count);

#endif
