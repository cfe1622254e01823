/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock_watch.h"

#include <time.h>

static const int64_t second_us = 1000000;

enum { AHEAD_SECONDS = 300, BEHIND_SECONDS = 2, AGREE_SECONDS = 60, FORGET_PER_MILLE = 1 };

/* How far apart the two may be read, and how often that is tried. */
enum { APART_US = 1000, READ_TRIES = 10 };

static int64_t read_one(clockid_t id)
{
	struct timespec now = {0};
	(void)clock_gettime(id, &now);
	return (int64_t)now.tv_sec * second_us + now.tv_nsec / 1000;
}

struct clock_reading clock_read(void)
{
	struct clock_reading best = {0};
	int64_t apart = INT64_MAX;
	for (int i = 0; i < READ_TRIES && apart > APART_US; i++) {
		int64_t before = read_one(CLOCK_BOOTTIME);
		int64_t real = read_one(CLOCK_REALTIME);
		int64_t after = read_one(CLOCK_BOOTTIME);
		if (after - before < apart) {
			apart = after - before;
			best = (struct clock_reading){.real_us = real, .boot_us = after};
		}
	}
	return best;
}

void clock_watch_start(struct clock_watch *watch, struct clock_reading first)
{
	*watch = (struct clock_watch){.trusted = first, .good = first};
}

void clock_watch_resume(struct clock_watch *watch, struct clock_reading good)
{
	*watch = (struct clock_watch){.trusted = good, .good = good, .suspect = true};
}

void clock_watch_hold(struct clock_watch *watch, struct clock_reading first)
{
	*watch = (struct clock_watch){.trusted = first, .good = first, .suspect = true, .held = true};
}

int64_t clock_watch_ahead_us(const struct clock_watch *watch, struct clock_reading now)
{
	return (now.real_us - watch->trusted.real_us) - (now.boot_us - watch->trusted.boot_us);
}

/* What is believed follows the clock by at most a thousandth of the time that went by. */
static void believe(struct clock_watch *watch, struct clock_reading now, int64_t ahead)
{
	int64_t elapsed = now.boot_us - watch->trusted.boot_us;
	int64_t most = elapsed / 1000 * FORGET_PER_MILLE;
	int64_t forgotten = ahead > most ? most : ahead;
	forgotten = forgotten < -most ? -most : forgotten;
	watch->trusted = (struct clock_reading){watch->trusted.real_us + elapsed + forgotten, now.boot_us};
	watch->good = now;
}

bool clock_watch_look(struct clock_watch *watch, struct clock_reading now, int64_t high_us)
{
	int64_t ahead = clock_watch_ahead_us(watch, now);
	bool agrees = ahead <= AHEAD_SECONDS * second_us && ahead >= -BEHIND_SECONDS * second_us &&
		      high_us - now.real_us <= AHEAD_SECONDS * second_us;
	if (!watch->suspect) {
		watch->suspect = !agrees;
		watch->agrees = false;
	} else if (!agrees || watch->held) {
		watch->agrees = false;
	} else if (!watch->agrees) {
		watch->agrees = true;
		watch->agrees_since = now.boot_us;
	} else if (now.boot_us - watch->agrees_since >= AGREE_SECONDS * second_us) {
		watch->suspect = false;
	}
	if (!watch->suspect) {
		believe(watch, now, ahead);
	}
	return watch->suspect;
}

int64_t clock_watch_steady_us(const struct clock_watch *watch, struct clock_reading now)
{
	return watch->good.real_us + (now.boot_us - watch->good.boot_us);
}
