/* SPDX-License-Identifier: Apache-2.0 */
/* Commands that store requests as the service does, each made like a pattern and with names of its own. */
#ifndef AR_BENCH_ROWS_H
#define AR_BENCH_ROWS_H

#include "pattern.h"

enum { ROW_ORGANIZATIONS = 10 };

struct rows; /* where commands come from and go back to */

/* One step of a request's life, as it is recorded. */
struct row_event {
	struct event_row event;
	struct idempotency_row key;
	char key_text[40];
	char *snapshot;
};

struct row_command {
	struct store_command command; /* first */
	struct rows *owner;
	struct request_row row; /* as it stands after all events */
	struct decision_row decision;
	struct row_event events[PATTERN_EVENTS_MAX];
	size_t event_count;
	bool decided;
	size_t body_length;
	char id[40];
	char decision_id[40];
	char tracking[16];
	char reference[24];
	char member[16];
	char organization[16];
	char *body;
};

/* A command with memory of its own for texts of ROOM bytes, for row_fill. */
struct row_command *row_create(struct rows *owner, size_t room);
void row_destroy(struct row_command *row);

/* Makes ROW the request NUMBER, received at the instant AT. */
void row_fill(struct row_command *row, const struct pattern *pattern, uint64_t number, struct instant at);

/*
 * Gives it to one of many organizations, to be acted on within a fortnight after FIRST. The same CHOICE gives the
 * same, so that stocks of different sizes have the same worklists.
 */
void row_spread(struct row_command *row, struct instant first, uint64_t choice);

/* Runs in the writer: what the service's commands do there, one after another. */
bool row_apply(struct store_command *command, struct store_txn *txn, struct err *err);

#endif
