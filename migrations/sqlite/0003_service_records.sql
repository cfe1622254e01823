-- SPDX-License-Identifier: Apache-2.0
-- Records beside requests: the running care of a member with a provider ("care"), and what a provider attests ("standing"). Both are rows
-- of the same machinery that are recorded and never decided; what happens is added to their papers and changes what is owed.

DROP TRIGGER request_closed;
DROP TRIGGER request_ended;
DROP TRIGGER request_body_closed;
DROP INDEX request_by_payer;
DROP INDEX request_by_organization;
DROP INDEX request_by_provider;

-- Worklists, of payer staff and of a provider's organization, are read from these indexes alone. Records stand in none of them.
CREATE INDEX request_by_payer ON request (payer, open, act_by, id, status, waiting_on, service, review, urgency,
	organization, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count, tasks)
	WHERE review NOT IN ('care', 'standing');
CREATE INDEX request_by_organization ON request (organization, open, act_by, id, status, waiting_on, service, review, urgency,
	payer, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count, tasks)
	WHERE review NOT IN ('care', 'standing');
CREATE INDEX request_by_provider ON request (provider_npi, open, act_by, id)
	WHERE provider_npi IS NOT NULL AND review NOT IN ('care', 'standing');

-- The lists of service records. What is due first stands first.
CREATE INDEX record_by_payer ON request (payer, act_by, id, service, provider_npi, tasks, organization, policy_id, policy_version)
	WHERE review = 'care';
CREATE INDEX record_by_organization ON request (organization, act_by, id, payer, service, provider_npi, tasks)
	WHERE review = 'care';
-- An organization attests once for a payer, service and provider; what the plan itself entered is the plan's.
CREATE UNIQUE INDEX record_standing ON request (payer, service, provider_npi, organization) WHERE review = 'standing';

CREATE TRIGGER request_closed BEFORE UPDATE ON request
WHEN OLD.status NOT IN ('manual_route', 'incomplete', 'pending_con', 'in_review')
	AND OLD.review NOT IN ('care', 'standing')
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
WHEN OLD.status IN ('returned', 'withdrawn', 'not_required', 'recorded') AND OLD.review NOT IN ('care', 'standing')
	AND (NEW.open, NEW.waiting_on, NEW.tasks, NEW.authorization_number, NEW.act_by / 1000000, NEW.act_by_rule, NEW.wake_at)
	IS NOT (OLD.open, OLD.waiting_on, OLD.tasks, OLD.authorization_number, OLD.act_by / 1000000, OLD.act_by_rule, OLD.wake_at)
BEGIN
	SELECT RAISE(ABORT, 'of a request that was closed without a determination nothing is still to be done');
END;

-- Of a record only what is owed, and when, follows from what happened. What is attested is held against the policy of its day.
CREATE TRIGGER record_starts_recorded BEFORE INSERT ON request
WHEN CASE NEW.review WHEN 'care' THEN 'svc_' WHEN 'standing' THEN 'prv_' ELSE '' END
		IS NOT CASE WHEN substr(NEW.id, 1, 4) IN ('svc_', 'prv_') THEN substr(NEW.id, 1, 4) ELSE '' END
	OR (NEW.review IN ('care', 'standing') AND (NEW.status, NEW.open, NEW.waiting_on, NEW.due_at, NEW.authorization_number)
		IS NOT ('recorded', 0, 'nobody', NULL, NULL))
	OR (NEW.review = 'standing' AND NEW.provider_npi IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'a record is recorded under its own name and waits for nobody');
END;
CREATE TRIGGER record_stays BEFORE UPDATE ON request
WHEN (OLD.review IN ('care', 'standing') OR NEW.review IN ('care', 'standing'))
	AND ((NEW.status, NEW.open, NEW.waiting_on, NEW.service, NEW.review, NEW.urgency, NEW.due_at, NEW.submitter_reference,
			NEW.member_id, NEW.member_birth_date, NEW.provider_npi, NEW.authorization_number)
		IS NOT (OLD.status, OLD.open, OLD.waiting_on, OLD.service, OLD.review, OLD.urgency, OLD.due_at,
			OLD.submitter_reference, OLD.member_id, OLD.member_birth_date, OLD.provider_npi, OLD.authorization_number)
		OR (OLD.review = 'care' AND (NEW.policy_id, NEW.policy_version, NEW.policy_digest)
			IS NOT (OLD.policy_id, OLD.policy_version, OLD.policy_digest)))
BEGIN
	SELECT RAISE(ABORT, 'of a record only what is owed changes');
END;

CREATE TRIGGER request_body_closed BEFORE UPDATE ON request_body
WHEN EXISTS (SELECT 1 FROM request WHERE number = OLD.request AND review NOT IN ('care', 'standing')
		AND status NOT IN ('manual_route', 'incomplete', 'pending_con', 'in_review'))
	AND (SELECT type || ':' || value FROM json_each(NEW.body) WHERE key = 'body')
		IS NOT (SELECT type || ':' || value FROM json_each(OLD.body) WHERE key = 'body')
BEGIN
	SELECT RAISE(ABORT, 'the papers of a closed request do not change');
END;
-- What happened is added at the end; what stands there stays, also what was recorded wrongly.
CREATE TRIGGER record_body_grows BEFORE UPDATE ON request_body
WHEN EXISTS (SELECT 1 FROM request WHERE number = OLD.request AND review IN ('care', 'standing'))
	AND (EXISTS (SELECT fullkey, type, atom FROM json_tree(OLD.body, '$.body')
			EXCEPT SELECT fullkey, type, atom FROM json_tree(NEW.body, '$.body'))
		OR EXISTS (SELECT 1 FROM (SELECT fullkey, path FROM json_tree(NEW.body, '$.body')
				EXCEPT SELECT fullkey, path FROM json_tree(OLD.body, '$.body')) added
			WHERE added.path IN (SELECT fullkey FROM json_tree(OLD.body, '$.body'))
				AND added.path <> '$.body.facts.occurrences'
				AND added.fullkey NOT IN ('$.body.facts', '$.body.facts.occurrences')))
BEGIN
	SELECT RAISE(ABORT, 'to the papers of a record only what happened is added');
END;

-- What is owed in running care, as the newest event of its record left it.
CREATE TABLE obligation (
	request INTEGER NOT NULL REFERENCES request (number),
	item TEXT NOT NULL CHECK (item <> ''),
	name TEXT NOT NULL CHECK (name <> ''), -- of the duty within its item, whatever is recorded later
	place INTEGER NOT NULL CHECK (place >= 1), -- among the duties of its item
	-- 'retracted': what began it was recorded wrongly
	state TEXT NOT NULL CHECK (state IN ('open', 'overdue', 'fulfilled', 'late', 'waived', 'ended', 'retracted')),
	due_at INTEGER NOT NULL, -- the largest integer when it is owed without a set time, so that such rows come last
	record TEXT NOT NULL,
	payer TEXT NOT NULL,
	service TEXT NOT NULL,
	organization TEXT NOT NULL,
	provider_npi TEXT,
	PRIMARY KEY (request, item, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX obligation_by_payer ON obligation (payer, state, due_at, record, item, name, place, service, organization,
	provider_npi);
CREATE INDEX obligation_by_organization ON obligation (organization, state, due_at, record, item, name, place, payer, service,
	provider_npi);

CREATE TRIGGER obligation_of_care BEFORE INSERT ON obligation
WHEN (NEW.record, NEW.payer, NEW.service, NEW.organization, NEW.provider_npi, 'care')
	IS NOT (SELECT id, payer, service, organization, provider_npi, review FROM request WHERE number = NEW.request)
BEGIN
	SELECT RAISE(ABORT, 'only in running care something is owed');
END;
CREATE TRIGGER obligation_stays_with_its_record BEFORE UPDATE ON obligation
WHEN (NEW.request, NEW.item, NEW.name, NEW.record, NEW.payer, NEW.service, NEW.organization, NEW.provider_npi)
	IS NOT (OLD.request, OLD.item, OLD.name, OLD.record, OLD.payer, OLD.service, OLD.organization, OLD.provider_npi)
BEGIN
	SELECT RAISE(ABORT, 'what is owed stays with its record');
END;
CREATE TRIGGER obligation_not_deleted BEFORE DELETE ON obligation
BEGIN
	SELECT RAISE(ABORT, 'what was owed is not deleted');
END;

PRAGMA user_version = 3;
