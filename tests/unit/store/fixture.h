/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store in a fresh directory, commands that a test can wait for, and a plain connection for what the store
 * itself refuses to do.
 */
#ifndef AR_TESTS_STORE_FIXTURE_H
#define AR_TESTS_STORE_FIXTURE_H

#include "store/records.h"
#include "store/store.h"

#include <check.h>
#include <semaphore.h>
#include <sqlite3.h>

enum { FIXTURE_PATH_SIZE = 256 };

struct fixture {
	char directory[FIXTURE_PATH_SIZE - 16];
	char path[FIXTURE_PATH_SIZE];
	struct store_options options;
	struct store *store;
	struct store_reader *reader;
	struct arena *arena;
	struct err err;
};

/* A directory, but no store yet. */
void fixture_prepare(struct fixture *fixture);
/* Opens store and reader; the test fails when that fails. */
void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);
/* Closes and removes everything. */
void fixture_finish(struct fixture *fixture);

/* A request of its own for every NUMBER: incomplete, open, of payer "trillium" and organization "org-1". */
struct request_row fixture_row(struct arena *arena, int number);
/* The event that goes with a row; its snapshot says what the row says. */
struct event_row fixture_event(struct arena *arena, const struct request_row *row, const char *action);
/* That snapshot; MORE is further members as JSON, or NULL. */
const char *fixture_snapshot(struct arena *arena, const struct request_row *row, const char *more);
/* Gives an event another snapshot. */
void fixture_say(struct event_row *event, const char *snapshot);

/* A command whose end can be awaited. */
struct task {
	struct store_command command;
	bool (*run)(struct task *task, struct store_txn *txn, struct err *err);
	struct request_row row;
	struct event_row event;
	const char *body;
	const struct idempotency_row *key; /* or NULL */
	const struct decision_row *decision; /* or NULL; as is the appeal */
	const struct appeal_row *appeal;
	void *context;
	int64_t sequence; /* of its event */
	enum idempotency_found found;
	char request[40];
	bool failed;
	struct err err;
	int done_count;
	sem_t settled;
};

void task_init(struct task *task, bool (*run)(struct task *task, struct store_txn *txn, struct err *err));
void task_submit(struct fixture *fixture, struct task *task);
/* True when it was committed. */
bool task_wait(struct task *task);
bool task_do(struct fixture *fixture, struct task *task);

/*
 * Runs: what a use case does with a key (replay, refuse or insert), an update, and a command that holds the
 * writer.
 */
bool run_insert(struct task *task, struct store_txn *txn, struct err *err);
bool run_update(struct task *task, struct store_txn *txn, struct err *err);
/* An update, then the appeal (inserted when it is open, else decided), then the decision, when they are given. */
bool run_decide(struct task *task, struct store_txn *txn, struct err *err);
/* CONTEXT is struct gate. */
bool run_gate(struct task *task, struct store_txn *txn, struct err *err);

struct gate {
	struct task task;
	sem_t entered;
	sem_t open;
};
void gate_close(struct fixture *fixture, struct gate *gate); /* the writer is inside when this returns */
void gate_open(struct gate *gate);

/* Inserts request NUMBER as fixture_row makes it and returns its id. */
const char *fixture_insert(struct fixture *fixture, int number);
/* Inserts the rows, many to a batch. */
void fixture_insert_all(struct fixture *fixture, const struct request_row *rows, size_t count);

/* A denial of a request as the policy wants it, by prn_rev; the id is made of the request's. */
struct decision_row fixture_denial(struct arena *arena, const struct request_row *row);
/* An approval of it. */
struct decision_row fixture_approval(struct arena *arena, const struct request_row *row);
/* An open appeal against a decision. */
struct appeal_row fixture_appeal(struct arena *arena, const struct decision_row *decision);

/*
 * Records that ACTOR did ACTION to the request: its next version, decided and without tasks when there is a decision. DECISION and
 * APPEAL may be NULL; the snapshot names what is given. The result is only checked by the caller.
 */
bool fixture_act(struct fixture *fixture, struct request_row *row, const char *actor, const char *action,
                 const struct appeal_row *appeal, const struct decision_row *decision);

/* Runs the case and gives the exit code of the program. */
int fixture_main(TCase *tcase);

/* A connection without any of the store's settings. */
sqlite3 *raw_open(const struct fixture *fixture);
/* Runs SQL and returns SQLite's code. */
int raw_run(const struct fixture *fixture, const char *sql);
/* The number that a SELECT gives. */
int64_t raw_number(const struct fixture *fixture, const char *sql);

#endif
