/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a JSON tree, for the json_*.c files of this room only. */
#ifndef AR_BASE_JSON_NODE_H
#define AR_BASE_JSON_NODE_H

#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Immutable once its tree is complete. Subtrees may be shared; a node itself has one place, since it
 * carries its sibling.
 */
struct json {
	enum json_kind kind;
	bool truth; /* JSON_BOOLEAN */
	bool integer; /* JSON_NUMBER that was written without point or exponent */
	size_t count; /* JSON_ARRAY, JSON_OBJECT */
	const char *name;
	const struct json *next;
	union {
		const struct json *first;
		const char *text;
		double number;
	};
};

/* A list of children being put together. */
struct json_list {
	const struct json *first;
	struct json *last;
	size_t count;
};

/* Adds CHILD, which nobody shares yet. */
void json_list_add(struct json_list *list, struct json *child);

/* Makes the list the children of NODE. */
void json_list_close(const struct json_list *list, struct json *node);

/* A copy of NODE alone, without sibling; its children and text are shared. */
struct json *json_shallow(struct arena *arena, const struct json *node);

#endif
