/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ends connections whose total deadline has passed. libmicrohttpd's own timeout starts again with every byte,
 * so that one byte every few seconds holds a connection for ever; the reaper's does not.
 */
#ifndef AR_HTTP_REAPER_H
#define AR_HTTP_REAPER_H

#include "base/err.h"
#include "http/peers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct reaper {
	struct peers *peers;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	_Atomic uint64_t reaped;
};

/* The monotonic clock, in microseconds: what deadlines are measured on. */
int64_t monotonic_us(void);

bool reaper_start(struct reaper *reaper, struct peers *peers, struct err *err) AR_MUST_CHECK;
void reaper_stop(struct reaper *reaper);

#endif
