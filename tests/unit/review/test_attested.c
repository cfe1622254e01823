/* SPDX-License-Identifier: Apache-2.0 */
#include "review/attested.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/json_write.h"
#include "base/text.h"
#include "policy/occurrence.h"

#include <check.h>
#include <string.h>

#define SAID(id, item, on) "{\"id\":\"" id "\",\"kind\":\"attestation\",\"item\":\"" item "\",\"on\":\"" on "\"}"
#define TAKEN(id, item, of) "{\"id\":\"" id "\",\"kind\":\"attestation\",\"item\":\"" item "\",\"retracts\":\"" of "\"}"

/* What stands in a record after "p.a" was put, as "id item on" each with a blank before it. */
static const struct row {
	const char *name;
	const char *record;
	const char *stands;
} rows[] = {
	{"nothing yet", "{}", " o1 p.a 2026-11-20"},
	{"facts of another sort", "{\"facts\":{\"said\":true}}", " o1 p.a 2026-11-20"},
	{"an empty list", "{\"facts\":{\"occurrences\":[]}}", " o1 p.a 2026-11-20"},
	{"another item stays", "{\"facts\":{\"occurrences\":[" SAID("o1", "p.b", "2026-01-02") "]}}",
	 " o1 p.b 2026-01-02 o2 p.a 2026-11-20"},
	{"what stood goes, its name is not given again",
	 "{\"facts\":{\"occurrences\":[" SAID("o1", "p.b", "2026-01-02") "," SAID("o2", "p.a", "2026-01-03") "]}}",
	 " o1 p.b 2026-01-02 o3 p.a 2026-11-20"},
	{"names go on from the highest, not from the number of elements",
	 "{\"facts\":{\"occurrences\":[" SAID("o8", "p.b", "2026-01-02") "," SAID("o91", "p.a", "2026-01-03") "]}}",
	 " o8 p.b 2026-01-02 o92 p.a 2026-11-20"},
	{"what was retracted goes, with what retracted it",
	 "{\"facts\":{\"occurrences\":[" SAID("o1", "p.b", "2026-01-02") "," SAID("o2", "p.a", "2026-01-03") "," TAKEN(
		 "o3", "p.b", "o1") "," SAID("o4", "p.b", "2026-01-05") "," TAKEN("o5", "p.a",
										  "o2") "," SAID("o6", "p.a",
												 "2026-01-06") "]}}",
	 " o4 p.b 2026-01-05 o7 p.a 2026-11-20"},
	{"several of one item that count all go",
	 "{\"facts\":{\"occurrences\":[" SAID("o1", "p.a", "2026-01-02") "," SAID("o2", "p.a", "2026-01-03") "]}}",
	 " o3 p.a 2026-11-20"},
	{"names of another sort are left alone",
	 "{\"facts\":{\"occurrences\":[" SAID("o0x9", "p.b", "2026-01-02") "," SAID("old", "p.c", "2026-01-03") "]}}",
	 " o0x9 p.b 2026-01-02 old p.c 2026-01-03 o3 p.a 2026-11-20"},
};

static const char *text_of(const struct json *node, const char *name)
{
	const char *text = json_text(json_member(node, name));
	return text != NULL ? text : "-";
}

static const char *stands(const struct json *record, struct arena *arena)
{
	struct text out;
	text_init(&out, arena, 256);
	for (const struct json *one = json_first(json_at(record, occurrence_list)); one != NULL; one = json_next(one)) {
		text_printf(&out, " %s %s %s", text_of(one, "id"), text_of(one, "item"), text_of(one, "on"));
	}
	return out.data;
}

static const struct json *put(const struct sketch *sketch, const struct json *record, const char *item, const char *on)
{
	const struct principal principal = {.id = "prn_clinic"};
	const struct call call = {
		.arena = sketch->arena, .principal = &principal, .now = sketch_instant("2026-11-20T15:40:12-08:00")};
	const struct attested attested = {.item = item, .on = on, .by = "Lee"};
	return attested_put(&call, sketch->zone, record, &attested);
}

START_TEST(the_record_holds_what_stands)
{
	const struct row *row = &rows[_i];
	struct sketch sketch;
	sketch_init(&sketch);
	const struct json *record = put(&sketch, sketch_json(&sketch, row->record), "p.a", "2026-11-20");
	const char *found = stands(record, sketch.arena);
	ck_assert_msg(strcmp(found, row->stands) == 0, "%s:%s, wanted%s", row->name, found, row->stands);
	const struct json *newest = NULL;
	for (const struct json *one = json_first(json_at(record, occurrence_list)); one != NULL; one = json_next(one)) {
		newest = one;
	}
	ck_assert_str_eq(text_of(newest, "by"), "Lee");
	ck_assert_str_eq(text_of(newest, "recorded_by"), "prn_clinic");
	ck_assert_str_eq(text_of(newest, "recorded_at"), "2026-11-20T15:40:12-08:00");
	ck_assert_msg((json_at(record, "/facts/said") != NULL) == (strstr(row->record, "said") != NULL), "%s", row->name);
	sketch_finish(&sketch);
}
END_TEST

/* However often: the list stays as short, and every name is new. */
START_TEST(it_never_fills)
{
	enum { TIMES = 300 };
	struct sketch sketch;
	sketch_init(&sketch);
	const struct json *record = sketch_json(&sketch, "{}");
	for (int i = 1; i <= TIMES; i++) {
		const char *item = i % 3 == 0 ? "p.b" : "p.a";
		record = put(&sketch, record, item, "2026-11-20");
		const struct json *list = json_at(record, occurrence_list);
		const struct json *newest = json_first(list);
		while (json_next(newest) != NULL) {
			newest = json_next(newest);
		}
		ck_assert_str_eq(text_of(newest, "id"), arena_printf(sketch.arena, "o%d", i));
		ck_assert_uint_le(json_count(list), 2);
	}
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("review/attested");
	TCase *tests = tcase_create("attested");
	tcase_add_loop_test(tests, the_record_holds_what_stands, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, it_never_fills);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
