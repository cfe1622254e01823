/* SPDX-License-Identifier: Apache-2.0 */
/* authreviewd policy coverage: what became of every clause of the sources. */
#include "cli/command.h"
#include "cli/policy_call.h"
#include "policy/coverage.h"
#include "wire/coverage_json.h"

#include <stdio.h>
#include <string.h>

static void print_rows(const struct coverage *coverage, const struct coverage_document *document, bool each)
{
	for (size_t i = 0; i < coverage->count; i++) {
		const struct coverage_row *row = &coverage->rows[i];
		if (document->name != NULL && strcmp(document->name, row->document) != 0) {
			continue;
		}
		bool fault = row->state == COVERAGE_FORGOTTEN || row->state == COVERAGE_BOTH;
		if (!each && !fault) {
			continue;
		}
		(void)printf("  %-14s %-18s %s", coverage_state_name(row->state), row->clause, row->title);
		for (size_t k = 0; k < row->item_count; k++) {
			(void)printf("%s%s", k == 0 ? ": " : ", ", row->items[k]->id);
		}
		(void)printf("%s%s\n", row->why != NULL ? ": " : "", row->why != NULL ? row->why : "");
	}
}

static void print_coverage(const struct policy *policy, const struct coverage *coverage, bool each)
{
	for (size_t i = 0; i < coverage->document_count; i++) {
		const struct coverage_document *document = &coverage->documents[i];
		const size_t *counts = document->counts;
		(void)printf("%s %s%s%s: %zu clauses: %zu ruled, %zu not automated, %zu planned, %zu forgotten\n", policy->id,
			     policy->version, document->name != NULL ? " " : "", document->name != NULL ? document->name : "",
			     coverage_leaves(counts), counts[COVERAGE_RULED], counts[COVERAGE_NOT_AUTOMATED],
			     counts[COVERAGE_PLANNED], counts[COVERAGE_FORGOTTEN]);
		print_rows(coverage, document, each);
	}
}

static void write_coverage(struct policy_call *call, const struct policy *policy, const struct coverage *coverage)
{
	struct json_writer *writer = &call->writer;
	json_open_object(writer);
	policy_call_identity(call, policy);
	json_member_boolean(writer, "complete", coverage_complete(coverage));
	coverage_counts_write(writer, "counts", coverage->counts);
	json_put_name(writer, "documents");
	json_open_array(writer);
	for (size_t i = 0; i < coverage->document_count; i++) {
		json_open_object(writer);
		json_member_text(writer, "document", coverage->documents[i].name);
		json_member_text(writer, "title", coverage->documents[i].title);
		coverage_counts_write(writer, "counts", coverage->documents[i].counts);
		json_close_object(writer);
	}
	json_close_array(writer);
	coverage_clauses_write(writer, coverage);
	json_close_object(writer);
}

static bool cover_all(struct policy_call *call, const struct policy_set *set)
{
	bool complete = true;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		struct coverage coverage;
		policy_coverage(policy, call->arena, &coverage);
		complete = coverage_complete(&coverage) && complete;
		if (call->json) {
			write_coverage(call, policy, &coverage);
		} else {
			print_coverage(policy, &coverage, call->clauses);
		}
	}
	return complete;
}

int policy_cover(struct policy_call *call)
{
	struct policy_set *set = policy_call_load(call, call->arguments[0]);
	if (set == NULL) {
		return EXIT_FAILED;
	}
	bool complete;
	if (call->json) {
		json_open_object(&call->writer);
		json_put_name(&call->writer, "policies");
		json_open_array(&call->writer);
		complete = cover_all(call, set);
		json_close_array(&call->writer);
		json_member_boolean(&call->writer, "good", complete);
		json_close_object(&call->writer);
		policy_call_print(call);
	} else {
		complete = cover_all(call, set);
	}
	policy_set_destroy(set);
	return complete ? EXIT_OK : EXIT_FAILED;
}
