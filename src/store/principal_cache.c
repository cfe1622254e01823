/* SPDX-License-Identifier: Apache-2.0 */
#include "store/principal_cache.h"

#include <time.h>

enum { BELIEVED_MS = 500 };

/* Milliseconds that never go back, whatever happens to the time of day. */
static int64_t now_ms(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The digest of a random token is random: any of its bytes is a good place. */
static size_t place_of(const struct digest *token)
{
	return token->bytes[0] % PRINCIPAL_CACHE_SIZE;
}

static const struct principal *copy_of(const struct principal *principal, struct arena *arena)
{
	struct principal *copy = arena_alloc(arena, sizeof(*copy));
	*copy = *principal;
	copy->id = arena_copy(arena, principal->id);
	copy->organization = arena_copy(arena, principal->organization);
	copy->credential = arena_copy(arena, principal->credential);
	for (size_t i = 0; i < principal->payer_count; i++) {
		copy->payers[i] = arena_copy(arena, principal->payers[i]);
	}
	return copy;
}

const struct principal *principal_cache_find(const struct principal_cache *cache, const struct digest *token,
					     struct arena *arena)
{
	const struct principal_cache_entry *entry = &cache->entries[place_of(token)];
	if (entry->arena == NULL || !digest_equal(&entry->token, token) || now_ms() >= entry->until_ms) {
		return NULL;
	}
	return copy_of(entry->principal, arena);
}

void principal_cache_keep(struct principal_cache *cache, const struct digest *token, const struct principal *principal)
{
	struct principal_cache_entry *entry = &cache->entries[place_of(token)];
	if (entry->arena == NULL) {
		entry->arena = arena_create();
	}
	arena_reset(entry->arena);
	entry->token = *token;
	entry->until_ms = now_ms() + BELIEVED_MS;
	entry->principal = copy_of(principal, entry->arena);
}

void principal_cache_finish(struct principal_cache *cache)
{
	for (size_t i = 0; i < PRINCIPAL_CACHE_SIZE; i++) {
		arena_destroy(cache->entries[i].arena);
	}
}
