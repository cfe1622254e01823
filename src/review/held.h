/* SPDX-License-Identifier: Apache-2.0 */
/* What else a member is authorized for, where the policy asks: other requests of the payer, outside the request's own episode. */
#ifndef AR_REVIEW_HELD_H
#define AR_REVIEW_HELD_H

#include "review/record.h"

/* Which authorizations are left out or not shown. */
struct held_scope {
	const char *episode; /* id of the request that began the episode, or of the request itself; NULL: it is new */
	const struct principal *
		principal; /* who learns of it: a provider of their own, a role that reads no requests of none; NULL: judged by all */
};

/* Fills what DRAFT, which has its program, is judged with; nothing is read unless an item asks for it. False with the outcome set. */
bool held_find(const struct call *call, const struct held_scope *scope, struct draft *draft, struct outcome *outcome);

#endif
