/* SPDX-License-Identifier: Apache-2.0 */
#include "oregon.h"

#include <check.h>

static const struct {
	const char *on;
	const char *name;
} observed[] = {
	{"2025-12-25", "Christmas Day"},
	{"2026-01-01", "New Year's Day"},
	{"2026-01-19", "Martin Luther King Jr. Day"},
	{"2026-02-16", "Presidents Day"},
	{"2026-05-25", "Memorial Day"},
	{"2026-06-19", "Juneteenth"},
	{"2026-07-03", "Independence Day (observed)"},
	{"2026-09-07", "Labor Day"},
	{"2026-11-11", "Veterans Day"},
	{"2026-11-26", "Thanksgiving Day"},
	{"2026-12-25", "Christmas Day"},
};
_Static_assert(sizeof(observed) / sizeof(observed[0]) == OREGON_HOLIDAYS, "the table is whole");

struct civil_date oregon_day(const char *text)
{
	struct civil_date day = {0};

	ck_assert_msg(civil_parse(text, &day), "%s is no date", text);
	return day;
}

struct calendar oregon_calendar(struct holiday holidays[OREGON_HOLIDAYS])
{
	for (size_t i = 0; i < OREGON_HOLIDAYS; i++) {
		holidays[i] = (struct holiday){oregon_day(observed[i].on), observed[i].name};
	}
	return (struct calendar){
		.id = "us-or",
		.title = "Oregon",
		.holidays = holidays,
		.holiday_count = OREGON_HOLIDAYS,
		.from = oregon_day("2025-12-01"),
		.to = oregon_day("2026-12-31"),
	};
}
