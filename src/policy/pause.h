/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A time in which nothing begins, such as case management that has ended until it starts again: {"from": selector, "to": selector}. It lasts
 * from one occurrence to the first that ends it, or for good; what begins with the end itself begins.
 */
#ifndef AR_POLICY_PAUSE_H
#define AR_POLICY_PAUSE_H

#include "policy/selector.h"

struct pause {
	struct selector from;
	struct selector to;
};

/* Reads the member "paused" of NODE; *ret_pause is NULL where there is none. False after an issue. */
bool pause_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, const struct pause **ret_pause);

/* Leaves of COUNT starts those that came up outside it, in their order; returns how many. PAUSE may be NULL. */
size_t pause_leave(const struct pause *pause, const struct evaluator *evaluator, struct happening *starts, size_t count);

#endif
