/* SPDX-License-Identifier: Apache-2.0 */
#include "store/obligation.h"

#include "store/canon.h"
#include "store/merge.h"
#include "store/row.h"

#include <assert.h>
#include <string.h>

/* Places in the rows of OBLIGATIONS_OF. */
enum { OWED_ITEM, OWED_END = 10 };

/* Places in the rows of the OBLIGATIONS statements. */
enum obligation_column {
	OBLIGATION_ITEM,
	OBLIGATION_KEY,
	OBLIGATION_NUMBER,
	OBLIGATION_STATE,
	OBLIGATION_DUE_AT,
	OBLIGATION_RECORD,
	OBLIGATION_PAYER,
	OBLIGATION_SERVICE,
	OBLIGATION_ORGANIZATION,
	OBLIGATION_PROVIDER_NPI,
	OBLIGATION_POLICY_ID,
	OBLIGATION_POLICY_VERSION,
	OBLIGATION_SENSITIVITY
};

/* ---- in the writer ---- */

static bool put(struct store_txn *txn, int64_t number, const struct obligation_row *row, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_OBLIGATION_PUT);

	query_integer(&query, 1, number);
	query_text(&query, 2, row->item);
	query_text(&query, 3, row->key);
	query_integer(&query, 4, row->number);
	query_text(&query, 5, row->state);
	query_integer(&query, 6, row_act_by(row->due_at));
	return query_change(&query, err);
}

static bool put_all(struct store_txn *txn, int64_t number, const struct event_row *event, struct err *err)
{
	for (size_t i = 0; i < event->obligation_count; i++) {
		if (!put(txn, number, &event->obligations[i], err)) {
			return false;
		}
	}
	return true;
}

static bool count(struct store_txn *txn, int64_t number, int64_t *ret_count, struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_OBLIGATION_COUNT);
	bool row = false;

	query_integer(&query, 1, number);
	const bool good = query_step(&query, &row, err);
	*ret_count = good && row ? column_integer(&query, 0) : 0;
	query_close(&query);
	return good;
}

/* Most events add to what is owed or end it. A duty that is gone, as what began it was retracted, stays with that word: nothing is deleted. */
bool obligations_write(struct store_txn *txn, int64_t number, const struct event_row *event, struct err *err)
{
	int64_t stored = 0;

	if (!put_all(txn, number, event, err) || !count(txn, number, &stored, err)) {
		return false;
	}
	if (stored == (int64_t)event->obligation_count) {
		return true;
	}
	struct query query = query_open(txn->db, STATEMENT_OBLIGATION_RETRACT);
	query_integer(&query, 1, number);
	return query_change(&query, err) && put_all(txn, number, event, err);
}

/* ---- what an event answers for ---- */

static struct digest row_digest(const struct query *query)
{
	struct canon canon = {.count = 0};

	for (int column = OWED_ITEM; column < OWED_END; column++) {
		canon_column(&canon, query, column);
	}
	return canon_end(&canon);
}

bool obligations_digest(struct db *db, int64_t number, struct digest *ret_digest, struct err *err)
{
	struct query query = query_open(db, STATEMENT_OBLIGATIONS_OF);
	struct digest all = {.bytes = {0}};
	bool row = false;

	query_integer(&query, 1, number);
	bool good = query_step(&query, &row, err);
	while (good && row) {
		const struct digest one = row_digest(&query);
		const struct digest_part parts[] = {{all.bytes, DIGEST_SIZE}, {one.bytes, DIGEST_SIZE}};
		all = digest_parts(parts, 2);
		good = query_step(&query, &row, err);
	}
	query_close(&query);
	*ret_digest = all;
	return good;
}

/* ---- pages ---- */

/* With no place to go on from, before everything. */
static void bind_cursor(struct query *query, const struct obligations_query *list)
{
	const bool first = list->after_record == NULL;

	query_integer(query, OBLIGATIONS_AFTER_DUE_AT, first ? INT64_MIN : row_act_by(list->after_due_at));
	query_text(query, OBLIGATIONS_AFTER_RECORD, first ? "" : list->after_record);
	query_text(query, OBLIGATIONS_AFTER_ITEM, first ? "" : list->after_item);
	query_text(query, OBLIGATIONS_AFTER_KEY, first ? "" : list->after_key);
	query_integer(query, OBLIGATIONS_LIMIT, (int64_t)list->limit + 1);
}

static void add(struct merge *merge, struct query query, const char *owner, const char *state,
		const struct obligations_query *list)
{
	query_text(&query, OBLIGATIONS_OWNER, owner);
	query_text(&query, OBLIGATIONS_STATE, state);
	query_instant(&query, OBLIGATIONS_DUE_BEFORE, list->due_before);
	query_text(&query, OBLIGATIONS_PAYER, list->payer);
	query_text(&query, OBLIGATIONS_SERVICE, list->service);
	query_text(&query, OBLIGATIONS_PROVIDER_NPI, list->provider_npi);
	query_integer(&query, OBLIGATIONS_HIDDEN, list->hidden);
	bind_cursor(&query, list);
	merge_add(merge, query);
}

/* Every row of an owner in one state, or in the two in which something is still to be done. */
static void add_owned(struct merge *merge, struct store_reader *reader, enum statement_id statement, size_t place,
		      const char *owner, const struct obligations_query *list)
{
	static const char *const owed[] = {"open", "overdue"};

	for (size_t i = 0; i < (list->state != NULL ? 1u : 2u); i++) {
		add(merge, query_open_copy(&reader->db, statement, 2 * place + i), owner,
		    list->state != NULL ? list->state : owed[i], list);
	}
}

/* Who has neither an organization nor payers sees nothing. */
static void choose(struct merge *merge, struct store_reader *reader, const struct obligations_query *list)
{
	if (list->organization != NULL) {
		if (list->organization[0] != '\0') {
			add_owned(merge, reader, STATEMENT_OBLIGATIONS_ORGANIZATION, 0, list->organization, list);
		}
		return;
	}
	for (size_t i = 0; i < list->payer_count; i++) {
		if (list->payer == NULL || strcmp(list->payer, list->payers[i]) == 0) {
			add_owned(merge, reader, STATEMENT_OBLIGATIONS_PAYER, i, list->payers[i], list);
		}
	}
}

static bool before(const struct query *a, const struct query *b)
{
	static const int texts[] = {OBLIGATION_RECORD, OBLIGATION_ITEM, OBLIGATION_KEY};
	const int64_t a_due_at = column_integer(a, OBLIGATION_DUE_AT);
	const int64_t b_due_at = column_integer(b, OBLIGATION_DUE_AT);
	int order = (a_due_at > b_due_at) - (a_due_at < b_due_at);

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && order == 0; i++) {
		order = strcmp(column_borrowed(a, texts[i]), column_borrowed(b, texts[i]));
	}
	return order < 0;
}

static bool take(void *context, size_t number, const struct query *query, struct arena *arena, struct err *err)
{
	struct obligation_view *view = (struct obligation_view *)context + number;
	const int64_t due_at = column_integer(query, OBLIGATION_DUE_AT);

	(void)err;
	view->row.item = column_text(query, OBLIGATION_ITEM, arena);
	view->row.key = column_text(query, OBLIGATION_KEY, arena);
	view->row.number = column_integer(query, OBLIGATION_NUMBER);
	view->row.state = column_text(query, OBLIGATION_STATE, arena);
	view->row.due_at = (struct instant){due_at == INT64_MAX ? 0 : due_at};
	view->record = column_text(query, OBLIGATION_RECORD, arena);
	view->payer = column_text(query, OBLIGATION_PAYER, arena);
	view->service = column_text(query, OBLIGATION_SERVICE, arena);
	view->organization = column_text(query, OBLIGATION_ORGANIZATION, arena);
	view->provider_npi = column_text(query, OBLIGATION_PROVIDER_NPI, arena);
	view->policy_id = column_text(query, OBLIGATION_POLICY_ID, arena);
	view->policy_version = column_text(query, OBLIGATION_POLICY_VERSION, arena);
	view->sensitivity = (unsigned)column_integer(query, OBLIGATION_SENSITIVITY);
	if (view->organization[0] == '\0') {
		view->organization = NULL;
	}
	return true;
}

bool obligations_read(struct store_reader *reader, const struct obligations_query *query, struct arena *arena,
		      struct obligation_page *ret_page, struct err *err)
{
	assert(query->limit >= 1 && query->limit <= 200 && query->payer_count <= PRINCIPAL_PAYERS_MAX);
	struct obligation_view *rows = arena_array(arena, query->limit, sizeof(*rows));
	struct merge merge = {.before = before, .take = take, .context = rows};
	struct obligation_page page = {.rows = rows};

	choose(&merge, reader, query);
	if (!merge_read(&merge, query->limit, arena, &page.count, &page.more, err)) {
		return false;
	}
	*ret_page = page;
	return true;
}
