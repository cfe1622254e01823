/* SPDX-License-Identifier: Apache-2.0 */
/* What became of the clauses of a source, as JSON. */
#ifndef AR_WIRE_COVERAGE_JSON_H
#define AR_WIRE_COVERAGE_JSON_H

#include "base/json_write.h"
#include "policy/coverage.h"

/* Writes the member NAME: how many clauses are in each state. */
void coverage_counts_write(struct json_writer *writer, const char *name, const size_t counts[COVERAGE_STATE_COUNT]);

/* Writes the member `clauses`: every clause, in the order of the source. */
void coverage_clauses_write(struct json_writer *writer, const struct coverage *coverage);

#endif
