/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that an evaluation says, as text: two that are the same are the same here, byte for byte. */
#ifndef AR_TEST_PROPERTY_DUMP_H
#define AR_TEST_PROPERTY_DUMP_H

#include "policy/evaluate.h"

const char *dump_evaluation(struct arena *arena, const struct evaluation *evaluation);

/* The entries of one item, a line each. */
const char *dump_entries(struct arena *arena, const struct entry *entries, size_t count);

#endif
