/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the plan's part of the papers means. Its members: `arrived_at` (of the submitter's newest papers), `in_force` (of a request: whether
 * its version was, when it was received), `replaces` (the earlier request), `continues` (the request and authorization that it goes on with,
 * and what was carried over from there),
 * `outreach` (attempts), `verified` ({facts: [...], body: {...}}: facts that staff verified, laid over the body), `set_aside` (reasons of
 * proposed returns), `asked` (on-request items), `asks` (who asked for them and what they said), `events` ([{name, at}]), `con` (how the
 * certificate of need ended), `answers` (licensed answers, one a criterion), `questions` (put to the provider), `return`, `withdrawal`,
 * `closure`, `decision` (the one in effect, of any disposition), `superseded` (earlier ones), `authorization`, `placement` (that an approval
 * waits for, or that was recorded), `owed` (notices), `notices`, `appeals`, `raised` (what time brought about).
 */
#ifndef AR_REVIEW_PLAN_H
#define AR_REVIEW_PLAN_H

#include "policy/evaluate.h"
#include "wire/clock_json.h"

/* The submitter's body with what staff verified laid over it. */
const struct json *plan_verified_body(struct arena *arena, const struct json *body, const struct json *plan);

/* Which facts were verified: enum plan_fact bits. PLAN may be NULL. */
unsigned plan_verified(const struct json *plan);

/* The texts of a list of the plan's part, in ARENA. */
const char *const *plan_texts(struct arena *arena, const struct json *plan, const char *name, size_t *ret_count);

/* The events recorded about the request, in ARENA. */
const struct recorded_event *plan_events(struct arena *arena, const struct json *plan, size_t *ret_count);

/*
 * What the plan recorded about a request that was judged just now: leaves out returns that were set aside, asks the open questions, and
 * makes a recorded decision the status.
 */
void plan_apply(const struct json *plan, const struct program *program, struct arena *arena, struct evaluation *evaluation);

/* The status that a recorded decision gives; OTHERWISE when there is none. */
enum status plan_status(const struct json *plan, enum status otherwise);

/* What is owed about a decision: a notice not given, an appeal not decided. */
struct duty {
	struct instant due_at;
	const char *rule; /* item id */
};

/* The duty that is due first; false when nothing is owed. */
bool plan_first_duty(const struct json *plan, struct duty *ret_duty);

bool plan_notice_owed(const struct json *plan);
bool plan_appeal_open(const struct json *plan);
bool plan_placement_awaited(const struct json *plan);

/*
 * The plan's part without what was set aside, when the body that is judged has changed since (BEFORE and NOW, with what was verified laid
 * over both) in more than its documents and facts: staff set a return aside for what they looked at.
 */
const struct json *plan_lapse(struct arena *arena, const struct json *plan, const struct json *before, const struct json *now);

/* When the submitter's newest papers arrived; UNKNOWN when the plan's part does not say. */
struct instant plan_arrived_at(const struct json *plan, struct instant unknown);

enum { PLAN_ATTEMPTS_MAX = 64 /* more than any policy asks for */ };

/* The attempts that count towards a return. */
struct attempts {
	bool hourly; /* a clock of the request runs in hours: each attempt counts, on any day */
	size_t made;
	struct instant newest_at; /* when the newest of them was made; us 0: none was */
	struct civil_date days[PLAN_ATTEMPTS_MAX]; /* local, one for each */
};

/*
 * Counts the attempts (rules X62): each names an item that is still missing; one a business day, unless a clock of the request runs in
 * hours; a fax that failed counts only with a second channel.
 */
void plan_attempts(const struct json *plan, const struct evaluation *evaluation, const struct clock_list *clocks,
		   const struct policy *policy, struct attempts *ret_attempts);

/* The first day from TODAY on which a further attempt would count. */
struct civil_date plan_next_attempt(const struct attempts *attempts, const struct policy *policy, struct civil_date today);

#endif
