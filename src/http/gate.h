/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The request gate: refuses what two parsers could read differently (RFC 9112 section 11.2) before anything
 * acts on it. Pure: it reads what the library parsed and knows no connection. Whatever fails here is answered
 * and the connection closed.
 */
#ifndef AR_HTTP_GATE_H
#define AR_HTTP_GATE_H

#include "base/arena.h"
#include "base/err.h"
#include "http/server.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One header field, as it stands in the library's buffer. */
struct field {
	const char *name;
	size_t name_length;
	const char *value;
	size_t value_length;
};

/* The head of a request: what arrived, and what the gate read from it. */
struct head {
	const char *method;
	const char *version;
	struct field *fields;
	size_t count;

	bool chunked;
	bool expects_continue;
	uint64_t content_length; /* 0 without one */
};

/* Judges the request target as it stood on the request line; ERR_URI_TOO_LONG or ERR_BAD_REQUEST. */
bool gate_target(const char *target, const struct http_limits *limits, struct err *err) AR_MUST_CHECK;

/*
 * Judges method, version and fields and fills the rest of HEAD; ERR_HEADERS, ERR_MEDIA_TYPE
 * (Content-Encoding) or ERR_BAD_REQUEST. White space at the end of values is cut (copies live in ARENA).
 */
bool gate_head(struct head *head, const struct http_limits *limits, struct arena *arena, struct err *err) AR_MUST_CHECK;

/* The value of the field NAME (without regard to case), or NULL. */
const char *head_field(const struct head *head, const char *name);

#endif
