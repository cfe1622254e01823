/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What time itself brings about: a clock of which a quarter is left, one that has passed, attempts that are owed, notices and appeals that
 * are overdue, an authorization that has ended. Each is raised once, as an event; none decides anything. Pure.
 */
#ifndef AR_REVIEW_TIMERS_H
#define AR_REVIEW_TIMERS_H

#include "base/json_write.h"
#include "base/zone.h"
#include "wire/answer.h"

struct timer {
	const char *
		what; /* the event's action: "due_soon", "overdue", "lapse_notice_due", "outreach_owed", "notice_overdue", ... */
	/*
	 * What it is about: the item of a clock, ITEM#2 for the second attempt of an outreach rule, ITEM#practitioner for
	 * a notice, the id of an appeal, the number of an authorization.
	 */
	const char *subject;
	struct instant at; /* when it is raised */
	struct instant due_at; /* what was due, or ended, then */
};

/* The next of a request that was not raised yet; false when there is none. Its text lives in ARENA or as long as ANSWER. */
bool timers_next(const struct request_answer *answer, struct arena *arena, struct timer *ret_timer);

/* Writes one that is raised at NOW as an element of the plan's `raised`; of it `what`, `subject` and `due_at` are read. */
void timer_write(struct json_writer *writer, const struct timer *timer, const struct zone *zone, struct instant now);

/* When timers_next is to be raised; us 0: never. */
struct instant timers_wake_at(const struct request_answer *answer, struct arena *arena);

/* When a quarter of the time from START to DUE_AT is left: what is due is due soon then. */
struct instant timers_soon(struct instant start, struct instant due_at);

#endif
