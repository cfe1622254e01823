/* SPDX-License-Identifier: Apache-2.0 */
#include "store/policy_text.h"

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

bool policy_text_another(struct store_txn *txn, const char *id, const char *version, const char *digest_hex, bool *ret_another,
			 struct err *err)
{
	bool row = false;
	struct query query = query_open(txn->db, STATEMENT_POLICY_ANOTHER);
	query_text(&query, 1, id);
	query_text(&query, 2, version);
	query_text(&query, 3, digest_hex);
	const bool good = query_step(&query, &row, err);
	*ret_another = good && row && column_integer(&query, 0) != 0;
	query_close(&query);
	return good;
}

bool policy_text_first(struct store_txn *txn, const char *id, const char *version, struct arena *arena,
		       const char **ret_digest_hex, struct err *err)
{
	bool row = false;
	struct query query = query_open(txn->db, STATEMENT_POLICY_FIRST);
	query_text(&query, 1, id);
	query_text(&query, 2, version);
	const bool good = query_step(&query, &row, err);
	*ret_digest_hex = good && row ? column_text(&query, 0, arena) : NULL;
	query_close(&query);
	return good;
}

bool policy_versions_needed(struct store_txn *txn, const char *loaded, struct arena *arena, struct policy_need *ret_rows,
			    size_t *ret_count, struct err *err)
{
	bool row = false;
	size_t count = 0;
	struct query query = query_open(txn->db, STATEMENT_POLICY_NEEDED);
	query_text(&query, 1, loaded);
	query_integer(&query, 2, POLICY_NEEDS_MAX);
	bool good = query_step(&query, &row, err);
	while (good && row && count < POLICY_NEEDS_MAX) {
		ret_rows[count++] = (struct policy_need){
			.id = column_text(&query, 0, arena),
			.version = column_text(&query, 1, arena),
			.requests = column_integer(&query, 2),
			.records = column_integer(&query, 3),
		};
		good = query_step(&query, &row, err);
	}
	query_close(&query);
	*ret_count = count;
	return good;
}
