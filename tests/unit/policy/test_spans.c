/* SPDX-License-Identifier: Apache-2.0 */
/* Days within spans of a list: their ends, what tells which elements count, and what cannot be told. Service: 2026-03-09 to 03-22. */
#include "fixture.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *arguments; /* of spans, after "in" and "from" */
	const char *tasks;
	enum answer every;
	const char *days; /* that do not fit, where not met */
};

#define MET ANSWER_MET
#define NOT ANSWER_NOT_MET
#define UNKNOWN ANSWER_UNKNOWN

static const struct row rows[] = {
	/* ends: last days lie inside, first days outside, none is open, the earliest counts */
	{"", "[{\"from\":\"2026-03-09\"}]", MET, ""},
	{"", "[{\"from\":\"2026-03-10\"}]", NOT, "2026-03-09"},
	{",\"to\":[\"to\"]", "[{\"from\":\"2026-01-01\",\"to\":\"2026-03-22\"}]", MET, ""},
	{",\"to\":[\"to\"]", "[{\"from\":\"2026-01-01\",\"to\":\"2026-03-21\"}]", NOT, "2026-03-22"},
	{",\"to\":[\"to\"]", "[{\"from\":\"2026-01-01\",\"to\":null}]", MET, ""},
	{",\"before\":[\"to\"]", "[{\"from\":\"2026-01-01\",\"to\":\"2026-03-23\"}]", MET, ""},
	{",\"before\":[\"to\"]", "[{\"from\":\"2026-01-01\",\"to\":\"2026-03-22\"}]", NOT, "2026-03-22"},
	{",\"to\":[\"to\"],\"before\":[\"to\"]", "[{\"from\":\"2026-01-01\",\"to\":\"2026-03-22\"}]", NOT, "2026-03-22"},
	{",\"to\":[\"from\",\"to\"]", "[{\"from\":\"2026-03-09\",\"to\":\"2026-03-22\"}]", NOT, "2026-03-10 to 2026-03-22"},
	/* withdrawn on the day itself: no day, and nothing contradicts itself */
	{",\"before\":[\"to\"]", "[{\"from\":\"2026-03-09\",\"to\":\"2026-03-09\"}]", NOT, "2026-03-09 to 2026-03-22"},
	/* several spans join, also with a day between them */
	{",\"to\":[\"to\"]", "[{\"from\":\"2026-03-01\",\"to\":\"2026-03-15\"},{\"from\":\"2026-03-16\",\"to\":\"2026-03-31\"}]", MET, ""},
	{",\"to\":[\"to\"]", "[{\"from\":\"2026-03-01\",\"to\":\"2026-03-15\"},{\"from\":\"2026-03-17\",\"to\":\"2026-03-31\"}]", NOT, "2026-03-16"},
	/* what cannot be told is no lack: no list, no beginning, an end before its beginning */
	{"", "null", UNKNOWN, ""},
	{"", "[]", NOT, "2026-03-09 to 2026-03-22"},
	{"", "[{\"from\":null}]", UNKNOWN, ""},
	{",\"to\":[\"to\"]", "[{\"from\":null,\"to\":\"2026-03-08\"}]", NOT, "2026-03-09 to 2026-03-22"},
	{",\"to\":[\"to\"]", "[{\"from\":\"2026-03-20\",\"to\":\"2026-03-10\"}]", UNKNOWN, ""},
	/* which elements count */
	{",\"where\":{\"code\":[\"able\"]}", "[{\"from\":\"2026-01-01\",\"code\":\"able\"}]", MET, ""},
	{",\"where\":{\"code\":[\"able\"]}", "[{\"from\":\"2026-01-01\",\"code\":\"other\"}]", NOT, "2026-03-09 to 2026-03-22"},
	{",\"where\":{\"code\":[\"able\"]}", "[{\"from\":\"2026-01-01\",\"code\":null}]", UNKNOWN, ""},
	{",\"where\":{\"code\":[\"able\"],\"active\":true}", "[{\"from\":\"2026-01-01\",\"code\":\"able\",\"active\":false}]", NOT,
	 "2026-03-09 to 2026-03-22"},
	{",\"where\":{\"code\":[\"able\"],\"active\":true}", "[{\"from\":\"2026-01-01\",\"code\":\"able\",\"active\":null}]", UNKNOWN, ""},
	{",\"where\":{\"to\":\"absent\"}", "[{\"from\":\"2026-01-01\",\"to\":null}]", MET, ""},
	{",\"where\":{\"to\":\"absent\"}", "[{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"}]", NOT, "2026-03-09 to 2026-03-22"},
	{",\"where\":{\"code\":[\"able\"],\"active\":true}",
	 "[{\"from\":\"2026-01-01\",\"code\":\"able\"},{\"from\":\"2026-03-01\",\"code\":\"able\",\"active\":true}]", MET, ""},
};

START_TEST(days_lie_in_spans)
{
	const struct row *row = &rows[_i];
	struct fixture fixture;
	fixture_init(&fixture);
	const char *text = arena_printf(fixture.arena,
	                                "{\"days\":{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\"%s}}}",
	                                row->arguments);
	const struct check *check = fixture_compile(&fixture, text);
	ck_assert_msg(check != NULL, "%s: %s", text, fixture.issues.count > 0 ? fixture.issues.items[0].detail : "");
	ck_assert_str_eq(check->subject, "/facts/tasks");
	const struct judging judging = {.supplement = arena_printf(fixture.arena, "{\"facts\":{\"tasks\":%s}}", row->tasks)};
	struct trace trace;
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	const char *days = answer == ANSWER_NOT_MET ? days_text(fixture.arena, trace.days) : "";
	ck_assert_msg(answer == row->every && strcmp(days, row->days) == 0, "%s over %s is %s, days \"%s\"", row->arguments, row->tasks,
	              answer_name(answer), days);
	fixture_finish(&fixture);
}
END_TEST

struct birthday_row {
	const char *check;
	const char *birth;
	enum answer answer;
	const char *days;
};

/* One side of a birthday is asked about without the other. */
static const struct birthday_row birthdays[] = {
	{"{\"days\":{\"any\":\"before_birthday\",\"years\":18}}", "\"2008-03-09\"", NOT, "2026-03-09 to 2026-03-22"},
	{"{\"days\":{\"any\":\"before_birthday\",\"years\":18}}", "\"2008-03-10\"", MET, ""},
	{"{\"days\":{\"no\":\"before_birthday\",\"years\":18}}", "\"2008-03-15\"", NOT, "2026-03-09 to 2026-03-14"},
	{"{\"days\":{\"no\":\"before_birthday\",\"years\":18}}", "null", UNKNOWN, ""},
	{"{\"days\":{\"every\":\"before_birthday\",\"years\":22}}", "\"2004-02-29\"", NOT, "2026-03-09 to 2026-03-22"},
	{"{\"days\":{\"every\":\"on_receipt_day\",\"except\":[\"before_birthday\"],\"years\":18}}", "\"2008-03-20\"", NOT,
	 "2026-03-20 to 2026-03-22"},
	{"{\"days\":{\"every\":\"on_receipt_day\",\"except\":[\"after_birthday\"],\"years\":18}}", "\"2008-03-20\"", NOT,
	 "2026-03-09 to 2026-03-19"},
};

START_TEST(birthdays_part_the_days)
{
	const struct birthday_row *row = &birthdays[_i];
	struct fixture fixture;
	fixture_init(&fixture);
	const struct check *check = fixture_compile(&fixture, row->check);
	ck_assert(check != NULL);
	const struct judging judging = {.supplement = arena_printf(fixture.arena, "{\"member\":{\"birth_date\":%s}}", row->birth)};
	struct trace trace;
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	const char *days = answer == ANSWER_NOT_MET ? days_text(fixture.arena, trace.days) : "";
	ck_assert_msg(answer == row->answer && strcmp(days, row->days) == 0, "%s born %s is %s, days \"%s\"", row->check, row->birth,
	              answer_name(answer), days);
	fixture_finish(&fixture);
}
END_TEST

struct fault {
	const char *days;
	const char *code;
};

static const struct fault faults[] = {
	{"{\"every\":\"spanned\"}", "missing_member"},
	{"{\"every\":\"covered\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\"}}", "unknown_member"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\"}}", "missing_member"},
	{"{\"every\":\"spanned\",\"spans\":{\"from\":\"from\"}}", "missing_member"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/jobs\",\"from\":\"from\"}}", "dangling_pointer"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/risk\",\"from\":\"from\"}}", "wrong_place"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"code\"}}", "wrong_place"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"since\"}}", "dangling_pointer"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\",\"to\":\"to\"}}", "wrong_type"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\",\"to\":[]}}", "out_of_range"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\",\"to\":[7]}}", "wrong_type"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\",\"until\":[\"to\"]}}", "unknown_member"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\",\"where\":{\"code\":7}}}", "wrong_condition"},
	{"{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/tasks\",\"from\":\"from\",\"where\":{\"code\":\"absent\"}}}", "wrong_condition"},
};

START_TEST(spans_are_read_strictly)
{
	struct fixture fixture;
	fixture_init(&fixture);
	const char *text = arena_printf(fixture.arena, "{\"days\":%s}", faults[_i].days);
	ck_assert_msg(fixture_compile(&fixture, text) == NULL, "%s compiles", text);
	ck_assert_msg(fixture.issues.count > 0 && strcmp(fixture.issues.items[0].code, faults[_i].code) == 0, "%s: %s", text,
	              fixture.issues.count > 0 ? fixture.issues.items[0].code : "nothing");
	fixture_finish(&fixture);
}
END_TEST

static Suite *spans_suite(void)
{
	Suite *suite = suite_create("spans");
	TCase *tests = tcase_create("spans");
	tcase_add_loop_test(tests, days_lie_in_spans, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_loop_test(tests, birthdays_part_the_days, 0, sizeof(birthdays) / sizeof(birthdays[0]));
	tcase_add_loop_test(tests, spans_are_read_strictly, 0, sizeof(faults) / sizeof(faults[0]));
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return run_suite(spans_suite());
}
