/* SPDX-License-Identifier: Apache-2.0 */
/* An arena: memory that lives and dies together, one per HTTP request, policy set or test. */
#ifndef AR_BASE_ARENA_H
#define AR_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new, empty arena; it takes no block until the first allocation. Never NULL: aborts when memory is exhausted. */
struct arena *arena_create(void);

/* Frees the arena and everything allocated from it. NULL is allowed. */
void arena_destroy(struct arena *arena);

/* Forgets every allocation but keeps the first block for reuse. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type. Never NULL; what may be asked for is bounded by callers' limits. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc for COUNT elements of SIZE bytes; aborts on overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of LENGTH bytes. */
char *arena_text(struct arena *arena, const char *bytes, size_t length);

/* A NUL-terminated copy of TEXT; NULL gives NULL. */
char *arena_copy(struct arena *arena, const char *text);

/*
 * While an arena is muted, arena_printf and arena_vprintf give one empty text: for a first pass that only asks whether there is anything to
 * be said. Returns whether it was muted before.
 */
bool arena_mute(struct arena *arena, bool muted);

/* Whether it is: what makes a text in several steps need not begin. */
bool arena_muted(const struct arena *arena);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

#endif
