/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of records: the running care of members, and what providers attest. */
#include "store/merge.h"
#include "store/row.h"
#include "store/txn.h"

#include <assert.h>
#include <string.h>

static void add(struct merge *merge, struct query query, const char *owner, const struct service_records_query *list)
{
	const bool first = list->after_id == NULL;

	query_text(&query, RECORDS_OWNER, owner);
	query_integer(&query, RECORDS_AFTER_ACT_BY, first ? INT64_MIN : row_act_by(list->after_act_by));
	query_text(&query, RECORDS_AFTER_ID, first ? "" : list->after_id);
	query_integer(&query, RECORDS_LIMIT, (int64_t)list->limit + 1);
	query_text(&query, RECORDS_SERVICE, list->service);
	query_text(&query, RECORDS_PROVIDER_NPI, list->provider_npi);
	query_integer(&query, RECORDS_STATE, list->state);
	query_text(&query, RECORDS_PAYER, list->payer);
	query_integer(&query, RECORDS_HIDDEN, list->hidden);
	merge_add(merge, query);
}

/* Who has neither an organization nor payers sees nothing. */
static void choose(struct merge *merge, struct store_reader *reader, const struct service_records_query *list)
{
	if (list->organization != NULL) {
		if (list->organization[0] != '\0') {
			add(merge, query_open(&reader->db, STATEMENT_RECORDS_ORGANIZATION), list->organization, list);
		}
		return;
	}
	for (size_t i = 0; i < list->payer_count; i++) {
		if (list->payer == NULL || strcmp(list->payer, list->payers[i]) == 0) {
			add(merge, query_open_copy(&reader->db, STATEMENT_RECORDS_PAYER, i), list->payers[i], list);
		}
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
	struct request_row *row = (struct request_row *)context + number;

	(void)err;
	row_read_listed(query, arena, row);
	row->sensitivity = (unsigned)column_integer(query, LISTED_SENSITIVITY);
	row->provider_npi = column_text(query, COLUMN_PROVIDER_NPI, arena);
	return true;
}

bool service_records_read(struct store_reader *reader, const struct service_records_query *query, struct arena *arena,
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

bool standing_records_read(struct store_reader *reader, const char *payer, const char *service, const char *provider_npi,
			   const char *organization, size_t limit, struct arena *arena, const char *const **ret_ids,
			   size_t *ret_count, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_RECORDS_STANDING);
	const char **ids = arena_array(arena, limit + 1, sizeof(*ids));
	size_t count = 0;
	bool row = false;

	query_text(&query, 1, payer);
	query_text(&query, 2, service);
	query_text(&query, 3, provider_npi);
	query_text(&query, 4, organization);
	query_integer(&query, 5, (int64_t)limit);
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
