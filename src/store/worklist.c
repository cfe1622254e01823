/* SPDX-License-Identifier: Apache-2.0 */
#include "store/row.h"
#include "store/txn.h"

#include <assert.h>
#include <string.h>

/*
 * One statement reads one owner's open (or closed) rows in the order of the list; several payers, and open
 * beside closed, are so many statements merged here. Each reads only the rows that the page takes.
 */
struct streams {
	struct query queries[STATEMENT_COPIES];
	bool rows[STATEMENT_COPIES];
	size_t count;
};

static bool given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static void bind_cursor(struct query *query, const struct worklist_query *list)
{
	const bool first = list->after_id == NULL;

	query_integer(query, LIST_AFTER_ACT_BY, first ? INT64_MIN : row_act_by(list->after_act_by));
	query_text(query, LIST_AFTER_ID, first ? "" : list->after_id);
	query_integer(query, LIST_LIMIT, (int64_t)list->limit + 1);
}

static void bind_filters(struct query *query, const struct worklist_query *list)
{
	query_text(query, LIST_STATUS, list->status);
	query_text(query, LIST_SERVICE, list->service);
	query_text(query, LIST_PAYER, list->payer);
	query_text(query, LIST_REVIEW, list->review);
	query_text(query, LIST_WAITING_ON, list->waiting_on);
	query_text(query, LIST_MEMBER_BIRTH_DATE, list->member_birth_date);
	query_text(query, LIST_PROVIDER_NPI, list->provider_npi);
	query_instant(query, LIST_DUE_BEFORE, list->due_before);
}

static void bind_payers(struct query *query, const struct worklist_query *list)
{
	query_integer(query, LIST_PAYER_COUNT, (int64_t)list->payer_count);
	for (size_t i = 0; i < PRINCIPAL_PAYERS_MAX; i++) {
		query_text(query, LIST_PAYERS + (int)i, i < list->payer_count ? list->payers[i] : NULL);
	}
}

/* Rows that a number names: few, so that filters, scope and order cost nothing. */
static void add_selected(struct streams *streams, struct store_reader *reader, const struct worklist_query *list,
			 enum statement_id statement, const char *number)
{
	struct query query = query_open(&reader->db, statement);

	query_text(&query, LIST_OWNER, number);
	if (list->open_only) {
		query_integer(&query, LIST_OPEN, 1);
	} else {
		query_null(&query, LIST_OPEN);
	}
	query_text(&query, LIST_TRACKING_NUMBER, list->tracking_number);
	query_text(&query, LIST_SUBMITTER_REFERENCE, list->submitter_reference);
	query_text(&query, LIST_MEMBER_ID, list->member_id);
	query_text(&query, LIST_ORGANIZATION, list->organization);
	bind_payers(&query, list);
	bind_cursor(&query, list);
	bind_filters(&query, list);
	streams->queries[streams->count++] = query;
}

/* Every row of an owner: the open ones, and the closed ones unless they are not wanted. */
static void add_owned(struct streams *streams, struct store_reader *reader, const struct worklist_query *list,
		      enum statement_id statement, size_t place, const char *owner)
{
	for (size_t closed = 0; closed < (list->open_only ? 1u : 2u); closed++) {
		struct query query = query_open_copy(&reader->db, statement, 2 * place + closed);
		query_text(&query, LIST_OWNER, owner);
		query_integer(&query, LIST_OPEN, closed == 0 ? 1 : 0);
		if (statement == STATEMENT_LIST_ORGANIZATION) {
			bind_payers(&query, list);
		}
		bind_cursor(&query, list);
		bind_filters(&query, list);
		streams->queries[streams->count++] = query;
	}
}

static void add_payers(struct streams *streams, struct store_reader *reader, const struct worklist_query *list)
{
	for (size_t i = 0; i < list->payer_count; i++) {
		if (list->payer == NULL || strcmp(list->payer, list->payers[i]) == 0) {
			add_owned(streams, reader, list, STATEMENT_LIST_PAYER, i, list->payers[i]);
		}
	}
}

/* Who has neither an organization nor payers sees nothing. */
static void choose(struct streams *streams, struct store_reader *reader, const struct worklist_query *list)
{
	if (list->organization == NULL ? list->payer_count == 0 : !given(list->organization)) {
		return;
	}
	if (list->tracking_number != NULL) {
		add_selected(streams, reader, list, STATEMENT_LIST_TRACKING, list->tracking_number);
	} else if (list->submitter_reference != NULL) {
		add_selected(streams, reader, list, STATEMENT_LIST_REFERENCE, list->submitter_reference);
	} else if (list->member_id != NULL) {
		add_selected(streams, reader, list, STATEMENT_LIST_MEMBER, list->member_id);
	} else if (list->organization != NULL) {
		add_owned(streams, reader, list, STATEMENT_LIST_ORGANIZATION, 0, list->organization);
	} else {
		add_payers(streams, reader, list);
	}
}

static bool before(const struct query *a, const struct query *b)
{
	const int64_t a_act_by = column_integer(a, COLUMN_ACT_BY);
	const int64_t b_act_by = column_integer(b, COLUMN_ACT_BY);

	return a_act_by != b_act_by ? a_act_by < b_act_by
				    : strcmp(column_borrowed(a, COLUMN_ID), column_borrowed(b, COLUMN_ID)) < 0;
}

/* The stream whose row comes next, or COUNT at the end. */
static size_t next_of(const struct streams *streams)
{
	size_t next = streams->count;

	for (size_t i = 0; i < streams->count; i++) {
		if (streams->rows[i] && (next == streams->count || before(&streams->queries[i], &streams->queries[next]))) {
			next = i;
		}
	}
	return next;
}

static bool merge(struct streams *streams, size_t limit, struct arena *arena, struct worklist_page *page, struct err *err)
{
	struct request_row *rows = arena_array(arena, limit, sizeof(*rows));

	*page = (struct worklist_page){.rows = rows};
	/* All are started before any goes on: they then share one snapshot of the database. */
	for (size_t i = 0; i < streams->count; i++) {
		if (!query_step(&streams->queries[i], &streams->rows[i], err)) {
			return false;
		}
	}
	for (size_t next = next_of(streams); next < streams->count; next = next_of(streams)) {
		if (page->count == limit) {
			page->more = true;
			return true;
		}
		row_read_listed(&streams->queries[next], arena, &rows[page->count++]);
		if (!query_step(&streams->queries[next], &streams->rows[next], err)) {
			return false;
		}
	}
	return true;
}

bool worklist_read(struct store_reader *reader, const struct worklist_query *query, struct arena *arena,
		   struct worklist_page *ret_page, struct err *err)
{
	struct streams streams = {.count = 0};
	struct worklist_page page;

	assert(query->limit >= 1 && query->limit <= 200 && query->payer_count <= PRINCIPAL_PAYERS_MAX);
	choose(&streams, reader, query);
	const bool good = merge(&streams, query->limit, arena, &page, err);
	for (size_t i = 0; i < streams.count; i++) {
		query_close(&streams.queries[i]);
	}
	if (good) {
		*ret_page = page;
	}
	return good;
}
