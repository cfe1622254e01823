/* SPDX-License-Identifier: Apache-2.0 */
#include "store/records.h"
#include "store/txn.h"

bool policy_text_keep(struct store_txn *txn, const char *digest_hex, const char *id, const char *version, const char *text,
		      size_t length, struct err *err)
{
	if (length > DB_TEXT_MAX) {
		return err_set(err, ERR_TOO_LARGE, "the text of policy %s %s is larger than %d bytes", id, version,
			       DB_TEXT_MAX);
	}
	struct query query = query_open(txn->db, STATEMENT_POLICY_KEEP);
	query_text(&query, 1, digest_hex);
	query_text(&query, 2, id);
	query_text(&query, 3, version);
	query_long_text(&query, 4, text, length);
	return query_change(&query, err);
}

/* Runs a question whose one row is 0 or 1. */
static bool query_answer(struct query *query, bool *ret_answer, struct err *err)
{
	bool row = false;
	const bool good = query_step(query, &row, err);
	*ret_answer = good && row && column_integer(query, 0) != 0;
	query_close(query);
	return good;
}

bool policy_text_another(struct store_txn *txn, const char *id, const char *version, const char *digest_hex, bool *ret_another,
			 struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_POLICY_ANOTHER);
	query_text(&query, 1, id);
	query_text(&query, 2, version);
	query_text(&query, 3, digest_hex);
	return query_answer(&query, ret_another, err);
}

bool policy_version_open(struct store_txn *txn, const char *payer, const char *id, const char *version, bool *ret_open,
			 struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_POLICY_OPEN);
	query_text(&query, 1, payer);
	query_text(&query, 2, id);
	query_text(&query, 3, version);
	return query_answer(&query, ret_open, err);
}
