/* SPDX-License-Identifier: Apache-2.0 */
/* The parameters after the question mark, decoded. */
#ifndef AR_HTTP_QUERY_H
#define AR_HTTP_QUERY_H

#include "base/arena.h"

#include <stddef.h>

struct query_parameter {
	const char *name;
	const char *value; /* NULL when the name or the value is not UTF-8 */
};

struct query {
	struct query_parameter *items;
	size_t count;
};

/* TEXT may be NULL. "a" is "a=", "+" is a space, and empty parts ("a=1&&b=2") are skipped. */
struct query *query_parse(struct arena *arena, const char *text);

/* The first value of NAME, or NULL. */
const char *query_value(const struct query *query, const char *name);

#endif
