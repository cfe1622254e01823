/* SPDX-License-Identifier: Apache-2.0 */
/* What goes over the control socket: an order to change principals, as one JSON object, and its answer. */
#ifndef AR_CLI_CONTROL_ORDER_H
#define AR_CLI_CONTROL_ORDER_H

#include "base/text.h"
#include "cli/principals.h"

/* The longest order, far above what its names may add up to. */
enum { CONTROL_ORDER_MAX = 8192 };

/* A token never crosses: its digest does. */
void control_order_write(struct text *out, const struct principal_change *change);

/* Text of RET_CHANGE lives in ARENA. False when it is not an order that this program understands, or its principal is unfit. */
bool control_order_read(struct arena *arena, const char *bytes, size_t length, struct principal_change *ret_change,
			struct err *err) AR_MUST_CHECK;

/* OUTCOME NULL: it is done. */
void control_answer_write(struct text *out, const struct err *outcome);

/* True when the answer says that it is done. */
bool control_answer_read(struct arena *arena, const char *bytes, size_t length, struct err *err) AR_MUST_CHECK;

#endif
