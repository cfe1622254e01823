/* SPDX-License-Identifier: Apache-2.0 */
#include "review/occur.h"

#include "policy/occurrence.h"
#include "review/approval.h"
#include "review/care.h"
#include "review/occurrences.h"
#include "review/own_json.h"

#include <string.h>

enum { AT_ONCE_MAX = 100 };

static const char member_name[] = "occurrences";

/* One member, a list that is not empty; what stands in it is looked at as the papers have it. */
static const struct json *list_of(const struct json *input, struct issues *issues)
{
	const struct json *list = json_member(input, member_name);
	if (json_kind(input) != JSON_OBJECT || list == NULL) {
		issues_add(issues, json_kind(input) == JSON_OBJECT ? "/occurrences" : "", "missing_member",
			   "Send {\"occurrences\": [{\"kind\": ..., \"on\": ...}]}.", "nothing is said to have happened");
		list = NULL;
	} else if (json_kind(list) != JSON_ARRAY) {
		issues_add(issues, "/occurrences", "wrong_type", "Send a list of objects.", "what happened is a list");
		list = NULL;
	} else if (json_count(list) == 0 || json_count(list) > AT_ONCE_MAX) {
		issues_add(issues, "/occurrences", json_count(list) == 0 ? "too_few" : "too_many",
			   "Send at least one and at most 100 at once.", "the list has no usable length");
	}
	for (const struct json *node = json_kind(input) == JSON_OBJECT ? json_first(input) : NULL; node != NULL;
	     node = json_next(node)) {
		if (strcmp(json_name(node), member_name) != 0) {
			issues_add(issues, arena_printf(issues->arena, "/%s", json_name(node)), "unknown_member",
				   "Leave it out.", "this member is not known here");
		}
	}
	return list;
}

/* Held against the shape of the papers that it becomes a part of. */
static void check_shape(const struct amendment *amendment, const struct json *list, struct issues *issues)
{
	struct arena *arena = amendment->call->arena;
	const struct json *part = own_json_edit(arena, own_json(arena, "{\"facts\":{}}"), occurrence_list, list);
	(void)!shape_decode_part(amendment->program->policy->request, part, arena, issues);
	care_strip(issues, "/facts");
}

static const struct json *with_list(struct arena *arena, const struct json *body, const struct json *list)
{
	const struct json *facts = json_member(body, "facts");
	if (facts == NULL || json_kind(facts) != JSON_OBJECT) {
		body = own_json_edit(arena, body, "/facts", own_json(arena, "{}"));
	}
	return own_json_edit(arena, body, occurrence_list, list);
}

/* False with the outcome set. */
static bool check_list(const struct amendment *amendment, const struct occurrences_report *report, struct outcome *outcome)
{
	struct approval approval;
	struct issues early;
	const struct json *list = report->added;
	const bool usable = list != NULL && json_count(list) <= AT_ONCE_MAX;
	if (!approval_of_record(report->call, amendment->program, amendment->papers.body, &approval, outcome)) {
		return false;
	}
	issues_init(&early, report->call->arena);
	if (usable) {
		check_shape(amendment, list, &outcome->issues);
		occurrences_check(report, &outcome->issues);
		approval_check(&approval, report->policy, list, report->pointer, &early);
	}
	if (issues_any(&early)) {
		return approval_refuse(&early, outcome);
	}
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

struct record_change *occur_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	static const struct amend_rule rule = {.step = STEP_OCCUR, .resource = "occurrences", .record = true, .unshaped = true};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	const struct json *list = list_of(amendment.input, &outcome->issues);
	const struct occurrences_report report = {
		.call = call,
		.policy = amendment.program->policy,
		.before = json_at(amendment.papers.body, occurrence_list),
		.added = list,
		.pointer = "/occurrences",
		.birth_date = json_text(json_at(amendment.papers.body, "/member/birth_date")),
	};
	if (!check_list(&amendment, &report, outcome)) {
		return NULL;
	}
	amendment.papers.body = with_list(call->arena, amendment.papers.body, occurrences_join(&report));
	char at[INSTANT_TEXT_SIZE];
	amendment.papers.plan = papers_set(call->arena, amendment.papers.plan, "arrived_at",
					   arena_printf(call->arena, "\"%s\"", instant_format_utc(call->now, at)));
	struct record_change *record = care_end(&amendment, "occurrences_recorded", outcome);
	care_strip(&outcome->issues, "/facts");
	return record;
}
