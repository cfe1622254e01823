/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canonical bytes of a record: its values in order, each with its kind and its length, so that no two records have the same. What
 * is bound to be written and what is read back have the same ones.
 */
#ifndef AR_STORE_CANON_H
#define AR_STORE_CANON_H

#include "store/db.h"

enum { CANON_VALUES = 40, CANON_INTEGER_SIZE = 8 };

struct canon {
	struct digest_part parts[2 * CANON_VALUES];
	unsigned char integers[CANON_VALUES][CANON_INTEGER_SIZE];
	size_t count; /* of parts */
	size_t integer_count;
};

/* Big-endian, so that the canonical bytes are the same on every machine. */
void canon_bytes(unsigned char bytes[CANON_INTEGER_SIZE], int64_t value);

/* Text is borrowed until canon_end. */
void canon_text(struct canon *canon, const char *text); /* NULL is NULL */
void canon_integer(struct canon *canon, int64_t value);
void canon_instant(struct canon *canon, struct instant instant); /* us 0 is NULL */
void canon_column(struct canon *canon, const struct query *query, int column);
struct digest canon_end(const struct canon *canon);

#endif
