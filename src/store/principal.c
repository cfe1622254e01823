/* SPDX-License-Identifier: Apache-2.0 */
#include "store/records.h"
#include "store/txn.h"

#include "base/text.h"

#include <string.h>

/* Payers are stored in one column, separated by spaces. */
static bool join_payers(const struct principal *principal, struct text *text, struct err *err)
{
	for (size_t i = 0; i < principal->payer_count; i++) {
		const char *payer = principal->payers[i];
		if (payer[0] == '\0' || strchr(payer, ' ') != NULL) {
			return err_set(err, ERR_INVALID, "\"%s\" is not the id of a payer", payer);
		}
		text_puts(text, i > 0 ? " " : "");
		text_puts(text, payer);
	}
	return true;
}

static bool split_payers(char *payers, struct principal *principal, struct err *err)
{
	while (*payers != '\0') {
		if (principal->payer_count == PRINCIPAL_PAYERS_MAX) {
			return err_set(err, ERR_STORE, "a principal has more than %d payers", PRINCIPAL_PAYERS_MAX);
		}
		principal->payers[principal->payer_count++] = payers;
		payers += strcspn(payers, " ");
		if (*payers == ' ') {
			*payers++ = '\0';
		}
	}
	return true;
}

bool principal_insert(struct store_txn *txn, const struct principal_record *record, const struct digest *token, struct err *err)
{
	const struct principal *principal = &record->principal;
	struct arena *arena = arena_create();
	struct text payers;

	text_init(&payers, arena, 64);
	text_puts(&payers, "");
	bool good = join_payers(principal, &payers, err);
	if (good) {
		struct query query = query_open(txn->db, STATEMENT_PRINCIPAL_INSERT);
		query_text(&query, 1, principal->id);
		query_text(&query, 2, role_name(principal->role));
		query_text(&query, 3, principal->organization);
		query_text(&query, 4, payers.data);
		query_text(&query, 5, principal->credential);
		query_bytes(&query, 6, token->bytes, DIGEST_SIZE);
		query_integer(&query, 7, record->created_at.us);
		query_instant(&query, 8, record->expires_at);
		query_integer(&query, 9, principal->entitled);
		good = query_change(&query, err);
	}
	arena_destroy(arena);
	return good;
}

/* False with ERR_NOT_FOUND when nobody has the id. */
static bool find_revocation(struct store_txn *txn, const char *id, bool *ret_revoked, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_PRINCIPAL_GUARD);
	bool row = false;

	query_text(&query, 1, id);
	bool good = query_step(&query, &row, err);
	if (good && row) {
		*ret_revoked = !column_null(&query, 0);
	}
	query_close(&query);
	return good && (row || err_set(err, ERR_NOT_FOUND, "there is no principal %s", id));
}

bool principal_revoke(struct store_txn *txn, const char *id, struct instant at, struct err *err)
{
	bool revoked = false;

	if (!find_revocation(txn, id, &revoked, err)) {
		return false;
	}
	if (revoked) {
		return true;
	}
	struct query query = query_open(txn->db, STATEMENT_PRINCIPAL_REVOKE);
	query_text(&query, 1, id);
	query_integer(&query, 2, at.us);
	return query_change(&query, err);
}

/* The columns that every statement about principals begins with. */
static bool read_principal(const struct query *query, struct arena *arena, struct principal *principal, struct err *err)
{
	const char *role = column_borrowed(query, 1);

	if (!role_from_name(role, &principal->role)) {
		return err_set(err, ERR_STORE, "a principal has the unknown role %s", role);
	}
	principal->id = column_text(query, 0, arena);
	principal->organization = column_text(query, 2, arena);
	principal->credential = column_text(query, 4, arena);
	principal->entitled = (unsigned)column_integer(query, 5);
	return split_payers(arena_text(arena, column_borrowed(query, 3), column_length(query, 3)), principal, err);
}

bool principal_read(struct store_reader *reader, const struct digest *token, struct arena *arena,
		    const struct principal **ret_principal, struct err *err)
{
	const struct principal *principal = principal_cache_find(&reader->principals, token, arena);
	bool found = false;

	if (principal != NULL) {
		*ret_principal = principal;
		return true;
	}
	struct query query = query_open(&reader->db, STATEMENT_PRINCIPAL_READ);
	query_bytes(&query, 1, token->bytes, DIGEST_SIZE);
	/* The life of a credential is the machine's matter: a movable clock must not end or prolong it. */
	query_integer(&query, 2, instant_now().us);
	bool good = query_step(&query, &found, err);
	if (good && found) {
		struct principal *fresh = arena_alloc(arena, sizeof(*fresh));
		good = read_principal(&query, arena, fresh, err);
		principal = fresh;
	}
	query_close(&query);
	if (good) {
		if (principal != NULL) {
			principal_cache_keep(&reader->principals, token, principal);
		}
		*ret_principal = principal;
	}
	return good;
}

enum { LISTED_CREATED_AT = 6, LISTED_EXPIRES_AT, LISTED_REVOKED_AT, LISTED_COUNT };

static bool read_record(const struct query *query, struct arena *arena, struct principal_record *record, struct err *err)
{
	record->created_at = column_instant(query, LISTED_CREATED_AT);
	record->expires_at = column_instant(query, LISTED_EXPIRES_AT);
	record->revoked_at = column_instant(query, LISTED_REVOKED_AT);
	return read_principal(query, arena, &record->principal, err);
}

bool principals_read(struct store_reader *reader, struct arena *arena, const struct principal_record **ret_records,
		     size_t *ret_count, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_PRINCIPAL_LIST);
	struct principal_record *records = NULL;
	size_t count = 0;
	bool row = false;
	bool good = query_step(&query, &row, err);

	while (good && row) {
		if (records == NULL) {
			records = arena_array(arena, (size_t)column_integer(&query, LISTED_COUNT), sizeof(*records));
		}
		good = read_record(&query, arena, &records[count++], err) && query_step(&query, &row, err);
	}
	query_close(&query);
	if (good) {
		*ret_records = records;
		*ret_count = count;
	}
	return good;
}
