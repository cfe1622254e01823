/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POST …/placement: where a member is placed whose treatment was approved before a provider was known. Only then is the authorization issued:
 * a decision that says the same, with the authorization, takes the place of the approval that waited.
 */
#ifndef AR_REVIEW_PLACEMENT_H
#define AR_REVIEW_PLACEMENT_H

#include "review/record.h"

/* NULL with the outcome set: 409 where no approval waits for its placement, also when it was recorded before. */
struct record_change *placement_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

/* The plan's part of an approval that waits for its placement, and of a decision that does not. */
const struct json *placement_await(struct arena *arena, const struct json *plan);
const struct json *placement_forget(struct arena *arena, const struct json *plan);

#endif
