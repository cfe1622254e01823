/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/evaluator.h"

#include "policy/entries.h"
#include "policy/fact_table.h"
#include "policy/occurrence.h"
#include "policy/phrase.h"

#include <string.h>

enum { NO_WORD = UINT16_MAX };

/* A counting sort, so that checks find the elements of a word at once; NO_WORD is in no group. */
static struct groups group(struct arena *arena, const uint16_t *words, size_t count, size_t word_count)
{
	uint32_t *from = arena_array(arena, word_count + 2, sizeof(*from));
	uint32_t *order = arena_array(arena, count + 1, sizeof(*order));
	for (size_t i = 0; i < count; i++) {
		if (words[i] != NO_WORD) {
			from[words[i] + 2]++;
		}
	}
	for (size_t i = 2; i < word_count + 2; i++) {
		from[i] += from[i - 1];
	}
	for (size_t i = 0; i < count; i++) {
		if (words[i] != NO_WORD) {
			order[from[words[i] + 1]++] = (uint32_t)i;
		}
	}
	return (struct groups){order, from};
}

static void group_documents(struct evaluator *evaluator)
{
	const struct places *places = evaluator->places;
	evaluator->documents = body_records(evaluator, places->documents, &evaluator->document_count);
	uint16_t *types = arena_array(evaluator->arena, evaluator->document_count + 1, sizeof(*types));
	for (size_t i = 0; i < evaluator->document_count; i++) {
		const struct value *type = &evaluator->documents[i]->values[places->document_type];
		types[i] = value_given(type) ? type->word : NO_WORD;
	}
	evaluator->by_type = group(evaluator->arena, types, evaluator->document_count, evaluator->vocabulary->type_count);
}

static void group_occurrences(struct evaluator *evaluator)
{
	const struct occurrence_kinds *kinds = evaluator->vocabulary->occurrences;
	if (!kinds) {
		return;
	}
	evaluator->occurrences = occurrences_counting(kinds, evaluator->body, evaluator->policy->zone, evaluator->arena,
						      &evaluator->occurrence_count);
	uint16_t *words = arena_array(evaluator->arena, evaluator->occurrence_count + 1, sizeof(*words));
	for (size_t i = 0; i < evaluator->occurrence_count; i++) {
		words[i] = evaluator->occurrences[i].kind;
	}
	evaluator->by_kind = group(evaluator->arena, words, evaluator->occurrence_count, kinds->count);
}

static void set_anchor(struct evaluator *evaluator)
{
	const struct submission *submission = evaluator->submission;
	evaluator->anchor = (struct window_anchor){evaluator->policy->zone, submission->received_at, submission->received_on,
						   submission->today};
	if (days_empty(evaluator->requested)) {
		return;
	}
	const struct civil_date first = days_first(evaluator->requested);
	if (civil_compare(first, submission->received_on) < 0) {
		evaluator->anchor.on = first;
		evaluator->anchor.at = zone_instant(evaluator->policy->zone, first, 0);
	}
}

void evaluator_init(struct evaluator *evaluator, const struct submission *submission, struct arena *arena)
{
	const struct policy *policy = submission->program->policy;
	*evaluator = (struct evaluator){
		.submission = submission,
		.policy = policy,
		.vocabulary = policy->vocabulary,
		.places = &policy->vocabulary->places,
		.body = submission->body,
		.arena = arena,
		.tables = submission->tables ? submission->tables : policy_set_tables(submission->set),
		.states = arena_array(arena, policy->item_count + 1, sizeof(struct item_state)),
	};
	fact_tables_lay(evaluator);
	group_documents(evaluator);
	group_occurrences(evaluator);
	evaluator->requested = requested_days(evaluator);
	set_anchor(evaluator);
	fact_tables_ask(evaluator);
}

enum answer evaluator_answer(struct evaluator *evaluator, const struct check *check)
{
	struct trace trace;
	trace_init(&trace, evaluator->arena);
	const bool muted = arena_mute(evaluator->arena, true);
	const enum answer answer = check_evaluate(check, evaluator, &trace);
	(void)arena_mute(evaluator->arena, muted);
	return answer;
}

const struct recorded_event *evaluator_event(const struct evaluator *evaluator, const char *name)
{
	const struct submission *submission = evaluator->submission;
	for (size_t i = submission->event_count; i > 0; i--) {
		if (strcmp(submission->events[i - 1].name, name) == 0) {
			return &submission->events[i - 1];
		}
	}
	return NULL;
}

/* The earliest start that is given, when no line has both its days. */
static bool first_start(const struct evaluator *evaluator, struct civil_date *ret_date)
{
	const struct places *places = evaluator->places;
	const struct value *start = body_value(evaluator, places->period_start);
	bool found = value_given(start);
	*ret_date = found ? start->date : (struct civil_date){0};
	size_t count;
	const struct record *const *lines = body_records(evaluator, places->lines, &count);
	for (size_t i = 0; i < count; i++) {
		const struct value *own = &lines[i]->values[places->line_start];
		if (value_given(own) && (!found || civil_compare(own->date, *ret_date) < 0)) {
			*ret_date = own->date;
			found = true;
		}
	}
	return found;
}

const struct value *admission_moment(const struct evaluator *evaluator)
{
	const struct value *at = body_value(evaluator, evaluator->places->admitted_at);
	const struct value *on = body_value(evaluator, evaluator->places->admitted_on);
	return value_given(at) ? at : value_given(on) ? on : NULL;
}

bool evaluator_day(const struct evaluator *evaluator, enum check_day day, struct civil_date *ret_date)
{
	switch (day) {
	case DAY_RECEIPT: *ret_date = evaluator->submission->received_on; return true;
	case DAY_ARRIVAL: *ret_date = evaluator->submission->today; return true;
	case DAY_FIRST:
		if (days_empty(evaluator->requested)) {
			struct civil_date start;
			if (!first_start(evaluator, &start)) {
				return false;
			}
			*ret_date = start;
			return true;
		}
		*ret_date = days_first(evaluator->requested);
		return true;
	case DAY_LAST:
		if (days_empty(evaluator->requested)) {
			return false;
		}
		*ret_date = days_last(evaluator->requested);
		return true;
	}
	return false;
}

/* SAY and, where it speaks of something that is recorded, what: "There was contact in jail: the contact of 2026-06-12." */
static const char *ended(struct arena *arena, const char *say, const char *unwanted)
{
	const size_t length = say ? strlen(say) : 0;
	const size_t kept = length > 0 && say[length - 1] == '.' ? length - 1 : length;
	return length > 0 && unwanted ? arena_printf(arena, "%.*s: %s.", (int)kept, say, unwanted) : say;
}

static const char *not_so(struct arena *arena, const char *text, const char *unmet)
{
	return unmet ? unmet : arena_printf(arena, "This is not so: %s", text);
}

/* What a check left unsaid. The item's own text says what should be so, never what is. */
static const char *say_entry(const struct evaluator *evaluator, const struct item *item, const struct entry *entry,
			     const char *text, const char *unmet)
{
	struct arena *arena = evaluator->arena;
	if (entry->problem == PROBLEM_UNANSWERED) {
		return arena_printf(arena, item->kind == KIND_GATE ? "This is not recorded yet: %s" : "We cannot tell yet: %s",
				    text);
	}
	return ended(arena, not_so(arena, text, unmet), entry->unwanted);
}

static const char *why(const struct evaluator *evaluator, const struct item *item, const struct item_state *state,
		       const struct entry *reason, const char *unmet)
{
	if (state->answer != ANSWER_NOT_MET || !unmet) {
		return reason ? reason->say : NULL;
	}
	const bool adds = item->unmet_adds && reason && reason->say && reason->problem != PROBLEM_UNANSWERED;
	return adds ? arena_printf(evaluator->arena, "%s %s", unmet, reason->say) : unmet;
}

/* Who cures it in place of its owner, or NULL. */
static const char *passed_to(struct evaluator *evaluator, const struct item *item)
{
	return item->passes_to && evaluator_answer(evaluator, item->passes_when) == ANSWER_MET ? item->passes_to : NULL;
}

/* Completes what the checks found with the item's own words. */
static void finish_state(struct evaluator *evaluator, const struct item *item, struct item_state *state)
{
	struct arena *arena = evaluator->arena;
	if (state->answer == ANSWER_MET || state->answer == ANSWER_NOT_APPLICABLE) {
		return;
	}
	const char *earliest = item->window ? window_earliest_text(arena, item->window, &evaluator->anchor) : NULL;
	const char *text = phrase_earliest(arena, item->text, earliest);
	const char *unmet = phrase_earliest(arena, item->unmet, earliest);
	unmet = phrase_dates(arena, unmet, days_text(arena, state->days));
	state->fix = phrase_earliest(arena, item->ask, earliest);
	const char *unwanted = entries_unwanted(evaluator, state);
	const size_t more = entries_shorten(evaluator, state);
	const struct entry *reason = entries_reason(state);
	state->pointer = reason ? reason->pointer : NULL;
	const char *all =
		unwanted && reason && (unmet || !reason->say) ? ended(arena, not_so(arena, text, unmet), unwanted) : NULL;
	state->why = all ? all : why(evaluator, item, state, reason, unmet);
	const char *owner = passed_to(evaluator, item);
	for (size_t i = 0; i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];
		entry->item = item;
		entry->owner = owner;
		entry->say = entry->say ? entry->say : say_entry(evaluator, item, entry, text, unmet);
		if (state->fix) {
			entry->fix = state->fix;
		} else if (!entry->fix) {
			entry->fix = entry->problem == PROBLEM_UNANSWERED ? "Please answer this."
									  : "Please correct this or send what is missing.";
		}
	}
	state->why = state->why ? state->why : reason ? reason->say : NULL;
	if (state->entry_count > 0) {
		struct entry *last = &state->entries[state->entry_count - 1];
		last->say = entries_more(arena, last->say, more);
	}
}

/* `when` could not be told: what it hangs on is asked. */
static void ask_when(const struct item *item, struct item_state *state, struct trace *trace)
{
	if (trace->count == 0) {
		trace_add(trace, PROBLEM_UNANSWERED, check_pointer(item->when, trace->arena), (struct entry){0});
	}
	for (size_t i = 0; trace->entries && i < trace->count; i++) {
		trace->entries[i].problem = PROBLEM_UNANSWERED;
	}
	state->answer = ANSWER_UNKNOWN;
}

/* Judges the item and gathers what its checks found. */
static void judge_item(struct evaluator *evaluator, const struct item *item, struct item_state *state)
{
	struct trace trace;
	trace_init(&trace, evaluator->arena);
	const enum answer when = check_evaluate(item->when, evaluator, &trace);
	if (when == ANSWER_NOT_MET || when == ANSWER_NOT_APPLICABLE) {
		state->answer = ANSWER_NOT_APPLICABLE;
		return;
	}
	if (when == ANSWER_UNKNOWN) {
		ask_when(item, state, &trace);
	} else {
		trace_cut(&trace, 0);
		trace.days = (struct day_set){NULL, 0};
		state->answer = check_evaluate(item->check, evaluator, &trace);
		if ((state->answer == ANSWER_NOT_MET || state->answer == ANSWER_UNKNOWN) && trace.count == 0 && item->check) {
			const bool unknown = state->answer == ANSWER_UNKNOWN;
			trace_add(&trace, unknown ? PROBLEM_UNANSWERED : PROBLEM_INVALID,
				  check_pointer(item->check, trace.arena), (struct entry){0});
		}
	}
	if (state->answer == ANSWER_MET || state->answer == ANSWER_NOT_APPLICABLE) {
		trace_cut(&trace, 0);
	}
	state->entries = trace.entries;
	state->entry_count = trace.entries ? trace.count : 0;
	state->days = trace.days;
}

const struct item_state *evaluator_item(struct evaluator *evaluator, const struct item *item)
{
	struct item_state *state = &evaluator->states[item->index];
	if (state->done) {
		return state;
	}
	state->done = true; /* references in a circle were refused at load */
	if (item->after && evaluator_item(evaluator, item->after)->answer != ANSWER_MET) {
		state->answer = ANSWER_NOT_APPLICABLE;
		return state;
	}
	const bool muted = arena_mute(evaluator->arena, true);
	judge_item(evaluator, item, state);
	(void)arena_mute(evaluator->arena, muted);
	state->unworded = state->answer == ANSWER_NOT_MET || state->answer == ANSWER_UNKNOWN;
	if (item->kind == KIND_JUDGMENT && state->answer == ANSWER_MET) {
		state->answer = ANSWER_UNKNOWN; /* a person answers, never the machine */
	}
	return state;
}

const struct item_state *evaluator_worded(struct evaluator *evaluator, const struct item *item)
{
	(void)evaluator_item(evaluator, item);
	struct item_state *state = &evaluator->states[item->index];
	if (state->unworded) {
		state->unworded = false;
		judge_item(evaluator, item, state);
		finish_state(evaluator, item, state);
	}
	return state;
}
