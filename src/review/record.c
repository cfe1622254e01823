/* SPDX-License-Identifier: Apache-2.0 */
#include "review/record.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "review/plan.h"
#include "review/timers.h"

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
	if (call->idempotency_key == NULL && strncmp(route, "PUT ", 4) == 0) { /* its If-Match is asked for next */
		*ret_key = (struct idempotency_row){.key = NULL};
		return true;
	}
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

/* The row with its event, and what was decided or appealed with it: all or nothing. */
static bool store_all(const struct record_change *record, struct store_txn *txn, int64_t *ret_event, struct err *err)
{
	const struct request_row *row = &record->row;
	if (!policy_set_decides(service_policies(record->service), row->policy_id, row->policy_version)) {
		return err_set(err, ERR_BUSY, "the policies were replaced meanwhile; send it again");
	}
	struct event_row event = record->event;
	event.decision = record->decision;
	event.appeal = record->appeal;
	bool stored = record->insert ? request_insert(txn, row, record->body, record->body_length, &event, ret_event, err)
				     : request_update(txn, row, record->body, record->body_length, &event, ret_event, err);
	if (!stored && record->retriable && err->code == ERR_STALE) {
		return err_set(err, ERR_BUSY, "it was changed at the same moment; send it again");
	}
	if (stored && record->appeal != NULL) {
		stored = record->appeal_decided ? appeal_decide(txn, record->appeal, *ret_event, err)
						: appeal_insert(txn, record->appeal, *ret_event, err);
	}
	return stored && (record->decision == NULL || decision_insert(txn, record->decision, *ret_event, err));
}

/* Runs in the writer: a concurrent duplicate finds the first one's row here. */
static bool apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	struct record_change *record = (struct record_change *)command;
	enum idempotency_found found = IDEMPOTENCY_NEW;
	int64_t event = 0;
	char request[40];
	if (record->key.key == NULL) {
		return store_all(record, txn, &event, err);
	}
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
	return store_all(record, txn, &event, err) && idempotency_insert(txn, &record->key, event, err);
}

struct onlooker record_onlooker(const struct principal *principal)
{
	return (struct onlooker){principal->organization, access_hidden(principal)};
}

void record_row(struct request_row *row, const struct call *call, const struct draft *draft,
		const struct request_answer *answer)
{
	const struct policy *policy = draft->program->policy;
	const struct evaluation *evaluation = answer->evaluation;
	const struct clock *own = clock_list_own(&answer->clocks);
	*row = (struct request_row){
		.id = answer->id,
		.version = answer->version,
		.tracking_number = answer->tracking_number,
		.payer = policy->payer,
		.service = draft->program->service,
		.review = draft->program->review,
		.urgency = answer->urgency,
		.status = status_name(evaluation->status),
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
		.sensitivity = answer->sensitivity,
	};
	if (own != NULL) {
		row->due_at = own->due.due_at;
	}
}

/* When the plan has to act: on the clock that ends first; after a determination, on what is still owed about it. */
static void fill_act_by(struct request_row *row, const struct request_answer *answer)
{
	const struct clock *first = clock_list_first(&answer->clocks);
	struct duty duty;
	if (answer->evaluation->status == STATUS_DECIDED && plan_first_duty(answer->plan, &duty)) {
		row->act_by = duty.due_at;
		row->act_by_rule = duty.rule;
	} else if (answer->evaluation->standing.placement_awaited) { /* which has no time of its own */
		row->act_by = (struct instant){0};
		row->act_by_rule = NULL;
	} else if (first != NULL) {
		row->act_by = first->due.act_by;
		row->act_by_rule = first->item->id;
	}
}

/* What follows from where the request stands now. */
static void fill_standing(struct request_row *row, const struct request_answer *answer, struct arena *arena)
{
	const struct evaluation *evaluation = answer->evaluation;
	row->waiting_on = waiting_on_name(evaluation->waiting_on);
	row->tasks = answer->tasks;
	row->open = status_open(evaluation->status) || row->tasks != 0;
	fill_act_by(row, answer);
	row->wake_at = timers_wake_at(answer, arena);
	row->authorization_number = json_text(json_at(answer->plan, "/authorization/number"));
}

static void fill_event(struct record_change *record, const struct call *call, const char *action, const struct text *snapshot)
{
	struct event_row *event = &record->event;
	const struct policy *policy = policy_set_find(call->policies, record->row.policy_id, record->row.policy_version);
	*event = (struct event_row){
		.at = call->now,
		.actor = call->principal->id,
		.actor_role = call->system ? "system" : role_name(call->principal->role),
		.action = action,
		.request_id = record->row.id,
		.policy_digest = policy != NULL ? policy->digest_hex : NULL,
		.snapshot = snapshot->data,
		.snapshot_length = snapshot->length,
	};
	ident_random(call->service->ident, event->salt, sizeof(event->salt));
	const struct digest_part parts[] = {{event->salt, sizeof(event->salt)}, {event->snapshot, event->snapshot_length}};
	event->detail_digest = digest_parts(parts, 2);
}

void record_seal(struct record_change *record, const struct call *call, const struct text *snapshot, int64_t version,
		 const char *action)
{
	fill_event(record, call, action, snapshot);
	record->service = call->service;
	record->change.arena = call->arena;
	record->change.command.apply = apply;
	record->change.outcome.body = snapshot->data;
	record->change.outcome.length = snapshot->length;
	record->change.outcome.version = version;
}

void record_prepare(struct record_change *record, const struct call *call, const struct request_answer *answer,
		    const char *action)
{
	struct text snapshot;
	struct json_writer writer;
	text_init(&snapshot, call->arena, SNAPSHOT_START);
	json_writer_init(&writer, &snapshot);
	answer_write(&writer, answer);
	fill_standing(&record->row, answer, call->arena);
	record_seal(record, call, &snapshot, answer->version, action);
}

void record_settle(struct record_change *record, const struct call *call, const char *location_base)
{
	struct outcome *outcome = &record->change.outcome;
	if (!outcome->failed && outcome->replayed) {
		(void)replay(call, record->replay_event, location_base, outcome);
	}
}
