/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embed.h"

#include <stdlib.h>
#include <string.h>

static int compare_name(const void *name, const void *file)
{
	return strcmp(name, ((const struct embedded_file *)file)->name);
}

const struct embedded_file *embedded_find(const struct embedded_files *files, const char *name)
{
	if (files->count == 0) {
		return NULL;
	}
	return bsearch(name, files->files, files->count, sizeof(files->files[0]), compare_name);
}
