/* SPDX-License-Identifier: Apache-2.0 */
#include "base/names.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>

START_TEST(finds_each_name_at_its_place)
{
	const char *items[1000];
	struct arena *arena = arena_create();
	struct names names;

	for (int i = 0; i < 1000; i++) {
		items[i] = arena_printf(arena, "name%d", i);
	}
	ck_assert_uint_eq(names_build(arena, items, 1000, &names), 1000);
	for (size_t i = 0; i < 1000; i++) {
		size_t place = 1000;

		ck_assert_msg(names_find(&names, items[i], &place) && place == i, "%s", items[i]);
	}
	size_t place = 7;
	ck_assert(!names_find(&names, "name1000", &place));
	ck_assert(!names_find(&names, "", &place));
	ck_assert_uint_eq(place, 7);
	arena_destroy(arena);
}
END_TEST

START_TEST(an_empty_list_has_no_names)
{
	struct arena *arena = arena_create();
	struct names names;
	size_t place;

	ck_assert_uint_eq(names_build(arena, NULL, 0, &names), 0);
	ck_assert(!names_find(&names, "a", &place));
	arena_destroy(arena);
}
END_TEST

START_TEST(says_which_name_stands_there_twice)
{
	static const char *const items[] = {"a", "b", "a", "b"};
	struct arena *arena = arena_create();
	struct names names;

	ck_assert_uint_eq(names_build(arena, items, 4, &names), 2);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("names");
	TCase *tcase = tcase_create("names");

	tcase_add_test(tcase, finds_each_name_at_its_place);
	tcase_add_test(tcase, an_empty_list_has_no_names);
	tcase_add_test(tcase, says_which_name_stands_there_twice);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
