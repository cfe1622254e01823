/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/evaluate.h"

#include "policy/duty.h"
#include "policy/evaluator.h"
#include "policy/follow.h"
#include "policy/sensitivity.h"

#include <string.h>

const char *problem_name(enum problem problem)
{
	static const char *const names[] = {
		[PROBLEM_MISSING] = "missing",         [PROBLEM_STALE] = "stale",       [PROBLEM_INVALID] = "invalid",
		[PROBLEM_UNQUALIFIED] = "unqualified", [PROBLEM_UNSIGNED] = "unsigned", [PROBLEM_UNANSWERED] = "unanswered",
		[PROBLEM_WRONG_KIND] = "wrong_kind",
	};
	_Static_assert(sizeof(names) / sizeof(names[0]) == PROBLEM_COUNT, "every problem has a name");
	return names[problem];
}

static bool asked_for(const struct submission *submission, const struct item *item)
{
	for (size_t i = 0; i < submission->asked_count; i++) {
		if (strcmp(submission->asked[i], item->id) == 0) {
			return true;
		}
	}
	return false;
}

/* Which list an item's entries go to. */
enum listing { LIST_NONE, LIST_MISSING, LIST_REQUESTED };

static enum listing listing_of(const struct evaluator *evaluator, const struct item *item)
{
	const enum answer answer = evaluator->states[item->index].answer;
	if (answer != ANSWER_NOT_MET && answer != ANSWER_UNKNOWN) {
		return LIST_NONE;
	}
	switch (item->kind) {
	case KIND_COMPLETENESS: return LIST_MISSING;
	case KIND_INFORMATION: return LIST_REQUESTED;
	case KIND_ON_REQUEST: return asked_for(evaluator->submission, item) ? LIST_REQUESTED : LIST_NONE;
	case KIND_ELIGIBILITY:
	case KIND_GATE:
	case KIND_CRITERION:
	case KIND_JUDGMENT:
	case KIND_LIMIT:
	case KIND_CLOCK:
	case KIND_OUTREACH:
	case KIND_OBLIGATION:
	case KIND_DETERMINATION:
	case KIND_NOTICE:
	case KIND_APPEAL:
	case KIND_COUNT: break;
	}
	return LIST_NONE;
}

/* Kinds that only speak when something else happens are not evaluated with a submission. */
static bool evaluated(const struct submission *submission, const struct item *item)
{
	switch (item->kind) {
	case KIND_ON_REQUEST: return asked_for(submission, item);
	case KIND_COUNT: return false;
	case KIND_ELIGIBILITY:
	case KIND_COMPLETENESS:
	case KIND_INFORMATION:
	case KIND_GATE:
	case KIND_CRITERION:
	case KIND_JUDGMENT:
	case KIND_LIMIT:
	case KIND_CLOCK:
	case KIND_DETERMINATION:
	case KIND_NOTICE:
	case KIND_APPEAL:
	case KIND_OBLIGATION:
	case KIND_OUTREACH: break;
	}
	return true;
}

static void list_entries(struct evaluator *evaluator, struct evaluation *evaluation)
{
	const struct program *program = evaluator->submission->program;
	size_t counts[LIST_REQUESTED + 1] = {0};
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const enum listing listing = listing_of(evaluator, item);
		counts[listing] += listing != LIST_NONE ? evaluator_worded(evaluator, item)->entry_count : 0;
	}
	evaluation->missing = arena_array(evaluator->arena, counts[LIST_MISSING] + 1, sizeof(struct entry));
	evaluation->requested = arena_array(evaluator->arena, counts[LIST_REQUESTED] + 1, sizeof(struct entry));
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const struct item_state *state = &evaluator->states[item->index];
		const enum listing listing = listing_of(evaluator, item);
		for (size_t k = 0; listing != LIST_NONE && k < state->entry_count; k++) {
			if (listing == LIST_MISSING) {
				evaluation->missing[evaluation->missing_count++] = state->entries[k];
			} else {
				evaluation->requested[evaluation->requested_count++] = state->entries[k];
			}
		}
	}
}

static void list_told(struct evaluator *evaluator, struct evaluation *evaluation)
{
	struct told_fact *told = arena_array(evaluator->arena, TOLD_FACTS_MAX, sizeof(*told));
	memcpy(told, evaluator->facts.told, sizeof(evaluator->facts.told));
	evaluation->told = told;
	evaluation->told_count = evaluator->facts.told_count;
}

static void stand(const struct program *program, struct evaluation *evaluation)
{
	struct standing *standing = &evaluation->standing;
	const bool record = review_of_record(program->review);
	standing->recorded = program->recorded;
	standing->manual_route = evaluation->route != NULL && !record; /* running care is nobody's to route */
	standing->not_required = evaluation->not_required != NULL;
	for (size_t i = 0; i < evaluation->return_count; i++) {
		standing->returned = standing->returned || evaluation->returns[i].verified;
		standing->return_proposed = standing->return_proposed || !evaluation->returns[i].verified;
	}
	standing->missing = evaluation->missing_count > 0;
	standing->requested = evaluation->requested_count > 0;
	standing->gate_open = evaluation->open_gate != NULL;
	evaluation->status = lifecycle_status(standing);
	evaluation->waiting_on = lifecycle_waiting_on(evaluation->status, standing);
}

/* A request that is only recorded, or for which nothing need be asked, is closed: a limit promises no review of its days. */
static void word_limits(struct evaluation *evaluation)
{
	const bool closed = evaluation->status == STATUS_RECORDED || evaluation->status == STATUS_NOT_REQUIRED;
	for (size_t i = 0; closed && i < evaluation->limit_count; i++) {
		evaluation->limits[i].say = evaluation->limits[i].unreviewed;
	}
}

void evaluate(const struct submission *submission, struct arena *arena, struct evaluation *ret_evaluation)
{
	struct evaluator evaluator;
	evaluator_init(&evaluator, submission, arena);
	const struct program *program = submission->program;
	struct evaluation evaluation = {.route = program->route, .requested_days = evaluator.requested};
	follow_reserve(&evaluation, program, arena);
	duties_begin(&evaluator, &evaluation);
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		if (evaluated(submission, item)) {
			follow_item(&evaluator, item, evaluator_item(&evaluator, item), &evaluation);
		}
	}
	list_entries(&evaluator, &evaluation);
	list_told(&evaluator, &evaluation);
	evaluation.sensitivity = sensitivity_judge(&evaluator);
	stand(program, &evaluation);
	word_limits(&evaluation);
	*ret_evaluation = evaluation;
}

unsigned evaluate_sensitivity(const struct submission *submission, struct arena *arena)
{
	struct evaluator evaluator;
	evaluator_init(&evaluator, submission, arena);
	return sensitivity_judge(&evaluator);
}
