/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Episodes: a request and those that continue it, read together. What each holds is what is in effect when it is asked: a corrected or
 * overturned determination counts at once, whatever stood when a later request was received.
 */
#ifndef AR_REVIEW_EPISODE_H
#define AR_REVIEW_EPISODE_H

#include "review/record.h"

/* The days of an authorization as it was recorded: those of its lines. */
struct day_set authorization_days(struct arena *arena, const struct json *authorization);

/* Where a request stands in its episode. */
struct episode_place {
	const char *initial; /* id of the request that began it, or NULL: the request continues nothing */
	const char *continues; /* id of the request that it goes on with */
	const struct json *body; /* its papers, for the days it asks for */
};

/*
 * Adds the episode to the answer about one of its requests, which stands in it as it is answered now. An answer about a request that
 * continues nothing stays as it is. False with the outcome set.
 */
bool episode_answer(const struct call *call, const struct episode_place *place, struct request_answer *answer,
		    struct outcome *outcome);

/* GET …/episode: the episode of the request ID as it is now, with those of its requests that are the caller's business. */
void episode_of_request(struct store_reader *reader, const struct principal *principal, const char *id, struct arena *arena,
			struct outcome *outcome);

#endif
