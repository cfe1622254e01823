/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions that reviewers put to the provider: `questions` of the plan's part. None is ever taken out, so that a name stays with its
 * question; one is open until it is answered or withdrawn.
 */
#ifndef AR_REVIEW_QUESTION_H
#define AR_REVIEW_QUESTION_H

#include "review/amend.h"

/* Puts TEXT about the criterion, unless the same question is open already; false when the request has as many as it can hold. */
bool question_put(struct amendment *amendment, const char *criterion, const char *text) AR_MUST_CHECK;

/* Withdraws the open questions about a criterion that was answered without them. */
void question_withdraw(struct amendment *amendment, const char *criterion);

/* Answers the open question ID, TEXT or DOCUMENT perhaps NULL, and opens its criterion again; false when there is no such question. */
bool question_answer(struct amendment *amendment, const char *id, const char *text, const char *document) AR_MUST_CHECK;

#endif
