/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/days.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 16, SPANS_MAX = 6 };

static struct arena *arena;

static void set_up(void)
{
	arena = arena_create();
}

static void tear_down(void)
{
	arena_destroy(arena);
}

static struct day_span span(int from, int to)
{
	return (struct day_span){{from}, {to}};
}

/* One bit for each day that SET holds, and the promises of its shape. */
static unsigned bits_of(struct day_set set)
{
	unsigned bits = 0;

	for (size_t i = 0; i < set.count; i++) {
		/* Spans that touch are one span. */
		if (set.spans[i].from.day > set.spans[i].to.day ||
		    (i > 0 && set.spans[i - 1].to.day + 1 >= set.spans[i].from.day)) {
			ck_abort_msg("span %zu is out of order", i);
		}
		for (int day = set.spans[i].from.day; day <= set.spans[i].to.day; day++) {
			bits |= 1U << day;
		}
	}
	return bits;
}

static struct day_set set_of(unsigned bits)
{
	struct day_span *const spans = arena_array(arena, DAYS, sizeof(*spans));
	size_t count = 0;

	for (int day = 0; day < DAYS; day++) {
		if ((bits & (1U << day)) != 0) {
			spans[count++] = span(day, day);
		}
	}
	return days_of(arena, spans, count);
}

static bool same(struct day_set set, unsigned expected)
{
	bool agree = bits_of(set) == expected && days_empty(set) == (expected == 0);

	if (agree && expected != 0) {
		agree = days_first(set).day == __builtin_ctz(expected) && days_last(set).day == 31 - __builtin_clz(expected);
	}
	return agree;
}

/* Plain comparisons: an assertion that holds costs a system call, and there are millions of them here. */
static void assert_same(const char *what, unsigned a, unsigned b, struct day_set set, unsigned expected)
{
	if (!same(set, expected)) {
		ck_abort_msg("%s of %x and %x", what, a, b);
	}
}

/* Every pair of sets of eight days, against bits. */
START_TEST(every_pair_of_small_sets)
{
	for (unsigned a = 0; a < 256; a++) {
		for (unsigned b = 0; b < 256; b++) {
			const struct day_set left = set_of(a);
			const struct day_set right = set_of(b);
			assert_same("union", a, b, days_union(arena, left, right), a | b);
			assert_same("both", a, b, days_both(arena, left, right), a & b);
			assert_same("minus", a, b, days_minus(arena, left, right), a & ~b);
			arena_reset(arena);
		}
	}
}
END_TEST

/* Spans in any order, overlapping, touching, and some the wrong way round. */
START_TEST(any_list_of_spans)
{
	uint32_t state = 20260316;

	for (int round = 0; round < 50000; round++) {
		struct day_span spans[SPANS_MAX];
		unsigned expected = 0;
		for (size_t i = 0; i < SPANS_MAX; i++) {
			state = state * 1664525U + 1013904223U;
			spans[i] = span((int)(state >> 24) % DAYS, (int)(state >> 16) % DAYS);
			for (int day = spans[i].from.day; day <= spans[i].to.day; day++) {
				expected |= 1U << day;
			}
		}
		assert_same("days", (unsigned)round, 0, days_of(arena, spans, SPANS_MAX), expected);
		arena_reset(arena);
	}
}
END_TEST

static struct civil_date date(const char *text)
{
	struct civil_date day = {0};

	ck_assert(civil_parse(text, &day));
	return day;
}

/* How many days the spans hold together. */
static int64_t day_count(struct day_set set)
{
	int64_t days = 0;
	for (size_t i = 0; i < set.count; i++) {
		days += (int64_t)set.spans[i].to.day - set.spans[i].from.day + 1;
	}
	return days;
}

/* rules N2: asked 2026-03-09 to 04-07, received 03-16: 7 days before receipt, 23 from it on. */
START_TEST(splits_a_span_at_receipt)
{
	const struct day_span asked[] = {{date("2026-03-09"), date("2026-04-07")}};
	const struct day_span ahead[] = {{date("2026-03-16"), date("9999-12-31")}};
	const struct day_set all = days_of(arena, asked, 1);
	const struct day_set from_receipt = days_of(arena, ahead, 1);
	const struct day_set past = days_minus(arena, all, from_receipt);
	const struct day_set open = days_both(arena, all, from_receipt);

	ck_assert_int_eq(day_count(past), 7);
	ck_assert_int_eq(days_first(past).day, date("2026-03-09").day);
	ck_assert_int_eq(days_last(past).day, date("2026-03-15").day);
	ck_assert_int_eq(day_count(open), 23);
	ck_assert_int_eq(days_first(open).day, date("2026-03-16").day);
	ck_assert_int_eq(day_count(from_receipt), (int64_t)date("9999-12-31").day - date("2026-03-16").day + 1);
}
END_TEST

START_TEST(nothing_at_all)
{
	const struct day_set none = {NULL, 0};
	const struct day_set some = days_of(arena, (const struct day_span[]){{{1}, {3}}}, 1);

	ck_assert(days_empty(days_of(arena, NULL, 0)));
	ck_assert(days_empty(days_of(arena, (const struct day_span[]){{{3}, {1}}}, 1)));
	ck_assert(days_empty(days_union(arena, none, none)));
	ck_assert(days_empty(days_both(arena, some, none)));
	ck_assert_int_eq(day_count(days_minus(arena, some, none)), 3);
	ck_assert_int_eq(day_count(days_union(arena, none, some)), 3);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("days");
	TCase *const tcase = tcase_create("days");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_pair_of_small_sets);
	tcase_add_test(tcase, any_list_of_spans);
	tcase_add_test(tcase, splits_a_span_at_receipt);
	tcase_add_test(tcase, nothing_at_all);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
