/* SPDX-License-Identifier: Apache-2.0 */
/* What an item lists of what its checks found: all of it up to a bound, then how many more there are. */
#include "../run_suite.h"
#include "base/text.h"
#include "care.h"
#include "policy/entries.h"

#include <check.h>
#include <string.h>

/* An item that asks each visit of "planned_on" and lists what lacks it; and judges it. */
static struct evaluation judge(struct care *care, struct arena *arena, int lacking, const char *more)
{
	struct text list;
	text_init(&list, arena, 256);
	for (int i = 0; i < lacking; i++) {
		text_printf(&list, "%sdischarge_planned 2026-03-%02d", i > 0 ? "; " : "", i % 20 + 1);
	}
	return care_judge(care, arena, care_list(arena, arena_printf(arena, "%s%s", list.data, more)),
			  "2026-04-01T10:00:00-04:00", NULL, 0);
}

static const char rule[] =
	"'kind':'information','text':'Each has its day.','ask':'Say the day.',"
	"'check':{'occurrences':{'of':{'occurrence':['discharge_planned']},'have':{'planned_on':'present'}}}";

struct row {
	const char *name;
	int lacking;
	const char *more; /* at the end of the history */
	size_t listed;
	const char *last; /* its sentence ends so */
	const char *pointer; /* of the last one */
};

static const struct row rows[] = {
	{"one less than are listed", ENTRIES_MAX - 1, "", ENTRIES_MAX - 1, "is missing.", "/facts/occurrences/18/planned_on"},
	{"as many", ENTRIES_MAX, "", ENTRIES_MAX, "is missing.", "/facts/occurrences/19/planned_on"},
	{"one more", ENTRIES_MAX + 1, "", ENTRIES_MAX, "is missing. And 1 more like it.", "/facts/occurrences/19/planned_on"},
	{"hundreds", 687, "", ENTRIES_MAX, "is missing. And 667 more like it.", "/facts/occurrences/19/planned_on"},
	{"those that lack nothing are not counted", ENTRIES_MAX + 1,
	 "; discharge_planned 2026-03-28 planned_on=2026-04-20; discharge_planned 2026-03-29 planned_on=2026-04-20",
	 ENTRIES_MAX, "is missing. And 1 more like it.", "/facts/occurrences/19/planned_on"},
};

START_TEST(more_are_counted)
{
	const struct row *row = &rows[_i];
	struct care care;
	struct arena *arena = arena_create();
	care_init_item(&care, rule);
	const struct evaluation evaluation = judge(&care, arena, row->lacking, row->more);
	ck_assert_msg(evaluation.requested_count == row->listed, "%s: %zu", row->name, evaluation.requested_count);
	const struct entry *last = &evaluation.requested[row->listed - 1];
	const size_t length = strlen(last->say);
	const size_t tail = strlen(row->last);
	ck_assert_msg(length > tail && strcmp(last->say + length - tail, row->last) == 0, "%s: %s", row->name, last->say);
	ck_assert_str_eq(last->pointer, row->pointer);
	for (size_t i = 0; i < row->listed; i++) {
		const struct entry *entry = &evaluation.requested[i];
		ck_assert_msg(entry->unworded == NULL && entry->fix != NULL &&
				      (i + 1 == row->listed || !strstr(entry->say, "more")),
			      "%s: %s", row->name, entry->say);
		ck_assert_str_eq(entry->pointer, arena_printf(arena, "/facts/occurrences/%zu/planned_on", i));
	}
	care_finish(&care);
	arena_destroy(arena);
}
END_TEST

/* Two parts that ask the same of each ask once, also of those that are only counted. */
START_TEST(the_same_counts_once)
{
	struct care care;
	struct arena *arena = arena_create();
	care_init_item(&care, "'kind':'information','text':'Each has its day.','ask':'Say the day.','check':{'all':["
			      "{'occurrences':{'of':{'occurrence':['discharge_planned']},'at_most':0}},"
			      "{'occurrences':{'of':{'occurrence':['discharge_planned']},'at_most':0}}]}");
	const struct evaluation evaluation = judge(&care, arena, 50, "");
	ck_assert_uint_eq(evaluation.requested_count, ENTRIES_MAX);
	const char *say = evaluation.requested[ENTRIES_MAX - 1].say;
	ck_assert_msg(strstr(say, "And 30 more like it.") != NULL, "%s", say);
	care_finish(&care);
	arena_destroy(arena);
}
END_TEST

/* What tells why is listed, however many questions come before it. */
START_TEST(the_reason_is_listed)
{
	struct care care;
	struct arena *arena = arena_create();
	care_init_item(
		&care,
		"'kind':'information','text':'All is so.','ask':'Say it.','check':{'all':["
		"{'occurrences':{'of':{'occurrence':['discharge_planned'],'where':{"
		"'setting':['inpatient']}},'at_most':20}},{'occurrences':{'of':{'occurrence':['session']},'at_least':5}}]}");
	const struct evaluation evaluation = judge(&care, arena, 30, "");
	bool told = false;
	for (size_t i = 0; i < evaluation.requested_count; i++) {
		told = told || evaluation.requested[i].problem == PROBLEM_MISSING;
	}
	ck_assert_uint_le(evaluation.requested_count, ENTRIES_MAX);
	ck_assert(told);
	care_finish(&care);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("entries");
	TCase *tests = tcase_create("entries");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, more_are_counted, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, the_same_counts_once);
	tcase_add_test(tests, the_reason_is_listed);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
