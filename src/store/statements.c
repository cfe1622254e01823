/* SPDX-License-Identifier: Apache-2.0 */
#include "store/statements.h"

#include "store/row.h"

#include <assert.h>

/* The columns as ", id, version, ..." behind the number. */
#define NAMED(column, name) ", " name
#define NAMED_OF_REQUEST(column, name) ", r." name

#define LISTED "SELECT number" LISTED_COLUMNS(NAMED) ", sensitivity FROM request WHERE "

/* OWNER is the table that knows whose event it is. An event that names no policy is of an older schema: its snapshot does, unless it is purged. */
#define EVENT_COLUMNS(owner) \
	"SELECT e.sequence, e.at, e.actor, e.actor_role, e.action, e.request_id, " owner ".organization, " owner ".payer," \
	" e.hash, r.sensitivity, r.service, r.provider_npi, r.policy_id, r.policy_version, ifnull(e.policy_digest," \
	" (SELECT json_extract(s.snapshot, '$.policy.digest') FROM event_detail s WHERE s.sequence = e.sequence" \
	" AND json_valid(s.snapshot))), "

/* Each event costs one look at its request, whose labels are those of now. */
#define FEED \
	"NULL FROM event_feed f CROSS JOIN event e ON e.sequence = f.sequence" \
	" CROSS JOIN request r ON r.id = e.request_id"

/* What stands in no list of requests, as the indexes of these say it. */
#define NO_RECORDS " AND review NOT IN ('care', 'standing')"

/* What narrows a list within one payer or organization; the numbers are enum list_parameter. */
#define NARROWED \
	NO_RECORDS \
	" AND (?6 IS NULL OR status = ?6) AND (?7 IS NULL OR service = ?7) AND (?8 IS NULL OR payer = ?8)" \
	" AND (?9 IS NULL OR review = ?9) AND (?10 IS NULL OR waiting_on = ?10)" \
	" AND (?11 IS NULL OR member_birth_date = ?11) AND (?12 IS NULL OR provider_npi = ?12)" \
	" AND (?13 IS NULL OR act_by < ?13) AND (?14 = 0 OR (tasks & ?14) <> 0) AND (sensitivity & ?29) = 0"

/* The caller's payers, when there are any. */
#define OF_PAYERS " AND (?20 = 0 OR payer IN (?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28))"

#define AFTER_CURSOR " AND (act_by, id) > (?3, ?4) ORDER BY act_by, id LIMIT ?5"

/* Lists that start from a number which names few rows. */
#define SELECTED \
	" AND (?2 IS NULL OR open = ?2) AND (?15 IS NULL OR tracking_number = ?15)" \
	" AND (?16 IS NULL OR submitter_reference = ?16) AND (?17 IS NULL OR member_id = ?17)" \
	" AND (?18 IS NULL OR authorization_number = ?18) AND (?19 IS NULL OR organization = ?19)" OF_PAYERS NARROWED \
		AFTER_CURSOR

/* The numbers are enum records_parameter. */
#define SERVICE_RECORDS \
	" AND (act_by, id) > (?2, ?3) AND (?5 IS NULL OR service = ?5) AND (?6 IS NULL OR provider_npi = ?6)" \
	" AND (?7 < 0 OR tasks = ?7) AND (?8 IS NULL OR payer = ?8) AND (sensitivity & ?9) = 0 ORDER BY act_by, id LIMIT ?4"

/* The numbers are enum obligations_parameter; each row costs one look at its record. */
#define OBLIGATIONS \
	"SELECT o.item, o.name, o.place, o.state, o.due_at, o.record, o.payer, o.service, o.organization, o.provider_npi," \
	" r.policy_id, r.policy_version, r.sensitivity FROM obligation o CROSS JOIN request r ON r.number = o.request WHERE "
#define OBLIGATIONS_PAGE \
	" AND o.state = ?2 AND (o.due_at, o.record, o.item, o.name) > (?3, ?4, ?5, ?6) AND (?8 IS NULL OR o.due_at < ?8)" \
	" AND (?9 IS NULL OR o.payer = ?9) AND (?10 IS NULL OR o.service = ?10) AND (?11 IS NULL OR o.provider_npi = ?11) " \
	"AND (r.sensitivity & ?12) = 0" \
	" ORDER BY o.due_at, o.record, o.item, o.name LIMIT ?7"

/* Columns of a decision; the first 20 are what is written, and their places the numbers of the parameters. */
#define DECISION_COLUMNS \
	"SELECT d.id, d.request_id, d.disposition, d.outcome, d.basis, d.reason, d.rationale, d.required, d.parts, d.decider," \
	" d.decider_role, d.credential, d.decided_at, d.late, d.supersedes, d.appeal, d.authorization_number, d.covered_from," \
	" d.covered_to, d.event, d.superseded_by, d.payer, d.service, d.review, d.organization, r.tracking_number, " \
	"r.sensitivity, "

/* The numbers are enum decisions_parameter. The last decision is read first; each row costs one look at its request. */
#define DECISIONS_PAGE \
	" AND (d.decided_at, d.id) < (?2, ?3) AND d.decided_at >= ?5" \
	" AND (?6 IS NULL OR d.outcome = ?6) AND (?7 IS NULL OR d.disposition = ?7) AND (?8 IS NULL OR d.payer = ?8)" \
	" AND (?9 IS NULL OR d.service = ?9) AND (?10 IS NULL OR d.review = ?10) AND (?11 IS NULL OR d.decider = ?11)" \
	" AND (?12 < 0 OR d.late = ?12) AND (?13 = 0 OR d.superseded_by IS NULL) AND (r.sensitivity & ?23) = 0" \
	" ORDER BY d.decided_at DESC, d.id DESC LIMIT ?4"

#define DECISIONS_OF_PAYERS " AND (?14 = 0 OR d.payer IN (?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22))"

/* What the digest of a request is made of; row.h has the places of the first ones. */
#define STATE_COLUMNS \
	"SELECT r.number" LISTED_COLUMNS( \
		NAMED_OF_REQUEST) ", r.member_id, r.policy_digest, r.wake_at, " \
				  "r.authorization_number, b.body, r.continues, r.episode, r.sensitivity"

static const struct statement statements[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = {FOR_WRITER, 1, "BEGIN IMMEDIATE"},
	[STATEMENT_COMMIT] = {FOR_WRITER, 1, "COMMIT"},
	[STATEMENT_ROLLBACK] = {FOR_WRITER, 1, "ROLLBACK"},
	[STATEMENT_REQUEST_INSERT] = {FOR_WRITER, 1,
				      "INSERT INTO request (number" LISTED_COLUMNS(NAMED)
					      UNLISTED_COLUMNS(NAMED) ")"
								      " VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
								      "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
								      " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30,"
								      " ?31 | ifnull((SELECT sensitivity FROM request"
								      " WHERE id = ?29), 0))"},
	[STATEMENT_REQUEST_TAKEN] = {FOR_WRITER, 1,
				     "SELECT EXISTS (SELECT 1 FROM request WHERE id = ?1)"
				     " OR EXISTS (SELECT 1 FROM request WHERE tracking_number = ?2)"},
	[STATEMENT_REQUEST_GUARD] = {FOR_WRITER, 1, "SELECT number, version, status FROM request WHERE id = ?1"},
	[STATEMENT_REQUEST_UPDATE] =
		{FOR_WRITER, 1,
		 "UPDATE request SET version = ?2, service = ?5, review = ?6, urgency = ?7, status = ?8, waiting_on = ?9,"
		 " open = ?10, due_at = ?12, act_by = ?13, act_by_rule = ?14, submitter_reference = ?16,"
		 " member_birth_date = ?17, provider_npi = ?18, policy_id = ?19, policy_version = ?20, missing_count = ?21,"
		 " requested_count = ?22, tasks = ?23, member_id = ?24, policy_digest = ?25, last_event = ?26, wake_at = ?27,"
		 " authorization_number = ?28, sensitivity = sensitivity | ?31 WHERE number = ?32 AND version = ?2 - 1"},
	[STATEMENT_BODY_INSERT] = {FOR_WRITER, 1, "INSERT INTO request_body (request, body) VALUES (?1, ?2)"},
	[STATEMENT_BODY_UPDATE] = {FOR_WRITER, 1, "UPDATE request_body SET body = ?2 WHERE request = ?1"},
	[STATEMENT_STATE] = {FOR_WRITER, 1,
			     STATE_COLUMNS
			     " FROM request r LEFT JOIN request_body b ON b.request = r.number WHERE r.number = ?1"},
	[STATEMENT_OBLIGATION_PUT] =
		{FOR_WRITER, 1,
		 "INSERT INTO obligation (request, item, name, place, state, due_at, record, payer, service, organization,"
		 " provider_npi) SELECT ?1, ?2, ?3, ?4, ?5, ?6, id, payer, service, organization, provider_npi FROM request"
		 " WHERE number = ?1 ON CONFLICT (request, item, name) DO UPDATE SET place = excluded.place,"
		 " state = excluded.state, due_at = excluded.due_at WHERE (place, state, due_at)"
		 " IS NOT (excluded.place, excluded.state, excluded.due_at)"},
	[STATEMENT_OBLIGATION_COUNT] = {FOR_WRITER, 1,
					"SELECT count(*) FROM obligation WHERE request = ?1 AND state <> 'retracted'"},
	[STATEMENT_OBLIGATION_RETRACT] = {FOR_WRITER, 1, "UPDATE obligation SET state = 'retracted' WHERE request = ?1"},
	[STATEMENT_OBLIGATIONS_OF] = {FOR_BOTH, 1,
				      "SELECT item, name, place, state, due_at, record, payer, service, organization,"
				      " provider_npi FROM obligation WHERE request = ?1 ORDER BY item, name"},
	[STATEMENT_EVENT_INSERT] =
		{FOR_WRITER, 1,
		 "INSERT INTO event (sequence, at, actor, actor_role, action, request_id, detail_digest, previous, hash,"
		 " state_digest, record_digest, policy_digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"},
	[STATEMENT_DETAIL_INSERT] = {FOR_WRITER, 1, "INSERT INTO event_detail (sequence, salt, snapshot) VALUES (?1, ?2, ?3)"},
	[STATEMENT_FEED_INSERT] = {FOR_WRITER, 1,
				   "INSERT INTO event_feed (organization, sequence, payer)"
				   " SELECT organization, ?2, payer FROM request WHERE number = ?1"},
	[STATEMENT_DECISION_SUPERSEDE] =
		{FOR_WRITER, 1,
		 "UPDATE decision SET superseded_by = ?2 WHERE id = ?1 AND request_id = ?3 AND superseded_by IS NULL"},
	[STATEMENT_DECISION_INSERT] = {FOR_WRITER, 1,
				       "INSERT INTO decision (id, request_id, disposition, outcome, basis, reason, rationale, "
				       "required, parts, decider,"
				       " decider_role, credential, decided_at, late, supersedes, appeal, authorization_number, "
				       "covered_from, covered_to,"
				       " event, payer, service, review, organization)"
				       " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ifnull(?8, '[]'), ifnull(?9, '{}'), ?10, ?11, ?12, "
				       "?13, ?14, ?15, ?16, ?17,"
				       " ?18, ?19, ?20, payer, service, review, organization FROM request WHERE id = ?2"},
	[STATEMENT_APPEAL_INSERT] =
		{FOR_WRITER, 1,
		 "INSERT INTO appeal (id, request_id, decision, kind, appellant, status, received_at, due_at, event)"
		 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
	[STATEMENT_APPEAL_DECIDE] = {FOR_WRITER, 1,
				     "UPDATE appeal SET status = ?2, decided_at = ?3, decider = ?4, decider_role = ?5, "
				     "credential = ?6, rationale = ?7,"
				     " decided_event = ?8 WHERE id = ?1"},
	[STATEMENT_IDEMPOTENCY_FIND] =
		{FOR_BOTH, 1,
		 "SELECT i.body, i.event, e.request_id FROM idempotency i JOIN event e ON e.sequence = i.event"
		 " WHERE i.principal = ?1 AND i.key = ?2"},
	[STATEMENT_IDEMPOTENCY_INSERT] =
		{FOR_WRITER, 1, "INSERT INTO idempotency (principal, key, body, at, event) VALUES (?1, ?2, ?3, ?4, ?5)"},
	[STATEMENT_POLICY_KEEP] =
		{FOR_WRITER, 1,
		 "INSERT INTO policy_text (digest, id, version, text) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (digest) DO NOTHING"},
	[STATEMENT_POLICY_ANOTHER] =
		{FOR_WRITER, 1,
		 "SELECT EXISTS (SELECT 1 FROM policy_text WHERE id = ?1 AND version = ?2)"
		 " AND NOT EXISTS (SELECT 1 FROM policy_text WHERE id = ?1 AND version = ?2 AND digest = ?3)"},
	[STATEMENT_POLICY_FIRST] = {FOR_WRITER, 1,
				    "SELECT digest FROM policy_text WHERE id = ?1 AND version = ?2 ORDER BY rowid LIMIT 1"},
	/*
	 * Only names whose text is kept can stand in a row: while all of them are loaded no row is looked at. Otherwise each payer's open
	 * requests and records of care are read once, from their index.
	 */
	[STATEMENT_POLICY_NEEDED] =
		{FOR_WRITER, 1,
		 "WITH RECURSIVE missing (id, version) AS (SELECT DISTINCT id, version FROM policy_text"
		 " WHERE id || ' ' || version NOT IN (SELECT value FROM json_each(?1))),"
		 " asking (payer) AS (SELECT min(payer) FROM request WHERE EXISTS (SELECT 1 FROM missing)" NO_RECORDS
		 " UNION ALL SELECT (SELECT min(payer) FROM request WHERE payer > asking.payer" NO_RECORDS
		 ") FROM asking WHERE payer IS NOT NULL),"
		 " caring (payer) AS (SELECT min(payer) FROM request WHERE EXISTS (SELECT 1 FROM missing) AND review = 'care'"
		 " UNION ALL SELECT (SELECT min(payer) FROM request WHERE payer > caring.payer AND review = 'care')"
		 " FROM caring WHERE payer IS NOT NULL)"
		 " SELECT policy_id, policy_version, sum(care = 0), sum(care) FROM ("
		 "SELECT policy_id, policy_version, 0 AS care FROM asking CROSS JOIN request r WHERE r.payer = asking.payer"
		 " AND open = 1" NO_RECORDS " AND (policy_id, policy_version) IN (SELECT id, version FROM missing)"
		 " UNION ALL SELECT policy_id, policy_version, 1 FROM caring CROSS JOIN request r WHERE r.payer = caring.payer"
		 " AND review = 'care' AND (policy_id, policy_version) IN (SELECT id, version FROM missing))"
		 " GROUP BY 1, 2 ORDER BY 1, 2 LIMIT ?2"},
	[STATEMENT_PRINCIPAL_INSERT] = {FOR_WRITER, 1,
					"INSERT INTO principal (id, role, organization, payers, credential, token_digest, "
					"created_at, expires_at, entitled)"
					" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
	[STATEMENT_PRINCIPAL_GUARD] = {FOR_WRITER, 1, "SELECT revoked_at FROM principal WHERE id = ?1"},
	[STATEMENT_PRINCIPAL_REVOKE] = {FOR_WRITER, 1,
					"UPDATE principal SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL"},
	[STATEMENT_REQUEST_READ] = {FOR_READER, 1,
				    "SELECT r.number" LISTED_COLUMNS(NAMED_OF_REQUEST)
					    UNLISTED_COLUMNS(NAMED_OF_REQUEST) ", d.snapshot"
									       " FROM request r LEFT JOIN event_detail d ON "
									       "d.sequence = r.last_event WHERE r.id = ?1"},
	[STATEMENT_REQUEST_AS_OF] =
		{FOR_READER, 1,
		 "SELECT d.snapshot,"
		 " (SELECT count(*) FROM event p WHERE p.request_id = e.request_id AND p.sequence <= e.sequence)"
		 " FROM event e LEFT JOIN event_detail d ON d.sequence = e.sequence"
		 " WHERE e.request_id = ?1 AND e.at <= ?2 ORDER BY e.sequence DESC LIMIT 1"},
	[STATEMENT_REQUESTS_DUE] = {FOR_READER, 1, "SELECT id FROM request WHERE wake_at <= ?1 ORDER BY wake_at, id LIMIT ?2"},
	[STATEMENT_BODY_READ] = {FOR_READER, 1,
				 "SELECT b.body FROM request r JOIN request_body b ON b.request = r.number WHERE r.id = ?1"},
	[STATEMENT_SNAPSHOT_READ] =
		{FOR_READER, 1,
		 "SELECT d.snapshot,"
		 " (SELECT count(*) FROM event p WHERE p.request_id = e.request_id AND p.sequence <= e.sequence)"
		 " FROM event e JOIN event_detail d ON d.sequence = e.sequence WHERE e.sequence = ?1"},
	[STATEMENT_PRINCIPAL_READ] =
		{FOR_READER, 1,
		 "SELECT id, role, organization, payers, credential, entitled FROM principal"
		 " WHERE token_digest = ?1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2)"},
	[STATEMENT_PRINCIPAL_LIST] = {FOR_READER, 1,
				      "SELECT id, role, organization, payers, credential, entitled, created_at, expires_at, "
				      "revoked_at, count(*) OVER ()"
				      " FROM principal ORDER BY created_at, id"},
	[STATEMENT_LIST_PAYER] = {FOR_READER, STATEMENT_COPIES, LISTED "payer = ?1 AND open = ?2" NARROWED AFTER_CURSOR},
	[STATEMENT_LIST_ORGANIZATION] = {FOR_READER, 2,
					 LISTED "organization = ?1 AND open = ?2" OF_PAYERS NARROWED AFTER_CURSOR},
	[STATEMENT_LIST_PROVIDER] = {FOR_READER, 2,
				     LISTED "provider_npi = ?1 AND open = ?2 AND (?19 IS NULL OR organization = ?19)" OF_PAYERS
					     NARROWED AFTER_CURSOR},
	[STATEMENT_LIST_TRACKING] = {FOR_READER, 1, LISTED "tracking_number = ?1" SELECTED},
	[STATEMENT_LIST_AUTHORIZATION] = {FOR_READER, 1, LISTED "authorization_number = ?1" SELECTED},
	[STATEMENT_LIST_REFERENCE] = {FOR_READER, 1, LISTED "submitter_reference = ?1" SELECTED},
	[STATEMENT_LIST_MEMBER] = {FOR_READER, 1, LISTED "member_id = ?1" SELECTED},
	[STATEMENT_RECORDS_PAYER] = {FOR_READER, STATEMENT_COPIES / 2, LISTED "payer = ?1 AND review = 'care'" SERVICE_RECORDS},
	[STATEMENT_RECORDS_ORGANIZATION] = {FOR_READER, 1, LISTED "organization = ?1 AND review = 'care'" SERVICE_RECORDS},
	[STATEMENT_RECORDS_STANDING] =
		{FOR_READER, 1,
		 "SELECT id FROM request WHERE review = 'standing' AND payer = ?1 AND service = ?2 AND provider_npi = ?3"
		 " AND (?4 IS NULL OR organization = ?4) ORDER BY organization LIMIT ?5"},
	[STATEMENT_OBLIGATIONS_PAYER] = {FOR_READER, STATEMENT_COPIES, OBLIGATIONS "o.payer = ?1" OBLIGATIONS_PAGE},
	[STATEMENT_OBLIGATIONS_ORGANIZATION] = {FOR_READER, 2, OBLIGATIONS "o.organization = ?1" OBLIGATIONS_PAGE},
	[STATEMENT_DECISION_READ] = {FOR_READER, 1,
				     DECISION_COLUMNS "s.snapshot FROM decision d JOIN request r ON r.id = d.request_id"
						      " LEFT JOIN event_detail s ON s.sequence = d.event WHERE d.id = ?1"},
	[STATEMENT_DECISIONS_PAYER] = {FOR_READER, STATEMENT_COPIES / 2,
				       DECISION_COLUMNS "NULL FROM decision d CROSS JOIN request r ON r.id = d.request_id"
							" WHERE d.payer = ?1" DECISIONS_PAGE},
	[STATEMENT_DECISIONS_ORGANIZATION] = {FOR_READER, 1,
					      DECISION_COLUMNS
					      "NULL FROM decision d CROSS JOIN request r ON r.id = d.request_id"
					      " WHERE d.organization = ?1" DECISIONS_OF_PAYERS DECISIONS_PAGE},
	[STATEMENT_APPEAL_READ] =
		{FOR_READER, 1,
		 "SELECT a.id, a.request_id, a.decision, a.kind, a.appellant, a.status, a.received_at, a.due_at, a.decided_at,"
		 " a.decider, a.decider_role, a.credential, a.rationale, r.payer, r.organization, r.sensitivity"
		 " FROM appeal a JOIN request r ON r.id = a.request_id WHERE a.id = ?1"},
	/* What stands in the way: the effective outcome, and the status of one that continues it and is open or approved. */
	[STATEMENT_EPISODE_GUARD] =
		{FOR_BOTH, 1,
		 "SELECT d.outcome, o.status, o.organization, o.sensitivity"
		 " FROM request r LEFT JOIN decision d ON d.request_id = r.id AND d.superseded_by IS NULL"
		 " LEFT JOIN request o ON o.episode = ifnull(r.episode, r.id) AND o.continues = r.id"
		 " AND (o.status IN ('manual_route', 'incomplete', 'pending_con', 'in_review')"
		 " OR EXISTS (SELECT 1 FROM decision e WHERE e.request_id = o.id AND e.superseded_by IS NULL"
		 " AND e.outcome IN ('approved', 'approved_in_part'))) WHERE r.id = ?1 LIMIT 1"},
	[STATEMENT_EPISODE_READ] =
		{FOR_READER, 1,
		 "SELECT r.id, r.tracking_number, r.review, r.status, r.payer, r.organization, r.continues, d.outcome,"
		 " json_extract(b.body, '$.plan.authorization'), json_extract(b.body, '$.body.service_period'),"
		 " json_extract(b.body, '$.body.lines'), r.sensitivity"
		 " FROM request r JOIN request_body b ON b.request = r.number"
		 " LEFT JOIN decision d ON d.request_id = r.id AND d.superseded_by IS NULL"
		 " WHERE r.id = ?1 OR r.episode = ?1 ORDER BY r.number LIMIT ?2"},
	[STATEMENT_AUTHORIZED_MEMBER] =
		{FOR_READER, 1,
		 "SELECT r.service, json_extract(b.body, '$.plan.authorization')"
		 " FROM request r JOIN request_body b ON b.request = r.number"
		 " JOIN decision d ON d.request_id = r.id AND d.superseded_by IS NULL"
		 " WHERE r.member_id = ?1 AND r.payer = ?2 AND ifnull(r.episode, r.id) <> ?3"
		 " AND (?4 IS NULL OR r.organization = ?4) AND d.authorization_number IS NOT NULL AND r.sensitivity = 0"
		 " ORDER BY d.covered_to DESC, r.id LIMIT ?5"},
	[STATEMENT_EVENT_BY] = {FOR_READER, 1,
				"SELECT 1 FROM event WHERE request_id = ?1 AND actor = ?2"
				" AND action IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) LIMIT 1"},
	[STATEMENT_TIMELINE] = {FOR_READER, 1,
				EVENT_COLUMNS("r") "d.snapshot FROM event e JOIN request r ON r.id = e.request_id"
						   " LEFT JOIN event_detail d ON d.sequence = e.sequence"
						   " WHERE e.request_id = ?1 AND e.sequence > ?2 ORDER BY e.sequence LIMIT ?3"},
	[STATEMENT_FEED_ORGANIZATION] = {FOR_READER, 1,
					 EVENT_COLUMNS("f") FEED
					 " WHERE f.organization = ?1 AND f.sequence > ?2 AND (r.sensitivity & ?4) = 0"
					 " ORDER BY f.sequence LIMIT ?3"},
	[STATEMENT_FEED_PAYER] = {FOR_READER, STATEMENT_COPIES / 2,
				  EVENT_COLUMNS("f") FEED " WHERE f.payer = ?1 AND f.sequence > ?2 AND (r.sensitivity & ?4) = 0"
							  " ORDER BY f.sequence LIMIT ?3"},
	[STATEMENT_EVENT_WALK] =
		{FOR_READER, 1,
		 "SELECT e.sequence, e.at, e.actor, e.actor_role, e.action, e.request_id, e.detail_digest, e.previous, e.hash,"
		 " d.salt, d.snapshot, e.state_digest, e.record_digest, e.policy_digest FROM event e LEFT JOIN event_detail d"
		 " ON d.sequence = e.sequence"
		 " WHERE e.sequence >= ?1 ORDER BY e.sequence"},
	[STATEMENT_EVENT_LAST] = {FOR_READER, 1, "SELECT sequence, hash, at FROM event ORDER BY sequence DESC LIMIT 1"},
	[STATEMENT_EVENT_NEWEST] = {FOR_READER, 1, "SELECT ifnull(max(sequence), 0) FROM event"},
	[STATEMENT_REQUEST_ASTRAY] =
		{FOR_READER, 1,
		 "SELECT r.last_event FROM request r LEFT JOIN event e ON e.sequence = r.last_event AND e.request_id = r.id"
		 " WHERE e.sequence IS NULL ORDER BY r.last_event LIMIT 1"},
	[STATEMENT_EVENT_ASTRAY] =
		{FOR_READER, 1,
		 "SELECT e.sequence FROM event e LEFT JOIN request r ON r.id = e.request_id WHERE r.id IS NULL"
		 " ORDER BY e.sequence LIMIT 1"},
	[STATEMENT_DETAIL_ASTRAY] = {FOR_READER, 1,
				     "SELECT sequence FROM event_detail WHERE sequence < 1 OR sequence > ?1 LIMIT 1"},
	[STATEMENT_DETAIL_MISSING] = {FOR_READER, 1,
				      "SELECT last_event FROM request WHERE NOT EXISTS (SELECT 1 FROM event_detail d"
				      " WHERE d.sequence = last_event) LIMIT 1"},
	/* Of an instant the whole seconds are compared: SQLite would round its fraction. */
	[STATEMENT_REQUEST_DIFFERS] =
		{FOR_READER, 1,
		 "SELECT * FROM (SELECT r.last_event, CASE"
		 " WHEN r.version <> (SELECT count(*) FROM event e WHERE e.request_id = r.id) THEN 'number of events'"
		 " WHEN d.sequence IS NULL OR NOT json_valid(d.snapshot) THEN NULL"
		 " WHEN ifnull(json_extract(d.snapshot, '$.status'), r.status) IS NOT r.status THEN 'status'"
		 " WHEN ifnull(json_extract(d.snapshot, '$.waiting_on'), r.waiting_on) IS NOT r.waiting_on THEN 'waiting_on'"
		 " WHEN ifnull(json_extract(d.snapshot, '$.version'), r.version) IS NOT r.version THEN 'version'"
		 " WHEN ifnull(json_extract(d.snapshot, '$.tracking_number'), r.tracking_number) IS NOT r.tracking_number THEN "
		 "'tracking_number'"
		 " WHEN ifnull(json_extract(d.snapshot, '$.payer'), r.payer) IS NOT r.payer THEN 'payer'"
		 " WHEN ifnull(json_extract(d.snapshot, '$.service'), r.service) IS NOT r.service THEN 'service'"
		 " WHEN ifnull(json_extract(d.snapshot, '$.review'), r.review) IS NOT r.review THEN 'review'"
		 " WHEN ifnull(json_array_length(d.snapshot, '$.missing'), r.missing_count) <> r.missing_count THEN 'missing'"
		 " WHEN ifnull(json_array_length(d.snapshot, '$.requested'), r.requested_count) <> r.requested_count THEN "
		 "'requested'"
		 " WHEN json_type(d.snapshot, '$.clock.due_at') IS NOT NULL AND r.due_at / 1000000 IS NOT"
		 " (SELECT CAST(strftime('%s', substr(value, 1, 19) || CASE substr(value, -1) WHEN 'Z' THEN 'Z' ELSE "
		 "substr(value, -6)"
		 " END) AS INTEGER) FROM (SELECT json_extract(d.snapshot, '$.clock.due_at') AS value)) THEN 'due_at'"
		 " WHEN json_extract(d.snapshot, '$.decision.id') IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decision c"
		 " WHERE c.id = json_extract(d.snapshot, '$.decision.id') AND c.request_id = r.id) THEN 'decision'"
		 " WHEN (r.status IN ('decided', 'returned', 'withdrawn', 'not_required') OR (r.status = 'recorded' AND "
		 "EXISTS (SELECT 1 FROM event e WHERE e.request_id = r.id AND e.action = 'closed_elsewhere'))) AND EXISTS"
		 " (SELECT 1 FROM event e WHERE e.sequence = r.last_event AND e.state_digest IS NOT NULL) AND NOT EXISTS"
		 " (SELECT 1 FROM decision c WHERE c.request_id = r.id AND c.superseded_by IS NULL) THEN 'decision'"
		 " END AS member FROM request r LEFT JOIN event_detail d ON d.sequence = r.last_event)"
		 " WHERE member IS NOT NULL LIMIT 1"},
	[STATEMENT_DECISION_DIFFERS] =
		{FOR_READER, 1,
		 "SELECT * FROM (SELECT c.event, CASE"
		 " WHEN c.superseded_by IS NOT (SELECT n.id FROM decision n WHERE n.supersedes = c.id) THEN 'superseded_by'"
		 " WHEN NOT EXISTS (SELECT 1 FROM event e WHERE e.sequence = c.event AND e.request_id = c.request_id)"
		 " THEN 'event'"
		 " WHEN EXISTS (SELECT 1 FROM event e, request r WHERE e.sequence = c.event AND e.state_digest IS NULL"
		 " AND r.id = c.request_id AND (c.id IS NOT 'dec_' || substr(r.id, 5) OR c.disposition IS NOT r.status"
		 " OR c.decided_at IS NOT e.at OR c.decider NOT IN (e.actor, 'system') OR c.late <> 0 OR c.required <> '[]'"
		 " OR c.parts <> '{}' OR coalesce(c.rationale, c.credential, c.basis, c.supersedes, c.appeal) IS NOT NULL"
		 " OR (c.payer, c.service, c.review, c.organization) IS NOT (r.payer, r.service, r.review, r.organization)))"
		 " THEN 'disposition'"
		 " WHEN d.sequence IS NULL OR NOT json_valid(d.snapshot) THEN NULL"
		 " WHEN ifnull(json_extract(d.snapshot, '$.decision.id'), c.id) IS NOT c.id THEN 'decision.id'"
		 " WHEN json_type(d.snapshot, '$.decision.outcome') IS NOT NULL"
		 " AND json_extract(d.snapshot, '$.decision.outcome') IS NOT c.outcome THEN 'decision.outcome'"
		 " END AS member FROM decision c LEFT JOIN event_detail d ON d.sequence = c.event)"
		 " WHERE member IS NOT NULL LIMIT 1"},
	[STATEMENT_APPEAL_DIFFERS] =
		{FOR_READER, 1,
		 "SELECT * FROM (SELECT ifnull(a.decided_event, a.event), CASE"
		 " WHEN NOT EXISTS (SELECT 1 FROM event e WHERE e.sequence = ifnull(a.decided_event, a.event)"
		 " AND e.request_id = a.request_id) THEN 'event'"
		 " WHEN EXISTS (SELECT 1 FROM event_detail d, json_each(d.snapshot, '$.appeals') p"
		 " WHERE d.sequence IN (ifnull(a.decided_event, a.event), r.last_event) AND json_valid(d.snapshot)"
		 " AND json_extract(p.value, '$.id') = a.id AND json_extract(p.value, '$.status') IS NOT a.status)"
		 " THEN 'appeals.status'"
		 " WHEN CASE WHEN a.decided_event IS NULL THEN a.status <> 'open' OR coalesce(a.decided_at, a.decider, "
		 "a.decider_role,"
		 " a.credential, a.rationale) IS NOT NULL ELSE a.status = 'open' END THEN 'status'"
		 " WHEN a.status = 'overturned' AND NOT EXISTS (SELECT 1 FROM decision c WHERE c.appeal = a.id) THEN 'decision'"
		 " END AS member FROM appeal a LEFT JOIN request r ON r.id = a.request_id) WHERE member IS NOT NULL LIMIT 1"},
	[STATEMENT_RECORD_ASTRAY] =
		{FOR_READER, 1,
		 "SELECT e.sequence FROM decision c JOIN event e ON e.sequence = c.event"
		 " WHERE e.record_digest IS NULL AND e.state_digest IS NOT NULL"
		 " UNION ALL SELECT e.sequence FROM appeal a JOIN event e ON e.sequence IN (a.event, a.decided_event)"
		 " WHERE e.record_digest IS NULL LIMIT 1"},
	[STATEMENT_OBLIGATION_ASTRAY] =
		{FOR_READER, 1,
		 "SELECT ifnull(r.last_event, 0) FROM obligation o LEFT JOIN request r ON r.number = o.request"
		 " WHERE r.review IS NOT 'care' LIMIT 1"},
	[STATEMENT_FEED_DIFFERS] =
		{FOR_READER, 1,
		 "SELECT e.sequence FROM event e JOIN request r ON r.id = e.request_id LEFT JOIN event_feed f"
		 " ON f.organization = r.organization AND f.sequence = e.sequence"
		 " WHERE f.payer IS NOT r.payer LIMIT 1"},
	[STATEMENT_FEED_ASTRAY] =
		{FOR_READER, 1,
		 "SELECT f.sequence FROM event_feed f LEFT JOIN event e ON e.sequence = f.sequence"
		 " LEFT JOIN request r ON r.id = e.request_id WHERE r.organization IS NOT f.organization LIMIT 1"},
	[STATEMENT_POLICY_MISSING] =
		{FOR_READER, 1,
		 "SELECT r.last_event FROM request r WHERE r.policy_digest IS NOT NULL AND EXISTS (SELECT 1 FROM policy_text)"
		 " AND NOT EXISTS (SELECT 1 FROM policy_text p WHERE p.digest = r.policy_digest) LIMIT 1"},
	[STATEMENT_STATE_WALK] = {FOR_READER, 1,
				  STATE_COLUMNS
				  ", e.sequence, e.state_digest FROM request r JOIN event e ON e.sequence = r.last_event"
				  " LEFT JOIN request_body b ON b.request = r.number WHERE e.state_digest IS NOT NULL"},
	[STATEMENT_RECORD_WALK] =
		{FOR_READER, 1,
		 "SELECT e.sequence, e.record_digest, d.id, d.request_id, d.disposition, d.outcome, d.basis, d.reason, "
		 "d.rationale,"
		 " d.required, d.parts, d.decider, d.decider_role, d.credential, d.decided_at, d.late, d.supersedes, d.appeal,"
		 " d.authorization_number, d.covered_from, d.covered_to, d.payer, d.service, d.review, d.organization,"
		 " a.id, a.request_id, a.decision, a.kind, a.appellant, a.received_at, a.due_at,"
		 " b.id, b.status, b.decided_at, b.decider, b.decider_role, b.credential, b.rationale"
		 " FROM event e LEFT JOIN decision d ON d.event = e.sequence LEFT JOIN appeal a ON a.event = e.sequence"
		 " LEFT JOIN appeal b ON b.decided_event = e.sequence WHERE e.record_digest IS NOT NULL"},
	[STATEMENT_POLICY_WALK] = {FOR_READER, 1, "SELECT digest, text, id, version FROM policy_text"},
};

const struct statement *statement_of(enum statement_id id)
{
	assert(id < STATEMENT_COUNT);
	return &statements[id];
}
