/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Episodes: the days that a request and those that continue it hold together. Days are those of the calendar, so that a night on which
 * the clocks change is as long as any. Pure.
 */
#ifndef AR_DOMAIN_EPISODE_H
#define AR_DOMAIN_EPISODE_H

#include "domain/days.h"

/* What one request of an episode holds: days that are authorized, or days that it asks for while nothing is decided. */
struct episode_holding {
	struct day_set authorized;
	struct day_set asked;
};

struct episode_days {
	struct day_set authorized; /* each day once, however many requests hold it */
	struct day_set gaps; /* the days between two requests that neither reaches */
};

/* In ARENA. A request reaches from its first day to its last: days that it leaves out between them are no gap. */
struct episode_days episode_days(struct arena *arena, const struct episode_holding *holdings, size_t count);

#endif
