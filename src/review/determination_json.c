/* SPDX-License-Identifier: Apache-2.0 */
#include "review/determination_json.h"

#include "base/json_write.h"
#include "base/text.h"
#include "wire/time_json.h"

#include <string.h>

static const char no_promise[] = "An authorization is no promise of payment: that depends on the member's coverage and benefit "
				 "on the day of the service.";

static const struct zone *zone_of(const struct ruled *ruled)
{
	return ruled->determination->facts->program->policy->zone;
}

/* A list of the body, empty when it was left out. */
static void put_list(struct json_writer *writer, const char *name, const struct json *list)
{
	json_put_name(writer, name);
	if (list != NULL && json_kind(list) == JSON_ARRAY) {
		json_put_tree(writer, list);
	} else {
		json_open_array(writer);
		json_close_array(writer);
	}
}

/* What had been asked for, where that is the ground: each item once. */
static void write_asked_for(struct json_writer *writer, const struct determination *determination)
{
	const struct evaluation *evaluation = determination->facts->evaluation;
	bool ground = determination->basis != NULL && strcmp(determination->basis, "insufficient_information") == 0;
	json_put_name(writer, "asked_for");
	json_open_array(writer);
	for (size_t i = 0; ground && i < evaluation->requested_count; i++) {
		bool before = false;
		for (size_t k = 0; k < i; k++) {
			before = before || evaluation->requested[k].item == evaluation->requested[i].item;
		}
		if (!before) {
			json_put_text(writer, evaluation->requested[i].item->id);
		}
	}
	json_close_array(writer);
}

static void write_interqual(struct json_writer *writer, const struct json *interqual)
{
	json_put_name(writer, "interqual");
	if (interqual == NULL || json_kind(interqual) != JSON_OBJECT) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	for (const struct json *node = json_first(interqual); node != NULL; node = json_next(node)) {
		if (json_kind(node) != JSON_NULL) {
			json_put_name(writer, json_name(node));
			json_put_tree(writer, node);
		}
	}
	json_close_object(writer);
}

/* Of what waits for its placement nothing is refused. */
static void write_not_approved(struct json_writer *writer, const struct determination *determination)
{
	const struct determination_facts *facts = determination->facts;
	bool awaits = determination_awaits_placement(determination);
	json_put_name(writer, "not_approved");
	json_open_array(writer);
	for (size_t i = 0; !awaits && i < facts->line_count; i++) {
		struct day_set granted = grants_line_days(facts->arena, &determination->grants, i);
		struct day_set days = days_minus(facts->arena, facts->lines[i].days, granted);
		for (size_t k = 0; k < days.count; k++) {
			json_open_object(writer);
			json_member_integer(writer, "line", (int64_t)i);
			json_member_day(writer, "from", days.spans[k].from);
			json_member_day(writer, "to", days.spans[k].to);
			json_close_object(writer);
		}
	}
	json_close_array(writer);
}

/* What takes the place of a decision keeps what that one was late against. */
static void write_late(struct json_writer *writer, const struct ruled *ruled)
{
	const struct determination *determination = ruled->determination;
	const struct clock_list *clocks = &determination->facts->clocks;
	bool late = determination_late(determination);
	const char *note = determination->before != NULL ? json_text(json_member(determination->before, "late_note"))
							 : determination_text(determination, "late_note");
	json_member_boolean(writer, "late", late);
	json_member_text(writer, "late_cause", determination_late_cause(determination));
	json_member_text(writer, "late_note", late ? note : NULL);
	if (determination->before != NULL) {
		put_list(writer, "late_against", json_member(determination->before, "late_against"));
		return;
	}
	json_put_name(writer, "late_against");
	json_open_array(writer);
	for (size_t i = 0; i < clocks->count; i++) {
		if (clock_late(&clocks->clocks[i], determination->facts->now)) {
			json_open_object(writer);
			json_member_text(writer, "rule", clocks->clocks[i].item->id);
			json_member_instant(writer, "due_at", clocks->clocks[i].due.due_at, zone_of(ruled));
			json_close_object(writer);
		}
	}
	json_close_array(writer);
}

static void write_grounds(struct json_writer *writer, const struct determination *determination)
{
	const struct json *input = determination->input;
	json_member_text(writer, "basis", determination->basis);
	put_list(writer, "criteria", json_member(input, "criteria"));
	bool corrects = determination->before != NULL && determination->appeal == NULL;
	json_member_text(writer, "reason", corrects ? determination_text(determination, "reason") : NULL);
	json_member_text(writer, "rationale", determination_text(determination, "rationale"));
	put_list(writer, "documents_reviewed", json_member(input, "documents_reviewed"));
	write_asked_for(writer, determination);
	json_member_text(writer, "alternative", determination_text(determination, "alternative"));
	json_member_text(writer, "referral", determination_referral(determination));
	json_member_text(writer, "interim_level_of_care", determination_text(determination, "interim_level_of_care"));
	write_interqual(writer, json_member(input, "interqual"));
	write_not_approved(writer, determination);
}

const char *ruled_decision(const struct ruled *ruled)
{
	struct text out;
	struct json_writer writer;
	const struct determination *determination = ruled->determination;
	struct arena *arena = determination->facts->arena;
	text_init(&out, arena, 4096);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", ruled->id);
	json_member_text(&writer, "disposition", "determined");
	json_member_text(&writer, "outcome", verdict_name(determination->verdict));
	write_grounds(&writer, determination);
	write_late(&writer, ruled);
	json_member_instant(&writer, "decided_at", determination->facts->now, zone_of(ruled));
	json_member_text(&writer, "by", ruled->principal->id);
	json_member_text(&writer, "role", role_name(ruled->principal->role));
	json_member_text(&writer, "credential", ruled->principal->credential);
	json_member_text(&writer, "supersedes", json_text(json_member(determination->before, "id")));
	json_member_text(&writer, "appeal", determination->appeal);
	json_member_text(&writer, "note",
			 ruled->withdrawn != NULL ? arena_printf(arena, "Authorization %s is withdrawn.", ruled->withdrawn)
						  : NULL);
	json_close_object(&writer);
	return out.data;
}

/* By when the request that continues it should come: the earliest that a limit says, unless that time has come already. */
static void write_ask_again(struct json_writer *writer, const struct determination_facts *facts, struct civil_date last)
{
	struct instant by = {0};
	const struct policy *policy = facts->program->policy;
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		if (item->kind == KIND_LIMIT && item->ask_again.amount > 0) {
			struct instant one = clock_count_back(&item->ask_again, last, policy->zone, policy->calendar);
			by = by.us == 0 || instant_compare(one, by) < 0 ? one : by;
		}
	}
	if (by.us != 0 && instant_compare(by, facts->now) > 0) {
		json_member_instant(writer, "ask_again_by", by, policy->zone);
	} else {
		json_member_text(writer, "ask_again_by", NULL);
	}
}

static void write_lines(struct json_writer *writer, const struct determination *determination)
{
	json_put_name(writer, "lines");
	json_open_array(writer);
	for (size_t i = 0; i < determination->grants.count; i++) {
		const struct grant *grant = &determination->grants.list[i];
		const struct asked_line *line = &determination->facts->lines[grant->line];
		json_open_object(writer);
		json_member_integer(writer, "line", (int64_t)grant->line);
		json_member_text(writer, "code", line->code);
		json_member_day(writer, "from", grant->days.from);
		json_member_day(writer, "to", grant->days.to);
		json_put_name(writer, "units");
		json_put_number(writer, grant->units);
		json_member_text(writer, "unit", line->unit);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* In the words of the policy, where it says to those who are approved what an approval does not promise. */
static const char *authorization_note(const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		if (item->kind == KIND_NOTICE && item->of == RULING_APPROVED) {
			return item->text;
		}
	}
	return no_promise;
}

const char *ruled_authorization(const struct ruled *ruled)
{
	struct text out;
	struct json_writer writer;
	const struct determination *determination = ruled->determination;
	struct arena *arena = determination->facts->arena;
	struct day_set days = grants_days(arena, &determination->grants);
	text_init(&out, arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "number", ruled->number);
	json_member_day(&writer, "from", days_first(days));
	json_member_day(&writer, "to", days_last(days));
	json_member_integer(&writer, "days", days_count(days));
	write_lines(&writer, determination);
	write_ask_again(&writer, determination->facts, days_last(days));
	json_member_instant(&writer, "issued_at", determination->facts->now, zone_of(ruled));
	json_member_text(&writer, "note", authorization_note(determination->facts->evaluation));
	json_close_object(&writer);
	return out.data;
}
