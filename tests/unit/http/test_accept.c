/* SPDX-License-Identifier: Apache-2.0 */
#include "http/accept.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>

static const struct {
	const char *accept;
	const char *type;
	int quality;
} rows[] = {
	{NULL, "application/json", 1000},
	{"", "application/json", 1000},
	{"*/*", "text/html", 1000},
	{"application/json", "application/json", 1000},
	{"APPLICATION/JSON", "application/json", 1000},
	{"application/json", "text/html", 0},
	{"application/*", "application/problem+json", 1000},
	{"application/*", "text/html", 0},
	{"text/html, application/json;q=0.5", "application/json", 500},
	{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json", 800},
	{"*/*;q=0.1, text/*;q=0.2, text/html;q=0.3", "text/html", 300},
	{"text/html;q=0.3, text/*;q=0.2, */*;q=0.1", "text/csv", 200},
	{"text/html;q=0, */*", "text/html", 0},
	{"text/html;q=0.001", "text/html", 1},
	{"text/html;level=1;q=0.25", "text/html", 250},
	{"text/html ; q=0.5 , */*", "text/html", 500},
	{"text/html;q=2", "text/html", 1000},
	{"text/html;q=1.000", "text/html", 1000},
	{"text/htmlx", "text/html", 0},
	{"text/htm", "text/html", 0},
	{",,", "text/html", 1000},
	{"nonsense", "text/html", 0},
};

START_TEST(quality)
{
	ck_assert_msg(accept_quality(rows[_i].accept, rows[_i].type) == rows[_i].quality, "%s for %s: %d",
		      rows[_i].accept != NULL ? rows[_i].accept : "(none)", rows[_i].type,
		      accept_quality(rows[_i].accept, rows[_i].type));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("accept");
	TCase *tcase = tcase_create("accept");
	tcase_add_loop_test(tcase, quality, 0, sizeof(rows) / sizeof(rows[0]));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
