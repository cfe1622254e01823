/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/files.h"

#include "base/digest.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_FIRST = 16 };

bool files_ends(const char *name, const char *ending)
{
	const size_t length = strlen(name);
	const size_t end = strlen(ending);
	return length > end && strcmp(name + length - end, ending) == 0;
}

static bool wanted(struct arena *arena, const char *directory, const char *name, enum files_wanted which)
{
	struct stat status;
	if (name[0] == '.' || stat(arena_printf(arena, "%s/%s", directory, name), &status) != 0) {
		return false;
	}
	if (which == FILES_DIRECTORIES) {
		return S_ISDIR(status.st_mode);
	}
	return S_ISREG(status.st_mode) && (which == FILES_ALL || files_ends(name, ".json"));
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool files_list(struct arena *arena, const char *directory, enum files_wanted which, struct file_names *ret_names)
{
	DIR *stream = opendir(directory);
	size_t capacity = FILES_FIRST;
	struct file_names found = {arena_array(arena, capacity, sizeof(*found.names)), 0};
	if (!stream) {
		return false;
	}
	const struct dirent *entry;
	while ((entry = readdir(stream))) {
		if (!wanted(arena, directory, entry->d_name, which)) {
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

const char *files_bytes(struct arena *arena, const char *path, const char *name, size_t most, struct issues *issues,
			size_t *ret_length)
{
	const struct spot spot = spot_file(name);
	FILE *stream = fopen(path, "rbe");
	if (!stream) {
		spot_issue(issues, &spot, "no_file", "the file cannot be opened");
		return NULL;
	}
	const char *bytes = read_all(arena, stream, most, ret_length);
	(void)fclose(stream);
	if (!bytes) {
		spot_issue(issues, &spot, "no_file", "the file cannot be read");
	} else if (*ret_length > most) {
		spot_issue(issues, &spot, "too_large", "the file has more than %zu bytes", most);
		return NULL;
	}
	return bytes;
}

const struct json *files_json_digest(struct arena *arena, const char *path, const char *name, struct issues *issues,
				     const char **ret_digest_hex)
{
	const struct spot spot = spot_file(name);
	struct err err = {0};
	size_t length = 0;
	struct arena *scratch = arena_create();
	const char *bytes = files_bytes(scratch, path, name, json_limits_file.bytes, issues, &length);
	const struct json *json = bytes ? json_parse_kept(arena, bytes, length, &json_limits_file, &err) : NULL;
	if (bytes && !json) {
		spot_issue(issues, &spot, "unreadable", "%s", err.detail);
	}
	if (json) {
		char hex[DIGEST_HEX_SIZE];
		const struct digest digest = digest_of(bytes, length);
		*ret_digest_hex = arena_copy(arena, digest_hex(&digest, hex));
	}
	arena_destroy(scratch);
	return json;
}

const struct json *files_json(struct arena *arena, const char *path, const char *name, struct issues *issues)
{
	const char *digest = NULL;
	return files_json_digest(arena, path, name, issues, &digest);
}
