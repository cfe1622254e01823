/* SPDX-License-Identifier: Apache-2.0 */
#include "review/amend.h"

#include "base/text.h"
#include "review/plan.h"
#include "review/read.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PAPERS_MAX = 1024 * 1024 };

/* Strong ETags "vN" only; anything else cannot match. */
static bool version_matches(const char *if_match, int64_t version)
{
	char expected[32];
	(void)snprintf(expected, sizeof(expected), "\"v%" PRId64 "\"", version);
	return strcmp(if_match, expected) == 0;
}

static bool may_change(const struct call *call, const struct request_view *view, enum step step, struct outcome *outcome)
{
	enum status status;
	if (call->if_match == NULL) {
		return outcome_refuse(outcome, ERR_PRECONDITION, "send If-Match with the ETag of the answer you are adding to");
	}
	if (!version_matches(call->if_match, view->row.version)) {
		return outcome_refuse(outcome, ERR_STALE, "read the request again and send its ETag");
	}
	if (!status_from_name(view->row.status, &status) || !lifecycle_allows(status, step)) {
		return outcome_refuse(outcome, ERR_TRANSITION, lifecycle_refusal(status, step));
	}
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

/* The call's body has the right shape; what it says is the use case's business. */
static bool check_input(struct amendment *amendment, const struct amend_rule *rule, struct outcome *outcome)
{
	struct arena *arena = amendment->call->arena;
	const struct shape *shape = rule->shape != NULL ? rule->shape : amendment->program->policy->information;
	const struct record *record = rule->shape != NULL ? shape_decode(shape, amendment->input, arena, &outcome->issues)
							  : shape_decode_part(shape, amendment->input, arena, &outcome->issues);
	return record != NULL || outcome_invalid(outcome);
}

static bool load(struct amendment *amendment, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	const struct request_view *view = amendment->view;
	struct err err = {0};
	amendment->program = program_of(call->service, &view->row);
	if (amendment->program == NULL) {
		return outcome_refuse(outcome, ERR_STORE, "the policy version of this request is not loaded");
	}
	amendment->before = json_parse(call->arena, view->snapshot, view->snapshot_length, &json_limits_file, &err);
	if (amendment->before == NULL) {
		return outcome_fail(outcome, &err);
	}
	return papers_read(call->reader, view->row.id, call->arena, &amendment->papers, outcome);
}

bool amend_begin(struct amendment *amendment, const struct call *call, const char *id, const struct amend_rule *rule,
		 struct outcome *outcome)
{
	struct draft input = {0};
	*amendment = (struct amendment){.call = call};
	amendment->view = read_owned(call->reader, call->principal, id, call->arena, outcome);
	const char *route = arena_printf(call->arena, "POST /v1/requests/%s/%s", id, rule->resource);
	if (amendment->view == NULL || !draft_parse(&input, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, route, input.body, input.body_length, NULL, &amendment->key, outcome) ||
	    !may_change(call, amendment->view, rule->step, outcome)) {
		return false;
	}
	amendment->input = input.root;
	return load(amendment, outcome) && check_input(amendment, rule, outcome);
}

/* What staff do later brings no papers: these are judged by the day on which the newest of them arrived. */
static struct instant keep_arrival(struct amendment *amendment)
{
	char text[INSTANT_TEXT_SIZE];
	struct arena *arena = amendment->call->arena;
	if (amendment->arrived_at.us == 0) {
		return plan_arrived_at(amendment->papers.plan, amendment->view->row.received_at);
	}
	const char *at = arena_printf(arena, "\"%s\"", instant_format_utc(amendment->arrived_at, text));
	amendment->papers.plan = papers_set(arena, amendment->papers.plan, "arrived_at", at);
	return amendment->arrived_at;
}

bool amend_judge(struct amendment *amendment, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	struct instant arrived_at = keep_arrival(amendment);
	const struct json *plan = amendment->papers.plan;
	struct draft *draft = &amendment->draft;
	*draft = (struct draft){
		.program = amendment->program,
		.received_at = amendment->view->row.received_at,
		.root = plan_verified_body(call->arena, amendment->papers.body, plan),
	};
	draft->record = shape_decode(amendment->program->policy->request, draft->root, call->arena, &outcome->issues);
	if (draft->record == NULL) {
		return outcome_invalid(outcome);
	}
	draft_evaluate(draft, call->service->policies, plan, arrived_at, arrived_at, call->arena);
	plan_apply(plan, &draft->evaluation);
	return true;
}

static struct request_answer answer_again(struct amendment *amendment)
{
	const struct call *call = amendment->call;
	const struct request_row *row = &amendment->view->row;
	struct request_answer answer = draft_answer(&amendment->draft, call->now);
	const struct clock_list stored =
		clock_list_read(call->arena, json_member(amendment->before, "clock"), amendment->program->policy);
	answer.clocks.clocks = clocks_keep(stored.clocks, stored.count, answer.clocks.clocks, answer.clocks.count, call->arena,
					   &answer.clocks.count);
	answer.id = row->id;
	answer.tracking_number = row->tracking_number;
	answer.version = row->version + 1;
	answer.submitter_reference = row->submitter_reference;
	answer.urgency = row->urgency;
	answer.plan = amendment->papers.plan;
	struct attempts attempts;
	plan_attempts(amendment->papers.plan, &amendment->draft.evaluation, &answer.clocks, amendment->program->policy,
		      &attempts);
	answer.attempts_made = (int)attempts.made;
	return answer;
}

/* On verified facts the machine itself returns; the record says that it did, and why. */
static void record_machine_return(struct amendment *amendment)
{
	char at[INSTANT_TEXT_SIZE];
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	struct arena *arena = amendment->call->arena;
	if (!evaluation->standing.returned || json_member(amendment->papers.plan, "return") != NULL) {
		return;
	}
	const char *text = arena_printf(arena, "{\"reason\":\"%s\",\"at\":\"%s\",\"by\":\"system\",\"note\":null}",
					evaluation->returns[0].reason,
					zone_format(amendment->program->policy->zone, amendment->call->now, at));
	amendment->papers.plan = papers_set(arena, amendment->papers.plan, "return", text);
}

const char *amend_disposition(const struct amendment *amendment)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "reason", json_text(json_member(amendment->input, "reason")));
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_member_text(&writer, "note", json_text(json_member(amendment->input, "note")));
	json_close_object(&writer);
	return out.data;
}

struct record_change *amend_end(struct amendment *amendment, const char *action, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	if (!amend_judge(amendment, outcome)) {
		return NULL;
	}
	record_machine_return(amendment);
	size_t length = 0;
	const char *text = papers_write(&amendment->papers, call->arena, &length);
	if (length > PAPERS_MAX) {
		(void)outcome_refuse(outcome, ERR_TOO_LARGE,
				     "the request as a whole has grown beyond its bound; send documents by reference");
		return NULL;
	}
	struct request_answer answer = answer_again(amendment);
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record_prepare(record, call, &amendment->draft, &answer, action);
	record->body = text;
	record->body_length = length;
	record->row.organization = amendment->view->row.organization;
	record->key = amendment->key;
	return record;
}
