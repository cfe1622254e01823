/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Boundary cases: of every window, age and clock of every item one step inside, exactly at it and one step outside, made from a case in
 * which the item turns on it and judged by the evaluator. What must come of it is counted by hand (hand_count.h). A bound for which none
 * could be made is named, with the reason.
 */
#ifndef AR_POLICY_BOUNDARY_H
#define AR_POLICY_BOUNDARY_H

#include "policy/bounds.h"
#include "policy/evaluate.h"

struct boundary_failure {
	const char *name; /* "exactly at: 2026-05-07" */
	const char *detail; /* "the check is met, wanted not met" */
};

/* What became of one bound. */
struct boundary_result {
	const struct policy *policy;
	struct bound bound;
	size_t cases; /* 0: without */
	bool alone; /* the check that holds it was judged, in no case does the item turn on it */
	const char *file; /* of the case that it was made from, or NULL where it needs none */
	const char *from; /* its name */
	const struct boundary_failure *failures;
	size_t failure_count;
	const char *why; /* without: the reason */
};

struct boundary;

/* For every version of the set, drafts too. Results live in ARENA. */
struct boundary *boundary_start(const struct policy_set *set, struct arena *arena);

/* Offers what a case submits; every bound that has no cases yet is tried on it. */
void boundary_offer(struct boundary *boundary, const char *file, const char *name, const struct submission *submission,
		    const struct json *body);

struct boundary_totals {
	size_t bounds;
	size_t cases;
	size_t failed;
	size_t without;
	size_t alone; /* bounds */
};

/* After the last case. */
const struct boundary_result *boundary_finish(struct boundary *boundary, size_t *ret_count, struct boundary_totals *ret_totals);

#endif
