/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every statement the store runs once it is open: one table, prepared as a whole, so that a typing mistake
 * stops the start.
 */
#ifndef AR_STORE_STATEMENTS_H
#define AR_STORE_STATEMENTS_H

#include <stdbool.h>

enum statement_id {
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_REQUEST_INSERT,
	STATEMENT_REQUEST_GUARD,
	STATEMENT_REQUEST_UPDATE,
	STATEMENT_BODY_INSERT,
	STATEMENT_BODY_UPDATE,
	STATEMENT_EVENT_INSERT,
	STATEMENT_DETAIL_INSERT,
	STATEMENT_FEED_INSERT,
	STATEMENT_IDEMPOTENCY_FIND,
	STATEMENT_IDEMPOTENCY_INSERT,
	STATEMENT_POLICY_KEEP,
	STATEMENT_PRINCIPAL_INSERT,
	STATEMENT_REQUEST_READ,
	STATEMENT_BODY_READ,
	STATEMENT_SNAPSHOT_READ,
	STATEMENT_PRINCIPAL_READ,
	STATEMENT_LIST_PAYER,
	STATEMENT_LIST_ORGANIZATION,
	STATEMENT_LIST_TRACKING,
	STATEMENT_LIST_REFERENCE,
	STATEMENT_LIST_MEMBER,
	STATEMENT_TIMELINE,
	STATEMENT_FEED_ORGANIZATION,
	STATEMENT_FEED_PAYER,
	STATEMENT_EVENT_WALK,
	STATEMENT_EVENT_LAST,
	STATEMENT_REQUEST_ASTRAY,
	STATEMENT_COUNT
};

/* Several payers, open and closed, are read side by side and merged: as many copies of one statement. */
enum { STATEMENT_COPIES = 16 };

enum statement_user { FOR_WRITER = 1, FOR_READER = 2, FOR_BOTH = FOR_WRITER | FOR_READER };

struct statement {
	unsigned users; /* enum statement_user */
	unsigned copies;
	const char *sql;
};

const struct statement *statement_of(enum statement_id id);

/* Parameters of the LIST statements; the rest of the places of a list come from row.h. */
enum list_parameter {
	LIST_OWNER = 1, /* the payer or organization whose rows are read in order */
	LIST_OPEN,
	LIST_AFTER_ACT_BY,
	LIST_AFTER_ID,
	LIST_LIMIT,
	LIST_STATUS,
	LIST_SERVICE,
	LIST_PAYER,
	LIST_REVIEW,
	LIST_WAITING_ON,
	LIST_MEMBER_BIRTH_DATE,
	LIST_PROVIDER_NPI,
	LIST_DUE_BEFORE,
	LIST_TRACKING_NUMBER,
	LIST_SUBMITTER_REFERENCE,
	LIST_MEMBER_ID,
	LIST_ORGANIZATION,
	LIST_PAYER_COUNT,
	LIST_PAYERS /* and the seven after it */
};

#endif
