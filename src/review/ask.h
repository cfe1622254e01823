/* SPDX-License-Identifier: Apache-2.0 */
/* Licensed staff ask for on-request items of the policy, or put questions: until they are there, information is outstanding. */
#ifndef AR_REVIEW_ASK_H
#define AR_REVIEW_ASK_H

#include "review/record.h"

/* As submit_prepare, for the request ID. */
struct record_change *ask_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
