/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

#include "../run_suite.h"

#include <check.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	const char *text;
	const char *utc; /* NULL: refused */
};

static const struct reading readings[] = {
	{"2026-03-02T10:15:00-08:00", "2026-03-02T18:15:00Z"},
	{"2026-03-02T18:15:00Z", "2026-03-02T18:15:00Z"},
	{"2026-03-02t18:15:00z", "2026-03-02T18:15:00Z"},
	{"2026-03-02T18:15:00-00:00", "2026-03-02T18:15:00Z"},
	{"2026-03-02T18:15:00+00:00", "2026-03-02T18:15:00Z"},
	{"2026-03-03T07:30:00Z", "2026-03-03T07:30:00Z"},
	{"2026-11-01T01:30:00-07:00", "2026-11-01T08:30:00Z"},
	{"2026-11-01T01:30:00-08:00", "2026-11-01T09:30:00Z"},
	{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
	{"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
	{"2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.500000Z"},
	{"2026-01-01T00:00:00.000001Z", "2026-01-01T00:00:00.000001Z"},
	{"2026-01-01T00:00:00.0000019Z", "2026-01-01T00:00:00.000001Z"},
	{"2026-01-01T00:00:00.99999999999999999999999999999999Z", "2026-01-01T00:00:00.999999Z"},
	{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
	{"2016-12-31T15:59:60-08:00", "2017-01-01T00:00:00Z"},
	{"2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500000Z"},
	{"2026-01-01T00:00:00+23:59", "2025-12-31T00:01:00Z"},
	{"2026-01-01T00:00:00-23:59", "2026-01-01T23:59:00Z"},
	{"2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z"},
	{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
	{"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
	{"0001-01-01T00:00:00+00:01", NULL},
	{"9999-12-31T23:59:59-00:01", NULL},
	{"9999-12-31T23:59:60Z", NULL},
	{"0000-12-31T00:00:00Z", NULL},
	{"", NULL},
	{"2026-03-02", NULL},
	{"2026-03-02T18:15:00", NULL},
	{"2026-03-02T18:15Z", NULL},
	{"2026-03-02 18:15:00Z", NULL},
	{" 2026-03-02T18:15:00Z", NULL},
	{"2026-03-02T18:15:00Z ", NULL},
	{"2026-03-02T18:15:00 Z", NULL},
	{"2026-03-02T18:15:00ZZ", NULL},
	{"2026-03-02T18:15:00+08", NULL},
	{"2026-03-02T18:15:00+0800", NULL},
	{"2026-03-02T18:15:00+08:00:00", NULL},
	{"2026-03-02T18:15:00+24:00", NULL},
	{"2026-03-02T18:15:00+08:60", NULL},
	{"2026-03-02T18:15:00\xe2\x88\x92"
	 "08:00",
	 NULL},
	{"2026-03-02T24:00:00Z", NULL},
	{"2026-03-02T23:60:00Z", NULL},
	{"2026-03-02T23:59:61Z", NULL},
	{"2026-03-02T18:15:00.Z", NULL},
	{"2026-03-02T18:15:00,5Z", NULL},
	{"2026-03-02T18:15:00.5", NULL},
	{"2026-02-30T18:15:00Z", NULL},
	{"2026-3-2T18:15:00Z", NULL},
	{"20260302T181500Z", NULL},
	{"2026-03-02T1:15:00Z", NULL},
	{"2026-03-02T18:1", NULL},
	{"2026-03-02T", NULL},
	{"2026-03-02T18:15:00+", NULL},
	{"2026-03-02T18:15:00+08:", NULL},
};

START_TEST(reads_rfc_3339_and_nothing_else)
{
	const struct reading *const row = &readings[_i];
	struct instant instant = {77};
	char text[INSTANT_TEXT_SIZE];

	const bool read = instant_parse(row->text, &instant);
	ck_assert_msg(read == (row->utc != NULL), "%s", row->text);
	if (read) {
		ck_assert_msg(strcmp(instant_format_utc(instant, text), row->utc) == 0, "%s is %s", row->text, text);
	} else {
		ck_assert_int_eq(instant.us, 77);
	}
}
END_TEST

START_TEST(writes_and_reads_back)
{
	uint64_t state = 20260302;

	for (int i = 0; i < 200000; i++) {
		char text[INSTANT_TEXT_SIZE];
		struct instant back = {0};
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		const int64_t span = INT64_C(315537897600) * 1000000; /* years 1 to 9999 */
		const struct instant instant = {(int64_t)(state % (uint64_t)span) - INT64_C(62135596800) * 1000000};
		if (!instant_parse(instant_format_utc(instant, text), &back) || back.us != instant.us) {
			ck_abort_msg("%s", text);
		}
		const int minutes = (int)(state >> 40) % (24 * 60);
		if (!instant_parse(instant_format_offset(instant, minutes - 720, text), &back) || back.us != instant.us) {
			ck_abort_msg("%s", text);
		}
	}
}
END_TEST

START_TEST(writes_offsets)
{
	char text[INSTANT_TEXT_SIZE];
	struct instant instant;

	ck_assert(instant_parse("2026-03-11T23:59:59-07:00", &instant));
	ck_assert_str_eq(instant_format_offset(instant, -420, text), "2026-03-11T23:59:59-07:00");
	ck_assert_str_eq(instant_format_offset(instant, 0, text), "2026-03-12T06:59:59+00:00");
	ck_assert_str_eq(instant_format_offset(instant, 345, text), "2026-03-12T12:44:59+05:45");
	ck_assert_str_eq(instant_format_offset(instant, -1, text), "2026-03-12T06:58:59-00:01");
	ck_assert_str_eq(instant_format_offset(instant, 1439, text), "2026-03-13T06:58:59+23:59");
	ck_assert_str_eq(instant_format_offset(instant, 1440, text), "2026-03-12T06:59:59Z");
	ck_assert_str_eq(instant_format_offset(instant, INT_MIN, text), "2026-03-12T06:59:59Z");
	ck_assert(instant_parse("0001-01-01T00:00:00Z", &instant));
	ck_assert_str_eq(instant_format_offset(instant, -60, text), "0001-01-01T00:00:00Z");
}
END_TEST

START_TEST(any_number_can_be_written)
{
	static const int64_t odd[] = {INT64_MIN, INT64_MAX, 0, -1, INT64_C(253402300800000000)};
	char text[INSTANT_TEXT_SIZE];

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		ck_assert_int_lt((int)strlen(instant_format_utc((struct instant){odd[i]}, text)), INSTANT_TEXT_SIZE);
		ck_assert_int_lt((int)strlen(instant_format_offset((struct instant){odd[i]}, -480, text)), INSTANT_TEXT_SIZE);
	}
}
END_TEST

START_TEST(elapsed_time)
{
	const struct instant start = {1000};

	ck_assert_int_eq(instant_add(start, span_hours(72)).us, INT64_C(259200001000));
	ck_assert_int_eq(instant_since(instant_add(start, span_seconds(5)), start).us, 5000000);
	ck_assert_int_eq(instant_compare(start, instant_add(start, span_seconds(-1))), 1);
	ck_assert_int_eq(instant_compare(start, start), 0);
}
END_TEST

START_TEST(the_machine_has_a_clock)
{
	struct instant year_2020;

	ck_assert(instant_parse("2020-01-01T00:00:00Z", &year_2020));
	ck_assert_int_gt(instant_now().us, year_2020.us);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("instant");
	TCase *const tcase = tcase_create("instant");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, reads_rfc_3339_and_nothing_else, 0, sizeof(readings) / sizeof(readings[0]));
	tcase_add_test(tcase, writes_and_reads_back);
	tcase_add_test(tcase, writes_offsets);
	tcase_add_test(tcase, any_number_can_be_written);
	tcase_add_test(tcase, elapsed_time);
	tcase_add_test(tcase, the_machine_has_a_clock);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
