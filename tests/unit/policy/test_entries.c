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
	{"one less than are listed", ENTRIES_MAX - 1, "", ENTRIES_MAX - 1, "this is not given: the planned day.",
	 "/facts/occurrences/18/planned_on"},
	{"as many", ENTRIES_MAX, "", ENTRIES_MAX, "this is not given: the planned day.", "/facts/occurrences/19/planned_on"},
	{"one more", ENTRIES_MAX + 1, "", ENTRIES_MAX, "this is not given: the planned day. And 1 more like it.",
	 "/facts/occurrences/19/planned_on"},
	{"hundreds", 687, "", ENTRIES_MAX, "this is not given: the planned day. And 667 more like it.",
	 "/facts/occurrences/19/planned_on"},
	{"those that lack nothing are not counted", ENTRIES_MAX + 1,
	 "; discharge_planned 2026-03-28 planned_on=2026-04-20; discharge_planned 2026-03-29 planned_on=2026-04-20",
	 ENTRIES_MAX, "this is not given: the planned day. And 1 more like it.", "/facts/occurrences/19/planned_on"},
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

/* clang-format off */

#define CHECK(arguments) "'kind':'information','text':'Care is as agreed.','check':{'occurrences':{" arguments "}}"
#define VISITED "'kind':'eligibility','then':'flag','flag':'a','text':'Care is as agreed.','unmet':'Nobody came.','check':{'all':[{'occurrences':{"

/* What an item says of what happened under care. */
static const struct sentence_row {
	const char *rule;
	const char *history;
	const char *say;
} sentences[] = {
	{CHECK("'of':{'occurrence':['last_service']},'at_least':1"), "referral 2026-03-05", "There is no record of the last service."},
	{CHECK("'of':{'occurrence':['plan_given','contact']},'at_least':1"), "referral 2026-03-05", "There is no record of the handing over of the plan or the contact."},
	{CHECK("'of':{'occurrence':['plan_given','contact','asked']},'at_least':2"), "contact 2026-03-05", "There is 1 record of the handing over of the plan, the contact or the question; at least 2 are needed."},
	{CHECK("'of':{'occurrence':['plan_given']},'at_least':2"), "referral 2026-03-05", "There is no record of the handing over of the plan; at least 2 are needed."},
	{CHECK("'of':{'occurrence':['plan_given']},'at_least':3"), "plan_given 2026-03-05; plan_given 2026-03-06", "There are 2 records of the handing over of the plan; at least 3 are needed."},
	/* of what is there and does not count it is not said that it is not there */
	{CHECK("'of':{'occurrence':['admission'],'where':{'setting':['inpatient']}},'at_least':1"), "admission 2026-03-05 setting=partial", "There is no record of the admission that counts here."},
	{CHECK("'of':{'occurrence':['session']},'during':{'from':{'occurrence':['contact']}},'at_least':1"), "session 2026-03-05", "This is not so: Care is as agreed."},
	{VISITED "'of':{'occurrence':['session']},'during':{'from':{'occurrence':['contact']}},'at_least':1}}]}", "session 2026-03-05", "Nobody came."},
	{VISITED "'of':{'occurrence':['last_service']},'at_least':1}}]}", "session 2026-03-05", "Nobody came. There is no record of the last service."},
	/* what may not be there */
	{CHECK("'of':{'occurrence':['contact']},'at_most':0"), "contact 2026-03-05", "The contact of 2026-03-05 is recorded, and there may be none."},
	{CHECK("'of':{'occurrence':['contact']},'at_most':1"), "contact 2026-03-05; contact 2026-03-06", "The contact of 2026-03-06 is one more than the 1 that there may be."},
	{CHECK("'of':{'occurrence':['contact']},'during':{'from':{'occurrence':['admission']}},'at_most':0"), "admission 2026-03-01 setting=partial; contact 2026-03-05", "This is not so: Care is as agreed: the contact of 2026-03-05."},
	{VISITED "'of':{'occurrence':['contact']},'during':{'from':{'occurrence':['admission']}},'at_most':0}}]}", "admission 2026-03-01 setting=partial; contact 2026-03-05", "Nobody came: the contact of 2026-03-05."},
	{VISITED "'of':{'occurrence':['contact']},'at_most':0}}]}", "contact 2026-03-05; contact 2026-03-06; contact 2026-03-09", "Nobody came: the contact of 2026-03-05, the contact of 2026-03-06 and the contact of 2026-03-09."},
	{VISITED "'of':{'occurrence':['contact']},'during':{'from':{'occurrence':['admission']}},'at_most':0}}]}", "admission 2026-03-01 setting=partial; contact 2026-03-05; contact 2026-03-06; contact 2026-03-07; contact 2026-03-08; contact 2026-03-09", "Nobody came: the contact of 2026-03-05, the contact of 2026-03-06, the contact of 2026-03-07 and 2 more."},
	{VISITED "'of':{'occurrence':['contact']},'at_most':0}},{'occurrences':{'of':{'occurrence':['contact']},'during':{'from':{'occurrence':['admission']}},'at_most':0}}]}", "admission 2026-03-01 setting=partial; contact 2026-03-05", "Nobody came: the contact of 2026-03-05."},
	{VISITED "'of':{'occurrence':['contact']},'at_most':1}}]}", "contact 2026-03-05; contact 2026-03-06", "Nobody came. The contact of 2026-03-06 is one more than the 1 that there may be."},
	{CHECK("'of':{'occurrence':['contact']},'during':{'from':{'occurrence':['admission']}},'at_most':1"), "admission 2026-03-01 setting=partial; contact 2026-03-05; contact 2026-03-06", "The contact of 2026-03-06 is one more than the 1 that there may be in that time."},
	/* what one of them has, whether its name means one or many */
	{CHECK("'of':{'occurrence':['discharge_planned']},'have':{'planned_on':'present'}"), "discharge_planned 2026-03-05", "Of the planning of the discharge of 2026-03-05 this is not given: the planned day."},
	{CHECK("'of':{'occurrence':['admission']},'have':{'setting':['inpatient']}"), "admission 2026-03-05", "Of the admission of 2026-03-05 this is not given: the setting."},
	{CHECK("'of':{'occurrence':['admission']},'have':{'setting':['inpatient']}"), "admission 2026-03-05 setting=partial", "Of the admission of 2026-03-05 this is not what is needed: the setting."},
	{CHECK("'of':{'occurrence':['admission']},'during':{'from':{'occurrence':['referral']}},'at_least':1"), "referral 2026-03-01; admission -", "Of the admission without a date this is not given: its day."},
};

/* clang-format on */

START_TEST(care_in_sentences)
{
	const struct sentence_row *row = &sentences[_i];
	struct care care;
	struct arena *arena = arena_create();
	care_init_item(&care, row->rule);
	const struct evaluation evaluation =
		care_judge(&care, arena, care_list(arena, row->history), "2026-04-01T10:00:00-04:00", NULL, 0);
	ck_assert_uint_gt(evaluation.requested_count + evaluation.flag_count, 0);
	ck_assert_str_eq(evaluation.requested_count > 0 ? evaluation.requested[0].say : evaluation.flags[0].say, row->say);
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
	tcase_add_loop_test(tests, care_in_sentences, 0, (int)(sizeof(sentences) / sizeof(sentences[0])));
	tcase_add_test(tests, the_reason_is_listed);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
