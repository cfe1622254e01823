/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What generated requests are made from: the bodies that the cases of all policies judge, what stands at each place of them, and the
 * lengths that the items speak of.
 */
#ifndef AR_TEST_PROPERTY_STOCK_H
#define AR_TEST_PROPERTY_STOCK_H

#include "policy/evaluate.h"

/* A body that a case judges, and when. */
struct stock_body {
	const char *name; /* of its case */
	const struct program *program;
	const struct json *body;
	struct instant received_at;
	struct instant arrived_at;
};

/* A value that stands somewhere in a body of a policy; in the path of its place elements of lists are asterisks. */
struct stock_value {
	const char *place;
	const struct json *value;
};

/* What belongs to one version of a policy. */
struct stock_policy {
	const struct policy *policy;
	struct stock_value *values; /* by place */
	size_t value_count;
	size_t value_room;
	int *lengths; /* in days */
	size_t length_count;
};

struct stock {
	struct arena *arena;
	struct policy_set *set;
	struct stock_body *bodies;
	size_t body_count;
	size_t body_room;
	struct stock_policy *policies; /* as in the set */
};

/* From DIRECTORY below the checkout's root; aborts the test where a review of a service has no body. */
void stock_init(struct stock *stock, const char *directory);
void stock_finish(struct stock *stock);

const struct stock_policy *stock_of(const struct stock *stock, const struct policy *policy);

/* The values at a place; how many in *RET_COUNT. */
const struct stock_value *stock_at(const struct stock_policy *policy, const char *place, size_t *ret_count);

/* "/documents/2/id" and "/documents/-/id" as a place. */
const char *stock_place(struct arena *arena, const char *pointer);

#endif
