/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/hand_count.h"

#include <ctype.h>
#include <stdio.h>

bool hand_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month == 2 && hand_leap(year) ? 29 : days[month - 1];
}

bool hand_real(struct hand_day day)
{
	return day.year >= 1 && day.year <= 9999 && day.month >= 1 && day.month <= 12 && day.day >= 1 &&
	       day.day <= month_days(day.year, day.month);
}

static bool read_number(const char *text, size_t count, int *ret_number)
{
	int number = 0;
	for (size_t i = 0; i < count; i++) {
		if (!isdigit((unsigned char)text[i])) {
			return false;
		}
		number = number * 10 + (text[i] - '0');
	}
	*ret_number = number;
	return true;
}

bool hand_read(const char *text, struct hand_day *ret_day)
{
	struct hand_day day = {0};
	/* each part ends the reading when it is not there, so that nothing behind the end is looked at */
	if (!text || !read_number(text, 4, &day.year) || text[4] != '-' || !read_number(text + 5, 2, &day.month) ||
	    text[7] != '-' || !read_number(text + 8, 2, &day.day) || !hand_real(day)) {
		return false;
	}
	*ret_day = day;
	return true;
}

const char *hand_text(struct hand_day day, char buffer[HAND_TEXT_SIZE])
{
	(void)snprintf(buffer, HAND_TEXT_SIZE, "%04d-%02d-%02d", day.year, day.month, day.day);
	return buffer;
}

int hand_compare(struct hand_day a, struct hand_day b)
{
	if (a.year != b.year) {
		return a.year - b.year;
	}
	return a.month != b.month ? a.month - b.month : a.day - b.day;
}

static struct hand_day next(struct hand_day day)
{
	if (day.day < month_days(day.year, day.month)) {
		return (struct hand_day){day.year, day.month, day.day + 1};
	}
	return day.month < 12 ? (struct hand_day){day.year, day.month + 1, 1} : (struct hand_day){day.year + 1, 1, 1};
}

static struct hand_day previous(struct hand_day day)
{
	if (day.day > 1) {
		return (struct hand_day){day.year, day.month, day.day - 1};
	}
	return day.month > 1 ? (struct hand_day){day.year, day.month - 1, month_days(day.year, day.month - 1)}
			     : (struct hand_day){day.year - 1, 12, 31};
}

struct hand_day hand_step(struct hand_day day, int days)
{
	for (; days > 0; days--) {
		day = next(day);
	}
	for (; days < 0; days++) {
		day = previous(day);
	}
	return day;
}

int hand_between(struct hand_day a, struct hand_day b)
{
	int days = 0;
	for (; hand_compare(a, b) < 0; days++) {
		a = next(a);
	}
	for (; hand_compare(a, b) > 0; days--) {
		a = previous(a);
	}
	return days;
}

struct hand_day hand_years(struct hand_day day, int years)
{
	struct hand_day there = {day.year + years, day.month, day.day};
	if (!hand_real(there)) {
		there.day = 28;
	}
	return there;
}

bool hand_birth(struct hand_day day, int years, struct hand_day *ret_birth)
{
	*ret_birth = (struct hand_day){day.year - years, day.month, day.day};
	return hand_real(*ret_birth);
}

/* Tomohiko Sakamoto's rule; 0 is a Sunday. */
static int weekday(struct hand_day day)
{
	static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
	const int year = day.month < 3 ? day.year - 1 : day.year;
	return (year + year / 4 - year / 100 + year / 400 + offsets[day.month - 1] + day.day) % 7;
}

struct hand_day hand_of(struct civil_date date)
{
	char buffer[CIVIL_TEXT_SIZE];
	struct hand_day day = {1, 1, 1};
	(void)hand_read(civil_format(date, buffer), &day);
	return day;
}

struct civil_date hand_date(struct hand_day day)
{
	struct civil_date date = {0};
	(void)civil_from_parts(day.year, day.month, day.day, &date);
	return date;
}

bool hand_closed(struct hand_day day, const struct calendar *calendar)
{
	if (weekday(day) == 0 || weekday(day) == 6) {
		return true;
	}
	for (size_t i = 0; i < calendar->holiday_count; i++) {
		if (hand_compare(hand_of(calendar->holidays[i].on), day) == 0) {
			return true;
		}
	}
	return false;
}

struct hand_day hand_business(struct hand_day day, int count, const struct calendar *calendar)
{
	while (count != 0) {
		day = count > 0 ? next(day) : previous(day);
		if (!hand_closed(day, calendar)) {
			count -= count > 0 ? 1 : -1;
		}
	}
	return day;
}
