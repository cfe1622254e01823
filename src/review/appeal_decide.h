/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/appeals/{id}/determination: somebody who was not involved upholds the decision or overturns it. */
#ifndef AR_REVIEW_APPEAL_DECIDE_H
#define AR_REVIEW_APPEAL_DECIDE_H

#include "review/record.h"

/* ID is the appeal's; the precondition is its request's ETag. NULL with the outcome set. */
struct record_change *appeal_decide_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
