/* SPDX-License-Identifier: Apache-2.0 */
#include "review/plan_facts.h"

#include "base/text.h"
#include "review/amend.h"

#include <string.h>

/* A member of the call's body, the fact that it verifies, and where it stands in a request. */
static const struct fact {
	const char *member;
	const char *name;
	const char *group;
	const char *place;
} facts[] = {
	{"coverage", "eligibility", "member", "coverage"},
	{"other_insurance", "other_insurance", "member", "other_insurance"},
	{"line_of_business", "line_of_business", "member", "line_of_business"},
	{"participation", "participation", "servicing_provider", "participation"},
};

enum { FACT_COUNT = sizeof(facts) / sizeof(facts[0]) };

/* What the call says about a fact; null says nothing. */
static const struct json *given(const struct amendment *amendment, const struct fact *fact)
{
	const struct json *node = json_member(amendment->input, fact->member);
	return node != NULL && json_kind(node) != JSON_NULL ? node : NULL;
}

/* What is verified from now on: the newest word about each fact. */
static const struct json *fact_value(const struct amendment *amendment, const struct fact *fact)
{
	const struct json *now = given(amendment, fact);
	const struct json *body = json_at(amendment->papers.plan, "/verified/body");
	return now != NULL ? now : json_member(json_member(body, fact->group), fact->place);
}

static void write_names(struct json_writer *writer, const struct amendment *amendment)
{
	json_put_name(writer, "facts");
	json_open_array(writer);
	for (size_t i = 0; i < FACT_COUNT; i++) {
		if (fact_value(amendment, &facts[i]) != NULL) {
			json_put_text(writer, facts[i].name);
		}
	}
	json_close_array(writer);
}

static void write_group(struct json_writer *writer, const struct amendment *amendment, const char *group)
{
	json_put_name(writer, group);
	json_open_object(writer);
	for (size_t i = 0; i < FACT_COUNT; i++) {
		const struct json *value = strcmp(facts[i].group, group) == 0 ? fact_value(amendment, &facts[i]) : NULL;
		if (value != NULL) {
			json_put_name(writer, facts[i].place);
			json_put_tree(writer, value);
		}
	}
	json_close_object(writer);
}

static const char *verified_json(const struct amendment *amendment)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	write_names(&writer, amendment);
	json_member_text(&writer, "source", json_text(json_member(amendment->input, "source")));
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_put_name(&writer, "body");
	json_open_object(&writer);
	write_group(&writer, amendment, "member");
	write_group(&writer, amendment, "servicing_provider");
	json_close_object(&writer);
	json_close_object(&writer);
	return out.data;
}

static bool says_something(const struct amendment *amendment)
{
	for (size_t i = 0; i < FACT_COUNT; i++) {
		if (given(amendment, &facts[i]) != NULL) {
			return true;
		}
	}
	return false;
}

struct record_change *plan_facts_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_PLAN_FACTS, .resource = "plan-facts", .shape = call->service->shapes[SHAPE_PLAN_FACTS]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	if (!says_something(&amendment)) {
		issues_add(&outcome->issues, "", "nothing_verified",
			   "Give coverage, other_insurance, line_of_business or participation.", "the body verifies nothing");
		(void)outcome_invalid(outcome);
		return NULL;
	}
	amendment.papers.plan = papers_set(call->arena, amendment.papers.plan, "verified", verified_json(&amendment));
	return amend_end(&amendment, "plan_facts_recorded", outcome);
}
