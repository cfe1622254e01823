/* SPDX-License-Identifier: Apache-2.0 */
/* A list without the element that is asked for, in words: what the sender did send is never said to be missing. */
#ifndef AR_POLICY_LIST_WORDS_H
#define AR_POLICY_LIST_WORDS_H

#include "policy/condition.h"

struct lacking {
	const char *phrase; /* "the tasks" */
	const struct condition *conditions;
	size_t condition_count;
	const struct condition *told; /* the one on words that tells the elements apart, or NULL */
	const struct evaluator *evaluator;
	const struct record *const *elements;
	size_t element_count;
};

/* The sentence; *ret_needed is the words that are needed where it is they that lack, else as it was. */
const char *lacking_say(const struct lacking *lacking, struct arena *arena, const char **ret_needed);

#endif
