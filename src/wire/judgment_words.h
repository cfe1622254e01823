/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a judgment: its text alone would read as if somebody had found it so. */
#ifndef AR_WIRE_JUDGMENT_WORDS_H
#define AR_WIRE_JUDGMENT_WORDS_H

#include "base/arena.h"

/* TEXT of a judgment with what a licensed reviewer answered ("met", "not_met", "cannot_tell"); NULL: nobody has answered it. */
const char *judgment_say(struct arena *arena, const char *text, const char *answer);

/* The same for a sentence that judgment_say made when the answer was another; any other sentence as it is. */
const char *judgment_say_again(struct arena *arena, const char *say, const char *answer);

#endif
