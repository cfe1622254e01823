/* SPDX-License-Identifier: Apache-2.0 */
#include "store/migrate.h"

#include "base/embed.h"

#include <stdlib.h>

extern const struct embedded_files migrations_sqlite;

/* "ARvw", which the first migration writes into the header of the file. */
enum { APPLICATION_ID = 1095923319 };

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

bool migrate(struct db *db, int64_t *ret_version, struct err *err)
{
	const struct embedded_files *all = &migrations_sqlite;
	const int64_t newest = number_of(&all->files[all->count - 1]);
	int64_t version = 0;

	if (!ask_number(db, "PRAGMA user_version", &version, err) || !check_ours(db, version, err)) {
		return false;
	}
	if (version > newest) {
		return err_set(err, ERR_CONFIG, "the database has schema %lld, this program knows %lld: use a newer program",
			       (long long)version, (long long)newest);
	}
	for (size_t i = 0; i < all->count; i++) {
		if (number_of(&all->files[i]) > version && !apply(db, &all->files[i], err)) {
			return false;
		}
	}
	*ret_version = newest;
	return true;
}
