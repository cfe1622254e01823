/* SPDX-License-Identifier: Apache-2.0 */
/* Places of what turns on an age: the member's birthday moves, or a paper's kind and date. */
#include "policy/boundary_placing.h"

#include "policy/boundary_order.h"

#include <string.h>

/* The member turns so old on DAY. */
static const struct json *put_birth(struct placing *placing, const struct json *body, struct hand_day day, int years)
{
	struct hand_day birth;
	if (!hand_birth(day, years, &birth)) {
		placing->why = "the birthday would be a 29 February that there is not";
		return NULL;
	}
	placing->where = arena_printf(placing->scene->arena, "%d on %s", years, placing_day(placing->scene, day));
	return scene_put_day(placing->scene, body, "/member/birth_date", birth);
}

/* Inside is below the age before the birthday, and of at least the age after it. */
static const struct json *place_birthday_by(struct placing *placing, const struct json *body, struct hand_day day, bool below)
{
	return put_birth(placing, body, hand_step(day, below ? placing->distance : -placing->distance), placing->bound->amount);
}

/* Of several named days the last one decides whether somebody is below an age, the first whether of that age. */
const struct json *place_age(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const bool below = strcmp(placing->bound->check, "age_below") == 0;
	struct scene_moment deciding = {0};
	bool any = false;
	const struct json *on = json_member(placing->bound->arguments, "on");
	for (const struct json *one = json_first(on); one; one = json_next(one)) {
		struct scene_moment moment;
		if (!scene_day(scene, json_text(one), &moment)) {
			placing->why = "no case says the requested days";
			return NULL;
		}
		const int order = any ? hand_compare(moment.day, deciding.day) : 0;
		deciding = !any || (below ? order > 0 : order < 0) ? moment : deciding;
		any = true;
	}
	return any ? place_birthday_by(placing, scene->body, deciding.day, below) : NULL;
}

const struct json *place_aged_at(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const struct json *arguments = placing->bound->arguments;
	const struct json *below = json_member(arguments, "below");
	const char *path = json_text(json_member(arguments, "at"));
	struct scene_moment moment;
	placing->why = "no case says the day on which the age is asked";
	const bool known =
		path ? scene_moment_at(scene, path, &moment) : boundary_newest(scene, json_member(arguments, "of"), &moment);
	return known ? place_birthday_by(placing, scene->body, moment.day, below && json_boolean(below)) : NULL;
}

/* Which kinds of a paper suit an age: the papers get the date of receipt and the first kind that suits below it. */
const struct json *place_paper_age(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const struct json *arguments = placing->bound->arguments;
	const struct json *entry = json_first(json_member(arguments, "kinds_by_age"));
	const struct json *body = scene->body;
	const char *pointer;
	size_t place = 0;
	bool any = false;
	for (size_t i = 0; i < placing->bound->place && entry; i++) {
		entry = json_next(entry);
	}
	const char *kind = scene_first_word(scene, json_member(entry, "kinds"));
	while (body && kind && scene_paper(scene, json_member(arguments, "types"), &place, &pointer)) {
		body = scene_put_day(scene, body, scene_join(scene, pointer, "completed_on"), scene->received);
		body = scene_clear(scene, body, scene_join(scene, pointer, "updated_on"));
		body = body ? scene_put(scene, body, scene_join(scene, pointer, "kind"),
					arena_printf(scene->arena, "\"%s\"", kind))
			    : NULL;
		any = true;
	}
	placing->why = "no case has a paper of its types";
	return any && body ? place_birthday_by(placing, body, scene->received, true) : NULL;
}

/* Which requested day decides about a birthday, and whether the birthday has to come after it. */
struct birthday_turn {
	bool last;
	bool below;
};

static bool excepts(const struct json *arguments, const char *days)
{
	for (const struct json *one = json_first(json_member(arguments, "except")); one; one = json_next(one)) {
		if (strcmp(json_text(one), days) == 0) {
			return true;
		}
	}
	return false;
}

/*
 * The days after the birthday or before it, as what is asked of days, or as those that are left out. Of what is asked of every day where
 * nothing else holds of any, and of no day where it holds of all, only the days that are left out are good.
 */
static struct birthday_turn birthday_turn(const struct json *arguments)
{
	const char *no = json_text(json_member(arguments, "no"));
	const char *every = json_text(json_member(arguments, "every"));
	const char *any = json_text(json_member(arguments, "any"));
	const char *asked = no ? no : every ? every : any;
	const bool own = asked && (strcmp(asked, "after_birthday") == 0 || strcmp(asked, "before_birthday") == 0);
	/* all days have to lie on one side of it, or one of them has to */
	const bool all = !any;
	bool after = own ? strcmp(asked, "after_birthday") == 0 : excepts(arguments, "after_birthday");
	if (own ? no != NULL : any != NULL) {
		after = !after;
	}
	return (struct birthday_turn){.last = all != after, .below = !after};
}

/* Where something is asked of the days besides, it holds of none of them. */
static const struct json *unspanned(const struct placing *placing, const struct json *body)
{
	const char *list = json_text(json_member(json_member(placing->bound->arguments, "spans"), "in"));
	return list && json_member(placing->bound->arguments, "every") ? scene_put(placing->scene, body, list, "[]") : body;
}

const struct json *place_birthday(struct placing *placing)
{
	struct hand_day first;
	struct hand_day last;
	const struct birthday_turn turn = birthday_turn(placing->bound->arguments);
	placing->why = "no case says the requested days";
	if (!scene_requested(placing->scene, &first, &last)) {
		return NULL;
	}
	const struct json *body = unspanned(placing, placing->scene->body);
	return body ? place_birthday_by(placing, body, turn.last ? last : first, turn.below) : NULL;
}

/* The last day is the day before the birthday. */
const struct json *place_limit_birthday(struct placing *placing)
{
	struct hand_day first;
	struct hand_day last;
	placing->why = "no case says the requested days";
	if (!scene_requested(placing->scene, &first, &last)) {
		return NULL;
	}
	return place_birthday_by(placing, placing->scene->body, hand_step(last, 1), true);
}

bool place_birthday_below(const struct bound *bound)
{
	return birthday_turn(bound->arguments).below;
}
