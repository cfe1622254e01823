/* SPDX-License-Identifier: Apache-2.0 */
/* A database of schema 1, made from its migration alone, is brought to the schema of today: nothing is lost, and it verifies. */
#include "fixture.h"

#include "base/embed.h"
#include "store/chain.h"

#include <check.h>
#include <string.h>
#include <sys/stat.h>

extern const struct embedded_files migrations_sqlite;

static struct fixture fx;

/* What stood in schema 1: one request each. */
static const struct old {
	const char *status;
	const char *waiting_on;
	int64_t missing;
	int64_t requested;
	const char *more; /* of the snapshot */
	const char *plan;
	const char *action; /* of the event that led there; NULL: it arrived so */
	const char *actor;
	unsigned tasks; /* expected */
	const char *decider; /* expected; NULL: no decision */
	const char *reason;
} olds[] = {
	{"manual_route", "plan", 0, 0, "\"proposed_return\":null,\"outreach\":null", "{}", NULL, NULL, 1, NULL, NULL},
	{"incomplete", "provider", 3, 1, "\"proposed_return\":null,\"outreach\":{\"made\":1,\"required_before_return\":3}", "{}",
	 "outreach_attempted", "prn_int", 8 | 2, NULL, NULL},
	{"incomplete", "provider", 3, 0, "\"proposed_return\":null,\"outreach\":{\"made\":3,\"required_before_return\":3}", "{}",
	 "outreach_attempted", "prn_int", 8, NULL, NULL},
	{"incomplete", "plan", 1, 0, "\"proposed_return\":{\"reason\":\"not_eligible\"},\"outreach\":null", "{}", NULL, NULL, 8 | 4, NULL,
	 NULL},
	{"pending_con", "con_reviewer", 0, 0, "\"proposed_return\":null,\"outreach\":null", "{}", "information_supplied", "prn_1", 16,
	 NULL, NULL},
	{"in_review", "plan", 0, 0, "\"proposed_return\":null", "{}", NULL, NULL, 32, NULL, NULL},
	{"in_review", "provider", 0, 2, "\"other\":1", "{}", "information_requested", "prn_rev", 32 | 8, NULL, NULL},
	{"returned", "provider", 2, 0, "\"decision\":null",
	 "{\"return\":{\"reason\":\"missing_components\",\"at\":\"x\",\"by\":\"prn_int\",\"note\":null}}", "returned", "prn_int", 0, "prn_int",
	 "missing_components"},
	{"returned", "provider", 2, 0, "\"decision\":null",
	 "{\"return\":{\"reason\":\"not_eligible\",\"at\":\"x\",\"by\":\"system\",\"note\":null}}", "plan_facts_recorded", "prn_int", 0, "system",
	 "not_eligible"},
	{"withdrawn", "nobody", 1, 0, "\"decision\":null", "{\"withdrawal\":{\"reason\":\"other\",\"by\":\"prn_1\"}}", "withdrawn", "prn_1", 0,
	 "prn_1", "other"},
	{"not_required", "nobody", 0, 0, "\"decision\":null", "{}", NULL, NULL, 0, "system", NULL},
};
enum { OLDS = sizeof(olds) / sizeof(olds[0]) };

static struct request_row rows[OLDS];
static int64_t events;

/* ---- the builder ---- */

static struct chain_head head;

static sqlite3_stmt *prepare(sqlite3 *handle, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	ck_assert_msg(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(handle));
	return statement;
}

static void run(sqlite3_stmt *statement)
{
	ck_assert_msg(sqlite3_step(statement) == SQLITE_DONE, "%s", sqlite3_errmsg(sqlite3_db_handle(statement)));
	sqlite3_finalize(statement);
}

static void bind(sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

static void add_event(sqlite3 *handle, const struct request_row *row, const char *action, const char *actor, const char *more)
{
	struct event_row event = fixture_event(fx.arena, row, action);

	event.actor = actor;
	fixture_say(&event, fixture_snapshot(fx.arena, row, more));
	const struct digest hash = chain_hash(head.sequence + 1, &event, NULL, &head.hash);
	sqlite3_stmt *insert = prepare(handle, "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
	sqlite3_bind_int64(insert, 1, head.sequence + 1);
	sqlite3_bind_int64(insert, 2, event.at.us);
	bind(insert, 3, event.actor);
	bind(insert, 4, event.actor_role);
	bind(insert, 5, event.action);
	bind(insert, 6, event.request_id);
	sqlite3_bind_blob(insert, 7, event.detail_digest.bytes, DIGEST_SIZE, SQLITE_TRANSIENT);
	sqlite3_bind_blob(insert, 8, head.hash.bytes, DIGEST_SIZE, SQLITE_TRANSIENT);
	sqlite3_bind_blob(insert, 9, hash.bytes, DIGEST_SIZE, SQLITE_TRANSIENT);
	run(insert);
	head = (struct chain_head){head.sequence + 1, hash};
	insert = prepare(handle, "INSERT INTO event_detail VALUES (?1, ?2, ?3)");
	sqlite3_bind_int64(insert, 1, head.sequence);
	sqlite3_bind_blob(insert, 2, event.salt, sizeof(event.salt), SQLITE_TRANSIENT);
	bind(insert, 3, event.snapshot);
	run(insert);
	insert = prepare(handle, "INSERT INTO event_feed SELECT organization, ?1, payer FROM request WHERE id = ?2");
	sqlite3_bind_int64(insert, 1, head.sequence);
	bind(insert, 2, row->id);
	run(insert);
}

static void add_request(sqlite3 *handle, const struct request_row *row, const char *plan)
{
	sqlite3_stmt *insert = prepare(handle,
		"INSERT INTO request (id, version, tracking_number, payer, service, review, urgency, status, waiting_on, open,"
		" received_at, due_at, act_by, act_by_rule, organization, submitter_reference, member_birth_date, provider_npi,"
		" policy_id, policy_version, missing_count, requested_count, member_id, policy_digest, last_event)"
		" VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)");
	const char *const texts[] = {row->id, row->tracking_number, row->payer, row->service, row->review, row->urgency, row->status,
	                             row->waiting_on};
	for (int i = 0; i < 8; i++) {
		bind(insert, i + 1, texts[i]);
	}
	sqlite3_bind_int(insert, 9, row->open);
	sqlite3_bind_int64(insert, 10, row->received_at.us);
	sqlite3_bind_int64(insert, 11, row->due_at.us);
	sqlite3_bind_int64(insert, 12, row->act_by.us);
	bind(insert, 13, row->act_by_rule);
	bind(insert, 14, row->organization);
	bind(insert, 15, row->submitter_reference);
	bind(insert, 16, row->member_birth_date);
	bind(insert, 17, row->provider_npi);
	bind(insert, 18, row->policy_id);
	bind(insert, 19, row->policy_version);
	sqlite3_bind_int64(insert, 20, row->missing_count);
	sqlite3_bind_int64(insert, 21, row->requested_count);
	bind(insert, 22, row->member_id);
	bind(insert, 23, row->policy_digest);
	sqlite3_bind_int64(insert, 24, head.sequence + 1);
	run(insert);
	insert = prepare(handle, "INSERT INTO request_body VALUES (last_insert_rowid(), ?1)");
	bind(insert, 1, arena_printf(fx.arena, "{\"body\":{\"reference\":\"%s\"},\"plan\":%s}", row->id, plan));
	run(insert);
}

/* Arrived incomplete, and brought to where it stands by a second event when there is one. */
static void add_old(sqlite3 *handle, int number)
{
	const struct old *old = &olds[number];
	struct request_row *row = &rows[number];

	*row = fixture_row(fx.arena, number);
	row->status = old->status;
	row->waiting_on = old->waiting_on;
	row->missing_count = old->missing;
	row->requested_count = old->requested;
	row->open = old->decider == NULL;
	row->tasks = old->tasks;
	row->due_at.us = 1796000000123456 + number;
	struct request_row first = *row;
	if (old->action != NULL) {
		first.status = "incomplete";
		first.waiting_on = "provider";
		first.open = true;
	}
	add_request(handle, &first, old->plan);
	add_event(handle, &first, "received", "prn_1", old->action == NULL ? old->more : NULL);
	if (old->action == NULL) {
		return;
	}
	row->version = 2;
	sqlite3_stmt *update = prepare(handle, "UPDATE request SET version = 2, status = ?2, waiting_on = ?3, open = ?4, last_event = ?5"
	                                       " WHERE id = ?1");
	bind(update, 1, row->id);
	bind(update, 2, row->status);
	bind(update, 3, row->waiting_on);
	sqlite3_bind_int(update, 4, row->open);
	sqlite3_bind_int64(update, 5, head.sequence + 1);
	run(update);
	add_event(handle, row, old->action, old->actor, old->more);
}

static void build(void)
{
	const struct embedded_file *first = &migrations_sqlite.files[0];

	ck_assert_str_eq(first->name, "0001_records.sql");
	head = (struct chain_head){.sequence = 0};
	sqlite3 *handle = NULL;
	ck_assert_int_eq(sqlite3_open(fx.path, &handle), SQLITE_OK);
	ck_assert_int_eq(chmod(fx.path, 0600), 0);
	ck_assert_msg(sqlite3_exec(handle, first->bytes, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(handle));
	ck_assert_int_eq(sqlite3_exec(handle, "PRAGMA foreign_keys = ON; BEGIN", NULL, NULL, NULL), SQLITE_OK);
	for (int i = 0; i < OLDS; i++) {
		add_old(handle, i);
	}
	ck_assert_msg(sqlite3_exec(handle,
		"INSERT INTO idempotency VALUES ('prn_1', 'key', zeroblob(32), 1, 1);"
		"INSERT INTO policy_text VALUES ('982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1', 'p', '1', 'text');"
		"INSERT INTO principal VALUES ('prn_1', 'provider', 'org-1', '', NULL, zeroblob(32), 1, NULL, NULL); COMMIT",
		NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(handle));
	sqlite3_close(handle);
	events = head.sequence;
}

static void setup(void)
{
	fixture_prepare(&fx);
	build();
	ck_assert_int_eq(raw_number(&fx, "PRAGMA user_version"), 1);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

/* ---- what became of it ---- */

static void check_request(int number)
{
	const struct old *old = &olds[number];
	const struct request_row *row = &rows[number];
	const struct request_view *view = NULL;
	const char *body = NULL;
	size_t length = 0;

	ck_assert(request_read(fx.reader, row->id, fx.arena, &view, &fx.err));
	ck_assert_ptr_nonnull(view);
	ck_assert_str_eq(view->row.status, row->status);
	ck_assert_str_eq(view->row.waiting_on, row->waiting_on);
	ck_assert_str_eq(view->row.member_id, row->member_id);
	ck_assert_str_eq(view->row.policy_digest, row->policy_digest);
	ck_assert_str_eq(view->row.act_by_rule, row->act_by_rule);
	ck_assert_int_eq(view->row.version, row->version);
	ck_assert_int_eq(view->row.due_at.us, row->due_at.us);
	ck_assert_int_eq(view->row.act_by.us, row->act_by.us);
	ck_assert_int_eq(view->row.open, row->open);
	ck_assert_msg(view->row.tasks == old->tasks, "%d %s: tasks %u, not %u", number, row->status, view->row.tasks, old->tasks);
	ck_assert_int_eq(view->row.wake_at.us, row->open ? row->received_at.us : 0);
	ck_assert_ptr_null(view->row.authorization_number);
	ck_assert_str_eq(view->snapshot, fixture_snapshot(fx.arena, row, old->more));
	ck_assert(request_body_read(fx.reader, row->id, fx.arena, &body, &length, &fx.err));
	ck_assert_str_eq(body, arena_printf(fx.arena, "{\"body\":{\"reference\":\"%s\"},\"plan\":%s}", row->id, old->plan));
}

static void check_decision(int number)
{
	const struct old *old = &olds[number];
	const struct request_row *row = &rows[number];
	const struct decision_view *view = NULL;

	ck_assert(decision_read(fx.reader, arena_printf(fx.arena, "dec_%s", row->id + 4), fx.arena, &view, &fx.err));
	if (old->decider == NULL) {
		ck_assert_ptr_null(view);
		return;
	}
	ck_assert_msg(view != NULL, "%d has no decision", number);
	ck_assert_str_eq(view->row.disposition, old->status);
	ck_assert_str_eq(view->row.decider, old->decider);
	ck_assert_str_eq(view->row.decider_role, strcmp(old->decider, "system") == 0 ? "system" : "provider");
	ck_assert_pstr_eq(view->row.reason, old->reason);
	ck_assert_ptr_null(view->row.outcome);
	ck_assert_str_eq(view->tracking_number, row->tracking_number);
	ck_assert_int_eq(view->row.decided_at.us, row->received_at.us);
	ck_assert_ptr_null(view->superseded_by);
}

static void check_all(void)
{
	int64_t count = 0;

	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, events);
	for (int i = 0; i < OLDS; i++) {
		check_request(i);
		check_decision(i);
	}
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM event_feed"), events);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM idempotency WHERE key = 'key'"), 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM policy_text WHERE text = 'text'"), 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM principal WHERE id = 'prn_1'"), 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

START_TEST(a_database_of_schema_1_is_kept_whole)
{
	fixture_open(&fx);
	ck_assert_int_eq(raw_number(&fx, "PRAGMA user_version"), (int64_t)migrations_sqlite.count);
	check_all();
	fixture_close(&fx);
	fixture_open(&fx); /* nothing is done twice */
	check_all();
}
END_TEST

START_TEST(it_goes_on)
{
	fixture_open(&fx);
	const struct decision_row denial = fixture_denial(fx.arena, &rows[5]);
	ck_assert_msg(fixture_act(&fx, &rows[5], "prn_rev", "determined", NULL, &denial), "%s", fx.err.detail);
	ck_assert_msg(fixture_act(&fx, &rows[7], "prn_int", "notice_recorded", NULL, NULL), "%s", fx.err.detail);
	const struct decision_row again = fixture_denial(fx.arena, &rows[7]);
	ck_assert(!fixture_act(&fx, &rows[7], "prn_rev", "determined", NULL, &again));
	struct worklist_query query = {.organization = "org-1", .tasks = 8, .open_only = true, .limit = 50};
	struct worklist_page page;
	ck_assert(worklist_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 4);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, events + 2);
}
END_TEST

/* What cannot be migrated stays as it was. */
START_TEST(a_migration_that_fails_changes_nothing)
{
	ck_assert_int_eq(raw_run(&fx, "CREATE TABLE appeal (a)"), SQLITE_OK);
	struct store *store = store_open(&fx.options, &fx.err);
	ck_assert_ptr_null(store);
	ck_assert_msg(strstr(fx.err.detail, "0002_decisions.sql") != NULL, "%s", fx.err.detail);
	ck_assert_int_eq(raw_number(&fx, "PRAGMA user_version"), 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM sqlite_master WHERE name IN ('decision', 'request_by_wake')"), 0);
	ck_assert_int_eq(raw_run(&fx, "DROP TABLE appeal"), SQLITE_OK);
	fixture_open(&fx);
	check_all();
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("migration");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_database_of_schema_1_is_kept_whole);
	tcase_add_test(tcase, it_goes_on);
	tcase_add_test(tcase, a_migration_that_fails_changes_nothing);
	return fixture_main(tcase);
}
