/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the plan's part of the papers means. Its members: `outreach` (attempts), `verified` ({facts: [...], body: {...}}: facts that staff
 * verified, laid over the body), `set_aside` (reasons of proposed returns), `asked` (on-request items), `events` (names), `return`,
 * `withdrawal`.
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

/*
 * How many attempts count towards a return (rules X62): each names an item that is still missing; one a local day, unless a clock of the
 * request runs in hours; a fax that failed counts only with a second channel.
 */
int plan_attempts(const struct json *plan, const struct evaluation *evaluation, const struct clock_list *clocks,
		  const struct zone *zone);

#endif
