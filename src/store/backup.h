/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of a database that may be in use, as it is at one instant. */
#ifndef AR_STORE_BACKUP_H
#define AR_STORE_BACKUP_H

#include "base/err.h"

#include <stdint.h>

struct backup {
	int64_t events; /* in the copy */
	int64_t bytes; /* of the file */
};

/*
 * Copies the database at PATH into the new file TARGET: mode 0600, nothing beside it. Until it is whole and on the disk its name
 * is TARGET.partial. STOP is asked now and then; true ends the work. What fails or is stopped leaves no file, what is killed leaves at
 * most TARGET.partial, which the next copy to TARGET takes over. ERR_CONFIG when TARGET, or what SQLite would take for its log,
 * exists.
 */
bool store_backup(const char *path, const char *target, bool (*stop)(void), struct backup *ret_backup,
		  struct err *err) AR_MUST_CHECK;

#endif
