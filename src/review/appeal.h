/* SPDX-License-Identifier: Apache-2.0 */
/* POST …/appeals: somebody asks that a denial, or what an approval in part does not approve, be considered again. */
#ifndef AR_REVIEW_APPEAL_H
#define AR_REVIEW_APPEAL_H

#include "review/record.h"

/* Receives the appeal, as far as the policy offers it to who appeals, and starts its clock; NULL with the outcome set. */
struct record_change *appeal_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
