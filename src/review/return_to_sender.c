/* SPDX-License-Identifier: Apache-2.0 */
#include "review/return_to_sender.h"

#include "base/text.h"
#include "review/amend.h"
#include "review/determine.h"
#include "review/plan.h"

#include <string.h>

static const char missing_components[] = "missing_components";

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

static bool proposed(const struct amendment *amendment, const char *reason)
{
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	for (size_t i = 0; i < evaluation->return_count; i++) {
		if (strcmp(evaluation->returns[i].reason, reason) == 0) {
			return true;
		}
	}
	return false;
}

/* How many attempts are owed still, and when the next one counts. */
static const char *attempts_owed(const struct amendment *amendment, const struct attempts *attempts)
{
	char day[CIVIL_TEXT_SIZE];
	struct arena *arena = amendment->call->arena;
	const struct policy *policy = amendment->program->policy;
	int owed = amendment->draft.evaluation.attempts_owed;
	const char *counted = arena_printf(arena, "%zu of %d attempts to reach the sender count so far; log %d more",
					   attempts->made, owed, owed - (int)attempts->made);
	if (attempts->hourly) {
		return arena_printf(arena, "%s; each counts, since a clock runs in hours", counted);
	}
	struct civil_date next = plan_next_attempt(attempts, policy, zone_date(policy->zone, amendment->call->now));
	return arena_printf(arena, "%s, one a business day; the next one counts on %s", counted, civil_format(next, day));
}

/* For what is missing: only when something is, and after the attempts owed (rules C.15.6 and its like). */
static bool may_return_missing(const struct amendment *amendment, struct outcome *outcome)
{
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	struct arena *arena = amendment->call->arena;
	struct clock_list clocks = clock_list_read(arena, json_member(amendment->before, "clock"), amendment->program->policy);
	struct attempts attempts;
	if (evaluation->missing_count == 0) {
		return outcome_refuse(outcome, ERR_TRANSITION,
				      "nothing of completeness is missing; clinical papers alone never return a request");
	}
	if (determine_waits(evaluation)) {
		return outcome_refuse(
			outcome, ERR_TRANSITION,
			"this policy returns nothing for what is missing: the request waits for it, and after the "
			"attempts owed it can be denied on the basis insufficient_information");
	}
	if (evaluation->outreach == NULL) {
		return outcome_refuse(outcome, ERR_TRANSITION, "this policy knows no return to sender");
	}
	plan_attempts(amendment->papers.plan, evaluation, &clocks, amendment->program->policy, &attempts);
	if ((int)attempts.made < evaluation->attempts_owed) {
		return outcome_refuse(outcome, ERR_TRANSITION, attempts_owed(amendment, &attempts));
	}
	return true;
}

static bool may_decide(const struct amendment *amendment, const char *reason, bool set_aside, struct outcome *outcome)
{
	if (strcmp(reason, missing_components) == 0 && !set_aside) {
		return may_return_missing(amendment, outcome);
	}
	if (proposed(amendment, reason)) {
		return true;
	}
	return outcome_refuse(outcome, ERR_TRANSITION,
			      "no return for that reason is proposed; the answer's proposed_return says which, if any");
}

struct record_change *return_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_RETURN, .resource = "return", .shape = call->service->shapes[SHAPE_RETURN]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome) || !amend_judge(&amendment, outcome)) {
		return NULL;
	}
	const char *reason = input_text(&amendment, "reason");
	bool set_aside = strcmp(input_text(&amendment, "decision"), "set_aside") == 0;
	if (set_aside && text_blank(input_text(&amendment, "note"))) {
		issues_add(&outcome->issues, "/note", "missing_member", "Say why the proposed return is not to be.",
			   "setting a proposed return aside needs its reason");
		(void)outcome_invalid(outcome);
		return NULL;
	}
	if (!may_decide(&amendment, reason, set_aside, outcome)) {
		return NULL;
	}
	const char *decision = amend_disposition(&amendment);
	const struct json *plan = amendment.papers.plan;
	amendment.papers.plan = set_aside ? papers_append(call->arena, plan, "set_aside", decision)
					  : papers_set(call->arena, plan, "return", decision);
	if (!set_aside) {
		amend_close(&amendment, "returned");
	}
	return amend_end(&amendment, set_aside ? "return_set_aside" : "returned", outcome);
}
