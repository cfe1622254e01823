/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a small file whole. */
#ifndef AR_CLI_FILE_H
#define AR_CLI_FILE_H

#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>

/* The bytes of PATH, NUL-terminated beyond their length; NULL with ERR_CONFIG when it cannot be read or is larger than MAX. */
const char *file_read(struct arena *arena, const char *path, size_t max, size_t *ret_length, struct err *err) AR_MUST_CHECK;

#endif
