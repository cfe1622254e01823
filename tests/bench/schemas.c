/* SPDX-License-Identifier: Apache-2.0 */
#include "schemas.h"

#include <stdio.h>

const char *schemas_read(struct arena *arena, const char *path, size_t *ret_length)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		return NULL;
	}
	const long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
	char *bytes = size < 0 ? NULL : arena_alloc(arena, (size_t)size + 1);
	if (bytes != NULL) {
		rewind(file);
		*ret_length = fread(bytes, 1, (size_t)size, file);
	}
	(void)fclose(file);
	return bytes;
}

const struct json *schemas_file(void *context, const char *name)
{
	const struct schemas *schemas = context;
	struct err err = {0};
	size_t length = 0;
	const char *bytes =
		schemas_read(schemas->arena, arena_printf(schemas->arena, "%s/%s", schemas->directory, name), &length);
	return bytes != NULL ? json_parse(schemas->arena, bytes, length, &json_limits_file, &err) : NULL;
}
