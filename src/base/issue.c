/* SPDX-License-Identifier: Apache-2.0 */
#include "base/issue.h"

#include <stdarg.h>

enum { FIRST_CAPACITY = 8 };

void issues_init(struct issues *issues, struct arena *arena)
{
	*issues = (struct issues){.arena = arena};
}

/* Capacities are powers of two from the first, so the count alone says when the list is full. */
static void grow_when_full(struct issues *issues)
{
	const size_t count = issues->count;
	const bool full = count == 0 || (count >= FIRST_CAPACITY && (count & (count - 1)) == 0);
	if (!full) {
		return;
	}
	struct issue *items = arena_array(issues->arena, count == 0 ? FIRST_CAPACITY : 2 * count, sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		items[i] = issues->items[i];
	}
	issues->items = items;
}

void issues_add(struct issues *issues, const char *pointer, const char *code, const char *fix, const char *detail, ...)
{
	if (issues->count == ISSUES_MAX) {
		issues->omitted++;
		return;
	}
	grow_when_full(issues);
	struct issue *issue = &issues->items[issues->count++];
	issue->pointer = arena_copy(issues->arena, pointer);
	issue->code = arena_copy(issues->arena, code);
	issue->fix = arena_copy(issues->arena, fix);
	va_list arguments;
	va_start(arguments, detail);
	issue->detail = arena_vprintf(issues->arena, detail, arguments);
	va_end(arguments);
}
