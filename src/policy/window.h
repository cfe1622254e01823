/* SPDX-License-Identifier: Apache-2.0 */
/* Windows: how old a paper may be. They count back, ends included (rules X54). */
#ifndef AR_POLICY_WINDOW_H
#define AR_POLICY_WINDOW_H

#include "base/shape.h"
#include "base/zone.h"

enum window_unit { WINDOW_HOURS, WINDOW_DAYS, WINDOW_YEARS };

struct window {
	enum window_unit unit;
	int amount;
	const char *text; /* "14 days" */
};

/* Where windows count back from, in the zone of the policy. */
struct window_anchor {
	const struct zone *zone;
	struct instant at; /* for windows of hours */
	struct civil_date on; /* for windows of days and years */
	struct civil_date today; /* nothing may be dated later */
};

enum window_fit { WINDOW_INSIDE, WINDOW_STALE, WINDOW_FUTURE };

/* A date or an instant; a bare date stands for the end of its local day in a window of hours. */
enum window_fit window_judge(const struct window *window, const struct window_anchor *anchor, const struct value *value);

/* The earliest acceptable date of a window of days or years. */
struct civil_date window_earliest(const struct window *window, const struct window_anchor *anchor);

/* "2026-11-06", or for hours "2026-11-06T09:00:00-08:00". */
const char *window_earliest_text(struct arena *arena, const struct window *window, const struct window_anchor *anchor);

/* The local day of a date or an instant. */
struct civil_date value_day(const struct value *value, const struct zone *zone);

/* A date or instant for people: "2026-11-06". */
const char *value_text(struct arena *arena, const struct value *value, const struct zone *zone);

#endif
