/* SPDX-License-Identifier: Apache-2.0 */
#include "review/determine.h"

#include "base/text.h"
#include "review/anew.h"
#include "review/determination_json.h"
#include "review/placement.h"
#include "review/plan.h"
#include "review/say.h"

#include <string.h>

/* Whoever did one of these takes no part in the decision. */
static const char *const involved[] = {"received", "submitted", "information_supplied"};

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

/* A body that names the decision whose place it takes is a correction: another step of the lifecycle. */
static enum step step_of(const struct call *call)
{
	struct err err = {0};
	const struct json *root = json_parse(call->arena, call->bytes, call->length, &json_limits_body, &err);
	return json_text(json_member(root, "supersedes")) != NULL ? STEP_CORRECT : STEP_DETERMINE;
}

/* Why an appeal bars a correction, or NULL: one that is open, or one that made the decision in effect. */
static const char *appealed(const struct json *plan)
{
	if (plan_appeal_open(plan)) {
		return "an appeal is open; what was decided is not corrected but decided on appeal";
	}
	return json_text(json_at(plan, "/decision/appeal")) != NULL
		       ? "the decision in effect was made on an appeal; what is decided on appeal is not corrected"
		       : NULL;
}

bool determine_waits(const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->missing_count; i++) {
		if (evaluation->missing[i].item->then != THEN_WAIT) {
			return false;
		}
	}
	return evaluation->missing_count > 0;
}

const char *determine_refusal(const struct amendment *amendment, enum status status, enum step step)
{
	if (!lifecycle_allows(status, step)) {
		return lifecycle_refusal(status, step);
	}
	if (step == STEP_CORRECT && appealed(amendment->papers.plan) != NULL) {
		return appealed(amendment->papers.plan);
	}
	bool proposed = step == STEP_DETERMINE && amendment->draft.evaluation.standing.return_proposed;
	return proposed ? determination_return_proposed : NULL;
}

/* What bars it until somebody else has acted. */
static bool may_decide(const struct amendment *amendment, enum step step, struct outcome *outcome)
{
	enum status status = STATUS_COUNT;
	(void)status_from_name(amendment->view->row.status, &status);
	const char *refusal = determine_refusal(amendment, status, step);
	return refusal == NULL || outcome_refuse(outcome, ERR_TRANSITION, refusal);
}

/* What a correction takes along counts before anything is held against it. */
static bool correct(struct amendment *amendment, enum step step, struct outcome *outcome)
{
	return step == STEP_CORRECT ? anew_apply(amendment, outcome) : anew_refuse(amendment, outcome);
}

static bool credential_fits(const struct determination *determination, const struct principal *principal,
			    struct outcome *outcome)
{
	const struct item *item = determination_not_for(determination, principal->credential);
	if (item != NULL) {
		const char *who = say_words(determination->facts->arena, determination->facts->program->policy, &item->by);
		const char *detail =
			arena_printf(determination->facts->arena, "the policy has this decided by: %s (%s)", who, item->id);
		return outcome_refuse(outcome, ERR_FORBIDDEN, detail);
	}
	return !text_blank(principal->credential) ||
	       outcome_refuse(outcome, ERR_FORBIDDEN, "whoever determines has a credential; this token has none");
}

static bool uninvolved(const struct call *call, const char *id, struct outcome *outcome)
{
	struct err err = {0};
	bool found = false;
	if (!event_by(call->reader, id, call->principal->id, involved, sizeof(involved) / sizeof(involved[0]), &found, &err)) {
		return outcome_fail(outcome, &err);
	}
	return !found || outcome_refuse(outcome, ERR_FORBIDDEN, "nobody determines what they submitted or supplied");
}

static enum verdict verdict_of(const char *name)
{
	enum verdict verdict = VERDICT_APPROVED;
	while (verdict < VERDICT_DENIED && strcmp(verdict_name(verdict), name) != 0) {
		verdict++;
	}
	return verdict;
}

static void check_correction(const struct amendment *amendment, struct outcome *outcome)
{
	const char *effective = json_text(json_at(amendment->papers.plan, "/decision/id"));
	if (effective == NULL || strcmp(input_text(amendment, "supersedes"), effective) != 0) {
		issues_add(&outcome->issues, "/supersedes", "not_effective", "Name the id of `decision`.",
			   "this is not the decision in effect");
	}
	if (text_blank(input_text(amendment, "reason"))) {
		issues_add(&outcome->issues, "/reason", "missing_member", "Say what was wrong, in a word or two.",
			   "a correction needs its reason");
	}
}

static bool corrects(const struct determination *determination)
{
	return determination->before != NULL && determination->appeal == NULL;
}

static const struct decision_row *decision_row(const struct ruled *ruled, const struct amendment *amendment)
{
	char day[CIVIL_TEXT_SIZE];
	const struct determination *determination = ruled->determination;
	struct arena *arena = determination->facts->arena;
	struct day_set days = grants_days(arena, &determination->grants);
	struct decision_row *row = arena_alloc(arena, sizeof(*row));
	*row = (struct decision_row){
		.id = ruled->id,
		.request_id = amendment->view->row.id,
		.disposition = "determined",
		.outcome = verdict_name(determination->verdict),
		.basis = determination->basis,
		.reason = corrects(determination) ? determination_text(determination, "reason") : NULL,
		.rationale = determination_text(determination, "rationale"),
		.required = determination_required(determination),
		.parts = determination_parts(determination),
		.decider = ruled->principal->id,
		.decider_role = role_name(ruled->principal->role),
		.credential = ruled->principal->credential,
		.decided_at = determination->facts->now,
		.late = determination_late(determination),
		.supersedes = json_text(json_member(determination->before, "id")),
		.appeal = determination->appeal,
		.authorization_number = ruled->number,
	};
	if (ruled->number != NULL && determination_awaits_placement(determination)) {
		row->covered_from = json_text(json_at(determination->facts->plan, "/authorization/from"));
		row->covered_to = json_text(json_at(determination->facts->plan, "/authorization/to"));
	} else if (ruled->number != NULL) {
		row->covered_from = arena_copy(arena, civil_format(days_first(days), day));
		row->covered_to = arena_copy(arena, civil_format(days_last(days), day));
	}
	return row;
}

/* An authorization keeps its number while it authorizes; one that no longer does is withdrawn, and its number is not used again. */
static struct ruled name_it(const struct determination *determination, const struct call *call)
{
	char id[IDENT_ID_SIZE];
	char number[IDENT_TRACKING_SIZE];
	const char *kept = json_text(json_at(determination->facts->plan, "/authorization/number"));
	struct ruled ruled = {
		.determination = determination,
		.principal = call->principal,
		.id = arena_copy(call->arena, ident_id(call->service->ident, "dec_", call->now, id)),
	};
	if (determination->verdict == VERDICT_DENIED) {
		ruled.withdrawn = kept;
	} else if (determination_awaits_placement(determination)) {
		ruled.number = kept;
	} else {
		ruled.number = kept != NULL ? kept : arena_copy(call->arena, ident_authorization(call->service->ident, number));
	}
	return ruled;
}

/* What an approval authorizes, or when it will: an authorization that was issued for a placement stays as it is. */
static const struct json *authorize(struct arena *arena, const struct json *plan, const struct ruled *ruled)
{
	bool awaits = determination_awaits_placement(ruled->determination);
	if (awaits) {
		return ruled->number == NULL ? placement_await(arena, plan) : plan;
	}
	if (ruled->number != NULL || ruled->withdrawn != NULL) {
		plan = papers_set(arena, plan, "authorization", ruled->number != NULL ? ruled_authorization(ruled) : "null");
	}
	return placement_forget(arena, plan);
}

static void record(struct amendment *amendment, const struct determination *determination)
{
	const struct call *call = amendment->call;
	struct arena *arena = call->arena;
	const struct json *plan = amendment->papers.plan;
	const struct ruled ruled = name_it(determination, call);
	if (determination->before != NULL) {
		struct text old;
		struct json_writer writer;
		text_init(&old, arena, 2048);
		json_writer_init(&writer, &old);
		json_put_tree(&writer, determination->before);
		plan = papers_append(arena, plan, "superseded", old.data);
	}
	plan = papers_set(arena, plan, "decision", ruled_decision(&ruled));
	plan = authorize(arena, plan, &ruled);
	amendment->papers.plan = papers_set(arena, plan, "owed", ruled_owed(&ruled));
	amendment->decision = decision_row(&ruled, amendment);
}

static bool stands(const struct determination *determination, struct outcome *outcome)
{
	determination_check(determination, &outcome->issues, &outcome->issues);
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

static bool rule(struct amendment *amendment, struct determination *determination, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	if (!credential_fits(determination, call->principal, outcome) || !uninvolved(call, amendment->view->row.id, outcome)) {
		return false;
	}
	determination_read(determination, &outcome->issues);
	if (determination->before != NULL) {
		check_correction(amendment, outcome);
	} else if (input_text(amendment, "reason") != NULL) {
		issues_add(&outcome->issues, "/reason", "not_needed", "Give the reasons in `rationale`.",
			   "only a correction says what was wrong");
	}
	if (!stands(determination, outcome)) {
		return false;
	}
	record(amendment, determination);
	return true;
}

struct record_change *determine_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule_of_step = {
		.step = step_of(call), .resource = "determination", .shape = call->service->shapes[SHAPE_DETERMINATION]};
	struct amendment amendment;
	struct determination_facts facts;
	if (!amend_begin(&amendment, call, id, &rule_of_step, outcome) || !amend_judge(&amendment, outcome) ||
	    !may_decide(&amendment, rule_of_step.step, outcome) || !correct(&amendment, rule_of_step.step, outcome)) {
		return NULL;
	}
	determination_facts(&amendment, &facts);
	bool correction = rule_of_step.step == STEP_CORRECT;
	struct determination determination = {
		.facts = &facts,
		.verdict = verdict_of(input_text(&amendment, "outcome")),
		.basis = input_text(&amendment, "basis"),
		.input = amendment.input,
		.before = correction ? json_member(amendment.papers.plan, "decision") : NULL,
	};
	if (!rule(&amendment, &determination, outcome)) {
		return NULL;
	}
	return amend_keep(&amendment, correction ? "corrected" : "determined", outcome);
}

bool determination_grant(struct amendment *amendment, const char *appeal, struct outcome *outcome)
{
	struct determination_facts facts;
	determination_facts(amendment, &facts);
	struct determination determination = {
		.facts = &facts,
		.verdict = VERDICT_APPROVED,
		.basis = input_text(amendment, "basis"),
		.input = amendment->input,
		.before = json_member(amendment->papers.plan, "decision"),
		.appeal = appeal,
	};
	determination_read(&determination, &outcome->issues);
	if (!determination.grants.whole && grants_less(&facts, &determination.grants)) {
		determination.verdict = VERDICT_IN_PART;
	}
	if (!stands(&determination, outcome)) {
		return false;
	}
	record(amendment, &determination);
	return true;
}
