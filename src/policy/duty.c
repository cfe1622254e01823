/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/duty.h"

#include "policy/duty_making.h"

#include <string.h>

static const char *const state_names[] = {
	[DUTY_OPEN] = "open", [DUTY_OVERDUE] = "overdue", [DUTY_FULFILLED] = "fulfilled",
	[DUTY_LATE] = "late", [DUTY_WAIVED] = "waived",   [DUTY_ENDED] = "ended",
};
_Static_assert(sizeof(state_names) / sizeof(state_names[0]) == DUTY_STATE_COUNT, "every state has a name");

const char *duty_state_name(enum duty_state state)
{
	return state_names[state];
}

static const char *const attestation_names[] = {
	[ATTESTATION_CURRENT] = "current",
	[ATTESTATION_EXPIRED] = "expired",
	[ATTESTATION_MISSING] = "missing",
};
_Static_assert(sizeof(attestation_names) / sizeof(attestation_names[0]) == ATTESTATION_STATE_COUNT, "every state has a name");

const char *attestation_state_name(enum attestation_state state)
{
	return attestation_names[state];
}

const struct care_duty *duties_next(const struct evaluation *evaluation)
{
	const struct care_duty *next = NULL;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const bool waits = duty->state == DUTY_OPEN && duty->has_due;
		next = waits && (!next || instant_compare(duty->due_at, next->due_at) < 0) ? duty : next;
	}
	return next;
}

const struct care_duty *duties_find(const struct evaluation *evaluation, const char *item, const char *key, unsigned number)
{
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		if (strcmp(duty->item->id, item) == 0 && (key ? strcmp(duty->key, key) == 0 : duty->number == number)) {
			return duty;
		}
	}
	return NULL;
}

bool duty_begins_another(const struct care_duty *duty)
{
	const struct duty_rule *rule = duty->item->duty;
	return rule->periods != PERIODS_NONE || (rule->every.rule.amount > 0 && duty->state == DUTY_WAIVED);
}

void duties_begin(struct evaluator *evaluator, struct evaluation *evaluation)
{
	const struct program *program = evaluator->submission->program;
	size_t attested = 0;
	size_t owed = 0;
	for (size_t i = 0; i < program->item_count; i++) {
		const struct duty_rule *rule = program->items[i]->duty;
		attested += rule && rule->attest;
		owed += rule && !rule->attest;
	}
	evaluation->duties = owed > 0 ? arena_array(evaluator->arena, DUTIES_FIRST, sizeof(*evaluation->duties)) : NULL;
	evaluation->attestations =
		attested > 0 ? arena_array(evaluator->arena, attested, sizeof(*evaluation->attestations)) : NULL;
}

static struct instant judged_at(const struct submission *submission)
{
	const struct instant arrived = submission->arrived_at.us != 0 ? submission->arrived_at : submission->received_at;
	return submission->now.us != 0 ? submission->now : arrived;
}

/* The newest attestation of an item that counts, or NULL. */
static const struct occurrence *newest_attestation(const struct evaluator *evaluator, const struct item *item)
{
	const struct occurrence_kinds *kinds = evaluator->vocabulary->occurrences;
	const struct occurrence *newest = NULL;
	for (size_t i = 0; i < evaluator->occurrence_count; i++) {
		const struct occurrence *one = &evaluator->occurrences[i];
		const struct value *named = &one->record->values[kinds->item];
		const bool meant = one->kind == kinds->attestation && one->dated && value_given(named) &&
				   strcmp(named->text, item->id) == 0;
		newest = meant && (!newest || civil_compare(one->on, newest->on) >= 0) ? one : newest;
	}
	return newest;
}

static void attest(const struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	const struct policy *policy = evaluator->policy;
	const struct occurrence *newest = newest_attestation(evaluator, item);
	struct attestation *made = &evaluation->attestations[evaluation->attestation_count++];
	*made = (struct attestation){.item = item, .state = ATTESTATION_MISSING};
	if (!newest) {
		return;
	}
	const struct value *until = &newest->record->values[policy->vocabulary->occurrences->expires_on];
	made->occurrence = newest->id;
	made->on = newest->on;
	made->expires = value_given(until) || item->duty->every.rule.amount > 0;
	made->shortened = value_given(until);
	if (item->duty->every.rule.amount > 0) {
		made->expires_on = duty_length_end(policy, &item->duty->every, newest->on);
		made->shortened = made->shortened && civil_compare(until->date, made->expires_on) < 0;
	}
	if (made->shortened) { /* the provider's word may shorten the policy's period, never lengthen it */
		made->expires_on = until->date;
	}
	const struct civil_date today = zone_date(policy->zone, judged_at(evaluator->submission));
	const bool expired = made->expires && civil_compare(today, made->expires_on) > 0;
	made->state = expired ? ATTESTATION_EXPIRED : ATTESTATION_CURRENT;
}

/* A flag stands while a duty is overdue or was fulfilled late. */
static void flag_missed(const struct evaluator *evaluator, const struct item *item, size_t first, struct evaluation *evaluation)
{
	char due[CIVIL_TEXT_SIZE];
	for (size_t i = first; item->flag && i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		if (duty->state == DUTY_OVERDUE || duty->state == DUTY_LATE) {
			evaluation->flags[evaluation->flag_count++] = (struct flag){
				.item = item,
				.code = item->flag,
				.say = arena_printf(evaluator->arena, "This was due on %s: %s", civil_format(duty->due_on, due),
						    item->text),
				.fix = item->ask,
				.pointer = occurrence_list,
			};
			return;
		}
	}
}

void duties_item(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	const size_t first = evaluation->duty_count;
	if (item->duty->attest) {
		attest(evaluator, item, evaluation);
		return;
	}
	duties_care(evaluator, item, judged_at(evaluator->submission), evaluation);
	flag_missed(evaluator, item, first, evaluation);
}
