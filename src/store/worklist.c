/* SPDX-License-Identifier: Apache-2.0 */
#include "store/merge.h"
#include "store/row.h"
#include "store/txn.h"

#include <assert.h>
#include <string.h>

/*
 * One statement reads one owner's open (or closed) rows in the order of the list; several payers, and open
 * beside closed, are so many statements merged here. Each reads only the rows that the page takes.
 */

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
	query_integer(query, LIST_TASKS, list->tasks);
	query_integer(query, LIST_HIDDEN, list->hidden);
}

static void bind_payers(struct query *query, const struct worklist_query *list)
{
	query_integer(query, LIST_PAYER_COUNT, (int64_t)list->payer_count);
	for (size_t i = 0; i < PRINCIPAL_PAYERS_MAX; i++) {
		query_text(query, LIST_PAYERS + (int)i, i < list->payer_count ? list->payers[i] : NULL);
	}
}

/* Rows that a number names: few, so that filters, scope and order cost nothing. */
static void add_selected(struct merge *merge, struct store_reader *reader, const struct worklist_query *list,
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
	query_text(&query, LIST_AUTHORIZATION_NUMBER, list->authorization_number);
	query_text(&query, LIST_ORGANIZATION, list->organization);
	bind_payers(&query, list);
	bind_cursor(&query, list);
	bind_filters(&query, list);
	merge_add(merge, query);
}

/* Every row of an owner or a provider: the open ones, and the closed ones unless they are not wanted. */
static void add_owned(struct merge *merge, struct store_reader *reader, const struct worklist_query *list,
		      enum statement_id statement, size_t place, const char *owner)
{
	for (size_t closed = 0; closed < (list->open_only ? 1u : 2u); closed++) {
		struct query query = query_open_copy(&reader->db, statement, 2 * place + closed);
		query_text(&query, LIST_OWNER, owner);
		query_integer(&query, LIST_OPEN, closed == 0 ? 1 : 0);
		if (statement != STATEMENT_LIST_PAYER) {
			bind_payers(&query, list);
		}
		if (statement == STATEMENT_LIST_PROVIDER) {
			query_text(&query, LIST_ORGANIZATION, list->organization);
		}
		bind_cursor(&query, list);
		bind_filters(&query, list);
		merge_add(merge, query);
	}
}

static void add_payers(struct merge *merge, struct store_reader *reader, const struct worklist_query *list)
{
	for (size_t i = 0; i < list->payer_count; i++) {
		if (list->payer == NULL || strcmp(list->payer, list->payers[i]) == 0) {
			add_owned(merge, reader, list, STATEMENT_LIST_PAYER, i, list->payers[i]);
		}
	}
}

/* Who has neither an organization nor payers sees nothing. */
static void choose(struct merge *merge, struct store_reader *reader, const struct worklist_query *list)
{
	if (list->organization == NULL ? list->payer_count == 0 : !given(list->organization)) {
		return;
	}
	if (list->tracking_number != NULL) {
		add_selected(merge, reader, list, STATEMENT_LIST_TRACKING, list->tracking_number);
	} else if (list->authorization_number != NULL) {
		add_selected(merge, reader, list, STATEMENT_LIST_AUTHORIZATION, list->authorization_number);
	} else if (list->submitter_reference != NULL) {
		add_selected(merge, reader, list, STATEMENT_LIST_REFERENCE, list->submitter_reference);
	} else if (list->member_id != NULL) {
		add_selected(merge, reader, list, STATEMENT_LIST_MEMBER, list->member_id);
	} else if (list->provider_npi != NULL) {
		add_owned(merge, reader, list, STATEMENT_LIST_PROVIDER, 0, list->provider_npi);
	} else if (list->organization != NULL) {
		add_owned(merge, reader, list, STATEMENT_LIST_ORGANIZATION, 0, list->organization);
	} else {
		add_payers(merge, reader, list);
	}
}

static bool before(const struct query *a, const struct query *b)
{
	const int64_t a_act_by = column_integer(a, COLUMN_ACT_BY);
	const int64_t b_act_by = column_integer(b, COLUMN_ACT_BY);

	return a_act_by != b_act_by ? a_act_by < b_act_by
				    : strcmp(column_borrowed(a, COLUMN_ID), column_borrowed(b, COLUMN_ID)) < 0;
}

static bool take(void *context, size_t number, const struct query *query, struct arena *arena, struct err *err)
{
	struct request_row *rows = context;

	(void)err;
	row_read_listed(query, arena, &rows[number]);
	rows[number].sensitivity = (unsigned)column_integer(query, LISTED_SENSITIVITY);
	return true;
}

bool worklist_read(struct store_reader *reader, const struct worklist_query *query, struct arena *arena,
		   struct worklist_page *ret_page, struct err *err)
{
	assert(query->limit >= 1 && query->limit <= 200 && query->payer_count <= PRINCIPAL_PAYERS_MAX);
	struct request_row *rows = arena_array(arena, query->limit, sizeof(*rows));
	struct merge merge = {.before = before, .take = take, .context = rows};
	struct worklist_page page = {.rows = rows};

	choose(&merge, reader, query);
	if (!merge_read(&merge, query->limit, arena, &page.count, &page.more, err)) {
		return false;
	}
	*ret_page = page;
	return true;
}
