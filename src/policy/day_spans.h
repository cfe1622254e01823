/* SPDX-License-Identifier: Apache-2.0 */
/* Days that lie in spans of a list: those on which a consent stands, those for which a service is authorized. */
#ifndef AR_POLICY_DAY_SPANS_H
#define AR_POLICY_DAY_SPANS_H

#include "policy/day_sets.h"
#include "policy/spot.h"

/*
 * Reads {"in": "/facts/consents", "from": "given_on", "to": ["valid_to"], "before": ["withdrawn_on"], "where": {...}}: of every element
 * that fulfils `where`, the days from `from` to the earliest of its ends; `to` names last days, `before` first days that lie outside.
 * NULL after an issue.
 */
const struct day_spans *day_spans_compile(struct compiler *compiler, const struct json *node, const struct spot *spot);

/* The list, as a pointer into a body. */
const char *day_spans_pointer(const struct day_spans *spans);

/* For the table of predicates. */
struct two_sets day_spans_days(const struct day_terms *terms, struct evaluator *evaluator);

#endif
