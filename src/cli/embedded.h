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

/* A file of FILES as a tree in ARENA; NULL when there is none. Embedded files always parse. */
const struct json *embedded_json(struct arena *arena, const struct embedded_files *files, const char *name);

#endif
