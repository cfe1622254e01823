/* SPDX-License-Identifier: Apache-2.0 */
/* The plan's own tables (which codes need authorization, covered diagnoses): rows in effect on some days, matched by columns. */
#ifndef AR_POLICY_TABLE_H
#define AR_POLICY_TABLE_H

#include "base/shape.h"
#include "policy/spot.h"

struct table_column {
	const char *name;
	enum value_type type; /* text, date, boolean or integer */
};

struct table {
	const char *name;
	const char *title;
	const struct table_column *columns;
	size_t column_count;
	const struct value *cells; /* row by row */
	size_t row_count;
	int from_column; /* -1: rows are always in effect */
	int to_column;
};

struct table_list {
	const struct table *tables;
	size_t count;
};

/* Reads a table file whose form is right; false after issues. */
bool table_load(struct arena *arena, const struct json *json, const struct spot *spot, struct issues *issues,
		struct table *ret_table);

/* As TABLE, with other rows; false after issues. */
bool table_rows(struct arena *arena, const struct table *table, const struct json *rows, const struct spot *spot,
		struct issues *issues, struct table *ret_table);

/* The place of a table or of a column; -1 when there is none. */
int table_find(const struct table_list *list, const char *name);
int table_column_find(const struct table *table, const char *name);

static inline const struct value *table_cell(const struct table *table, size_t row, size_t column)
{
	return &table->cells[row * table->column_count + column];
}

/* Whether a row is in effect on a day. */
bool table_row_holds(const struct table *table, size_t row, struct civil_date day);

/* Whether a cell says the same as a value of a request. */
bool table_same(const struct value *cell, const struct value *value);

#endif
