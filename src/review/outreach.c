/* SPDX-License-Identifier: Apache-2.0 */
#include "review/outreach.h"

#include "base/text.h"
#include "review/amend.h"

#include <string.h>

static bool listed(const struct json *entries, const char *item)
{
	for (const struct json *node = json_first(entries); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "item")), item) == 0) {
			return true;
		}
	}
	return false;
}

/* An attempt names what is missing or asked for now; anything else would count towards nothing. */
static void check_items(const struct amendment *amendment, struct outcome *outcome)
{
	const struct json *missing = json_member(amendment->before, "missing");
	const struct json *requested = json_member(amendment->before, "requested");
	size_t index = 0;
	for (const struct json *node = json_first(json_member(amendment->input, "items")); node != NULL;
	     node = json_next(node), index++) {
		if (!listed(missing, json_text(node)) && !listed(requested, json_text(node))) {
			issues_add(&outcome->issues, arena_printf(outcome->issues.arena, "/items/%zu", index), "not_missing",
				   "Name items of `missing` or `requested`.", "the request does not lack this item");
		}
	}
}

/* Not before the request came, not later than now. */
static struct instant made_at(const struct amendment *amendment, struct outcome *outcome)
{
	struct instant at = amendment->call->now;
	const char *text = json_text(json_member(amendment->input, "at"));
	if (text == NULL || !instant_parse(text, &at)) {
		return at;
	}
	if (instant_compare(at, amendment->call->now) > 0 || instant_compare(at, amendment->view->row.received_at) < 0) {
		issues_add(&outcome->issues, "/at", "out_of_time", "Say when it was made.",
			   "an attempt is made after receipt and not later than now");
	}
	return at;
}

static const char *attempt_json(const struct amendment *amendment, struct instant at)
{
	char text[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, at, text));
	json_member_text(&writer, "by", call->principal->id);
	for (const struct json *node = json_first(amendment->input); node != NULL; node = json_next(node)) {
		if (strcmp(json_name(node), "at") != 0) {
			json_put_name(&writer, json_name(node));
			json_put_tree(&writer, node);
		}
	}
	json_close_object(&writer);
	return out.data;
}

struct record_change *outreach_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_OUTREACH, .resource = "outreach-attempts", .shape = call->service->shapes[SHAPE_OUTREACH]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	check_items(&amendment, outcome);
	struct instant at = made_at(&amendment, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	amendment.papers.plan = papers_append(call->arena, amendment.papers.plan, "outreach", attempt_json(&amendment, at));
	return amend_end(&amendment, "outreach_attempted", outcome);
}
