/* SPDX-License-Identifier: Apache-2.0 */
/* Errors, issues and embedded files: what goes wrong, and how it is told. */
#include "base/arena.h"
#include "base/embed.h"
#include "base/err.h"
#include "base/issue.h"
#include "base/text.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(an_error_is_set_and_wrapped)
{
	struct err err = {0};
	ck_assert(!err_set(&err, ERR_CONFIG, "row %d", 4));
	ck_assert_int_eq(err.code, ERR_CONFIG);
	ck_assert_str_eq(err.detail, "row 4");
	ck_assert(!err_wrap(&err, "file %s", "a.json"));
	ck_assert_int_eq(err.code, ERR_CONFIG);
	ck_assert_str_eq(err.detail, "file a.json: row 4");
	err_set(&err, ERR_STORE, "again: %s", err.detail);
	ck_assert_str_eq(err.detail, "again: file a.json: row 4");
}
END_TEST

START_TEST(a_long_detail_is_cut_between_characters)
{
	struct err err = {0};
	char text[400];
	for (size_t offset = 0; offset < 4; offset++) {
		for (size_t at = 0; at < sizeof(text) - 1; at++) {
			text[at] = "\xF0\x9F\x99\x82"[(at + offset) % 4];
		}
		text[sizeof(text) - 1] = '\0';
		err_set(&err, ERR_INTERNAL, "%s", text + (4 - offset) % 4);
		ck_assert_uint_ge(strlen(err.detail), sizeof(err.detail) - 4);
		ck_assert_msg(text_utf8(err.detail, strlen(err.detail)), "offset %zu", offset);
	}
	for (size_t lead = 230; lead < 240; lead++) {
		err_set(&err, ERR_INTERNAL, "%*s%s", (int)lead, "", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82 and more");
		ck_assert_msg(text_utf8(err.detail, strlen(err.detail)), "lead %zu", lead);
	}
}
END_TEST

START_TEST(codes_have_status_type_and_title)
{
	ck_assert_int_eq(err_http_status(ERR_NOT_FOUND), 404);
	ck_assert_str_eq(err_type(ERR_NOT_FOUND), "not-found");
	ck_assert_str_eq(err_title(ERR_STALE), "The resource has changed since you read it");
	for (int code = ERR_NONE + 1; code < ERR_CODE_COUNT; code++) {
		ck_assert_int_ge(err_http_status((enum err_code)code), 400);
		ck_assert_int_le(err_http_status((enum err_code)code), 503);
		for (int other = ERR_NONE; other < code; other++) {
			ck_assert_str_ne(err_type((enum err_code)code), err_type((enum err_code)other));
		}
	}
}
END_TEST

START_TEST(issues_are_copied_counted_and_capped)
{
	struct arena *arena = arena_create();
	struct issues issues;
	issues_init(&issues, arena);
	ck_assert(!issues_any(&issues));
	char pointer[20] = "/first";
	issues_add(&issues, pointer, "too_long", NULL, "%d characters, at most %d", 9, 8);
	memset(pointer, 'x', 6);
	ck_assert(issues_any(&issues));
	ck_assert_str_eq(issues.items[0].pointer, "/first");
	ck_assert_str_eq(issues.items[0].code, "too_long");
	ck_assert_str_eq(issues.items[0].detail, "9 characters, at most 8");
	ck_assert_ptr_null(issues.items[0].fix);
	for (int i = 1; i < ISSUES_MAX + 7; i++) {
		issues_add(&issues, arena_printf(arena, "/%d", i), "code", "fix it", "detail");
	}
	ck_assert_uint_eq(issues.count, ISSUES_MAX);
	ck_assert_uint_eq(issues.omitted, 7);
	ck_assert_str_eq(issues.items[0].pointer, "/first");
	for (int i = 1; i < ISSUES_MAX; i++) {
		ck_assert_str_eq(issues.items[i].pointer, arena_printf(arena, "/%d", i));
		ck_assert_str_eq(issues.items[i].fix, "fix it");
	}
	arena_destroy(arena);
}
END_TEST

START_TEST(embedded_files_are_found_by_name)
{
	static const struct embedded_file files[] = {{"a.json", "1", 1}, {"b.json", "22", 2}, {"d.json", "333", 3}};
	const struct embedded_files table = {files, 3};
	for (size_t i = 0; i < 3; i++) {
		ck_assert_ptr_eq(embedded_find(&table, files[i].name), &files[i]);
	}
	ck_assert_ptr_null(embedded_find(&table, "c.json"));
	ck_assert_ptr_null(embedded_find(&table, ""));
	ck_assert_ptr_null(embedded_find(&(struct embedded_files){NULL, 0}, "a.json"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("err");
	TCase *tcase = tcase_create("err");
	tcase_add_test(tcase, an_error_is_set_and_wrapped);
	tcase_add_test(tcase, a_long_detail_is_cut_between_characters);
	tcase_add_test(tcase, codes_have_status_type_and_title);
	tcase_add_test(tcase, issues_are_copied_counted_and_capped);
	tcase_add_test(tcase, embedded_files_are_found_by_name);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
