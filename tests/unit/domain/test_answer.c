/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/answer.h"

#include "../run_suite.h"

#include <check.h>

/* Up to four answers, one letter each: + met, - not met, ? unknown, . not applicable. */
struct row {
	const char *answers;
	char all;
	char any;
	char at_least_two;
};

static const struct row rows[] = {
	{"", '+', '-', '-'},     {".", '+', '-', '-'},   {"+", '+', '+', '-'},   {"-", '-', '-', '-'},
	{"?", '?', '?', '-'},    {"++", '+', '+', '+'},  {"+-", '-', '+', '-'},  {"+?", '?', '+', '?'},
	{"+.", '+', '+', '-'},   {"--", '-', '-', '-'},  {"-?", '-', '?', '-'},  {"-.", '-', '-', '-'},
	{"??", '?', '?', '?'},   {"?.", '?', '?', '-'},  {"..", '+', '-', '-'},  {"++-", '-', '+', '+'},
	{"+-?", '-', '+', '?'},  {"-??", '-', '?', '?'}, {"--?", '-', '?', '-'}, {"++??", '?', '+', '+'},
	{".+.+", '+', '+', '+'},
};

static enum answer answer_of(char letter)
{
	switch (letter) {
	case '+': return ANSWER_MET;
	case '-': return ANSWER_NOT_MET;
	case '?': return ANSWER_UNKNOWN;
	default: return ANSWER_NOT_APPLICABLE;
	}
}

START_TEST(three_valued_logic)
{
	const struct row *const row = &rows[_i];
	enum answer answers[4];
	unsigned count = 0;

	for (; row->answers[count] != '\0'; count++) {
		answers[count] = answer_of(row->answers[count]);
	}
	ck_assert_msg(answer_all(answers, count) == answer_of(row->all), "all of \"%s\"", row->answers);
	ck_assert_msg(answer_any(answers, count) == answer_of(row->any), "any of \"%s\"", row->answers);
	ck_assert_msg(answer_at_least(answers, count, 2) == answer_of(row->at_least_two), "two of \"%s\"", row->answers);
	ck_assert_msg(answer_at_least(answers, count, 0) == ANSWER_MET, "none of \"%s\"", row->answers);
}
END_TEST

/* "any" is "all" of the opposites, turned round, wherever something takes part. */
START_TEST(all_and_any_are_duals)
{
	for (unsigned code = 0; code < 3 * 3 * 3; code++) {
		enum answer answers[3];
		enum answer opposites[3];
		for (unsigned i = 0, rest = code; i < 3; i++, rest /= 3) {
			answers[i] = (enum answer)(rest % 3);
			opposites[i] = answer_not(answers[i]);
		}
		ck_assert_msg(answer_any(answers, 3) == answer_not(answer_all(opposites, 3)), "%u", code);
		ck_assert_msg(answer_at_least(answers, 3, 3) == answer_all(answers, 3), "%u", code);
	}
}
END_TEST

START_TEST(opposites)
{
	ck_assert_int_eq(answer_not(ANSWER_MET), ANSWER_NOT_MET);
	ck_assert_int_eq(answer_not(ANSWER_NOT_MET), ANSWER_MET);
	ck_assert_int_eq(answer_not(ANSWER_UNKNOWN), ANSWER_UNKNOWN);
	ck_assert_int_eq(answer_not(ANSWER_NOT_APPLICABLE), ANSWER_NOT_APPLICABLE);
}
END_TEST

START_TEST(names)
{
	ck_assert_str_eq(answer_name(ANSWER_MET), "met");
	ck_assert_str_eq(answer_name(ANSWER_NOT_MET), "not_met");
	ck_assert_str_eq(answer_name(ANSWER_UNKNOWN), "unknown");
	ck_assert_str_eq(answer_name(ANSWER_NOT_APPLICABLE), "not_applicable");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("answer");
	TCase *const tcase = tcase_create("answer");

	tcase_add_loop_test(tcase, three_valued_logic, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tcase, all_and_any_are_duals);
	tcase_add_test(tcase, opposites);
	tcase_add_test(tcase, names);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
