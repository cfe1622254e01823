/* SPDX-License-Identifier: Apache-2.0 */
#include "http/reaper.h"

#include <string.h>
#include <time.h>

enum { REAPER_PERIOD_US = 200000 };

int64_t monotonic_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void *reap(void *context)
{
	struct reaper *reaper = context;
	pthread_mutex_lock(&reaper->lock);
	while (!reaper->stopping) {
		const int64_t at = monotonic_us() + REAPER_PERIOD_US;
		const struct timespec until = {.tv_sec = (time_t)(at / 1000000), .tv_nsec = (long)(at % 1000000) * 1000};
		pthread_cond_timedwait(&reaper->wake, &reaper->lock, &until);
		const size_t count = peers_reap(reaper->peers, monotonic_us());
		atomic_fetch_add_explicit(&reaper->reaped, count, memory_order_relaxed);
	}
	pthread_mutex_unlock(&reaper->lock);
	return NULL;
}

bool reaper_start(struct reaper *reaper, struct peers *peers, struct err *err)
{
	*reaper = (struct reaper){.peers = peers};
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&reaper->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	pthread_mutex_init(&reaper->lock, NULL);
	const int failure = pthread_create(&reaper->thread, NULL, reap, reaper);
	if (failure != 0) {
		pthread_cond_destroy(&reaper->wake);
		pthread_mutex_destroy(&reaper->lock);
		return err_set(err, ERR_CONFIG, "the thread for slow clients cannot start: %s", strerror(failure));
	}
	return true;
}

void reaper_stop(struct reaper *reaper)
{
	pthread_mutex_lock(&reaper->lock);
	reaper->stopping = true;
	pthread_cond_signal(&reaper->wake);
	pthread_mutex_unlock(&reaper->lock);
	pthread_join(reaper->thread, NULL);
	pthread_cond_destroy(&reaper->wake);
	pthread_mutex_destroy(&reaper->lock);
}
