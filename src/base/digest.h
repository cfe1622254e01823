/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256, length-prefixed so that fields cannot run into each other, and random bytes. The only user of GnuTLS. */
#ifndef AR_BASE_DIGEST_H
#define AR_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_SIZE = 32, DIGEST_HEX_SIZE = 65 };

struct digest {
	unsigned char bytes[DIGEST_SIZE];
};

/* One field of a canonical form. */
struct digest_part {
	const void *bytes;
	size_t length;
};

struct digest digest_of(const void *bytes, size_t length);

/* SHA-256 over each part preceded by its length as eight bytes, big-endian. */
struct digest digest_parts(const struct digest_part *parts, size_t count);

bool digest_equal(const struct digest *a, const struct digest *b); /* constant time */
const char *digest_hex(const struct digest *digest, char buffer[DIGEST_HEX_SIZE]);

#endif
