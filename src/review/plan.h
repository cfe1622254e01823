/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the plan's part of the papers means. Its members: `arrived_at` (of the submitter's newest papers), `replaces` (the earlier request),
 * `outreach` (attempts), `verified` ({facts: [...], body: {...}}: facts that staff verified, laid over the body), `set_aside` (reasons of
 * proposed returns), `asked` (on-request items), `asks` (who asked for them and what they said), `events` (names), `return`, `withdrawal`.
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

/* Leaves out returns that were set aside; a return or withdrawal that is recorded is the status. */
void plan_apply(const struct json *plan, struct evaluation *evaluation);

/* When the submitter's newest papers arrived; UNKNOWN when the plan's part does not say. */
struct instant plan_arrived_at(const struct json *plan, struct instant unknown);

enum { PLAN_ATTEMPTS_MAX = 64 /* more than any policy asks for */ };

/* The attempts that count towards a return. */
struct attempts {
	bool hourly; /* a clock of the request runs in hours: each attempt counts, on any day */
	size_t made;
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
