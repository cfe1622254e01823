/* SPDX-License-Identifier: Apache-2.0 */
/* Business days: Monday to Friday less a plan's list of observed holidays, which is data. */
#ifndef AR_DOMAIN_CALENDAR_H
#define AR_DOMAIN_CALENDAR_H

#include "base/arena.h"
#include "base/civil.h"

#include <stdbool.h>
#include <stddef.h>

struct holiday {
	struct civil_date on; /* the observed day */
	const char *name;
};

struct calendar {
	const char *id; /* "us-or" */
	const char *title;
	const struct holiday *holidays; /* ascending */
	size_t holiday_count;
	struct civil_date from; /* the days the list knows; outside them it must not be used */
	struct civil_date to;
	const char *digest_hex; /* of its file; NULL when it came from none */
};

/* How long a list goes on, seen from a day: what is counted from then on may soon, or does already, run over its end. */
enum calendar_end { CALENDAR_GOES_ON, CALENDAR_ENDS_SOON, CALENDAR_ENDED };

/* A day that a count passed over. */
struct skipped_day {
	struct civil_date on;
	const char *why; /* "Sat", "Sun" or the holiday's name */
};

/* NULL on a business day, else why the plan is closed. */
const char *calendar_closed(const struct calendar *calendar, struct civil_date day);

/* True when the calendar's list covers both days. */
bool calendar_covers(const struct calendar *calendar, struct civil_date from, struct civil_date to);

/* "the holiday list ends 2032-12-31", of days from FROM to TO that the list does not know; NULL where it knows them all. */
const char *calendar_unknown(const struct calendar *calendar, struct civil_date from, struct civil_date to,
			     struct arena *arena);

/* Soon is within a year of TODAY. */
enum calendar_end calendar_end(const struct calendar *calendar, struct civil_date today);

/*
 * The COUNTth business day after START (START itself is day 0, whatever kind of day it is: rules B.1). Days
 * passed over are written to RET_SKIPPED (at most CAPACITY of them); RET_SKIPPED_COUNT counts all of them.
 */
struct civil_date calendar_add_business_days(const struct calendar *calendar, struct civil_date start, int count,
					     struct skipped_day *ret_skipped, size_t capacity, size_t *ret_skipped_count);

/* The last business day that is not after DAY. */
struct civil_date calendar_last_business_day(const struct calendar *calendar, struct civil_date day);

#endif
