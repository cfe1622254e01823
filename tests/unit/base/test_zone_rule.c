/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone_rule.h"

#include "../run_suite.h"
#include "base/instant.h"

#include <check.h>

enum { H = 3600, M = 60 };

struct rule_row {
	const char *footer;
	const char *instant;
	int offset;
};

static const struct rule_row rules[] = {
	{"<+0530>-5:30", "2026-07-01T00:00:00Z", 5 * H + 30 * M},
	{"LMT7:52:58", "2026-07-01T00:00:00Z", -(7 * H + 52 * M + 58)},
	/* the last Sunday, where the month has four of them and where it has five */
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 1 * H},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 2 * H},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 2 * H},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 1 * H},
	/* southern: summer over the turn of the year */
	{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 11 * H},
	{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T15:59:59Z", 11 * H},
	{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T16:00:00Z", 10 * H},
	{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-10-03T16:00:00Z", 11 * H},
	/* Jn: day 60 is 1 March in every year */
	{"AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59Z", 0},
	{"AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 1 * H},
	{"AAA0BBB,J60/0,J300/0", "2027-03-01T00:00:00Z", 1 * H},
	{"AAA0BBB,J59/0,J300/0", "2028-02-28T00:00:00Z", 1 * H},
	{"AAA0BBB,J59/0,J300/0", "2028-02-27T23:59:59Z", 0},
	/* n: day 59 is 29 February in a leap year, 1 March in another */
	{"AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 1 * H},
	{"AAA0BBB,59/0,300/0", "2028-02-28T23:59:59Z", 0},
	{"AAA0BBB,59/0,300/0", "2027-02-28T23:59:59Z", 0},
	{"AAA0BBB,59/0,300/0", "2027-03-01T00:00:00Z", 1 * H},
	/* summer time of its own length, and winter time that is the exception */
	{"LHST-10:30LHDT-11,M10.1.0,M4.1.0", "2026-01-01T00:00:00Z", 11 * H},
	{"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0},
	{"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 1 * H},
	/* times before and beyond the day */
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -2 * H},
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -1 * H},
	{"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 2 * H},
	{"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 3 * H},
	{"AAA0BBB,J365/167,M6.1.0/0", "2027-01-06T22:59:59Z", 0},
	{"AAA0BBB,J365/167,M6.1.0/0", "2027-01-06T23:00:00Z", 1 * H},
	/* summer all year */
	{"XXX3EDT4,0/0,J365/23", "2026-01-01T03:00:00Z", -4 * H},
	{"XXX3EDT4,0/0,J365/23", "2026-12-31T23:00:00Z", -4 * H},
	{"XXX3EDT4,0/0,J365/23", "2027-01-01T02:59:59Z", -4 * H},
	{"XXX3EDT4,0/0,J365/23", "2027-07-01T00:00:00Z", -4 * H},
	/* beyond every table */
	{"PST8PDT,M3.2.0,M11.1.0", "9999-07-01T00:00:00Z", -7 * H},
	{"PST8PDT,M3.2.0,M11.1.0", "9999-12-31T00:00:00Z", -8 * H},
};

START_TEST(footer_rules)
{
	const struct rule_row *const row = &rules[_i];
	struct zone_rule rule;
	struct instant instant = {0};

	ck_assert_msg(zone_rule_parse(row->footer, &rule), "%s", row->footer);
	ck_assert_msg(instant_parse(row->instant, &instant), "%s", row->instant);
	const int offset = zone_rule_offset(&rule, instant.us / 1000000);
	ck_assert_msg(offset == row->offset, "%s at %s: %d", row->footer, row->instant, offset);
}
END_TEST

static const char *const not_rules[] = {
	"A8",
	"PST",
	"PST8PDT",
	"PST8PDT,M3.2.0",
	"PST8PDT,M3.2.0,M11.1.0,",
	"PST8PDT,M13.2.0,M11.1.0",
	"PST8PDT,M3.6.0,M11.1.0",
	"PST8PDT,M3.0.0,M11.1.0",
	"PST8PDT,M3.2.7,M11.1.0",
	"PST8PDT,J0,J300",
	"PST8PDT,J366,J300",
	"PST8PDT,366,300",
	"PST25",
	"PST8:60",
	"PST8:00:60",
	"PST8PDT,M3.2.0/168,M11.1.0",
	"PST8PDT,M3.2.0/,M11.1.0",
	"<PST8",
	"<>8",
	"PST 8",
	"PST8PDT,M3.2,M11.1.0",
	"PST99999999999999999999",
	"PST-",
};

START_TEST(refuses_footers)
{
	struct zone_rule rule = {.standard = 77};

	ck_assert_msg(!zone_rule_parse(not_rules[_i], &rule), "%s was read", not_rules[_i]);
	ck_assert_int_eq(rule.standard, 77);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("zone_rule");
	TCase *const tcase = tcase_create("zone_rule");

	tcase_add_loop_test(tcase, footer_rules, 0, sizeof(rules) / sizeof(rules[0]));
	tcase_add_loop_test(tcase, refuses_footers, 0, sizeof(not_rules) / sizeof(not_rules[0]));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
