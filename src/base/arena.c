/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

/*
 * Under AddressSanitizer a gap of poisoned bytes follows every allocation, so that running over one is
 * seen.
 */
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define GAP 16
#else
#define GAP 0
#define ASAN_POISON_MEMORY_REGION(bytes, size) ((void)(bytes), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(bytes, size) ((void)(bytes), (void)(size))
#endif

/* Blocks double from the first size, so that a large tree does not cost thousands of mallocs. */
enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

/* What most texts fit into: formatted once instead of measured and formatted. */
enum { SHORT_TEXT = 256 };

struct block {
	struct block *older;
	size_t size;
	size_t filled;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *newest;
	bool muted;
	char nothing[1]; /* the text of a muted arena */
};

static void exhausted(void)
{
	(void)fputs("memory is exhausted\n", stderr);
	abort();
}

static void block_free(struct block *block)
{
	ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
	free(block);
}

static void block_push(struct arena *arena, size_t at_least)
{
	size_t size = arena->newest == NULL ? FIRST_BLOCK : arena->newest->size * 2;
	if (size > LARGEST_BLOCK) {
		size = LARGEST_BLOCK;
	}
	if (size < at_least) {
		size = at_least;
	}
	struct block *block = malloc(sizeof(*block) + size);
	if (block == NULL) {
		exhausted();
	}
	block->older = arena->newest;
	block->size = size;
	block->filled = 0;
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	arena->newest = block;
}

struct arena *arena_create(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));
	if (arena == NULL) {
		exhausted();
	}
	return arena;
}

void arena_destroy(struct arena *arena)
{
	if (arena == NULL) {
		return;
	}
	while (arena->newest != NULL) {
		struct block *older = arena->newest->older;
		block_free(arena->newest);
		arena->newest = older;
	}
	free(arena);
}

void arena_reset(struct arena *arena)
{
	if (arena->newest == NULL) {
		return;
	}
	while (arena->newest->older != NULL) {
		struct block *older = arena->newest->older;
		block_free(arena->newest);
		arena->newest = older;
	}
	arena->newest->filled = 0;
	ASAN_POISON_MEMORY_REGION(arena->newest->bytes, arena->newest->size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 4) {
		exhausted();
	}
	const size_t align = alignof(max_align_t);
	const size_t room = (size + GAP + align - 1) / align * align;
	if (arena->newest == NULL || arena->newest->size - arena->newest->filled < room) {
		block_push(arena, room);
	}
	unsigned char *bytes = arena->newest->bytes + arena->newest->filled;
	arena->newest->filled += room;
	ASAN_UNPOISON_MEMORY_REGION(bytes, size);
	memset(bytes, 0, size);
	return bytes;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size) {
		exhausted();
	}
	return arena_alloc(arena, count * size);
}

char *arena_text(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);
	if (length > 0) {
		memcpy(copy, bytes, length);
	}
	return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_text(arena, text, strlen(text));
}

bool arena_mute(struct arena *arena, bool muted)
{
	const bool before = arena->muted;
	arena->muted = muted;
	return before;
}

bool arena_muted(const struct arena *arena)
{
	return arena->muted;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	assert(format != NULL);
	if (arena->muted) {
		return arena->nothing;
	}
	char small[SHORT_TEXT];
	va_list again;
	va_copy(again, arguments);
	const int length = vsnprintf(small, sizeof(small), format, again);
	va_end(again);
	if (length < 0) {
		exhausted();
	}
	if ((size_t)length < sizeof(small)) {
		return arena_text(arena, small, (size_t)length);
	}
	char *text = arena_alloc(arena, (size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}
