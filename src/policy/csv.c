/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/csv.h"

#include "base/text.h"

#include <string.h>

static const char mark[] = "\xef\xbb\xbf";

void csv_open(struct csv_reader *reader, struct arena *arena, const char *bytes, size_t length)
{
	const size_t behind = sizeof(mark) - 1;
	*reader = (struct csv_reader){.bytes = bytes, .length = length, .line = 1};
	reader->text = arena_alloc(arena, (size_t)CSV_FIELDS_MAX * (CSV_FIELD_MAX + 1));
	if (length >= behind && memcmp(bytes, mark, behind) == 0) {
		reader->at = behind;
	}
}

static bool at_end(const struct csv_reader *reader)
{
	return reader->at == reader->length;
}

/* Bytes of the line end here; 0 when there is none. */
static size_t line_end(const struct csv_reader *reader)
{
	const char *here = reader->bytes + reader->at;
	const size_t left = reader->length - reader->at;
	if (left > 0 && here[0] == '\n') {
		return 1;
	}
	return left > 1 && here[0] == '\r' && here[1] == '\n' ? 2 : 0;
}

static bool at_field_end(const struct csv_reader *reader)
{
	return at_end(reader) || reader->bytes[reader->at] == ',' || line_end(reader) > 0;
}

/* A field as it grows; what is beyond its bound is only counted. */
struct growing {
	char *text;
	size_t length;
};

static void put(struct growing *field, char byte)
{
	if (field->length < CSV_FIELD_MAX) {
		field->text[field->length] = byte;
	}
	field->length++;
}

static bool fail(struct csv_fault *fault, const char *found, const char *needed)
{
	fault->found = found;
	fault->needed = needed;
	return false;
}

static bool read_quoted(struct csv_reader *reader, struct growing *field, struct csv_fault *fault)
{
	reader->at++;
	for (;;) {
		if (at_end(reader)) {
			return fail(fault, "a quote that is not closed", "a second quote at the end of the field");
		}
		const char byte = reader->bytes[reader->at++];
		const bool again = !at_end(reader) && reader->bytes[reader->at] == '"';
		if (byte == '"' && !again) {
			break;
		}
		reader->at += byte == '"';
		reader->line += byte == '\n';
		put(field, byte);
	}
	return at_field_end(reader) || fail(fault, "text behind a closing quote", "a comma or the end of the line there");
}

static bool read_plain(struct csv_reader *reader, struct growing *field, struct csv_fault *fault)
{
	while (!at_field_end(reader)) {
		const char byte = reader->bytes[reader->at];
		if (byte == '"') {
			return fail(fault, "a quote inside a field",
				    "quotes around the whole field, and each quote inside it twice");
		}
		if (byte == '\r') {
			return fail(fault, "a carriage return without a line feed", "lines that end in CRLF or LF");
		}
		put(field, byte);
		reader->at++;
	}
	return true;
}

static bool read_field(struct csv_reader *reader, struct csv_line *line, struct csv_fault *fault)
{
	struct growing field = {.text = reader->text + reader->used};
	*fault = (struct csv_fault){.line = reader->line};
	if (line->count == CSV_FIELDS_MAX) {
		return fail(fault, "more fields than any table has columns", "one field for each column");
	}
	line->fields[line->count++] = (struct csv_field){field.text, reader->line};
	const bool quoted = !at_end(reader) && reader->bytes[reader->at] == '"';
	if (!(quoted ? read_quoted(reader, &field, fault) : read_plain(reader, &field, fault))) {
		return false;
	}
	if (field.length > CSV_FIELD_MAX) {
		return fail(fault, "a field of more than 1024 bytes", "a shorter one");
	}
	if (memchr(field.text, '\0', field.length) || !text_utf8(field.text, field.length)) {
		return fail(fault, "bytes that are no text", "a file in UTF-8");
	}
	field.text[field.length] = '\0';
	reader->used += field.length + 1;
	return true;
}

static void pass_line(struct csv_reader *reader)
{
	const char *end = memchr(reader->bytes + reader->at, '\n', reader->length - reader->at);
	reader->at = end ? (size_t)(end - reader->bytes) + 1 : reader->length;
	reader->line++;
}

enum csv_result csv_next(struct csv_reader *reader, struct csv_line *ret_line, struct csv_fault *ret_fault)
{
	for (size_t end = line_end(reader); end > 0; end = line_end(reader)) {
		reader->at += end;
		reader->line++;
	}
	if (at_end(reader)) {
		return CSV_END;
	}
	ret_line->count = 0;
	ret_line->number = reader->line;
	reader->used = 0;
	for (;;) {
		if (!read_field(reader, ret_line, ret_fault)) {
			pass_line(reader);
			return CSV_BROKEN;
		}
		if (at_end(reader) || reader->bytes[reader->at] != ',') {
			break;
		}
		reader->at++;
	}
	if (!at_end(reader)) {
		pass_line(reader);
	}
	return CSV_LINE;
}
