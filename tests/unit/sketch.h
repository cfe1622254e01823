/* SPDX-License-Identifier: Apache-2.0 */
/* A small policy put together by hand, with the week of Thanksgiving 2026: for rooms that take a loaded policy for granted. */
#ifndef AR_TEST_SKETCH_H
#define AR_TEST_SKETCH_H

#include "policy/evaluate.h"

enum sketch_item {
	SKETCH_CLOCK, /* "p.clock": 7 business days, the policy's */
	SKETCH_OVERLAY, /* "o.clock": 7 calendar days, an overlay's */
	SKETCH_HOURS, /* "p.hours": 72 hours, the policy's */
	SKETCH_GATE, /* "p.gate" */
	SKETCH_DATES, /* "p.dates": completeness */
	SKETCH_UNITS, /* "p.units": completeness */
	SKETCH_PAPER, /* "p.paper": information */
	SKETCH_RETURN, /* "p.return": eligibility */
	SKETCH_ITEMS
};

struct sketch {
	struct arena *arena;
	struct zone *zone;
	struct holiday holidays[1];
	struct calendar calendar;
	struct policy_overlay law; /* holds "o.clock" */
	const struct policy_overlay *overlays[1];
	struct item items[SKETCH_ITEMS];
	const struct item *places[SKETCH_ITEMS];
	struct policy policy;
	struct program program;
};

void sketch_init(struct sketch *sketch);
void sketch_finish(struct sketch *sketch);

/* A clock of the policy that starts at START. */
struct clock sketch_clock(const struct sketch *sketch, enum sketch_item item, const char *start);

/* Text that must be an instant, a day, JSON. */
struct instant sketch_instant(const char *text);
struct civil_date sketch_day(const char *text);
const struct json *sketch_json(const struct sketch *sketch, const char *text);

#endif
