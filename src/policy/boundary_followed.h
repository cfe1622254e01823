/* SPDX-License-Identifier: Apache-2.0 */
/* Two occurrences as far apart as the check `followed` allows, or beside that. */
#ifndef AR_POLICY_BOUNDARY_FOLLOWED_H
#define AR_POLICY_BOUNDARY_FOLLOWED_H

#include "policy/boundary_scene.h"
#include "policy/bounds.h"

/*
 * The body of SCENE with nothing but one of what is followed, DISTANCE days inside its bound, and an end of the first kind that is named;
 * *ret_day is the day of the one that is followed. NULL where they cannot be made up.
 */
const struct json *boundary_followed(const struct scene *scene, const struct bound *bound, int distance,
				     struct hand_day *ret_day);

#endif
