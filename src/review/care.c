/* SPDX-License-Identifier: Apache-2.0 */
#include "review/care.h"

#include "base/text.h"
#include "policy/duty.h"
#include "review/care_time.h"
#include "review/occurrences.h"
#include "review/plan.h"
#include "wire/care.h"

#include <string.h>

/*
 * How long the papers grow by what people record, not counting what time has raised since; and how much longer by what ends or retracts
 * something, or waives it. What time raises is held to the bound of the store alone, which leaves room for it.
 */
enum { PAPERS_MAX = 1024 * 1024, PAPERS_SPARE = 256 * 1024 };

/* Of duties and of lapses that were raised an answer lists so many each; fewer where it would be longer than the store takes. */
enum { LISTED_MAX = 1000, SNAPSHOT_START = 16384, SNAPSHOT_MAX = 3 * 1024 * 1024 };

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

void care_evaluate(struct draft *draft, const struct call *call, const struct json *plan, struct instant now,
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
	care_evaluate(draft, call, amendment->papers.plan, call->now, &draft->evaluation);
	return true;
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
	const struct instant wake = care_wake_at(care);
	row->tasks = strcmp(state, "overdue") == 0 ? RECORD_OVERDUE : strcmp(state, "open") == 0 ? RECORD_OPEN : RECORD_DONE;
	row->act_by = next != NULL ? next->due_at : (struct instant){0};
	row->act_by_rule = next != NULL ? next->item->id : NULL;
	row->wake_at.us = wake.us == INT64_MAX ? 0 : wake.us;
	row->missing_count = (int64_t)evaluation->missing_count;
	row->requested_count = (int64_t)evaluation->requested_count;
}

/* An answer that can be stored, whatever has come about: what happened and what is asked are bounded, what is owed is listed in part. */
static void write_answer(const struct care_answer *answer, struct text *snapshot)
{
	struct care_answer part = *answer;
	for (part.listed = LISTED_MAX;; part.listed /= 2) {
		struct json_writer writer;
		text_init(snapshot, snapshot->arena, SNAPSHOT_START);
		json_writer_init(&writer, snapshot);
		care_answer_write(&writer, &part);
		if (snapshot->length <= SNAPSHOT_MAX || part.listed == 0) {
			return;
		}
	}
}

void care_record(struct record_change *record, const struct care *care, const char *action)
{
	struct text snapshot = {.arena = care->call->arena};
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
	write_answer(&answer, &snapshot);
	fill_owed(&record->row, care);
	record_seal(record, care->call, &snapshot, care->version, action);
	fill_obligations(record, care);
}

/* How much of the papers is what time has raised. */
static size_t raised_length(const struct amendment *amendment)
{
	const struct json *raised = json_member(amendment->papers.plan, "raised");
	struct text out;
	struct json_writer writer;
	if (raised == NULL) {
		return 0;
	}
	text_init(&out, amendment->call->arena, SNAPSHOT_START);
	json_writer_init(&writer, &out);
	json_put_tree(&writer, raised);
	return out.length;
}

/* Whether papers of that length are taken. False with the outcome set. */
static bool has_room(const struct amendment *amendment, size_t length, struct outcome *outcome)
{
	const struct json *list = json_member(amendment->input, "occurrences");
	if (amendment->call->system) {
		return true;
	}
	const size_t recorded = length - raised_length(amendment);
	const bool concludes = list == NULL || occurrences_conclude(amendment->program->policy, list);
	if (recorded <= PAPERS_MAX || (concludes && recorded <= PAPERS_MAX + PAPERS_SPARE)) {
		return true;
	}
	return outcome_refuse(
		outcome, ERR_TOO_LARGE,
		concludes ? "the record is full; record this in another one"
			  : "the record is full: record here only what ends the care or retracts something, by itself, and "
			    "begin another record for the rest");
}

struct record_change *care_seal(struct amendment *amendment, const char *action, struct outcome *outcome)
{
	const struct call *call = amendment->call;
	const struct request_row *row = &amendment->view->row;
	size_t length = 0;
	amendment->papers.version = row->version + 1;
	const char *text = papers_write(&amendment->papers, call->arena, &length);
	if (!has_room(amendment, length, outcome)) {
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
