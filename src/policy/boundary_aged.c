/* SPDX-License-Identifier: Apache-2.0 */
/* Puts an element of a list on the birthday that a condition `aged` of a check turns on, or beside it. */
#include "policy/boundary_aged.h"

#include "policy/boundary_happen.h"

#include <string.h>

/* The birthday lies so long before receipt that days on either side of it have come; what is on its own side for certain is so far off. */
enum { BEFORE_RECEIPT = 100, WELL_INSIDE = 60 };

struct aged {
	const struct scene *scene;
	const char *list; /* "/facts/consents" */
	const struct json *where; /* of the elements that are meant */
	const struct json *have; /* what each of them needs besides, or NULL: they are counted */
	const char *dated; /* the member with the day that the age is asked on */
	bool below;
	bool wants; /* the check is met where the moved one is meant */
	int64_t others; /* that are meant for certain */
};

/* How many are meant besides the one that is moved, so that it decides. */
static bool count_others(const struct json *arguments, struct aged *aged)
{
	int64_t count = 0;
	if (aged->have) {
		aged->wants = false;
		aged->others = 1;
		return true;
	}
	if (json_integer(json_member(arguments, "at_most"), &count)) {
		aged->wants = false;
		aged->others = count;
		return true;
	}
	aged->wants = true;
	const bool known = json_integer(json_member(arguments, "count"), &count) ||
			   json_integer(json_member(arguments, "at_least"), &count);
	aged->others = count - 1;
	return known;
}

static bool read_aged(const struct scene *scene, const struct bound *bound, struct aged *ret_aged)
{
	const struct json *arguments = bound->arguments;
	const struct json *of = json_member(arguments, "of");
	const bool happens = of != NULL;
	struct aged aged = {.scene = scene,
			    .list = happens ? "/facts/occurrences" : json_text(json_member(arguments, "in")),
			    .where = json_member(happens ? of : arguments, "where"),
			    .have = json_member(arguments, "have")};
	const struct json *condition = json_member(aged.where, "aged");
	const struct json *below = json_member(condition, "below");
	aged.dated = json_text(json_first(json_member(condition, "at")));
	aged.below = below && json_boolean(below);
	*ret_aged = aged;
	/* what is counted within a time only, or differs from others, needs more than one day to be made up */
	const bool plain = !json_member(arguments, "during") && !json_member(arguments, "different");
	return plain && aged.list && aged.dated && count_others(arguments, ret_aged);
}

static const struct json *add(const struct aged *aged, const struct bound *bound, const struct json *body, struct hand_day day,
			      size_t number, bool whole)
{
	const struct scene *scene = aged->scene;
	const char *pointer = arena_printf(scene->arena, "%s/%zu", aged->list, number);
	const char *word = scene_first_word(scene, json_member(json_member(bound->arguments, "of"), "occurrence"));
	const char *element =
		word ? arena_printf(scene->arena, "{\"id\": \"boundary%zu\", \"kind\": \"%s\"}", number, word) : "{}";
	body = scene_put(scene, body, arena_printf(scene->arena, "%s/-", aged->list), element);
	body = happen_fill(scene, body, aged->list, pointer, aged->where);
	body = body ? happen_fill(scene, body, aged->list, pointer, aged->have) : NULL;
	body = body && !whole ? happen_lack(scene, body, aged->list, pointer, aged->have) : body;
	return body ? scene_put_on(scene, body, scene_join(scene, pointer, aged->dated), day) : NULL;
}

bool boundary_aged_met_at(const struct bound *bound)
{
	const struct scene none = {0};
	struct aged aged;
	/* on the birthday one is of that age, and not below it any more */
	return read_aged(&none, bound, &aged) && aged.wants != aged.below;
}

const struct json *boundary_aged(const struct scene *scene, const struct bound *bound, int distance, struct hand_day *ret_day)
{
	struct aged aged;
	struct hand_day birth;
	const struct hand_day birthday = hand_step(scene->received, -BEFORE_RECEIPT);
	if (!read_aged(scene, bound, &aged) || !hand_birth(birthday, bound->amount, &birth)) {
		return NULL;
	}
	const struct json *body = scene_put_day(scene, scene->body, "/member/birth_date", birth);
	body = body ? scene_put(scene, body, aged.list, "[]") : NULL;
	const struct hand_day meant = hand_step(birthday, aged.below ? -WELL_INSIDE : WELL_INSIDE);
	size_t number = 0;
	for (int64_t i = 0; i < aged.others && body; i++) {
		body = add(&aged, bound, body, meant, number++, true);
	}
	/* inside is where the check is met: later than the birthday where those of that age make it so */
	*ret_day = hand_step(birthday, aged.wants != aged.below ? distance : -distance);
	return body ? add(&aged, bound, body, *ret_day, number, false) : NULL;
}
