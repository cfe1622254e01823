/* SPDX-License-Identifier: Apache-2.0 */
#include "review/approval.h"

#include "base/text.h"
#include "policy/occurrence.h"
#include "review/papers.h"

#include <string.h>

static bool approves(const struct json *decision)
{
	static const char word[] = "approved"; /* in whole or in part */
	const char *outcome = json_text(json_member(decision, "outcome"));
	return outcome != NULL && strncmp(outcome, word, sizeof(word) - 1) == 0;
}

static void take(struct approval *approval, const struct json *decision)
{
	struct instant at;
	const char *text = json_text(json_member(decision, "decided_at"));
	if (!approves(decision) || text == NULL || !instant_parse(text, &at)) {
		approval->given = false;
	} else if (!approval->given) { /* a correction or a placement that says it again does not put it off */
		approval->given = true;
		approval->at = at;
	}
}

struct approval approval_of(const struct program *program, const struct json *plan)
{
	struct approval approval = {.needed = program->needs_approval};
	for (const struct json *node = json_first(json_member(plan, "superseded")); node != NULL; node = json_next(node)) {
		take(&approval, node);
	}
	take(&approval, json_member(plan, "decision"));
	return approval;
}

bool approval_of_record(const struct call *call, const struct program *program, const struct json *body,
			struct approval *ret_approval, struct outcome *outcome)
{
	struct papers papers = {.plan = NULL};
	const char *id = json_text(json_member(body, "continues"));
	const bool asked = program->needs_approval && id != NULL;
	if (asked && !papers_read(call->reader, id, call->arena, &papers, outcome)) {
		return false;
	}
	*ret_approval = approval_of(program, papers.plan);
	return true;
}

/* ---- what happened ---- */

static void add_early(const struct approval *approval, const struct zone *zone, const char *pointer, struct civil_date found,
		      struct issues *issues)
{
	char on[CIVIL_TEXT_SIZE];
	char needed[CIVIL_TEXT_SIZE];
	issues_add(issues, pointer, "before_approval", "Send the day on which it happened, after the approval.",
		   "it is dated %s; needed: not before the approval, on %s", civil_format(found, on),
		   civil_format(zone_date(zone, approval->at), needed));
}

/* A day may be that of the approval; a moment is not before it. What cannot be read the shape tells. */
static void check_day(const struct approval *approval, const struct zone *zone, const struct json *node, const char *pointer,
		      struct issues *issues)
{
	struct instant at;
	struct civil_date on;
	const char *moment = json_text(json_member(node, "at"));
	const char *day = json_text(json_member(node, "on"));
	if (moment != NULL && instant_parse(moment, &at)) {
		if (instant_compare(at, approval->at) < 0) {
			add_early(approval, zone, arena_printf(issues->arena, "%s/at", pointer), zone_date(zone, at), issues);
		}
	} else if (day != NULL && civil_parse(day, &on) && civil_compare(on, zone_date(zone, approval->at)) < 0) {
		add_early(approval, zone, arena_printf(issues->arena, "%s/on", pointer), on, issues);
	}
}

void approval_check(const struct approval *approval, const struct policy *policy, const struct json *list, const char *pointer,
		    struct issues *issues)
{
	size_t index = 0;
	for (const struct json *node = approval->needed ? json_first(list) : NULL; node != NULL;
	     node = json_next(node), index++) {
		const char *name = json_text(json_member(node, "kind"));
		const struct occurrence_kind *kind =
			name != NULL ? occurrence_kind_find(policy_occurrences(policy), name) : NULL;
		const char *at = arena_printf(issues->arena, "%s/%zu", pointer, index);
		if (kind == NULL || !kind->needs_approval || json_text(json_member(node, "retracts")) != NULL) {
			continue;
		}
		if (approval->given) {
			check_day(approval, policy->zone, node, at, issues);
		} else {
			issues_add(issues, arena_printf(issues->arena, "%s/kind", at), "approval_needed",
				   "Record it in a service record that `continues` the approved request.",
				   "no approval that stands comes before it");
		}
	}
}

bool approval_refuse(const struct issues *early, struct outcome *outcome)
{
	const bool others = issues_any(&outcome->issues);
	for (size_t i = 0; i < early->count; i++) {
		const struct issue *one = &early->items[i];
		issues_add(&outcome->issues, one->pointer, one->code, one->fix, "%s", one->detail);
	}
	return others ? outcome_invalid(outcome)
		      : outcome_refuse(outcome, ERR_TRANSITION, "what follows from an approval is not dated before it");
}
