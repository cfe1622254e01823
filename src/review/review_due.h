/* SPDX-License-Identifier: Apache-2.0 */
/* Policies whose own review date has passed: nothing changes by itself, but somebody should look. */
#ifndef AR_REVIEW_REVIEW_DUE_H
#define AR_REVIEW_REVIEW_DUE_H

#include "policy/policy.h"

#include <stdbool.h>

/* Whether the local day of NOW lies after the review date of a version that decides, or will. */
bool review_past(const struct policy *policy, struct instant now);

/*
 * Logs every policy that is past its review date at NOW and was not at *TOLD_TO, and every one whose calendar ends within a year, or has ended, which becomes NOW: each once for a set, when *TOLD_TO
 * begins with zero. Looks once a minute, however often it is called.
 */
void review_tell(const struct policy_set *set, struct instant now, struct instant *told_to);

#endif
