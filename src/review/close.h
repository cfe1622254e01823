/* SPDX-License-Identifier: Apache-2.0 */
/* POST …/closure: a request on the manual route was handled elsewhere (rules X59). */
#ifndef AR_REVIEW_CLOSE_H
#define AR_REVIEW_CLOSE_H

#include "review/record.h"

/* Ends the request with the note of where it was handled; NULL with the outcome set. */
struct record_change *close_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
