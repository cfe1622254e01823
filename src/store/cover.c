/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cover.h"

#include "store/canon.h"
#include "store/obligation.h"
#include "store/row.h"

#include <string.h>

/* Places in the rows of the STATE statements: the number, the listed columns, four of the others, and then: */
enum state_column {
	STATE_BODY = COLUMN_TASKS + 5,
	STATE_CONTINUES,
	STATE_EPISODE,
	STATE_SENSITIVITY,
	STATE_EVENT,
	STATE_DIGEST
};

/* Places in the rows of RECORD_WALK. */
enum record_column {
	RECORD_EVENT,
	RECORD_DIGEST,
	RECORD_DECISION,
	RECORD_APPEAL = RECORD_DECISION + 23,
	RECORD_APPEAL_DECIDED = RECORD_APPEAL + 7,
	RECORD_END = RECORD_APPEAL_DECIDED + 7
};

/* What may be recorded with an event; each has a digest of its own. */
struct record {
	struct digest digests[3]; /* decision, appeal as received, appeal as decided */
	bool there[3];
};

enum { OF_DECISION, OF_APPEAL, OF_APPEAL_DECIDED };

static struct digest record_digest(const struct record *record)
{
	struct digest_part parts[3];

	for (size_t i = 0; i < 3; i++) {
		parts[i] = (struct digest_part){record->digests[i].bytes, record->there[i] ? DIGEST_SIZE : 0};
	}
	return digest_parts(parts, 3);
}

static void put(struct record *record, size_t place, const struct canon *canon)
{
	record->digests[place] = canon_end(canon);
	record->there[place] = true;
}

static struct canon columns(const struct query *query, int first, int end)
{
	struct canon canon = {.count = 0};

	for (int column = first; column < end; column++) {
		canon_column(&canon, query, column);
	}
	return canon;
}

/* ---- as it is written ---- */

static struct canon decision_canon(const struct decision_row *row, const struct query *state)
{
	struct canon canon = {.count = 0};
	const char *const texts[] = {row->id,
				     row->request_id,
				     row->disposition,
				     row->outcome,
				     row->basis,
				     row->reason,
				     row->rationale,
				     row->required != NULL ? row->required : "[]",
				     row->parts != NULL ? row->parts : "{}",
				     row->decider,
				     row->decider_role,
				     row->credential};
	const char *const more[] = {row->supersedes, row->appeal, row->authorization_number, row->covered_from,
				    row->covered_to};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		canon_text(&canon, texts[i]);
	}
	canon_integer(&canon, row->decided_at.us);
	canon_integer(&canon, row->late ? 1 : 0);
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		canon_text(&canon, more[i]);
	}
	canon_column(&canon, state, COLUMN_PAYER);
	canon_column(&canon, state, COLUMN_SERVICE);
	canon_column(&canon, state, COLUMN_REVIEW);
	canon_column(&canon, state, COLUMN_ORGANIZATION);
	return canon;
}

static struct canon appeal_canon(const struct appeal_row *row)
{
	struct canon canon = {.count = 0};

	canon_text(&canon, row->id);
	canon_text(&canon, row->request_id);
	canon_text(&canon, row->decision);
	canon_text(&canon, row->kind);
	canon_text(&canon, row->appellant);
	canon_integer(&canon, row->received_at.us);
	canon_instant(&canon, row->due_at);
	return canon;
}

static struct canon appeal_decided_canon(const struct appeal_row *row)
{
	struct canon canon = {.count = 0};

	canon_text(&canon, row->id);
	canon_text(&canon, row->status);
	canon_integer(&canon, row->decided_at.us);
	canon_text(&canon, row->decider);
	canon_text(&canon, row->decider_role);
	canon_text(&canon, row->credential);
	canon_text(&canon, row->rationale);
	return canon;
}

static struct digest record_written(const struct event_row *event, const struct query *state)
{
	struct record record = {.there = {false}};
	struct canon canon;

	if (event->decision != NULL) {
		canon = decision_canon(event->decision, state);
		put(&record, OF_DECISION, &canon);
	}
	if (event->appeal != NULL && strcmp(event->appeal->status, "open") == 0) {
		canon = appeal_canon(event->appeal);
		put(&record, OF_APPEAL, &canon);
	} else if (event->appeal != NULL) {
		canon = appeal_decided_canon(event->appeal);
		put(&record, OF_APPEAL_DECIDED, &canon);
	}
	return record_digest(&record);
}

/* What a request has that not every schema knew stands behind a name, and only when there is something to say: older digests stay. */
static struct digest state_digest(const struct query *state)
{
	struct canon canon = columns(state, COLUMN_ID, STATE_BODY + 1);

	if (!column_null(state, STATE_CONTINUES) || !column_null(state, STATE_EPISODE)) {
		canon_text(&canon, "continues");
		canon_column(&canon, state, STATE_CONTINUES);
		canon_column(&canon, state, STATE_EPISODE);
	}
	if (column_integer(state, STATE_SENSITIVITY) != 0) {
		canon_text(&canon, "sensitivity");
		canon_column(&canon, state, STATE_SENSITIVITY);
	}
	return canon_end(&canon);
}

/* Of a record also what is owed in it. */
static bool state_answered(const struct query *state, struct digest *ret_digest, struct err *err)
{
	const char *review = column_borrowed(state, COLUMN_REVIEW);
	struct digest owed;

	*ret_digest = state_digest(state);
	if (review == NULL || strcmp(review, "care") != 0) {
		return true;
	}
	if (!obligations_digest(state->db, column_integer(state, COLUMN_NUMBER), &owed, err)) {
		return false;
	}
	const struct digest_part parts[] = {{ret_digest->bytes, DIGEST_SIZE}, {owed.bytes, DIGEST_SIZE}};
	*ret_digest = digest_parts(parts, 2);
	return true;
}

bool cover_event(struct store_txn *txn, int64_t number, const struct event_row *event, struct chain_cover *ret_cover,
		 struct err *err)
{
	struct query query = query_open(txn->db, STATEMENT_STATE);
	bool found = false;

	query_integer(&query, 1, number);
	struct digest state;
	const bool good = query_step(&query, &found, err) && (found || err_set(err, ERR_STORE, "the request has no row")) &&
			  state_answered(&query, &state, err);
	if (good) {
		*ret_cover = (struct chain_cover){.state = state};
		ret_cover->recorded = event->decision != NULL || event->appeal != NULL;
		if (ret_cover->recorded) {
			ret_cover->record = record_written(event, &query);
		}
	}
	query_close(&query);
	return good;
}

/* ---- as it is now ---- */

static bool differs(const struct query *query, int digest_column, const struct digest *now)
{
	struct digest then;

	return !column_bytes(query, digest_column, then.bytes, DIGEST_SIZE) || !digest_equal(&then, now);
}

static bool check_state(const struct query *query, struct err *err)
{
	struct digest now;

	if (!state_answered(query, &now, err)) {
		return false;
	}
	return !differs(query, STATE_DIGEST, &now) ||
	       err_set(err, ERR_STORE, "the request %s, its papers or what is owed in it are not what event %lld left",
		       column_borrowed(query, COLUMN_ID), (long long)column_integer(query, STATE_EVENT));
}

static void put_columns(struct record *record, size_t place, const struct query *query, int first, int end)
{
	if (!column_null(query, first)) {
		const struct canon canon = columns(query, first, end);
		put(record, place, &canon);
	}
}

static bool check_record(const struct query *query, struct err *err)
{
	struct record record = {.there = {false}};

	put_columns(&record, OF_DECISION, query, RECORD_DECISION, RECORD_APPEAL);
	put_columns(&record, OF_APPEAL, query, RECORD_APPEAL, RECORD_APPEAL_DECIDED);
	put_columns(&record, OF_APPEAL_DECIDED, query, RECORD_APPEAL_DECIDED, RECORD_END);
	const struct digest now = record_digest(&record);
	return !differs(query, RECORD_DIGEST, &now) ||
	       err_set(err, ERR_STORE, "the decision or appeal that was recorded with event %lld differs or is missing",
		       (long long)column_integer(query, RECORD_EVENT));
}

static bool check_policy(const struct query *query, struct err *err)
{
	char hex[DIGEST_HEX_SIZE];
	const struct digest digest = digest_of(column_borrowed(query, 1), column_length(query, 1));

	return strcmp(digest_hex(&digest, hex), column_borrowed(query, 0)) == 0 ||
	       err_set(err, ERR_STORE, "the text of policy %s %s is not the one of its digest, which events name",
		       column_borrowed(query, 2), column_borrowed(query, 3));
}

static bool check_rows(struct store_reader *reader, enum statement_id id, bool (*check)(const struct query *, struct err *),
		       struct err *err)
{
	struct query query = query_open(&reader->db, id);
	bool row = false;
	bool good = query_step(&query, &row, err);

	while (good && row) {
		good = check(&query, err) && query_step(&query, &row, err);
	}
	query_close(&query);
	return good;
}

bool cover_verify(struct store_reader *reader, struct err *err)
{
	return check_rows(reader, STATEMENT_STATE_WALK, check_state, err) &&
	       check_rows(reader, STATEMENT_RECORD_WALK, check_record, err) &&
	       check_rows(reader, STATEMENT_POLICY_WALK, check_policy, err);
}
