/* SPDX-License-Identifier: Apache-2.0 */
#include "base/civil.h"

#include <string.h>

/* 0001-01-01 and 9999-12-31, counted from 1970-01-01: what four digits of year can write. */
enum { DAY_FIRST = -719162, DAY_LAST = 2932896, YEAR_FIRST = 1, YEAR_LAST = 9999 };

/*
 * Years that begin on 1 March end with their leap day, so that month lengths follow one formula; 0000-03-01
 * is this far before 1970.
 */
enum { DAYS_FROM_MARCH_0000 = 719468, DAYS_PER_400_YEARS = 146097 };

static bool leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && leap_year(year) ? 29 : lengths[month - 1];
}

static struct civil_date day_of(int year, int month, int day)
{
	const int from_march = (month + 9) % 12;
	const int y = month <= 2 ? year - 1 : year;
	const int days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + day - 1;

	return (struct civil_date){days - DAYS_FROM_MARCH_0000};
}

static struct civil_date within_range(int64_t day)
{
	if (day < DAY_FIRST) {
		return (struct civil_date){DAY_FIRST};
	}
	return (struct civil_date){day > DAY_LAST ? DAY_LAST : (int32_t)day};
}

bool civil_from_parts(int year, int month, int day, struct civil_date *ret_date)
{
	if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12) {
		return false;
	}
	if (day < 1 || day > month_length(year, month)) {
		return false;
	}
	*ret_date = day_of(year, month, day);
	return true;
}

struct civil_parts civil_parts(struct civil_date date)
{
	const int since_march_0000 = within_range(date.day).day + DAYS_FROM_MARCH_0000;
	const int cycle = since_march_0000 / DAYS_PER_400_YEARS;
	const int in_cycle = since_march_0000 % DAYS_PER_400_YEARS;
	const int year_in_cycle = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
	const int in_year = in_cycle - (365 * year_in_cycle + year_in_cycle / 4 - year_in_cycle / 100);
	const int from_march = (5 * in_year + 2) / 153;
	const int month = from_march < 10 ? from_march + 3 : from_march - 9;

	return (struct civil_parts){
		.year = cycle * 400 + year_in_cycle + (month <= 2 ? 1 : 0),
		.month = month,
		.day = in_year - (153 * from_march + 2) / 5 + 1,
	};
}

/* -1 unless all COUNT bytes are ASCII digits; stops at the first that is not, so a short string is safe. */
static int read_digits(const char *at, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9') {
			return -1;
		}
		value = value * 10 + (at[i] - '0');
	}
	return value;
}

bool civil_parse(const char *text, struct civil_date *ret_date)
{
	if (strnlen(text, CIVIL_TEXT_SIZE) != CIVIL_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-') {
		return false;
	}
	return civil_from_parts(read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2), ret_date);
}

char *civil_put_digits(char *at, int value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return at + count;
}

const char *civil_format(struct civil_date date, char buffer[CIVIL_TEXT_SIZE])
{
	const struct civil_parts parts = civil_parts(date);
	char *at = civil_put_digits(buffer, parts.year, 4);

	*at++ = '-';
	at = civil_put_digits(at, parts.month, 2);
	*at++ = '-';
	at = civil_put_digits(at, parts.day, 2);
	*at = '\0';
	return buffer;
}

enum civil_weekday civil_weekday(struct civil_date date)
{
	const int since_monday = ((date.day % 7) + 10) % 7; /* 1970-01-01 was a Thursday */

	return (enum civil_weekday)since_monday;
}

const char *civil_weekday_name(enum civil_weekday weekday)
{
	static const char *const names[] = {
		[CIVIL_MONDAY] = "Mon", [CIVIL_TUESDAY] = "Tue",  [CIVIL_WEDNESDAY] = "Wed", [CIVIL_THURSDAY] = "Thu",
		[CIVIL_FRIDAY] = "Fri", [CIVIL_SATURDAY] = "Sat", [CIVIL_SUNDAY] = "Sun",
	};
	_Static_assert(sizeof(names) / sizeof(names[0]) == 7, "a week has seven days");

	return names[weekday];
}

struct civil_date civil_add_days(struct civil_date date, int days)
{
	return within_range((int64_t)date.day + days);
}

/* False when the year is outside the calendar; RET_DATE is then its nearest end. */
static bool year_within_range(int64_t year, struct civil_date *ret_date)
{
	if (year >= YEAR_FIRST && year <= YEAR_LAST) {
		return true;
	}
	*ret_date = (struct civil_date){year < YEAR_FIRST ? DAY_FIRST : DAY_LAST};
	return false;
}

struct civil_date civil_add_years(struct civil_date date, int years)
{
	const struct civil_parts parts = civil_parts(date);
	const int64_t year = (int64_t)parts.year + years;
	struct civil_date moved;

	if (!year_within_range(year, &moved)) {
		return moved;
	}
	const int length = month_length((int)year, parts.month);
	return day_of((int)year, parts.month, parts.day > length ? length : parts.day);
}

int civil_days_between(struct civil_date a, struct civil_date b)
{
	return within_range(b.day).day - within_range(a.day).day;
}

struct civil_date civil_birthday(struct civil_date birth, int years)
{
	const struct civil_parts parts = civil_parts(birth);
	const int64_t year = (int64_t)parts.year + years;
	struct civil_date day;

	if (!year_within_range(year, &day)) {
		return day;
	}
	/* The day number of 29 February in a common year is that of 1 March, which is the rule for ages. */
	return day_of((int)year, parts.month, parts.day);
}

int civil_age(struct civil_date birth, struct civil_date on)
{
	const int years = civil_parts(on).year - civil_parts(birth).year;

	return civil_compare(on, civil_birthday(birth, years)) < 0 ? years - 1 : years;
}
