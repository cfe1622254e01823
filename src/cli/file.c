/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const char *file_read(struct arena *arena, const char *path, size_t max, size_t *ret_length, struct err *err)
{
	FILE *file = fopen(path, "rbe");
	if (file == NULL) {
		(void)err_set(err, ERR_CONFIG, "%s: %s", path, strerror(errno));
		return NULL;
	}
	struct stat status;
	bool fits = fstat(fileno(file), &status) == 0 && status.st_size >= 0 && (size_t)status.st_size <= max;
	size_t size = fits ? (size_t)status.st_size : 0;
	char *bytes = arena_alloc(arena, size + 1);
	size_t length = fread(bytes, 1, size, file);
	bool failed = ferror(file) != 0;
	(void)fclose(file);
	if (failed || !fits) {
		(void)err_set(err, ERR_CONFIG, "%s: %s", path, failed ? "cannot be read" : "is too large");
		return NULL;
	}
	bytes[length] = '\0';
	*ret_length = length;
	return bytes;
}
