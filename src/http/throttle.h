/* SPDX-License-Identifier: Apache-2.0 */
/* Failed authentications per address and minute, in a table of fixed size without a lock. */
#ifndef AR_HTTP_THROTTLE_H
#define AR_HTTP_THROTTLE_H

#include "http/address.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { THROTTLE_SLOTS = 4096 };

/*
 * An address has one slot; a newer address that falls on it takes it over, so that memory is bounded and
 * nobody is blocked for long.
 */
struct throttle {
	unsigned limit; /* per minute; 0: off */
	uint64_t seed;
	_Atomic uint64_t slots[THROTTLE_SLOTS]; /* tag of the address, minute, count */
};

void throttle_init(struct throttle *throttle, unsigned limit, uint64_t seed);

/* Counts one failure in MINUTE; true when the address is beyond its limit. */
bool throttle_count(struct throttle *throttle, const struct address *address, int64_t minute);

#endif
