-- SPDX-License-Identifier: Apache-2.0
-- Approvals that come before a provider is known: the authorization is issued when the placement is recorded. Until then the approval has no
-- number and no days, where its policy lets it wait (part "placement"); a decision that says the same, with both, takes its place then.
-- A check of a table cannot be changed in SQLite: the table is built anew, with everything that hangs on it as it was.

PRAGMA defer_foreign_keys = ON;

CREATE TABLE decision_before AS SELECT * FROM decision;
DROP TABLE decision;

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
		CHECK (ifnull(outcome, 'denied') = 'denied' OR (outcome = 'approved' AND authorization_number IS NULL)
			OR ifnull(trim(authorization_number, char(9, 10, 11, 12, 13, 32, 160)), '') <> ''),
	CONSTRAINT "an approval needs its first and last covered day"
		CHECK (ifnull(outcome, 'denied') = 'denied'
			OR (authorization_number IS NULL AND covered_from IS NULL AND covered_to IS NULL)
			OR (covered_from IS NOT NULL AND covered_to IS NOT NULL
				AND date(covered_from, '+0 days') IS covered_from
				AND date(covered_to, '+0 days') IS covered_to AND covered_from <= covered_to)),
	CONSTRAINT "what is not approved has no authorization"
		CHECK (ifnull(outcome, 'denied') <> 'denied'
			OR (authorization_number IS NULL AND covered_from IS NULL AND covered_to IS NULL))
) STRICT;

INSERT INTO decision (number, id, request_id, event, disposition, outcome, basis, reason, rationale, required, parts, decider, decider_role, credential,
	decided_at, late, supersedes, superseded_by, appeal, authorization_number, covered_from, covered_to, payer, service, review,
	organization)
SELECT number, id, request_id, event, disposition, outcome, basis, reason, rationale, required, parts, decider, decider_role, credential,
	decided_at, late, supersedes, superseded_by, appeal, authorization_number, covered_from, covered_to, payer, service, review,
	organization
FROM decision_before ORDER BY number;
DROP TABLE decision_before;

CREATE UNIQUE INDEX decision_effective ON decision (request_id) WHERE superseded_by IS NULL;
CREATE INDEX decision_by_request ON decision (request_id, decider);
CREATE UNIQUE INDEX decision_by_event ON decision (event);
-- Pages of payer staff and of a provider's organization, with what narrows them.
CREATE INDEX decision_by_payer ON decision (payer, decided_at, id, disposition, outcome, service, review, decider, late,
	superseded_by);
CREATE INDEX decision_by_organization ON decision (organization, decided_at, id, payer, disposition, outcome, service, review,
	decider, late, superseded_by);

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


-- What waits for its placement is a whole approval; nothing else is approved without an authorization.
CREATE TRIGGER decision_awaits_placement BEFORE INSERT ON decision
WHEN NEW.outcome = 'approved' AND NEW.authorization_number IS NULL
	AND (NOT EXISTS (SELECT 1 FROM json_each(NEW.required) WHERE value = 'placement')
		OR NOT EXISTS (SELECT 1 FROM json_each(NEW.parts) WHERE key = 'placement' AND value = 'awaited'))
BEGIN
	SELECT RAISE(ABORT, 'an approval needs an authorization number, unless its policy lets it wait for the placement');
END;
CREATE TRIGGER decision_awaits_without_number BEFORE INSERT ON decision
WHEN NEW.authorization_number IS NOT NULL
	AND EXISTS (SELECT 1 FROM json_each(NEW.parts) WHERE key = 'placement' AND value = 'awaited')
BEGIN
	SELECT RAISE(ABORT, 'what waits for its placement has no authorization');
END;
-- It follows the approval that waited, and says the same.
CREATE TRIGGER decision_placed BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM json_each(NEW.parts) WHERE key = 'placement' AND value = 'recorded')
	AND (NEW.authorization_number IS NULL
		OR (SELECT action FROM event WHERE sequence = NEW.event) IS NOT 'placement_recorded'
		OR NOT EXISTS (SELECT 1 FROM decision w WHERE w.id = NEW.supersedes AND w.request_id = NEW.request_id
			AND EXISTS (SELECT 1 FROM json_each(w.parts) WHERE key = 'placement' AND value = 'awaited')
			AND (w.disposition, w.outcome, w.basis, w.reason, w.rationale, w.required, w.decider, w.decider_role,
				w.credential, w.decided_at, w.late, w.appeal)
			IS (NEW.disposition, NEW.outcome, NEW.basis, NEW.reason, NEW.rationale, NEW.required, NEW.decider,
				NEW.decider_role, NEW.credential, NEW.decided_at, NEW.late, NEW.appeal)
			AND NOT EXISTS (SELECT 1 FROM json_each(w.parts) p WHERE p.key <> 'placement'
				AND NOT EXISTS (SELECT 1 FROM json_each(NEW.parts) n WHERE n.key = p.key AND n.type = p.type
					AND n.value IS p.value))))
BEGIN
	SELECT RAISE(ABORT, 'a placement is recorded once, for an approval that waits for it, and changes nothing else about it');
END;
-- Nothing else is recorded under that name.
CREATE TRIGGER placement_is_a_decision BEFORE INSERT ON decision
WHEN (SELECT action FROM event WHERE sequence = NEW.event) IS 'placement_recorded'
	AND NOT EXISTS (SELECT 1 FROM json_each(NEW.parts) WHERE key = 'placement' AND value = 'recorded')
BEGIN
	SELECT RAISE(ABORT, 'the event of a placement records a placement');
END;

PRAGMA user_version = 5;
