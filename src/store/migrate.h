/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a database to the schema of this program: embedded migrations, in order, one transaction each. */
#ifndef AR_STORE_MIGRATE_H
#define AR_STORE_MIGRATE_H

#include "store/db.h"

/* The schema that a database has and the one of this program. */
struct schema_change {
	int64_t from; /* 0: an empty file */
	int64_t to;
};

/* What migrate() would do. ERR_CONFIG for a file of another program or of a newer schema. */
bool migrate_plan(struct db *db, struct schema_change *ret_change, struct err *err) AR_MUST_CHECK;

bool migrate(struct db *db, struct schema_change *ret_change, struct err *err) AR_MUST_CHECK;

/* For a file that exists and that no process has open; or, when ONLY_PLANNED, what would be done to one that may be in use. */
bool store_migrate(const char *path, bool only_planned, struct schema_change *ret_change, struct err *err) AR_MUST_CHECK;

/* "0002_decisions.sql": the migration that leads to VERSION; NULL when there is none. */
const char *migration_name(int64_t version);

#endif
