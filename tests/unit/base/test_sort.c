/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sort.h"

#include "../run_suite.h"

#include <check.h>
#include <stdint.h>

enum { MOST = 300, ROUNDS = 40 };

struct pair {
	int key;
	size_t place;
};

static int by_key(const void *a, const void *b)
{
	const struct pair *one = a;
	const struct pair *other = b;
	return (one->key > other->key) - (one->key < other->key);
}

/* Any order comes out in order, and those that are equal as they stood. */
START_TEST(any_order)
{
	struct arena *arena = arena_create();
	uint32_t seed = (uint32_t)_i + 1;
	for (size_t count = 0; count < MOST; count += 1 + count / 8) {
		struct pair pairs[MOST];
		for (size_t i = 0; i < count; i++) {
			seed = seed * 1664525U + 1013904223U;
			pairs[i] = (struct pair){(int)((seed >> 16) % (count / 2 + 1)), i};
		}
		sort_in(arena, pairs, count, sizeof(pairs[0]), by_key);
		for (size_t i = 1; i < count; i++) {
			ck_assert(pairs[i - 1].key < pairs[i].key ||
				  (pairs[i - 1].key == pairs[i].key && pairs[i - 1].place < pairs[i].place));
		}
		arena_reset(arena);
	}
	arena_destroy(arena);
}
END_TEST

START_TEST(backwards)
{
	struct arena *arena = arena_create();
	struct pair pairs[MOST];
	for (size_t i = 0; i < MOST; i++) {
		pairs[i] = (struct pair){(int)(MOST - i), i};
	}
	sort_in(arena, pairs, MOST, sizeof(pairs[0]), by_key);
	for (size_t i = 0; i < MOST; i++) {
		ck_assert_int_eq(pairs[i].key, (int)i + 1);
		ck_assert_uint_eq(pairs[i].place, MOST - 1 - i);
	}
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sort");
	TCase *tests = tcase_create("sort");
	tcase_add_loop_test(tests, any_order, 0, ROUNDS);
	tcase_add_test(tests, backwards);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
