/* SPDX-License-Identifier: Apache-2.0 */
/* Moves what a bound turns on to a place beside it, in a copy of the body of a scene. */
#ifndef AR_POLICY_BOUNDARY_PLACE_H
#define AR_POLICY_BOUNDARY_PLACE_H

#include "policy/boundary_scene.h"
#include "policy/bounds.h"

/* What a bound measures in, and whether its check is met exactly at it. */
struct bound_manner {
	const char *step; /* "day" or "hour" */
	bool met_at; /* exactly at the bound */
};

struct bound_manner boundary_manner(const struct scene *scene, const struct bound *bound);

/*
 * DISTANCE steps inside the bound (below zero: outside). *ret_where is the date or instant that was put there. NULL when the scene does
 * not have what the bound turns on; *ret_why then says what.
 */
const struct json *boundary_place(const struct scene *scene, const struct bound *bound, int distance, const char **ret_where,
				  const char **ret_why);

/* BODY in which the other parts of the item do not stand in the way of the bound, as far as simple ones can be answered for it. */
const struct json *boundary_clear_way(const struct scene *scene, const struct bound *bound, const struct json *body);

/* The body of the scene with a paper, in which everything but its date is right, for the check of the bound; NULL when it asks for none. */
const struct json *boundary_supply(const struct scene *scene, const struct bound *bound);

#endif
