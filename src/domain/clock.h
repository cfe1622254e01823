/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks: a duration with a start, a unit and a calendar, and a due instant that can be counted by hand. */
#ifndef AR_DOMAIN_CLOCK_H
#define AR_DOMAIN_CLOCK_H

#include "base/zone.h"
#include "domain/calendar.h"

enum clock_unit { CLOCK_HOURS, CLOCK_CALENDAR_DAYS, CLOCK_BUSINESS_DAYS };

enum { CLOCK_UNIT_COUNT = CLOCK_BUSINESS_DAYS + 1, CLOCK_SKIPPED_MAX = 64, CLOCK_AMOUNT_MAX = 1000 };

const char *clock_unit_name(enum clock_unit unit); /* "hours", "calendar_days", "business_days" */
bool clock_unit_from_name(const char *name, enum clock_unit *ret_unit);

struct clock_rule {
	enum clock_unit unit;
	int amount; /* 1..CLOCK_AMOUNT_MAX */
};

struct clock_due {
	struct instant due_at;
	struct civil_date due_on; /* local day of due_at */
	struct civil_date last_business_day; /* the last business day not after due_on */
	/* due_at; if calendar days end on a closed one, the end of last_business_day unless that is before START */
	struct instant act_by;
	struct skipped_day skipped[CLOCK_SKIPPED_MAX]; /* the first ones, of business-day clocks only */
	size_t skipped_count;
};

/*
 * Hours are elapsed time in UTC, day clocks end at 23:59:59 local on the counted day, the local day of START
 * is day 0, a calendar-day due date is never moved. Pure. Ask calendar_covers() about the days from START to
 * due_on.
 */
struct clock_due clock_compute(const struct clock_rule *rule, struct instant start, const struct zone *zone,
			       const struct calendar *calendar);

/*
 * The instant that lies the duration before the end of LAST: elapsed hours, or the end of the day so many calendar or business days
 * before.
 */
struct instant clock_count_back(const struct clock_rule *rule, struct civil_date last, const struct zone *zone,
				const struct calendar *calendar);

#endif
