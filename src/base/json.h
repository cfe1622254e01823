/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Strict JSON (RFC 8259 without its liberties): no duplicate keys, no bad UTF-8, no U+0000, no trailing
 * text, bounded depth, nodes and text. One reader for requests, policies and configuration; the only user
 * of cJSON.
 */
#ifndef AR_BASE_JSON_H
#define AR_BASE_JSON_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json; /* one node of a parsed tree; arena-owned, immutable */

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json_limits {
	size_t bytes; /* of the whole text */
	size_t depth; /* nesting of arrays and objects */
	size_t nodes; /* values of any kind */
	size_t members; /* of one object */
	size_t text; /* bytes of one string after unescaping */
};

extern const struct json_limits json_limits_body; /* reliability defaults for request bodies */
extern const struct json_limits json_limits_file; /* policies, schemas, configuration */

/*
 * Parses BYTES into a tree in ARENA; NULL on failure with ERR_UNREADABLE (or ERR_TOO_LARGE for
 * limits.bytes) and a detail that gives line and column, never content.
 */
const struct json *json_parse(struct arena *arena, const char *bytes, size_t length, const struct json_limits *limits,
			      struct err *err) AR_MUST_CHECK;

/* As json_parse, taking no more of ARENA than the tree itself: for what is kept long. */
const struct json *json_parse_kept(struct arena *arena, const char *bytes, size_t length, const struct json_limits *limits,
				   struct err *err) AR_MUST_CHECK;

enum json_kind json_kind(const struct json *node);
bool json_boolean(const struct json *node); /* of a JSON_BOOLEAN */
const char *json_text(const struct json *node); /* of a JSON_TEXT; NULL for any other kind or a NULL node */
double json_number(const struct json *node); /* of a JSON_NUMBER */
/* True when the number was written as an integer (no point, no exponent) within +-(2^53-1). */
bool json_integer(const struct json *node, int64_t *ret_value);

/* Children of an array or object in the order they were written; NULL at the end. */
const struct json *json_first(const struct json *node);
const struct json *json_next(const struct json *node);
const char *json_name(const struct json *node); /* member name of a child of an object, else NULL */
size_t json_count(const struct json *node);

/* The member NAME of an object (case matters), or NULL when it is absent or NODE is NULL or no object. */
const struct json *json_member(const struct json *node, const char *name);

/* The node that an RFC 6901 POINTER names, or NULL. */
const struct json *json_at(const struct json *root, const char *pointer);

/*
 * The supplement rule of `…/information` (design: objects merge, arrays whose elements are objects with an
 * "id" add or replace by it, other arrays replace whole, null clears). Shares nodes with neither argument;
 * the result lives in ARENA.
 */
const struct json *json_merge(struct arena *arena, const struct json *base, const struct json *supplement);

/*
 * Sets or removes (VALUE NULL) the node at POINTER in a copy of ROOT: how a case edits its base body. "-"
 * as the last token appends to an array. The result shares what did not change with ROOT. NULL with
 * ERR_CONFIG when the parent, or what is to be removed, does not exist.
 */
const struct json *json_edit(struct arena *arena, const struct json *root, const char *pointer, const struct json *value,
			     struct err *err) AR_MUST_CHECK;

#endif
