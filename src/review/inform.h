/* SPDX-License-Identifier: Apache-2.0 */
/* Supply what is missing, and answer questions: merge into the body, judge again; same tracking number, same clocks. What was judged stays, or is opened again. */
#ifndef AR_REVIEW_INFORM_H
#define AR_REVIEW_INFORM_H

#include "review/record.h"

/* As submit_prepare, for the request ID. */
struct record_change *inform_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
