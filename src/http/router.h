/* SPDX-License-Identifier: Apache-2.0 */
/* From method and path to a row of the route table. */
#ifndef AR_HTTP_ROUTER_H
#define AR_HTTP_ROUTER_H

#include "base/arena.h"
#include "base/err.h"
#include "http/routes.h"

#include <stdbool.h>
#include <stddef.h>

enum { ROUTE_PARAMS_MAX = 4 };

struct route_param {
	const char *name; /* in the route's path, up to its brace */
	const char *value;
};

struct route_match {
	const struct route *route; /* NULL: none */
	size_t index; /* of the route in its table; the table's length when there is none */
	const char *allow; /* value of the Allow field when the path exists; else NULL */
	bool options; /* answer OPTIONS: 204 with Allow */
	struct route_param params[ROUTE_PARAMS_MAX];
	size_t param_count;
};

/*
 * Finds the row for METHOD (HEAD is served by GET) and PATH. ERR_NOT_FOUND when no row has the path: a
 * trailing slash and another case are other paths; ERR_METHOD, with ALLOW set, when no row has the method;
 * ERR_BAD_REQUEST for a segment that is not UTF-8.
 */
bool route_find(const struct route *table, size_t count, const char *method, const char *path, struct arena *arena,
		struct route_match *ret_match, struct err *err) AR_MUST_CHECK;

/*
 * Decodes percent signs in LENGTH bytes (the gate has seen that they are complete); NULL when the result is
 * not UTF-8.
 */
char *percent_decode(struct arena *arena, const char *bytes, size_t length, bool plus_is_space);

#endif
