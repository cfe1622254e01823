/* SPDX-License-Identifier: Apache-2.0 */
#include "store/writer.h"

#include <string.h>

/* Pages of log after which they are moved into the file: larger means fewer but longer pauses. */
enum { CHECKPOINT_PAGES = 4000 };

/* Waits for commands and takes as many as one transaction may hold; none when the writer is to end. */
static struct command_list take_batch(struct writer *writer)
{
	struct command_list batch = {.first = NULL};

	pthread_mutex_lock(&writer->mutex);
	while (writer->queue.first == NULL && !writer->stopping) {
		pthread_cond_wait(&writer->arrived, &writer->mutex);
	}
	batch = writer->queue;
	writer->queue = (struct command_list){.first = NULL};
	struct store_command *last = batch.first;
	if (last != NULL && batch.count > writer->batch_max) {
		for (size_t i = 1; i < writer->batch_max && last->next != NULL; i++) {
			last = last->next;
		}
		writer->queue = (struct command_list){last->next, batch.last, batch.count - writer->batch_max};
		batch = (struct command_list){batch.first, last, writer->batch_max};
		last->next = NULL;
	}
	atomic_store(&writer->depth, writer->queue.count);
	pthread_mutex_unlock(&writer->mutex);
	return batch;
}

/*
 * From here on nothing is acknowledged; what is still queued was never begun. BATCH is what is left of the
 * last one.
 */
static void give_up(struct writer *writer, struct command_list *batch, const struct err *why)
{
	struct err err;

	db_keep_log(&writer->db); /* the next start recovers from it */
	atomic_store(&writer->failed, true);
	atomic_store(&writer->refusing, true);
	err_set(&err, ERR_STORE, "the record store has stopped after a failed write");
	batch_fail(batch, &err);
	pthread_mutex_lock(&writer->mutex);
	struct command_list rest = writer->queue;
	writer->queue = (struct command_list){.first = NULL};
	atomic_store(&writer->depth, 0);
	pthread_mutex_unlock(&writer->mutex);
	batch_fail(&rest, &err);
	if (writer->fatal != NULL) {
		writer->fatal(writer->fatal_context, why);
	}
}

/* After the release of the callers, so that nobody waits for it. */
static bool checkpoint(struct writer *writer, struct err *err)
{
	if (writer->db.wal_pages < CHECKPOINT_PAGES) {
		return true;
	}
	writer->db.wal_pages = 0;
	return db_checkpoint(&writer->db, err);
}

static void *writer_main(void *context)
{
	struct writer *writer = context;
	struct err err = {.code = ERR_NONE};

	for (;;) {
		struct command_list batch = take_batch(writer);
		if (batch.first == NULL) {
			return NULL;
		}
		if (!batch_run(writer, &batch, &err) || !checkpoint(writer, &err)) {
			give_up(writer, &batch, &err);
			return NULL;
		}
	}
}

bool writer_start(struct writer *writer, struct err *err)
{
	pthread_mutex_init(&writer->mutex, NULL);
	pthread_cond_init(&writer->arrived, NULL);
	atomic_store(&writer->last_event, (uint_fast64_t)writer->head.sequence);
	const int cause = pthread_create(&writer->thread, NULL, writer_main, writer);
	if (cause != 0) {
		pthread_cond_destroy(&writer->arrived);
		pthread_mutex_destroy(&writer->mutex);
		return err_set(err, ERR_STORE, "cannot start the writer: %s", strerror(cause));
	}
	return true;
}

void writer_stop(struct writer *writer)
{
	pthread_mutex_lock(&writer->mutex);
	writer->stopping = true;
	atomic_store(&writer->refusing, true);
	pthread_cond_signal(&writer->arrived);
	pthread_mutex_unlock(&writer->mutex);
	pthread_join(writer->thread, NULL);
	pthread_cond_destroy(&writer->arrived);
	pthread_mutex_destroy(&writer->mutex);
}

bool writer_submit(struct writer *writer, struct store_command *command, struct err *err)
{
	pthread_mutex_lock(&writer->mutex);
	const bool refusing = atomic_load(&writer->refusing);
	const bool full = writer->queue.count >= writer->queue_max;
	if (!refusing && !full) {
		const bool idle = writer->queue.first == NULL;
		command_list_add(&writer->queue, command);
		atomic_store(&writer->depth, writer->queue.count);
		if (idle) {
			pthread_cond_signal(&writer->arrived);
		}
	}
	pthread_mutex_unlock(&writer->mutex);
	if (refusing) {
		return atomic_load(&writer->failed)
			       ? err_set(err, ERR_STORE, "the record store has stopped after a failed write")
			       : err_set(err, ERR_BUSY, "the service is stopping");
	}
	return !full || err_set(err, ERR_BUSY, "%zu changes are waiting already", writer->queue_max);
}
