/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of words that a check accepts, resolved at load against the closed list of a slot when it has one. */
#ifndef AR_POLICY_WORDS_H
#define AR_POLICY_WORDS_H

#include "policy/check.h"

struct word_set {
	const bool *closed; /* by word of the slot's closed list, or NULL */
	const char *const *sorted; /* ascending, for free text */
	size_t count;
	const char *text; /* "program_staff, lmp or psychologist" */
	const char *phrase; /* as people say them: "program staff, ..." */
};

/* Reads a list of words and "@list" references; NULL after an issue. SLOT may be NULL: free text. */
const struct word_set *words_compile(struct compiler *compiler, const struct json *node, const struct spot *spot,
				     const struct slot *slot);

/* The words in the order in which they are written; false after an issue. */
bool words_list(struct compiler *compiler, const struct json *node, const struct spot *spot, struct item_words *ret_words);

/* The set of one word. */
const struct word_set *words_single(struct compiler *compiler, const char *word);

/* The words of a closed list as people say them, by their place there; NULL for free text. */
const char *const *words_spoken(struct compiler *compiler, const struct slot *slot);

/* Whether a given text or word value is in the set. */
bool words_have(const struct word_set *words, const struct value *value);

#endif
