/* SPDX-License-Identifier: Apache-2.0 */
/* What the body of a placement authorizes, as a line: the days, the code and the units that can stand on an authorization. Pure. */
#ifndef AR_REVIEW_PLACEMENT_LINE_H
#define AR_REVIEW_PLACEMENT_LINE_H

#include "review/determination_facts.h"

/* Adds an issue for all that cannot be right; false where its days cannot be used, so that nothing is held against the caps. */
bool placement_line(const struct amendment *amendment, const struct determination_facts *facts, struct issues *issues,
		    struct asked_line *ret_line) AR_MUST_CHECK;

/* The days that the request names: those of its lines, or its period where it has no lines. */
struct day_set placement_asked(const struct amendment *amendment, const struct determination_facts *facts);

#endif
