/* SPDX-License-Identifier: Apache-2.0 */
/* A file that the build puts into the binary (schemas, migrations, the contract, samples). */
#ifndef AR_BASE_EMBED_H
#define AR_BASE_EMBED_H

#include <stddef.h>

struct embedded_file {
	const char *name; /* "request.json" */
	const char *bytes; /* NUL-terminated beyond LENGTH */
	size_t length;
};

/* A table of files, ascending by name. */
struct embedded_files {
	const struct embedded_file *files;
	size_t count;
};

/* The file called NAME, or NULL. */
const struct embedded_file *embedded_find(const struct embedded_files *files, const char *name);

#endif
