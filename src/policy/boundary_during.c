/* SPDX-License-Identifier: Apache-2.0 */
/* Puts one occurrence beside the beginning of the times during which an occurrences check counts. */
#include "policy/boundary_during.h"

#include "policy/boundary_happen.h"

#include <string.h>

/* From the beginning to the end, and from the bound to those that are counted in any case. */
enum { LONG = 400, WELL_INSIDE = 60 };

struct during {
	const struct scene *scene;
	const struct json *arguments;
	struct hand_day from;
	struct hand_day to;
	struct hand_day bound; /* the first day that counts */
};

static struct during during_of(const struct scene *scene, const struct bound *bound)
{
	struct during during = {.scene = scene, .arguments = bound->arguments};
	during.from = hand_step(scene->received, -LONG - bound->amount);
	during.to = hand_step(scene->received, LONG + bound->amount);
	during.bound = hand_step(during.from, bound->amount);
	return during;
}

static const struct json *add(const struct during *during, const struct json *body, const struct json *selector,
			      struct hand_day day, const char *id)
{
	const struct json *added = selector ? happen_add(during->scene, body, selector, NULL, id) : NULL;
	return added ? happen_on(during->scene, added, selector, day) : NULL;
}

/* The beginning that the bound is counted from, and an end where one is asked for. */
static const struct json *add_ends(const struct during *during, const struct json *body)
{
	const struct json *times = json_member(during->arguments, "during");
	const struct json *from = json_member(times, "from");
	const struct json *to = json_member(times, "to");
	body = from ? add(during, body, from, during->from, "begin") : body;
	return to && body ? add(during, body, to, during->to, "end") : body;
}

/* How many count besides the one that is moved; the next one decides. */
static int64_t others(const struct json *arguments, bool *ret_known)
{
	int64_t count = 0;
	*ret_known = true;
	if (json_member(arguments, "have")) {
		return 1; /* that has it, so that there is one to ask it of */
	}
	if (json_integer(json_member(arguments, "at_most"), &count)) {
		return count;
	}
	*ret_known = json_integer(json_member(arguments, "at_least"), &count);
	return count - 1;
}

/* The newest has what is asked of each that counts, or lacks it. */
static const struct json *fill(const struct during *during, const struct json *body, bool whole)
{
	static const char list[] = "/facts/occurrences";
	const struct scene *scene = during->scene;
	const struct json *have = json_member(during->arguments, "have");
	if (!body || !have) {
		return body;
	}
	const char *pointer = arena_printf(scene->arena, "%s/%zu", list, json_count(json_at(body, list)) - 1);
	body = happen_fill(scene, body, list, pointer, have);
	return body && !whole ? happen_lack(scene, body, list, pointer, have) : body;
}

bool boundary_during_met_at(const struct bound *bound)
{
	/* exactly at its beginning one counts; of at most so many, one that counts is one too many */
	return json_member(bound->arguments, "at_least") != NULL;
}

const struct json *boundary_during(const struct scene *scene, const struct bound *bound, int distance, struct hand_day *ret_day)
{
	const struct during during = during_of(scene, bound);
	const struct json *of = json_member(during.arguments, "of");
	const int later = boundary_during_met_at(bound) ? distance : -distance; /* inside is where the check is met */
	bool known = false;
	const int64_t count = others(during.arguments, &known);
	const struct json *body = known ? scene_put(scene, scene->body, "/facts/occurrences", "[]") : NULL;
	body = body ? add_ends(&during, body) : NULL;
	for (int64_t i = 0; i < count && body; i++) {
		const struct hand_day day = hand_step(during.bound, WELL_INSIDE);
		body = fill(&during, add(&during, body, of, day, arena_printf(scene->arena, "other%lld", (long long)i)), true);
	}
	*ret_day = hand_step(during.bound, later);
	return body ? fill(&during, add(&during, body, of, *ret_day, "moved"), false) : NULL;
}
