/* SPDX-License-Identifier: Apache-2.0 */
#include "review/inform.h"

#include "base/json_write.h"
#include "base/text.h"
#include "review/read.h"

#include <stdio.h>
#include <string.h>

/* Strong ETags "vN" only; anything else cannot match. */
static bool version_matches(const char *if_match, int64_t version)
{
	char expected[32];
	(void)snprintf(expected, sizeof(expected), "\"v%lld\"", (long long)version);
	return strcmp(if_match, expected) == 0;
}

static bool may_change(const struct call *call, const struct request_view *view, struct outcome *outcome)
{
	if (call->if_match == NULL) {
		return outcome_refuse(outcome, ERR_PRECONDITION, "send If-Match with the ETag of the answer you are adding to");
	}
	if (!version_matches(call->if_match, view->row.version)) {
		return outcome_refuse(outcome, ERR_STALE, "read the request again and send its ETag");
	}
	if (!view->row.open) {
		return outcome_refuse(outcome, ERR_TRANSITION, "the request is closed; send a new one that replaces it");
	}
	return true;
}

/* The stored body with the supplement merged in, decoded by the policy version that the request was received under. */
static bool merge(struct draft *draft, const struct call *call, const struct request_view *view, const struct json *supplement,
		  struct outcome *outcome)
{
	struct err err = {0};
	const char *stored = NULL;
	size_t length = 0;
	struct text body;
	struct json_writer writer;
	if (!request_body_read(call->reader, view->row.id, call->arena, &stored, &length, &err)) {
		return outcome_fail(outcome, &err);
	}
	const struct json *base = json_parse(call->arena, stored, length, &json_limits_file, &err);
	if (base == NULL) {
		return outcome_fail(outcome, &err);
	}
	draft->root = json_merge(call->arena, base, supplement);
	draft->record = shape_decode(draft->program->policy->request, draft->root, call->arena, &outcome->issues);
	if (draft->record == NULL) {
		return outcome_invalid(outcome);
	}
	text_init(&body, call->arena, length * 2);
	json_writer_init(&writer, &body);
	json_put_tree(&writer, draft->root);
	if (body.length > json_limits_body.bytes * 4) {
		return outcome_refuse(outcome, ERR_TOO_LARGE,
				      "the request as a whole has grown beyond its bound; send documents by reference");
	}
	draft->body = body.data;
	draft->body_length = body.length;
	return true;
}

static const struct program *program_of(struct service *service, const struct request_row *row)
{
	const struct policy *policy = policy_set_find(service->policies, row->policy_id, row->policy_version);
	for (size_t i = 0; policy != NULL && i < policy->program_count; i++) {
		const struct program *program = &policy->programs[i];
		if (strcmp(program->service, row->service) == 0 && strcmp(program->review, row->review) == 0) {
			return program;
		}
	}
	return NULL;
}

static struct request_answer answer_again(const struct call *call, const struct request_view *view, struct draft *draft)
{
	struct err err = {0};
	struct arena *arena = call->arena;
	struct request_answer answer = draft_answer(draft, call->now);
	const struct json *before = json_parse(arena, view->snapshot, view->snapshot_length, &json_limits_file, &err);
	const struct clock_list stored = clock_list_read(arena, json_member(before, "clock"), draft->program->policy);
	answer.clocks.clocks = clocks_keep(stored.clocks, stored.count, answer.clocks.clocks, answer.clocks.count, arena,
					   &answer.clocks.count);
	answer.id = view->row.id;
	answer.tracking_number = view->row.tracking_number;
	answer.version = view->row.version + 1;
	answer.submitter_reference = view->row.submitter_reference;
	answer.urgency = view->row.urgency;
	return answer;
}

struct record_change *inform_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	struct draft supplement = {0};
	struct idempotency_row key;
	const struct request_view *view = read_owned(call->reader, call->principal, id, call->arena, outcome);
	const char *route = arena_printf(call->arena, "POST /v1/requests/%s/information", id);
	if (view == NULL || !draft_parse(&supplement, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, route, supplement.body, supplement.body_length, NULL, &key, outcome) ||
	    !may_change(call, view, outcome)) {
		return NULL;
	}
	struct draft draft = {.program = program_of(call->service, &view->row), .received_at = view->row.received_at};
	if (draft.program == NULL) {
		(void)outcome_refuse(outcome, ERR_STORE, "the policy version of this request is not loaded");
		return NULL;
	}
	const struct shape *shape = draft.program->policy->information;
	if (shape_decode_part(shape, supplement.root, call->arena, &outcome->issues) == NULL) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	if (!merge(&draft, call, view, supplement.root, outcome)) {
		return NULL;
	}
	draft_evaluate(&draft, call->service->policies, call->now, call->arena);
	struct request_answer answer = answer_again(call, view, &draft);
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record_prepare(record, call, &draft, &answer, "information_supplied");
	record->row.organization = view->row.organization;
	record->key = key;
	return record;
}
