/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The machine's clock as far as it can be believed. Readings are taken at every call and judged each by itself (base/clock_watch.h): one
 * that was moved is never given out, and makes the clock suspect at once. The suspicion outlives the program (store/clock_marker.h).
 */
#ifndef AR_REVIEW_TRUSTED_CLOCK_H
#define AR_REVIEW_TRUSTED_CLOCK_H

#include "base/err.h"
#include "base/instant.h"

#include <stdbool.h>

struct trusted_clock;

/*
 * The clock for the records of DATABASE. Where it was suspect when the last program ended: in the same boot it stays so until it has agreed
 * for a minute with what was believed then; in another until a start with ACCEPT, which ends every suspicion. *RET_SUSPECTED: there was
 * one. NULL: ERR_CONFIG, the suspicion could not be ended.
 */
struct trusted_clock *trusted_clock_open(const char *database, bool accept, bool *ret_suspected, struct err *err) AR_MUST_CHECK;
void trusted_clock_close(struct trusted_clock *clock); /* NULL is allowed */

/* What time it is: the clock, or the steady reading while it is suspect. HIGH is the latest instant that anything was given. Any thread. */
struct instant trusted_clock_now(struct trusted_clock *clock, struct instant high);

/* As of the newest reading. */
bool trusted_clock_suspect(struct trusted_clock *clock);

#endif
