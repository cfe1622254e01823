/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/table.h"

#include <string.h>

static enum value_type column_type(const char *name)
{
	if (strcmp(name, "date") == 0) {
		return VALUE_DATE;
	}
	if (strcmp(name, "boolean") == 0) {
		return VALUE_BOOLEAN;
	}
	return strcmp(name, "integer") == 0 ? VALUE_INTEGER : VALUE_TEXT;
}

int table_find(const struct table_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->tables[i].name, name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

int table_column_find(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (strcmp(table->columns[i].name, name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static bool read_cell(const struct json *node, enum value_type type, struct value *ret_cell)
{
	*ret_cell = (struct value){.state = VALUE_PRESENT, .type = (uint8_t)type};
	if (json_kind(node) == JSON_NULL) {
		ret_cell->state = VALUE_NULL;
		return true;
	}
	switch (type) {
	case VALUE_TEXT: ret_cell->text = json_text(node); return ret_cell->text != NULL;
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

static bool read_row(const struct table *table, const struct json *row, const struct spot *spot, struct issues *issues,
		     struct value *cells)
{
	bool good = true;
	for (const struct json *one = json_first(row); one; one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		const int column = table_column_find(table, json_name(one));
		if (column < 0) {
			spot_issue(issues, &here, "unknown_column", "the table has no column %s", json_name(one));
			good = false;
		} else if (!read_cell(one, table->columns[column].type, &cells[column])) {
			spot_issue(issues, &here, "wrong_type", "is not of the type of its column");
			good = false;
		}
	}
	return good;
}

bool table_rows(struct arena *arena, const struct table *table, const struct json *rows, const struct spot *spot,
		struct issues *issues, struct table *ret_table)
{
	struct value *cells = arena_array(arena, json_count(rows) * table->column_count + 1, sizeof(*cells));
	bool good = true;
	size_t count = 0;
	for (const struct json *row = json_first(rows); row; row = json_next(row), count++) {
		const struct spot here = spot_element(spot, count);
		good = read_row(table, row, &here, issues, cells + count * table->column_count) && good;
	}
	*ret_table = *table;
	ret_table->cells = cells;
	ret_table->row_count = count;
	return good;
}

bool table_load(struct arena *arena, const struct json *json, const struct spot *spot, struct issues *issues,
		struct table *ret_table)
{
	const struct json *columns = json_member(json, "columns");
	struct table_column *all = arena_array(arena, json_count(columns) + 1, sizeof(*all));
	struct table table = {.name = json_text(json_member(json, "table")), .title = json_text(json_member(json, "title"))};
	for (const struct json *one = json_first(columns); one; one = json_next(one)) {
		all[table.column_count++] = (struct table_column){json_name(one), column_type(json_text(one))};
	}
	table.columns = all;
	table.from_column = table_column_find(&table, "from");
	table.to_column = table_column_find(&table, "to");
	*ret_table = table; /* findable by name whatever is wrong with its rows */
	const int bounds[] = {table.from_column, table.to_column};
	for (size_t i = 0; i < 2; i++) {
		if (bounds[i] >= 0 && all[bounds[i]].type != VALUE_DATE) {
			const struct spot at_columns = spot_member(spot, "columns");
			const struct spot here = spot_member(&at_columns, all[bounds[i]].name);
			spot_issue(issues, &here, "wrong_type", "from and to are dates");
			return false;
		}
	}
	const struct spot at_rows = spot_member(spot, "rows");
	return table_rows(arena, &table, json_member(json, "rows"), &at_rows, issues, ret_table);
}

bool table_row_holds(const struct table *table, size_t row, struct civil_date day)
{
	if (table->from_column >= 0) {
		const struct value *from = table_cell(table, row, (size_t)table->from_column);
		if (value_given(from) && civil_compare(day, from->date) < 0) {
			return false;
		}
	}
	if (table->to_column >= 0) {
		const struct value *to = table_cell(table, row, (size_t)table->to_column);
		if (value_given(to) && civil_compare(day, to->date) > 0) {
			return false;
		}
	}
	return true;
}

bool table_same(const struct value *cell, const struct value *value)
{
	switch ((enum value_type)cell->type) {
	case VALUE_TEXT:
		return (value->type == VALUE_TEXT || value->type == VALUE_WORD) && strcmp(cell->text, value->text) == 0;
	case VALUE_BOOLEAN: return value->type == VALUE_BOOLEAN && cell->boolean == value->boolean;
	case VALUE_INTEGER: return value->type == VALUE_INTEGER && cell->integer == value->integer;
	case VALUE_DATE: return value->type == VALUE_DATE && civil_compare(cell->date, value->date) == 0;
	case VALUE_WORD:
	case VALUE_NUMBER:
	case VALUE_INSTANT:
	case VALUE_GROUP:
	case VALUE_TEXTS:
	case VALUE_RECORDS: break;
	}
	return false;
}
