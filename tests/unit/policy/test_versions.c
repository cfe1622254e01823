/* SPDX-License-Identifier: Apache-2.0 */
/* Versions side by side: the one in force on the local day of receipt decides, a draft never. */
#include "policy/policy.h"

#include "../run_suite.h"
#include "fixture.h"
#include "library.h"
#include "policy/case.h"

#include <check.h>
#include <string.h>

struct row {
	const char *at; /* receipt */
	const char *version;
};

/* The second begins on the day on which clocks go back, the third on the day on which they go forward: midnight is before either. */
static const struct row rows[] = {
	{"2026-10-31T23:59:59-04:00", "1"}, {"2026-11-01T00:00:00-04:00", "2"}, {"2026-11-01T01:30:00-04:00", "2"},
	{"2026-11-01T01:30:00-05:00", "2"}, {"2026-11-01T03:59:59Z", "1"},      {"2026-11-01T04:00:00Z", "2"},
	{"2027-03-13T23:59:59-05:00", "2"}, {"2027-03-14T00:00:00-05:00", "3"}, {"2027-03-14T03:00:00-04:00", "3"},
	{"2027-03-14T04:59:59Z", "2"},      {"2027-03-14T05:00:00Z", "3"},      {"2031-01-01T00:00:00-05:00", "3"},
};

START_TEST(local_midnight_decides)
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, "tests/policies");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct instant at;
		const struct program *program = NULL;
		ck_assert(instant_parse(rows[i].at, &at));
		ck_assert_int_eq(policy_set_match(set, "edition-sketch", "CARE", "initial", at, &program), POLICY_ANSWERS);
		ck_assert_msg(strcmp(program->policy->version, rows[i].version) == 0, "%s: %s", rows[i].at, program->policy->version);
		ck_assert(!program->policy->draft);
	}
	const struct policy *draft = policy_set_find(set, "edition-sketch", "next");
	ck_assert(draft != NULL && draft->draft);
	ck_assert(!policy_set_decides(set, "edition-sketch", "next"));
	ck_assert(policy_set_decides(set, "edition-sketch", "3"));
	ck_assert(!policy_set_decides(set, "edition-sketch", "4"));
	policy_set_destroy(set);
	arena_destroy(arena);
}
END_TEST

/* What only a draft knows nobody is told: not its payer, not its services. */
START_TEST(drafts_are_not_matched)
{
	struct library library;
	struct instant at;
	size_t count = 0;
	const struct program *program = NULL;
	library_init(&library);
	library_change(&library, &(struct library_change){"sketch/1/policy.json", "/draft", "true"});
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	ck_assert_uint_eq(policy_set_count(set), 1);
	ck_assert(instant_parse("2026-03-02T10:00:00-08:00", &at));
	ck_assert_int_eq(policy_set_match(set, "acme", "CARE", "initial", at, &program), POLICY_UNKNOWN_PAYER);
	(void)policy_set_payers(set, &count);
	ck_assert_uint_eq(count, 0);
	ck_assert(policy_set_services(set, "acme", &count) == NULL);
	/* for itself it answers */
	const struct policy *draft = policy_set_at(set, 0);
	ck_assert_int_eq(policy_match_own(draft, "care", "initial", at, &program), POLICY_ANSWERS);
	ck_assert_str_eq(program->service, "CARE");
	ck_assert_int_eq(policy_match_own(draft, "OTHER", "initial", at, &program), POLICY_MANUAL);
	ck_assert_int_eq(policy_match_own(draft, "NONE", "initial", at, &program), POLICY_UNKNOWN_SERVICE);
	ck_assert_int_eq(policy_match_own(draft, "CARE", "discharge", at, &program), POLICY_UNKNOWN_REVIEW);
	ck_assert(instant_parse("2025-03-02T10:00:00-08:00", &at));
	ck_assert_int_eq(policy_match_own(draft, "CARE", "initial", at, &program), POLICY_NONE_IN_FORCE);
	policy_set_destroy(set);
	/* a word that is no boolean is refused */
	library_change(&library, &(struct library_change){"sketch/1/policy.json", "/draft", "\"yes\""});
	ck_assert(library_load(&library) == NULL);
	ck_assert_str_eq(library.issues.items[0].pointer, "sketch/1/policy.json#/draft");
	library_finish(&library);
}
END_TEST

/* A case of a draft is judged by the draft. */
START_TEST(drafts_have_cases)
{
	struct library library;
	struct issues issues;
	struct case_totals totals;
	library_init(&library);
	library_change(&library, &(struct library_change){"sketch/1/policy.json", "/draft", "true"});
	library_write(&library, "sketch/1/cases/bases/b.json", "{\"payer\":\"acme\",\"service\":\"OTHER\",\"review\":\"initial\"}");
	library_write(&library, "sketch/1/cases/one.json",
	              "{\"about\":\"one\",\"cases\":[{\"name\":\"one\",\"base\":\"b\",\"now\":\"2026-03-02T10:15:00-08:00\","
	              "\"expect\":{\"status\":\"manual_route\",\"clocks\":{\"law.decide\":\"2026-03-16T23:59:59-07:00\"}}}]}");
	struct policy_set *set = library_load(&library);
	ck_assert(set != NULL);
	issues_init(&issues, library.arena);
	ck_assert(policy_cases_run(set, library.directory, NULL, &issues, &totals));
	ck_assert_uint_eq(totals.cases, 1);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("versions");
	TCase *tests = tcase_create("versions");
	tcase_add_test(tests, local_midnight_decides);
	tcase_add_test(tests, drafts_are_not_matched);
	tcase_add_test(tests, drafts_have_cases);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
