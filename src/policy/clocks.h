/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of the clocks of a request when it is judged again. */
#ifndef AR_POLICY_CLOCKS_H
#define AR_POLICY_CLOCKS_H

#include "policy/evaluate.h"

/*
 * A due instant is fixed when its clock starts; what is learned later may shorten a time, never lengthen it:
 *
 *   a clock that runs already keeps running, with the earlier of its stored and its new due instant,
 *   also when it would not start today;
 *   a clock that would start only now joins when it is due before every stored clock of the policy itself
 *   (when no clock of the policy was stored, it joins).
 *
 * STORED are the clocks as they were at receipt or at the last change (item, started_at, due), FRESH those of a new evaluation. The result
 * lives in ARENA: stored clocks in their order, then those that joined. Pure.
 */
struct clock *clocks_keep(const struct clock *stored, size_t stored_count, const struct clock *fresh, size_t fresh_count,
			  struct arena *arena, size_t *ret_count);

/* The clock that the policy itself sets for the determination: the earliest due one that is no overlay, or NULL. */
const struct clock *clocks_own(const struct clock *clocks, size_t count);

#endif
