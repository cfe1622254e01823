/* SPDX-License-Identifier: Apache-2.0 */
/* A command whose maker waits for it: for start-up and the command line, never for an HTTP thread. */
#ifndef AR_STORE_TASK_H
#define AR_STORE_TASK_H

#include "store/store.h"

#include <pthread.h>

/* First member of the caller's struct; only command.apply is the caller's to set. */
struct store_task {
	struct store_command command;
	struct err err;
	bool failed;
	bool settled;
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

/* Queues the task and waits until it is committed or refused. */
bool store_run(struct store *store, struct store_task *task, struct err *err) AR_MUST_CHECK;

#endif
