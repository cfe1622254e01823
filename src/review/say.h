/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a policy as people say them: `words` of its manifest. */
#ifndef AR_REVIEW_SAY_H
#define AR_REVIEW_SAY_H

#include "policy/policy.h"

/* "clinical psychologist with a doctorate"; the word itself where the policy says it no other way. */
const char *say_word(const struct policy *policy, const char *word);

/* "one, another or a third", in ARENA; "" for no words. */
const char *say_words(struct arena *arena, const struct policy *policy, const struct item_words *words);

#endif
