/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 6901 pointers, token by token, for the json_*.c files of this room only. */
#ifndef AR_BASE_JSON_POINTER_H
#define AR_BASE_JSON_POINTER_H

#include "base/arena.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

/* One reference token as it is written, escapes and all; borrowed from the pointer. */
struct json_token {
	const char *start;
	size_t length;
};

/* Takes "/token" off the front of *REST; false when there is no slash or an escape other than ~0 and ~1. */
bool json_pointer_next(const char **rest, struct json_token *ret_token) AR_MUST_CHECK;

bool json_token_is(const struct json_token *token, const char *name);

/* The token as an array index ("0" or no leading zero); false when it is none. */
bool json_token_index(const struct json_token *token, size_t *ret_index) AR_MUST_CHECK;

/* The token with its escapes undone. */
const char *json_token_text(const struct json_token *token, struct arena *arena);

/* The child of NODE that the token names, or NULL. */
const struct json *json_pointer_child(const struct json *node, const struct json_token *token);

#endif
