/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(text_grows)
{
	struct arena *arena = arena_create();
	struct text text;
	text_init(&text, arena, 0);
	for (int i = 0; i < 1000; i++) {
		text_add(&text, "ab", 2);
		text_puts(&text, "c");
		text_printf(&text, "%03d;", i);
	}
	ck_assert_uint_eq(text.length, 7000);
	ck_assert_uint_eq(strlen(text.data), 7000);
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(strncmp(text.data + i * 7, arena_printf(arena, "abc%03d;", i), 7), 0);
	}
	text_printf(&text, "%*s", 50000, "x");
	ck_assert_uint_eq(strlen(text.data), 57000);
	struct text nothing;
	text_init(&nothing, arena, 5);
	text_add(&nothing, "", 0);
	ck_assert_str_eq(nothing.data, "");
	text_puts(&nothing, "12345");
	ck_assert_str_eq(nothing.data, "12345");
	arena_destroy(arena);
}
END_TEST

static const struct {
	const char *text;
	bool blank;
} blanks[] = {
	{NULL, true}, {"", true}, {" ", true}, {" \t\r\n\v\f", true}, {"\xC2\xA0", true}, {"\xE3\x80\x80 ", true},
	{"\xE2\x80\x83", true}, {"\xE2\x80\x8B", true}, {"\xEF\xBB\xBF", true}, {"x", false}, {"  x  ", false},
	{"\xC2\xA1", false}, {"\xE2\x80\xA6", false}, {"\xE2\x80", false}, {"\xC2", false}, {"\x01", false}, {"0", false},
};

START_TEST(blank_text)
{
	ck_assert_msg(text_blank(blanks[_i].text) == blanks[_i].blank, "row %d", _i);
}
END_TEST

static const struct {
	const char *bytes;
	size_t length;
	bool good;
} utf8s[] = {
	{"", 0, true}, {"abc", 3, true}, {"a\0b", 3, true}, {"\x7F", 1, true}, {"\xC2\x80", 2, true}, {"\xDF\xBF", 2, true},
	{"\xE0\xA0\x80", 3, true}, {"\xED\x9F\xBF", 3, true}, {"\xEE\x80\x80", 3, true}, {"\xEF\xBF\xBF", 3, true},
	{"\xF0\x90\x80\x80", 4, true}, {"\xF4\x8F\xBF\xBF", 4, true},
	{"\x80", 1, false}, {"\xBF", 1, false}, {"\xC0\x80", 2, false}, {"\xC1\xBF", 2, false}, {"\xC2", 1, false},
	{"\xC2\x41", 2, false}, {"\xC2\xC0", 2, false}, {"\xE0\x9F\xBF", 3, false}, {"\xE0\xA0", 2, false},
	{"\xED\xA0\x80", 3, false}, {"\xED\xBF\xBF", 3, false}, {"\xE2\x82\x41", 3, false},
	{"\xF0\x8F\xBF\xBF", 4, false}, {"\xF0\x9F\x99", 3, false}, {"\xF4\x90\x80\x80", 4, false},
	{"\xF5\x80\x80\x80", 4, false}, {"\xF0\x90\x80\xC0", 4, false}, {"\xFE", 1, false}, {"\xFF", 1, false},
	{"good \xE2\x82\xAC then \xE2\x82", 16, false},
};

START_TEST(utf8_is_well_formed)
{
	ck_assert_msg(text_utf8(utf8s[_i].bytes, utf8s[_i].length) == utf8s[_i].good, "row %d", _i);
}
END_TEST

START_TEST(points_are_counted)
{
	ck_assert_uint_eq(text_points(""), 0);
	ck_assert_uint_eq(text_points("abc"), 3);
	ck_assert_uint_eq(text_points("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82"), 3);
}
END_TEST

static const char *const words[] = {
	"birth_date", "first_name", "last_name", "line_of_business", "PRTS", "PDTS", "TM", "TCM", "SUBACUTE",
};

static const struct {
	const char *text;
	const char *nearest;
} nearests[] = {
	{"birthdate", "birth_date"}, {"brith_date", "birth_date"}, {"birth_dte", "birth_date"}, {"BirthDate", "birth_date"},
	{"lst_name", "last_name"}, {"frist_nmae", "first_name"}, {"lineofbusines", "line_of_business"},
	{"prts", "PRTS"}, {"PTRS", "PRTS"}, {"tm", "TM"}, {"TMC", "TCM"}, {"sub-acute", "SUBACUTE"},
	{"", NULL}, {"XY", NULL}, {"colour", NULL}, {"diagnosis", NULL}, {"T", "TM"},
	{"a name so long that comparing it with anything would cost more than the refusal is worth", NULL},
};

START_TEST(the_nearest_word_is_suggested)
{
	const char *found = text_nearest(nearests[_i].text, words, sizeof(words) / sizeof(words[0]));
	const char *wanted = nearests[_i].nearest;
	ck_assert_msg(found == wanted || (found != NULL && wanted != NULL && strcmp(found, wanted) == 0),
	              "%s: found %s, wanted %s", nearests[_i].text, found ? found : "nothing", wanted ? wanted : "nothing");
}
END_TEST

static const struct {
	const char *base;
	char mark;
	size_t number;
	const char *text;
} numbered[] = {
	{"", 'o', 1, "o1"}, {"o3", '.', 2, "o3.2"}, {"", 'o', 0, "o0"}, {"x", '.', 1000, "x.1000"},
	{"", '.', 9, ".9"}, {"", 'o', 10, "o10"}, {"o3", '.', UINT64_MAX, "o3.18446744073709551615"},
};

START_TEST(names_are_numbered)
{
	struct arena *arena = arena_create();
	ck_assert_str_eq(text_numbered(arena, numbered[_i].base, numbered[_i].mark, numbered[_i].number), numbered[_i].text);
	(void)arena_mute(arena, true);
	ck_assert_str_eq(text_numbered(arena, numbered[_i].base, numbered[_i].mark, numbered[_i].number), numbered[_i].text);
	arena_destroy(arena);
}
END_TEST

START_TEST(the_hash_is_fnv_1a)
{
	ck_assert_uint_eq(text_hash(""), UINT64_C(0xCBF29CE484222325));
	ck_assert_uint_eq(text_hash("a"), UINT64_C(0xAF63DC4C8601EC8C));
	ck_assert_uint_eq(text_hash("foobar"), UINT64_C(0x85944171F73967E8));
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
	Suite *suite = suite_create("text");
	TCase *tcase = tcase_create("text");
	tcase_add_test(tcase, text_grows);
	tcase_add_loop_test(tcase, blank_text, 0, ROWS(blanks));
	tcase_add_loop_test(tcase, utf8_is_well_formed, 0, ROWS(utf8s));
	tcase_add_test(tcase, points_are_counted);
	tcase_add_loop_test(tcase, the_nearest_word_is_suggested, 0, ROWS(nearests));
	tcase_add_loop_test(tcase, names_are_numbered, 0, ROWS(numbered));
	tcase_add_test(tcase, the_hash_is_fnv_1a);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
