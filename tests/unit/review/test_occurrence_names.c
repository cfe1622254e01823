/* SPDX-License-Identifier: Apache-2.0 */
#include "review/occurrence_names.h"

#include "../run_suite.h"

#include <check.h>
#include <string.h>

static struct arena *arena;

static void set_up(void)
{
	arena = arena_create();
}

static void tear_down(void)
{
	arena_destroy(arena);
}

static const struct json *parsed(const char *text)
{
	struct err err = {0};
	const struct json *node = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	ck_assert_msg(node != NULL, "%s", err.detail);
	return node;
}

static void expect_ids(const char *before, const char *added, const char *wanted)
{
	char found[200] = "";
	const struct occurrence_names names =
		occurrence_names(arena, before != NULL ? parsed(before) : NULL, added != NULL ? parsed(added) : NULL);
	for (size_t i = 0; i < names.count; i++) {
		(void)strncat(found, names.ids[i], sizeof(found) - strlen(found) - 1);
		(void)strncat(found, " ", sizeof(found) - strlen(found) - 1);
	}
	ck_assert_str_eq(found, wanted);
}

START_TEST(names_are_given)
{
	expect_ids(NULL, NULL, "");
	expect_ids(NULL, "[{}, {}]", "o1 o2 ");
	expect_ids("[{\"id\":\"o1\"}]", "[{}, {\"id\":\"\"}]", "o1 o2 o3 ");
	expect_ids("[{\"id\":\"visit\"}, {\"id\":\"o3\"}]", "[{}, {}]", "visit o3 o4 o5 ");
	expect_ids("[{\"id\":\"o1\"}]", "[{}, {\"id\":\"o2\"}]", "o1 o3 o2 ");
}
END_TEST

START_TEST(only_what_stands_before_is_found)
{
	const struct json *added = parsed("[{\"id\":\"a\"}, {\"id\":\"b\"}]");
	const struct json *last = json_next(json_first(added));
	const struct occurrence_names names = occurrence_names(arena, NULL, added);
	ck_assert_ptr_eq(occurrence_named(&names, "a", last), json_first(added));
	ck_assert_ptr_null(occurrence_named(&names, "b", last));
	ck_assert_ptr_eq(occurrence_named(&names, "b", NULL), last);
}
END_TEST

START_TEST(what_was_retracted_retracts_nothing)
{
	const struct json *before = parsed("[{\"id\":\"a\"}, {\"id\":\"b\",\"retracts\":\"a\"}]");
	struct occurrence_names names = occurrence_names(arena, before, NULL);
	ck_assert(occurrence_retracted(&names, "a", NULL));
	ck_assert(!occurrence_retracted(&names, "a", json_next(json_first(before))));
	ck_assert(!occurrence_retracted(&names, "b", NULL));
	names = occurrence_names(arena, before, parsed("[{\"retracts\":\"b\"}]"));
	ck_assert(!occurrence_retracted(&names, "a", NULL));
	ck_assert(occurrence_retracted(&names, "b", NULL));
	names = occurrence_names(arena, before, parsed("[{\"retracts\":\"b\"}, {\"retracts\":\"a\"}]"));
	ck_assert(occurrence_retracted(&names, "a", NULL));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("occurrence_names");
	TCase *names = tcase_create("names");
	tcase_add_checked_fixture(names, set_up, tear_down);
	tcase_add_test(names, names_are_given);
	tcase_add_test(names, only_what_stands_before_is_found);
	tcase_add_test(names, what_was_retracted_retracts_nothing);
	suite_add_tcase(suite, names);
	return run_suite(suite);
}
