/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from an item's answer: findings, flags, returns, limits, clocks. Kinds decide, not checks. */
#ifndef AR_POLICY_FOLLOW_H
#define AR_POLICY_FOLLOW_H

#include "policy/evaluator.h"

/* Room for what ITEMS items can add. */
void follow_reserve(struct evaluation *evaluation, const struct program *program, struct arena *arena);

void follow_item(struct evaluator *evaluator, const struct item *item, const struct item_state *state,
		 struct evaluation *evaluation);

/* Adds an excess when more is asked than one authorization may hold. */
void follow_limit(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation);

#endif
