/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks to and from JSON: written when they start, read back from the last answer when the request is judged again, never recomputed. */
#ifndef AR_WIRE_CLOCK_JSON_H
#define AR_WIRE_CLOCK_JSON_H

#include "base/json.h"
#include "base/json_write.h"
#include "policy/clocks.h"

/* The clocks of a request: policy first, overlays last. */
struct clock_list {
	const struct clock *clocks;
	size_t count;
};

/* The clock that is to be acted on first, or NULL when none runs; on a tie the policy's own. */
const struct clock *clock_list_first(const struct clock_list *list);

/* The policy's own determination deadline, or NULL when it sets none. */
const struct clock *clock_list_own(const struct clock_list *list);

/* Reads the `clock` member of an answer of ours about a request of this policy. */
struct clock_list clock_list_read(struct arena *arena, const struct json *clock, const struct policy *policy);

/*
 * Writes the `clock` object; GATE is the open gate that does not stop the clock, or NULL; LATE_AGAINST the list of the rules whose time had
 * passed when it was determined, or NULL.
 */
void clock_list_write(struct json_writer *writer, const struct clock_list *list, const struct policy *policy,
		      const struct item *gate, bool running, const struct json *late_against);

#endif
