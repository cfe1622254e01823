/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a licensed reviewer finds about criteria of a request: answers with the places where they are seen. The newest answer to a criterion
 * stands; what the machine found stays beside it, and earlier answers stay in the history.
 */
#ifndef AR_REVIEW_FIND_H
#define AR_REVIEW_FIND_H

#include "review/amend.h"

/* As submit_prepare, for one CRITERION of the request ID. */
struct record_change *find_prepare(const struct call *call, const char *id, const char *criterion,
				   struct outcome *outcome) AR_MUST_CHECK;

/* The same for several at once: all or none. */
struct record_change *find_several_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

/* Applies `findings` of the call's body to the plan's answers: all or none. False with the outcome set. */
bool find_apply(struct amendment *amendment, struct outcome *outcome) AR_MUST_CHECK;

#endif
