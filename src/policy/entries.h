/* SPDX-License-Identifier: Apache-2.0 */
/* What one item lists of what its checks found: each thing once, and no more than people read. */
#ifndef AR_POLICY_ENTRIES_H
#define AR_POLICY_ENTRIES_H

#include "policy/trace.h"

/* A bound of the service: a record of a thousand occurrences that all lack the same says so, and says how many they are. */
enum { ENTRIES_MAX = 20 };

struct evaluator;
struct item_state;

/*
 * Leaves the first ENTRIES_MAX of STATE's entries at most, each once and in words, among them the one that tells why. Answers how many others
 * there are.
 */
size_t entries_shorten(const struct evaluator *evaluator, struct item_state *state);

/* The entry that tells why, or NULL: a question that is open as well is no reason for "not met". */
const struct entry *entries_reason(const struct item_state *state);

/*
 * What the checks found recorded that may not be, with the days of the first three; NULL where they found none, or where that is not why. Asked
 * before the list is shortened, it knows all of them.
 */
const char *entries_unwanted(const struct evaluator *evaluator, const struct item_state *state);

/* Says at the end of SAY that there are MORE. */
const char *entries_more(struct arena *arena, const char *say, size_t more);

#endif
