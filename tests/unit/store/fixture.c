/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "../run_suite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fatal(void *context, const struct err *err)
{
	(void)context;
	fprintf(stderr, "fatal: %s\n", err->detail);
	abort();
}

void fixture_prepare(struct fixture *fixture)
{
	*fixture = (struct fixture){.arena = arena_create()};
	const char *place = getenv("TMPDIR");
	snprintf(fixture->directory, sizeof(fixture->directory), "%s/ar-store-%s", place != NULL ? place : P_tmpdir,
	         "XX" "XX" "XX");
	ck_assert_ptr_nonnull(mkdtemp(fixture->directory));
	snprintf(fixture->path, sizeof(fixture->path), "%s/records.db", fixture->directory);
	fixture->options = (struct store_options){
		.path = fixture->path,
		.queue_max = 10000,
		.batch_max = 256,
		.reader_cache_kib = 2048,
		.writer_cache_kib = 8192,
		.fatal = fatal,
	};
}

void fixture_open(struct fixture *fixture)
{
	fixture->store = store_open(&fixture->options, &fixture->err);
	ck_assert_msg(fixture->store != NULL, "store_open: %s", fixture->err.detail);
	fixture->reader = store_reader_open(fixture->store, &fixture->err);
	ck_assert_msg(fixture->reader != NULL, "store_reader_open: %s", fixture->err.detail);
}

void fixture_close(struct fixture *fixture)
{
	store_reader_close(fixture->reader);
	store_close(fixture->store);
	fixture->reader = NULL;
	fixture->store = NULL;
}

void fixture_finish(struct fixture *fixture)
{
	fixture_close(fixture);
	DIR *directory = opendir(fixture->directory);
	const struct dirent *entry;
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		char path[512];
		snprintf(path, sizeof(path), "%s/%s", fixture->directory, entry->d_name);
		unlink(path);
	}
	closedir(directory);
	rmdir(fixture->directory);
	arena_destroy(fixture->arena);
}

struct request_row fixture_row(struct arena *arena, int number)
{
	return (struct request_row){
		.id = arena_printf(arena, "req_01HZZZZZZZZZZZZZZZZZ%06d", number),
		.version = 1,
		.tracking_number = arena_printf(arena, "AR-%04d-%04d-X", number / 10000, number % 10000),
		.payer = "trillium",
		.service = "PRTS",
		.review = "initial",
		.urgency = "standard",
		.status = "incomplete",
		.waiting_on = "provider",
		.open = true,
		.received_at = {1000000 + number},
		.due_at = {2000000 + number},
		.act_by = {1900000 + number},
		.act_by_rule = "C.due",
		.organization = "org-1",
		.submitter_reference = "CR-1",
		.member_id = "OHP1",
		.member_birth_date = "2011-05-04",
		.provider_npi = "1234567893",
		.policy_id = "trillium-prts",
		.policy_version = "2026-01",
		.policy_digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		.missing_count = 3,
		.requested_count = 2,
	};
}

struct event_row fixture_event(struct arena *arena, const struct request_row *row, const char *action)
{
	struct event_row event = {
		.at = row->received_at,
		.actor = "prn_1",
		.actor_role = "provider",
		.action = action,
		.request_id = row->id,
		.snapshot = arena_printf(arena, "{\"version\":%lld,\"status\":\"%s\"}", (long long)row->version, row->status),
		.salt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
	};
	event.snapshot_length = strlen(event.snapshot);
	event.detail_digest = event_detail_digest(event.salt, event.snapshot, event.snapshot_length);
	return event;
}

static bool task_apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	struct task *task = (struct task *)command;

	return task->run(task, txn, err);
}

static void task_done(struct store_command *command, const struct err *err)
{
	struct task *task = (struct task *)command;

	task->failed = err != NULL;
	if (err != NULL) {
		task->err = *err;
	}
	task->done_count++;
	sem_post(&task->settled);
}

void task_init(struct task *task, bool (*run)(struct task *task, struct store_txn *txn, struct err *err))
{
	*task = (struct task){.command = {.apply = task_apply, .done = task_done}, .run = run, .body = "{}"};
	sem_init(&task->settled, 0, 0);
}

void task_submit(struct fixture *fixture, struct task *task)
{
	struct err err;

	ck_assert_msg(store_submit(fixture->store, &task->command, &err), "store_submit: %s", err.detail);
}

bool task_wait(struct task *task)
{
	while (sem_wait(&task->settled) != 0) {
		continue;
	}
	return !task->failed;
}

bool task_do(struct fixture *fixture, struct task *task)
{
	task_submit(fixture, task);
	return task_wait(task);
}

bool run_insert(struct task *task, struct store_txn *txn, struct err *err)
{
	if (task->key != NULL) {
		if (!idempotency_find(txn, task->key, &task->found, &task->sequence, task->request, err)) {
			return false;
		}
		if (task->found == IDEMPOTENCY_CONFLICT) {
			return err_set(err, ERR_KEY_REUSED, "another body");
		}
		if (task->found == IDEMPOTENCY_REPLAY) {
			return true;
		}
	}
	return request_insert(txn, &task->row, task->body, strlen(task->body), &task->event, &task->sequence, err) &&
	       (task->key == NULL || idempotency_insert(txn, task->key, task->sequence, err));
}

bool run_update(struct task *task, struct store_txn *txn, struct err *err)
{
	const size_t length = task->body != NULL ? strlen(task->body) : 0;

	return request_update(txn, &task->row, task->body, length, &task->event, &task->sequence, err);
}

bool run_gate(struct task *task, struct store_txn *txn, struct err *err)
{
	struct gate *gate = task->context;

	(void)txn, (void)err;
	sem_post(&gate->entered);
	while (sem_wait(&gate->open) != 0) {
		continue;
	}
	return true;
}

void gate_close(struct fixture *fixture, struct gate *gate)
{
	task_init(&gate->task, run_gate);
	gate->task.context = gate;
	sem_init(&gate->entered, 0, 0);
	sem_init(&gate->open, 0, 0);
	task_submit(fixture, &gate->task);
	while (sem_wait(&gate->entered) != 0) {
		continue;
	}
}

void gate_open(struct gate *gate)
{
	sem_post(&gate->open);
	ck_assert(task_wait(&gate->task));
}

void fixture_insert_all(struct fixture *fixture, const struct request_row *rows, size_t count)
{
	struct task *tasks = arena_array(fixture->arena, count, sizeof(*tasks));

	for (size_t i = 0; i < count; i++) {
		task_init(&tasks[i], run_insert);
		tasks[i].row = rows[i];
		tasks[i].event = fixture_event(fixture->arena, &rows[i], "received");
		task_submit(fixture, &tasks[i]);
	}
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg(task_wait(&tasks[i]), "%s: %s", rows[i].id, tasks[i].err.detail);
	}
}

const char *fixture_insert(struct fixture *fixture, int number)
{
	const struct request_row row = fixture_row(fixture->arena, number);

	fixture_insert_all(fixture, &row, 1);
	return row.id;
}

sqlite3 *raw_open(const struct fixture *fixture)
{
	sqlite3 *handle = NULL;

	ck_assert_int_eq(sqlite3_open_v2(fixture->path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	return handle;
}

int raw_run(const struct fixture *fixture, const char *sql)
{
	sqlite3 *handle = raw_open(fixture);
	const int code = sqlite3_exec(handle, sql, NULL, NULL, NULL);

	sqlite3_close(handle);
	return code;
}

int64_t raw_number(const struct fixture *fixture, const char *sql)
{
	sqlite3 *handle = raw_open(fixture);
	sqlite3_stmt *statement = NULL;

	ck_assert_msg(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(handle));
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	const int64_t number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(handle);
	return number;
}

int fixture_main(TCase *tcase)
{
	Suite *suite = suite_create("store");

	tcase_set_timeout(tcase, 100);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
