/* SPDX-License-Identifier: Apache-2.0 */
/* A small good directory of policies, written to a temporary place with one thing changed. */
#ifndef AR_TEST_POLICY_LIBRARY_H
#define AR_TEST_POLICY_LIBRARY_H

#include "policy/policy.h"

struct library {
	struct arena *arena;
	const char *directory;
	const char *tables; /* the plan's own, or NULL */
	struct issues issues; /* of the last load */
};

/* What to change: the value at a pointer of a file; VALUE NULL removes it. FILE NULL changes nothing. */
struct library_change {
	const char *file; /* "sketch/1/items.json" */
	const char *pointer;
	const char *value;
};

void library_init(struct library *library);
void library_finish(struct library *library);

/* Writes a file as it is; replaces what stood there. */
void library_write(struct library *library, const char *file, const char *text);

/* The same of JSON; ARENA holds its text. */
void library_put(struct library *library, struct arena *arena, const char *file, const struct json *json);

/* Applies a change to the good file of that name. */
void library_change(struct library *library, const struct library_change *change);
/* The same in a file as it is now, after other changes. */
void library_change_more(struct library *library, const struct library_change *change);

/* Loads what is there; NULL with issues. */
struct policy_set *library_load(struct library *library);

#endif
