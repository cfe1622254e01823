/* SPDX-License-Identifier: Apache-2.0 */
#include "review/waive.h"

#include "base/text.h"
#include "policy/duty.h"
#include "review/care.h"

/* The duty that is named, or NULL with an issue. */
static const struct care_duty *find_duty(const struct amendment *amendment, struct issues *issues)
{
	const struct json *input = amendment->input;
	const char *item = json_text(json_member(input, "obligation"));
	const struct item *known = program_item_find(amendment->program, item);
	int64_t number = 0;
	(void)json_integer(json_member(input, "number"), &number);
	const struct care_duty *duty = duties_find(&amendment->draft.evaluation, item, NULL, (unsigned)number);
	if (known == NULL || known->kind != KIND_OBLIGATION) {
		issues_add(issues, "/obligation", "unknown_word", "Name one of `obligations` of the record.",
			   "the policy knows no such obligation");
	} else if (duty == NULL) {
		issues_add(issues, "/number", "not_found", "Name one of `obligations` of the record by its `number`.",
			   "this obligation has no duty of this number");
	}
	if (text_blank(json_text(json_member(input, "reason")))) {
		issues_add(issues, "/reason", "empty", "Say why it is waived.", "a waiver says why");
	}
	return duty;
}

static const char *waiver_json(const struct amendment *amendment, const struct care_duty *duty)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "obligation", duty->item->id);
	json_member_text(&writer, "key", duty->key);
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_member_text(&writer, "reason", json_text(json_member(amendment->input, "reason")));
	json_close_object(&writer);
	return out.data;
}

struct record_change *waive_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_OCCUR, .resource = "waivers", .record = true, .shape = call->service->shapes[SHAPE_WAIVER]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome) || !care_judge(&amendment, outcome)) {
		return NULL;
	}
	const struct care_duty *duty = find_duty(&amendment, &outcome->issues);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	if (duty->state != DUTY_OPEN && duty->state != DUTY_OVERDUE) {
		(void)outcome_refuse(outcome, ERR_TRANSITION,
				     arena_printf(call->arena, "this duty is %s; only one that is open or overdue is waived",
						  duty_state_name(duty->state)));
		return NULL;
	}
	amendment.papers.plan = papers_append(call->arena, amendment.papers.plan, "waivers", waiver_json(&amendment, duty));
	return care_end(&amendment, "obligation_waived", outcome);
}
