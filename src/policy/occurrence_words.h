/* SPDX-License-Identifier: Apache-2.0 */
/* What checks find about occurrences, in words: put together only when the item lists it. */
#ifndef AR_POLICY_OCCURRENCE_WORDS_H
#define AR_POLICY_OCCURRENCE_WORDS_H

#include "policy/occurrence.h"
#include "policy/trace.h"

/* "/facts/occurrences/3/setting"; without a MEMBER the occurrence itself. */
const char *occurrence_place(struct arena *arena, const struct occurrence *occurrence, const char *member);

/* "the contact of 2026-06-10" */
const char *occurrence_name(const struct evaluator *evaluator, const struct occurrence *occurrence);

/* Adds an entry that is put into words later. */
void occurrence_add(struct trace *trace, struct unworded unworded);

/* The same of a condition that does not hold or cannot be told, or, where OPEN is NULL, of a day that is not given. */
void occurrence_add_open(struct trace *trace, const struct occurrence *occurrence, const struct condition *open,
			 enum problem problem);

#endif
