/* SPDX-License-Identifier: Apache-2.0 */
/* The plan's own tables (which codes need authorization, who is covered): rows in effect on some days, matched by columns. */
#ifndef AR_POLICY_TABLE_H
#define AR_POLICY_TABLE_H

#include "base/digest.h"
#include "base/shape.h"
#include "policy/spot.h"

enum { TABLE_COLUMNS_MAX = 32, TABLE_ROWS_MAX = 500000, TABLE_TEXT_MAX = 1024 /* bytes of one cell */, TABLE_KEY_MAX = 4 };

struct table_column {
	const char *name;
	enum value_type type; /* text, date, boolean or integer */
	bool needed; /* no row may leave it out */
	const char *const *words; /* a text: what it may be, or NULL */
	size_t word_count;
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
	int key_column; /* the first needed text, by which rows are found; -1: there is none */
	uint8_t key[TABLE_KEY_MAX]; /* the columns that say what a row is about; rows that do not agree about it are refused */
	size_t key_count; /* 0: rows may say what they like */
	const uint32_t *by_key; /* rows in the order of their keys, and among equals in their own */
	char digest_hex[DIGEST_HEX_SIZE]; /* of the file that holds its rows; empty when they came from none */
};

struct table_list {
	const struct table *tables;
	size_t count;
};

/* Reads a table file whose form is right; false after issues. */
bool table_load(struct arena *arena, const struct json *json, const struct spot *spot, struct issues *issues,
		struct table *ret_table);

/* As TABLE, with other rows; false after issues. Text of the rows is copied into ARENA. */
bool table_rows(struct arena *arena, const struct table *table, const struct json *rows, const struct spot *spot,
		struct issues *issues, struct table *ret_table);

/* Makes CELLS, row by row, the rows of TABLE: whatever way they were read. */
void table_take(struct arena *arena, struct table *table, const struct value *cells, size_t row_count);

/* Whether TEXT may stand in a text column; RET_CELL borrows it, or the column's own word. */
bool table_text(const struct table_column *column, const char *text, struct value *ret_cell);

/* What a cell of a column must be: "a date such as 2026-05-14". */
const char *table_needed(struct arena *arena, const struct table_column *column);

/* Why a row cannot be as it is though each of its cells can; NULL when it can. */
const char *table_row_fault(struct arena *arena, const struct table *table, const struct value *cells);

/* The place of a table or of a column; -1 when there is none. */
int table_find(const struct table_list *list, const char *name);
int table_column_find(const struct table *table, const char *name);

static inline const struct value *table_cell(const struct table *table, size_t row, size_t column)
{
	return &table->cells[row * table->column_count + column];
}

/* The places in by_key of the rows whose key is KEY, from ret_from up to ret_to, which is not one of them. */
void table_keyed(const struct table *table, const char *key, size_t *ret_from, size_t *ret_to);

/* Whether a row is in effect on a day. */
bool table_row_holds(const struct table *table, size_t row, struct civil_date day);

/* Whether a cell says the same as a value of a request. */
bool table_same(const struct value *cell, const struct value *value);

#endif
