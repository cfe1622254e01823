/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: a bounded queue of commands and the one thread that commits them in groups. */
#ifndef AR_STORE_WRITER_H
#define AR_STORE_WRITER_H

#include "store/chain.h"
#include "store/db.h"
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>

/* Commands in the order of their arrival, linked by their NEXT. */
struct command_list {
	struct store_command *first;
	struct store_command *last;
	size_t count;
};

struct writer {
	struct db db; /* the writer thread's, as is HEAD */
	struct chain_head head; /* the newest committed event */
	size_t queue_max;
	size_t batch_max;
	void (*fatal)(void *context, const struct err *err);
	void *fatal_context;

	pthread_t thread;
	pthread_mutex_t mutex; /* guards QUEUE and STOPPING */
	pthread_cond_t arrived;
	struct command_list queue;
	bool stopping;

	atomic_size_t depth; /* of the queue, read without the mutex */
	atomic_bool refusing; /* stopping or failed */
	atomic_bool failed;
	atomic_uint_fast64_t commits;
	atomic_uint_fast64_t commands;
	atomic_uint_fast64_t last_event;
};

/* WRITER's db is open and prepared, and its head is known. */
bool writer_start(struct writer *writer, struct err *err) AR_MUST_CHECK;

/* Refuses new commands, lets the queue finish, joins the thread. */
void writer_stop(struct writer *writer);

bool writer_submit(struct writer *writer, struct store_command *command, struct err *err) AR_MUST_CHECK;

/* ---- batch.c ---- */

void command_list_add(struct command_list *list, struct store_command *command);

/*
 * Commits the commands and releases each of them once its outcome is settled. False when the writer must
 * stop; *err says why.
 */
bool batch_run(struct writer *writer, struct command_list *batch, struct err *err) AR_MUST_CHECK;

/* Releases the commands with an error. */
void batch_fail(struct command_list *batch, const struct err *err);

#endif
