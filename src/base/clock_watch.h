/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the machine's clock can be believed. It is compared with the time since boot, which counts sleep as well and which nobody sets:
 * both advance alike unless somebody, or something, moved the clock. Pure but for clock_read.
 */
#ifndef AR_BASE_CLOCK_WATCH_H
#define AR_BASE_CLOCK_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/* Both clocks at one moment. */
struct clock_reading {
	int64_t real_us; /* since 1970 */
	int64_t boot_us; /* since boot */
};

/* Both taken together: a pause of this program between the two would look like a step of the clock. */
struct clock_reading clock_read(void);

struct clock_watch {
	struct clock_reading trusted; /* what a reading is judged by: it follows those that were believed, but slowly */
	struct clock_reading good; /* the newest reading that was believed */
	bool suspect;
	bool held; /* suspect until somebody says that the clock is right: what it should say is not known */
	bool agrees; /* while suspect: the clocks agree again, since AGREES_SINCE */
	int64_t agrees_since; /* time since boot */
};

/* The first reading is believed: whoever starts the program has seen to it. */
void clock_watch_start(struct clock_watch *watch, struct clock_reading first);

/* Goes on where an earlier program of the same boot found the clock suspect: GOOD is what it believed last. */
void clock_watch_resume(struct clock_watch *watch, struct clock_reading good);

/* The clock was suspect when the machine was started again: FIRST is all that there is, and it is not believed. */
void clock_watch_hold(struct clock_watch *watch, struct clock_reading first);

/*
 * Looks at a further reading: the clock is suspect once it is more than 300 s ahead of where the time since boot puts it, or more than 2 s
 * behind, or more than 300 s behind HIGH_US, the latest instant that anything was given; and stays so until it has agreed for a minute.
 * Small steps are forgotten slowly, so that many of them do not add up to one that passes. Returns whether it is suspect.
 */
bool clock_watch_look(struct clock_watch *watch, struct clock_reading now, int64_t high_us);

/* The steady reading, which stands in for a suspect clock: the newest that was believed and the time since boot that went by after it. */
int64_t clock_watch_steady_us(const struct clock_watch *watch, struct clock_reading now);

/* How far the clock is ahead of where the time since boot puts it; negative: behind. */
int64_t clock_watch_ahead_us(const struct clock_watch *watch, struct clock_reading now);

#endif
