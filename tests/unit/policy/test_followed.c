/* SPDX-License-Identifier: Apache-2.0 */
/* The check `followed`: how long before the first of other occurrences each of some comes, and which of them belong to it. */
#include "../run_suite.h"
#include "care.h"
#include "fixture.h"

#include <check.h>
#include <string.h>

struct row {
	const char *name;
	const char *check; /* arguments; 'text' stands for "text" */
	const char *history;
	enum answer answer;
	const char *entries;
};

/* clang-format off */

#define VISIT "'of':{'occurrence':['visit']},"
#define GOOD "'of':{'occurrence':['visit'],'where':{'offsite':true}},"
#define TEN ",'within':{'days':10}"
#define LEFT(more) "{'occurrence':['leaving'],'where':{'planned_on':'absent'}" more "}"
#define PLAN(more) "{'occurrence':['leaving'],'day':'planned_on'" more "}"
#define SAME ",'same':['reason']"
#define STAY VISIT "'by':[" PLAN(SAME) "," LEFT(SAME) "],'parted_by':{'occurrence':['arrival','leaving'],'where':{'planned_on':'absent'}" SAME "}" TEN
#define SIMPLE VISIT "'by':[" LEFT("") "]" TEN
#define BOTH VISIT "'by':[" PLAN("") "," LEFT("") "]" TEN

static const char none[] = "";

static const struct row rows[] = {
	{"a day inside", SIMPLE, "visit 2026-02-01; leaving 2026-02-10", ANSWER_MET, none},
	{"exactly", SIMPLE, "visit 2026-02-01; leaving 2026-02-11", ANSWER_MET, none},
	{"a day too early", SIMPLE, "visit 2026-02-01; leaving 2026-02-12", ANSWER_NOT_MET, "invalid /facts/occurrences/0"},
	{"over the end of a leap February", SIMPLE, "visit 2028-02-20; leaving 2028-03-01", ANSWER_MET, none},
	{"of a common one", SIMPLE, "visit 2027-02-19; leaving 2027-03-02", ANSWER_NOT_MET, "invalid /facts/occurrences/0"},
	{"on the same day", SIMPLE, "visit 2026-02-01; leaving 2026-02-01", ANSWER_MET, none},
	{"recorded in the other order", SIMPLE, "leaving 2026-02-12; visit 2026-02-01", ANSWER_NOT_MET, "invalid /facts/occurrences/1"},
	{"the last moment of the day in the zone", SIMPLE, "visit 2026-03-02T07:59:59Z; leaving 2026-03-12", ANSWER_NOT_MET, "invalid /facts/occurrences/0"},
	{"the first of the next", SIMPLE, "visit 2026-03-02T08:00:00Z; leaving 2026-03-12", ANSWER_MET, none},
	{"the first that follows decides", SIMPLE, "visit 2026-02-01; leaving 2026-03-20; leaving 2026-02-05", ANSWER_MET, none},
	{"what comes before follows nothing", SIMPLE, "visit 2026-02-01; leaving 2026-01-31", ANSWER_NOT_APPLICABLE, none},
	{"nothing follows", SIMPLE, "visit 2026-02-01", ANSWER_NOT_APPLICABLE, none},
	{"nothing to be followed", SIMPLE, "leaving 2026-02-12", ANSWER_NOT_APPLICABLE, none},
	{"one is followed in time, one by nothing", SIMPLE, "visit 2026-02-01; leaving 2026-02-05; visit 2026-02-20", ANSWER_MET, none},
	{"of two one is too early", SIMPLE, "visit 2026-02-01; visit 2026-02-05; leaving 2026-02-14", ANSWER_NOT_MET, "invalid /facts/occurrences/0"},
	{"the end taken back", SIMPLE, "visit 2026-02-01; leaving 2026-02-12; leaving - retracts=o2", ANSWER_NOT_APPLICABLE, none},
	{"what is followed taken back", SIMPLE, "visit 2026-02-01; leaving 2026-02-12; visit - retracts=o1", ANSWER_NOT_APPLICABLE, none},
	{"without a day", SIMPLE, "visit -; leaving 2026-02-12", ANSWER_UNKNOWN, "unanswered /facts/occurrences/0"},
	{"without a day, and nothing that could follow", SIMPLE, "visit -", ANSWER_NOT_APPLICABLE, none},
	{"too early is worse than unknown", SIMPLE, "visit -; visit 2026-02-01; leaving 2026-02-12", ANSWER_NOT_MET,
	 "unanswered /facts/occurrences/0; invalid /facts/occurrences/1"},
	/* several kinds of ends */
	{"planned far off, left soon", BOTH, "visit 2026-02-01; leaving 2026-02-01 planned_on=2026-06-01; leaving 2026-02-08", ANSWER_MET, none},
	{"planned soon, left late", BOTH, "visit 2026-02-01; leaving 2026-02-01 planned_on=2026-02-11; leaving 2026-02-28", ANSWER_MET, none},
	{"both far off", BOTH, "visit 2026-02-01; leaving 2026-02-01 planned_on=2026-02-12; leaving 2026-02-28", ANSWER_NOT_MET, "invalid /facts/occurrences/0"},
	/* one that cannot be told */
	{"it is not said which is meant", GOOD "'by':[" LEFT("") "]" TEN, "visit 2026-02-01; leaving 2026-02-05", ANSWER_UNKNOWN,
	 "unanswered /facts/occurrences/0/offsite"},
	{"and nothing follows it", GOOD "'by':[" LEFT("") "]" TEN, "leaving 2026-01-31; visit 2026-02-01", ANSWER_NOT_APPLICABLE, none},
	/* of one stay */
	{"the end of another place", STAY, "visit 2026-02-01 reason=a; leaving 2026-02-05 reason=b", ANSWER_NOT_APPLICABLE, none},
	{"of its own", STAY, "visit 2026-02-01 reason=a; leaving 2026-02-05 reason=b; leaving 2026-02-12 reason=a", ANSWER_NOT_MET, "invalid /facts/occurrences/0"},
	{"planned before the visit", STAY, "arrival 2026-01-01 reason=a; leaving 2026-01-05 reason=a planned_on=2026-02-12; visit 2026-02-01 reason=a", ANSWER_NOT_MET,
	 "invalid /facts/occurrences/2"},
	{"planned after it", STAY, "arrival 2026-01-01 reason=a; visit 2026-02-01 reason=a; leaving 2026-02-05 reason=a planned_on=2026-02-12", ANSWER_NOT_MET,
	 "invalid /facts/occurrences/1"},
	{"the plan of an earlier stay excuses nothing", STAY,
	 "arrival 2026-01-01 reason=a; leaving 2026-01-02 reason=a planned_on=2026-02-05; leaving 2026-01-10 reason=a; arrival 2026-01-20 reason=a; "
	 "visit 2026-02-01 reason=a; leaving 2026-02-01 reason=a planned_on=2026-04-01", ANSWER_NOT_MET, "invalid /facts/occurrences/4"},
	{"and holds nothing against it", STAY,
	 "arrival 2026-01-01 reason=a; leaving 2026-01-02 reason=a planned_on=2026-04-01; leaving 2026-01-10 reason=a; arrival 2026-01-20 reason=a; "
	 "visit 2026-02-01 reason=a", ANSWER_NOT_APPLICABLE, none},
	{"also where the end of the earlier stay is not recorded", STAY,
	 "arrival 2026-01-01 reason=a; leaving 2026-01-02 reason=a planned_on=2026-04-01; arrival 2026-01-20 reason=a; visit 2026-02-01 reason=a",
	 ANSWER_NOT_APPLICABLE, none},
	{"a plan of the day of the arrival is of its stay", STAY,
	 "leaving 2026-01-20 reason=a planned_on=2026-04-01; arrival 2026-01-20 reason=a; visit 2026-02-01 reason=a", ANSWER_NOT_MET,
	 "invalid /facts/occurrences/2"},
	{"the plan of a later stay", STAY,
	 "arrival 2026-01-01 reason=a; visit 2026-02-01 reason=a; arrival 2026-02-03 reason=a; leaving 2026-02-04 reason=a planned_on=2026-04-01",
	 ANSWER_NOT_APPLICABLE, none},
	{"the end of a later stay", STAY,
	 "arrival 2026-01-01 reason=a; visit 2026-02-01 reason=a; arrival 2026-02-03 reason=a; leaving 2026-04-01 reason=a", ANSWER_NOT_APPLICABLE, none},
	{"the stay of another place parts nothing", STAY,
	 "arrival 2026-01-01 reason=a; visit 2026-02-01 reason=a; arrival 2026-02-03 reason=b; leaving 2026-04-01 reason=a", ANSWER_NOT_MET,
	 "invalid /facts/occurrences/1"},
	{"left and back on the day of the visit: that end is of the stay before", STAY,
	 "arrival 2026-01-01 reason=a; leaving 2026-02-01 reason=a; arrival 2026-02-01 reason=a; visit 2026-02-01 reason=a; "
	 "leaving 2026-02-02 reason=a planned_on=2026-04-01", ANSWER_NOT_MET, "invalid /facts/occurrences/3"},
	{"left after the visit on its day", STAY, "arrival 2026-01-01 reason=a; visit 2026-02-01 reason=a; leaving 2026-02-01 reason=a", ANSWER_MET, none},
};

/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static const struct check *compile(struct fixture *fixture, const char *arguments)
{
	char *text = arena_printf(fixture->arena, "{\"followed\":{%s}}", arguments);
	for (char *at = strchr(text, '\''); at; at = strchr(at, '\'')) {
		*at = '"';
	}
	return fixture_compile(fixture, text);
}

START_TEST(each_comes_in_time)
{
	const struct row *row = &rows[_i];
	struct fixture fixture;
	struct trace trace;
	fixture_init(&fixture);
	const struct check *check = compile(&fixture, row->check);
	ck_assert_msg(check != NULL, "%s: %s", row->name, fixture.issues.count > 0 ? fixture.issues.items[0].detail : "");
	const char *list = care_list(fixture.arena, row->history);
	const struct judging judging = {.supplement = arena_printf(fixture.arena, "{\"facts\":{\"occurrences\":[%s]}}", list)};
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	ck_assert_msg(answer == row->answer, "%s: %s", row->name, answer_name(answer));
	ck_assert_msg(strcmp(fixture_entries(fixture.arena, &trace), row->entries) == 0, "%s: %s", row->name,
		      fixture_entries(fixture.arena, &trace));
	fixture_finish(&fixture);
}
END_TEST

static const struct {
	const char *history;
	const char *say;
} said[] = {
	{"visit 2026-02-01; leaving 2026-02-28", "The visit of 2026-02-01 lies 27 days ahead of 2026-02-28, more than 10."},
	{"leaving 2026-01-15 planned_on=2026-02-28; visit 2026-02-01",
	 "The visit of 2026-02-01 lies 27 days ahead of 2026-02-28 (the leaving of 2026-01-15), more than 10."},
};

START_TEST(says_how_far)
{
	struct fixture fixture;
	struct trace trace;
	fixture_init(&fixture);
	const char *list = care_list(fixture.arena, said[_i].history);
	const struct judging judging = {.supplement = arena_printf(fixture.arena, "{\"facts\":{\"occurrences\":[%s]}}", list)};
	fixture_evaluate(&fixture, compile(&fixture, BOTH), &judging, &trace);
	ck_assert_uint_eq(trace.count, 1);
	ck_assert_str_eq(trace.entries[0].say, said[_i].say);
	ck_assert_str_eq(trace.entries[0].found, "27 days");
	ck_assert_str_eq(trace.entries[0].needed, "at most 10");
	fixture_finish(&fixture);
}
END_TEST

static const struct {
	const char *arguments;
	const char *code;
} faults[] = {
	{"'by':[" LEFT("") "]" TEN, "missing_member"},
	{VISIT "'within':{'days':10}", "missing_member"},
	{VISIT "'by':[" LEFT("") "]", "missing_member"},
	{VISIT "'by':[]" TEN, "out_of_range"},
	{VISIT "'by':[" LEFT("") "],'within':{'hours':10}", "unknown_member"},
	{VISIT "'by':[" LEFT("") "],'within':{'days':0}", "out_of_range"},
	{VISIT "'by':[" LEFT(",'which':'latest'") "]" TEN, "unknown_member"},
	{VISIT "'by':[" LEFT(",'same':['nothing']") "]" TEN, "dangling_pointer"},
	{VISIT "'by':[" LEFT("") "],'parted_by':[]" TEN, "wrong_type"},
	{SIMPLE ",'at_most':1", "unknown_member"},
};

enum { FAULT_COUNT = sizeof(faults) / sizeof(faults[0]) };

START_TEST(faults_are_told)
{
	struct fixture fixture;
	fixture_init(&fixture);
	ck_assert_ptr_null(compile(&fixture, faults[_i].arguments));
	ck_assert_uint_ge(fixture.issues.count, 1);
	ck_assert_str_eq(fixture.issues.items[0].code, faults[_i].code);
	fixture_finish(&fixture);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("followed");
	TCase *tests = tcase_create("followed");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, each_comes_in_time, 0, ROW_COUNT);
	tcase_add_loop_test(tests, says_how_far, 0, 2);
	tcase_add_loop_test(tests, faults_are_told, 0, FAULT_COUNT);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
