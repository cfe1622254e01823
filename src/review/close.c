/* SPDX-License-Identifier: Apache-2.0 */
#include "review/close.h"

#include "base/text.h"
#include "review/amend.h"
#include "review/own_json.h"

/* The reason of a call that gives none. */
static const char handled_elsewhere[] = "\"handled_elsewhere\"";

/* Every closure says a reason, on the record and in the decision alike. */
static const struct json *with_reason(const struct json *input, struct arena *arena)
{
	if (!text_blank(json_text(json_member(input, "reason")))) {
		return input;
	}
	return own_json_edit(arena, input, "/reason", own_json(arena, handled_elsewhere));
}

struct record_change *close_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_CLOSE, .resource = "closure", .shape = call->service->shapes[SHAPE_CLOSURE]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	if (text_blank(json_text(json_member(amendment.input, "note")))) {
		issues_add(&outcome->issues, "/note", "missing_member", "Say where it was handled, and how it ended there.",
			   "a closure needs its note");
		(void)outcome_invalid(outcome);
		return NULL;
	}
	amendment.input = with_reason(amendment.input, call->arena);
	amendment.papers.plan = papers_set(call->arena, amendment.papers.plan, "closure", amend_disposition(&amendment));
	amend_close(&amendment, "closed_elsewhere");
	return amend_end(&amendment, "closed_elsewhere", outcome);
}
