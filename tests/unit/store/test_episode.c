/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that continue others: what may be inserted, what the database refuses by itself, what verification finds, what is read. */
#include "fixture.h"

#include <check.h>
#include <string.h>

/* By number: 1 approved and continued by 2, which is open; 3 approved; 4 denied; 5 in review; 6 approved, of day treatment. */
enum { REQUESTS = 7 };
static struct fixture fx;
static struct request_row rows[REQUESTS];

static const char papers[] = "{\"body\":{\"lines\":[{\"code\":\"T2048\"}],\"service_period\":{\"start\":\"2026-12-01\"}},"
			     "\"plan\":{\"authorization\":{\"number\":\"AU-1\"}}}";

static bool insert(const struct request_row *row)
{
	struct task task;

	task_init(&task, run_insert);
	task.row = *row;
	task.body = papers;
	task.event = fixture_event(fx.arena, row, "received");
	const bool good = task_do(&fx, &task);
	fx.err = task.err;
	return good;
}

static void make(int number, const char *outcome)
{
	struct request_row *row = &rows[number];

	*row = fixture_row(fx.arena, number);
	row->status = "in_review";
	row->service = number == 6 ? "PDTS" : "PRTS";
	ck_assert_msg(insert(row), "%s", fx.err.detail);
	if (outcome != NULL) {
		const struct decision_row denial = fixture_denial(fx.arena, row);
		const struct decision_row approval = fixture_approval(fx.arena, row);
		ck_assert_msg(fixture_act(&fx, row, "prn_rev", "determined", NULL,
					  strcmp(outcome, "denied") == 0 ? &denial : &approval),
			      "%s", fx.err.detail);
	}
}

/* Request NUMBER, which goes on with EARLIER. */
static struct request_row onward(int number, const struct request_row *earlier)
{
	struct request_row row = fixture_row(fx.arena, number);

	row.status = "in_review";
	row.review = "concurrent";
	row.continues = earlier->id;
	row.episode = earlier->episode != NULL ? earlier->episode : earlier->id;
	return row;
}

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
	make(1, "approved");
	make(3, "approved");
	make(4, "denied");
	make(5, NULL);
	make(6, "approved");
	rows[2] = onward(2, &rows[1]);
	ck_assert_msg(insert(&rows[2]), "%s", fx.err.detail);
	ck_assert_int_eq(
		raw_run(&fx,
			"INSERT INTO policy_text VALUES ('982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',"
			" 'trillium-prts', '2026-01', 'text')"),
		SQLITE_OK);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static void must_refuse(const struct request_row *row, enum err_code code, const char *says)
{
	const int64_t events = raw_number(&fx, "SELECT count(*) FROM event");

	ck_assert_msg(!insert(row), "%s was taken", says);
	ck_assert_msg(fx.err.code == code && strstr(fx.err.detail, says) != NULL, "%s: %s", says, fx.err.detail);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM event"), events);
}

static const struct onlooker anybody = {NULL, 0};

START_TEST(what_is_approved_is_continued_once)
{
	struct request_row again = onward(20, &rows[1]);
	const struct request_row of_denied = onward(21, &rows[4]);
	const struct request_row of_open = onward(22, &rows[5]);
	const struct request_row of_nothing = onward(23, &again);

	must_refuse(&again, ERR_TRANSITION, "an open request continues");
	must_refuse(&of_denied, ERR_TRANSITION, "only a request that is approved");
	must_refuse(&of_open, ERR_TRANSITION, "only a request that is approved");
	must_refuse(&of_nothing, ERR_NOT_FOUND, "there is no request");
	ck_assert(!episode_open(fx.reader, rows[1].id, &anybody, &fx.err));
	ck_assert(episode_open(fx.reader, rows[3].id, &anybody, &fx.err));
}
END_TEST

/* Whom the request that stands in the way does not exist for is refused, without being told of it; a question has no such request. */
START_TEST(what_stands_in_the_way_is_not_told_to_everybody)
{
	static const struct onlooker other = {"another organization", 0};
	struct request_row again = onward(20, &rows[1]);

	again.onlooker = other;
	must_refuse(&again, ERR_TRANSITION, "cannot be continued");
	ck_assert(strstr(fx.err.detail, "open") == NULL && strstr(fx.err.detail, "already") == NULL);
	ck_assert(episode_open(fx.reader, rows[1].id, &other, &fx.err));
	ck_assert(!episode_open(fx.reader, rows[4].id, &other, &fx.err));
}
END_TEST

START_TEST(after_a_denial_it_is_continued_again)
{
	const struct decision_row denial = fixture_denial(fx.arena, &rows[2]);
	struct request_row again = onward(20, &rows[1]);

	ck_assert_msg(fixture_act(&fx, &rows[2], "prn_rev", "determined", NULL, &denial), "%s", fx.err.detail);
	ck_assert_msg(insert(&again), "%s", fx.err.detail);
	const struct decision_row approval = fixture_approval(fx.arena, &again);
	ck_assert_msg(fixture_act(&fx, &again, "prn_rev", "determined", NULL, &approval), "%s", fx.err.detail);
	const struct request_row third = onward(21, &rows[1]);
	must_refuse(&third, ERR_TRANSITION, "another authorization continues");
	/* The newest of the episode is the one to go on with. */
	const struct request_row next = onward(22, &again);
	ck_assert_str_eq(next.episode, rows[1].id);
	ck_assert_msg(insert(&next), "%s", fx.err.detail);
}
END_TEST

START_TEST(an_approval_that_was_corrected_is_not_continued)
{
	struct decision_row denial = fixture_denial(fx.arena, &rows[3]);
	const struct request_row next = onward(20, &rows[3]);

	denial.supersedes = denial.id;
	denial.id = "dec_again";
	ck_assert_msg(fixture_act(&fx, &rows[3], "prn_rev", "corrected", NULL, &denial), "%s", fx.err.detail);
	must_refuse(&next, ERR_TRANSITION, "only a request that is approved");
}
END_TEST

/* ---- what the database refuses by itself ---- */

#define REQ(number) "'req_01HZZZZZZZZZZZZZZZZZ00000" number "'"
/* A copy of the one that continues, spoilt in one place. */
#define COPY(change) \
	"CREATE TEMP TABLE t AS SELECT * FROM request WHERE id = " REQ( \
		"2") "; UPDATE t SET number = NULL, id = 'req_new'," \
		     " tracking_number = 'AR-N', last_event = 9999, " change "; INSERT INTO main.request SELECT * FROM t"

static const struct {
	const char *sql;
	const char *says;
} refused[] = {
	{COPY("status = 'in_review'"), "continued already"},
	{COPY("continues = " REQ("4") ", episode = " REQ("4")), "only what was approved is continued"},
	{COPY("continues = " REQ("5") ", episode = " REQ("5")), "only what was approved is continued"},
	{COPY("continues = 'req_none', episode = 'req_none'"), "of its payer, service and episode"},
	{COPY("continues = " REQ("6") ", episode = " REQ("6")), "of its payer, service and episode"},
	{COPY("continues = " REQ("3")), "of its payer, service and episode"},
	{COPY("continues = " REQ("3") ", episode = " REQ("3") ", payer = 'tufts'"), "of its payer, service and episode"},
	{COPY("continues = " REQ("3") ", episode = NULL"), "of its payer, service and episode"},
	{COPY("continues = NULL"), "belongs to an episode"},
	{"UPDATE request SET continues = NULL WHERE number = 6", "does not change"},
	{"UPDATE request SET episode = NULL", "does not change"},
	{"UPDATE request SET continues = " REQ("3") ", episode = " REQ("3") " WHERE number = 4", "does not change"},
	{"DROP TRIGGER request_continues; " COPY("status = 'in_review'"), "UNIQUE constraint failed: request.continues"},
};

START_TEST(the_database_refuses_it_too)
{
	sqlite3 *handle = raw_open(&fx);
	char *says = NULL;

	ck_assert_msg(sqlite3_exec(handle, refused[_i].sql, NULL, NULL, &says) == SQLITE_CONSTRAINT, "%s: %s", refused[_i].sql,
		      says);
	ck_assert_msg(strstr(says, refused[_i].says) != NULL, "%s: %s", refused[_i].sql, says);
	sqlite3_free(says);
	sqlite3_close(handle);
}
END_TEST

START_TEST(the_database_takes_what_is_right)
{
	ck_assert_int_eq(raw_run(&fx, "PRAGMA foreign_keys = OFF; " COPY("continues = " REQ("3") ", episode = " REQ("3"))),
			 SQLITE_OK);
}
END_TEST

/* ---- what verification finds ---- */

static const char *const changes[] = {
	"UPDATE request SET continues = NULL, episode = NULL WHERE id = " REQ("2"),
	"UPDATE request SET continues = " REQ("3") " WHERE id = " REQ("2"),
	"UPDATE request SET episode = " REQ("3") " WHERE id = " REQ("2"),
	"UPDATE request SET continues = " REQ("1") ", episode = " REQ("1") " WHERE id = " REQ("3"),
};

START_TEST(every_change_of_it_is_found)
{
	int64_t count = 0;

	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(raw_run(&fx, "DROP TRIGGER request_continues_for_good; DROP TRIGGER request_next_version;"),
			 SQLITE_OK);
	ck_assert_int_eq(raw_run(&fx, changes[_i]), SQLITE_OK);
	ck_assert_msg(!events_verify(fx.reader, &count, &fx.err), "not found: %s", changes[_i]);
	ck_assert_msg(strstr(fx.err.detail, "are not what event") != NULL, "%s", fx.err.detail);
}
END_TEST

/* ---- what is read ---- */

START_TEST(an_episode_is_read_in_order)
{
	const struct episode_row *list = NULL;
	const struct request_view *view = NULL;
	size_t count = 0;

	ck_assert_msg(episode_read(fx.reader, rows[1].id, fx.arena, &list, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(list[0].id, rows[1].id);
	ck_assert_str_eq(list[1].id, rows[2].id);
	ck_assert_ptr_null(list[0].continues);
	ck_assert_str_eq(list[1].continues, rows[1].id);
	ck_assert_str_eq(list[0].outcome, "approved");
	ck_assert_ptr_null(list[1].outcome);
	ck_assert_str_eq(list[0].authorization, "{\"number\":\"AU-1\"}");
	ck_assert_str_eq(list[0].period, "{\"start\":\"2026-12-01\"}");
	ck_assert_str_eq(list[0].lines, "[{\"code\":\"T2048\"}]");
	ck_assert(request_read(fx.reader, rows[2].id, fx.arena, &view, &fx.err));
	ck_assert_str_eq(view->row.episode, rows[1].id);
	ck_assert(episode_read(fx.reader, rows[3].id, fx.arena, &list, &count, &fx.err));
	ck_assert_uint_eq(count, 1);
}
END_TEST

START_TEST(what_a_member_is_authorized_for)
{
	const struct authorized_row *list = NULL;
	size_t count = 0;
	struct authorized_query query = {.member_id = "OHP1", .payer = "trillium", .episode = ""};

	ck_assert_msg(authorized_read(fx.reader, &query, fx.arena, &list, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_uint_eq(count, 3);
	query.episode = rows[1].id;
	ck_assert(authorized_read(fx.reader, &query, fx.arena, &list, &count, &fx.err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(list[0].authorization, "{\"number\":\"AU-1\"}");
	query.organization = "org-2";
	ck_assert(authorized_read(fx.reader, &query, fx.arena, &list, &count, &fx.err));
	ck_assert_uint_eq(count, 0);
	query = (struct authorized_query){.member_id = "OHP2", .payer = "trillium", .episode = ""};
	ck_assert(authorized_read(fx.reader, &query, fx.arena, &list, &count, &fx.err));
	ck_assert_uint_eq(count, 0);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("episode");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, what_is_approved_is_continued_once);
	tcase_add_test(tcase, what_stands_in_the_way_is_not_told_to_everybody);
	tcase_add_test(tcase, after_a_denial_it_is_continued_again);
	tcase_add_test(tcase, an_approval_that_was_corrected_is_not_continued);
	tcase_add_loop_test(tcase, the_database_refuses_it_too, 0, sizeof(refused) / sizeof(refused[0]));
	tcase_add_test(tcase, the_database_takes_what_is_right);
	tcase_add_loop_test(tcase, every_change_of_it_is_found, 0, sizeof(changes) / sizeof(changes[0]));
	tcase_add_test(tcase, an_episode_is_read_in_order);
	tcase_add_test(tcase, what_a_member_is_authorized_for);
	return fixture_main(tcase);
}
