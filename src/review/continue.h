/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request that goes on with the authorization of an earlier one: finds the earlier request and carries over what it has said and the body
 * leaves open. What was carried, and from which authorization, is recorded at receipt; how the chain stands later is read from what is in
 * effect then (review/episode.h).
 */
#ifndef AR_REVIEW_CONTINUE_H
#define AR_REVIEW_CONTINUE_H

#include "review/record.h"

/* The request that is continued; id NULL: none is. */
struct continued {
	const char *id;
	const char *tracking_number;
	const char *episode; /* id of the request that began the episode */
	const char *organization; /* whose it is, or NULL: the plan's own */
	const char *decision; /* id of the determination in effect */
	unsigned sensitivity; /* its labels, which the new request inherits */
	const struct json *authorization;
	const struct json *body; /* as it was judged: with what staff verified */
	const char **carried; /* pointers into the body that took them over */
	size_t carried_count;
	bool refused; /* it cannot be continued: WHY says so, unless the body itself cannot be used */
	struct err why;
};

/*
 * Finds what the draft, which was matched, says that it continues, and puts the body with what is carried over in its place. What does not fit
 * becomes an issue; false only when the store failed, with the outcome set.
 */
bool continue_find(const struct call *call, struct draft *draft, struct continued *ret_continued,
		   struct outcome *outcome) AR_MUST_CHECK;

/*
 * What the body says of who the member is, and of the authorization, is what the earlier request (EARLIER, its body) says; an issue for each
 * place that says otherwise. Places where either says nothing are left alone.
 */
void continue_check_member(const struct draft *draft, const struct json *earlier, struct issues *issues);
void continue_check_authorization(const struct draft *draft, const struct json *authorization, struct issues *issues);

/* The plan's part with what is continued; as it was when nothing is. */
const struct json *continue_plan(const struct continued *continued, const struct json *plan, struct arena *arena);

/*
 * Information that is supplied later leaves what was taken from the record: who the member is, and the authorization. BEFORE is the body as it
 * was. False with the outcome set; of a request that continues nothing always true.
 */
bool continue_kept(const struct json *plan, const struct json *before, const struct json *now,
		   struct outcome *outcome) AR_MUST_CHECK;

/* Whose the new request is: the caller's, or where staff enter what its owner has sent, the earlier one's. */
const char *continue_organization(const struct continued *continued, const struct draft *draft,
				  const struct principal *principal);

#endif
