/* SPDX-License-Identifier: Apache-2.0 */
#include "review/anew.h"

#include "base/text.h"
#include "review/certify.h"
#include "review/find.h"
#include "review/plan.h"
#include "review/plan_facts.h"
#include "wire/answer_parts.h"
#include "wire/verified.h"

typedef void (*apply_part)(struct amendment *part, struct issues *issues);

/* The member NAME of the call's body, or NULL when it says nothing. */
static const struct json *given(const struct amendment *amendment, const char *name)
{
	const struct json *node = json_member(amendment->input, name);
	return node != NULL && (json_kind(node) == JSON_OBJECT || json_count(node) > 0) ? node : NULL;
}

bool anew_refuse(const struct amendment *amendment, struct outcome *outcome)
{
	static const char *const names[] = {"findings", "certificate_of_need", "plan_facts"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (given(amendment, names[i]) != NULL) {
			issues_add(&outcome->issues, arena_printf(outcome->issues.arena, "/%s", names[i]), "not_needed",
				   "Record it first; only a correction carries it.", "this is no correction");
		}
	}
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

/* Applies a member as if it were a body of its own; what is wrong with it is said where it stands. True when it is there. */
static bool apply(struct amendment *amendment, const char *name, apply_part apply_to, struct issues *issues)
{
	struct issues wrong;
	struct amendment part = *amendment;
	part.input = given(amendment, name);
	if (part.input == NULL) {
		return false;
	}
	issues_init(&wrong, issues->arena);
	apply_to(&part, &wrong);
	for (size_t i = 0; i < wrong.count; i++) {
		const struct issue *one = &wrong.items[i];
		issues_add(issues, arena_printf(issues->arena, "/%s%s", name, one->pointer), one->code, one->fix, "%s",
			   one->detail);
	}
	amendment->papers.plan = part.papers.plan;
	return true;
}

/* What is found by the facts as they are now takes its place in the answer; nothing is missing or asked for anew of what is closed. */
static bool renew_answer(struct amendment *amendment, struct outcome *outcome)
{
	struct text out;
	struct json_writer writer;
	struct err err = {0};
	struct arena *arena = amendment->call->arena;
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	const struct request_answer answer = {.plan = amendment->papers.plan, .evaluation = &amendment->draft.evaluation};
	text_init(&out, arena, 16384);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	answer_write_findings(&writer, evaluation, json_member(amendment->papers.plan, "answers"));
	answer_write_flags(&writer, evaluation);
	answer_write_limits(&writer, evaluation);
	verified_write(&writer, &answer);
	json_close_object(&writer);
	const struct json *now = json_parse(arena, out.data, out.length, &json_limits_file, &err);
	for (const struct json *node = json_first(now); node != NULL && amendment->before != NULL; node = json_next(node)) {
		amendment->before =
			json_edit(arena, amendment->before, arena_printf(arena, "/%s", json_name(node)), node, &err);
	}
	return (now != NULL && amendment->before != NULL) || outcome_fail(outcome, &err);
}

static bool judge_again(struct amendment *amendment, struct outcome *outcome)
{
	struct arena *arena = amendment->call->arena;
	struct papers *papers = &amendment->papers;
	papers->plan =
		plan_lapse(arena, papers->plan, amendment->judged, plan_verified_body(arena, papers->body, papers->plan));
	return amend_judge(amendment, outcome) && renew_answer(amendment, outcome);
}

/* What the machine would have closed on these facts is no matter of a determination. */
static bool still_decided(const struct amendment *amendment, struct outcome *outcome)
{
	const struct evaluation *evaluation = &amendment->draft.evaluation;
	for (size_t i = 0; i < evaluation->return_count; i++) {
		if (evaluation->returns[i].verified) {
			issues_add(&outcome->issues, "/plan_facts", "not_determined", NULL,
				   "on these facts the request is returned (%s), and not decided",
				   evaluation->returns[i].reason);
		}
	}
	if (evaluation->standing.not_required) {
		issues_add(&outcome->issues, "/plan_facts", "not_determined", NULL,
			   "on these facts no authorization is needed, and nothing is decided");
	}
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

bool anew_apply(struct amendment *amendment, struct outcome *outcome)
{
	bool facts = apply(amendment, "plan_facts", plan_facts_apply, &outcome->issues);
	bool certificate = apply(amendment, "certificate_of_need", certify_apply, &outcome->issues);
	bool good = !issues_any(&outcome->issues);
	if (good && (facts || certificate) &&
	    (!judge_again(amendment, outcome) || (facts && !still_decided(amendment, outcome)))) {
		return false;
	}
	if (given(amendment, "findings") != NULL) {
		return find_apply(amendment, outcome) && amend_judge(amendment, outcome);
	}
	return good || outcome_invalid(outcome);
}
