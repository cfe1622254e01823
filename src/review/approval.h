/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Care that a policy lets begin with an approval alone (`care_needs_approval`): what follows from the approval, as the policy says of kinds of
 * occurrences (`needs_approval`), is not dated before it.
 */
#ifndef AR_REVIEW_APPROVAL_H
#define AR_REVIEW_APPROVAL_H

#include "review/record.h"

struct approval {
	bool needed; /* false: the policy asks for none, and nothing is checked */
	bool given;
	struct instant at; /* when it was given */
};

/* Of care under PROGRAM that continues a request with the plan's part PLAN; NULL: it continues none. */
struct approval approval_of(const struct program *program, const struct json *plan);

/* Of a service record with the papers BODY. False with the outcome set when the store failed. */
bool approval_of_record(const struct call *call, const struct program *program, const struct json *body,
			struct approval *ret_approval, struct outcome *outcome) AR_MUST_CHECK;

/* Adds an issue for each element of LIST, which stands at POINTER, that the approval should have come before. */
void approval_check(const struct approval *approval, const struct policy *policy, const struct json *list, const char *pointer,
		    struct issues *issues);

/* Turns the outcome into the conflict that the issues EARLY tell of, or into a 422 when the body has other faults too. Always false. */
bool approval_refuse(const struct issues *early, struct outcome *outcome);

#endif
