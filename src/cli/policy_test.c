/* SPDX-License-Identifier: Apache-2.0 */
/* authreviewd policy test: the cases of policies, and the boundary cases of what their items turn on. */
#include "cli/command.h"
#include "cli/policy_call.h"
#include "policy/boundary.h"
#include "policy/case.h"

#include <stdio.h>

struct testing {
	struct policy_call *call;
	struct boundary *boundary;
};

static void write_case(struct policy_call *call, const struct policy *policy, const char *file, const char *name,
		       const char *const *differences, size_t count)
{
	struct json_writer *writer = &call->writer;
	json_open_object(writer);
	policy_call_identity(call, policy);
	json_member_text(writer, "file", file);
	json_member_text(writer, "case", name);
	json_put_name(writer, "differences");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_put_text(writer, differences[i]);
	}
	json_close_array(writer);
	json_close_object(writer);
}

static void tell_case(void *context, const struct policy *policy, const char *file, const char *name,
		      const char *const *differences, size_t count)
{
	const struct testing *testing = context;
	if (count == 0) {
		return;
	}
	if (testing->call->json) {
		write_case(testing->call, policy, file, name, differences, count);
		return;
	}
	(void)printf("FAILED %s %s %s: %s\n", policy->id, policy->version, file, name);
	for (size_t i = 0; i < count; i++) {
		(void)printf("    %s\n", differences[i]);
	}
}

static void offer(void *context, const char *file, const char *name, const struct submission *submission,
		  const struct json *body)
{
	const struct testing *testing = context;
	boundary_offer(testing->boundary, file, name, submission, body);
}

static void print_result(const struct boundary_result *result)
{
	const struct bound *bound = &result->bound;
	const char *policy = result->policy->id;
	const char *version = result->policy->version;
	for (size_t i = 0; i < result->failure_count; i++) {
		(void)printf("FAILED %s %s %s %s (%s), %s: %s\n", policy, version, bound->item->id, bound->pointer, bound->text,
			     result->failures[i].name, result->failures[i].detail);
		(void)printf("    made from %s: %s\n", result->file, result->from);
	}
	if (result->cases == 0) {
		(void)printf("no boundary case: %s %s %s %s (%s): %s\n", policy, version, bound->item->id, bound->pointer,
			     bound->text, result->why);
	}
}

static void write_failures(struct json_writer *writer, const struct boundary_result *result)
{
	json_put_name(writer, "failures");
	json_open_array(writer);
	for (size_t i = 0; i < result->failure_count; i++) {
		json_open_object(writer);
		json_member_text(writer, "case", result->failures[i].name);
		json_member_text(writer, "detail", result->failures[i].detail);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_result(struct policy_call *call, const struct boundary_result *result)
{
	struct json_writer *writer = &call->writer;
	json_open_object(writer);
	policy_call_identity(call, result->policy);
	json_member_text(writer, "item", result->bound.item->id);
	json_member_text(writer, "pointer", result->bound.pointer);
	json_member_text(writer, "bound", result->bound.text);
	json_member_integer(writer, "cases", (int64_t)result->cases);
	json_member_text(writer, "file", result->file);
	json_member_text(writer, "from", result->from);
	json_member_boolean(writer, "alone", result->alone);
	json_member_text(writer, "why", result->why);
	write_failures(writer, result);
	json_close_object(writer);
}

static void write_counts(struct json_writer *writer, const char *name, size_t passed, size_t failed)
{
	json_put_name(writer, name);
	json_open_object(writer);
	json_member_integer(writer, "passed", (int64_t)passed);
	json_member_integer(writer, "failed", (int64_t)failed);
	json_close_object(writer);
}

/* Tells what became of the bounds; false when a case failed. */
static bool tell_bounds(const struct testing *testing)
{
	struct policy_call *call = testing->call;
	struct boundary_totals totals;
	size_t count = 0;
	const struct boundary_result *results = boundary_finish(testing->boundary, &count, &totals);
	if (!call->json) {
		for (size_t i = 0; i < count; i++) {
			print_result(&results[i]);
		}
		(void)printf("boundary cases: %zu passed, %zu failed, of %zu bounds; %zu of their check alone, %zu without\n",
			     totals.cases - totals.failed, totals.failed, totals.bounds, totals.alone, totals.without);
		return totals.failed == 0;
	}
	write_counts(&call->writer, "boundary_cases", totals.cases - totals.failed, totals.failed);
	json_put_name(&call->writer, "bounds");
	json_open_array(&call->writer);
	for (size_t i = 0; i < count; i++) {
		write_result(call, &results[i]);
	}
	json_close_array(&call->writer);
	return totals.failed == 0;
}

static bool run(struct testing *testing, const struct policy_set *set)
{
	struct policy_call *call = testing->call;
	struct issues issues;
	struct case_totals totals = {0};
	const struct case_report report = {.each = tell_case, .context = testing, .submitted = offer};
	issues_init(&issues, call->arena);
	if (call->json) {
		json_open_object(&call->writer);
		json_put_name(&call->writer, "failures");
		json_open_array(&call->writer);
	}
	bool good = policy_cases_run(set, call->arguments[0], &report, &issues, &totals) && totals.cases > 0;
	if (call->json) {
		json_close_array(&call->writer);
		write_counts(&call->writer, "cases", totals.cases - totals.failed, totals.failed);
	}
	policy_call_issues(call, "problems", &issues);
	good = tell_bounds(testing) && good;
	if (call->json) {
		json_member_boolean(&call->writer, "good", good);
		json_close_object(&call->writer);
		policy_call_print(call);
	} else {
		const size_t problems = issues.count + issues.omitted;
		(void)printf("%zu passed, %zu failed", totals.cases - totals.failed, totals.failed);
		if (problems > 0) {
			(void)printf(", %zu %s above", problems, problems == 1 ? "problem" : "problems");
		}
		(void)puts("");
	}
	return good;
}

int policy_test(struct policy_call *call)
{
	struct policy_set *set = policy_call_load(call, call->arguments[0]);
	if (set == NULL) {
		return EXIT_FAILED;
	}
	struct testing testing = {call, boundary_start(set, call->arena)};
	bool good = run(&testing, set);
	policy_set_destroy(set);
	return good ? EXIT_OK : EXIT_FAILED;
}
