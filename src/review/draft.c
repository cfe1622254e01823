/* SPDX-License-Identifier: Apache-2.0 */
#include "review/draft.h"

#include "base/json_write.h"
#include "base/text.h"
#include "review/plan.h"
#include "wire/sensitivity.h"

#include <string.h>

void draft_replace(struct draft *draft, const struct json *root, struct arena *arena)
{
	struct text body;
	struct json_writer writer;
	text_init(&body, arena, draft->body_length + 1);
	json_writer_init(&writer, &body);
	json_put_tree(&writer, root);
	draft->root = root;
	draft->body = body.data;
	draft->body_length = body.length;
}

bool draft_parse(struct draft *draft, const char *bytes, size_t length, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	const struct json *root = json_parse(arena, bytes, length, &json_limits_body, &err);
	if (root == NULL) {
		return outcome_fail(outcome, &err);
	}
	draft->body_length = length; /* about as much room as it takes */
	draft_replace(draft, root, arena);
	return true;
}

const char *draft_text(const struct draft *draft, const char *pointer)
{
	return json_text(json_at(draft->root, pointer));
}

/* Receipt is now, unless staff enter what came in by another way earlier. */
static void find_receipt(struct draft *draft, const struct principal *principal, struct instant now, struct outcome *outcome)
{
	draft->received_at = now;
	const struct json *intake = json_member(draft->root, "intake");
	if (intake == NULL || json_kind(intake) == JSON_NULL) {
		return;
	}
	if (principal->role != ROLE_INTAKE) {
		issues_add(&outcome->issues, "/intake", "not_permitted", "Leave /intake out; the server stamps the receipt.",
			   "only intake staff say when and how a request was received");
		return;
	}
	struct instant received;
	const char *text = json_text(json_member(intake, "received_at"));
	if (text == NULL || !instant_parse(text, &received)) {
		return; /* its form is the shape's business */
	}
	if (received.us < 0) {
		issues_add(&outcome->issues, "/intake/received_at", "too_long_ago", "Give the instant at which it arrived.",
			   "no request was received before 1970");
		return;
	}
	if (instant_compare(received, now) > 0) {
		issues_add(&outcome->issues, "/intake/received_at", "in_the_future", "Give the instant at which it arrived.",
			   "a request cannot have been received later than now");
		return;
	}
	draft->received_at = received;
}

static void unknown_word(struct outcome *outcome, const char *pointer, const char *what, const char *given,
			 const char *const *words, size_t count)
{
	struct arena *arena = outcome->issues.arena;
	const char *near = given != NULL ? text_nearest(given, words, count) : NULL;
	struct text known;
	text_init(&known, arena, 128);
	for (size_t i = 0; i < count; i++) {
		text_printf(&known, "%s%s", i > 0 ? ", " : "", words[i]);
	}
	const char *fix = near != NULL ? arena_printf(arena, "Did you mean \"%s\"?", near)
				       : arena_printf(arena, "Known here: %s.", count > 0 ? known.data : "none");
	issues_add(&outcome->issues, pointer, "unknown_word", fix, "no policy of this service knows this %s", what);
}

static bool known_review(const char *review)
{
	for (size_t i = 0; i < REVIEW_COUNT; i++) {
		if (strcmp(review_names[i], review) == 0) {
			return true;
		}
	}
	return false;
}

static enum policy_match match(struct draft *draft, const struct policy_set *set, struct outcome *outcome)
{
	const char *payer = draft_text(draft, "/payer");
	const char *name = draft_text(draft, "/service");
	const char *review = draft_text(draft, "/review");
	size_t count = 0;
	if (payer == NULL || name == NULL || review == NULL) {
		return POLICY_UNKNOWN_PAYER; /* the shape says which is absent or of the wrong type */
	}
	enum policy_match found = policy_set_match(set, payer, name, review, draft->received_at, &draft->program);
	switch (found) {
	case POLICY_UNKNOWN_PAYER: {
		const char *const *payers = policy_set_payers(set, &count);
		unknown_word(outcome, "/payer", "payer", payer, payers, count);
		break;
	}
	case POLICY_UNKNOWN_SERVICE: {
		const char *const *services = policy_set_services(set, payer, &count);
		unknown_word(outcome, "/service", "service of the payer", name, services, count);
		break;
	}
	case POLICY_UNKNOWN_REVIEW:
		if (!known_review(review)) {
			break; /* no review at all: the shape says so */
		}
		issues_add(&outcome->issues, "/review", "unknown_word", "See /v1/policies for what each service answers.",
			   "no policy answers this review of the service");
		break;
	case POLICY_ANSWERS:
	case POLICY_MANUAL:
	case POLICY_NONE_IN_FORCE: break;
	}
	return found;
}

static bool works_for(const struct principal *principal, const char *payer)
{
	if (principal->role == ROLE_PROVIDER || principal->role == ROLE_POLICY_AUTHOR) {
		return true;
	}
	for (size_t i = 0; i < principal->payer_count; i++) {
		if (strcmp(principal->payers[i], payer) == 0) {
			return true;
		}
	}
	return false;
}

bool draft_in_force(const struct draft *draft)
{
	const struct policy *policy = draft->program->policy;
	const struct civil_date received_on = zone_date(policy->zone, draft->received_at);
	return civil_compare(policy->in_force_from, received_on) <= 0 && civil_compare(received_on, policy->in_force_to) <= 0;
}

/* A receipt that no version of the policy covers is for staff; nothing of the version at hand may judge it. */
static void route_by_hand(struct evaluation *evaluation)
{
	*evaluation = (struct evaluation){
		.route = "no version of the policy was in force when it was received",
		.standing = {.manual_route = true},
		.status = STATUS_MANUAL_ROUTE,
	};
	evaluation->waiting_on = lifecycle_waiting_on(evaluation->status, &evaluation->standing);
}

void draft_evaluate(struct draft *draft, const struct policy_set *set, const struct json *plan, struct instant now,
		    struct instant arrived_at, struct arena *arena)
{
	const struct zone *zone = draft->program->policy->zone;
	struct submission submission = {
		.set = set,
		.program = draft->program,
		.body = draft->record,
		.received_at = draft->received_at,
		.received_on = zone_date(zone, draft->received_at),
		.arrived_at = arrived_at,
		.today = zone_date(zone, now),
		.verified = plan_verified(plan),
		.now = now,
	};
	if (draft->found == POLICY_NONE_IN_FORCE) {
		route_by_hand(&draft->evaluation);
		draft->evaluation.sensitivity = evaluate_sensitivity(&submission, arena);
		return;
	}
	submission.events = plan_events(arena, plan, &submission.event_count);
	submission.asked = plan_texts(arena, plan, "asked", &submission.asked_count);
	submission.held = draft->held;
	submission.held_count = draft->held_count;
	evaluate(&submission, arena, &draft->evaluation);
}

/* Facts are declared by a policy; where none was found nothing can be said about them. */
static const struct json *without_facts(const struct json *root, struct arena *arena)
{
	struct err err = {0};
	const struct json *rest = json_edit(arena, root, "/facts", NULL, &err);
	return rest != NULL ? rest : root;
}

void draft_match(struct draft *draft, const struct policy_set *set, const struct principal *principal, struct instant now,
		 struct outcome *outcome)
{
	if (!draft->matched) {
		find_receipt(draft, principal, now, outcome);
		draft->found = match(draft, set, outcome);
		draft->matched = true;
	}
}

bool draft_judge(struct draft *draft, const struct policy_set *set, const struct principal *principal, struct instant now,
		 struct arena *arena, struct outcome *outcome)
{
	draft_match(draft, set, principal, now, outcome);
	const enum policy_match found = draft->found;
	bool matched = found == POLICY_ANSWERS || found == POLICY_MANUAL || found == POLICY_NONE_IN_FORCE;
	const struct shape *shape = matched ? draft->program->policy->request : policy_set_request_shape(set);
	draft->record = shape_decode(shape, matched ? draft->root : without_facts(draft->root, arena), arena, &outcome->issues);
	if (issues_any(&outcome->issues) || draft->record == NULL) {
		return outcome_invalid(outcome);
	}
	if (!works_for(principal, draft->program->policy->payer)) {
		return outcome_refuse(outcome, ERR_FORBIDDEN, "this token does not work for the payer of the request");
	}
	draft_evaluate(draft, set, NULL, now, (struct instant){0}, arena);
	return true;
}

unsigned draft_sensitivity(const struct draft *draft)
{
	return draft->inherited | sensitivity_read(json_member(draft->root, "sensitivity")) | draft->evaluation.sensitivity;
}

struct request_answer draft_answer(const struct draft *draft, struct instant now)
{
	const char *urgency = draft_text(draft, "/urgency");
	struct standing standing = draft->evaluation.standing;
	standing.outreach_owed = draft->evaluation.missing_count > 0 && draft->evaluation.attempts_owed > 0;
	struct request_answer answer = {
		.version = 1,
		.tasks = lifecycle_tasks(draft->evaluation.status, &standing),
		.submitter_reference = draft_text(draft, "/submitter_reference"),
		.urgency = urgency != NULL ? urgency : "standard",
		.received_at = draft->received_at,
		.updated_at = now,
		.program = draft->program,
		.evaluation = &draft->evaluation,
		.clocks = {draft->evaluation.clocks, draft->evaluation.clock_count},
		.sensitivity = draft_sensitivity(draft),
	};
	return answer;
}
