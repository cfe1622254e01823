/* SPDX-License-Identifier: Apache-2.0 */
#include "review/appeal_decide.h"

#include "base/text.h"
#include "review/amend.h"
#include "review/anew.h"
#include "review/appeal_view.h"
#include "review/determine.h"

#include <string.h>

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

/*
 * The appeal in the answer that the precondition names, and its place, the same as in the plan's list, which only grows; false when it is
 * not there. Papers that are newer by now are the writer's business.
 */
static bool find_entry(const struct json *answer, const char *id, size_t *ret_place, const struct json **ret_entry)
{
	*ret_place = 0;
	for (const struct json *node = json_first(json_member(answer, "appeals")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "id")), id) == 0) {
			*ret_entry = node;
			return true;
		}
		(*ret_place)++;
	}
	return false;
}

/* The policy lists who decides an appeal. */
static bool has_credential(const struct amendment *amendment, const struct json *entry, struct outcome *outcome)
{
	const struct item *rule = program_item_find(amendment->program, json_text(json_member(entry, "rule")));
	const char *credential = amendment->call->principal->credential;
	if (rule != NULL && credential != NULL && item_words_have(&rule->by, credential)) {
		return true;
	}
	return outcome_refuse(outcome, ERR_FORBIDDEN,
			      "the policy does not list the credential of this token among those who decide an appeal");
}

static bool by_one_of(const struct json *list, const char *actor)
{
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *by = json_text(json_member(node, "by"));
		if (by != NULL && strcmp(by, actor) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether ACTOR decided the request, or an earlier appeal of it. */
static bool decided(const struct json *answer, const char *actor)
{
	const char *by = json_text(json_at(answer, "/decision/by"));
	return (by != NULL && strcmp(by, actor) == 0) || by_one_of(json_member(answer, "superseded"), actor) ||
	       by_one_of(json_member(answer, "appeals"), actor);
}

/* Nobody decides again about what they decided or had a hand in. */
static bool uninvolved(const struct amendment *amendment, struct outcome *outcome)
{
	static const char *const acts[] = {"received",         "information_supplied",  "certificate_of_need_recorded",
					   "finding_recorded", "information_requested", "outreach_attempted"};
	const struct call *call = amendment->call;
	struct err err = {0};
	bool found = false;
	if (!event_by(call->reader, amendment->view->row.id, call->principal->id, acts, sizeof(acts) / sizeof(acts[0]), &found,
		      &err)) {
		return outcome_fail(outcome, &err);
	}
	if (!found && !decided(amendment->before, call->principal->id)) {
		return true;
	}
	return outcome_refuse(
		outcome, ERR_FORBIDDEN,
		"whoever submitted, supplied, asked for, found, certified or decided anything about the request does not "
		"decide its appeal");
}

static bool may_decide(const struct amendment *amendment, const struct json *entry, struct outcome *outcome)
{
	if (strcmp(json_text(json_member(entry, "status")), "open") != 0) {
		return outcome_refuse(outcome, ERR_TRANSITION, "the appeal is decided already");
	}
	return has_credential(amendment, entry, outcome) && uninvolved(amendment, outcome);
}

/* An upheld decision stands as it is; what else the call says would change it. */
static void check_upheld(const struct amendment *amendment, struct outcome *outcome)
{
	for (const struct json *node = json_first(amendment->input); node != NULL; node = json_next(node)) {
		const char *name = json_name(node);
		if (strcmp(name, "outcome") != 0 && strcmp(name, "rationale") != 0 && json_kind(node) != JSON_NULL) {
			issues_add(&outcome->issues, arena_printf(outcome->issues.arena, "/%s", name), "not_permitted",
				   "Leave it out, or overturn the decision.", "an upheld decision stands as it is");
		}
	}
	if (text_blank(input_text(amendment, "rationale"))) {
		issues_add(&outcome->issues, "/rationale", "missing_member", "Give the reasons, specific to this member.",
			   "a decision on an appeal needs its reasons");
	}
}

/* Whoever appealed is told how it ended; the appeal's own rule says by when. */
static const char *outcome_owed(const struct amendment *amendment, const struct json *entry)
{
	char since[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct item *rule = program_item_find(amendment->program, json_text(json_member(entry, "rule")));
	text_init(&out, amendment->call->arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_tree(&writer, "item", json_member(entry, "rule"));
	json_member_tree(&writer, "to", json_member(entry, "from"));
	json_member_text(&writer, "say", rule != NULL ? rule->text : "The appeal is decided.");
	json_member_text(&writer, "since", zone_format(amendment->program->policy->zone, amendment->call->now, since));
	json_member_tree(&writer, "due_at", json_member(entry, "due_at"));
	json_member_text(&writer, "told_at", NULL);
	json_member_boolean(&writer, "late", false);
	json_close_object(&writer);
	return out.data;
}

/* What is owed about the decision that was appealed stays owed; to it comes what the new one owes, and the outcome of the appeal. */
static void owe(struct amendment *amendment, const struct json *entry, const struct json *before)
{
	struct arena *arena = amendment->call->arena;
	const struct json *now = json_member(amendment->papers.plan, "owed");
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 1024);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (const struct json *node = json_first(before); node != NULL; node = json_next(node)) {
		json_put_tree(&writer, node);
	}
	for (const struct json *node = json_first(now != before ? now : NULL); node != NULL; node = json_next(node)) {
		json_put_tree(&writer, node);
	}
	json_close_array(&writer);
	amendment->papers.plan = papers_set(arena, amendment->papers.plan, "owed", out.data);
	amendment->papers.plan = papers_append(arena, amendment->papers.plan, "owed", outcome_owed(amendment, entry));
}

static bool decide(struct amendment *amendment, const char *id, struct outcome *outcome)
{
	if (strcmp(input_text(amendment, "outcome"), "overturned") == 0) {
		return amend_judge(amendment, outcome) && anew_apply(amendment, outcome) &&
		       determination_grant(amendment, id, outcome);
	}
	check_upheld(amendment, outcome);
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

static const struct appeal_row *decided_row(const struct amendment *amendment, const struct appeal_row *received)
{
	const struct call *call = amendment->call;
	struct appeal_row *row = arena_alloc(call->arena, sizeof(*row));
	*row = *received;
	row->status = input_text(amendment, "outcome");
	row->decided_at = call->now;
	row->decider = call->principal->id;
	row->decider_role = role_name(call->principal->role);
	row->credential = call->principal->credential;
	row->rationale = input_text(amendment, "rationale");
	return row;
}

static const char *decided_json(const struct amendment *amendment, const struct json *entry, const struct appeal_row *row)
{
	static const char *const kept[] = {"id",     "kind", "from",   "decision",   "received_at",
					   "due_at", "rule", "reason", "recorded_by"};
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	text_init(&out, amendment->call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		json_member_tree(&writer, kept[i], json_member(entry, kept[i]));
	}
	json_member_text(&writer, "status", row->status);
	json_member_text(&writer, "decided_at", zone_format(amendment->program->policy->zone, row->decided_at, at));
	json_member_text(&writer, "by", row->decider);
	json_member_text(&writer, "role", row->decider_role);
	json_member_text(&writer, "credential", row->credential);
	json_member_text(&writer, "rationale", row->rationale);
	json_member_boolean(&writer, "late", instant_compare(row->decided_at, row->due_at) > 0);
	json_close_object(&writer);
	return out.data;
}

/* Begins with the request of the appeal; whoever may not see the one does not see the other. */
static bool begin(struct amendment *amendment, const struct call *call, const struct appeal_view *view, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_DECIDE_APPEAL,
		.resource = arena_printf(call->arena, "appeals/%s/determination", view->row.id),
		.shape = call->service->shapes[SHAPE_APPEAL_DETERMINATION],
	};
	return amend_begin(amendment, call, view->row.request_id, &rule, outcome);
}

struct record_change *appeal_decide_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	struct amendment amendment;
	size_t place = 0;
	const struct json *entry = NULL;
	const struct appeal_view *view = appeal_owned(call->reader, call->principal, id, call->arena, outcome);
	if (view == NULL || !begin(&amendment, call, view, outcome)) {
		return NULL;
	}
	if (!find_entry(amendment.before, id, &place, &entry)) {
		(void)outcome_refuse(outcome, ERR_STORE, "the record of the request does not name the appeal");
		return NULL;
	}
	const struct json *owed = json_member(amendment.papers.plan, "owed");
	if (!may_decide(&amendment, entry, outcome) || !decide(&amendment, id, outcome)) {
		return NULL;
	}
	owe(&amendment, entry, owed);
	amendment.appeal = decided_row(&amendment, &view->row);
	amendment.appeal_decided = true;
	amendment.papers.plan = papers_set(call->arena, amendment.papers.plan, arena_printf(call->arena, "appeals/%zu", place),
					   decided_json(&amendment, entry, amendment.appeal));
	return amend_keep(&amendment, "appeal_decided", outcome);
}
