/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks of duties and checks of what happened in words, and what a checklist says first. */
#include "policy/say.h"

#include "../run_suite.h"
#include "fixture.h"
#include "library.h"
#include "policy/requirement.h"

#include <check.h>
#include <string.h>

static struct library library;
static struct policy_set *set;

static void setup(void)
{
	library_init(&library);
}

static void teardown(void)
{
	policy_set_destroy(set);
	set = NULL;
	library_finish(&library);
}

static struct sayer load(void)
{
	set = library_load(&library);
	ck_assert(set != NULL);
	return (struct sayer){.arena = library.arena, .policy = policy_set_at(set, 0)};
}

static const struct item *find_item(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy->item_count; i++) {
		if (strcmp(policy->items[i]->id, id) == 0) {
			return policy->items[i];
		}
	}
	return NULL;
}

static size_t place_of(const char *id)
{
	const struct sayer sayer = load();
	const struct json *items = json_member(fixture_json(library.arena, sayer.policy->text), "more.json");
	size_t place = 0;
	for (const struct json *one = json_first(json_member(items, "items")); one; one = json_next(one), place++) {
		if (strcmp(json_text(json_member(one, "id")), id) == 0) {
			policy_set_destroy(set);
			set = NULL;
			return place;
		}
	}
	ck_abort_msg("%s is not in more.json", id);
	return 0;
}

static const struct {
	const char *pointer; /* below the duty */
	const char *value;
	const char *say;
} duties[] = {
	{NULL, NULL, "Begins with the referral, the first time. Due within 5 calendar days. Done with the outreach."},
	{"/each", "true", "Begins with the referral, each time. Due within 5 calendar days. Done with the outreach."},
	{"/starts/which", "\"latest\"",
	 "Begins with the referral, of several the newest. Due within 5 calendar days. Done with the outreach."},
	{"/every", "{\"calendar_days\":30}",
	 "Begins with the referral, the first time. Due within 5 calendar days. Due again within 30 calendar days of when it "
	 "was done. "
	 "Done with the outreach."},
	{"",
	 "{\"id\":\"s.duty\",\"cite\":[\"A.6\"],\"kind\":\"obligation\",\"starts\":{\"occurrence\":[\"referral\"],\"day\":"
	 "\"on\"},"
	 "\"ahead\":true,\"within\":{\"calendar_days\":5},\"fulfilled_by\":{\"occurrence\":[\"outreach\"]},"
	 "\"text\":\"First try within {amount}.\"}",
	 "Begins with the referral, on its on, the first time. Due at least 5 calendar days ahead of the day that is planned. "
	 "Done with "
	 "the outreach."},
	{"/fulfilled_by/earlier", "true",
	 "Begins with the referral, the first time. Due within 5 calendar days. Done with the outreach, earlier counts too."},
	{"/until", "{\"occurrence\":[\"referral\",\"outreach\"]}",
	 "Begins with the referral, the first time. Due within 5 calendar days. Done with the outreach. Ends with the referral "
	 "or the outreach."},
};

START_TEST(clock_of_a_duty)
{
	const size_t place = place_of("s.duty");
	if (duties[_i].pointer) {
		const struct library_change change = {"sketch/1/more.json",
						      arena_printf(library.arena, "/items/%zu%s", place, duties[_i].pointer),
						      duties[_i].value};
		library_change(&library, &change);
	}
	const struct sayer sayer = load();
	ck_assert_str_eq(say_duty(&sayer, find_item(sayer.policy, "s.duty")), duties[_i].say);
	ck_assert_ptr_null(say_duty(&sayer, find_item(sayer.policy, "s.note")));
}
END_TEST

static const struct {
	const char *check;
	const char *say;
} checks[] = {
	{"{\"received\":{\"from\":\"2026-01-01\",\"to\":null}}", "the request is received from 2026-01-01 on"},
	{"{\"received\":{\"from\":null,\"to\":\"2025-12-31\"}}", "the request is received until 2025-12-31"},
	{"{\"day_between\":{\"day\":\"first_day\",\"from\":\"2021-01-01\",\"to\":\"2021-12-31\"}}",
	 "the first day of service lies from 2021-01-01 to 2021-12-31"},
	{"{\"occurrences\":{\"of\":{\"occurrence\":[\"referral\"]},\"at_least\":1}}", "the referral was recorded"},
	{"{\"occurrences\":{\"of\":{\"occurrence\":[\"referral\"]},\"at_least\":3}}",
	 "the referral was recorded at least 3 times"},
	{"{\"occurrences\":{\"of\":{\"occurrence\":[\"referral\",\"outreach\"]},\"at_most\":0}}",
	 "the referral or the outreach was never recorded"},
	{"{\"occurrences\":{\"of\":{\"occurrence\":[\"outreach\"]},\"at_most\":8,"
	 "\"during\":{\"from\":{\"occurrence\":[\"referral\"]},\"to\":{\"occurrence\":[\"outreach\"]},\"after\":{\"days\":35}}}"
	 "}",
	 "the outreach was recorded at most 8 times from 35 days after the referral on until the outreach"},
	{"{\"followed\":{\"of\":{\"occurrence\":[\"outreach\"]},\"by\":[{\"occurrence\":[\"referral\"]}],\"within\":{\"days\":"
	 "90}}}",
	 "whenever the outreach was recorded, the first of these that follows it, if one is known, comes within 90 days: the "
	 "referral"},
	{"{\"not\":{\"followed\":{\"of\":{\"occurrence\":[\"outreach\"]},\"by\":[{\"occurrence\":[\"referral\"]}],\"within\":{"
	 "\"days\":1},"
	 "\"parted_by\":{\"occurrence\":[\"outreach\"]}}}}",
	 "the outreach was recorded at least once earlier than 1 day before the first of these that follows it: the referral "
	 "(with none of these between them: the outreach)"},
	{"{\"table\":{\"name\":\"arq\",\"match\":{},\"expect\":{\"required\":false},\"of\":\"any\"}}",
	 "the plan's table \"arq\" says \"required: no\" for some entry that is asked about"},
};

START_TEST(what_happened)
{
	const struct sayer sayer = load();
	ck_assert_str_eq(say_check(&sayer, fixture_json(library.arena, checks[_i].check)), checks[_i].say);
}
END_TEST

#define RISK "{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}"
#define OF_SERVICE(word) "{\"one_of\":{\"at\":\"/service\",\"words\":[\"" word "\"]}}"
#define OF_REVIEW(word) "{\"one_of\":{\"at\":\"/review\",\"words\":[\"" word "\"]}}"
#define RISK_YES "\"risk is shown\" is answered yes"

/* On the checklist of CARE/initial; NULL where it says nothing there. */
static const struct {
	const char *check;
	enum settled settled;
	const char *say;
} listed[] = {
	{OF_SERVICE("CARE"), SETTLED_HOLDS, NULL},
	{OF_SERVICE("STAY"), SETTLED_FAILS, NULL},
	{OF_REVIEW("initial"), SETTLED_HOLDS, NULL},
	{"{\"any\":[{\"not\":" OF_SERVICE("CARE") "}," RISK "]}", SETTLED_NOT, RISK_YES},
	{"{\"any\":[{\"not\":" OF_SERVICE("STAY") "}," RISK "]}", SETTLED_HOLDS, NULL},
	{"{\"all\":[" OF_SERVICE("CARE") "," RISK "]}", SETTLED_NOT, RISK_YES},
	{"{\"all\":[{\"all\":[" OF_SERVICE("STAY") "," RISK "]}," RISK "]}", SETTLED_FAILS, NULL},
	{"{\"not\":{\"all\":[" OF_SERVICE("CARE") "," RISK "]}}", SETTLED_NOT, "\"risk is shown\" is answered no"},
	{"{\"any\":[{\"all\":[" OF_SERVICE("STAY") ",{\"service_dates\":{}}]}," RISK "]}", SETTLED_NOT, RISK_YES},
	{RISK, SETTLED_NOT, RISK_YES},
	/* what is answered in one way is answered */
	{"{\"all\":[{\"present\":{\"at\":[\"/facts/risk\"]}}," RISK "]}", SETTLED_NOT, RISK_YES},
	{"{\"not\":{\"any\":[{\"not\":{\"present\":{\"at\":[\"/facts/risk\"]}}}," RISK "]}}", SETTLED_NOT,
	 "\"risk is shown\" is answered no"},
	{"{\"not\":{\"all\":[{\"present\":{\"at\":[\"/facts/risk\"]}}," RISK "]}}", SETTLED_NOT,
	 "\"risk is shown\" is not answered or \"risk is shown\" is answered no"},
};

START_TEST(conditions_of_a_checklist)
{
	struct sayer sayer = load();
	const struct json *check = fixture_json(library.arena, listed[_i].check);
	const char *alone = say_check(&sayer, check);
	ck_assert(strstr(listed[_i].check, "/service") == NULL || strstr(alone, "service"));
	for (size_t i = 0; i < sayer.policy->program_count && !sayer.program; i++) {
		const struct program *program = &sayer.policy->programs[i];
		const bool meant = strcmp(program->service, "CARE") == 0 && strcmp(program->review, "initial") == 0;
		sayer.program = meant ? program : NULL;
	}
	ck_assert_ptr_nonnull(sayer.program);
	ck_assert_int_eq(say_settled(&sayer, check), listed[_i].settled);
	if (listed[_i].say) {
		ck_assert_str_eq(say_check(&sayer, check), listed[_i].say);
	}
}
END_TEST

START_TEST(first_of_a_checklist)
{
	const struct sayer sayer = load();
	size_t count = 0;
	for (size_t i = 0; i < sayer.policy->program_count; i++) {
		const struct program *program = &sayer.policy->programs[i];
		const char *const *first = requirement_first(program, library.arena, &count);
		ck_assert_msg(!program->route || (count > 0 && strstr(first[0], program->route)), "%s/%s", program->service,
			      program->review);
		const struct occurrence_kind *const *kinds = requirement_kinds(program, library.arena, &count);
		if (strcmp(program->review, "care") == 0) {
			ck_assert_uint_eq(count, 2);
			ck_assert_str_eq(kinds[0]->name, "referral");
			ck_assert_str_eq(kinds[1]->name, "outreach");
		} else {
			ck_assert_uint_eq(count, 0);
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("say");
	TCase *tc = tcase_create("words");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, clock_of_a_duty, 0, (int)(sizeof(duties) / sizeof(duties[0])));
	tcase_add_loop_test(tc, what_happened, 0, (int)(sizeof(checks) / sizeof(checks[0])));
	tcase_add_loop_test(tc, conditions_of_a_checklist, 0, (int)(sizeof(listed) / sizeof(listed[0])));
	tcase_add_test(tc, first_of_a_checklist);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
