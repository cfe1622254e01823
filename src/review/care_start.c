/* SPDX-License-Identifier: Apache-2.0 */
#include "review/care_start.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "domain/lifecycle.h"
#include "review/approval.h"
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
	const struct json *plan;
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
	origin->plan = papers.plan;
	origin->authorization = json_member(papers.plan, "authorization");
	origin->approved = approved(papers.plan);
	return true;
}

static bool differ(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) != 0;
}

/* With whom the member was placed; without a placement, whom the request named. */
static const struct json *provider_of(const struct origin *origin)
{
	const struct json *placed = json_at(origin->plan, "/placement/provider");
	return placed != NULL && json_kind(placed) == JSON_OBJECT ? placed : json_member(origin->body, "servicing_provider");
}

/* Of a provider whom the body names otherwise nothing is taken over. */
static bool same_provider(const struct json *before, const struct json *said)
{
	static const char *const identity[] = {"npi", "tax_id", "medicaid_id", "name"};
	bool same = true;
	for (size_t i = 0; i < sizeof(identity) / sizeof(identity[0]); i++) {
		same = same && !differ(json_text(json_member(before, identity[i])), json_text(json_member(said, identity[i])));
	}
	return same;
}

/* What the care takes over where the body (SAID) is silent: who it is about, by whom it is given, and by what authorization. */
static const struct json *carried(const struct origin *origin, const struct json *said, struct arena *arena)
{
	static const char *const members[] = {"payer", "service", "member"};
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
	const struct {
		const char *name;
		const struct json *before;
	} providers[] = {
		{"requesting_provider", json_member(origin->body, "requesting_provider")},
		{"servicing_provider", provider_of(origin)},
	};
	for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++) {
		if (providers[i].before != NULL && same_provider(providers[i].before, json_member(said, providers[i].name))) {
			json_member_tree(&writer, providers[i].name, providers[i].before);
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

/* Without the members of a request that a record has no use for; an issue for each. */
static const struct json *refuse_senseless(const struct json *root, struct outcome *outcome)
{
	static const struct {
		const char *name;
		const char *fix;
	} rows[] = {
		{"lines", "Leave it out; what was granted stands in the request that it continues."},
		{"replaces", "Leave it out; retract what was recorded wrongly, or begin another record."},
		{"retrospective", "Leave it out; each occurrence says when it happened."},
		{"urgency", "Leave it out; nothing is decided about a record."},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (json_member(root, rows[i].name) != NULL) {
			const char *pointer = arena_printf(outcome->issues.arena, "/%s", rows[i].name);
			issues_add(&outcome->issues, pointer, "unknown_member", rows[i].fix,
				   "a service record has no such member");
			root = own_json_edit(outcome->issues.arena, root, pointer, NULL);
		}
	}
	return root;
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

/* Where the policy lets the care begin with an approval alone, it names the approved request. */
static void check_approval(const struct draft *draft, const struct origin *origin, struct outcome *outcome)
{
	const struct json *said = json_member(draft->root, "continues");
	const bool silent = said == NULL || json_kind(said) == JSON_NULL;
	if (draft->program != NULL && draft->program->needs_approval && origin->view == NULL && silent) {
		issues_add(&outcome->issues, "/continues", "approval_needed",
			   "Send the id of the approved request; until it is approved the care does not begin.",
			   "care of this service begins with an approved request");
	}
}

/* What happened already comes with it, each under its name. EARLY has an issue for what an approval should have come before. */
static void take_occurrences(const struct call *call, const struct origin *origin, struct draft *draft, struct issues *early,
			     struct outcome *outcome)
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
		if (origin->approved) {
			const struct approval approval = approval_of(draft->program, origin->plan);
			approval_check(&approval, report.policy, list, report.pointer, early);
		}
		if (!issues_any(&outcome->issues)) {
			const struct json *joined = occurrences_join(&report);
			draft_replace(draft, own_json_edit(call->arena, draft->root, "/facts/occurrences", joined),
				      call->arena);
		}
	}
}

static bool judge(const struct call *call, struct draft *draft, struct origin *origin, struct outcome *outcome)
{
	struct issues early;
	issues_init(&early, call->arena);
	if (!usable_object(draft->root, outcome) || !find_origin(call, draft, origin, outcome)) {
		return false;
	}
	const struct json *root = as_care(call->arena, refuse_senseless(draft->root, outcome), outcome);
	if (origin->view != NULL) {
		root = json_merge(call->arena, carried(origin, root, call->arena), root);
	}
	draft_replace(draft, root, call->arena);
	draft->inherited = origin->view != NULL ? origin->view->row.sensitivity : 0;
	draft_match(draft, call->policies, call->principal, call->now, outcome);
	check_origin(origin, draft, outcome);
	if (draft->matched && draft->found == POLICY_NONE_IN_FORCE) {
		issues_add(&outcome->issues, "/service", "not_in_force", "See /v1/policies for what is in force.",
			   "no version of the policy was in force when it was received");
	}
	check_approval(draft, origin, outcome);
	take_occurrences(call, origin, draft, &early, outcome);
	if (!draft_judge(draft, call->policies, call->principal, call->now, call->arena, outcome)) {
		return issues_any(&early) && outcome->err.code == ERR_INVALID ? approval_refuse(&early, outcome) : false;
	}
	if (issues_any(&early)) {
		return approval_refuse(&early, outcome);
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
