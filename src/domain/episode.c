/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/episode.h"

/* From its first day to its last. */
static struct day_set reach(struct arena *arena, struct day_set days)
{
	if (days_empty(days)) {
		return days;
	}
	const struct day_span whole = {days_first(days), days_last(days)};
	return days_of(arena, &whole, 1);
}

struct episode_days episode_days(struct arena *arena, const struct episode_holding *holdings, size_t count)
{
	struct episode_days sum = {{NULL, 0}, {NULL, 0}};
	struct day_set reached = {NULL, 0};
	for (size_t i = 0; i < count; i++) {
		sum.authorized = days_union(arena, sum.authorized, holdings[i].authorized);
		reached = days_union(arena, reached, reach(arena, holdings[i].authorized));
		reached = days_union(arena, reached, reach(arena, holdings[i].asked));
	}
	sum.gaps = days_minus(arena, reach(arena, reached), reached);
	return sum;
}
