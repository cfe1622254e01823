/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary_followed.h"

#include "policy/boundary_happen.h"

static const struct json *same_of(const struct json *selector)
{
	return json_member(selector, "same");
}

/* The end agrees with the one that is followed in the members of `same`. */
static const struct json *agree(const struct scene *scene, const struct json *body, const struct json *same)
{
	for (const struct json *one = json_first(same); one && body; one = json_next(one)) {
		const char *name = json_text(one);
		const char *word = json_text(json_at(body, arena_printf(scene->arena, "/facts/occurrences/0/%s", name)));
		body = word ? scene_put(scene, body, arena_printf(scene->arena, "/facts/occurrences/1/%s", name),
					arena_printf(scene->arena, "\"%s\"", word))
			    : NULL;
	}
	return body;
}

const struct json *boundary_followed(const struct scene *scene, const struct bound *bound, int distance,
				     struct hand_day *ret_day)
{
	const struct json *of = json_member(bound->arguments, "of");
	const struct json *by = json_first(json_member(bound->arguments, "by"));
	const struct hand_day end = hand_step(scene->received, bound->amount);
	const struct json *body = scene_put(scene, scene->body, "/facts/occurrences", "[]");
	*ret_day = hand_step(end, distance - bound->amount);
	body = body ? happen_add(scene, body, of, same_of(by), "followed") : NULL;
	body = body ? happen_on(scene, body, of, *ret_day) : NULL;
	body = body ? happen_add(scene, body, by, NULL, "end") : NULL;
	body = body ? happen_on(scene, body, by, end) : NULL;
	return body ? agree(scene, body, same_of(by)) : NULL;
}
