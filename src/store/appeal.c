/* SPDX-License-Identifier: Apache-2.0 */
#include "store/records.h"
#include "store/txn.h"

static bool answered_for(const struct store_txn *txn, const struct appeal_row *row, struct err *err)
{
	return txn->appeal == row || err_set(err, ERR_INTERNAL, "the event does not answer for the appeal");
}

bool appeal_insert(struct store_txn *txn, const struct appeal_row *row, int64_t event, struct err *err)
{
	if (!answered_for(txn, row, err)) {
		return false;
	}
	struct query query = query_open(txn->db, STATEMENT_APPEAL_INSERT);

	query_text(&query, 1, row->id);
	query_text(&query, 2, row->request_id);
	query_text(&query, 3, row->decision);
	query_text(&query, 4, row->kind);
	query_text(&query, 5, row->appellant);
	query_text(&query, 6, row->status);
	query_integer(&query, 7, row->received_at.us);
	query_instant(&query, 8, row->due_at);
	query_integer(&query, 9, event);
	return query_change(&query, err) || db_refusal(txn->db, err);
}

bool appeal_decide(struct store_txn *txn, const struct appeal_row *row, int64_t event, struct err *err)
{
	if (!answered_for(txn, row, err)) {
		return false;
	}
	struct query query = query_open(txn->db, STATEMENT_APPEAL_DECIDE);

	query_text(&query, 1, row->id);
	query_text(&query, 2, row->status);
	query_integer(&query, 3, row->decided_at.us);
	query_text(&query, 4, row->decider);
	query_text(&query, 5, row->decider_role);
	query_text(&query, 6, row->credential);
	query_text(&query, 7, row->rationale);
	query_integer(&query, 8, event);
	if (!query_change(&query, err)) {
		return db_refusal(txn->db, err);
	}
	return db_changes(txn->db) == 1 || err_set(err, ERR_NOT_FOUND, "there is no appeal %s", row->id);
}

static void read_view(const struct query *query, struct arena *arena, struct appeal_view *view)
{
	struct appeal_row *row = &view->row;

	row->id = column_text(query, 0, arena);
	row->request_id = column_text(query, 1, arena);
	row->decision = column_text(query, 2, arena);
	row->kind = column_text(query, 3, arena);
	row->appellant = column_text(query, 4, arena);
	row->status = column_text(query, 5, arena);
	row->received_at = column_instant(query, 6);
	row->due_at = column_instant(query, 7);
	row->decided_at = column_instant(query, 8);
	row->decider = column_text(query, 9, arena);
	row->decider_role = column_text(query, 10, arena);
	row->credential = column_text(query, 11, arena);
	row->rationale = column_text(query, 12, arena);
	view->payer = column_text(query, 13, arena);
	view->organization = column_text(query, 14, arena);
	view->sensitivity = (unsigned)column_integer(query, 15);
	if (view->organization[0] == '\0') {
		view->organization = NULL;
	}
}

bool appeal_read(struct store_reader *reader, const char *id, struct arena *arena, const struct appeal_view **ret_view,
		 struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_APPEAL_READ);
	struct appeal_view *view = NULL;
	bool found = false;

	query_text(&query, 1, id);
	const bool good = query_step(&query, &found, err);
	if (good && found) {
		view = arena_alloc(arena, sizeof(*view));
		read_view(&query, arena, view);
	}
	query_close(&query);
	if (good) {
		*ret_view = view;
	}
	return good;
}
