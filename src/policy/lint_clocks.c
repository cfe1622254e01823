/* SPDX-License-Identifier: Apache-2.0 */
/* What time forgets: requests that nothing is ever due for, and records that are soon full. */
#include "policy/lint.h"

#include "policy/occurrence.h"

#include <string.h>

enum { FEW_OCCURRENCES = 50 };

/* A clock of the policy itself; law adds its own and decides nothing. */
static bool has_clock(const struct program *program)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_CLOCK && strcmp(program->items[i]->basis, "overlay") != 0) {
			return true;
		}
	}
	return false;
}

static bool is_decided(const struct program *program)
{
	return !program->recorded && !program->route;
}

static const char *row_of(const struct lint *lint, const struct program *program)
{
	size_t index = 0;
	for (const struct json *row = json_first(json_member(lint->policy->manifest, "answers")); row;
	     row = json_next(row), index++) {
		bool has = false;
		for (const struct json *one = json_first(json_member(row, "reviews")); one; one = json_next(one)) {
			has = has || strcmp(json_text(one), program->review) == 0;
		}
		if (strcmp(json_text(json_member(row, "service")), program->service) == 0 &&
		    (has || !json_first(json_member(row, "reviews")))) {
			return arena_printf(lint->arena, "/answers/%zu", index);
		}
	}
	return "/answers";
}

/* A source may know no time for decisions at all; one that knows some was perhaps not read to its end. */
static void judge_programs(const struct lint *lint)
{
	const struct policy *policy = lint->policy;
	bool any = false;
	for (size_t i = 0; i < policy->program_count; i++) {
		any = any || (is_decided(&policy->programs[i]) && has_clock(&policy->programs[i]));
	}
	for (size_t i = 0; i < policy->program_count && any; i++) {
		const struct program *program = &policy->programs[i];
		if (is_decided(program) && !has_clock(program)) {
			lint_file(lint, lint->warnings, "policy.json", row_of(lint, program), "no_clock",
				  "%s/%s has no clock, as others have: a determination is never due", program->service,
				  program->review);
		}
	}
}

static void judge_occurrences(const struct lint *lint)
{
	const struct json *list = json_member(json_member(lint->policy->manifest, "facts"), "occurrences");
	int64_t most = 0;
	if (policy_occurrences(lint->policy) && json_integer(json_member(list, "maxItems"), &most) && most < FEW_OCCURRENCES) {
		lint_file(lint, lint->warnings, "policy.json", "/facts/occurrences/maxItems", "short_list",
			  "a record of care takes no more after %d occurrences", (int)most);
	}
}

void lint_clocks(const struct lint *lint)
{
	judge_programs(lint);
	judge_occurrences(lint);
}
