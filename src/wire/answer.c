/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/answer.h"

#include "wire/answer_parts.h"
#include "wire/cite.h"
#include "wire/episode.h"
#include "wire/policy_json.h"
#include "wire/sensitivity.h"
#include "wire/tasks.h"
#include "wire/verified.h"

#include <string.h>

static void write_identity(struct json_writer *writer, const struct request_answer *answer, const struct zone *zone)
{
	char text[INSTANT_TEXT_SIZE];
	const struct program *program = answer->program;
	json_member_text(writer, "submitter_reference", answer->submitter_reference);
	json_member_text(writer, "payer", program->policy->payer);
	json_member_text(writer, "service", program->service);
	json_member_text(writer, "review", program->review);
	json_member_text(writer, "urgency", answer->urgency);
	json_member_text(writer, "received_at", zone_format(zone, answer->received_at, text));
	json_member_text(writer, "updated_at", zone_format(zone, answer->updated_at, text));
	policy_write(writer, program->policy);
}

/* The member NAME as it stood in the answer before. */
static void put_stood(struct json_writer *writer, const struct request_answer *answer, const char *name)
{
	json_member_tree(writer, name, json_member(answer->stood, name));
}

static void write_judgment(struct json_writer *writer, const struct request_answer *answer)
{
	static const char *const members[] = {"missing", "requested", "proposed_return"};
	const struct evaluation *evaluation = answer->evaluation;
	if (answer->stood != NULL) {
		for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
			put_stood(writer, answer, members[i]);
		}
		answer_write_kept_findings(writer, json_member(answer->stood, "findings"),
					   json_member(answer->plan, "answers"));
		put_stood(writer, answer, "flags");
		put_stood(writer, answer, "limits");
		return;
	}
	answer_write_entries(writer, "missing", evaluation->missing, evaluation->missing_count);
	answer_write_entries(writer, "requested", evaluation->requested, evaluation->requested_count);
	answer_write_return(writer, evaluation);
	answer_write_findings(writer, evaluation, json_member(answer->plan, "answers"));
	answer_write_flags(writer, evaluation);
	answer_write_limits(writer, evaluation);
}

/* What the plan recorded under PART, as the member NAME: as it was recorded, or null. */
static void put_plan(struct json_writer *writer, const struct request_answer *answer, const char *name, const char *part)
{
	json_member_tree(writer, name, json_member(answer->plan, part));
}

/* The same of a list, which is empty when nothing was recorded. */
static void put_plan_list(struct json_writer *writer, const struct request_answer *answer, const char *name, const char *part)
{
	const struct json *node = json_member(answer->plan, part);
	json_put_name(writer, name);
	if (node != NULL) {
		json_put_tree(writer, node);
	} else {
		json_open_array(writer);
		json_close_array(writer);
	}
}

static void write_outreach(struct json_writer *writer, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	if (answer->stood != NULL) {
		put_stood(writer, answer, "outreach");
		return;
	}
	json_put_name(writer, "outreach");
	if (evaluation->outreach == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	json_member_integer(writer, "made", answer->attempts_made);
	json_member_integer(writer, "required_before_return", evaluation->attempts_owed);
	put_plan(writer, answer, "attempts", "outreach");
	cite_write(writer, evaluation->outreach);
	json_close_object(writer);
}

/* A request whose findings stand, open or closed as it was: what is so and what comes next stand too. */
static bool stands(const struct request_answer *answer)
{
	const enum status status = answer->evaluation->status;
	const char *before = json_text(json_member(answer->stood, "status"));
	const bool closed = status != STATUS_DECIDED && before != NULL && strcmp(before, status_name(status)) == 0;
	return answer->stood != NULL && (status_open(status) || closed);
}

static void write_summary(struct json_writer *writer, const struct request_answer *answer)
{
	if (stands(answer)) {
		put_stood(writer, answer, "summary");
		return;
	}
	json_member_text(writer, "summary", answer_summary(writer->out->arena, answer));
}

static void write_next_step(struct json_writer *writer, const struct request_answer *answer)
{
	if (stands(answer)) {
		put_stood(writer, answer, "next_step");
		return;
	}
	struct next_step next = answer_next_step(writer->out->arena, answer);
	json_put_name(writer, "next_step");
	json_open_object(writer);
	json_member_text(writer, "who", next.who);
	json_member_text(writer, "say", next.say);
	json_member_text(writer, "href", next.href);
	json_close_object(writer);
}

static void write_links(struct json_writer *writer, const struct request_answer *answer)
{
	struct arena *arena = writer->out->arena;
	json_put_name(writer, "links");
	json_open_object(writer);
	if (answer->id != NULL) {
		json_member_text(writer, "self", arena_printf(arena, "/v1/requests/%s", answer->id));
		json_member_text(writer, "information", arena_printf(arena, "/v1/requests/%s/information", answer->id));
		json_member_text(writer, "submission", arena_printf(arena, "/v1/requests/%s/submission", answer->id));
		json_member_text(writer, "timeline", arena_printf(arena, "/v1/requests/%s/timeline", answer->id));
		json_member_text(writer, "episode", arena_printf(arena, "/v1/requests/%s/episode", answer->id));
	}
	policy_links_write(writer, answer->program);
	json_close_object(writer);
}

/* A clock that still runs stays as it stood; one that was stopped says what it was decided late against. */
static void write_clock(struct json_writer *writer, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	bool running = status_open(evaluation->status);
	if (stands(answer)) {
		put_stood(writer, answer, "clock");
		return;
	}
	json_put_name(writer, "clock");
	clock_list_write(writer, &answer->clocks, answer->program->policy, evaluation->open_gate, running,
			 json_at(answer->plan, "/decision/late_against"));
}

/* What was told and is to be told about the decision. */
static void write_notices(struct json_writer *writer, const struct request_answer *answer)
{
	json_put_name(writer, "notices");
	json_open_object(writer);
	put_plan_list(writer, answer, "owed", "owed");
	put_plan_list(writer, answer, "given", "notices");
	json_close_object(writer);
}

/* What staff recorded, each as it was recorded. */
static void write_plan(struct json_writer *writer, const struct request_answer *answer)
{
	verified_write(writer, answer);
	put_plan(writer, answer, "asked", "asks");
	put_plan_list(writer, answer, "questions", "questions");
	put_plan(writer, answer, "certificate_of_need", "con");
	put_plan(writer, answer, "set_aside", "set_aside");
	put_plan(writer, answer, "return", "return");
	put_plan(writer, answer, "withdrawal", "withdrawal");
	put_plan(writer, answer, "closure", "closure");
	put_plan(writer, answer, "replaces", "replaces");
	put_plan_list(writer, answer, "raised", "raised");
}

/* As it is at this answer; it is told as it is now where `links` say. */
static void write_episode(struct json_writer *writer, const struct request_answer *answer)
{
	json_put_name(writer, "episode");
	if (answer->episode != NULL) {
		episode_write(writer, answer->episode);
	} else {
		json_put_null(writer);
	}
}

/* What submit and check share. */
static void write_rest(struct json_writer *writer, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	json_member_text(writer, "status", status_name(evaluation->status));
	json_member_text(writer, "waiting_on", waiting_on_name(evaluation->waiting_on));
	tasks_write(writer, answer->tasks);
	write_summary(writer, answer);
	write_identity(writer, answer, answer->program->policy->zone);
	sensitivity_write_notice(writer, answer->sensitivity);
	write_judgment(writer, answer);
	write_clock(writer, answer);
	write_outreach(writer, answer);
	write_plan(writer, answer);
	write_next_step(writer, answer);
	write_episode(writer, answer);
	put_plan(writer, answer, "decision", "decision");
	put_plan_list(writer, answer, "superseded", "superseded");
	put_plan(writer, answer, "authorization", "authorization");
	put_plan(writer, answer, "placement", "placement");
	write_notices(writer, answer);
	put_plan_list(writer, answer, "appeals", "appeals");
	write_links(writer, answer);
}

void answer_write(struct json_writer *writer, const struct request_answer *answer)
{
	json_open_object(writer);
	json_member_text(writer, "id", answer->id);
	json_member_text(writer, "tracking_number", answer->tracking_number);
	json_member_text(writer, "authorization_number", json_text(json_at(answer->plan, "/authorization/number")));
	json_member_integer(writer, "version", answer->version);
	write_rest(writer, answer);
	json_close_object(writer);
}

void answer_write_check(struct json_writer *writer, const struct request_answer *answer)
{
	json_open_object(writer);
	json_member_boolean(writer, "recorded", false);
	json_member_text(writer, "note", "This was a check. We have not received a request and no clock has started.");
	verified_write_open(writer, answer->evaluation);
	write_rest(writer, answer);
	json_close_object(writer);
}
