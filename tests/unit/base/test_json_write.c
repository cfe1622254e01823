/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_write.h"

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

static struct json_writer begun(struct arena *arena, struct text *text)
{
	struct json_writer writer;
	text_init(text, arena, 0);
	json_writer_init(&writer, text);
	return writer;
}

START_TEST(commas_and_names_are_placed)
{
	struct arena *arena = arena_create();
	struct text text;
	struct json_writer writer = begun(arena, &text);
	json_open_object(&writer);
	json_member_text(&writer, "a", "x");
	json_member_integer(&writer, "b", -5);
	json_member_boolean(&writer, "c", true);
	json_put_name(&writer, "d");
	json_open_array(&writer);
	json_put_integer(&writer, 1);
	json_open_object(&writer);
	json_close_object(&writer);
	json_put_null(&writer);
	json_open_array(&writer);
	json_put_boolean(&writer, false);
	json_close_array(&writer);
	json_open_array(&writer);
	json_put_boolean(&writer, true);
	json_close_array(&writer);
	json_close_array(&writer);
	json_member_text(&writer, "e\n", NULL);
	json_put_name(&writer, "f");
	json_put_integer(&writer, 7);
	json_put_name(&writer, "g");
	json_put_number(&writer, 0.5);
	json_close_object(&writer);
	ck_assert_str_eq(text.data, "{\"a\":\"x\",\"b\":-5,\"c\":true,\"d\":[1,{},null,[false],[true]],"
	                            "\"e\\n\":null,\"f\":7,\"g\":0.5}");
	ck_assert_uint_eq(writer.depth, 0);
	arena_destroy(arena);
}
END_TEST

START_TEST(what_is_not_there_is_null_or_an_empty_list)
{
	struct arena *arena = arena_create();
	struct text text;
	struct err err = {0};
	struct json_writer writer = begun(arena, &text);
	const char given[] = "{\"list\":[1,2],\"null\":null}";
	const struct json *tree = json_parse(arena, given, strlen(given), &json_limits_body, &err);
	ck_assert_ptr_nonnull(tree);
	json_open_object(&writer);
	for (const char *const *name = (const char *const[]){"list", "null", "none", NULL}; *name != NULL; name++) {
		json_member_tree(&writer, *name, json_member(tree, *name));
		json_member_list(&writer, *name, json_member(tree, *name));
	}
	json_close_object(&writer);
	ck_assert_str_eq(text.data, "{\"list\":[1,2],\"list\":[1,2],\"null\":null,\"null\":[],\"none\":null,\"none\":[]}");
	arena_destroy(arena);
}
END_TEST

START_TEST(every_byte_is_escaped_as_it_must)
{
	struct arena *arena = arena_create();
	for (int byte = 1; byte < 0x80; byte++) {
		struct text text;
		struct err err = {0};
		struct json_writer writer = begun(arena, &text);
		const char value[] = {'a', (char)byte, 'b', (char)byte, '\0'};
		json_put_text(&writer, value);
		const bool plain = byte >= 0x20 && byte != '"' && byte != '\\';
		ck_assert_msg((text.length == 6) == plain, "byte %d: %s", byte, text.data);
		const struct json *back = json_parse(arena, text.data, text.length, &json_limits_body, &err);
		ck_assert_msg(back != NULL, "byte %d: %s", byte, err.detail);
		ck_assert_str_eq(json_text(back), value);
	}
	arena_destroy(arena);
}
END_TEST

static const struct {
	double number;
	const char *written;
} numbers[] = {
	{0.0, "0"}, {-0.0, "0"}, {1.0, "1"}, {-1.5, "-1.5"}, {0.1, "0.1"}, {0.1 + 0.2, "0.30000000000000004"}, {1e15, "1e+15"},
	{123456789012345.0, "123456789012345"}, {1.0 / 3, "0.3333333333333333"}, {2.0 / 3, "0.6666666666666666"},
	{5e-324, "4.94065645841247e-324"}, {1.7976931348623157e308, "1.7976931348623157e+308"}, {100.0, "100"},
};

START_TEST(numbers_read_back_the_same)
{
	struct arena *arena = arena_create();
	struct text text;
	struct json_writer writer = begun(arena, &text);
	json_put_number(&writer, numbers[_i].number);
	ck_assert_str_eq(text.data, numbers[_i].written);
	ck_assert_double_eq(strtod(text.data, NULL), numbers[_i].number);
	arena_destroy(arena);
}
END_TEST

static const struct {
	int64_t integer;
	const char *written;
} integers[] = {
	{0, "0"}, {9, "9"}, {10, "10"}, {-1, "-1"}, {-10, "-10"}, {INT64_C(9007199254740991), "9007199254740991"},
	{INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"},
};

START_TEST(integers_are_written_whole)
{
	struct arena *arena = arena_create();
	struct text text;
	struct json_writer writer = begun(arena, &text);
	json_put_integer(&writer, integers[_i].integer);
	ck_assert_str_eq(text.data, integers[_i].written);
	arena_destroy(arena);
}
END_TEST

/* Only where such a locale is installed; the point must stay a point. */
START_TEST(the_locale_does_not_matter)
{
	static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8", "C"};
	struct arena *arena = arena_create();
	for (unsigned i = 0; i < 4; i++) {
		if (setlocale(LC_ALL, locales[i]) == NULL) {
			continue;
		}
		struct text text;
		struct json_writer writer = begun(arena, &text);
		json_put_number(&writer, -1234.5);
		ck_assert_str_eq(text.data, "-1234.5");
	}
	arena_destroy(arena);
}
END_TEST

/* What the caller gets wrong stops the process at once: a half-written answer must not leave. */
START_TEST(closing_too_often_aborts)
{
	struct arena *arena = arena_create();
	struct text text;
	struct json_writer writer = begun(arena, &text);
	json_close_object(&writer);
	arena_destroy(arena);
}
END_TEST

START_TEST(infinity_aborts)
{
	struct arena *arena = arena_create();
	struct text text;
	struct json_writer writer = begun(arena, &text);
	json_put_number(&writer, HUGE_VAL);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json_write");
	TCase *tcase = tcase_create("json_write");
	tcase_add_test(tcase, commas_and_names_are_placed);
	tcase_add_test(tcase, what_is_not_there_is_null_or_an_empty_list);
	tcase_add_test(tcase, every_byte_is_escaped_as_it_must);
	tcase_add_loop_test(tcase, numbers_read_back_the_same, 0, ROWS(numbers));
	tcase_add_loop_test(tcase, integers_are_written_whole, 0, ROWS(integers));
	tcase_add_test(tcase, the_locale_does_not_matter);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	if (srunner_fork_status(runner) == CK_FORK) {
		tcase_add_test_raise_signal(tcase, closing_too_often_aborts, 6);
		tcase_add_test_raise_signal(tcase, infinity_aborts, 6);
	}
	srunner_run_all(runner, CK_ENV);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
