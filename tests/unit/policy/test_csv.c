/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values: what is read, what is refused, and that reading goes on behind a fault. */
#include "policy/csv.h"

#include "../run_suite.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

/* "a|b;c|d!3 a quote inside a field": fields, lines, and each fault with its line. */
static const char *read_all(struct arena *arena, const char *bytes, size_t length)
{
	static struct csv_line line;
	struct csv_reader reader;
	struct csv_fault fault;
	struct text text;
	text_init(&text, arena, 256);
	text_puts(&text, "");
	csv_open(&reader, arena, bytes, length);
	for (enum csv_result result = csv_next(&reader, &line, &fault); result != CSV_END; result = csv_next(&reader, &line, &fault)) {
		if (result == CSV_BROKEN) {
			ck_assert(fault.needed != NULL);
			text_printf(&text, "!%zu %s", fault.line, fault.found);
			continue;
		}
		text_puts(&text, text.length > 0 ? ";" : "");
		for (size_t i = 0; i < line.count; i++) {
			text_printf(&text, "%s%s", i > 0 ? "|" : "", line.fields[i].text);
		}
	}
	return text.data;
}

struct row {
	const char *bytes;
	const char *read;
};

static const struct row rows[] = {
	{"", ""},
	{"a", "a"},
	{"a,b\nc,d\n", "a|b;c|d"},
	{"a,b\r\nc,d\r\n", "a|b;c|d"},
	{"a,b\r\nc,d", "a|b;c|d"},
	{"a,\n,b\n", "a|;|b"},
	{"a,b,", "a|b|"},
	{",", "|"},
	{"\xef\xbb\xbf" "a,b\n", "a|b"},
	{"a\n\n\r\nb\n", "a;b"},
	{" a , b ", " a | b "},
	{"a;b", "a;b"},
	/* quoted */
	{"\"a\",\"b\"\n", "a|b"},
	{"\"\",\"\"\n", "|"},
	{"\"a,b\",c\n", "a,b|c"},
	{"\"say \"\"a\"\"\",b\n", "say \"a\"|b"},
	{"\"\"\"\"\n", "\""},
	{"\"a\nb\",c\nd,e\n", "a\nb|c;d|e"},
	{"\"a\r\nb\",c\n", "a\r\nb|c"},
	{"\"a\"", "a"},
	/* faults */
	{"a\"b,c\nd,e\n", "!1 a quote inside a field;d|e"},
	{"\"a\" ,b\nd,e\n", "!1 text behind a closing quote;d|e"},
	{"\"a\"b\nd\n", "!1 text behind a closing quote;d"},
	{"a,b\n\"c,d\ne,f\n", "a|b!2 a quote that is not closed"},
	{"\"", "!1 a quote that is not closed"},
	{"\"\"\"", "!1 a quote that is not closed"},
	{"a\rb\n", "!1 a carriage return without a line feed"},
	{"a\r", "!1 a carriage return without a line feed"},
	{"a\n\"b\nc\"x,\nd\n", "a!2 text behind a closing quote;d"},
	{"a\n\xff,b\nc\n", "a!2 bytes that are no text;c"},
	{"\xed\xa0\x80\nc\n", "!1 bytes that are no text;c"},
	{"\xff\xfe" "a", "!1 bytes that are no text"},
	/* what formulas and entities look like is text as any other */
	{"=1+1,<b>,'--", "=1+1|<b>|'--"},
};

START_TEST(reads)
{
	struct arena *arena = arena_create();
	const char *read = read_all(arena, rows[_i].bytes, strlen(rows[_i].bytes));
	/* a fault stands before the separator of the line that follows it */
	ck_assert_msg(strcmp(read, rows[_i].read) == 0, "%d: \"%s\" for \"%s\"", _i, read, rows[_i].bytes);
	arena_destroy(arena);
}
END_TEST

START_TEST(bytes_that_end_strings_are_refused)
{
	struct arena *arena = arena_create();
	static const char bytes[] = "a\0b,c\nd";
	ck_assert_str_eq(read_all(arena, bytes, sizeof(bytes) - 1), "!1 bytes that are no text;d");
	ck_assert_str_eq(read_all(arena, "\0", 1), "!1 bytes that are no text");
	arena_destroy(arena);
}
END_TEST

static const char *repeated(struct arena *arena, const char *before, char byte, size_t count, const char *after)
{
	struct text text;
	text_init(&text, arena, count + 64);
	text_puts(&text, before);
	for (size_t i = 0; i < count; i++) {
		text_add(&text, &byte, 1);
	}
	text_puts(&text, after);
	return text.data;
}

START_TEST(fields_and_lines_are_bounded)
{
	struct arena *arena = arena_create();
	const char *text = repeated(arena, "", 'x', CSV_FIELD_MAX, "");
	ck_assert_str_eq(read_all(arena, text, strlen(text)), text);
	text = repeated(arena, "\"", 'x', CSV_FIELD_MAX + 1, "\",a\nb");
	ck_assert_str_eq(read_all(arena, text, strlen(text)), "!1 a field of more than 1024 bytes;b");
	text = repeated(arena, "", 'x', (size_t)1 << 20, "\nb");
	ck_assert_str_eq(read_all(arena, text, strlen(text)), "!1 a field of more than 1024 bytes;b");
	text = repeated(arena, "", ',', CSV_FIELDS_MAX - 1, "");
	ck_assert_uint_eq(strlen(read_all(arena, text, strlen(text))), CSV_FIELDS_MAX - 1);
	text = repeated(arena, "", ',', CSV_FIELDS_MAX, "\nb");
	ck_assert_str_eq(read_all(arena, text, strlen(text)), "!1 more fields than any table has columns;b");
	text = repeated(arena, "\"", '\n', 100, "\"x\nb");
	ck_assert_str_eq(read_all(arena, text, strlen(text)), "!1 text behind a closing quote;b");
	arena_destroy(arena);
}
END_TEST

/* Fields that are full fill the room of a line to its end. */
START_TEST(widest_line_fits)
{
	struct arena *arena = arena_create();
	struct text text;
	text_init(&text, arena, (size_t)CSV_FIELDS_MAX * (CSV_FIELD_MAX + 1));
	for (size_t i = 0; i < CSV_FIELDS_MAX; i++) {
		text_puts(&text, i > 0 ? "," : "");
		text_puts(&text, repeated(arena, "", (char)('a' + i % 26), CSV_FIELD_MAX, ""));
	}
	ck_assert_uint_eq(strlen(read_all(arena, text.data, text.length)), text.length);
	arena_destroy(arena);
}
END_TEST

START_TEST(fields_know_their_line)
{
	static struct csv_line line;
	struct arena *arena = arena_create();
	struct csv_reader reader;
	struct csv_fault fault;
	static const char bytes[] = "\n\"a\nb\",c\r\nd";
	csv_open(&reader, arena, bytes, sizeof(bytes) - 1);
	ck_assert_int_eq(csv_next(&reader, &line, &fault), CSV_LINE);
	ck_assert_uint_eq(line.number, 2);
	ck_assert_uint_eq(line.fields[0].line, 2);
	ck_assert_uint_eq(line.fields[1].line, 3);
	ck_assert_int_eq(csv_next(&reader, &line, &fault), CSV_LINE);
	ck_assert_uint_eq(line.number, 4);
	ck_assert_int_eq(csv_next(&reader, &line, &fault), CSV_END);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("csv");
	TCase *tests = tcase_create("csv");
	tcase_add_loop_test(tests, reads, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tests, bytes_that_end_strings_are_refused);
	tcase_add_test(tests, fields_and_lines_are_bounded);
	tcase_add_test(tests, widest_line_fits);
	tcase_add_test(tests, fields_know_their_line);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
