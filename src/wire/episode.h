/* SPDX-License-Identifier: Apache-2.0 */
/* The episode of a request as answers tell it: the requests that go on with one another, and the days that they hold together. */
#ifndef AR_WIRE_EPISODE_H
#define AR_WIRE_EPISODE_H

#include "base/json_write.h"
#include "domain/episode.h"

struct episode_request {
	const char *id; /* NULL in a check, as is the tracking number: nothing was recorded */
	const char *tracking_number;
	const char *review;
	const char *status;
	const char *outcome; /* of the determination in effect, or NULL */
	const char *continues; /* id, or NULL */
	const char *authorization; /* its number, or NULL */
	unsigned sensitivity; /* its labels: bits of enum label */
	struct episode_holding holds;
};

struct episode {
	const char *initial; /* id of the request that began it */
	const char *continues; /* the request that this one goes on with, or NULL */
	const struct episode_request *requests; /* in the order in which they were recorded */
	size_t request_count;
	struct episode_days days;
	const char *next_request_by; /* RFC 3339, or NULL: nothing is authorized, or the policy does not say */
	const char *const *carried_over; /* pointers into the body */
	size_t carried_count;
	const char *const *asked_only; /* ids of the items of information that the review asks for */
	size_t asked_count;
	bool alone; /* an answer by itself, not a part of one that says what must not be done with it */
};

/* As one object. */
void episode_write(struct json_writer *writer, const struct episode *episode);

#endif
