/* SPDX-License-Identifier: Apache-2.0 */
/* Running care in cases: what happened, what was waived, what is owed. Seen by case*.c only. */
#ifndef AR_POLICY_CASE_CARE_H
#define AR_POLICY_CASE_CARE_H

#include "policy/case_judge.h"
#include "policy/duty.h"

enum { CASE_WAIVERS_MAX = 32 };

struct case_waivers {
	struct duty_waiver list[CASE_WAIVERS_MAX];
	size_t count;
};

/* BODY with the occurrences of a step at the end of its list. */
const struct json *case_occurrences(struct arena *arena, const struct json *body, const struct json *step,
				    struct differences *differences);

/* Adds what a step waives of the duties as they stood BEFORE it (NULL: none yet). */
void case_waivers(const struct json *step, const char *name, const struct evaluation *before, struct case_waivers *waivers,
		  struct differences *differences);

/* "item#1 2026-03-10 open" */
const char *case_duty_line(struct arena *arena, const struct care_duty *duty, const struct zone *zone);

/* "item current 2027-03-01" */
const char *case_attestation_line(struct arena *arena, const struct attestation *attestation);

#endif
