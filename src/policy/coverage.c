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

static struct coverage_document *list_documents(const struct policy *policy, struct arena *arena, size_t *ret_count)
{
	const struct json *named = json_member(policy->clauses, "documents");
	struct coverage_document *documents = arena_array(arena, json_count(named) + 1, sizeof(*documents));
	*ret_count = 0;
	for (const struct json *one = json_first(named); one; one = json_next(one)) {
		documents[(*ret_count)++] = (struct coverage_document){.name = json_name(one), .title = json_text(one)};
	}
	if (!named) {
		documents[(*ret_count)++].title = json_text(json_member(policy->clauses, "document"));
	}
	return documents;
}

/* The document of a clause; that it is there was checked at load. */
static struct coverage_document *document_of(struct coverage_document *documents, size_t count, const char *name)
{
	for (size_t i = 0; name && i < count; i++) {
		if (strcmp(documents[i].name, name) == 0) {
			return &documents[i];
		}
	}
	return &documents[0];
}

void policy_coverage(const struct policy *policy, struct arena *arena, struct coverage *ret_coverage)
{
	const struct json *clauses = json_member(policy->clauses, "clauses");
	struct coverage_row *rows = arena_array(arena, json_count(clauses) + 1, sizeof(*rows));
	struct coverage coverage = {.rows = rows};
	struct coverage_document *documents = list_documents(policy, arena, &coverage.document_count);
	for (const struct json *one = json_first(clauses); one; one = json_next(one)) {
		struct coverage_row *row = &rows[coverage.count++];
		const char *planned = json_text(json_member(one, "planned"));
		row->document = json_text(json_member(one, "document"));
		row->clause = json_text(json_member(one, "clause"));
		row->title = json_text(json_member(one, "title"));
		row->why = planned ? planned : json_text(json_member(one, "not_automated"));
		find_items(policy, arena, row);
		row->state = state_of(one, row);
		coverage.counts[row->state]++;
		document_of(documents, coverage.document_count, row->document)->counts[row->state]++;
	}
	coverage.documents = documents;
	*ret_coverage = coverage;
}

bool coverage_complete(const struct coverage *coverage)
{
	return coverage->counts[COVERAGE_FORGOTTEN] == 0 && coverage->counts[COVERAGE_BOTH] == 0;
}

size_t coverage_leaves(const size_t counts[COVERAGE_STATE_COUNT])
{
	size_t leaves = 0;
	for (int state = 0; state < COVERAGE_STATE_COUNT; state++) {
		leaves += state == COVERAGE_HEADING ? 0 : counts[state];
	}
	return leaves;
}
