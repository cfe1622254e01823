/* SPDX-License-Identifier: Apache-2.0 */
/* Pointers, edits and supplements. */
#include "base/json.h"

#include "../run_suite.h"
#include "base/json_write.h"
#include "base/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

static const struct json *parsed(struct arena *arena, const char *text)
{
	struct err err = {0};
	const struct json *root = json_parse(arena, text, strlen(text), &json_limits_body, &err);
	ck_assert_msg(root != NULL, "%s: %s", text, err.detail);
	return root;
}

static const char *written(struct arena *arena, const struct json *root)
{
	struct text text;
	struct json_writer writer;
	text_init(&text, arena, 0);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, root);
	return text.data;
}

/* RFC 6901 section 5, and what it forbids. */
static const char *const document =
	"{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8,"
	"\"deep\":[[10,11],{\"x\":[12]}],\"~1\":9,\"0\":{\"\":13}}";

static const struct {
	const char *pointer;
	const char *found; /* NULL: nothing */
} pointers[] = {
	{"/foo", "[\"bar\",\"baz\"]"}, {"/foo/0", "\"bar\""}, {"/foo/1", "\"baz\""}, {"/", "0"}, {"/a~1b", "1"}, {"/c%d", "2"},
	{"/e^f", "3"}, {"/g|h", "4"}, {"/i\\j", "5"}, {"/k\"l", "6"}, {"/ ", "7"}, {"/m~0n", "8"}, {"/~01", "9"},
	{"/deep/0/1", "11"}, {"/deep/1/x/0", "12"}, {"/0/", "13"},
	{"foo", NULL}, {"/foo/2", NULL}, {"/foo/-", NULL}, {"/foo/01", NULL}, {"/foo/-1", NULL}, {"/foo/+1", NULL},
	{"/foo/1e0", NULL}, {"/foo/", NULL}, {"/foo/18446744073709551616", NULL}, {"/foo/0/0", NULL}, {"/Foo", NULL},
	{"/fo", NULL}, {"/fooo", NULL}, {"/m~n", NULL}, {"/m~2n", NULL}, {"/m~", NULL}, {"//", NULL}, {"/deep/1/x/0/", NULL},
};

START_TEST(pointers_lead_where_the_rfc_says)
{
	struct arena *arena = arena_create();
	const struct json *root = parsed(arena, document);
	const struct json *found = json_at(root, pointers[_i].pointer);
	const char *wanted = pointers[_i].found;
	ck_assert_msg((found != NULL) == (wanted != NULL), "%s", pointers[_i].pointer);
	if (found != NULL) {
		ck_assert_str_eq(written(arena, found), wanted);
	}
	ck_assert_ptr_eq(json_at(root, ""), root);
	ck_assert_ptr_null(json_at(NULL, "/a"));
	arena_destroy(arena);
}
END_TEST

static const struct {
	const char *root;
	const char *pointer;
	const char *value; /* NULL removes */
	const char *result; /* NULL: refused */
} edits[] = {
	{"{\"a\":1,\"b\":2}", "/a", "9", "{\"a\":9,\"b\":2}"},
	{"{\"a\":1,\"b\":2}", "/c", "[3]", "{\"a\":1,\"b\":2,\"c\":[3]}"},
	{"{\"a\":1,\"b\":2}", "/a", NULL, "{\"b\":2}"},
	{"{\"a\":1,\"b\":2}", "/b", NULL, "{\"a\":1}"},
	{"{\"a\":1}", "/a", NULL, "{}"},
	{"{\"a\":1}", "/a", "null", "{\"a\":null}"},
	{"{}", "/a~1b~0", "1", "{\"a/b~\":1}"},
	{"{}", "/", "1", "{\"\":1}"},
	{"[1,2,3]", "/1", "{\"x\":0}", "[1,{\"x\":0},3]"},
	{"[1,2,3]", "/1", NULL, "[1,3]"},
	{"[1,2,3]", "/-", "4", "[1,2,3,4]"},
	{"[]", "/-", "4", "[4]"},
	{"{\"a\":[{\"b\":{\"c\":1,\"d\":2}},5],\"z\":0}", "/a/0/b/c", "\"x\"", "{\"a\":[{\"b\":{\"c\":\"x\",\"d\":2}},5],\"z\":0}"},
	{"{\"a\":[{\"b\":{\"c\":1}},5]}", "/a/0/b/c", NULL, "{\"a\":[{\"b\":{}},5]}"},
	{"{\"a\":{\"b\":[]}}", "/a/b/-", "{\"id\":\"d1\"}", "{\"a\":{\"b\":[{\"id\":\"d1\"}]}}"},
	{"{\"-\":1}", "/-", "2", "{\"-\":2}"},
	{"{\"a\":1}", "", "[0]", "[0]"},
	{"{\"a\":1}", "", NULL, NULL},
	{"{\"a\":1}", "/b", NULL, NULL},
	{"{\"a\":1}", "/b/c", "1", NULL},
	{"{\"a\":1}", "/a/c", "1", NULL},
	{"{\"a\":[]}", "/a/0", "1", NULL},
	{"{\"a\":[]}", "/a/-", NULL, NULL},
	{"{\"a\":[1]}", "/a/1", "1", NULL},
	{"{\"a\":[1]}", "/a/x", "1", NULL},
	{"{\"a\":[[1]]}", "/a/-/0", "1", NULL},
	{"{\"a\":1}", "a", "1", NULL},
	{"{\"a\":1}", "/~", "1", NULL},
};

START_TEST(edits_change_one_place_of_a_copy)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	const struct json *root = parsed(arena, edits[_i].root);
	const struct json *value = edits[_i].value != NULL ? parsed(arena, edits[_i].value) : NULL;
	const struct json *result = json_edit(arena, root, edits[_i].pointer, value, &err);
	ck_assert_msg((result != NULL) == (edits[_i].result != NULL), "row %d: %s", _i, err.detail);
	if (result != NULL) {
		ck_assert_str_eq(written(arena, result), edits[_i].result);
		ck_assert_ptr_null(json_name(result));
		ck_assert_ptr_null(json_next(result));
	} else {
		ck_assert_int_eq(err.code, ERR_CONFIG);
		ck_assert_ptr_nonnull(strstr(err.detail, edits[_i].pointer));
	}
	ck_assert_str_eq(written(arena, root), edits[_i].root);
	arena_destroy(arena);
}
END_TEST

START_TEST(one_value_may_be_set_at_many_places)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	const struct json *root = parsed(arena, "{\"a\":0,\"list\":[]}");
	const struct json *value = json_at(parsed(arena, "{\"v\":{\"x\":[1]},\"w\":2}"), "/v");
	static const char *const places[] = {"/a", "/b", "/list/-", "/list/-", "/list/0/y"};
	for (unsigned i = 0; i < 5; i++) {
		root = json_edit(arena, root, places[i], value, &err);
		ck_assert_msg(root != NULL, "%s", err.detail);
	}
	ck_assert_str_eq(written(arena, root),
	                 "{\"a\":{\"x\":[1]},\"list\":[{\"x\":[1],\"y\":{\"x\":[1]}},{\"x\":[1]}],\"b\":{\"x\":[1]}}");
	ck_assert_uint_eq(json_count(json_at(root, "/list")), 2);
	ck_assert_str_eq(json_name(value), "v");
	arena_destroy(arena);
}
END_TEST

static const struct {
	const char *base;
	const char *supplement;
	const char *result;
} merges[] = {
	{"{\"a\":1,\"b\":2}", "{\"b\":3,\"c\":4}", "{\"a\":1,\"b\":3,\"c\":4}"},
	{"{\"a\":{\"x\":1,\"y\":{\"z\":1}}}", "{\"a\":{\"y\":{\"w\":2}}}", "{\"a\":{\"x\":1,\"y\":{\"z\":1,\"w\":2}}}"},
	{"{\"a\":{\"x\":1}}", "{\"a\":null}", "{\"a\":null}"},
	{"{\"a\":null}", "{\"a\":{\"x\":1}}", "{\"a\":{\"x\":1}}"},
	{"{\"a\":1}", "{}", "{\"a\":1}"},
	{"{\"a\":{\"x\":1}}", "{\"a\":[1]}", "{\"a\":[1]}"},
	{"{\"d\":[{\"id\":\"1\",\"t\":\"a\",\"u\":1},{\"id\":\"2\"}]}", "{\"d\":[{\"id\":\"3\"},{\"id\":\"1\",\"t\":\"b\"}]}",
	 "{\"d\":[{\"id\":\"1\",\"t\":\"b\"},{\"id\":\"2\"},{\"id\":\"3\"}]}"},
	{"{\"d\":[{\"id\":\"1\"}]}", "{\"d\":[]}", "{\"d\":[{\"id\":\"1\"}]}"},
	{"{\"d\":[]}", "{\"d\":[{\"id\":\"1\"}]}", "{\"d\":[{\"id\":\"1\"}]}"},
	{"{\"d\":null}", "{\"d\":[{\"id\":\"1\"}]}", "{\"d\":[{\"id\":\"1\"}]}"},
	{"{\"d\":[{\"id\":\"1\"},{\"x\":1}]}", "{\"d\":[{\"id\":\"2\"}]}", "{\"d\":[{\"id\":\"2\"}]}"},
	{"{\"d\":[{\"id\":\"1\"}]}", "{\"d\":[{\"id\":\"2\"},{\"x\":1}]}", "{\"d\":[{\"id\":\"2\"},{\"x\":1}]}"},
	{"{\"d\":[{\"id\":1}]}", "{\"d\":[{\"id\":2}]}", "{\"d\":[{\"id\":2}]}"},
	{"{\"d\":[1,2]}", "{\"d\":[3]}", "{\"d\":[3]}"},
	{"{\"d\":[1,2]}", "{\"d\":[]}", "{\"d\":[]}"},
	{"{\"d\":[{\"code\":\"T\"}]}", "{\"d\":[{\"code\":\"U\"}]}", "{\"d\":[{\"code\":\"U\"}]}"},
	{"[{\"id\":\"1\"}]", "[{\"id\":\"2\"}]", "[{\"id\":\"1\"},{\"id\":\"2\"}]"},
	{"1", "\"x\"", "\"x\""},
};

START_TEST(supplements_merge)
{
	struct arena *old = arena_create();
	struct arena *new = arena_create();
	struct arena *arena = arena_create();
	const struct json *base = parsed(old, merges[_i].base);
	const struct json *supplement = parsed(new, merges[_i].supplement);
	const struct json *result = json_merge(arena, base, supplement);
	ck_assert_str_eq(written(old, base), merges[_i].base);
	ck_assert_str_eq(written(new, supplement), merges[_i].supplement);
	arena_destroy(old); /* the result stands without either */
	arena_destroy(new);
	ck_assert_str_eq(written(arena, result), merges[_i].result);
	arena_destroy(arena);
}
END_TEST

START_TEST(a_supplement_to_nothing_is_a_copy)
{
	struct arena *arena = arena_create();
	const struct json *member = json_at(parsed(arena, "{\"a\":{\"x\":[1,null]},\"b\":1}"), "/a");
	const struct json *result = json_merge(arena, NULL, member);
	ck_assert_str_eq(written(arena, result), "{\"x\":[1,null]}");
	ck_assert_ptr_null(json_name(result));
	ck_assert_ptr_null(json_next(result));
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json_edit");
	TCase *tcase = tcase_create("json_edit");
	tcase_add_loop_test(tcase, pointers_lead_where_the_rfc_says, 0, ROWS(pointers));
	tcase_add_loop_test(tcase, edits_change_one_place_of_a_copy, 0, ROWS(edits));
	tcase_add_test(tcase, one_value_may_be_set_at_many_places);
	tcase_add_loop_test(tcase, supplements_merge, 0, ROWS(merges));
	tcase_add_test(tcase, a_supplement_to_nothing_is_a_copy);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
