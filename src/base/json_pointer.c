/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_pointer.h"

#include "base/json_node.h"

#include <string.h>

bool json_pointer_next(const char **rest, struct json_token *ret_token)
{
	if (**rest != '/') {
		return false;
	}
	const char *start = *rest + 1;
	const size_t length = strcspn(start, "/");
	for (size_t i = 0; i < length; i++) {
		if (start[i] == '~' && start[i + 1] != '0' && start[i + 1] != '1') {
			return false;
		}
	}
	*ret_token = (struct json_token){start, length};
	*rest = start + length;
	return true;
}

/* The next character of a token with its escape undone; moves *AT. */
static char unescaped(const struct json_token *token, size_t *at)
{
	const char letter = token->start[(*at)++];
	if (letter != '~') {
		return letter;
	}
	return token->start[(*at)++] == '0' ? '~' : '/';
}

bool json_token_is(const struct json_token *token, const char *name)
{
	size_t at = 0;
	while (at < token->length) {
		if (*name == '\0' || unescaped(token, &at) != *name++) {
			return false;
		}
	}
	return *name == '\0';
}

bool json_token_index(const struct json_token *token, size_t *ret_index)
{
	size_t index = 0;
	if (token->length == 0 || token->length > 9 || (token->length > 1 && token->start[0] == '0')) {
		return false;
	}
	for (size_t i = 0; i < token->length; i++) {
		if (token->start[i] < '0' || token->start[i] > '9') {
			return false;
		}
		index = index * 10 + (size_t)(token->start[i] - '0');
	}
	*ret_index = index;
	return true;
}

const char *json_token_text(const struct json_token *token, struct arena *arena)
{
	char *text = arena_alloc(arena, token->length + 1);
	size_t written = 0;
	for (size_t at = 0; at < token->length;) {
		text[written++] = unescaped(token, &at);
	}
	return text;
}

const struct json *json_pointer_child(const struct json *node, const struct json_token *token)
{
	size_t index = 0;
	const bool by_index = node->kind == JSON_ARRAY && json_token_index(token, &index);
	if (!by_index && node->kind != JSON_OBJECT) {
		return NULL;
	}
	for (const struct json *child = node->first; child != NULL; child = child->next) {
		if (by_index ? index-- == 0 : json_token_is(token, child->name)) {
			return child;
		}
	}
	return NULL;
}
