/* SPDX-License-Identifier: Apache-2.0 */
#include "review/skip_list.h"

#include "../run_suite.h"

#include <check.h>
#include <stdint.h>
#include <stdio.h>

static const struct instant never = {INT64_MAX};
static const struct instant now = {1000};

START_TEST(an_empty_list)
{
	struct skip_list list = {.items = NULL};
	ck_assert(!skip_list_has(&list, "req_1", now));
	skip_list_clear(&list);
	skip_list_finish(&list);
}
END_TEST

START_TEST(for_good_and_for_a_while)
{
	struct skip_list list = {.items = NULL};
	skip_list_add(&list, "req_2", never);
	skip_list_add(&list, "req_1", (struct instant){1001});
	ck_assert(skip_list_has(&list, "req_2", now));
	ck_assert(skip_list_has(&list, "req_1", now));
	ck_assert(!skip_list_has(&list, "req_1", (struct instant){1001}));
	ck_assert(!skip_list_has(&list, "req_0", now));
	ck_assert(!skip_list_has(&list, "req_3", now));
	skip_list_add(&list, "req_1", never);
	ck_assert(skip_list_has(&list, "req_1", (struct instant){1001}));
	ck_assert_uint_eq(list.count, 2);
	skip_list_clear(&list);
	ck_assert(!skip_list_has(&list, "req_2", now));
	skip_list_finish(&list);
}
END_TEST

START_TEST(many_in_any_order)
{
	enum { COUNT = 1000, STRIDE = 337 /* shares no factor with COUNT */ };
	struct skip_list list = {.items = NULL};
	char id[16];
	for (int i = 0; i < COUNT; i++) {
		(void)snprintf(id, sizeof(id), "req_%04d", i * STRIDE % COUNT * 2);
		skip_list_add(&list, id, never);
	}
	ck_assert_uint_eq(list.count, COUNT);
	for (int i = 0; i < COUNT * 2; i++) {
		(void)snprintf(id, sizeof(id), "req_%04d", i);
		ck_assert_msg(skip_list_has(&list, id, now) == (i % 2 == 0), "%s", id);
	}
	skip_list_finish(&list);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("skip_list");
	TCase *tests = tcase_create("skip_list");
	tcase_add_test(tests, an_empty_list);
	tcase_add_test(tests, for_good_and_for_a_while);
	tcase_add_test(tests, many_in_any_order);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
