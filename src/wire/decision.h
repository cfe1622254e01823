/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions as payer staff query them: one line each, as JSON or as CSV (RFC 4180). No names and no clinical text in a line. */
#ifndef AR_WIRE_DECISION_H
#define AR_WIRE_DECISION_H

#include "base/json_write.h"
#include "base/zone.h"

/* Text is NULL where a decision has no such part. */
struct decision_line {
	const char *id;
	const char *request_id;
	const char *tracking_number;
	const char *disposition;
	const char *outcome;
	const char *basis;
	const char *reason;
	const char *payer;
	const char *service;
	const char *review;
	const char *by;
	const char *role;
	const char *credential;
	struct instant decided_at;
	bool late;
	const char *authorization_number;
	const char *covered_from;
	const char *covered_to;
	const char *supersedes;
	const char *superseded_by;
	const char *appeal;
	unsigned sensitivity; /* of the request, as it is now: bits of enum label */
	const struct zone *zone;
};

/* Writes the members of the line into the object that is open; labels are one cell of CSV, with spaces between them. */
void decision_members_write(struct json_writer *writer, const struct decision_line *line);

/* The header row, and one row; a cell that a spreadsheet would take for a formula starts with an apostrophe. */
void decision_csv_header(struct text *out);
void decision_csv_row(struct text *out, const struct decision_line *line);

#endif
