/* SPDX-License-Identifier: Apache-2.0 */
#include "submission.h"

#include <stdio.h>
#include <string.h>

static bool apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	const struct submission *submission = (const struct submission *)command;
	int64_t event = 0;

	if (submission->row.version > 1) {
		return request_update(txn, &submission->row, NULL, 0, &submission->event, &event, err);
	}
	const struct idempotency_row key = {"prn_load", submission->id, submission->event.detail_digest, submission->event.at};
	return request_insert(txn, &submission->row, submission->body, SUBMISSION_BODY, &submission->event, &event, err) &&
	       idempotency_insert(txn, &key, event, err);
}

static void done(struct store_command *command, const struct err *err)
{
	struct submission *submission = (struct submission *)command;

	submission->settled(submission, err);
}

void submission_init(struct submission *submission, struct arena *arena,
                     void (*settled)(struct submission *submission, const struct err *err), void *context)
{
	*submission = (struct submission){
		.command = {.apply = apply, .done = done},
		.settled = settled,
		.context = context,
		.body = arena_alloc(arena, SUBMISSION_BODY + 1),
		.snapshot = arena_alloc(arena, SUBMISSION_SNAPSHOT + 1),
	};
	memset(submission->body, 'b', SUBMISSION_BODY);
	sem_init(&submission->free, 0, 1);
}

static void describe(struct submission *submission)
{
	struct event_row *event = &submission->event;

	snprintf(submission->ack, sizeof(submission->ack), "%s %lld", submission->id, (long long)submission->row.version);
	memset(submission->snapshot, 's', SUBMISSION_SNAPSHOT);
	memcpy(submission->snapshot, submission->ack, strlen(submission->ack));
	*event = (struct event_row){
		.at = submission->row.received_at,
		.actor = "prn_load",
		.actor_role = "provider",
		.action = submission->row.version == 1 ? "received" : "information_supplied",
		.request_id = submission->id,
		.snapshot = submission->snapshot,
		.snapshot_length = SUBMISSION_SNAPSHOT,
	};
	event->detail_digest = event_detail_digest(event->salt, event->snapshot, event->snapshot_length);
}

void submission_renew(struct submission *submission, struct ident_source *source)
{
	static const char *const payers[] = {"trillium", "tufts", "louisiana", "performcare"};
	static const char *const organizations[] = {"org-1", "org-2", "org-3", "org-4", "org-5", "org-6", "org-7"};
	const struct instant now = instant_now();
	unsigned char choice[2];

	ident_random(source, choice, sizeof(choice));
	ident_id(source, "req_", now, submission->id);
	ident_tracking(source, submission->tracking);
	submission->row = (struct request_row){
		.id = submission->id,
		.version = 1,
		.tracking_number = submission->tracking,
		.payer = payers[choice[0] % 4],
		.service = "PRTS",
		.review = "initial",
		.urgency = "standard",
		.status = "incomplete",
		.waiting_on = "provider",
		.open = true,
		.received_at = now,
		.due_at = instant_add(now, span_hours(14 * 24)),
		.act_by = instant_add(now, span_hours(13 * 24)),
		.organization = organizations[choice[1] % 7],
		.submitter_reference = submission->id,
		.member_id = submission->tracking,
		.policy_id = "trillium-prts",
		.policy_version = "2026-01",
		.missing_count = 2,
	};
	describe(submission);
}

void submission_advance(struct submission *submission)
{
	submission->row.version++;
	submission->row.missing_count = 0;
	submission->row.status = "in_review";
	submission->row.waiting_on = "plan";
	describe(submission);
}
