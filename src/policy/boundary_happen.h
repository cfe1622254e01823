/* SPDX-License-Identifier: Apache-2.0 */
/* Makes things happen in the body of a scene: occurrences as a selector means them. */
#ifndef AR_POLICY_BOUNDARY_HAPPEN_H
#define AR_POLICY_BOUNDARY_HAPPEN_H

#include "policy/boundary_scene.h"

/* BODY with one occurrence more, undated, that has something in each member of SAME (or NULL); NULL where that cannot be made up. */
const struct json *happen_add(const struct scene *scene, const struct json *body, const struct json *selector,
			      const struct json *same, const char *id);

/* BODY in which the element at POINTER of a list has what each condition of WHERE asks of it but its age; NULL where that cannot be made up. */
const struct json *happen_fill(const struct scene *scene, const struct json *body, const char *list, const char *pointer,
			       const struct json *where);

/* The same where the first condition is not so; BODY itself without any. */
const struct json *happen_lack(const struct scene *scene, const struct json *body, const char *list, const char *pointer,
			       const struct json *where);

/* The newest occurrence was on a day, or at an instant, as its selector reads it. */
const struct json *happen_on(const struct scene *scene, const struct json *body, const struct json *selector,
			     struct hand_day day);
const struct json *happen_at(const struct scene *scene, const struct json *body, const struct json *selector,
			     struct instant at);

#endif
