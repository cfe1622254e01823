-- SPDX-License-Identifier: Apache-2.0
-- What a provider attests is attested anew for ever, so that its record does not grow for ever: what stood goes where a new attestation of the same
-- item comes, and so does what had been retracted; the events keep both. Nothing else goes, nothing is changed, and no name is given to another.

DROP TRIGGER record_body_grows;
CREATE TRIGGER record_body_grows BEFORE UPDATE ON request_body
WHEN EXISTS (SELECT 1 FROM request WHERE number = OLD.request AND review = 'care')
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

CREATE TRIGGER attested_stands BEFORE UPDATE ON request_body
WHEN EXISTS (SELECT 1 FROM request WHERE number = OLD.request AND review = 'standing')
	AND (EXISTS (SELECT fullkey, type, atom FROM json_tree(OLD.body, '$.body')
				WHERE fullkey <> '$.body.facts.occurrences' AND fullkey NOT GLOB '$.body.facts.occurrences[[]*'
			EXCEPT SELECT fullkey, type, atom FROM json_tree(NEW.body, '$.body'))
		OR EXISTS (SELECT fullkey, type, atom FROM json_tree(NEW.body, '$.body')
				WHERE fullkey NOT IN ('$.body.facts', '$.body.facts.occurrences') AND fullkey NOT GLOB '$.body.facts.occurrences[[]*'
			EXCEPT SELECT fullkey, type, atom FROM json_tree(OLD.body, '$.body'))
		/* a name that stood for another */
		OR EXISTS (SELECT 1 FROM json_each(NEW.body, '$.body.facts.occurrences') comes, json_each(comes.value) name
			WHERE name.key = 'id' AND comes.value NOT IN (SELECT value FROM json_each(OLD.body, '$.body.facts.occurrences') WHERE value IS NOT NULL)
				AND name.atom IN (SELECT named.atom FROM json_each(OLD.body, '$.body.facts.occurrences') stood, json_each(stood.value) named
					WHERE named.key = 'id'))
		/* gone, though it neither retracts nor was retracted, and nothing of its item is new */
		OR EXISTS (SELECT 1 FROM json_each(OLD.body, '$.body.facts.occurrences') stood
			WHERE stood.value NOT IN (SELECT value FROM json_each(NEW.body, '$.body.facts.occurrences') WHERE value IS NOT NULL)
				AND NOT EXISTS (SELECT 1 FROM json_each(stood.value) WHERE key = 'retracts' AND atom IS NOT NULL)
				AND NOT EXISTS (SELECT 1 FROM json_each(stood.value) name WHERE name.key = 'id' AND name.atom IN (
					SELECT taken.atom FROM json_each(OLD.body, '$.body.facts.occurrences') other, json_each(other.value) taken
					WHERE taken.key = 'retracts'))
				AND NOT EXISTS (SELECT 1 FROM json_each(stood.value) item WHERE item.key = 'item' AND item.atom IN (
					SELECT named.atom FROM json_each(NEW.body, '$.body.facts.occurrences') comes, json_each(comes.value) named
					WHERE named.key = 'item'
						AND comes.value NOT IN (SELECT value FROM json_each(OLD.body, '$.body.facts.occurrences') WHERE value IS NOT NULL)))))
BEGIN
	SELECT RAISE(ABORT, 'what a provider attested goes only where it is attested anew');
END;

PRAGMA user_version = 9;
