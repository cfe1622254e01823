/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The principals whose tokens one reader has looked up lately: a token comes with every call, a principal changes a few times a year. An
 * entry is believed for half a second, so that a revocation holds within a second. One thread at a time, as its reader.
 */
#ifndef AR_STORE_PRINCIPAL_CACHE_H
#define AR_STORE_PRINCIPAL_CACHE_H

#include "auth/access.h"
#include "base/arena.h"
#include "base/digest.h"

enum { PRINCIPAL_CACHE_SIZE = 32 };

struct principal_cache {
	struct principal_cache_entry {
		struct digest token;
		int64_t until_ms;
		struct arena *arena; /* of the principal; NULL: never used */
		const struct principal *principal;
	} entries[PRINCIPAL_CACHE_SIZE];
};

/* A copy in ARENA of the principal of TOKEN, or NULL when it must be read. */
const struct principal *principal_cache_find(const struct principal_cache *cache, const struct digest *token,
					     struct arena *arena);

/* Remembers what was read; tokens that nobody has are not remembered. */
void principal_cache_keep(struct principal_cache *cache, const struct digest *token, const struct principal *principal);

void principal_cache_finish(struct principal_cache *cache);

#endif
