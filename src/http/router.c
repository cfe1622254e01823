/* SPDX-License-Identifier: Apache-2.0 */
#include "http/router.h"

#include "base/text.h"

#include <string.h>

/*
 * Whether PATTERN matches the raw PATH segment by segment; "{name}" takes any one segment that is not empty.
 */
static bool path_matches(const char *pattern, const char *path)
{
	while (*pattern != '\0' && *path != '\0') {
		if (*pattern == '{') {
			const size_t length = strcspn(path, "/");
			if (length == 0) {
				return false;
			}
			path += length;
			pattern += strcspn(pattern, "}") + 1;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *pattern == '\0' && *path == '\0';
}

/* An address that the table spells out is not also an instance of a pattern: "/v1/requests/search" is no request. */
static bool spelled_out(const struct route *table, size_t count, const char *path)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(table[i].path, path) == 0) {
			return true;
		}
	}
	return false;
}

static bool route_covers(const struct route *route, const char *path, bool literal)
{
	return literal ? strcmp(route->path, path) == 0 : path_matches(route->path, path);
}

static int hex_value(char digit)
{
	return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

char *percent_decode(struct arena *arena, const char *bytes, size_t length, bool plus_is_space)
{
	char *out = arena_alloc(arena, length + 1);
	size_t written = 0;
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '%' && i + 2 < length) {
			out[written++] = (char)(hex_value(bytes[i + 1]) * 16 + hex_value(bytes[i + 2]));
			i += 2;
		} else {
			out[written++] = plus_is_space && bytes[i] == '+' ? ' ' : bytes[i];
		}
	}
	return text_utf8(out, written) ? out : NULL;
}

static bool take_params(const struct route *route, const char *path, struct arena *arena, struct route_match *match,
			struct err *err)
{
	const char *pattern = route->path;
	while (*pattern != '\0') {
		if (*pattern != '{') {
			pattern++;
			path++;
			continue;
		}
		const size_t length = strcspn(path, "/");
		const char *value = percent_decode(arena, path, length, false);
		if (value == NULL) {
			return err_set(err, ERR_BAD_REQUEST, "a segment of the path is not UTF-8");
		}
		if (match->param_count < ROUTE_PARAMS_MAX) {
			match->params[match->param_count++] = (struct route_param){pattern + 1, value};
		}
		path += length;
		pattern += strcspn(pattern, "}") + 1;
	}
	return true;
}

static const char *allowed_methods(const struct route *table, size_t count, const char *path, bool literal, struct arena *arena)
{
	struct text allow;
	text_init(&allow, arena, 64);
	for (size_t i = 0; i < count; i++) {
		if (route_covers(&table[i], path, literal)) {
			const bool get = strcmp(table[i].method, "GET") == 0;
			text_printf(&allow, "%s, %s", table[i].method, get ? "HEAD, " : "");
		}
	}
	if (allow.length == 0) {
		return NULL;
	}
	text_puts(&allow, "OPTIONS");
	return allow.data;
}

bool route_find(const struct route *table, size_t count, const char *method, const char *path, struct arena *arena,
		struct route_match *ret_match, struct err *err)
{
	*ret_match = (struct route_match){.index = count};
	const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
	const bool literal = spelled_out(table, count, path);
	for (size_t i = 0; i < count; i++) {
		if (route_covers(&table[i], path, literal) && strcmp(table[i].method, wanted) == 0) {
			ret_match->route = &table[i];
			ret_match->index = i;
			return take_params(&table[i], path, arena, ret_match, err);
		}
	}
	ret_match->allow = allowed_methods(table, count, path, literal, arena);
	if (ret_match->allow == NULL) {
		return err_set(err, ERR_NOT_FOUND, "no such path");
	}
	if (strcmp(method, "OPTIONS") == 0) {
		ret_match->options = true;
		return true;
	}
	return err_set(err, ERR_METHOD, "allowed here: %s", ret_match->allow);
}
