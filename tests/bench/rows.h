/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commands that store requests as the service does, made from one that it has stored, each with names of
 * its own.
 */
#ifndef AR_BENCH_ROWS_H
#define AR_BENCH_ROWS_H

#include "store/records.h"

/* The request that all others are made like. */
struct pattern {
	const struct request_view *view;
	const char *body;
	size_t body_length;
};

/* The open request that is first in the worklist of the organization "bench". */
bool pattern_read(struct store_reader *reader, struct arena *arena, struct pattern *ret_pattern, struct err *err) AR_MUST_CHECK;

enum { ROW_ORGANIZATIONS = 50, ROW_OPEN_PERCENT = 5 };

struct rows; /* where commands come from and go back to */

struct row_command {
	struct store_command command; /* first */
	struct rows *owner;
	struct request_row row;
	struct event_row event;
	struct idempotency_row key;
	size_t body_length;
	char id[40];
	char tracking[16];
	char reference[24];
	char member[16];
	char organization[16];
	char key_text[40];
	char *snapshot;
	char *body;
};

/* A command with memory of its own, for row_fill. */
struct row_command *row_create(struct rows *owner, const struct pattern *pattern);
void row_destroy(struct row_command *row);

/*
 * Makes ROW the request NUMBER, received at the instant AT. SPREAD: over organizations, one in twenty open,
 * as a stock of old requests is; otherwise all belong to "bench" and are open, as new ones are.
 */
void row_fill(struct row_command *row, const struct pattern *pattern, uint64_t number, struct instant at, bool spread);

/* Runs in the writer: what a submit does there. */
bool row_apply(struct store_command *command, struct store_txn *txn, struct err *err);

#endif
