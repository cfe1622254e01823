/* SPDX-License-Identifier: Apache-2.0 */
/* Record a request: evaluate it, start its clocks, answer in full. */
#ifndef AR_REVIEW_SUBMIT_H
#define AR_REVIEW_SUBMIT_H

#include "review/record.h"

/*
 * The half before the writer. The change to commit, in the call's arena; NULL when the outcome stands already (a refusal, or the answer
 * that the key has).
 */
struct record_change *submit_prepare(const struct call *call, struct outcome *outcome) AR_MUST_CHECK;

/* Evaluates a body exactly as submit does and records nothing. */
void check_request(const struct call *call, struct outcome *outcome);

#endif
