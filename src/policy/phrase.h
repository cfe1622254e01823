/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences of policies: placeholders take their numbers from the item's own check, so that no sentence can say another. */
#ifndef AR_POLICY_PHRASE_H
#define AR_POLICY_PHRASE_H

#include "policy/check.h"

/*
 * Fills every placeholder but {earliest} and {dates}. NULL after issues: a placeholder that is unknown or that no check of the item gives a number,
 * {window} between two different windows, a digit or a number word of the author's own.
 */
const char *phrase_fill(struct compiler *compiler, const char *text, const struct spot *spot);

/* Fills {earliest}; returns TEXT itself when it has none. EARLIEST NULL leaves a general word. */
const char *phrase_earliest(struct arena *arena, const char *text, const char *earliest);

/* Fills {dates} with the days that are concerned; returns TEXT itself when it has none. */
const char *phrase_dates(struct arena *arena, const char *text, const char *dates);

#endif
