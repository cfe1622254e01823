/* SPDX-License-Identifier: Apache-2.0 */
/* POST …/notices: what was told to whom about a decision, when and how. */
#ifndef AR_REVIEW_NOTIFY_H
#define AR_REVIEW_NOTIFY_H

#include "review/record.h"

/*
 * Records the notice; what was owed to the addressee counts as told from then on, late when it was due before. The decision stands either
 * way. NULL with the outcome set.
 */
struct record_change *notify_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
