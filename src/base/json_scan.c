/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_scan.h"

#include "base/json_lex.h"
#include "base/json_names.h"

#include <assert.h>
#include <string.h>

struct scan {
	const char *start;
	const char *at;
	const char *end;
	const struct json_limits *limits;
	struct arena *arena;
	struct json_names names;
	struct json_scan_numbers numbers;
	size_t depth;
	size_t nodes;
	struct err *err;
};

static bool scan_value(struct scan *scan);

/* Columns count characters, as editors do; a byte that continues a character is not one. */
static bool fault_at(const struct scan *scan, const char *where, const char *why)
{
	size_t line = 1;
	size_t column = 1;
	for (const char *at = scan->start; at < where; at++) {
		if (*at == '\n') {
			line++;
			column = 1;
		} else {
			column += ((unsigned char)*at & 0xC0) != 0x80;
		}
	}
	return err_set(scan->err, ERR_UNREADABLE, "line %zu, column %zu: %s", line, column, why);
}

static bool fault_here(const struct scan *scan, const char *why)
{
	return fault_at(scan, scan->at, scan->at < scan->end ? why : "the text ends too early");
}

static void skip_space(struct scan *scan)
{
	while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t')) {
		scan->at++;
	}
}

static bool next_is(const struct scan *scan, char byte)
{
	return scan->at < scan->end && *scan->at == byte;
}

static bool scan_text(struct scan *scan, size_t *ret_length)
{
	struct json_fault fault;
	const char *after = json_lex_text(scan->at, scan->end, ret_length, &fault);
	if (after == NULL) {
		return fault_at(scan, fault.where, fault.why);
	}
	if (*ret_length > scan->limits->text) {
		return fault_here(scan, "a text longer than is allowed");
	}
	scan->at = after;
	return true;
}

static bool scan_number(struct scan *scan)
{
	struct json_fault fault;
	bool integer = false;
	const char *after = json_lex_number(scan->at, scan->end, &integer, &fault);
	if (after == NULL) {
		return fault_at(scan, fault.where, fault.why);
	}
	scan->at = after;
	const size_t number = scan->numbers.count++;
	scan->numbers.integers[number / 8] |= (unsigned char)(integer << number % 8);
	return true;
}

static bool scan_word(struct scan *scan, const char *word)
{
	const size_t length = strlen(word);
	if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0) {
		return fault_at(scan, scan->at, "not a JSON value");
	}
	scan->at += length;
	return true;
}

static bool scan_name(struct scan *scan)
{
	const char *quote = scan->at;
	struct json_name name = {.bytes = quote + 1, .where = quote};
	if (!scan_text(scan, &name.length)) {
		return false;
	}
	if (name.length != (size_t)(scan->at - quote) - 2) {
		char *bytes = arena_alloc(scan->arena, name.length);
		json_lex_unescape(quote, bytes);
		name.bytes = bytes;
	}
	json_names_push(&scan->names, name);
	return true;
}

static bool scan_member(struct scan *scan)
{
	if (!next_is(scan, '"')) {
		return fault_here(scan, "a member name in double quotes is needed");
	}
	if (!scan_name(scan)) {
		return false;
	}
	skip_space(scan);
	if (!next_is(scan, ':')) {
		return fault_here(scan, "a colon is needed after a member name");
	}
	scan->at++;
	skip_space(scan);
	return scan_value(scan);
}

/* Stands behind a child; goes to the next child, or sets *ret_closed behind the closing bracket. */
static bool scan_separator(struct scan *scan, char close, bool *ret_closed)
{
	skip_space(scan);
	*ret_closed = next_is(scan, close);
	if (!*ret_closed && !next_is(scan, ',')) {
		return fault_here(scan, close == '}' ? "a comma or } is needed" : "a comma or ] is needed");
	}
	scan->at++;
	skip_space(scan);
	return true;
}

static bool scan_object(struct scan *scan)
{
	const size_t start = scan->names.count;
	bool closed = false;
	while (!closed) {
		if (scan->names.count - start == scan->limits->members) {
			return fault_here(scan, "more members in one object than are allowed");
		}
		if (!scan_member(scan) || !scan_separator(scan, '}', &closed)) {
			return false;
		}
	}
	const char *duplicate = json_names_pop(&scan->names, start);
	return duplicate == NULL || fault_at(scan, duplicate, "duplicate member name");
}

static bool scan_array(struct scan *scan)
{
	bool closed = false;
	while (!closed) {
		if (!scan_value(scan) || !scan_separator(scan, ']', &closed)) {
			return false;
		}
	}
	return true;
}

/* Stands at "{" or "[". */
static bool scan_container(struct scan *scan, char close)
{
	if (scan->depth == scan->limits->depth) {
		return fault_here(scan, "nested deeper than is allowed");
	}
	scan->at++;
	skip_space(scan);
	if (next_is(scan, close)) {
		scan->at++;
		return true;
	}
	scan->depth++;
	const bool good = close == '}' ? scan_object(scan) : scan_array(scan);
	scan->depth--;
	return good;
}

static bool scan_value(struct scan *scan)
{
	size_t length;
	if (scan->at >= scan->end) {
		return fault_here(scan, "");
	}
	if (++scan->nodes > scan->limits->nodes) {
		return fault_here(scan, "more values than are allowed");
	}
	switch (*scan->at) {
	case '{': return scan_container(scan, '}');
	case '[': return scan_container(scan, ']');
	case '"': return scan_text(scan, &length);
	case 't': return scan_word(scan, "true");
	case 'f': return scan_word(scan, "false");
	case 'n': return scan_word(scan, "null");
	default: break;
	}
	if (*scan->at == '-' || (*scan->at >= '0' && *scan->at <= '9')) {
		return scan_number(scan);
	}
	return fault_here(scan, "not a JSON value");
}

static bool scan_document(struct scan *scan)
{
	if (scan->end - scan->at >= 3 && memcmp(scan->at, "\xEF\xBB\xBF", 3) == 0) {
		return fault_here(scan, "a byte order mark is not allowed");
	}
	skip_space(scan);
	if (scan->at == scan->end) {
		return fault_at(scan, scan->at, "there is no JSON value");
	}
	if (!scan_value(scan)) {
		return false;
	}
	skip_space(scan);
	return scan->at == scan->end || fault_here(scan, "text after the end of the JSON value");
}

bool json_scan(struct arena *arena, const char *bytes, size_t length, const struct json_limits *limits,
	       struct json_scan_numbers *ret_numbers, struct err *err)
{
	assert(limits->depth < 500); /* the scan and the parser call themselves; cJSON stops at 1000 */
	struct scan scan = {
		.start = bytes,
		.at = bytes,
		.end = bytes + length,
		.limits = limits,
		.arena = arena,
		.names = {.arena = arena},
		.err = err,
	};
	/* Two numbers have a byte between them. */
	scan.numbers.integers = arena_alloc(arena, length / 16 + 1);
	if (!scan_document(&scan)) {
		return false;
	}
	*ret_numbers = scan.numbers;
	return true;
}
