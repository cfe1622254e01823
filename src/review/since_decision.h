/* SPDX-License-Identifier: Apache-2.0 */
/* Instants that a call gives of what followed a decision: a notice, an appeal. */
#ifndef AR_REVIEW_SINCE_DECISION_H
#define AR_REVIEW_SINCE_DECISION_H

#include "review/amend.h"

enum since {
	SINCE_FIRST, /* the request's first decision: a notice may be of one that was superseded since */
	SINCE_CURRENT /* the decision in effect: an appeal is against that one */
};

/*
 * The instant that MEMBER of the call's body gives, now when it gives none. It is not in the future and not before that decision (before
 * receipt, when the papers name no decision); else an issue is added.
 */
struct instant since_decision(const struct amendment *amendment, enum since since, const char *member, struct outcome *outcome);

#endif
