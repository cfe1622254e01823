/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of calendar days as ascending, disjoint, inclusive spans. */
#ifndef AR_DOMAIN_DAYS_H
#define AR_DOMAIN_DAYS_H

#include "base/arena.h"
#include "base/civil.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct day_span {
	struct civil_date from;
	struct civil_date to; /* inclusive, not before from */
};

struct day_set {
	const struct day_span *spans;
	size_t count;
};

/* All results live in ARENA. Spans whose end is before their start are ignored. */
struct day_set days_of(struct arena *arena, const struct day_span *spans, size_t count);
struct day_set days_union(struct arena *arena, struct day_set a, struct day_set b);
struct day_set days_both(struct arena *arena, struct day_set a, struct day_set b);
struct day_set days_minus(struct arena *arena, struct day_set a, struct day_set b);
bool days_empty(struct day_set set);
bool days_contain(struct day_set set, struct civil_date day);
struct civil_date days_first(struct day_set set); /* of a set that is not empty */
struct civil_date days_last(struct day_set set);
int64_t days_count(struct day_set set);

/* "2026-03-09, 2026-03-11 to 2026-03-15"; "no day" of an empty set; "" in a muted arena. */
const char *days_text(struct arena *arena, struct day_set days);

#endif
