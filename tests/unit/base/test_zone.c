/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include "../run_suite.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * The zones of the policies, then those whose rules are odd: half hours, southern, negative, beyond the day,
 * abolished.
 */
static const char *const zone_names[] = {
	"America/Los_Angeles", "America/Chicago",   "America/New_York",  "Europe/Dublin", "Australia/Lord_Howe", "America/Nuuk",
	"Asia/Gaza",           "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia",  "Asia/Kathmandu",      "UTC",
	"America/Boise",       "Etc/GMT+5",
};

enum { ZONE_COUNT = sizeof(zone_names) / sizeof(zone_names[0]) };

static struct zone *open_zone(const char *name)
{
	struct err err;
	struct zone *const zone = zone_open(name, &err);

	ck_assert_msg(zone != NULL, "%s: %s", name, err.detail);
	return zone;
}

static struct instant at(const char *text)
{
	struct instant instant = {0};

	ck_assert_msg(instant_parse(text, &instant), "%s is no instant", text);
	return instant;
}

static struct civil_date on(const char *text)
{
	struct civil_date day = {0};

	ck_assert_msg(civil_parse(text, &day), "%s is no date", text);
	return day;
}

static struct instant second(int64_t seconds)
{
	return (struct instant){seconds * 1000000};
}

/* 1 when the C library, in this process's TZ, agrees with ZONE about SECONDS. */
static bool library_agrees(const struct zone *zone, int64_t seconds)
{
	const time_t time = (time_t)seconds;
	struct tm local;
	struct civil_date day;

	if (localtime_r(&time, &local) == NULL) {
		return false;
	}
	if (!civil_from_parts(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, &day)) {
		return false;
	}
	const int second_of_day = local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
	return local.tm_gmtoff == zone_offset(zone, second(seconds)) &&
	       civil_compare(day, zone_date(zone, second(seconds))) == 0 &&
	       second_of_day == zone_second_of_day(zone, second(seconds));
}

/* The first second after FROM and up to TO at which the offset is that of TO. */
static int64_t change_between(const struct zone *zone, int64_t from, int64_t to)
{
	const int after = zone_offset(zone, second(to));

	while (to - from > 1) {
		const int64_t middle = from + (to - from) / 2;
		if (zone_offset(zone, second(middle)) == after) {
			to = middle;
		} else {
			from = middle;
		}
	}
	return to;
}

/*
 * Years 1950 to 2100 every 6.5 hours or so, and both sides of every change. Returns the instants compared,
 * negative at the first that differs.
 */
static int64_t compare_with_library(const struct zone *zone)
{
	const int64_t from = -631152000;
	const int64_t to = INT64_C(4133980800);
	const int64_t step = 23659;
	int64_t compared = 0;

	for (int64_t now = from; now < to; now += step) {
		int64_t probes[3] = {now, 0, 0};
		int count = 1;
		if (zone_offset(zone, second(now)) != zone_offset(zone, second(now - step))) {
			probes[1] = change_between(zone, now - step, now);
			probes[2] = probes[1] - 1;
			count = 3;
		}
		for (int i = 0; i < count; i++) {
			if (!library_agrees(zone, probes[i])) {
				fprintf(stderr, "%s differs at %lld\n", zone_name(zone), (long long)probes[i]);
				return -1;
			}
		}
		compared++;
	}
	return compared;
}

START_TEST(agrees_with_the_c_library)
{
	const char *const name = zone_names[_i];
	int status = 0;

	/* The library's zone belongs to the whole process: it is set in a child of its own. */
	const pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct err err;
		struct zone *const zone = zone_open(name, &err);
		setenv("TZ", name, 1);
		tzset();
		const bool agrees = zone != NULL && compare_with_library(zone) >= 100000;
		zone_close(zone);
		_exit(agrees ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s", name);
}
END_TEST

struct night {
	const char *local_date;
	int second_of_day;
	const char *instant; /* as the zone writes it */
};

enum { H = 3600, M = 60 };

static const struct night nights[] = {
	{"2026-03-08", 1 * H + 59 * M + 59, "2026-03-08T01:59:59-08:00"},
	{"2026-03-08", 2 * H, "2026-03-08T03:00:00-07:00"},
	{"2026-03-08", 2 * H + 30 * M, "2026-03-08T03:30:00-07:00"},
	{"2026-03-08", 2 * H + 59 * M + 59, "2026-03-08T03:59:59-07:00"},
	{"2026-03-08", 3 * H, "2026-03-08T03:00:00-07:00"},
	{"2026-03-08", 0, "2026-03-08T00:00:00-08:00"},
	{"2026-11-01", 0, "2026-11-01T00:00:00-07:00"},
	{"2026-11-01", 59 * M + 59, "2026-11-01T00:59:59-07:00"},
	{"2026-11-01", 1 * H, "2026-11-01T01:00:00-07:00"},
	{"2026-11-01", 1 * H + 30 * M, "2026-11-01T01:30:00-07:00"},
	{"2026-11-01", 1 * H + 59 * M + 59, "2026-11-01T01:59:59-07:00"},
	{"2026-11-01", 2 * H, "2026-11-01T02:00:00-08:00"},
	{"2027-03-14", 1 * H + 59 * M + 59, "2027-03-14T01:59:59-08:00"},
	{"2027-03-14", 2 * H + 30 * M, "2027-03-14T03:30:00-07:00"},
	{"2027-03-14", 23 * H, "2027-03-14T23:00:00-07:00"},
	{"2050-03-13", 2 * H + 30 * M, "2050-03-13T03:30:00-07:00"},
	{"2050-11-06", 1 * H + 30 * M, "2050-11-06T01:30:00-07:00"},
};

START_TEST(nights_of_a_change)
{
	const struct night *const row = &nights[_i];
	struct zone *const zone = open_zone("America/Los_Angeles");
	char text[INSTANT_TEXT_SIZE];

	zone_format(zone, zone_instant(zone, on(row->local_date), row->second_of_day), text);
	ck_assert_msg(strcmp(text, row->instant) == 0, "%s + %d s is %s, not %s", row->local_date, row->second_of_day, text,
		      row->instant);
	zone_close(zone);
}
END_TEST

START_TEST(the_known_gap)
{
	struct zone *const zone = open_zone("America/Los_Angeles");

	ck_assert_int_eq(zone_instant(zone, on("2026-03-08"), 2 * H + 30 * M).us / 1000000, 1772965800);
	zone_close(zone);
}
END_TEST

/*
 * Tries every offset the zone has at all: the earliest instant that shows the time, or in a gap the time read
 * with the offset before the change.
 */
static int64_t by_trial(const struct zone *zone, int64_t local)
{
	for (int offset = 15 * H; offset >= -13 * H; offset -= 15 * M) {
		if (zone_offset(zone, second(local - offset)) == offset) {
			return local - offset;
		}
	}
	return local - zone_offset(zone, second(local - 26 * H));
}

/*
 * Every five minutes around each change from 1970 on: the offsets of these zones are whole quarters of an
 * hour by then.
 */
START_TEST(instants_of_local_times)
{
	struct zone *const zone = open_zone(zone_names[_i]);
	const int64_t step = 86400;

	for (int64_t now = 0; now < INT64_C(4133980800); now += step) {
		if (zone_offset(zone, second(now)) == zone_offset(zone, second(now + step))) {
			continue;
		}
		const int64_t change = change_between(zone, now, now + step);
		const int before = zone_offset(zone, second(change - 1));
		const int after = zone_offset(zone, second(change));
		const int64_t first = change + (before < after ? before : after) - 3 * H;
		const int64_t last = change + (before < after ? after : before) + 3 * H;
		for (int64_t local = first; local < last; local += 5 * M) {
			const int64_t day = local / step;
			const struct civil_date date = {(int32_t)day};
			const struct instant got = zone_instant(zone, date, (int)(local - day * step));
			if (got.us != by_trial(zone, local) * 1000000) {
				ck_abort_msg("%s: local %lld is %lld", zone_names[_i], (long long)local,
					     (long long)(got.us / 1000000));
			}
		}
	}
	zone_close(zone);
}
END_TEST

START_TEST(a_day_ends_where_the_next_begins)
{
	struct zone *const zone = open_zone(zone_names[_i]);

	for (int32_t day = 0; day < 47000; day++) {
		const struct civil_date date = {day};
		const struct instant end = zone_end_of_day(zone, date);
		if (zone_second_of_day(zone, end) != 86399 || zone_date(zone, end).day != day) {
			/*
			 * 2011-12-30 never was in Samoa; Nuuk skips the last hour of a day in March, from
			 * 2024 on.
			 */
			ck_assert_msg(day == 15338 || (day > 19800 && strcmp(zone_names[_i], "America/Nuuk") == 0),
				      "%s: day %d", zone_names[_i], day);
			continue;
		}
		if (zone_date(zone, instant_add(end, span_seconds(1))).day <= day) {
			ck_abort_msg("%s: day %d ends early", zone_names[_i], day);
		}
	}
	zone_close(zone);
}
END_TEST

START_TEST(a_midnight_that_occurs_twice)
{
	struct zone *const zone = open_zone("America/Sao_Paulo");
	char text[INSTANT_TEXT_SIZE];

	zone_format(zone, zone_instant(zone, on("2018-02-17"), 86399), text);
	ck_assert_str_eq(text, "2018-02-17T23:59:59-02:00");
	zone_format(zone, zone_end_of_day(zone, on("2018-02-17")), text);
	ck_assert_str_eq(text, "2018-02-17T23:59:59-03:00");
	zone_close(zone);
}
END_TEST

START_TEST(local_days)
{
	struct zone *const zone = open_zone("America/Los_Angeles");
	char text[INSTANT_TEXT_SIZE];

	ck_assert_int_eq(zone_date(zone, at("2026-03-03T07:30:00Z")).day, on("2026-03-02").day);
	ck_assert_int_eq(zone_second_of_day(zone, at("2026-03-03T07:30:00Z")), 23 * H + 30 * M);
	ck_assert_int_eq(zone_date(zone, at("1969-12-31T07:59:59.999999Z")).day, -2);
	ck_assert_int_eq(zone_offset(zone, at("2026-03-08T09:59:59.999999Z")), -8 * H);
	ck_assert_int_eq(zone_offset(zone, at("2026-03-08T10:00:00Z")), -7 * H);
	ck_assert_str_eq(zone_format(zone, at("2026-03-12T06:59:59.25Z"), text), "2026-03-11T23:59:59.250000-07:00");
	ck_assert_str_eq(zone_name(zone), "America/Los_Angeles");
	zone_close(zone);
}
END_TEST

/*
 * Before 1883 Los Angeles kept 7:52:58 behind Greenwich, which RFC 3339 cannot write: the instant must not
 * suffer.
 */
START_TEST(local_mean_time_keeps_the_instant)
{
	struct zone *const zone = open_zone("America/Los_Angeles");
	const struct instant instant = at("1850-06-01T12:00:00Z");
	char text[INSTANT_TEXT_SIZE];

	ck_assert_int_eq(zone_offset(zone, instant), -(7 * H + 52 * M + 58));
	ck_assert_int_eq(at(zone_format(zone, instant, text)).us, instant.us);
	ck_assert_str_eq(text, "1850-06-01T04:08:00-07:52");
	ck_assert_int_eq(at(zone_format(zone, at("0001-01-01T00:00:00Z"), text)).us, at("0001-01-01T00:00:00Z").us);
	zone_close(zone);
}
END_TEST

START_TEST(no_zone_is_utc)
{
	char text[INSTANT_TEXT_SIZE];

	ck_assert_str_eq(zone_format(NULL, at("2026-11-20T23:40:12-08:00"), text), "2026-11-21T07:40:12Z");
	ck_assert_str_eq(civil_format(zone_date(NULL, at("2026-11-20T23:40:12-08:00")), text), "2026-11-21");
}
END_TEST

static const char *const refused_names[] = {
	"",
	"/etc/passwd",
	"/UTC",
	"../zoneinfo/UTC",
	"America/../UTC",
	"./UTC",
	"UTC\n",
	"America/Los Angeles",
	"zone.tab",
	"America",
	"No/Such_Zone",
	"leapseconds",
	"right/UTC",
	"UTC\xc3\xa9",
	"America\\Chicago",
	"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
};

START_TEST(refuses_names)
{
	struct err err = {0};

	ck_assert_msg(zone_open(refused_names[_i], &err) == NULL, "%s was opened", refused_names[_i]);
	ck_assert_int_eq(err.code, ERR_CONFIG);
	ck_assert(err.detail[0] != '\0');
}
END_TEST

START_TEST(close_takes_null)
{
	zone_close(NULL);
}
END_TEST

/* A file of version 2 with COUNT changes to the one type at +1 h, then FOOTER between newlines. */
static size_t make_file(unsigned char *file, const char *footer, unsigned count)
{
	unsigned char *to = file;

	for (int block = 0; block < 2; block++) {
		memset(to, 0, 44);
		memcpy(to, "TZif2", 5);
		to[35] = block == 0 ? 0 : (unsigned char)count;
		to[39] = 1; /* types */
		to[43] = 4; /* characters */
		to += 44;
		if (block == 1) {
			memset(to, 0, (size_t)count * 9);
			for (unsigned i = 0; i < count; i++) {
				to[i * 8 + 7] = (unsigned char)(i + 1);
			}
			to += (size_t)count * 9;
		}
		memcpy(to,
		       "\x00\x00\x0e\x10\x00\x00"
		       "ONE",
		       10);
		to += 10;
	}
	return (size_t)(to - file) + (size_t)snprintf((char *)to, 64, "\n%s\n", footer);
}

START_TEST(an_empty_footer_leaves_the_last_offset)
{
	unsigned char file[512];
	struct err err;
	struct zone *const zone = zone_from_bytes("Test/Zone", file, make_file(file, "", 1), &err);

	ck_assert_ptr_nonnull(zone);
	ck_assert_int_eq(zone_offset(zone, at("2026-07-01T00:00:00Z")), 1 * H);
	zone_close(zone);
	ck_assert_ptr_null(zone_from_bytes("Test/Zone", file, make_file(file, "PST8PDT", 1), &err));
}
END_TEST

/* Each shortening and each changed byte of a good file is refused or read, never read beyond its end. */
START_TEST(damaged_files)
{
	unsigned char file[512];
	struct err err;
	const size_t length = make_file(file, "PST8PDT,M3.2.0,M11.1.0", 3);

	struct zone *const whole = zone_from_bytes("Test/Zone", file, length, &err);
	ck_assert_ptr_nonnull(whole);
	zone_close(whole);
	for (size_t cut = 0; cut < length; cut++) {
		/* A copy of exact size, so that the sanitizer sees a read beyond it. */
		unsigned char *const copy = malloc(cut == 0 ? 1 : cut);
		memcpy(copy, file, cut);
		ck_assert_msg(zone_from_bytes("Test/Zone", copy, cut, &err) == NULL, "cut at %zu", cut);
		ck_assert_int_eq(err.code, ERR_CONFIG);
		free(copy);
	}
	for (size_t place = 0; place < length; place++) {
		for (int bit = 0; bit < 8; bit++) {
			unsigned char *const copy = malloc(length);
			memcpy(copy, file, length);
			copy[place] = (unsigned char)(copy[place] ^ (1U << bit));
			struct zone *const zone = zone_from_bytes("Test/Zone", copy, length, &err);
			if (zone != NULL) {
				(void)zone_end_of_day(zone, on("2026-03-08"));
			}
			zone_close(zone);
			free(copy);
		}
	}
}
END_TEST

START_TEST(refuses_changes_out_of_order)
{
	unsigned char file[512];
	struct err err;
	const size_t length = make_file(file, "", 3);
	const size_t second_block = 44 + 10 + 44;

	file[second_block + 7] = 9;
	ck_assert_ptr_null(zone_from_bytes("Test/Zone", file, length, &err));
	file[second_block + 7] = 1;
	file[second_block + 24] = 1; /* the only type is number 0 */
	memset(file + second_block + 33, 0, 4); /* what follows it could pass for another */
	ck_assert_ptr_null(zone_from_bytes("Test/Zone", file, length, &err));
	file[4] = '\0';
	file[second_block + 24] = 0;
	ck_assert_ptr_null(zone_from_bytes("Test/Zone", file, length, &err));
	file[4] = '3';
	zone_close(zone_from_bytes("Test/Zone", file, length, &err));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("zone");
	TCase *const tcase = tcase_create("zone");

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, agrees_with_the_c_library, 0, ZONE_COUNT);
	tcase_add_loop_test(tcase, nights_of_a_change, 0, sizeof(nights) / sizeof(nights[0]));
	tcase_add_test(tcase, the_known_gap);
	tcase_add_loop_test(tcase, instants_of_local_times, 0, ZONE_COUNT);
	tcase_add_loop_test(tcase, a_day_ends_where_the_next_begins, 0, ZONE_COUNT);
	tcase_add_test(tcase, a_midnight_that_occurs_twice);
	tcase_add_test(tcase, local_days);
	tcase_add_test(tcase, local_mean_time_keeps_the_instant);
	tcase_add_test(tcase, no_zone_is_utc);
	tcase_add_loop_test(tcase, refuses_names, 0, sizeof(refused_names) / sizeof(refused_names[0]));
	tcase_add_test(tcase, close_takes_null);
	tcase_add_test(tcase, an_empty_footer_leaves_the_last_offset);
	tcase_add_test(tcase, damaged_files);
	tcase_add_test(tcase, refuses_changes_out_of_order);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
