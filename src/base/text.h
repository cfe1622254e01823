/* SPDX-License-Identifier: Apache-2.0 */
/* Growing text in an arena, and the few questions we ask of text. */
#ifndef AR_BASE_TEXT_H
#define AR_BASE_TEXT_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Appended to; always NUL-terminated once anything was added. */
struct text {
	struct arena *arena;
	char *data;
	size_t length;
	size_t capacity;
};

void text_init(struct text *text, struct arena *arena, size_t capacity);
void text_add(struct text *text, const char *bytes, size_t length);
void text_puts(struct text *text, const char *string);

/* Room for LENGTH more bytes: where they go. text_grew says how many were written there. */
char *text_room(struct text *text, size_t length);
void text_grew(struct text *text, size_t length);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "o3.2" of "o3", '.' and 2: what names of numbered things are made with, also in a muted arena. */
const char *text_numbered(struct arena *arena, const char *base, char mark, size_t number);

/* True for NULL, "" and text of white space only. */
bool text_blank(const char *string);

/* True when LENGTH bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF). */
bool text_utf8(const char *bytes, size_t length);

/* Bytes of the well-formed UTF-8 character that BYTES begin with; 0 when there is none. */
size_t text_character(const char *bytes, size_t length);

/* Unicode code points in well-formed UTF-8. */
size_t text_points(const char *string);

/* The word of WORDS nearest to STRING when it is near enough to suggest (edit distance at most 2, or a third), else NULL. */
const char *text_nearest(const char *string, const char *const *words, size_t count);

/* 64-bit FNV-1a, for tables of names that we control. */
uint64_t text_hash(const char *string);

#endif
