/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/answer.h"

#include "wire/answer_parts.h"
#include "wire/cite.h"

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
	json_put_name(writer, "policy");
	json_open_object(writer);
	json_member_text(writer, "id", program->policy->id);
	json_member_text(writer, "version", program->policy->version);
	json_member_text(writer, "digest", program->policy->digest_hex);
	json_close_object(writer);
}

static void write_judgment(struct json_writer *writer, const struct evaluation *evaluation)
{
	answer_write_entries(writer, "missing", evaluation->missing, evaluation->missing_count);
	answer_write_entries(writer, "requested", evaluation->requested, evaluation->requested_count);
	answer_write_return(writer, evaluation);
	answer_write_findings(writer, evaluation);
	answer_write_flags(writer, evaluation);
	answer_write_limits(writer, evaluation);
}

/* What the plan recorded under PART, as the member NAME: as it was recorded, or null. */
static void put_plan(struct json_writer *writer, const struct request_answer *answer, const char *name, const char *part)
{
	const struct json *node = json_member(answer->plan, part);
	json_put_name(writer, name);
	if (node != NULL) {
		json_put_tree(writer, node);
	} else {
		json_put_null(writer);
	}
}

/* Which facts staff verified, where and when; the facts themselves stand in the findings. */
static void write_verified(struct json_writer *writer, const struct request_answer *answer)
{
	static const char *const members[] = {"facts", "source", "at", "by"};
	const struct json *verified = json_member(answer->plan, "verified");
	json_put_name(writer, "verified");
	if (verified == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		json_put_name(writer, members[i]);
		json_put_tree(writer, json_member(verified, members[i]));
	}
	json_close_object(writer);
}

static void write_outreach(struct json_writer *writer, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
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

static void write_next_step(struct json_writer *writer, const struct request_answer *answer)
{
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
	const struct program *program = answer->program;
	json_put_name(writer, "links");
	json_open_object(writer);
	if (answer->id != NULL) {
		json_member_text(writer, "self", arena_printf(arena, "/v1/requests/%s", answer->id));
		json_member_text(writer, "information", arena_printf(arena, "/v1/requests/%s/information", answer->id));
		json_member_text(writer, "submission", arena_printf(arena, "/v1/requests/%s/submission", answer->id));
		json_member_text(writer, "timeline", arena_printf(arena, "/v1/requests/%s/timeline", answer->id));
	}
	json_member_text(writer, "requirements",
			 arena_printf(arena, "/v1/requirements?payer=%s&service=%s&review=%s", program->policy->payer,
				      program->service, program->review));
	json_member_text(writer, "policy",
			 arena_printf(arena, "/v1/policies/%s/versions/%s", program->policy->id, program->policy->version));
	json_close_object(writer);
}

/* What submit and check share. */
static void write_rest(struct json_writer *writer, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	const struct zone *zone = answer->program->policy->zone;
	json_member_text(writer, "status", status_name(evaluation->status));
	json_member_text(writer, "waiting_on", waiting_on_name(evaluation->waiting_on));
	json_member_text(writer, "summary", answer_summary(writer->out->arena, answer));
	write_identity(writer, answer, zone);
	write_judgment(writer, evaluation);
	json_put_name(writer, "clock");
	clock_list_write(writer, &answer->clocks, zone, evaluation->open_gate, status_open(evaluation->status));
	write_outreach(writer, answer);
	write_verified(writer, answer);
	put_plan(writer, answer, "asked", "asks");
	put_plan(writer, answer, "set_aside", "set_aside");
	put_plan(writer, answer, "return", "return");
	put_plan(writer, answer, "withdrawal", "withdrawal");
	put_plan(writer, answer, "replaces", "replaces");
	write_next_step(writer, answer);
	json_put_name(writer, "episode");
	json_put_null(writer);
	json_put_name(writer, "decision");
	json_put_null(writer);
	json_put_name(writer, "authorization");
	json_put_null(writer);
	write_links(writer, answer);
}

void answer_write(struct json_writer *writer, const struct request_answer *answer)
{
	json_open_object(writer);
	json_member_text(writer, "id", answer->id);
	json_member_text(writer, "tracking_number", answer->tracking_number);
	json_member_text(writer, "authorization_number", NULL);
	json_member_integer(writer, "version", answer->version);
	write_rest(writer, answer);
	json_close_object(writer);
}

void answer_write_check(struct json_writer *writer, const struct request_answer *answer)
{
	static const char *const not_checked[] = {"eligibility_with_the_plan", "participation_with_the_plan",
						  "clinical_judgment", "duplicates"};
	json_open_object(writer);
	json_member_boolean(writer, "recorded", false);
	json_member_text(writer, "note", "This was a check. We have not received a request and no clock has started.");
	json_put_name(writer, "not_checked");
	json_open_array(writer);
	for (size_t i = 0; i < sizeof(not_checked) / sizeof(not_checked[0]); i++) {
		json_put_text(writer, not_checked[i]);
	}
	json_close_array(writer);
	write_rest(writer, answer);
	json_close_object(writer);
}
