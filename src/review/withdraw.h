/* SPDX-License-Identifier: Apache-2.0 */
/* The submitter takes a request back before it is decided; the record is kept. */
#ifndef AR_REVIEW_WITHDRAW_H
#define AR_REVIEW_WITHDRAW_H

#include "review/record.h"

/* As submit_prepare, for the request ID. */
struct record_change *withdraw_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
