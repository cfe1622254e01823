/* SPDX-License-Identifier: Apache-2.0 */
/* A policy is past its review from the day after its date on, in its own zone. */
#include "review/review_due.h"

#include "../run_suite.h"
#include "../sketch.h"

#include <check.h>

START_TEST(the_day_after)
{
	struct sketch sketch;
	sketch_init(&sketch);
	struct policy *policy = &sketch.policy;
	policy->in_force_from = sketch_day("2026-01-01");
	policy->in_force_to = sketch_day("2026-12-31");
	policy->review_due = sketch_day("0001-01-01");
	ck_assert_msg(!review_past(policy, sketch_instant("2026-11-21T10:00:00-08:00")), "no date is set");
	policy->review_due = sketch_day("2026-11-20");
	ck_assert(!review_past(policy, sketch_instant("2026-11-20T23:59:59-08:00")));
	ck_assert(review_past(policy, sketch_instant("2026-11-21T00:00:00-08:00")));
	ck_assert_msg(!review_past(policy, sketch_instant("2026-11-21T07:59:59Z")), "days are those of the policy's zone");
	ck_assert_msg(!review_past(policy, sketch_instant("2027-01-01T00:00:00-08:00")), "it decides nothing any more");
	policy->draft = true;
	ck_assert_msg(!review_past(policy, sketch_instant("2026-11-21T10:00:00-08:00")), "a draft");
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("review_due");
	TCase *tests = tcase_create("review_due");
	tcase_add_test(tests, the_day_after);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
