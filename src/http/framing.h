/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds what the library's parser passed over in silence. libmicrohttpd 0.9.75 accepts lines that end in a
 * bare LF, cuts values at a NUL byte, joins folded lines and skips repeated spaces: each lets another reader
 * of the same bytes see another request. It parses in place, so the parts it hands out must lie side by side
 * with nothing but the delimiters between them; where they do not, something was dropped.
 */
#ifndef AR_HTTP_FRAMING_H
#define AR_HTTP_FRAMING_H

#include "http/gate.h"

/* Where the library says that things lie. */
struct framing {
	uintptr_t target; /* address of the request target in its buffer */
	size_t target_length;
	size_t head_length; /* from the method to the end of the empty line */
};

/*
 * True when the parser works in place, as version 0.9.75 does: what framing_whole relies on. Version 1.0
 * refuses all this by itself.
 */
bool framing_known(const char *library_version);

/* True when the parts of HEAD (untouched by gate_head) and FRAMING tile the head exactly. */
bool framing_whole(const struct head *head, const struct framing *framing);

#endif
