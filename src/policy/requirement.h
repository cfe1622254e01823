/* SPDX-License-Identifier: Apache-2.0 */
/* The checklist of a program as data: what is asked for, as of a day, before anybody has sent a request. */
#ifndef AR_POLICY_REQUIREMENT_H
#define AR_POLICY_REQUIREMENT_H

#include "policy/policy.h"

struct requirement {
	const struct item *item;
	const char *text; /* with the earliest date filled in */
	const char *ask; /* or NULL */
	const char *earliest; /* earliest acceptable date of its papers, or NULL when it has no window */
	bool conditional; /* it has a `when` or hangs on another item */
};

/* Every item of the program in its order, as of the receipt of a request on DAY; lives in ARENA. */
const struct requirement *requirements_of(const struct program *program, struct civil_date day, struct arena *arena,
					  size_t *ret_count);

#endif
