/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review room that records nothing: principals by token, and a writer thread that settles changes after a
 * delay.
 */
#ifndef AR_TESTS_HTTP_FAKES_H
#define AR_TESTS_HTTP_FAKES_H

#include "review/change.h"
#include "review/service.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { FAKE_COUNTERS = 8 };

struct store {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct store_command *first;
	struct store_command **last;
	size_t waiting;
	size_t queue_max;
	unsigned delay_ms;
	bool stopping;
	_Atomic bool congested;
	_Atomic bool unreadable;
	_Atomic size_t readers; /* open now */
	_Atomic size_t settled;
	_Atomic size_t counters[FAKE_COUNTERS]; /* for endpoints */
};

/* SERVICE with a running fake writer; fake_finish lets it settle what waits. */
void fake_init(struct service *service, unsigned delay_ms, size_t queue_max);
void fake_finish(struct service *service);

/* The token of a role: "token-" and its name. Any other token is nobody's. */

#endif
