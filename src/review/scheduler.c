/* SPDX-License-Identifier: Apache-2.0 */
#include "review/scheduler.h"

#include "review/scheduler_pass.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How often it looks; how long it leaves the way to others between two rounds; when requests that were skipped get another look. */
enum { LOOK_US = 1000000, BREATH_MAX_US = 100000, RETRY_SECONDS = 600, CATCH_UP_SECONDS = 20 };

struct scheduler {
	struct service *service;
	struct pass pass; /* the thread's, as is what follows */
	int64_t retry_at_us;

	pthread_t thread;
	bool running;
	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t turn; /* the thread has something to do */
	pthread_cond_t done; /* a pass came to its end */
	bool stopping;
	uint64_t asked; /* how often somebody asked for a pass */
	uint64_t answered; /* the newest question whose pass came to its end */

	_Atomic uint64_t raised;
	_Atomic uint64_t skipped;
};

static int64_t monotonic_us(void)
{
	struct timespec now = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct timespec monotonic_after(int64_t us)
{
	int64_t at = monotonic_us() + us;
	return (struct timespec){.tv_sec = (time_t)(at / 1000000), .tv_nsec = (long)(at % 1000000) * 1000};
}

/* Time stands until somebody moves it. */
static bool clock_stands(const struct scheduler *scheduler)
{
	return atomic_load(&scheduler->service->clock_fixed_us) != 0;
}

/* Waits for the next look; false when it is the end. *ret_asked is what the look answers. */
static bool await_turn(struct scheduler *scheduler, int64_t pause_us, uint64_t *ret_asked)
{
	struct timespec until = monotonic_after(pause_us);
	bool stands = clock_stands(scheduler);
	int waited = 0;
	pthread_mutex_lock(&scheduler->mutex);
	while (!scheduler->stopping && waited == 0 && pause_us > 0 && scheduler->asked == scheduler->answered) {
		waited = stands ? pthread_cond_wait(&scheduler->turn, &scheduler->mutex)
				: pthread_cond_timedwait(&scheduler->turn, &scheduler->mutex, &until);
	}
	*ret_asked = scheduler->asked;
	bool go_on = !scheduler->stopping;
	pthread_mutex_unlock(&scheduler->mutex);
	return go_on;
}

static void answer(struct scheduler *scheduler, uint64_t asked)
{
	pthread_mutex_lock(&scheduler->mutex);
	scheduler->answered = asked;
	pthread_cond_broadcast(&scheduler->done);
	pthread_mutex_unlock(&scheduler->mutex);
}

static enum pass_end look(struct scheduler *scheduler)
{
	/* First what time it is, then whether that can be believed: the asking judges it. */
	struct instant now = service_clock(scheduler->service);
	if (service_clock_suspect(scheduler->service)) {
		return PASS_DONE;
	}
	if (monotonic_us() >= scheduler->retry_at_us) {
		pass_retry(&scheduler->pass);
		scheduler->retry_at_us = monotonic_us() + RETRY_SECONDS * INT64_C(1000000);
	}
	enum pass_end end = scheduler_pass(&scheduler->pass, now);
	atomic_store(&scheduler->raised, scheduler->pass.raised);
	atomic_store(&scheduler->skipped, scheduler->pass.skipped.count);
	return end;
}

/* After much downtime there is much to raise: clients get as much of the writer and of the processor as that takes. */
static int64_t breath_us(int64_t took_us)
{
	return took_us < BREATH_MAX_US ? took_us : BREATH_MAX_US;
}

static void *scheduler_main(void *context)
{
	struct scheduler *scheduler = context;
	uint64_t asked = 0;
	int64_t pause_us = 0;
	while (await_turn(scheduler, pause_us, &asked)) {
		int64_t began = monotonic_us();
		switch (look(scheduler)) {
		case PASS_DONE:
			answer(scheduler, asked);
			pause_us = LOOK_US;
			break;
		case PASS_MORE: pause_us = asked == scheduler->answered ? breath_us(monotonic_us() - began) : 0; break;
		case PASS_HELD:
			(void)nanosleep(&(struct timespec){.tv_nsec = BREATH_MAX_US * 1000L}, NULL);
			pause_us = LOOK_US;
			break;
		}
	}
	return NULL;
}

static void init_locks(struct scheduler *scheduler)
{
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_mutex_init(&scheduler->mutex, NULL);
	pthread_cond_init(&scheduler->turn, &attributes);
	pthread_cond_init(&scheduler->done, &attributes);
	pthread_condattr_destroy(&attributes);
}

struct scheduler *scheduler_start(struct service *service, struct err *err)
{
	struct scheduler *scheduler = calloc(1, sizeof(*scheduler));
	if (scheduler == NULL) {
		abort();
	}
	scheduler->service = service;
	if (!pass_init(&scheduler->pass, service, err)) {
		free(scheduler);
		return NULL;
	}
	init_locks(scheduler);
	int cause = pthread_create(&scheduler->thread, NULL, scheduler_main, scheduler);
	if (cause != 0) {
		(void)err_set(err, ERR_STORE, "cannot start the scheduler: %s", strerror(cause));
		scheduler_destroy(scheduler);
		return NULL;
	}
	scheduler->running = true;
	service->scheduler = scheduler;
	return scheduler;
}

void scheduler_stop(struct scheduler *scheduler)
{
	if (scheduler == NULL || !scheduler->running) {
		return;
	}
	pthread_mutex_lock(&scheduler->mutex);
	scheduler->stopping = true;
	pthread_cond_broadcast(&scheduler->turn);
	pthread_cond_broadcast(&scheduler->done);
	pthread_mutex_unlock(&scheduler->mutex);
	pthread_join(scheduler->thread, NULL);
	scheduler->running = false;
}

void scheduler_destroy(struct scheduler *scheduler)
{
	if (scheduler == NULL) {
		return;
	}
	scheduler_stop(scheduler);
	pass_finish(&scheduler->pass);
	pthread_cond_destroy(&scheduler->turn);
	pthread_cond_destroy(&scheduler->done);
	pthread_mutex_destroy(&scheduler->mutex);
	free(scheduler);
}

bool scheduler_catch_up(struct scheduler *scheduler)
{
	if (scheduler == NULL) {
		return true;
	}
	struct timespec until = monotonic_after(CATCH_UP_SECONDS * INT64_C(1000000));
	int waited = 0;
	pthread_mutex_lock(&scheduler->mutex);
	uint64_t ticket = ++scheduler->asked;
	pthread_cond_signal(&scheduler->turn);
	while (!scheduler->stopping && waited == 0 && scheduler->answered < ticket) {
		waited = pthread_cond_timedwait(&scheduler->done, &scheduler->mutex, &until);
	}
	bool caught_up = scheduler->answered >= ticket;
	pthread_mutex_unlock(&scheduler->mutex);
	return caught_up;
}

void scheduler_stats(const struct scheduler *scheduler, struct scheduler_stats *ret_stats)
{
	*ret_stats = (struct scheduler_stats){0};
	if (scheduler != NULL) {
		ret_stats->raised = atomic_load(&scheduler->raised);
		ret_stats->skipped = atomic_load(&scheduler->skipped);
		ret_stats->clock_suspect = service_clock_suspect(scheduler->service);
	}
}
