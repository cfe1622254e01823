/* SPDX-License-Identifier: Apache-2.0 */
#include "http/query.h"

#include "../run_suite.h"
#include "http/router.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text;
	size_t count;
	const char *a; /* value of "a"; NULL: none */
} rows[] = {
	{NULL, 0, NULL},
	{"", 0, NULL},
	{"&&", 0, NULL},
	{"a", 1, ""},
	{"a=", 1, ""},
	{"a=1", 1, "1"},
	{"b=2&a=1", 2, "1"},
	{"a=1&a=2", 2, "1"},
	{"a=1=2", 1, "1=2"},
	{"a=1+2%2B3", 1, "1 2+3"},
	{"%61=%C3%A9", 1, "\xc3\xa9"},
	{"a=%FF", 1, NULL},
	{"A=1", 1, NULL},
	{"=1", 1, NULL},
	{"a=x&", 1, "x"},
	{"aa=1", 1, NULL},
};

START_TEST(row)
{
	struct arena *arena = arena_create();
	const struct query *query = query_parse(arena, rows[_i].text);
	const char *value = query_value(query, "a");
	const char *name = rows[_i].text != NULL ? rows[_i].text : "(none)";
	ck_assert_msg(query->count == rows[_i].count, "%s: %zu", name, query->count);
	ck_assert_msg((value == NULL) == (rows[_i].a == NULL), "%s: %s", name, value != NULL ? value : "(none)");
	ck_assert_msg(value == NULL || strcmp(value, rows[_i].a) == 0, "%s: %s", name, value);
	arena_destroy(arena);
}
END_TEST

START_TEST(decoding)
{
	struct arena *arena = arena_create();
	ck_assert_str_eq(percent_decode(arena, "a+b", 3, false), "a+b");
	ck_assert_str_eq(percent_decode(arena, "a+b", 3, true), "a b");
	ck_assert_str_eq(percent_decode(arena, "%41%4a%4A", 9, false), "AJJ");
	ck_assert_str_eq(percent_decode(arena, "%41%4a", 3, false), "A");
	ck_assert_ptr_null(percent_decode(arena, "%C3", 3, false));
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query");
	TCase *tcase = tcase_create("query");
	tcase_add_loop_test(tcase, row, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tcase, decoding);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
