/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of a table speak of a request: columns that are the same as values of the request. */
#ifndef AR_POLICY_ROW_MATCH_H
#define AR_POLICY_ROW_MATCH_H

#include "policy/reach.h"

enum { ROW_MATCH_PARTS = 8 };

struct row_match_part {
	size_t column;
	struct reach reach;
};

struct row_match {
	struct row_match_part parts[ROW_MATCH_PARTS];
	size_t count;
	size_t over; /* the part that runs over an array; ROW_MATCH_PARTS: none does */
};

/* Reads an object of columns and the places they are the same as; false after an issue. */
bool row_match_compile(struct compiler *compiler, const struct table *table, const struct json *match, const struct spot *spot,
		       struct row_match *ret_match);

/* The place of a column; -1 after an issue. */
int table_column_need(struct compiler *compiler, const struct table *table, const char *name, const struct spot *spot);

/* What a match hangs on: the part that runs over an array, else the first. */
const struct reach *row_match_subject(const struct row_match *match);

/* Whether every value is given; one that is not stands in no row. */
bool row_match_given(const struct row_match *match, const struct evaluator *evaluator, size_t element);

/* Adds "not answered" for every value that is not given. */
void row_match_ask(const struct row_match *match, const struct evaluator *evaluator, struct trace *trace, size_t element);

/* The rows of a table that speak of an element, one after another: found by the table's key where that is matched. */
struct row_cursor {
	const struct row_match *match;
	const struct evaluator *evaluator;
	const struct table *table;
	size_t element;
	bool keyed;
	size_t at;
	size_t end;
};

struct row_cursor row_match_rows(const struct row_match *match, const struct evaluator *evaluator, const struct table *table,
				 size_t element);

/* The next row in the order in which they stand; false when there is none. */
bool row_match_next(struct row_cursor *cursor, size_t *ret_row);

#endif
