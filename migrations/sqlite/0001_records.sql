-- SPDX-License-Identifier: Apache-2.0
-- Requests with their payloads, the chained events with their snapshots, idempotency keys, principals, policy texts.
-- Instants are microseconds of UTC. What is small and often read is kept apart from what is large.

PRAGMA application_id = 1095923319;

CREATE TABLE request (
	number INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 39),
	version INTEGER NOT NULL CHECK (version >= 1),
	tracking_number TEXT NOT NULL UNIQUE,
	payer TEXT NOT NULL,
	service TEXT NOT NULL,
	review TEXT NOT NULL,
	urgency TEXT,
	status TEXT NOT NULL CHECK (status IN ('manual_route', 'not_required', 'returned', 'incomplete', 'pending_con',
		'in_review', 'decided', 'withdrawn', 'recorded')),
	waiting_on TEXT NOT NULL CHECK (waiting_on IN ('provider', 'plan', 'con_reviewer', 'nobody')),
	open INTEGER NOT NULL CHECK (open IN (0, 1)),
	received_at INTEGER NOT NULL,
	due_at INTEGER,
	act_by INTEGER NOT NULL, -- the largest integer when there is none, so that such rows come last
	act_by_rule TEXT,
	organization TEXT NOT NULL, -- empty when nobody outside the plan owns it
	submitter_reference TEXT,
	member_birth_date TEXT,
	provider_npi TEXT,
	policy_id TEXT,
	policy_version TEXT,
	missing_count INTEGER NOT NULL CHECK (missing_count >= 0),
	requested_count INTEGER NOT NULL CHECK (requested_count >= 0),
	member_id TEXT,
	policy_digest TEXT,
	last_event INTEGER NOT NULL,
	-- Deferred: the request is written first, so that a refused one leaves nothing behind.
	FOREIGN KEY (id, last_event) REFERENCES event (request_id, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- Worklists, of payer staff and of a provider's organization, are read from these indexes alone.
CREATE INDEX request_by_payer ON request (payer, open, act_by, id, status, waiting_on, service, review, urgency,
	organization, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count);
CREATE INDEX request_by_organization ON request (organization, open, act_by, id, status, waiting_on, service, review, urgency,
	payer, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count);
CREATE INDEX request_by_member ON request (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX request_by_reference ON request (submitter_reference) WHERE submitter_reference IS NOT NULL;

CREATE TABLE request_body (
	request INTEGER PRIMARY KEY REFERENCES request (number),
	body TEXT NOT NULL
) STRICT;

CREATE TABLE event (
	sequence INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	actor_role TEXT NOT NULL,
	action TEXT NOT NULL,
	request_id TEXT NOT NULL REFERENCES request (id),
	detail_digest BLOB NOT NULL CHECK (length(detail_digest) = 32),
	previous BLOB NOT NULL CHECK (length(previous) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	UNIQUE (request_id, sequence)
) STRICT;

-- What an event's digest covers; a row may be purged without breaking the chain.
CREATE TABLE event_detail (
	sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
	salt BLOB NOT NULL CHECK (length(salt) = 16),
	snapshot TEXT NOT NULL
) STRICT;

-- Whose feed an event is in: derived from its request, so that a feed reads only its own rows.
CREATE TABLE event_feed (
	organization TEXT NOT NULL,
	sequence INTEGER NOT NULL REFERENCES event (sequence),
	payer TEXT NOT NULL,
	PRIMARY KEY (organization, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_feed_by_payer ON event_feed (payer, sequence);

CREATE TABLE idempotency (
	principal TEXT NOT NULL,
	key TEXT NOT NULL,
	body BLOB NOT NULL CHECK (length(body) = 32),
	at INTEGER NOT NULL,
	event INTEGER NOT NULL REFERENCES event (sequence),
	PRIMARY KEY (principal, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_text (
	digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
	id TEXT NOT NULL,
	version TEXT NOT NULL,
	text TEXT NOT NULL
) STRICT;

CREATE TABLE principal (
	id TEXT PRIMARY KEY,
	role TEXT NOT NULL,
	organization TEXT CHECK (organization <> ''),
	payers TEXT NOT NULL, -- separated by spaces
	credential TEXT,
	token_digest BLOB NOT NULL UNIQUE CHECK (length(token_digest) = 32),
	created_at INTEGER NOT NULL,
	expires_at INTEGER,
	revoked_at INTEGER
) STRICT;

CREATE TRIGGER event_not_updated BEFORE UPDATE ON event
BEGIN
	SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER event_not_deleted BEFORE DELETE ON event
BEGIN
	SELECT RAISE(ABORT, 'events are append-only');
END;
-- Also what stops INSERT OR REPLACE, which fires no delete trigger unless the connection asks for it.
CREATE TRIGGER event_in_order BEFORE INSERT ON event
WHEN NEW.sequence IS NOT (SELECT ifnull(max(sequence), 0) + 1 FROM event)
	OR NEW.previous IS NOT ifnull((SELECT hash FROM event WHERE sequence = NEW.sequence - 1), zeroblob(32))
BEGIN
	SELECT RAISE(ABORT, 'an event follows the last one');
END;

CREATE TRIGGER event_detail_not_updated BEFORE UPDATE ON event_detail
BEGIN
	SELECT RAISE(ABORT, 'snapshots are not edited');
END;
CREATE TRIGGER event_detail_once BEFORE INSERT ON event_detail
WHEN EXISTS (SELECT 1 FROM event_detail WHERE sequence = NEW.sequence)
BEGIN
	SELECT RAISE(ABORT, 'snapshots are not edited');
END;

CREATE TRIGGER request_starts_at_one BEFORE INSERT ON request
WHEN NEW.version <> 1
BEGIN
	SELECT RAISE(ABORT, 'a request starts at version 1');
END;
CREATE TRIGGER request_closed BEFORE UPDATE ON request
WHEN OLD.open = 0
BEGIN
	SELECT RAISE(ABORT, 'a closed request does not change');
END;
CREATE TRIGGER request_next_version BEFORE UPDATE ON request
WHEN NEW.version IS NOT OLD.version + 1 OR NEW.last_event <= OLD.last_event
BEGIN
	SELECT RAISE(ABORT, 'a change is the next version and has its own event');
END;
CREATE TRIGGER request_identity BEFORE UPDATE OF number, id, tracking_number, payer, organization, received_at ON request
BEGIN
	SELECT RAISE(ABORT, 'the identity of a request does not change');
END;
CREATE TRIGGER request_not_deleted BEFORE DELETE ON request
BEGIN
	SELECT RAISE(ABORT, 'requests are not deleted');
END;

PRAGMA user_version = 1;
