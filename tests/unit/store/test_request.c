/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <check.h>
#include <string.h>

static struct fixture fx;

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static const struct request_view *read_request(const char *id)
{
	const struct request_view *view = NULL;

	ck_assert_msg(request_read(fx.reader, id, fx.arena, &view, &fx.err), "%s", fx.err.detail);
	return view;
}

static struct task make_update(const struct request_row *row, int64_t version, const char *status, bool open)
{
	struct task task;

	task_init(&task, run_update);
	task.row = *row;
	task.row.version = version;
	task.row.status = status;
	task.row.open = open;
	task.event = fixture_event(fx.arena, &task.row, "information_supplied");
	return task;
}

#define TEXT_EQUAL(a, b, field) ck_assert_pstr_eq((a).field, (b).field)

static void check_row(const struct request_row *a, const struct request_row *b)
{
	TEXT_EQUAL(*a, *b, id);
	TEXT_EQUAL(*a, *b, tracking_number);
	TEXT_EQUAL(*a, *b, payer);
	TEXT_EQUAL(*a, *b, service);
	TEXT_EQUAL(*a, *b, review);
	TEXT_EQUAL(*a, *b, urgency);
	TEXT_EQUAL(*a, *b, status);
	TEXT_EQUAL(*a, *b, waiting_on);
	TEXT_EQUAL(*a, *b, act_by_rule);
	TEXT_EQUAL(*a, *b, organization);
	TEXT_EQUAL(*a, *b, submitter_reference);
	TEXT_EQUAL(*a, *b, member_id);
	TEXT_EQUAL(*a, *b, member_birth_date);
	TEXT_EQUAL(*a, *b, provider_npi);
	TEXT_EQUAL(*a, *b, policy_id);
	TEXT_EQUAL(*a, *b, policy_version);
	TEXT_EQUAL(*a, *b, policy_digest);
	TEXT_EQUAL(*a, *b, authorization_number);
	ck_assert_uint_eq(a->tasks, b->tasks);
	ck_assert_int_eq(a->wake_at.us, b->wake_at.us);
	ck_assert_int_eq(a->version, b->version);
	ck_assert_int_eq(a->open, b->open);
	ck_assert_int_eq(a->received_at.us, b->received_at.us);
	ck_assert_int_eq(a->due_at.us, b->due_at.us);
	ck_assert_int_eq(a->act_by.us, b->act_by.us);
	ck_assert_int_eq(a->missing_count, b->missing_count);
	ck_assert_int_eq(a->requested_count, b->requested_count);
}

START_TEST(a_request_is_read_as_written)
{
	struct request_row row = fixture_row(fx.arena, 7);
	row.tasks = 0xa5;
	row.wake_at.us = 77;
	row.authorization_number = "AU-1";
	fixture_insert_all(&fx, &row, 1);

	const struct request_view *view = read_request(row.id);
	ck_assert_ptr_nonnull(view);
	check_row(&view->row, &row);
	ck_assert_int_eq(view->row.last_event, 1);
	ck_assert_str_eq(view->snapshot, fixture_snapshot(fx.arena, &row, NULL));
	ck_assert_uint_eq(view->snapshot_length, strlen(view->snapshot));

	const char *body = NULL;
	size_t length = 0;
	ck_assert(request_body_read(fx.reader, row.id, fx.arena, &body, &length, &fx.err));
	ck_assert_str_eq(body, "{}");
	ck_assert_uint_eq(length, 2);
}
END_TEST

START_TEST(what_may_be_absent_is_absent_again)
{
	struct request_row row = fixture_row(fx.arena, 8);
	row.urgency = row.act_by_rule = row.organization = row.submitter_reference = NULL;
	row.member_id = row.member_birth_date = row.provider_npi = NULL;
	row.policy_id = row.policy_version = row.policy_digest = NULL;
	row.due_at.us = row.act_by.us = 0;
	fixture_insert_all(&fx, &row, 1);
	check_row(&read_request(row.id)->row, &row);
}
END_TEST

START_TEST(an_unknown_request_is_absent)
{
	const char *body = "x";
	const char *snapshot = "x";
	size_t length = 1;
	int64_t version = 1;

	ck_assert_ptr_null(read_request("req_none"));
	ck_assert(request_body_read(fx.reader, "req_none", fx.arena, &body, &length, &fx.err));
	ck_assert_ptr_null(body);
	ck_assert(snapshot_read(fx.reader, 99, fx.arena, &snapshot, &length, &version, &fx.err));
	ck_assert_ptr_null(snapshot);
}
END_TEST

START_TEST(a_change_is_the_next_version_with_its_own_snapshot)
{
	const struct request_row row = fixture_row(fx.arena, 1);
	fixture_insert_all(&fx, &row, 1);
	struct task update = make_update(&row, 2, "in_review", true);
	update.row.waiting_on = "plan";
	update.row.missing_count = 0;
	update.row.act_by.us = 5;
	update.row.tasks = 32;
	update.row.wake_at.us = 6;
	update.body = "{\"more\":1}";
	ck_assert_msg(task_do(&fx, &update), "%s", update.err.detail);
	struct task again = make_update(&update.row, 3, "decided", false);
	again.body = NULL;
	ck_assert_msg(task_do(&fx, &again), "%s", again.err.detail);

	check_row(&read_request(row.id)->row, &again.row);
	const char *body = NULL;
	size_t length = 0;
	ck_assert(request_body_read(fx.reader, row.id, fx.arena, &body, &length, &fx.err));
	ck_assert_str_eq(body, "{\"more\":1}");
	for (int64_t event = 1; event <= 3; event++) {
		const char *snapshot = NULL;
		int64_t version = 0;
		ck_assert(snapshot_read(fx.reader, event, fx.arena, &snapshot, &length, &version, &fx.err));
		ck_assert_int_eq(version, event);
		ck_assert_str_eq(snapshot, event == 1 ? fixture_snapshot(fx.arena, &row, NULL)
		                           : event == 2 ? update.event.snapshot : again.event.snapshot);
	}
	ck_assert_ptr_nonnull(read_request(row.id)->snapshot);
}
END_TEST

START_TEST(the_identity_of_a_request_stays)
{
	const struct request_row row = fixture_row(fx.arena, 1);
	fixture_insert_all(&fx, &row, 1);
	struct task update = make_update(&row, 2, "in_review", true);
	update.row.payer = "tufts";
	update.row.organization = "org-2";
	update.row.tracking_number = "AR-OTHER";
	update.row.received_at.us = 5;
	ck_assert(task_do(&fx, &update));
	update.row.payer = row.payer;
	update.row.organization = row.organization;
	update.row.tracking_number = row.tracking_number;
	update.row.received_at = row.received_at;
	check_row(&read_request(row.id)->row, &update.row);
}
END_TEST

static const struct {
	const char *name;
	int64_t version;
	bool close_first;
	bool other;
	enum err_code code;
} refusals[] = {
	{"the version the caller saw is old", 2, true, false, ERR_TRANSITION},
	{"the same version again", 1, false, false, ERR_STALE},
	{"a version is left out", 3, false, false, ERR_STALE},
	{"closed, and would open", 3, true, false, ERR_TRANSITION},
	{"nobody's", 2, false, true, ERR_NOT_FOUND},
};

START_TEST(a_change_that_must_not_be_writes_nothing)
{
	const struct request_row row = fixture_row(fx.arena, 1);
	fixture_insert_all(&fx, &row, 1);
	if (refusals[_i].close_first) {
		struct task close = make_update(&row, 2, "withdrawn", false);
		ck_assert(task_do(&fx, &close));
	}
	const int64_t events = raw_number(&fx, "SELECT count(*) FROM event");
	struct task update = make_update(&row, refusals[_i].version, "in_review", true);
	if (refusals[_i].other) {
		update.row.id = update.event.request_id = "req_none";
	}
	ck_assert_msg(!task_do(&fx, &update), "%s", refusals[_i].name);
	ck_assert_msg(update.err.code == refusals[_i].code, "%s: %s", refusals[_i].name, update.err.detail);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM event"), events);
}
END_TEST

START_TEST(only_one_of_two_changes_of_one_version_wins)
{
	const struct request_row row = fixture_row(fx.arena, 1);
	fixture_insert_all(&fx, &row, 1);
	struct gate gate;
	gate_close(&fx, &gate);
	struct task first = make_update(&row, 2, "in_review", true);
	struct task second = make_update(&row, 2, "withdrawn", false);
	task_submit(&fx, &first);
	task_submit(&fx, &second);
	gate_open(&gate);
	ck_assert(task_wait(&first));
	ck_assert(!task_wait(&second));
	ck_assert_int_eq(second.err.code, ERR_STALE);
}
END_TEST

/* What may follow the end of a request: where it stands changes, what it is does not. */
START_TEST(a_closed_request_takes_what_follows)
{
	struct request_row row = fixture_row(fx.arena, 1);
	row.status = "in_review";
	fixture_insert_all(&fx, &row, 1);
	struct task close = make_update(&row, 2, "decided", true);
	/* The papers that came with the end are recorded with it. */
	const struct decision_row denial = fixture_denial(fx.arena, &row);
	close.run = run_decide;
	close.decision = &denial;
	close.body = "{\"body\":{\"a\":[1,\"\\u00e9\"]},\"plan\":{}}";
	ck_assert_msg(task_do(&fx, &close), "%s", close.err.detail);
	struct task after = make_update(&close.row, 3, "decided", false);
	after.row.tasks = 64;
	after.row.waiting_on = "nobody";
	after.row.wake_at.us = 9;
	after.row.act_by.us = 10;
	after.row.act_by_rule = "C.notice";
	after.row.authorization_number = "AU-1";
	after.event = fixture_event(fx.arena, &after.row, "notice_recorded");
	after.body = "{\"plan\":{\"notices\":[{}]},\"body\":{\"a\":[1,\"\\u00e9\"]}}";
	ck_assert_msg(task_do(&fx, &after), "%s", after.err.detail);
	check_row(&read_request(row.id)->row, &after.row);

	struct task stale = make_update(&after.row, 3, "decided", false);
	ck_assert(!task_do(&fx, &stale));
	ck_assert_int_eq(stale.err.code, ERR_STALE);
	struct task judged = make_update(&after.row, 4, "decided", false);
	judged.row.missing_count = 9;
	ck_assert(!task_do(&fx, &judged));
	ck_assert_int_eq(judged.err.code, ERR_INTERNAL); /* the program must not try */
	struct task papers = make_update(&after.row, 4, "decided", false);
	papers.body = "{\"plan\":{},\"body\":{\"a\":[2]}}";
	ck_assert(!task_do(&fx, &papers));
	ck_assert_int_eq(papers.err.code, ERR_INTERNAL);
	check_row(&read_request(row.id)->row, &after.row);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, 3);
}
END_TEST

START_TEST(requests_fall_due_in_order)
{
	static const int64_t wake[] = {50, 0, 30, 10, 90, 30};
	struct request_row rows[6];
	const char *const *ids = NULL;
	size_t count = 0;

	for (int i = 0; i < 6; i++) {
		rows[i] = fixture_row(fx.arena, i);
		rows[i].wake_at.us = wake[i];
		rows[i].open = i != 3; /* open or not */
	}
	fixture_insert_all(&fx, rows, 6);
	ck_assert(requests_due(fx.reader, (struct instant){9}, 10, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 0);
	ck_assert(requests_due(fx.reader, (struct instant){50}, 10, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 4);
	ck_assert_str_eq(ids[0], rows[3].id);
	ck_assert_str_eq(ids[1], rows[2].id);
	ck_assert_str_eq(ids[2], rows[5].id);
	ck_assert_str_eq(ids[3], rows[0].id);
	ck_assert(requests_due(fx.reader, (struct instant){50}, 2, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(ids[1], rows[2].id);
	struct task later = make_update(&rows[3], 2, "incomplete", true);
	later.row.wake_at.us = 0;
	ck_assert(task_do(&fx, &later));
	ck_assert(requests_due(fx.reader, (struct instant){INT64_MAX}, 10, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 4);
	ck_assert_str_eq(ids[0], rows[2].id);
}
END_TEST

/* The second event is an earlier one by its clock: what was last said until then counts. */
START_TEST(a_request_as_of_an_instant)
{
	static const int64_t at[] = {100, 90, 200};
	static const struct {
		int64_t at;
		int64_t version;
	} asked[] = {{89, 0}, {90, 2}, {99, 2}, {100, 2}, {199, 2}, {200, 3}, {INT64_MAX, 3}};
	struct task tasks[3];
	const struct request_row row = fixture_row(fx.arena, 1);

	fixture_insert(&fx, 2);
	for (int i = 0; i < 3; i++) {
		tasks[i] = make_update(&row, i + 1, "incomplete", true);
		tasks[i].run = i == 0 ? run_insert : run_update;
		tasks[i].event.at.us = at[i];
		ck_assert_msg(task_do(&fx, &tasks[i]), "%s", tasks[i].err.detail);
	}
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		const char *snapshot = "x";
		size_t length = 1;
		int64_t version = -1;
		ck_assert(request_as_of(fx.reader, row.id, (struct instant){asked[i].at}, fx.arena, &snapshot, &length, &version, &fx.err));
		ck_assert_int_eq(version, asked[i].version);
		ck_assert_pstr_eq(snapshot, version > 0 ? tasks[version - 1].event.snapshot : NULL);
		ck_assert_uint_eq(length, version > 0 ? strlen(snapshot) : 0);
	}
	ck_assert_int_eq(raw_run(&fx, "DELETE FROM event_detail WHERE sequence = 3"), SQLITE_OK);
	const char *snapshot = "x";
	size_t length = 1;
	int64_t version = -1;
	ck_assert(request_as_of(fx.reader, row.id, (struct instant){199}, fx.arena, &snapshot, &length, &version, &fx.err));
	ck_assert_int_eq(version, 2);
	ck_assert_ptr_null(snapshot); /* purged */
}
END_TEST

START_TEST(who_did_what)
{
	static const char *const all[] = {"a", "b", "c", "d", "e", "f", "received", "withdrawn"};
	struct request_row row = fixture_row(fx.arena, 1);
	bool found = true;

	fixture_insert_all(&fx, &row, 1);
	ck_assert(fixture_act(&fx, &row, "prn_2", "withdrawn", NULL, NULL));
	ck_assert(event_by(fx.reader, row.id, "prn_1", all, 6, &found, &fx.err));
	ck_assert(!found);
	ck_assert(event_by(fx.reader, row.id, "prn_1", all, 7, &found, &fx.err));
	ck_assert(found);
	ck_assert(event_by(fx.reader, row.id, "prn_2", all, 7, &found, &fx.err));
	ck_assert(!found);
	ck_assert(event_by(fx.reader, row.id, "prn_2", all, 8, &found, &fx.err));
	ck_assert(found);
	ck_assert(event_by(fx.reader, "req_none", "prn_2", all, 8, &found, &fx.err));
	ck_assert(!found);
	ck_assert(event_by(fx.reader, row.id, "prn_2", all, 0, &found, &fx.err));
	ck_assert(!found);
}
END_TEST

START_TEST(a_taken_number_is_refused)
{
	const struct request_row row = fixture_row(fx.arena, 1);
	fixture_insert_all(&fx, &row, 1);
	struct task task;
	task_init(&task, run_insert);
	task.row = fixture_row(fx.arena, 2);
	task.row.tracking_number = row.tracking_number;
	task.event = fixture_event(fx.arena, &task.row, "received");
	ck_assert(!task_do(&fx, &task));
	ck_assert_int_eq(task.err.code, ERR_BUSY);
	ck_assert_ptr_null(read_request(task.row.id));
}
END_TEST

START_TEST(an_unheard_of_status_is_refused)
{
	struct task task;
	task_init(&task, run_insert);
	task.row = fixture_row(fx.arena, 2);
	task.row.status = "denied_by_lapse";
	task.event = fixture_event(fx.arena, &task.row, "received");
	ck_assert(!task_do(&fx, &task));
	ck_assert_int_eq(task.err.code, ERR_INTERNAL);
}
END_TEST

START_TEST(a_body_too_large_is_refused_before_anything_is_written)
{
	struct task task;
	char *body = arena_alloc(fx.arena, (3 << 20) + 2);
	memset(body, 'x', (3 << 20) + 1);
	task_init(&task, run_insert);
	task.row = fixture_row(fx.arena, 2);
	task.event = fixture_event(fx.arena, &task.row, "received");
	task.body = body;
	ck_assert(!task_do(&fx, &task));
	ck_assert_int_eq(task.err.code, ERR_TOO_LARGE);
	body[3 << 20] = '\0';
	ck_assert(task_do(&fx, &task));
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("request");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_request_is_read_as_written);
	tcase_add_test(tcase, what_may_be_absent_is_absent_again);
	tcase_add_test(tcase, an_unknown_request_is_absent);
	tcase_add_test(tcase, a_change_is_the_next_version_with_its_own_snapshot);
	tcase_add_test(tcase, the_identity_of_a_request_stays);
	tcase_add_loop_test(tcase, a_change_that_must_not_be_writes_nothing, 0, sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_test(tcase, only_one_of_two_changes_of_one_version_wins);
	tcase_add_test(tcase, a_closed_request_takes_what_follows);
	tcase_add_test(tcase, requests_fall_due_in_order);
	tcase_add_test(tcase, a_request_as_of_an_instant);
	tcase_add_test(tcase, who_did_what);
	tcase_add_test(tcase, a_taken_number_is_refused);
	tcase_add_test(tcase, an_unheard_of_status_is_refused);
	tcase_add_test(tcase, a_body_too_large_is_refused_before_anything_is_written);
	return fixture_main(tcase);
}
