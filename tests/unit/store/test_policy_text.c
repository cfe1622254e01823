/* SPDX-License-Identifier: Apache-2.0 */
/* The texts that policy versions had, and which versions judge what is under way. */
#include "fixture.h"

#include "store/policy_text.h"
#include "store/statements.h"

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

#define FIRST "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SECOND "0000000000000000000000000000000000000000000000000000000000000000"

struct text_row {
	const char *digest;
	const char *id;
	const char *version;
};

static bool run_keep(struct task *task, struct store_txn *txn, struct err *err)
{
	const struct text_row *row = task->context;
	return policy_text_keep(txn, row->digest, row->id, row->version, "{}", 2, err);
}

static void keep(const char *digest, const char *id, const char *version)
{
	struct task task;
	struct text_row row = {digest, id, version};
	task_init(&task, run_keep);
	task.context = &row;
	ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
}

struct needs {
	const char *loaded;
	struct policy_need rows[POLICY_NEEDS_MAX];
	size_t count;
};

static bool run_needed(struct task *task, struct store_txn *txn, struct err *err)
{
	struct needs *needs = task->context;
	return policy_versions_needed(txn, needs->loaded, fx.arena, needs->rows, &needs->count, err);
}

/* As "ID VERSION requests/records, ..." */
static const char *needed(const char *loaded)
{
	struct task task;
	struct needs needs = {.loaded = loaded};
	const char *text = "";
	task_init(&task, run_needed);
	task.context = &needs;
	ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
	for (size_t i = 0; i < needs.count; i++) {
		const struct policy_need *row = &needs.rows[i];
		text = arena_printf(fx.arena, "%s%s%s %s %d/%d", text, i > 0 ? ", " : "", row->id, row->version,
				    (int)row->requests, (int)row->records);
	}
	return text;
}

static void insert(int number, const char *payer, const char *id, const char *version, const char *kind)
{
	struct task task;
	struct request_row row = fixture_row(fx.arena, number);
	row.payer = payer;
	row.policy_id = id;
	row.policy_version = version;
	if (strcmp(kind, "open") != 0) {
		row.open = false;
		row.tasks = 0;
		row.status = strcmp(kind, "closed") == 0 ? "withdrawn" : "recorded";
		row.waiting_on = "nobody";
		row.due_at.us = row.act_by.us = 0;
		row.act_by_rule = NULL;
		row.missing_count = row.requested_count = 0;
	}
	if (strcmp(kind, "care") == 0 || strcmp(kind, "standing") == 0) {
		row.id = arena_printf(fx.arena, "%s_01HZZZZZZZZZZZZZZZZZ%06d", strcmp(kind, "care") == 0 ? "svc" : "prv",
				      number);
		row.review = kind;
		row.tasks = RECORD_DONE;
	}
	task_init(&task, run_insert);
	task.row = row;
	task.body = "{\"body\":{\"payer\":\"x\"},\"plan\":{},\"version\":1}";
	task.event = fixture_event(fx.arena, &task.row, "received");
	ck_assert_msg(task_do(&fx, &task), "%s: %s", kind, task.err.detail);
}

START_TEST(what_is_open_and_what_is_cared_for_needs_its_version)
{
	const char *versions[] = {"1", "2", "3"};
	for (int i = 0; i < 3; i++) {
		keep(arena_printf(fx.arena, "%064d", i), "a", versions[i]);
		keep(arena_printf(fx.arena, "%064d", 10 + i), "b", versions[i]);
	}
	ck_assert_str_eq(needed("[]"), "");
	insert(1, "first", "a", "1", "open");
	insert(2, "first", "a", "1", "open");
	insert(3, "first", "a", "2", "closed");
	insert(4, "second", "b", "2", "care");
	insert(5, "second", "b", "1", "standing");
	insert(6, "third", "b", "2", "open");
	insert(7, "third", "b", "3", "care");
	ck_assert_str_eq(needed("[]"), "a 1 2/0, b 2 1/1, b 3 0/1");
	ck_assert_str_eq(needed("[\"a 1\",\"b 3\"]"), "b 2 1/1");
	ck_assert_str_eq(needed("[\"a 2\",\"b 1\",\"a 3\"]"), "a 1 2/0, b 2 1/1, b 3 0/1");
	ck_assert_str_eq(needed("[\"b 3\",\"a 1\",\"b 2\"]"), "");
}
END_TEST

START_TEST(many_versions_are_named_up_to_a_bound)
{
	for (int i = 0; i < POLICY_NEEDS_MAX + 3; i++) {
		const char *version = arena_printf(fx.arena, "%03d", i);
		keep(arena_printf(fx.arena, "%064d", i), "a", version);
		insert(i + 1, "first", "a", version, "open");
	}
	struct task task;
	struct needs needs = {.loaded = "[]"};
	task_init(&task, run_needed);
	task.context = &needs;
	ck_assert(task_do(&fx, &task));
	ck_assert_uint_eq(needs.count, POLICY_NEEDS_MAX);
	ck_assert_str_eq(needs.rows[0].version, "000");
}
END_TEST

/* Requests may be a million: each payer's open ones are read in their index, nothing else. */
START_TEST(the_question_reads_indexes_alone)
{
	sqlite3 *handle = raw_open(&fx);
	sqlite3_stmt *statement = NULL;
	const char *sql = arena_printf(fx.arena, "EXPLAIN QUERY PLAN %s", statement_of(STATEMENT_POLICY_NEEDED)->sql);
	const char *plan = "";
	ck_assert_int_eq(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		plan = arena_printf(fx.arena, "%s | %s", plan, (const char *)sqlite3_column_text(statement, 3));
	}
	ck_assert_msg(strstr(plan, "SCAN request") == NULL && strstr(plan, "SCAN r ") == NULL, "%s", plan);
	ck_assert_msg(strstr(plan, "SEARCH r USING COVERING INDEX request_by_payer (payer=? AND open=?)") != NULL, "%s", plan);
	ck_assert_msg(strstr(plan, "SEARCH r USING INDEX record_by_payer (payer=?)") != NULL, "%s", plan);
	ck_assert_msg(strstr(plan, "request_by_payer (payer>?)") != NULL, "%s", plan);
	ck_assert_msg(strstr(plan, "record_by_payer (payer>?)") != NULL, "%s", plan);
	sqlite3_finalize(statement);
	sqlite3_close(handle);
}
END_TEST

struct first {
	const char *id;
	const char *digest;
};

static bool run_first(struct task *task, struct store_txn *txn, struct err *err)
{
	struct first *first = task->context;
	return policy_text_first(txn, first->id, "1", fx.arena, &first->digest, err);
}

static const char *first_of(const char *id)
{
	struct task task;
	struct first first = {.id = id};
	task_init(&task, run_first);
	task.context = &first;
	ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
	return first.digest;
}

START_TEST(the_first_text_stays_the_first)
{
	ck_assert_ptr_null(first_of("a"));
	keep(FIRST, "a", "1");
	keep(SECOND, "a", "1");
	keep(FIRST, "a", "1");
	ck_assert_str_eq(first_of("a"), FIRST);
	ck_assert_ptr_null(first_of("b"));
	ck_assert_int_eq(raw_run(&fx, "VACUUM"), SQLITE_OK);
	ck_assert_str_eq(first_of("a"), FIRST);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("policy_text");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, what_is_open_and_what_is_cared_for_needs_its_version);
	tcase_add_test(tcase, many_versions_are_named_up_to_a_bound);
	tcase_add_test(tcase, the_question_reads_indexes_alone);
	tcase_add_test(tcase, the_first_text_stays_the_first);
	return fixture_main(tcase);
}
