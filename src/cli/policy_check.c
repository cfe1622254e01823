/* SPDX-License-Identifier: Apache-2.0 */
/* authreviewd policy check: what is wrong with policies, and what they say without meaning it. */
#include "cli/command.h"
#include "cli/policy_call.h"
#include "policy/lint.h"

#include <stdio.h>

static void print_policies(const struct policy_set *set)
{
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		(void)printf("%s %s: %s%zu items, %zu services and reviews, digest %s\n", policy->id, policy->version,
			     policy->draft ? "a draft, " : "", policy->item_count, policy->program_count, policy->digest_hex);
	}
}

static void write_policies(struct policy_call *call, const struct policy_set *set)
{
	struct json_writer *writer = &call->writer;
	json_put_name(writer, "policies");
	json_open_array(writer);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		json_open_object(writer);
		policy_call_identity(call, policy);
		json_member_integer(writer, "items", (int64_t)policy->item_count);
		json_member_integer(writer, "programs", (int64_t)policy->program_count);
		json_member_text(writer, "digest", policy->digest_hex);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void print_findings(struct policy_call *call, const char *what, struct issues *issues)
{
	for (size_t i = 0; i < issues->count; i++) {
		issues->items[i].detail =
			arena_printf(call->arena, "%s: %s (%s)", what, issues->items[i].detail, issues->items[i].code);
	}
	policy_call_issues(call, what, issues);
}

static void tell(struct policy_call *call, const struct policy_set *set, struct issues *errors, struct issues *warnings)
{
	if (!call->json) {
		print_findings(call, "error", errors);
		print_findings(call, "warning", warnings);
		print_policies(set);
		return;
	}
	json_open_object(&call->writer);
	write_policies(call, set);
	policy_call_issues(call, "errors", errors);
	policy_call_issues(call, "warnings", warnings);
	json_member_boolean(&call->writer, "good", !issues_any(errors));
	json_close_object(&call->writer);
	policy_call_print(call);
}

int policy_check(struct policy_call *call)
{
	struct issues errors;
	struct issues warnings;
	struct policy_set *set = policy_call_load(call, call->arguments[0]);
	if (set == NULL) {
		return EXIT_FAILED;
	}
	issues_init(&errors, call->arena);
	issues_init(&warnings, call->arena);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		policy_lint(policy_set_at(set, i), call->arena, &errors, &warnings);
	}
	policy_lint_calendars(set, zone_date(policy_set_at(set, 0)->zone, instant_now()), call->arena, &warnings);
	tell(call, set, &errors, &warnings);
	policy_set_destroy(set);
	return issues_any(&errors) ? EXIT_FAILED : EXIT_OK;
}
