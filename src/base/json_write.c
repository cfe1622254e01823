/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_write.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind the backslash for bytes that may not stand as they are; 'u' is the four-digit form. */
static const char escapes[256] = {
	[0] = 'u',  [1] = 'u',    [2] = 'u',    [3] = 'u',    [4] = 'u',   [5] = 'u',     [6] = 'u',
	[7] = 'u',  ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [11] = 'u',  ['\f'] = 'f',  ['\r'] = 'r',
	[14] = 'u', [15] = 'u',   [16] = 'u',   [17] = 'u',   [18] = 'u',  [19] = 'u',    [20] = 'u',
	[21] = 'u', [22] = 'u',   [23] = 'u',   [24] = 'u',   [25] = 'u',  [26] = 'u',    [27] = 'u',
	[28] = 'u', [29] = 'u',   [30] = 'u',   [31] = 'u',   ['"'] = '"', ['\\'] = '\\',
};

void json_writer_init(struct json_writer *writer, struct text *out)
{
	memset(writer, 0, sizeof(*writer));
	writer->out = out;
}

/* Whether a comma stands before what comes next: not before the first here, nor between a name and its value. */
static bool comma_due(struct json_writer *writer)
{
	if (writer->named) {
		writer->named = false;
		return false;
	}
	const bool due = writer->wrote[writer->depth];
	writer->wrote[writer->depth] = true;
	return due;
}

static void begin(struct json_writer *writer)
{
	if (comma_due(writer)) {
		text_add(writer->out, ",", 1);
	}
}

static void open_level(struct json_writer *writer, const char *bracket)
{
	begin(writer);
	text_add(writer->out, bracket, 1);
	assert(writer->depth + 1 < JSON_WRITE_DEPTH);
	writer->depth++;
	writer->wrote[writer->depth] = false;
}

static void close_level(struct json_writer *writer, const char *bracket)
{
	assert(writer->depth > 0 && !writer->named);
	writer->depth--;
	text_add(writer->out, bracket, 1);
}

void json_open_object(struct json_writer *writer)
{
	open_level(writer, "{");
}

void json_close_object(struct json_writer *writer)
{
	close_level(writer, "}");
}

void json_open_array(struct json_writer *writer)
{
	open_level(writer, "[");
}

void json_close_array(struct json_writer *writer)
{
	close_level(writer, "]");
}

/* True when one of eight bytes needs an escape: a control character, a quotation mark or a backslash. */
static bool eight_need_escape(uint64_t bytes)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t tops = UINT64_C(0x8080808080808080);
	const uint64_t quote = bytes ^ (ones * '"');
	const uint64_t slash = bytes ^ (ones * '\\');
	const uint64_t control = (bytes - ones * 0x20) & ~bytes;
	return ((control | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & tops) != 0;
}

/* Copies what needs no escape and returns how much that was. */
static size_t copy_plain(char *to, const char *from, size_t length)
{
	size_t done = 0;
	uint64_t bytes;
	for (; length - done >= sizeof(bytes); done += sizeof(bytes)) {
		memcpy(&bytes, from + done, sizeof(bytes));
		if (eight_need_escape(bytes)) {
			break;
		}
		memcpy(to + done, &bytes, sizeof(bytes));
	}
	while (done < length && escapes[(unsigned char)from[done]] == 0) {
		to[done] = from[done];
		done++;
	}
	return done;
}

static void put_escape(struct text *out, char character)
{
	const char escape = escapes[(unsigned char)character];
	if (escape == 'u') {
		text_printf(out, "\\u%04x", (unsigned)(unsigned char)character);
	} else {
		text_add(out, (const char[]){'\\', escape}, 2);
	}
}

/* What is left of a string once something in it needs an escape. */
static void put_rest(struct text *out, const char *value, const char *end)
{
	while (value < end) {
		const size_t left = (size_t)(end - value);
		const size_t plain = copy_plain(text_room(out, left + 1), value, left);
		text_grew(out, plain);
		value += plain;
		if (value < end) {
			put_escape(out, *value++);
		}
	}
}

/* A string with the comma before it and, behind a member's name, the colon: in one piece when nothing needs an escape. */
static void put_string(struct json_writer *writer, const char *value, const char *behind, size_t behind_length)
{
	struct text *out = writer->out;
	const size_t length = strlen(value);
	char *start = text_room(out, length + behind_length + 2);
	char *to = start;
	if (comma_due(writer)) {
		*to++ = ',';
	}
	*to++ = '"';
	const size_t plain = copy_plain(to, value, length);
	to += plain;
	if (plain == length) {
		memcpy(to, behind, behind_length);
		text_grew(out, (size_t)(to - start) + behind_length);
		return;
	}
	text_grew(out, (size_t)(to - start));
	put_rest(out, value + plain, value + length);
	text_add(out, behind, behind_length);
}

void json_put_name(struct json_writer *writer, const char *name)
{
	assert(!writer->named);
	put_string(writer, name, "\":", 2);
	writer->named = true;
}

void json_put_text(struct json_writer *writer, const char *value)
{
	if (value == NULL) {
		json_put_null(writer);
		return;
	}
	put_string(writer, value, "\"", 1);
}

void json_put_integer(struct json_writer *writer, int64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0) {
		digits[--at] = '-';
	}
	begin(writer);
	text_add(writer->out, digits + at, sizeof(digits) - at);
}

/* printf writes the decimal point of the process's locale; JSON knows one. */
static size_t use_json_point(char *digits, size_t length)
{
	size_t kept = 0;
	bool point = false;
	for (size_t i = 0; i < length; i++) {
		if (strchr("0123456789+-e", digits[i]) != NULL) {
			digits[kept++] = digits[i];
		} else if (!point) {
			digits[kept++] = '.';
			point = true;
		}
	}
	return kept;
}

void json_put_number(struct json_writer *writer, double value)
{
	assert(isfinite(value));
	char digits[40];
	int length = 0;
	value += 0.0; /* minus zero becomes zero, as it does when it is written as an integer */
	for (int precision = 15; precision <= 17; precision++) {
		length = snprintf(digits, sizeof(digits), "%.*g", precision, value);
		const double back = strtod(digits, NULL);
		if (!(back < value || back > value)) {
			break;
		}
	}
	begin(writer);
	text_add(writer->out, digits, use_json_point(digits, (size_t)length));
}

void json_put_boolean(struct json_writer *writer, bool value)
{
	begin(writer);
	text_puts(writer->out, value ? "true" : "false");
}

void json_put_null(struct json_writer *writer)
{
	begin(writer);
	text_add(writer->out, "null", 4);
}

static void put_children(struct json_writer *writer, const struct json *node)
{
	for (const struct json *child = json_first(node); child != NULL; child = json_next(child)) {
		if (json_name(child) != NULL) {
			json_put_name(writer, json_name(child));
		}
		json_put_tree(writer, child);
	}
}

void json_put_tree(struct json_writer *writer, const struct json *node)
{
	int64_t integer;
	switch (json_kind(node)) {
	case JSON_NULL: json_put_null(writer); break;
	case JSON_BOOLEAN: json_put_boolean(writer, json_boolean(node)); break;
	case JSON_NUMBER:
		if (json_integer(node, &integer)) {
			json_put_integer(writer, integer);
		} else {
			json_put_number(writer, json_number(node));
		}
		break;
	case JSON_TEXT: json_put_text(writer, json_text(node)); break;
	case JSON_ARRAY:
		json_open_array(writer);
		put_children(writer, node);
		json_close_array(writer);
		break;
	case JSON_OBJECT:
		json_open_object(writer);
		put_children(writer, node);
		json_close_object(writer);
		break;
	}
}

void json_member_text(struct json_writer *writer, const char *name, const char *value)
{
	json_put_name(writer, name);
	json_put_text(writer, value);
}

void json_member_integer(struct json_writer *writer, const char *name, int64_t value)
{
	json_put_name(writer, name);
	json_put_integer(writer, value);
}

void json_member_boolean(struct json_writer *writer, const char *name, bool value)
{
	json_put_name(writer, name);
	json_put_boolean(writer, value);
}

void json_member_tree(struct json_writer *writer, const char *name, const struct json *node)
{
	json_put_name(writer, name);
	if (node != NULL) {
		json_put_tree(writer, node);
	} else {
		json_put_null(writer);
	}
}

void json_member_list(struct json_writer *writer, const char *name, const struct json *node)
{
	json_put_name(writer, name);
	if (node != NULL && json_kind(node) != JSON_NULL) {
		json_put_tree(writer, node);
	} else {
		json_open_array(writer);
		json_close_array(writer);
	}
}
