/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/calendar.h"

#include "../run_suite.h"
#include "oregon.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct holiday holidays[OREGON_HOLIDAYS];
static struct calendar oregon;

static void set_up(void)
{
	oregon = oregon_calendar(holidays);
}

static void assert_day(struct civil_date day, const char *expected)
{
	char text[CIVIL_TEXT_SIZE];

	ck_assert_str_eq(civil_format(day, text), expected);
}

START_TEST(says_why_it_is_closed)
{
	ck_assert_ptr_null(calendar_closed(&oregon, oregon_day("2026-03-02")));
	ck_assert_str_eq(calendar_closed(&oregon, oregon_day("2026-03-07")), "Sat");
	ck_assert_str_eq(calendar_closed(&oregon, oregon_day("2026-03-08")), "Sun");
	ck_assert_str_eq(calendar_closed(&oregon, oregon_day("2025-12-25")), "Christmas Day");
	ck_assert_str_eq(calendar_closed(&oregon, oregon_day("2026-12-25")), "Christmas Day");
	ck_assert_str_eq(calendar_closed(&oregon, oregon_day("2026-07-03")), "Independence Day (observed)");
	ck_assert_str_eq(calendar_closed(&oregon, oregon_day("2026-07-04")), "Sat");
	ck_assert_ptr_null(calendar_closed(&oregon, oregon_day("2026-10-12"))); /* no Columbus Day in Oregon */
	for (size_t i = 0; i < OREGON_HOLIDAYS; i++) {
		ck_assert_str_eq(calendar_closed(&oregon, holidays[i].on), holidays[i].name);
	}
}
END_TEST

START_TEST(knows_what_it_covers)
{
	ck_assert(calendar_covers(&oregon, oregon_day("2025-12-01"), oregon_day("2026-12-31")));
	ck_assert(!calendar_covers(&oregon, oregon_day("2025-11-30"), oregon_day("2026-12-31")));
	ck_assert(!calendar_covers(&oregon, oregon_day("2026-12-31"), oregon_day("2027-01-01")));
	ck_assert_int_eq(calendar_end(&oregon, oregon_day("2025-12-30")), CALENDAR_GOES_ON);
	ck_assert_int_eq(calendar_end(&oregon, oregon_day("2025-12-31")), CALENDAR_ENDS_SOON);
	ck_assert_int_eq(calendar_end(&oregon, oregon_day("2026-12-31")), CALENDAR_ENDS_SOON);
	ck_assert_int_eq(calendar_end(&oregon, oregon_day("2027-01-01")), CALENDAR_ENDED);
}
END_TEST

START_TEST(counts_and_names_what_it_skips)
{
	struct skipped_day skipped[8];
	size_t count = 0;

	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-07-01"), 7, skipped, 8, &count), "2026-07-13");
	ck_assert_uint_eq(count, 5);
	assert_day(skipped[0].on, "2026-07-03");
	ck_assert_str_eq(skipped[0].why, "Independence Day (observed)");
	assert_day(skipped[1].on, "2026-07-04");
	ck_assert_str_eq(skipped[1].why, "Sat");
	assert_day(skipped[4].on, "2026-07-12");
	ck_assert_str_eq(skipped[4].why, "Sun");
}
END_TEST

START_TEST(writes_no_more_than_there_is_room_for)
{
	struct skipped_day skipped[3] = {{{0}, NULL}, {{0}, NULL}, {{0}, "untouched"}};
	size_t count = 0;

	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-07-01"), 7, skipped, 2, &count), "2026-07-13");
	ck_assert_uint_eq(count, 5);
	ck_assert_str_eq(skipped[2].why, "untouched");
	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-07-01"), 7, NULL, 0, &count), "2026-07-13");
}
END_TEST

START_TEST(the_start_is_day_zero_whatever_it_is)
{
	size_t count = 0;

	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-03-06"), 1, NULL, 0, &count), "2026-03-09");
	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-03-07"), 1, NULL, 0, &count), "2026-03-09");
	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-03-08"), 1, NULL, 0, &count), "2026-03-09");
	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-11-26"), 1, NULL, 0, &count), "2026-11-27");
	ck_assert_uint_eq(count, 0);
	assert_day(calendar_add_business_days(&oregon, oregon_day("2026-11-26"), 0, NULL, 0, &count), "2026-11-26");
}
END_TEST

START_TEST(last_business_day)
{
	assert_day(calendar_last_business_day(&oregon, oregon_day("2026-12-25")), "2026-12-24");
	assert_day(calendar_last_business_day(&oregon, oregon_day("2026-07-05")), "2026-07-02");
	assert_day(calendar_last_business_day(&oregon, oregon_day("2026-02-16")), "2026-02-13");
	assert_day(calendar_last_business_day(&oregon, oregon_day("2026-03-11")), "2026-03-11");
}
END_TEST

START_TEST(ends_at_the_ends_of_the_calendar)
{
	struct holiday ends[] = {{oregon_day("0001-01-01"), "First"}, {oregon_day("9999-12-31"), "Last"}};
	const struct calendar calendar = {.holidays = ends, .holiday_count = 2};
	size_t count = 0;

	assert_day(calendar_add_business_days(&calendar, oregon_day("9999-12-30"), 5, NULL, 0, &count), "9999-12-31");
	assert_day(calendar_last_business_day(&calendar, oregon_day("0001-01-01")), "0001-01-01");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("calendar");
	TCase *const tcase = tcase_create("calendar");

	tcase_add_checked_fixture(tcase, set_up, NULL);
	tcase_add_test(tcase, says_why_it_is_closed);
	tcase_add_test(tcase, knows_what_it_covers);
	tcase_add_test(tcase, counts_and_names_what_it_skips);
	tcase_add_test(tcase, writes_no_more_than_there_is_room_for);
	tcase_add_test(tcase, the_start_is_day_zero_whatever_it_is);
	tcase_add_test(tcase, last_business_day);
	tcase_add_test(tcase, ends_at_the_ends_of_the_calendar);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
