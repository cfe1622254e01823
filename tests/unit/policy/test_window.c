/* SPDX-License-Identifier: Apache-2.0 */
/* Windows count back, ends included; one day inside, at the edge, outside; leap days; hours over clock changes. */
#include "policy/window.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>

struct row {
	const char *received; /* instant */
	enum window_unit unit;
	int amount;
	const char *value; /* date or instant */
	enum window_fit fit;
};

static const struct row rows[] = {
	{"2026-03-02T10:00:00-08:00", WINDOW_DAYS, 60, "2026-01-02", WINDOW_INSIDE},
	{"2026-03-02T10:00:00-08:00", WINDOW_DAYS, 60, "2026-01-01", WINDOW_INSIDE},
	{"2026-03-02T10:00:00-08:00", WINDOW_DAYS, 60, "2025-12-31", WINDOW_STALE},
	{"2026-03-02T10:00:00-08:00", WINDOW_DAYS, 60, "2026-03-02", WINDOW_INSIDE},
	{"2026-03-02T10:00:00-08:00", WINDOW_DAYS, 60, "2026-03-03", WINDOW_FUTURE},
	/* the local day counts: 07:30 of 3 March in UTC is still 2 March in Oregon */
	{"2026-03-03T07:30:00Z", WINDOW_DAYS, 1, "2026-03-01", WINDOW_INSIDE},
	{"2026-03-03T07:30:00Z", WINDOW_DAYS, 1, "2026-02-28", WINDOW_STALE},
	/* years: the same calendar day; 29 February is read as 28 February */
	{"2026-03-02T10:00:00-08:00", WINDOW_YEARS, 1, "2025-03-02", WINDOW_INSIDE},
	{"2026-03-02T10:00:00-08:00", WINDOW_YEARS, 1, "2025-03-01", WINDOW_STALE},
	{"2028-02-29T10:00:00-08:00", WINDOW_YEARS, 1, "2027-02-28", WINDOW_INSIDE},
	{"2028-02-29T10:00:00-08:00", WINDOW_YEARS, 1, "2027-02-27", WINDOW_STALE},
	{"2029-02-28T10:00:00-08:00", WINDOW_YEARS, 1, "2028-02-28", WINDOW_INSIDE},
	{"2029-02-28T10:00:00-08:00", WINDOW_YEARS, 1, "2028-02-27", WINDOW_STALE},
	{"2028-02-29T10:00:00-08:00", WINDOW_YEARS, 4, "2024-02-29", WINDOW_INSIDE},
	{"2028-02-29T10:00:00-08:00", WINDOW_YEARS, 4, "2024-02-28", WINDOW_STALE},
	/* hours: elapsed time; the night of 8 March has an hour less, that of 1 November one more */
	{"2026-05-22T09:00:00-07:00", WINDOW_HOURS, 72, "2026-05-19T09:00:00-07:00", WINDOW_INSIDE},
	{"2026-05-22T09:00:00-07:00", WINDOW_HOURS, 72, "2026-05-19T08:59:59-07:00", WINDOW_STALE},
	{"2026-03-09T09:00:00-07:00", WINDOW_HOURS, 72, "2026-03-06T08:00:00-08:00", WINDOW_INSIDE},
	{"2026-03-09T09:00:00-07:00", WINDOW_HOURS, 72, "2026-03-06T07:59:59-08:00", WINDOW_STALE},
	{"2026-11-02T09:00:00-08:00", WINDOW_HOURS, 72, "2026-10-30T10:00:00-07:00", WINDOW_INSIDE},
	{"2026-11-02T09:00:00-08:00", WINDOW_HOURS, 72, "2026-10-30T09:59:59-07:00", WINDOW_STALE},
	/* a bare date is the end of its local day */
	{"2026-05-22T09:00:00-07:00", WINDOW_HOURS, 72, "2026-05-19", WINDOW_INSIDE},
	{"2026-05-22T09:00:00-07:00", WINDOW_HOURS, 72, "2026-05-18", WINDOW_STALE},
	{"2026-05-22T09:00:00-07:00", WINDOW_HOURS, 72, "2026-05-22T23:00:00-07:00", WINDOW_INSIDE},
	{"2026-05-22T09:00:00-07:00", WINDOW_HOURS, 72, "2026-05-23T00:00:00-07:00", WINDOW_FUTURE},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(values_are_judged)
{
	const struct row *row = &rows[_i];
	struct err err = {0};
	struct zone *zone = zone_open("America/Los_Angeles", &err);
	struct window_anchor anchor = {.zone = zone};
	struct value value = {.state = VALUE_PRESENT, .type = VALUE_DATE};
	ck_assert(zone != NULL && instant_parse(row->received, &anchor.at));
	anchor.on = zone_date(zone, anchor.at);
	anchor.today = anchor.on;
	if (!civil_parse(row->value, &value.date)) {
		value.type = VALUE_INSTANT;
		ck_assert(instant_parse(row->value, &value.instant));
	}
	const struct window window = {row->unit, row->amount, ""};
	const enum window_fit fit = window_judge(&window, &anchor, &value);
	ck_assert_msg(fit == row->fit, "%s before %s is %d", row->value, row->received, (int)fit);
	zone_close(zone);
}
END_TEST

START_TEST(earliest_is_said)
{
	struct err err = {0};
	struct arena *arena = arena_create();
	struct zone *zone = zone_open("America/Los_Angeles", &err);
	struct window_anchor anchor = {.zone = zone};
	ck_assert(zone != NULL && instant_parse("2026-11-20T15:40:00-08:00", &anchor.at));
	anchor.on = zone_date(zone, anchor.at);
	const struct window days = {WINDOW_DAYS, 14, "14 days"};
	const struct window hours = {WINDOW_HOURS, 72, "72 hours"};
	ck_assert_str_eq(window_earliest_text(arena, &days, &anchor), "2026-11-06");
	ck_assert_str_eq(window_earliest_text(arena, &hours, &anchor), "2026-11-17T15:40:00-08:00");
	zone_close(zone);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("window");
	TCase *tests = tcase_create("window");
	tcase_add_loop_test(tests, values_are_judged, 0, ROW_COUNT);
	tcase_add_test(tests, earliest_is_said);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
