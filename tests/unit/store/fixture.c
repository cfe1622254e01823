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
		 "XX"
		 "XX"
		 "XX");
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
		.tasks = 8,
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
		.policy_digest = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1",
		.missing_count = 3,
		.requested_count = 2,
	};
}

/* The words of a list of COUNT elements. */
static const char *list_text(struct arena *arena, int64_t count)
{
	const char *list = "";

	for (int64_t i = 0; i < count; i++) {
		list = arena_printf(arena, "%s%s{\"item\":\"i%lld\"}", list, i > 0 ? "," : "", (long long)i);
	}
	return list;
}

const char *fixture_snapshot(struct arena *arena, const struct request_row *row, const char *more)
{
	char due[INSTANT_TEXT_SIZE];

	return arena_printf(
		arena,
		"{\"id\":\"%s\",\"tracking_number\":\"%s\",\"version\":%lld,\"status\":\"%s\",\"waiting_on\":\"%s\",\"payer\":"
		"\"%s\","
		"\"service\":\"%s\",\"review\":\"%s\",\"missing\":[%s],\"requested\":[%s],\"clock\":{\"due_at\":%s}%s%s}",
		row->id, row->tracking_number, (long long)row->version, row->status, row->waiting_on, row->payer, row->service,
		row->review, list_text(arena, row->missing_count), list_text(arena, row->requested_count),
		row->due_at.us != 0 ? arena_printf(arena, "\"%s\"", instant_format_offset(row->due_at, -480, due)) : "null",
		more != NULL ? "," : "", more != NULL ? more : "");
}

void fixture_say(struct event_row *event, const char *snapshot)
{
	event->snapshot = snapshot;
	event->snapshot_length = strlen(snapshot);
	event->detail_digest = event_detail_digest(event->salt, event->snapshot, event->snapshot_length);
}

struct event_row fixture_event(struct arena *arena, const struct request_row *row, const char *action)
{
	struct event_row event = {
		.at = row->received_at,
		.actor = "prn_1",
		.actor_role = "provider",
		.action = action,
		.request_id = row->id,
		.policy_digest = row->policy_digest,
		.salt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
	};

	fixture_say(&event, fixture_snapshot(arena, row, NULL));
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

bool run_decide(struct task *task, struct store_txn *txn, struct err *err)
{
	task->event.decision = task->decision;
	task->event.appeal = task->appeal;
	bool good = run_update(task, txn, err);

	if (good && task->appeal != NULL) {
		good = strcmp(task->appeal->status, "open") == 0 ? appeal_insert(txn, task->appeal, task->sequence, err)
								 : appeal_decide(txn, task->appeal, task->sequence, err);
	}
	return good && (task->decision == NULL || decision_insert(txn, task->decision, task->sequence, err));
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

struct decision_row fixture_denial(struct arena *arena, const struct request_row *row)
{
	return (struct decision_row){
		.id = arena_printf(arena, "dec_%s", row->id + 4),
		.request_id = row->id,
		.disposition = "determined",
		.outcome = "denied",
		.basis = "criterion_not_met",
		.rationale = "The record shows a lower level of care in place.",
		.required = "[\"alternative\",\"referrals\"]",
		.parts = "{\"alternative\":\"intensive outpatient\",\"referrals\":[\"a\"]}",
		.decider = "prn_rev",
		.decider_role = "physician",
		.credential = "psychiatrist",
		.decided_at = {row->received_at.us + 500},
	};
}

struct decision_row fixture_approval(struct arena *arena, const struct request_row *row)
{
	struct decision_row decision = fixture_denial(arena, row);

	decision.outcome = "approved";
	decision.basis = NULL;
	decision.required = decision.parts = NULL;
	decision.authorization_number = arena_printf(arena, "AU-%s", row->tracking_number);
	decision.covered_from = "2026-12-01";
	decision.covered_to = "2026-12-14";
	return decision;
}

struct appeal_row fixture_appeal(struct arena *arena, const struct decision_row *decision)
{
	return (struct appeal_row){
		.id = arena_printf(arena, "apl_%s", decision->id + 4),
		.request_id = decision->request_id,
		.decision = decision->id,
		.kind = "expedited",
		.appellant = "practitioner",
		.status = "open",
		.received_at = {decision->decided_at.us + 100},
		.due_at = {decision->decided_at.us + 200},
	};
}

static const char *quoted(struct arena *arena, const char *text)
{
	return text != NULL ? arena_printf(arena, "\"%s\"", text) : "null";
}

bool fixture_act(struct fixture *fixture, struct request_row *row, const char *actor, const char *action,
		 const struct appeal_row *appeal, const struct decision_row *decision)
{
	struct arena *arena = fixture->arena;
	struct task task;
	const char *more = "\"updated\":true";

	row->version++;
	if (decision != NULL) {
		row->status = strcmp(decision->disposition, "determined") == 0 ? "decided" : decision->disposition;
		row->waiting_on = "nobody";
		row->open = false;
		row->tasks = 0;
		row->authorization_number = decision->authorization_number;
		more = arena_printf(arena, "%s,\"decision\":{\"id\":\"%s\",\"outcome\":%s}", more, decision->id,
				    quoted(arena, decision->outcome));
	}
	if (appeal != NULL) {
		more = arena_printf(arena, "%s,\"appeals\":[{\"id\":\"%s\",\"status\":\"%s\"}]", more, appeal->id,
				    appeal->status);
	}
	task_init(&task, run_decide);
	task.row = *row;
	task.body = NULL;
	task.appeal = appeal;
	task.decision = decision;
	task.event = fixture_event(arena, row, action);
	task.event.actor = actor;
	task.event.at.us += 10 * row->version;
	fixture_say(&task.event, fixture_snapshot(arena, row, more));
	const bool good = task_do(fixture, &task);
	fixture->err = task.err;
	return good;
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
