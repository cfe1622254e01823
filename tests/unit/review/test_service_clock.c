/* SPDX-License-Identifier: Apache-2.0 */
#include "../run_suite.h"
#include "../store/fixture.h"
#include "review/service.h"

#include <check.h>
#include <string.h>

static const int64_t minute = 60 * INT64_C(1000000);

START_TEST(time_does_not_go_back)
{
	struct service service = {.clock_fixed_us = 5000 * minute};
	ck_assert_int_eq(service_now(&service).us, 5000 * minute);
	atomic_store(&service.clock_fixed_us, 4000 * minute);
	ck_assert_int_eq(service_now(&service).us, 5000 * minute);
	ck_assert_int_eq(service_clock(&service).us, 4000 * minute);
	atomic_store(&service.clock_offset_us, 1001 * minute);
	ck_assert_int_eq(service_now(&service).us, 5001 * minute);
	ck_assert_int_eq(service_clock(&service).us, 5001 * minute);
}
END_TEST

START_TEST(the_machine_is_asked)
{
	struct service service = {.store = NULL};
	const struct instant before = instant_now();
	const struct instant now = service_now(&service);
	ck_assert_int_ge(now.us, before.us);
	ck_assert_int_le(now.us, instant_now().us);
}
END_TEST

/* A store whose newest event is so much later than the clock, and what becomes of a start. */
static const struct start_row {
	const char *name;
	int64_t later_us;
	bool accept;
	bool starts;
	bool keeps; /* service_now begins at the newest event */
} starts[] = {
	{"earlier", -3000 * INT64_C(60000000), false, true, false},
	{"a minute later is borne", INT64_C(60000000), false, true, true},
	{"a microsecond more is not", INT64_C(60000001), false, false, false},
	{"unless it is accepted", INT64_C(60000001), true, true, false},
	{"accepting nothing", -INT64_C(60000000), true, true, false},
};

START_TEST(starts_beside_what_is_recorded)
{
	const struct start_row *row = &starts[_i];
	struct fixture fixture;
	struct err err = {.code = ERR_NONE};
	fixture_prepare(&fixture);
	fixture_open(&fixture);
	struct request_row first = fixture_row(fixture.arena, 1);
	first.received_at.us = 5000 * minute + row->later_us;
	fixture_insert_all(&fixture, &first, 1);
	struct service service = {.store = fixture.store, .clock_fixed_us = 5000 * minute};
	bool started = service_clock_start(&service, row->accept, &err);
	ck_assert_msg(started == row->starts, "%s", row->name);
	if (started) {
		ck_assert_msg(service_now(&service).us == 5000 * minute + (row->keeps ? row->later_us : 0), "%s", row->name);
	} else {
		ck_assert_int_eq(err.code, ERR_CONFIG);
		ck_assert_msg(strstr(err.detail, "--accept-clock") != NULL, "%s", err.detail);
	}
	fixture_finish(&fixture);
}
END_TEST

START_TEST(starts_with_nothing_recorded)
{
	struct fixture fixture;
	struct err err = {.code = ERR_NONE};
	fixture_prepare(&fixture);
	fixture_open(&fixture);
	struct service service = {.store = fixture.store, .clock_fixed_us = minute};
	ck_assert(service_clock_start(&service, false, &err));
	ck_assert_int_eq(service_now(&service).us, minute);
	fixture_finish(&fixture);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("service_clock");
	TCase *tests = tcase_create("service_clock");
	tcase_add_test(tests, time_does_not_go_back);
	tcase_add_test(tests, the_machine_is_asked);
	tcase_add_loop_test(tests, starts_beside_what_is_recorded, 0, (int)(sizeof(starts) / sizeof(starts[0])));
	tcase_add_test(tests, starts_with_nothing_recorded);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
