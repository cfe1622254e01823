/* SPDX-License-Identifier: Apache-2.0 */
/* A fixed list of names that is asked often which place a name has: members of an object, words of a closed list. */
#ifndef AR_BASE_NAMES_H
#define AR_BASE_NAMES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAMES_MAX = 16383 };

struct names {
	const char *const *items; /* in the order given; borrowed */
	size_t count;
	uint16_t *buckets; /* place + 1, 0 is free */
	size_t mask;
};

/* Indexes COUNT names (at most NAMES_MAX). When one stands there twice it returns the place of the second, else COUNT. */
size_t names_build(struct arena *arena, const char *const *items, size_t count, struct names *ret_names);

/* False when NAME is not in the list. */
bool names_find(const struct names *names, const char *name, size_t *ret_place);

#endif
