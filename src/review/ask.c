/* SPDX-License-Identifier: Apache-2.0 */
#include "review/ask.h"

#include "base/text.h"
#include "review/criterion.h"
#include "review/question.h"

#include <string.h>

static bool asked_already(const struct json *plan, const char *id)
{
	for (const struct json *node = json_first(json_member(plan, "asked")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(node), id) == 0) {
			return true;
		}
	}
	return false;
}

static const char *quoted(struct arena *arena, const char *value)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 128);
	json_writer_init(&writer, &out);
	json_put_text(&writer, value);
	return out.data;
}

/* Asks for every item of the call; what is no on-request item of the policy is an issue. */
static void ask_items(struct amendment *amendment, struct outcome *outcome)
{
	struct arena *arena = amendment->call->arena;
	size_t index = 0;
	for (const struct json *node = json_first(json_member(amendment->input, "items")); node != NULL;
	     node = json_next(node), index++) {
		const char *id = json_text(node);
		const struct item *item = program_item_find(amendment->program, id);
		if (item == NULL || item->kind != KIND_ON_REQUEST) {
			issues_add(&outcome->issues, arena_printf(arena, "/items/%zu", index), "not_on_request",
				   "The requirements list what may be asked for.", "the policy has no such item to ask for");
		} else if (!asked_already(amendment->papers.plan, id)) {
			amendment->papers.plan = papers_append(arena, amendment->papers.plan, "asked", quoted(arena, id));
		}
	}
}

/* Puts every question of the call; one about what does not apply to the request is an issue. */
static void put_questions(struct amendment *amendment, struct issues *issues)
{
	struct arena *arena = issues->arena;
	size_t index = 0;
	for (const struct json *node = json_first(json_member(amendment->input, "questions")); node != NULL;
	     node = json_next(node), index++) {
		const char *text = json_text(json_member(node, "text"));
		const char *pointer = arena_printf(arena, "/questions/%zu", index);
		const struct item *item = criterion_find(amendment, json_text(json_member(node, "criterion")));
		const char *refusal = item != NULL ? criterion_refusal(amendment, item)
						   : "the policy of the request has no criterion of this name";
		if (refusal != NULL) {
			issues_add(issues, arena_printf(arena, "%s/criterion", pointer), "not_open",
				   "`findings` of the request lists what can be asked about.", "%s", refusal);
		}
		if (text_blank(text)) {
			issues_add(issues, arena_printf(arena, "%s/text", pointer), "blank", "Say what the provider is asked.",
				   "the question says nothing");
		} else if (refusal == NULL && !question_put(amendment, item->id, text)) {
			issues_add(issues, pointer, "too_many", "Determine on what is there.",
				   "the request has as many questions as it can hold");
		} else if (refusal == NULL) {
			criterion_reopen(amendment, item->id); /* who still asks has not answered */
		}
	}
}

static void ask(struct amendment *amendment, struct outcome *outcome)
{
	ask_items(amendment, outcome);
	put_questions(amendment, &outcome->issues);
	if (json_count(json_member(amendment->input, "items")) + json_count(json_member(amendment->input, "questions")) == 0) {
		issues_add(&outcome->issues, "", "nothing_asked", "Give items or questions.", "the body asks for nothing");
	}
}

/* Who asked for what, when, and what they said. */
static const char *ask_json(const struct amendment *amendment)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_member_list(&writer, "items", json_member(amendment->input, "items"));
	json_member_text(&writer, "note", json_text(json_member(amendment->input, "note")));
	json_close_object(&writer);
	return out.data;
}

struct record_change *ask_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {.step = STEP_ASK,
					.resource = "information-requests",
					.shape = call->service->shapes[SHAPE_INFORMATION_REQUEST]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	ask(&amendment, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	/* A question says by itself who put it, when and about what. */
	if (json_member(amendment.input, "items") != NULL || json_text(json_member(amendment.input, "note")) != NULL) {
		amendment.papers.plan = papers_append(call->arena, amendment.papers.plan, "asks", ask_json(&amendment));
	}
	return amend_end(&amendment, "information_requested", outcome);
}
