/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/lifecycle.h"
#include "store/obligation.h"
#include "store/row.h"
#include "store/txn.h"

#include <assert.h>
#include <string.h>

/* Asked before anything is written: a row that cannot be stored must not cost its whole batch. */
static bool check_size(const char *what, size_t length, struct err *err)
{
	if (length > DB_TEXT_MAX) {
		return err_set(err, ERR_TOO_LARGE, "the %s is larger than %d bytes", what, DB_TEXT_MAX);
	}
	return true;
}

/* The caller mints another name and tries again. */
static bool check_free(struct store_txn *txn, const struct request_row *row, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_REQUEST_TAKEN);
	bool found = false;

	query_text(&query, 1, row->id);
	query_text(&query, 2, row->tracking_number);
	const bool good = query_step(&query, &found, err);
	const bool taken = good && found && column_integer(&query, 0) != 0;
	query_close(&query);
	return good && (!taken || err_set(err, ERR_BUSY, "the id or tracking number is taken"));
}

/* What is owed first: the event answers for it. */
static bool append(struct store_txn *txn, int64_t number, const struct event_row *event, int64_t *ret_event, struct err *err)
{
	return (event->obligations == NULL || obligations_write(txn, number, event, err)) &&
	       event_append(txn, number, event, ret_event, err);
}

bool request_insert(struct store_txn *txn, const struct request_row *row, const char *body, size_t body_length,
		    const struct event_row *event, int64_t *ret_event, struct err *err)
{
	if (!check_size("body", body_length, err) || !check_size("snapshot", event->snapshot_length, err) ||
	    !check_free(txn, row, err) ||
	    (row->continues != NULL && !episode_guard(txn->db, row->continues, &row->onlooker, err))) {
		return false;
	}
	struct query insert = query_open(txn->db, STATEMENT_REQUEST_INSERT);
	row_bind(&insert, row, txn->head.sequence + 1);
	if (!query_change(&insert, err)) {
		return false;
	}
	const int64_t number = db_last_number(txn->db);
	struct query payload = query_open(txn->db, STATEMENT_BODY_INSERT);
	query_integer(&payload, 1, number);
	query_long_text(&payload, 2, body, body_length);
	return query_change(&payload, err) && append(txn, number, event, ret_event, err);
}

/* A closed request may be added to, but it stays what it is. */
static bool stays_closed(const char *stored, const char *wanted)
{
	enum status status;

	return (status_from_name(stored, &status) && status_open(status)) || strcmp(stored, wanted) == 0;
}

static bool guard(struct store_txn *txn, const struct request_row *row, int64_t *ret_number, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_REQUEST_GUARD);
	bool found = false;

	query_text(&query, 1, row->id);
	if (!query_step(&query, &found, err)) {
		query_close(&query);
		return false;
	}
	const int64_t version = found ? column_integer(&query, 1) : 0;
	const bool fits = found && stays_closed(column_borrowed(&query, 2), row->status);
	*ret_number = found ? column_integer(&query, 0) : 0;
	query_close(&query);
	if (!found) {
		return err_set(err, ERR_NOT_FOUND, "there is no request %s", row->id);
	}
	if (!fits) {
		return err_set(err, ERR_TRANSITION, "the request is closed");
	}
	if (version != row->version - 1) {
		return err_set(err, ERR_STALE, "the request is at version %lld", (long long)version);
	}
	return true;
}

static bool update_body(struct store_txn *txn, int64_t number, const char *body, size_t length, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_BODY_UPDATE);

	query_integer(&query, 1, number);
	query_long_text(&query, 2, body, length);
	return query_change(&query, err);
}

bool request_update(struct store_txn *txn, const struct request_row *row, const char *body, size_t body_length,
		    const struct event_row *event, int64_t *ret_event, struct err *err)
{
	int64_t number = 0;

	if (!check_size("body", body_length, err) || !check_size("snapshot", event->snapshot_length, err) ||
	    !guard(txn, row, &number, err)) {
		return false;
	}
	/* The papers first: once the row is closed they do not change. */
	if (body != NULL && !update_body(txn, number, body, body_length, err)) {
		return false;
	}
	struct query update = query_open(txn->db, STATEMENT_REQUEST_UPDATE);
	row_bind(&update, row, txn->head.sequence + 1);
	query_integer(&update, PARAMETER_NUMBER, number);
	if (!query_change(&update, err)) {
		return false;
	}
	assert(db_changes(txn->db) == 1); /* nobody else writes between the guard and the update */
	return append(txn, number, event, ret_event, err);
}

bool request_read(struct store_reader *reader, const char *id, struct arena *arena, const struct request_view **ret_view,
		  struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_REQUEST_READ);
	struct request_view *view = NULL;
	bool found = false;

	query_text(&query, 1, id);
	const bool good = query_step(&query, &found, err);
	if (good && found) {
		view = arena_alloc(arena, sizeof(*view));
		row_read(&query, arena, &view->row);
		view->snapshot = column_text(&query, COLUMN_COUNT, arena);
		view->snapshot_length = column_length(&query, COLUMN_COUNT);
	}
	query_close(&query);
	if (good) {
		*ret_view = view;
	}
	return good;
}

bool request_body_read(struct store_reader *reader, const char *id, struct arena *arena, const char **ret_body,
		       size_t *ret_length, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_BODY_READ);
	bool found = false;

	query_text(&query, 1, id);
	const bool good = query_step(&query, &found, err);
	if (good) {
		*ret_body = found ? column_text(&query, 0, arena) : NULL;
		*ret_length = found ? column_length(&query, 0) : 0;
	}
	query_close(&query);
	return good;
}

bool request_as_of(struct store_reader *reader, const char *id, struct instant at, struct arena *arena,
		   const char **ret_snapshot, size_t *ret_length, int64_t *ret_version, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_REQUEST_AS_OF);
	bool found = false;

	query_text(&query, 1, id);
	query_integer(&query, 2, at.us);
	const bool good = query_step(&query, &found, err);
	if (good) {
		*ret_snapshot = found ? column_text(&query, 0, arena) : NULL;
		*ret_length = found ? column_length(&query, 0) : 0;
		*ret_version = found ? column_integer(&query, 1) : 0;
	}
	query_close(&query);
	return good;
}

bool requests_due(struct store_reader *reader, struct instant now, size_t limit, struct arena *arena,
		  const char *const **ret_ids, size_t *ret_count, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_REQUESTS_DUE);
	const char **ids = arena_array(arena, limit + 1, sizeof(*ids));
	size_t count = 0;
	bool row = false;

	query_integer(&query, 1, now.us);
	query_integer(&query, 2, (int64_t)limit);
	bool good = query_step(&query, &row, err);
	while (good && row) {
		ids[count++] = column_text(&query, 0, arena);
		good = query_step(&query, &row, err);
	}
	query_close(&query);
	if (good) {
		*ret_ids = ids;
		*ret_count = count;
	}
	return good;
}
