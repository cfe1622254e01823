/* SPDX-License-Identifier: Apache-2.0 */
/* A service record begins: from an authorization, whose identity it takes over, or without one. */
#ifndef AR_REVIEW_CARE_START_H
#define AR_REVIEW_CARE_START_H

#include "review/record.h"

/* The change to commit; NULL when the outcome stands already. */
struct record_change *care_prepare(const struct call *call, struct outcome *outcome) AR_MUST_CHECK;

#endif
