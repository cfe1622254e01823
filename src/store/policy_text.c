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
