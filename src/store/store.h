/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record store: one SQLite file, one writer thread that owns the only read-write connection, and read-only connections. The only user
 * of SQLite. Nothing is acknowledged before its commit (synchronous=FULL).
 */
#ifndef AR_STORE_STORE_H
#define AR_STORE_STORE_H

#include "base/err.h"
#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct store_txn; /* the writer's transaction, seen by a command's apply */
struct store_reader; /* one read-only connection with its prepared statements; one thread at a time */

struct store_options {
	const char *path;
	size_t queue_max; /* commands waiting; beyond it store_submit refuses */
	size_t batch_max; /* commands of one transaction (256; 1 for the bench's counterpart) */
	size_t reader_cache_kib; /* page cache of one reader */
	size_t writer_cache_kib;
	/* Called in the writer thread when acknowledgements must stop: a write failed in a way that leaves the outcome unknown. */
	void (*fatal)(void *context, const struct err *err);
	void *fatal_context;
};

/*
 * Opens (creating and migrating) the database, takes the lock file, verifies the tail of the event chain and starts the writer.
 * NULL: ERR_CONFIG for a path, mode, lock or version that must not be used, ERR_STORE otherwise.
 */
struct store *store_open(const struct store_options *options, struct err *err) AR_MUST_CHECK;

/* Lets every queued command finish, stops the writer, closes. NULL is allowed. */
void store_close(struct store *store);

/*
 * A change. APPLY runs in the writer inside a transaction: SQL through the functions of store/ only, re-runnable, guards before inserts, and
 * writes nothing when it returns false. DONE runs in the writer after the commit (ERR NULL) or instead of it; from then on the
 * command belongs to its maker again.
 */
struct store_command {
	bool (*apply)(struct store_command *command, struct store_txn *txn, struct err *err);
	void (*done)(struct store_command *command, const struct err *err);
	struct store_command *next; /* the queue's */
	struct err err; /* the writer's */
	bool failed; /* the writer's */
};

/*
 * Queues a command; false with ERR_BUSY when the queue is full or the store is stopping, with ERR_STORE after a failure
 * that stopped it (then DONE is not called).
 */
bool store_submit(struct store *store, struct store_command *command, struct err *err) AR_MUST_CHECK;

/* True when a command would be refused now: asked before a body is parsed. */
bool store_congested(const struct store *store);

struct store_reader *store_reader_open(struct store *store, struct err *err) AR_MUST_CHECK;
void store_reader_close(struct store_reader *reader);

/*
 * A reader of a database that another process may have open. NULL with ERR_CONFIG when there is none, or its schema is not this
 * program's.
 */
struct store_reader *store_reader_open_apart(const char *path, struct err *err) AR_MUST_CHECK;

struct store_stats {
	uint64_t commits;
	uint64_t commands;
	uint64_t queue_depth;
	uint64_t last_event; /* sequence number of the newest committed event */
};
void store_stats(const struct store *store, struct store_stats *ret_stats);

/* "3.40.1": the SQLite that keeps the records. */
const char *store_engine_version(void);

/*
 * True until a failure stopped the writer: for /readyz. A full disk is not one: reads go on, and writes once there is
 * space.
 */
bool store_healthy(const struct store *store);

#endif
