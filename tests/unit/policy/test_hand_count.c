/* SPDX-License-Identifier: Apache-2.0 */
/* Counting by hand comes to the same as the program's own arithmetic, which it shares nothing with; and both to what a calendar says. */
#include "policy/hand_count.h"

#include "../run_suite.h"
#include "domain/calendar.h"

#include <check.h>
#include <string.h>

static const struct holiday holidays[] = {{{20819}, "Day off"}}; /* Friday 2027-01-01 */
static const struct calendar calendar = {.id = "x", .holidays = holidays, .holiday_count = 1, .from = {0}, .to = {40000}};

static struct hand_day day(const char *text)
{
	struct hand_day read = {0};
	ck_assert_msg(hand_read(text, &read), "%s is no day", text);
	return read;
}

static void is(struct hand_day found, const char *wanted)
{
	char text[HAND_TEXT_SIZE];
	ck_assert_str_eq(hand_text(found, text), wanted);
}

START_TEST(days_of_a_printed_calendar)
{
	is(hand_step(day("2024-02-28"), 1), "2024-02-29");
	is(hand_step(day("2026-02-28"), 1), "2026-03-01");
	is(hand_step(day("2027-01-01"), -1), "2026-12-31");
	is(hand_step(day("2026-11-20"), -14), "2026-11-06");
	is(hand_years(day("2024-02-29"), -1), "2023-02-28");
	is(hand_years(day("2026-03-01"), -1), "2025-03-01");
	ck_assert_int_eq(hand_between(day("2026-02-27"), day("2026-03-02")), 3);
	ck_assert_int_eq(hand_between(day("2026-03-02"), day("2026-02-27")), -3);
	struct hand_day birth;
	ck_assert(hand_birth(day("2026-03-01"), 18, &birth));
	is(birth, "2008-03-01");
	ck_assert(!hand_birth(day("2028-02-29"), 18, &birth));
	is(hand_business(day("2026-12-31"), 1, &calendar), "2027-01-04");
	is(hand_business(day("2027-01-04"), -1, &calendar), "2026-12-31");
	is(hand_business(day("2026-11-21"), 1, &calendar), "2026-11-23");
	ck_assert(hand_closed(day("2026-11-21"), &calendar) && hand_closed(day("2027-01-01"), &calendar));
	ck_assert(!hand_closed(day("2026-11-20"), &calendar));
}
END_TEST

START_TEST(what_is_no_day)
{
	static const char *const texts[] = {"", "2026", "2026-1-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "x026-04-30"};
	struct hand_day read;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		ck_assert_msg(!hand_read(texts[i], &read), "%s", texts[i]);
	}
}
END_TEST

/* Ten years, a day at a time. */
START_TEST(both_ways_of_counting_agree)
{
	struct hand_day hand = day("2023-12-30");
	struct civil_date date = hand_date(hand);
	for (int i = 0; i < 3660; i++) {
		size_t skipped;
		const struct hand_day there = hand_of(civil_add_days(date, i));
		ck_assert_int_eq(hand_compare(there, hand), 0);
		ck_assert(hand_closed(hand, &calendar) == (calendar_closed(&calendar, hand_date(hand)) != NULL));
		ck_assert_int_eq(hand_compare(hand_years(hand, 1), hand_of(civil_add_years(hand_date(hand), 1))), 0);
		ck_assert_int_eq(hand_compare(hand_business(hand, 7, &calendar),
		                              hand_of(calendar_add_business_days(&calendar, hand_date(hand), 7, NULL, 0, &skipped))), 0);
		hand = hand_step(hand, 1);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hand_count");
	TCase *tests = tcase_create("hand_count");
	tcase_add_test(tests, days_of_a_printed_calendar);
	tcase_add_test(tests, what_is_no_day);
	tcase_add_test(tests, both_ways_of_counting_agree);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
