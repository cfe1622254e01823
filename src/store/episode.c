/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/lifecycle.h"
#include "store/records.h"
#include "store/txn.h"

#include <string.h>

/* Places in the rows of EPISODE_GUARD and EPISODE_READ. */
enum guard_column { GUARD_OUTCOME, GUARD_CONTINUED, GUARD_ORGANIZATION, GUARD_SENSITIVITY };
enum read_column {
	READ_ID,
	READ_TRACKING_NUMBER,
	READ_REVIEW,
	READ_STATUS,
	READ_PAYER,
	READ_ORGANIZATION,
	READ_CONTINUES,
	READ_OUTCOME,
	READ_AUTHORIZATION,
	READ_PERIOD,
	READ_LINES,
	READ_SENSITIVITY
};

static bool approved(const char *outcome)
{
	return outcome != NULL && (strcmp(outcome, "approved") == 0 || strcmp(outcome, "approved_in_part") == 0);
}

/* CONTINUED is the status of a request that continues it already, or NULL. */
static bool check(const char *outcome, const char *continued, struct err *err)
{
	enum status status;

	if (!approved(outcome)) {
		return err_set(err, ERR_TRANSITION, "only a request that is approved, in whole or in part, is continued");
	}
	if (continued != NULL && status_from_name(continued, &status) && status_open(status)) {
		return err_set(
			err, ERR_TRANSITION,
			"an open request continues this authorization already; send it information, or withdraw it first");
	}
	return continued == NULL ||
	       err_set(err, ERR_TRANSITION,
		       "another authorization continues this one already; continue the newest of the episode");
}

static bool seen(const struct query *query, const struct onlooker *onlooker)
{
	const char *owner = column_borrowed(query, GUARD_ORGANIZATION);
	const bool own = onlooker->organization == NULL || (owner != NULL && strcmp(owner, onlooker->organization) == 0);

	return own && ((unsigned)column_integer(query, GUARD_SENSITIVITY) & onlooker->hidden) == 0;
}

/* What the onlooker may know is judged; RET_UNSEEN: something else stands in the way. */
static bool guard(struct db *db, const char *id, const struct onlooker *onlooker, bool *ret_unseen, struct err *err)
{
	struct query query = query_open(db, STATEMENT_EPISODE_GUARD);
	bool found = false;

	query_text(&query, 1, id);
	bool good = query_step(&query, &found, err) && (found || err_set(err, ERR_NOT_FOUND, "there is no request %s", id));
	if (good) {
		const char *continued = column_borrowed(&query, GUARD_CONTINUED);
		*ret_unseen = continued != NULL && !seen(&query, onlooker);
		good = check(column_borrowed(&query, GUARD_OUTCOME), *ret_unseen ? NULL : continued, err);
	}
	query_close(&query);
	return good;
}

bool episode_guard(struct db *db, const char *id, const struct onlooker *onlooker, struct err *err)
{
	bool unseen = false;

	return guard(db, id, onlooker, &unseen, err) &&
	       (!unseen || err_set(err, ERR_TRANSITION, "the request that this one continues cannot be continued"));
}

bool episode_open(struct store_reader *reader, const char *id, const struct onlooker *onlooker, struct err *err)
{
	bool unseen = false;

	return guard(&reader->db, id, onlooker, &unseen, err);
}

static void read_row(const struct query *query, struct arena *arena, struct episode_row *row)
{
	*row = (struct episode_row){
		.id = column_text(query, READ_ID, arena),
		.tracking_number = column_text(query, READ_TRACKING_NUMBER, arena),
		.review = column_text(query, READ_REVIEW, arena),
		.status = column_text(query, READ_STATUS, arena),
		.payer = column_text(query, READ_PAYER, arena),
		.organization = column_text(query, READ_ORGANIZATION, arena),
		.continues = column_text(query, READ_CONTINUES, arena),
		.outcome = column_text(query, READ_OUTCOME, arena),
		.authorization = column_text(query, READ_AUTHORIZATION, arena),
		.period = column_text(query, READ_PERIOD, arena),
		.lines = column_text(query, READ_LINES, arena),
		.sensitivity = (unsigned)column_integer(query, READ_SENSITIVITY),
	};
}

bool episode_read(struct store_reader *reader, const char *id, struct arena *arena, const struct episode_row **ret_rows,
		  size_t *ret_count, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_EPISODE_READ);
	struct episode_row *rows = arena_array(arena, EPISODE_MAX, sizeof(*rows));
	size_t count = 0;
	bool row = false;

	query_text(&query, 1, id);
	query_integer(&query, 2, EPISODE_MAX);
	bool good = query_step(&query, &row, err);
	while (good && row) {
		read_row(&query, arena, &rows[count++]);
		good = query_step(&query, &row, err);
	}
	query_close(&query);
	if (good) {
		*ret_rows = rows;
		*ret_count = count;
	}
	return good;
}

bool authorized_read(struct store_reader *reader, const struct authorized_query *wanted, struct arena *arena,
		     const struct authorized_row **ret_rows, size_t *ret_count, struct err *err)
{
	struct query query = query_open(&reader->db, STATEMENT_AUTHORIZED_MEMBER);
	struct authorized_row *rows = arena_array(arena, AUTHORIZED_MAX, sizeof(*rows));
	size_t count = 0;
	bool row = false;

	query_text(&query, 1, wanted->member_id);
	query_text(&query, 2, wanted->payer);
	query_text(&query, 3, wanted->episode);
	query_text(&query, 4, wanted->organization);
	query_integer(&query, 5, AUTHORIZED_MAX);
	bool good = query_step(&query, &row, err);
	while (good && row) {
		rows[count].service = column_text(&query, 0, arena);
		rows[count++].authorization = column_text(&query, 1, arena);
		good = query_step(&query, &row, err);
	}
	query_close(&query);
	if (good) {
		*ret_rows = rows;
		*ret_count = count;
	}
	return good;
}
