/* SPDX-License-Identifier: Apache-2.0 */
/* Anything at any place of any policy file: it is refused with a reason, or loads and has words. */
#include "../run_suite.h"
#include "care.h"
#include "fixture.h"
#include "library.h"
#include "policy/explain.h"
#include "policy/files.h"
#include "policy/lint.h"

#include <check.h>
#include <string.h>

/* What is put in place of the values, each in its turn; NULL takes one away. */
static const char *const odd[] = {NULL,        "5",    "null",         "true",  "[]", "[\"x\"]",
				  "{\"a\":1}", "\"\"", "[{\"a\":[]}]", "\"x\"", "{}", "-1"};

enum { ODD = sizeof(odd) / sizeof(odd[0]), PARTS = 4 };

/* One walk over the values of one file. */
struct walk {
	struct library *library;
	struct arena *arena; /* of one trial */
	const char *file;
	const struct json *json; /* the file as it is */
	size_t number; /* of the value that is looked at */
	size_t part; /* every PARTSth value is changed, beginning with this one */
	size_t refused;
	size_t loaded;
};

static void use(struct walk *walk, struct policy_set *set)
{
	struct issues errors;
	struct issues warnings;
	struct civil_date on;
	ck_assert(civil_parse("2026-11-20", &on));
	issues_init(&errors, walk->arena);
	issues_init(&warnings, walk->arena);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		policy_lint(policy, walk->arena, &errors, &warnings);
		for (size_t k = 0; k < policy->item_count; k++) {
			struct explanation told;
			policy_explain_item(policy, policy->items[k], on, walk->arena, &told);
			ck_assert(told.sentence && told.not_met);
		}
	}
}

static void try_value(struct walk *walk, const char *pointer, const char *value)
{
	struct err err = {0};
	const struct json *put = value ? fixture_json(walk->arena, value) : NULL;
	const struct json *changed = json_edit(walk->arena, walk->json, pointer, put, &err);
	if (!changed) {
		return;
	}
	library_put(walk->library, walk->arena, walk->file, changed);
	issues_init(&walk->library->issues, walk->arena);
	struct policy_set *set =
		policy_set_load(walk->library->directory, NULL, fixture_schema, walk->arena, &walk->library->issues);
	ck_assert_msg(set != NULL || walk->library->issues.count > 0, "%s#%s %s: no reason is given", walk->file, pointer,
		      value ? value : "taken away");
	if (set) {
		use(walk, set);
		walk->loaded++;
	} else {
		walk->refused++;
	}
	policy_set_destroy(set);
}

static void walk_values(struct walk *walk, struct arena *names, const struct json *node, const char *pointer)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
		const char *here = json_name(one) ? arena_printf(names, "%s/%s", pointer, json_name(one))
						  : arena_printf(names, "%s/%zu", pointer, index);
		if (json_name(one) && strpbrk(json_name(one), "/~")) {
			continue;
		}
		if (walk->number++ % PARTS == walk->part) {
			arena_reset(walk->arena);
			try_value(walk, here, odd[(walk->number / PARTS + walk->number) % ODD]);
		}
		walk_values(walk, names, one, here);
	}
}

static void walk_files(struct library *library, const char *const *files, size_t count, size_t part)
{
	struct arena *names = arena_create();
	struct issues issues;
	struct walk walk = {.library = library, .arena = arena_create(), .part = part};
	issues_init(&issues, names);
	for (size_t i = 0; i < count; i++) {
		walk.file = files[i];
		walk.json = files_json(names, arena_printf(names, "%s/%s", library->directory, files[i]), files[i], &issues);
		ck_assert_msg(walk.json != NULL, "%s", files[i]);
		walk_values(&walk, names, walk.json, "");
		library_put(library, names, files[i], walk.json);
	}
	ck_assert_uint_gt(walk.refused, 50);
	ck_assert_uint_gt(walk.loaded, 0);
	arena_destroy(walk.arena);
	arena_destroy(names);
}

START_TEST(of_requests)
{
	static const char *const files[] = {"calendars/usual.json", "tables/arq.json",     "overlays/law.json",
					    "sketch/1/policy.json", "sketch/1/items.json", "sketch/1/more.json",
					    "sketch/1/clauses.json"};
	struct library library;
	library_init(&library);
	walk_files(&library, files, sizeof(files) / sizeof(files[0]), (size_t)_i);
	library_finish(&library);
}
END_TEST

START_TEST(of_care)
{
	static const char *const files[] = {"care-sketch/1/policy.json", "care-sketch/1/duties.json",
					    "care-sketch/1/marks.json", "care-sketch/1/stretches.json"};
	struct library library;
	library_init(&library);
	care_write(&library, &(struct library_change){NULL, NULL, NULL});
	walk_files(&library, files, sizeof(files) / sizeof(files[0]), (size_t)_i);
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("anything");
	TCase *tests = tcase_create("anything");
	tcase_set_timeout(tests, 240);
	tcase_add_loop_test(tests, of_requests, 0, PARTS);
	tcase_add_loop_test(tests, of_care, 0, PARTS);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
