/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one HTTP thread owns: its store reader, exchanges to use again, its share of the counters. Nothing
 * here is locked on a request's way.
 */
#ifndef AR_HTTP_WORKER_H
#define AR_HTTP_WORKER_H

#include "base/err.h"
#include "http/metrics.h"

#include <stddef.h>
#include <stdint.h>

struct exchange;
struct http_server;
struct store_reader;

struct worker {
	struct worker *next;
	struct store_reader *reader; /* NULL until it could be opened */
	struct exchange *free;
	size_t free_count;
	uint64_t request_prefix; /* random: request ids of one process do not repeat in another */
	uint64_t request_count;
	struct metrics metrics;
};

/* The worker of the calling HTTP thread; made at its first call. */
struct worker *worker_current(struct http_server *server);

/* The thread's reader, opened when there is none yet; NULL when the store cannot be read. */
struct store_reader *worker_reader(struct worker *worker, struct http_server *server, struct err *err) AR_MUST_CHECK;

/* A blank exchange with an empty arena, and its return. */
struct exchange *worker_take(struct worker *worker);
void worker_give(struct worker *worker, struct exchange *exchange);

/* Closes readers and frees all workers; the HTTP threads have ended. */
void workers_finish(struct http_server *server);

#endif
