/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <string.h>

/*
 * SQLITE_FULL comes from a write that found no space, so the commit record is not in the log. A quota or a
 * limit of size shows as a failed write with its own errno. No space in fsync or in the shared index is
 * something else: the record may be there already.
 */
static bool no_space(int code, int cause)
{
	return code == SQLITE_FULL || (code == SQLITE_IOERR_WRITE && (cause == ENOSPC || cause == EDQUOT || cause == EFBIG));
}

static enum db_trouble trouble_of(int code, int cause)
{
	if (no_space(code, cause)) {
		return DB_FULL;
	}
	switch (code & 0xff) {
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PROTOCOL: return DB_BROKEN;
	default: return DB_REFUSED;
	}
}

static enum err_code err_of(enum db_trouble trouble, int code)
{
	if (trouble == DB_FULL) {
		return ERR_STORAGE_FULL;
	}
	if ((code & 0xff) == SQLITE_NOTADB) {
		return ERR_CONFIG; /* no restart makes a database of it */
	}
	if (trouble == DB_BROKEN) {
		return ERR_STORE;
	}
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_BUSY:
	case SQLITE_NOMEM: return ERR_BUSY; /* a name already taken is minted anew when the caller tries again */
	default: return (code & 0xff) == SQLITE_CONSTRAINT ? ERR_INTERNAL : ERR_STORE;
	}
}

bool db_fail(struct db *db, int code, struct err *err)
{
	const enum db_trouble trouble = trouble_of(code, errno);

	if (trouble > db->trouble) {
		db->trouble = trouble;
	}
	/* Constraint messages name tables, columns and our own triggers, never values. */
	return err_set(err, err_of(trouble, code), "%s (SQLite %d)",
		       (code & 0xff) == SQLITE_CONSTRAINT ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code), code);
}

bool db_refusal(struct db *db, struct err *err)
{
	static const char check[] = "CHECK constraint failed: ";
	const int code = sqlite3_extended_errcode(db->handle);
	const char *rule = sqlite3_errmsg(db->handle);

	if (code == SQLITE_CONSTRAINT_CHECK && strncmp(rule, check, sizeof(check) - 1) == 0) {
		return err_set(err, ERR_TRANSITION, "%s", rule + sizeof(check) - 1);
	}
	return code == SQLITE_CONSTRAINT_TRIGGER && err_set(err, ERR_TRANSITION, "%s", rule);
}

bool db_prepare_statements(struct db *db, enum statement_user user, struct err *err)
{
	for (unsigned id = 0; id < STATEMENT_COUNT; id++) {
		const struct statement *statement = statement_of((enum statement_id)id);
		if ((statement->users & (unsigned)user) == 0) {
			continue;
		}
		assert(statement->copies <= STATEMENT_COPIES);
		for (unsigned copy = 0; copy < statement->copies; copy++) {
			const int code = sqlite3_prepare_v3(db->handle, statement->sql, -1, SQLITE_PREPARE_PERSISTENT,
							    &db->statements[id][copy], NULL);
			if (code != SQLITE_OK) {
				return err_set(err, ERR_STORE, "statement %u: %s", id, sqlite3_errmsg(db->handle));
			}
		}
	}
	return true;
}

void db_close(struct db *db)
{
	for (unsigned id = 0; id < STATEMENT_COUNT; id++) {
		for (unsigned copy = 0; copy < STATEMENT_COPIES; copy++) {
			sqlite3_finalize(db->statements[id][copy]);
			db->statements[id][copy] = NULL;
		}
	}
	sqlite3_close(db->handle);
	db->handle = NULL;
}

bool db_execute(struct db *db, const char *sql, struct err *err)
{
	const int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	if (code == SQLITE_ERROR) {
		return err_set(err, ERR_STORE, "%s", sqlite3_errmsg(db->handle));
	}
	return code == SQLITE_OK || db_fail(db, code, err);
}

bool db_ask(struct db *db, const char *sql, struct arena *arena, const char **ret_text, struct err *err)
{
	struct query query = {.db = db};
	const int code = sqlite3_prepare_v2(db->handle, sql, -1, &query.statement, NULL);
	bool row = false;

	if (code != SQLITE_OK) {
		return db_fail(db, code, err);
	}
	bool good = query_step(&query, &row, err);
	const char *text = good && row ? column_text(&query, 0, arena) : NULL;
	/* To the end: a PRAGMA that writes gives its row first and commits, or fails to, after it. */
	while (good && row) {
		good = query_step(&query, &row, err);
	}
	if (good) {
		*ret_text = text;
	}
	sqlite3_finalize(query.statement);
	return good;
}

bool db_run(struct db *db, enum statement_id id, struct err *err)
{
	struct query query = query_open(db, id);
	bool row = false;
	const bool good = query_step(&query, &row, err);

	query_close(&query);
	return good;
}

void db_forget(struct db *db)
{
	db->trouble = DB_FINE;
	db->wrote = false;
}

bool db_in_transaction(const struct db *db)
{
	return sqlite3_get_autocommit(db->handle) == 0;
}

int64_t db_changes(const struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int64_t db_last_number(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

/*
 * A reader in the way or a full disk only leaves pages for the next checkpoint; a failed write or fsync of
 * the file is the end.
 */
bool db_checkpoint(struct db *db, struct err *err)
{
	errno = 0;
	const int code = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (code == SQLITE_OK || trouble_of(code, errno) != DB_BROKEN) {
		return true;
	}
	return db_fail(db, code, err);
}

void db_keep_log(struct db *db)
{
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}
