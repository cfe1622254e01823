/* SPDX-License-Identifier: Apache-2.0 */
#include "review/plan.h"

#include "base/json_write.h"
#include "base/text.h"
#include "review/papers.h"

#include <string.h>

const struct json *plan_verified_body(struct arena *arena, const struct json *body, const struct json *plan)
{
	const struct json *verified = json_at(plan, "/verified/body");
	return verified != NULL ? json_merge(arena, body, verified) : body;
}

unsigned plan_verified(const struct json *plan)
{
	static const struct {
		const char *name;
		enum plan_fact fact;
	} facts[] = {
		{"eligibility", FACT_ELIGIBILITY},
		{"participation", FACT_PARTICIPATION},
		{"other_insurance", FACT_OTHER_INSURANCE},
		{"line_of_business", FACT_LINE_OF_BUSINESS},
	};
	unsigned bits = 0;
	for (const struct json *node = json_first(json_at(plan, "/verified/facts")); node != NULL; node = json_next(node)) {
		for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
			bits |= strcmp(facts[i].name, json_text(node)) == 0 ? (unsigned)facts[i].fact : 0U;
		}
	}
	return bits;
}

const char *const *plan_texts(struct arena *arena, const struct json *plan, const char *name, size_t *ret_count)
{
	const struct json *list = json_member(plan, name);
	const char **texts = arena_array(arena, json_count(list) + 1, sizeof(*texts));
	*ret_count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		texts[(*ret_count)++] = json_text(node);
	}
	return texts;
}

const struct recorded_event *plan_events(struct arena *arena, const struct json *plan, size_t *ret_count)
{
	const struct json *list = json_member(plan, "events");
	struct recorded_event *events = arena_array(arena, json_count(list) + 1, sizeof(*events));
	*ret_count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		struct recorded_event *event = &events[*ret_count];
		event->name = json_text(json_member(node, "name"));
		const char *at = json_text(json_member(node, "at"));
		*ret_count += event->name != NULL && at != NULL && instant_parse(at, &event->at);
	}
	return events;
}

static bool lists(const struct json *list, const char *text)
{
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *own = json_kind(node) == JSON_OBJECT ? json_text(json_member(node, "reason")) : json_text(node);
		if (own != NULL && strcmp(own, text) == 0) {
			return true;
		}
	}
	return false;
}

/* What staff set aside was asserted; a return on facts that were verified since stands. */
static void drop_set_aside(const struct json *plan, struct evaluation *evaluation)
{
	const struct json *set_aside = json_member(plan, "set_aside");
	size_t kept = 0;
	for (size_t i = 0; i < evaluation->return_count; i++) {
		if (evaluation->returns[i].verified || !lists(set_aside, evaluation->returns[i].reason)) {
			evaluation->returns[kept++] = evaluation->returns[i];
		}
	}
	evaluation->return_count = kept;
	evaluation->standing.return_proposed = evaluation->standing.return_proposed && kept > 0;
}

/* What a return is about, as one text. */
static const char *particulars(struct arena *arena, const struct json *body)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 2048);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (const struct json *node = json_first(body); node != NULL; node = json_next(node)) {
		if (strcmp(json_name(node), "documents") != 0 && strcmp(json_name(node), "facts") != 0) {
			json_put_text(&writer, json_name(node));
			json_put_tree(&writer, node);
		}
	}
	json_close_array(&writer);
	return out.data;
}

const struct json *plan_lapse(struct arena *arena, const struct json *plan, const struct json *before, const struct json *now)
{
	if (json_count(json_member(plan, "set_aside")) == 0 ||
	    strcmp(particulars(arena, before), particulars(arena, now)) == 0) {
		return plan;
	}
	return papers_set(arena, plan, "set_aside", "[]");
}

/* A question that a reviewer put stands among what is asked for until it is answered or withdrawn. */
static void ask_questions(const struct json *plan, const struct program *program, struct arena *arena,
			  struct evaluation *evaluation)
{
	const struct json *questions = json_member(plan, "questions");
	size_t most = evaluation->requested_count + json_count(questions);
	struct entry *entries = arena_array(arena, most + 1, sizeof(*entries));
	if (evaluation->requested_count > 0) {
		memcpy(entries, evaluation->requested, evaluation->requested_count * sizeof(*entries));
	}
	for (const struct json *node = json_first(questions); node != NULL; node = json_next(node)) {
		const struct item *item = program_item_find(program, json_text(json_member(node, "criterion")));
		if (item == NULL || json_kind(json_member(node, "answer")) != JSON_NULL ||
		    json_text(json_member(node, "withdrawn_at")) != NULL) {
			continue;
		}
		entries[evaluation->requested_count++] = (struct entry){
			.item = item,
			.pointer = "/answers/-",
			.owner = "requesting_provider",
			.problem = PROBLEM_UNANSWERED,
			.needed = arena_printf(arena, "an answer to question %s", json_text(json_member(node, "id"))),
			.say = json_text(json_member(node, "text")),
			.fix = arena_printf(
				arena, "Answer question %s in `answers`, and send the document that shows it if there is one.",
				json_text(json_member(node, "id"))),
		};
		evaluation->standing.requested = true;
	}
	evaluation->requested = entries;
}

enum status plan_status(const struct json *plan, enum status otherwise)
{
	static const struct {
		const char *disposition;
		enum status status;
	} rows[] = {
		{"determined", STATUS_DECIDED},  {"returned", STATUS_RETURNED},         {"not_required", STATUS_NOT_REQUIRED},
		{"withdrawn", STATUS_WITHDRAWN}, {"closed_elsewhere", STATUS_RECORDED},
	};
	const char *disposition = json_text(json_at(plan, "/decision/disposition"));
	for (size_t i = 0; disposition != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].disposition, disposition) == 0) {
			return rows[i].status;
		}
	}
	return otherwise;
}

void plan_apply(const struct json *plan, const struct program *program, struct arena *arena, struct evaluation *evaluation)
{
	drop_set_aside(plan, evaluation);
	if (json_member(plan, "questions") != NULL) {
		ask_questions(plan, program, arena, evaluation);
	}
	evaluation->standing.notice_owed = plan_notice_owed(plan);
	evaluation->standing.appeal_open = plan_appeal_open(plan);
	evaluation->standing.placement_awaited = plan_placement_awaited(plan);
	evaluation->status = plan_status(plan, lifecycle_status(&evaluation->standing));
	evaluation->waiting_on = lifecycle_waiting_on(evaluation->status, &evaluation->standing);
}

static bool earlier(const struct json *node, const char *rule, struct duty *duty)
{
	struct instant due_at;
	if (!instant_parse(json_text(json_member(node, "due_at")), &due_at) ||
	    (duty->rule != NULL && instant_compare(due_at, duty->due_at) >= 0)) {
		return false;
	}
	*duty = (struct duty){.due_at = due_at, .rule = rule};
	return true;
}

static bool untold(const struct json *owed)
{
	return json_kind(json_member(owed, "told_at")) == JSON_NULL;
}

static bool undecided(const struct json *appeal)
{
	return strcmp(json_text(json_member(appeal, "status")), "open") == 0;
}

bool plan_first_duty(const struct json *plan, struct duty *ret_duty)
{
	*ret_duty = (struct duty){.rule = NULL};
	for (const struct json *node = json_first(json_member(plan, "owed")); node != NULL; node = json_next(node)) {
		(void)(untold(node) && earlier(node, json_text(json_member(node, "item")), ret_duty));
	}
	for (const struct json *node = json_first(json_member(plan, "appeals")); node != NULL; node = json_next(node)) {
		(void)(undecided(node) && earlier(node, json_text(json_member(node, "rule")), ret_duty));
	}
	return ret_duty->rule != NULL;
}

bool plan_notice_owed(const struct json *plan)
{
	for (const struct json *node = json_first(json_member(plan, "owed")); node != NULL; node = json_next(node)) {
		if (untold(node)) {
			return true;
		}
	}
	return false;
}

bool plan_placement_awaited(const struct json *plan)
{
	const char *state = json_text(json_at(plan, "/placement/state"));
	return state != NULL && strcmp(state, "awaited") == 0;
}

bool plan_appeal_open(const struct json *plan)
{
	for (const struct json *node = json_first(json_member(plan, "appeals")); node != NULL; node = json_next(node)) {
		if (undecided(node)) {
			return true;
		}
	}
	return false;
}

struct instant plan_arrived_at(const struct json *plan, struct instant unknown)
{
	struct instant at;
	const char *text = json_text(json_member(plan, "arrived_at"));
	return text != NULL && instant_parse(text, &at) ? at : unknown;
}

/* A fax that failed reached nobody; what was tried beside it must be another way. */
static bool reached_out(const struct json *attempt)
{
	const char *channel = json_text(json_member(attempt, "channel"));
	const char *outcome = json_text(json_member(attempt, "outcome"));
	const char *second = json_text(json_member(attempt, "second_channel"));
	bool failed_fax = channel != NULL && outcome != NULL && strcmp(channel, "fax") == 0 && strcmp(outcome, "failed") == 0;
	return !failed_fax || (second != NULL && strcmp(second, channel) != 0);
}

static bool names_missing(const struct json *attempt, const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->missing_count; i++) {
		if (lists(json_member(attempt, "items"), evaluation->missing[i].item->id)) {
			return true;
		}
	}
	return false;
}

static bool hours_run(const struct clock_list *clocks)
{
	for (size_t i = 0; i < clocks->count; i++) {
		if (clocks->clocks[i].item->clock.unit == CLOCK_HOURS) {
			return true;
		}
	}
	return false;
}

/* A day of its own, on which the plan is open. */
static bool day_counts(const struct attempts *attempts, const struct policy *policy, struct civil_date day)
{
	if (attempts->hourly) {
		return true;
	}
	for (size_t i = 0; i < attempts->made; i++) {
		if (civil_compare(attempts->days[i], day) == 0) {
			return false;
		}
	}
	return calendar_closed(policy->calendar, day) == NULL;
}

void plan_attempts(const struct json *plan, const struct evaluation *evaluation, const struct clock_list *clocks,
		   const struct policy *policy, struct attempts *ret_attempts)
{
	struct attempts *attempts = ret_attempts;
	*attempts = (struct attempts){.hourly = hours_run(clocks)};
	for (const struct json *node = json_first(json_member(plan, "outreach")); node != NULL; node = json_next(node)) {
		struct instant at;
		const char *text = json_text(json_member(node, "at"));
		if (attempts->made == PLAN_ATTEMPTS_MAX || text == NULL || !instant_parse(text, &at) || !reached_out(node) ||
		    !names_missing(node, evaluation)) {
			continue;
		}
		struct civil_date day = zone_date(policy->zone, at);
		if (day_counts(attempts, policy, day)) {
			attempts->days[attempts->made++] = day;
			attempts->newest_at.us = at.us > attempts->newest_at.us ? at.us : attempts->newest_at.us;
		}
	}
}

struct civil_date plan_next_attempt(const struct attempts *attempts, const struct policy *policy, struct civil_date today)
{
	size_t skipped;
	if (day_counts(attempts, policy, today)) {
		return today;
	}
	return calendar_add_business_days(policy->calendar, today, 1, NULL, 0, &skipped);
}
