/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One SQLite connection with its prepared statements: the only place where SQLite is called and its codes
 * are read.
 */
#ifndef AR_STORE_DB_H
#define AR_STORE_DB_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/instant.h"
#include "store/statements.h"

#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

/* The largest body, snapshot or policy text that is kept. */
enum { DB_TEXT_MAX = 3 << 20 };

/* What the worst failure since db_forget() means for the transaction under way. */
enum db_trouble {
	DB_FINE,
	DB_REFUSED, /* a constraint, or memory: this command cannot be written */
	DB_FULL, /* no space; nothing was recorded */
	DB_BROKEN /* I/O error or damage: what is on the disk is not known */
};

struct db {
	struct sqlite3 *handle;
	enum db_trouble trouble;
	bool wrote; /* a statement changed something since db_forget() */
	int wal_pages; /* in the write-ahead log after the last commit */
	struct sqlite3_stmt *statements[STATEMENT_COUNT][STATEMENT_COPIES];
};

/*
 * Opens the read-write connection with every setting of the store, but without statements: the schema may
 * still be missing.
 */
bool db_open_writer(struct db *db, const char *path, size_t cache_kib, struct err *err) AR_MUST_CHECK;

/* Opens a read-only connection without statements: the schema may be an older one. */
bool db_open_bare(struct db *db, const char *path, size_t cache_kib, struct err *err) AR_MUST_CHECK;

/* Opens a read-only connection, ready for use. */
bool db_open_reader(struct db *db, const char *path, size_t cache_kib, struct err *err) AR_MUST_CHECK;

/*
 * From here on the connection refuses what no statement of USER needs (DDL, ATTACH, PRAGMA, edits of events), and the
 * statements of USER are prepared.
 */
bool db_prepare(struct db *db, enum statement_user user, struct err *err) AR_MUST_CHECK;

/* The part of db_prepare that prepares. */
bool db_prepare_statements(struct db *db, enum statement_user user, struct err *err) AR_MUST_CHECK;

/*
 * Records what a code of SQLite (with the errno it left) means, in the connection and in *err; always false.
 */
bool db_fail(struct db *db, int code, struct err *err);

/*
 * After a change failed: when a trigger or CHECK of ours refused it, *err becomes ERR_TRANSITION and says which rule;
 * otherwise it stays. Always false.
 */
bool db_refusal(struct db *db, struct err *err);

/* Finalizes and closes; a zeroed struct is allowed. */
void db_close(struct db *db);

/* Runs SQL text that has no parameters and wants no rows: settings and migrations. */
bool db_execute(struct db *db, const char *sql, struct err *err) AR_MUST_CHECK;

/* The first column of the first row as text, in ARENA; NULL when there is no row. */
bool db_ask(struct db *db, const char *sql, struct arena *arena, const char **ret_text, struct err *err) AR_MUST_CHECK;

/* A statement without parameters. */
bool db_run(struct db *db, enum statement_id id, struct err *err) AR_MUST_CHECK;

void db_forget(struct db *db);
bool db_in_transaction(const struct db *db);

/* Rows changed by the last statement. */
int64_t db_changes(const struct db *db);
int64_t db_last_number(const struct db *db);

/*
 * Moves the write-ahead log into the file as far as readers allow. False when that failed in a way that must
 * stop the writer.
 */
bool db_checkpoint(struct db *db, struct err *err) AR_MUST_CHECK;

/* Leaves the write-ahead log alone at close. */
void db_keep_log(struct db *db);

/* ---- one run of a prepared statement; bound text and bytes must live until query_close ---- */

struct query {
	struct db *db;
	struct sqlite3_stmt *statement;
	int bound; /* the first failure of a bind */
};

struct query query_open(struct db *db, enum statement_id id);
struct query query_open_copy(struct db *db, enum statement_id id, size_t copy);
void query_close(struct query *query);

void query_text(struct query *query, int parameter, const char *text); /* NULL is NULL */
void query_bytes(struct query *query, int parameter, const void *bytes, size_t length);
void query_long_text(struct query *query, int parameter, const char *text, size_t length);
void query_integer(struct query *query, int parameter, int64_t value);
void query_instant(struct query *query, int parameter, struct instant instant); /* us 0 is NULL */
void query_null(struct query *query, int parameter);

/* The next row; *ret_row is false at the end. */
bool query_step(struct query *query, bool *ret_row, struct err *err) AR_MUST_CHECK;

/* Runs a change to its end and closes. */
bool query_change(struct query *query, struct err *err) AR_MUST_CHECK;

/* Columns of the row at hand. Text goes to ARENA; NULL is NULL. */
const char *column_text(const struct query *query, int column, struct arena *arena);
const char *column_borrowed(const struct query *query, int column); /* until the next step or close */
size_t column_length(const struct query *query, int column);
int64_t column_integer(const struct query *query, int column);
struct instant column_instant(const struct query *query, int column); /* NULL is us 0 */
bool column_null(const struct query *query, int column);
bool column_is_integer(const struct query *query, int column);
/* False when the bytes are not SIZE long. */
bool column_bytes(const struct query *query, int column, void *ret_bytes, size_t size);

#endif
