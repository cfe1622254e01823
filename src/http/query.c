/* SPDX-License-Identifier: Apache-2.0 */
#include "http/query.h"

#include "base/text.h"
#include "http/state.h"

#include <string.h>

static size_t count_parts(const char *text)
{
	size_t count = 1;
	for (const char *at = text; *at != '\0'; at++) {
		count += *at == '&';
	}
	return count;
}

struct query *query_parse(struct arena *arena, const char *text)
{
	struct query *query = arena_alloc(arena, sizeof(*query));
	if (text == NULL || *text == '\0') {
		return query;
	}
	query->items = arena_array(arena, count_parts(text), sizeof(*query->items));
	while (*text != '\0') {
		const size_t length = strcspn(text, "&");
		if (length > 0) {
			const char *equals = memchr(text, '=', length);
			const size_t name_length = equals != NULL ? (size_t)(equals - text) : length;
			const size_t value_from = equals != NULL ? name_length + 1 : length;
			const char *name = percent_decode(arena, text, name_length, true);
			const char *value = percent_decode(arena, text + value_from, length - value_from, true);
			const bool readable = name != NULL && value != NULL;
			query->items[query->count++] =
				(struct query_parameter){name != NULL ? name : "", readable ? value : NULL};
		}
		text += length;
		text += *text == '&';
	}
	return query;
}

const char *query_value(const struct query *query, const char *name)
{
	for (size_t i = 0; i < query->count; i++) {
		if (strcmp(query->items[i].name, name) == 0) {
			return query->items[i].value;
		}
	}
	return NULL;
}

static const struct query *exchange_parameters(struct exchange *exchange)
{
	if (exchange->query == NULL) {
		exchange->query = query_parse(exchange->arena, exchange->query_text);
	}
	return exchange->query;
}

const char *exchange_query(struct exchange *exchange, const char *name)
{
	return query_value(exchange_parameters(exchange), name);
}

static bool is_known(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_repeated(const struct query *query, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (strcmp(query->items[i].name, query->items[index].name) == 0) {
			return true;
		}
	}
	return false;
}

bool exchange_query_allow(struct exchange *exchange, const char *const *names, size_t count)
{
	const struct query *query = exchange_parameters(exchange);
	struct issues issues;
	issues_init(&issues, exchange->arena);
	for (size_t i = 0; i < query->count; i++) {
		const char *name = query->items[i].name;
		if (query->items[i].value == NULL) {
			issues_add(&issues, "", "not_utf8", "encode it as UTF-8", "a query parameter is not UTF-8");
		} else if (!is_known(name, names, count)) {
			/*
			 * The name may be anything, also personal data that went to the wrong place: it is
			 * not repeated.
			 */
			const char *near = text_nearest(name, names, count);
			const char *fix = near != NULL ? arena_printf(exchange->arena, "did you mean %s?", near) : NULL;
			issues_add(&issues, "", "unknown_parameter", fix, "query parameter number %zu is not known here",
				   i + 1);
		} else if (is_repeated(query, i)) {
			issues_add(&issues, "", "repeated_parameter", "send it once",
				   "the query parameter %s is there more than once", name);
		}
	}
	if (!issues_any(&issues)) {
		return true;
	}
	struct err err;
	err_set(&err, ERR_BAD_PARAMETER, "the query cannot be used: see errors");
	exchange_problem(exchange, &err, &issues);
	return false;
}
