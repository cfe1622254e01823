/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/coverage.h"

#include <string.h>

const char *coverage_state_name(enum coverage_state state)
{
	static const char *const names[] = {
		[COVERAGE_HEADING] = "heading", [COVERAGE_RULED] = "ruled",         [COVERAGE_NOT_AUTOMATED] = "not_automated",
		[COVERAGE_PLANNED] = "planned", [COVERAGE_FORGOTTEN] = "forgotten", [COVERAGE_BOTH] = "both",
	};
	_Static_assert(sizeof(names) / sizeof(names[0]) == COVERAGE_STATE_COUNT, "every state has a name");
	return names[state];
}

static bool cites(const struct item *item, const char *clause)
{
	for (size_t i = 0; i < item->cite_count; i++) {
		if (strcmp(item->cite[i], clause) == 0) {
			return true;
		}
	}
	return false;
}

static void find_items(const struct policy *policy, struct arena *arena, struct coverage_row *row)
{
	const struct item **items = arena_array(arena, policy->item_count + 1, sizeof(const struct item *));
	for (size_t i = 0; i < policy->item_count; i++) {
		if (cites(policy->items[i], row->clause)) {
			items[row->item_count++] = policy->items[i];
		}
	}
	row->items = items;
}

static enum coverage_state state_of(const struct json *clause, const struct coverage_row *row)
{
	const struct json *heading = json_member(clause, "heading");
	const bool excused = json_member(clause, "not_automated") || json_member(clause, "planned");
	if (heading && json_boolean(heading)) {
		return excused || row->item_count > 0 ? COVERAGE_BOTH : COVERAGE_HEADING;
	}
	if (row->item_count > 0) {
		return excused ? COVERAGE_BOTH : COVERAGE_RULED;
	}
	if (json_member(clause, "not_automated")) {
		return json_member(clause, "planned") ? COVERAGE_BOTH : COVERAGE_NOT_AUTOMATED;
	}
	return json_member(clause, "planned") ? COVERAGE_PLANNED : COVERAGE_FORGOTTEN;
}

void policy_coverage(const struct policy *policy, struct arena *arena, struct coverage *ret_coverage)
{
	const struct json *clauses = json_member(policy->clauses, "clauses");
	struct coverage_row *rows = arena_array(arena, json_count(clauses) + 1, sizeof(*rows));
	struct coverage coverage = {.rows = rows};
	for (const struct json *one = json_first(clauses); one; one = json_next(one)) {
		struct coverage_row *row = &rows[coverage.count++];
		const char *planned = json_text(json_member(one, "planned"));
		row->clause = json_text(json_member(one, "clause"));
		row->title = json_text(json_member(one, "title"));
		row->why = planned ? planned : json_text(json_member(one, "not_automated"));
		find_items(policy, arena, row);
		row->state = state_of(one, row);
		coverage.counts[row->state]++;
	}
	*ret_coverage = coverage;
}

bool coverage_complete(const struct coverage *coverage)
{
	return coverage->counts[COVERAGE_FORGOTTEN] == 0 && coverage->counts[COVERAGE_BOTH] == 0;
}
