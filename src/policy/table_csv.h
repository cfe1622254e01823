/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table out of comma-separated values: the first line names the columns, an empty field gives none. */
#ifndef AR_POLICY_TABLE_CSV_H
#define AR_POLICY_TABLE_CSV_H

#include "policy/table.h"

/*
 * As TABLE, with the rows of BYTES; false after issues, each at "NAME:LINE" with what was found and what is needed. What stands in a
 * field is never quoted, only its form: "99/99/9999". Text is copied into ARENA.
 */
bool table_csv(struct arena *arena, const struct table *table, const char *bytes, size_t length, const char *name,
	       struct issues *issues, struct table *ret_table);

#endif
