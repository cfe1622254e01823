-- SPDX-License-Identifier: Apache-2.0
-- Decisions and appeals, what is to be done about a request and when time changes it, and what a closed request keeps.
-- Blank text is text of nothing but white space and characters without a width, as Unicode has them: the long literals are
-- their UTF-8 (U+0009 to 000D, 0020, 0085, 00A0, 00AD, 034F, 1680, 180E, 2000 to 200F, 2028 to 202F, 205F to 2064, 2800, 3000,
-- 3164, FEFF). Triggers read JSON through json_each and json_tree: SQLite 3.40 takes its other JSON functions for unsafe in a
-- schema that is not trusted.

DROP TRIGGER request_closed;
DROP TRIGGER request_next_version;
DROP TRIGGER request_identity;
DROP TRIGGER event_detail_once;
DROP INDEX request_by_payer;
DROP INDEX request_by_organization;

ALTER TABLE request ADD COLUMN tasks INTEGER NOT NULL DEFAULT 0 CHECK (tasks BETWEEN 0 AND 65535);
ALTER TABLE request ADD COLUMN wake_at INTEGER;
ALTER TABLE request ADD COLUMN authorization_number TEXT;

-- What an event left: the request's row and papers, and the decision and appeal that were recorded with it. The chain covers both
-- digests. Events from before have none.
ALTER TABLE event ADD COLUMN state_digest BLOB CHECK (length(state_digest) = 32);
ALTER TABLE event ADD COLUMN record_digest BLOB CHECK (record_digest IS NULL
	OR (length(record_digest) = 32 AND state_digest IS NOT NULL));

CREATE TRIGGER event_says_what_it_left BEFORE INSERT ON event
WHEN NEW.state_digest IS NULL
BEGIN
	SELECT RAISE(ABORT, 'an event says what it left');
END;
-- A snapshot may be purged; none is written afterwards.
CREATE TRIGGER event_detail_once BEFORE INSERT ON event_detail
WHEN EXISTS (SELECT 1 FROM event_detail WHERE sequence = NEW.sequence)
	OR NEW.sequence IS NOT (SELECT max(sequence) FROM event)
BEGIN
	SELECT RAISE(ABORT, 'snapshots are not edited');
END;
CREATE TRIGGER policy_text_not_updated BEFORE UPDATE ON policy_text
BEGIN
	SELECT RAISE(ABORT, 'the text of a policy version stays as it was');
END;
CREATE TRIGGER policy_text_not_deleted BEFORE DELETE ON policy_text
BEGIN
	SELECT RAISE(ABORT, 'the text of a policy version stays as it was');
END;
CREATE TRIGGER policy_text_once BEFORE INSERT ON policy_text
WHEN EXISTS (SELECT 1 FROM policy_text WHERE digest = NEW.digest)
BEGIN
	SELECT RAISE(IGNORE);
END;

-- What the requests that are here wait for, as far as their newest snapshot says it. When time next changes one that has a clock
-- is not known here: it is looked at at once.
UPDATE request SET wake_at = received_at
WHERE status IN ('manual_route', 'incomplete', 'pending_con', 'in_review')
	AND (due_at IS NOT NULL OR act_by < 9223372036854775807);
UPDATE request SET tasks = 1 WHERE status = 'manual_route';
UPDATE request SET tasks =
	CASE status WHEN 'pending_con' THEN 16 WHEN 'in_review' THEN 32 ELSE 0 END
	| CASE WHEN missing_count + requested_count > 0 THEN 8 ELSE 0 END
	| ifnull((SELECT CASE WHEN json_type(d.snapshot, '$.proposed_return') = 'object' THEN 4 ELSE 0 END
		| CASE WHEN request.status = 'incomplete' AND json_extract(d.snapshot, '$.outreach.made')
			< json_extract(d.snapshot, '$.outreach.required_before_return') THEN 2 ELSE 0 END
		FROM event_detail d WHERE d.sequence = request.last_event AND json_valid(d.snapshot)), 0)
WHERE status IN ('incomplete', 'pending_con', 'in_review');

-- Worklists, of payer staff and of a provider's organization, are read from these indexes alone.
CREATE INDEX request_by_payer ON request (payer, open, act_by, id, status, waiting_on, service, review, urgency,
	organization, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count, tasks);
CREATE INDEX request_by_organization ON request (organization, open, act_by, id, status, waiting_on, service, review, urgency,
	payer, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count, tasks);
CREATE INDEX request_by_provider ON request (provider_npi, open, act_by, id) WHERE provider_npi IS NOT NULL;
CREATE INDEX request_by_authorization ON request (authorization_number) WHERE authorization_number IS NOT NULL;
CREATE INDEX request_by_wake ON request (wake_at, id) WHERE wake_at IS NOT NULL;

CREATE TRIGGER request_once BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE number = NEW.number)
	OR EXISTS (SELECT 1 FROM request WHERE id = NEW.id)
	OR EXISTS (SELECT 1 FROM request WHERE tracking_number = NEW.tracking_number)
BEGIN
	SELECT RAISE(ABORT, 'a request is not replaced');
END;
CREATE TRIGGER request_next_version BEFORE UPDATE ON request
WHEN NEW.version IS NOT OLD.version + 1 OR NEW.last_event <= OLD.last_event
BEGIN
	SELECT RAISE(ABORT, 'a change is the next version and has its own event');
END;
CREATE TRIGGER request_identity BEFORE UPDATE ON request
WHEN (NEW.number, NEW.id, NEW.tracking_number, NEW.payer, NEW.organization, NEW.received_at)
	IS NOT (OLD.number, OLD.id, OLD.tracking_number, OLD.payer, OLD.organization, OLD.received_at)
BEGIN
	SELECT RAISE(ABORT, 'the identity of a request does not change');
END;
-- Notices, appeals, corrections and time move only where it stands, never what was judged.
CREATE TRIGGER request_closed BEFORE UPDATE ON request
WHEN OLD.status NOT IN ('manual_route', 'incomplete', 'pending_con', 'in_review')
	AND (NEW.status, NEW.service, NEW.review, NEW.urgency, NEW.due_at, NEW.submitter_reference, NEW.member_id,
		NEW.member_birth_date, NEW.provider_npi, NEW.policy_id, NEW.policy_version, NEW.policy_digest,
		NEW.missing_count, NEW.requested_count)
	IS NOT (OLD.status, OLD.service, OLD.review, OLD.urgency, OLD.due_at, OLD.submitter_reference, OLD.member_id,
		OLD.member_birth_date, OLD.provider_npi, OLD.policy_id, OLD.policy_version, OLD.policy_digest,
		OLD.missing_count, OLD.requested_count)
BEGIN
	SELECT RAISE(ABORT, 'a closed request does not change');
END;
-- Whole seconds: what an answer says of an instant has no fraction.
CREATE TRIGGER request_ended BEFORE UPDATE ON request
WHEN OLD.status IN ('returned', 'withdrawn', 'not_required', 'recorded')
	AND (NEW.open, NEW.waiting_on, NEW.tasks, NEW.authorization_number, NEW.act_by / 1000000, NEW.act_by_rule, NEW.wake_at)
	IS NOT (OLD.open, OLD.waiting_on, OLD.tasks, OLD.authorization_number, OLD.act_by / 1000000, OLD.act_by_rule, OLD.wake_at)
BEGIN
	SELECT RAISE(ABORT, 'of a request that was closed without a determination nothing is still to be done');
END;
CREATE TRIGGER request_reviewed_first BEFORE UPDATE ON request
WHEN NEW.status = 'decided' AND OLD.status NOT IN ('in_review', 'decided')
BEGIN
	SELECT RAISE(ABORT, 'only a request in review is decided');
END;

CREATE TRIGGER request_body_once BEFORE INSERT ON request_body
WHEN EXISTS (SELECT 1 FROM request_body WHERE request = NEW.request)
BEGIN
	SELECT RAISE(ABORT, 'papers are not replaced');
END;
CREATE TRIGGER request_body_not_deleted BEFORE DELETE ON request_body
BEGIN
	SELECT RAISE(ABORT, 'papers are not deleted');
END;
CREATE TRIGGER request_body_of_its_request BEFORE UPDATE ON request_body
WHEN NEW.request IS NOT OLD.request
BEGIN
	SELECT RAISE(ABORT, 'papers stay with their request');
END;
CREATE TRIGGER request_body_closed BEFORE UPDATE ON request_body
WHEN EXISTS (SELECT 1 FROM request WHERE number = OLD.request
		AND status NOT IN ('manual_route', 'incomplete', 'pending_con', 'in_review'))
	AND (SELECT type || ':' || value FROM json_each(NEW.body) WHERE key = 'body')
		IS NOT (SELECT type || ':' || value FROM json_each(OLD.body) WHERE key = 'body')
BEGIN
	SELECT RAISE(ABORT, 'the papers of a closed request do not change');
END;

CREATE TABLE decision (
	number INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 39),
	request_id TEXT NOT NULL,
	event INTEGER NOT NULL,
	disposition TEXT NOT NULL CONSTRAINT "the disposition of a decision is one of a closed list"
		CHECK (disposition IN ('determined', 'returned', 'not_required', 'withdrawn', 'closed_elsewhere')),
	outcome TEXT CONSTRAINT "the outcome of a determination is one of a closed list"
		CHECK (outcome IN ('approved', 'approved_in_part', 'denied')),
	basis TEXT CONSTRAINT "the basis of a determination is one of a closed list"
		CHECK (basis IN ('criterion_not_met', 'not_eligible_part', 'primary_payer_part', 'retroactive_days', 'before_con',
			'policy_limit', 'interqual_limit', 'insufficient_information')),
	reason TEXT,
	rationale TEXT,
	required TEXT NOT NULL, -- a JSON array of words
	parts TEXT NOT NULL, -- a JSON object
	decider TEXT,
	decider_role TEXT,
	credential TEXT,
	decided_at INTEGER NOT NULL,
	late INTEGER NOT NULL CHECK (late IN (0, 1)),
	supersedes TEXT UNIQUE REFERENCES decision (id),
	-- Deferred: the one before makes room first.
	superseded_by TEXT REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED CHECK (superseded_by <> id),
	appeal TEXT REFERENCES appeal (id),
	authorization_number TEXT,
	covered_from TEXT,
	covered_to TEXT,
	payer TEXT NOT NULL,
	service TEXT NOT NULL,
	review TEXT NOT NULL,
	organization TEXT NOT NULL, -- empty when nobody outside the plan owns the request
	FOREIGN KEY (request_id, event) REFERENCES event (request_id, sequence),
	CONSTRAINT "a determination has an outcome, and nothing else has one"
		CHECK ((disposition = 'determined') = (outcome IS NOT NULL)),
	CONSTRAINT "a denial and an approval in part need a basis"
		CHECK (ifnull(outcome, 'approved') = 'approved' OR basis IS NOT NULL),
	CONSTRAINT "an approval needs an authorization number"
		CHECK (ifnull(outcome, 'denied') = 'denied'
			OR ifnull(trim(authorization_number, char(9, 10, 11, 12, 13, 32, 160)), '') <> ''),
	CONSTRAINT "an approval needs its first and last covered day"
		CHECK (ifnull(outcome, 'denied') = 'denied' OR (covered_from IS NOT NULL AND covered_to IS NOT NULL
			AND date(covered_from, '+0 days') IS covered_from
			AND date(covered_to, '+0 days') IS covered_to AND covered_from <= covered_to)),
	CONSTRAINT "what is not approved has no authorization"
		CHECK (ifnull(outcome, 'denied') <> 'denied'
			OR (authorization_number IS NULL AND covered_from IS NULL AND covered_to IS NULL))
) STRICT;

CREATE UNIQUE INDEX decision_effective ON decision (request_id) WHERE superseded_by IS NULL;
CREATE INDEX decision_by_request ON decision (request_id, decider);
CREATE UNIQUE INDEX decision_by_event ON decision (event);
-- Pages of payer staff and of a provider's organization, with what narrows them.
CREATE INDEX decision_by_payer ON decision (payer, decided_at, id, disposition, outcome, service, review, decider, late,
	superseded_by);
CREATE INDEX decision_by_organization ON decision (organization, decided_at, id, payer, disposition, outcome, service, review,
	decider, late, superseded_by);

CREATE TABLE appeal (
	number INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 39),
	request_id TEXT NOT NULL,
	decision TEXT NOT NULL UNIQUE REFERENCES decision (id),
	kind TEXT NOT NULL CONSTRAINT "an appeal is expedited or standard" CHECK (kind IN ('expedited', 'standard')),
	appellant TEXT NOT NULL CONSTRAINT "a practitioner or a member appeals" CHECK (appellant IN ('practitioner', 'member')),
	status TEXT NOT NULL CONSTRAINT "an appeal is open, upheld or overturned" CHECK (status IN ('open', 'upheld', 'overturned')),
	received_at INTEGER NOT NULL,
	due_at INTEGER,
	decided_at INTEGER,
	decider TEXT,
	decider_role TEXT,
	credential TEXT,
	rationale TEXT,
	event INTEGER NOT NULL,
	decided_event INTEGER,
	FOREIGN KEY (request_id, event) REFERENCES event (request_id, sequence),
	FOREIGN KEY (request_id, decided_event) REFERENCES event (request_id, sequence),
	CONSTRAINT "an open appeal has no decision"
		CHECK (status <> 'open' OR (decided_at IS NULL AND decider IS NULL AND decider_role IS NULL AND credential IS NULL
			AND rationale IS NULL AND decided_event IS NULL)),
	CONSTRAINT "an appeal is decided at an instant by a recorded event"
		CHECK (status = 'open' OR (decided_at IS NOT NULL AND decided_event IS NOT NULL))
) STRICT;

CREATE INDEX appeal_by_request ON appeal (request_id);
CREATE UNIQUE INDEX appeal_by_event ON appeal (event);
CREATE UNIQUE INDEX appeal_by_decided_event ON appeal (decided_event) WHERE decided_event IS NOT NULL;

CREATE TRIGGER decision_once BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)
BEGIN
	SELECT RAISE(ABORT, 'a decision is not replaced');
END;
-- Also what stops INSERT OR REPLACE from taking the place of an effective decision.
CREATE TRIGGER decision_supersedes BEFORE INSERT ON decision
WHEN CASE WHEN EXISTS (SELECT 1 FROM decision WHERE request_id = NEW.request_id)
	THEN NOT EXISTS (SELECT 1 FROM decision
		WHERE id = NEW.supersedes AND request_id = NEW.request_id AND superseded_by = NEW.id)
	ELSE NEW.supersedes IS NOT NULL END
	OR EXISTS (SELECT 1 FROM decision WHERE superseded_by = NEW.id AND id IS NOT NEW.supersedes)
	OR (NEW.supersedes IS NOT NULL AND NEW.disposition <> 'determined')
BEGIN
	SELECT RAISE(ABORT, 'the request is decided already; only a decision that supersedes the effective one may follow');
END;
CREATE TRIGGER decision_effective_first BEFORE INSERT ON decision
WHEN NEW.superseded_by IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'a new decision is the effective one');
END;
CREATE TRIGGER decision_of_its_request BEFORE INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM event WHERE request_id = NEW.request_id AND sequence = NEW.event)
	OR NEW.event IS NOT (SELECT last_event FROM request WHERE id = NEW.request_id)
	OR (NEW.payer, NEW.service, NEW.review, NEW.organization)
		IS NOT (SELECT payer, service, review, organization FROM request WHERE id = NEW.request_id)
BEGIN
	SELECT RAISE(ABORT, 'a decision belongs to its request and to an event of it, the newest');
END;
-- A request comes to be decided from review alone.
CREATE TRIGGER decision_of_its_status BEFORE INSERT ON decision
WHEN CASE NEW.disposition WHEN 'determined' THEN 'decided' WHEN 'closed_elsewhere' THEN 'recorded' ELSE NEW.disposition END
		IS NOT (SELECT status FROM request WHERE id = NEW.request_id)
	OR (NEW.disposition = 'determined' AND (SELECT version FROM request WHERE id = NEW.request_id) = 1)
BEGIN
	SELECT RAISE(ABORT, 'a request in review is determined; any other ends as its decision says');
END;
CREATE TRIGGER decision_said_by_somebody BEFORE INSERT ON decision
WHEN NEW.disposition = 'determined'
BEGIN
	SELECT CASE
		WHEN ifnull(NEW.decider, '') NOT GLOB 'prn_?*' OR NEW.decider GLOB '*[^A-Za-z0-9_]*'
			OR instr(CAST(NEW.decider AS BLOB), x'00') > 0
			OR ifnull(NEW.decider_role, '') NOT IN ('reviewer', 'physician', 'appeals')
			THEN RAISE(ABORT, 'a determination needs a person who decides, a reviewer, a physician or one for appeals')
		WHEN trim(ifnull(NEW.credential, ''), blank) = '' OR instr(CAST(NEW.credential AS BLOB), x'00') > 0
			THEN RAISE(ABORT, 'a determination needs the credential of who decides')
		WHEN trim(ifnull(NEW.rationale, ''), blank) = '' OR instr(CAST(NEW.rationale AS BLOB), x'00') > 0
			THEN RAISE(ABORT, 'a determination needs a rationale')
	END FROM (SELECT CAST(x'090A0B0C0D20C285C2A0C2ADCD8FE19A80E1A08EE28080E28081E28082E28083E28084E28085E28086E28087E28088E28089E2808AE2808BE2808CE2808DE2808EE2808FE280A8E280A9E280AAE280ABE280ACE280ADE280AEE280AFE2819FE281A0E281A1E281A2E281A3E281A4E2A080E38080E385A4EFBBBF' AS TEXT) AS blank);
END;
CREATE TRIGGER decision_parts_form BEFORE INSERT ON decision
WHEN (SELECT type FROM json_tree(NEW.required) LIMIT 1) IS NOT 'array'
	OR (SELECT type FROM json_tree(NEW.parts) LIMIT 1) IS NOT 'object'
	OR EXISTS (SELECT 1 FROM json_each(NEW.required) WHERE type <> 'text')
	OR (SELECT count(*) <> count(DISTINCT key) FROM json_each(NEW.parts))
BEGIN
	SELECT RAISE(ABORT, 'what a decision requires is a list of words, and what was given is an object');
END;
-- Something is said somewhere in it: a text, a number, a yes.
CREATE TRIGGER decision_parts BEFORE INSERT ON decision
WHEN NEW.disposition = 'determined'
	AND EXISTS (SELECT 1 FROM json_each(NEW.required) w, (SELECT CAST(x'090A0B0C0D20C285C2A0C2ADCD8FE19A80E1A08EE28080E28081E28082E28083E28084E28085E28086E28087E28088E28089E2808AE2808BE2808CE2808DE2808EE2808FE280A8E280A9E280AAE280ABE280ACE280ADE280AEE280AFE2819FE281A0E281A1E281A2E281A3E281A4E2A080E38080E385A4EFBBBF' AS TEXT) AS blank)
		WHERE w.type = 'text' AND NOT EXISTS (
		SELECT 1 FROM json_each(NEW.parts) p WHERE p.key = w.value
			AND CASE WHEN p.type IN ('array', 'object') THEN EXISTS (
				SELECT 1 FROM json_tree(CASE WHEN p.type IN ('array', 'object') THEN p.value ELSE '[]' END) l
				WHERE l.type IN ('true', 'integer', 'real')
					OR (l.type = 'text' AND trim(l.atom, blank) <> ''))
			ELSE p.type IN ('true', 'integer', 'real') OR (p.type = 'text' AND trim(p.value, blank) <> '') END))
BEGIN
	SELECT RAISE(ABORT, 'a part that the policy requires of this determination is missing');
END;
CREATE TRIGGER decision_not_by_submitter BEFORE INSERT ON decision
WHEN NEW.disposition = 'determined' AND EXISTS (SELECT 1 FROM event
	WHERE request_id = NEW.request_id AND actor = NEW.decider COLLATE NOCASE AND action IN ('received', 'information_supplied'))
BEGIN
	SELECT RAISE(ABORT, 'nobody determines what they submitted or supplied');
END;
CREATE TRIGGER decision_after_appeal BEFORE INSERT ON decision
WHEN NEW.appeal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appeal
	WHERE id = NEW.appeal AND request_id = NEW.request_id AND status = 'overturned')
BEGIN
	SELECT RAISE(ABORT, 'a decision after an appeal needs an overturned appeal of its request');
END;
-- The one that follows is inserted next, of the same request; a return or a withdrawal stands.
CREATE TRIGGER decision_superseded_by_a_new_one BEFORE UPDATE ON decision
WHEN OLD.disposition <> 'determined' OR EXISTS (SELECT 1 FROM decision WHERE id = NEW.superseded_by)
BEGIN
	SELECT RAISE(ABORT, 'a determination is superseded by a new one, and never changes otherwise');
END;
CREATE TRIGGER decision_not_updated BEFORE UPDATE ON decision
WHEN OLD.superseded_by IS NOT NULL OR NEW.superseded_by IS NULL
	OR (NEW.number, NEW.id, NEW.request_id, NEW.event, NEW.disposition, NEW.outcome, NEW.basis, NEW.reason, NEW.rationale,
		NEW.required, NEW.parts, NEW.decider, NEW.decider_role, NEW.credential, NEW.decided_at, NEW.late, NEW.supersedes,
		NEW.appeal, NEW.authorization_number, NEW.covered_from, NEW.covered_to, NEW.payer, NEW.service, NEW.review,
		NEW.organization)
	IS NOT (OLD.number, OLD.id, OLD.request_id, OLD.event, OLD.disposition, OLD.outcome, OLD.basis, OLD.reason, OLD.rationale,
		OLD.required, OLD.parts, OLD.decider, OLD.decider_role, OLD.credential, OLD.decided_at, OLD.late, OLD.supersedes,
		OLD.appeal, OLD.authorization_number, OLD.covered_from, OLD.covered_to, OLD.payer, OLD.service, OLD.review,
		OLD.organization)
BEGIN
	SELECT RAISE(ABORT, 'a decision is superseded once and otherwise never changes');
END;
CREATE TRIGGER decision_not_deleted BEFORE DELETE ON decision
BEGIN
	SELECT RAISE(ABORT, 'decisions are not deleted');
END;

CREATE TRIGGER appeal_once BEFORE INSERT ON appeal
WHEN EXISTS (SELECT 1 FROM appeal WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM appeal WHERE id = NEW.id)
BEGIN
	SELECT RAISE(ABORT, 'an appeal is not replaced');
END;
CREATE TRIGGER appeal_of_a_decision BEFORE INSERT ON appeal
WHEN EXISTS (SELECT 1 FROM appeal WHERE decision = NEW.decision)
BEGIN
	SELECT RAISE(ABORT, 'the decision was appealed already');
END;
CREATE TRIGGER appeal_starts_open BEFORE INSERT ON appeal
WHEN NEW.status <> 'open'
	OR NOT EXISTS (SELECT 1 FROM event WHERE request_id = NEW.request_id AND sequence = NEW.event)
	OR NEW.event IS NOT (SELECT last_event FROM request WHERE id = NEW.request_id)
BEGIN
	SELECT RAISE(ABORT, 'an appeal starts open, with an event of its request');
END;
CREATE TRIGGER appeal_against_refusal BEFORE INSERT ON appeal
WHEN NOT EXISTS (SELECT 1 FROM decision WHERE id = NEW.decision AND request_id = NEW.request_id AND superseded_by IS NULL
	AND outcome IN ('denied', 'approved_in_part'))
BEGIN
	SELECT RAISE(ABORT, 'only an effective denial or approval in part of the request can be appealed');
END;
CREATE TRIGGER appeal_decided_once BEFORE UPDATE ON appeal
WHEN OLD.status <> 'open' OR NEW.status = 'open'
	OR (NEW.number, NEW.id, NEW.request_id, NEW.decision, NEW.kind, NEW.appellant, NEW.received_at, NEW.due_at, NEW.event)
	IS NOT (OLD.number, OLD.id, OLD.request_id, OLD.decision, OLD.kind, OLD.appellant, OLD.received_at, OLD.due_at, OLD.event)
BEGIN
	SELECT RAISE(ABORT, 'an appeal is decided once and otherwise never changes');
END;
CREATE TRIGGER appeal_decided_by_another BEFORE UPDATE ON appeal
WHEN EXISTS (SELECT 1 FROM decision WHERE request_id = OLD.request_id AND decider = NEW.decider COLLATE NOCASE)
	OR EXISTS (SELECT 1 FROM event WHERE request_id = OLD.request_id AND actor = NEW.decider COLLATE NOCASE
		AND action IN ('received', 'information_supplied', 'information_requested', 'outreach_attempted',
			'certificate_of_need_recorded', 'finding_recorded', 'determined', 'corrected'))
BEGIN
	SELECT RAISE(ABORT, 'an appeal is decided by somebody who was not involved in the request');
END;
CREATE TRIGGER appeal_has_its_event BEFORE UPDATE ON appeal
WHEN NOT EXISTS (SELECT 1 FROM event WHERE request_id = OLD.request_id AND sequence = NEW.decided_event)
	OR NEW.decided_event IS NOT (SELECT last_event FROM request WHERE id = OLD.request_id) OR NEW.decided_event = OLD.event
BEGIN
	SELECT RAISE(ABORT, 'the decision of an appeal has an event of its request, the newest');
END;
CREATE TRIGGER appeal_decided_after_receipt BEFORE UPDATE ON appeal
WHEN NEW.decided_at < OLD.received_at
BEGIN
	SELECT RAISE(ABORT, 'an appeal is decided after it was received');
END;
CREATE TRIGGER appeal_decided_by_somebody BEFORE UPDATE ON appeal
WHEN NEW.status <> 'open'
BEGIN
	SELECT CASE
		WHEN ifnull(NEW.decider, '') NOT GLOB 'prn_?*' OR NEW.decider GLOB '*[^A-Za-z0-9_]*'
			OR instr(CAST(NEW.decider AS BLOB), x'00') > 0
			OR ifnull(NEW.decider_role, '') NOT IN ('reviewer', 'physician', 'appeals')
			THEN RAISE(ABORT, 'an appeal needs a person who decides it, a reviewer, a physician or one for appeals')
		WHEN trim(ifnull(NEW.credential, ''), blank) = '' OR instr(CAST(NEW.credential AS BLOB), x'00') > 0
			THEN RAISE(ABORT, 'the decision of an appeal needs the credential of who decides')
		WHEN trim(ifnull(NEW.rationale, ''), blank) = '' OR instr(CAST(NEW.rationale AS BLOB), x'00') > 0
			THEN RAISE(ABORT, 'the decision of an appeal needs a rationale')
	END FROM (SELECT CAST(x'090A0B0C0D20C285C2A0C2ADCD8FE19A80E1A08EE28080E28081E28082E28083E28084E28085E28086E28087E28088E28089E2808AE2808BE2808CE2808DE2808EE2808FE280A8E280A9E280AAE280ABE280ACE280ADE280AEE280AFE2819FE281A0E281A1E281A2E281A3E281A4E2A080E38080E385A4EFBBBF' AS TEXT) AS blank);
END;
CREATE TRIGGER appeal_not_deleted BEFORE DELETE ON appeal
BEGIN
	SELECT RAISE(ABORT, 'appeals are not deleted');
END;

-- How the requests ended that ended before decisions were kept apart. None of them was determined.
INSERT INTO decision (id, request_id, event, disposition, reason, required, parts, decider, decider_role, decided_at, late,
	payer, service, review, organization)
SELECT 'dec_' || substr(e.id, 5), e.id, e.last_event, e.status, json_extract(e.said, '$.reason'), '[]', '{}',
	ifnull(e.by, e.actor), CASE ifnull(e.by, e.actor) WHEN 'system' THEN 'system' ELSE e.actor_role END, e.at, 0, e.payer,
	e.service, e.review, e.organization
FROM (SELECT r.*, v.at, v.actor, v.actor_role, p.said,
		CASE r.status WHEN 'not_required' THEN 'system' ELSE json_extract(p.said, '$.by') END AS by
	FROM request r
	JOIN event v ON v.sequence = r.last_event
	LEFT JOIN (SELECT b.request, CASE WHEN json_valid(b.body)
			THEN ifnull(json_extract(b.body, '$.plan.return'), json_extract(b.body, '$.plan.withdrawal')) END AS said
		FROM request_body b) p ON p.request = r.number
	WHERE r.status IN ('not_required', 'returned', 'withdrawn')) e
WHERE substr(e.id, 1, 4) = 'req_'
ORDER BY e.last_event;

PRAGMA user_version = 2;
