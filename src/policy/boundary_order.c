/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary_order.h"

#include <string.h>

/* Where nothing is said, the other side of the order lies so long before receipt. */
enum { DAYS_BEFORE = 10 };

bool boundary_newest(const struct scene *scene, const struct json *types, struct scene_moment *ret_moment)
{
	static const char *const members[] = {"completed_on", "updated_on"};
	const char *pointer;
	size_t place = 0;
	bool any = false;
	while (scene_paper(scene, types, &place, &pointer)) {
		for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
			struct scene_moment moment;
			if (scene_moment_at(scene, scene_join(scene, pointer, members[i]), &moment) &&
			    (!any || hand_compare(moment.day, ret_moment->day) > 0)) {
				*ret_moment = moment;
				any = true;
			}
		}
	}
	return any;
}

static bool side_moment(const struct scene *scene, const struct json *side, struct scene_moment *ret_moment)
{
	const char *text = json_text(side);
	if (!text) {
		return boundary_newest(scene, json_member(side, "dated"), ret_moment);
	}
	return text[0] == '/' ? scene_moment_at(scene, text, ret_moment) : scene_day(scene, text, ret_moment);
}

static bool can_move(const struct json *side)
{
	return !json_text(side) || json_text(side)[0] == '/';
}

static const struct json *put_papers(const struct scene *scene, const struct json *types, struct hand_day day)
{
	const struct json *body = scene->body;
	const char *pointer;
	size_t place = 0;
	bool any = false;
	while (body && scene_paper(scene, types, &place, &pointer)) {
		body = scene_put_day(scene, body, scene_join(scene, pointer, "completed_on"), day);
		body = scene_clear(scene, body, scene_join(scene, pointer, "updated_on"));
		any = true;
	}
	return any ? body : NULL;
}

static const struct json *put_side(const struct scene *scene, const struct json *side, const struct scene_moment *moment)
{
	const char *path = json_text(side);
	if (!path) {
		return put_papers(scene, json_member(side, "dated"), moment->day);
	}
	return moment->exact ? scene_put_at(scene, scene->body, path, moment->at)
			     : scene_put_on(scene, scene->body, path, moment->day);
}

/* The latest place of `first` for one of `then`, or, when BACK, the earliest of `then` for one of `first`; then DISTANCE steps inside. */
static struct scene_moment beside(const struct scene *scene, const struct bound *bound, const struct scene_moment *other,
				  bool exact, bool back, int distance)
{
	const int sign = back ? -1 : 1;
	if (bound->unit == UNIT_HOURS) {
		const struct instant at = back ? scene_begin(scene, other) : scene_end(scene, other);
		const int64_t hours = (int64_t)sign * (bound->amount - (exact ? distance : 0));
		struct scene_moment moment = scene_instant(scene, instant_add(at, span_hours(hours)));
		if (!exact) {
			moment = (struct scene_moment){.day = hand_step(moment.day, -sign * distance)};
		}
		return moment;
	}
	/* years are added to the day that is moved on: of `then` */
	if (bound->unit == UNIT_YEARS) {
		const struct hand_day day = hand_years(other->day, sign * bound->amount);
		return (struct scene_moment){.day = hand_step(day, -sign * distance)};
	}
	return (struct scene_moment){.day = hand_step(other->day, sign * (bound->amount - distance))};
}

struct order_place boundary_order(const struct scene *scene, const struct bound *bound, int distance)
{
	const struct json *first = json_member(bound->arguments, "first");
	const struct json *then = json_member(bound->arguments, "then");
	const bool back = !can_move(first);
	const struct json *moved = back ? then : first;
	const struct json *other = back ? first : then;
	struct scene_moment moment = {.day = hand_step(scene->received, -DAYS_BEFORE)};
	struct scene copy = *scene;
	if (!can_move(moved)) {
		return (struct order_place){.why = "neither of its days can be moved"};
	}
	if (!side_moment(scene, other, &moment)) {
		copy.body = can_move(other) ? put_side(scene, other, &moment) : NULL;
		if (!copy.body || !side_moment(&copy, other, &moment)) {
			return (struct order_place){.why = "no case has the papers or days that it compares"};
		}
	}
	const bool exact = bound->unit == UNIT_HOURS && json_text(moved) && scene_exact(scene, json_text(moved));
	const struct scene_moment place = beside(scene, bound, &moment, exact, back, distance);
	return (struct order_place){put_side(&copy, moved, &place), place, "no case has the papers that it compares"};
}
