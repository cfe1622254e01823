/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Return to sender: for what is missing only after the attempts owed, for a proposed reason when intake confirms it; or set a proposed
 * return aside. Never a denial.
 */
#ifndef AR_REVIEW_RETURN_TO_SENDER_H
#define AR_REVIEW_RETURN_TO_SENDER_H

#include "review/record.h"

/* As submit_prepare, for the request ID. A return too early is 409 and says how many attempts are owed and from when. */
struct record_change *return_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

#endif
