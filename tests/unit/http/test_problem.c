/* SPDX-License-Identifier: Apache-2.0 */
#include "http/problem.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>

START_TEST(without_issues)
{
	struct arena *arena = arena_create();
	struct text out;
	struct err err;
	struct issues issues;
	text_init(&out, arena, 0);
	issues_init(&issues, arena);
	err_set(&err, ERR_NOT_FOUND, "no such \"path\"");
	problem_write(&out, &err, &issues, "r-1");
	ck_assert_str_eq(out.data,
			 "{\"type\":\"/problems/not-found\",\"title\":\"There is nothing here for you\",\"status\":404,"
			 "\"detail\":\"no such \\\"path\\\"\",\"request_id\":\"r-1\"}");
	arena_destroy(arena);
}
END_TEST

START_TEST(with_issues)
{
	struct arena *arena = arena_create();
	struct text out;
	struct err err;
	struct issues issues;
	text_init(&out, arena, 0);
	issues_init(&issues, arena);
	issues_add(&issues, "/member/birth_date", "not_a_date", "write YYYY-MM-DD", "30 February is no day");
	issues_add(&issues, "/x", "unknown_member", NULL, "not known");
	issues.omitted = 7;
	err_set(&err, ERR_INVALID, "2 problems");
	problem_write(&out, &err, &issues, "r-2");
	ck_assert_str_eq(out.data,
			 "{\"type\":\"/problems/invalid-body\",\"title\":\"The body was read, but parts of it cannot be used\","
			 "\"status\":422,\"detail\":\"2 problems\",\"errors\":[{\"pointer\":\"/member/birth_date\","
			 "\"code\":\"not_a_date\",\"detail\":\"30 February is no day\",\"fix\":\"write YYYY-MM-DD\"},"
			 "{\"pointer\":\"/x\",\"code\":\"unknown_member\",\"detail\":\"not known\"}],\"errors_omitted\":7,"
			 "\"request_id\":\"r-2\"}");
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("problem");
	TCase *tcase = tcase_create("problem");
	tcase_add_test(tcase, without_issues);
	tcase_add_test(tcase, with_issues);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
