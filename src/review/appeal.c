/* SPDX-License-Identifier: Apache-2.0 */
#include "review/appeal.h"

#include "base/text.h"
#include "review/since_decision.h"

#include <string.h>

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

/* Nobody appeals what is approved as it was asked. */
static bool refuses(const struct json *decision)
{
	const char *outcome = json_text(json_member(decision, "outcome"));
	return outcome != NULL && (strcmp(outcome, "denied") == 0 || strcmp(outcome, "approved_in_part") == 0);
}

/* The appeal against the decision, or NULL. */
static const struct json *appealed(const struct json *answer, const char *decision)
{
	for (const struct json *node = json_first(json_member(answer, "appeals")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "decision")), decision) == 0) {
			return node;
		}
	}
	return NULL;
}

/* Asked of the answer that the precondition names: papers that are newer by now are the writer's business. */
static bool may_appeal(const struct amendment *amendment, struct outcome *outcome)
{
	const struct json *decision = json_member(amendment->before, "decision");
	if (!refuses(decision)) {
		return outcome_refuse(outcome, ERR_TRANSITION,
				      "the request is approved as it was asked; only what was not approved can be appealed");
	}
	const struct json *before = appealed(amendment->before, json_text(json_member(decision, "id")));
	if (before == NULL) {
		return true;
	}
	const char *detail = arena_printf(amendment->call->arena, "this decision was appealed already; see /v1/appeals/%s",
					  json_text(json_member(before, "id")));
	return outcome_refuse(outcome, ERR_TRANSITION, detail);
}

/* An appeal is about what was refused, also by an approval in part. */
static bool is_offer(const struct item *item)
{
	return item->kind == KIND_APPEAL && (item->of & RULING_DENIED) != 0;
}

static void say_offer(struct text *out, const struct item *item)
{
	text_printf(out, "%s the %s appeal of the ", out->length > 0 ? "," : "; it offers", item->appeal);
	for (size_t i = 0; i < item->from.count; i++) {
		text_printf(out, "%s%s", i > 0 ? " or the " : "", item->from.list[i]);
	}
}

static const char *offers(const struct amendment *amendment)
{
	struct text out;
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	text_init(&out, amendment->call->arena, 128);
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		if (is_offer(evaluation->rules[i])) {
			say_offer(&out, evaluation->rules[i]);
		}
	}
	return out.length > 0 ? out.data : "; it offers none";
}

/* What the policy offers to who appeals; NULL with the outcome set. */
static const struct item *offered(const struct amendment *amendment, struct outcome *outcome)
{
	const char *kind = input_text(amendment, "kind");
	const char *from = input_text(amendment, "from");
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		if (is_offer(item) && strcmp(item->appeal, kind) == 0 && item_words_have(&item->from, from)) {
			return item;
		}
	}
	const char *detail = arena_printf(amendment->call->arena, "the policy has no %s appeal of the %s here%s", kind, from,
					  offers(amendment));
	(void)outcome_refuse(outcome, ERR_TRANSITION, detail);
	return NULL;
}

/* When it was received: now, unless staff enter what came in by another way earlier. */
static struct instant received_at(const struct amendment *amendment, struct outcome *outcome)
{
	if (amendment->call->principal->role == ROLE_PROVIDER && input_text(amendment, "received_at") != NULL) {
		issues_add(&outcome->issues, "/received_at", "not_permitted", "Leave it out; the server stamps the receipt.",
			   "only staff say when an appeal was received");
		return amendment->call->now;
	}
	return since_decision(amendment, SINCE_CURRENT, "received_at", outcome);
}

static const struct appeal_row *appeal_row(const struct amendment *amendment, const struct item *item, struct instant at)
{
	char id[IDENT_ID_SIZE];
	const struct call *call = amendment->call;
	const struct policy *policy = amendment->program->policy;
	struct appeal_row *row = arena_alloc(call->arena, sizeof(*row));
	*row = (struct appeal_row){
		.id = arena_copy(call->arena, ident_id(call->service->ident, "apl_", call->now, id)),
		.request_id = amendment->view->row.id,
		.decision = json_text(json_at(amendment->before, "/decision/id")),
		.kind = item->appeal,
		.appellant = input_text(amendment, "from"),
		.status = "open",
		.received_at = at,
		.due_at = clock_compute(&item->clock, at, policy->zone, policy->calendar).due_at,
	};
	return row;
}

static void write_nothing_decided(struct json_writer *writer)
{
	static const char *const members[] = {"decided_at", "by", "role", "credential", "rationale"};
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		json_member_text(writer, members[i], NULL);
	}
	json_member_boolean(writer, "late", false);
}

static const char *appeal_json(const struct amendment *amendment, const struct appeal_row *row, const struct item *item)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct zone *zone = amendment->program->policy->zone;
	text_init(&out, amendment->call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", row->id);
	json_member_text(&writer, "kind", row->kind);
	json_member_text(&writer, "from", row->appellant);
	json_member_text(&writer, "decision", row->decision);
	json_member_text(&writer, "status", row->status);
	json_member_text(&writer, "received_at", zone_format(zone, row->received_at, at));
	json_member_text(&writer, "due_at", zone_format(zone, row->due_at, at));
	json_member_text(&writer, "rule", item->id);
	json_member_text(&writer, "reason", input_text(amendment, "reason"));
	json_member_text(&writer, "recorded_by", amendment->call->principal->id);
	write_nothing_decided(&writer);
	json_close_object(&writer);
	return out.data;
}

struct record_change *appeal_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_APPEAL, .resource = "appeals", .shape = call->service->shapes[SHAPE_APPEAL]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome) || !may_appeal(&amendment, outcome) ||
	    !amend_judge(&amendment, outcome)) {
		return NULL;
	}
	const struct item *item = offered(&amendment, outcome);
	if (item == NULL) {
		return NULL;
	}
	struct instant at = received_at(&amendment, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	amendment.appeal = appeal_row(&amendment, item, at);
	amendment.papers.plan =
		papers_append(call->arena, amendment.papers.plan, "appeals", appeal_json(&amendment, amendment.appeal, item));
	return amend_keep(&amendment, "appealed", outcome);
}
