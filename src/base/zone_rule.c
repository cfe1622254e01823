/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone_rule.h"

#include "base/civil.h"

#include <limits.h>
#include <string.h>

enum { SECONDS_PER_DAY = 86400, STANDARD_HOURS_MAX = 24, CHANGE_HOURS_MAX = 167, NAME_MIN = 3 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool read_mark(const char **at, char mark)
{
	if (**at != mark) {
		return false;
	}
	(*at)++;
	return true;
}

/* A decimal number from LEAST to MOST. */
static bool read_number(const char **at, int least, int most, int *ret_value)
{
	int value = 0;

	if (!is_digit(**at)) {
		return false;
	}
	for (; is_digit(**at); (*at)++) {
		value = value * 10 + (**at - '0');
		if (value > most) {
			return false;
		}
	}
	*ret_value = value;
	return value >= least;
}

/*
 * The abbreviation: three letters or more, or anything of letters, digits and signs between angle brackets.
 */
static bool skip_name(const char **at)
{
	const char *const start = *at;

	if (read_mark(at, '<')) {
		while (is_letter(**at) || is_digit(**at) || **at == '+' || **at == '-') {
			(*at)++;
		}
		return *at - start > NAME_MIN && read_mark(at, '>');
	}
	while (is_letter(**at)) {
		(*at)++;
	}
	return *at - start >= NAME_MIN;
}

/* "[+-]h[:mm[:ss]]" as seconds. */
static bool read_time(const char **at, int hours_max, int32_t *ret_seconds)
{
	int hours = 0;
	int minutes = 0;
	int seconds = 0;
	const bool negative = **at == '-';

	if (**at == '-' || **at == '+') {
		(*at)++;
	}
	if (!read_number(at, 0, hours_max, &hours)) {
		return false;
	}
	if (read_mark(at, ':') && !read_number(at, 0, 59, &minutes)) {
		return false;
	}
	if (read_mark(at, ':') && !read_number(at, 0, 59, &seconds)) {
		return false;
	}
	const int32_t total = hours * 3600 + minutes * 60 + seconds;
	*ret_seconds = negative ? -total : total;
	return true;
}

/* ",Mm.w.d[/time]", ",Jn[/time]" or ",n[/time]"; the time is 02:00:00 unless given. */
static bool read_change(const char **at, struct zone_change *ret_change)
{
	struct zone_change change = {.kind = ZONE_DAY_ORDINAL, .second = 2 * 3600};
	bool well_formed = false;

	if (!read_mark(at, ',')) {
		return false;
	}
	if (read_mark(at, 'M')) {
		change.kind = ZONE_DAY_OF_WEEK;
		well_formed = read_number(at, 1, 12, &change.month) && read_mark(at, '.') &&
			      read_number(at, 1, 5, &change.week) && read_mark(at, '.') &&
			      read_number(at, 0, 6, &change.weekday);
	} else if (read_mark(at, 'J')) {
		change.kind = ZONE_DAY_JULIAN;
		well_formed = read_number(at, 1, 365, &change.day);
	} else {
		well_formed = read_number(at, 0, 365, &change.day);
	}
	if (!well_formed || (read_mark(at, '/') && !read_time(at, CHANGE_HOURS_MAX, &change.second))) {
		return false;
	}
	*ret_change = change;
	return true;
}

bool zone_rule_parse(const char *text, struct zone_rule *ret_rule)
{
	struct zone_rule rule = {0};
	const char *at = text;
	int32_t west = 0;

	if (!skip_name(&at) || !read_time(&at, STANDARD_HOURS_MAX, &west)) {
		return false;
	}
	rule.standard = -west;
	rule.summer = rule.standard + 3600;
	if (*at != '\0') {
		rule.has_summer = true;
		if (!skip_name(&at)) {
			return false;
		}
		if (*at != ',') {
			if (!read_time(&at, STANDARD_HOURS_MAX, &west)) {
				return false;
			}
			rule.summer = -west;
		}
		if (!read_change(&at, &rule.start) || !read_change(&at, &rule.end)) {
			return false;
		}
	}
	if (*at != '\0') {
		return false;
	}
	*ret_rule = rule;
	return true;
}

static struct civil_date first_of(int year, int month)
{
	struct civil_date first = {0};

	(void)civil_from_parts(year, month, 1, &first);
	return first;
}

static struct civil_date day_of_week(const struct zone_change *change, int year)
{
	const struct civil_date first = first_of(year, change->month);
	const int first_weekday = ((int)civil_weekday(first) + 1) % 7; /* from Sunday */
	const int offset = (change->weekday - first_weekday + 7) % 7 + (change->week - 1) * 7;
	const struct civil_date day = civil_add_days(first, offset);

	/* Week 5 is the last one, which is the fourth where the month has no fifth. */
	return civil_parts(day).month == change->month ? day : civil_add_days(day, -7);
}

static struct civil_date change_day(const struct zone_change *change, int year)
{
	const struct civil_date first = first_of(year, 1);
	struct civil_date leap_day;

	switch (change->kind) {
	case ZONE_DAY_OF_WEEK: return day_of_week(change, year);
	case ZONE_DAY_JULIAN:
		if (change->day >= 60 && civil_from_parts(year, 2, 29, &leap_day)) {
			return civil_add_days(first, change->day);
		}
		return civil_add_days(first, change->day - 1);
	case ZONE_DAY_ORDINAL: break;
	}
	return civil_add_days(first, change->day);
}

/* The instant of a change in seconds of UTC; BEFORE is the offset in force until then. */
static int64_t change_at(const struct zone_change *change, int year, int32_t before)
{
	return (int64_t)change_day(change, year).day * SECONDS_PER_DAY + change->second - before;
}

int32_t zone_rule_offset(const struct zone_rule *rule, int64_t seconds)
{
	if (!rule->has_summer) {
		return rule->standard;
	}
	const int64_t local_day = (seconds + rule->standard) / SECONDS_PER_DAY;
	const struct civil_date day = civil_add_days((struct civil_date){0}, (int)local_day);
	const int year = civil_parts(day).year;
	int64_t latest = INT64_MIN;
	int32_t offset = rule->standard;

	/*
	 * The offset in force is that of the latest change not after the instant. Times beyond the day can
	 * carry a change over a year's end, hence three years. At a tie summer begins: that is how a rule
	 * writes summer time all year.
	 */
	for (int y = year > 1 ? year - 1 : 1; y <= year + 1 && y <= 9999; y++) {
		const int64_t end = change_at(&rule->end, y, rule->summer);
		const int64_t start = change_at(&rule->start, y, rule->standard);
		if (end <= seconds && end > latest) {
			latest = end;
			offset = rule->standard;
		}
		if (start <= seconds && start >= latest) {
			latest = start;
			offset = rule->summer;
		}
	}
	return offset;
}
