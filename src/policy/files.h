/* SPDX-License-Identifier: Apache-2.0 */
/* Reading policy directories: names in order, files as JSON. The only file of the policy room that touches the file system. */
#ifndef AR_POLICY_FILES_H
#define AR_POLICY_FILES_H

#include "base/json.h"
#include "policy/spot.h"

/* Names in a directory, ascending; hidden ones are left out. */
struct file_names {
	const char **names;
	size_t count;
};

/* Subdirectories (DIRECTORIES true) or files whose name ends in ".json". False when the directory cannot be read. */
bool files_list(struct arena *arena, const char *directory, bool directories, struct file_names *ret_names);

/* Reads and parses one file; NULL after an issue at NAME (what the file is called in issues). */
const struct json *files_json(struct arena *arena, const char *path, const char *name, struct issues *issues);

#endif
