/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain of events: what the database refuses by itself, and what verification finds once its guards are
 * taken away.
 */
#include "fixture.h"

#include "store/chain.h"

#include <check.h>
#include <string.h>

enum { EVENTS = 12 };

static struct fixture fx;

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
	for (int i = 0; i < EVENTS; i++) {
		fixture_insert(&fx, i);
	}
}

static void teardown(void)
{
	fixture_finish(&fx);
}

#define VALUES "at, actor, actor_role, action, request_id, detail_digest, previous, hash, state_digest"

#define NEW_REQUEST(version) \
	"INSERT INTO request (number, id, version, tracking_number, payer, service, review, status, waiting_on, open," \
	" received_at, act_by, organization, missing_count, requested_count, last_event)" \
	" VALUES (NULL, 'req_x', " version ", 'AR-X', 'p', 's', 'initial', 'in_review', 'plan', 1, 1, 1, 'o', 0, 0, 12);"

/* Each is refused on a connection that has none of the store's settings. */
static const char *const refused[] = {
	"UPDATE event SET actor = 'prn_2' WHERE sequence = 3",
	"UPDATE event SET sequence = 99 WHERE sequence = 12",
	"UPDATE event SET hash = hash",
	"DELETE FROM event WHERE sequence = 12",
	"DELETE FROM event",
	"INSERT OR REPLACE INTO event (sequence, " VALUES ") SELECT sequence, " VALUES " FROM event WHERE sequence = 12",
	"INSERT OR REPLACE INTO event (sequence, " VALUES ") SELECT 3, " VALUES " FROM event WHERE sequence = 12",
	"REPLACE INTO event (sequence, " VALUES ") SELECT 1, " VALUES " FROM event WHERE sequence = 1",
	/* a number left out, and one in order that does not follow */
	"INSERT INTO event (sequence, " VALUES ") SELECT 14, at, actor, actor_role, action, request_id, detail_digest, hash,"
	" hash, state_digest FROM event WHERE sequence = 12",
	"INSERT INTO event (sequence, " VALUES ") SELECT 13, " VALUES " FROM event WHERE sequence = 12",
	"INSERT INTO event (sequence, " VALUES ") SELECT 0, " VALUES " FROM event WHERE sequence = 1",
	"INSERT INTO event (" VALUES ") SELECT " VALUES " FROM event WHERE sequence = 12",
	"UPDATE event_detail SET snapshot = '{}' WHERE sequence = 3",
	"INSERT OR REPLACE INTO event_detail (sequence, salt, snapshot) VALUES (3, zeroblob(16), '{}')",
	/* requests */
	"UPDATE request SET status = 'withdrawn' WHERE number = 1",
	"UPDATE request SET status = 'withdrawn', version = 3, last_event = 99 WHERE number = 1",
	"UPDATE request SET version = -1, last_event = 99 WHERE number = 1",
	"UPDATE request SET status = 'denied', version = 2, last_event = 99 WHERE number = 1",
	"UPDATE request SET waiting_on = 'machine', version = 2, last_event = 99 WHERE number = 1",
	"UPDATE request SET payer = 'tufts', version = 2, last_event = 99 WHERE number = 1",
	"UPDATE request SET received_at = 1, version = 2, last_event = 99 WHERE number = 1",
	"UPDATE request SET missing_count = -1, version = 2, last_event = 99 WHERE number = 1",
	"DELETE FROM request WHERE number = 1",
	NEW_REQUEST("2"),
};

START_TEST(the_database_refuses)
{
	const int code = raw_run(&fx, refused[_i]);

	ck_assert_msg((code & 0xff) == SQLITE_CONSTRAINT, "%s: %d", refused[_i], code);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, EVENTS);
}
END_TEST

/*
 * The same row with another version and status is accepted: the refusals above are not for some other
 * reason.
 */
START_TEST(the_database_accepts_what_is_right)
{
	ck_assert_int_eq(raw_run(&fx, "UPDATE request SET status = 'withdrawn', version = 2, last_event = 99 WHERE number = 1"),
			 SQLITE_OK);
	ck_assert_int_eq(raw_run(&fx, "INSERT INTO event (sequence, " VALUES
				      ") SELECT 13, at, actor, actor_role, action, request_id,"
				      " detail_digest, hash, hash, state_digest FROM event WHERE sequence = 12"),
			 SQLITE_OK);
	ck_assert_int_eq(raw_run(&fx, NEW_REQUEST("1")), SQLITE_OK);
}
END_TEST

START_TEST(a_closed_request_does_not_change)
{
	ck_assert_int_eq(
		raw_run(&fx,
			"UPDATE request SET open = 0, status = 'withdrawn', version = 2, last_event = 98 WHERE number = 1"),
		SQLITE_OK);
	ck_assert_int_eq(raw_run(&fx, "UPDATE request SET status = 'in_review', version = 3, last_event = 99 WHERE number = 1"),
			 SQLITE_CONSTRAINT);
}
END_TEST

START_TEST(a_request_needs_its_event)
{
	static const char insert[] = "PRAGMA foreign_keys = ON; BEGIN;" NEW_REQUEST("1") "COMMIT;";

	ck_assert_int_eq(raw_run(&fx, insert), SQLITE_CONSTRAINT);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), EVENTS);
}
END_TEST

/* ---- tampering past the guards ---- */

static const char unguard[] = "PRAGMA foreign_keys = OFF; DROP TRIGGER event_not_updated; DROP TRIGGER event_not_deleted; DROP "
			      "TRIGGER event_in_order;"
			      "DROP TRIGGER event_detail_not_updated;";

static void check_found(int64_t sequence, const char *what)
{
	int64_t count = -1;

	ck_assert_msg(!events_verify(fx.reader, &count, &fx.err), "%s: not found", what);
	ck_assert_int_eq(fx.err.code, ERR_STORE);
	const char *expected = arena_printf(fx.arena, "event %lld:", (long long)sequence);
	ck_assert_msg(strstr(fx.err.detail, expected) != NULL, "%s: %s", what, fx.err.detail);
	ck_assert_msg(count == sequence - 1 || count == EVENTS - 1, "%s: %lld good", what, (long long)count);
}

static const struct {
	const char *sql;
	int64_t found_at;
} tamperings[] = {
	{"UPDATE event SET at = at + 1 WHERE sequence = 5", 5},
	{"UPDATE event SET request_id = (SELECT request_id FROM event WHERE sequence = 6) WHERE sequence = 5", 5},
	{"UPDATE event SET sequence = 99 WHERE sequence = 5", 5},
	{"UPDATE event SET sequence = 99 WHERE sequence = 12", 12},
	{"UPDATE event SET sequence = -5 WHERE sequence = 1", 1},
	{"UPDATE event SET actor = actor || actor_role, actor_role = '' WHERE sequence = 5", 5},
	{"DELETE FROM event WHERE sequence = 5", 5},
	{"DELETE FROM event WHERE sequence = 1", 1},
	{"DELETE FROM event WHERE sequence = 12", 12},
	{"UPDATE event SET sequence = 100 WHERE sequence = 5; UPDATE event SET sequence = 5 WHERE sequence = 6;"
	 "UPDATE event SET sequence = 6 WHERE sequence = 100",
	 5},
	{"INSERT INTO event (sequence, " VALUES ") SELECT 0, " VALUES " FROM event WHERE sequence = 1", 1},
	{"UPDATE event_detail SET snapshot = '{}' WHERE sequence = 5", 5},
	{"UPDATE event_detail SET salt = zeroblob(16) WHERE sequence = 5", 5},
};

START_TEST(verification_finds_what_was_done)
{
	ck_assert_int_eq(raw_run(&fx, unguard), SQLITE_OK);
	ck_assert_msg(raw_run(&fx, tamperings[_i].sql) == SQLITE_OK, "%s", tamperings[_i].sql);
	check_found(tamperings[_i].found_at, tamperings[_i].sql);
}
END_TEST

/* Changes one byte of a column of event 5 (or its snapshot), asks, and puts it back. */
static void tamper_bytes(const char *table, const char *column)
{
	sqlite3 *handle = raw_open(&fx);
	sqlite3_stmt *statement = NULL;
	unsigned char bytes[1024];

	ck_assert_int_eq(sqlite3_prepare_v2(handle,
					    arena_printf(fx.arena, "SELECT %s FROM %s WHERE sequence = 5", column, table), -1,
					    &statement, NULL),
			 SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	const bool text = sqlite3_column_type(statement, 0) == SQLITE_TEXT;
	const int length = sqlite3_column_bytes(statement, 0);
	ck_assert_int_lt(length, (int)sizeof(bytes));
	memcpy(bytes, sqlite3_column_blob(statement, 0), (size_t)length);
	sqlite3_finalize(statement);
	ck_assert_int_eq(sqlite3_prepare_v2(handle,
					    arena_printf(fx.arena, "UPDATE %s SET %s = ?1 WHERE sequence = 5", table, column),
					    -1, &statement, NULL),
			 SQLITE_OK);
	for (int i = 0; i <= length; i++) { /* the last round puts everything back */
		bytes[i] = (unsigned char)(bytes[i] ^ (i < length ? 1 : 0));
		if (text) {
			sqlite3_bind_text(statement, 1, (const char *)bytes, length, SQLITE_STATIC);
		} else {
			sqlite3_bind_blob(statement, 1, bytes, length, SQLITE_STATIC);
		}
		ck_assert_int_eq(sqlite3_step(statement), SQLITE_DONE);
		sqlite3_reset(statement);
		if (i < length) {
			check_found(5, column);
			bytes[i] ^= 1;
		}
	}
	sqlite3_finalize(statement);
	sqlite3_close(handle);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s: %s", column, fx.err.detail);
}

START_TEST(verification_finds_every_changed_byte)
{
	ck_assert_int_eq(raw_run(&fx, unguard), SQLITE_OK);
	tamper_bytes("event", "actor");
	tamper_bytes("event", "actor_role");
	tamper_bytes("event", "action");
	tamper_bytes("event", "request_id");
	tamper_bytes("event", "policy_digest");
	tamper_bytes("event", "detail_digest");
	tamper_bytes("event", "previous");
	tamper_bytes("event", "hash");
	tamper_bytes("event_detail", "salt");
	tamper_bytes("event_detail", "snapshot");
}
END_TEST

static void read_state(int64_t sequence, struct digest *ret_state)
{
	sqlite3 *handle = raw_open(&fx);
	sqlite3_stmt *statement = NULL;

	ck_assert_int_eq(sqlite3_prepare_v2(handle, "SELECT state_digest FROM event WHERE sequence = ?1", -1, &statement, NULL),
			 SQLITE_OK);
	sqlite3_bind_int64(statement, 1, sequence);
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_column_bytes(statement, 0), DIGEST_SIZE);
	memcpy(ret_state->bytes, sqlite3_column_blob(statement, 0), DIGEST_SIZE);
	sqlite3_finalize(statement);
	sqlite3_close(handle);
}

/* Whoever edits an event and its hash must edit every event after it as well. */
START_TEST(verification_finds_an_event_rewritten_with_its_hash)
{
	const struct request_row row = fixture_row(fx.arena, 4);
	struct event_row event = fixture_event(fx.arena, &row, "received");
	struct event_page page;
	char hex[DIGEST_HEX_SIZE];

	const struct request_row before = fixture_row(fx.arena, 3);
	ck_assert(timeline_read(fx.reader, before.id, 0, 1, fx.arena, &page, &fx.err));
	event.actor = "prn_2";
	struct chain_cover cover = {.recorded = false};
	read_state(5, &cover.state);
	const struct digest hash = chain_hash(5, &event, &cover, &page.events[0].hash);
	ck_assert_int_eq(raw_run(&fx, unguard), SQLITE_OK);
	ck_assert_int_eq(
		raw_run(&fx, arena_printf(fx.arena, "UPDATE event SET actor = 'prn_2', hash = x'%s' WHERE sequence = 5",
					  digest_hex(&hash, hex))),
		SQLITE_OK);
	check_found(6, "a rewritten event");
}
END_TEST

START_TEST(a_purged_snapshot_breaks_nothing)
{
	int64_t count = 0;
	struct request_row row = fixture_row(fx.arena, 4);

	ck_assert(fixture_act(&fx, &row, "prn_2", "information_supplied", NULL, NULL));
	ck_assert_int_eq(raw_run(&fx, "DELETE FROM event_detail WHERE sequence = 5"), SQLITE_OK);
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, EVENTS + 1);
}
END_TEST

START_TEST(the_newest_snapshot_stays)
{
	int64_t count = 0;

	ck_assert_int_eq(raw_run(&fx, "DELETE FROM event_detail WHERE sequence = 5"), SQLITE_CONSTRAINT);
	ck_assert_int_eq(raw_run(&fx, "DROP TRIGGER event_detail_newest_stays; DELETE FROM event_detail WHERE sequence = 5"),
			 SQLITE_OK);
	ck_assert(!events_verify(fx.reader, &count, &fx.err));
	ck_assert_msg(strstr(fx.err.detail, "event 5: its snapshot is missing") != NULL, "%s", fx.err.detail);
}
END_TEST

START_TEST(a_snapshot_that_says_another_version_is_found)
{
	struct request_row row = fixture_row(fx.arena, EVENTS);
	struct task task;
	int64_t count = 0;

	row.version = 7;
	task_init(&task, run_insert);
	task.row = fixture_row(fx.arena, EVENTS);
	task.event = fixture_event(fx.arena, &row, "received");
	ck_assert(task_do(&fx, &task));
	ck_assert(!events_verify(fx.reader, &count, &fx.err));
	ck_assert_msg(strstr(fx.err.detail, "event 13: version") != NULL, "%s", fx.err.detail);
}
END_TEST

/* It reads one state of the database, whatever is recorded meanwhile. */
START_TEST(verification_goes_on_beside_the_writer)
{
	enum { MORE = 3000 };
	static struct task tasks[MORE];
	struct store_stats stats = {.last_event = 0};
	int rounds = 0;

	for (int i = 0; i < MORE; i++) {
		task_init(&tasks[i], run_insert);
		tasks[i].row = fixture_row(fx.arena, EVENTS + i);
		tasks[i].event = fixture_event(fx.arena, &tasks[i].row, "received");
		task_submit(&fx, &tasks[i]);
	}
	while (stats.last_event < EVENTS + MORE) {
		int64_t count = 0;
		ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
		ck_assert_int_ge(count, EVENTS);
		store_stats(fx.store, &stats);
		rounds++;
	}
	for (int i = 0; i < MORE; i++) {
		ck_assert(task_wait(&tasks[i]));
	}
	ck_assert_int_gt(rounds, 0);
}
END_TEST

/* Each value behind a letter for its kind, the integers as eight bytes. */
static struct digest state_of(const struct request_row *row)
{
	static const unsigned char i[16][8] = {
		{0, 0, 0, 0, 0, 0, 0, 1},          {0, 0, 0, 0, 0, 0, 0, 1},          {0, 0, 0, 0, 0, 0x0f, 0x42, 0x40},
		{0, 0, 0, 0, 0, 0x1e, 0x84, 0x80}, {0, 0, 0, 0, 0, 0x1c, 0xfd, 0xe0}, {0, 0, 0, 0, 0, 0, 0, 3},
		{0, 0, 0, 0, 0, 0, 0, 2},          {0, 0, 0, 0, 0, 0, 0, 8},
	};
#define TEXT(text) \
	{"t", 1}, \
	{ \
		(text), strlen(text) \
	}
#define INTEGER(n) \
	{"i", 1}, \
	{ \
		i[n], 8 \
	}
	const struct digest_part parts[] = {
		TEXT(row->id),
		INTEGER(0),
		TEXT(row->tracking_number),
		TEXT(row->payer),
		TEXT(row->service),
		TEXT(row->review),
		TEXT(row->urgency),
		TEXT(row->status),
		TEXT(row->waiting_on),
		INTEGER(1),
		INTEGER(2),
		INTEGER(3),
		INTEGER(4),
		TEXT(row->act_by_rule),
		TEXT(row->organization),
		TEXT(row->submitter_reference),
		TEXT(row->member_birth_date),
		TEXT(row->provider_npi),
		TEXT(row->policy_id),
		TEXT(row->policy_version),
		INTEGER(5),
		INTEGER(6),
		INTEGER(7),
		TEXT(row->member_id),
		TEXT(row->policy_digest),
		{"n", 1},
		{"n", 1},
		TEXT("{}"),
	};
#undef INTEGER
#undef TEXT
	return digest_parts(parts, sizeof(parts) / sizeof(parts[0]));
}

/*
 * The first 32 zero bytes and the canonical form are part of the format: another program must be able to
 * check a chain.
 */
START_TEST(the_chain_starts_from_zeros_and_has_one_form)
{
	ck_assert_int_eq(raw_number(&fx, "SELECT previous = zeroblob(32) FROM event WHERE sequence = 1"), 1);
	const struct request_row row = fixture_row(fx.arena, 0);
	const struct event_row event = fixture_event(fx.arena, &row, "received");
	const struct digest zeros = {{0}};
	const struct digest state = state_of(&row);
	struct digest stored;
	read_state(1, &stored);
	ck_assert(digest_equal(&stored, &state));
	static const unsigned char one[8] = {0, 0, 0, 0, 0, 0, 0, 1};
	static const unsigned char at[8] = {0, 0, 0, 0, 0, 0x0f, 0x42, 0x40}; /* 1000000 */
	const struct digest_part parts[] = {
		{one, 8},
		{at, 8},
		{"prn_1", 5},
		{"provider", 8},
		{"received", 8},
		{row.id, strlen(row.id)},
		{event.detail_digest.bytes, 32},
		{zeros.bytes, 32},
		{state.bytes, 32},
		{NULL, 0},
		{row.policy_digest, 64},
	};
	const struct digest expected = digest_parts(parts, 11);
	struct event_page page;
	ck_assert(timeline_read(fx.reader, row.id, 0, 1, fx.arena, &page, &fx.err));
	ck_assert(digest_equal(&expected, &page.events[0].hash));
	/* before events named their policy, and before they answered for more than their snapshots */
	struct event_row older = event;
	const struct chain_cover cover = {.state = state};
	older.policy_digest = NULL;
	const struct digest unnamed = chain_hash(1, &older, &cover, &zeros);
	const struct digest ten = digest_parts(parts, 10);
	ck_assert(digest_equal(&unnamed, &ten));
	const struct digest first = chain_hash(1, &event, NULL, &zeros);
	const struct digest eight = digest_parts(parts, 8);
	ck_assert(digest_equal(&first, &eight));
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("chain");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, the_database_refuses, 0, sizeof(refused) / sizeof(refused[0]));
	tcase_add_test(tcase, the_database_accepts_what_is_right);
	tcase_add_test(tcase, a_closed_request_does_not_change);
	tcase_add_test(tcase, a_request_needs_its_event);
	tcase_add_loop_test(tcase, verification_finds_what_was_done, 0, sizeof(tamperings) / sizeof(tamperings[0]));
	tcase_add_test(tcase, verification_finds_every_changed_byte);
	tcase_add_test(tcase, verification_finds_an_event_rewritten_with_its_hash);
	tcase_add_test(tcase, a_purged_snapshot_breaks_nothing);
	tcase_add_test(tcase, the_newest_snapshot_stays);
	tcase_add_test(tcase, a_snapshot_that_says_another_version_is_found);
	tcase_add_test(tcase, verification_goes_on_beside_the_writer);
	tcase_add_test(tcase, the_chain_starts_from_zeros_and_has_one_form);
	return fixture_main(tcase);
}
