/* SPDX-License-Identifier: Apache-2.0 */
/* Items and parts of items that others always come before, and items that say the same twice. */
#include "policy/lint.h"

#include "policy/diff.h"

#include <string.h>

/* Every service and review that asks B asks A too. */
static bool wherever(const struct policy *policy, const struct item *a, const struct item *b)
{
	for (size_t i = 0; i < policy->program_count; i++) {
		if (lint_asks(&policy->programs[i], b) && !lint_asks(&policy->programs[i], a)) {
			return false;
		}
	}
	return lint_meet(policy, a, b);
}

/* The first outreach that applies decides how many attempts are owed. */
static void judge_outreach(const struct lint *lint, const struct item *before, const struct item *item)
{
	if (before->kind == KIND_OUTREACH && item->kind == KIND_OUTREACH && !before->when && !before->after &&
	    wherever(lint->policy, before, item)) {
		lint_item(lint, lint->errors, item, "", "shadowed", "%s always comes before it", before->id);
	}
}

/* A request has one certificate, which the first gate that applies takes: another's event would never be recorded. */
static void judge_gates(const struct lint *lint, const struct item *before, const struct item *item)
{
	const bool gates = before->kind == KIND_GATE && item->kind == KIND_GATE && lint_meet(lint->policy, before, item);
	const bool always = !before->when && !before->after;
	if (gates && strcmp(before->event, item->event) != 0 &&
	    (always || diff_same(json_member(before->json, "when"), json_member(item->json, "when")))) {
		lint_item(lint, lint->errors, item, "", "shadowed",
			  "%s always comes before it, and what it waits for never comes", before->id);
	}
}

/* Names, sentences and sources: what makes two items two without changing what either does. */
static bool prose(const char *member)
{
	static const char *const names[] = {"id", "for", "cite", "text", "ask", "unmet", "note", "owner", "basis"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], member) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether every other member of A stands in B. */
static bool repeats(const struct json *a, const struct json *b)
{
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		if (!prose(json_name(one)) && !diff_same(one, json_member(b, json_name(one)))) {
			return false;
		}
	}
	return true;
}

/* Items without a check are what their sentences say. */
static void judge_repeated(const struct lint *lint, const struct item *before, const struct item *item)
{
	if (json_member(item->json, "check") && repeats(before->json, item->json) && repeats(item->json, before->json) &&
	    lint_meet(lint->policy, before, item)) {
		lint_item(lint, lint->warnings, item, "", "repeated", "%s asks the same", before->id);
	}
}

/* The first entry that suits the age decides. */
static void judge_ages(const struct lint *lint, const struct item *item, const struct json *list, const char *pointer)
{
	int64_t reached = 0;
	bool open = false;
	size_t index = 0;
	for (const struct json *one = json_first(list); one; one = json_next(one), index++) {
		int64_t below = 0;
		const bool bounded = json_integer(json_member(one, "below"), &below);
		if (open || (bounded && below <= reached)) {
			lint_item(lint, lint->errors, item, arena_printf(lint->arena, "%s/%zu", pointer, index), "shadowed",
				  "an earlier entry suits every age that this one suits");
		}
		open = open || !bounded;
		reached = below > reached ? below : reached;
	}
}

static void find_ages(const struct lint *lint, const struct item *item, const struct json *node, const char *pointer)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
		const char *name = json_name(one);
		const char *here = name ? arena_printf(lint->arena, "%s/%s", pointer, name)
					: arena_printf(lint->arena, "%s/%zu", pointer, index);
		if (name && strcmp(name, "kinds_by_age") == 0) {
			judge_ages(lint, item, one, here);
		}
		find_ages(lint, item, one, here);
	}
}

/* The first step of outreach whose `when` is met decides. */
static void judge_steps(const struct lint *lint, const struct item *item)
{
	size_t index = 0;
	const struct json *attempts = json_member(item->json, "attempts");
	for (const struct json *one = json_first(attempts); one; one = json_next(one), index++) {
		for (const struct json *before = json_first(attempts); before != one; before = json_next(before)) {
			if (diff_same(json_member(before, "when"), json_member(one, "when"))) {
				lint_item(lint, lint->errors, item, arena_printf(lint->arena, "/attempts/%zu", index),
					  "shadowed", "an earlier step has the same when");
				break;
			}
		}
	}
}

void lint_shadow(const struct lint *lint)
{
	const struct policy *policy = lint->policy;
	for (size_t i = 0; i < policy->item_count; i++) {
		const struct item *item = policy->items[i];
		find_ages(lint, item, item->json, "");
		judge_steps(lint, item);
		for (size_t k = 0; k < i; k++) {
			judge_outreach(lint, policy->items[k], item);
			judge_gates(lint, policy->items[k], item);
			judge_repeated(lint, policy->items[k], item);
		}
	}
}
