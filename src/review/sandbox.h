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

#endif
