/* SPDX-License-Identifier: Apache-2.0 */
#include "store/merge.h"
#include "store/records.h"
#include "store/txn.h"

#include <assert.h>
#include <string.h>

/* Places of the result columns; a written one is also one below the number of its parameter. */
enum decision_column {
	DECISION_ID,
	DECISION_REQUEST_ID,
	DECISION_DISPOSITION,
	DECISION_OUTCOME,
	DECISION_BASIS,
	DECISION_REASON,
	DECISION_RATIONALE,
	DECISION_REQUIRED,
	DECISION_PARTS,
	DECISION_DECIDER,
	DECISION_DECIDER_ROLE,
	DECISION_CREDENTIAL,
	DECISION_DECIDED_AT,
	DECISION_LATE,
	DECISION_SUPERSEDES,
	DECISION_APPEAL,
	DECISION_AUTHORIZATION_NUMBER,
	DECISION_COVERED_FROM,
	DECISION_COVERED_TO,
	DECISION_EVENT,
	DECISION_SUPERSEDED_BY,
	DECISION_PAYER,
	DECISION_SERVICE,
	DECISION_REVIEW,
	DECISION_ORGANIZATION,
	DECISION_TRACKING_NUMBER,
	DECISION_SENSITIVITY,
	DECISION_SNAPSHOT
};

enum { PAGE_MAX = 1000 };

/* The one before makes room: only one decision of a request is the effective one. */
static bool supersede(struct store_txn *txn, const struct decision_row *row, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_DECISION_SUPERSEDE);

	query_text(&query, 1, row->supersedes);
	query_text(&query, 2, row->id);
	query_text(&query, 3, row->request_id);
	if (!query_change(&query, err)) {
		return db_refusal(txn->db, err);
	}
	return db_changes(txn->db) == 1 ||
	       err_set(err, ERR_TRANSITION, "the decision to be superseded is not the effective one of the request");
}

static void bind_text(struct query *query, enum decision_column column, const char *text)
{
	query_text(query, (int)column + 1, text);
}

static void bind_row(struct query *query, const struct decision_row *row, int64_t event)
{
	bind_text(query, DECISION_ID, row->id);
	bind_text(query, DECISION_REQUEST_ID, row->request_id);
	bind_text(query, DECISION_DISPOSITION, row->disposition);
	bind_text(query, DECISION_OUTCOME, row->outcome);
	bind_text(query, DECISION_BASIS, row->basis);
	bind_text(query, DECISION_REASON, row->reason);
	bind_text(query, DECISION_RATIONALE, row->rationale);
	bind_text(query, DECISION_REQUIRED, row->required);
	bind_text(query, DECISION_PARTS, row->parts);
	bind_text(query, DECISION_DECIDER, row->decider);
	bind_text(query, DECISION_DECIDER_ROLE, row->decider_role);
	bind_text(query, DECISION_CREDENTIAL, row->credential);
	query_integer(query, DECISION_DECIDED_AT + 1, row->decided_at.us);
	query_integer(query, DECISION_LATE + 1, row->late ? 1 : 0);
	bind_text(query, DECISION_SUPERSEDES, row->supersedes);
	bind_text(query, DECISION_APPEAL, row->appeal);
	bind_text(query, DECISION_AUTHORIZATION_NUMBER, row->authorization_number);
	bind_text(query, DECISION_COVERED_FROM, row->covered_from);
	bind_text(query, DECISION_COVERED_TO, row->covered_to);
	query_integer(query, DECISION_EVENT + 1, event);
}

/* What a decision needs is the database's rule alone: it is the same for everybody who writes. */
bool decision_insert(struct store_txn *txn, const struct decision_row *row, int64_t event, struct err *err)
{
	if (txn->decision != row) {
		return err_set(err, ERR_INTERNAL, "the event does not answer for the decision");
	}
	if (row->supersedes != NULL && !supersede(txn, row, err)) {
		return false;
	}
	struct query query = query_open(txn->db, STATEMENT_DECISION_INSERT);
	bind_row(&query, row, event);
	if (!query_change(&query, err)) {
		return db_refusal(txn->db, err);
	}
	return db_changes(txn->db) == 1 || err_set(err, ERR_NOT_FOUND, "there is no request %s", row->request_id);
}

static void read_row(const struct query *query, struct arena *arena, struct decision_row *row)
{
	row->id = column_text(query, DECISION_ID, arena);
	row->request_id = column_text(query, DECISION_REQUEST_ID, arena);
	row->disposition = column_text(query, DECISION_DISPOSITION, arena);
	row->outcome = column_text(query, DECISION_OUTCOME, arena);
	row->basis = column_text(query, DECISION_BASIS, arena);
	row->reason = column_text(query, DECISION_REASON, arena);
	row->rationale = column_text(query, DECISION_RATIONALE, arena);
	row->required = column_text(query, DECISION_REQUIRED, arena);
	row->parts = column_text(query, DECISION_PARTS, arena);
	row->decider = column_text(query, DECISION_DECIDER, arena);
	row->decider_role = column_text(query, DECISION_DECIDER_ROLE, arena);
	row->credential = column_text(query, DECISION_CREDENTIAL, arena);
	row->decided_at = column_instant(query, DECISION_DECIDED_AT);
	row->late = column_integer(query, DECISION_LATE) != 0;
	row->supersedes = column_text(query, DECISION_SUPERSEDES, arena);
	row->appeal = column_text(query, DECISION_APPEAL, arena);
	row->authorization_number = column_text(query, DECISION_AUTHORIZATION_NUMBER, arena);
	row->covered_from = column_text(query, DECISION_COVERED_FROM, arena);
	row->covered_to = column_text(query, DECISION_COVERED_TO, arena);
}

static void read_view(const struct query *query, struct arena *arena, struct decision_view *view)
{
	read_row(query, arena, &view->row);
	view->event = column_integer(query, DECISION_EVENT);
	view->superseded_by = column_text(query, DECISION_SUPERSEDED_BY, arena);
	view->payer = column_text(query, DECISION_PAYER, arena);
	view->service = column_text(query, DECISION_SERVICE, arena);
	view->review = column_text(query, DECISION_REVIEW, arena);
	view->organization = column_text(query, DECISION_ORGANIZATION, arena);
	view->tracking_number = column_text(query, DECISION_TRACKING_NUMBER, arena);
	view->sensitivity = (unsigned)column_integer(query, DECISION_SENSITIVITY);
	view->snapshot = column_text(query, DECISION_SNAPSHOT, arena);
	view->snapshot_length = column_length(query, DECISION_SNAPSHOT);
	if (view->organization[0] == '\0') {
		view->organization = NULL;
	}
}

bool decision_read(struct store_reader *reader, const char *id, struct arena *arena, const struct decision_view **ret_view,
		   struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_DECISION_READ);
	struct decision_view *view = NULL;
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

/* ---- pages ---- */

/* From the newest: everything before DECIDED_TO, since no id comes before "". */
static void bind_cursor(struct query *query, const struct decisions_query *list)
{
	const int64_t to = list->decided_to.us != 0 ? list->decided_to.us : INT64_MAX;
	const bool first = list->after_id == NULL || list->after_decided_at.us >= to;

	query_integer(query, DECISIONS_BEFORE_AT, first ? to : list->after_decided_at.us);
	query_text(query, DECISIONS_BEFORE_ID, first ? "" : list->after_id);
	query_integer(query, DECISIONS_LIMIT, (int64_t)list->limit + 1);
	query_integer(query, DECISIONS_FROM, list->decided_from.us != 0 ? list->decided_from.us : INT64_MIN);
}

static void bind_filters(struct query *query, const struct decisions_query *list)
{
	query_text(query, DECISIONS_OUTCOME, list->outcome);
	query_text(query, DECISIONS_DISPOSITION, list->disposition);
	query_text(query, DECISIONS_PAYER, list->payer);
	query_text(query, DECISIONS_SERVICE, list->service);
	query_text(query, DECISIONS_REVIEW, list->review);
	query_text(query, DECISIONS_DECIDER, list->decider);
	query_integer(query, DECISIONS_LATE, list->late);
	query_integer(query, DECISIONS_EFFECTIVE, list->effective_only ? 1 : 0);
	query_integer(query, DECISIONS_HIDDEN, list->hidden);
}

static void add(struct merge *merge, struct query query, const char *owner, const struct decisions_query *list)
{
	query_text(&query, DECISIONS_OWNER, owner);
	bind_cursor(&query, list);
	bind_filters(&query, list);
	merge_add(merge, query);
}

static void add_organization(struct merge *merge, struct store_reader *reader, const struct decisions_query *list)
{
	struct query query = query_open(&reader->db, STATEMENT_DECISIONS_ORGANIZATION);

	query_integer(&query, DECISIONS_PAYER_COUNT, (int64_t)list->payer_count);
	for (size_t i = 0; i < PRINCIPAL_PAYERS_MAX; i++) {
		query_text(&query, DECISIONS_PAYERS + (int)i, i < list->payer_count ? list->payers[i] : NULL);
	}
	add(merge, query, list->organization, list);
}

/* Who has neither an organization nor payers sees nothing. */
static void choose(struct merge *merge, struct store_reader *reader, const struct decisions_query *list)
{
	if (list->organization != NULL) {
		if (list->organization[0] != '\0') {
			add_organization(merge, reader, list);
		}
		return;
	}
	for (size_t i = 0; i < list->payer_count; i++) {
		if (list->payer == NULL || strcmp(list->payer, list->payers[i]) == 0) {
			add(merge, query_open_copy(&reader->db, STATEMENT_DECISIONS_PAYER, i), list->payers[i], list);
		}
	}
}

/* Newest first. */
static bool before(const struct query *a, const struct query *b)
{
	const int64_t a_at = column_integer(a, DECISION_DECIDED_AT);
	const int64_t b_at = column_integer(b, DECISION_DECIDED_AT);

	return a_at != b_at ? a_at > b_at : strcmp(column_borrowed(a, DECISION_ID), column_borrowed(b, DECISION_ID)) > 0;
}

static bool take(void *context, size_t number, const struct query *query, struct arena *arena, struct err *err)
{
	struct decision_view *rows = context;

	(void)err;
	read_view(query, arena, &rows[number]);
	return true;
}

bool decisions_read(struct store_reader *reader, const struct decisions_query *query, struct arena *arena,
		    struct decision_page *ret_page, struct err *err)
{
	assert(query->limit >= 1 && query->limit <= PAGE_MAX && query->payer_count <= PRINCIPAL_PAYERS_MAX);
	struct decision_view *rows = arena_array(arena, query->limit, sizeof(*rows));
	struct merge merge = {.before = before, .take = take, .context = rows};
	struct decision_page page = {.rows = rows};

	choose(&merge, reader, query);
	if (!merge_read(&merge, query->limit, arena, &page.count, &page.more, err)) {
		return false;
	}
	*ret_page = page;
	return true;
}
