/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Submits to a store until it is killed or COUNT commands are settled, and writes a line for each one that
 * was acknowledged, after the acknowledgement and never before: store_load PATH THREADS COUNT. Refusals go
 * to standard error with their problem type.
 */
#include "submission.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 24, THREADS_MAX = 16, STOPPED = 75 };

struct load {
	struct store *store;
	struct ident_source *source;
	long count; /* of each thread; 0 means without end */
};

/* A line is one write: a pipe takes it whole or, when the program dies, not at all. */
static void write_line(int fd, const char *line)
{
	const size_t length = strlen(line);

	if (write(fd, line, length) != (ssize_t)length) {
		_exit(1);
	}
}

static void settled(struct submission *submission, const struct err *err)
{
	char line[128];

	if (err == NULL) {
		snprintf(line, sizeof(line), "%s\n", submission->ack);
		write_line(STDOUT_FILENO, line);
	} else {
		snprintf(line, sizeof(line), "%s %s\n", submission->ack, err_type(err->code));
		write_line(STDERR_FILENO, line);
	}
	sem_post(&submission->free);
}

static void fatal(void *context, const struct err *err)
{
	(void)context, (void)err;
	write_line(STDERR_FILENO, "stopped\n");
	_exit(STOPPED);
}

static void wait_free(struct submission *submission)
{
	while (sem_wait(&submission->free) != 0) {
		continue;
	}
}

static void submit(struct load *load, struct submission *submission)
{
	struct err err;

	while (!store_submit(load->store, &submission->command, &err)) {
		usleep(1000);
	}
}

static void *produce(void *context)
{
	struct load *load = context;
	struct arena *arena = arena_create();
	struct submission *window = arena_array(arena, WINDOW, sizeof(*window));

	for (int i = 0; i < WINDOW; i++) {
		submission_init(&window[i], arena, settled, NULL);
	}
	for (long n = 0; load->count == 0 || n < load->count; n++) {
		struct submission *submission = &window[n % WINDOW];
		wait_free(submission);
		if (submission->row.version == 1 && n % 5 == 0) {
			submission_advance(submission);
		} else {
			submission_renew(submission, load->source);
		}
		submit(load, submission);
	}
	for (int i = 0; i < WINDOW; i++) {
		wait_free(&window[i]);
	}
	arena_destroy(arena);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS_MAX];
	struct err err;

	const long thread_count = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
	if (thread_count < 1 || thread_count > THREADS_MAX) {
		fprintf(stderr, "usage: store_load PATH THREADS COUNT\n");
		return 2;
	}
	const struct store_options options = {
		.path = argv[1], .queue_max = 1000, .batch_max = 256, .reader_cache_kib = 1024, .writer_cache_kib = 8192,
		.fatal = fatal,
	};
	struct load load = {
		.store = store_open(&options, &err),
		.source = ident_create(0),
		.count = strtol(argv[3], NULL, 10) / thread_count,
	};
	if (load.store == NULL) {
		fprintf(stderr, "%s\n", err.detail);
		return 1;
	}
	for (long i = 0; i < thread_count; i++) {
		pthread_create(&threads[i], NULL, produce, &load);
	}
	for (long i = 0; i < thread_count; i++) {
		pthread_join(threads[i], NULL);
	}
	store_close(load.store);
	ident_destroy(load.source);
	return 0;
}
