/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thousand random changes of events and their snapshots, each made on a fresh copy past the database's own guards, and each found
 * by verification; then what is done to the rows that hang on the events. AR_SEED repeats a run.
 */
#include "fixture.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REQUESTS = 90, EVENTS = 300, TAMPERINGS = 1000 };

static struct fixture fx;
static struct request_row rows[REQUESTS];
static uint64_t seed;

static unsigned roll(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33);
}

static int64_t between(int64_t low, int64_t high)
{
	return low + (int64_t)(roll() % (unsigned)(high - low + 1));
}

/* Requests 0 to 9 are decided, the first five of them appealed, the first three of these upheld. */
static void decide(int number)
{
	struct request_row *row = &rows[number];
	const struct decision_row denial = fixture_denial(fx.arena, row);
	struct appeal_row appeal = fixture_appeal(fx.arena, &denial);

	ck_assert_msg(fixture_act(&fx, row, "prn_rev", "determined", NULL, &denial), "%s", fx.err.detail);
	if (number < 5) {
		ck_assert_msg(fixture_act(&fx, row, "prn_1", "appeal_received", &appeal, NULL), "%s", fx.err.detail);
	}
	if (number < 3) {
		appeal.status = "upheld";
		appeal.decider = "prn_apl";
		appeal.decider_role = "appeals";
		appeal.credential = "physician";
		appeal.rationale = "r";
		appeal.decided_at.us = 9;
		ck_assert_msg(fixture_act(&fx, row, "prn_apl", "appeal_decided", &appeal, NULL), "%s", fx.err.detail);
	}
	if (number == 9) {
		struct decision_row approval = fixture_approval(fx.arena, row);
		approval.id = "dec_9b";
		approval.supersedes = denial.id;
		ck_assert_msg(fixture_act(&fx, row, "prn_rev", "corrected", NULL, &approval), "%s", fx.err.detail);
	}
}

/* ---- a copy, and a reader of it ---- */

static struct fixture copy;

static void copy_file(const char *from, const char *to)
{
	char bytes[65536];
	ssize_t got;
	const int source = open(from, O_RDONLY);
	const int target = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert(source >= 0 && target >= 0);
	while ((got = read(source, bytes, sizeof(bytes))) > 0) {
		ck_assert_int_eq(write(target, bytes, (size_t)got), got);
	}
	close(source);
	close(target);
}

/* The guards away, as somebody would do it who has the file and sqlite3. */
static void unguard(void)
{
	static const char *const triggers[] = {
		"event_not_updated", "event_not_deleted", "event_in_order", "event_detail_not_updated", "event_detail_once",
		"request_next_version", "request_identity", "request_closed", "request_not_deleted", "decision_not_updated",
		"decision_not_deleted", "appeal_decided_once", "appeal_decided_by_another", "appeal_has_its_event", "appeal_not_deleted",
	};
	sqlite3 *handle = raw_open(&fx);

	for (size_t i = 0; i < sizeof(triggers) / sizeof(triggers[0]); i++) {
		const char *sql = arena_printf(fx.arena, "DROP TRIGGER %s", triggers[i]);
		ck_assert_msg(sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sql);
	}
	/* Everything into the one file, so that a copy of it is a copy of the store. */
	ck_assert_int_eq(sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(handle);
}

static sqlite3 *open_copy(void)
{
	copy = (struct fixture){.arena = fx.arena};
	snprintf(copy.path, sizeof(copy.path), "%s/copy.db", fx.directory);
	copy_file(fx.path, copy.path);
	sqlite3 *handle = raw_open(&copy);
	ck_assert_int_eq(sqlite3_exec(handle, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", NULL,
	                              NULL, NULL), SQLITE_OK);
	return handle;
}

static bool verify_copy(int64_t *ret_count)
{
	struct store_reader *reader = store_reader_open_apart(copy.path, &copy.err);

	ck_assert_msg(reader != NULL, "%s", copy.err.detail);
	const bool good = events_verify(reader, ret_count, &copy.err);
	store_reader_close(reader);
	return good;
}

static void setup(void)
{
	const char *given = getenv("AR_SEED");

	seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)instant_now().us;
	fixture_prepare(&fx);
	fx.options.batch_max = 256;
	fixture_open(&fx);
	for (int i = 0; i < REQUESTS; i++) {
		rows[i] = fixture_row(fx.arena, i);
	}
	fixture_insert_all(&fx, rows, REQUESTS);
	for (int i = 0; i < 10; i++) {
		decide(i);
	}
	int64_t count = 0;
	for (int i = 0; count < EVENTS; i++) {
		struct request_row *row = &rows[10 + i % (REQUESTS - 10)];
		ck_assert_msg(fixture_act(&fx, row, "prn_2", "information_supplied", NULL, NULL), "%s", fx.err.detail);
		count = raw_number(&fx, "SELECT count(*) FROM event");
	}
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, EVENTS);
	fixture_close(&fx);
	unguard();
}

static void teardown(void)
{
	fixture_finish(&fx);
}

/* ---- random changes ---- */

static const struct {
	const char *table;
	const char *name;
	bool text;
} columns[] = {
	{"event", "actor", true},         {"event", "actor_role", true}, {"event", "action", true},
	{"event", "request_id", true},    {"event", "detail_digest", false}, {"event", "previous", false},
	{"event", "hash", false},         {"event_detail", "salt", false},   {"event_detail", "snapshot", true},
};

/* Flips bits of one byte. Says what it did. */
static const char *change_byte(sqlite3 *handle)
{
	const size_t column = roll() % (sizeof(columns) / sizeof(columns[0]));
	const long long sequence = between(1, EVENTS);
	unsigned char bytes[4096];
	sqlite3_stmt *statement = NULL;

	const char *select = arena_printf(fx.arena, "SELECT %s FROM %s WHERE sequence = %lld", columns[column].name,
	                                  columns[column].table, sequence);
	ck_assert_int_eq(sqlite3_prepare_v2(handle, select, -1, &statement, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	const int length = sqlite3_column_bytes(statement, 0);
	ck_assert(length > 0 && length <= (int)sizeof(bytes));
	memcpy(bytes, sqlite3_column_blob(statement, 0), (size_t)length);
	sqlite3_finalize(statement);

	const int place = (int)between(0, length - 1);
	const unsigned mask = (unsigned)between(1, 255);
	bytes[place] ^= (unsigned char)mask;
	const char *what = arena_printf(fx.arena, "%s of %s %lld, byte %d ^ %u", columns[column].name, columns[column].table, sequence, place, mask);
	const char *update = arena_printf(fx.arena, "UPDATE %s SET %s = ?1 WHERE sequence = %lld", columns[column].table,
	                                  columns[column].name, sequence);
	ck_assert_int_eq(sqlite3_prepare_v2(handle, update, -1, &statement, NULL), SQLITE_OK);
	if (columns[column].text) {
		sqlite3_bind_text(statement, 1, (const char *)bytes, length, SQLITE_STATIC);
	} else {
		sqlite3_bind_blob(statement, 1, bytes, length, SQLITE_STATIC);
	}
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_DONE);
	sqlite3_finalize(statement);
	return what;
}

#define EVENT_VALUES "at, actor, actor_role, action, request_id, detail_digest, previous, hash"

/* A change of whole rows; %1$lld, %2$lld are two events, %3$lld a number. A detail that is taken away is a purge and no tampering. */
static const char *const changes[] = {
	"DELETE FROM event WHERE sequence = %1$lld",
	"DELETE FROM event WHERE sequence >= %1$lld",
	"DELETE FROM event WHERE sequence <= %1$lld",
	"DELETE FROM event WHERE sequence = %1$lld; DELETE FROM event_detail WHERE sequence = %1$lld",
	"DELETE FROM event WHERE sequence >= %1$lld; DELETE FROM event_detail WHERE sequence >= %1$lld",
	"UPDATE event SET at = at + 1 + %3$lld WHERE sequence = %1$lld",
	"UPDATE event SET at = -at WHERE sequence = %1$lld",
	"UPDATE event SET sequence = 1000 + %3$lld WHERE sequence = %1$lld",
	"UPDATE event SET sequence = -%3$lld WHERE sequence = %1$lld",
	"UPDATE event SET sequence = sequence + 1 WHERE sequence = %1$lld AND sequence = 300; DELETE FROM event WHERE sequence = %1$lld",
	"UPDATE event SET actor = actor || 'x' WHERE sequence = %1$lld",
	"UPDATE event SET actor = actor || char(0) || 'x' WHERE sequence = %1$lld",
	"UPDATE event SET request_id = request_id || char(0) WHERE sequence = %1$lld",
	"UPDATE event SET actor = '' WHERE sequence = %1$lld",
	"UPDATE event SET action = 'withdrawn' WHERE sequence = %1$lld",
	"UPDATE event SET actor_role = 'admin' WHERE sequence = %1$lld",
	"UPDATE event SET actor = actor || substr(actor_role, 1, 1), actor_role = substr(actor_role, 2) WHERE sequence = %1$lld",
	"UPDATE event SET request_id = (SELECT id FROM request WHERE id <> event.request_id LIMIT 1) WHERE sequence = %1$lld",
	"UPDATE event SET request_id = 'req_none' WHERE sequence = %1$lld",
	"UPDATE event SET previous = hash WHERE sequence = %1$lld",
	"UPDATE event SET previous = zeroblob(32) WHERE sequence = %2$lld",
	"UPDATE event SET hash = randomblob(32) WHERE sequence = %1$lld",
	"UPDATE event SET detail_digest = randomblob(32) WHERE sequence = %1$lld",
	"UPDATE event SET hash = previous, previous = hash WHERE sequence = %1$lld",
	"INSERT INTO event SELECT 301, " EVENT_VALUES " FROM event WHERE sequence = %1$lld",
	"INSERT INTO event SELECT 301 + %3$lld, " EVENT_VALUES " FROM event WHERE sequence = 300",
	"INSERT INTO event SELECT -%3$lld, " EVENT_VALUES " FROM event WHERE sequence = %1$lld",
	"INSERT INTO event SELECT 0, " EVENT_VALUES " FROM event WHERE sequence = 1",
	"UPDATE event SET sequence = 5000 WHERE sequence = %1$lld; UPDATE event SET sequence = %1$lld WHERE sequence = %2$lld;"
	" UPDATE event SET sequence = %2$lld WHERE sequence = 5000",
	"INSERT OR REPLACE INTO event SELECT %1$lld, " EVENT_VALUES " FROM event WHERE sequence = %2$lld",
	"UPDATE event_detail SET snapshot = snapshot || ' ' WHERE sequence = %1$lld",
	"UPDATE event_detail SET snapshot = snapshot || char(0) WHERE sequence = %1$lld",
	"UPDATE event_detail SET snapshot = '' WHERE sequence = %1$lld",
	"UPDATE event_detail SET snapshot = '{}' WHERE sequence = %1$lld",
	"UPDATE event_detail SET snapshot = replace(snapshot, 'version', 'Version') WHERE sequence = %1$lld",
	"UPDATE event_detail SET salt = randomblob(16) WHERE sequence = %1$lld",
	"UPDATE event_detail SET salt = zeroblob(16) WHERE sequence = %1$lld",
	"UPDATE event_detail SET sequence = 1000 + %3$lld WHERE sequence = %1$lld",
	"UPDATE event_detail SET sequence = -%3$lld WHERE sequence = %1$lld",
	"UPDATE event_detail SET sequence = 5000 WHERE sequence = %1$lld; UPDATE event_detail SET sequence = %1$lld WHERE sequence ="
	" %2$lld; UPDATE event_detail SET sequence = %2$lld WHERE sequence = 5000",
	"UPDATE event_detail SET (salt, snapshot) = (SELECT salt, snapshot FROM event_detail WHERE sequence = %2$lld)"
	" WHERE sequence = %1$lld",
	"INSERT INTO event_detail SELECT 300 + %3$lld, salt, snapshot FROM event_detail WHERE sequence = %1$lld",
};

static const char *change_row(sqlite3 *handle)
{
	const long long first = between(1, EVENTS);
	const long long second = first % EVENTS + 1 + (first < EVENTS ? between(0, EVENTS - first - 1) : 0);
	char sql[1024];

	snprintf(sql, sizeof(sql), changes[roll() % (sizeof(changes) / sizeof(changes[0]))], first, second, (long long)between(1, 99));
	ck_assert_msg(sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(handle));
	return arena_copy(fx.arena, sql);
}

/* What chance chose may be what stood there: 0 in place of 0, or a row in place of itself. */
static bool same_as_before(void)
{
	sqlite3 *handle = raw_open(&copy);
	sqlite3_stmt *statement = NULL;
	const char *attach = arena_printf(fx.arena, "ATTACH '%s' AS was", fx.path);

	ck_assert_int_eq(sqlite3_exec(handle, attach, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(handle,
		"SELECT NOT EXISTS (SELECT * FROM main.event EXCEPT SELECT * FROM was.event)"
		" AND NOT EXISTS (SELECT * FROM was.event EXCEPT SELECT * FROM main.event)"
		" AND NOT EXISTS (SELECT * FROM main.event_detail EXCEPT SELECT * FROM was.event_detail)"
		" AND NOT EXISTS (SELECT * FROM was.event_detail EXCEPT SELECT * FROM main.event_detail)", -1, &statement, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	const bool same = sqlite3_column_int(statement, 0) != 0;
	sqlite3_finalize(statement);
	sqlite3_close(handle);
	return same;
}

START_TEST(every_change_of_an_event_is_found)
{
	const uint64_t start = seed;
	int found = 0;

	fprintf(stderr, "AR_SEED=%llu\n", (unsigned long long)start);
	while (found < TAMPERINGS) {
		sqlite3 *handle = open_copy();
		int64_t count = -1;
		const char *what = roll() % 2 == 0 ? change_byte(handle) : change_row(handle);
		sqlite3_close(handle);
		if (verify_copy(&count)) {
			ck_assert_msg(same_as_before(), "AR_SEED=%llu: not found: %s", (unsigned long long)start, what);
			continue;
		}
		found++;
		ck_assert_msg(copy.err.code == ERR_STORE && strstr(copy.err.detail, "event ") != NULL, "%s: %s", what, copy.err.detail);
	}
}
END_TEST

/* ---- what hangs on the events ---- */

static const struct {
	const char *sql;
	const char *says;
} hanging[] = {
	{"UPDATE request SET status = 'in_review' WHERE number = 1", ": status"},
	{"UPDATE request SET waiting_on = 'plan' WHERE number = 1", ": waiting_on"},
	{"UPDATE request SET version = version + 1 WHERE number = 40", ": number of events"},
	{"UPDATE request SET tracking_number = 'AR-X' WHERE number = 40", ": tracking_number"},
	{"UPDATE request SET payer = 'tufts' WHERE number = 40", ": payer"},
	{"UPDATE request SET service = 'TM' WHERE number = 40", ": service"},
	{"UPDATE request SET review = 'concurrent' WHERE number = 40", ": review"},
	{"UPDATE request SET missing_count = 0 WHERE number = 40", ": missing"},
	{"UPDATE request SET requested_count = 3 WHERE number = 40", ": requested"},
	{"UPDATE request SET due_at = due_at + 86400000000 WHERE number = 40", ": due_at"},
	{"UPDATE request SET due_at = NULL WHERE number = 40", ": due_at"},
	{"UPDATE request SET last_event = 40, version = 1 WHERE number = 40", "number of events"},
	{"UPDATE request SET last_event = 41 WHERE number = 40", "another request's"},
	{"DELETE FROM request WHERE number = 40", "its request is missing"},
	{"DELETE FROM request WHERE number = 1", "its request is missing"},
	{"DELETE FROM decision WHERE number = 7", ": decision"},
	{"UPDATE decision SET request_id = 'req_x' WHERE number = 3", ""},
	{"UPDATE decision SET id = 'dec_x' WHERE number = 3", ""},
	{"UPDATE decision SET outcome = 'approved', authorization_number = 'a', covered_from = '2026-12-01', covered_to = '2026-12-01'"
	 " WHERE number = 3", ": decision.outcome"},
	{"UPDATE decision SET superseded_by = 'dec_9b' WHERE number = 3", ": superseded_by"},
	{"UPDATE decision SET superseded_by = NULL WHERE id = 'dec_9b'; DROP INDEX decision_effective;"
	 "UPDATE decision SET superseded_by = NULL", ": superseded_by"},
	{"UPDATE decision SET event = 1 WHERE number = 3", ": event"},
	{"UPDATE appeal SET status = 'overturned' WHERE number = 2", ": appeals.status"},
	{"UPDATE appeal SET status = 'open', decided_at = NULL, decider = NULL, decider_role = NULL, credential = NULL,"
	 " rationale = NULL, decided_event = NULL WHERE number = 2", ": appeals.status"},
	{"UPDATE appeal SET event = 1, decided_event = 1 WHERE number = 2", ": event"},
};

START_TEST(every_change_of_what_hangs_on_events_is_found)
{
	int64_t count = -1;
	sqlite3 *handle = open_copy();
	char *message = NULL;

	const int code = sqlite3_exec(handle, hanging[_i].sql, NULL, NULL, &message);
	sqlite3_close(handle);
	ck_assert_msg(code == SQLITE_OK, "%s: %s", hanging[_i].sql, message);
	ck_assert_msg(!verify_copy(&count), "not found: %s", hanging[_i].sql);
	ck_assert_int_eq(copy.err.code, ERR_STORE);
	ck_assert_msg(strstr(copy.err.detail, hanging[_i].says) != NULL, "%s: %s", hanging[_i].sql, copy.err.detail);
	ck_assert_int_eq(count, EVENTS);
}
END_TEST

START_TEST(an_untouched_copy_is_good)
{
	int64_t count = 0;

	sqlite3_close(open_copy());
	ck_assert_msg(verify_copy(&count), "%s", copy.err.detail);
	ck_assert_int_eq(count, EVENTS);
}
END_TEST

/* Purged snapshots say nothing, and what hangs on them cannot be compared. */
START_TEST(a_purged_store_is_good)
{
	int64_t count = 0;
	sqlite3 *handle = open_copy();

	ck_assert_int_eq(sqlite3_exec(handle, "DELETE FROM event_detail", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(handle);
	ck_assert_msg(verify_copy(&count), "%s", copy.err.detail);
	ck_assert_int_eq(count, EVENTS);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("tampering");

	tcase_add_unchecked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_untouched_copy_is_good);
	tcase_add_test(tcase, a_purged_store_is_good);
	tcase_add_test(tcase, every_change_of_an_event_is_found);
	tcase_add_loop_test(tcase, every_change_of_what_hangs_on_events_is_found, 0, sizeof(hanging) / sizeof(hanging[0]));
	return fixture_main(tcase);
}
