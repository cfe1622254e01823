/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/embedded.h"
#include "policy/case.h"
#include "policy/coverage.h"

#include <stdio.h>
#include <string.h>

static int usage(int result)
{
	(void)puts("authreviewd policy check DIR      say what is wrong with the policies below DIR, and where\n"
		   "authreviewd policy test DIR       run their cases\n"
		   "authreviewd policy coverage DIR   say what became of every clause of their sources (--clauses: each)\n\n"
		   "Exit codes: 0 good, 1 something is wrong.");
	return result;
}

static void print_issues(const struct issues *issues)
{
	for (size_t i = 0; i < issues->count; i++) {
		(void)printf("%s: %s\n", issues->items[i].pointer, issues->items[i].detail);
		if (issues->items[i].fix != NULL) {
			(void)printf("    %s\n", issues->items[i].fix);
		}
	}
	if (issues->omitted > 0) {
		(void)printf("and %zu more\n", issues->omitted);
	}
}

static int check(const struct policy_set *set)
{
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		(void)printf("%s %s: %zu items, %zu services and reviews, digest %s\n", policy->id, policy->version,
			     policy->item_count, policy->program_count, policy->digest_hex);
	}
	return EXIT_OK;
}

static void tell_case(void *context, const struct policy *policy, const char *file, const char *name,
		      const char *const *differences, size_t count)
{
	(void)context;
	if (count == 0) {
		return;
	}
	(void)printf("FAILED %s %s %s: %s\n", policy->id, policy->version, file, name);
	for (size_t i = 0; i < count; i++) {
		(void)printf("    %s\n", differences[i]);
	}
}

static int test_cases(const struct policy_set *set, const char *directory, struct arena *arena)
{
	struct issues issues;
	struct case_totals totals = {0};
	const struct case_report report = {.each = tell_case};
	issues_init(&issues, arena);
	bool good = policy_cases_run(set, directory, &report, &issues, &totals);
	print_issues(&issues);
	(void)printf("%zu passed, %zu failed\n", totals.cases - totals.failed, totals.failed);
	return good && totals.cases > 0 ? EXIT_OK : EXIT_FAILED;
}

static void print_rows(const struct coverage *coverage, bool each)
{
	for (size_t i = 0; i < coverage->count; i++) {
		const struct coverage_row *row = &coverage->rows[i];
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

static int cover(const struct policy_set *set, bool each, struct arena *arena)
{
	bool complete = true;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		struct coverage coverage;
		policy_coverage(policy, arena, &coverage);
		const size_t *counts = coverage.counts;
		size_t leaves = coverage.count - counts[COVERAGE_HEADING];
		(void)printf("%s %s: %zu clauses: %zu ruled, %zu not automated, %zu planned, %zu forgotten\n", policy->id,
			     policy->version, leaves, counts[COVERAGE_RULED], counts[COVERAGE_NOT_AUTOMATED],
			     counts[COVERAGE_PLANNED], counts[COVERAGE_FORGOTTEN]);
		print_rows(&coverage, each);
		complete = coverage_complete(&coverage) && complete;
	}
	return complete ? EXIT_OK : EXIT_FAILED;
}

int command_policy(int argc, char **argv)
{
	bool each = argc == 4 && strcmp(argv[3], "--clauses") == 0;
	if (argc < 3 || (argc > 3 && !each)) {
		return usage(argc == 2 && strcmp(argv[1], "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR);
	}
	struct arena *arena = arena_create();
	struct issues issues;
	struct embedded_trees schemas = {.files = &embedded_schemas, .arena = arena};
	issues_init(&issues, arena);
	struct policy_set *set = policy_set_load(argv[2], NULL, embedded_json, &schemas, &issues);
	print_issues(&issues);
	int result = EXIT_FAILED;
	if (set == NULL || policy_set_count(set) == 0) {
		(void)fprintf(stderr, "authreviewd: %s: %s\n", argv[2],
			      set == NULL ? "the policies cannot be used" : "there is no policy");
	} else if (strcmp(argv[1], "check") == 0) {
		result = check(set);
	} else if (strcmp(argv[1], "test") == 0) {
		result = test_cases(set, argv[2], arena);
	} else if (strcmp(argv[1], "coverage") == 0) {
		result = cover(set, each, arena);
	} else {
		result = usage(EXIT_USAGE_ERROR);
	}
	policy_set_destroy(set);
	arena_destroy(arena);
	return result;
}
