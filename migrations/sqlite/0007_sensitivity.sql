-- SPDX-License-Identifier: Apache-2.0
-- Labels of sensitivity: what a record holds that law protects beyond other health information (1: substance use, 42 CFR part 2), and who
-- is entitled to it. A label that was set once stays. Nobody who has a token already is entitled until a token says so.

ALTER TABLE request ADD COLUMN sensitivity INTEGER NOT NULL DEFAULT 0
	CONSTRAINT "labels of sensitivity are a set" CHECK (sensitivity BETWEEN 0 AND 65535);
ALTER TABLE principal ADD COLUMN entitled INTEGER NOT NULL DEFAULT 0
	CONSTRAINT "labels of sensitivity are a set" CHECK (entitled BETWEEN 0 AND 65535);

CREATE TRIGGER request_sensitivity_stays BEFORE UPDATE ON request
WHEN (NEW.sensitivity & OLD.sensitivity) IS NOT OLD.sensitivity
BEGIN
	SELECT RAISE(ABORT, 'a label of sensitivity is never taken away');
END;
-- What goes on with a labelled request, and a request in the same episode, says as much as it does.
CREATE TRIGGER request_sensitivity_inherited BEFORE INSERT ON request
WHEN NEW.continues IS NOT NULL
	AND (SELECT (NEW.sensitivity & c.sensitivity) IS NOT c.sensitivity FROM request c WHERE c.id = NEW.continues)
BEGIN
	SELECT RAISE(ABORT, 'what continues a labelled request is labelled');
END;

-- Worklists, of payer staff and of a provider's organization, are read from these indexes alone.
DROP INDEX request_by_payer;
DROP INDEX request_by_organization;
DROP INDEX record_by_payer;
CREATE INDEX request_by_payer ON request (payer, open, act_by, id, status, waiting_on, service, review, urgency,
	organization, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count, tasks, sensitivity)
	WHERE review NOT IN ('care', 'standing');
CREATE INDEX request_by_organization ON request (organization, open, act_by, id, status, waiting_on, service, review, urgency,
	payer, provider_npi, member_birth_date, due_at, received_at, act_by_rule, version, tracking_number,
	submitter_reference, policy_id, policy_version, missing_count, requested_count, tasks, sensitivity)
	WHERE review NOT IN ('care', 'standing');
CREATE INDEX record_by_payer ON request (payer, act_by, id, service, provider_npi, tasks, organization, policy_id, policy_version,
	sensitivity)
	WHERE review = 'care';

PRAGMA user_version = 7;
