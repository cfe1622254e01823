/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a request on which a licensed person has decided. Nothing that the reviewer wrote, and nobody's name. */
#ifndef AR_WIRE_DECIDED_H
#define AR_WIRE_DECIDED_H

#include "base/text.h"
#include "wire/answer.h"

/* What was decided, for how long, on what ground; what follows from it. */
void decided_say(struct text *out, const struct request_answer *answer);

/* Who does what next about it. */
struct next_step decided_next_step(struct arena *arena, const struct request_answer *answer);

#endif
