/* SPDX-License-Identifier: Apache-2.0 */
#include "review/trusted_clock.h"

#include "base/log.h"
#include "store/clock_marker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A marker that could not be written or removed is tried again. */
enum { TRY_AGAIN_US = 1000000 };

struct trusted_clock {
	char *database;
	char boot[BOOT_ID_SIZE];
	pthread_mutex_t mutex; /* guards what follows */
	struct clock_watch watch;
	bool marked; /* the marker lies there */
	bool told; /* that it could not be written or removed */
	int64_t try_at_us; /* time since boot */
};

/* The time since boot tells boots apart as well, where it says less than the marker. */
static bool same_boot(const struct trusted_clock *clock, const struct clock_marker *marker, struct clock_reading now)
{
	return strcmp(clock->boot, marker->boot) == 0 && now.boot_us >= marker->good.boot_us;
}

static void log_suspect(const struct clock_watch *watch, struct clock_reading now)
{
	LOG(LOG_ERROR, "clock_suspect", LOG_NUMBER("ahead_seconds", clock_watch_ahead_us(watch, now) / 1000000),
	    LOG_TEXT("detail", watch->held
				       ? "the machine was started again while its clock was suspect; nothing is raised as due "
					 "or ended until a start with --accept-clock"
				       : "nothing is raised as due or ended until the clock is right for a minute"));
}

/* Begins with the first reading, or where the last program ended. */
static void begin(struct trusted_clock *clock)
{
	struct clock_marker marker;
	const struct clock_reading now = clock_read();
	enum clock_marker_found found = clock_marker_read(clock->database, &marker);
	clock->marked = found != CLOCK_MARKER_NONE;
	if (!clock->marked) {
		clock_watch_start(&clock->watch, now);
		return;
	}
	if (found == CLOCK_MARKER_READ && same_boot(clock, &marker, now)) {
		clock_watch_resume(&clock->watch, marker.good);
	} else {
		clock_watch_hold(&clock->watch, now);
	}
	log_suspect(&clock->watch, now);
}

struct trusted_clock *trusted_clock_open(const char *database, bool accept, bool *ret_suspected, struct err *err)
{
	struct clock_marker marker;
	*ret_suspected = clock_marker_read(database, &marker) != CLOCK_MARKER_NONE;
	if (accept && !clock_marker_remove(database, err)) {
		err->code = ERR_CONFIG;
		return NULL;
	}
	struct trusted_clock *clock = calloc(1, sizeof(*clock));
	if (clock == NULL || (clock->database = strdup(database)) == NULL) {
		abort();
	}
	clock_marker_name_boot(clock->boot);
	pthread_mutex_init(&clock->mutex, NULL);
	begin(clock);
	return clock;
}

void trusted_clock_close(struct trusted_clock *clock)
{
	if (clock == NULL) {
		return;
	}
	pthread_mutex_destroy(&clock->mutex);
	free(clock->database);
	free(clock);
}

/* The marker lies there while the clock is suspect. */
static void keep_marker(struct trusted_clock *clock, struct clock_reading now)
{
	struct err err = {.code = ERR_NONE};
	bool suspect = clock->watch.suspect;
	if (suspect == clock->marked || now.boot_us < clock->try_at_us) {
		return;
	}
	struct clock_marker marker = {.good = {clock_watch_steady_us(&clock->watch, now), now.boot_us}};
	memcpy(marker.boot, clock->boot, sizeof(marker.boot));
	if (suspect ? clock_marker_write(clock->database, &marker, &err) : clock_marker_remove(clock->database, &err)) {
		clock->marked = suspect;
		clock->told = false;
		return;
	}
	clock->try_at_us = now.boot_us + TRY_AGAIN_US;
	if (!clock->told) {
		clock->told = true;
		LOG(LOG_ERROR, "clock_marker_failed", LOG_TEXT("detail", err.detail));
	}
}

struct instant trusted_clock_now(struct trusted_clock *clock, struct instant high)
{
	pthread_mutex_lock(&clock->mutex);
	const struct clock_reading now = clock_read();
	bool was = clock->watch.suspect;
	int64_t ahead = clock_watch_ahead_us(&clock->watch, now) / 1000000;
	bool suspect = clock_watch_look(&clock->watch, now, high.us);
	int64_t us = suspect ? clock_watch_steady_us(&clock->watch, now) : now.real_us;
	if (suspect && !was) {
		log_suspect(&clock->watch, now);
	} else if (was && !suspect) {
		LOG(LOG_WARNING, "clock_right_again", LOG_NUMBER("ahead_seconds", ahead));
	}
	keep_marker(clock, now);
	pthread_mutex_unlock(&clock->mutex);
	return (struct instant){us};
}

bool trusted_clock_suspect(struct trusted_clock *clock)
{
	pthread_mutex_lock(&clock->mutex);
	bool suspect = clock->watch.suspect;
	pthread_mutex_unlock(&clock->mutex);
	return suspect;
}
