/* SPDX-License-Identifier: Apache-2.0 */
/* Puts one occurrence beside the beginning of the times during which an occurrences check counts. */
#ifndef AR_POLICY_BOUNDARY_DURING_H
#define AR_POLICY_BOUNDARY_DURING_H

#include "policy/boundary_scene.h"
#include "policy/bounds.h"

/* DISTANCE days inside, where the check is met; *ret_day is the day of the occurrence. NULL where that cannot be made up. */
const struct json *boundary_during(const struct scene *scene, const struct bound *bound, int distance,
				   struct hand_day *ret_day);

/* Whether the check is met exactly at the bound. */
bool boundary_during_met_at(const struct bound *bound);

#endif
