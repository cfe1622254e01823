/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of the request table and struct request_row, both ways. */
#ifndef AR_STORE_ROW_H
#define AR_STORE_ROW_H

#include "store/db.h"
#include "store/records.h"

/* One list gives the SQL, the places of the result columns and the numbers of the parameters. */
#define LISTED_COLUMNS(X) \
	X(COLUMN_ID, "id") \
	X(COLUMN_VERSION, "version") \
	X(COLUMN_TRACKING_NUMBER, "tracking_number") \
	X(COLUMN_PAYER, "payer") \
	X(COLUMN_SERVICE, "service") \
	X(COLUMN_REVIEW, "review") \
	X(COLUMN_URGENCY, "urgency") \
	X(COLUMN_STATUS, "status") \
	X(COLUMN_WAITING_ON, "waiting_on") \
	X(COLUMN_OPEN, "open") \
	X(COLUMN_RECEIVED_AT, "received_at") \
	X(COLUMN_DUE_AT, "due_at") \
	X(COLUMN_ACT_BY, "act_by") \
	X(COLUMN_ACT_BY_RULE, "act_by_rule") \
	X(COLUMN_ORGANIZATION, "organization") \
	X(COLUMN_SUBMITTER_REFERENCE, "submitter_reference") \
	X(COLUMN_MEMBER_BIRTH_DATE, "member_birth_date") \
	X(COLUMN_PROVIDER_NPI, "provider_npi") \
	X(COLUMN_POLICY_ID, "policy_id") \
	X(COLUMN_POLICY_VERSION, "policy_version") \
	X(COLUMN_MISSING_COUNT, "missing_count") \
	X(COLUMN_REQUESTED_COUNT, "requested_count") \
	X(COLUMN_TASKS, "tasks")

/* What the covering index of the worklists leaves out. */
#define UNLISTED_COLUMNS(X) \
	X(COLUMN_MEMBER_ID, "member_id") \
	X(COLUMN_POLICY_DIGEST, "policy_digest") \
	X(COLUMN_LAST_EVENT, "last_event") \
	X(COLUMN_WAKE_AT, "wake_at") \
	X(COLUMN_AUTHORIZATION_NUMBER, "authorization_number") \
	X(COLUMN_CONTINUES, "continues") \
	X(COLUMN_EPISODE, "episode") \
	X(COLUMN_SENSITIVITY, "sensitivity")

/* Column 0 is the request's number, so that a column's place is also the number of its parameter. */
enum request_column {
	COLUMN_NUMBER,
#define X(column, name) column,
	LISTED_COLUMNS(X) UNLISTED_COLUMNS(X)
#undef X
		COLUMN_COUNT
};

/* Where a list has the labels of sensitivity, behind what it lists. */
enum { LISTED_SENSITIVITY = COLUMN_TASKS + 1 };

/* Where UPDATE finds the row; ?1 to ?31 are the columns. */
enum { PARAMETER_NUMBER = COLUMN_COUNT };

/* Binds every column; LAST_EVENT in place of the row's own. */
void row_bind(struct query *query, const struct request_row *row, int64_t last_event);

/* Reads the listed columns into *row, without the labels; text is copied into ARENA. */
void row_read_listed(const struct query *query, struct arena *arena, struct request_row *row);
void row_read(const struct query *query, struct arena *arena, struct request_row *row);

/* How act_by is stored and compared: "none" is the largest. */
int64_t row_act_by(struct instant act_by);

#endif
