/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of every evaluation. Each property says in words what is wrong with a body, or NULL; it is asked again while a body is
 * made smaller, so it reads nothing but the trial and the body. NULL too where the body cannot be read: that is another room's business.
 */
#ifndef AR_TEST_PROPERTY_HOLDS_H
#define AR_TEST_PROPERTY_HOLDS_H

#include "mutate.h"
#include "policy/evaluator.h"

typedef const char *(*property_fn)(const struct trial *trial, const struct json *body, struct arena *arena);

struct property {
	const char *name;
	property_fn holds;
};

extern const struct property properties[];
extern const size_t property_count;

/* How a body was judged. */
struct judged {
	struct submission submission;
	struct evaluation evaluation;
	const struct item_state *states; /* by index of the item */
};

/* False where the body cannot be read. */
bool judge(const struct trial *trial, const struct json *body, struct arena *arena, struct judged *ret_judged);

/* Every entry leads somewhere and says something; every word is one of its list. */
const char *holds_total(const struct trial *trial, const struct json *body, struct arena *arena);
/* Twice the same, whatever the order of the members and whether what is not answered is null or absent. */
const char *holds_same(const struct trial *trial, const struct json *body, struct arena *arena);
/* An evaluation takes its memory from its arena. */
const char *holds_arena(const struct trial *trial, const struct json *body, struct arena *arena);
/* What is supplied makes nothing else missing. */
const char *holds_monotone(const struct trial *trial, const struct json *body, struct arena *arena);
/* A fact that is forgotten turns no answer into its contrary, and none at all of who does not ask for it. */
const char *holds_unknown(const struct trial *trial, const struct json *body, struct arena *arena);
/* An item answers the same whether anybody reads why or not, and makes entries only for who does. */
const char *holds_words(const struct trial *trial, const struct json *body, struct arena *arena);

#endif
