/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks as the contract shows them and as snapshots keep them: written once when they start, read back, never recomputed. */
#ifndef AR_WIRE_CLOCK_VIEW_H
#define AR_WIRE_CLOCK_VIEW_H

#include "base/json.h"
#include "base/json_write.h"
#include "policy/evaluate.h"

/* One running clock. Text is borrowed from the set, the arena or the snapshot it was read from. */
struct clock_view {
	const char *rule; /* item id */
	const char *document;
	const char *clause; /* the first cited clause */
	const char *basis; /* "policy", "overlay", "default" */
	const char *unit;
	int64_t amount;
	const char *zone; /* IANA name: a deadline carries it */
	struct instant started_at;
	struct instant due_at;
	struct instant act_by;
	const char *last_business_day; /* "YYYY-MM-DD" */
	const char *say;
	const struct skipped_day *skipped;
	size_t skipped_count;
};

struct clock_views {
	const struct clock_view *clocks;
	size_t count;
	const struct clock_view *policy; /* the determination deadline of the policy itself: due_at; NULL when it sets none */
	const struct clock_view *first; /* the earliest to act by; NULL when none runs */
};

/* The clocks that an evaluation at receipt starts. */
struct clock_views clock_views_start(struct arena *arena, const struct evaluation *evaluation, const struct zone *zone);

/* Reads the `clock` member of an earlier answer; an answer of ours always reads back. */
struct clock_views clock_views_read(struct arena *arena, const struct json *clock);

/*
 * What stays after new facts: a clock keeps the earlier of its stored and its newly computed due instant; a clock that facts start now is
 * added only when it is due before the policy's own; none is dropped. Facts shorten clocks, they never lengthen one (design 3).
 */
struct clock_views clock_views_keep(struct arena *arena, const struct clock_views *stored, const struct clock_views *computed);

/* Writes the `clock` object; GATE is the open gate that does not stop the clock, or NULL. */
void clock_views_write(struct json_writer *writer, const struct clock_views *views, const struct zone *zone,
		       const struct item *gate, bool running);

#endif
