/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/case.h"

#include "policy/case_judge.h"
#include "policy/files.h"
#include "policy/form.h"

#include <string.h>
#include <unistd.h>

struct runner {
	const struct policy_set *set;
	const struct case_report *report;
	struct issues *issues;
	struct case_totals totals;
	struct arena *arena; /* of one file */
	const struct policy *policy;
	const char *directory; /* ".../cases" */
	const char *name; /* of the directory, in issues */
};

static const struct json *read_base(struct runner *runner, const char *base, const struct spot *spot)
{
	const char *name = arena_printf(runner->arena, "%s/bases/%s.json", runner->name, base);
	const struct spot here = spot_member(spot, "base");
	if (strchr(base, '/')) {
		spot_issue(runner->issues, &here, "no_file", "a base is a name");
		return NULL;
	}
	const char *path = arena_printf(runner->arena, "%s/bases/%s.json", runner->directory, base);
	if (access(path, F_OK) != 0) {
		spot_issue(runner->issues, &here, "no_file", "there is no base \"%s\" (cases/bases/%s.json)", base, base);
		return NULL;
	}
	return files_json(runner->arena, path, name, runner->issues);
}

/* "/lines/1" of a list with a single line adds one: the pointer ends in "-" then. */
static const char *growing(struct arena *arena, const struct json *body, const char *pointer)
{
	const char *slash = strrchr(pointer, '/');
	if (!slash) {
		return pointer;
	}
	const char *parent = arena_text(arena, pointer, (size_t)(slash - pointer));
	const struct json *list = json_at(body, parent);
	if (list && json_kind(list) == JSON_ARRAY && strcmp(slash + 1, arena_printf(arena, "%zu", json_count(list))) == 0) {
		return arena_printf(arena, "%s/-", parent);
	}
	return pointer;
}

/* The base body with what the case removes and sets. */
static const struct json *edit_body(struct runner *runner, const struct json *test, const struct spot *spot)
{
	const struct json *body = read_base(runner, json_text(json_member(test, "base")), spot);
	struct err err = {0};
	const struct spot at_remove = spot_member(spot, "remove");
	const struct spot at_set = spot_member(spot, "set");
	size_t index = 0;
	for (const struct json *one = json_first(json_member(test, "remove")); one && body; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_remove, index);
		body = json_edit(runner->arena, body, json_text(one), NULL, &err);
		if (!body) {
			spot_issue(runner->issues, &here, "dangling_pointer", "%s", err.detail);
		}
	}
	for (const struct json *one = json_first(json_member(test, "set")); one && body; one = json_next(one)) {
		const struct spot here = spot_member(&at_set, json_name(one));
		body = json_edit(runner->arena, body, growing(runner->arena, body, json_name(one)), one, &err);
		if (!body) {
			spot_issue(runner->issues, &here, "dangling_pointer", "%s", err.detail);
		}
	}
	return body;
}

/* A case without a body fails for what is wrong with that; SINCE: the problems that there were before. */
static void fail_case(struct runner *runner, const char *file, const char *name, size_t since)
{
	const struct issues *issues = runner->issues;
	const char *why = issues->count > since ? issues->items[issues->count - 1].detail : "its body cannot be made";
	runner->totals.failed++;
	if (runner->report) {
		runner->report->each(runner->report->context, runner->policy, file, name, &why, 1);
	}
}

static void run_case(struct runner *runner, const char *file, const struct json *test, const struct json *unless_said,
		     const struct spot *spot)
{
	const size_t since = runner->issues->count;
	const struct json *body = edit_body(runner, test, spot);
	const char *name = json_text(json_member(test, "name"));
	runner->totals.cases++;
	if (!body) {
		fail_case(runner, file, name, since);
		return;
	}
	struct differences differences;
	differences_init(&differences, runner->arena);
	const struct case_input input = {.set = runner->set,
					 .policy = runner->policy,
					 .body = body,
					 .test = test,
					 .unless_said = unless_said,
					 .report = runner->report,
					 .file = file,
					 .name = name};
	case_judge(&input, &differences);
	runner->totals.failed += differences.count > 0;
	if (runner->report) {
		runner->report->each(runner->report->context, runner->policy, file, name, differences.lines, differences.count);
	}
}

static void run_file(struct runner *runner, const char *file)
{
	const char *name = arena_printf(runner->arena, "%s/%s", runner->name, file);
	const struct json *json =
		files_json(runner->arena, arena_printf(runner->arena, "%s/%s", runner->directory, file), name, runner->issues);
	const struct spot spot = spot_file(name);
	if (!json || !form_check(policy_set_schema(runner->set, "cases.json"), json, &spot, runner->issues)) {
		return;
	}
	const struct spot at_cases = spot_member(&spot, "cases");
	size_t index = 0;
	for (const struct json *one = json_first(json_member(json, "cases")); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_cases, index);
		run_case(runner, file, one, json_member(json, "unless_said"), &here);
	}
}

/* A version that nothing is tried with has not been tested. */
static void run_version(struct runner *runner, const char *directory)
{
	const size_t before = runner->totals.cases;
	const size_t since = runner->issues->count;
	struct arena *names_arena = arena_create();
	struct file_names names = {NULL, 0};
	const struct policy *policy = runner->policy;
	runner->directory = arena_printf(names_arena, "%s/%s/%s/cases", directory, policy->id, policy->version);
	runner->name = arena_printf(names_arena, "%s/%s/cases", policy->id, policy->version);
	files_list(names_arena, runner->directory, FILES_JSON, &names);
	for (size_t i = 0; i < names.count; i++) {
		runner->arena = arena_create();
		run_file(runner, names.names[i]);
		arena_destroy(runner->arena);
	}
	if (names.count == 0 || (runner->totals.cases == before && runner->issues->count == since)) {
		issues_add(runner->issues, runner->name, "no_case", NULL, "the version has no case");
	}
	arena_destroy(names_arena);
}

bool policy_cases_run(const struct policy_set *set, const char *directory, const struct case_report *report,
		      struct issues *issues, struct case_totals *ret_totals)
{
	struct runner runner = {.set = set, .report = report, .issues = issues};
	const size_t before = issues->count + issues->omitted;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		runner.policy = policy_set_at(set, i);
		run_version(&runner, directory);
	}
	*ret_totals = runner.totals;
	return runner.totals.failed == 0 && issues->count + issues->omitted == before;
}
