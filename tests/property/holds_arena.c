/* SPDX-License-Identifier: Apache-2.0 */
/* Linked with --wrap: every allocation of our own code goes through here. */
#include "holds.h"

#include <stdlib.h>

enum { ROOM = 1 << 22 };

static _Thread_local size_t taken;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *bytes, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *bytes, size_t size);

void *__wrap_malloc(size_t size)
{
	taken++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	taken++;
	return __real_calloc(count, size);
}

void *__wrap_realloc(void *bytes, size_t size)
{
	taken++;
	return __real_realloc(bytes, size);
}

const char *holds_arena(const struct trial *trial, const struct json *body, struct arena *arena)
{
	static const char unseen[] = "the wrapper is not linked: an arena was made and no allocation was seen";
	struct judged judged;
	if (!judge(trial, body, arena, &judged)) {
		return NULL;
	}
	const size_t before = taken;
	struct arena *own = arena_create();
	(void)arena_alloc(own, ROOM);
	arena_reset(own); /* keeps its block, which is large enough for any of these */
	const size_t made = taken;
	struct evaluation evaluation;
	evaluate(&judged.submission, own, &evaluation);
	const size_t after = taken;
	arena_destroy(own);
	if (made == before) {
		return unseen;
	}
	return after == made ? NULL : arena_printf(arena, "%zu allocations outside of the arena", after - made);
}
