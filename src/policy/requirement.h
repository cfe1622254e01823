/* SPDX-License-Identifier: Apache-2.0 */
/* The checklist of a program as data: what is asked for, as of a day, before anybody has sent a request. */
#ifndef AR_POLICY_REQUIREMENT_H
#define AR_POLICY_REQUIREMENT_H

#include "policy/occurrence.h"
#include "policy/policy.h"

struct sayer;

struct requirement {
	const struct item *item;
	const char *text; /* with the earliest date filled in */
	const char *ask; /* or NULL */
	const char *earliest; /* earliest acceptable date of its papers, or NULL when it has no window */
	const char *applies; /* all on which it hangs, in words; NULL: it always applies */
	const char *own; /* of this its own condition, or NULL */
	const char *before; /* the conditions of what it comes after, beyond its own, or NULL */
	const char *where; /* all these conditions together, or NULL */
	const char *
		once; /* what has to be met first, in sentences; what stands on the list itself says on what it hangs; or NULL */
	const char *follows; /* what follows when it is not so, or of a rule what it demands */
	const char *clock; /* of an obligation its clock in words; NULL for others */
	const char *paused; /* the part of the clock that says when nothing begins, or NULL */
	bool conditional; /* it has a `when` or hangs on another item */
};

/* Every item of the program in its order, as of the receipt of a request on DAY; lives in ARENA. */
const struct requirement *requirements_of(const struct program *program, struct civil_date day, struct arena *arena,
					  size_t *ret_count);

/* What the service is called; NULL where the policy gives it no title. */
const char *requirement_service(const struct program *program);

/* What should be said before anything else, in sentences: taken by hand and why, recorded only, approved first, no authorization needed. */
const char *const *requirement_first(const struct program *program, struct arena *arena, size_t *ret_count);

/* The kinds of occurrences that the items of a record turn on, in the order in which the policy declares them. */
const struct occurrence_kind *const *requirement_kinds(const struct program *program, struct arena *arena, size_t *ret_count);

/* ---- for the files of checklists ---- */

/* Fills on what the item of REQUIREMENT hangs: `applies` to `once`. */
void requirement_hangs(const struct program *program, const struct sayer *sayer, struct requirement *requirement);

#endif
