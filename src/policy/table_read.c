/* SPDX-License-Identifier: Apache-2.0 */
/* Tables out of JSON: their columns and rows, and what any row must be however it was written. */
#include "base/text.h"
#include "policy/table_agree.h"

#include <string.h>

/* ---- cells ---- */

/* What nobody sees makes two texts differ: spaces at the ends, and control characters. */
static bool plain_text(const char *text)
{
	const size_t length = strlen(text);
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == '\x7f') {
			return false;
		}
	}
	return length > 0 && length <= TABLE_TEXT_MAX && text[0] != ' ' && text[length - 1] != ' ';
}

bool table_text(const struct table_column *column, const char *text, struct value *ret_cell)
{
	ret_cell->text = text;
	for (size_t i = 0; i < column->word_count; i++) {
		if (strcmp(column->words[i], text) == 0) {
			ret_cell->text = column->words[i];
			return true;
		}
	}
	return !column->words && plain_text(text);
}

const char *table_needed(struct arena *arena, const struct table_column *column)
{
	struct text text;
	switch (column->type) {
	case VALUE_DATE: return "a date such as 2026-05-14";
	case VALUE_BOOLEAN: return "true or false";
	case VALUE_INTEGER: return "a whole number";
	case VALUE_TEXT:
	case VALUE_WORD:
	case VALUE_NUMBER:
	case VALUE_INSTANT:
	case VALUE_GROUP:
	case VALUE_TEXTS:
	case VALUE_RECORDS: break;
	}
	if (!column->words) {
		return "text of at most 1024 bytes, without line breaks and without spaces at its ends";
	}
	text_init(&text, arena, 64);
	text_puts(&text, "one of the words ");
	for (size_t i = 0; i < column->word_count; i++) {
		text_printf(&text, "%s%s", i > 0 ? ", " : "", column->words[i]);
	}
	return text.data;
}

static bool read_cell(struct arena *arena, const struct json *node, const struct table_column *column, struct value *ret_cell)
{
	*ret_cell = (struct value){.state = VALUE_PRESENT, .type = (uint8_t)column->type};
	if (json_kind(node) == JSON_NULL) {
		ret_cell->state = VALUE_NULL;
		return true;
	}
	switch (column->type) {
	case VALUE_TEXT: return json_text(node) && table_text(column, arena_copy(arena, json_text(node)), ret_cell);
	case VALUE_DATE: return json_text(node) && civil_parse(json_text(node), &ret_cell->date);
	case VALUE_BOOLEAN:
		ret_cell->boolean = json_kind(node) == JSON_BOOLEAN && json_boolean(node);
		return json_kind(node) == JSON_BOOLEAN;
	case VALUE_INTEGER: return json_integer(node, &ret_cell->integer);
	case VALUE_WORD:
	case VALUE_NUMBER:
	case VALUE_INSTANT:
	case VALUE_GROUP:
	case VALUE_TEXTS:
	case VALUE_RECORDS: break;
	}
	return false;
}

/* ---- rows ---- */

const char *table_row_fault(struct arena *arena, const struct table *table, const struct value *cells)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->columns[i].needed && !value_given(&cells[i])) {
			return arena_printf(arena, "column %s: found nothing, needed %s", table->columns[i].name,
					    table_needed(arena, &table->columns[i]));
		}
	}
	if (table->from_column >= 0 && table->to_column >= 0) {
		const struct value *from = &cells[table->from_column];
		const struct value *to = &cells[table->to_column];
		if (value_given(from) && value_given(to) && civil_compare(from->date, to->date) > 0) {
			return "found a last day before the first, needed one on or after it";
		}
	}
	return NULL;
}

static bool read_row(struct arena *arena, const struct table *table, const struct json *row, const struct spot *spot,
		     struct issues *issues, struct value *cells)
{
	bool good = true;
	for (const struct json *one = json_first(row); one; one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		const int column = table_column_find(table, json_name(one));
		if (column < 0) {
			spot_issue(issues, &here, "unknown_column", "the table has no column %s", json_name(one));
			good = false;
		} else if (!read_cell(arena, one, &table->columns[column], &cells[column])) {
			spot_issue(issues, &here, "wrong_type", "must be %s", table_needed(arena, &table->columns[column]));
			good = false;
		}
	}
	const char *fault = good ? table_row_fault(arena, table, cells) : NULL;
	if (fault) {
		spot_issue(issues, spot, "bad_row", "%s", fault);
	}
	return good && !fault;
}

static bool check_agreement(const struct table *table, const struct spot *spot, struct issues *issues)
{
	struct arena *scratch = arena_create();
	const struct table_clash *clashes;
	const size_t count = table_clashes(scratch, table, &clashes);
	struct arena *words = arena_create(); /* there may be as many contradictions as rows */
	for (size_t i = 0; i < count; i++, arena_reset(words)) {
		const struct spot here = spot_element(spot, clashes[i].row);
		const struct spot there = spot_element(spot, clashes[i].earlier);
		spot_issue(issues, &here, "contradiction", "%s",
			   table_clash_say(words, table, &clashes[i], spot_text(words, &there)));
	}
	arena_destroy(words);
	arena_destroy(scratch);
	return count == 0;
}

bool table_rows(struct arena *arena, const struct table *table, const struct json *rows, const struct spot *spot,
		struct issues *issues, struct table *ret_table)
{
	struct value *cells = arena_array(arena, json_count(rows) * table->column_count + 1, sizeof(*cells));
	bool good = true;
	size_t count = 0;
	for (const struct json *row = json_first(rows); row; row = json_next(row), count++) {
		const struct spot here = spot_element(spot, count);
		good = read_row(arena, table, row, &here, issues, cells + count * table->column_count) && good;
	}
	*ret_table = *table;
	if (good) {
		table_take(arena, ret_table, cells, count);
	}
	return good && check_agreement(ret_table, spot, issues);
}

/* ---- files ---- */

static bool read_words(struct arena *arena, const struct json *words, struct table_column *column)
{
	const char **all = arena_array(arena, json_count(words) + 1, sizeof(*all));
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		all[column->word_count++] = json_text(one);
	}
	column->words = all;
	return true;
}

static bool read_column(struct arena *arena, const struct json *json, const struct spot *spot, struct issues *issues,
			struct table_column *column)
{
	static const struct {
		const char *name;
		enum value_type type;
	} types[] = {{"text", VALUE_TEXT}, {"date", VALUE_DATE}, {"boolean", VALUE_BOOLEAN}, {"integer", VALUE_INTEGER}};
	column->name = json_name(json);
	column->type = VALUE_TEXT;
	if (json_kind(json) == JSON_ARRAY) {
		return read_words(arena, json, column);
	}
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].name, json_text(json)) == 0) {
			column->type = types[i].type;
			return true;
		}
	}
	spot_issue(issues, spot, "unknown_word", "is none of text, date, boolean, integer, nor a list of words");
	return false;
}

/* The column that ONE names, or -1 with an issue. */
static int known_column(const struct json *one, const struct spot *here, struct issues *issues, const struct table *table)
{
	const int column = table_column_find(table, json_text(one));
	if (column < 0) {
		spot_issue(issues, here, "unknown_column", "the table has no column %s", json_text(one));
	}
	return column;
}

static bool read_needed(const struct json *json, const struct spot *spot, struct issues *issues, const struct table *table,
			struct table_column *columns)
{
	const struct spot at_needed = spot_member(spot, "needed");
	bool good = true;
	size_t index = 0;
	for (const struct json *one = json_first(json_member(json, "needed")); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_needed, index);
		const int column = known_column(one, &here, issues, table);
		if (column < 0) {
			good = false;
		} else {
			columns[column].needed = true;
		}
	}
	return good;
}

static bool read_key(const struct json *json, const struct spot *spot, struct issues *issues, struct table *table)
{
	const struct spot at_key = spot_member(spot, "key");
	bool good = true;
	size_t index = 0;
	for (const struct json *one = json_first(json_member(json, "key")); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_key, index);
		const int column = known_column(one, &here, issues, table);
		if (column < 0) {
			good = false;
		} else if (column == table->from_column || column == table->to_column) {
			spot_issue(issues, &here, "wrong_place", "from and to say when a row holds, not what it is about");
			good = false;
		} else {
			table->key[table->key_count++] = (uint8_t)column;
		}
	}
	return good;
}

static bool check_bounds(const struct table *table, const struct spot *spot, struct issues *issues)
{
	const int bounds[] = {table->from_column, table->to_column};
	bool good = true;
	for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
		if (bounds[i] >= 0 && table->columns[bounds[i]].type != VALUE_DATE) {
			const struct spot here = spot_member(spot, table->columns[bounds[i]].name);
			spot_issue(issues, &here, "wrong_type", "from and to are dates");
			good = false;
		}
	}
	return good;
}

/* Text that must be there finds rows best; a closed list of words has few keys for many rows. */
static int find_key(const struct table *table)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct table_column *column = &table->columns[i];
		if (column->needed && column->type == VALUE_TEXT && !column->words) {
			return (int)i;
		}
	}
	return -1;
}

bool table_load(struct arena *arena, const struct json *json, const struct spot *spot, struct issues *issues,
		struct table *ret_table)
{
	const struct json *columns = json_member(json, "columns");
	const struct spot at_columns = spot_member(spot, "columns");
	struct table_column *all = arena_array(arena, json_count(columns) + 1, sizeof(*all));
	struct table table = {.name = json_text(json_member(json, "table")), .title = json_text(json_member(json, "title"))};
	bool good = true;
	for (const struct json *one = json_first(columns); one; one = json_next(one)) {
		const struct spot here = spot_member(&at_columns, json_name(one));
		good = read_column(arena, one, &here, issues, &all[table.column_count++]) && good;
	}
	table.columns = all;
	table.from_column = table_column_find(&table, "from");
	table.to_column = table_column_find(&table, "to");
	good = read_needed(json, spot, issues, &table, all) && good;
	good = read_key(json, spot, issues, &table) && good;
	good = check_bounds(&table, &at_columns, issues) && good;
	table.key_column = find_key(&table);
	*ret_table = table; /* findable by name whatever is wrong with it */
	const struct spot at_rows = spot_member(spot, "rows");
	return good && table_rows(arena, &table, json_member(json, "rows"), &at_rows, issues, ret_table);
}
