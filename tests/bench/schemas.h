/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the checkout, for programs of the bench that load policies. */
#ifndef AR_BENCH_SCHEMAS_H
#define AR_BENCH_SCHEMAS_H

#include "base/json.h"

struct schemas {
	struct arena *arena;
	const char *directory;
};

/* The whole file, NUL-terminated; NULL when it cannot be read. */
const char *schemas_read(struct arena *arena, const char *path, size_t *ret_length);

/* For policy_set_load; CONTEXT is a struct schemas. */
const struct json *schemas_file(void *context, const char *name);

#endif
