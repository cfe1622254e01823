/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that the scheduler leaves alone for now: what could not be done is not tried again at every look. One thread's. */
#ifndef AR_REVIEW_SKIP_LIST_H
#define AR_REVIEW_SKIP_LIST_H

#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>

struct skip;

/* Zeroed is empty. */
struct skip_list {
	struct skip *items; /* by id */
	size_t count;
	size_t capacity;
};

void skip_list_finish(struct skip_list *list);
void skip_list_clear(struct skip_list *list);

/* Leaves ID alone before UNTIL. */
void skip_list_add(struct skip_list *list, const char *id, struct instant until);

/* Whether ID is left alone at NOW. */
bool skip_list_has(const struct skip_list *list, const char *id, struct instant now);

#endif
