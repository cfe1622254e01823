/* SPDX-License-Identifier: Apache-2.0 */
/* The data that the build puts into the binary. */
#ifndef AR_CLI_EMBEDDED_H
#define AR_CLI_EMBEDDED_H

#include "base/arena.h"
#include "base/embed.h"
#include "base/json.h"

extern const struct embedded_files embedded_schemas;
extern const struct embedded_files embedded_samples;
extern const struct embedded_files embedded_contract;

enum { EMBEDDED_TREES_MAX = 64 };

/* Files of one table as trees: each is parsed once, when it is first asked for, and lives in ARENA. */
struct embedded_trees {
	const struct embedded_files *files;
	struct arena *arena;
	const struct json *parsed[EMBEDDED_TREES_MAX]; /* by place in the table */
};

/* The tree of a file (a shape_file_fn: TREES is a struct embedded_trees); NULL when there is none. Embedded files always parse. */
const struct json *embedded_json(void *trees, const char *name);

#endif
