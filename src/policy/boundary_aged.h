/* SPDX-License-Identifier: Apache-2.0 */
/* Puts an element of a list on the birthday that a condition `aged` of a check turns on, or beside it. */
#ifndef AR_POLICY_BOUNDARY_AGED_H
#define AR_POLICY_BOUNDARY_AGED_H

#include "policy/boundary_scene.h"
#include "policy/bounds.h"

/* The scene DISTANCE days inside, where the check is met; *ret_day is the day of the element. NULL where that cannot be made up. */
const struct json *boundary_aged(const struct scene *scene, const struct bound *bound, int distance, struct hand_day *ret_day);

/* Whether the check is met on the birthday itself. */
bool boundary_aged_met_at(const struct bound *bound);

#endif
