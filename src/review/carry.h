/* SPDX-License-Identifier: Apache-2.0 */
/* What a request takes over from the one that it continues, where its own body leaves it open: who it is about, by whom, for what. */
#ifndef AR_REVIEW_CARRY_H
#define AR_REVIEW_CARRY_H

#include "review/continue.h"

/* What an authorization is called and which days it holds, as a body says it of an earlier one. */
const struct json *carry_authorization(struct arena *arena, const struct json *authorization);

/*
 * Puts the body with what CONTINUED says in the place of the draft's, and names the places in CONTINUED: the member, the providers, the
 * diagnoses, the codes of the lines, and the authorization, which is the record's. How much is asked for, and when, is never taken over.
 */
void carry_over(struct continued *continued, struct draft *draft, struct arena *arena);

#endif
