/* SPDX-License-Identifier: Apache-2.0 */
/* The database file before SQLite sees it: whose it is, who may read it, and that one process writes it. */
#ifndef AR_STORE_FILE_H
#define AR_STORE_FILE_H

#include "base/err.h"

#include <limits.h>

struct store_file {
	char path[PATH_MAX]; /* absolute, its directory without symbolic links */
	int lock; /* descriptor of PATH.lock; closing it gives the lock up */
};

/*
 * Takes the lock (waiting a second for it), then creates the file (0600, whatever the umask) or checks it. ERR_CONFIG for a symbolic
 * link, a second name, another owner, a mode that lets others in, or a lock that is held; nothing is then
 * left open.
 */
bool store_file_claim(struct store_file *file, const char *path, struct err *err) AR_MUST_CHECK;
void store_file_release(struct store_file *file);

/* PATH made absolute, its directory without symbolic links. ERR_CONFIG when there is no such directory. */
bool store_file_resolve(const char *path, char ret_path[PATH_MAX], struct err *err) AR_MUST_CHECK;

/* Brings the names in the directory of PATH to the disk. */
bool store_file_sync_directory(const char *path, struct err *err) AR_MUST_CHECK;

#endif
