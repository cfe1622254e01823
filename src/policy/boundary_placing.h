/* SPDX-License-Identifier: Apache-2.0 */
/* One bound on its way to a place. Seen by the files that place bounds only. */
#ifndef AR_POLICY_BOUNDARY_PLACING_H
#define AR_POLICY_BOUNDARY_PLACING_H

#include "policy/boundary_scene.h"
#include "policy/bounds.h"

/* One bound that is placed in one scene. */
struct placing {
	const struct scene *scene;
	const struct bound *bound;
	int distance;
	const char *where;
	const char *why;
};

/* "2026-11-06" */
const char *placing_day(const struct scene *scene, struct hand_day day);

/* The body of the scene in which the member is so old, or NULL: `why` then says what the scene lacks. */
const struct json *place_age(struct placing *placing);
const struct json *place_aged_at(struct placing *placing);
const struct json *place_paper_age(struct placing *placing);
const struct json *place_birthday(struct placing *placing);
const struct json *place_limit_birthday(struct placing *placing);

/* Whether the birthday has to come after the requested day that decides. */
bool place_birthday_below(const struct bound *bound);

#endif
