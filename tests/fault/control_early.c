/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deliberate fault: linked with --wrap=sqlite3_step, COMMIT reports success at once and is carried out
 * only before the next BEGIN. A rig that does not notice proves nothing.
 */
#include <sqlite3.h>
#include <string.h>

int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);

/* The commit that is owed; only the writer thread comes here. */
static sqlite3_stmt *owed;

int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
	const char *sql = sqlite3_sql(statement);

	if (strcmp(sql, "COMMIT") == 0) {
		owed = statement;
		return SQLITE_DONE;
	}
	if (strcmp(sql, "BEGIN IMMEDIATE") == 0 && owed != NULL) {
		__real_sqlite3_step(owed);
		sqlite3_reset(owed);
		owed = NULL;
	}
	return __real_sqlite3_step(statement);
}
