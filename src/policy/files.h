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

/* Which of the names in a directory are wanted. */
enum files_wanted { FILES_JSON, FILES_DIRECTORIES, FILES_ALL /* of any ending */ };

/* False when the directory cannot be read. */
bool files_list(struct arena *arena, const char *directory, enum files_wanted which, struct file_names *ret_names);

/* Whether the name of a file has an ending (".json"), with something before it. */
bool files_ends(const char *name, const char *ending);

/* Reads one file of at most MOST bytes; NULL after an issue at NAME (what the file is called in issues). */
const char *files_bytes(struct arena *arena, const char *path, const char *name, size_t most, struct issues *issues,
			size_t *ret_length);

/* Reads and parses one file; NULL after an issue at NAME. */
const struct json *files_json(struct arena *arena, const char *path, const char *name, struct issues *issues);

/* The same with the digest of its bytes, in hexadecimal. */
const struct json *files_json_digest(struct arena *arena, const char *path, const char *name, struct issues *issues,
				     const char **ret_digest_hex);

#endif
