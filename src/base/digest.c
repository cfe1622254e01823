/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>

/* Without SHA-256 nothing may be recorded: there is no answer that would be true. */
static void require(int result)
{
	if (result < 0) {
		(void)fprintf(stderr, "SHA-256 cannot be computed: %s\n", gnutls_strerror(result));
		abort();
	}
}

struct digest digest_of(const void *bytes, size_t length)
{
	struct digest digest;
	require(gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, length, digest.bytes));
	return digest;
}

struct digest digest_parts(const struct digest_part *parts, size_t count)
{
	gnutls_hash_hd_t hash;
	require(gnutls_hash_init(&hash, GNUTLS_DIG_SHA256));
	for (size_t i = 0; i < count; i++) {
		unsigned char prefix[8];
		const uint64_t length = parts[i].length;
		for (unsigned byte = 0; byte < sizeof(prefix); byte++) {
			prefix[byte] = (unsigned char)(length >> (56 - 8 * byte));
		}
		require(gnutls_hash(hash, prefix, sizeof(prefix)));
		if (parts[i].length > 0) {
			require(gnutls_hash(hash, parts[i].bytes, parts[i].length));
		}
	}
	struct digest digest;
	gnutls_hash_deinit(hash, digest.bytes);
	return digest;
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
	return gnutls_memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}

const char *digest_hex(const struct digest *digest, char buffer[DIGEST_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		buffer[2 * i] = digits[digest->bytes[i] >> 4];
		buffer[2 * i + 1] = digits[digest->bytes[i] & 15];
	}
	buffer[DIGEST_HEX_SIZE - 1] = '\0';
	return buffer;
}
