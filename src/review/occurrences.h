/* SPDX-License-Identifier: Apache-2.0 */
/* What happened, as somebody reports it: whether it can be recorded, and the list with it. */
#ifndef AR_REVIEW_OCCURRENCES_H
#define AR_REVIEW_OCCURRENCES_H

#include "review/record.h"

/* Somebody reports ADDED, a list of objects that stands at POINTER of their body; BEFORE is recorded already, or NULL. */
struct occurrences_report {
	const struct call *call;
	const struct policy *policy;
	const struct json *before;
	const struct json *added;
	const char *pointer;
	const char *birth_date; /* of the member, or NULL */
};

/*
 * Adds an issue for everything that cannot be so: that has not happened yet, or not by whom, that retracts nothing. The form of the
 * members is the shape's business.
 */
void occurrences_check(const struct occurrences_report *report, struct issues *issues);

/* Whether everything in LIST retracts something or ends something that is owed: that is taken also of a record that is full. */
bool occurrences_conclude(const struct policy *policy, const struct json *list);

/* BEFORE with what was reported at the end, each under its name and with who recorded it and when. In the call's arena. */
const struct json *occurrences_join(const struct occurrences_report *report);

#endif
