/* SPDX-License-Identifier: Apache-2.0 */
/* How duties follow one another: every so often, period by period, over waivers and ends; their keys, numbers, bounds and days. */
#include "../run_suite.h"
#include "base/text.h"
#include "care.h"

#include <check.h>
#include <string.h>

/* clang-format off */

#define EVERY "'starts':{'occurrence':['action_plan']},'every':{'calendar_days':90},'fulfilled_by':{'occurrence':['action_plan']}," \
	"'until':{'occurrence':['discharge']}"
#define FIRST_SOONER "'starts':{'occurrence':['first_service']},'within':{'calendar_days':14},'every':{'calendar_days':30}," \
	"'fulfilled_by':{'occurrence':['action_plan']}"
#define EACH_EVERY "'each':true,'starts':{'occurrence':['referral']},'every':{'calendar_days':30},'fulfilled_by':{'occurrence':['outreach']}"
#define LEAVING_FULFILS "'starts':{'occurrence':['admission']},'every':{'calendar_days':30},'fulfilled_by':{'occurrence':['meeting','discharge']}," \
	"'until':{'occurrence':['discharge']}"
#define PERIODS "'each':true,'starts':{'occurrence':['admission']},'every':{'calendar_days':30},'periods':true," \
	"'fulfilled_by':{'occurrence':['meeting']},'until':{'occurrence':['discharge']}"
#define PERIODS_SOONER "'starts':{'occurrence':['admission']},'within':{'calendar_days':14},'every':{'calendar_days':30},'periods':true," \
	"'fulfilled_by':{'occurrence':['meeting']}"
#define PERIODS_BUSINESS "'starts':{'occurrence':['admission']},'every':{'business_days':5},'periods':true,'fulfilled_by':{'occurrence':['meeting']}"
#define YEARS "'starts':{'occurrence':['admission']},'every':{'years':1},'periods':true,'fulfilled_by':{'occurrence':['meeting']}"
#define WEEKS_ANEW "'anew':true,'starts':{'occurrence':['first_service']},'periods':'calendar_weeks','fulfilled_by':{'occurrence':['contact']}," \
	"'until':{'occurrence':['last_service']}"
#define WEEKS_EACH "'each':true,'starts':{'occurrence':['session']},'periods':'calendar_weeks','fulfilled_by':{'occurrence':['contact']}"
#define WEEKS_ALIKE "'starts':{'occurrence':['session']},'periods':'calendar_weeks','fulfilled_by':{'occurrence':['session']}"
#define ANEW_EVERY "'anew':true," EVERY
#define DAY "T12:00:00-04:00"

static const struct care_row rows[] = {
	/* every */
	{"the last of the days", EVERY, "action_plan 2026-01-01; action_plan 2026-04-01", "2026-04-02" DAY, NULL,
	 "o1#1 2026-04-01 fulfilled by o2; o2#2 2026-06-30 open"},
	{"the day after", EVERY, "action_plan 2026-01-01; action_plan 2026-04-02", "2026-04-03" DAY, NULL,
	 "o1#1 2026-04-01 late by o2 +1; o2#2 2026-07-01 open"},
	{"one that is missed stays alone", EVERY, "action_plan 2025-01-01", "2026-04-02" DAY, NULL, "o1#1 2025-04-01 overdue +366"},
	{"two on one day", EVERY, "action_plan 2026-01-01; action_plan 2026-01-01", "2026-04-02" DAY, NULL,
	 "o1#1 2026-04-01 fulfilled by o2; o2#2 2026-04-01 overdue +1"},
	{"three on one day", EVERY, "action_plan 2026-01-01; action_plan 2026-01-01; action_plan 2026-01-01", "2026-01-02" DAY, NULL,
	 "o1#1 2026-04-01 fulfilled by o2; o2#2 2026-04-01 fulfilled by o3; o3#3 2026-04-01 open"},
	{"the first has its own time", FIRST_SOONER, "first_service 2026-01-05; action_plan 2026-01-10", "2026-01-11" DAY, NULL,
	 "o1#1 2026-01-19 fulfilled by o2; o2#2 2026-02-09 open"},
	{"one of an earlier day recorded later shifts numbers, not keys", EVERY, "action_plan 2026-01-01; action_plan 2026-03-01; action_plan 2026-02-01",
	 "2026-03-02" DAY, NULL, "o1#1 2026-04-01 fulfilled by o3; o3#2 2026-05-02 fulfilled by o2; o2#3 2026-05-30 open"},
	{"one from before the first", EVERY, "action_plan 2026-02-01; action_plan 2026-03-01; action_plan 2026-01-01", "2026-03-02" DAY, NULL,
	 "o3#1 2026-04-01 fulfilled by o1; o1#2 2026-05-02 fulfilled by o2; o2#3 2026-05-30 open"},
	{"one in the middle taken back", EVERY, "action_plan 2026-01-01; action_plan 2026-03-01; action_plan 2026-05-01; action_plan - retracts=o2",
	 "2026-05-02" DAY, NULL, "o1#1 2026-04-01 late by o3 +30; o3#2 2026-07-30 open"},
	{"two starts come together in what fulfils both", EACH_EVERY, "referral 2026-01-01; referral 2026-01-05; outreach 2026-01-10", "2026-01-11" DAY, NULL,
	 "o1#1 2026-01-31 fulfilled by o3; o2#2 2026-02-04 fulfilled by o3; o3#3 2026-02-09 open"},
	{"two that fulfil on one day: the second fulfils what the first begins", EACH_EVERY, "referral 2026-01-01; outreach 2026-01-10; outreach 2026-01-10",
	 "2026-01-11" DAY, NULL, "o1#1 2026-01-31 fulfilled by o2; o2#2 2026-02-09 fulfilled by o3; o3#3 2026-02-09 open"},
	/* every, and ends */
	{"done and ended on one day: what it began has ended", EVERY, "action_plan 2026-01-01; action_plan 2026-03-01; discharge 2026-03-01", "2026-06-10" DAY,
	 NULL, "o1#1 2026-04-01 fulfilled by o2; o2#2 2026-05-30 ended"},
	{"ended and done on one day", EVERY, "action_plan 2026-01-01; discharge 2026-03-01; action_plan 2026-03-01", "2026-06-10" DAY, NULL,
	 "o1#1 2026-04-01 ended"},
	{"missed, ended, done: no more begin", EVERY, "action_plan 2026-01-01; discharge 2026-04-02; action_plan 2026-04-05", "2026-06-10" DAY, NULL,
	 "o1#1 2026-04-01 late by o3 +4"},
	{"missed, done on the day of the end", EVERY, "action_plan 2026-01-01; action_plan 2026-04-02; discharge 2026-04-02", "2026-06-10" DAY, NULL,
	 "o1#1 2026-04-01 late by o2 +1; o2#2 2026-07-01 ended"},
	{"what fulfils and ends begins none", LEAVING_FULFILS, "admission 2026-01-05; meeting 2026-01-10; discharge 2026-01-20", "2026-01-21" DAY, NULL,
	 "o1#1 2026-02-04 fulfilled by o2; o2#2 2026-02-09 fulfilled by o3"},
	{"anew after the end", ANEW_EVERY, "action_plan 2026-01-01; discharge 2026-02-01; action_plan 2026-02-10; action_plan 2026-02-20", "2026-02-21" DAY, NULL,
	 "o1#1 2026-04-01 ended; o3#2 2026-05-11 fulfilled by o4; o4#3 2026-05-21 open"},
	/* every, and waivers */
	{"waived ahead of its day", EVERY, "action_plan 2026-01-01", "2026-02-01" DAY, "o1", "o1#1 2026-04-01 waived; o1.2#2 2026-06-30 open"},
	{"waived again and again", EVERY, "action_plan 2026-01-01", "2026-07-01" DAY, "o1 o1.2", "o1#1 2026-04-01 waived; o1.2#2 2026-06-30 waived; o1.3#3 2026-09-28 open"},
	{"done in time after all", EVERY, "action_plan 2026-01-01; action_plan 2026-04-01", "2026-04-02" DAY, "o1",
	 "o1#1 2026-04-01 fulfilled by o2; o2#2 2026-06-30 open"},
	{"done the day after", EVERY, "action_plan 2026-01-01; action_plan 2026-04-02", "2026-04-03" DAY, "o1",
	 "o1#1 2026-04-01 waived by o2; o1.2#2 2026-06-30 fulfilled by o2; o2#3 2026-07-01 open"},
	{"the next chain has its own keys", EVERY, "action_plan 2026-01-01; action_plan 2026-05-01", "2026-08-01" DAY, "o1 o2",
	 "o1#1 2026-04-01 waived by o2; o1.2#2 2026-06-30 fulfilled by o2; o2#3 2026-07-30 waived; o2.2#4 2026-10-28 open"},
	{"of what there is not", EVERY, "action_plan 2026-01-01", "2026-04-02" DAY, "o2 o1.2", "o1#1 2026-04-01 overdue +1"},
	{"on the day of the end none begins", EVERY, "action_plan 2026-01-01; discharge 2026-04-01", "2026-06-10" DAY, "o1", "o1#1 2026-04-01 waived"},
	{"the day before the end one does", EVERY, "action_plan 2026-01-01; discharge 2026-04-02", "2026-06-10" DAY, "o1",
	 "o1#1 2026-04-01 waived; o1.2#2 2026-06-30 ended"},
	{"without every nothing follows", "'starts':{'occurrence':['referral']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['outreach']}",
	 "referral 2026-03-05; outreach 2026-03-20", "2026-03-21" DAY, "o1", "o1#1 2026-03-10 waived by o2"},
	/* periods */
	{"one at a time", PERIODS, "admission 2026-01-05", "2026-02-04T23:59:59-05:00", NULL, "o1#1 2026-02-04 open"},
	{"the next after the last day", PERIODS, "admission 2026-01-05", "2026-02-05T00:00:00-05:00", NULL, "o1#1 2026-02-04 overdue +1; o1.2#2 2026-03-06 open"},
	{"on the last day", PERIODS, "admission 2026-01-05; meeting 2026-02-04", "2026-02-06" DAY, NULL, "o1#1 2026-02-04 fulfilled by o2; o1.2#2 2026-03-06 open"},
	{"the day after closes one and fulfils the next", PERIODS, "admission 2026-01-05; meeting 2026-02-05", "2026-02-06" DAY, NULL,
	 "o1#1 2026-02-04 late by o2 +1; o1.2#2 2026-03-06 fulfilled by o2"},
	{"one closes all that were missed", PERIODS, "admission 2026-01-05; meeting 2026-03-10", "2026-03-10" DAY, NULL,
	 "o1#1 2026-02-04 late by o2 +34; o1.2#2 2026-03-06 late by o2 +4; o1.3#3 2026-04-05 fulfilled by o2"},
	{"twice in one is once", PERIODS, "admission 2026-01-05; meeting 2026-01-10; meeting 2026-01-20", "2026-02-10" DAY, NULL,
	 "o1#1 2026-02-04 fulfilled by o2; o1.2#2 2026-03-06 open"},
	{"the first has its own length", PERIODS_SOONER, "admission 2026-01-05", "2026-03-01T12:00:00-05:00", NULL,
	 "o1#1 2026-01-19 overdue +41; o1.2#2 2026-02-18 overdue +11; o1.3#3 2026-03-20 open"},
	{"by business days, over a holiday", PERIODS_BUSINESS, "admission 2026-06-30", "2026-07-08" DAY, NULL, "o1#1 2026-07-08 open"},
	{"and on", PERIODS_BUSINESS, "admission 2026-06-30", "2026-07-09" DAY, NULL, "o1#1 2026-07-08 overdue +1; o1.2#2 2026-07-15 open"},
	{"by years, over a leap day", YEARS, "admission 2027-02-28", "2028-02-29" DAY, NULL, "o1#1 2028-02-28 overdue +1; o1.2#2 2029-02-28 open"},
	{"waived in between", PERIODS, "admission 2026-01-05", "2026-04-01" DAY, "o1.2",
	 "o1#1 2026-02-04 overdue +56; o1.2#2 2026-03-06 waived; o1.3#3 2026-04-05 open"},
	{"waived, and closed by none", PERIODS, "admission 2026-01-05; meeting 2026-02-10", "2026-02-11" DAY, "o1",
	 "o1#1 2026-02-04 waived by o2; o1.2#2 2026-03-06 fulfilled by o2"},
	/* periods, and ends */
	{"ended on the last day", PERIODS, "admission 2026-01-05; discharge 2026-02-04", "2026-03-01" DAY, NULL, "o1#1 2026-02-04 ended"},
	{"ended on the first day of the next", PERIODS, "admission 2026-01-05; discharge 2026-02-05", "2026-03-01" DAY, NULL,
	 "o1#1 2026-02-04 overdue +25; o1.2#2 2026-03-06 ended"},
	{"done on that day", PERIODS, "admission 2026-01-05; meeting 2026-02-05; discharge 2026-02-05", "2026-03-01" DAY, NULL,
	 "o1#1 2026-02-04 late by o2 +1; o1.2#2 2026-03-06 fulfilled by o2"},
	{"no more after the end", PERIODS, "admission 2026-01-05; discharge 2026-03-06", "2026-06-01" DAY, NULL, "o1#1 2026-02-04 overdue +117; o1.2#2 2026-03-06 ended"},
	{"what comes after the end closes what was missed", PERIODS, "admission 2026-01-05; discharge 2026-02-10; meeting 2026-02-12", "2026-03-01" DAY, NULL,
	 "o1#1 2026-02-04 late by o3 +8; o1.2#2 2026-03-06 ended"},
	{"weeks begin anew with the next whole week", WEEKS_ANEW, "first_service 2026-03-05; last_service 2026-03-18; first_service 2026-03-18", "2026-03-19" DAY,
	 NULL, "o1#1 2026-03-15 overdue +4; o1.2#2 2026-03-22 ended; o3#3 2026-03-29 open"},
	{"a contact between the courses closes the weeks of the first, and is none of the second", WEEKS_ANEW,
	 "first_service 2026-03-05; last_service 2026-03-17; contact 2026-03-19; first_service 2026-03-20", "2026-03-21" DAY, NULL,
	 "o1#1 2026-03-15 late by o3 +4; o1.2#2 2026-03-22 ended; o4#3 2026-03-29 open"},
	{"what begins the weeks fulfils none", WEEKS_ALIKE, "session 2026-03-09", "2026-03-12" DAY, NULL, "o1#1 2026-03-15 open"},
	{"the first day of a week is of that week, whenever it was recorded", WEEKS_ALIKE, "session 2026-03-16; session 2026-03-09", "2026-03-17" DAY, NULL,
	 "o2#1 2026-03-15 late by o1 +1; o2.2#2 2026-03-22 fulfilled by o1"},
	/* keys and numbers */
	{"periods of two starts, by their beginnings", PERIODS, "admission 2026-01-05; admission 2026-01-20", "2026-03-01T12:00:00-05:00", NULL,
	 "o1#1 2026-02-04 overdue +25; o2#2 2026-02-19 overdue +10; o1.2#3 2026-03-06 open; o2.2#4 2026-03-21 open"},
	{"an earlier one recorded later takes the first number, and the keys stay", PERIODS, "admission 2026-01-20; admission 2026-01-05",
	 "2026-03-01T12:00:00-05:00", "o1", "o2#1 2026-02-04 overdue +25; o1#2 2026-02-19 waived; o2.2#3 2026-03-06 open; o1.2#4 2026-03-21 open"},
	{"those of one day by their record", PERIODS, "admission 2026-01-05; admission 2026-01-05", "2026-02-05" DAY, NULL,
	 "o1#1 2026-02-04 overdue +1; o2#2 2026-02-04 overdue +1; o1.2#3 2026-03-06 open; o2.2#4 2026-03-06 open"},
};

/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(duties_follow_one_another)
{
	care_try(&rows[_i]);
}
END_TEST

/* ---- bounds ---- */

static size_t count_owed(const char *rule, const char *history, const struct duty_waiver *waivers, size_t waiver_count,
			 char *ret_last, size_t size)
{
	struct care care;
	care_init_rule(&care, rule);
	struct arena *arena = arena_create();
	const struct evaluation evaluation =
		care_judge(&care, arena, care_list(arena, history), "2026-03-25T09:00:00-04:00", waivers, waiver_count);
	const size_t count = evaluation.duty_count;
	size_t length = 0;
	for (const char *at = evaluation.duties[count - 1].key; *at && length + 1 < size; at++) {
		ret_last[length++] = *at;
	}
	ret_last[length] = '\0';
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_eq(evaluation.duties[i].number, i + 1);
	}
	arena_destroy(arena);
	care_finish(&care);
	return count;
}

START_TEST(what_nobody_does_is_not_endless)
{
	const struct duty_waiver waived[] = {{"r", "o1.7"}, {"r", "o1.9"}};
	char last[16];
	ck_assert_uint_eq(count_owed(PERIODS, "admission 0900-01-01", NULL, 0, last, sizeof(last)), 120);
	ck_assert_str_eq(last, "o1.120");
	ck_assert_uint_eq(count_owed(PERIODS, "admission 0900-01-01", waived, 2, last, sizeof(last)), 122);
	ck_assert_str_eq(last, "o1.122");
	/* what was done in the middle closes what was missed before it */
	ck_assert_uint_eq(count_owed(PERIODS, "admission 0900-01-01; meeting 0901-01-05", NULL, 0, last, sizeof(last)), 133);
	ck_assert_uint_eq(count_owed(WEEKS_EACH, "session 0900-01-01; contact 2026-03-24", NULL, 0, last, sizeof(last)), 2000);
	ck_assert_uint_eq(count_owed(WEEKS_EACH, "session 0900-01-01; session 0901-01-01; contact 2026-03-24", NULL, 0, last,
				     sizeof(last)),
			  2000);
}
END_TEST

/* 120 are missed and the period that runs is the next: the bound does not come one too early. */
START_TEST(the_last_missed_period_is_made)
{
	char last[16];
	/* Mondays back from 2026-03-23, the week that runs: 119 and 120 whole weeks before it */
	ck_assert_uint_eq(count_owed(WEEKS_EACH, "session 2023-12-11", NULL, 0, last, sizeof(last)), 120);
	ck_assert_str_eq(last, "o1.120");
	ck_assert_uint_eq(count_owed(WEEKS_EACH, "session 2023-12-04", NULL, 0, last, sizeof(last)), 120);
	ck_assert_uint_eq(count_owed(WEEKS_EACH, "session 2023-12-18", NULL, 0, last, sizeof(last)), 119);
}
END_TEST

/* ---- what a duty says of itself ---- */

static const char *moment(const struct care *care, struct arena *arena, struct instant at)
{
	char text[INSTANT_TEXT_SIZE];
	return arena_printf(arena, "%s", zone_format(care->program->policy->zone, at, text));
}

static const char *days(struct arena *arena, const struct care_duty *duty)
{
	char started[CIVIL_TEXT_SIZE];
	char counted[CIVIL_TEXT_SIZE];
	char due[CIVIL_TEXT_SIZE];
	return arena_printf(arena, "%s %s %s", civil_format(duty->started_on, started),
			    civil_format(duty->counted_from, counted), civil_format(duty->due_on, due));
}

struct said {
	const char *rule;
	const char *history;
	const char *key;
	const char *began_with;
	const char *days; /* started, counted from, due */
	const char *started_at;
	const char *due_at;
	const char *fulfilled_at; /* or NULL */
	bool again; /* time alone begins another */
};

#define AHEAD \
	"'starts':{'occurrence':['discharge_planned'],'day':'planned_on','which':'latest'},'within':{'calendar_days':45}," \
	"'ahead':true,'fulfilled_by':{'occurrence':['meeting']}"
#define HOUR "'starts':{'occurrence':['asked']},'within':{'hours':1},'fulfilled_by':{'occurrence':['answered']}"

/* clang-format off */
static const struct said sayings[] = {
	{EVERY, "action_plan 2026-01-01T15:00:00-05:00; action_plan 2026-03-08T15:00:00-04:00", "o1", "o1", "2026-01-01 2026-01-01 2026-04-01",
	 "2026-01-01T15:00:00-05:00", "2026-04-01T23:59:59-04:00", "2026-03-08T15:00:00-04:00", false},
	{EVERY, "action_plan 2026-01-01; action_plan 2026-03-08", "o2", "o2", "2026-03-08 2026-03-08 2026-06-06",
	 "2026-03-08T00:00:00-05:00", "2026-06-06T23:59:59-04:00", NULL, false},
	{EVERY, "action_plan 2026-01-01", "o1.2", "o1", "2026-04-01 2026-04-01 2026-06-30",
	 "2026-04-01T23:59:59-04:00", "2026-06-30T23:59:59-04:00", NULL, false},
	{EVERY, "action_plan 2026-01-01", "o1", "o1", "2026-01-01 2026-01-01 2026-04-01",
	 "2026-01-01T00:00:00-05:00", "2026-04-01T23:59:59-04:00", NULL, true},
	{PERIODS, "admission 2026-02-06T10:00:00-05:00; meeting 2026-03-09", "o1", "o1", "2026-02-06 2026-02-06 2026-03-08",
	 "2026-02-06T10:00:00-05:00", "2026-03-08T23:59:59-04:00", "2026-03-09T00:00:00-04:00", true},
	{PERIODS, "admission 2026-02-05T10:00:00-05:00; meeting 2026-03-09", "o1.2", "o1", "2026-03-08 2026-03-08 2026-04-06",
	 "2026-03-08T00:00:00-05:00", "2026-04-06T23:59:59-04:00", "2026-03-09T00:00:00-04:00", true},
	{WEEKS_EACH, "session 2026-03-05T10:00:00-05:00", "o1", "o1", "2026-03-09 2026-03-09 2026-03-15",
	 "2026-03-09T00:00:00-04:00", "2026-03-15T23:59:59-04:00", NULL, true},
	{AHEAD, "discharge_planned 2026-03-01T09:00:00-05:00 planned_on=2026-06-20; discharge_planned 2026-03-03 planned_on=2026-06-30", "o2", "o2",
	 "2026-03-01 2026-06-30 2026-05-16", "2026-03-01T09:00:00-05:00", "2026-05-16T23:59:59-04:00", NULL, false},
	{HOUR, "asked 2026-03-08T01:30:00-05:00; answered 2026-03-08T03:10:00-04:00", "o1", "o1", "2026-03-08 2026-03-08 2026-03-08",
	 "2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00", "2026-03-08T03:10:00-04:00", false},
};
/* clang-format on */

enum { SAYING_COUNT = sizeof(sayings) / sizeof(sayings[0]) };

START_TEST(duties_say_their_days)
{
	const struct said *said = &sayings[_i];
	const struct duty_waiver waived = {"r", "o1"};
	const bool waive = strcmp(said->key, "o1.2") == 0 || said->again;
	struct care care;
	care_init_rule(&care, said->rule);
	struct arena *arena = arena_create();
	const struct evaluation evaluation =
		care_judge(&care, arena, care_list(arena, said->history), "2026-03-25T09:00:00-04:00", &waived, waive ? 1 : 0);
	const struct care_duty *duty = duties_find(&evaluation, "r", said->key, 0);
	ck_assert_msg(duty != NULL, "%s", care_owed(&care, arena, &evaluation));
	ck_assert_str_eq(duty->began_with, said->began_with);
	ck_assert_str_eq(days(arena, duty), said->days);
	ck_assert_str_eq(moment(&care, arena, duty->started_at), said->started_at);
	ck_assert_str_eq(moment(&care, arena, duty->due_at), said->due_at);
	ck_assert_int_eq(duty->fulfilled, said->fulfilled_at != NULL);
	if (said->fulfilled_at) {
		ck_assert_str_eq(moment(&care, arena, duty->fulfilled_at), said->fulfilled_at);
		ck_assert_int_eq(civil_compare(duty->fulfilled_on, zone_date(care.program->policy->zone, duty->fulfilled_at)),
				 0);
	}
	ck_assert_int_eq(duty_begins_another(duty), said->again);
	arena_destroy(arena);
	care_finish(&care);
}
END_TEST

/* The next is the open one that is due first, whatever its place. */
START_TEST(the_next_is_due_first)
{
	struct care care;
	care_init(&care, "care");
	struct arena *arena = arena_create();
	const char *list = care_list(
		arena, "first_service 2026-03-01; referral 2026-03-05; action_plan 2025-12-01; detained 2026-01-01 place=jail");
	struct evaluation evaluation = care_judge(&care, arena, list, "2026-03-08T09:00:00-04:00", NULL, 0);
	ck_assert_str_eq(duties_next(&evaluation)->item->id, "walk.outreach");
	evaluation = care_judge(&care, arena, list, "2026-03-11T09:00:00-04:00", NULL, 0);
	ck_assert_str_eq(duties_next(&evaluation)->item->id, "walk.plan");
	evaluation = care_judge(&care, arena, list, "2026-04-11T09:00:00-04:00", NULL, 0);
	ck_assert_ptr_null(duties_next(&evaluation));
	arena_destroy(arena);
	care_finish(&care);
}
END_TEST

/* One flag, of the first that was missed; what is waived, open or ended raises none. */
START_TEST(a_flag_says_what_was_missed_first)
{
	const char *rule = "'flag':'meeting_late'," PERIODS;
	const struct duty_waiver waived[] = {{"r", "o1"}, {"r", "o1.2"}};
	struct care care;
	care_init_rule(&care, rule);
	struct arena *arena = arena_create();
	const char *list = care_list(arena, "admission 2026-01-05");
	struct evaluation evaluation = care_judge(&care, arena, list, "2026-03-10T09:00:00-04:00", waived, 1);
	ck_assert_uint_eq(evaluation.flag_count, 1);
	ck_assert_str_eq(evaluation.flags[0].code, "meeting_late");
	ck_assert_msg(strstr(evaluation.flags[0].say, "2026-03-06") != NULL, "%s", evaluation.flags[0].say);
	evaluation = care_judge(&care, arena, list, "2026-03-10T09:00:00-04:00", waived, 2);
	ck_assert_uint_eq(evaluation.flag_count, 0);
	evaluation = care_judge(&care, arena, list, "2026-04-20T09:00:00-04:00", NULL, 0);
	ck_assert_uint_eq(evaluation.flag_count, 1);
	ck_assert_msg(strstr(evaluation.flags[0].say, "2026-02-04") != NULL, "%s", evaluation.flags[0].say);
	list = care_list(arena, "admission 2026-01-05; meeting 2026-02-05");
	evaluation = care_judge(&care, arena, list, "2026-02-06T09:00:00-05:00", NULL, 0);
	ck_assert_uint_eq(evaluation.flag_count, 1);
	list = care_list(arena, "admission 2026-01-05; discharge 2026-02-04");
	evaluation = care_judge(&care, arena, list, "2026-02-06T09:00:00-05:00", NULL, 0);
	ck_assert_uint_eq(evaluation.flag_count, 0);
	arena_destroy(arena);
	care_finish(&care);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("duty_follow");
	TCase *tests = tcase_create("duty_follow");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, duties_follow_one_another, 0, ROW_COUNT);
	tcase_add_test(tests, what_nobody_does_is_not_endless);
	tcase_add_test(tests, the_last_missed_period_is_made);
	tcase_add_loop_test(tests, duties_say_their_days, 0, SAYING_COUNT);
	tcase_add_test(tests, the_next_is_due_first);
	tcase_add_test(tests, a_flag_says_what_was_missed_first);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
