/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/worklist.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/text.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

#define SCOPE "prn_1|status=open|service=PRTS"
#define ID "req_01M809MD8X0A63HQ6W5Y5MBJSC"

START_TEST(cursor_round_trip)
{
	static const int64_t places[] = {0, 1, -1, INT64_C(1795822799000000), INT64_MAX, INT64_MIN};
	struct arena *arena = arena_create();
	const struct worklist_cursor cursor = {{places[_i]}, ID};
	struct worklist_cursor found = {{7}, NULL};
	const char *text = worklist_cursor_write(arena, &cursor, SCOPE);

	ck_assert_msg(worklist_cursor_read(arena, text, SCOPE, &found), "%s", text);
	ck_assert_int_eq(found.act_by.us, places[_i]);
	ck_assert_str_eq(found.id, ID);
	arena_destroy(arena);
}
END_TEST

START_TEST(cursor_of_another_list)
{
	static const char *const scopes[] = {"", "prn_2|status=open|service=PRTS", "prn_1|status=any|service=PRTS", SCOPE " ", "prn_1"};
	struct arena *arena = arena_create();
	const struct worklist_cursor cursor = {{1}, ID};
	struct worklist_cursor found = {{7}, NULL};
	const char *text = worklist_cursor_write(arena, &cursor, scopes[_i]);

	ck_assert_msg(!worklist_cursor_read(arena, text, SCOPE, &found), "a cursor of \"%s\"", scopes[_i]);
	ck_assert_int_eq(found.act_by.us, 7);
	ck_assert_ptr_null(found.id);
	/* Nothing of the scope can be read off it: filters may name people. */
	ck_assert_ptr_null(strstr(text, "prn_"));
	arena_destroy(arena);
}
END_TEST

/* Longer than any place that is named. */
#define FORTY "0000000000000000000000000000000000000000"

/* A good cursor with its part behind the scope's mark put differently. */
static const char *const tails[] = {
	"", ".", "..", ".1", ".1x." ID, ".-1." ID, ".+1." ID, ". 1." ID, ".0x1." ID, ".11111111111111111." ID, "." ID, "1." ID,
	".1." FORTY FORTY FORTY FORTY FORTY FORTY "0",
};

START_TEST(cursor_that_was_altered)
{
	struct arena *arena = arena_create();
	const struct worklist_cursor cursor = {{1}, ID};
	struct worklist_cursor found = {{7}, NULL};
	const char *good = worklist_cursor_write(arena, &cursor, SCOPE);
	const char *mark = arena_text(arena, good, (size_t)(strchr(good, '.') - good));
	const char *text = arena_printf(arena, "%s%s", mark, tails[_i]);

	ck_assert_msg(!worklist_cursor_read(arena, text, SCOPE, &found), "%s", text);
	arena_destroy(arena);
}
END_TEST

START_TEST(cursor_with_another_mark)
{
	struct arena *arena = arena_create();
	const struct worklist_cursor cursor = {{1}, ID};
	struct worklist_cursor found = {{7}, NULL};
	char *text = arena_copy(arena, worklist_cursor_write(arena, &cursor, SCOPE));

	text[0] = text[0] == '0' ? '1' : '0';
	ck_assert(!worklist_cursor_read(arena, text, SCOPE, &found));
	ck_assert(!worklist_cursor_read(arena, "", SCOPE, &found));
	ck_assert(!worklist_cursor_read(arena, ".", SCOPE, &found));
	arena_destroy(arena);
}
END_TEST

/* minutes_left of a line that is to be acted on at ACT_BY; INT64_MIN: null. */
static const struct left {
	const char *name;
	const char *act_by; /* NULL: no clock */
	bool open;
	int64_t minutes;
} lefts[] = {
	{"an hour", "2026-11-20T16:00:00-08:00", true, 60},
	{"less than a minute", "2026-11-20T15:00:59-08:00", true, 0},
	{"passed", "2026-11-20T14:30:00-08:00", true, -30},
	{"before a change of the clocks", "2026-11-01T00:30:00-07:00", true, -28290},
	{"closed", "2026-11-20T16:00:00-08:00", false, INT64_MIN},
	{"no clock", NULL, true, INT64_MIN},
};

START_TEST(minutes_left)
{
	const struct left *row = &lefts[_i];
	struct sketch sketch;
	struct text out;
	struct json_writer writer;
	int64_t minutes = INT64_MIN;
	sketch_init(&sketch);
	struct worklist_line line = {
		.id = ID, .tracking_number = "AR-1", .payer = "acme", .service = "CARE", .review = "initial", .urgency = "standard",
		.status = "in_review", .waiting_on = "plan", .act_by_rule = "p.clock", .missing_count = 2, .requested_count = 1,
		.received_at = sketch_instant("2026-11-20T15:00:00-08:00"), .version = 3, .open = row->open, .zone = sketch.zone,
	};
	if (row->act_by != NULL) {
		line.act_by = sketch_instant(row->act_by);
	}
	text_init(&out, sketch.arena, 64);
	json_writer_init(&writer, &out);
	worklist_line_write(&writer, &line, sketch_instant("2026-11-20T15:00:00-08:00"));
	const struct json *json = sketch_json(&sketch, out.data);
	const struct json *found = json_member(json, "minutes_left");
	ck_assert_msg(json_kind(found) == (row->minutes == INT64_MIN ? JSON_NULL : JSON_NUMBER), "%s: kind", row->name);
	ck_assert_msg(row->minutes == INT64_MIN || (json_integer(found, &minutes) && minutes == row->minutes), "%s: %lld", row->name,
		      (long long)minutes);
	ck_assert_msg((json_kind(json_member(json, "act_by")) == JSON_NULL) == (row->act_by == NULL), "%s: act_by", row->name);
	ck_assert(json_kind(json_member(json, "due_at")) == JSON_NULL);
	ck_assert(json_kind(json_member(json, "submitter_reference")) == JSON_NULL);
	ck_assert_str_eq(json_text(json_member(json, "received_at")), "2026-11-20T15:00:00-08:00");
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("worklist");
	TCase *tests = tcase_create("worklist");

	tcase_add_loop_test(tests, cursor_round_trip, 0, 6);
	tcase_add_loop_test(tests, cursor_of_another_list, 0, 5);
	tcase_add_loop_test(tests, cursor_that_was_altered, 0, (int)(sizeof(tails) / sizeof(tails[0])));
	tcase_add_test(tests, cursor_with_another_mark);
	tcase_add_loop_test(tests, minutes_left, 0, (int)(sizeof(lefts) / sizeof(lefts[0])));
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
