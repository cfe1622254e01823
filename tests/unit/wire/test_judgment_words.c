/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/judgment_words.h"

#include "../run_suite.h"

#include <check.h>

#define TEXT "The service is medically necessary."

static const struct row {
	const char *answer;
	const char *say;
} rows[] = {
	{NULL, "A licensed reviewer has not answered this yet: " TEXT},
	{"met", "A licensed reviewer answered that this is so: " TEXT},
	{"not_met", "A licensed reviewer answered that this is not so: " TEXT},
	{"cannot_tell", "A licensed reviewer cannot tell this yet: " TEXT},
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

START_TEST(text_with_an_answer)
{
	struct arena *arena = arena_create();
	ck_assert_str_eq(judgment_say(arena, TEXT, rows[_i].answer), rows[_i].say);
	arena_destroy(arena);
}
END_TEST

/* From each answer to each: the newest is told, once. */
START_TEST(answered_again)
{
	struct arena *arena = arena_create();
	for (size_t i = 0; i < ROWS; i++) {
		ck_assert_str_eq(judgment_say_again(arena, rows[_i].say, rows[i].answer), rows[i].say);
	}
	arena_destroy(arena);
}
END_TEST

/* What the machine found is its own sentence, whatever the reviewer answered. */
START_TEST(own_sentences_stay)
{
	struct arena *arena = arena_create();
	ck_assert_str_eq(judgment_say_again(arena, "The progress is not given.", "met"), "The progress is not given.");
	ck_assert_str_eq(judgment_say_again(arena, "", NULL), "");
	ck_assert_ptr_null(judgment_say_again(arena, NULL, NULL));
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("judgment_words");
	TCase *sentences = tcase_create("sentences");
	tcase_add_loop_test(sentences, text_with_an_answer, 0, ROWS);
	tcase_add_loop_test(sentences, answered_again, 0, ROWS);
	tcase_add_test(sentences, own_sentences_stay);
	suite_add_tcase(suite, sentences);
	return run_suite(suite);
}
