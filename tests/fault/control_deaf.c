/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deliberate fault: linked with --wrap=sqlite3_step, a statement that changes the file reports success also when the disk refused it. A
 * rig that does not notice proves nothing.
 */
#include <sqlite3.h>

int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);

int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
	const int code = __real_sqlite3_step(statement);
	const int kind = code & 0xff;

	return kind == SQLITE_FULL || kind == SQLITE_IOERR ? SQLITE_DONE : code;
}
