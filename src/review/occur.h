/* SPDX-License-Identifier: Apache-2.0 */
/* Record what happened in running care: what is owed follows from it. */
#ifndef AR_REVIEW_OCCUR_H
#define AR_REVIEW_OCCUR_H

#include "review/record.h"

/* The change to commit; NULL when the outcome stands already. */
struct record_change *occur_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
