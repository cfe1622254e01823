/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/clock_json.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

#define RECEIVED "2026-11-20T15:40:12-08:00"

static const char *written(const struct sketch *sketch, const struct clock_list *list, bool running)
{
	struct text out;
	struct json_writer writer;

	text_init(&out, sketch->arena, 64);
	json_writer_init(&writer, &out);
	clock_list_write(&writer, list, &sketch->policy, NULL, running, NULL);
	return out.data;
}

static struct clock_list read_back(const struct sketch *sketch, const char *text)
{
	return clock_list_read(sketch->arena, sketch_json(sketch, text), &sketch->policy);
}

static void same_clock(const struct clock *found, const struct clock *wanted)
{
	ck_assert_str_eq(found->item->id, wanted->item->id);
	ck_assert_str_eq(found->say, wanted->say);
	ck_assert_int_eq(found->started_at.us, wanted->started_at.us);
	ck_assert_int_eq(found->due.due_at.us, wanted->due.due_at.us);
	ck_assert_int_eq(found->due.act_by.us, wanted->due.act_by.us);
	ck_assert_int_eq(found->due.due_on.day, wanted->due.due_on.day);
	ck_assert_int_eq(found->due.last_business_day.day, wanted->due.last_business_day.day);
	ck_assert_uint_eq(found->due.skipped_count, wanted->due.skipped_count);
	for (size_t i = 0; i < found->due.skipped_count; i++) {
		ck_assert_int_eq(found->due.skipped[i].on.day, wanted->due.skipped[i].on.day);
		ck_assert_str_eq(found->due.skipped[i].why, wanted->due.skipped[i].why);
	}
}

START_TEST(what_is_written_is_read_back)
{
	struct sketch sketch;
	sketch_init(&sketch);
	const struct clock clocks[] = {
		sketch_clock(&sketch, SKETCH_CLOCK, RECEIVED),
		sketch_clock(&sketch, SKETCH_HOURS, "2026-11-20T15:40:12.250000-08:00"),
		sketch_clock(&sketch, SKETCH_OVERLAY,
			     "2026-11-19T10:00:00-08:00"), /* due on Thanksgiving, so acted on before */
	};
	const struct clock_list list = {clocks, 3};
	const char *text = written(&sketch, &list, true);
	const struct clock_list found = read_back(&sketch, text);
	ck_assert_uint_eq(clocks[0].due.skipped_count, 5);
	ck_assert_int_lt(instant_compare(clocks[2].due.act_by, clocks[2].due.due_at), 0);
	ck_assert_uint_eq(found.count, 3);
	for (size_t i = 0; i < found.count; i++) {
		same_clock(&found.clocks[i], &clocks[i]);
	}
	ck_assert_str_eq(written(&sketch, &found, true), text);
	sketch_finish(&sketch);
}
END_TEST

/* "calendar overlay; " of each: the digests of what it was counted by. */
static const char *counted_by(const struct sketch *sketch, const struct clock_list *list)
{
	const struct json *json = sketch_json(sketch, written(sketch, list, true));
	const char *said = "";
	for (const struct json *node = json_first(json_member(json, "all")); node != NULL; node = json_next(node)) {
		const char *calendar = json_text(json_at(node, "/calendar/digest"));
		const char *overlay = json_text(json_at(node, "/overlay/digest"));
		said = arena_printf(sketch->arena, "%s%s %s; ", said, calendar != NULL ? calendar : "-",
				    overlay != NULL ? overlay : "-");
	}
	return said;
}

START_TEST(a_clock_names_what_it_was_counted_by)
{
	struct sketch sketch;
	sketch_init(&sketch);
	const struct clock clocks[] = {
		sketch_clock(&sketch, SKETCH_CLOCK, RECEIVED),
		sketch_clock(&sketch, SKETCH_OVERLAY, RECEIVED),
	};
	const struct clock_list list = {clocks, 2};
	const struct clock_list kept = read_back(&sketch, written(&sketch, &list, true));
	ck_assert_str_eq(counted_by(&sketch, &list), "or1 -; or1 law1; ");
	sketch.calendar.digest_hex = "or2";
	sketch.law.digest_hex = "law2";
	ck_assert_str_eq(counted_by(&sketch, &list), "or2 -; or2 law2; ");
	ck_assert_str_eq(counted_by(&sketch, &kept), "or1 -; or1 law1; ");
	const struct json *unnamed = json_parse(sketch.arena, "{}", 2, &json_limits_file, &(struct err){0});
	const struct clock old[] = {{clocks[0].item, clocks[0].started_at, clocks[0].due, clocks[0].say, unnamed}};
	ck_assert_str_eq(counted_by(&sketch, &(struct clock_list){old, 1}), "- -; "); /* written before clocks said it */
	sketch_finish(&sketch);
}
END_TEST

START_TEST(deadlines_of_a_list)
{
	struct sketch sketch;
	sketch_init(&sketch);
	const struct clock clocks[] = {
		sketch_clock(&sketch, SKETCH_OVERLAY, RECEIVED),
		sketch_clock(&sketch, SKETCH_CLOCK, RECEIVED),
	};
	const struct clock_list list = {clocks, 2};
	const struct json *json = sketch_json(&sketch, written(&sketch, &list, true));
	ck_assert_ptr_eq(clock_list_own(&list), &clocks[1]);
	ck_assert_ptr_eq(clock_list_first(&list), &clocks[0]);
	ck_assert_str_eq(json_text(json_member(json, "due_at")), "2026-12-02T23:59:59-08:00");
	ck_assert_str_eq(json_text(json_member(json, "rule")), "p.clock");
	/* 2026-11-27 is a Friday: the plan is open. */
	ck_assert_str_eq(json_text(json_member(json, "act_by")), "2026-11-27T23:59:59-08:00");
	ck_assert_str_eq(json_text(json_member(json, "act_by_rule")), "o.clock");
	ck_assert(json_boolean(json_member(json, "running")));
	ck_assert(!json_boolean(json_member(sketch_json(&sketch, written(&sketch, &list, false)), "running")));
	sketch_finish(&sketch);
}
END_TEST

/* On a tie the policy's own comes first, since it stands first. */
START_TEST(a_tie_is_the_policys)
{
	struct sketch sketch;
	sketch_init(&sketch);
	struct clock clocks[] = {
		sketch_clock(&sketch, SKETCH_CLOCK, RECEIVED),
		sketch_clock(&sketch, SKETCH_OVERLAY, RECEIVED),
	};
	clocks[1].due = clocks[0].due;
	const struct clock_list list = {clocks, 2};
	ck_assert_ptr_eq(clock_list_first(&list), &clocks[0]);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(no_clock_and_only_an_overlays)
{
	struct sketch sketch;
	sketch_init(&sketch);
	const struct clock_list none = {NULL, 0};
	const struct json *empty = sketch_json(&sketch, written(&sketch, &none, true));
	ck_assert_ptr_null(clock_list_first(&none));
	ck_assert_ptr_null(clock_list_own(&none));
	ck_assert(!json_boolean(json_member(empty, "running")));
	static const char *const members[] = {"due_at", "rule", "act_by", "act_by_rule"};
	for (size_t i = 0; i < 4; i++) {
		ck_assert_msg(json_kind(json_member(empty, members[i])) == JSON_NULL, "%s is null", members[i]);
	}
	ck_assert_uint_eq(read_back(&sketch, written(&sketch, &none, true)).count, 0);

	const struct clock overlay = sketch_clock(&sketch, SKETCH_OVERLAY, RECEIVED);
	const struct clock_list one = {&overlay, 1};
	const struct json *json = sketch_json(&sketch, written(&sketch, &one, true));
	ck_assert_ptr_null(clock_list_own(&one));
	ck_assert(json_kind(json_member(json, "due_at")) == JSON_NULL);
	ck_assert_str_eq(json_text(json_member(json, "act_by_rule")), "o.clock");
	sketch_finish(&sketch);
}
END_TEST

/* A rule that this version does not have is nobody's clock; the others stay. */
START_TEST(a_rule_that_is_gone)
{
	struct sketch sketch;
	sketch_init(&sketch);
	const struct clock clocks[] = {
		sketch_clock(&sketch, SKETCH_CLOCK, RECEIVED),
		sketch_clock(&sketch, SKETCH_OVERLAY, RECEIVED),
	};
	const struct clock_list list = {clocks, 2};
	sketch.policy.item_count = SKETCH_OVERLAY; /* the overlay's is beyond the end */
	const struct clock_list found = read_back(&sketch, written(&sketch, &list, true));
	ck_assert_uint_eq(found.count, 1);
	same_clock(&found.clocks[0], &clocks[0]);
	ck_assert_uint_eq(read_back(&sketch, "{}").count, 0);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(an_open_gate_does_not_stop_the_clock)
{
	struct sketch sketch;
	struct text out;
	struct json_writer writer;
	sketch_init(&sketch);
	const struct clock clock = sketch_clock(&sketch, SKETCH_CLOCK, RECEIVED);
	const struct clock_list list = {&clock, 1};
	text_init(&out, sketch.arena, 64);
	json_writer_init(&writer, &out);
	clock_list_write(&writer, &list, &sketch.policy, &sketch.items[SKETCH_GATE], true, NULL);
	const struct json *json = sketch_json(&sketch, out.data);
	ck_assert(json_boolean(json_member(json, "running")));
	ck_assert_uint_eq(json_count(json_member(json, "also_waiting_for")), 1);
	ck_assert_str_eq(json_text(json_at(json, "/also_waiting_for/0/item")), "p.gate");
	ck_assert(!json_boolean(json_at(json, "/also_waiting_for/0/stops_clock")));
	ck_assert_str_eq(json_text(json_at(json, "/also_waiting_for/0/cite/0/clause")), "C.1");
	sketch_finish(&sketch);
}
END_TEST

/* What an answer stored, judged again: {stored, its start} and {fresh, its start} give clocks in order. */
static const struct keeping {
	const char *name;
	enum sketch_item stored;
	const char *stored_start;
	enum sketch_item fresh;
	const char *fresh_start;
	const char *kept; /* "rule due_at; " of each */
} keepings[] = {
	{"a later due instant does not count", SKETCH_CLOCK, RECEIVED, SKETCH_CLOCK, "2026-11-23T09:00:00-08:00",
	 "p.clock 2026-12-02T23:59:59-08:00; "},
	{"an earlier one does", SKETCH_CLOCK, RECEIVED, SKETCH_CLOCK, "2026-11-19T09:00:00-08:00",
	 "p.clock 2026-12-01T23:59:59-08:00; "},
	{"the same again", SKETCH_CLOCK, RECEIVED, SKETCH_CLOCK, RECEIVED, "p.clock 2026-12-02T23:59:59-08:00; "},
	{"a shorter clock joins", SKETCH_CLOCK, RECEIVED, SKETCH_HOURS, RECEIVED,
	 "p.clock 2026-12-02T23:59:59-08:00; p.hours 2026-11-23T15:40:12-08:00; "},
	{"a longer one does not, and what runs keeps running", SKETCH_HOURS, RECEIVED, SKETCH_CLOCK, RECEIVED,
	 "p.hours 2026-11-23T15:40:12-08:00; "},
	{"one that would end later by starting later does not", SKETCH_HOURS, RECEIVED, SKETCH_OVERLAY, RECEIVED,
	 "p.hours 2026-11-23T15:40:12-08:00; "},
	{"beside an overlay's only, any of the policy joins", SKETCH_OVERLAY, RECEIVED, SKETCH_CLOCK, RECEIVED,
	 "o.clock 2026-11-27T23:59:59-08:00; p.clock 2026-12-02T23:59:59-08:00; "},
};

START_TEST(clocks_are_kept_through_an_answer)
{
	const struct keeping *row = &keepings[_i];
	struct sketch sketch;
	struct text found;
	size_t count = 0;
	char at[INSTANT_TEXT_SIZE];
	sketch_init(&sketch);
	const struct clock before = sketch_clock(&sketch, row->stored, row->stored_start);
	const struct clock_list list = {&before, 1};
	const struct clock_list stored = read_back(&sketch, written(&sketch, &list, true));
	const struct clock fresh = sketch_clock(&sketch, row->fresh, row->fresh_start);
	const struct clock *kept = clocks_keep(stored.clocks, stored.count, &fresh, 1, sketch.arena, &count);
	text_init(&found, sketch.arena, 64);
	for (size_t i = 0; i < count; i++) {
		text_printf(&found, "%s %s; ", kept[i].item->id, zone_format(sketch.zone, kept[i].due.due_at, at));
	}
	ck_assert_msg(strcmp(found.data, row->kept) == 0, "%s: %s", row->name, found.data);
	/* And again through an answer: nothing moves. */
	const struct clock_list after = {kept, count};
	const char *text = written(&sketch, &after, true);
	const struct clock_list again = read_back(&sketch, text);
	kept = clocks_keep(again.clocks, again.count, kept, count, sketch.arena, &count);
	const struct clock_list last = {kept, count};
	ck_assert_msg(strcmp(written(&sketch, &last, true), text) == 0, "%s: it moved", row->name);
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("clock_json");
	TCase *tests = tcase_create("clock_json");

	tcase_add_test(tests, what_is_written_is_read_back);
	tcase_add_test(tests, a_clock_names_what_it_was_counted_by);
	tcase_add_test(tests, deadlines_of_a_list);
	tcase_add_test(tests, a_tie_is_the_policys);
	tcase_add_test(tests, no_clock_and_only_an_overlays);
	tcase_add_test(tests, a_rule_that_is_gone);
	tcase_add_test(tests, an_open_gate_does_not_stop_the_clock);
	tcase_add_loop_test(tests, clocks_are_kept_through_an_answer, 0, (int)(sizeof(keepings) / sizeof(keepings[0])));
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
