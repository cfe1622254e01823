/* SPDX-License-Identifier: Apache-2.0 */
/* On which day and at which moment a duty is due, is missed and is late: in the zone, over changed clocks, holidays and leap days. */
#include "../run_suite.h"
#include "care.h"

#include <check.h>

/* clang-format off */

#define DAYS "'starts':{'occurrence':['referral']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['outreach']}"
#define HOURS(n) "'each':true,'starts':{'occurrence':['asked']},'within':{'hours':" #n "}," \
	"'fulfilled_by':{'occurrence':['answered'],'same':['number']}"
#define BUSINESS "'each':true,'starts':{'occurrence':['discharge']},'within':{'business_days':2},'fulfilled_by':{'occurrence':['contact']}"
#define BUSINESS_EVERY "'starts':{'occurrence':['action_plan']},'every':{'business_days':5},'fulfilled_by':{'occurrence':['action_plan']}"
#define YEARS "'starts':{'occurrence':['first_service']},'every':{'years':1},'fulfilled_by':{'occurrence':['action_plan']}"
#define WEEKS "'starts':{'occurrence':['session']},'periods':'calendar_weeks','fulfilled_by':{'occurrence':['contact']}," \
	"'until':{'occurrence':['discharge']}"
#define SAME_DAY(more) "'starts':{'occurrence':['last_service']},'same_day':true,'fulfilled_by':{'occurrence':['plan_given']" more "}," \
	"'until':{'occurrence':['discharge']}"
#define NO_TIME "'starts':{'occurrence':['detained']},'fulfilled_by':{'occurrence':['notice']},'until':{'occurrence':['released']}"
#define AHEAD(which) "'starts':{'occurrence':['discharge_planned'],'day':'planned_on'" which "},'within':{'calendar_days':45},'ahead':true," \
	"'fulfilled_by':{'occurrence':['meeting']},'until':{'occurrence':['discharge']}"
#define LATEST ",'which':'latest'"
#define AHEAD_BUSINESS "'starts':{'occurrence':['restart'],'day':'planned_on'},'within':{'business_days':3},'ahead':true," \
	"'fulfilled_by':{'occurrence':['notice']}"

static const struct care_row rows[] = {
	/* days, in the zone of the policy (New York) */
	{"the last second of the due day", DAYS, "referral 2026-03-05", "2026-03-10T23:59:59-04:00", NULL, "o1#1 2026-03-10 open"},
	{"the day after", DAYS, "referral 2026-03-05", "2026-03-11T00:00:00-04:00", NULL, "o1#1 2026-03-10 overdue +1"},
	{"that moment written in another zone", DAYS, "referral 2026-03-05", "2026-03-11T03:59:59Z", NULL, "o1#1 2026-03-10 open"},
	{"missed for days", DAYS, "referral 2026-03-05", "2026-03-15T12:00:00-04:00", NULL, "o1#1 2026-03-10 overdue +5"},
	{"moments belong to their local day", DAYS, "referral 2026-03-06T04:30:00Z; outreach 2026-03-11T03:59:59Z", "2026-03-12T09:00:00-04:00", NULL,
	 "o1#1 2026-03-10 fulfilled by o2"},
	{"the first moment of the day after", DAYS, "referral 2026-03-06T04:30:00Z; outreach 2026-03-11T04:00:00Z", "2026-03-12T09:00:00-04:00", NULL,
	 "o1#1 2026-03-10 late by o2 +1"},
	{"in the last half second of the due day", DAYS, "referral 2026-03-05; outreach 2026-03-10T23:59:59.500000-04:00", "2026-03-12T09:00:00-04:00", NULL,
	 "o1#1 2026-03-10 fulfilled by o2"},
	{"the first moment of a day begins there", DAYS, "referral 2026-03-06T05:00:00Z", "2026-03-07T09:00:00-05:00", NULL, "o1#1 2026-03-11 open"},
	{"the day before the start", DAYS, "outreach 2026-03-04; referral 2026-03-05", "2026-03-06T09:00:00-05:00", NULL, "o2#1 2026-03-10 open"},
	{"due on a day of 23 hours", DAYS, "referral 2026-03-03", "2026-03-09T03:59:59Z", NULL, "o1#1 2026-03-08 open"},
	{"after a day of 23 hours", DAYS, "referral 2026-03-03", "2026-03-09T04:00:00Z", NULL, "o1#1 2026-03-08 overdue +1"},
	{"due on a day of 25 hours", DAYS, "referral 2026-10-27", "2026-11-02T04:59:59Z", NULL, "o1#1 2026-11-01 open"},
	{"after a day of 25 hours", DAYS, "referral 2026-10-27", "2026-11-02T05:00:00Z", NULL, "o1#1 2026-11-01 overdue +1"},
	{"done in the last hour of a day of 25", DAYS, "referral 2026-10-27; outreach 2026-11-02T04:59:59Z", "2026-11-03T09:00:00-05:00", NULL,
	 "o1#1 2026-11-01 fulfilled by o2"},
	{"over the end of February", DAYS, "referral 2026-02-26", "2026-02-27T09:00:00-05:00", NULL, "o1#1 2026-03-03 open"},
	{"over a leap day", DAYS, "referral 2028-02-26", "2028-02-27T09:00:00-05:00", NULL, "o1#1 2028-03-02 open"},
	/* hours */
	{"two hours over the hour that is skipped", HOURS(2),
	 "asked 2026-03-08T01:30:00-05:00 number=q; answered 2026-03-08T04:30:00-04:00 number=q", "2026-03-08T12:00:00-04:00", NULL,
	 "o1#1 2026-03-08T04:30:00-04:00 fulfilled by o2"},
	{"a second more", HOURS(2),
	 "asked 2026-03-08T01:30:00-05:00 number=q; answered 2026-03-08T04:30:01-04:00 number=q", "2026-03-08T12:00:00-04:00", NULL,
	 "o1#1 2026-03-08T04:30:00-04:00 late by o2 +0"},
	{"two hours over the hour that comes twice", HOURS(2), "asked 2026-11-01T00:30:00-04:00", "2026-11-01T01:30:00-05:00", NULL,
	 "o1#1 2026-11-01T01:30:00-05:00 open"},
	{"a second after them", HOURS(2), "asked 2026-11-01T00:30:00-04:00", "2026-11-01T01:30:01-05:00", NULL,
	 "o1#1 2026-11-01T01:30:00-05:00 overdue +0"},
	{"the first of two like moments", HOURS(2), "asked 2026-11-01T01:30:00-04:00", "2026-11-01T01:45:00-04:00", NULL,
	 "o1#1 2026-11-01T02:30:00-05:00 open"},
	{"the second of them", HOURS(2), "asked 2026-11-01T01:30:00-05:00", "2026-11-01T01:45:00-05:00", NULL,
	 "o1#1 2026-11-01T03:30:00-05:00 open"},
	{"the second comes after the first", HOURS(2),
	 "asked 2026-11-01T01:30:00-05:00 number=q; answered 2026-11-01T01:40:00-04:00 number=q", "2026-11-01T02:00:00-05:00", NULL,
	 "o1#1 2026-11-01T03:30:00-05:00 open"},
	{"24 hours over a day of 23", HOURS(24), "asked 2026-03-07T12:00:00-05:00", "2026-03-07T13:00:00-05:00", NULL,
	 "o1#1 2026-03-08T13:00:00-04:00 open"},
	{"24 hours over a day of 25", HOURS(24), "asked 2026-10-31T12:00:00-04:00", "2026-10-31T13:00:00-04:00", NULL,
	 "o1#1 2026-11-01T11:00:00-05:00 open"},
	{"an hour over midnight, missed on the day itself", HOURS(1), "asked 2026-03-05T23:30:00-05:00", "2026-03-06T00:30:01-05:00", NULL,
	 "o1#1 2026-03-06T00:30:00-05:00 overdue +0"},
	{"and on the next", HOURS(1), "asked 2026-03-05T23:30:00-05:00", "2026-03-07T00:00:00-05:00", NULL, "o1#1 2026-03-06T00:30:00-05:00 overdue +1"},
	{"a second before the question", HOURS(2),
	 "asked 2026-03-05T10:00:00-05:00 number=q; answered 2026-03-05T09:59:59-05:00 number=q", "2026-03-05T12:00:00-05:00", NULL,
	 "o1#1 2026-03-05T12:00:00-05:00 open"},
	{"in the moment of the question, recorded before it", HOURS(2),
	 "answered 2026-03-05T10:00:00-05:00 number=q; asked 2026-03-05T10:00:00-05:00 number=q", "2026-03-05T13:00:00-05:00", NULL,
	 "o2#1 2026-03-05T12:00:00-05:00 fulfilled by o1"},
	{"moments are compared, not their texts", HOURS(2),
	 "asked 2026-03-05T15:00:00Z number=q; answered 2026-03-05T18:00:00+01:00 number=q", "2026-03-05T13:00:00-05:00", NULL,
	 "o1#1 2026-03-05T12:00:00-05:00 fulfilled by o2"},
	{"the first answer by its moment, not by its record", HOURS(2),
	 "asked 2026-03-05T10:00:00-05:00 number=q; answered 2026-03-05T11:30:00-05:00 number=q; answered 2026-03-05T11:00:00-05:00 number=q",
	 "2026-03-05T13:00:00-05:00", NULL, "o1#1 2026-03-05T12:00:00-05:00 fulfilled by o3"},
	{"a bare day begins no hours", HOURS(2), "asked 2026-03-05 number=q", "2026-03-05T12:00:00-05:00", NULL, ""},
	{"a bare day fulfils none", HOURS(2), "asked 2026-03-05T10:00:00-05:00 number=q; answered 2026-03-05 number=q", "2026-03-05T11:00:00-05:00", NULL,
	 "o1#1 2026-03-05T12:00:00-05:00 open"},
	/* business days */
	{"over a holiday and a weekend", BUSINESS, "discharge 2026-07-02", "2026-07-07T23:59:59-04:00", NULL, "o1#1 2026-07-07 open"},
	{"the day after them", BUSINESS, "discharge 2026-07-02", "2026-07-08T00:00:00-04:00", NULL, "o1#1 2026-07-07 overdue +1"},
	{"from a holiday, a weekend and a Monday", BUSINESS,
	 "discharge 2026-07-03; discharge 2026-07-04; discharge 2026-07-05; discharge 2026-07-06", "2026-07-06T12:00:00-04:00", NULL,
	 "o1#1 2026-07-07 open; o2#2 2026-07-07 open; o3#3 2026-07-07 open; o4#4 2026-07-08 open"},
	{"done on the holiday", BUSINESS, "discharge 2026-07-02; contact 2026-07-03", "2026-07-08T12:00:00-04:00", NULL, "o1#1 2026-07-07 fulfilled by o2"},
	{"late by the days between, whatever they are", BUSINESS, "discharge 2026-07-08; contact 2026-07-13", "2026-07-14T12:00:00-04:00", NULL,
	 "o1#1 2026-07-10 late by o2 +3"},
	{"every five business days", BUSINESS_EVERY, "action_plan 2026-11-25", "2026-12-04T12:00:00-05:00", "o1",
	 "o1#1 2026-12-03 waived; o1.2#2 2026-12-10 open"},
	{"business days ahead, over a holiday and a weekend", AHEAD_BUSINESS, "restart 2026-12-10 planned_on=2026-12-28", "2026-12-11T12:00:00-05:00", NULL,
	 "o1#1 2026-12-22 open"},
	{"ahead of a Saturday", AHEAD_BUSINESS, "restart 2026-06-10 planned_on=2026-07-04", "2026-06-11T12:00:00-04:00", NULL, "o1#1 2026-06-30 open"},
	{"ahead of a holiday", AHEAD_BUSINESS, "restart 2026-12-10 planned_on=2026-12-25", "2026-12-11T12:00:00-05:00", NULL, "o1#1 2026-12-22 open"},
	/* ahead */
	{"on the 45th day ahead", AHEAD(LATEST), "discharge_planned 2026-06-01 planned_on=2026-09-30; meeting 2026-08-16", "2026-08-20T12:00:00-04:00", NULL,
	 "o1#1 2026-08-16 fulfilled by o2"},
	{"on the 44th", AHEAD(LATEST), "discharge_planned 2026-06-01 planned_on=2026-09-30; meeting 2026-08-17", "2026-08-20T12:00:00-04:00", NULL,
	 "o1#1 2026-08-16 late by o2 +1"},
	{"ahead over a leap day", AHEAD(LATEST), "discharge_planned 2028-01-10 planned_on=2028-04-14", "2028-01-11T12:00:00-05:00", NULL, "o1#1 2028-02-29 open"},
	{"ahead over the end of another February", AHEAD(LATEST), "discharge_planned 2027-01-10 planned_on=2027-04-14", "2027-01-11T12:00:00-05:00", NULL,
	 "o1#1 2027-02-28 open"},
	{"planned when the day has passed", AHEAD(LATEST), "discharge_planned 2026-06-01 planned_on=2026-06-20", "2026-06-02T12:00:00-04:00", NULL,
	 "o1#1 2026-05-06 overdue +27"},
	{"and done at once", AHEAD(LATEST), "discharge_planned 2026-06-01 planned_on=2026-06-20; meeting 2026-06-01", "2026-06-02T12:00:00-04:00", NULL,
	 "o1#1 2026-05-06 late by o2 +26"},
	{"on the day of the plan, recorded before it", AHEAD(LATEST), "meeting 2026-06-01; discharge_planned 2026-06-01 planned_on=2026-09-30",
	 "2026-06-02T12:00:00-04:00", NULL, "o2#1 2026-08-16 fulfilled by o1"},
	{"on the day before the plan", AHEAD(LATEST), "meeting 2026-05-31; discharge_planned 2026-06-01 planned_on=2026-09-30", "2026-06-02T12:00:00-04:00", NULL,
	 "o2#1 2026-08-16 open"},
	{"a plan that moves keeps what was done since the first", AHEAD(LATEST),
	 "discharge_planned 2026-06-01 planned_on=2026-09-30; meeting 2026-06-10; discharge_planned 2026-08-20 planned_on=2026-10-31",
	 "2026-08-21T12:00:00-04:00", NULL, "o3#1 2026-09-16 fulfilled by o2"},
	{"the latest is what happened last, not what was recorded last", AHEAD(LATEST),
	 "discharge_planned 2026-08-20 planned_on=2026-10-31; discharge_planned 2026-06-01 planned_on=2026-09-30; meeting 2026-06-10",
	 "2026-08-21T12:00:00-04:00", NULL, "o1#1 2026-09-16 fulfilled by o3"},
	{"of one day what was recorded last", AHEAD(LATEST),
	 "discharge_planned 2026-06-01 planned_on=2026-10-31; discharge_planned 2026-06-01 planned_on=2026-09-30", "2026-06-02T12:00:00-04:00", NULL,
	 "o2#1 2026-08-16 open"},
	{"whichever of its days is later", AHEAD(LATEST),
	 "discharge_planned 2026-06-01 planned_on=2026-09-30; discharge_planned 2026-06-01 planned_on=2026-10-31", "2026-06-02T12:00:00-04:00", NULL,
	 "o2#1 2026-09-16 open"},
	{"a plan taken back", AHEAD(LATEST),
	 "discharge_planned 2026-06-01 planned_on=2026-09-30; discharge_planned 2026-06-20 planned_on=2026-10-31; discharge_planned - retracts=o2",
	 "2026-06-21T12:00:00-04:00", NULL, "o1#1 2026-08-16 open"},
	{"the first plan taken back", AHEAD(LATEST),
	 "discharge_planned 2026-06-01 planned_on=2026-09-30; meeting 2026-06-10; discharge_planned 2026-06-20 planned_on=2026-10-31; "
	 "discharge_planned - retracts=o1", "2026-06-21T12:00:00-04:00", NULL, "o3#1 2026-09-16 open"},
	{"without latest the first of the days", AHEAD(""),
	 "discharge_planned 2026-06-01 planned_on=2026-09-30; discharge_planned 2026-06-05 planned_on=2026-08-31", "2026-06-06T12:00:00-04:00", NULL,
	 "o2#1 2026-07-17 open"},
	{"and what was done since its own plan", AHEAD(""),
	 "discharge_planned 2026-06-01 planned_on=2026-09-30; meeting 2026-06-03; discharge_planned 2026-06-05 planned_on=2026-08-31",
	 "2026-06-06T12:00:00-04:00", NULL, "o3#1 2026-07-17 open"},
	{"a plan without its day", AHEAD(LATEST), "discharge_planned 2026-06-01", "2026-06-02T12:00:00-04:00", NULL, ""},
	{"left on the due day", AHEAD(LATEST), "discharge_planned 2026-06-01 planned_on=2026-09-30; discharge 2026-08-16", "2026-08-20T12:00:00-04:00", NULL,
	 "o1#1 2026-08-16 ended"},
	{"left the day after", AHEAD(LATEST), "discharge_planned 2026-06-01 planned_on=2026-09-30; discharge 2026-08-17", "2026-08-20T12:00:00-04:00", NULL,
	 "o1#1 2026-08-16 overdue +4"},
	{"left before it was planned", AHEAD(LATEST), "discharge 2026-05-31; discharge_planned 2026-06-01 planned_on=2026-09-30", "2026-06-20T12:00:00-04:00", NULL,
	 "o2#1 2026-08-16 open"},
	/* years */
	{"a year from a leap day", YEARS, "first_service 2028-02-29", "2028-03-01T12:00:00-05:00", NULL, "o1#1 2029-02-28 open"},
	{"the day after its anniversary", YEARS, "first_service 2028-02-29", "2029-03-01T00:00:00-05:00", NULL, "o1#1 2029-02-28 overdue +1"},
	{"a year into a leap year", YEARS, "first_service 2027-02-28", "2027-03-01T12:00:00-05:00", NULL, "o1#1 2028-02-28 open"},
	{"a year over a leap day", YEARS, "first_service 2027-03-01; action_plan 2028-03-01", "2028-03-02T12:00:00-05:00", NULL,
	 "o1#1 2028-03-01 fulfilled by o2; o2#2 2029-03-01 open"},
	/* calendar weeks */
	{"what comes before the first whole week", WEEKS, "session 2026-03-05; contact 2026-03-06; contact 2026-03-15", "2026-03-15T12:00:00-04:00", NULL,
	 "o1#1 2026-03-15 fulfilled by o3"},
	{"from a Sunday", WEEKS, "session 2026-03-08", "2026-03-09T12:00:00-04:00", NULL, "o1#1 2026-03-15 open"},
	{"from a Monday, and what was recorded of it before", WEEKS, "contact 2026-03-09; session 2026-03-09", "2026-03-09T12:00:00-04:00", NULL,
	 "o2#1 2026-03-15 fulfilled by o1"},
	{"a week that ends when clocks change", WEEKS, "session 2026-03-02", "2026-03-09T03:59:59Z", NULL, "o1#1 2026-03-08 open"},
	{"and is over", WEEKS, "session 2026-03-02", "2026-03-09T04:00:00Z", NULL, "o1#1 2026-03-08 overdue +1; o1.2#2 2026-03-15 open"},
	{"done in its last second", WEEKS, "session 2026-03-02; contact 2026-03-09T03:59:59Z", "2026-03-09T12:00:00-04:00", NULL,
	 "o1#1 2026-03-08 fulfilled by o2; o1.2#2 2026-03-15 open"},
	{"done in the first moment of the next", WEEKS, "session 2026-03-02; contact 2026-03-09T04:00:00Z", "2026-03-09T12:00:00-04:00", NULL,
	 "o1#1 2026-03-08 late by o2 +1; o1.2#2 2026-03-15 fulfilled by o2"},
	{"over the turn of the year", WEEKS, "session 2026-12-30", "2026-12-31T12:00:00-05:00", NULL, "o1#1 2027-01-10 open"},
	{"left before the first week began", WEEKS, "session 2026-03-05; discharge 2026-03-06", "2026-03-20T12:00:00-04:00", NULL, ""},
	{"left on its first day", WEEKS, "session 2026-03-05; discharge 2026-03-09", "2026-03-20T12:00:00-04:00", NULL, "o1#1 2026-03-15 ended"},
	/* on the day itself */
	{"up to midnight", SAME_DAY(""), "last_service 2026-05-20T23:30:00-04:00", "2026-05-20T23:59:59-04:00", NULL, "o1#1 2026-05-20 open"},
	{"after midnight", SAME_DAY(""), "last_service 2026-05-20T23:30:00-04:00", "2026-05-21T00:00:00-04:00", NULL, "o1#1 2026-05-20 overdue +1"},
	{"on the day, recorded before", SAME_DAY(""), "plan_given 2026-05-20; last_service 2026-05-20", "2026-05-22T12:00:00-04:00", NULL,
	 "o2#1 2026-05-20 fulfilled by o1"},
	{"two days later", SAME_DAY(""), "last_service 2026-05-20; plan_given 2026-05-22", "2026-05-22T12:00:00-04:00", NULL, "o1#1 2026-05-20 late by o2 +2"},
	{"the day before", SAME_DAY(""), "plan_given 2026-05-19; last_service 2026-05-20", "2026-05-20T12:00:00-04:00", NULL, "o2#1 2026-05-20 open"},
	{"the day before, where what came earlier counts", SAME_DAY(",'earlier':true"), "plan_given 2026-05-19; last_service 2026-05-20",
	 "2026-05-20T12:00:00-04:00", NULL, "o2#1 2026-05-20 fulfilled by o1"},
	{"ended on the day", SAME_DAY(""), "last_service 2026-05-20; discharge 2026-05-20", "2026-05-22T12:00:00-04:00", NULL, "o1#1 2026-05-20 ended"},
	{"ended the day after", SAME_DAY(""), "last_service 2026-05-20; discharge 2026-05-21", "2026-05-22T12:00:00-04:00", NULL, "o1#1 2026-05-20 overdue +2"},
	/* without a time */
	{"open for years", NO_TIME, "detained 2020-05-20", "2026-05-22T12:00:00-04:00", NULL, "o1#1 - open"},
	{"done after years", NO_TIME, "detained 2020-05-20; notice 2026-05-20", "2026-05-22T12:00:00-04:00", NULL, "o1#1 - fulfilled by o2"},
	{"ended after years", NO_TIME, "detained 2020-05-20; released 2026-05-20; notice 2026-05-21", "2026-05-22T12:00:00-04:00", NULL, "o1#1 - ended"},
	{"waived", NO_TIME, "detained 2020-05-20; released 2026-05-20", "2026-05-22T12:00:00-04:00", "o1", "o1#1 - waived"},
};

/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(duties_are_due_to_the_day)
{
	care_try(&rows[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("duty_due");
	TCase *tests = tcase_create("duty_due");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, duties_are_due_to_the_day, 0, ROW_COUNT);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
