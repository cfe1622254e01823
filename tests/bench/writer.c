/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests straight into the store, without HTTP, JSON or evaluation. DB holds requests that the service
 * stored; the others are made like one of them.
 *
 *   writer floor DB GROUP SECONDS REQUEST         the bare writer: how many a second when the queue is never empty
 *   writer seed DB COUNT OPEN IDS CLOSED LIKE...  a stock of COUNT requests of the last two years, OPEN of them
 *       made like the LIKEs in turns, the others like CLOSED; names one in ten in the file IDS
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

enum { WAITING = 512, PATTERNS_MAX = 16 };

static const int64_t warm_up_ns = 500000000;

struct rows {
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct row_command *free[WAITING];
	size_t free_count;
	_Atomic uint64_t done;
};

struct patterns {
	struct pattern items[PATTERNS_MAX];
	size_t count;
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

static struct rows *rows_create(const struct patterns *patterns)
{
	struct rows *rows = calloc(1, sizeof(*rows));
	size_t room = 0;
	if (rows == NULL) {
		abort();
	}
	(void)pthread_mutex_init(&rows->lock, NULL);
	(void)pthread_cond_init(&rows->returned, NULL);
	for (size_t i = 0; i < patterns->count; i++) {
		const size_t needs = pattern_room(&patterns->items[i]);
		room = needs > room ? needs : room;
	}
	for (size_t i = 0; i < WAITING; i++) {
		rows->free[rows->free_count++] = row_create(rows, room);
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

static void run_floor(struct store *store, const struct patterns *patterns, uint64_t number, double seconds)
{
	struct rows *rows = rows_create(patterns);
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
		row_fill(row, &patterns->items[0], number++, instant_now());
		submit(store, row);
	}
	store_stats(store, &after);
	const double took = (double)(bench_ns() - began) / 1e9;
	rows_destroy(rows);
	(void)printf("{\"total\": %" PRIu64 ", \"rate\": %.1f, \"group\": %.1f}\n", number - first,
		     (double)(after.commands - before.commands) / took,
		     (double)(after.commands - before.commands) / (double)(after.commits - before.commits));
}

struct stock {
	struct instant now;
	uint64_t first; /* a number from which on none was used */
	uint64_t count;
	uint64_t open;
	const char *ids;
};

/* The request at PLACE: evenly over two years, the last one now, so that ids and events are in the order of time. */
static void fill_stored(struct row_command *row, const struct patterns *patterns, const struct stock *stock, uint64_t place)
{
	const int64_t step = INT64_C(730) * 86400 * 1000000 / (int64_t)(stock->count + 1);
	const struct instant at = {stock->now.us - step * (int64_t)(stock->count - place)};
	const uint64_t open = place * stock->open / stock->count; /* how many are, before this one */
	const bool is_open = (place + 1) * stock->open / stock->count > open;
	const uint64_t like = is_open ? 1 + open % (patterns->count - 1) : 0;
	row_fill(row, &patterns->items[like], stock->first + place, at);
	row_spread(row, stock->now, is_open ? open : ~place);
}

static void run_seed(struct store *store, const struct patterns *patterns, const struct stock *stock)
{
	struct rows *rows = rows_create(patterns);
	uint64_t events = 0;
	FILE *file = fopen(stock->ids, "w");
	if (file == NULL) {
		perror(stock->ids);
		exit(1);
	}
	for (uint64_t i = 0; i < stock->count; i++) {
		struct row_command *row = take(rows);
		fill_stored(row, patterns, stock, i);
		events += row->event_count;
		if (i % 10 == 0) {
			(void)fprintf(file, "/v1/requests/%s\n", row->id);
		}
		submit(store, row);
	}
	rows_destroy(rows);
	if (fclose(file) != 0) {
		perror(stock->ids);
		exit(1);
	}
	(void)printf("{\"total\": %" PRIu64 "}\n", events);
}

static void read_patterns(struct store *store, char **names, size_t count, struct arena *arena, struct patterns *patterns)
{
	struct err err = {0};
	struct store_reader *reader = store_reader_open(store, &err);
	if (reader == NULL) {
		die(&err);
	}
	for (size_t i = 0; i < count && i < PATTERNS_MAX; i++) {
		if (!pattern_read(reader, names[i], arena, &patterns->items[patterns->count++], &err)) {
			die(&err);
		}
	}
	store_reader_close(reader);
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct patterns patterns = {.count = 0};
	struct store_stats stats;
	const bool floor = argc == 6 && strcmp(argv[1], "floor") == 0;
	if (!floor && (argc < 8 || strcmp(argv[1], "seed") != 0)) {
		(void)fputs("writer floor DB GROUP SECONDS REQUEST | writer seed DB COUNT OPEN IDS CLOSED LIKE...\n", stderr);
		return 64;
	}
	const struct store_options options = {
		.path = argv[2],
		.queue_max = WAITING,
		.batch_max = floor ? strtoul(argv[3], NULL, 10) : 256,
		.reader_cache_kib = 2048,
		.writer_cache_kib = 8192,
		.fatal = fatal,
	};
	struct store *store = store_open(&options, &err);
	struct arena *arena = arena_create();
	if (store == NULL) {
		die(&err);
	}
	const int names = floor ? 5 : 6;
	read_patterns(store, argv + names, (size_t)(argc - names), arena, &patterns);
	store_stats(store, &stats);
	if (floor) {
		run_floor(store, &patterns, stats.last_event, strtod(argv[4], NULL));
	} else {
		const struct stock stock = {
			.now = instant_now(),
			.first = stats.last_event,
			.count = strtoull(argv[3], NULL, 10),
			.open = strtoull(argv[4], NULL, 10),
			.ids = argv[5],
		};
		run_seed(store, &patterns, &stock);
	}
	store_close(store);
	arena_destroy(arena);
	return 0;
}
