/* SPDX-License-Identifier: Apache-2.0 */
/* stated: as present, for what a judgment needs: where it is not given nothing can be told. */
#include "policy/check.h"

#include "base/text.h"
#include "policy/reach.h"

struct stated_check {
	struct check check;
	struct reach reach;
};

static bool stated(const struct value *value)
{
	if (!value_given(value)) {
		return false;
	}
	if (value->type == VALUE_TEXT || value->type == VALUE_WORD) {
		return !text_blank(value->text);
	}
	return (value->type != VALUE_TEXTS && value->type != VALUE_RECORDS) || value->count > 0;
}

static enum answer evaluate_stated(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct stated_check *wants = (const struct stated_check *)check;
	const struct value *value = reach_value(&wants->reach, evaluator, 0);
	if (stated(value)) {
		return ANSWER_MET;
	}
	if (value_given(value) && (value->type == VALUE_TEXTS || value->type == VALUE_RECORDS)) {
		trace_add(trace, PROBLEM_INVALID, wants->reach.pointer,
			  (struct entry){
				  .say = sentence(trace->arena, "of %s it is said that there are none.", wants->reach.phrase)});
		return ANSWER_NOT_MET;
	}
	reach_unanswered(&wants->reach, trace, 0);
	return ANSWER_UNKNOWN;
}

const struct check *compile_stated(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", NULL};
	struct stated_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct spot here = spot_member(spot, "at");
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_TEXT);
	if (!at || !reach_compile(compiler, at, &here, &made->reach)) {
		return NULL;
	}
	if (made->reach.slot.list) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s is no single place", json_text(at));
		return NULL;
	}
	made->check = (struct check){evaluate_stated, made->reach.pointer};
	return &made->check;
}
