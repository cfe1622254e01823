/* SPDX-License-Identifier: Apache-2.0 */
#include "review/ask.h"

#include "base/text.h"
#include "review/amend.h"

#include <string.h>

static bool may_be_asked(const struct program *program, const char *id)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_ON_REQUEST && strcmp(program->items[i]->id, id) == 0) {
			return true;
		}
	}
	return false;
}

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
static void ask(struct amendment *amendment, struct outcome *outcome)
{
	struct arena *arena = amendment->call->arena;
	size_t index = 0;
	for (const struct json *node = json_first(json_member(amendment->input, "items")); node != NULL;
	     node = json_next(node), index++) {
		const char *id = json_text(node);
		if (!may_be_asked(amendment->program, id)) {
			issues_add(&outcome->issues, arena_printf(arena, "/items/%zu", index), "not_on_request",
				   "The requirements list what may be asked for.", "the policy has no such item to ask for");
		} else if (!asked_already(amendment->papers.plan, id)) {
			amendment->papers.plan = papers_append(arena, amendment->papers.plan, "asked", quoted(arena, id));
		}
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
	json_put_name(&writer, "items");
	json_put_tree(&writer, json_member(amendment->input, "items"));
	json_member_text(&writer, "note", json_text(json_member(amendment->input, "note")));
	json_close_object(&writer);
	return out.data;
}

struct record_change *ask_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {STEP_ASK, "information-requests", call->service->shapes[SHAPE_INFORMATION_REQUEST]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	ask(&amendment, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	amendment.papers.plan = papers_append(call->arena, amendment.papers.plan, "asks", ask_json(&amendment));
	return amend_end(&amendment, "information_requested", outcome);
}
