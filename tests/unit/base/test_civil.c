/* SPDX-License-Identifier: Apache-2.0 */
#include "base/civil.h"

#include "../run_suite.h"

#include <check.h>
#include <limits.h>
#include <string.h>

static struct civil_date date(const char *text)
{
	struct civil_date day = {0};

	ck_assert_msg(civil_parse(text, &day), "%s is no date", text);
	return day;
}

static void assert_date(struct civil_date day, const char *expected)
{
	char text[CIVIL_TEXT_SIZE];

	ck_assert_str_eq(civil_format(day, text), expected);
}

/* Counts every day from year 1 to 9999 with nothing but month lengths. */
START_TEST(every_day_follows_the_one_before)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int32_t expected = -719162;
	int weekday = 0; /* 0001-01-01 is a Monday */

	for (int year = 1; year <= 9999; year++) {
		const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		for (int month = 1; month <= 12; month++) {
			const int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
			struct civil_date day = {0};
			for (int i = 1; i <= length; i++) {
				if (!civil_from_parts(year, month, i, &day) || day.day != expected) {
					ck_abort_msg("%04d-%02d-%02d is day %d", year, month, i, day.day);
				}
				const struct civil_parts parts = civil_parts(day);
				if (parts.year != year || parts.month != month || parts.day != i) {
					ck_abort_msg("day %d is not %04d-%02d-%02d", day.day, year, month, i);
				}
				if ((int)civil_weekday(day) != weekday) {
					ck_abort_msg("%04d-%02d-%02d: wrong weekday", year, month, i);
				}
				expected++;
				weekday = (weekday + 1) % 7;
			}
			ck_assert(!civil_from_parts(year, month, length + 1, &day));
		}
	}
	ck_assert_int_eq(expected, 2932897);
}
END_TEST

START_TEST(no_such_days)
{
	struct civil_date day = {77};

	ck_assert(!civil_from_parts(0, 1, 1, &day));
	ck_assert(!civil_from_parts(10000, 1, 1, &day));
	ck_assert(!civil_from_parts(2026, 0, 1, &day));
	ck_assert(!civil_from_parts(2026, 13, 1, &day));
	ck_assert(!civil_from_parts(2026, 1, 0, &day));
	ck_assert(!civil_from_parts(2026, INT_MIN, INT_MAX, &day));
	ck_assert_int_eq(day.day, 77);
}
END_TEST

static const char *const not_dates[] = {
	"",           "2026",       "2026-02-30", "2026-13-01",  "2026-00-10",  "2026-01-00",
	"2026-1-01",  "2026-01-1",  "20260101",   "2026-01-011", "2026-01-01 ", " 2026-01-01",
	"2026/01/01", "0000-01-01", "1900-02-29", "2100-02-29",  "2026-02-29",  "+026-01-01",
	"2026-+1-01", "2026-01--1", "2026-01-0a", "abcd-ef-gh",  "2026-01-01T", "\xd9\xa2\xd9\xa0-01-01",
};

START_TEST(refuses_what_is_no_date)
{
	struct civil_date day = {77};

	ck_assert_msg(!civil_parse(not_dates[_i], &day), "%s was read", not_dates[_i]);
	ck_assert_int_eq(day.day, 77);
}
END_TEST

START_TEST(reads_and_writes)
{
	ck_assert_int_eq(date("1970-01-01").day, 0);
	ck_assert_int_eq(date("1969-12-31").day, -1);
	assert_date(date("2028-02-29"), "2028-02-29");
	assert_date(date("0001-01-01"), "0001-01-01");
	assert_date(date("9999-12-31"), "9999-12-31");
}
END_TEST

START_TEST(weekdays)
{
	ck_assert_int_eq(civil_weekday(date("2026-03-02")), CIVIL_MONDAY);
	ck_assert_int_eq(civil_weekday(date("1969-12-31")), CIVIL_WEDNESDAY);
	ck_assert_str_eq(civil_weekday_name(CIVIL_MONDAY), "Mon");
	ck_assert_str_eq(civil_weekday_name(civil_weekday(date("2026-07-03"))), "Fri");
	ck_assert_str_eq(civil_weekday_name(CIVIL_SUNDAY), "Sun");
}
END_TEST

START_TEST(years_keep_month_and_day)
{
	assert_date(civil_add_years(date("2026-03-02"), -1), "2025-03-02");
	assert_date(civil_add_years(date("2028-02-29"), -1), "2027-02-28");
	assert_date(civil_add_years(date("2028-02-29"), 4), "2032-02-29");
	assert_date(civil_add_years(date("2096-02-29"), 4), "2100-02-28");
	assert_date(civil_add_years(date("2027-02-28"), 1), "2028-02-28");
	assert_date(civil_add_years(date("2026-12-31"), 0), "2026-12-31");
}
END_TEST

START_TEST(birthdays)
{
	assert_date(civil_birthday(date("2008-02-29"), 18), "2026-03-01");
	assert_date(civil_birthday(date("2008-02-29"), 20), "2028-02-29");
	assert_date(civil_birthday(date("2008-04-01"), 18), "2026-04-01");
	assert_date(civil_birthday(date("2008-02-28"), 18), "2026-02-28");
	assert_date(civil_birthday(date("2008-12-31"), 18), "2026-12-31");
}
END_TEST

START_TEST(ages)
{
	ck_assert_int_eq(civil_age(date("2008-02-29"), date("2026-02-28")), 17);
	ck_assert_int_eq(civil_age(date("2008-02-29"), date("2026-03-01")), 18);
	ck_assert_int_eq(civil_age(date("2008-02-29"), date("2028-02-28")), 19);
	ck_assert_int_eq(civil_age(date("2008-02-29"), date("2028-02-29")), 20);
	ck_assert_int_eq(civil_age(date("2008-04-01"), date("2026-03-31")), 17);
	ck_assert_int_eq(civil_age(date("2008-04-01"), date("2026-04-01")), 18);
	ck_assert_int_eq(civil_age(date("2026-01-05"), date("2026-01-05")), 0);
	ck_assert_int_eq(civil_age(date("2026-01-05"), date("2026-01-04")), -1);
	ck_assert_int_eq(civil_age(date("2026-01-05"), date("2025-01-05")), -1);
	ck_assert_int_eq(civil_age(date("2026-01-05"), date("2025-01-04")), -2);
}
END_TEST

START_TEST(arithmetic_stays_in_the_calendar)
{
	const struct civil_date first = date("0001-01-01");
	const struct civil_date last = date("9999-12-31");

	assert_date(civil_add_days(last, 1), "9999-12-31");
	assert_date(civil_add_days(first, -1), "0001-01-01");
	assert_date(civil_add_days(last, INT_MAX), "9999-12-31");
	assert_date(civil_add_days((struct civil_date){INT32_MIN}, INT_MIN), "0001-01-01");
	assert_date(civil_add_years(last, INT_MAX), "9999-12-31");
	assert_date(civil_add_years(first, INT_MIN), "0001-01-01");
	assert_date(civil_birthday(last, 1), "9999-12-31");
	assert_date((struct civil_date){INT32_MAX}, "9999-12-31");
	assert_date((struct civil_date){INT32_MIN}, "0001-01-01");
	ck_assert_int_eq(civil_days_between(first, last), 3652058);
	ck_assert_int_eq(civil_days_between((struct civil_date){INT32_MAX}, first), -3652058);
}
END_TEST

START_TEST(days_between)
{
	ck_assert_int_eq(civil_days_between(date("2026-03-02"), date("2026-03-03")), 1);
	ck_assert_int_eq(civil_days_between(date("2026-03-02"), date("2026-01-01")), -60);
	assert_date(civil_add_days(date("2026-03-02"), -60), "2026-01-01");
	ck_assert_int_lt(civil_compare(date("2025-12-31"), date("2026-01-01")), 0);
	ck_assert_int_eq(civil_compare(date("2026-01-01"), date("2026-01-01")), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("civil");
	TCase *const tcase = tcase_create("civil");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_day_follows_the_one_before);
	tcase_add_test(tcase, no_such_days);
	tcase_add_loop_test(tcase, refuses_what_is_no_date, 0, sizeof(not_dates) / sizeof(not_dates[0]));
	tcase_add_test(tcase, reads_and_writes);
	tcase_add_test(tcase, weekdays);
	tcase_add_test(tcase, years_keep_month_and_day);
	tcase_add_test(tcase, birthdays);
	tcase_add_test(tcase, ages);
	tcase_add_test(tcase, arithmetic_stays_in_the_calendar);
	tcase_add_test(tcase, days_between);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
