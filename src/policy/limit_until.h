/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that end on a day: {"birthday": {"years": 19}} is the day before it, {"at": "/facts/..."} that day. */
#ifndef AR_POLICY_LIMIT_UNTIL_H
#define AR_POLICY_LIMIT_UNTIL_H

#include "policy/evaluator.h"

struct limit_until;

/* NULL after an issue. */
const struct limit_until *limit_until_compile(struct compiler *compiler, const struct json *node, const struct spot *spot);

/* The last day; false when what it hangs on is not given. */
bool limit_last_day(const struct limit_until *until, const struct evaluator *evaluator, struct civil_date *ret_day);

#endif
