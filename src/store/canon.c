/* SPDX-License-Identifier: Apache-2.0 */
#include "store/canon.h"

#include <assert.h>
#include <string.h>

void canon_bytes(unsigned char bytes[CANON_INTEGER_SIZE], int64_t value)
{
	const uint64_t unsigned_value = (uint64_t)value;

	for (int i = 0; i < CANON_INTEGER_SIZE; i++) {
		bytes[i] = (unsigned char)(unsigned_value >> (56 - 8 * i));
	}
}

static void put(struct canon *canon, const void *bytes, size_t length)
{
	assert(canon->count < sizeof(canon->parts) / sizeof(canon->parts[0]));
	canon->parts[canon->count++] = (struct digest_part){bytes, length};
}

static void put_text(struct canon *canon, const char *text, size_t length)
{
	if (text == NULL) {
		put(canon, "n", 1);
		return;
	}
	put(canon, "t", 1);
	put(canon, text, length);
}

void canon_text(struct canon *canon, const char *text)
{
	put_text(canon, text, text != NULL ? strlen(text) : 0);
}

void canon_integer(struct canon *canon, int64_t value)
{
	assert(canon->integer_count < CANON_VALUES);
	unsigned char *bytes = canon->integers[canon->integer_count++];
	canon_bytes(bytes, value);
	put(canon, "i", 1);
	put(canon, NULL, CANON_INTEGER_SIZE); /* it may be copied: canon_end finds the bytes */
}

void canon_instant(struct canon *canon, struct instant instant)
{
	if (instant.us == 0) {
		canon_text(canon, NULL);
	} else {
		canon_integer(canon, instant.us);
	}
}

void canon_column(struct canon *canon, const struct query *query, int column)
{
	if (column_is_integer(query, column)) {
		canon_integer(canon, column_integer(query, column));
	} else {
		const char *text = column_borrowed(query, column);
		put_text(canon, text, column_length(query, column));
	}
}

struct digest canon_end(const struct canon *canon)
{
	struct digest_part parts[2 * CANON_VALUES];
	size_t integers = 0;

	for (size_t i = 0; i < canon->count; i++) {
		parts[i] = canon->parts[i];
		if (parts[i].bytes == NULL) {
			parts[i].bytes = canon->integers[integers++];
		}
	}
	return digest_parts(parts, canon->count);
}
