/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests straight into the store, without HTTP, JSON or evaluation. DB holds at least one request that
 * the service stored; the others are made like it.
 *
 *   writer floor DB GROUP SECONDS   the bare writer: how many a second when the queue is never empty
 *   writer seed DB COUNT IDS        a stock of COUNT requests of the last two years; names one in ten in the file IDS
 *
 * A second thread makes the commands, as the HTTP threads do for the service, so that the writer does
 * nothing but its SQL.
 */
#include "bench.h"
#include "rows.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { WAITING = 512 };

static const int64_t warm_up_ns = 500000000;

struct rows {
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct row_command *free[WAITING];
	size_t free_count;
	_Atomic uint64_t done;
};

static void die(const struct err *err)
{
	(void)fprintf(stderr, "writer: %s\n", err->detail);
	exit(1);
}

static void fatal(void *context, const struct err *err)
{
	(void)context;
	die(err);
}

/* In the writer's thread. */
static void returned(struct store_command *command, const struct err *err)
{
	struct row_command *row = (struct row_command *)command;
	struct rows *rows = row->owner;
	if (err != NULL) {
		die(err);
	}
	atomic_fetch_add(&rows->done, 1);
	(void)pthread_mutex_lock(&rows->lock);
	rows->free[rows->free_count++] = row;
	if (rows->free_count == 1) {
		(void)pthread_cond_signal(&rows->returned);
	}
	(void)pthread_mutex_unlock(&rows->lock);
}

static struct row_command *take(struct rows *rows)
{
	(void)pthread_mutex_lock(&rows->lock);
	while (rows->free_count == 0) {
		(void)pthread_cond_wait(&rows->returned, &rows->lock);
	}
	struct row_command *row = rows->free[--rows->free_count];
	(void)pthread_mutex_unlock(&rows->lock);
	return row;
}

static void submit(struct store *store, struct row_command *row)
{
	struct err err = {0};
	row->command.done = returned;
	if (!store_submit(store, &row->command, &err)) {
		die(&err);
	}
}

static struct rows *rows_create(const struct pattern *pattern)
{
	struct rows *rows = calloc(1, sizeof(*rows));
	if (rows == NULL) {
		abort();
	}
	(void)pthread_mutex_init(&rows->lock, NULL);
	(void)pthread_cond_init(&rows->returned, NULL);
	for (size_t i = 0; i < WAITING; i++) {
		rows->free[rows->free_count++] = row_create(rows, pattern);
	}
	return rows;
}

/* Waits until all have come back. */
static void rows_destroy(struct rows *rows)
{
	for (size_t i = 0; i < WAITING; i++) {
		row_destroy(take(rows));
	}
	(void)pthread_cond_destroy(&rows->returned);
	(void)pthread_mutex_destroy(&rows->lock);
	free(rows);
}

static void run_floor(struct store *store, const struct pattern *pattern, uint64_t number, double seconds)
{
	struct rows *rows = rows_create(pattern);
	const uint64_t first = number;
	struct store_stats before = {0};
	struct store_stats after;
	const int64_t starts = bench_ns() + warm_up_ns;
	const int64_t ends = starts + (int64_t)(seconds * 1e9);
	int64_t began = 0;
	int64_t now;
	while ((now = bench_ns()) < ends) {
		if (began == 0 && now >= starts) {
			began = now;
			store_stats(store, &before);
		}
		struct row_command *row = take(rows);
		row_fill(row, pattern, number++, instant_now(), false);
		submit(store, row);
	}
	store_stats(store, &after);
	const double took = (double)(bench_ns() - began) / 1e9;
	rows_destroy(rows);
	(void)printf("{\"total\": %" PRIu64 ", \"rate\": %.1f, \"group\": %.1f}\n", number - first,
		     (double)(after.commands - before.commands) / took,
		     (double)(after.commands - before.commands) / (double)(after.commits - before.commits));
}

/* Evenly over two years, the last one now, so that ids and events are in the order of time. */
static void run_seed(struct store *store, const struct pattern *pattern, uint64_t number, uint64_t count, const char *ids)
{
	struct rows *rows = rows_create(pattern);
	const int64_t now = instant_now().us;
	const int64_t step = INT64_C(730) * 86400 * 1000000 / (int64_t)(count + 1);
	FILE *file = fopen(ids, "w");
	if (file == NULL) {
		perror(ids);
		exit(1);
	}
	for (uint64_t i = 0; i < count; i++) {
		struct row_command *row = take(rows);
		row_fill(row, pattern, number + i, (struct instant){now - step * (int64_t)(count - i)}, true);
		if (i % 10 == 0) {
			(void)fprintf(file, "/v1/requests/%s\n", row->id);
		}
		submit(store, row);
	}
	rows_destroy(rows);
	if (fclose(file) != 0) {
		perror(ids);
		exit(1);
	}
	(void)printf("{\"total\": %" PRIu64 "}\n", count);
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct pattern pattern = {0};
	struct store_stats stats;
	if (argc != 5 || (strcmp(argv[1], "floor") != 0 && strcmp(argv[1], "seed") != 0)) {
		(void)fputs("writer floor DB GROUP SECONDS | writer seed DB COUNT IDS\n", stderr);
		return 64;
	}
	const bool floor = strcmp(argv[1], "floor") == 0;
	const struct store_options options = {
		.path = argv[2],
		.queue_max = WAITING,
		.batch_max = floor ? strtoul(argv[3], NULL, 10) : 256,
		.reader_cache_kib = 2048,
		.writer_cache_kib = 8192,
		.fatal = fatal,
	};
	struct store *store = store_open(&options, &err);
	struct store_reader *reader = store != NULL ? store_reader_open(store, &err) : NULL;
	struct arena *arena = arena_create();
	if (reader == NULL || !pattern_read(reader, arena, &pattern, &err)) {
		die(&err);
	}
	store_reader_close(reader);
	store_stats(store, &stats);
	if (floor) {
		run_floor(store, &pattern, stats.last_event, strtod(argv[4], NULL));
	} else {
		run_seed(store, &pattern, stats.last_event, strtoull(argv[3], NULL, 10), argv[4]);
	}
	store_close(store);
	arena_destroy(arena);
	return 0;
}
