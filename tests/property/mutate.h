/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that are like those of the cases and yet different. */
#ifndef AR_TEST_PROPERTY_MUTATE_H
#define AR_TEST_PROPERTY_MUTATE_H

#include "dice.h"
#include "stock.h"

enum { EVENTS_MAX = 4, ASKED_MAX = 4 };

/* A request as it may arrive, and what is known besides. */
struct trial {
	const struct stock *stock;
	const struct stock_body *origin;
	const struct json *body;
	struct submission submission; /* without its body */
	struct recorded_event events[EVENTS_MAX];
	const char *asked[ASKED_MAX];
	uint64_t seed;
};

/* The trial that SEED makes. */
void trial_make(struct trial *trial, const struct stock *stock, uint64_t seed, struct arena *arena);

/* The pointers of every value of a body, without those that say whose it is. */
const char **body_pointers(struct arena *arena, const struct json *body, size_t *ret_count);

/* BODY with VALUE at a pointer (NULL: without it), or NULL where that cannot be. */
const struct json *body_set(struct arena *arena, const struct json *body, const char *pointer, const struct json *value);

/* Text that must be JSON. */
const struct json *json_of(struct arena *arena, const char *text);

#endif
