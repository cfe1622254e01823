/* SPDX-License-Identifier: Apache-2.0 */
/* What begins, fulfils and ends a duty where several things happen on one day, belong together, are taken back or begin anew. */
#include "../run_suite.h"
#include "care.h"

#include <check.h>

/* clang-format off */

#define DAYS "'starts':{'occurrence':['referral']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['outreach']}," \
	"'until':{'occurrence':['discharge']}"
#define EACH "'each':true," DAYS
#define PLAIN_EACH "'each':true,'starts':{'occurrence':['referral']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['outreach']}"
#define ALIKE "'each':true,'starts':{'occurrence':['session']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['session']}"
#define CIRCLE(how) how ",'starts':{'occurrence':['session']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['session']}," \
	"'until':{'occurrence':['session']}"
#define ONE_AND_ALL "'starts':{'occurrence':['admission']},'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['contact']}," \
	"'until':{'occurrence':['contact']}"
#define FACILITY "'each':true,'starts':{'occurrence':['admission']},'within':{'calendar_days':5}," \
	"'fulfilled_by':{'occurrence':['meeting'],'same':['facility']},'until':{'occurrence':['discharge'],'same':['facility'],'or':['restart']}"
#define BOTH_SAME "'each':true,'starts':{'occurrence':['admission']},'within':{'calendar_days':5}," \
	"'fulfilled_by':{'occurrence':['meeting'],'same':['facility','setting']}"
#define OR_DONE "'each':true,'starts':{'occurrence':['admission']},'within':{'calendar_days':5}," \
	"'fulfilled_by':{'occurrence':['meeting'],'where':{'with':['hub']},'same':['facility'],'or':['notice']}"
#define OR_BEGUN "'each':true,'starts':{'occurrence':['discharge'],'where':{'setting':['inpatient']},'or':['restart']}," \
	"'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['contact']}"
#define OR_ITSELF "'each':true,'starts':{'occurrence':['discharge'],'where':{'setting':['inpatient']},'or':['discharge']}," \
	"'within':{'calendar_days':5},'fulfilled_by':{'occurrence':['contact']}"
#define ANEW "'anew':true,'starts':{'occurrence':['family_contacted']},'within':{'calendar_days':14}," \
	"'fulfilled_by':{'occurrence':['first_service']},'until':{'occurrence':['last_service']}"
#define ANEW_EARLIER "'anew':true,'starts':{'occurrence':['first_service']},'within':{'calendar_days':30}," \
	"'fulfilled_by':{'occurrence':['action_plan'],'earlier':true},'until':{'occurrence':['last_service']}"
#define EARLIER "'each':true,'starts':{'occurrence':['admission']},'within':{'calendar_days':5}," \
	"'fulfilled_by':{'occurrence':['meeting'],'earlier':true},'until':{'occurrence':['discharge'],'same':['facility']}"
#define DAY "T12:00:00-05:00"

static const struct care_row rows[] = {
	/* on one day */
	{"done on the day, recorded before the start", DAYS, "outreach 2026-02-05; referral 2026-02-05", "2026-02-20" DAY, NULL, "o2#1 2026-02-10 fulfilled by o1"},
	{"done earlier on the day, by its moment", DAYS, "outreach 2026-02-05T08:00:00-05:00; referral 2026-02-05T17:00:00-05:00", "2026-02-20" DAY, NULL,
	 "o2#1 2026-02-10 fulfilled by o1"},
	{"ended on the day of the start", DAYS, "referral 2026-02-05; discharge 2026-02-05", "2026-02-20" DAY, NULL, "o1#1 2026-02-10 ended"},
	{"an end that was recorded before the start of that day", DAYS, "discharge 2026-02-05; referral 2026-02-05", "2026-02-06" DAY, NULL, "o2#1 2026-02-10 open"},
	{"begun, done and ended on one day", DAYS, "referral 2026-02-05; outreach 2026-02-05; discharge 2026-02-05", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-10 fulfilled by o2"},
	{"done, begun and ended on one day", DAYS, "outreach 2026-02-05; referral 2026-02-05; discharge 2026-02-05", "2026-02-20" DAY, NULL,
	 "o2#1 2026-02-10 fulfilled by o1"},
	{"done on the day of the end, recorded before it", DAYS, "referral 2026-02-05; outreach 2026-02-07; discharge 2026-02-07", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-10 fulfilled by o2"},
	{"recorded after it", DAYS, "referral 2026-02-05; discharge 2026-02-07; outreach 2026-02-07", "2026-02-20" DAY, NULL, "o1#1 2026-02-10 ended"},
	{"done and ended on the due day", DAYS, "referral 2026-02-05; outreach 2026-02-10; discharge 2026-02-10", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-10 fulfilled by o2"},
	/* ends */
	{"an end before any start", DAYS, "discharge 2026-02-01; referral 2026-02-05", "2026-02-06" DAY, NULL, "o2#1 2026-02-10 open"},
	{"an end and no start", DAYS, "discharge 2026-02-01; outreach 2026-02-01", "2026-02-06" DAY, NULL, ""},
	{"ended on the due day", DAYS, "referral 2026-02-05; discharge 2026-02-10", "2026-02-12" DAY, NULL, "o1#1 2026-02-10 ended"},
	{"ended the day after", DAYS, "referral 2026-02-05; discharge 2026-02-11", "2026-02-12" DAY, NULL, "o1#1 2026-02-10 overdue +2"},
	{"done after the end", DAYS, "referral 2026-02-05; discharge 2026-02-07; outreach 2026-02-08", "2026-02-20" DAY, NULL, "o1#1 2026-02-10 ended"},
	{"missed, ended, done", DAYS, "referral 2026-02-05; discharge 2026-02-12; outreach 2026-02-13", "2026-02-20" DAY, NULL, "o1#1 2026-02-10 late by o3 +3"},
	{"of several ends the first by day", DAYS, "referral 2026-02-05; discharge 2026-02-20; discharge 2026-02-07", "2026-02-25" DAY, NULL,
	 "o1#1 2026-02-10 ended"},
	{"of an end that is not dated nothing is known", DAYS, "referral 2026-02-05; discharge -", "2026-02-06" DAY, NULL, "o1#1 2026-02-10 open"},
	{"without each only the first start begins, also after an end", DAYS, "referral 2026-02-05; discharge 2026-02-07; referral 2026-02-10",
	 "2026-02-25" DAY, NULL, "o1#1 2026-02-10 ended"},
	/* taken back */
	{"the start", DAYS, "referral 2026-02-05; referral - retracts=o1", "2026-02-20" DAY, NULL, ""},
	{"the start, and the next one counts", DAYS, "referral 2026-02-05; referral 2026-02-09; referral - retracts=o1", "2026-02-12" DAY, NULL,
	 "o2#1 2026-02-14 open"},
	{"what fulfilled it, and the next one counts", DAYS, "referral 2026-02-05; outreach 2026-02-06; outreach 2026-02-11; outreach - retracts=o2",
	 "2026-02-20" DAY, NULL, "o1#1 2026-02-10 late by o3 +1"},
	{"what took it back", DAYS, "referral 2026-02-05; outreach 2026-02-06; outreach - retracts=o2; outreach - retracts=o3", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-10 fulfilled by o2"},
	{"the end", DAYS, "referral 2026-02-05; discharge 2026-02-07; discharge - retracts=o2", "2026-02-08" DAY, NULL, "o1#1 2026-02-10 open"},
	{"the end, in favor of a later one", DAYS, "referral 2026-02-05; discharge 2026-02-07; discharge 2026-02-11 retracts=o2; discharge 2026-02-11",
	 "2026-02-12" DAY, NULL, "o1#1 2026-02-10 overdue +2"},
	/* not yet happened, or of no day */
	{"a start to come", DAYS, "referral 2026-04-01", "2026-02-06" DAY, NULL, "o1#1 2026-04-06 open"},
	{"what is said to come counts as it is said", DAYS, "referral 2026-02-05; outreach 2026-02-09", "2026-02-06" DAY, NULL, "o1#1 2026-02-10 fulfilled by o2"},
	{"an end to come", DAYS, "referral 2026-02-05; discharge 2026-02-09", "2026-02-06" DAY, NULL, "o1#1 2026-02-10 ended"},
	{"a start without a day", DAYS, "referral -", "2026-02-06" DAY, NULL, ""},
	{"done on no day", DAYS, "referral 2026-02-05; outreach -", "2026-02-06" DAY, NULL, "o1#1 2026-02-10 open"},
	/* each */
	{"two starts on one day", PLAIN_EACH, "referral 2026-02-05; referral 2026-02-05; outreach 2026-02-05", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-10 fulfilled by o3; o2#2 2026-02-10 fulfilled by o3"},
	{"one recorded later of an earlier day", PLAIN_EACH, "referral 2026-02-05; referral 2026-02-01", "2026-02-04" DAY, NULL,
	 "o2#1 2026-02-06 open; o1#2 2026-02-10 open"},
	{"what was done between them is the first one's", PLAIN_EACH, "referral 2026-02-01; outreach 2026-02-03; referral 2026-02-05; outreach 2026-02-11",
	 "2026-02-20" DAY, NULL, "o1#1 2026-02-06 fulfilled by o2; o3#2 2026-02-10 late by o4 +1"},
	{"a start after the end", EACH, "referral 2026-02-01; discharge 2026-02-03; referral 2026-02-05", "2026-02-07" DAY, NULL,
	 "o1#1 2026-02-06 ended; o3#2 2026-02-10 open"},
	{"start, end and start on one day", EACH, "referral 2026-02-05; discharge 2026-02-05; referral 2026-02-05", "2026-02-07" DAY, NULL,
	 "o1#1 2026-02-10 ended; o3#2 2026-02-10 open"},
	{"one end of two starts", EACH, "referral 2026-02-01; referral 2026-02-03; discharge 2026-02-04", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-06 ended; o2#2 2026-02-08 ended"},
	/* one occurrence in several parts */
	{"what begins a duty fulfils the one before, not its own", ALIKE, "session 2026-02-01; session 2026-02-05", "2026-02-07" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o2; o2#2 2026-02-10 open"},
	{"two alike on one day", ALIKE, "session 2026-02-05; session 2026-02-05", "2026-02-07" DAY, NULL,
	 "o1#1 2026-02-10 fulfilled by o2; o2#2 2026-02-10 open"},
	{"it begins, and nothing else", CIRCLE("'each':true"), "session 2026-02-01", "2026-02-03" DAY, NULL, "o1#1 2026-02-06 open"},
	{"it fulfils, ends and begins at once", CIRCLE("'each':true"), "session 2026-02-01; session 2026-02-05", "2026-02-07" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o2; o2#2 2026-02-10 open"},
	{"and on the same day", CIRCLE("'each':true"), "session 2026-02-01; session 2026-02-01", "2026-02-03" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o2; o2#2 2026-02-06 open"},
	{"and when it comes late", CIRCLE("'each':true"), "session 2026-02-01; session 2026-02-08", "2026-02-09" DAY, NULL,
	 "o1#1 2026-02-06 late by o2 +2; o2#2 2026-02-13 open"},
	{"anew it begins only after what ended", CIRCLE("'anew':true"), "session 2026-02-01; session 2026-02-05; session 2026-02-07", "2026-02-08" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o2; o3#2 2026-02-12 open"},
	{"it fulfils and ends", ONE_AND_ALL, "admission 2026-02-01; contact 2026-02-05", "2026-02-20" DAY, NULL, "o1#1 2026-02-06 fulfilled by o2"},
	{"it comes late and ends", ONE_AND_ALL, "admission 2026-02-01; contact 2026-02-08", "2026-02-20" DAY, NULL, "o1#1 2026-02-06 late by o2 +2"},
	/* same and or */
	{"the same place", FACILITY, "admission 2026-02-01 facility=A; meeting 2026-02-02 facility=B; meeting 2026-02-03 facility=A", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o3"},
	{"no place at the start is the same as none", FACILITY,
	 "admission 2026-02-01; meeting 2026-02-02; meeting 2026-02-03 facility=A; discharge 2026-02-04; discharge 2026-02-04 facility=A", "2026-02-05" DAY, NULL,
	 "o1#1 2026-02-06 open"},
	{"but what ends whatever the place ends it", FACILITY, "admission 2026-02-01; restart 2026-02-04", "2026-02-05" DAY, NULL, "o1#1 2026-02-06 ended"},
	{"no place at what fulfils and ends", FACILITY, "admission 2026-02-01 facility=A; meeting 2026-02-02; discharge 2026-02-03", "2026-02-05" DAY, NULL,
	 "o1#1 2026-02-06 open"},
	{"two stays at once", FACILITY,
	 "admission 2026-02-01 facility=A; admission 2026-02-01 facility=B; discharge 2026-02-02 facility=B; meeting 2026-02-03 facility=A", "2026-02-05" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o4; o2#2 2026-02-06 ended"},
	{"the first end of the same place", FACILITY, "admission 2026-02-01 facility=A; discharge 2026-02-02 facility=B; discharge 2026-02-09 facility=A",
	 "2026-02-12" DAY, NULL, "o1#1 2026-02-06 overdue +6"},
	{"the same in both members", BOTH_SAME,
	 "admission 2026-02-01 facility=A setting=partial; meeting 2026-02-02 facility=A setting=inpatient; meeting 2026-02-03 facility=B setting=partial; "
	 "meeting 2026-02-04 facility=A setting=partial", "2026-02-20" DAY, NULL, "o1#1 2026-02-06 fulfilled by o4"},
	{"another kind, whatever where and same ask", OR_DONE, "admission 2026-02-01 facility=A; meeting 2026-02-02 facility=A with=family; notice 2026-02-03",
	 "2026-02-20" DAY, NULL, "o1#1 2026-02-06 fulfilled by o3"},
	{"the kind itself as where and same ask", OR_DONE,
	 "admission 2026-02-01 facility=A; meeting 2026-02-02 facility=B with=hub; meeting 2026-02-03 facility=A with=hub", "2026-02-20" DAY, NULL,
	 "o1#1 2026-02-06 fulfilled by o3"},
	{"starts of another kind", OR_BEGUN,
	 "discharge 2026-02-01 setting=residential; restart 2026-02-02; discharge 2026-02-03 setting=inpatient; discharge 2026-02-04", "2026-02-05" DAY, NULL,
	 "o2#1 2026-02-07 open; o3#2 2026-02-08 open"},
	{"a kind that is named twice is meant whatever where asks", OR_ITSELF, "discharge 2026-02-01 setting=residential; discharge 2026-02-02 setting=inpatient",
	 "2026-02-03" DAY, NULL, "o1#1 2026-02-06 open; o2#2 2026-02-07 open"},
	/* anew */
	{"the first start, and the first after the end", ANEW,
	 "family_contacted 2026-01-05; family_contacted 2026-01-07; last_service 2026-01-10; family_contacted 2026-02-01; family_contacted 2026-02-03",
	 "2026-02-04" DAY, NULL, "o1#1 2026-01-19 ended; o4#2 2026-02-15 open"},
	{"on the day of the end, recorded after it", ANEW, "family_contacted 2026-01-05; last_service 2026-01-10; family_contacted 2026-01-10", "2026-01-11" DAY,
	 NULL, "o1#1 2026-01-19 ended; o3#2 2026-01-24 open"},
	{"on the day of the end, recorded before it", ANEW, "family_contacted 2026-01-05; family_contacted 2026-01-10; last_service 2026-01-10",
	 "2026-01-11" DAY, NULL, "o1#1 2026-01-19 ended"},
	{"begun, ended and begun on one day", ANEW, "family_contacted 2026-01-10; last_service 2026-01-10; family_contacted 2026-01-10", "2026-01-11" DAY, NULL,
	 "o1#1 2026-01-24 ended; o3#2 2026-01-24 open"},
	{"several ends", ANEW,
	 "family_contacted 2026-01-05; last_service 2026-01-10; last_service 2026-01-12; family_contacted 2026-01-11; family_contacted 2026-01-13",
	 "2026-01-14" DAY, NULL, "o1#1 2026-01-19 ended; o4#2 2026-01-25 ended; o5#3 2026-01-27 open"},
	{"two ends in a row", ANEW, "family_contacted 2026-01-05; last_service 2026-01-10; last_service 2026-01-12; family_contacted 2026-01-13",
	 "2026-01-14" DAY, NULL, "o1#1 2026-01-19 ended; o4#2 2026-01-27 open"},
	{"no end, no second", ANEW, "family_contacted 2026-01-05; family_contacted 2026-01-25", "2026-01-26" DAY, NULL, "o1#1 2026-01-19 overdue +7"},
	{"an end before any start", ANEW, "last_service 2026-01-01; family_contacted 2026-01-05", "2026-01-06" DAY, NULL, "o2#1 2026-01-19 open"},
	{"what was done before the end is not done again", ANEW,
	 "family_contacted 2026-01-05; first_service 2026-01-06; last_service 2026-01-10; family_contacted 2026-02-01", "2026-02-02" DAY, NULL,
	 "o1#1 2026-01-19 fulfilled by o2; o4#2 2026-02-15 open"},
	{"what comes after the new start is not the old one's", ANEW,
	 "family_contacted 2026-01-05; last_service 2026-01-10; family_contacted 2026-01-12; first_service 2026-01-13", "2026-01-14" DAY, NULL,
	 "o1#1 2026-01-19 ended; o3#2 2026-01-26 fulfilled by o4"},
	{"the end taken back", ANEW, "family_contacted 2026-01-05; last_service 2026-01-10; family_contacted 2026-02-01; last_service - retracts=o2",
	 "2026-02-02" DAY, NULL, "o1#1 2026-01-19 overdue +14"},
	{"the first start taken back", ANEW, "family_contacted 2026-01-05; last_service 2026-01-10; family_contacted 2026-02-01; family_contacted - retracts=o1",
	 "2026-02-02" DAY, NULL, "o3#1 2026-02-15 open"},
	/* earlier */
	{"from before the start", ANEW_EARLIER, "action_plan 2026-01-02; first_service 2026-01-05", "2026-01-06" DAY, NULL, "o2#1 2026-02-04 fulfilled by o1"},
	{"each course has its own", ANEW_EARLIER,
	 "action_plan 2026-01-02; first_service 2026-01-05; last_service 2026-01-20; action_plan 2026-01-25; first_service 2026-02-01", "2026-02-02" DAY, NULL,
	 "o2#1 2026-02-04 fulfilled by o1; o5#2 2026-03-03 fulfilled by o4"},
	{"that of the course before is none", ANEW_EARLIER, "action_plan 2026-01-02; first_service 2026-01-05; last_service 2026-01-20; first_service 2026-02-01",
	 "2026-02-02" DAY, NULL, "o2#1 2026-02-04 fulfilled by o1; o4#2 2026-03-03 open"},
	{"on the day of the end, recorded before it", ANEW_EARLIER,
	 "action_plan 2026-01-02; first_service 2026-01-05; action_plan 2026-01-20; last_service 2026-01-20; first_service 2026-01-20", "2026-01-21" DAY, NULL,
	 "o2#1 2026-02-04 fulfilled by o1; o5#2 2026-02-19 open"},
	{"recorded after it", ANEW_EARLIER,
	 "action_plan 2026-01-02; first_service 2026-01-05; last_service 2026-01-20; action_plan 2026-01-20; first_service 2026-01-20", "2026-01-21" DAY, NULL,
	 "o2#1 2026-02-04 fulfilled by o1; o5#2 2026-02-19 fulfilled by o4"},
	{"back to the end of the same place only", EARLIER,
	 "meeting 2026-01-02; discharge 2026-01-05 facility=B; admission 2026-01-10 facility=A", "2026-01-11" DAY, NULL, "o3#1 2026-01-15 fulfilled by o1"},
	{"and not beyond it", EARLIER, "meeting 2026-01-02; discharge 2026-01-05 facility=A; admission 2026-01-10 facility=A", "2026-01-11" DAY, NULL,
	 "o3#1 2026-01-15 open"},
	{"one from before for two starts", EARLIER, "meeting 2026-01-02; admission 2026-01-10 facility=A; admission 2026-01-12 facility=B", "2026-01-13" DAY, NULL,
	 "o2#1 2026-01-15 fulfilled by o1; o3#2 2026-01-17 fulfilled by o1"},
};

/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(what_happens_has_an_order)
{
	care_try(&rows[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("duty_order");
	TCase *tests = tcase_create("duty_order");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, what_happens_has_an_order, 0, ROW_COUNT);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
