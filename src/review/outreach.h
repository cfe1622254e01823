/* SPDX-License-Identifier: Apache-2.0 */
/* Log an attempt to obtain what is missing (rules X62): made by a person, naming the items. */
#ifndef AR_REVIEW_OUTREACH_H
#define AR_REVIEW_OUTREACH_H

#include "review/record.h"

/* As submit_prepare, for the request ID. */
struct record_change *outreach_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
