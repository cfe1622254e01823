/* SPDX-License-Identifier: Apache-2.0 */
/* What the database accepts of approvals that wait for a placement, and of the placement: through the store, as the daemon writes. */
#include "fixture.h"

#include <check.h>
#include <string.h>

static const char once[] = "a placement is recorded once";

static struct fixture fx;
static struct request_row row;

static void setup(void)
{
	struct task task;

	fixture_prepare(&fx);
	fixture_open(&fx);
	row = fixture_row(fx.arena, 1);
	row.status = "in_review";
	row.waiting_on = "plan";
	task_init(&task, run_insert);
	task.row = row;
	task.body = "{\"body\":{},\"plan\":{}}";
	task.event = fixture_event(fx.arena, &row, "received");
	ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

/* The row stands as it was when nothing was written. */
static bool act(const char *action, const struct decision_row *decision)
{
	struct request_row changed = row;
	const bool good = fixture_act(&fx, &changed, "prn_rev", action, NULL, decision);

	if (good) {
		row = changed;
	}
	return good;
}

static struct decision_row waiting(void)
{
	struct decision_row decision = fixture_approval(fx.arena, &row);

	decision.required = "[\"rationale\",\"placement\"]";
	decision.parts = "{\"rationale\":\"Care is needed.\",\"placement\":\"awaited\"}";
	decision.authorization_number = NULL;
	decision.covered_from = decision.covered_to = NULL;
	return decision;
}

static struct decision_row placed(const struct decision_row *before)
{
	struct decision_row decision = *before;

	decision.id = "dec_placed";
	decision.supersedes = before->id;
	decision.parts = "{\"placement\":\"recorded\",\"rationale\":\"Care is needed.\"}";
	decision.authorization_number = "AU-1";
	decision.covered_from = "2026-12-07";
	decision.covered_to = "2027-03-06";
	return decision;
}

static void refused(const char *action, const struct decision_row *decision, const char *why)
{
	ck_assert_msg(!act(action, decision), "accepted: %s", why);
	ck_assert_msg(strstr(fx.err.detail, why) != NULL, "%s, wanted: %s", fx.err.detail, why);
}

static void check_chain(int64_t events)
{
	int64_t count = 0;

	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, events);
}

START_TEST(an_approval_waits_and_is_placed_once)
{
	const struct decision_row first = waiting();
	const struct decision_row then = placed(&first);
	ck_assert_msg(act("determined", &first), "%s", fx.err.detail);
	ck_assert_msg(act("placement_recorded", &then), "%s", fx.err.detail);
	const struct decision_view *view = NULL;
	ck_assert(decision_read(fx.reader, "dec_placed", fx.arena, &view, &fx.err) && view != NULL);
	ck_assert_str_eq(view->row.authorization_number, "AU-1");
	ck_assert_str_eq(view->row.covered_to, "2027-03-06");
	ck_assert_ptr_null(view->superseded_by);
	ck_assert(decision_read(fx.reader, first.id, fx.arena, &view, &fx.err) && view != NULL);
	ck_assert_str_eq(view->superseded_by, "dec_placed");
	ck_assert_ptr_null(view->row.authorization_number);

	struct decision_row again = placed(&then);
	again.id = "dec_again";
	again.authorization_number = "AU-2";
	refused("placement_recorded", &again, once);
	check_chain(3);
}
END_TEST

START_TEST(only_a_whole_approval_waits)
{
	static const char number[] = "an approval needs an authorization number";
	struct decision_row one = waiting();
	one.required = "[\"rationale\"]";
	refused("determined", &one, number);
	one = waiting();
	one.parts = "{\"rationale\":\"r\",\"placement\":\"known\"}";
	refused("determined", &one, number);
	one = waiting();
	one.required = one.parts = NULL;
	refused("determined", &one, number);
	one = waiting();
	one.outcome = "approved_in_part";
	one.basis = "policy_limit";
	refused("determined", &one, number);
	one = waiting();
	one.covered_from = "2026-12-07";
	refused("determined", &one, "an approval needs its first and last covered day");
	one = waiting();
	one.authorization_number = "AU-1";
	one.covered_from = one.covered_to = "2026-12-07";
	refused("determined", &one, "what waits for its placement has no authorization");
	check_chain(1);
	one = waiting();
	ck_assert_msg(act("determined", &one), "%s", fx.err.detail);
}
END_TEST

/* What a placement could not say. */
START_TEST(a_placement_changes_nothing_else)
{
	const struct decision_row first = waiting();
	struct decision_row one = placed(&first);
	refused("placement_recorded", &one, "superseded");
	ck_assert_msg(act("determined", &first), "%s", fx.err.detail);
	one.rationale = "Another reason.";
	refused("placement_recorded", &one, once);
	one = placed(&first);
	one.decider = "prn_other";
	refused("placement_recorded", &one, once);
	one = placed(&first);
	one.credential = "ccm";
	refused("placement_recorded", &one, once);
	one = placed(&first);
	one.decided_at.us++;
	refused("placement_recorded", &one, once);
	one = placed(&first);
	one.required = "[\"placement\"]";
	refused("placement_recorded", &one, once);
	one = placed(&first);
	one.parts = "{\"placement\":\"recorded\",\"rationale\":\"Other.\"}";
	refused("placement_recorded", &one, once);
	one = placed(&first);
	refused("corrected", &one, once);
	one = placed(&first);
	one.authorization_number = NULL;
	one.covered_from = one.covered_to = NULL;
	refused("placement_recorded", &one, once);
	one = placed(&first);
	one.parts = "{\"placement\":\"known\",\"rationale\":\"Care is needed.\"}";
	refused("placement_recorded", &one, "the event of a placement records a placement");
	check_chain(2);
	one = placed(&first);
	ck_assert_msg(act("placement_recorded", &one), "%s", fx.err.detail);
}
END_TEST

START_TEST(what_does_not_wait_is_not_placed)
{
	struct decision_row approval = fixture_approval(fx.arena, &row);
	ck_assert_msg(act("determined", &approval), "%s", fx.err.detail);
	const struct decision_row one = placed(&approval);
	refused("placement_recorded", &one, once);
	const struct decision_row two = {
		.id = "dec_denial", .request_id = row.id, .disposition = "determined", .outcome = "denied",
		.basis = "criterion_not_met", .rationale = "r", .decider = "prn_rev", .decider_role = "reviewer",
		.credential = "psychiatrist", .decided_at = approval.decided_at, .supersedes = approval.id,
	};
	ck_assert_msg(act("corrected", &two), "%s", fx.err.detail);
	const struct decision_row three = placed(&two);
	refused("placement_recorded", &three, once);
	check_chain(3);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("placement");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_approval_waits_and_is_placed_once);
	tcase_add_test(tcase, only_a_whole_approval_waits);
	tcase_add_test(tcase, a_placement_changes_nothing_else);
	tcase_add_test(tcase, what_does_not_wait_is_not_placed);
	return fixture_main(tcase);
}
