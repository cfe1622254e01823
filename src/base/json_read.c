/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "base/json_node.h"
#include "base/json_pointer.h"

#include <string.h>

enum json_kind json_kind(const struct json *node)
{
	return node->kind;
}

bool json_boolean(const struct json *node)
{
	return node->truth;
}

const char *json_text(const struct json *node)
{
	return node != NULL && node->kind == JSON_TEXT ? node->text : NULL;
}

double json_number(const struct json *node)
{
	return node->number;
}

/* The scan has seen to it that an integer is within +-(2^53-1), which a double holds exactly. */
bool json_integer(const struct json *node, int64_t *ret_value)
{
	if (node == NULL || node->kind != JSON_NUMBER || !node->integer) {
		return false;
	}
	*ret_value = (int64_t)node->number;
	return true;
}

static bool has_children(const struct json *node)
{
	return node != NULL && (node->kind == JSON_ARRAY || node->kind == JSON_OBJECT);
}

const struct json *json_first(const struct json *node)
{
	return has_children(node) ? node->first : NULL;
}

const struct json *json_next(const struct json *node)
{
	return node->next;
}

const char *json_name(const struct json *node)
{
	return node->name;
}

size_t json_count(const struct json *node)
{
	return has_children(node) ? node->count : 0;
}

const struct json *json_member(const struct json *node, const char *name)
{
	if (node == NULL || node->kind != JSON_OBJECT) {
		return NULL;
	}
	const struct json *child = node->first;
	while (child != NULL && strcmp(child->name, name) != 0) {
		child = child->next;
	}
	return child;
}

const struct json *json_at(const struct json *root, const char *pointer)
{
	struct json_token token;
	const char *rest = pointer;
	const struct json *node = root;
	while (node != NULL && *rest != '\0') {
		if (!json_pointer_next(&rest, &token)) {
			return NULL;
		}
		node = json_pointer_child(node, &token);
	}
	return node;
}
