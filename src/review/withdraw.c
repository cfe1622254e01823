/* SPDX-License-Identifier: Apache-2.0 */
#include "review/withdraw.h"

#include "base/text.h"
#include "review/amend.h"

struct record_change *withdraw_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {STEP_WITHDRAW, "withdrawal", call->service->shapes[SHAPE_WITHDRAWAL]};
	struct amendment amendment;
	struct text out;
	struct json_writer writer;
	char at[INSTANT_TEXT_SIZE];
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	text_init(&out, call->arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "reason", json_text(json_member(amendment.input, "reason")));
	json_member_text(&writer, "at", zone_format(amendment.program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_member_text(&writer, "note", json_text(json_member(amendment.input, "note")));
	json_close_object(&writer);
	amendment.papers.plan = papers_set(call->arena, amendment.papers.plan, "withdrawal", out.data);
	return amend_end(&amendment, "withdrawn", outcome);
}
