/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/pause.h"

/* What began it and what ended it, taken once. */
struct pauses {
	const struct happening *from;
	size_t from_count;
	const struct happening *to;
	size_t to_count;
};

/* Whether it was over again by then. */
static bool over(const struct pauses *pauses, const struct happening *from, const struct happening *start)
{
	for (size_t i = 0; i < pauses->to_count; i++) {
		if (happening_later(&pauses->to[i], from) && !happening_later(&pauses->to[i], start)) {
			return true;
		}
	}
	return false;
}

static bool lasts(const struct pauses *pauses, const struct happening *start)
{
	for (size_t i = 0; i < pauses->from_count; i++) {
		if (happening_later(start, &pauses->from[i]) && !over(pauses, &pauses->from[i], start)) {
			return true;
		}
	}
	return false;
}

size_t pause_leave(const struct pause *pause, const struct evaluator *evaluator, struct happening *starts, size_t count)
{
	struct pauses pauses = {0};
	size_t kept = 0;
	if (!pause || count == 0) {
		return count;
	}
	pauses.from = selector_take(&pause->from, evaluator, false, &pauses.from_count);
	if (pauses.from_count == 0) {
		return count;
	}
	pauses.to = selector_take(&pause->to, evaluator, false, &pauses.to_count);
	for (size_t i = 0; i < count; i++) {
		const struct happening came_up = happening_came_up(&starts[i]);
		if (!lasts(&pauses, &came_up)) {
			starts[kept++] = starts[i];
		}
	}
	return kept;
}

bool pause_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, const struct pause **ret_pause)
{
	static const char *const names[] = {"from", "to", NULL};
	const struct spot here = spot_member(spot, "paused");
	const struct spot at_from = spot_member(&here, "from");
	const struct spot at_to = spot_member(&here, "to");
	const struct json *paused = NULL;
	*ret_pause = NULL;
	if (!argument_optional(compiler, node, spot, "paused", JSON_OBJECT, &paused)) {
		return false;
	}
	if (!paused) {
		return true;
	}
	struct pause *made = arena_alloc(compiler->arena, sizeof(*made));
	*ret_pause = made;
	const struct json *from = argument(compiler, paused, &here, "from", JSON_OBJECT);
	const struct json *to = argument(compiler, paused, &here, "to", JSON_OBJECT);
	return arguments_only(compiler, paused, &here, names) && from && to &&
	       selector_compile(compiler, from, &at_from, 0, &made->from) &&
	       selector_compile(compiler, to, &at_to, 0, &made->to);
}
