/* SPDX-License-Identifier: Apache-2.0 */
#include "review/plan_facts.h"

#include "base/civil.h"
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

/* Who verified a fact, where and when, so far. */
static const struct json *source_before(const struct amendment *amendment, const char *name)
{
	const struct json *node = json_first(json_at(amendment->papers.plan, "/verified/sources"));
	while (node != NULL && strcmp(json_text(json_member(node, "fact")), name) != 0) {
		node = json_next(node);
	}
	return node;
}

static void write_origin(struct json_writer *writer, const struct amendment *amendment)
{
	char at[INSTANT_TEXT_SIZE];
	const struct call *call = amendment->call;
	json_member_text(writer, "source", json_text(json_member(amendment->input, "source")));
	json_member_text(writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(writer, "by", call->principal->id);
}

/* Each fact keeps its own origin: who enters one does not sign for the others. */
static void write_sources(struct json_writer *writer, const struct amendment *amendment)
{
	json_put_name(writer, "sources");
	json_open_array(writer);
	for (size_t i = 0; i < FACT_COUNT; i++) {
		const struct json *before = source_before(amendment, facts[i].name);
		if (given(amendment, &facts[i]) != NULL) {
			json_open_object(writer);
			json_member_text(writer, "fact", facts[i].name);
			write_origin(writer, amendment);
			json_close_object(writer);
		} else if (before != NULL) {
			json_put_tree(writer, before);
		}
	}
	json_close_array(writer);
}

static const char *verified_json(const struct amendment *amendment)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, amendment->call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	write_names(&writer, amendment);
	write_origin(&writer, amendment);
	write_sources(&writer, amendment);
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

/* A span that was looked up begins somewhere, and does not end before that; null: it goes on. */
static void check_span(const struct json *span, const char *pointer, struct issues *issues)
{
	struct civil_date first;
	struct civil_date last;
	const char *from = json_text(json_member(span, "from"));
	const char *to = json_text(json_member(span, "to"));
	if (from == NULL) {
		issues_add(issues, arena_printf(issues->arena, "%s/from", pointer), "missing_member",
			   "Give the first day of the span.", "a span of coverage needs its first day");
	} else if (to != NULL && civil_parse(from, &first) && civil_parse(to, &last) && civil_compare(last, first) < 0) {
		issues_add(issues, arena_printf(issues->arena, "%s/to", pointer), "out_of_time",
			   "Give the last day of the span, or null while it goes on.", "the span ends before it begins");
	}
}

static void check_facts(const struct amendment *amendment, struct issues *issues)
{
	if (!says_something(amendment)) {
		issues_add(issues, "", "nothing_verified", "Give coverage, other_insurance, line_of_business or participation.",
			   "the body verifies nothing");
	}
	if (text_blank(json_text(json_member(amendment->input, "source")))) {
		issues_add(issues, "/source", "blank", "Name the system or the person that said it.",
			   "the source says nothing");
	}
	size_t index = 0;
	for (const struct json *span = json_first(json_member(amendment->input, "coverage")); span != NULL;
	     span = json_next(span), index++) {
		check_span(span, arena_printf(issues->arena, "/coverage/%zu", index), issues);
	}
}

void plan_facts_apply(struct amendment *amendment, struct issues *issues)
{
	const size_t before = issues->count;
	check_facts(amendment, issues);
	if (issues->count == before) {
		amendment->papers.plan =
			papers_set(amendment->call->arena, amendment->papers.plan, "verified", verified_json(amendment));
	}
}

struct record_change *plan_facts_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_PLAN_FACTS, .resource = "plan-facts", .shape = call->service->shapes[SHAPE_PLAN_FACTS]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	plan_facts_apply(&amendment, &outcome->issues);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	return amend_end(&amendment, "plan_facts_recorded", outcome);
}
