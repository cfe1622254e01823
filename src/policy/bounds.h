/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers with a unit that an item turns on: windows, ages, clocks, caps. Found by walking the item as it is written, so that a number
 * that no mechanism here knows is found too.
 */
#ifndef AR_POLICY_BOUNDS_H
#define AR_POLICY_BOUNDS_H

#include "policy/policy.h"

enum bound_kind {
	BOUND_OTHER, /* a number with a unit that nothing here knows */
	BOUND_PAPER, /* document: within */
	BOUND_COVER, /* document: covers */
	BOUND_PAPER_AGE, /* document: kinds_by_age */
	BOUND_SECTION, /* sections: as_of_within */
	BOUND_SECTION_PAPER, /* sections: within */
	BOUND_MOMENT, /* within */
	BOUND_AGE, /* age_below, age_at_least */
	BOUND_AGED_AT, /* aged_at */
	BOUND_AGED, /* aged, of an element of a list */
	BOUND_BIRTHDAY, /* days: years */
	BOUND_ORDER, /* not_after: plus */
	BOUND_AFTER, /* occurrences: the beginning of the times is put off */
	BOUND_FOLLOWED, /* followed: within */
	BOUND_LIMIT, /* days of a limit */
	BOUND_LIMIT_BIRTHDAY, /* a limit until a birthday */
	BOUND_CLOCK, /* within of a clock */
	BOUND_TIMER, /* within of a notice or an appeal, each_within of outreach: they start with something that people do */
	BOUND_ASK_AGAIN, /* ask_again of a limit */
	BOUND_DUTY, /* within of an obligation */
	BOUND_DUTY_EVERY /* every of an obligation */
};

enum bound_unit { UNIT_HOURS, UNIT_DAYS, UNIT_YEARS, UNIT_CALENDAR_DAYS, UNIT_BUSINESS_DAYS, UNIT_OTHER };

/* What hangs on the check that holds a bound. */
enum bound_sense {
	SENSE_CHECK, /* whether the item is met */
	SENSE_WHEN, /* whether the item applies */
	SENSE_OTHER /* something else: who cures it, how often somebody is tried */
};

struct bound {
	const struct item *item;
	enum bound_kind kind;
	enum bound_sense sense;
	bool negated; /* it stands below an odd number of `not` */
	enum bound_unit unit;
	int amount;
	const char *pointer; /* of the number in the item: "/check/any/0/document/within/days" */
	const char *text; /* "14 days", "1 business day", "below 6" */
	/* of bounds in checks, else NULL: the check, its name and its arguments */
	const struct json *node;
	const char *check;
	const struct json *arguments;
	/* where it stands: its number among the elements of the list it is in (kinds_by_age) */
	size_t place;
};

struct bounds {
	struct bound *list;
	size_t count;
};

/* The bounds of one item, in the order in which they are written. */
void bounds_find(const struct item *item, struct arena *arena, struct bounds *ret_bounds);

/* The arguments of the check that NODE is, and its name; NULL when it is none. */
const struct json *bounds_check(const struct json *node, const char **ret_name);

#endif
