/* SPDX-License-Identifier: Apache-2.0 */
#include "review/submit.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "review/disposition.h"
#include "review/papers.h"
#include "review/replace.h"

/* Judges the body and what it replaces, so that all that is wrong with either is told at once. RET_PLAN is the plan's first part. */
static bool judge(const struct call *call, struct draft *draft, const struct json **ret_plan, struct outcome *outcome)
{
	struct replaced replaced;
	if (!replace_find(call, draft, &replaced, outcome) ||
	    !draft_judge(draft, call->policies, call->principal, call->now, call->arena, outcome)) {
		return false;
	}
	*ret_plan = papers_plan(call->arena, call->now, replace_json(&replaced, draft, call->arena));
	return true;
}

struct record_change *submit_prepare(const struct call *call, struct outcome *outcome)
{
	const struct json *plan = NULL;
	struct draft draft = {0};
	struct idempotency_row key;
	if (!draft_parse(&draft, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, "POST /v1/requests", draft.body, draft.body_length, "/v1/requests/", &key, outcome) ||
	    !judge(call, &draft, &plan, outcome)) {
		return NULL;
	}
	char id[IDENT_ID_SIZE];
	char tracking[IDENT_TRACKING_SIZE];
	struct request_answer answer = draft_answer(&draft, call->now);
	answer.id = arena_copy(call->arena, ident_id(call->service->ident, "req_", call->now, id));
	answer.tracking_number = arena_copy(call->arena, ident_tracking(call->service->ident, tracking));
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record->decision = disposition_by_machine(&draft.evaluation, answer.id, call, draft.program->policy->zone, &plan);
	answer.plan = plan;
	record_row(&record->row, call, &draft, &answer);
	record_prepare(record, call, &answer, "received");
	record->body = papers_start(draft.body, draft.body_length, plan, call->arena, &record->body_length);
	record->key = key;
	record->insert = true;
	record->change.outcome.created = true;
	record->change.outcome.location = arena_printf(call->arena, "/v1/requests/%s", answer.id);
	return record;
}

void check_request(const struct call *call, struct outcome *outcome)
{
	struct draft draft = {0};
	const struct json *plan = NULL;
	struct text body;
	struct json_writer writer;
	if (!draft_parse(&draft, call->bytes, call->length, call->arena, outcome) || !judge(call, &draft, &plan, outcome)) {
		return;
	}
	struct request_answer answer = draft_answer(&draft, call->now);
	answer.plan = plan;
	text_init(&body, call->arena, 16384);
	json_writer_init(&writer, &body);
	answer_write_check(&writer, &answer);
	outcome->body = body.data;
	outcome->length = body.length;
}
