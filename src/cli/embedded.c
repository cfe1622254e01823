/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/embedded.h"

#include <assert.h>

const struct json *embedded_json(void *trees, const char *name)
{
	struct embedded_trees *known = trees;
	struct err err = {0};
	const struct embedded_file *file = embedded_find(known->files, name);
	if (file == NULL) {
		return NULL;
	}
	const size_t place = (size_t)(file - known->files->files);
	assert(place < EMBEDDED_TREES_MAX);
	if (known->parsed[place] == NULL) {
		known->parsed[place] = json_parse_kept(known->arena, file->bytes, file->length, &json_limits_file, &err);
		assert(known->parsed[place] != NULL);
	}
	return known->parsed[place];
}
