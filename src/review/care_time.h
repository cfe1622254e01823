/* SPDX-License-Identifier: Apache-2.0 */
/* What time brings about in running care: duties become overdue, and of those that come again others begin. */
#ifndef AR_REVIEW_CARE_TIME_H
#define AR_REVIEW_CARE_TIME_H

#include "review/care.h"

/* When time itself next changes something, from CARE as it is judged; us INT64_MAX: never. */
struct instant care_wake_at(const struct care *care);

/*
 * What time has brought about by the call's instant: every overdue duty that was not raised yet, in one event, or a duty that has begun. NULL
 * when there is nothing; then *ret_later is when there will be (us INT64_MAX: never), unless the outcome has failed.
 */
struct record_change *care_raise(struct amendment *amendment, struct instant *ret_later, struct outcome *outcome) AR_MUST_CHECK;

#endif
