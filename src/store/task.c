/* SPDX-License-Identifier: Apache-2.0 */
#include "store/task.h"

static void done(struct store_command *command, const struct err *err)
{
	struct store_task *task = (struct store_task *)command;
	(void)pthread_mutex_lock(&task->lock);
	task->settled = true;
	task->failed = err != NULL;
	if (err != NULL) {
		task->err = *err;
	}
	(void)pthread_cond_signal(&task->changed);
	(void)pthread_mutex_unlock(&task->lock);
}

bool store_run(struct store *store, struct store_task *task, struct err *err)
{
	task->command.done = done;
	task->settled = false;
	(void)pthread_mutex_init(&task->lock, NULL);
	(void)pthread_cond_init(&task->changed, NULL);
	bool queued = store_submit(store, &task->command, err);
	(void)pthread_mutex_lock(&task->lock);
	while (queued && !task->settled) {
		(void)pthread_cond_wait(&task->changed, &task->lock);
	}
	(void)pthread_mutex_unlock(&task->lock);
	(void)pthread_cond_destroy(&task->changed);
	(void)pthread_mutex_destroy(&task->lock);
	if (queued && task->failed) {
		*err = task->err;
	}
	return queued && !task->failed;
}
