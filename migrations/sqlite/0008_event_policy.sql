-- SPDX-License-Identifier: Apache-2.0
-- Which text of its request's policy judged an event: a part of the event, and so of the chain. Of an event that is older its snapshot says it.

ALTER TABLE event ADD COLUMN policy_digest TEXT CONSTRAINT "a digest is 64 hexadecimal digits" CHECK (length(policy_digest) = 64);

PRAGMA user_version = 8;
