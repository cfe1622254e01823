/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds below `not` and `when`: which side of them passes, and what an item applies to. */
#include "policy/explain.h"

#include "../run_suite.h"
#include "fixture.h"
#include "library.h"

#include <check.h>
#include <string.h>

static const struct item *find_item(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy->item_count; i++) {
		if (strcmp(policy->items[i]->id, id) == 0) {
			return policy->items[i];
		}
	}
	ck_abort_msg("there is no item %s", id);
	return NULL;
}

/* What the sketch says of ITEM on the day, as the changes left it. */
static struct policy_set *explain(struct library *library, const char *item, struct explanation *explanation)
{
	struct civil_date day;
	ck_assert(civil_parse("2026-11-20", &day));
	struct policy_set *set = library_load(library);
	ck_assert_msg(set != NULL, "%s", library->issues.count > 0 ? library->issues.items[0].detail : "");
	policy_explain_item(policy_set_at(set, 0), find_item(policy_set_at(set, 0), item), day, library->arena, explanation);
	return set;
}

/* clang-format off */

#define BELOW "{\"age_below\":{\"years\":18,\"on\":[\"receipt\"]}}"
#define NOT(check) "{\"not\":" check "}"
#define NOTE "{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":60}}}"
#define HOURS "{\"document\":{\"types\":[\"note\"],\"within\":{\"hours\":72}}}"
#define COVERS "{\"document\":{\"types\":[\"note\"],\"covers\":{\"days\":14}}}"
#define ORDER(then, plus) "{\"not_after\":{\"first\":\"/admission/admitted_at\",\"then\":\"" then "\",\"plus\":" plus "}}"
#define BIRTHDAY "{\"days\":{\"no\":\"after_birthday\",\"years\":18}}"
#define AGED(below, count) "{\"occurrences\":{\"of\":{\"occurrence\":[\"outreach\"],\"where\":{\"aged\":{\"at\":[\"on\"],\"years\":18,\"below\":" below "}}}," count "}}"
#define VISITS(count) "{\"occurrences\":{\"of\":{\"occurrence\":[\"outreach\"]},\"during\":{\"from\":{\"occurrence\":[\"referral\"]},\"after\":{\"days\":35}}," count "}}"
#define BORN "Asked on Fri 2026-11-20: born on 2008-11-20 somebody has turned 18 by then, born on 2008-11-21 not yet; "

/* What passes below `not`, and what a condition of the item lets in: on 2026-11-20, of the last bound of the item. */
static const struct sense {
	const char *pointer; /* in s.age */
	const char *check;
	const char *passes;
	const char *fails;
	const char *say;
} senses[] = {
	{"check", BELOW, "2008-11-21", "2008-11-20", BORN "who has not turned 18 passes."},
	{"check", NOT(BELOW), "2008-11-20", "2008-11-21", BORN "who has turned 18 passes."},
	{"check", NOT(NOT(BELOW)), "2008-11-21", "2008-11-20", BORN "who has not turned 18 passes."},
	{"check", NOT("{\"all\":[" BELOW "]}"), "2008-11-20", "2008-11-21", BORN "who has turned 18 passes."},
	{"when", BELOW, "2008-11-21", "2008-11-20", BORN "the item applies to who has not turned 18."},
	{"when", NOT(BELOW), "2008-11-20", "2008-11-21", BORN "the item applies to who has turned 18."},
	{"check", BIRTHDAY, "2008-11-21", "2008-11-20", BORN "who has not turned 18 passes."},
	{"when", NOT(BIRTHDAY), "2008-11-20", "2008-11-21", BORN "the item applies to who has turned 18."},
	{"check", AGED("true", "\"at_least\":1"), "2008-11-21", "2008-11-20", BORN "who has not turned 18 counts."},
	{"check", AGED("false", "\"at_least\":1"), "2008-11-20", "2008-11-21", BORN "who has turned 18 counts."},
	{"check", AGED("true", "\"at_most\":0"), "2008-11-20", "2008-11-21", BORN "who has not turned 18 counts."},
	/* which of them count is not turned round by what is said of them */
	{"check", NOT(AGED("true", "\"at_least\":1")), "2008-11-20", "2008-11-21", BORN "who has not turned 18 counts."},
	{"check", NOT(NOTE), "2026-09-20", "2026-09-21",
	 "Received on Fri 2026-11-20: dated Mon 2026-09-21 or later does not pass, dated Sun 2026-09-20 or earlier passes."},
	{"when", NOTE, "2026-09-21", "2026-09-20",
	 "Received on Fri 2026-11-20: dated Mon 2026-09-21 or later lets the item apply, dated Sun 2026-09-20 or earlier does not."},
	{"when", NOT(NOTE), "2026-09-20", "2026-09-21",
	 "Received on Fri 2026-11-20: dated Mon 2026-09-21 or later does not let the item apply, dated Sun 2026-09-20 or earlier does."},
	{"check", HOURS, "2026-11-17T12:00:00-08:00", "2026-11-17T11:59:59-08:00",
	 "Received at noon of Fri 2026-11-20: 2026-11-17T12:00:00-08:00 is the earliest that passes; of a bare date Tue 2026-11-17."},
	{"check", NOT(HOURS), "2026-11-17T11:59:59-08:00", "2026-11-17T12:00:00-08:00",
	 "Received at noon of Fri 2026-11-20: 2026-11-17T12:00:00-08:00 is the earliest that does not pass; of a bare date Tue 2026-11-17."},
	{"check", COVERS, "2026-12-03", "2026-12-02",
	 "What covers Fri 2026-11-20 must go to Thu 2026-12-03 or later; to Wed 2026-12-02 is a day short."},
	{"check", NOT(COVERS), "2026-12-02", "2026-12-03",
	 "What covers Fri 2026-11-20 and goes to Thu 2026-12-03 or later does not pass, what goes to Wed 2026-12-02 passes."},
	/* a day counts to its end, a moment to the second */
	{"check", ORDER("/admission/admitted_on", "{\"hours\":24}"), "2026-11-21T23:59:59-08:00", "2026-11-22T00:00:00-08:00",
	 "the moment of admission lies no more than 24 hours after the day of admission; after the end of Fri 2026-11-20 the last that passes is 2026-11-21T23:59:59-08:00."},
	{"check", ORDER("receipt", "{\"hours\":24}"), "2026-11-21T12:00:00-08:00", "2026-11-21T12:00:01-08:00",
	 "the moment of admission lies no more than 24 hours after the day of receipt; after noon of Fri 2026-11-20 the last that passes is 2026-11-21T12:00:00-08:00."},
	{"check", ORDER("/service_period/end", "{\"hours\":24}"), "2026-11-21T23:59:59-08:00", "2026-11-22T00:00:00-08:00", NULL},
	{"check", ORDER("first_day", "{\"hours\":24}"), "2026-11-21T23:59:59-08:00", "2026-11-22T00:00:00-08:00", NULL},
	{"check", ORDER("/admission/discharged_at", "{\"hours\":24}"), "2026-11-21T12:00:00-08:00", "2026-11-21T12:00:01-08:00", NULL},
	{"when", NOT(ORDER("/admission/admitted_on", "{\"days\":3}")), "2026-11-24", "2026-11-23",
	 "the moment of admission lies no more than 3 days after the day of admission; after Fri 2026-11-20 the last that does not let the item apply is 2026-11-23."},
	/* what may not happen from that day on fails then */
	{"check", VISITS("\"at_least\":1"), "2026-12-25", "2026-12-24", "Of what begins on Fri 2026-11-20 the first day that counts is Fri 2026-12-25."},
	{"check", VISITS("\"at_most\":0"), "2026-12-24", "2026-12-25", "Of what begins on Fri 2026-11-20 the first day that counts is Fri 2026-12-25."},
	{"check", NOT(VISITS("\"at_most\":0")), "2026-12-25", "2026-12-24", NULL},
};

/* clang-format on */

START_TEST(what_passes_and_what_applies)
{
	const struct sense *sense = &senses[_i];
	struct library library;
	struct explanation told;
	library_init(&library);
	library_change(&library, &(struct library_change){"sketch/1/items.json", "/items/8/text", "\"The member is young.\""});
	library_change_more(&library,
			    &(struct library_change){"sketch/1/items.json",
						     arena_printf(library.arena, "/items/8/%s", sense->pointer), sense->check});
	if (strcmp(sense->pointer, "check") == 0) {
		library_change_more(&library, &(struct library_change){"sketch/1/items.json", "/items/8/unmet", "\"Is not.\""});
	}
	struct policy_set *set = explain(&library, "s.age", &told);
	const struct explained_bound *bound = &told.bounds[told.bound_count - 1];
	ck_assert_str_eq(bound->last_passes, sense->passes);
	ck_assert_str_eq(bound->first_fails, sense->fails);
	if (sense->say) {
		ck_assert_str_eq(bound->say, sense->say);
	}
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* Of two ages each has its own papers: neither fails. */
START_TEST(papers_of_an_age)
{
	struct library library;
	struct explanation told;
	library_init(&library);
	library_change(&library, &(struct library_change){"sketch/1/items.json", "/items/12/check",
							  "{\"document\":{\"types\":[\"plan\"],\"kinds_by_age\":[{\"below\":18,"
							  "\"kinds\":[\"a\"]},{\"kinds\":[\"b\"]}]}}"});
	struct policy_set *set = explain(&library, "s.ask", &told);
	ck_assert_str_eq(told.bounds[0].say, BORN "the age decides which papers count.");
	ck_assert_ptr_null(told.bounds[0].last_passes);
	ck_assert_ptr_null(told.bounds[0].first_fails);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* The text of what alone makes an authorization needed would read as something that is so. */
START_TEST(what_needs_no_authorization)
{
	struct library library;
	struct explanation told;
	library_init(&library);
	struct policy_set *set = explain(&library, "s.listed", &told);
	ck_assert_str_eq(told.sentence,
			 "In all that the policy answers: No authorization is needed unless this is so: The list asks for it.");
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("explain_sense");
	TCase *tests = tcase_create("explain_sense");
	tcase_add_loop_test(tests, what_passes_and_what_applies, 0, sizeof(senses) / sizeof(senses[0]));
	tcase_add_test(tests, papers_of_an_age);
	tcase_add_test(tests, what_needs_no_authorization);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
