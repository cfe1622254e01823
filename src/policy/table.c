/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/table.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- finding rows by their key ---- */

static const char *key_of(const struct table *table, size_t row)
{
	return table_cell(table, row, (size_t)table->key_column)->text;
}

static int compare_rows(const void *a, const void *b, void *context)
{
	const uint32_t left = *(const uint32_t *)a;
	const uint32_t right = *(const uint32_t *)b;
	const int order = strcmp(key_of(context, left), key_of(context, right));
	return order != 0 ? order : (left > right) - (left < right);
}

void table_take(struct arena *arena, struct table *table, const struct value *cells, size_t row_count)
{
	table->cells = cells;
	table->row_count = row_count;
	table->by_key = NULL;
	if (table->key_column < 0) {
		return;
	}
	uint32_t *order = arena_array(arena, row_count + 1, sizeof(*order));
	for (size_t i = 0; i < row_count; i++) {
		order[i] = (uint32_t)i;
	}
	qsort_r(order, row_count, sizeof(*order), compare_rows, table);
	table->by_key = order;
}

/* The first place whose key is not below KEY, or with BEHIND the first whose key is above it. */
static size_t key_place(const struct table *table, const char *key, bool behind)
{
	size_t from = 0;
	size_t to = table->row_count;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const int order = strcmp(key_of(table, table->by_key[middle]), key);
		if (order < 0 || (behind && order == 0)) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	return from;
}

void table_keyed(const struct table *table, const char *key, size_t *ret_from, size_t *ret_to)
{
	*ret_from = key_place(table, key, false);
	*ret_to = key_place(table, key, true);
}

/* ---- what rows say ---- */

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
