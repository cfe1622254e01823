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
		appeal.decided_at.us = appeal.received_at.us + 50;
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
	sqlite3 *handle = raw_open(&fx);
	sqlite3_stmt *statement = NULL;
	const char *sql = "";

	ck_assert_int_eq(
		sqlite3_prepare_v2(handle, "SELECT name FROM sqlite_master WHERE type = 'trigger'", -1, &statement, NULL),
		SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		sql = arena_printf(fx.arena, "%s DROP TRIGGER %s;", sql, (const char *)sqlite3_column_text(statement, 0));
	}
	sqlite3_finalize(statement);
	ck_assert_msg(sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sql);
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
	ck_assert_int_eq(sqlite3_exec(handle,
				      "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", NULL,
				      NULL, NULL),
			 SQLITE_OK);
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
		rows[i].status = i < 10 ? "in_review" : "incomplete";
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
	ck_assert_int_eq(
		raw_run(&fx,
			"INSERT INTO policy_text VALUES ('982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',"
			" 'trillium-prts', '2026-01', 'text')"),
		SQLITE_OK);
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
	{"event", "actor", true},         {"event", "actor_role", true},     {"event", "action", true},
	{"event", "request_id", true},    {"event", "detail_digest", false}, {"event", "previous", false},
	{"event", "hash", false},         {"event_detail", "salt", false},   {"event_detail", "snapshot", true},
	{"event", "state_digest", false},
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
	const char *what = arena_printf(fx.arena, "%s of %s %lld, byte %d ^ %u", columns[column].name, columns[column].table,
					sequence, place, mask);
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

#define EVENT_VALUES \
	"at, actor, actor_role, action, request_id, detail_digest, previous, hash, state_digest, record_digest, policy_digest"

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
	"UPDATE event SET sequence = sequence + 1 WHERE sequence = %1$lld AND sequence = 300; DELETE FROM event WHERE sequence "
	"= %1$lld",
	"UPDATE event SET actor = actor || 'x' WHERE sequence = %1$lld",
	"UPDATE event SET actor = actor || char(0) || 'x' WHERE sequence = %1$lld",
	"UPDATE event SET request_id = request_id || char(0) WHERE sequence = %1$lld",
	"UPDATE event SET actor = '' WHERE sequence = %1$lld",
	"UPDATE event SET action = 'withdrawn' WHERE sequence = %1$lld",
	"UPDATE event SET actor_role = 'admin' WHERE sequence = %1$lld",
	"UPDATE event SET actor = actor || substr(actor_role, 1, 1), actor_role = substr(actor_role, 2) WHERE sequence = "
	"%1$lld",
	"UPDATE event SET request_id = (SELECT id FROM request WHERE id <> event.request_id LIMIT 1) WHERE sequence = %1$lld",
	"UPDATE event SET request_id = 'req_none' WHERE sequence = %1$lld",
	"UPDATE event SET previous = hash WHERE sequence = %1$lld",
	"UPDATE event SET previous = zeroblob(32) WHERE sequence = %2$lld",
	"UPDATE event SET hash = randomblob(32) WHERE sequence = %1$lld",
	"UPDATE event SET detail_digest = randomblob(32) WHERE sequence = %1$lld",
	"UPDATE event SET hash = previous, previous = hash WHERE sequence = %1$lld",
	"UPDATE event SET state_digest = randomblob(32) WHERE sequence = %1$lld",
	"UPDATE event SET state_digest = NULL, record_digest = NULL WHERE sequence = %1$lld",
	"UPDATE event SET record_digest = state_digest WHERE sequence = %1$lld",
	"UPDATE event SET record_digest = NULL WHERE sequence = %1$lld",
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
	"UPDATE event_detail SET sequence = 5000 WHERE sequence = %1$lld; UPDATE event_detail SET sequence = %1$lld WHERE "
	"sequence ="
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

	snprintf(sql, sizeof(sql), changes[roll() % (sizeof(changes) / sizeof(changes[0]))], first, second,
		 (long long)between(1, 99));
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
	ck_assert_int_eq(
		sqlite3_prepare_v2(handle,
				   "SELECT NOT EXISTS (SELECT * FROM main.event EXCEPT SELECT * FROM was.event)"
				   " AND NOT EXISTS (SELECT * FROM was.event EXCEPT SELECT * FROM main.event)"
				   " AND NOT EXISTS (SELECT * FROM main.event_detail EXCEPT SELECT * FROM was.event_detail)"
				   " AND NOT EXISTS (SELECT * FROM was.event_detail EXCEPT SELECT * FROM main.event_detail)",
				   -1, &statement, NULL),
		SQLITE_OK);
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
		ck_assert_msg(copy.err.code == ERR_STORE && strstr(copy.err.detail, "event ") != NULL, "%s: %s", what,
			      copy.err.detail);
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
	{"UPDATE decision SET outcome = 'approved', authorization_number = 'a', covered_from = '2026-12-01', covered_to = "
	 "'2026-12-01'"
	 " WHERE number = 3",
	 ": decision.outcome"},
	{"UPDATE decision SET superseded_by = 'dec_9b' WHERE number = 3", ": decision"},
	{"UPDATE decision SET superseded_by = NULL WHERE id = 'dec_9b'; DROP INDEX decision_effective;"
	 "UPDATE decision SET superseded_by = NULL",
	 ": superseded_by"},
	{"UPDATE decision SET event = 1 WHERE number = 3", ": event"},
	{"UPDATE appeal SET status = 'overturned' WHERE number = 2", ": appeals.status"},
	{"UPDATE appeal SET status = 'open', decided_at = NULL, decider = NULL, decider_role = NULL, credential = NULL,"
	 " rationale = NULL, decided_event = NULL WHERE number = 2",
	 ": appeals.status"},
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

/* Every column of every row that an event answers for. */
static const struct {
	const char *table;
	const char *name;
} answered_for[] = {
	{"request", "id"},
	{"request", "version"},
	{"request", "tracking_number"},
	{"request", "payer"},
	{"request", "service"},
	{"request", "review"},
	{"request", "urgency"},
	{"request", "status"},
	{"request", "waiting_on"},
	{"request", "open"},
	{"request", "received_at"},
	{"request", "due_at"},
	{"request", "act_by"},
	{"request", "act_by_rule"},
	{"request", "organization"},
	{"request", "submitter_reference"},
	{"request", "member_birth_date"},
	{"request", "provider_npi"},
	{"request", "policy_id"},
	{"request", "policy_version"},
	{"request", "policy_digest"},
	{"request", "missing_count"},
	{"request", "requested_count"},
	{"request", "member_id"},
	{"request", "tasks"},
	{"request", "wake_at"},
	{"request", "authorization_number"},
	{"request", "last_event"},
	{"decision", "id"},
	{"decision", "request_id"},
	{"decision", "event"},
	{"decision", "disposition"},
	{"decision", "outcome"},
	{"decision", "basis"},
	{"decision", "reason"},
	{"decision", "rationale"},
	{"decision", "required"},
	{"decision", "parts"},
	{"decision", "decider"},
	{"decision", "decider_role"},
	{"decision", "credential"},
	{"decision", "decided_at"},
	{"decision", "late"},
	{"decision", "supersedes"},
	{"decision", "superseded_by"},
	{"decision", "appeal"},
	{"decision", "authorization_number"},
	{"decision", "covered_from"},
	{"decision", "covered_to"},
	{"decision", "payer"},
	{"decision", "service"},
	{"decision", "review"},
	{"decision", "organization"},
	{"appeal", "id"},
	{"appeal", "request_id"},
	{"appeal", "decision"},
	{"appeal", "kind"},
	{"appeal", "appellant"},
	{"appeal", "status"},
	{"appeal", "received_at"},
	{"appeal", "due_at"},
	{"appeal", "event"},
	{"appeal", "decided_at"},
	{"appeal", "decider"},
	{"appeal", "decider_role"},
	{"appeal", "credential"},
	{"appeal", "rationale"},
	{"appeal", "decided_event"},
	{"request_body", "body"},
	{"request_body", "request"},
	{"event_feed", "organization"},
	{"event_feed", "sequence"},
	{"event_feed", "payer"},
	{"policy_text", "digest"},
	{"policy_text", "text"},
	{"event", "policy_digest"},
};

static void must_find(const char *sql)
{
	int64_t count = -1;
	sqlite3 *handle = open_copy();
	const int code =
		sqlite3_exec(handle, arena_printf(fx.arena, "PRAGMA ignore_check_constraints = ON; %s", sql), NULL, NULL, NULL);

	ck_assert_msg(code == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(handle));
	ck_assert_msg(sqlite3_changes(handle) > 0, "%s changes nothing", sql);
	sqlite3_close(handle);
	ck_assert_msg(!verify_copy(&count), "not found: %s", sql);
	ck_assert_msg(copy.err.code == ERR_STORE, "%s: %s", sql, copy.err.detail);
	ck_assert_msg(strstr(copy.err.detail, "the newest of its request") == NULL, "%s: only what was purged is found", sql);
}

/* In the first, a middle and the last row: set to something else, the snapshots gone, so that nothing else says what it was. */
START_TEST(every_edit_of_a_column_is_found)
{
	static const char *const places[] = {"ASC LIMIT 1", "ASC LIMIT 1 OFFSET 2", "DESC LIMIT 1"};
	const char *table = answered_for[_i].table;
	const char *name = answered_for[_i].name;

	for (int purged = 0; purged < 2; purged++) {
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
			if (strcmp(table, "policy_text") == 0 && i == 1) {
				continue;
			}
			const char *key = strcmp(table, "event_feed") == 0 ? "sequence" : "rowid";
			must_find(arena_printf(
				fx.arena,
				"%s UPDATE %s SET %s = CASE typeof(%s) WHEN 'integer' THEN %s - 1000 WHEN 'null' THEN"
				" (SELECT CASE type WHEN 'INTEGER' THEN 77 ELSE 'x' END FROM pragma_table_info('%s') WHERE "
				"name = '%s')"
				" ELSE %s || 'x' END WHERE %s = (SELECT %s FROM %s ORDER BY %s %s)",
				purged != 0 ? "DELETE FROM event_detail;" : "", table, name, name, name, table, name, name, key,
				key, table, key, places[i]));
		}
	}
}
END_TEST

static const char *const more_edits[] = {
	"UPDATE request SET urgency = NULL WHERE number = 40",
	"UPDATE request SET urgency = '' WHERE number = 40",
	"UPDATE request SET urgency = urgency || char(0) WHERE number = 40",
	"UPDATE request SET due_at = NULL, act_by_rule = NULL WHERE number = 40",
	"UPDATE request SET member_id = provider_npi, provider_npi = member_id WHERE number = 40",
	"UPDATE request_body SET body = body || ' ' WHERE request = 40",
	"UPDATE request_body SET body = body || char(0) || 'x' WHERE request = 2",
	"UPDATE decision SET rationale = rationale || char(0) || 'x' WHERE number = 2",
	"UPDATE decision SET credential = '' WHERE number = 2",
	"UPDATE decision SET superseded_by = 'dec_9b' WHERE number = 2",
	"DROP INDEX decision_effective; UPDATE decision SET superseded_by = NULL WHERE superseded_by IS NOT NULL",
	"UPDATE appeal SET due_at = NULL WHERE status = 'open'",
	"UPDATE appeal SET rationale = NULL WHERE status = 'upheld'",
	"DELETE FROM request_body WHERE request = 40",
	"DELETE FROM request_body WHERE request = 1",
	"DELETE FROM decision WHERE superseded_by IS NOT NULL",
	"DELETE FROM decision WHERE supersedes IS NOT NULL",
	"DELETE FROM decision WHERE number = 1",
	"DELETE FROM decision",
	"DELETE FROM appeal WHERE status = 'open' AND number = 4",
	"DELETE FROM appeal WHERE status = 'upheld' AND number = 1",
	"DELETE FROM appeal",
	"DELETE FROM event_feed WHERE sequence = 9",
	"DELETE FROM event_feed",
	"INSERT INTO event_feed VALUES ('org-9', 9, 'trillium')",
	"INSERT INTO event_feed VALUES ('org-1', 999, 'trillium')",
	"INSERT INTO decision SELECT 99, 'dec_99', request_id, 40, disposition, outcome, basis, reason, rationale, required, "
	"parts, decider,"
	" decider_role, credential, decided_at, late, NULL, 'dec_x', appeal, authorization_number, covered_from, covered_to, "
	"payer,"
	" service, review, organization FROM decision WHERE number = 1",
	"INSERT INTO appeal SELECT 99, 'apl_99', request_id, (SELECT id FROM decision WHERE number = 8), kind, appellant, "
	"'open', received_at,"
	" due_at, NULL, NULL, NULL, NULL, NULL, 40, NULL FROM appeal WHERE number = 1",
	"UPDATE policy_text SET text = 'forged'",
	"INSERT INTO policy_text VALUES (replace(hex(zeroblob(32)), '00', 'ab'), 'p', '1', 'text'); DELETE FROM policy_text "
	"WHERE text = 'text'"
	" AND id <> 'p'",
};

START_TEST(every_other_edit_is_found)
{
	must_find(more_edits[_i]);
	must_find(arena_printf(fx.arena, "DELETE FROM event_detail; %s", more_edits[_i]));
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

	ck_assert_int_eq(sqlite3_exec(handle, "DELETE FROM event_detail WHERE sequence NOT IN (SELECT last_event FROM request)",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	ck_assert_int_gt(sqlite3_changes(handle), 0);
	sqlite3_close(handle);
	ck_assert_msg(verify_copy(&count), "%s", copy.err.detail);
	ck_assert_int_eq(count, EVENTS);
}
END_TEST

START_TEST(a_newest_snapshot_that_is_gone_is_found)
{
	int64_t count = 0;
	sqlite3 *handle = open_copy();

	ck_assert_int_eq(
		sqlite3_exec(handle,
			     "DELETE FROM event_detail WHERE sequence = (SELECT last_event FROM request WHERE number = 40)",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(handle);
	ck_assert(!verify_copy(&count));
	ck_assert_msg(strstr(copy.err.detail, "the newest of its request") != NULL, "%s", copy.err.detail);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("tampering");

	tcase_add_unchecked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_untouched_copy_is_good);
	tcase_add_test(tcase, a_purged_store_is_good);
	tcase_add_test(tcase, a_newest_snapshot_that_is_gone_is_found);
	tcase_add_test(tcase, every_change_of_an_event_is_found);
	tcase_add_loop_test(tcase, every_change_of_what_hangs_on_events_is_found, 0, sizeof(hanging) / sizeof(hanging[0]));
	tcase_add_loop_test(tcase, every_edit_of_a_column_is_found, 0, sizeof(answered_for) / sizeof(answered_for[0]));
	tcase_add_loop_test(tcase, every_other_edit_is_found, 0, sizeof(more_edits) / sizeof(more_edits[0]));
	return fixture_main(tcase);
}
