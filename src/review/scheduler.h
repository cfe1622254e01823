/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scheduler: one thread that turns due instants into events, each exactly once, also what fell due while the daemon was down. It looks
 * every second, leaves clients the way between its rounds, and raises nothing while the machine's clock is suspect. Where the sandbox's
 * clock stands it looks only when that clock was moved.
 */
#ifndef AR_REVIEW_SCHEDULER_H
#define AR_REVIEW_SCHEDULER_H

#include "review/service.h"

struct scheduler;

/* Starts the thread for the open store of SERVICE, and makes itself known there; NULL with ERR_STORE. */
struct scheduler *scheduler_start(struct service *service, struct err *err) AR_MUST_CHECK;

/* Ends the thread; whoever waits for it goes on. Before the store is closed. NULL is allowed here and below. */
void scheduler_stop(struct scheduler *scheduler);
void scheduler_destroy(struct scheduler *scheduler);

/* Waits until everything that is due by now was raised; false when that took too long. */
bool scheduler_catch_up(struct scheduler *scheduler);

struct scheduler_stats {
	uint64_t raised; /* events, since the start */
	uint64_t skipped; /* requests that nothing can be raised for now */
	bool clock_suspect;
};

void scheduler_stats(const struct scheduler *scheduler, struct scheduler_stats *ret_stats);

#endif
