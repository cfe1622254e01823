/* SPDX-License-Identifier: Apache-2.0 */
#include "review/notify.h"

#include "base/text.h"
#include "review/since_decision.h"

#include <string.h>

/* A notice that was given. */
struct notice {
	const char *to;
	const char *told_at; /* as the plan's part writes it */
	struct instant at;
	bool late; /* one that was owed was due before */
};

/* What was told before something was decided did not tell of it. */
static bool after(const struct notice *notice, const struct json *owed)
{
	struct instant since;
	return instant_parse(json_text(json_member(owed, "since")), &since) && instant_compare(notice->at, since) >= 0;
}

static bool answers(const struct notice *notice, const struct json *owed)
{
	return after(notice, owed) && json_kind(json_member(owed, "told_at")) == JSON_NULL &&
	       strcmp(json_text(json_member(owed, "to")), notice->to) == 0;
}

enum { SECOND_US = 1000000 };

/* The second in which it is due is in time, as it is for determinations and for what time raises. */
static bool overdue(const struct notice *notice, const struct json *owed)
{
	struct instant due_at;
	return instant_parse(json_text(json_member(owed, "due_at")), &due_at) && notice->at.us >= due_at.us + SECOND_US;
}

static void write_told(struct json_writer *writer, const struct notice *notice, const struct json *owed, bool late)
{
	json_open_object(writer);
	for (const struct json *node = json_first(owed); node != NULL; node = json_next(node)) {
		if (strcmp(json_name(node), "told_at") == 0) {
			json_member_text(writer, "told_at", notice->told_at);
		} else if (strcmp(json_name(node), "late") == 0) {
			json_member_boolean(writer, "late", late);
		} else {
			json_member_tree(writer, json_name(node), node);
		}
	}
	json_close_object(writer);
}

/* What is owed, after the notice. */
static const char *owed_json(struct arena *arena, const struct json *owed, struct notice *notice)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 1024);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (const struct json *node = json_first(owed); node != NULL; node = json_next(node)) {
		if (answers(notice, node)) {
			bool late = overdue(notice, node);
			notice->late = notice->late || late;
			write_told(&writer, notice, node, late);
		} else {
			json_put_tree(&writer, node);
		}
	}
	json_close_array(&writer);
	return out.data;
}

static const char *notice_json(const struct amendment *amendment, const struct notice *notice)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "to", notice->to);
	json_member_text(&writer, "channel", json_text(json_member(amendment->input, "channel")));
	json_member_text(&writer, "told_at", notice->told_at);
	json_member_boolean(&writer, "late", notice->late);
	json_member_text(&writer, "note", json_text(json_member(amendment->input, "note")));
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_close_object(&writer);
	return out.data;
}

static void tell(struct amendment *amendment, struct instant at)
{
	char told_at[INSTANT_TEXT_SIZE];
	struct arena *arena = amendment->call->arena;
	const struct json *owed = json_member(amendment->papers.plan, "owed");
	struct notice notice = {
		.to = json_text(json_member(amendment->input, "to")),
		.told_at = zone_format(amendment->program->policy->zone, at, told_at),
		.at = at,
	};
	if (owed != NULL) {
		amendment->papers.plan = papers_set(arena, amendment->papers.plan, "owed", owed_json(arena, owed, &notice));
	}
	amendment->papers.plan = papers_append(arena, amendment->papers.plan, "notices", notice_json(amendment, &notice));
}

struct record_change *notify_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_NOTIFY, .resource = "notices", .shape = call->service->shapes[SHAPE_NOTICE]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	struct instant at = since_decision(&amendment, SINCE_FIRST, "told_at", outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	tell(&amendment, at);
	return amend_keep(&amendment, "notice_recorded", outcome);
}
