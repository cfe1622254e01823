/* SPDX-License-Identifier: Apache-2.0 */
#include "review/amend.h"

#include "base/text.h"
#include "review/determine.h"
#include "review/disposition.h"
#include "review/episode.h"
#include "review/held.h"
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

static const struct program *program_of(const struct policy_set *set, const struct request_row *row)
{
	const bool decides = policy_set_decides(set, row->policy_id, row->policy_version); /* not a draft */
	const struct policy *policy = decides ? policy_set_find(set, row->policy_id, row->policy_version) : NULL;
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
	if (rule->unshaped) {
		return true;
	}
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
	amendment->program = program_of(call->policies, &view->row);
	if (amendment->program == NULL) {
		err_set(&err, ERR_POLICY_NOT_LOADED,
			"policy %s %s, by which this request is judged, is not loaded; the payer must load it again",
			view->row.policy_id, view->row.policy_version);
		return outcome_fail(outcome, &err);
	}
	amendment->before = json_parse(call->arena, view->snapshot, view->snapshot_length, &json_limits_file, &err);
	if (amendment->before == NULL) {
		return outcome_fail(outcome, &err);
	}
	if (!papers_read(call->reader, view->row.id, call->arena, &amendment->papers, outcome)) {
		return false;
	}
	amendment->judged = plan_verified_body(call->arena, amendment->papers.body, amendment->papers.plan);
	return true;
}

/* Row and papers are two reads; a change between them would be judged by papers that the caller has not seen. */
static bool overtaken(const struct amendment *amendment)
{
	return amendment->papers.version != 0 && amendment->papers.version != amendment->view->row.version;
}

bool amend_open(struct amendment *amendment, const struct call *call, const struct request_view *view, struct outcome *outcome)
{
	*amendment = (struct amendment){.call = call, .view = view};
	return load(amendment, outcome) &&
	       (!overtaken(amendment) || outcome_refuse(outcome, ERR_STALE, "the request has changed meanwhile"));
}

bool amend_begin(struct amendment *amendment, const struct call *call, const char *id, const struct amend_rule *rule,
		 struct outcome *outcome)
{
	struct draft input = {0};
	*amendment = (struct amendment){.call = call};
	amendment->view = rule->record ? read_owned_record(call->reader, call->principal, id, call->arena, outcome)
				       : read_owned(call->reader, call->principal, id, call->arena, outcome);
	const char *route = arena_printf(call->arena, "%s /v1/%s/%s/%s", rule->put ? "PUT" : "POST",
					 rule->record ? "service-records" : "requests", id, rule->resource);
	if (amendment->view == NULL || !draft_parse(&input, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, route, input.body, input.body_length, NULL, &amendment->key, outcome) ||
	    !may_change(call, amendment->view, rule->step, outcome)) {
		return false;
	}
	amendment->input = input.root;
	if (!load(amendment, outcome)) {
		return false;
	}
	if (overtaken(amendment)) { /* perhaps by the same call: then its answer is there by now */
		return call_is_new(call, route, input.body, input.body_length, NULL, &amendment->key, outcome) &&
		       outcome_refuse(outcome, ERR_STALE, "read the request again and send its ETag");
	}
	return check_input(amendment, rule, outcome);
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

static struct clock_list clocks_before(const struct amendment *amendment)
{
	return clock_list_read(amendment->call->arena, json_member(amendment->before, "clock"), amendment->program->policy);
}

/* Where nothing is returned a request would stay incomplete for good: after the attempts owed a reviewer takes it up as it is. */
static void take_up(struct amendment *amendment)
{
	struct attempts attempts;
	struct evaluation *evaluation = &amendment->draft.evaluation;
	const struct policy *policy = amendment->program->policy;
	if (evaluation->status != STATUS_INCOMPLETE || evaluation->outreach == NULL || !determine_waits(evaluation)) {
		return;
	}
	const struct clock_list clocks = clocks_before(amendment);
	plan_attempts(amendment->papers.plan, evaluation, &clocks, policy, &attempts);
	if ((int)attempts.made >= evaluation->attempts_owed) {
		evaluation->standing.missing = false;
		evaluation->standing.requested = true; /* it may still come */
		evaluation->status = lifecycle_status(&evaluation->standing);
		evaluation->waiting_on = lifecycle_waiting_on(evaluation->status, &evaluation->standing);
	}
}

/*
 * A version that was in force at receipt judges to the end, wherever its time ends by now. What was recorded before the papers said so was
 * judged by it unless staff route it.
 */
static bool came_in_force(const struct amendment *amendment)
{
	const struct json *said = json_member(amendment->papers.plan, "in_force");
	return said != NULL ? json_boolean(said) : strcmp(amendment->view->row.status, status_name(STATUS_MANUAL_ROUTE)) != 0;
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
		.inherited = amendment->view->row.sensitivity,
	};
	draft->record = shape_decode(amendment->program->policy->request, draft->root, call->arena, &outcome->issues);
	if (draft->record == NULL) {
		return outcome_invalid(outcome);
	}
	const struct request_row *row = &amendment->view->row;
	const struct held_scope scope = {.episode = row->episode != NULL ? row->episode : row->id};
	if (!held_find(call, &scope, draft, outcome)) {
		return false;
	}
	draft->found = came_in_force(amendment) || draft_in_force(draft) ? POLICY_ANSWERS : POLICY_NONE_IN_FORCE;
	draft_evaluate(draft, call->policies, plan, arrived_at, arrived_at, call->arena);
	plan_apply(plan, amendment->program, call->arena, &draft->evaluation);
	take_up(amendment);
	return true;
}

/* Who the request is, which no amendment changes. */
static void keep_identity(struct request_answer *answer, const struct request_row *row, const struct json *plan)
{
	answer->id = row->id;
	answer->tracking_number = row->tracking_number;
	answer->version = row->version + 1;
	answer->submitter_reference = row->submitter_reference;
	answer->urgency = row->urgency;
	answer->plan = plan;
}

static struct request_answer answer_again(struct amendment *amendment)
{
	const struct call *call = amendment->call;
	struct evaluation *evaluation = &amendment->draft.evaluation;
	struct request_answer answer = draft_answer(&amendment->draft, call->now);
	const struct clock_list stored = clocks_before(amendment);
	answer.clocks.clocks = clocks_keep(stored.clocks, stored.count, answer.clocks.clocks, answer.clocks.count, call->arena,
					   &answer.clocks.count);
	keep_identity(&answer, &amendment->view->row, amendment->papers.plan);
	struct attempts attempts;
	plan_attempts(amendment->papers.plan, evaluation, &answer.clocks, amendment->program->policy, &attempts);
	answer.attempts_made = (int)attempts.made;
	evaluation->standing.outreach_owed = evaluation->missing_count > 0 && (int)attempts.made < evaluation->attempts_owed;
	answer.tasks = lifecycle_tasks(evaluation->status, &evaluation->standing);
	return answer;
}

static int attempts_before(const struct json *before)
{
	const struct json *made = json_at(before, "/outreach/made");
	return made != NULL && json_kind(made) == JSON_NUMBER ? (int)json_number(made) : 0;
}

/* The answer as it stood, but for what the plan recorded since. What is owed of an open request stays as it was. */
static struct request_answer answer_kept(struct amendment *amendment)
{
	const struct request_row *row = &amendment->view->row;
	const struct json *plan = amendment->papers.plan;
	struct evaluation *evaluation = &amendment->draft.evaluation;
	enum status before = STATUS_COUNT;
	(void)status_from_name(row->status, &before);
	evaluation->standing.notice_owed = plan_notice_owed(plan);
	evaluation->standing.appeal_open = plan_appeal_open(plan);
	evaluation->standing.placement_awaited = plan_placement_awaited(plan);
	evaluation->status = plan_status(plan, before);
	bool open = status_open(evaluation->status);
	evaluation->waiting_on = lifecycle_waiting_on(evaluation->status, &evaluation->standing);
	if (open) {
		(void)waiting_on_from_name(row->waiting_on, &evaluation->waiting_on);
	}
	struct request_answer answer = {
		.received_at = row->received_at,
		.updated_at = amendment->call->now,
		.program = amendment->program,
		.evaluation = evaluation,
		.clocks = clocks_before(amendment),
		.attempts_made = attempts_before(amendment->before),
		.tasks = open ? row->tasks : lifecycle_tasks(evaluation->status, &evaluation->standing),
		.stood = amendment->before,
		.sensitivity = row->sensitivity,
	};
	keep_identity(&answer, row, plan);
	return answer;
}

void amend_close(struct amendment *amendment, const char *disposition)
{
	const struct disposition close = {
		.request_id = amendment->view->row.id,
		.disposition = disposition,
		.reason = json_text(json_member(amendment->input, "reason")),
		.note = json_text(json_member(amendment->input, "note")),
		.by = amendment->call->principal->id,
	};
	amendment->decision =
		disposition_record(&close, amendment->call, amendment->program->policy->zone, &amendment->papers.plan);
}

/* On verified facts the machine itself returns, or says that nothing is required; the record says that it did, and why. */
static void close_by_machine(struct amendment *amendment)
{
	if (amendment->decision == NULL) {
		amendment->decision =
			disposition_by_machine(&amendment->draft.evaluation, amendment->view->row.id, amendment->call,
					       amendment->program->policy->zone, &amendment->papers.plan);
	}
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

/* The episode as it is with what this change does; the writer's turn may come after another change of it, which GET …/episode tells. */
static bool add_episode(const struct amendment *amendment, struct request_answer *answer, struct outcome *outcome)
{
	const struct request_row *row = &amendment->view->row;
	const struct episode_place place = {row->episode, row->continues, amendment->papers.body};
	return episode_answer(amendment->call, &place, answer, outcome);
}

static struct record_change *prepare(struct amendment *amendment, const struct request_row *row, struct request_answer *answer,
				     const char *action, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	size_t length = 0;
	if (!add_episode(amendment, answer, outcome)) {
		return NULL;
	}
	amendment->papers.version = answer->version;
	const char *text = papers_write(&amendment->papers, call->arena, &length);
	if (length > PAPERS_MAX) {
		(void)outcome_refuse(outcome, ERR_TOO_LARGE,
				     "the request as a whole has grown beyond its bound; send documents by reference");
		return NULL;
	}
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record->row = *row;
	record_prepare(record, call, answer, action);
	record->body = text;
	record->body_length = length;
	record->key = amendment->key;
	record->decision = amendment->decision;
	record->appeal = amendment->appeal;
	record->appeal_decided = amendment->appeal_decided;
	return record;
}

struct record_change *amend_end(struct amendment *amendment, const char *action, struct outcome *outcome)
{
	struct request_row row;
	struct papers *papers = &amendment->papers;
	struct arena *arena = amendment->call->arena;
	papers->plan =
		plan_lapse(arena, papers->plan, amendment->judged, plan_verified_body(arena, papers->body, papers->plan));
	if (!amend_judge(amendment, outcome)) {
		return NULL;
	}
	close_by_machine(amendment);
	struct request_answer answer = answer_again(amendment);
	record_row(&row, amendment->call, &amendment->draft, &answer);
	row.organization = amendment->view->row.organization;
	return prepare(amendment, &row, &answer, action, outcome);
}

struct record_change *amend_keep(struct amendment *amendment, const char *action, struct outcome *outcome)
{
	struct request_row row = amendment->view->row;
	struct request_answer answer = answer_kept(amendment);
	row.version = answer.version;
	row.status = status_name(answer.evaluation->status);
	return prepare(amendment, &row, &answer, action, outcome);
}
