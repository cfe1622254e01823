/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include "base/log.h"
#include "store/file.h"
#include "store/migrate.h"
#include "store/txn.h"
#include "store/writer.h"

#include <sqlite3.h>
#include <stdlib.h>

/* Events checked at every start; `audit verify` checks them all. */
enum { TAIL_EVENTS = 1000 };

/* Page cache of a reader that only a command uses. */
enum { READER_CACHE_KIB = 2048 };

struct store {
	struct store_file file;
	size_t reader_cache_kib;
	struct writer writer;
};

struct store_reader *reader_open(const char *path, size_t cache_kib, struct err *err)
{
	struct store_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL) {
		abort();
	}
	if (!db_open_reader(&reader->db, path, cache_kib, err)) {
		free(reader);
		return NULL;
	}
	return reader;
}

struct store_reader *store_reader_open(struct store *store, struct err *err)
{
	return reader_open(store->file.path, store->reader_cache_kib, err);
}

struct store_reader *store_reader_open_apart(const char *path, struct err *err)
{
	char resolved[PATH_MAX];
	struct schema_change change;

	if (!store_migrate(path, true, &change, err) || !store_file_resolve(path, resolved, err)) {
		return NULL;
	}
	if (change.from != change.to) {
		(void)err_set(err, ERR_CONFIG,
			      "%s has schema %lld, this program needs %lld: authreviewd migrate brings it there", path,
			      (long long)change.from, (long long)change.to);
		return NULL;
	}
	return reader_open(resolved, READER_CACHE_KIB, err);
}

void store_reader_close(struct store_reader *reader)
{
	if (reader != NULL) {
		db_close(&reader->db);
		principal_cache_finish(&reader->principals);
		free(reader);
	}
}

static bool check_tail(struct store *store, struct err *err)
{
	struct store_reader *reader = store_reader_open(store, err);

	if (reader == NULL) {
		return false;
	}
	const bool good = events_verify_tail(reader, TAIL_EVENTS, &store->writer.head, err);
	store_reader_close(reader);
	return good;
}

static bool start(struct store *store, const struct store_options *options, struct err *err)
{
	struct writer *writer = &store->writer;
	struct schema_change schema;

	if (!db_open_writer(&writer->db, store->file.path, options->writer_cache_kib, err)) {
		return false;
	}
	/* What is acknowledged lies in the log; SQLite says nothing when the log's name does not reach the disk. */
	if (!migrate(&writer->db, &schema, err) || !store_file_sync_directory(store->file.path, err) ||
	    !db_prepare(&writer->db, FOR_WRITER, err) || !check_tail(store, err) || !writer_start(writer, err)) {
		db_close(&writer->db);
		return false;
	}
	LOG(LOG_INFO, "store_opened", LOG_TEXT("sqlite", sqlite3_libversion()), LOG_TEXT("source", sqlite3_sourceid()),
	    LOG_NUMBER("schema", schema.to), LOG_NUMBER("last_event", writer->head.sequence));
	return true;
}

struct store *store_open(const struct store_options *options, struct err *err)
{
	struct store *store = calloc(1, sizeof(*store));

	if (store == NULL) {
		abort();
	}
	/*
	 * Statistics of its memory would put one lock around every allocation of every connection. Once
	 * SQLite is in use this does nothing.
	 */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	store->reader_cache_kib = options->reader_cache_kib;
	store->writer.queue_max = options->queue_max;
	store->writer.batch_max = options->batch_max > 0 ? options->batch_max : 1;
	store->writer.fatal = options->fatal;
	store->writer.fatal_context = options->fatal_context;
	if (!store_file_claim(&store->file, options->path, err)) {
		free(store);
		return NULL;
	}
	if (!start(store, options, err)) {
		(void)err_wrap(err, "%s", options->path);
		store_file_release(&store->file);
		free(store);
		return NULL;
	}
	return store;
}

void store_close(struct store *store)
{
	if (store == NULL) {
		return;
	}
	writer_stop(&store->writer);
	db_close(&store->writer.db);
	store_file_release(&store->file);
	free(store);
}

bool store_submit(struct store *store, struct store_command *command, struct err *err)
{
	return writer_submit(&store->writer, command, err);
}

bool store_congested(const struct store *store)
{
	return atomic_load(&store->writer.depth) >= store->writer.queue_max || atomic_load(&store->writer.refusing);
}

void store_stats(const struct store *store, struct store_stats *ret_stats)
{
	ret_stats->commits = atomic_load(&store->writer.commits);
	ret_stats->commands = atomic_load(&store->writer.commands);
	ret_stats->queue_depth = atomic_load(&store->writer.depth);
	ret_stats->last_event = atomic_load(&store->writer.last_event);
}

bool store_healthy(const struct store *store)
{
	return !atomic_load(&store->writer.failed);
}

const char *store_engine_version(void)
{
	return sqlite3_libversion();
}
