/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/calendar.h"

static const char *holiday_name(const struct calendar *calendar, struct civil_date day)
{
	size_t low = 0;
	size_t high = calendar->holiday_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = civil_compare(calendar->holidays[middle].on, day);
		if (order == 0) {
			return calendar->holidays[middle].name;
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

const char *calendar_closed(const struct calendar *calendar, struct civil_date day)
{
	const enum civil_weekday weekday = civil_weekday(day);

	if (weekday == CIVIL_SATURDAY || weekday == CIVIL_SUNDAY) {
		return civil_weekday_name(weekday);
	}
	return holiday_name(calendar, day);
}

bool calendar_covers(const struct calendar *calendar, struct civil_date from, struct civil_date to)
{
	return civil_compare(calendar->from, from) <= 0 && civil_compare(to, calendar->to) <= 0;
}

const char *calendar_unknown(const struct calendar *calendar, struct civil_date from, struct civil_date to, struct arena *arena)
{
	char day[CIVIL_TEXT_SIZE];
	const bool early = civil_compare(from, calendar->from) < 0;
	return calendar_covers(calendar, from, to)
		       ? NULL
		       : arena_printf(arena, early ? "the holiday list begins %s" : "the holiday list ends %s",
				      civil_format(early ? calendar->from : calendar->to, day));
}

enum calendar_end calendar_end(const struct calendar *calendar, struct civil_date today)
{
	enum { A_YEAR = 366 };
	const int left = civil_days_between(today, calendar->to);
	return left < 0 ? CALENDAR_ENDED : left < A_YEAR ? CALENDAR_ENDS_SOON : CALENDAR_GOES_ON;
}

struct civil_date calendar_add_business_days(const struct calendar *calendar, struct civil_date start, int count,
					     struct skipped_day *ret_skipped, size_t capacity, size_t *ret_skipped_count)
{
	struct civil_date day = start;
	size_t skipped = 0;

	while (count > 0) {
		const struct civil_date next = civil_add_days(day, 1);
		if (civil_compare(next, day) == 0) {
			break; /* the last day that can be written */
		}
		day = next;
		const char *const closed = calendar_closed(calendar, day);
		if (closed == NULL) {
			count--;
			continue;
		}
		if (skipped < capacity) {
			ret_skipped[skipped] = (struct skipped_day){day, closed};
		}
		skipped++;
	}
	*ret_skipped_count = skipped;
	return day;
}

struct civil_date calendar_last_business_day(const struct calendar *calendar, struct civil_date day)
{
	while (calendar_closed(calendar, day) != NULL) {
		const struct civil_date previous = civil_add_days(day, -1);
		if (civil_compare(previous, day) == 0) {
			break; /* the first day that can be written */
		}
		day = previous;
	}
	return day;
}
