/* SPDX-License-Identifier: Apache-2.0 */
#include "store/statements.h"

#include "store/row.h"

#include <assert.h>

/* The columns as ", id, version, ..." behind the number. */
#define NAMED(column, name) ", " name
#define NAMED_OF_REQUEST(column, name) ", r." name

#define LISTED "SELECT number" LISTED_COLUMNS(NAMED) " FROM request WHERE "

/* OWNER is the table that knows whose event it is. */
#define EVENT_COLUMNS(owner) \
	"SELECT e.sequence, e.at, e.actor, e.actor_role, e.action, e.request_id, " owner ".organization, " owner ".payer," \
	" e.hash, "

/* What narrows a list within one payer or organization; the numbers are enum list_parameter. */
#define NARROWED \
	" AND (?6 IS NULL OR status = ?6) AND (?7 IS NULL OR service = ?7) AND (?8 IS NULL OR payer = ?8)" \
	" AND (?9 IS NULL OR review = ?9) AND (?10 IS NULL OR waiting_on = ?10)" \
	" AND (?11 IS NULL OR member_birth_date = ?11) AND (?12 IS NULL OR provider_npi = ?12)" \
	" AND (?13 IS NULL OR due_at < ?13)"

/* The caller's payers, when there are any. */
#define OF_PAYERS " AND (?18 = 0 OR payer IN (?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26))"

#define AFTER_CURSOR " AND (act_by, id) > (?3, ?4) ORDER BY act_by, id LIMIT ?5"

/* Lists that start from a number which names few rows. */
#define SELECTED \
	" AND (?2 IS NULL OR open = ?2) AND (?14 IS NULL OR tracking_number = ?14)" \
	" AND (?15 IS NULL OR submitter_reference = ?15) AND (?16 IS NULL OR member_id = ?16)" \
	" AND (?17 IS NULL OR organization = ?17)" OF_PAYERS NARROWED AFTER_CURSOR

static const struct statement statements[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = {FOR_WRITER, 1, "BEGIN IMMEDIATE"},
	[STATEMENT_COMMIT] = {FOR_WRITER, 1, "COMMIT"},
	[STATEMENT_ROLLBACK] = {FOR_WRITER, 1, "ROLLBACK"},
	[STATEMENT_REQUEST_INSERT] = {FOR_WRITER, 1,
				      "INSERT INTO request (number" LISTED_COLUMNS(NAMED)
					      UNLISTED_COLUMNS(NAMED) ")"
								      " VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
								      "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
								      " ?21, ?22, ?23, ?24, ?25)"},
	[STATEMENT_REQUEST_GUARD] = {FOR_WRITER, 1, "SELECT number, version, open FROM request WHERE id = ?1"},
	[STATEMENT_REQUEST_UPDATE] =
		{FOR_WRITER, 1,
		 "UPDATE request SET version = ?2, service = ?5, review = ?6, urgency = ?7, status = ?8, waiting_on = ?9,"
		 " open = ?10, due_at = ?12, act_by = ?13, act_by_rule = ?14, submitter_reference = ?16,"
		 " member_birth_date = ?17, provider_npi = ?18, policy_id = ?19, policy_version = ?20, missing_count = ?21,"
		 " requested_count = ?22, member_id = ?23, policy_digest = ?24, last_event = ?25"
		 " WHERE number = ?26 AND version = ?2 - 1 AND open = 1"},
	[STATEMENT_BODY_INSERT] = {FOR_WRITER, 1, "INSERT INTO request_body (request, body) VALUES (?1, ?2)"},
	[STATEMENT_BODY_UPDATE] = {FOR_WRITER, 1, "UPDATE request_body SET body = ?2 WHERE request = ?1"},
	[STATEMENT_EVENT_INSERT] =
		{FOR_WRITER, 1,
		 "INSERT INTO event (sequence, at, actor, actor_role, action, request_id, detail_digest, previous, hash)"
		 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
	[STATEMENT_DETAIL_INSERT] = {FOR_WRITER, 1, "INSERT INTO event_detail (sequence, salt, snapshot) VALUES (?1, ?2, ?3)"},
	[STATEMENT_FEED_INSERT] = {FOR_WRITER, 1,
				   "INSERT INTO event_feed (organization, sequence, payer)"
				   " SELECT organization, ?2, payer FROM request WHERE number = ?1"},
	[STATEMENT_IDEMPOTENCY_FIND] =
		{FOR_BOTH, 1,
		 "SELECT i.body, i.event, e.request_id FROM idempotency i JOIN event e ON e.sequence = i.event"
		 " WHERE i.principal = ?1 AND i.key = ?2"},
	[STATEMENT_IDEMPOTENCY_INSERT] =
		{FOR_WRITER, 1, "INSERT INTO idempotency (principal, key, body, at, event) VALUES (?1, ?2, ?3, ?4, ?5)"},
	[STATEMENT_POLICY_KEEP] =
		{FOR_WRITER, 1,
		 "INSERT INTO policy_text (digest, id, version, text) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (digest) DO NOTHING"},
	[STATEMENT_PRINCIPAL_INSERT] =
		{FOR_WRITER, 1,
		 "INSERT INTO principal (id, role, organization, payers, credential, token_digest, created_at)"
		 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
	[STATEMENT_REQUEST_READ] = {FOR_READER, 1,
				    "SELECT r.number" LISTED_COLUMNS(NAMED_OF_REQUEST)
					    UNLISTED_COLUMNS(NAMED_OF_REQUEST) ", d.snapshot"
									       " FROM request r LEFT JOIN event_detail d ON "
									       "d.sequence = r.last_event WHERE r.id = ?1"},
	[STATEMENT_BODY_READ] = {FOR_READER, 1,
				 "SELECT b.body FROM request r JOIN request_body b ON b.request = r.number WHERE r.id = ?1"},
	[STATEMENT_SNAPSHOT_READ] =
		{FOR_READER, 1,
		 "SELECT d.snapshot,"
		 " (SELECT count(*) FROM event p WHERE p.request_id = e.request_id AND p.sequence <= e.sequence)"
		 " FROM event e JOIN event_detail d ON d.sequence = e.sequence WHERE e.sequence = ?1"},
	[STATEMENT_PRINCIPAL_READ] =
		{FOR_READER, 1,
		 "SELECT id, role, organization, payers, credential FROM principal"
		 " WHERE token_digest = ?1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2)"},
	[STATEMENT_LIST_PAYER] = {FOR_READER, STATEMENT_COPIES, LISTED "payer = ?1 AND open = ?2" NARROWED AFTER_CURSOR},
	[STATEMENT_LIST_ORGANIZATION] = {FOR_READER, 2,
					 LISTED "organization = ?1 AND open = ?2" OF_PAYERS NARROWED AFTER_CURSOR},
	[STATEMENT_LIST_TRACKING] = {FOR_READER, 1, LISTED "tracking_number = ?1" SELECTED},
	[STATEMENT_LIST_REFERENCE] = {FOR_READER, 1, LISTED "submitter_reference = ?1" SELECTED},
	[STATEMENT_LIST_MEMBER] = {FOR_READER, 1, LISTED "member_id = ?1" SELECTED},
	[STATEMENT_TIMELINE] = {FOR_READER, 1,
				EVENT_COLUMNS("r") "d.snapshot FROM event e JOIN request r ON r.id = e.request_id"
						   " LEFT JOIN event_detail d ON d.sequence = e.sequence"
						   " WHERE e.request_id = ?1 AND e.sequence > ?2 ORDER BY e.sequence LIMIT ?3"},
	[STATEMENT_FEED_ORGANIZATION] =
		{FOR_READER, 1,
		 EVENT_COLUMNS("f") "NULL FROM event_feed f CROSS JOIN event e ON e.sequence = f.sequence"
				    " WHERE f.organization = ?1 AND f.sequence > ?2 ORDER BY f.sequence LIMIT ?3"},
	[STATEMENT_FEED_PAYER] = {FOR_READER, STATEMENT_COPIES / 2,
				  EVENT_COLUMNS("f") "NULL FROM event_feed f CROSS JOIN event e ON e.sequence = f.sequence"
						     " WHERE f.payer = ?1 AND f.sequence > ?2 ORDER BY f.sequence LIMIT ?3"},
	[STATEMENT_EVENT_WALK] =
		{FOR_READER, 1,
		 "SELECT e.sequence, e.at, e.actor, e.actor_role, e.action, e.request_id, e.detail_digest, e.previous, e.hash,"
		 " d.salt, d.snapshot FROM event e LEFT JOIN event_detail d ON d.sequence = e.sequence"
		 " WHERE e.sequence >= ?1 ORDER BY e.sequence"},
	[STATEMENT_EVENT_LAST] = {FOR_READER, 1, "SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1"},
	[STATEMENT_REQUEST_ASTRAY] =
		{FOR_READER, 1,
		 "SELECT r.last_event FROM request r LEFT JOIN event e ON e.sequence = r.last_event AND e.request_id = r.id"
		 " WHERE e.sequence IS NULL ORDER BY r.last_event LIMIT 1"},
};

const struct statement *statement_of(enum statement_id id)
{
	assert(id < STATEMENT_COUNT);
	return &statements[id];
}
