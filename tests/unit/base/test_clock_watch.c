/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock_watch.h"

#include "../run_suite.h"

#include <check.h>

enum { STEPS_MAX = 8 };

static const int64_t second = 1000000;
static const struct clock_reading noon = {.real_us = 1773000000 * INT64_C(1000000), .boot_us = 5000 * INT64_C(1000000)};

/* What the clocks show after the watch began: seconds since boot, and how far the clock was moved by then. */
static const struct row {
	const char *name;
	struct {
		int64_t boot;
		int64_t moved_us;
		bool suspect;
	} steps[STEPS_MAX];
} rows[] = {
	{"nothing happens", {{1, 0, false}, {2, 0, false}, {3600, 0, false}, {86400, 0, false}}},
	{"a machine that slept: both go on", {{1, 0, false}, {30 * 86400, 0, false}}},
	{"300 s ahead is borne", {{1, 300 * 1000000LL, false}}},
	{"a microsecond more is not", {{1, 300 * 1000000LL + 1, true}}},
	{"2 s back is borne", {{1, -2 * 1000000LL, false}}},
	{"a microsecond more is not", {{1, -2 * 1000000LL - 1, true}}},
	{"a jump, found late", {{86400, 3600 * 1000000LL, true}}},
	{"it stays suspect while the clock is wrong",
	 {{1, 3600 * 1000000LL, true}, {61, 3600 * 1000000LL, true}, {86400, 3600 * 1000000LL, true}}},
	{"right again for a minute",
	 {{1, 3600 * 1000000LL, true}, {10, 0, true}, {40, 0, true}, {69, 0, true}, {70, 0, false}, {71, 0, false}}},
	{"right again, but not for a minute",
	 {{1, 3600 * 1000000LL, true},
	  {10, 0, true},
	  {60, -3 * 1000000LL, true},
	  {70, 0, true},
	  {129, 0, true},
	  {130, 0, false}}},
	{"a second jump", {{1, -60 * 1000000LL, true}, {2, 0, true}, {62, 0, false}, {63, 301 * 1000000LL, true}}},
	{"steps that are borne add up when they come soon",
	 {{1, 200 * 1000000LL, false}, {2, 400 * 1000000LL, true}, {3, 600 * 1000000LL, true}}},
	{"and are forgotten in time: a thousandth of what went by",
	 {{1, 200 * 1000000LL, false},
	  {100001, 200 * 1000000LL, false},
	  {100002, 399 * 1000000LL, false},
	  {100003, 402 * 1000000LL, true}}},
	{"steps back add up as well", {{1, -1500000, false}, {2, -3 * 1000000LL, true}}},
	{"and are forgotten",
	 {{1, -1 * 1000000LL, false},
	  {2001, -2 * 1000000LL, false},
	  {4001, -4 * 1000000LL, false},
	  {4002, -7 * 1000000LL, true}}},
};

START_TEST(what_is_suspect)
{
	const struct row *row = &rows[_i];
	struct clock_watch watch;
	clock_watch_start(&watch, noon);
	for (size_t i = 0; i < STEPS_MAX && row->steps[i].boot != 0; i++) {
		int64_t elapsed = row->steps[i].boot * second;
		const struct clock_reading now = {noon.real_us + elapsed + row->steps[i].moved_us, noon.boot_us + elapsed};
		bool suspect = clock_watch_look(&watch, now, watch.good.real_us);
		ck_assert_msg(suspect == row->steps[i].suspect, "%s: step %zu", row->name, i);
		ck_assert(suspect == watch.suspect);
	}
}
END_TEST

static struct clock_reading after(int64_t boot, int64_t moved)
{
	return (struct clock_reading){noon.real_us + (boot + moved) * second, noon.boot_us + boot * second};
}

START_TEST(what_stands_in_for_it)
{
	struct clock_watch watch;
	clock_watch_start(&watch, noon);
	ck_assert(!clock_watch_look(&watch, after(10, 200), noon.real_us));
	ck_assert(clock_watch_look(&watch, after(20, 86400), noon.real_us));
	/* it goes on from the newest that was believed, as borne as that was */
	ck_assert_int_eq(clock_watch_steady_us(&watch, after(20, 86400)), after(20, 200).real_us);
	ck_assert_int_eq(clock_watch_steady_us(&watch, after(5000, -86400)), after(5000, 200).real_us);
}
END_TEST

START_TEST(behind_what_was_given)
{
	struct clock_watch watch;
	int64_t high = noon.real_us + 1000 * second;
	clock_watch_resume(&watch, noon);
	ck_assert(clock_watch_look(&watch, after(600, 0), high));
	ck_assert(clock_watch_look(&watch, after(699, 0), high));
	ck_assert_msg(clock_watch_look(&watch, after(700, 0), high), "now it agrees, but not for a minute");
	ck_assert(clock_watch_look(&watch, after(759, 0), high));
	ck_assert(!clock_watch_look(&watch, after(760, 0), high));
	ck_assert_msg(clock_watch_look(&watch, after(761, 0), after(761, 0).real_us + 300 * second + 1),
		      "a mark too far ahead");
}
END_TEST

START_TEST(goes_on_suspect)
{
	struct clock_watch watch;
	clock_watch_resume(&watch, noon);
	ck_assert(clock_watch_look(&watch, after(3600, 86400), 0));
	ck_assert_int_eq(clock_watch_steady_us(&watch, after(3600, 86400)), after(3600, 0).real_us);
	ck_assert(clock_watch_look(&watch, after(3700, 0), 0));
	ck_assert(!clock_watch_look(&watch, after(3760, 0), 0));
}
END_TEST

START_TEST(held_until_somebody_says)
{
	struct clock_watch watch;
	clock_watch_hold(&watch, noon);
	ck_assert(clock_watch_look(&watch, after(1, 0), 0));
	ck_assert(clock_watch_look(&watch, after(86400, 0), 0));
	ck_assert(clock_watch_look(&watch, after(2 * 86400, 0), 0));
	ck_assert_int_eq(clock_watch_steady_us(&watch, after(2 * 86400, 500)), after(2 * 86400, 0).real_us);
}
END_TEST

START_TEST(how_far_ahead)
{
	struct clock_watch watch;
	clock_watch_start(&watch, noon);
	struct clock_reading now = {noon.real_us + 90 * second, noon.boot_us + 60 * second};
	ck_assert_int_eq(clock_watch_ahead_us(&watch, now), 30 * second);
	now.real_us = noon.real_us;
	ck_assert_int_eq(clock_watch_ahead_us(&watch, now), -60 * second);
}
END_TEST

START_TEST(the_machine_agrees_with_itself)
{
	struct clock_watch watch;
	const struct clock_reading first = clock_read();
	ck_assert_int_gt(first.real_us, noon.real_us / 2);
	ck_assert_int_gt(first.boot_us, 0);
	clock_watch_start(&watch, first);
	ck_assert(!clock_watch_look(&watch, clock_read(), first.real_us));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("clock_watch");
	TCase *tests = tcase_create("clock_watch");
	tcase_add_loop_test(tests, what_is_suspect, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, what_stands_in_for_it);
	tcase_add_test(tests, behind_what_was_given);
	tcase_add_test(tests, goes_on_suspect);
	tcase_add_test(tests, held_until_somebody_says);
	tcase_add_test(tests, how_far_ahead);
	tcase_add_test(tests, the_machine_agrees_with_itself);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
