/* SPDX-License-Identifier: Apache-2.0 */
#include "review/submit.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "review/continue.h"
#include "review/disposition.h"
#include "review/episode.h"
#include "review/held.h"
#include "review/papers.h"
#include "review/replace.h"

#include <string.h>

/* Records have addresses of their own: they are neither requested nor decided. */
static void refuse_record(const struct draft *draft, struct outcome *outcome)
{
	const char *review = draft_text(draft, "/review");
	if (review == NULL || !review_of_record(review)) {
		return;
	}
	const bool care = strcmp(review, "care") == 0;
	issues_add(&outcome->issues, "/review", "not_a_request",
		   care ? "Send it to POST /v1/service-records."
			: "Send each attestation to PUT /v1/providers/{npi}/attestations/{id}.",
		   care ? "running care is a service record, no request"
			: "what a provider attests is a record of its own, no request");
}

/* What a new request is, and what it goes on with. */
struct submitted {
	struct draft draft;
	struct continued continued;
	const struct json *plan; /* its first part */
};

/* Nobody learns by a check, or by sending a request, of what they may not read; staff who take it up have it judged by all there is. */
static bool find_held(const struct call *call, struct submitted *submitted, struct outcome *outcome)
{
	const struct held_scope scope = {submitted->continued.episode, call->principal};
	return held_find(call, &scope, &submitted->draft, outcome);
}

/* Judges the body and what it replaces and continues, so that all that is wrong with any of them is told at once. */
static bool judge(const struct call *call, struct submitted *submitted, struct outcome *outcome)
{
	struct replaced replaced;
	struct draft *draft = &submitted->draft;
	refuse_record(draft, outcome);
	draft_match(draft, call->policies, call->principal, call->now, outcome);
	if (!continue_find(call, draft, &submitted->continued, outcome) || !replace_find(call, draft, &replaced, outcome) ||
	    !find_held(call, submitted, outcome) ||
	    !draft_judge(draft, call->policies, call->principal, call->now, call->arena, outcome)) {
		return false;
	}
	draft->inherited = submitted->continued.sensitivity | replaced.sensitivity;
	if (submitted->continued.refused) {
		return outcome_fail(outcome, &submitted->continued.why);
	}
	const struct json *plan = papers_plan(call->arena, call->now, replace_json(&replaced, draft, call->arena));
	plan = papers_set(call->arena, plan, "in_force", draft->found != POLICY_NONE_IN_FORCE ? "true" : "false");
	submitted->plan = continue_plan(&submitted->continued, plan, call->arena);
	return true;
}

/* Adds the episode, in which the new request stands as it is answered. */
static bool add_episode(const struct call *call, const struct submitted *submitted, struct request_answer *answer,
			struct outcome *outcome)
{
	const struct continued *continued = &submitted->continued;
	const struct episode_place place = {continued->episode, continued->id, submitted->draft.root};
	return episode_answer(call, &place, answer, outcome);
}

static void fill_row(struct request_row *row, const struct call *call, const struct submitted *submitted,
		     const struct request_answer *answer)
{
	record_row(row, call, &submitted->draft, answer);
	row->continues = submitted->continued.id;
	row->episode = submitted->continued.episode;
	row->onlooker = record_onlooker(call->principal);
	row->organization = continue_organization(&submitted->continued, &submitted->draft, call->principal);
}

struct record_change *submit_prepare(const struct call *call, struct outcome *outcome)
{
	struct submitted submitted = {.plan = NULL};
	struct draft *draft = &submitted.draft;
	struct idempotency_row key;
	if (!draft_parse(draft, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, "POST /v1/requests", draft->body, draft->body_length, "/v1/requests/", &key, outcome) ||
	    !judge(call, &submitted, outcome)) {
		return NULL;
	}
	char id[IDENT_ID_SIZE];
	char tracking[IDENT_TRACKING_SIZE];
	struct request_answer answer = draft_answer(draft, call->now);
	answer.id = arena_copy(call->arena, ident_id(call->service->ident, "req_", call->now, id));
	answer.tracking_number = arena_copy(call->arena, ident_tracking(call->service->ident, tracking));
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record->decision =
		disposition_by_machine(&draft->evaluation, answer.id, call, draft->program->policy->zone, &submitted.plan);
	answer.plan = submitted.plan;
	if (!add_episode(call, &submitted, &answer, outcome)) {
		return NULL;
	}
	fill_row(&record->row, call, &submitted, &answer);
	record_prepare(record, call, &answer, "received");
	record->body = papers_start(draft->body, draft->body_length, submitted.plan, call->arena, &record->body_length);
	record->key = key;
	record->insert = true;
	record->location_base = "/v1/requests/";
	record->change.outcome.created = true;
	record->change.outcome.location = arena_printf(call->arena, "/v1/requests/%s", answer.id);
	return record;
}

/*
 * The writer asks this of what is recorded, when its turn has come. A continuation that does not exist for the caller does not stand in the way
 * of a check.
 */
static bool can_continue(const struct call *call, const struct continued *continued, struct outcome *outcome)
{
	struct err err = {0};
	const struct onlooker onlooker = record_onlooker(call->principal);
	return continued->id == NULL || episode_open(call->reader, continued->id, &onlooker, &err) ||
	       outcome_fail(outcome, &err);
}

void check_request(const struct call *call, struct outcome *outcome)
{
	struct submitted submitted = {.plan = NULL};
	struct draft *draft = &submitted.draft;
	struct text body;
	struct json_writer writer;
	if (!draft_parse(draft, call->bytes, call->length, call->arena, outcome) || !judge(call, &submitted, outcome) ||
	    !can_continue(call, &submitted.continued, outcome)) {
		return;
	}
	struct request_answer answer = draft_answer(draft, call->now);
	answer.plan = submitted.plan;
	if (!add_episode(call, &submitted, &answer, outcome)) {
		return;
	}
	text_init(&body, call->arena, 16384);
	json_writer_init(&writer, &body);
	answer_write_check(&writer, &answer);
	outcome_answer(outcome, &body);
}
