/* SPDX-License-Identifier: Apache-2.0 */
#include "store/records.h"
#include "store/txn.h"

#include <stdio.h>

static bool find(struct db *db, const struct idempotency_row *row, enum idempotency_found *ret_found, int64_t *ret_event,
		 char ret_request[40], struct err *err)
{
	struct query query = query_open(db, STATEMENT_IDEMPOTENCY_FIND);
	struct digest body;
	bool found = false;

	query_text(&query, 1, row->principal);
	query_text(&query, 2, row->key);
	bool good = query_step(&query, &found, err);
	if (good && !found) {
		*ret_found = IDEMPOTENCY_NEW;
	} else if (good) {
		good = column_bytes(&query, 0, body.bytes, DIGEST_SIZE) ||
		       err_set(err, ERR_STORE, "an idempotency row is damaged");
	}
	if (good && found) {
		*ret_found = digest_equal(&body, &row->body) ? IDEMPOTENCY_REPLAY : IDEMPOTENCY_CONFLICT;
		*ret_event = column_integer(&query, 1);
		if (ret_request != NULL) {
			(void)snprintf(ret_request, 40, "%s", column_borrowed(&query, 2));
		}
	}
	query_close(&query);
	return good;
}

bool idempotency_find(struct store_txn *txn, const struct idempotency_row *row, enum idempotency_found *ret_found,
		      int64_t *ret_event, char ret_request[40], struct err *err)
{
	return find(txn->db, row, ret_found, ret_event, ret_request, err);
}

bool idempotency_read(struct store_reader *reader, const struct idempotency_row *row, enum idempotency_found *ret_found,
		      int64_t *ret_event, struct err *err)
{
	return find(&reader->db, row, ret_found, ret_event, NULL, err);
}

bool idempotency_insert(struct store_txn *txn, const struct idempotency_row *row, int64_t event, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_IDEMPOTENCY_INSERT);

	query_text(&query, 1, row->principal);
	query_text(&query, 2, row->key);
	query_bytes(&query, 3, row->body.bytes, DIGEST_SIZE);
	query_integer(&query, 4, row->at.us);
	query_integer(&query, 5, event);
	return query_change(&query, err);
}
