/* SPDX-License-Identifier: Apache-2.0 */
/* Boundary cases: every number with a unit is found, each gets its cases or a reason, and a wrong one is told. */
#include "policy/boundary.h"

#include "../run_suite.h"
#include "fixture.h"
#include "library.h"
#include "policy/case.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

static const char base[] =
	"{\"payer\":\"acme\",\"service\":\"CARE\",\"review\":\"initial\",\"member\":{\"birth_date\":\"2014-05-04\",\"product\":\"ours\","
	"\"line_of_business\":\"medicaid\",\"coverage\":[{\"plan\":\"acme\",\"from\":\"2025-01-01\"}]},"
	"\"service_period\":{\"start\":\"2026-03-09\",\"end\":\"2026-03-22\"},\"lines\":[{\"code\":\"H1\",\"units\":14,\"unit\":\"day\"}],"
	"\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2026-02-20\",\"author\":{\"credential\":\"lmp\"},"
	"\"sections\":[{\"name\":\"history\",\"page\":1}]}],\"facts\":{\"risk\":false}}";

static const char one_case[] =
	"{\"about\":\"one\",\"cases\":[{\"name\":\"one\",\"base\":\"b\",\"now\":\"2026-03-02T10:15:00-08:00\",\"expect\":{\"status\":\"in_review\"}},"
	"{\"name\":\"care\",\"base\":\"care\",\"now\":\"2026-03-02T10:15:00-08:00\",\"expect\":{\"status\":\"recorded\"}}]}";

/* Running care, where duties are. */
static const char care[] =
	"{\"payer\":\"acme\",\"service\":\"CARE\",\"review\":\"care\",\"member\":{\"birth_date\":\"2014-05-04\"},"
	"\"facts\":{\"risk\":false,\"occurrences\":[{\"kind\":\"referral\",\"on\":\"2026-03-02\"}]}}";
static const struct library_change with_care = {"sketch/1/policy.json", "/answers/0/reviews", "[\"initial\",\"concurrent\",\"care\"]"};

struct scene_set {
	struct library library;
	struct policy_set *set;
	const struct boundary_result *results;
	size_t count;
	struct boundary_totals totals;
};

static void offer(void *context, const char *file, const char *name, const struct submission *submission, const struct json *body)
{
	boundary_offer(context, file, name, submission, body);
}

static void tell(void *context, const struct policy *policy, const char *file, const char *name, const char *const *differences,
                 size_t count)
{
	(void)context;
	(void)policy;
	(void)file;
	(void)name;
	(void)differences;
	(void)count;
}

static void load(struct scene_set *scene, const struct library_change *change)
{
	library_init(&scene->library);
	library_change(&scene->library, change ? change : &with_care);
	library_write(&scene->library, "sketch/1/cases/bases/b.json", base);
	library_write(&scene->library, "sketch/1/cases/bases/care.json", care);
	library_write(&scene->library, "sketch/1/cases/one.json", one_case);
	scene->set = library_load(&scene->library);
	ck_assert_msg(scene->set != NULL, "%s", scene->library.issues.count > 0 ? scene->library.issues.items[0].detail : "");
}

static void run(struct scene_set *scene)
{
	struct issues issues;
	struct case_totals totals;
	issues_init(&issues, scene->library.arena);
	struct boundary *boundary = boundary_start(scene->set, scene->library.arena);
	const struct case_report report = {.each = tell, .context = boundary, .submitted = offer};
	(void)policy_cases_run(scene->set, scene->library.directory, &report, &issues, &totals);
	scene->results = boundary_finish(boundary, &scene->count, &scene->totals);
}

static const struct boundary_result *result(const struct scene_set *scene, const char *item, const char *pointer)
{
	for (size_t i = 0; i < scene->count; i++) {
		const struct bound *bound = &scene->results[i].bound;
		if (strcmp(bound->item->id, item) == 0 && strcmp(bound->pointer, pointer) == 0) {
			return &scene->results[i];
		}
	}
	ck_abort_msg("%s has no bound at %s", item, pointer);
	return NULL;
}

static void finish(struct scene_set *scene)
{
	policy_set_destroy(scene->set);
	library_finish(&scene->library);
}

/* Of the good directory, in the order of its items. */
START_TEST(every_number_is_found)
{
	static const char *const wanted[] = {
		"s.note /check/document/within/days 60 days", "s.age /check/age_below/years 18 years", "s.limit /ask_again/hours 24 hours",
		"s.limit /days 14 days", "s.decide /within/business_days 7 business days", "s.urgent /within/hours 24 hours",
		"s.tries /each_within/business_days 1 business day", "s.say /within/calendar_days 3 calendar days",
		"s.appeal /within/hours 72 hours", "s.duty /within/calendar_days 5 calendar days",
		"law.decide /within/calendar_days 14 calendar days",
	};
	struct scene_set scene;
	load(&scene, NULL);
	run(&scene);
	ck_assert_uint_eq(scene.count, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		bool found = false;
		for (size_t k = 0; k < scene.count; k++) {
			const struct bound *bound = &scene.results[k].bound;
			found = found || strcmp(wanted[i], arena_printf(scene.library.arena, "%s %s %s", bound->item->id, bound->pointer, bound->text)) == 0;
		}
		ck_assert_msg(found, "%s is not found", wanted[i]);
	}
	finish(&scene);
}
END_TEST

START_TEST(each_has_cases_that_hold)
{
	struct scene_set scene;
	load(&scene, NULL);
	run(&scene);
	for (size_t i = 0; i < scene.count; i++) {
		const struct boundary_result *one = &scene.results[i];
		ck_assert_msg(one->cases >= 3, "%s %s: %s", one->bound.item->id, one->bound.pointer, one->why ? one->why : "no reason");
		ck_assert_msg(one->failure_count == 0, "%s %s: %s", one->bound.item->id, one->failures[0].name, one->failures[0].detail);
		ck_assert_str_eq(one->file, "one.json");
	}
	ck_assert_uint_eq(scene.totals.without, 0);
	ck_assert_uint_eq(scene.totals.failed, 0);
	/* of an age also who was born on 29 February */
	ck_assert_uint_eq(result(&scene, "s.age", "/check/age_below/years")->cases, 5);
	finish(&scene);
}
END_TEST

/* What the item was made from says another number than what it is judged by. */
struct forgery {
	size_t item;
	const char *pointer; /* in the item */
	const char *value;
	const char *id;
	const char *bound;
	const char *detail; /* of the first failure */
};

static const struct forgery forgeries[] = {
	{1, "/check/document/within/days", "59", "s.note", "/check/document/within/days", "the item is met, wanted not_met"},
	{1, "/check/document/within/days", "61", "s.note", "/check/document/within/days", "the item is not_met, wanted met"},
	{8, "/check/age_below/years", "17", "s.age", "/check/age_below/years", NULL},
	{13, "/days", "15", "s.limit", "/days", "the check is not_met, wanted met"},
	{13, "/days", "13", "s.limit", "/days", "the check is met, wanted not_met"},
	{14, "/within/business_days", "6", "s.decide", "/within/business_days", "due 2026-03-11T23:59:59-07:00, counted 2026-03-10T23:59:59"},
	{15, "/within/hours", "25", "s.urgent", "/within/hours", "due 2026-03-03T10:15:00-08:00, counted 2026-03-03T11:15:00-08:00"},
	{17, "/within/calendar_days", "4", "s.say", "/within/calendar_days", "due 2026-03-05T23:59:59-08:00, counted 2026-03-06T23:59:59"},
	{20, "/within/hours", "71", "s.appeal", "/within/hours", "due 2026-03-05T10:15:00-08:00, counted 2026-03-05T09:15:00-08:00"},
	{13, "/ask_again/hours", "23", "s.limit", "/ask_again/hours", NULL},
	{23, "/within/calendar_days", "6", "s.duty", "/within/calendar_days", "the duty is overdue, wanted open"},
};

START_TEST(a_wrong_number_is_told)
{
	const struct forgery *row = &forgeries[_i];
	struct scene_set scene;
	struct err err = {0};
	load(&scene, NULL);
	const struct policy *policy = policy_set_at(scene.set, 0);
	/* the test's own: nothing else holds on to it */
	struct item *item = (struct item *)(uintptr_t)policy->items[row->item];
	ck_assert_str_eq(item->id, row->id);
	item->json = json_edit(scene.library.arena, item->json, row->pointer, fixture_json(scene.library.arena, row->value), &err);
	ck_assert_msg(item->json != NULL, "%s", err.detail);
	run(&scene);
	const struct boundary_result *told = result(&scene, row->id, row->bound);
	if (row->detail) {
		ck_assert_msg(told->failure_count > 0, "nothing is told of %s: %s", row->id, told->why ? told->why : "");
		ck_assert_str_eq(told->failures[0].detail, row->detail);
	} else {
		ck_assert_msg(told->failure_count > 0 || told->cases == 0 || told->alone, "%s goes unnoticed", row->id);
	}
	finish(&scene);
}
END_TEST

/* Why there is no case. */
struct lack {
	struct library_change change;
	const char *item;
	const char *pointer;
	const char *why;
};

static const struct lack lacks[] = {
	{{"sketch/1/items.json", "/items/1/for", "[\"CARE/concurrent\"]"}, "s.note", "/check/document/within/days", "no case of its services and reviews"},
	{{"sketch/1/items.json", "/items/8/check", "{\"aged_at\":{\"of\":[\"plan\"],\"years\":18,\"below\":true}}"}, "s.age", "/check/aged_at/years",
	 "no case says the day on which the age is asked"},
	{{"sketch/1/items.json", "/items/14/when", "{\"contradicted\":{\"fact\":\"participation\"}}"}, "s.decide", "/within/business_days", "it starts in no case"},
	{{"sketch/1/items.json", "/items/8/when", "{\"not\":{\"age_below\":{\"years\":19,\"on\":[\"receipt\"]}}}"}, "s.age", "/check/age_below/years", NULL},
};

START_TEST(what_has_no_case_says_why)
{
	const struct lack *row = &lacks[_i];
	struct scene_set scene;
	load(&scene, &row->change);
	run(&scene);
	const struct boundary_result *told = result(&scene, row->item, row->pointer);
	if (row->why) {
		ck_assert_uint_eq(told->cases, 0);
		ck_assert_str_eq(told->why, row->why);
		ck_assert_uint_ge(scene.totals.without, 1);
	} else { /* the item is never asked of anybody so young: its check alone can be */
		ck_assert(told->alone && told->cases > 0 && told->why != NULL);
		ck_assert_uint_eq(told->failure_count, 0);
	}
	finish(&scene);
}
END_TEST

/* A draft decides nothing and has its cases all the same. */
START_TEST(drafts_have_boundary_cases)
{
	struct scene_set scene;
	load(&scene, &(struct library_change){"sketch/1/policy.json", "/draft", "true"});
	run(&scene);
	ck_assert_str_eq(result(&scene, "s.duty", "/within/calendar_days")->why, "no case of its services and reviews");
	ck_assert_uint_eq(scene.totals.without, 1);
	ck_assert_uint_eq(scene.totals.failed, 0);
	ck_assert_uint_gt(scene.totals.cases, 30);
	finish(&scene);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("boundary");
	TCase *tests = tcase_create("boundary");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, every_number_is_found);
	tcase_add_test(tests, each_has_cases_that_hold);
	tcase_add_loop_test(tests, a_wrong_number_is_told, 0, sizeof(forgeries) / sizeof(forgeries[0]));
	tcase_add_loop_test(tests, what_has_no_case_says_why, 0, sizeof(lacks) / sizeof(lacks[0]));
	tcase_add_test(tests, drafts_have_boundary_cases);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
