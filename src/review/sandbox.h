/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox's movable clock: how a newcomer and the tests meet time. */
#ifndef AR_REVIEW_SANDBOX_H
#define AR_REVIEW_SANDBOX_H

#include "review/outcome.h"
#include "review/service.h"

/*
 * BYTES is schema/clock.json: {"advance": "3d"} or {"set": instant}. Forward only; 404 outside the sandbox. Returns when everything that
 * became due was raised.
 */
void sandbox_move_clock(struct service *service, const char *bytes, size_t length, struct arena *arena,
			struct outcome *outcome);

/* Where its clock is read: the zone of the policies in which a day begins last, so that a new day on it is a new day for every payer. */
const struct zone *sandbox_zone(struct service *service);

#endif
