/* SPDX-License-Identifier: Apache-2.0 */
#include "review/care.h"

#include "base/text.h"
#include "review/plan.h"
#include "wire/care.h"

#include <assert.h>
#include <string.h>

enum { PAPERS_MAX = 1024 * 1024, SNAPSHOT_START = 16384 };

/* What is due is due until the end of its second. */
static const struct span second_after = {1000000};

static const struct instant never = {INT64_MAX};

static const char overdue[] = "obligation_overdue";
static const char began[] = "obligation_began";

void care_strip(struct issues *issues, const char *prefix)
{
	const size_t length = strlen(prefix);
	for (size_t i = 0; i < issues->count; i++) {
		struct issue *issue = &issues->items[i];
		if (strncmp(issue->pointer, prefix, length) == 0) {
			issue->pointer += length;
		}
	}
}

/* ---- judging ---- */

static const struct duty_waiver *waivers_of(struct arena *arena, const struct json *plan, size_t *ret_count)
{
	const struct json *list = json_member(plan, "waivers");
	struct duty_waiver *waivers = arena_array(arena, json_count(list) + 1, sizeof(*waivers));
	*ret_count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		waivers[(*ret_count)++] =
			(struct duty_waiver){json_text(json_member(node, "obligation")), json_text(json_member(node, "key"))};
	}
	return waivers;
}

/* By the version that was in force when the record was made; its papers by the day on which the newest came. */
static void evaluate_at(struct draft *draft, const struct call *call, const struct json *plan, struct instant now,
			struct evaluation *ret_evaluation)
{
	const struct zone *zone = draft->program->policy->zone;
	struct submission submission = {
		.set = call->policies,
		.program = draft->program,
		.body = draft->record,
		.received_at = draft->received_at,
		.received_on = zone_date(zone, draft->received_at),
		.arrived_at = plan_arrived_at(plan, draft->received_at),
		.now = now,
	};
	submission.today = zone_date(zone, submission.arrived_at);
	submission.waivers = waivers_of(call->arena, plan, &submission.waiver_count);
	evaluate(&submission, call->arena, ret_evaluation);
}

bool care_judge(struct amendment *amendment, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	struct draft *draft = &amendment->draft;
	*draft = (struct draft){
		.program = amendment->program,
		.received_at = amendment->view->row.received_at,
		.root = amendment->papers.body,
		.inherited = amendment->view->row.sensitivity,
	};
	draft->record = shape_decode(amendment->program->policy->request, draft->root, call->arena, &outcome->issues);
	if (draft->record == NULL) {
		return outcome_invalid(outcome);
	}
	evaluate_at(draft, call, amendment->papers.plan, call->now, &draft->evaluation);
	return true;
}

/* ---- what time brings ---- */

static const char *subject_of(struct arena *arena, const struct care_duty *duty)
{
	return arena_printf(arena, "%s#%s", duty->item->id, duty->key);
}

static bool raised(const struct json *plan, const char *subject)
{
	for (const struct json *node = json_first(json_member(plan, "raised")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "what")), overdue) == 0 &&
		    strcmp(json_text(json_member(node, "subject")), subject) == 0) {
			return true;
		}
	}
	return false;
}

/* The duty that is due first and whose lapse was not raised. */
static const struct care_duty *first_unraised(const struct care *care)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	const struct care_duty *first = NULL;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const bool waits = duty->has_due && (duty->state == DUTY_OPEN || duty->state == DUTY_OVERDUE);
		if (waits && (first == NULL || instant_compare(duty->due_at, first->due_at) < 0) &&
		    !raised(care->plan, subject_of(care->call->arena, duty))) {
			first = duty;
		}
	}
	return first;
}

/* When the next duty after AFTER that can begin another by time is over, or BOUND if that comes first. */
static struct instant next_over(const struct evaluation *evaluation, struct instant after, struct instant bound)
{
	struct instant best = bound;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const bool settled = duty->state == DUTY_FULFILLED || duty->state == DUTY_WAIVED;
		if (settled && duty->has_due && duty_begins_another(duty)) {
			const struct instant at = instant_add(duty->due_at, second_after);
			best = instant_compare(at, after) > 0 && instant_compare(at, best) < 0 ? at : best;
		}
	}
	return best;
}

/*
 * When time itself begins another duty, before BOUND: of a duty in periods that was done early, the next begins when it was due. Whether one does is
 * asked of the policy, by judging at that instant: each instant once, and none after the first at which one does.
 */
static struct instant next_beginning(const struct care *care, struct instant bound)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	struct instant at = next_over(evaluation, care->call->now, bound);
	while (instant_compare(at, bound) < 0) {
		struct evaluation then;
		struct draft draft = *care->draft;
		evaluate_at(&draft, care->call, care->plan, at, &then);
		if (then.duty_count > evaluation->duty_count) {
			return at;
		}
		at = next_over(evaluation, at, bound);
	}
	return bound;
}

static struct instant wake_at(const struct care *care)
{
	const struct care_duty *first = first_unraised(care);
	return next_beginning(care, first != NULL ? instant_add(first->due_at, second_after) : never);
}

static bool lapsed(const struct care *care, const struct care_duty *duty)
{
	const bool waits = duty->has_due && (duty->state == DUTY_OPEN || duty->state == DUTY_OVERDUE);
	return waits && instant_compare(instant_add(duty->due_at, second_after), care->call->now) <= 0;
}

/* The duties whose lapse is to be raised, by when they were due. */
static const struct care_duty **take_lapsed(const struct care *care, size_t *ret_count)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	struct arena *arena = care->call->arena;
	const struct care_duty **list = arena_array(arena, evaluation->duty_count + 1, sizeof(const struct care_duty *));
	*ret_count = 0;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		if (lapsed(care, duty) && !raised(care->plan, subject_of(arena, duty))) {
			size_t place = (*ret_count)++;
			for (; place > 0 && instant_compare(list[place - 1]->due_at, duty->due_at) > 0; place--) {
				list[place] = list[place - 1];
			}
			list[place] = duty;
		}
	}
	return list;
}

static void put_raised(struct json_writer *writer, const struct care *care, const struct care_duty *duty)
{
	char text[INSTANT_TEXT_SIZE];
	const struct zone *zone = care->draft->program->policy->zone;
	json_open_object(writer);
	json_member_text(writer, "what", overdue);
	json_member_text(writer, "subject", subject_of(care->call->arena, duty));
	json_member_text(writer, "due_at", zone_format(zone, duty->due_at, text));
	json_member_text(writer, "at", zone_format(zone, care->call->now, text));
	json_close_object(writer);
}

/* What was raised before, and the lapses after it. */
static const char *raised_json(const struct care *care, const struct care_duty *const *duties, size_t count)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, care->call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (const struct json *node = json_first(json_member(care->plan, "raised")); node != NULL; node = json_next(node)) {
		json_put_tree(&writer, node);
	}
	for (size_t i = 0; i < count; i++) {
		put_raised(&writer, care, duties[i]);
	}
	json_close_array(&writer);
	return out.data;
}

struct record_change *care_raise(struct amendment *amendment, struct instant *ret_later, struct outcome *outcome)
{
	if (!care_judge(amendment, outcome)) {
		return NULL;
	}
	const struct care care = {.call = amendment->call, .draft = &amendment->draft, .plan = amendment->papers.plan};
	const size_t known = json_count(json_member(amendment->before, "obligations"));
	size_t count = 0;
	const struct care_duty **duties = take_lapsed(&care, &count);
	if (count > 0) {
		/* one event for all of them: each carries the whole answer */
		amendment->papers.plan = papers_set(amendment->call->arena, amendment->papers.plan, "raised",
						    raised_json(&care, (const struct care_duty *const *)duties, count));
		return care_seal(amendment, overdue, outcome);
	}
	if (amendment->draft.evaluation.duty_count > known) {
		return care_seal(amendment, began, outcome);
	}
	*ret_later = wake_at(&care);
	return NULL;
}

/* ---- recording ---- */

static void fill_obligations(struct record_change *record, const struct care *care)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	struct obligation_row *rows = arena_array(care->call->arena, evaluation->duty_count + 1, sizeof(*rows));
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		rows[i] = (struct obligation_row){
			.item = duty->item->id,
			.key = duty->key,
			.number = (int64_t)duty->number,
			.state = duty_state_name(duty->state),
			.due_at = duty->has_due ? duty->due_at : (struct instant){0},
		};
	}
	record->event.obligations = rows;
	record->event.obligation_count = evaluation->duty_count;
}

static void fill_owed(struct request_row *row, const struct care *care)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	const struct care_duty *next = care_next_due(evaluation);
	const char *state = care_state(evaluation);
	const struct instant wake = wake_at(care);
	row->tasks = strcmp(state, "overdue") == 0 ? RECORD_OVERDUE : strcmp(state, "open") == 0 ? RECORD_OPEN : RECORD_DONE;
	row->act_by = next != NULL ? next->due_at : (struct instant){0};
	row->act_by_rule = next != NULL ? next->item->id : NULL;
	row->wake_at.us = wake.us == never.us ? 0 : wake.us;
	row->missing_count = (int64_t)evaluation->missing_count;
	row->requested_count = (int64_t)evaluation->requested_count;
}

void care_record(struct record_change *record, const struct care *care, const char *action)
{
	struct text snapshot;
	struct json_writer writer;
	const struct json *root = care->draft->root;
	const struct care_answer answer = {
		.id = care->id,
		.version = care->version,
		.submitter_reference = care->submitter_reference,
		.provider_npi = record->row.provider_npi,
		.continues = json_text(json_member(root, "continues")),
		.received_at = care->draft->received_at,
		.updated_at = care->call->now,
		.program = care->draft->program,
		.evaluation = &care->draft->evaluation,
		.occurrences = json_at(root, "/facts/occurrences"),
		.plan = care->plan,
		.sensitivity = draft_sensitivity(care->draft),
	};
	record->row.sensitivity = answer.sensitivity;
	text_init(&snapshot, care->call->arena, SNAPSHOT_START);
	json_writer_init(&writer, &snapshot);
	care_answer_write(&writer, &answer);
	fill_owed(&record->row, care);
	record_seal(record, care->call, &snapshot, care->version, action);
	fill_obligations(record, care);
}

struct record_change *care_seal(struct amendment *amendment, const char *action, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	const struct request_row *row = &amendment->view->row;
	size_t length = 0;
	amendment->papers.version = row->version + 1;
	const char *text = papers_write(&amendment->papers, call->arena, &length);
	if (length > PAPERS_MAX) {
		(void)outcome_refuse(outcome, ERR_TOO_LARGE, "the record as a whole has grown beyond its bound");
		return NULL;
	}
	struct record_change *record = arena_alloc(call->arena, sizeof(*record));
	outcome_init(&record->change.outcome, call->arena);
	record->row = *row;
	record->row.version = row->version + 1;
	const struct care care = {
		.call = call,
		.draft = &amendment->draft,
		.plan = amendment->papers.plan,
		.id = row->id,
		.submitter_reference = row->submitter_reference,
		.version = record->row.version,
	};
	care_record(record, &care, action);
	record->body = text;
	record->body_length = length;
	record->key = amendment->key;
	return record;
}

struct record_change *care_end(struct amendment *amendment, const char *action, struct outcome *outcome)
{
	return care_judge(amendment, outcome) ? care_seal(amendment, action, outcome) : NULL;
}
