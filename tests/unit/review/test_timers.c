/* SPDX-License-Identifier: Apache-2.0 */
#include "review/timers.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

#define OWED(item, to, due, told) "{\"item\": \"" item "\", \"to\": \"" to "\", \"due_at\": \"" due "\", \"told_at\": " told "}"
#define APPEAL(id, status) \
	"{\"id\": \"" id "\", \"status\": \"" status "\", \"received_at\": \"2026-11-24T10:00:00-08:00\"," \
	" \"due_at\": \"2026-11-27T10:00:00-08:00\"}"
#define CALL(at) "{\"at\": \"" at "\", \"channel\": \"phone\", \"outcome\": \"no_answer\", \"items\": [\"p.dates\"]}"
#define FAX(at) "{\"at\": \"" at "\", \"channel\": \"fax\", \"outcome\": \"failed\", \"items\": [\"p.dates\"]}"
#define RAISED(what, subject, due) \
	"{\"what\": \"" what "\", \"subject\": \"" subject "\", \"due_at\": \"" due "\", \"at\": \"2026-12-31T00:00:00Z\"}"
#define GRANT(to) "\"authorization\": {\"number\": \"AU-1\", \"to\": \"" to "\"}"
#define FRIDAY "2026-11-20T15:40:12-08:00" /* Thursday the 26th is Thanksgiving */

#define NO_CLOCK SKETCH_ITEMS /* in the place of one */

enum { TIMERS_MAX = 20, OUTREACH = SKETCH_ITEMS };

/* Everything that time brings about for a request that nobody touches. */
static const struct row {
	const char *name;
	enum status status;
	const char *received;
	enum sketch_item clocks[2];
	unsigned tasks;
	const char *plan;
	const char *events; /* WHAT SUBJECT INSTANT, each with a line feed */
} rows[] = {
	{"hours: a quarter of 72 is 18",
	 STATUS_IN_REVIEW,
	 FRIDAY,
	 {SKETCH_HOURS, NO_CLOCK},
	 0,
	 "{}",
	 "due_soon p.hours 2026-11-22T21:40:12-08:00\n"
	 "overdue p.hours 2026-11-23T15:40:13-08:00\n"},
	{"hours over the night that has one more: 72 elapse all the same",
	 STATUS_IN_REVIEW,
	 "2026-10-31T12:00:00-07:00",
	 {SKETCH_HOURS, NO_CLOCK},
	 0,
	 "{}",
	 "due_soon p.hours 2026-11-02T17:00:00-08:00\n"
	 "overdue p.hours 2026-11-03T11:00:01-08:00\n"},
	{"hours over the night that has one less",
	 STATUS_IN_REVIEW,
	 "2026-03-07T12:00:00-08:00",
	 {SKETCH_HOURS, NO_CLOCK},
	 0,
	 "{}",
	 "due_soon p.hours 2026-03-09T19:00:00-07:00\n"
	 "overdue p.hours 2026-03-10T13:00:01-07:00\n"},
	{"business days: a quarter of the time from receipt to the end of the last",
	 STATUS_IN_REVIEW,
	 "2026-11-20T00:00:00-08:00",
	 {SKETCH_CLOCK, NO_CLOCK},
	 0,
	 "{}",
	 "due_soon p.clock 2026-11-29T17:59:59.250000-08:00\n"
	 "overdue p.clock 2026-12-03T00:00:00-08:00\n"},
	{"both clocks: the overlay's lapse asks for its notice, the request's own goes on",
	 STATUS_IN_REVIEW,
	 "2026-03-02T23:59:59-08:00",
	 {SKETCH_CLOCK, SKETCH_OVERLAY},
	 0,
	 "{}",
	 "due_soon o.clock 2026-03-08T06:14:59-07:00\n"
	 "due_soon p.clock 2026-03-09T18:14:59-07:00\n"
	 "lapse_notice_due o.clock 2026-03-10T00:00:00-07:00\n"
	 "overdue p.clock 2026-03-12T00:00:00-07:00\n"},
	{"what was raised is not raised again, nor when its time was shortened",
	 STATUS_IN_REVIEW,
	 FRIDAY,
	 {SKETCH_HOURS, SKETCH_OVERLAY},
	 0,
	 "{\"raised\": [" RAISED("due_soon", "p.hours", "2026-11-23T15:40:12-08:00") "," RAISED(
		 "due_soon", "o.clock", "2026-12-24T23:59:59-08:00") "]}",
	 "overdue p.hours 2026-11-23T15:40:13-08:00\n"
	 "lapse_notice_due o.clock 2026-11-28T00:00:00-08:00\n"},
	{"nothing of a clock once it is decided", STATUS_DECIDED, FRIDAY, {SKETCH_HOURS, SKETCH_CLOCK}, 0, "{}", ""},
	{"nothing once it is returned", STATUS_RETURNED, FRIDAY, {SKETCH_HOURS, NO_CLOCK}, 0, "{}", ""},
	{"no clock", STATUS_MANUAL_ROUTE, FRIDAY, {NO_CLOCK, NO_CLOCK}, TASK_ROUTE, "{}", ""},

	{"the first attempt, a business day after receipt",
	 STATUS_INCOMPLETE,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_OUTREACH | TASK_SUPPLY,
	 "{}",
	 "outreach_owed p.outreach#1 2026-11-24T00:00:00-08:00\n"},
	{"the second, a business day after the first, over Thanksgiving",
	 STATUS_INCOMPLETE,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_OUTREACH,
	 "{\"outreach\": [" CALL("2026-11-25T09:00:00-08:00") "]}",
	 "outreach_owed p.outreach#2 2026-11-28T00:00:00-08:00\n"},
	{"an attempt that does not count does not put off the next",
	 STATUS_INCOMPLETE,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_OUTREACH,
	 "{\"outreach\": [" CALL("2026-11-23T09:00:00-08:00") "," FAX("2026-11-24T09:00:00-08:00") "]}",
	 "outreach_owed p.outreach#2 2026-11-25T00:00:00-08:00\n"},
	{"attempts that were logged out of order",
	 STATUS_INCOMPLETE,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_OUTREACH,
	 "{\"outreach\": [" CALL("2026-11-24T09:00:00-08:00") "," CALL("2026-11-23T09:00:00-08:00") "]}",
	 "outreach_owed p.outreach#3 2026-11-26T00:00:00-08:00\n"},
	{"each attempt is owed once",
	 STATUS_INCOMPLETE,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_OUTREACH,
	 "{\"raised\": [" RAISED("outreach_owed", "p.outreach#1", "2026-11-23T23:59:59-08:00") "]}",
	 ""},
	{"no attempt is owed", STATUS_INCOMPLETE, FRIDAY, {NO_CLOCK, NO_CLOCK}, TASK_SUPPLY, "{}", ""},
	{"attempts beside a clock",
	 STATUS_INCOMPLETE,
	 FRIDAY,
	 {SKETCH_HOURS, NO_CLOCK},
	 TASK_OUTREACH,
	 "{}",
	 "due_soon p.hours 2026-11-22T21:40:12-08:00\n"
	 "overdue p.hours 2026-11-23T15:40:13-08:00\n"
	 "outreach_owed p.outreach#1 2026-11-24T00:00:00-08:00\n"},

	{"notices that nobody gave",
	 STATUS_DECIDED,
	 FRIDAY,
	 {SKETCH_CLOCK, NO_CLOCK},
	 TASK_NOTIFY,
	 "{\"owed\": [" OWED("p.notice", "practitioner", "2026-11-25T10:00:00-08:00", "null") "," OWED(
		 "p.notice", "member", "2026-11-25T10:00:00-08:00",
		 "null") "," OWED("p.notice", "provider", "2026-11-24T10:00:00-08:00", "\"2026-11-24T09:00:00-08:00\"") "]}",
	 "notice_overdue p.notice#practitioner 2026-11-25T10:00:01-08:00\n"
	 "notice_overdue p.notice#member 2026-11-25T10:00:01-08:00\n"},
	{"a notice of a correction is owed anew",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_NOTIFY,
	 "{\"owed\": [" OWED("p.notice", "practitioner", "2026-11-25T10:00:00-08:00", "null") "], \"raised\": [" RAISED(
		 "notice_overdue", "p.notice#practitioner", "2026-11-24T10:00:00-08:00") "]}",
	 "notice_overdue p.notice#practitioner 2026-11-25T10:00:01-08:00\n"},
	{"appeals: the open one has its own clock",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_APPEAL,
	 "{\"appeals\": [" APPEAL("apl_1", "upheld") "," APPEAL("apl_2", "open") "]}",
	 "appeal_due_soon apl_2 2026-11-26T16:00:00-08:00\n"
	 "appeal_overdue apl_2 2026-11-27T10:00:01-08:00\n"},
	{"an authorization ends with its last covered day",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 0,
	 "{" GRANT("2026-12-19") "}",
	 "authorization_ended AU-1 2026-12-20T00:00:00-08:00\n"},
	{"on the day of 25 hours",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 0,
	 "{" GRANT("2026-11-01") "}",
	 "authorization_ended AU-1 2026-11-02T00:00:00-08:00\n"},
	{"on the day of 23 hours",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 0,
	 "{" GRANT("2026-03-08") "}",
	 "authorization_ended AU-1 2026-03-09T00:00:00-07:00\n"},
	{"an authorization that was prolonged ends again",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 0,
	 "{" GRANT("2026-12-19") ", \"raised\": [" RAISED("authorization_ended", "AU-1", "2026-12-12T23:59:59-08:00") "]}",
	 "authorization_ended AU-1 2026-12-20T00:00:00-08:00\n"},
	{"a denial grants nothing", STATUS_DECIDED, FRIDAY, {NO_CLOCK, NO_CLOCK}, 0, "{\"authorization\": null}", ""},
	{"an authorization, its notice and an appeal, in their order",
	 STATUS_DECIDED,
	 FRIDAY,
	 {NO_CLOCK, NO_CLOCK},
	 TASK_NOTIFY | TASK_APPEAL,
	 "{" GRANT("2026-11-26") ", \"owed\": [" OWED("p.notice", "member", "2026-11-27T12:00:00-08:00",
						      "null") "], \"appeals\": [" APPEAL("apl_1", "open") "]}",
	 "appeal_due_soon apl_1 2026-11-26T16:00:00-08:00\n"
	 "authorization_ended AU-1 2026-11-27T00:00:00-08:00\n"
	 "appeal_overdue apl_1 2026-11-27T10:00:01-08:00\n"
	 "notice_overdue p.notice#member 2026-11-27T12:00:01-08:00\n"},
};

/* The sketch with a rule of outreach: three attempts, each within a business day. */
struct rules {
	struct sketch sketch;
	struct item outreach;
	const struct item *items[SKETCH_ITEMS + 1];
	struct entry missing;
	struct evaluation evaluation;
};

static void rules_init(struct rules *rules)
{
	static const char *const clause[] = {"C.9"};
	sketch_init(&rules->sketch);
	rules->outreach = (struct item){
		.id = "p.outreach",
		.kind = KIND_OUTREACH,
		.cite = clause,
		.cite_count = 1,
		.each_within = {CLOCK_BUSINESS_DAYS, 1},
	};
	memcpy(rules->items, rules->sketch.places, sizeof(rules->sketch.places));
	rules->items[OUTREACH] = &rules->outreach;
	rules->sketch.program.items = rules->items;
	rules->sketch.program.item_count = SKETCH_ITEMS + 1;
	rules->missing = (struct entry){.item = &rules->sketch.items[SKETCH_DATES]};
}

/* What was judged just now; or the same as it stands in a recorded answer. */
static struct request_answer answer_of(struct rules *rules, const struct row *row, bool stood)
{
	const struct sketch *sketch = &rules->sketch;
	struct clock *clocks = arena_array(sketch->arena, 2, sizeof(*clocks));
	struct request_answer answer = {
		.program = &sketch->program,
		.evaluation = &rules->evaluation,
		.received_at = sketch_instant(row->received),
		.tasks = row->tasks,
		.clocks = {.clocks = clocks},
		.plan = sketch_json(sketch, row->plan),
	};
	for (size_t i = 0; i < 2 && row->clocks[i] != NO_CLOCK; i++) {
		clocks[answer.clocks.count++] = sketch_clock(sketch, row->clocks[i], row->received);
	}
	rules->evaluation = (struct evaluation){.status = row->status};
	if (stood) {
		answer.stood = sketch_json(sketch, "{\"missing\": [{\"item\": \"p.dates\"}], \"outreach\": "
						   "{\"cite\": [{\"document\": \"p\", \"clause\": \"C.9\"}]}}");
	} else {
		rules->evaluation.outreach = &rules->outreach;
		rules->evaluation.missing = &rules->missing;
		rules->evaluation.missing_count = 1;
	}
	return answer;
}

/* The plan's part once the timer was raised. */
static const struct json *raise_timer(const struct sketch *sketch, const struct json *plan, const struct timer *timer)
{
	char due[INSTANT_TEXT_SIZE];
	char at[INSTANT_TEXT_SIZE];
	struct err err = {0};
	if (json_member(plan, "raised") == NULL) {
		plan = json_edit(sketch->arena, plan, "/raised", sketch_json(sketch, "[]"), &err);
	}
	const char *text = arena_printf(
		sketch->arena, "{\"what\": \"%s\", \"subject\": \"%s\", \"due_at\": \"%s\", \"at\": \"%s\"}", timer->what,
		timer->subject, instant_format_utc(timer->due_at, due), instant_format_utc(timer->at, at));
	return json_edit(sketch->arena, plan, "/raised/-", sketch_json(sketch, text), &err);
}

static void play(const struct row *row, bool stood)
{
	char at[INSTANT_TEXT_SIZE];
	struct rules rules;
	struct timer timer;
	struct text found;
	rules_init(&rules);
	struct arena *arena = rules.sketch.arena;
	struct request_answer answer = answer_of(&rules, row, stood);
	text_init(&found, arena, 256);
	text_puts(&found, "");
	for (int i = 0; i < TIMERS_MAX && timers_next(&answer, arena, &timer); i++) {
		ck_assert_int_eq(timers_wake_at(&answer, arena).us, timer.at.us);
		text_printf(&found, "%s %s %s\n", timer.what, timer.subject, zone_format(rules.sketch.zone, timer.at, at));
		answer.plan = raise_timer(&rules.sketch, answer.plan, &timer);
	}
	ck_assert_msg(strcmp(found.data, row->events) == 0, "%s (%s):\n%s", row->name, stood ? "as it stood" : "judged",
		      found.data);
	ck_assert_int_eq(timers_wake_at(&answer, arena).us, 0);
	sketch_finish(&rules.sketch);
}

START_TEST(what_time_brings)
{
	play(&rows[_i], false);
	play(&rows[_i], true);
}
END_TEST

/* Received Monday 2026-03-02 (rules N14): the overlay passes on the 9th at 23:59:59, and only its notice is due. */
START_TEST(an_overlay_lapses)
{
	struct rules rules;
	struct timer timer;
	char text[INSTANT_TEXT_SIZE];
	const struct row row = {
		.status = STATUS_IN_REVIEW,
		.received = "2026-03-02T10:15:00-08:00",
		.clocks = {SKETCH_CLOCK, SKETCH_OVERLAY},
		.plan = "{\"raised\": [" RAISED("due_soon", "o.clock", "2026-03-09T23:59:59-07:00") "," RAISED(
			"due_soon", "p.clock", "2026-03-11T23:59:59-07:00") "]}",
	};
	rules_init(&rules);
	const struct request_answer answer = answer_of(&rules, &row, true);
	ck_assert(timers_next(&answer, rules.sketch.arena, &timer));
	ck_assert_str_eq(timer.what, "lapse_notice_due");
	ck_assert_str_eq(zone_format(rules.sketch.zone, timer.due_at, text), "2026-03-09T23:59:59-07:00");
	ck_assert_str_eq(zone_format(rules.sketch.zone, timer.at, text), "2026-03-10T00:00:00-07:00");
	sketch_finish(&rules.sketch);
}
END_TEST

/* A rule that does not say by when: nothing is owed by a time. */
START_TEST(outreach_without_a_time)
{
	struct rules rules;
	struct timer timer;
	const struct row row = {
		.status = STATUS_INCOMPLETE, .received = FRIDAY, .clocks = {NO_CLOCK}, .tasks = TASK_OUTREACH, .plan = "{}"};
	rules_init(&rules);
	rules.outreach.each_within.amount = 0;
	struct request_answer answer = answer_of(&rules, &row, false);
	ck_assert(!timers_next(&answer, rules.sketch.arena, &timer));
	rules.outreach.each_within.amount = 2;
	ck_assert(timers_next(&answer, rules.sketch.arena, &timer));
	answer = answer_of(&rules, &row, true);
	answer.stood = sketch_json(&rules.sketch, "{\"missing\": [], \"outreach\": null}");
	ck_assert(!timers_next(&answer, rules.sketch.arena, &timer));
	answer.stood = sketch_json(&rules.sketch, "{\"missing\": [], \"outreach\": {\"cite\": [{\"clause\": \"C.1\"}]}}");
	ck_assert(!timers_next(&answer, rules.sketch.arena, &timer));
	sketch_finish(&rules.sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("timers");
	TCase *tests = tcase_create("timers");
	tcase_add_loop_test(tests, what_time_brings, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, an_overlay_lapses);
	tcase_add_test(tests, outreach_without_a_time);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
