/* SPDX-License-Identifier: Apache-2.0 */
#include "review/record.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"

#include <string.h>

enum { KEY_MAX = 255, SNAPSHOT_START = 16384 };

static bool key_usable(const char *key)
{
	size_t length = strlen(key);
	if (length == 0 || length > KEY_MAX) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (key[i] < 0x21 || key[i] > 0x7e) {
			return false;
		}
	}
	return true;
}

/* The answer that the key already has. Its version tells whether it was the answer to a submit. */
static bool replay(const struct call *call, int64_t event, const char *location_base, struct outcome *outcome)
{
	struct err err = {0};
	if (!snapshot_read(call->reader, event, call->arena, &outcome->body, &outcome->length, &outcome->version, &err)) {
		return outcome_fail(outcome, &err);
	}
	outcome->replayed = true;
	outcome->created = location_base != NULL;
	if (outcome->created) {
		const struct json *root = json_parse(call->arena, outcome->body, outcome->length, &json_limits_file, &err);
		const char *id = json_text(json_member(root, "id"));
		outcome->location = id != NULL ? arena_printf(call->arena, "%s%s", location_base, id) : NULL;
	}
	return false;
}

bool call_is_new(const struct call *call, const char *route, const char *body, size_t body_length, const char *location_base,
		 struct idempotency_row *ret_key, struct outcome *outcome)
{
	struct err err = {0};
	enum idempotency_found found = IDEMPOTENCY_NEW;
	int64_t event = 0;
	if (call->idempotency_key == NULL || !key_usable(call->idempotency_key)) {
		return outcome_refuse(
			outcome, ERR_IDEMPOTENCY_KEY,
			"send an Idempotency-Key header of 1 to 255 visible characters, new for each new request");
	}
	const struct digest_part parts[] = {{route, strlen(route)}, {body, body_length}};
	*ret_key = (struct idempotency_row){
		.principal = call->principal->id,
		.key = call->idempotency_key,
		.body = digest_parts(parts, 2),
		.at = call->now,
	};
	if (!idempotency_read(call->reader, ret_key, &found, &event, &err)) {
		return outcome_fail(outcome, &err);
	}
	switch (found) {
	case IDEMPOTENCY_NEW: return true;
	case IDEMPOTENCY_CONFLICT: return outcome_refuse(outcome, ERR_KEY_REUSED, "use a new key for another body");
	case IDEMPOTENCY_REPLAY: break;
	}
	return replay(call, event, location_base, outcome);
}

/* Runs in the writer: a concurrent duplicate finds the first one's row here. */
static bool apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	struct record_change *record = (struct record_change *)command;
	enum idempotency_found found = IDEMPOTENCY_NEW;
	int64_t event = 0;
	char request[40];
	if (!idempotency_find(txn, &record->key, &found, &event, request, err)) {
		return false;
	}
	if (found == IDEMPOTENCY_CONFLICT) {
		return err_set(err, ERR_KEY_REUSED, "use a new key for another body");
	}
	record->change.outcome.replayed = found == IDEMPOTENCY_REPLAY;
	record->replay_event = event;
	if (found == IDEMPOTENCY_REPLAY) {
		return true;
	}
	const struct request_row *row = &record->row;
	bool stored = record->insert ? request_insert(txn, row, record->body, record->body_length, &record->event, &event, err)
				     : request_update(txn, row, record->body, record->body_length, &record->event, &event, err);
	return stored && idempotency_insert(txn, &record->key, event, err);
}

static void fill_row(struct request_row *row, const struct call *call, const struct draft *draft,
		     const struct request_answer *answer)
{
	const struct policy *policy = draft->program->policy;
	const struct evaluation *evaluation = answer->evaluation;
	const struct clock *own = clock_list_own(&answer->clocks);
	const struct clock *first = clock_list_first(&answer->clocks);
	bool open = status_open(evaluation->status);
	*row = (struct request_row){
		.id = answer->id,
		.version = answer->version,
		.tracking_number = answer->tracking_number,
		.payer = policy->payer,
		.service = draft->program->service,
		.review = draft->program->review,
		.urgency = answer->urgency,
		.status = status_name(evaluation->status),
		.waiting_on = waiting_on_name(evaluation->waiting_on),
		.open = open,
		.received_at = draft->received_at,
		.organization = call->principal->organization != NULL ? call->principal->organization : "",
		.submitter_reference = answer->submitter_reference,
		.member_id = draft_text(draft, "/member/id"),
		.member_birth_date = draft_text(draft, "/member/birth_date"),
		.provider_npi = draft_text(draft, "/servicing_provider/npi"),
		.policy_id = policy->id,
		.policy_version = policy->version,
		.policy_digest = policy->digest_hex,
		.missing_count = (int64_t)evaluation->missing_count,
		.requested_count = (int64_t)evaluation->requested_count,
	};
	if (own != NULL) {
		row->due_at = own->due.due_at;
	}
	if (first != NULL) {
		row->act_by = first->due.act_by;
		row->act_by_rule = first->item->id;
	}
}

static void fill_event(struct record_change *record, const struct call *call, const char *action, const struct text *snapshot)
{
	struct event_row *event = &record->event;
	*event = (struct event_row){
		.at = call->now,
		.actor = call->principal->id,
		.actor_role = role_name(call->principal->role),
		.action = action,
		.request_id = record->row.id,
		.snapshot = snapshot->data,
		.snapshot_length = snapshot->length,
	};
	ident_random(call->service->ident, event->salt, sizeof(event->salt));
	const struct digest_part parts[] = {{event->salt, sizeof(event->salt)}, {event->snapshot, event->snapshot_length}};
	event->detail_digest = digest_parts(parts, 2);
}

void record_prepare(struct record_change *record, const struct call *call, const struct draft *draft,
		    const struct request_answer *answer, const char *action)
{
	struct text snapshot;
	struct json_writer writer;
	text_init(&snapshot, call->arena, SNAPSHOT_START);
	json_writer_init(&writer, &snapshot);
	answer_write(&writer, answer);
	fill_row(&record->row, call, draft, answer);
	fill_event(record, call, action, &snapshot);
	record->service = call->service;
	record->change.arena = call->arena;
	record->change.command.apply = apply;
	record->change.outcome.body = snapshot.data;
	record->change.outcome.length = snapshot.length;
	record->change.outcome.version = answer->version;
}

void record_settle(struct record_change *record, const struct call *call, const char *location_base)
{
	struct outcome *outcome = &record->change.outcome;
	if (!outcome->failed && outcome->replayed) {
		(void)replay(call, record->replay_event, location_base, outcome);
	}
}
