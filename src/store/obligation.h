/* SPDX-License-Identifier: Apache-2.0 */
/* What is owed in running care: written with each event of its record, and part of what that event answers for. */
#ifndef AR_STORE_OBLIGATION_H
#define AR_STORE_OBLIGATION_H

#include "store/records.h"
#include "store/txn.h"

/* Leaves exactly what EVENT says to be owed in the record NUMBER. */
bool obligations_write(struct store_txn *txn, int64_t number, const struct event_row *event, struct err *err) AR_MUST_CHECK;

/* The digest of what is owed in the record NUMBER, as it is stored now. */
bool obligations_digest(struct db *db, int64_t number, struct digest *ret_digest, struct err *err) AR_MUST_CHECK;

#endif
