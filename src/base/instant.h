/* SPDX-License-Identifier: Apache-2.0 */
/* Instants and elapsed spans, in microseconds of UTC. */
#ifndef AR_BASE_INSTANT_H
#define AR_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

struct instant {
	int64_t us; /* since 1970-01-01T00:00:00Z */
};

struct span {
	int64_t us;
};

enum { INSTANT_TEXT_SIZE = 40 };

/* The machine's real-time clock. Called at the top only; everything below takes `now`. */
struct instant instant_now(void);

/*
 * Reads RFC 3339 with an offset ("Z", "+hh:mm", "-hh:mm"); false without one. Fractions beyond microseconds
 * are cut; a leap second :60 is read as the last second of its minute plus one. Years 1 to 9999, in UTC too.
 */
bool instant_parse(const char *text, struct instant *ret_instant);

/* Writes RFC 3339 in UTC with "Z"; whole seconds without a fraction, else six digits. */
const char *instant_format_utc(struct instant instant, char buffer[INSTANT_TEXT_SIZE]);

/*
 * The same with an offset of whole minutes: "-08:00", "+00:00". Falls back to UTC where the offset is a day
 * or more, or the local year would not have four digits.
 */
const char *instant_format_offset(struct instant instant, int offset_minutes, char buffer[INSTANT_TEXT_SIZE]);

static inline struct span span_hours(int64_t hours)
{
	return (struct span){hours * 3600 * INT64_C(1000000)};
}

static inline struct span span_seconds(int64_t seconds)
{
	return (struct span){seconds * INT64_C(1000000)};
}

static inline struct instant instant_add(struct instant instant, struct span span)
{
	return (struct instant){instant.us + span.us};
}

static inline struct span instant_since(struct instant later, struct instant earlier)
{
	return (struct span){later.us - earlier.us};
}

static inline int instant_compare(struct instant a, struct instant b)
{
	return (a.us > b.us) - (a.us < b.us);
}

#endif
