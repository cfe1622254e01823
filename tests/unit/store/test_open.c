/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "base/embed.h"

#include "store/db.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct embedded_files migrations_sqlite;

static struct fixture fx;

static void setup(void)
{
	fixture_prepare(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static const char *beside(const char *suffix)
{
	return arena_printf(fx.arena, "%s%s", fx.path, suffix);
}

static void write_file(const char *path, mode_t mode, const char *text)
{
	const int fd = open(path, O_CREAT | O_WRONLY, mode);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fchmod(fd, mode), 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void check_refused(const char *part)
{
	struct store *store = store_open(&fx.options, &fx.err);

	ck_assert_ptr_null(store);
	ck_assert_msg(fx.err.code == ERR_CONFIG, "%s", fx.err.detail);
	ck_assert_msg(strstr(fx.err.detail, part) != NULL, "%s", fx.err.detail);
}

START_TEST(an_empty_directory_becomes_a_store)
{
	struct stat status;

	umask(0777);
	fixture_open(&fx);
	umask(022);
	ck_assert_int_eq(stat(fx.path, &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0600);
	ck_assert_int_eq(stat(beside("-wal"), &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0600);
	ck_assert_int_eq(raw_number(&fx, "PRAGMA user_version"), (int64_t)migrations_sqlite.count);
	ck_assert(store_healthy(fx.store));
	int64_t count = -1;
	ck_assert(events_verify(fx.reader, &count, &fx.err));
	ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(what_was_recorded_is_there_after_a_restart)
{
	fixture_open(&fx);
	const char *id = fixture_insert(&fx, 1);
	fixture_close(&fx);
	fixture_open(&fx);
	const struct request_view *view = NULL;
	ck_assert(request_read(fx.reader, id, fx.arena, &view, &fx.err));
	ck_assert_ptr_nonnull(view);
	fixture_insert(&fx, 2);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, 2);
	struct store_stats stats;
	store_stats(fx.store, &stats);
	ck_assert_uint_eq(stats.last_event, 2);
}
END_TEST

START_TEST(a_symbolic_link_is_refused)
{
	write_file(beside(".real"), 0600, "");
	ck_assert_int_eq(symlink(beside(".real"), fx.path), 0);
	check_refused("symbolic link");
}
END_TEST

START_TEST(a_second_name_is_refused)
{
	write_file(fx.path, 0600, "");
	ck_assert_int_eq(link(fx.path, beside(".other")), 0);
	check_refused("hard link");
}
END_TEST

START_TEST(a_file_that_others_may_read_is_refused)
{
	write_file(fx.path, 0644, "");
	check_refused("mode 0644");
}
END_TEST

START_TEST(a_log_that_others_may_write_is_refused)
{
	write_file(beside("-wal"), 0620, "");
	check_refused("-wal");
}
END_TEST

START_TEST(a_directory_is_refused)
{
	ck_assert_int_eq(mkdir(fx.path, 0700), 0);
	struct store *store = store_open(&fx.options, &fx.err);
	ck_assert_ptr_null(store);
	ck_assert_int_eq(fx.err.code, ERR_CONFIG);
	rmdir(fx.path);
}
END_TEST

START_TEST(a_directory_that_is_not_there_is_refused)
{
	fx.options.path = "/nowhere/at/all/records.db";
	check_refused("the directory of");
}
END_TEST

START_TEST(somebody_else_s_file_is_refused)
{
	write_file(fx.path, 0600, "");
	if (chown(fx.path, 12345, 12345) == 0) { /* only root can try */
		check_refused("another user");
	}
}
END_TEST

/* The state directory of a unit with a dynamic user is such a link. */
START_TEST(a_link_in_the_directory_part_is_resolved)
{
	char link_path[FIXTURE_PATH_SIZE];
	snprintf(link_path, sizeof(link_path), "%s.link", fx.directory);
	ck_assert_int_eq(symlink(fx.directory, link_path), 0);
	fx.options.path = arena_printf(fx.arena, "%s.link/records.db", fx.directory);
	fixture_open(&fx);
	fixture_insert(&fx, 1);
	fixture_close(&fx);
	unlink(link_path);
}
END_TEST

START_TEST(a_second_store_of_the_same_file_is_refused)
{
	fixture_open(&fx);
	check_refused("in use");
	const pid_t child = fork();
	if (child == 0) {
		struct err err;
		const bool refused = store_open(&fx.options, &err) == NULL && err.code == ERR_CONFIG;
		_exit(refused ? 0 : 1);
	}
	int status = 0;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	fixture_insert(&fx, 1); /* the refused attempts took no lock away */
}
END_TEST

START_TEST(a_newer_schema_is_refused)
{
	fixture_open(&fx);
	fixture_close(&fx);
	ck_assert_int_eq(raw_run(&fx, "PRAGMA user_version = 99"), SQLITE_OK);
	check_refused("newer program");
	ck_assert_int_eq(raw_number(&fx, "PRAGMA user_version"), 99);
}
END_TEST

START_TEST(the_database_of_another_program_is_refused)
{
	write_file(fx.path, 0600, "");
	ck_assert_int_eq(raw_run(&fx, "CREATE TABLE t (a)"), SQLITE_OK);
	check_refused("another program");
	ck_assert_int_eq(raw_run(&fx, "PRAGMA user_version = 1"), SQLITE_OK);
	check_refused("another program");
}
END_TEST

START_TEST(a_file_that_is_no_database_is_refused)
{
	write_file(fx.path, 0600,
		   "This is a letter of medical necessity and not a database at all, however long it may become in time.");
	ck_assert_ptr_null(store_open(&fx.options, &fx.err));
	ck_assert_int_eq(fx.err.code, ERR_CONFIG);
}
END_TEST

START_TEST(a_cut_chain_is_refused_at_start)
{
	fixture_open(&fx);
	fixture_insert(&fx, 1);
	fixture_close(&fx);
	ck_assert_int_eq(raw_run(&fx, "DROP TRIGGER event_not_updated; UPDATE event SET actor = 'prn_2'"), SQLITE_OK);
	ck_assert_ptr_null(store_open(&fx.options, &fx.err));
	ck_assert_int_eq(fx.err.code, ERR_STORE);
	ck_assert_msg(strstr(fx.err.detail, "event 1") != NULL, "%s", fx.err.detail);
}
END_TEST

/* ---- the connections ---- */

static const struct {
	const char *ask;
	const char *value;
} settings[] = {
	{"PRAGMA journal_mode", "wal"},     {"PRAGMA synchronous", "2"},
	{"PRAGMA foreign_keys", "1"},       {"PRAGMA trusted_schema", "0"},
	{"PRAGMA cell_size_check", "1"},    {"PRAGMA recursive_triggers", "1"},
	{"PRAGMA mmap_size", "0"},          {"PRAGMA cache_size", "-2048"},
	{"PRAGMA wal_autocheckpoint", "0"}, /* our own checkpoint sees its failures */
};

START_TEST(a_connection_has_its_settings)
{
	struct db db;
	const char *value = NULL;

	fixture_open(&fx);
	fixture_close(&fx);
	ck_assert_msg(db_open_writer(&db, fx.path, 3000, &fx.err), "%s", fx.err.detail);
	ck_assert(db_ask(&db, settings[_i].ask, fx.arena, &value, &fx.err));
	ck_assert_msg(strcmp(value, settings[_i].value) == 0, "%s: %s", settings[_i].ask, value);
	db_close(&db);
}
END_TEST

static const char *const denied[] = {
	"DROP TABLE event",
	"DROP TRIGGER event_not_updated",
	"CREATE TABLE t (a)",
	"CREATE TEMP TRIGGER t BEFORE INSERT ON event BEGIN SELECT 1; END",
	"ALTER TABLE event ADD COLUMN a",
	"UPDATE event SET actor = 'prn_2'",
	"DELETE FROM event",
	"DELETE FROM request",
	"DELETE FROM event_detail",
	"DELETE FROM idempotency",
	"UPDATE event_detail SET snapshot = ''",
	"UPDATE idempotency SET event = 1",
	"UPDATE principal SET role = 'admin'",
	"UPDATE principal SET expires_at = NULL",
	"UPDATE decision SET outcome = 'approved'",
	"UPDATE decision SET superseded_by = NULL, basis = 'x'",
	"UPDATE appeal SET decision = 'x'",
	"UPDATE appeal SET event = 1",
	"UPDATE request_body SET request = 2",
	"DELETE FROM decision",
	"DELETE FROM appeal",
	"DELETE FROM request_body",
	"INSERT INTO sqlite_master VALUES ('a', 'b', 'c', 1, 'd')",
	"ATTACH DATABASE ':memory:' AS other",
	"PRAGMA synchronous = OFF",
	"PRAGMA user_version = 0",
	"PRAGMA writable_schema = ON",
	"VACUUM",
	"REINDEX",
};

START_TEST(a_serving_connection_may_not)
{
	struct db db;

	fixture_open(&fx);
	for (int reader = 0; reader < 2; reader++) {
		if (reader == 1) {
			ck_assert_msg(db_open_reader(&db, fx.path, 0, &fx.err), "%s", fx.err.detail);
		} else {
			ck_assert_msg(db_open_writer(&db, fx.path, 0, &fx.err), "%s", fx.err.detail);
			ck_assert(db_execute(&db, "PRAGMA user_version = 2", &fx.err)); /* as a migration may */
			ck_assert_msg(db_prepare(&db, FOR_WRITER, &fx.err), "%s", fx.err.detail);
		}
		ck_assert_msg(!db_execute(&db, denied[_i], &fx.err), "%s", denied[_i]);
		ck_assert_msg(strstr(fx.err.detail, "authoriz") != NULL || strstr(fx.err.detail, "prohibited") != NULL ||
				      strstr(fx.err.detail, "may not be") != NULL,
			      "%s: %s", denied[_i], fx.err.detail);
		db_close(&db);
	}
}
END_TEST

START_TEST(a_reader_does_not_write)
{
	struct db db;

	fixture_open(&fx);
	ck_assert(db_open_reader(&db, fx.path, 0, &fx.err));
	ck_assert(!db_execute(&db, "INSERT INTO policy_text VALUES ('', '', '', '')", &fx.err));
	ck_assert(!db_execute(&db, "BEGIN IMMEDIATE", &fx.err));
	db_close(&db);
}
END_TEST

/* What the planner makes of the statements of the worklists, feeds and lookups. */
static const struct {
	enum statement_id id;
	const char *plan;
} plans[] = {
	{STATEMENT_LIST_PAYER,
	 "SEARCH request USING COVERING INDEX request_by_payer (payer=? AND open=? AND (act_by,id)>(?,?))"},
	{STATEMENT_LIST_ORGANIZATION,
	 "SEARCH request USING COVERING INDEX request_by_organization (organization=? AND open=? AND (act_by,id)>(?,?))"},
	{STATEMENT_LIST_TRACKING, "SEARCH request USING INDEX sqlite_autoindex_request_2 (tracking_number=?)"},
	{STATEMENT_LIST_REFERENCE, "SEARCH request USING INDEX request_by_reference (submitter_reference=?)"},
	{STATEMENT_LIST_PROVIDER,
	 "SEARCH request USING INDEX request_by_provider (provider_npi=? AND open=? AND (act_by,id)>(?,?))"},
	{STATEMENT_LIST_AUTHORIZATION, "SEARCH request USING INDEX request_by_authorization (authorization_number=?)"},
	{STATEMENT_REQUESTS_DUE, "SEARCH request USING COVERING INDEX request_by_wake (wake_at<?)"},
	{STATEMENT_REQUEST_AS_OF, "SEARCH e USING INDEX sqlite_autoindex_event_1 (request_id=?)"},
	{STATEMENT_EVENT_BY, "SEARCH event USING INDEX sqlite_autoindex_event_1 (request_id=?)"},
	{STATEMENT_DECISION_READ, "SEARCH d USING INDEX sqlite_autoindex_decision_1 (id=?)"},
	{STATEMENT_DECISIONS_PAYER,
	 "SEARCH d USING INDEX decision_by_payer (payer=? AND decided_at>? AND (decided_at,id)<(?,?))"},
	{STATEMENT_DECISIONS_ORGANIZATION,
	 "SEARCH d USING INDEX decision_by_organization (organization=? AND decided_at>? AND (decided_at,id)<(?,?))"},
	{STATEMENT_APPEAL_READ, "SEARCH a USING INDEX sqlite_autoindex_appeal_1 (id=?)"},
	{STATEMENT_RECORDS_PAYER, "SEARCH request USING INDEX record_by_payer (payer=? AND (act_by,id)>(?,?))"},
	{STATEMENT_RECORDS_ORGANIZATION,
	 "SEARCH request USING INDEX record_by_organization (organization=? AND (act_by,id)>(?,?))"},
	{STATEMENT_RECORDS_STANDING, "SEARCH request USING INDEX record_standing (payer=? AND service=? AND provider_npi=?)"},
	{STATEMENT_OBLIGATIONS_PAYER,
	 "SEARCH o USING COVERING INDEX obligation_by_payer (payer=? AND state=? AND (due_at,record,item,name)>(?,?,?,?))"},
	{STATEMENT_OBLIGATIONS_ORGANIZATION, "SEARCH o USING COVERING INDEX obligation_by_organization (organization=? AND "
					     "state=? AND (due_at,record,item,name)>(?,?,?,?))"},
	{STATEMENT_OBLIGATIONS_OF, "SEARCH obligation USING PRIMARY KEY (request=?)"},
	{STATEMENT_LIST_MEMBER, "SEARCH request USING INDEX request_by_member (member_id=?)"},
	{STATEMENT_EPISODE_GUARD, "SEARCH o USING INDEX request_by_episode (episode=? AND continues=?) LEFT-JOIN"},
	{STATEMENT_TIMELINE, "SEARCH e USING INDEX sqlite_autoindex_event_1 (request_id=? AND sequence>?)"},
	{STATEMENT_FEED_ORGANIZATION, "SEARCH f USING PRIMARY KEY (organization=? AND sequence>?)"},
	{STATEMENT_FEED_PAYER, "SEARCH f USING COVERING INDEX event_feed_by_payer (payer=? AND sequence>?)"},
	{STATEMENT_IDEMPOTENCY_FIND, "SEARCH i USING PRIMARY KEY (principal=? AND key=?)"},
};

START_TEST(a_read_uses_its_index)
{
	fixture_open(&fx);
	sqlite3 *handle = raw_open(&fx);
	sqlite3_stmt *statement = NULL;
	const char *sql = arena_printf(fx.arena, "EXPLAIN QUERY PLAN %s", statement_of(plans[_i].id)->sql);
	bool found = false;
	const char *plan = "";

	ck_assert_int_eq(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(statement, 3);
		found = found || (line != NULL && strcmp(line, plans[_i].plan) == 0);
		plan = arena_printf(fx.arena, "%s | %s", plan, line != NULL ? line : "");
	}
	ck_assert_msg(found, "%s", plan);
	ck_assert_msg(plans[_i].id >= STATEMENT_LIST_TRACKING && plans[_i].id <= STATEMENT_LIST_MEMBER
			      ? true
			      : strstr(plan, "TEMP B-TREE") == NULL,
		      "sorts: %s", plan);
	ck_assert_msg(strstr(plan, "SCAN") == NULL, "%s", plan);
	sqlite3_finalize(statement);
	sqlite3_close(handle);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("open");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_empty_directory_becomes_a_store);
	tcase_add_test(tcase, what_was_recorded_is_there_after_a_restart);
	tcase_add_test(tcase, a_symbolic_link_is_refused);
	tcase_add_test(tcase, a_second_name_is_refused);
	tcase_add_test(tcase, a_file_that_others_may_read_is_refused);
	tcase_add_test(tcase, a_log_that_others_may_write_is_refused);
	tcase_add_test(tcase, a_directory_is_refused);
	tcase_add_test(tcase, a_directory_that_is_not_there_is_refused);
	tcase_add_test(tcase, somebody_else_s_file_is_refused);
	tcase_add_test(tcase, a_link_in_the_directory_part_is_resolved);
	tcase_add_test(tcase, a_second_store_of_the_same_file_is_refused);
	tcase_add_test(tcase, a_newer_schema_is_refused);
	tcase_add_test(tcase, the_database_of_another_program_is_refused);
	tcase_add_test(tcase, a_file_that_is_no_database_is_refused);
	tcase_add_test(tcase, a_cut_chain_is_refused_at_start);
	tcase_add_loop_test(tcase, a_connection_has_its_settings, 0, sizeof(settings) / sizeof(settings[0]));
	tcase_add_loop_test(tcase, a_serving_connection_may_not, 0, sizeof(denied) / sizeof(denied[0]));
	tcase_add_test(tcase, a_reader_does_not_write);
	tcase_add_loop_test(tcase, a_read_uses_its_index, 0, sizeof(plans) / sizeof(plans[0]));
	return fixture_main(tcase);
}
