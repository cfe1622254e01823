/* SPDX-License-Identifier: Apache-2.0 */
#include "../run_suite.h"
#include "../store/fixture.h"
#include "review/service.h"
#include "store/clock_marker.h"

#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const int64_t second = 1000000;
static const int64_t minute = 60 * INT64_C(1000000);
static const int64_t day = 86400 * INT64_C(1000000);

/* By how much the two clocks differ from the machine's. */
static _Atomic int64_t real_moved;
static _Atomic int64_t boot_moved;
static _Atomic int64_t pause_us; /* goes by once, after the next look at the clock */

/* In place of the library's. */
int clock_gettime(clockid_t id, struct timespec *now)
{
	int result = (int)syscall(SYS_clock_gettime, id, now);
	int64_t moved = id == CLOCK_REALTIME ? real_moved : id == CLOCK_BOOTTIME ? boot_moved : 0;
	int64_t us = (int64_t)now->tv_sec * second + now->tv_nsec / 1000 + moved;
	now->tv_sec = (time_t)(us / second);
	now->tv_nsec = (long)(us % second) * 1000;
	if (id == CLOCK_REALTIME) {
		int64_t paused = atomic_exchange(&pause_us, 0);
		real_moved += paused;
		boot_moved += paused;
	}
	return result;
}

static void pass(int64_t us)
{
	real_moved += us;
	boot_moved += us;
}

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
	bool started = service_clock_start(&service, fixture.path, row->accept, &err);
	ck_assert_msg(started == row->starts, "%s", row->name);
	if (started) {
		ck_assert_msg(service_now(&service).us == 5000 * minute + (row->keeps ? row->later_us : 0), "%s", row->name);
	} else {
		ck_assert_int_eq(err.code, ERR_CONFIG);
		ck_assert_msg(strstr(err.detail, "--accept-clock") != NULL, "%s", err.detail);
	}
	service_clock_stop(&service);
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
	ck_assert(service_clock_start(&service, fixture.path, false, &err));
	ck_assert_int_eq(service_now(&service).us, minute);
	service_clock_stop(&service);
	fixture_finish(&fixture);
}
END_TEST

/* ---- the machine's clock, judged ---- */

struct stage {
	struct fixture fixture;
	struct service service;
	struct err err;
};

static void stage_start(struct stage *stage, bool accept)
{
	stage->service = (struct service){.store = stage->fixture.store};
	ck_assert_msg(service_clock_start(&stage->service, stage->fixture.path, accept, &stage->err), "%s", stage->err.detail);
}

static void stage_open(struct stage *stage)
{
	*stage = (struct stage){.err = {0}};
	fixture_prepare(&stage->fixture);
	fixture_open(&stage->fixture);
	stage_start(stage, false);
}

static void stage_again(struct stage *stage, bool accept)
{
	service_clock_stop(&stage->service);
	stage_start(stage, accept);
}

static void stage_close(struct stage *stage)
{
	service_clock_stop(&stage->service);
	ck_assert(clock_marker_remove(stage->fixture.path, &stage->err));
	fixture_finish(&stage->fixture);
}

/* Where the clock would be, had nobody moved it: within two seconds, for this test takes time as well. */
static void assert_right(const struct instant at, const char *when)
{
	int64_t off = at.us - (instant_now().us - real_moved + boot_moved);
	ck_assert_msg(off > -2 * second && off < 2 * second, "%s: %lld us off", when, (long long)off);
}

static bool marked(const struct stage *stage)
{
	struct clock_marker marker;
	return clock_marker_read(stage->fixture.path, &marker) != CLOCK_MARKER_NONE;
}

static const int64_t jumps[] = {INT64_C(1728000000000), INT64_C(310000000), INT64_C(-3000000), INT64_C(-1728000000000)};

START_TEST(one_reading_is_enough)
{
	struct stage stage;
	stage_open(&stage);
	real_moved += jumps[_i];
	assert_right(service_now(&stage.service), "the first reading after the jump");
	ck_assert(service_clock_suspect(&stage.service));
	ck_assert(marked(&stage));
	assert_right(service_clock(&stage.service), "what is due");
	real_moved -= jumps[_i];
	assert_right(service_now(&stage.service), "back");
	ck_assert_msg(service_clock_suspect(&stage.service), "not for a minute");
	pass(61 * second);
	assert_right(service_now(&stage.service), "right again");
	ck_assert(!service_clock_suspect(&stage.service));
	ck_assert(!marked(&stage));
	stage_close(&stage);
}
END_TEST

START_TEST(a_minute_does_not_make_it_right)
{
	struct stage stage;
	stage_open(&stage);
	real_moved += jumps[_i];
	for (int i = 0; i < 5; i++) {
		assert_right(service_now(&stage.service), "still wrong");
		ck_assert(service_clock_suspect(&stage.service));
		pass(10 * minute);
	}
	stage_close(&stage);
}
END_TEST

START_TEST(a_borne_step_is_taken)
{
	struct stage stage;
	stage_open(&stage);
	real_moved += 290 * second;
	int64_t off = service_now(&stage.service).us - instant_now().us;
	ck_assert(off > -2 * second && off <= 0);
	ck_assert(!service_clock_suspect(&stage.service) && !marked(&stage));
	stage_close(&stage);
}
END_TEST

START_TEST(a_pause_is_no_step)
{
	struct stage stage;
	stage_open(&stage);
	pause_us = 10 * second;
	assert_right(service_now(&stage.service), "paused between the two clocks");
	ck_assert_int_eq(pause_us, 0);
	ck_assert(!service_clock_suspect(&stage.service));
	stage_close(&stage);
}
END_TEST

START_TEST(a_start_does_not_clear_it)
{
	struct stage stage;
	stage_open(&stage);
	real_moved += jumps[_i];
	(void)service_now(&stage.service);
	stage_again(&stage, false);
	ck_assert(service_clock_suspect(&stage.service));
	assert_right(service_now(&stage.service), "started while it was wrong");
	pass(minute * 60);
	stage_again(&stage, false);
	assert_right(service_now(&stage.service), "and an hour later");
	ck_assert(service_clock_suspect(&stage.service));
	real_moved -= jumps[_i];
	stage_again(&stage, false);
	assert_right(service_now(&stage.service), "it came back");
	pass(61 * second);
	(void)service_now(&stage.service);
	ck_assert(!service_clock_suspect(&stage.service) && !marked(&stage));
	stage_close(&stage);
}
END_TEST

START_TEST(a_start_that_accepts_it_does)
{
	struct stage stage;
	stage_open(&stage);
	real_moved += day;
	(void)service_now(&stage.service);
	stage_again(&stage, true);
	ck_assert(!service_clock_suspect(&stage.service) && !marked(&stage));
	ck_assert(instant_now().us - service_now(&stage.service).us < second);
	stage_close(&stage);
}
END_TEST

/* Another boot, seen by its name, by the time since it, or because the marker cannot be read. */
START_TEST(another_boot_waits_for_a_word)
{
	struct stage stage;
	struct clock_marker marker;
	stage_open(&stage);
	real_moved += day;
	(void)service_now(&stage.service);
	real_moved -= day;
	service_clock_stop(&stage.service);
	ck_assert_int_eq(clock_marker_read(stage.fixture.path, &marker), CLOCK_MARKER_READ);
	if (_i == 0) {
		memset(marker.boot, 'f', 36);
	} else if (_i == 1) {
		marker.good.boot_us += minute;
		marker.good.real_us += minute;
	} else {
		marker.boot[0] = '\0';
	}
	ck_assert(clock_marker_write(stage.fixture.path, &marker, &stage.err));
	stage_start(&stage, false);
	for (int i = 0; i < 3; i++) {
		assert_right(service_now(&stage.service), "there is nothing else to go by");
		ck_assert(service_clock_suspect(&stage.service) && marked(&stage));
		pass(10 * minute);
	}
	stage_again(&stage, true);
	(void)service_now(&stage.service);
	ck_assert(!service_clock_suspect(&stage.service) && !marked(&stage));
	stage_close(&stage);
}
END_TEST

START_TEST(a_marker_that_cannot_be_written)
{
	struct stage stage;
	char path[FIXTURE_PATH_SIZE + 8];
	stage_open(&stage);
	(void)snprintf(path, sizeof(path), "%s.clock", stage.fixture.path);
	ck_assert_int_eq(symlink("nowhere", path), 0);
	real_moved += day;
	assert_right(service_now(&stage.service), "all the same");
	ck_assert(service_clock_suspect(&stage.service));
	ck_assert_int_eq(unlink(path), 0);
	pass(2 * second);
	(void)service_now(&stage.service);
	ck_assert_msg(marked(&stage), "it is tried again");
	stage_close(&stage);
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
	const int jump_count = (int)(sizeof(jumps) / sizeof(jumps[0]));
	tcase_add_loop_test(tests, one_reading_is_enough, 0, jump_count);
	tcase_add_loop_test(tests, a_minute_does_not_make_it_right, 0, jump_count);
	tcase_add_test(tests, a_borne_step_is_taken);
	tcase_add_test(tests, a_pause_is_no_step);
	tcase_add_loop_test(tests, a_start_does_not_clear_it, 0, jump_count);
	tcase_add_test(tests, a_start_that_accepts_it_does);
	tcase_add_loop_test(tests, another_boot_waits_for_a_word, 0, 3);
	tcase_add_test(tests, a_marker_that_cannot_be_written);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
