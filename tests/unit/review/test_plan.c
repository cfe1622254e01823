/* SPDX-License-Identifier: Apache-2.0 */
#include "review/plan.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

#define RECEIVED "2026-11-20T15:40:12-08:00" /* a Friday; Thursday the 26th is Thanksgiving */
#define CALL(at, items) "{\"at\": \"" at "\", \"channel\": \"phone\", \"outcome\": \"no_answer\", \"items\": [" items "]}"
#define FAX(at, outcome, second) \
	"{\"at\": \"" at "\", \"channel\": \"fax\", \"outcome\": \"" outcome "\", \"second_channel\": " second \
	", \"items\": [\"p.dates\"]}"
#define DATES "\"p.dates\""

/* Attempts of a request that lacks p.dates and p.units; the days that count. */
static const struct attempts_row {
	const char *name;
	const char *outreach; /* elements of the list */
	bool hours; /* a clock runs in hours */
	const char *days; /* that count, each with a blank before it */
} rows[] = {
	{"none", "", false, ""},
	{"one", CALL("2026-11-23T10:00:00-08:00", DATES), false, " 2026-11-23"},
	{"two on one day count once", CALL("2026-11-23T10:00:00-08:00", DATES) "," CALL("2026-11-23T16:00:00-08:00", DATES),
	 false, " 2026-11-23"},
	{"two on one day for different items count once",
	 CALL("2026-11-23T10:00:00-08:00", DATES) "," CALL("2026-11-23T16:00:00-08:00", "\"p.units\""), false, " 2026-11-23"},
	{"two on two days", CALL("2026-11-23T10:00:00-08:00", DATES) "," CALL("2026-11-24T09:00:00-08:00", DATES), false,
	 " 2026-11-23 2026-11-24"},
	{"the day is the plan's, not UTC's", CALL("2026-11-24T06:00:00Z", DATES) "," CALL("2026-11-23T18:00:00Z", DATES), false,
	 " 2026-11-23"},
	{"closed days do not count",
	 CALL("2026-11-21T10:00:00-08:00", DATES) "," CALL("2026-11-22T10:00:00-08:00",
							   DATES) "," CALL("2026-11-26T10:00:00-08:00", DATES),
	 false, ""},
	{"a clock in hours: each counts",
	 CALL("2026-11-21T10:00:00-08:00", DATES) "," CALL("2026-11-21T11:00:00-08:00",
							   DATES) "," CALL("2026-11-26T10:00:00-08:00", DATES),
	 true, " 2026-11-21 2026-11-21 2026-11-26"},
	{"a fax that failed", FAX("2026-11-23T10:00:00-08:00", "failed", "null"), false, ""},
	{"a fax that failed, by fax again", FAX("2026-11-23T10:00:00-08:00", "failed", "\"fax\""), false, ""},
	{"a fax that failed, and another way", FAX("2026-11-23T10:00:00-08:00", "failed", "\"phone\""), false, " 2026-11-23"},
	{"a fax that did not fail", FAX("2026-11-23T10:00:00-08:00", "no_answer", "null"), false, " 2026-11-23"},
	{"a fax that failed leaves the day free",
	 FAX("2026-11-23T10:00:00-08:00", "failed", "null") "," CALL("2026-11-23T11:00:00-08:00", DATES), false, " 2026-11-23"},
	{"a fax that failed, while a clock runs in hours", FAX("2026-11-23T10:00:00-08:00", "failed", "null"), true, ""},
	{"for what is no longer missing", CALL("2026-11-23T10:00:00-08:00", "\"p.paper\""), false, ""},
	{"for that and what is missing still", CALL("2026-11-23T10:00:00-08:00", "\"p.paper\", \"p.units\""), false,
	 " 2026-11-23"},
	{"for nothing", CALL("2026-11-23T10:00:00-08:00", ""), false, ""},
};

static struct evaluation lacking(const struct sketch *sketch)
{
	struct entry *entries = arena_array(sketch->arena, 2, sizeof(*entries));

	entries[0] = (struct entry){.item = &sketch->items[SKETCH_DATES]};
	entries[1] = (struct entry){.item = &sketch->items[SKETCH_UNITS]};
	return (struct evaluation){
		.missing = entries, .missing_count = 2, .standing = {.missing = true}, .status = STATUS_INCOMPLETE};
}

static struct attempts count(const struct sketch *sketch, const char *outreach, bool hours)
{
	const struct evaluation evaluation = lacking(sketch);
	const struct clock clocks[] = {
		sketch_clock(sketch, SKETCH_CLOCK, RECEIVED),
		sketch_clock(sketch, SKETCH_HOURS, RECEIVED),
	};
	const struct clock_list list = {clocks, hours ? 2 : 1};
	const char *plan = arena_printf(sketch->arena, "{\"outreach\": [%s]}", outreach);
	struct attempts attempts;

	plan_attempts(sketch_json(sketch, plan), &evaluation, &list, &sketch->policy, &attempts);
	return attempts;
}

START_TEST(attempts_that_count)
{
	const struct attempts_row *row = &rows[_i];
	struct sketch sketch;
	struct text found;
	char day[CIVIL_TEXT_SIZE];
	sketch_init(&sketch);
	const struct attempts attempts = count(&sketch, row->outreach, row->hours);
	text_init(&found, sketch.arena, 64);
	text_puts(&found, "");
	for (size_t i = 0; i < attempts.made; i++) {
		text_printf(&found, " %s", civil_format(attempts.days[i], day));
	}
	ck_assert_msg(strcmp(found.data, row->days) == 0, "%s:%s", row->name, found.data);
	ck_assert_msg(attempts.hourly == row->hours, "%s: hourly", row->name);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(attempts_without_a_plan_or_beyond_its_room)
{
	struct sketch sketch;
	struct attempts attempts;
	struct text many;
	sketch_init(&sketch);
	const struct evaluation evaluation = lacking(&sketch);
	const struct clock_list none = {NULL, 0};
	plan_attempts(NULL, &evaluation, &none, &sketch.policy, &attempts);
	ck_assert_uint_eq(attempts.made, 0);
	ck_assert(!attempts.hourly);
	text_init(&many, sketch.arena, 1024);
	for (int i = 0; i < PLAN_ATTEMPTS_MAX + 5; i++) {
		text_printf(&many, "%s" CALL("2026-11-23T10:00:00-08:00", DATES), i == 0 ? "" : ",");
	}
	attempts = count(&sketch, many.data, true);
	ck_assert_uint_eq(attempts.made, PLAN_ATTEMPTS_MAX);
	sketch_finish(&sketch);
}
END_TEST

/* The first day on which one more would count, after a call on Wednesday the 25th. */
static const struct {
	const char *today;
	bool hours;
	const char *next;
} next_days[] = {
	{"2026-11-24", false, "2026-11-24"}, {"2026-11-25", false, "2026-11-27"}, /* over Thanksgiving */
	{"2026-11-26", false, "2026-11-27"}, {"2026-11-28", false, "2026-11-30"}, /* a Saturday */
	{"2026-11-25", true, "2026-11-25"},  {"2026-11-28", true, "2026-11-28"},
};

START_TEST(next_attempt)
{
	struct sketch sketch;
	char day[CIVIL_TEXT_SIZE];
	sketch_init(&sketch);
	const struct attempts attempts = count(&sketch, CALL("2026-11-25T10:00:00-08:00", DATES), next_days[_i].hours);
	const struct civil_date next = plan_next_attempt(&attempts, &sketch.policy, sketch_day(next_days[_i].today));
	ck_assert_msg(strcmp(civil_format(next, day), next_days[_i].next) == 0, "%s: %s", next_days[_i].today, day);
	sketch_finish(&sketch);
}
END_TEST

/* An evaluation with two proposed returns, and what is left of them under a plan. */
static const struct apply_row {
	const char *name;
	const char *plan; /* NULL: none */
	const char *returns; /* reasons that are left, each with a blank before it */
	enum status status;
	enum waiting_on waiting_on;
} applications[] = {
	{"no plan", NULL, " first second", STATUS_IN_REVIEW, WAITING_PLAN},
	{"nothing in it", "{}", " first second", STATUS_IN_REVIEW, WAITING_PLAN},
	{"one set aside", "{\"set_aside\": [{\"reason\": \"first\"}]}", " second", STATUS_IN_REVIEW, WAITING_PLAN},
	{"another reason set aside", "{\"set_aside\": [{\"reason\": \"third\"}]}", " first second", STATUS_IN_REVIEW,
	 WAITING_PLAN},
	{"both set aside", "{\"set_aside\": [{\"reason\": \"first\"}, {\"reason\": \"second\"}]}", "", STATUS_IN_REVIEW,
	 WAITING_PROVIDER},
	{"returned", "{\"decision\": {\"disposition\": \"returned\"}}", " first second", STATUS_RETURNED, WAITING_PROVIDER},
	{"withdrawn", "{\"decision\": {\"disposition\": \"withdrawn\"}}", " first second", STATUS_WITHDRAWN, WAITING_NOBODY},
	{"determined", "{\"decision\": {\"disposition\": \"determined\"}}", " first second", STATUS_DECIDED, WAITING_NOBODY},
	{"determined, to be told", "{\"decision\": {\"disposition\": \"determined\"}, \"owed\": [{\"told_at\": null}]}",
	 " first second", STATUS_DECIDED, WAITING_PLAN},
	{"determined and told",
	 "{\"decision\": {\"disposition\": \"determined\"}, \"owed\": [{\"told_at\": \"2026-03-02T10:00:00Z\"}]}",
	 " first second", STATUS_DECIDED, WAITING_NOBODY},
	{"appealed",
	 "{\"decision\": {\"disposition\": \"determined\"}, \"appeals\": [{\"status\": \"upheld\"}, {\"status\": \"open\"}]}",
	 " first second", STATUS_DECIDED, WAITING_PLAN},
	{"appeal decided", "{\"decision\": {\"disposition\": \"determined\"}, \"appeals\": [{\"status\": \"upheld\"}]}",
	 " first second", STATUS_DECIDED, WAITING_NOBODY},
	{"closed elsewhere", "{\"decision\": {\"disposition\": \"closed_elsewhere\"}}", " first second", STATUS_RECORDED,
	 WAITING_NOBODY},
};

START_TEST(what_the_plan_decided)
{
	const struct apply_row *row = &applications[_i];
	struct sketch sketch;
	struct text left;
	struct return_reason returns[] = {{.reason = "first"}, {.reason = "second"}};
	struct evaluation evaluation = {
		.returns = returns,
		.return_count = 2,
		.standing = {.return_proposed = true,
			     .requested = true}, /* once nothing is proposed, it is the provider's turn */
		.status = STATUS_IN_REVIEW,
	};
	sketch_init(&sketch);
	plan_apply(row->plan != NULL ? sketch_json(&sketch, row->plan) : NULL, &sketch.program, sketch.arena, &evaluation);
	text_init(&left, sketch.arena, 64);
	text_puts(&left, "");
	for (size_t i = 0; i < evaluation.return_count; i++) {
		text_printf(&left, " %s", evaluation.returns[i].reason);
	}
	ck_assert_msg(strcmp(left.data, row->returns) == 0, "%s:%s", row->name, left.data);
	ck_assert_msg(evaluation.standing.return_proposed == (evaluation.return_count > 0), "%s: proposed", row->name);
	ck_assert_msg(evaluation.status == row->status, "%s: %s", row->name, status_name(evaluation.status));
	ck_assert_msg(evaluation.waiting_on == row->waiting_on, "%s: %s", row->name, waiting_on_name(evaluation.waiting_on));
	sketch_finish(&sketch);
}
END_TEST

#define QUESTION(id, criterion, answer, withdrawn) \
	"{\"id\": \"" id "\", \"criterion\": \"" criterion "\", \"text\": \"Why?\", \"answer\": " answer ", \"withdrawn_at\": " withdrawn "}"

/* Questions and those that stand among what is asked for, each by its name with a blank before it. */
static const struct question_row {
	const char *name;
	const char *questions;
	const char *open;
} questions[] = {
	{"none", "", ""},
	{"open", QUESTION("q1", "p.paper", "null", "null"), " q1"},
	{"answered", QUESTION("q1", "p.paper", "{\"text\": \"So.\"}", "null"), ""},
	{"withdrawn", QUESTION("q1", "p.paper", "null", "\"2026-11-23T10:00:00-08:00\""), ""},
	{"about what the policy does not have", QUESTION("q1", "p.none", "null", "null"), ""},
	{"one of each",
	 QUESTION("q1", "p.paper", "{\"text\": \"So.\"}", "null") "," QUESTION("q2", "p.paper", "null", "null") "," QUESTION(
		 "q3", "p.gate", "null", "\"2026-11-23T10:00:00-08:00\"") "," QUESTION("q4", "p.gate", "null", "null"),
	 " q2 q4"},
};

START_TEST(open_questions_are_asked_for)
{
	const struct question_row *row = &questions[_i];
	struct sketch sketch;
	struct text found;
	sketch_init(&sketch);
	struct entry asked = {.item = &sketch.items[SKETCH_PAPER], .needed = "paper"};
	struct evaluation evaluation = {.requested = &asked, .requested_count = 1, .status = STATUS_IN_REVIEW};
	const char *plan = arena_printf(sketch.arena, "{\"questions\": [%s]}", row->questions);
	const struct program program = {.policy = &sketch.policy, .items = sketch.places, .item_count = SKETCH_ITEMS};
	plan_apply(sketch_json(&sketch, plan), &program, sketch.arena, &evaluation);
	ck_assert_msg(evaluation.requested_count > 0, "%s: what was asked for before is gone", row->name);
	ck_assert_str_eq(evaluation.requested[0].needed, "paper");
	text_init(&found, sketch.arena, 64);
	text_puts(&found, "");
	for (size_t i = 1; i < evaluation.requested_count; i++) {
		ck_assert_str_eq(evaluation.requested[i].owner, "requesting_provider");
		ck_assert_str_eq(evaluation.requested[i].say, "Why?");
		text_printf(&found, " %s", evaluation.requested[i].needed + strlen("an answer to question "));
	}
	ck_assert_msg(strcmp(found.data, row->open) == 0, "%s:%s", row->name, found.data);
	ck_assert_msg(evaluation.standing.requested == (*row->open != '\0'), "%s: asked", row->name);
	ck_assert_msg(evaluation.waiting_on == (*row->open != '\0' ? WAITING_PROVIDER : WAITING_PLAN), "%s: turn", row->name);
	sketch_finish(&sketch);
}
END_TEST

/* What is missing stays missing when a proposed return is set aside. */
START_TEST(setting_aside_leaves_what_is_missing)
{
	struct sketch sketch;
	struct return_reason reason = {.reason = "first"};
	sketch_init(&sketch);
	struct evaluation evaluation = lacking(&sketch);
	evaluation.returns = &reason;
	evaluation.return_count = 1;
	evaluation.standing.return_proposed = true;
	plan_apply(sketch_json(&sketch, "{\"set_aside\": [{\"reason\": \"first\"}]}"), &sketch.program, sketch.arena,
		   &evaluation);
	ck_assert_int_eq(evaluation.status, STATUS_INCOMPLETE);
	ck_assert_int_eq(evaluation.waiting_on, WAITING_PROVIDER);
	ck_assert_uint_eq(evaluation.missing_count, 2);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(verified_facts_lie_over_the_body)
{
	struct sketch sketch;
	sketch_init(&sketch);
	const struct json *body = sketch_json(&sketch, "{\"member\": {\"id\": \"M1\", \"line_of_business\": \"commercial\"}}");
	const struct json *plan =
		sketch_json(&sketch, "{\"verified\": {\"facts\": [\"line_of_business\", \"eligibility\", \"unheard_of\"],"
				     " \"body\": {\"member\": {\"line_of_business\": \"medicaid\"}}}}");
	const struct json *verified = plan_verified_body(sketch.arena, body, plan);
	ck_assert_str_eq(json_text(json_at(verified, "/member/line_of_business")), "medicaid");
	ck_assert_str_eq(json_text(json_at(verified, "/member/id")), "M1");
	ck_assert_str_eq(json_text(json_at(body, "/member/line_of_business")), "commercial");
	ck_assert_uint_eq(plan_verified(plan), FACT_LINE_OF_BUSINESS | FACT_ELIGIBILITY);
	ck_assert_ptr_eq(plan_verified_body(sketch.arena, body, NULL), body);
	ck_assert_uint_eq(plan_verified(NULL), 0);
	ck_assert_uint_eq(plan_verified(sketch_json(&sketch, "{}")), 0);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(texts_and_arrival)
{
	struct sketch sketch;
	size_t number = 7;
	sketch_init(&sketch);
	const struct instant received = sketch_instant(RECEIVED);
	const struct json *plan =
		sketch_json(&sketch, "{\"asked\": [\"p.paper\", \"p.units\"], \"arrived_at\": \"2026-11-23T10:00:00-08:00\"}");
	const char *const *asked = plan_texts(sketch.arena, plan, "asked", &number);
	ck_assert_uint_eq(number, 2);
	ck_assert_str_eq(asked[0], "p.paper");
	ck_assert_str_eq(asked[1], "p.units");
	(void)plan_texts(sketch.arena, plan, "events", &number);
	ck_assert_uint_eq(number, 0);
	ck_assert_int_eq(plan_arrived_at(plan, received).us, sketch_instant("2026-11-23T10:00:00-08:00").us);
	ck_assert_int_eq(plan_arrived_at(NULL, received).us, received.us);
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("plan");
	TCase *tests = tcase_create("plan");

	tcase_add_loop_test(tests, attempts_that_count, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, attempts_without_a_plan_or_beyond_its_room);
	tcase_add_loop_test(tests, next_attempt, 0, (int)(sizeof(next_days) / sizeof(next_days[0])));
	tcase_add_loop_test(tests, what_the_plan_decided, 0, (int)(sizeof(applications) / sizeof(applications[0])));
	tcase_add_loop_test(tests, open_questions_are_asked_for, 0, (int)(sizeof(questions) / sizeof(questions[0])));
	tcase_add_test(tests, setting_aside_leaves_what_is_missing);
	tcase_add_test(tests, verified_facts_lie_over_the_body);
	tcase_add_test(tests, texts_and_arrival);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
