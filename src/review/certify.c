/* SPDX-License-Identifier: Apache-2.0 */
#include "review/certify.h"

#include "base/text.h"
#include "review/certificate.h"
#include "review/criterion.h"

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

static const struct item *gate_of(const struct amendment *amendment)
{
	const struct program *program = amendment->program;
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_GATE && criterion_applies(amendment, program->items[i])) {
			return program->items[i];
		}
	}
	return NULL;
}

static bool may_certify(const struct amendment *amendment, const struct item *gate, struct outcome *outcome)
{
	if (gate == NULL) {
		return outcome_refuse(outcome, ERR_TRANSITION, "nothing waits for a certificate of need of this request");
	}
	if (json_member(amendment->papers.plan, "con") != NULL && input_text(amendment, "correction") == NULL) {
		return outcome_refuse(outcome, ERR_TRANSITION,
				      "how the certificate of need ended is recorded already; a record that takes its place "
				      "says in `correction` what was wrong with it");
	}
	return true;
}

static const char *certificate_json(const struct amendment *amendment, struct instant completed)
{
	char text[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	const struct zone *zone = amendment->program->policy->zone;
	text_init(&out, call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "outcome", input_text(amendment, "outcome"));
	json_member_text(&writer, "completed_at", zone_format(zone, completed, text));
	json_member_list(&writer, "shows", json_member(amendment->input, "shows"));
	json_member_text(&writer, "reviewer", input_text(amendment, "reviewer"));
	json_member_list(&writer, "team", json_member(amendment->input, "team"));
	json_member_text(&writer, "signed_on", input_text(amendment, "signed_on"));
	json_member_text(&writer, "document", input_text(amendment, "document"));
	json_member_text(&writer, "note", input_text(amendment, "note"));
	json_member_text(&writer, "correction", input_text(amendment, "correction"));
	json_member_text(&writer, "at", zone_format(zone, call->now, text));
	json_member_text(&writer, "by", call->principal->id);
	json_close_object(&writer);
	return out.data;
}

static const char *event_json(const struct amendment *amendment, const char *name, struct instant completed)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	text_init(&out, amendment->call->arena, 128);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "name", name);
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, completed, at));
	json_close_object(&writer);
	return out.data;
}

/* An event that a gate knows happened once, or not at all; what an earlier record said of it falls. */
static void record_event(struct amendment *amendment, const char *name, bool happened, struct instant completed)
{
	struct arena *arena = amendment->call->arena;
	struct papers *papers = &amendment->papers;
	papers->plan = papers_drop(arena, papers->plan, "events", "name", name);
	if (happened) {
		papers->plan = papers_append(arena, papers->plan, "events", event_json(amendment, name, completed));
	}
}

/* The events are judged by when the process was complete, not by when that was recorded. */
static void record(struct amendment *amendment, const struct item *gate, struct instant completed)
{
	struct papers *papers = &amendment->papers;
	papers->plan = papers_set(amendment->call->arena, papers->plan, "con", certificate_json(amendment, completed));
	record_event(amendment, gate->event, true, completed);
	if (gate->certified_as != NULL) {
		record_event(amendment, gate->certified_as, certificate_certifies(amendment), completed);
	}
}

void certify_apply(struct amendment *amendment, struct issues *issues)
{
	const size_t before = issues->count;
	const struct item *gate = gate_of(amendment);
	if (gate == NULL) {
		issues_add(issues, "", "not_needed", "Leave it out.",
			   "nothing waits for a certificate of need of this request");
		return;
	}
	if (json_member(amendment->papers.plan, "con") != NULL && input_text(amendment, "correction") == NULL) {
		issues_add(issues, "/correction", "missing_member", "Say what was wrong with the earlier record.",
			   "how the certificate of need ended is recorded already");
	}
	const struct instant completed = certificate_check(amendment, gate, issues);
	if (issues->count == before) {
		record(amendment, gate, completed);
	}
}

struct record_change *certify_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_CERTIFY, .resource = "certificate-of-need", .shape = call->service->shapes[SHAPE_CON]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	const struct item *gate = gate_of(&amendment);
	if (!may_certify(&amendment, gate, outcome)) {
		return NULL;
	}
	const struct instant completed = certificate_check(&amendment, gate, &outcome->issues);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	record(&amendment, gate, completed);
	return amend_end(&amendment, "certificate_of_need_recorded", outcome);
}
