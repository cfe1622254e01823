/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <check.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

START_TEST(memory_is_zeroed_and_aligned)
{
	struct arena *arena = arena_create();
	for (size_t size = 0; size < 300; size++) {
		unsigned char *bytes = arena_alloc(arena, size);
		ck_assert_uint_eq((uintptr_t)bytes % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++) {
			ck_assert_uint_eq(bytes[i], 0);
		}
		memset(bytes, 0xAB, size);
	}
	arena_destroy(arena);
}
END_TEST

START_TEST(reset_forgets_and_zeroes_again)
{
	struct arena *arena = arena_create();
	unsigned char *first = arena_alloc(arena, 100);
	memset(first, 0xAB, 100);
	for (unsigned i = 0; i < 50; i++) {
		memset(arena_alloc(arena, 10000), 0xCD, 10000);
	}
	arena_reset(arena);
	unsigned char *again = arena_alloc(arena, 100);
	ck_assert_ptr_eq(again, first);
	for (unsigned i = 0; i < 100; i++) {
		ck_assert_uint_eq(again[i], 0);
	}
	arena_destroy(arena);
}
END_TEST

START_TEST(empty_arenas_may_be_reset_and_destroyed)
{
	struct arena *arena = arena_create();
	arena_reset(arena);
	arena_destroy(arena);
	arena_destroy(NULL);
}
END_TEST

START_TEST(large_allocations_do_not_overlap)
{
	enum { COUNT = 12 };
	struct arena *arena = arena_create();
	unsigned char *parts[COUNT];
	for (unsigned i = 0; i < COUNT; i++) {
		parts[i] = arena_array(arena, (size_t)1 << i, 700);
		memset(parts[i], (int)i + 1, ((size_t)1 << i) * 700);
	}
	for (unsigned i = 0; i < COUNT; i++) {
		ck_assert_uint_eq(parts[i][0], i + 1);
		ck_assert_uint_eq(parts[i][((size_t)1 << i) * 700 - 1], i + 1);
	}
	arena_destroy(arena);
}
END_TEST

START_TEST(text_is_copied_and_terminated)
{
	struct arena *arena = arena_create();
	char source[] = "abcdef";
	const char *part = arena_text(arena, source, 3);
	const char *whole = arena_copy(arena, source);
	source[0] = 'X';
	ck_assert_str_eq(part, "abc");
	ck_assert_str_eq(whole, "abcdef");
	ck_assert_ptr_null(arena_copy(arena, NULL));
	ck_assert_str_eq(arena_text(arena, "", 0), "");
	ck_assert_str_eq(arena_printf(arena, "%d of %s", 7, "nine"), "7 of nine");
	ck_assert_uint_eq(strlen(arena_printf(arena, "%*s", 100000, "")), 100000);
	arena_destroy(arena);
}
END_TEST

START_TEST(an_overflowing_array_aborts)
{
	struct arena *arena = arena_create();
	arena_array(arena, SIZE_MAX / 2, 3);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("arena");
	TCase *tcase = tcase_create("arena");
	tcase_add_test(tcase, memory_is_zeroed_and_aligned);
	tcase_add_test(tcase, reset_forgets_and_zeroes_again);
	tcase_add_test(tcase, empty_arenas_may_be_reset_and_destroyed);
	tcase_add_test(tcase, large_allocations_do_not_overlap);
	tcase_add_test(tcase, text_is_copied_and_terminated);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	if (srunner_fork_status(runner) == CK_FORK) {
		tcase_add_test_raise_signal(tcase, an_overflowing_array_aborts, 6);
	}
	srunner_run_all(runner, CK_ENV);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
