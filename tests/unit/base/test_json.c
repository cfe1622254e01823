/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "../run_suite.h"
#include "base/json_write.h"
#include "base/text.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* A literal with its length, since some rows hold U+0000. */
#define TEXT(literal) literal, sizeof(literal) - 1

static const struct {
	const char *text;
	size_t length;
	int line;
	int column;
	const char *why;
} bad[] = {
	/* nothing, or something else */
	{TEXT(""), 1, 1, "there is no JSON value"},
	{TEXT(" \n\t\r "), 2, 4, "there is no JSON value"},
	{TEXT("\xEF\xBB\xBF{}"), 1, 1, "byte order mark"},
	{TEXT("\0"), 1, 1, "not a JSON value"},
	{TEXT("{}\0"), 1, 3, "text after the end"},
	{TEXT("{} {}"), 1, 4, "text after the end"},
	{TEXT("1 2"), 1, 3, "text after the end"},
	{TEXT("{}x"), 1, 3, "text after the end"},
	{TEXT("nul"), 1, 1, "not a JSON value"},
	{TEXT("True"), 1, 1, "not a JSON value"},
	{TEXT("nullx"), 1, 5, "text after the end"},
	{TEXT("NaN"), 1, 1, "not a JSON value"},
	{TEXT("-Infinity"), 1, 2, "a digit is needed"},
	{TEXT("'a'"), 1, 1, "not a JSON value"},
	{TEXT("/* x */ 1"), 1, 1, "not a JSON value"},
	{TEXT("[1, // x\n2]"), 1, 5, "not a JSON value"},
	{TEXT("\xC2\xA0" "1"), 1, 1, "not a JSON value"},
	{TEXT("\v1"), 1, 1, "not a JSON value"},
	{TEXT("[1,\f2]"), 1, 4, "not a JSON value"},
	{TEXT("[\x01" "1]"), 1, 2, "not a JSON value"},
	{TEXT("]"), 1, 1, "not a JSON value"},
	/* arrays and objects */
	{TEXT("["), 1, 2, "ends too early"},
	{TEXT("[1"), 1, 3, "ends too early"},
	{TEXT("[1,"), 1, 4, "ends too early"},
	{TEXT("[1,]"), 1, 4, "not a JSON value"},
	{TEXT("[,1]"), 1, 2, "not a JSON value"},
	{TEXT("[1 2]"), 1, 4, "a comma or ] is needed"},
	{TEXT("[1}"), 1, 3, "a comma or ] is needed"},
	{TEXT("{"), 1, 2, "ends too early"},
	{TEXT("{\"a\""), 1, 5, "ends too early"},
	{TEXT("{\"a\":"), 1, 6, "ends too early"},
	{TEXT("{\"a\":1"), 1, 7, "ends too early"},
	{TEXT("{\"a\":1,"), 1, 8, "ends too early"},
	{TEXT("{\"a\":1,}"), 1, 8, "a member name"},
	{TEXT("{,}"), 1, 2, "a member name"},
	{TEXT("{a:1}"), 1, 2, "a member name"},
	{TEXT("{1:1}"), 1, 2, "a member name"},
	{TEXT("{\"a\" 1}"), 1, 6, "a colon"},
	{TEXT("{\"a\":1]"), 1, 7, "a comma or } is needed"},
	{TEXT("{\"a\":1 \"b\":2}"), 1, 8, "a comma or } is needed"},
	{TEXT("{\"a\"::1}"), 1, 6, "not a JSON value"},
	/* duplicates, compared after unescaping */
	{TEXT("{\"a\":1,\"a\":2}"), 1, 8, "duplicate member name"},
	{TEXT("{\n  \"a\": 1,\n  \"b\": 2,\n  \"\\u0061\": 3\n}"), 4, 3, "duplicate member name"},
	{TEXT("{\"\\ud83d\\ude42\":1,\"\xF0\x9F\x99\x82\":2}"), 1, 19, "duplicate member name"},
	{TEXT("{\"a\\/b\\n\":1,\"a/b\\u000A\":2}"), 1, 13, "duplicate member name"},
	{TEXT("{\"\":1,\"\":2}"), 1, 7, "duplicate member name"},
	{TEXT("[{\"a\":{\"b\":1,\"c\":2,\"b\":3}}]"), 1, 20, "duplicate member name"},
	{TEXT("{\"a\":{\"x\":1},\"b\":[{\"x\":2}],\"a\":0}"), 1, 28, "duplicate member name"},
	{TEXT("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"e\":2,\"b\":2}"), 1, 56,
	 "duplicate member name"},
	/* texts */
	{TEXT("\"abc"), 1, 5, "ends too early"},
	{TEXT("\"abc\\"), 1, 6, "ends too early"},
	{TEXT("\"abc\\\""), 1, 7, "ends too early"},
	{TEXT("\"a\nb\""), 1, 3, "control character"},
	{TEXT("\"a\tb\""), 1, 3, "control character"},
	{TEXT("\"a\0b\""), 1, 3, "control character"},
	{TEXT("\"a\x1F\""), 1, 3, "control character"},
	{TEXT("\"\\x41\""), 1, 2, "an escape that JSON does not know"},
	{TEXT("\"\\'\""), 1, 2, "an escape that JSON does not know"},
	{TEXT("\"\\\0\""), 1, 2, "an escape that JSON does not know"},
	{TEXT("\"\\U0041\""), 1, 2, "an escape that JSON does not know"},
	{TEXT("\"ab\\u00g0\""), 1, 4, "four hexadecimal digits"},
	{TEXT("\"\\u12\""), 1, 2, "four hexadecimal digits"},
	{TEXT("\"\\u12"), 1, 2, "four hexadecimal digits"},
	{TEXT("\"a\\u0000\""), 1, 3, "U+0000"},
	{TEXT("{\"a\\u0000\":1}"), 1, 4, "U+0000"},
	{TEXT("\"\\ud83d\""), 1, 2, "surrogate"},
	{TEXT("\"\\ud83d\\n\""), 1, 2, "surrogate"},
	{TEXT("\"\\ud83d\\ud83d\""), 1, 2, "surrogate"},
	{TEXT("\"\\ude42\""), 1, 2, "surrogate"},
	{TEXT("\"\\ude42\\ud83d\""), 1, 2, "surrogate"},
	{TEXT("\"\\ude42\\ude42\""), 1, 2, "surrogate"},
	{TEXT("\"\\ud83d\\u0041\""), 1, 2, "surrogate"},
	{TEXT("\"\\ud83d\\ude4"), 1, 2, "surrogate"},
	{TEXT("\"\xC3\xA4\xC3\""), 1, 3, "UTF-8"},
	{TEXT("\"\xC0\xAF\""), 1, 2, "UTF-8"},
	{TEXT("\"\xED\xA0\x80\""), 1, 2, "UTF-8"},
	{TEXT("\"\xF4\x90\x80\x80\""), 1, 2, "UTF-8"},
	{TEXT("\"\xFF\""), 1, 2, "UTF-8"},
	{TEXT("\"\x80\""), 1, 2, "UTF-8"},
	{TEXT("\"\xE2\x82"), 1, 2, "UTF-8"},
	{TEXT("{\"\xE2\x82\xAC\": \"\xFC\"}"), 1, 8, "UTF-8"},
	/* numbers */
	{TEXT("-"), 1, 2, "ends too early"},
	{TEXT("--1"), 1, 2, "a digit is needed"},
	{TEXT("+1"), 1, 1, "not a JSON value"},
	{TEXT(".5"), 1, 1, "not a JSON value"},
	{TEXT("1."), 1, 3, "ends too early"},
	{TEXT("[1.]"), 1, 4, "a digit is needed"},
	{TEXT("[1.e5]"), 1, 4, "a digit is needed"},
	{TEXT("01"), 1, 1, "must not begin with 0"},
	{TEXT("[-01]"), 1, 3, "must not begin with 0"},
	{TEXT("00"), 1, 1, "must not begin with 0"},
	{TEXT("[1e]"), 1, 4, "a digit is needed"},
	{TEXT("[1e+]"), 1, 5, "a digit is needed"},
	{TEXT("1e"), 1, 3, "ends too early"},
	{TEXT("0x10"), 1, 2, "text after the end"},
	{TEXT("1_000"), 1, 2, "text after the end"},
	{TEXT("1.2.3"), 1, 4, "text after the end"},
	{TEXT("9007199254740992"), 1, 1, "an integer beyond"},
	{TEXT("-9007199254740992"), 1, 1, "an integer beyond"},
	{TEXT("[18446744073709551617]"), 1, 2, "an integer beyond"},
	{TEXT("99999999999999999999999999999999999999999999999999999999999999999999"), 1, 1, "an integer beyond"},
	{TEXT("[0.1234567890123456]"), 1, 2, "15 significant digits"},
	{TEXT("1234567890123456e2"), 1, 1, "15 significant digits"},
	{TEXT("100000000000000.1"), 1, 1, "15 significant digits"},
	{TEXT("1e400"), 1, 1, "beyond 1e250"},
	{TEXT("1e251"), 1, 1, "beyond 1e250"},
	{TEXT("10e250"), 1, 1, "beyond 1e250"},
	{TEXT("[1e-251]"), 1, 2, "below 1e-250"},
	{TEXT("-0.1e-250"), 1, 1, "below 1e-250"},
	{TEXT("0.001e-248"), 1, 1, "below 1e-250"},
	{TEXT("0e99999999999999999999"), 1, 1, "beyond 1e250"},
	{TEXT("0e-99999999999999999999"), 1, 1, "below 1e-250"},
	{TEXT("0.00000000000000000000000000000000000000001"), 1, 1, "40 characters"},
	{TEXT("1e0000000000000000000000000000000000000000001"), 1, 1, "40 characters"},
	/* places */
	{TEXT("{\n\t\"a\": [\n\t\t1,\n\t\t2,,\n"), 4, 5, "not a JSON value"},
	{TEXT("{\r\n  \"a\": tru\r\n}"), 2, 8, "not a JSON value"},
	{TEXT("[\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82\" x]"), 1, 8, "a comma or ] is needed"},
};

START_TEST(bad_text_is_refused_where_it_is_bad)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	char *exact = malloc(bad[_i].length + 1); /* so that AddressSanitizer sees a step beyond the end */
	memcpy(exact + 1, bad[_i].text, bad[_i].length);
	const struct json *root = json_parse(arena, exact + 1, bad[_i].length, &json_limits_body, &err);
	ck_assert_msg(root == NULL, "row %d was taken", _i);
	ck_assert_int_eq(err.code, ERR_UNREADABLE);
	char place[60];
	snprintf(place, sizeof(place), "line %d, column %d: ", bad[_i].line, bad[_i].column);
	ck_assert_msg(strncmp(err.detail, place, strlen(place)) == 0 && strstr(err.detail, bad[_i].why) != NULL,
	              "row %d: got '%s', wanted '%s%s'", _i, err.detail, place, bad[_i].why);
	free(exact);
	arena_destroy(arena);
}
END_TEST

/* Each with what json_write makes of it. */
static const struct {
	const char *text;
	const char *written;
} good[] = {
	{"null", "null"}, {"true", "true"}, {"false", "false"}, {"0", "0"}, {"-1", "-1"}, {"\"\"", "\"\""}, {"[]", "[]"},
	{"{}", "{}"}, {" \t\r\n[ \n] ", "[]"}, {"\n{ }\n", "{}"}, {"[1 , 2]", "[1,2]"}, {"[[[]]]", "[[[]]]"},
	{" { \"a\" : 1 , \"b\" : [ true , null ] } ", "{\"a\":1,\"b\":[true,null]}"},
	{"{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1}}}"},
	{"{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}"},
	{"[{\"a\":1},{\"a\":2}]", "[{\"a\":1},{\"a\":2}]"},
	{"{\"a\":{\"x\":1},\"b\":{\"x\":1}}", "{\"a\":{\"x\":1},\"b\":{\"x\":1}}"},
	{"9007199254740991", "9007199254740991"}, {"-9007199254740991", "-9007199254740991"},
	{"0.1", "0.1"}, {"1.50", "1.5"}, {"1.0", "1"}, {"1e3", "1000"}, {"1E-2", "0.01"}, {"1e+2", "100"},
	{"123456789012.345", "123456789012.345"}, {"0.000123456789012345", "0.000123456789012345"},
	{"1e250", "1e+250"}, {"0.1e251", "1e+250"}, {"99254740991e239", "9.9254740991e+249"}, {"100e-252", "1e-250"}, {"-2.5e-250", "-2.5e-250"}, {"1.0000000000000000000", "1"}, {"0.0", "0"}, {"-0", "0"}, {"-0.0e5", "0"},
	{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""},
	{"\"\\u0041\\u00e4\\u20AC\\uD83D\\uDE42\"", "\"A\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82\""},
	{"\"\\u0001\\u001f\\u007f\"", "\"\\u0001\\u001f\x7F\""},
	{"\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82\"", "\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82\""},
	{"\"\xEF\xBB\xBF\"", "\"\xEF\xBB\xBF\""}, {"\"\\uFFFF\\uFEFF\"", "\"\xEF\xBF\xBF\xEF\xBB\xBF\""},
	{"{\"\\u0061\\n\":1}", "{\"a\\n\":1}"}, {"\"//\"", "\"//\""},
};

static const char *written(struct arena *arena, const struct json *root)
{
	struct text text;
	struct json_writer writer;
	text_init(&text, arena, 0);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, root);
	return text.data;
}

static const struct json *parsed(struct arena *arena, const char *text)
{
	struct err err = {0};
	const struct json *root = json_parse(arena, text, strlen(text), &json_limits_body, &err);
	ck_assert_msg(root != NULL, "%s: %s", text, err.detail);
	return root;
}

START_TEST(good_text_is_taken)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	const size_t length = strlen(good[_i].text);
	char *exact = malloc(length);
	memcpy(exact, good[_i].text, length);
	const struct json *root = json_parse(arena, exact, length, &json_limits_body, &err);
	ck_assert_msg(root != NULL, "row %d: %s", _i, err.detail);
	free(exact);
	ck_assert_str_eq(written(arena, root), good[_i].written);
	arena_destroy(arena);
}
END_TEST

static const struct {
	const char *text;
	bool integer;
	int64_t value;
} integers[] = {
	{"0", true, 0}, {"-0", true, 0}, {"7", true, 7}, {"-12", true, -12}, {"3000000000", true, INT64_C(3000000000)},
	{"9007199254740991", true, INT64_C(9007199254740991)}, {"-9007199254740991", true, INT64_C(-9007199254740991)},
	{"1.0", false, 0}, {"1e3", false, 0}, {"1E0", false, 0}, {"0.0", false, 0}, {"1.5", false, 0},
	{"\"1\"", false, 0}, {"true", false, 0}, {"[1]", false, 0}, {"null", false, 0},
};

START_TEST(integers_are_what_was_written_as_one)
{
	struct arena *arena = arena_create();
	int64_t value = -77;
	const bool integer = json_integer(parsed(arena, integers[_i].text), &value);
	ck_assert_msg(integer == integers[_i].integer, "%s", integers[_i].text);
	ck_assert_int_eq(value, integer ? integers[_i].value : -77);
	ck_assert(!json_integer(NULL, &value));
	arena_destroy(arena);
}
END_TEST

START_TEST(integers_are_known_by_their_place)
{
	struct arena *arena = arena_create();
	struct text text;
	text_init(&text, arena, 0);
	text_puts(&text, "[");
	for (int i = 0; i < 999; i++) {
		text_puts(&text, i % 3 == 0 ? "1," : i % 3 == 1 ? "{\"a\":[2.0]}," : "\"3\",");
	}
	text_puts(&text, "1]");
	int i = 0;
	int64_t value;
	for (const struct json *node = json_first(parsed(arena, text.data)); node != NULL; node = json_next(node), i++) {
		ck_assert_int_eq(json_integer(node, &value), i % 3 == 0);
		ck_assert(!json_integer(json_at(node, "/a/0"), &value));
	}
	ck_assert_int_eq(i, 1000);
	arena_destroy(arena);
}
END_TEST

START_TEST(trees_are_read)
{
	struct arena *arena = arena_create();
	const struct json *root = parsed(arena, "{\"b\":true,\"n\":1.5,\"t\":\"x\",\"z\":null,\"a\":[1,2,3],\"B\":false}");
	ck_assert_int_eq(json_kind(root), JSON_OBJECT);
	ck_assert_uint_eq(json_count(root), 6);
	ck_assert(json_boolean(json_member(root, "b")));
	ck_assert(!json_boolean(json_member(root, "B")));
	ck_assert_double_eq(json_number(json_member(root, "n")), 1.5);
	ck_assert_str_eq(json_text(json_member(root, "t")), "x");
	ck_assert_int_eq(json_kind(json_member(root, "z")), JSON_NULL);
	ck_assert_uint_eq(json_count(json_member(root, "a")), 3);
	ck_assert_uint_eq(json_count(json_member(root, "t")), 0);
	ck_assert_ptr_null(json_first(json_member(root, "t")));
	ck_assert_ptr_null(json_member(root, "T"));
	ck_assert_ptr_null(json_member(NULL, "t"));
	ck_assert_ptr_null(json_member(json_member(root, "a"), "t"));
	ck_assert_ptr_null(json_text(NULL));
	ck_assert_ptr_null(json_text(root));
	ck_assert_str_eq(json_name(json_first(root)), "b");
	ck_assert_ptr_null(json_name(root));
	ck_assert_ptr_null(json_name(json_first(json_member(root, "a"))));
	arena_destroy(arena);
}
END_TEST

static const struct {
	struct json_limits limits;
	const char *text;
	const char *detail; /* NULL: taken */
} limited[] = {
	{{4, 9, 9, 9, 9}, "[12]", NULL},
	{{4, 9, 9, 9, 9}, "[123]", "the text has more than 4 bytes"},
	{{99, 2, 9, 9, 9}, "[[],{},[1]]", NULL},
	{{99, 2, 9, 9, 9}, "[[[1]]]", "line 1, column 3: nested deeper than is allowed"},
	{{99, 2, 9, 9, 9}, "{\"a\":{\"b\":{}}}", "line 1, column 11: nested deeper than is allowed"},
	{{99, 0, 9, 9, 9}, "1", NULL},
	{{99, 9, 4, 9, 9}, "[1,2,3]", NULL},
	{{99, 9, 4, 9, 9}, "[1,2,3,4]", "line 1, column 8: more values than are allowed"},
	{{99, 9, 9, 2, 9}, "{\"a\":1,\"b\":{\"c\":1,\"d\":2}}", NULL},
	{{99, 9, 9, 2, 9}, "{\"a\":1,\"b\":2,\"c\":3}", "line 1, column 14: more members in one object than are allowed"},
	{{99, 9, 9, 9, 3}, "[\"abc\",\"\\u20ac\",\"\\n\\n\\n\",{\"abc\":1}]", NULL},
	{{99, 9, 9, 9, 3}, "[\"abcd\"]", "line 1, column 2: a text longer than is allowed"},
	{{99, 9, 9, 9, 3}, "[\"\\u20aca\"]", "line 1, column 2: a text longer than is allowed"},
	{{99, 9, 9, 9, 3}, "{\"abcd\":1}", "line 1, column 2: a text longer than is allowed"},
};

START_TEST(limits_hold)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	const char *text = limited[_i].text;
	const struct json *root = json_parse(arena, text, strlen(text), &limited[_i].limits, &err);
	if (limited[_i].detail == NULL) {
		ck_assert_msg(root != NULL, "%s: %s", text, err.detail);
	} else {
		ck_assert_ptr_null(root);
		ck_assert_str_eq(err.detail, limited[_i].detail);
		ck_assert_int_eq(err.code, _i == 1 ? ERR_TOO_LARGE : ERR_UNREADABLE);
	}
	arena_destroy(arena);
}
END_TEST

static double seconds_to_parse(struct arena *arena, const struct text *text, const struct json_limits *limits, bool good_text)
{
	struct timespec from;
	struct timespec to;
	struct err err = {0};
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	const struct json *root = json_parse(arena, text->data, text->length, limits, &err);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	ck_assert_msg((root != NULL) == good_text, "%s", err.detail);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Names that end alike and begin alike; the last repeats one when DUPLICATE. */
static void put_members(struct text *text, int count, bool duplicate)
{
	text_puts(text, "{");
	for (int i = 0; i < count; i++) {
		text_printf(text, "%s\"a_long_common_part_%06d_of_the_name\":%d", i > 0 ? "," : "", i, i);
	}
	if (duplicate) {
		text_printf(text, ",\"a_long_common_part_%06d_of_the_name\":0", count / 2);
	}
	text_puts(text, "}");
}

START_TEST(wide_objects_are_quick)
{
	struct arena *arena = arena_create();
	struct text text;
	text_init(&text, arena, 0);
	put_members(&text, 20000, false);
	ck_assert_double_lt(seconds_to_parse(arena, &text, &json_limits_file, true), 2.0);
	text.length = 0;
	put_members(&text, 19999, true);
	ck_assert_double_lt(seconds_to_parse(arena, &text, &json_limits_file, false), 2.0);
	text.length = 0;
	text_puts(&text, "[");
	for (int i = 0; i < 5000; i++) {
		text_puts(&text, i > 0 ? "," : "");
		put_members(&text, 20, false);
	}
	text_puts(&text, "]");
	ck_assert_double_lt(seconds_to_parse(arena, &text, &json_limits_file, true), 2.0);
	arena_destroy(arena);
}
END_TEST

START_TEST(depth_of_files_is_bounded_before_the_stack)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	char text[100000];
	memset(text, '[', sizeof(text));
	ck_assert_ptr_null(json_parse(arena, text, sizeof(text), &json_limits_file, &err));
	ck_assert_str_eq(err.detail, "line 1, column 65: nested deeper than is allowed");
	memset(text + 64, ']', 64);
	const struct json *root = json_parse(arena, text, 128, &json_limits_file, &err);
	ck_assert_ptr_nonnull(root);
	ck_assert_uint_eq(strlen(written(arena, root)), 128);
	arena_destroy(arena);
}
END_TEST

static void *parse_often(void *failed)
{
	for (int i = 0; i < 300; i++) {
		struct arena *arena = arena_create();
		struct err err;
		const char *text = i % 2 == 0 ? "{\"a\":[1,2.5,\"\\u20ac\"],\"b\":{}}" : "{\"a\":[1,2.5,\"\\ud800\"]}";
		const struct json *root = json_parse(arena, text, strlen(text), &json_limits_body, &err);
		if ((root != NULL) != (i % 2 == 0) || (root != NULL && json_count(json_at(root, "/a")) != 3)) {
			arena_destroy(arena);
			return failed;
		}
		arena_destroy(arena);
	}
	return NULL;
}

START_TEST(threads_parse_at_once)
{
	pthread_t threads[4];
	bool failed = true;
	for (int i = 0; i < 4; i++) {
		ck_assert_int_eq(pthread_create(&threads[i], NULL, parse_often, &failed), 0);
	}
	for (int i = 0; i < 4; i++) {
		void *result = NULL;
		pthread_join(threads[i], &result);
		ck_assert_ptr_null(result);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json");
	TCase *tcase = tcase_create("json");
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, bad_text_is_refused_where_it_is_bad, 0, ROWS(bad));
	tcase_add_loop_test(tcase, good_text_is_taken, 0, ROWS(good));
	tcase_add_loop_test(tcase, integers_are_what_was_written_as_one, 0, ROWS(integers));
	tcase_add_test(tcase, integers_are_known_by_their_place);
	tcase_add_test(tcase, trees_are_read);
	tcase_add_loop_test(tcase, limits_hold, 0, ROWS(limited));
	tcase_add_test(tcase, wide_objects_are_quick);
	tcase_add_test(tcase, depth_of_files_is_bounded_before_the_stack);
	tcase_add_test(tcase, threads_parse_at_once);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
