-- SPDX-License-Identifier: Apache-2.0
-- Episodes: which request goes on with the authorization of which, and the request that began the episode.

ALTER TABLE request ADD COLUMN continues TEXT;
ALTER TABLE request ADD COLUMN episode TEXT
	CONSTRAINT "what continues a request belongs to an episode" CHECK ((episode IS NULL) = (continues IS NULL));

-- One authorization is continued by one open request at a time.
CREATE UNIQUE INDEX request_continues_open ON request (continues)
	WHERE continues IS NOT NULL AND status IN ('manual_route', 'incomplete', 'pending_con', 'in_review');
CREATE INDEX request_by_episode ON request (episode, continues) WHERE episode IS NOT NULL;

CREATE TRIGGER request_continues BEFORE INSERT ON request
WHEN NEW.continues IS NOT NULL
BEGIN
	SELECT CASE
		WHEN NOT EXISTS (SELECT 1 FROM request c WHERE c.id = NEW.continues AND c.payer = NEW.payer
			AND c.service = NEW.service AND ifnull(c.episode, c.id) = NEW.episode)
			THEN RAISE(ABORT, 'a request continues one of its payer, service and episode')
		WHEN NOT EXISTS (SELECT 1 FROM decision d WHERE d.request_id = NEW.continues AND d.superseded_by IS NULL
			AND d.outcome IN ('approved', 'approved_in_part'))
			THEN RAISE(ABORT, 'only what was approved is continued')
		WHEN EXISTS (SELECT 1 FROM request o WHERE o.episode = NEW.episode AND o.continues = NEW.continues
			AND (o.status IN ('manual_route', 'incomplete', 'pending_con', 'in_review')
				OR EXISTS (SELECT 1 FROM decision d WHERE d.request_id = o.id AND d.superseded_by IS NULL
					AND d.outcome IN ('approved', 'approved_in_part'))))
			THEN RAISE(ABORT, 'the authorization is continued already')
	END;
END;
CREATE TRIGGER request_continues_for_good BEFORE UPDATE OF continues, episode ON request
BEGIN
	SELECT RAISE(ABORT, 'what a request continues does not change');
END;

PRAGMA user_version = 4;
