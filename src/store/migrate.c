/* SPDX-License-Identifier: Apache-2.0 */
#include "store/migrate.h"

#include "base/embed.h"
#include "store/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct embedded_files migrations_sqlite;

/* "ARvw", which the first migration writes into the header of the file. */
enum { APPLICATION_ID = 1095923319 };

enum { CACHE_KIB = 8192 };

static bool ask_number(struct db *db, const char *sql, int64_t *ret_number, struct err *err)
{
	struct arena *arena = arena_create();
	const char *text = NULL;
	const bool good = db_ask(db, sql, arena, &text, err);

	if (good) {
		*ret_number = text != NULL ? strtoll(text, NULL, 10) : 0;
	}
	arena_destroy(arena);
	return good;
}

static int64_t number_of(const struct embedded_file *file)
{
	return strtoll(file->name, NULL, 10);
}

/* An empty file is ours to fill; anything else must carry our mark. */
static bool check_ours(struct db *db, int64_t version, struct err *err)
{
	int64_t mark = 0;
	int64_t tables = 0;

	if (!ask_number(db, "PRAGMA application_id", &mark, err) ||
	    !ask_number(db, "SELECT count(*) FROM sqlite_master", &tables, err)) {
		return false;
	}
	if (version == 0 ? tables > 0 : mark != APPLICATION_ID) {
		return err_set(err, ERR_CONFIG, "the file is the database of another program");
	}
	return true;
}

static bool apply(struct db *db, const struct embedded_file *file, struct err *err)
{
	int64_t version = 0;

	if (!db_execute(db, "BEGIN IMMEDIATE", err)) {
		return false;
	}
	bool good = db_execute(db, file->bytes, err) && ask_number(db, "PRAGMA user_version", &version, err);
	if (good && version != number_of(file)) {
		good = err_set(err, ERR_STORE, "it leaves schema version %lld", (long long)version);
	}
	good = good && db_execute(db, "COMMIT", err);
	if (!good && db_in_transaction(db)) {
		struct err second;
		if (!db_execute(db, "ROLLBACK", &second)) {
			err_wrap(err, "cannot roll back");
		}
	}
	return good || err_wrap(err, "migration %s", file->name);
}

bool migrate_plan(struct db *db, struct schema_change *ret_change, struct err *err)
{
	const struct embedded_files *all = &migrations_sqlite;
	struct schema_change change = {.to = number_of(&all->files[all->count - 1])};

	if (!ask_number(db, "PRAGMA user_version", &change.from, err) || !check_ours(db, change.from, err)) {
		return false;
	}
	if (change.from > change.to) {
		return err_set(err, ERR_CONFIG, "the database has schema %lld, this program knows %lld: use a newer program",
			       (long long)change.from, (long long)change.to);
	}
	*ret_change = change;
	return true;
}

bool migrate(struct db *db, struct schema_change *ret_change, struct err *err)
{
	const struct embedded_files *all = &migrations_sqlite;
	struct schema_change change = {.from = 0};

	if (!migrate_plan(db, &change, err)) {
		return false;
	}
	for (size_t i = 0; i < all->count; i++) {
		if (number_of(&all->files[i]) > change.from && !apply(db, &all->files[i], err)) {
			return false;
		}
	}
	*ret_change = change;
	return true;
}

const char *migration_name(int64_t version)
{
	for (size_t i = 0; i < migrations_sqlite.count; i++) {
		if (number_of(&migrations_sqlite.files[i]) == version) {
			return migrations_sqlite.files[i].name;
		}
	}
	return NULL;
}

static bool plan_file(const char *path, struct schema_change *ret_change, struct err *err)
{
	char resolved[PATH_MAX];
	struct db db;

	if (!store_file_resolve(path, resolved, err) || !db_open_bare(&db, resolved, CACHE_KIB, err)) {
		return false;
	}
	const bool good = migrate_plan(&db, ret_change, err) || err_wrap(err, "%s", path);
	db_close(&db);
	return good;
}

static bool migrate_file(const char *path, struct schema_change *ret_change, struct err *err)
{
	struct store_file file;
	struct schema_change planned;
	struct db db;

	/* Asked first: to open for writing leaves a mark in the file, and it may be another program's. */
	if (!plan_file(path, &planned, err) || !store_file_claim(&file, path, err)) {
		return false;
	}
	bool good = db_open_writer(&db, file.path, CACHE_KIB, err);
	if (good) {
		good = migrate(&db, ret_change, err) || err_wrap(err, "%s", path);
		db_close(&db);
	}
	store_file_release(&file);
	return good;
}

bool store_migrate(const char *path, bool only_planned, struct schema_change *ret_change, struct err *err)
{
	if (access(path, F_OK) != 0) {
		return err_set(err, ERR_CONFIG, "%s: %s", path, strerror(errno));
	}
	return only_planned ? plan_file(path, ret_change, err) : migrate_file(path, ret_change, err);
}
