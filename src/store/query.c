/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct query query_open_copy(struct db *db, enum statement_id id, size_t copy)
{
	assert(db->statements[id][copy] != NULL);
	return (struct query){.db = db, .statement = db->statements[id][copy]};
}

struct query query_open(struct db *db, enum statement_id id)
{
	return query_open_copy(db, id, 0);
}

void query_close(struct query *query)
{
	sqlite3_reset(query->statement);
}

/* A failed bind leaves NULL behind: it must not become a row. */
static void note(struct query *query, int code)
{
	if (query->bound == SQLITE_OK) {
		query->bound = code;
	}
}

void query_text(struct query *query, int parameter, const char *text)
{
	note(query, sqlite3_bind_text(query->statement, parameter, text, -1, SQLITE_STATIC));
}

void query_bytes(struct query *query, int parameter, const void *bytes, size_t length)
{
	note(query, sqlite3_bind_blob64(query->statement, parameter, bytes, length, SQLITE_STATIC));
}

void query_long_text(struct query *query, int parameter, const char *text, size_t length)
{
	note(query, sqlite3_bind_text64(query->statement, parameter, text, length, SQLITE_STATIC, SQLITE_UTF8));
}

void query_integer(struct query *query, int parameter, int64_t value)
{
	note(query, sqlite3_bind_int64(query->statement, parameter, value));
}

void query_null(struct query *query, int parameter)
{
	note(query, sqlite3_bind_null(query->statement, parameter));
}

void query_instant(struct query *query, int parameter, struct instant instant)
{
	if (instant.us == 0) {
		query_null(query, parameter);
	} else {
		query_integer(query, parameter, instant.us);
	}
}

bool query_step(struct query *query, bool *ret_row, struct err *err)
{
	/*
	 * sqlite3_system_errno() does not cover a failed COMMIT: what the last failed call left is read by
	 * db_fail.
	 */
	errno = 0;
	const int code = query->bound == SQLITE_OK ? sqlite3_step(query->statement) : query->bound;

	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		return db_fail(query->db, code, err);
	}
	*ret_row = code == SQLITE_ROW;
	return true;
}

bool query_change(struct query *query, struct err *err)
{
	bool row = false;
	const bool good = query_step(query, &row, err);

	assert(!row);
	if (good && sqlite3_changes64(query->db->handle) > 0) {
		query->db->wrote = true;
	}
	query_close(query);
	return good;
}

bool column_null(const struct query *query, int column)
{
	return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

bool column_is_integer(const struct query *query, int column)
{
	return sqlite3_column_type(query->statement, column) == SQLITE_INTEGER;
}

const char *column_borrowed(const struct query *query, int column)
{
	const char *text = (const char *)sqlite3_column_text(query->statement, column);
	if (text == NULL && !column_null(query, column)) {
		abort(); /* memory is exhausted, as in an arena */
	}
	return text;
}

size_t column_length(const struct query *query, int column)
{
	return (size_t)sqlite3_column_bytes(query->statement, column);
}

const char *column_text(const struct query *query, int column, struct arena *arena)
{
	const char *text = column_borrowed(query, column);

	return text != NULL ? arena_text(arena, text, column_length(query, column)) : NULL;
}

int64_t column_integer(const struct query *query, int column)
{
	return sqlite3_column_int64(query->statement, column);
}

struct instant column_instant(const struct query *query, int column)
{
	return (struct instant){column_integer(query, column)};
}

bool column_bytes(const struct query *query, int column, void *ret_bytes, size_t size)
{
	const void *bytes = sqlite3_column_blob(query->statement, column);

	if (bytes == NULL || column_length(query, column) != size) {
		return false;
	}
	memcpy(ret_bytes, bytes, size);
	return true;
}
