/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/follow.h"

#include "policy/duty.h"

#include <string.h>

/* What people need to know before and after they determine. */
static bool rules_people(const struct item *item)
{
	switch (item->kind) {
	case KIND_GATE:
	case KIND_LIMIT:
	case KIND_OUTREACH:
	case KIND_DETERMINATION:
	case KIND_NOTICE:
	case KIND_APPEAL: return true;
	case KIND_ELIGIBILITY:
	case KIND_COMPLETENESS:
	case KIND_INFORMATION:
	case KIND_ON_REQUEST:
	case KIND_CRITERION:
	case KIND_JUDGMENT:
	case KIND_CLOCK:
	case KIND_OBLIGATION:
	case KIND_COUNT: break;
	}
	return false;
}

void follow_reserve(struct evaluation *evaluation, const struct program *program, struct arena *arena)
{
	size_t clocks = 0;
	size_t rules = 0;
	size_t flags = 0;
	size_t limits = 0;
	size_t returns = 0;
	/* Room only for as many as there can be: clearing what is never used costs as much as judging. */
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		clocks += item->kind == KIND_CLOCK;
		rules += rules_people(item);
		flags += item->flag != NULL;
		limits += item->kind == KIND_LIMIT;
		returns += item->kind == KIND_ELIGIBILITY && item->then == THEN_RETURN;
	}
	evaluation->findings = arena_array(arena, program->item_count + 1, sizeof(*evaluation->findings));
	evaluation->flags = arena_array(arena, flags + 1, sizeof(*evaluation->flags));
	evaluation->limits = arena_array(arena, limits + 1, sizeof(*evaluation->limits));
	evaluation->clocks = arena_array(arena, clocks + 1, sizeof(*evaluation->clocks));
	evaluation->returns = arena_array(arena, returns + 1, sizeof(*evaluation->returns));
	evaluation->rules = arena_array(arena, rules + 1, sizeof(const struct item *));
}

static void add_finding(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	const struct item_state *state = evaluator_worded(evaluator, item);
	evaluation->findings[evaluation->finding_count++] =
		(struct finding){item, state->answer, state->why, state->entries, state->entry_count};
}

static void add_flag(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	if (item->flag) {
		const struct item_state *state = evaluator_worded(evaluator, item);
		evaluation->flags[evaluation->flag_count++] =
			(struct flag){item, item->flag, state->why, state->fix, state->pointer, state->days};
	}
}

static bool verified(const struct evaluator *evaluator, const struct item *item)
{
	return item->at_once && (evaluator->facts.verified & item->verified_by) == item->verified_by;
}

static void add_return(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	const struct item_state *state = evaluator_worded(evaluator, item);
	evaluation->returns[evaluation->return_count++] =
		(struct return_reason){item, item->reason, verified(evaluator, item), state->why, state->fix};
}

/* Only a plain "not met" has consequences; what cannot be told shows as a finding. */
static void follow_eligibility(struct evaluator *evaluator, const struct item *item, const struct item_state *state,
			       struct evaluation *evaluation)
{
	if (item->then != THEN_FLAG) {
		add_finding(evaluator, item, evaluation);
	}
	if (state->answer != ANSWER_NOT_MET) {
		return;
	}
	switch (item->then) {
	case THEN_RETURN: add_return(evaluator, item, evaluation); break;
	case THEN_ROUTE:
		evaluation->route = evaluation->route ? evaluation->route
				    : item->unmet     ? evaluator_worded(evaluator, item)->why
						      : item->reason;
		break;
	case THEN_NOT_REQUIRED:
		if (verified(evaluator, item)) {
			evaluation->not_required = evaluation->not_required ? evaluation->not_required : item;
			return; /* the flag stands for "only asserted" */
		}
		break;
	case THEN_REVIEW:
	case THEN_FLAG:
	case THEN_WAIT: break;
	}
	add_flag(evaluator, item, evaluation);
}

static const char *unit_words(enum clock_unit unit, int amount)
{
	static const char *const many[] = {
		[CLOCK_HOURS] = "hours", [CLOCK_CALENDAR_DAYS] = "calendar days", [CLOCK_BUSINESS_DAYS] = "business days"};
	static const char *const single[] = {
		[CLOCK_HOURS] = "hour", [CLOCK_CALENDAR_DAYS] = "calendar day", [CLOCK_BUSINESS_DAYS] = "business day"};
	return amount == 1 ? single[unit] : many[unit];
}

/* What is said of days that the holiday list does not know, where days are counted. */
static const char *uncovered(const struct evaluator *evaluator, const struct item *item, struct civil_date from,
			     struct civil_date to)
{
	const char *unknown = item->clock.unit == CLOCK_HOURS
				      ? NULL
				      : calendar_unknown(evaluator->policy->calendar, from, to, evaluator->arena);
	return unknown ? arena_printf(evaluator->arena, "; %s", unknown) : "";
}

static void follow_clock(struct evaluator *evaluator, const struct item *item, const struct item_state *state,
			 struct evaluation *evaluation)
{
	const struct policy *policy = evaluator->policy;
	const struct submission *submission = evaluator->submission;
	const bool arrival = item->from_arrival && submission->arrived_at.us != 0;
	const struct instant start = arrival ? submission->arrived_at : submission->received_at;
	const struct civil_date day = arrival ? zone_date(policy->zone, start) : submission->received_on;
	if (state->answer != ANSWER_MET && !(state->answer == ANSWER_UNKNOWN && item->unknown_met)) {
		return;
	}
	struct clock *clock = &evaluation->clocks[evaluation->clock_count++];
	clock->item = item;
	clock->started_at = start;
	clock->due = clock_compute(&item->clock, clock->started_at, policy->zone, policy->calendar);
	char from[CIVIL_TEXT_SIZE];
	clock->say =
		arena_printf(evaluator->arena, "%d %s from %s on %s %s%s", item->clock.amount,
			     unit_words(item->clock.unit, item->clock.amount),
			     arrival ? "the arrival of what was missing" : "receipt", civil_weekday_name(civil_weekday(day)),
			     civil_format(day, from), uncovered(evaluator, item, day, clock->due.due_on));
}

static void follow_outreach(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	for (size_t i = 0; !evaluation->outreach && i < item->attempt_count; i++) {
		if (evaluator_answer(evaluator, item->attempts[i].when) == ANSWER_MET) {
			evaluation->outreach = item;
			evaluation->attempts_owed = item->attempts[i].count;
		}
	}
}

/* Whether a rule holds must be certain; a gate stands in the way until that is known. */
static void add_rule(const struct item *item, const struct item_state *state, struct evaluation *evaluation)
{
	if (rules_people(item) && (item->kind == KIND_GATE || state->answer == ANSWER_MET)) {
		evaluation->rules[evaluation->rule_count++] = item;
	}
}

void follow_item(struct evaluator *evaluator, const struct item *item, const struct item_state *state,
		 struct evaluation *evaluation)
{
	if (state->answer == ANSWER_NOT_APPLICABLE) {
		return;
	}
	const bool open = state->answer == ANSWER_NOT_MET || state->answer == ANSWER_UNKNOWN;
	add_rule(item, state, evaluation);
	switch (item->kind) {
	case KIND_ELIGIBILITY: follow_eligibility(evaluator, item, state, evaluation); return;
	case KIND_GATE:
		add_finding(evaluator, item, evaluation);
		evaluation->open_gate = open && !evaluation->open_gate ? item : evaluation->open_gate;
		break;
	case KIND_CRITERION:
	case KIND_JUDGMENT: add_finding(evaluator, item, evaluation); break;
	case KIND_LIMIT: follow_limit(evaluator, item, evaluation); return;
	case KIND_CLOCK: follow_clock(evaluator, item, state, evaluation); return;
	case KIND_OUTREACH: follow_outreach(evaluator, item, evaluation); return;
	case KIND_COMPLETENESS:
	case KIND_INFORMATION:
	case KIND_ON_REQUEST:
	case KIND_DETERMINATION:
	case KIND_NOTICE:
	case KIND_APPEAL:
	case KIND_COUNT: break;
	case KIND_OBLIGATION:
		if (!open || item->unknown_met) {
			duties_item(evaluator, item, evaluation);
		}
		return;
	}
	if (state->answer == ANSWER_NOT_MET) {
		add_flag(evaluator, item, evaluation);
	}
}
