/* SPDX-License-Identifier: Apache-2.0 */
#include "review/care_start.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "domain/lifecycle.h"
#include "review/care.h"
#include "review/continue.h"
#include "review/occurrences.h"
#include "review/own_json.h"
#include "review/papers.h"
#include "review/plan.h"
#include "review/read.h"

#include <string.h>

/* The request whose authorization the care begins with; VIEW is NULL when there is none. */
struct origin {
	const struct request_view *view;
	const struct json *body; /* with what staff verified */
	const struct json *authorization;
	bool approved;
};

/* ---- where it comes from ---- */

static bool approved(const struct json *plan)
{
	const char *outcome = json_text(json_at(plan, "/decision/outcome"));
	return outcome != NULL && strncmp(outcome, "approved", strlen("approved")) == 0;
}

/* False only when the store failed. */
static bool find_origin(const struct call *call, const struct draft *draft, struct origin *origin, struct outcome *outcome)
{
	struct outcome found;
	struct papers papers;
	const char *id = draft_text(draft, "/continues");
	*origin = (struct origin){.view = NULL};
	if (id == NULL) {
		return true; /* or a number, say: the shape's business */
	}
	outcome_init(&found, call->arena);
	origin->view = read_owned(call->reader, call->principal, id, call->arena, &found);
	if (origin->view == NULL && found.err.code != ERR_NOT_FOUND) {
		return outcome_fail(outcome, &found.err);
	}
	if (origin->view == NULL) {
		issues_add(&outcome->issues, "/continues", "not_found",
			   "Send the id of your approved request, or leave it out.", "no request of yours has this id");
		return true;
	}
	if (!papers_read(call->reader, origin->view->row.id, call->arena, &papers, outcome)) {
		return false;
	}
	origin->body = plan_verified_body(call->arena, papers.body, papers.plan);
	origin->authorization = json_member(papers.plan, "authorization");
	origin->approved = approved(papers.plan);
	return true;
}

/* What the care takes over where the body is silent: who it is about, and by what authorization. */
static const struct json *carried(const struct origin *origin, struct arena *arena)
{
	static const char *const members[] = {"payer", "service", "member", "requesting_provider", "servicing_provider"};
	static const char *const named[] = {"number", "from", "to"};
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const struct json *member = json_member(origin->body, members[i]);
		if (member != NULL) {
			json_member_tree(&writer, members[i], member);
		}
	}
	if (json_text(json_member(origin->authorization, "number")) != NULL) {
		json_put_name(&writer, "prior_authorization");
		json_open_object(&writer);
		for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
			json_member_tree(&writer, named[i], json_member(origin->authorization, named[i]));
		}
		json_close_object(&writer);
	}
	json_close_object(&writer);
	return own_json(arena, out.data);
}

static bool differ(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) != 0;
}

/* It goes on with care of the same kind, for the same member, by its authorization. */
static void check_origin(const struct origin *origin, const struct draft *draft, struct outcome *outcome)
{
	if (origin->view == NULL || draft->program == NULL) {
		return;
	}
	const struct request_row *row = &origin->view->row;
	if (differ(row->payer, draft->program->policy->payer) || differ(row->service, draft->program->service)) {
		issues_add(&outcome->issues, "/continues", "another_service",
			   "Name a request for this service of the payer, or leave it out.",
			   "that request is to another payer or for another service");
	}
	continue_check_member(draft, origin->body, &outcome->issues);
	if (origin->authorization != NULL && json_kind(origin->authorization) == JSON_OBJECT) {
		continue_check_authorization(draft, origin->authorization, &outcome->issues);
	} else if (draft_text(draft, "/prior_authorization/number") != NULL) {
		issues_add(&outcome->issues, "/prior_authorization/number", "another_authorization",
			   "Leave it out until the authorization is issued.",
			   "of the request that is continued no day is authorized yet");
	}
}

/* ---- what is sent ---- */

static bool usable_object(const struct json *root, struct outcome *outcome)
{
	if (json_kind(root) != JSON_OBJECT) {
		issues_add(&outcome->issues, "", "wrong_type", "Send an object.", "a service record is an object");
	}
	return json_kind(root) == JSON_OBJECT || outcome_invalid(outcome);
}

/* The review is known from the address. */
static const struct json *as_care(struct arena *arena, const struct json *root, struct outcome *outcome)
{
	const struct json *said = json_member(root, "review");
	const char *review = json_text(said);
	const bool other = said != NULL && json_kind(said) != JSON_NULL && (review == NULL || strcmp(review, "care") != 0);
	if (other) {
		issues_add(&outcome->issues, "/review", "not_care", "Leave it out, or send a request to POST /v1/requests.",
			   "a service record is of the review care");
	}
	return own_json_edit(arena, root, "/review", own_json(arena, "\"care\""));
}

/* What happened already comes with it, each under its name. */
static void take_occurrences(const struct call *call, struct draft *draft, struct outcome *outcome)
{
	const struct json *list = json_at(draft->root, "/facts/occurrences");
	if (draft->program == NULL || list == NULL) {
		return;
	}
	if (json_kind(list) == JSON_NULL) {
		draft_replace(draft, own_json_edit(call->arena, draft->root, "/facts/occurrences", own_json(call->arena, "[]")),
			      call->arena);
	} else if (json_kind(list) == JSON_ARRAY) {
		const struct occurrences_report report = {
			.call = call,
			.policy = draft->program->policy,
			.added = list,
			.pointer = "/facts/occurrences",
			.birth_date = json_text(json_at(draft->root, "/member/birth_date")),
		};
		occurrences_check(&report, &outcome->issues);
		if (!issues_any(&outcome->issues)) {
			const struct json *joined = occurrences_join(&report);
			draft_replace(draft, own_json_edit(call->arena, draft->root, "/facts/occurrences", joined),
				      call->arena);
		}
	}
}

static bool judge(const struct call *call, struct draft *draft, struct origin *origin, struct outcome *outcome)
{
	if (!usable_object(draft->root, outcome) || !find_origin(call, draft, origin, outcome)) {
		return false;
	}
	const struct json *root = as_care(call->arena, draft->root, outcome);
	if (origin->view != NULL) {
		root = json_merge(call->arena, carried(origin, call->arena), root);
	}
	draft_replace(draft, root, call->arena);
	draft->inherited = origin->view != NULL ? origin->view->row.sensitivity : 0;
	draft_match(draft, call->policies, call->principal, call->now, outcome);
	check_origin(origin, draft, outcome);
	if (draft->matched && draft->found == POLICY_NONE_IN_FORCE) {
		issues_add(&outcome->issues, "/service", "not_in_force", "See /v1/policies for what is in force.",
			   "no version of the policy was in force when it was received");
	}
	take_occurrences(call, draft, outcome);
	if (!draft_judge(draft, call->policies, call->principal, call->now, call->arena, outcome)) {
		return false;
	}
	return origin->view == NULL || origin->approved ||
	       outcome_refuse(outcome, ERR_TRANSITION,
			      "the request that is continued is not approved; its care begins when it is");
}

/* Whose it is: the caller's; where staff enter what goes on, that of the request it goes on with. */
static const char *owner_of(const struct call *call, const struct origin *origin)
{
	if (call->principal->organization != NULL) {
		return call->principal->organization;
	}
	return origin->view != NULL && origin->view->row.organization != NULL ? origin->view->row.organization : "";
}

struct record_change *care_prepare(const struct call *call, struct outcome *outcome)
{
	struct origin origin;
	struct draft draft = {0};
	struct idempotency_row key;
	if (!draft_parse(&draft, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, "POST /v1/service-records", draft.body, draft.body_length, "/v1/service-records/", &key,
			 outcome) ||
	    !judge(call, &draft, &origin, outcome)) {
		return NULL;
	}
	char id[IDENT_ID_SIZE];
	char tracking[IDENT_TRACKING_SIZE];
	struct request_answer answer = draft_answer(&draft, call->now);
	answer.id = arena_copy(call->arena, ident_id(call->service->ident, "svc_", call->now, id));
	answer.tracking_number = arena_copy(call->arena, ident_tracking(call->service->ident, tracking));
	answer.clocks.count = 0; /* nothing is decided */
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record_row(&record->row, call, &draft, &answer);
	record->row.organization = owner_of(call, &origin);
	record->row.waiting_on = waiting_on_name(WAITING_NOBODY);
	const struct care care = {
		.call = call,
		.draft = &draft,
		.plan = papers_plan(call->arena, call->now, NULL),
		.id = answer.id,
		.submitter_reference = answer.submitter_reference,
		.version = 1,
	};
	care_record(record, &care, "received");
	record->body = papers_start(draft.body, draft.body_length, care.plan, call->arena, &record->body_length);
	record->key = key;
	record->insert = true;
	record->location_base = "/v1/service-records/";
	record->change.outcome.created = true;
	record->change.outcome.location = arena_printf(call->arena, "/v1/service-records/%s", answer.id);
	return record;
}
