/* SPDX-License-Identifier: Apache-2.0 */
/* Moves one side of a not_after check beside the bound that the other side sets. */
#ifndef AR_POLICY_BOUNDARY_ORDER_H
#define AR_POLICY_BOUNDARY_ORDER_H

#include "policy/boundary_scene.h"
#include "policy/bounds.h"

struct order_place {
	const struct json *body; /* NULL: it could not be moved */
	struct scene_moment moment; /* where to */
	const char *why; /* not */
};

struct order_place boundary_order(const struct scene *scene, const struct bound *bound, int distance);

/* The newest date of the papers of TYPES; false when there is none. */
bool boundary_newest(const struct scene *scene, const struct json *types, struct scene_moment *ret_moment);

#endif
