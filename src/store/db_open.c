/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <sqlite3.h>
#include <string.h>

/* Settings of every connection. What SQLite maps into memory would turn an I/O error into SIGBUS. */
static const char settings[] = "PRAGMA mmap_size = 0;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA trusted_schema = OFF;"
			       "PRAGMA cell_size_check = ON;"
			       "PRAGMA recursive_triggers = ON;"
			       "PRAGMA temp_store = MEMORY;";

/* A commit is on the disk before it returns. A log that a long read made grow shrinks again. */
static const char writer_settings[] = "PRAGMA synchronous = FULL;"
				      "PRAGMA journal_size_limit = 67108864;";

/* A PRAGMA takes no parameter: the cache has steps instead of a number put into SQL. */
static const struct {
	size_t kib;
	const char *sql;
} cache_sizes[] = {
	{262144, "PRAGMA cache_size = -262144"}, {131072, "PRAGMA cache_size = -131072"}, {65536, "PRAGMA cache_size = -65536"},
	{32768, "PRAGMA cache_size = -32768"},   {16384, "PRAGMA cache_size = -16384"},   {8192, "PRAGMA cache_size = -8192"},
	{4096, "PRAGMA cache_size = -4096"},     {2048, "PRAGMA cache_size = -2048"},     {1024, "PRAGMA cache_size = -1024"},
	{0, "PRAGMA cache_size = -512"},
};

/* Far above what our own statements need, far below what a hostile file could make SQLite do. */
static const struct {
	int limit;
	int value;
} limits[] = {
	{SQLITE_LIMIT_LENGTH, DB_TEXT_MAX + (1 << 20)},
	{SQLITE_LIMIT_SQL_LENGTH, 100000},
	{SQLITE_LIMIT_COLUMN, 100},
	{SQLITE_LIMIT_EXPR_DEPTH, 100},
	{SQLITE_LIMIT_COMPOUND_SELECT, 3},
	{SQLITE_LIMIT_VDBE_OP, 25000},
	{SQLITE_LIMIT_FUNCTION_ARG, 8},
	{SQLITE_LIMIT_ATTACHED, 0},
	{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
	{SQLITE_LIMIT_VARIABLE_NUMBER, 64},
	{SQLITE_LIMIT_TRIGGER_DEPTH, 10},
	{SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
	int option;
	int value;
} switches[] = {
	{SQLITE_DBCONFIG_DEFENSIVE, 1},
	{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
	{SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
	{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
	{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	{SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
	{SQLITE_DBCONFIG_DQS_DML, 0},
	{SQLITE_DBCONFIG_DQS_DDL, 0},
};

/* The tables that a serving process may add to; nothing is deleted. */
static const char *const insertable[] = {"request",     "request_body", "event",    "event_detail", "event_feed", "idempotency",
					 "policy_text", "principal",    "decision", "appeal",       "obligation"};

/* And what of them it may change. */
static const struct {
	const char *table;
	const char *column; /* NULL: every one */
} updatable[] = {
	{"request", NULL},
	{"request_body", "body"},
	{"principal", "revoked_at"}, /* of a principal nothing changes but that it ends */
	{"decision", "superseded_by"},
	{"appeal", "status"},
	{"appeal", "decided_at"},
	{"appeal", "decider"},
	{"appeal", "decider_role"},
	{"appeal", "credential"},
	{"appeal", "rationale"},
	{"appeal", "decided_event"},
	{"obligation", "place"},
	{"obligation", "state"},
	{"obligation", "due_at"},
};

static bool among(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static int authorize_reader(void *context, int action, const char *first, const char *second, const char *database,
			    const char *trigger)
{
	(void)context, (void)first, (void)second, (void)database, (void)trigger;
	return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION ? SQLITE_OK : SQLITE_DENY;
}

static bool may_update(const char *table, const char *column)
{
	for (size_t i = 0; i < sizeof(updatable) / sizeof(updatable[0]); i++) {
		if (strcmp(updatable[i].table, table) == 0 &&
		    (updatable[i].column == NULL || strcmp(updatable[i].column, column) == 0)) {
			return true;
		}
	}
	return false;
}

static int authorize_writer(void *context, int action, const char *first, const char *second, const char *database,
			    const char *trigger)
{
	switch (action) {
	case SQLITE_TRANSACTION:
	case SQLITE_RECURSIVE: return SQLITE_OK; /* only reads: it walks the payers of an index */
	case SQLITE_INSERT:
		return among(insertable, sizeof(insertable) / sizeof(insertable[0]), first) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_UPDATE: return may_update(first, second) ? SQLITE_OK : SQLITE_DENY;
	default: return authorize_reader(context, action, first, second, database, trigger);
	}
}

bool db_prepare(struct db *db, enum statement_user user, struct err *err)
{
	/* A connection sets these tables up at their first use, with statements that the authorizer refuses. */
	if (!db_execute(db, "SELECT 1 FROM json_each('[]'), json_tree('[]')", err)) {
		return false;
	}
	sqlite3_set_authorizer(db->handle, user == FOR_WRITER ? authorize_writer : authorize_reader, NULL);
	return db_prepare_statements(db, user, err);
}

static bool set_cache(struct db *db, size_t kib, struct err *err)
{
	size_t i = 0;

	while (cache_sizes[i].kib > kib) {
		i++;
	}
	return db_execute(db, cache_sizes[i].sql, err);
}

static bool open_file(struct db *db, const char *path, int flags, struct err *err)
{
	*db = (struct db){.handle = NULL};
	const int code = sqlite3_open_v2(path, &db->handle,
					 flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
	if (code != SQLITE_OK) {
		return err_set(err, ERR_STORE, "cannot open %s: %s", path, sqlite3_errstr(code));
	}
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		sqlite3_db_config(db->handle, switches[i].option, switches[i].value, NULL);
	}
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		sqlite3_limit(db->handle, limits[i].limit, limits[i].value);
	}
	sqlite3_busy_timeout(db->handle, 2000);
	return db_execute(db, settings, err);
}

static bool set_wal(struct db *db, struct err *err)
{
	struct arena *arena = arena_create();
	const char *mode = NULL;
	bool good = db_ask(db, "PRAGMA journal_mode = WAL", arena, &mode, err);

	if (good && (mode == NULL || strcmp(mode, "wal") != 0)) {
		good = err_set(err, ERR_STORE, "the file system does not allow a write-ahead log");
	}
	arena_destroy(arena);
	return good;
}

/* Takes the place of SQLite's automatic checkpoint, which would hide its failures. */
static int log_grew(void *context, sqlite3 *handle, const char *name, int pages)
{
	struct db *db = context;

	(void)handle, (void)name;
	db->wal_pages = pages;
	return SQLITE_OK;
}

bool db_open_writer(struct db *db, const char *path, size_t cache_kib, struct err *err)
{
	if (!open_file(db, path, SQLITE_OPEN_READWRITE, err) || !set_wal(db, err) || !db_execute(db, writer_settings, err) ||
	    !set_cache(db, cache_kib, err)) {
		db_close(db);
		return false;
	}
	sqlite3_wal_hook(db->handle, log_grew, db);
	return true;
}

bool db_open_bare(struct db *db, const char *path, size_t cache_kib, struct err *err)
{
	if (!open_file(db, path, SQLITE_OPEN_READONLY, err) || !set_cache(db, cache_kib, err)) {
		db_close(db);
		return false;
	}
	db_keep_log(db);
	sqlite3_wal_autocheckpoint(db->handle, 0);
	return true;
}

bool db_open_reader(struct db *db, const char *path, size_t cache_kib, struct err *err)
{
	if (!db_open_bare(db, path, cache_kib, err)) {
		return false;
	}
	if (!db_prepare(db, FOR_READER, err)) {
		db_close(db);
		return false;
	}
	return true;
}
