/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/clock.h"

#include "../run_suite.h"
#include "oregon.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define PACIFIC "America/Los_Angeles"
#define CENTRAL "America/Chicago"

struct scenario {
	const char *name;
	const char *zone;
	struct clock_rule rule;
	const char *start;
	const char *due_at;
	const char *last_business_day;
	const char *act_by;
	const char *skipped; /* dates, each with a blank before it */
};

#define BUSINESS(amount) \
	{ \
		CLOCK_BUSINESS_DAYS, amount \
	}
#define CALENDAR(amount) \
	{ \
		CLOCK_CALENDAR_DAYS, amount \
	}
#define HOURS(amount) \
	{ \
		CLOCK_HOURS, amount \
	}

/* rules E, counted by hand there. */
static const struct scenario scenarios[] = {
	{"S01", PACIFIC, BUSINESS(7), "2026-03-02T10:15:00-08:00", "2026-03-11T23:59:59-07:00", "2026-03-11",
	 "2026-03-11T23:59:59-07:00", " 2026-03-07 2026-03-08"},
	{"S17", PACIFIC, BUSINESS(7), "2026-07-01T16:00:00-07:00", "2026-07-13T23:59:59-07:00", "2026-07-13",
	 "2026-07-13T23:59:59-07:00", " 2026-07-03 2026-07-04 2026-07-05 2026-07-11 2026-07-12"},
	{"S18", PACIFIC, BUSINESS(7), "2026-11-07T09:00:00-08:00", "2026-11-18T23:59:59-08:00", "2026-11-18",
	 "2026-11-18T23:59:59-08:00", " 2026-11-08 2026-11-11 2026-11-14 2026-11-15"},
	{"S19", PACIFIC, BUSINESS(7), "2026-10-08T13:00:00-07:00", "2026-10-19T23:59:59-07:00", "2026-10-19",
	 "2026-10-19T23:59:59-07:00", " 2026-10-10 2026-10-11 2026-10-17 2026-10-18"},
	{"S20", PACIFIC, BUSINESS(7), "2025-12-22T11:00:00-08:00", "2026-01-02T23:59:59-08:00", "2026-01-02",
	 "2026-01-02T23:59:59-08:00", " 2025-12-25 2025-12-27 2025-12-28 2026-01-01"},
	{"S21", PACIFIC, BUSINESS(7), "2026-03-03T07:30:00Z", "2026-03-11T23:59:59-07:00", "2026-03-11",
	 "2026-03-11T23:59:59-07:00", " 2026-03-07 2026-03-08"},
	{"S22", PACIFIC, BUSINESS(7), "2026-06-12T23:50:00-07:00", "2026-06-24T23:59:59-07:00", "2026-06-24",
	 "2026-06-24T23:59:59-07:00", " 2026-06-13 2026-06-14 2026-06-19 2026-06-20 2026-06-21"},
	{"S26", PACIFIC, BUSINESS(7), "2026-02-20T10:00:00-08:00", "2026-03-03T23:59:59-08:00", "2026-03-03",
	 "2026-03-03T23:59:59-08:00", " 2026-02-21 2026-02-22 2026-02-28 2026-03-01"},
	{"S37", PACIFIC, BUSINESS(7), "2026-03-09T08:00:00-07:00", "2026-03-18T23:59:59-07:00", "2026-03-18",
	 "2026-03-18T23:59:59-07:00", " 2026-03-14 2026-03-15"},
	{"S43", PACIFIC, CALENDAR(14), "2026-12-11T10:00:00-08:00", "2026-12-25T23:59:59-08:00", "2026-12-24",
	 "2026-12-24T23:59:59-08:00", ""},
	{"S43 overlay", PACIFIC, CALENDAR(7), "2026-12-11T10:00:00-08:00", "2026-12-18T23:59:59-08:00", "2026-12-18",
	 "2026-12-18T23:59:59-08:00", ""},
	{"S50", PACIFIC, BUSINESS(7), "2026-05-21T09:00:00-07:00", "2026-06-02T23:59:59-07:00", "2026-06-02",
	 "2026-06-02T23:59:59-07:00", " 2026-05-23 2026-05-24 2026-05-25 2026-05-30 2026-05-31"},
	{"S64", PACIFIC, CALENDAR(30), "2026-05-21T09:00:00-07:00", "2026-06-20T23:59:59-07:00", "2026-06-18",
	 "2026-06-18T23:59:59-07:00", ""},
	{"S65", PACIFIC, HOURS(24), "2026-06-06T14:20:00-07:00", "2026-06-07T14:20:00-07:00", "2026-06-05",
	 "2026-06-07T14:20:00-07:00", ""},
	{"S66", PACIFIC, HOURS(24), "2026-03-07T14:00:00-08:00", "2026-03-08T15:00:00-07:00", "2026-03-06",
	 "2026-03-08T15:00:00-07:00", ""},
	{"S67", PACIFIC, HOURS(24), "2026-10-31T14:00:00-07:00", "2026-11-01T13:00:00-08:00", "2026-10-30",
	 "2026-11-01T13:00:00-08:00", ""},
	{"S75", PACIFIC, HOURS(72), "2026-10-30T15:00:00-07:00", "2026-11-02T14:00:00-08:00", "2026-11-02",
	 "2026-11-02T14:00:00-08:00", ""},
	{"S76", PACIFIC, HOURS(72), "2026-05-22T08:00:00-07:00", "2026-05-25T08:00:00-07:00", "2026-05-22",
	 "2026-05-25T08:00:00-07:00", ""},
	{"S77", PACIFIC, HOURS(24), "2026-05-22T08:00:00-07:00", "2026-05-23T08:00:00-07:00", "2026-05-22",
	 "2026-05-23T08:00:00-07:00", ""},
	{"S86 first", PACIFIC, HOURS(24), "2026-11-01T01:30:00-07:00", "2026-11-02T00:30:00-08:00", "2026-11-02",
	 "2026-11-02T00:30:00-08:00", ""},
	{"S86 second", PACIFIC, HOURS(24), "2026-11-01T01:30:00-08:00", "2026-11-02T01:30:00-08:00", "2026-11-02",
	 "2026-11-02T01:30:00-08:00", ""},
	{"S95", PACIFIC, HOURS(24), "2026-11-25T18:00:00-08:00", "2026-11-26T18:00:00-08:00", "2026-11-25",
	 "2026-11-26T18:00:00-08:00", ""},
	{"S140", CENTRAL, CALENDAR(7), "2026-02-09T09:00:00-06:00", "2026-02-16T23:59:59-06:00", "2026-02-13",
	 "2026-02-13T23:59:59-06:00", ""},
	{"N2 policy", PACIFIC, BUSINESS(7), "2026-03-16T09:00:00-07:00", "2026-03-25T23:59:59-07:00", "2026-03-25",
	 "2026-03-25T23:59:59-07:00", " 2026-03-21 2026-03-22"},
	{"N2 overlay", PACIFIC, CALENDAR(7), "2026-03-16T09:00:00-07:00", "2026-03-23T23:59:59-07:00", "2026-03-23",
	 "2026-03-23T23:59:59-07:00", ""},
	{"N4 policy", PACIFIC, BUSINESS(7), "2026-11-20T15:40:00-08:00", "2026-12-02T23:59:59-08:00", "2026-12-02",
	 "2026-12-02T23:59:59-08:00", " 2026-11-21 2026-11-22 2026-11-26 2026-11-28 2026-11-29"},
	{"N4 overlay", PACIFIC, HOURS(72), "2026-11-20T15:40:00-08:00", "2026-11-23T15:40:00-08:00", "2026-11-23",
	 "2026-11-23T15:40:00-08:00", ""},
	{"fractions of hours clocks are kept", PACIFIC, HOURS(1), "2026-03-02T10:15:00.25-08:00",
	 "2026-03-02T11:15:00.250000-08:00", "2026-03-02", "2026-03-02T11:15:00.250000-08:00", ""},
	{"the last open day is the day of receipt", PACIFIC, CALENDAR(1), "2026-03-06T10:00:00-08:00",
	 "2026-03-07T23:59:59-08:00", "2026-03-06", "2026-03-06T23:59:59-08:00", ""},
	{"the last open day was before receipt", PACIFIC, CALENDAR(1), "2026-03-07T10:00:00-08:00", "2026-03-08T23:59:59-07:00",
	 "2026-03-06", "2026-03-08T23:59:59-07:00", ""},
	{"the last open second was before receipt", PACIFIC, CALENDAR(1), "2026-03-06T23:59:59.5-08:00",
	 "2026-03-07T23:59:59-08:00", "2026-03-06", "2026-03-07T23:59:59-08:00", ""},
	{"the last second of a day belongs to it", PACIFIC, BUSINESS(1), "2026-03-02T23:59:59.999999-08:00",
	 "2026-03-03T23:59:59-08:00", "2026-03-03", "2026-03-03T23:59:59-08:00", ""},
	{"midnight belongs to the new day", PACIFIC, BUSINESS(1), "2026-03-03T00:00:00-08:00", "2026-03-04T23:59:59-08:00",
	 "2026-03-04", "2026-03-04T23:59:59-08:00", ""},
	{"the night the clocks go forward ends in summer time", PACIFIC, CALENDAR(1), "2026-03-07T10:00:00-08:00",
	 "2026-03-08T23:59:59-07:00", "2026-03-06", "2026-03-08T23:59:59-07:00", ""},
	{"the night the clocks go back ends in winter time", PACIFIC, CALENDAR(2), "2026-10-30T10:00:00-07:00",
	 "2026-11-01T23:59:59-08:00", "2026-10-30", "2026-10-30T23:59:59-07:00", ""},
};

static void list_skipped(const struct clock_due *due, char *text)
{
	*text = '\0';
	for (size_t i = 0; i < due->skipped_count; i++) {
		*text++ = ' ';
		civil_format(due->skipped[i].on, text);
		text += CIVIL_TEXT_SIZE - 1;
	}
}

static struct clock_due compute(const char *zone_name_text, const struct clock_rule *rule, const char *start_text)
{
	struct holiday holidays[OREGON_HOLIDAYS];
	const struct calendar oregon = oregon_calendar(holidays);
	struct instant start = {0};
	struct err err;
	struct zone *const zone = zone_open(zone_name_text, &err);

	ck_assert_msg(zone != NULL, "%s", err.detail);
	ck_assert(instant_parse(start_text, &start));
	const struct clock_due due = clock_compute(rule, start, zone, &oregon);
	ck_assert_int_eq(civil_compare(due.due_on, zone_date(zone, due.due_at)), 0);
	zone_close(zone);
	return due;
}

START_TEST(worked_scenarios)
{
	const struct scenario *const row = &scenarios[_i];
	const struct clock_due due = compute(row->zone, &row->rule, row->start);
	char text[CLOCK_SKIPPED_MAX * CIVIL_TEXT_SIZE + 1];
	struct instant expected = {0};

	ck_assert(instant_parse(row->due_at, &expected));
	ck_assert_msg(due.due_at.us == expected.us, "%s: due %s", row->name, instant_format_utc(due.due_at, text));
	ck_assert(instant_parse(row->act_by, &expected));
	ck_assert_msg(due.act_by.us == expected.us, "%s: act by %s", row->name, instant_format_utc(due.act_by, text));
	ck_assert_msg(strcmp(civil_format(due.last_business_day, text), row->last_business_day) == 0,
		      "%s: last business day %s", row->name, text);
	list_skipped(&due, text);
	ck_assert_msg(strcmp(text, row->skipped) == 0, "%s: skipped%s", row->name, text);
}
END_TEST

/* What the scenario table writes is what the zone writes. */
START_TEST(offsets_of_the_scenarios)
{
	const struct scenario *const row = &scenarios[_i];
	struct err err;
	struct zone *const zone = zone_open(row->zone, &err);
	struct instant due = {0};
	char text[INSTANT_TEXT_SIZE];

	ck_assert_msg(zone != NULL, "%s", err.detail);
	ck_assert(instant_parse(row->due_at, &due));
	ck_assert_msg(strcmp(zone_format(zone, due, text), row->due_at) == 0, "%s: %s", row->name, text);
	zone_close(zone);
}
END_TEST

START_TEST(names_the_skipped_days)
{
	const struct clock_rule rule = BUSINESS(7);
	const struct clock_due due = compute(PACIFIC, &rule, "2026-05-21T09:00:00-07:00");

	ck_assert_uint_eq(due.skipped_count, 5);
	ck_assert_str_eq(due.skipped[0].why, "Sat");
	ck_assert_str_eq(due.skipped[2].why, "Memorial Day");
}
END_TEST

START_TEST(a_long_clock_lists_only_what_it_has_room_for)
{
	const struct clock_rule rule = BUSINESS(CLOCK_AMOUNT_MAX);
	const struct clock_due due = compute(PACIFIC, &rule, "2026-01-02T09:00:00-08:00");
	char text[CIVIL_TEXT_SIZE];

	ck_assert_uint_eq(due.skipped_count, CLOCK_SKIPPED_MAX);
	ck_assert_ptr_nonnull(due.skipped[CLOCK_SKIPPED_MAX - 1].why);
	/* 200 weeks, and the nine holidays of the list that follow */
	ck_assert_str_eq(civil_format(due.due_on, text), "2029-11-15");
}
END_TEST

START_TEST(unit_names)
{
	enum clock_unit unit = CLOCK_HOURS;

	for (int i = 0; i < CLOCK_UNIT_COUNT; i++) {
		ck_assert(clock_unit_from_name(clock_unit_name((enum clock_unit)i), &unit));
		ck_assert_int_eq((int)unit, i);
	}
	ck_assert_str_eq(clock_unit_name(CLOCK_BUSINESS_DAYS), "business_days");
	ck_assert(!clock_unit_from_name("days", &unit));
	ck_assert(!clock_unit_from_name("", &unit));
	ck_assert(!clock_unit_from_name(NULL, &unit));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("clock");
	TCase *const tcase = tcase_create("clock");
	const int count = sizeof(scenarios) / sizeof(scenarios[0]);

	tcase_add_loop_test(tcase, worked_scenarios, 0, count);
	tcase_add_loop_test(tcase, offsets_of_the_scenarios, 0, count);
	tcase_add_test(tcase, names_the_skipped_days);
	tcase_add_test(tcase, a_long_clock_lists_only_what_it_has_room_for);
	tcase_add_test(tcase, unit_names);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
