/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_FIRST = 16 };

static bool wanted(struct arena *arena, const char *directory, const char *name, bool directories)
{
	struct stat status;
	const size_t length = strlen(name);
	if (name[0] == '.' || stat(arena_printf(arena, "%s/%s", directory, name), &status) != 0) {
		return false;
	}
	if (directories) {
		return S_ISDIR(status.st_mode);
	}
	return S_ISREG(status.st_mode) && length > 5 && strcmp(name + length - 5, ".json") == 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool files_list(struct arena *arena, const char *directory, bool directories, struct file_names *ret_names)
{
	DIR *stream = opendir(directory);
	size_t capacity = FILES_FIRST;
	struct file_names found = {arena_array(arena, capacity, sizeof(*found.names)), 0};
	if (!stream) {
		return false;
	}
	const struct dirent *entry;
	while ((entry = readdir(stream))) {
		if (!wanted(arena, directory, entry->d_name, directories)) {
			continue;
		}
		if (found.count == capacity) {
			const char **grown = arena_array(arena, capacity * 2, sizeof(*grown));
			memcpy(grown, found.names, capacity * sizeof(*grown));
			found.names = grown;
			capacity *= 2;
		}
		found.names[found.count++] = arena_copy(arena, entry->d_name);
	}
	closedir(stream);
	qsort(found.names, found.count, sizeof(*found.names), compare_names);
	*ret_names = found;
	return true;
}

static char *read_all(struct arena *arena, FILE *stream, size_t most, size_t *ret_length)
{
	size_t capacity = 16384;
	size_t length = 0;
	char *bytes = arena_alloc(arena, capacity);
	for (;;) {
		length += fread(bytes + length, 1, capacity - length, stream);
		if (length < capacity || length > most) {
			break;
		}
		char *grown = arena_alloc(arena, capacity * 2);
		memcpy(grown, bytes, length);
		bytes = grown;
		capacity *= 2;
	}
	*ret_length = length;
	return ferror(stream) ? NULL : bytes;
}

const struct json *files_json(struct arena *arena, const char *path, const char *name, struct issues *issues)
{
	const struct spot spot = spot_file(name);
	FILE *stream = fopen(path, "rbe");
	size_t length = 0;
	if (!stream) {
		spot_issue(issues, &spot, "no_file", "the file cannot be opened");
		return NULL;
	}
	const char *bytes = read_all(arena, stream, json_limits_file.bytes, &length);
	(void)fclose(stream);
	if (!bytes) {
		spot_issue(issues, &spot, "no_file", "the file cannot be read");
		return NULL;
	}
	struct err err = {0};
	const struct json *json = json_parse(arena, bytes, length, &json_limits_file, &err);
	if (!json) {
		spot_issue(issues, &spot, "unreadable", "%s", err.detail);
	}
	return json;
}
