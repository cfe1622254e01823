/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "store/clock_marker.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct clock_marker sample = {
	.boot = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
	.good = {.real_us = INT64_C(1773000000123456), .boot_us = INT64_C(5000000001)},
};

static void name_of(const struct fixture *fixture, char path[FIXTURE_PATH_SIZE + 8])
{
	(void)snprintf(path, FIXTURE_PATH_SIZE + 8, "%s.clock", fixture->path);
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "wbe");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(written_read_removed)
{
	struct fixture fixture;
	struct clock_marker found;
	struct stat status;
	char path[FIXTURE_PATH_SIZE + 8];
	fixture_prepare(&fixture);
	name_of(&fixture, path);
	ck_assert_int_eq(clock_marker_read(fixture.path, &found), CLOCK_MARKER_NONE);
	ck_assert_msg(clock_marker_remove(fixture.path, &fixture.err), "there was none");
	put(path, "something longer than what is written next, which must not stay behind it; so it goes on for a while and a "
		  "while and a while\n");
	ck_assert_int_eq(chmod(path, 0644), 0);
	ck_assert(clock_marker_write(fixture.path, &sample, &fixture.err));
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_uint_eq(status.st_mode & 07777, 0600);
	ck_assert_int_eq(clock_marker_read(fixture.path, &found), CLOCK_MARKER_READ);
	ck_assert_str_eq(found.boot, sample.boot);
	ck_assert(found.good.real_us == sample.good.real_us && found.good.boot_us == sample.good.boot_us);
	ck_assert(clock_marker_remove(fixture.path, &fixture.err));
	ck_assert_int_eq(clock_marker_read(fixture.path, &found), CLOCK_MARKER_NONE);
	fixture_finish(&fixture);
}
END_TEST

static const char *const damaged[] = {
	"",
	"1",
	"1 unknown 5 6 end",
	"1 unknown 5 6 en\n",
	"1 unknown 5 end\n",
	"1 unknown -5 6 end\n",
	"1 unknown 5 6 end\n\n",
	"1 unknown 99999999999999999999 6 end\n",
	"1 unknown 253402300800000001 6 end\n",
	"1  5 6 end\n",
	"1 0123456789012345678901234567890123456 5 6 end\n",
	"2 unknown 5 6 end\n",
	"1 unknown 5 6 end\n and more than a marker ever holds, for as long as it takes to fill what is read of it and more",
};

START_TEST(damaged_is_not_none)
{
	struct fixture fixture;
	struct clock_marker found;
	char path[FIXTURE_PATH_SIZE + 8];
	fixture_prepare(&fixture);
	name_of(&fixture, path);
	put(path, damaged[_i]);
	ck_assert_msg(clock_marker_read(fixture.path, &found) == CLOCK_MARKER_UNREADABLE, "%s", damaged[_i]);
	ck_assert(clock_marker_remove(fixture.path, &fixture.err));
	fixture_finish(&fixture);
}
END_TEST

START_TEST(a_link_is_not_followed)
{
	struct fixture fixture;
	struct clock_marker found;
	struct stat status;
	char path[FIXTURE_PATH_SIZE + 8];
	char target[FIXTURE_PATH_SIZE + 8];
	fixture_prepare(&fixture);
	name_of(&fixture, path);
	(void)snprintf(target, sizeof(target), "%s/target", fixture.directory);
	ck_assert_int_eq(symlink(target, path), 0);
	ck_assert(!clock_marker_write(fixture.path, &sample, &fixture.err));
	ck_assert_int_eq(fixture.err.code, ERR_STORE);
	ck_assert_int_ne(stat(target, &status), 0);
	ck_assert_int_eq(clock_marker_read(fixture.path, &found), CLOCK_MARKER_UNREADABLE);
	ck_assert(clock_marker_remove(fixture.path, &fixture.err));
	fixture_finish(&fixture);
}
END_TEST

START_TEST(the_boot_has_one_name)
{
	char first[BOOT_ID_SIZE];
	char second[BOOT_ID_SIZE];
	clock_marker_name_boot(first);
	clock_marker_name_boot(second);
	ck_assert_str_eq(first, second);
	ck_assert(strlen(first) == BOOT_ID_SIZE - 1 || strcmp(first, "unknown") == 0);
}
END_TEST

int main(void)
{
	TCase *tests = tcase_create("clock_marker");
	tcase_add_test(tests, written_read_removed);
	tcase_add_loop_test(tests, damaged_is_not_none, 0, (int)(sizeof(damaged) / sizeof(damaged[0])));
	tcase_add_test(tests, a_link_is_not_followed);
	tcase_add_test(tests, the_boot_has_one_name);
	return fixture_main(tests);
}
