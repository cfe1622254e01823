/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/clocks.h"

#include <string.h>

static const struct clock *find_clock(const struct clock *clocks, size_t count, const struct item *item)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(clocks[i].item->id, item->id) == 0) {
			return &clocks[i];
		}
	}
	return NULL;
}

const struct clock *clocks_own(const struct clock *clocks, size_t count)
{
	const struct clock *own = NULL;
	for (size_t i = 0; i < count; i++) {
		const bool overlay = strcmp(clocks[i].item->basis, "overlay") == 0;
		if (!overlay && (!own || instant_compare(clocks[i].due.due_at, own->due.due_at) < 0)) {
			own = &clocks[i];
		}
	}
	return own;
}

struct clock *clocks_keep(const struct clock *stored, size_t stored_count, const struct clock *fresh, size_t fresh_count,
			  struct arena *arena, size_t *ret_count)
{
	struct clock *kept = arena_array(arena, stored_count + fresh_count + 1, sizeof(*kept));
	const struct clock *own = clocks_own(stored, stored_count);
	size_t count = 0;
	for (size_t i = 0; i < stored_count; i++) {
		const struct clock *again = find_clock(fresh, fresh_count, stored[i].item);
		const bool earlier = again && instant_compare(again->due.due_at, stored[i].due.due_at) < 0;
		kept[count++] = earlier ? *again : stored[i];
	}
	for (size_t i = 0; i < fresh_count; i++) {
		const bool joins = !own || instant_compare(fresh[i].due.due_at, own->due.due_at) < 0;
		if (joins && !find_clock(stored, stored_count, fresh[i].item)) {
			kept[count++] = fresh[i];
		}
	}
	*ret_count = count;
	return kept;
}
