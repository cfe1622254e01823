/* SPDX-License-Identifier: Apache-2.0 */
/* Moments, ends of the same day, and times of which each is judged by itself. */
#include "../run_suite.h"
#include "care.h"
#include "fixture.h"
#include "policy/occurrence.h"

#include <check.h>
#include <string.h>

/* clang-format off */

#define ANEW "'anew':true,'starts':{'occurrence':['family_contacted']},'within':{'calendar_days':14}," \
	"'fulfilled_by':{'occurrence':['first_service']},'until':{'occurrence':['last_service']}"
#define AFTER_LEAVING "'each':true,'starts':{'occurrence':['discharge']},'within':{'business_days':2}," \
	"'fulfilled_by':{'occurrence':['contact']},'until':{'occurrence':['admission']}"
#define HOURS "'each':true,'starts':{'occurrence':['asked']},'within':{'hours':1},'fulfilled_by':{'occurrence':['answered']}," \
	"'until':{'occurrence':['discharge']}"
#define DAYS "'each':true,'starts':{'occurrence':['admission']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['meeting']}," \
	"'until':{'occurrence':['discharge']}"
static const struct care_row rows[] = {
	/* What was done before the end belongs to what is over, also on the day of the new start; with `earlier` the code says so already,
	   so the stricter rule accepts what the looser one refuses. */
	{"the service of the course that ended is none of the next", ANEW,
	 "family_contacted 2026-01-05; first_service 2026-01-10; last_service 2026-01-10; family_contacted 2026-01-10", "2026-01-11T12:00:00-05:00", NULL,
	 "o1#1 2026-01-19 fulfilled by o2; o4#2 2026-01-24 open"},
	{"the contact after the first leaving is none after the second", AFTER_LEAVING,
	 "discharge 2026-02-03; contact 2026-02-04; admission 2026-02-04; discharge 2026-02-04", "2026-02-05T12:00:00-05:00", NULL,
	 "o1#1 2026-02-05 fulfilled by o2; o4#2 2026-02-06 open"},
	/* "due ... in hours at the minute", "what was missed stays": it was missed at eleven, the end came at five. */
	{"missed in the morning, ended in the afternoon", HOURS, "asked 2026-02-05T10:00:00-05:00; discharge 2026-02-05T17:00:00-05:00",
	 "2026-02-05T18:00:00-05:00", NULL, "o1#1 2026-02-05T11:00:00-05:00 overdue +0"},
	{"answered late, ended in the afternoon", HOURS,
	 "asked 2026-02-05T10:00:00-05:00; answered 2026-02-05T11:30:00-05:00; discharge 2026-02-05T17:00:00-05:00", "2026-02-05T18:00:00-05:00", NULL,
	 "o1#1 2026-02-05T11:00:00-05:00 late by o2 +0"},
	/* Where moments are given they say what came first, not the order in which somebody wrote them down. */
	{"the end of the afternoon was recorded first", DAYS, "discharge 2026-02-05T15:00:00-05:00; admission 2026-02-05T09:00:00-05:00",
	 "2026-02-20T12:00:00-05:00", NULL, "o2#1 2026-02-10 ended"},
	{"done in the morning, recorded after the end of the afternoon", DAYS,
	 "admission 2026-02-04T09:00:00-05:00; discharge 2026-02-05T15:00:00-05:00; meeting 2026-02-05T09:00:00-05:00", "2026-02-20T12:00:00-05:00", NULL,
	 "o1#1 2026-02-09 fulfilled by o3"},
	/* A duty "is due at the end of its day"; half a second is left. */
	{"the last half second of the due day", DAYS, "admission 2026-02-05", "2026-02-10T23:59:59.500000-05:00", NULL, "o1#1 2026-02-10 open"},
};

/* clang-format on */

START_TEST(rows_agree)
{
	care_try(&rows[_i]);
}
END_TEST

/* "Where hours are counted, what starts and what fulfils needs `at`": a kind that `or` names starts and fulfils too. */
START_TEST(or_asks_for_a_moment)
{
	struct care care;
	care_init_rule(&care, "'each':true,'starts':{'occurrence':['asked'],'or':['referral']},'within':{'hours':1},"
			      "'fulfilled_by':{'occurrence':['answered'],'or':['outreach']}");
	const struct occurrence_kinds *kinds = policy_occurrences(care.program->policy);
	ck_assert(occurrence_kind_find(kinds, "asked")->timed && occurrence_kind_find(kinds, "answered")->timed);
	ck_assert(occurrence_kind_find(kinds, "referral")->timed && occurrence_kind_find(kinds, "outreach")->timed);
	care_finish(&care);
}
END_TEST

struct asked {
	const char *check;
	const char *facts;
	enum answer answer;
};

#define EACH \
	"\"of\":{\"occurrence\":[\"visit\"]},\"during\":{\"from\":{\"occurrence\":[\"arrival\"]}," \
	"\"to\":{\"occurrence\":[\"leaving\"]},\"each\":true"
#define ONE_DAY \
	"{\"facts\":{\"occurrences\":[{\"kind\":\"arrival\",\"on\":\"2026-02-01\"},{\"kind\":\"visit\",\"on\":\"2026-02-01\"}" \
	"," \
	"{\"kind\":\"leaving\",\"on\":\"2026-02-01\"}]}}"
#define STAY "{\"kind\":\"arrival\",\"on\":\"2026-02-01\"},{\"kind\":\"leaving\",\"on\":\"2026-02-05\"}"

static const struct asked asked[] = {
	/* "A list that is not given leaves at_least unknown", with each too. */
	{"{\"occurrences\":{" EACH "},\"at_least\":1}}", "{\"facts\":{\"occurrences\":null}}", ANSWER_UNKNOWN},
	/* "each of them fulfils the conditions of have (none: does not apply)": none in any of the times, and no time at all. */
	{"{\"occurrences\":{" EACH "},\"have\":{\"planned_on\":\"present\"}}}", "{\"facts\":{\"occurrences\":[" STAY "]}}",
	 ANSWER_NOT_APPLICABLE},
	{"{\"occurrences\":{" EACH "},\"have\":{\"planned_on\":\"present\"}}}", "{\"facts\":{\"occurrences\":[]}}",
	 ANSWER_NOT_APPLICABLE},
	/* A stay of one day with a visit on it: by default the day of leaving lies outside. */
	{"{\"occurrences\":{" EACH "},\"at_least\":1}}", ONE_DAY, ANSWER_NOT_MET},
	{"{\"occurrences\":{" EACH ",\"through\":true},\"at_least\":1}}", ONE_DAY, ANSWER_MET},
};

START_TEST(times_agree)
{
	struct fixture fixture;
	struct trace trace;
	fixture_init(&fixture);
	const struct check *check = fixture_compile(&fixture, asked[_i].check);
	ck_assert_ptr_nonnull(check);
	const struct judging judging = {.supplement = asked[_i].facts};
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	ck_assert_msg(answer == asked[_i].answer, "%d: %s, wanted %s", _i, answer_name(answer), answer_name(asked[_i].answer));
	fixture_finish(&fixture);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("policy_duty_moments");
	TCase *tests = tcase_create("policy_duty_moments");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, rows_agree, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tests, or_asks_for_a_moment);
	tcase_add_loop_test(tests, times_agree, 0, sizeof(asked) / sizeof(asked[0]));
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
