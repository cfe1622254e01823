/* SPDX-License-Identifier: Apache-2.0 */
/* The cases beside the policies hold, those of the sketches too; and a case that does not hold is told apart. */
#include "policy/case.h"

#include "../run_suite.h"
#include "fixture.h"
#include "library.h"
#include "policy/coverage.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct told {
	struct arena *arena;
	const char *first; /* "file: name: difference" */
	size_t lines;
	const char *untrue; /* the first sentence that says what should be so of what is not */
	size_t sentences;
};

static void tell(void *context, const struct policy *policy, const char *file, const char *name,
                 const char *const *differences, size_t count)
{
	struct told *told = context;
	told->lines += count;
	if (count > 0 && !told->first) {
		told->first = arena_printf(told->arena, "%s %s: %s: %s", policy->id, file, name, differences[0]);
	}
}

static void hear(struct told *told, const char *name, const struct item *item, const char *say)
{
	told->sentences++;
	if (!told->untrue && (!say || strcmp(say, item->text) == 0)) {
		told->untrue = arena_printf(told->arena, "%s: %s says %s", name, item->id, say ? say : "nothing");
	}
}

/* An item's text says what should be so; it is never the reason for what is not. */
static void listen(void *context, const char *file, const char *name, const struct evaluation *evaluation)
{
	struct told *told = context;
	(void)file;
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		const struct finding *finding = &evaluation->findings[i];
		if (finding->answer == ANSWER_NOT_MET) {
			hear(told, name, finding->item, finding->say);
		}
	}
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		hear(told, name, evaluation->flags[i].item, evaluation->flags[i].say);
	}
	for (size_t i = 0; i < evaluation->return_count; i++) {
		hear(told, name, evaluation->returns[i].item, evaluation->returns[i].say);
	}
	for (size_t i = 0; i < evaluation->missing_count; i++) {
		hear(told, name, evaluation->missing[i].item, evaluation->missing[i].say);
	}
	for (size_t i = 0; i < evaluation->requested_count; i++) {
		hear(told, name, evaluation->requested[i].item, evaluation->requested[i].say);
	}
}

static void run_directory(const char *directory, size_t least)
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, directory);
	struct issues issues;
	issues_init(&issues, arena);
	struct told told = {.arena = arena};
	const struct case_report report = {.each = tell, .context = &told, .judged = listen};
	struct case_totals totals;
	const bool good = policy_cases_run(set, arena_printf(arena, "%s/%s", CHECKOUT, directory), &report, &issues, &totals);
	ck_assert_msg(issues.count == 0, "%s: %s", issues.count > 0 ? issues.items[0].pointer : "", issues.count > 0 ? issues.items[0].detail : "");
	ck_assert_msg(good && totals.failed == 0, "%zu cases differ; %s", totals.failed, told.first ? told.first : "");
	ck_assert_msg(told.untrue == NULL, "%s", told.untrue);
	ck_assert_msg(told.sentences >= least, "only %zu sentences were heard", told.sentences);
	ck_assert_msg(totals.cases >= least, "only %zu cases were found", totals.cases);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		struct coverage coverage;
		policy_coverage(policy_set_at(set, i), arena, &coverage);
		ck_assert_msg(coverage_complete(&coverage), "%s forgets a clause", policy_set_at(set, i)->id);
	}
	policy_set_destroy(set);
	arena_destroy(arena);
}

START_TEST(policies_hold)
{
	run_directory("policies", 200);
}
END_TEST

START_TEST(sketches_hold)
{
	run_directory("tests/policies", 20);
}
END_TEST

static const char base[] =
	"{\"payer\":\"acme\",\"service\":\"CARE\",\"review\":\"initial\",\"member\":{\"birth_date\":\"2014-05-04\",\"product\":\"ours\","
	"\"line_of_business\":\"medicaid\",\"coverage\":[{\"plan\":\"acme\",\"from\":\"2025-01-01\"}]},"
	"\"service_period\":{\"start\":\"2026-03-09\",\"end\":\"2026-03-22\"},\"lines\":[{\"code\":\"H1\",\"units\":14,\"unit\":\"day\"}],"
	"\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2026-02-20\",\"author\":{\"credential\":\"lmp\"},"
	"\"sections\":[{\"name\":\"history\",\"page\":1}]}],\"facts\":{\"risk\":false}}";

struct row {
	const char *test;       /* members of a case besides its name and base */
	const char *difference; /* the first line, or NULL when the case holds; "!" before a problem of the file */
};

#define NOW "\"now\":\"2026-03-02T10:15:00-08:00\","
#define USUAL "\"clocks\":{\"s.decide\":\"2026-03-11T23:59:59-07:00\",\"law.decide\":\"2026-03-16T23:59:59-07:00\"}," \
	"\"findings\":{\"s.need\":\"unknown\",\"s.gate\":\"unknown\"}"

#define CERTIFIED "\"clocks\":{\"s.decide\":\"2026-03-11T23:59:59-07:00\",\"law.decide\":\"2026-03-16T23:59:59-07:00\"}," \
	"\"findings\":{\"s.need\":\"unknown\"}"

static const struct row rows[] = {
	{NOW "\"expect\":{\"status\":\"pending_con\"," USUAL "}", NULL},
	{NOW "\"expect\":{\"status\":\"in_review\"," USUAL "}", "status is pending_con, expected in_review"},
	{NOW "\"expect\":{" USUAL "}", "the expectation names no status"},
	{NOW "\"expect\":{\"status\":\"pending_con\",\"waiting_on\":\"nobody\"," USUAL "}", "waiting_on is con_reviewer, expected nobody"},
	{NOW "\"expect\":{\"status\":\"pending_con\",\"attempts\":3," USUAL "}", "2 attempts are owed, expected 3"},
	{NOW "\"expect\":{\"status\":\"pending_con\",\"missing\":[\"s.dates missing /service_period/end\"]," USUAL "}",
	 "missing: expected \"s.dates missing /service_period/end\""},
	{NOW "\"set\":{\"/documents/0/completed_on\":\"2025-12-31\"},\"expect\":{\"status\":\"pending_con\"," USUAL "}",
	 "requested: not expected \"s.note stale /documents/0/completed_on\""},
	{NOW "\"remove\":[\"/documents/0/sections/0\"],\"expect\":{\"status\":\"pending_con\","
	 "\"requested\":[\"s.history missing /documents/0/sections/- history\"]," USUAL "}", NULL},
	{NOW "\"remove\":[\"/documents/0/sections/0\"],\"expect\":{\"status\":\"pending_con\","
	 "\"requested\":[\"s.history missing /documents/0/sections/-\"]," USUAL "}", NULL},
	{NOW "\"set\":{\"/member/birth_date\":\"2007-01-01\"},\"expect\":{\"status\":\"pending_con\"," USUAL "}",
	 "flags: not expected \"grown_up\""},
	{NOW "\"set\":{\"/service_period/end\":\"2026-03-23\"},\"expect\":{\"status\":\"pending_con\"," USUAL "}",
	 "limits: not expected \"s.limit 2026-03-22 14\""},
	{NOW "\"set\":{\"/service_period/end\":\"2026-03-23\"},\"expect\":{\"status\":\"pending_con\",\"limits\":[\"s.limit 2026-03-22 14\"],"
	 USUAL "}", NULL},
	{NOW "\"set\":{\"/member/coverage\":[]},\"verified\":[\"eligibility\"],\"expect\":{\"status\":\"returned\",\"returns\":[\"ineligible\"],"
	 USUAL "}", "returns: expected \"ineligible\""},
	{NOW "\"expect\":{\"status\":\"pending_con\",\"clocks\":{\"s.decide\":\"2026-03-11T23:59:59-07:00\"},"
	 "\"findings\":{\"s.need\":\"unknown\",\"s.gate\":\"unknown\"}}", "clocks: not expected law.decide"},
	{NOW "\"events\":[\"certified\"],\"expect\":{\"status\":\"in_review\"," USUAL "}", "findings: expected s.gate unknown, it is met"},
	{NOW "\"events\":{\"certified\":\"2026-03-10T00:00:00-07:00\"},\"expect\":{\"status\":\"in_review\",\"flags\":[\"before_certified 2026-03-09..2026-03-09\"],"
	 "\"unapprovable\":[\"before_con 2026-03-09..2026-03-09\"]," CERTIFIED "}", NULL},
	{NOW "\"events\":{\"certified\":\"2026-03-10T00:00:00-07:00\"},\"expect\":{\"status\":\"in_review\",\"flags\":[\"before_certified 2026-03-09..2026-03-09\"],"
	 "\"unapprovable\":[]," CERTIFIED "}", "unapprovable: not expected \"before_con 2026-03-09..2026-03-09\""},
	{NOW "\"events\":{\"certified\":\"2026-03-09T23:59:59-07:00\"},\"expect\":{\"status\":\"in_review\"," CERTIFIED "}", NULL},
	{NOW "\"events\":{\"certified\":\"on a sunny morning in March\"},\"expect\":{\"status\":\"in_review\"," CERTIFIED "}",
	 "events: certified is at no instant"},
	/* a name alone was recorded now, and holds when it was in later steps */
	{NOW "\"expect\":{\"status\":\"pending_con\"," USUAL "},\"then\":[{\"now\":\"2026-03-10T08:00:00-07:00\",\"events\":[\"certified\"],"
	 "\"expect\":{\"status\":\"in_review\",\"flags\":[\"before_certified 2026-03-09..2026-03-09\"]," CERTIFIED "}},"
	 "{\"now\":\"2026-03-12T08:00:00-07:00\",\"expect\":{\"status\":\"in_review\",\"flags\":[\"before_certified 2026-03-09..2026-03-09\"]," CERTIFIED "}}]", NULL},
	{NOW "\"expect\":{\"status\":\"pending_con\",\"rules\":[\"s.gate\",\"s.limit\",\"s.tries\",\"s.denial\",\"s.tell\",\"s.appeal\",\"s.say\"]," USUAL "}", NULL},
	{NOW "\"expect\":{\"status\":\"pending_con\",\"rules\":[\"s.gate\"]," USUAL "}", "rules: not expected \"s.limit\""},
	{NOW "\"tables\":{\"arq\":[{\"code\":\"H1\",\"required\":false}]},\"expect\":{\"status\":\"pending_con\"," USUAL "}",
	 "flags: not expected \"maybe_not_listed\""},
	{NOW "\"set\":{\"/service\":\"CAR\"},\"expect\":{\"status\":\"pending_con\"}", "no policy answers payer, service and review of the body"},
	{NOW "\"set\":{\"/member/birth_date\":\"tomorrow\"},\"expect\":{\"status\":\"pending_con\"}",
	 "the body is not readable: /member/birth_date not_a_date"},
	/* staff take these by hand; the clocks of the law run all the same */
	{NOW "\"set\":{\"/service\":\"OTHER\"},\"expect\":{\"status\":\"manual_route\","
	 "\"clocks\":{\"law.decide\":\"2026-03-16T23:59:59-07:00\"}}", NULL},
	{"\"now\":\"2025-06-02T10:15:00-07:00\",\"expect\":{\"status\":\"manual_route\"}", NULL},
	{"\"set\":{\"/intake\":{\"received_at\":\"2026-03-02T10:15:00-08:00\"}},\"expect\":{\"status\":\"pending_con\"," USUAL "}", NULL},
	{"\"expect\":{\"status\":\"pending_con\"}", "neither now nor intake.received_at is an instant"},
	{NOW "\"set\":{\"/facts/risk\":null},\"expect\":{\"status\":\"pending_con\",\"requested\":[\"s.plan unanswered /facts/risk\"],"
	 "\"clocks\":{\"s.decide\":\"2026-03-11T23:59:59-07:00\",\"s.urgent\":\"2026-03-03T10:15:00-08:00\","
	 "\"law.decide\":\"2026-03-16T23:59:59-07:00\"},\"findings\":{\"s.need\":\"unknown\",\"s.gate\":\"unknown\"}},"
	 "\"then\":[{\"now\":\"2026-03-04T10:00:00-08:00\",\"information\":{\"facts\":{\"risk\":false}},\"expect\":{\"status\":\"pending_con\"," USUAL "}}]",
	 "then 1: clocks: not expected s.urgent"},
	{NOW "\"set\":{\"/documents/0/nothing/x\":1},\"expect\":{\"status\":\"pending_con\"}", "!dangling_pointer"},
	{NOW "\"remove\":[\"/documents/7\"],\"expect\":{\"status\":\"pending_con\"}", "!dangling_pointer"},
	{NOW "\"expct\":{}", "!unknown_member"},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(differences_are_told)
{
	const struct row *row = &rows[_i];
	struct library library;
	library_init(&library);
	library_write(&library, "sketch/1/cases/bases/b.json", base);
	library_write(&library, "sketch/1/cases/one.json",
	              arena_printf(library.arena, "{\"about\":\"one\",\"cases\":[{\"name\":\"one\",\"base\":\"b\",%s}]}", row->test));
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	struct issues issues;
	issues_init(&issues, library.arena);
	struct told told = {.arena = library.arena};
	const struct case_report report = {.each = tell, .context = &told};
	struct case_totals totals;
	const bool good = policy_cases_run(set, library.directory, &report, &issues, &totals);
	const char *first = told.first ? told.first + strlen("sketch one.json: one: ") : NULL;
	if (!row->difference) {
		ck_assert_msg(good && issues.count == 0, "row %d: %s", _i, first ? first : issues.count > 0 ? issues.items[0].detail : "");
	} else if (row->difference[0] == '!') {
		ck_assert_msg(!good && issues.count > 0 && strcmp(issues.items[0].code, row->difference + 1) == 0, "row %d: %s", _i,
		              issues.count > 0 ? issues.items[0].code : "no problem");
	} else {
		ck_assert_msg(!good && first && strcmp(first, row->difference) == 0, "row %d: %s", _i, first ? first : "no difference");
	}
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("cases");
	TCase *tests = tcase_create("cases");
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, policies_hold);
	tcase_add_test(tests, sketches_hold);
	tcase_add_loop_test(tests, differences_are_told, 0, ROW_COUNT);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
