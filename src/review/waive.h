/* SPDX-License-Identifier: Apache-2.0 */
/* Staff waive what is owed in running care, with a reason. */
#ifndef AR_REVIEW_WAIVE_H
#define AR_REVIEW_WAIVE_H

#include "review/record.h"

/* The change to commit; NULL when the outcome stands already. */
struct record_change *waive_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
