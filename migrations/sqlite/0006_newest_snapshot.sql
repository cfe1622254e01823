-- SPDX-License-Identifier: Apache-2.0
-- What a request says of itself now is its newest snapshot: older ones may be purged, this one not.

CREATE TRIGGER event_detail_newest_stays BEFORE DELETE ON event_detail
WHEN EXISTS (SELECT 1 FROM event e JOIN request r ON r.id = e.request_id AND r.last_event = e.sequence
	WHERE e.sequence = OLD.sequence)
BEGIN
	SELECT RAISE(ABORT, 'the newest snapshot of a request stays');
END;

PRAGMA user_version = 6;
