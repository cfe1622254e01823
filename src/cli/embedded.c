/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/embedded.h"

#include <assert.h>

const struct json *embedded_json(struct arena *arena, const struct embedded_files *files, const char *name)
{
	struct err err = {0};
	const struct embedded_file *file = embedded_find(files, name);
	if (file == NULL) {
		return NULL;
	}
	const struct json *root = json_parse(arena, file->bytes, file->length, &json_limits_file, &err);
	assert(root != NULL);
	return root;
}
