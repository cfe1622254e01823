/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as comma-separated values. What is read, written with every field quoted, reads back as the same; and as the rows of a table
 * every row that is taken has what the table needs, every other has its issue.
 */
#include "base/text.h"
#include "policy/csv.h"
#include "policy/table_csv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool held, const char *what)
{
	if (!held) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
}

static void write_field(struct text *text, const char *field)
{
	text_puts(text, "\"");
	for (; *field != '\0'; field++) {
		text_add(text, field, 1);
		text_puts(text, *field == '"' ? "\"" : "");
	}
	text_puts(text, "\"");
}

/* The lines that can be read, and how many there are. */
static size_t rewrite(struct arena *arena, const char *bytes, size_t length, struct text *text)
{
	struct csv_line *line = arena_alloc(arena, sizeof(*line));
	struct csv_reader reader;
	struct csv_fault fault;
	size_t count = 0;
	csv_open(&reader, arena, bytes, length);
	for (enum csv_result result = csv_next(&reader, line, &fault); result != CSV_END; result = csv_next(&reader, line, &fault)) {
		require(reader.at <= length, "reading stays within its bytes");
		if (result == CSV_BROKEN) {
			require(fault.line > 0 && fault.found && fault.needed, "a fault says where and what");
			continue;
		}
		require(line->count > 0 && line->count <= CSV_FIELDS_MAX, "a line has fields");
		for (size_t i = 0; i < line->count; i++) {
			require(strlen(line->fields[i].text) <= CSV_FIELD_MAX, "fields are bounded");
			text_puts(text, i > 0 ? "," : "");
			write_field(text, line->fields[i].text);
		}
		text_puts(text, "\r\n");
		count++;
	}
	return count;
}

static void round_trip(struct arena *arena, const char *bytes, size_t length)
{
	struct text once;
	struct text twice;
	text_init(&once, arena, length + 16);
	text_init(&twice, arena, length + 16);
	text_puts(&once, "");
	text_puts(&twice, "");
	const size_t count = rewrite(arena, bytes, length, &once);
	require(rewrite(arena, once.data, once.length, &twice) == count, "as many lines are read back");
	require(strcmp(once.data, twice.data) == 0, "the same is read back");
}

static void read_table(struct arena *arena, const char *bytes, size_t length)
{
	static const char *const words[] = {"yes", "no"};
	static const struct table_column columns[] = {
		{"id", VALUE_TEXT, true, NULL, 0},   {"from", VALUE_DATE, false, NULL, 0},  {"to", VALUE_DATE, false, NULL, 0},
		{"n", VALUE_INTEGER, false, NULL, 0}, {"w", VALUE_TEXT, false, words, 2}, {"b", VALUE_BOOLEAN, true, NULL, 0},
	};
	const struct table empty = {.name = "t", .columns = columns, .column_count = 6, .from_column = 1, .to_column = 2};
	struct table table;
	struct issues issues;
	issues_init(&issues, arena);
	const bool good = table_csv(arena, &empty, bytes, length, "t.csv", &issues, &table);
	require(good == !issues_any(&issues), "a refusal has its issue");
	for (size_t row = 0; good && row < table.row_count; row++) {
		const struct value *id = table_cell(&table, row, 0);
		size_t from;
		size_t to;
		require(value_given(id) && value_given(table_cell(&table, row, 5)), "what is needed is there");
		table_keyed(&table, id->text, &from, &to);
		bool found = false;
		for (size_t i = from; i < to; i++) {
			found = found || table.by_key[i] == row;
		}
		require(found, "a row is found by its key");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create();
	round_trip(arena, (const char *)data, size);
	read_table(arena, (const char *)data, size);
	arena_destroy(arena);
	return 0;
}
