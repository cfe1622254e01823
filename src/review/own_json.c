/* SPDX-License-Identifier: Apache-2.0 */
#include "review/own_json.h"

#include <assert.h>
#include <string.h>

const struct json *own_json(struct arena *arena, const char *text)
{
	struct err err = {0};
	const struct json *node = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	assert(node != NULL);
	return node;
}

const struct json *own_json_edit(struct arena *arena, const struct json *root, const char *pointer, const struct json *value)
{
	struct err err = {0};
	const struct json *edited = json_edit(arena, root, pointer, value, &err);
	assert(edited != NULL);
	return edited;
}
