/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that the service stored and that others are made like. */
#ifndef AR_BENCH_PATTERN_H
#define AR_BENCH_PATTERN_H

#include "store/records.h"

enum { PATTERN_EVENTS_MAX = 2 };

/* One of them, with how it came to stand where it stands. */
struct pattern {
	const struct request_view *view;
	const char *body;
	size_t body_length;
	const struct event_view *events;
	size_t event_count;
	const struct decision_row *decision; /* that closed it, or NULL */
};

bool pattern_read(struct store_reader *reader, const char *id, struct arena *arena, struct pattern *ret_pattern,
		  struct err *err) AR_MUST_CHECK;

/* Bytes that each of its texts fits into. */
size_t pattern_room(const struct pattern *pattern);

#endif
