/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 21 /* a mark, the digits of the largest number */ };

void text_init(struct text *text, struct arena *arena, size_t capacity)
{
	*text = (struct text){.arena = arena};
	if (capacity > 0) {
		text->data = arena_alloc(arena, capacity + 1);
		text->capacity = capacity;
	}
}

/* Doubling keeps what is left behind in the arena below the size of the text itself. */
static void make_room(struct text *text, size_t length)
{
	if (text->data != NULL && text->capacity - text->length >= length) {
		return;
	}
	size_t capacity = text->capacity < 64 ? 64 : text->capacity;
	while (capacity - text->length < length) {
		capacity *= 2;
	}
	char *data = arena_alloc(text->arena, capacity + 1);
	if (text->data != NULL) {
		memcpy(data, text->data, text->length);
	}
	text->data = data;
	text->capacity = capacity;
}

void text_add(struct text *text, const char *bytes, size_t length)
{
	make_room(text, length);
	if (length > 0) {
		memcpy(text->data + text->length, bytes, length);
	}
	text->length += length;
	text->data[text->length] = '\0';
}

char *text_room(struct text *text, size_t length)
{
	make_room(text, length);
	return text->data + text->length;
}

void text_grew(struct text *text, size_t length)
{
	text->length += length;
	text->data[text->length] = '\0';
}

void text_puts(struct text *text, const char *string)
{
	text_add(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	const int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0) {
		return;
	}
	make_room(text, (size_t)length);
	va_start(arguments, format);
	(void)vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text->length += (size_t)length;
}

/*
 * Bytes of the white space character at BYTES, 0 for none: ASCII, then the Unicode ones that forms and word
 * processors leave.
 */
static size_t space_length(const char *bytes)
{
	static const char *const spaces[] = {
		"\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9",
		"\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", "\xEF\xBB\xBF",
	};
	const unsigned char first = (unsigned char)bytes[0];
	if (first == ' ' || (first >= '\t' && first <= '\r')) {
		return 1;
	}
	/* U+2000 to U+200B; a NUL as third byte makes the difference wrap round. */
	if (strncmp(bytes, "\xE2\x80", 2) == 0 && (unsigned char)bytes[2] - 0x80U <= 0x0B) {
		return 3;
	}
	for (size_t i = 0; first >= 0x80 && i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		const size_t length = strlen(spaces[i]);
		if (strncmp(bytes, spaces[i], length) == 0) {
			return length;
		}
	}
	return 0;
}

const char *text_numbered(struct arena *arena, const char *base, char mark, size_t number)
{
	char digits[NUMBER_SIZE];
	char *at = digits + sizeof(digits);
	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	*--at = mark;
	const size_t base_length = strlen(base);
	const size_t length = (size_t)(digits + sizeof(digits) - at);
	struct text made;
	text_init(&made, arena, base_length + length);
	text_add(&made, base, base_length);
	text_add(&made, at, length);
	return made.data;
}

bool text_blank(const char *string)
{
	while (string != NULL && *string != '\0') {
		const size_t length = space_length(string);
		if (length == 0) {
			return false;
		}
		string += length;
	}
	return true;
}

bool text_utf8(const char *bytes, size_t length)
{
	size_t at = 0;
	while (at < length) {
		const size_t step = text_character(bytes + at, length - at);
		if (step == 0) {
			return false;
		}
		at += step;
	}
	return true;
}

size_t text_character(const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;
	if (length == 0) {
		return 0;
	}
	if (at[0] < 0x80) {
		return 1;
	}
	/* The second byte's range is what keeps out overlong forms, surrogates and what lies above U+10FFFF. */
	const unsigned char low = at[0] == 0xE0 ? 0xA0 : at[0] == 0xF0 ? 0x90 : 0x80;
	const unsigned char high = at[0] == 0xED ? 0x9F : at[0] == 0xF4 ? 0x8F : 0xBF;
	const size_t size = at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
	if (size == 0 || length < size || at[1] < low || at[1] > high) {
		return 0;
	}
	for (size_t i = 2; i < size; i++) {
		if ((at[i] & 0xC0) != 0x80) {
			return 0;
		}
	}
	return size;
}

size_t text_points(const char *string)
{
	size_t count = 0;
	for (; *string != '\0'; string++) {
		count += ((unsigned char)*string & 0xC0) != 0x80;
	}
	return count;
}

uint64_t text_hash(const char *string)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	for (; *string != '\0'; string++) {
		hash = (hash ^ (unsigned char)*string) * UINT64_C(0x100000001B3);
	}
	return hash;
}
