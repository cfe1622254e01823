/* SPDX-License-Identifier: Apache-2.0 */
#include "review/page.h"

#include "base/label.h"

#include "../run_suite.h"

#include <check.h>
#include <string.h>

static struct arena *arena;
static struct outcome outcome;
static const struct worklist_cursor last = {{1000}, "req_1"};

static void set_up(void)
{
	arena = arena_create();
	outcome_init(&outcome, arena);
}

static void tear_down(void)
{
	arena_destroy(arena);
}

static void expect_body(const char *cursor, const char *wanted)
{
	struct page page;
	page_open(&page, "rows", 64, arena);
	json_put_text(&page.writer, "one");
	page_close(&page, cursor, &outcome);
	ck_assert_str_eq(outcome.body, wanted);
	ck_assert_uint_eq(outcome.length, strlen(wanted));
}

START_TEST(the_last_page)
{
	expect_body(NULL, "{\"rows\":[\"one\"],\"sensitivity_notice\":null,\"next\":null,\"cursor\":null}");
}
END_TEST

START_TEST(the_sentence_stands_once)
{
	struct page page;
	page_open(&page, "rows", 64, arena);
	for (int i = 0; i < 3; i++) {
		json_put_text(&page.writer, "one");
		page.labels |= i == 1 ? LABEL_SUBSTANCE_USE : 0U;
	}
	page_close(&page, NULL, &outcome);
	const char *first = strstr(outcome.body, "disclosed further");
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_null(strstr(first + 1, "disclosed further"));
}
END_TEST

START_TEST(another_follows)
{
	struct worklist_cursor read;
	const char *cursor = page_next(&last, "/v1/list", "limit=1&", arena, &outcome);
	const char *next = arena_printf(arena, "/v1/list?limit=1&cursor=%s", cursor);
	ck_assert(worklist_cursor_read(arena, cursor, "limit=1&", &read));
	ck_assert_str_eq(read.id, last.id);
	ck_assert_str_eq(outcome.next, next);
	expect_body(cursor,
		    arena_printf(arena, "{\"rows\":[\"one\"],\"sensitivity_notice\":null,\"next\":\"%s\",\"cursor\":\"%s\"}",
				 next, cursor));
}
END_TEST

START_TEST(search_terms_stay_out_of_addresses)
{
	const char *cursor = page_next(&last, NULL, "member=M1&", arena, &outcome);
	ck_assert_ptr_null(outcome.next);
	expect_body(cursor,
		    arena_printf(arena, "{\"rows\":[\"one\"],\"sensitivity_notice\":null,\"next\":null,\"cursor\":\"%s\"}",
				 cursor));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("page");
	TCase *pages = tcase_create("pages");
	tcase_add_checked_fixture(pages, set_up, tear_down);
	tcase_add_test(pages, the_last_page);
	tcase_add_test(pages, the_sentence_stands_once);
	tcase_add_test(pages, another_follows);
	tcase_add_test(pages, search_terms_stay_out_of_addresses);
	suite_add_tcase(suite, pages);
	return run_suite(suite);
}
