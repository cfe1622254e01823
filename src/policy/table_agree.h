/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table that cannot both be true: what would be said of a request would hang on the order in which they stand. */
#ifndef AR_POLICY_TABLE_AGREE_H
#define AR_POLICY_TABLE_AGREE_H

#include "policy/table.h"

/* Two rows that speak of the same, on days that overlap, and do not say the same. */
struct table_clash {
	uint32_t earlier;
	uint32_t row; /* stands behind the earlier one */
};

/*
 * Rows that contradict one before them, each once, in the order in which they stand; none when there is no contradiction at all. A cell of
 * the table's key that is left out stands for every value. Takes n log n steps for n rows, however many of them speak of the same.
 */
size_t table_clashes(struct arena *arena, const struct table *table, const struct table_clash **ret_clashes);

/* The sentence for an issue at the row of CLASH; EARLIER says where the other one is. */
const char *table_clash_say(struct arena *arena, const struct table *table, const struct table_clash *clash,
			    const char *earlier);

#endif
