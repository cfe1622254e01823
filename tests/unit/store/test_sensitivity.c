/* SPDX-License-Identifier: Apache-2.0 */
/* Labels of sensitivity: they stay, they are handed on, lists leave them out and pages stay full, and a label that is gone is noticed. */
#include "fixture.h"

#include "base/label.h"

#include <check.h>
#include <string.h>

enum { REQUESTS = 12 };

static struct fixture fx;
static const char *const payers[] = {"trillium"};

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

/* Every third request is labelled. */
static void insert_all(void)
{
	struct request_row rows[REQUESTS];

	for (int i = 0; i < REQUESTS; i++) {
		rows[i] = fixture_row(fx.arena, i);
		rows[i].sensitivity = i % 3 == 0 ? LABEL_SUBSTANCE_USE : 0;
	}
	fixture_insert_all(&fx, rows, REQUESTS);
}

static const struct request_view *read(const char *id)
{
	const struct request_view *view = NULL;

	ck_assert_msg(request_read(fx.reader, id, fx.arena, &view, &fx.err), "%s", fx.err.detail);
	ck_assert_ptr_nonnull(view);
	return view;
}

static bool update(const struct request_row *row)
{
	struct task task;

	task_init(&task, run_update);
	task.row = *row;
	task.body = NULL;
	task.event = fixture_event(fx.arena, row, "information_supplied");
	return task_do(&fx, &task);
}

START_TEST(a_label_stays)
{
	struct request_row row = fixture_row(fx.arena, 1);

	fixture_insert_all(&fx, &row, 1);
	ck_assert_uint_eq(read(row.id)->row.sensitivity, 0);
	row.version++;
	row.sensitivity = LABEL_SUBSTANCE_USE;
	ck_assert(update(&row));
	ck_assert_uint_eq(read(row.id)->row.sensitivity, LABEL_SUBSTANCE_USE);
	row.version++;
	row.sensitivity = 0; /* what a use case forgets is not taken away */
	ck_assert(update(&row));
	ck_assert_uint_eq(read(row.id)->row.sensitivity, LABEL_SUBSTANCE_USE);
	row.version++;
	row.sensitivity = 1U << 3; /* a label of another program */
	ck_assert(update(&row));
	ck_assert_uint_eq(read(row.id)->row.sensitivity, LABEL_SUBSTANCE_USE | 1U << 3);
}
END_TEST

START_TEST(the_database_takes_none_away)
{
	static const char *const changes[] = {
		"UPDATE request SET sensitivity = 0, version = version + 1, last_event = last_event + 1",
		"UPDATE request SET sensitivity = 2, version = version + 1, last_event = last_event + 1",
		"UPDATE request SET sensitivity = -1, version = version + 1, last_event = last_event + 1",
		"UPDATE request SET sensitivity = 65537, version = version + 1, last_event = last_event + 1",
		"UPDATE request SET sensitivity = NULL, version = version + 1, last_event = last_event + 1",
		"UPDATE principal SET entitled = -1",
		"UPDATE principal SET entitled = 65536",
	};

	insert_all();
	ck_assert_int_eq(raw_run(&fx, "INSERT INTO principal (id, role, payers, token_digest, created_at)"
	                              " VALUES ('prn_1', 'auditor', 'p', zeroblob(32), 1)"),
	                 SQLITE_OK);
	ck_assert_int_eq(raw_number(&fx, "SELECT entitled FROM principal"), 0);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		ck_assert_msg(raw_run(&fx, changes[i]) != SQLITE_OK, "%s", changes[i]);
	}
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request WHERE sensitivity = 1"), REQUESTS / 3);
}
END_TEST

/* ---- lists ---- */

/* The ids of every page of LIMIT rows, each followed by its label. */
static const char *pages(struct worklist_query query, size_t limit)
{
	const char *text = "";
	struct worklist_page page;

	query.limit = limit;
	do {
		ck_assert_msg(worklist_read(fx.reader, &query, fx.arena, &page, &fx.err), "%s", fx.err.detail);
		ck_assert(!page.more || page.count == limit);
		for (size_t i = 0; i < page.count; i++) {
			text = arena_printf(fx.arena, "%s%s:%u ", text, page.rows[i].id + strlen(page.rows[i].id) - 2,
			                    page.rows[i].sensitivity);
			query.after_id = page.rows[i].id;
			query.after_act_by = page.rows[i].act_by;
		}
	} while (page.more);
	return text;
}

START_TEST(worklists_leave_them_out)
{
	static const char all[] = "00:1 01:0 02:0 03:1 04:0 05:0 06:1 07:0 08:0 09:1 10:0 11:0 ";
	static const char seen[] = "01:0 02:0 04:0 05:0 07:0 08:0 10:0 11:0 ";
	const struct worklist_query queries[] = {
		{.payers = payers, .payer_count = 1},
		{.payers = payers, .payer_count = 1, .open_only = true},
		{.payers = payers, .payer_count = 1, .provider_npi = "1234567893"},
		{.payers = payers, .payer_count = 1, .member_id = "OHP1"},
		{.payers = payers, .payer_count = 1, .submitter_reference = "CR-1"},
		{.organization = "org-1"},
	};

	insert_all();
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		for (size_t limit = 1; limit <= REQUESTS + 1; limit++) {
			struct worklist_query query = queries[i];
			ck_assert_str_eq(pages(query, limit), all);
			query.hidden = LABELS_ANY;
			ck_assert_str_eq(pages(query, limit), seen);
			query.hidden = LABELS_ANY & ~(unsigned)LABEL_SUBSTANCE_USE;
			ck_assert_str_eq(pages(query, limit), all);
		}
	}
}
END_TEST

START_TEST(the_feed_leaves_them_out_also_what_came_before_the_label)
{
	struct worklist_query scope = {.payers = payers, .payer_count = 1};
	struct event_page page;
	struct request_row row = fixture_row(fx.arena, 50);

	insert_all();
	fixture_insert_all(&fx, &row, 1);
	ck_assert(feed_read(fx.reader, &scope, 0, 100, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, REQUESTS + 1);
	ck_assert_uint_eq(page.events[0].sensitivity, LABEL_SUBSTANCE_USE);
	scope.hidden = LABELS_ANY;
	ck_assert(feed_read(fx.reader, &scope, 0, 100, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, REQUESTS - REQUESTS / 3 + 1);
	ck_assert(feed_read(fx.reader, &scope, 0, 2, fx.arena, &page, &fx.err));
	ck_assert(page.count == 2 && page.more);
	row.version++;
	row.sensitivity = LABEL_SUBSTANCE_USE;
	ck_assert(update(&row));
	ck_assert(feed_read(fx.reader, &scope, 0, 100, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, REQUESTS - REQUESTS / 3);
}
END_TEST

/* ---- what follows from an approval ---- */

/* Approves ROW; the decision's id. */
static const char *approve(struct request_row *row)
{
	struct request_row review = *row;
	struct decision_row decision = fixture_approval(fx.arena, row);

	ck_assert_msg(fixture_act(&fx, &review, "prn_rev", "finding_recorded", NULL, NULL), "%s", fx.err.detail);
	ck_assert_msg(fixture_act(&fx, &review, "prn_rev", "determined", NULL, &decision), "%s", fx.err.detail);
	*row = review;
	return decision.id;
}

START_TEST(decisions_leave_them_out)
{
	struct request_row row = fixture_row(fx.arena, 1);
	struct decisions_query query = {.payers = payers, .payer_count = 1, .late = -1, .limit = 5};
	struct decision_page page;
	const struct decision_view *view = NULL;

	row.status = "in_review";
	row.sensitivity = LABEL_SUBSTANCE_USE;
	fixture_insert_all(&fx, &row, 1);
	const char *id = approve(&row);
	ck_assert(decisions_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 1);
	ck_assert_uint_eq(page.rows[0].sensitivity, LABEL_SUBSTANCE_USE);
	ck_assert(decision_read(fx.reader, id, fx.arena, &view, &fx.err));
	ck_assert_uint_eq(view->sensitivity, LABEL_SUBSTANCE_USE);
	query.hidden = LABELS_ANY;
	ck_assert(decisions_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 0);
}
END_TEST

START_TEST(what_is_held_elsewhere_tells_nothing_of_them)
{
	struct request_row rows[] = {fixture_row(fx.arena, 1), fixture_row(fx.arena, 2)};
	const struct authorized_query query = {.member_id = "OHP1", .payer = "trillium", .episode = ""};
	const struct authorized_row *held = NULL;
	size_t count = 0;

	rows[0].sensitivity = LABEL_SUBSTANCE_USE;
	for (size_t i = 0; i < 2; i++) {
		rows[i].status = "in_review";
		fixture_insert_all(&fx, &rows[i], 1);
		(void)approve(&rows[i]);
		ck_assert(authorized_read(fx.reader, &query, fx.arena, &held, &count, &fx.err));
		ck_assert_uint_eq(count, i);
	}
}
END_TEST

START_TEST(what_continues_a_labelled_request_is_labelled)
{
	struct request_row row = fixture_row(fx.arena, 1);
	struct request_row next = fixture_row(fx.arena, 2);

	row.status = "in_review";
	row.sensitivity = LABEL_SUBSTANCE_USE;
	fixture_insert_all(&fx, &row, 1);
	(void)approve(&row);
	next.continues = next.episode = row.id;
	fixture_insert_all(&fx, &next, 1); /* which knew nothing of it when it was prepared */
	ck_assert_uint_eq(read(next.id)->row.sensitivity, LABEL_SUBSTANCE_USE);
}
END_TEST

/* ---- the audit ---- */

START_TEST(a_label_that_is_gone_is_noticed)
{
	int64_t count = 0;

	insert_all();
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(raw_run(&fx, "DROP TRIGGER request_sensitivity_stays; DROP TRIGGER request_next_version;"
	                              " UPDATE request SET sensitivity = 0 WHERE sensitivity = 1 AND number = 4"),
	                 SQLITE_OK);
	ck_assert(!events_verify(fx.reader, &count, &fx.err));
	ck_assert_int_eq(raw_run(&fx, "UPDATE request SET sensitivity = 1 WHERE number = 4"), SQLITE_OK);
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(raw_run(&fx, "UPDATE request SET sensitivity = 1 WHERE number = 2"), SQLITE_OK);
	ck_assert(!events_verify(fx.reader, &count, &fx.err));
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("sensitivity");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_label_stays);
	tcase_add_test(tcase, the_database_takes_none_away);
	tcase_add_test(tcase, worklists_leave_them_out);
	tcase_add_test(tcase, the_feed_leaves_them_out_also_what_came_before_the_label);
	tcase_add_test(tcase, decisions_leave_them_out);
	tcase_add_test(tcase, what_is_held_elsewhere_tells_nothing_of_them);
	tcase_add_test(tcase, what_continues_a_labelled_request_is_labelled);
	tcase_add_test(tcase, a_label_that_is_gone_is_noticed);
	return fixture_main(tcase);
}
