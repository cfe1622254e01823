/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/care.h"

#include "base/text.h"
#include "wire/answer_parts.h"
#include "wire/cite.h"
#include "wire/policy_json.h"
#include "wire/sensitivity.h"
#include "wire/time_json.h"
#include "wire/when.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is owed ---- */

static bool owed(const struct care_duty *duty)
{
	return duty->state == DUTY_OPEN || duty->state == DUTY_OVERDUE;
}

const struct care_duty *care_next_due(const struct evaluation *evaluation)
{
	const struct care_duty *next = NULL;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const bool due = owed(duty) && duty->has_due;
		next = due && (next == NULL || instant_compare(duty->due_at, next->due_at) < 0) ? duty : next;
	}
	return next;
}

static size_t count_of(const struct evaluation *evaluation, enum duty_state state)
{
	size_t count = 0;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		count += evaluation->duties[i].state == state;
	}
	return count;
}

/* What is not said yet: duties may hang on it. */
static size_t asked_for(const struct evaluation *evaluation)
{
	return evaluation->missing_count + evaluation->requested_count;
}

const char *care_state(const struct evaluation *evaluation)
{
	if (count_of(evaluation, DUTY_OVERDUE) > 0) {
		return "overdue";
	}
	return count_of(evaluation, DUTY_OPEN) + asked_for(evaluation) > 0 ? "open" : "done";
}

/* What staff said when they waived it, without the names of the duty, which it has. */
static void write_waived(struct json_writer *writer, const struct care_duty *duty, const struct json *plan)
{
	const struct json *found = NULL;
	for (const struct json *node = json_first(json_member(plan, "waivers")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "obligation")), duty->item->id) == 0 &&
		    strcmp(json_text(json_member(node, "key")), duty->key) == 0) {
			found = node;
		}
	}
	json_put_name(writer, "waived");
	if (found == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	json_member_tree(writer, "by", json_member(found, "by"));
	json_member_tree(writer, "at", json_member(found, "at"));
	json_member_tree(writer, "reason", json_member(found, "reason"));
	json_close_object(writer);
}

static void write_duty(struct json_writer *writer, const struct care_duty *duty, const struct care_answer *answer)
{
	const struct zone *zone = answer->program->policy->zone;
	json_open_object(writer);
	json_member_text(writer, "obligation", duty->item->id);
	json_member_integer(writer, "number", duty->number);
	json_member_text(writer, "key", duty->key);
	json_member_text(writer, "text", duty->item->text);
	json_member_text(writer, "state", duty_state_name(duty->state));
	json_member_text(writer, "began_with", duty->began_with);
	json_member_day(writer, "started_on", duty->started_on);
	json_member_instant_if(writer, "started_at", duty->in_hours, duty->started_at, zone);
	json_member_instant_if(writer, "due_at", duty->has_due, duty->due_at, zone);
	json_member_day_if(writer, "due_on", duty->has_due, duty->due_on);
	json_member_text(writer, "fulfilled_by", duty->fulfilled ? duty->fulfilled_by : NULL);
	json_member_day_if(writer, "fulfilled_on", duty->fulfilled, duty->fulfilled_on);
	json_put_name(writer, "late_by_days");
	if (duty->state == DUTY_LATE || duty->state == DUTY_OVERDUE) {
		json_put_integer(writer, duty->late_by_days);
	} else {
		json_put_null(writer);
	}
	write_waived(writer, duty, answer->plan);
	json_member_text(writer, "owner", duty->item->owner);
	cite_write(writer, duty->item);
	json_close_object(writer);
}

/* What is owed by when it is due, then the rest, the newest first. */
static int by_interest(const void *a, const void *b)
{
	const struct care_duty *one = *(const struct care_duty *const *)a;
	const struct care_duty *other = *(const struct care_duty *const *)b;
	int order = (int)owed(other) - (int)owed(one);
	if (order == 0 && owed(one)) {
		order = (int)other->has_due - (int)one->has_due;
		order = order != 0 ? order : instant_compare(one->due_at, other->due_at);
	}
	order = order != 0 ? order : civil_compare(other->started_on, one->started_on);
	return order != 0 ? order : (one > other) - (one < other);
}

/* Which of too many are listed, by their places. */
static const bool *choose_duties(struct arena *arena, const struct care_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	const size_t count = evaluation->duty_count;
	const struct care_duty **sorted = arena_array(arena, count + 1, sizeof(const struct care_duty *));
	bool *chosen = arena_array(arena, count + 1, sizeof(*chosen));
	for (size_t i = 0; i < count; i++) {
		sorted[i] = &evaluation->duties[i];
	}
	if (count > answer->listed) {
		qsort(sorted, count, sizeof(const struct care_duty *), by_interest);
	}
	for (size_t i = 0; i < count && i < answer->listed; i++) {
		chosen[sorted[i] - evaluation->duties] = true;
	}
	return chosen;
}

static void write_obligations(struct json_writer *writer, const struct care_answer *answer)
{
	const size_t count = answer->evaluation->duty_count;
	const bool *chosen = choose_duties(writer->out->arena, answer);
	json_put_name(writer, "obligations");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		if (chosen[i]) {
			write_duty(writer, &answer->evaluation->duties[i], answer);
		}
	}
	json_close_array(writer);
	if (count > answer->listed) {
		json_member_integer(writer, "obligations_omitted", (int64_t)(count - answer->listed));
	}
}

/* The newest of what time brought about. */
static void write_raised(struct json_writer *writer, const struct care_answer *answer)
{
	const struct json *raised = json_member(answer->plan, "raised");
	const size_t count = json_count(raised);
	size_t older = count > answer->listed ? count - answer->listed : 0;
	json_put_name(writer, "raised");
	json_open_array(writer);
	for (const struct json *node = json_first(raised); node != NULL; node = json_next(node)) {
		if (older > 0) {
			older--;
		} else {
			json_put_tree(writer, node);
		}
	}
	json_close_array(writer);
}

static void write_next_due(struct json_writer *writer, const struct care_answer *answer)
{
	const struct care_duty *next = care_next_due(answer->evaluation);
	json_put_name(writer, "next_due");
	if (next == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	json_member_text(writer, "obligation", next->item->id);
	json_member_integer(writer, "number", next->number);
	json_member_instant(writer, "due_at", next->due_at, answer->program->policy->zone);
	json_member_day(writer, "due_on", next->due_on);
	json_member_text(writer, "text", next->item->text);
	json_close_object(writer);
}

/* ---- the record ---- */

static const char *summary(struct arena *arena, const struct care_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	const size_t overdue = count_of(evaluation, DUTY_OVERDUE);
	const size_t open = count_of(evaluation, DUTY_OPEN);
	const size_t asked = asked_for(evaluation);
	const struct care_duty *next = duties_next(evaluation);
	struct text out;
	text_init(&out, arena, 160);
	text_puts(&out, overdue + open == 0 ? "Nothing is owed at present." : "");
	if (overdue > 0) {
		text_printf(&out, "%zu %s overdue.", overdue, overdue == 1 ? "duty is" : "duties are");
	}
	if (open > 0) {
		text_printf(&out, "%s%zu %s open.", overdue > 0 ? " " : "", open, open == 1 ? "duty is" : "duties are");
	}
	if (next != NULL) {
		text_printf(&out, " The next is due %s.", when_text(arena, answer->program->policy->zone, next->due_at));
	}
	if (asked > 0) {
		text_printf(&out, " %zu %s asked for.", asked, asked == 1 ? "point is" : "points are");
	}
	return out.data;
}

static void write_identity(struct json_writer *writer, const struct care_answer *answer)
{
	const struct policy *policy = answer->program->policy;
	json_member_text(writer, "id", answer->id);
	json_member_integer(writer, "version", answer->version);
	json_member_text(writer, "status", status_name(STATUS_RECORDED));
	json_member_text(writer, "waiting_on", waiting_on_name(WAITING_NOBODY));
	json_member_text(writer, "state", care_state(answer->evaluation));
	json_member_text(writer, "summary", summary(writer->out->arena, answer));
	json_member_text(writer, "submitter_reference", answer->submitter_reference);
	json_member_text(writer, "payer", policy->payer);
	json_member_text(writer, "service", answer->program->service);
	json_member_text(writer, "review", answer->program->review);
	json_member_text(writer, "provider_npi", answer->provider_npi);
	json_member_text(writer, "continues", answer->continues);
	json_member_instant(writer, "received_at", answer->received_at, policy->zone);
	json_member_instant(writer, "updated_at", answer->updated_at, policy->zone);
	policy_write(writer, policy);
}

static void write_link(struct json_writer *writer, const char *name, const char *id, const char *rest)
{
	json_member_text(writer, name, arena_printf(writer->out->arena, "/v1/service-records/%s%s", id, rest));
}

static void write_links(struct json_writer *writer, const struct care_answer *answer)
{
	json_put_name(writer, "links");
	json_open_object(writer);
	write_link(writer, "self", answer->id, "");
	write_link(writer, "occurrences", answer->id, "/occurrences");
	write_link(writer, "waivers", answer->id, "/waivers");
	write_link(writer, "obligations", answer->id, "/obligations");
	write_link(writer, "timeline", answer->id, "/timeline");
	policy_links_write(writer, answer->program);
	json_close_object(writer);
}

void care_answer_write(struct json_writer *writer, const struct care_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	json_open_object(writer);
	write_identity(writer, answer);
	sensitivity_write_notice(writer, answer->sensitivity);
	answer_write_entries(writer, "missing", evaluation->missing, evaluation->missing_count);
	answer_write_entries(writer, "requested", evaluation->requested, evaluation->requested_count);
	answer_write_findings(writer, evaluation, NULL);
	answer_write_flags(writer, evaluation);
	answer_write_limits(writer, evaluation);
	json_member_list(writer, "occurrences", answer->occurrences);
	write_obligations(writer, answer);
	write_next_due(writer, answer);
	write_raised(writer, answer);
	write_links(writer, answer);
	json_close_object(writer);
}
