/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/table_csv.h"

#include "base/text.h"
#include "policy/csv.h"
#include "policy/table_agree.h"

#include <stdarg.h>
#include <string.h>

struct reading {
	struct arena *arena;
	const struct table *table;
	const char *name;
	struct issues *issues;
	struct csv_reader reader;
	struct csv_line line;
	size_t places[CSV_FIELDS_MAX]; /* the column of each field */
	size_t field_count;
	size_t *lines; /* where each row begins */
	bool good;
};

static void complain(struct reading *reading, size_t line, const char *code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void complain(struct reading *reading, size_t line, const char *code, const char *format, ...)
{
	va_list arguments;
	struct arena *arena = reading->issues->arena;
	va_start(arguments, format);
	const char *detail = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	issues_add(reading->issues, arena_printf(arena, "%s:%zu", reading->name, line), code, NULL, "%s", detail);
	reading->good = false;
}

static enum csv_result next(struct reading *reading)
{
	struct csv_fault fault;
	const enum csv_result result = csv_next(&reading->reader, &reading->line, &fault);
	if (result == CSV_BROKEN) {
		complain(reading, fault.line, "not_csv", "found %s, needed %s", fault.found, fault.needed);
	}
	return result;
}

/* ---- the line that names the columns ---- */

static const char *column_list(const struct reading *reading)
{
	struct text text;
	text_init(&text, reading->issues->arena, 64);
	for (size_t i = 0; i < reading->table->column_count; i++) {
		text_printf(&text, "%s%s", i > 0 ? ", " : "", reading->table->columns[i].name);
	}
	return text.data;
}

/* Who forgot this line has a row there: what is not a column's name is not quoted. */
static void complain_unknown(struct reading *reading, size_t field)
{
	const struct table *table = reading->table;
	const char *names[TABLE_COLUMNS_MAX];
	for (size_t i = 0; i < table->column_count; i++) {
		names[i] = table->columns[i].name;
	}
	const char *near = text_nearest(reading->line.fields[field].text, names, table->column_count);
	complain(reading, reading->line.number, "unknown_column",
		 near ? "field %zu: found no name of a column, needed one of %s; did you mean %s?"
		      : "field %zu: found no name of a column, needed one of %s%s",
		 field + 1, column_list(reading), near ? near : "");
}

static void check_columns(struct reading *reading, const bool *seen)
{
	for (size_t i = 0; i < reading->table->column_count; i++) {
		if (reading->table->columns[i].needed && !seen[i]) {
			complain(reading, reading->line.number, "missing_column", "column %s: found none, needed one",
				 reading->table->columns[i].name);
		}
	}
}

static bool read_header(struct reading *reading)
{
	bool seen[TABLE_COLUMNS_MAX] = {false};
	const enum csv_result result = next(reading);
	if (result == CSV_END) {
		complain(reading, 1, "missing_column", "found nothing, needed a line that names the columns: %s",
			 column_list(reading));
	}
	if (result != CSV_LINE) {
		return false;
	}
	for (size_t i = 0; i < reading->line.count; i++) {
		const int column = table_column_find(reading->table, reading->line.fields[i].text);
		if (column < 0) {
			complain_unknown(reading, i);
			continue;
		}
		if (seen[column]) {
			complain(reading, reading->line.number, "duplicate_column", "column %s: found twice, needed once",
				 reading->table->columns[column].name);
		}
		seen[column] = true;
		reading->places[i] = (size_t)column;
	}
	check_columns(reading, seen);
	reading->field_count = reading->line.count;
	return reading->good;
}

/* ---- rows ---- */

/* "99/99/9999": what kind of characters TEXT has, and where. */
static const char *form_of(struct arena *arena, const char *text)
{
	enum { SHOWN = 16 };
	struct text form;
	text_init(&form, arena, SHOWN + 8);
	for (size_t i = 0; i < SHOWN && text[i] != '\0'; i++) {
		const char byte = text[i];
		const bool digit = byte >= '0' && byte <= '9';
		const bool letter = (byte | ' ') >= 'a' && (byte | ' ') <= 'z';
		const bool sign = byte > ' ' && byte < '\x7f';
		text_add(&form, digit ? "9" : letter ? "a" : sign ? &byte : byte == ' ' ? "_" : "?", 1);
	}
	text_puts(&form, strlen(text) > SHOWN ? "..." : "");
	return form.data;
}

static bool whole_number(const char *text, int64_t *ret_value)
{
	enum { DIGITS = 15 }; /* as far as JSON's numbers are whole */
	const bool negative = text[0] == '-';
	const char *digits = text + negative;
	const size_t count = strspn(digits, "0123456789");
	int64_t value = 0;
	if (count == 0 || count > DIGITS || digits[count] != '\0') {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		value = value * 10 + (digits[i] - '0');
	}
	*ret_value = negative ? -value : value;
	return true;
}

/* Text still lies in the reader's room. */
static bool read_cell(const struct table_column *column, const char *text, struct value *ret_cell)
{
	*ret_cell = (struct value){.state = text[0] == '\0' ? VALUE_NULL : VALUE_PRESENT, .type = (uint8_t)column->type};
	if (text[0] == '\0') {
		return true;
	}
	switch (column->type) {
	case VALUE_TEXT: return table_text(column, text, ret_cell);
	case VALUE_DATE: return civil_parse(text, &ret_cell->date);
	case VALUE_BOOLEAN:
		ret_cell->boolean = strcmp(text, "true") == 0;
		return ret_cell->boolean || strcmp(text, "false") == 0;
	case VALUE_INTEGER: return whole_number(text, &ret_cell->integer);
	case VALUE_WORD:
	case VALUE_NUMBER:
	case VALUE_INSTANT:
	case VALUE_GROUP:
	case VALUE_TEXTS:
	case VALUE_RECORDS: break;
	}
	return false;
}

static bool read_field(struct reading *reading, size_t field, struct value *cells)
{
	const struct table_column *column = &reading->table->columns[reading->places[field]];
	const struct csv_field *found = &reading->line.fields[field];
	struct value *cell = &cells[reading->places[field]];
	if (!read_cell(column, found->text, cell)) {
		struct arena *arena = reading->issues->arena;
		complain(reading, found->line, "wrong_type", "column %s: found the form %s, needed %s", column->name,
			 form_of(arena, found->text), table_needed(arena, column));
		return false;
	}
	if (cell->state == VALUE_PRESENT && column->type == VALUE_TEXT && !column->words) {
		cell->text = arena_copy(reading->arena, cell->text);
	}
	return true;
}

static void read_row(struct reading *reading, struct value *cells)
{
	bool good = reading->line.count == reading->field_count;
	if (!good) {
		complain(reading, reading->line.number, "wrong_count", "found %zu fields, needed %zu, as in the first line",
			 reading->line.count, reading->field_count);
	}
	for (size_t i = 0; good && i < reading->line.count; i++) {
		good = read_field(reading, i, cells);
	}
	const char *fault = good ? table_row_fault(reading->issues->arena, reading->table, cells) : NULL;
	if (fault) {
		complain(reading, reading->line.number, "bad_row", "%s", fault);
	}
}

/* Lines that hold something, less the first; what is wrong with them is said when they are read. */
static size_t count_rows(struct reading *reading)
{
	struct csv_reader reader = reading->reader;
	struct csv_fault fault;
	size_t count = 0;
	while (count <= TABLE_ROWS_MAX && csv_next(&reader, &reading->line, &fault) != CSV_END) {
		count++;
	}
	return count;
}

static size_t read_rows(struct reading *reading, struct value *cells)
{
	size_t count = 0;
	for (enum csv_result result = next(reading); result != CSV_END; result = next(reading)) {
		if (result == CSV_LINE) {
			reading->lines[count] = reading->line.number;
			read_row(reading, cells + count * reading->table->column_count);
			count++;
		}
	}
	return count;
}

static void check_agreement(struct reading *reading, struct arena *scratch, const struct table *table)
{
	const struct table_clash *clashes;
	const size_t count = table_clashes(scratch, table, &clashes);
	struct arena *words = arena_create(); /* there may be as many contradictions as rows */
	for (size_t i = 0; i < count; i++, arena_reset(words)) {
		const char *there = arena_printf(words, "%s:%zu", reading->name, reading->lines[clashes[i].earlier]);
		const char *here = arena_printf(words, "%s:%zu", reading->name, reading->lines[clashes[i].row]);
		issues_add(reading->issues, here, "contradiction", NULL, "%s",
			   table_clash_say(words, table, &clashes[i], there));
	}
	arena_destroy(words);
	reading->good = count == 0;
}

bool table_csv(struct arena *arena, const struct table *table, const char *bytes, size_t length, const char *name,
	       struct issues *issues, struct table *ret_table)
{
	struct arena *scratch = arena_create();
	struct reading *reading = arena_alloc(scratch, sizeof(*reading));
	*reading = (struct reading){.arena = arena, .table = table, .name = name, .issues = issues, .good = true};
	csv_open(&reading->reader, scratch, bytes, length);
	*ret_table = *table;
	const size_t most = read_header(reading) ? count_rows(reading) : 0;
	if (most > TABLE_ROWS_MAX) {
		complain(reading, 1, "too_many", "found more than %d rows, needed fewer", TABLE_ROWS_MAX);
	}
	struct value *cells = arena_array(arena, (reading->good ? most : 0) * table->column_count + 1, sizeof(*cells));
	reading->lines = arena_array(scratch, most + 1, sizeof(*reading->lines));
	const size_t count = reading->good ? read_rows(reading, cells) : 0;
	if (reading->good) {
		table_take(arena, ret_table, cells, count);
		check_agreement(reading, scratch, ret_table);
	}
	const bool good = reading->good;
	arena_destroy(scratch);
	return good;
}
