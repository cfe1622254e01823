/* SPDX-License-Identifier: Apache-2.0 */
/* What licensed people answer and ask about: the findings of a request, each an item of its policy. */
#ifndef AR_REVIEW_CRITERION_H
#define AR_REVIEW_CRITERION_H

#include "review/amend.h"

/* The item ID of the request's policy version, or NULL. */
const struct item *criterion_find(const struct amendment *amendment, const char *id);

/* Whether the item stands among the findings of the request as it was answered last. */
bool criterion_applies(const struct amendment *amendment, const struct item *item);

/* Why nobody can answer or ask about the item now, for people; NULL when a licensed person can. */
const char *criterion_refusal(const struct amendment *amendment, const struct item *item);

/* Takes the licensed answer away, if there is one: the criterion is to be looked at afresh. */
void criterion_reopen(struct amendment *amendment, const char *id);

#endif
