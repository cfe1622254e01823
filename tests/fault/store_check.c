/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens a store as a restart would, and then reads the file without it: store_check PATH. Writes "ID
 * VERSION" of every request. Fails when the chain of events does not verify, the file is damaged, or a
 * transaction left a half of itself.
 */
#include "store/records.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *what;
	const char *sql;
} halves[] = {
	{"a request without a body", "SELECT count(*) FROM request WHERE number NOT IN (SELECT request FROM request_body)"},
	{"a request whose versions are not its events",
	 "SELECT count(*) FROM request r WHERE version <> (SELECT count(*) FROM event e WHERE e.request_id = r.id)"},
	{"a request whose last event is another's",
	 "SELECT count(*) FROM request r WHERE last_event IS NOT (SELECT max(sequence) FROM event e WHERE e.request_id = r.id)"},
	{"an event without a snapshot", "SELECT count(*) FROM event WHERE sequence NOT IN (SELECT sequence FROM event_detail)"},
	{"an event in no feed", "SELECT count(*) FROM event WHERE sequence NOT IN (SELECT sequence FROM event_feed)"},
	{"a body without a request", "SELECT count(*) FROM request_body WHERE request NOT IN (SELECT number FROM request)"},
	{"an insert without its key",
	 "SELECT count(*) FROM event WHERE action = 'received' AND sequence NOT IN (SELECT event FROM idempotency)"},
	{"a broken reference", "SELECT count(*) FROM pragma_foreign_key_check"},
	{"a damaged page", "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
};

static bool verify(const char *path)
{
	const struct store_options options = {
		.path = path, .queue_max = 10, .batch_max = 10, .reader_cache_kib = 8192, .writer_cache_kib = 1024,
	};
	struct err err;
	int64_t count = 0;

	struct store *store = store_open(&options, &err);
	if (store == NULL) {
		fprintf(stderr, "open: %s\n", err.detail);
		return false;
	}
	struct store_reader *reader = store_reader_open(store, &err);
	const bool good = reader != NULL && events_verify(reader, &count, &err);
	if (!good) {
		fprintf(stderr, "verify: %s\n", err.detail);
	}
	store_reader_close(reader);
	store_close(store);
	return good;
}

static bool find_halves(sqlite3 *handle)
{
	bool good = true;

	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		sqlite3_stmt *statement = NULL;
		if (sqlite3_prepare_v2(handle, halves[i].sql, -1, &statement, NULL) != SQLITE_OK ||
		    sqlite3_step(statement) != SQLITE_ROW) {
			fprintf(stderr, "%s: %s\n", halves[i].what, sqlite3_errmsg(handle));
			good = false;
		} else if (sqlite3_column_int64(statement, 0) != 0) {
			fprintf(stderr, "found: %s\n", halves[i].what);
			good = false;
		}
		sqlite3_finalize(statement);
	}
	return good;
}

static bool list(sqlite3 *handle)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(handle, "SELECT id, version FROM request", -1, &statement, NULL) != SQLITE_OK) {
		return false;
	}
	while (sqlite3_step(statement) == SQLITE_ROW) {
		printf("%s %d\n", (const char *)sqlite3_column_text(statement, 0), sqlite3_column_int(statement, 1));
	}
	return sqlite3_finalize(statement) == SQLITE_OK;
}

int main(int argc, char **argv)
{
	sqlite3 *handle = NULL;

	if (argc != 2 || !verify(argv[1]) || sqlite3_open_v2(argv[1], &handle, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
		return 1;
	}
	const bool good = find_halves(handle) && list(handle);
	sqlite3_close(handle);
	return good ? 0 : 1;
}
