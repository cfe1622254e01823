/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a policy that can be loaded says without meaning it. Errors: an item that can never come into question, one that can never be met,
 * one that another always comes before. Warnings: what nothing uses, what is said twice, and sentences and titles that name another
 * number than the checks.
 */
#ifndef AR_POLICY_LINT_H
#define AR_POLICY_LINT_H

#include "policy/policy.h"
#include "policy/spot.h"

void policy_lint(const struct policy *policy, struct arena *arena, struct issues *errors, struct issues *warnings);

/* Of the calendars that versions of the set use: those that end soon, seen from TODAY, and holidays that close nothing. */
void policy_lint_calendars(const struct policy_set *set, struct civil_date today, struct arena *arena, struct issues *warnings);

/* ---- for the files of findings ---- */

struct lint {
	const struct policy *policy;
	struct arena *arena;
	struct issues *errors;
	struct issues *warnings;
	const char *const *places; /* of items, by index: "trillium-isa/2019-03-06/c05.json#/items/3" */
};

/* Adds a finding at a member of an item; MEMBER begins with a slash, or is "". */
void lint_item(const struct lint *lint, struct issues *issues, const struct item *item, const char *member, const char *code,
	       const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The same at a member of policy.json or of clauses.json. */
void lint_file(const struct lint *lint, struct issues *issues, const char *file, const char *member, const char *code,
	       const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Whether both are asked of some service and review. */
bool lint_meet(const struct policy *policy, const struct item *a, const struct item *b);
bool lint_asks(const struct program *program, const struct item *item);

void lint_reach(const struct lint *lint);
void lint_shadow(const struct lint *lint);
void lint_unused(const struct lint *lint);
void lint_numbers(const struct lint *lint);
void lint_clocks(const struct lint *lint);
void lint_words(const struct lint *lint);

#endif
