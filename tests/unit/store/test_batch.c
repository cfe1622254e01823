/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "store/txn.h"

#include <check.h>
#include <pthread.h>
#include <unistd.h>

enum { TASKS = 60, POISON = 31 };

static struct fixture fx;
static struct task tasks[TASKS];

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static struct store_stats stats_now(void)
{
	struct store_stats stats;

	store_stats(fx.store, &stats);
	return stats;
}

/* ---- one bad command among good ones ---- */

static bool run_refuse(struct task *task, struct store_txn *txn, struct err *err)
{
	(void)task, (void)txn;
	return err_set(err, ERR_TRANSITION, "not now");
}

static bool run_refuse_silently(struct task *task, struct store_txn *txn, struct err *err)
{
	(void)task, (void)txn, (void)err;
	return false;
}

/* Writes first and refuses then, which the contract forbids. */
static bool run_write_and_refuse(struct task *task, struct store_txn *txn, struct err *err)
{
	return run_insert(task, txn, err) && err_set(err, ERR_TRANSITION, "too late");
}

/* The second insert of the same request is refused by the database after the first was written. */
static bool run_insert_twice(struct task *task, struct store_txn *txn, struct err *err)
{
	return run_insert(task, txn, err) && run_insert(task, txn, err);
}

static bool run_swallow(struct task *task, struct store_txn *txn, struct err *err)
{
	struct err lost;

	task->row.status = "nonsense";
	return run_insert(task, txn, &lost) || err->code == ERR_NONE;
}

static bool run_duplicate(struct task *task, struct store_txn *txn, struct err *err)
{
	task->row.id = task->event.request_id = tasks[0].row.id;
	return run_insert(task, txn, err);
}

static const struct {
	const char *name;
	bool (*run)(struct task *task, struct store_txn *txn, struct err *err);
	enum err_code code;
	bool together; /* the good ones stay one transaction */
} poisons[] = {
	{"refuses", run_refuse, ERR_TRANSITION, true},
	{"refuses without a reason", run_refuse_silently, ERR_INTERNAL, true},
	{"is refused by a constraint at once", run_duplicate, ERR_BUSY, true},
	{"refuses after writing", run_write_and_refuse, ERR_TRANSITION, false},
	{"is refused by a constraint after writing", run_insert_twice, ERR_BUSY, false},
	{"hides a failure", run_swallow, ERR_INTERNAL, false},
};

START_TEST(a_bad_command_fails_alone)
{
	struct gate gate;
	int acknowledged = 0;

	gate_close(&fx, &gate);
	for (int i = 0; i < TASKS; i++) {
		task_init(&tasks[i], i == POISON ? poisons[_i].run : run_insert);
		tasks[i].row = fixture_row(fx.arena, i);
		tasks[i].event = fixture_event(fx.arena, &tasks[i].row, "received");
		task_submit(&fx, &tasks[i]);
	}
	gate_open(&gate);
	for (int i = 0; i < TASKS; i++) {
		const bool good = task_wait(&tasks[i]);
		acknowledged += good ? 1 : 0;
		ck_assert_msg(good == (i != POISON), "%s: command %d: %s", poisons[_i].name, i, tasks[i].err.detail);
		ck_assert_int_eq(tasks[i].done_count, 1);
	}
	ck_assert_msg(tasks[POISON].err.code == poisons[_i].code, "%s: %s", poisons[_i].name, tasks[POISON].err.detail);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), acknowledged);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM event"), acknowledged);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM event_detail"), acknowledged);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request_body"), acknowledged);
	ck_assert_uint_eq(stats_now().commits, poisons[_i].together ? 2 : 1 + TASKS - 1);
	ck_assert_uint_eq(stats_now().last_event, TASKS - 1);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, TASKS - 1);
}
END_TEST

START_TEST(waiting_commands_share_a_commit)
{
	struct request_row rows[TASKS];
	struct gate gate;

	for (int i = 0; i < TASKS; i++) {
		rows[i] = fixture_row(fx.arena, i);
		task_init(&tasks[i], run_insert);
		tasks[i].row = rows[i];
		tasks[i].event = fixture_event(fx.arena, &rows[i], "received");
	}
	gate_close(&fx, &gate);
	for (int i = 0; i < TASKS; i++) {
		task_submit(&fx, &tasks[i]);
	}
	ck_assert_uint_eq(stats_now().queue_depth, TASKS);
	gate_open(&gate);
	for (int i = 0; i < TASKS; i++) {
		ck_assert(task_wait(&tasks[i]));
		ck_assert_int_eq(tasks[i].sequence, i + 1); /* in the order of their arrival */
	}
	ck_assert_uint_eq(stats_now().commits, 2);
	ck_assert_uint_eq(stats_now().commands, TASKS + 1);
}
END_TEST

START_TEST(a_batch_is_bounded)
{
	struct gate gate;

	fixture_close(&fx);
	fx.options.batch_max = 16;
	fixture_open(&fx);
	gate_close(&fx, &gate);
	for (int i = 0; i < TASKS; i++) {
		task_init(&tasks[i], run_insert);
		tasks[i].row = fixture_row(fx.arena, i);
		tasks[i].event = fixture_event(fx.arena, &tasks[i].row, "received");
		task_submit(&fx, &tasks[i]);
	}
	gate_open(&gate);
	for (int i = 0; i < TASKS; i++) {
		ck_assert(task_wait(&tasks[i]));
	}
	ck_assert_uint_eq(stats_now().commits, 1 + 4);
}
END_TEST

START_TEST(a_full_queue_refuses_and_recovers)
{
	struct gate gate;
	struct task refused;

	fixture_close(&fx);
	fx.options.queue_max = 4;
	fixture_open(&fx);
	gate_close(&fx, &gate);
	for (int i = 0; i < 4; i++) {
		ck_assert(!store_congested(fx.store));
		task_init(&tasks[i], run_insert);
		tasks[i].row = fixture_row(fx.arena, i);
		tasks[i].event = fixture_event(fx.arena, &tasks[i].row, "received");
		task_submit(&fx, &tasks[i]);
	}
	ck_assert(store_congested(fx.store));
	task_init(&refused, run_insert);
	ck_assert(!store_submit(fx.store, &refused.command, &fx.err));
	ck_assert_int_eq(fx.err.code, ERR_BUSY);
	gate_open(&gate);
	for (int i = 0; i < 4; i++) {
		ck_assert(task_wait(&tasks[i]));
	}
	ck_assert(!store_congested(fx.store));
	ck_assert_int_eq(refused.done_count, 0);
	fixture_insert(&fx, 9);
}
END_TEST

static void *close_beside(void *context)
{
	(void)context;
	fixture_close(&fx);
	return NULL;
}

START_TEST(closing_lets_the_queue_finish)
{
	struct gate gate;
	pthread_t closer;

	gate_close(&fx, &gate);
	for (int i = 0; i < TASKS; i++) {
		task_init(&tasks[i], run_insert);
		tasks[i].row = fixture_row(fx.arena, i);
		tasks[i].event = fixture_event(fx.arena, &tasks[i].row, "received");
		task_submit(&fx, &tasks[i]);
	}
	ck_assert_int_eq(pthread_create(&closer, NULL, close_beside, NULL), 0);
	while (!store_congested(fx.store)) { /* it is closing: nothing more is taken */
		usleep(1000);
	}
	sem_post(&gate.open);
	pthread_join(closer, NULL);
	for (int i = 0; i < TASKS; i++) {
		ck_assert_int_eq(tasks[i].done_count, 1);
		ck_assert(!tasks[i].failed);
	}
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), TASKS);
}
END_TEST

/* ---- a disk that is full, and one that fails, in the middle of a batch ---- */

static bool run_full(struct task *task, struct store_txn *txn, struct err *err)
{
	return run_insert(task, txn, err) && db_fail(txn->db, SQLITE_FULL, err);
}

static bool run_broken(struct task *task, struct store_txn *txn, struct err *err)
{
	return run_insert(task, txn, err) && db_fail(txn->db, SQLITE_IOERR_READ, err);
}

static void queue_batch(struct gate *gate, bool (*middle)(struct task *task, struct store_txn *txn, struct err *err))
{
	gate_close(&fx, gate);
	for (int i = 0; i < TASKS; i++) {
		task_init(&tasks[i], i == POISON ? middle : run_insert);
		tasks[i].row = fixture_row(fx.arena, i);
		tasks[i].event = fixture_event(fx.arena, &tasks[i].row, "received");
		task_submit(&fx, &tasks[i]);
	}
}

START_TEST(a_full_disk_refuses_the_batch_and_nothing_else)
{
	struct gate gate;

	queue_batch(&gate, run_full);
	gate_open(&gate);
	for (int i = 0; i < TASKS; i++) {
		ck_assert(!task_wait(&tasks[i]));
		ck_assert_int_eq(tasks[i].err.code, ERR_STORAGE_FULL);
	}
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), 0);
	ck_assert(store_healthy(fx.store));
	fixture_insert(&fx, 1);
}
END_TEST

static void count_fatal(void *context, const struct err *err)
{
	ck_assert_int_eq(err->code, ERR_OUTCOME_UNKNOWN);
	sem_post(context);
}

START_TEST(a_failing_disk_stops_everything)
{
	struct gate gate;
	struct task late;
	sem_t stopped;

	sem_init(&stopped, 0, 0);
	fixture_close(&fx);
	fx.options.fatal = count_fatal;
	fx.options.fatal_context = &stopped;
	fx.options.batch_max = 40; /* the others are still queued when it happens */
	fixture_open(&fx);
	queue_batch(&gate, run_broken);
	gate_open(&gate);
	for (int i = 0; i < TASKS; i++) {
		ck_assert(!task_wait(&tasks[i]));
		ck_assert_int_eq(tasks[i].err.code, i < 40 ? ERR_OUTCOME_UNKNOWN : ERR_STORE);
		ck_assert_int_eq(tasks[i].done_count, 1);
	}
	while (sem_wait(&stopped) != 0) {
		continue;
	}
	ck_assert(!store_healthy(fx.store));
	ck_assert(store_congested(fx.store));
	task_init(&late, run_insert);
	ck_assert(!store_submit(fx.store, &late.command, &fx.err));
	ck_assert_int_eq(fx.err.code, ERR_STORE);
	fixture_close(&fx);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), 0);
	fixture_open(&fx); /* as a restart would */
	fixture_insert(&fx, 1);
}
END_TEST

/* ---- many threads at once ---- */

enum { THREADS = 4, EACH = 250 };

static void *produce(void *context)
{
	struct task *mine = context;

	for (int i = 0; i < EACH; i++) {
		struct err err;
		if (!store_submit(fx.store, &mine[i].command, &err)) {
			return NULL;
		}
	}
	for (int i = 0; i < EACH; i++) {
		task_wait(&mine[i]);
	}
	return NULL;
}

START_TEST(many_threads_lose_nothing)
{
	struct task *all = arena_array(fx.arena, THREADS * EACH, sizeof(*all));
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS * EACH; i++) {
		task_init(&all[i], run_insert);
		all[i].row = fixture_row(fx.arena, i);
		all[i].event = fixture_event(fx.arena, &all[i].row, "received");
	}
	for (int i = 0; i < THREADS; i++) {
		ck_assert_int_eq(pthread_create(&threads[i], NULL, produce, &all[i * EACH]), 0);
	}
	const struct request_view *view = NULL;
	for (int i = 0; i < 200; i++) { /* a reader beside them */
		ck_assert_msg(request_read(fx.reader, all[i].row.id, fx.arena, &view, &fx.err), "%s", fx.err.detail);
		ck_assert(store_healthy(fx.store));
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
	}
	for (int i = 0; i < THREADS * EACH; i++) {
		ck_assert_msg(!all[i].failed && all[i].done_count == 1, "%d: %s", i, all[i].err.detail);
	}
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	ck_assert_int_eq(count, THREADS * EACH);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("batch");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_bad_command_fails_alone, 0, sizeof(poisons) / sizeof(poisons[0]));
	tcase_add_test(tcase, waiting_commands_share_a_commit);
	tcase_add_test(tcase, a_batch_is_bounded);
	tcase_add_test(tcase, a_full_queue_refuses_and_recovers);
	tcase_add_test(tcase, closing_lets_the_queue_finish);
	tcase_add_test(tcase, a_full_disk_refuses_the_batch_and_nothing_else);
	tcase_add_test(tcase, a_failing_disk_stops_everything);
	tcase_add_test(tcase, many_threads_lose_nothing);
	return fixture_main(tcase);
}
