/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a database to the schema of this program: embedded migrations, in order, one transaction each. */
#ifndef AR_STORE_MIGRATE_H
#define AR_STORE_MIGRATE_H

#include "store/db.h"

/* ERR_CONFIG for a file of another program or of a newer schema. */
bool migrate(struct db *db, int64_t *ret_version, struct err *err) AR_MUST_CHECK;

#endif
