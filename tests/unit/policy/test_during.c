/* SPDX-License-Identifier: Apache-2.0 */
/* The check `occurrences`: which days lie in a time that other occurrences begin and end, altogether and in each of these times. */
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
};

/* clang-format off */

#define VISITS "'of':{'occurrence':['visit']},"
#define STAY "'from':{'occurrence':['arrival']},'to':{'occurrence':['leaving']}"
#define NONE(during) VISITS "'during':{" during "},'at_most':0"
#define ONE(during) VISITS "'during':{" during "},'at_least':1"
#define EACH STAY ",'each':true"
#define BEFORE(which) "'to':{'occurrence':['leaving']" which "}"
#define PLANNED(which) "'to':{'occurrence':['leaving'],'day':'planned_on'" which "}"

static const struct row rows[] = {
	/* from the day of one up to the day before the other */
	{"on the first day", NONE(STAY), "arrival 2026-02-05; visit 2026-02-05; leaving 2026-02-10", ANSWER_NOT_MET},
	{"on the first day, recorded before", NONE(STAY), "visit 2026-02-05; arrival 2026-02-05; leaving 2026-02-10", ANSWER_NOT_MET},
	{"on the day before", NONE(STAY), "visit 2026-02-04; arrival 2026-02-05; leaving 2026-02-10", ANSWER_MET},
	{"on the last day", NONE(STAY), "arrival 2026-02-05; visit 2026-02-09; leaving 2026-02-10", ANSWER_NOT_MET},
	{"on the day that ends it", NONE(STAY), "arrival 2026-02-05; visit 2026-02-10; leaving 2026-02-10", ANSWER_MET},
	{"without an end it goes on", NONE(STAY), "arrival 2026-02-05; visit 2036-02-05", ANSWER_NOT_MET},
	{"an end before the beginning ends nothing", NONE(STAY), "leaving 2026-02-04; arrival 2026-02-05; visit 2026-02-06", ANSWER_NOT_MET},
	{"an end recorded before the beginning of that day", NONE(STAY), "leaving 2026-02-05; arrival 2026-02-05; visit 2026-02-06", ANSWER_NOT_MET},
	{"an end recorded after it", NONE(STAY), "arrival 2026-02-05; leaving 2026-02-05; visit 2026-02-06", ANSWER_MET},
	{"the first end counts", NONE(STAY), "arrival 2026-02-05; leaving 2026-02-20; leaving 2026-02-10; visit 2026-02-15", ANSWER_MET},
	{"between two stays", NONE(STAY), "arrival 2026-02-01; leaving 2026-02-05; arrival 2026-02-10; leaving 2026-02-15; visit 2026-02-07", ANSWER_MET},
	{"in the second", NONE(STAY), "arrival 2026-02-01; leaving 2026-02-05; arrival 2026-02-10; leaving 2026-02-15; visit 2026-02-14", ANSWER_NOT_MET},
	{"no stay, no visit in it", NONE(STAY), "visit 2026-02-07", ANSWER_MET},
	{"the beginning taken back", NONE(STAY), "arrival 2026-02-05; visit 2026-02-06; arrival - retracts=o1", ANSWER_MET},
	{"the end taken back", NONE(STAY), "arrival 2026-02-05; leaving 2026-02-06; visit 2026-02-07; leaving - retracts=o2", ANSWER_NOT_MET},
	{"a visit of no day", NONE(STAY), "arrival 2026-02-05; visit -", ANSWER_UNKNOWN},
	{"the last moment of a day of the zone", NONE(STAY), "arrival 2026-03-05; visit 2026-03-10T06:59:59Z; leaving 2026-03-10", ANSWER_NOT_MET},
	{"the first of the next", NONE(STAY), "arrival 2026-03-05; visit 2026-03-10T07:00:00Z; leaving 2026-03-10", ANSWER_MET},
	{"the first moment of the first day, in winter", NONE(STAY), "arrival 2026-03-05; visit 2026-03-05T08:00:00Z", ANSWER_NOT_MET},
	{"the last before it", NONE(STAY), "arrival 2026-03-05; visit 2026-03-05T07:59:59Z", ANSWER_MET},
	/* put off */
	{"put off by three days", NONE(STAY ",'after':{'days':3}"), "arrival 2026-02-27; visit 2026-03-01", ANSWER_MET},
	{"the fourth day", NONE(STAY ",'after':{'days':3}"), "arrival 2026-02-27; visit 2026-03-02", ANSWER_NOT_MET},
	/* without a beginning */
	{"before the end", NONE(BEFORE("")), "visit 2026-02-04; leaving 2026-02-05", ANSWER_NOT_MET},
	{"on its day", NONE(BEFORE("")), "visit 2026-02-05; leaving 2026-02-05", ANSWER_MET},
	{"no end, no time", NONE(BEFORE("")), "visit 2026-02-04", ANSWER_MET},
	{"of two ends the first", NONE(BEFORE("")), "leaving 2026-02-10; leaving 2026-02-05; visit 2026-02-07", ANSWER_MET},
	{"of two ends the latest", NONE(BEFORE(",'which':'latest'")), "leaving 2026-02-10; leaving 2026-02-05; visit 2026-02-07", ANSWER_NOT_MET},
	{"the latest is what happened last, not the latest day", NONE(PLANNED(",'which':'latest'")),
	 "leaving 2026-02-03 planned_on=2026-03-01; leaving 2026-02-01 planned_on=2026-04-01; visit 2026-03-10", ANSWER_MET},
	{"the first is what happened first", NONE(PLANNED("")),
	 "leaving 2026-02-03 planned_on=2026-03-01; leaving 2026-02-01 planned_on=2026-04-01; visit 2026-03-10", ANSWER_NOT_MET},
	{"of one day the latest was recorded last", NONE(PLANNED(",'which':'latest'")),
	 "leaving 2026-02-01 planned_on=2026-04-01; leaving 2026-02-01 planned_on=2026-03-01; visit 2026-03-10", ANSWER_MET},
	{"and the first was recorded first", NONE(PLANNED("")),
	 "leaving 2026-02-01 planned_on=2026-04-01; leaving 2026-02-01 planned_on=2026-03-01; visit 2026-03-10", ANSWER_NOT_MET},
	{"whichever of its days is later: the latest", NONE(PLANNED(",'which':'latest'")),
	 "leaving 2026-02-01 planned_on=2026-03-01; leaving 2026-02-01 planned_on=2026-04-01; visit 2026-03-10", ANSWER_NOT_MET},
	{"and the first", NONE(PLANNED("")), "leaving 2026-02-01 planned_on=2026-03-01; leaving 2026-02-01 planned_on=2026-04-01; visit 2026-03-10", ANSWER_MET},
	/* in each of these times */
	{"one in each", ONE(EACH), "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; arrival 2026-02-10; visit 2026-02-10; leaving 2026-02-12", ANSWER_MET},
	{"none in the second", ONE(EACH), "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; arrival 2026-02-10; leaving 2026-02-12", ANSWER_NOT_MET},
	{"none in the first", ONE(EACH), "arrival 2026-02-01; leaving 2026-02-05; arrival 2026-02-10; visit 2026-02-10; leaving 2026-02-12", ANSWER_NOT_MET},
	{"altogether there is one", ONE(STAY), "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; arrival 2026-02-10; leaving 2026-02-12", ANSWER_MET},
	{"the second goes on", ONE(EACH), "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; arrival 2026-02-10", ANSWER_MET},
	{"none is over", ONE(EACH), "arrival 2026-02-10", ANSWER_MET},
	{"altogether one that goes on is asked too", ONE(STAY), "arrival 2026-02-10", ANSWER_NOT_MET},
	{"there was none", ONE(EACH), "visit 2026-02-02", ANSWER_MET},
	{"the visit taken back", ONE(EACH), "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; visit - retracts=o2", ANSWER_NOT_MET},
	{"one end of two times: each by itself", ONE(EACH), "arrival 2026-02-01; arrival 2026-02-03; visit 2026-02-02; leaving 2026-02-05", ANSWER_NOT_MET},
	{"one for both", ONE(EACH), "arrival 2026-02-01; arrival 2026-02-03; visit 2026-02-04; leaving 2026-02-05", ANSWER_MET},
	{"it may be one of no day", ONE(EACH), "arrival 2026-02-01; visit -; leaving 2026-02-05", ANSWER_UNKNOWN},
	{"two in two", VISITS "'during':{" EACH "},'at_most':1",
	 "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; arrival 2026-02-10; visit 2026-02-11; leaving 2026-02-12", ANSWER_MET},
	{"altogether they are too many", VISITS "'during':{" STAY "},'at_most':1",
	 "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05; arrival 2026-02-10; visit 2026-02-11; leaving 2026-02-12", ANSWER_NOT_MET},
	{"two in one", VISITS "'during':{" EACH "},'at_most':1", "arrival 2026-02-01; visit 2026-02-02; visit 2026-02-03; leaving 2026-02-05", ANSWER_NOT_MET},
	{"two in one that goes on", VISITS "'during':{" EACH "},'at_most':1", "arrival 2026-02-01; visit 2026-02-02; visit 2026-02-03", ANSWER_MET},
	{"each put off", ONE(EACH ",'after':{'days':2}"), "arrival 2026-02-01; visit 2026-02-02; leaving 2026-02-05", ANSWER_NOT_MET},
	{"on the day on which it begins then", ONE(EACH ",'after':{'days':2}"), "arrival 2026-02-01; visit 2026-02-03; leaving 2026-02-05", ANSWER_MET},
	{"each has what it needs", VISITS "'during':{" EACH "},'have':{'planned_on':'present'}",
	 "arrival 2026-02-01; visit 2026-02-02 planned_on=2026-03-01; leaving 2026-02-05; visit 2026-02-07", ANSWER_MET},
	{"one lacks it", VISITS "'during':{" EACH "},'have':{'planned_on':'present'}",
	 "arrival 2026-02-01; visit 2026-02-02 planned_on=2026-03-01; visit 2026-02-03; leaving 2026-02-05", ANSWER_NOT_MET},
	/* or */
	{"ended by another kind, whatever where asks", NONE("'from':{'occurrence':['arrival']},'to':{'occurrence':['leaving'],'where':{'planned_on':'present'},'or':['visit']}"),
	 "arrival 2026-02-01; visit 2026-02-02", ANSWER_MET},
	{"not by its own kind without it", NONE("'from':{'occurrence':['arrival']},'to':{'occurrence':['leaving'],'where':{'planned_on':'present'}}"),
	 "arrival 2026-02-01; leaving 2026-02-02; visit 2026-02-03", ANSWER_NOT_MET},
};

/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static const struct check *compile(struct fixture *fixture, const char *arguments)
{
	char *text = arena_printf(fixture->arena, "{\"occurrences\":{%s}}", arguments);
	for (char *at = strchr(text, '\''); at; at = strchr(at, '\'')) {
		*at = '"';
	}
	const struct check *check = fixture_compile(fixture, text);
	ck_assert_msg(check != NULL, "%s: %s", text, fixture->issues.count > 0 ? fixture->issues.items[0].detail : "");
	return check;
}

START_TEST(times_have_days)
{
	const struct row *row = &rows[_i];
	struct fixture fixture;
	struct trace trace;
	fixture_init(&fixture);
	const struct check *check = compile(&fixture, row->check);
	const char *list = care_list(fixture.arena, row->history);
	const struct judging judging = {.supplement = arena_printf(fixture.arena, "{\"facts\":{\"occurrences\":[%s]}}", list)};
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	ck_assert_msg(answer == row->answer, "%s: %s", row->name, answer_name(answer));
	/* what is met has nothing to explain, anything else does */
	ck_assert_msg((answer == ANSWER_MET) == (trace.count == 0), "%s: %s", row->name,
		      fixture_entries(fixture.arena, &trace));
	fixture_finish(&fixture);
}
END_TEST

/* Each time explains itself: what lacks in one is not hidden by what another has. */
START_TEST(the_time_that_lacks_is_told)
{
	struct fixture fixture;
	struct trace trace;
	fixture_init(&fixture);
	const struct check *check = compile(&fixture, ONE(EACH));
	const char *list = care_list(fixture.arena, "arrival 2026-02-01; leaving 2026-02-05; "
						    "arrival 2026-02-20; visit 2026-02-21; leaving 2026-02-25");
	const struct judging judging = {.supplement = arena_printf(fixture.arena, "{\"facts\":{\"occurrences\":[%s]}}", list)};
	ck_assert_int_eq(fixture_evaluate(&fixture, check, &judging, &trace), ANSWER_NOT_MET);
	ck_assert_str_eq(fixture_entries(fixture.arena, &trace), "missing /facts/occurrences/-");
	fixture_finish(&fixture);
}
END_TEST

/* Without a list it is not known how many there are; of too many none is known. */
START_TEST(no_list_says_little)
{
	struct fixture fixture;
	struct trace trace;
	const struct judging judging = {.supplement = "{\"facts\":{\"occurrences\":null}}"};
	fixture_init(&fixture);
	ck_assert_int_eq(fixture_evaluate(&fixture, compile(&fixture, ONE(STAY)), &judging, &trace), ANSWER_UNKNOWN);
	ck_assert_int_eq(fixture_evaluate(&fixture, compile(&fixture, NONE(STAY)), &judging, &trace), ANSWER_MET);
	fixture_finish(&fixture);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("during");
	TCase *tests = tcase_create("during");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, times_have_days, 0, ROW_COUNT);
	tcase_add_test(tests, the_time_that_lacks_is_told);
	tcase_add_test(tests, no_list_says_little);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
