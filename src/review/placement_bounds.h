/* SPDX-License-Identifier: Apache-2.0 */
/* What a placement may not go beyond: the days and units that were approved, and the days that its policy lets be approved at all. */
#ifndef AR_REVIEW_PLACEMENT_BOUNDS_H
#define AR_REVIEW_PLACEMENT_BOUNDS_H

#include "review/determination_facts.h"

/*
 * Holds PLACED, whose days can be used, against what the request named: as many days at most, and as many units of their kind; which days
 * they are may change. Its policy judges the days of PLACED as if the request had named them. Adds an issue for all that goes beyond.
 */
void placement_bounds(const struct amendment *amendment, const struct determination_facts *facts,
		      const struct asked_line *placed, struct issues *issues);

#endif
