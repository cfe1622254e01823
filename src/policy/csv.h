/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comma-separated values as RFC 4180 has them, read strictly: lines end in LF or CRLF, a field may be quoted as a whole, UTF-8 only. A
 * byte-order mark in front and empty lines are passed over. What is wrong with a line is said without quoting it: tables hold member
 * numbers, and a file with its columns in disorder holds them anywhere.
 */
#ifndef AR_POLICY_CSV_H
#define AR_POLICY_CSV_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { CSV_FIELDS_MAX = 64, CSV_FIELD_MAX = 1024 /* bytes */ };

struct csv_field {
	const char *text; /* "" when empty; until the next line is read */
	size_t line; /* where it begins; the first is 1 */
};

struct csv_line {
	struct csv_field fields[CSV_FIELDS_MAX];
	size_t count;
	size_t number; /* where it begins */
};

struct csv_fault {
	size_t line;
	const char *found;
	const char *needed;
};

struct csv_reader {
	const char *bytes;
	size_t length;
	size_t at;
	size_t line;
	char *text; /* of the fields of one line */
	size_t used;
};

enum csv_result { CSV_LINE, CSV_END, CSV_BROKEN };

/* BYTES must outlive the reader; its room for one line lives in ARENA. */
void csv_open(struct csv_reader *reader, struct arena *arena, const char *bytes, size_t length);

/* The next line. After CSV_BROKEN reading goes on behind the end of the line that the fault is in. */
enum csv_result csv_next(struct csv_reader *reader, struct csv_line *ret_line, struct csv_fault *ret_fault);

#endif
