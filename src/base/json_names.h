/* SPDX-License-Identifier: Apache-2.0 */
/* The member names of the objects that a scan is inside of, to find duplicates; for json_scan.c only. */
#ifndef AR_BASE_JSON_NAMES_H
#define AR_BASE_JSON_NAMES_H

#include "base/arena.h"

#include <stddef.h>

struct json_name {
	const char *bytes; /* escapes undone; not terminated */
	size_t length;
	const char *where; /* in the text, to report it and to know which was first */
};

/* A stack: an object's names lie on top of those of the objects around it and leave with it. */
struct json_names {
	struct arena *arena;
	struct json_name *items;
	size_t count;
	size_t capacity;
};

void json_names_push(struct json_names *names, struct json_name name);

/* Takes off the names from START and returns where the first that repeats an earlier one stands, or NULL. */
const char *json_names_pop(struct json_names *names, size_t start);

#endif
