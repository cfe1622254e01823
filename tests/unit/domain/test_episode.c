/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/episode.h"

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

/* "2026-03-09/2026-03-11": one span; NULL: no day. */
static struct day_set set_of(const char *const *spans, size_t count)
{
	struct day_span *list = arena_array(arena, count + 1, sizeof(*list));
	size_t used = 0;
	for (size_t i = 0; i < count && spans[i] != NULL; i++) {
		char from[CIVIL_TEXT_SIZE] = {0};
		memcpy(from, spans[i], CIVIL_TEXT_SIZE - 1);
		ck_assert(civil_parse(from, &list[used].from) && civil_parse(spans[i] + CIVIL_TEXT_SIZE, &list[used].to));
		used++;
	}
	return days_of(arena, list, used);
}

enum { HOLDINGS = 4, SPANS = 3 };

static const struct row {
	const char *name;
	struct {
		const char *authorized[SPANS];
		const char *asked[SPANS];
	} holdings[HOLDINGS];
	int64_t count; /* of the authorized days */
	const char *gaps;
	const char *last; /* authorized day, or NULL */
} rows[] = {
	{"nothing", {{{NULL}, {NULL}}}, 0, "no day", NULL},
	{"one", {{{"2026-06-01/2026-06-14"}, {NULL}}}, 14, "no day", "2026-06-14"},
	{"adjacent", {{{"2026-06-01/2026-06-14"}, {NULL}}, {{"2026-06-15/2026-06-28"}, {NULL}}}, 28, "no day", "2026-06-28"},
	{"a gap of one day", {{{"2026-06-01/2026-06-14"}, {NULL}}, {{"2026-06-16/2026-06-29"}, {NULL}}}, 28, "2026-06-15", "2026-06-29"},
	{"the same the other way round", {{{"2026-06-16/2026-06-29"}, {NULL}}, {{"2026-06-01/2026-06-14"}, {NULL}}}, 28, "2026-06-15",
	 "2026-06-29"},
	{"overlap counts once", {{{"2026-06-01/2026-06-14"}, {NULL}}, {{"2026-06-10/2026-06-20"}, {NULL}}}, 20, "no day", "2026-06-20"},
	{"one inside another", {{{"2026-06-01/2026-06-30"}, {NULL}}, {{"2026-06-10/2026-06-20"}, {NULL}}}, 30, "no day", "2026-06-30"},
	{"asked for is not authorized", {{{"2026-06-01/2026-06-14"}, {NULL}}, {{NULL}, {"2026-06-15/2026-06-28"}}}, 14, "no day",
	 "2026-06-14"},
	{"a gap before what is asked for", {{{"2026-06-01/2026-06-14"}, {NULL}}, {{NULL}, {"2026-06-18/2026-06-28"}}}, 14,
	 "2026-06-15 to 2026-06-17", "2026-06-14"},
	{"what was withdrawn in the middle leaves a gap",
	 {{{"2026-06-01/2026-06-14"}, {NULL}}, {{NULL}, {NULL}}, {{"2026-06-29/2026-07-12"}, {NULL}}}, 28, "2026-06-15 to 2026-06-28",
	 "2026-07-12"},
	{"days left out inside one authorization are no gap", {{{"2026-06-01/2026-06-05", "2026-06-08/2026-06-12"}, {NULL}}}, 10, "no day",
	 "2026-06-12"},
	{"two gaps",
	 {{{"2026-06-01/2026-06-02"}, {NULL}}, {{"2026-06-04/2026-06-05"}, {NULL}}, {{NULL}, {"2026-06-08/2026-06-09"}}}, 4,
	 "2026-06-03, 2026-06-06 to 2026-06-07", "2026-06-05"},
	/* 23 and 25 hours long: a day each */
	{"the night that springs forward", {{{"2026-03-01/2026-03-07"}, {NULL}}, {{"2026-03-08/2026-03-08"}, {NULL}},
	 {{"2026-03-09/2026-03-14"}, {NULL}}}, 14, "no day", "2026-03-14"},
	{"the night that springs forward is the gap", {{{"2026-03-01/2026-03-07"}, {NULL}}, {{"2026-03-09/2026-03-14"}, {NULL}}}, 13,
	 "2026-03-08", "2026-03-14"},
	{"the night that falls back is the gap", {{{"2026-10-25/2026-10-31"}, {NULL}}, {{"2026-11-02/2026-11-08"}, {NULL}}}, 14,
	 "2026-11-01", "2026-11-08"},
	{"over the leap day", {{{"2028-02-20/2028-02-28"}, {NULL}}, {{"2028-03-01/2028-03-01"}, {NULL}}}, 10, "2028-02-29", "2028-03-01"},
	{"over the end of the year", {{{"2026-12-20/2026-12-31"}, {NULL}}, {{"2027-01-01/2027-01-10"}, {NULL}}}, 22, "no day", "2027-01-10"},
};

START_TEST(sums)
{
	const struct row *row = &rows[_i];
	struct episode_holding holdings[HOLDINGS];
	char last[CIVIL_TEXT_SIZE];
	for (size_t i = 0; i < HOLDINGS; i++) {
		holdings[i] = (struct episode_holding){set_of(row->holdings[i].authorized, SPANS), set_of(row->holdings[i].asked, SPANS)};
	}
	const struct episode_days sum = episode_days(arena, holdings, HOLDINGS);
	ck_assert_msg(days_count(sum.authorized) == row->count, "%s: %lld days", row->name, (long long)days_count(sum.authorized));
	ck_assert_msg(strcmp(days_text(arena, sum.gaps), row->gaps) == 0, "%s: gaps %s", row->name, days_text(arena, sum.gaps));
	ck_assert_msg(days_empty(sum.authorized) == (row->last == NULL), "%s", row->name);
	if (row->last != NULL) {
		ck_assert_msg(strcmp(civil_format(days_last(sum.authorized), last), row->last) == 0, "%s: last %s", row->name, last);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("domain_episode");
	TCase *tcase = tcase_create("episode");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, sums, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
