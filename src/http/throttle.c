/* SPDX-License-Identifier: Apache-2.0 */
#include "http/throttle.h"

#include <stddef.h>

enum { COUNT_BITS = 16, MINUTE_BITS = 24, COUNT_MAX = (1 << COUNT_BITS) - 1 };

void throttle_init(struct throttle *throttle, unsigned limit, uint64_t seed)
{
	throttle->limit = limit;
	throttle->seed = seed;
	for (size_t i = 0; i < THROTTLE_SLOTS; i++) {
		atomic_init(&throttle->slots[i], 0);
	}
}

bool throttle_count(struct throttle *throttle, const struct address *address, int64_t minute)
{
	if (throttle->limit == 0) {
		return false;
	}
	const struct address network = address_network(address);
	const uint64_t hash = address_hash(&network, throttle->seed);
	const uint64_t tag = hash >> (COUNT_BITS + MINUTE_BITS);
	const uint64_t when = (uint64_t)minute & ((UINT64_C(1) << MINUTE_BITS) - 1);
	const uint64_t key = (tag << MINUTE_BITS) | when;

	_Atomic uint64_t *slot = &throttle->slots[hash % THROTTLE_SLOTS];
	uint64_t old = atomic_load_explicit(slot, memory_order_relaxed);
	uint64_t count;
	do {
		count = (old >> COUNT_BITS) == key ? old & COUNT_MAX : 0;
		if (count < COUNT_MAX) {
			count++;
		}
	} while (!atomic_compare_exchange_weak_explicit(slot, &old, (key << COUNT_BITS) | count, memory_order_relaxed,
							memory_order_relaxed));
	return count > throttle->limit;
}
