/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deliberate fault: linked with --wrap=sqlite3_exec, the settings ask for the weaker synchronous mode that
 * the environment variable AR_SYNCHRONOUS names instead of FULL. A rig that does not notice proves nothing.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*row_callback)(void *context, int count, char **values, char **names);

int __real_sqlite3_exec(sqlite3 *handle, const char *sql, row_callback callback, void *context, char **message);
int __wrap_sqlite3_exec(sqlite3 *handle, const char *sql, row_callback callback, void *context, char **message);

int __wrap_sqlite3_exec(sqlite3 *handle, const char *sql, row_callback callback, void *context, char **message)
{
	char weaker[64];

	if (strstr(sql, "synchronous = FULL") == NULL) {
		return __real_sqlite3_exec(handle, sql, callback, context, message);
	}
	const char *mode = getenv("AR_SYNCHRONOUS");
	snprintf(weaker, sizeof(weaker), "PRAGMA synchronous = %s", mode != NULL ? mode : "OFF");
	return __real_sqlite3_exec(handle, weaker, callback, context, message);
}
