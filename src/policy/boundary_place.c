/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary_place.h"

#include "policy/boundary_aged.h"
#include "policy/boundary_during.h"
#include "policy/boundary_followed.h"
#include "policy/boundary_order.h"
#include "policy/boundary_placing.h"

#include <string.h>

enum { HOUR_SECONDS = 3600 };

const char *placing_day(const struct scene *scene, struct hand_day day)
{
	char buffer[HAND_TEXT_SIZE];
	return arena_copy(scene->arena, hand_text(day, buffer));
}

static const char *instant_words(const struct scene *scene, struct instant at)
{
	char buffer[INSTANT_TEXT_SIZE];
	return arena_copy(scene->arena, zone_format(scene->policy->zone, at, buffer));
}

/* The day, or for hours the moment, from which windows of papers count back. */
static struct scene_moment anchor(const struct scene *scene)
{
	struct hand_day first;
	struct hand_day last;
	const struct scene_moment receipt = scene_instant(scene, scene->submission->received_at);
	if (scene_requested(scene, &first, &last) && hand_compare(first, receipt.day) < 0) {
		const struct scene_moment early = {.day = first};
		return (struct scene_moment){first, true, scene_begin(scene, &early)};
	}
	return receipt;
}

/* The moment DISTANCE hours, or the day DISTANCE days, later than the earliest that a window accepts. */
static struct scene_moment window_place(const struct placing *placing, const struct scene_moment *from, bool exact)
{
	const struct bound *bound = placing->bound;
	if (bound->unit == UNIT_HOURS) {
		const int64_t hours = exact ? placing->distance - bound->amount : -bound->amount;
		const struct scene_moment at = scene_instant(placing->scene, instant_add(from->at, span_hours(hours)));
		return exact ? at : (struct scene_moment){.day = hand_step(at.day, placing->distance)};
	}
	const struct hand_day earliest =
		bound->unit == UNIT_YEARS ? hand_years(from->day, -bound->amount) : hand_step(from->day, -bound->amount);
	return (struct scene_moment){.day = hand_step(earliest, placing->distance)};
}

static const struct json *put_moment(struct placing *placing, const struct json *body, const char *pointer,
				     const struct scene_moment *moment)
{
	placing->where = moment->exact ? instant_words(placing->scene, moment->at) : placing_day(placing->scene, moment->day);
	return moment->exact ? scene_put_at(placing->scene, body, pointer, moment->at)
			     : scene_put_on(placing->scene, body, pointer, moment->day);
}

/* The end of the time that a paper covers; its beginning moves along where it would come after it. */
static const struct json *put_cover_end(struct placing *placing, const struct json *body, const char *paper,
					const struct scene_moment *at)
{
	const struct scene *scene = placing->scene;
	const char *from = scene_join(scene, paper, "covers/from");
	struct scene_moment begun;
	if (scene_moment_at(scene, from, &begun) && hand_compare(begun.day, at->day) >= 0) {
		body = put_moment(placing, body, from, at);
	}
	return put_moment(placing, body, scene_join(scene, paper, "covers/to"), at);
}

/* All papers of the types get the date, so that none of them stands in for another. */
static const struct json *place_papers(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const char *dated = json_text(json_member(placing->bound->arguments, "dated"));
	const bool covers = dated && strcmp(dated, "covers") == 0;
	const struct scene_moment from = anchor(scene);
	const struct json *body = scene->body;
	const char *pointer;
	size_t place = 0;
	bool any = false;
	while (body && scene_paper(scene, json_member(placing->bound->arguments, "types"), &place, &pointer)) {
		const char *to = scene_join(scene, pointer, "covers/to");
		const struct scene_moment at =
			window_place(placing, &from, covers && placing->bound->unit == UNIT_HOURS && scene_exact(scene, to));
		any = true;
		if (covers) {
			body = put_cover_end(placing, body, pointer, &at);
			continue;
		}
		body = put_moment(placing, body, scene_join(scene, pointer, "completed_on"), &at);
		body = scene_clear(scene, body, scene_join(scene, pointer, "updated_on"));
	}
	placing->why = "no case has a paper of its types";
	return any ? body : NULL;
}

static const struct json *place_cover(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const struct json *body = scene->body;
	const char *pointer;
	size_t place = 0;
	bool any = false;
	while (body && scene_paper(scene, json_member(placing->bound->arguments, "types"), &place, &pointer)) {
		struct scene_moment to;
		if (!scene_moment_at(scene, scene_join(scene, pointer, "covers/to"), &to)) {
			continue;
		}
		const struct scene_moment from = {.day = hand_step(to.day, 1 - placing->bound->amount - placing->distance)};
		body = scene_put_day(scene, body, scene_join(scene, pointer, "covers/from"), from.day);
		placing->where = arena_printf(scene->arena, "from %s", placing_day(scene, from.day));
		any = true;
	}
	placing->why = "no case has a paper of its types that says which days it covers";
	return any ? body : NULL;
}

/* Another paper of the first type, without sections, covers the moment from which windows count back: all others count only inside. */
static const struct json *add_recent_paper(struct placing *placing, const struct json *body, const struct scene_moment *from)
{
	const struct scene *scene = placing->scene;
	const char *type = scene_first_word(scene, json_member(placing->bound->arguments, "of"));
	const char *pointer = arena_printf(scene->arena, "/documents/%zu", json_count(json_at(body, "/documents")));
	body = scene_put(scene, body, "/documents/-",
			 arena_printf(scene->arena, "{\"id\":\"boundary\",\"type\":\"%s\"}", type));
	return body ? scene_put_day(scene, body, scene_join(scene, pointer, "covers/to"), from->day) : NULL;
}

static const struct json *place_section_papers(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const struct scene_moment from = anchor(scene);
	const struct json *body = add_recent_paper(placing, scene->body, &from);
	const char *pointer;
	size_t place = 0;
	bool any = false;
	while (body && scene_paper(scene, json_member(placing->bound->arguments, "of"), &place, &pointer)) {
		const char *to = scene_join(scene, pointer, "covers/to");
		const bool exact = placing->bound->unit == UNIT_HOURS && scene_exact(scene, to);
		const struct scene_moment at = window_place(placing, &from, exact);
		body = put_cover_end(placing, body, pointer, &at);
		any = true;
	}
	placing->why = "no case has a paper of its types";
	return any ? body : NULL;
}

/* Each section that is needed, in every paper that has it. */
static const struct json *place_sections(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const struct json *arguments = placing->bound->arguments;
	const struct scene_moment from = anchor(scene);
	const struct json *body = scene->body;
	const struct json *paper;
	const char *pointer;
	size_t place = 0;
	bool any = false;
	while (body && (paper = scene_paper(scene, json_member(arguments, "of"), &place, &pointer))) {
		size_t index = 0;
		const struct json *sections = json_member(paper, "sections");
		for (const struct json *one = json_first(sections); one && body; one = json_next(one), index++) {
			const char *at = arena_printf(scene->arena, "%s/sections/%zu/as_of", pointer, index);
			const char *name = json_text(json_member(one, "name"));
			if (!name || !scene_listed(scene, json_member(arguments, "need"), name)) {
				continue;
			}
			const bool exact = placing->bound->unit == UNIT_HOURS && scene_exact(scene, at);
			const struct scene_moment moment = window_place(placing, &from, exact);
			body = moment.exact ? put_moment(placing, body, at, &moment)
					    : scene_put_day(scene, body, at, moment.day);
			placing->where = moment.exact ? placing->where : placing_day(scene, moment.day);
			any = true;
		}
	}
	placing->why = "no case has its sections";
	return any ? body : NULL;
}

/* A path of the request, or one of every element of a list: counted from receipt itself. */
static const struct json *place_moment(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	const char *path = json_text(json_member(placing->bound->arguments, "at"));
	const char *asterisk = path ? strstr(path, "/*") : NULL;
	const struct scene_moment from = scene_instant(scene, scene->submission->received_at);
	const struct json *body = scene->body;
	const size_t count =
		asterisk ? json_count(json_at(body, arena_text(scene->arena, path, (size_t)(asterisk - path)))) : 1;
	placing->why = "no case has an element of its list";
	for (size_t i = 0; i < count && body; i++) {
		const char *pointer = asterisk ? arena_printf(scene->arena, "%.*s/%zu%s", (int)(asterisk - path), path, i,
							      asterisk + strlen("/*"))
					       : path;
		const bool exact = placing->bound->unit == UNIT_HOURS && scene_exact(scene, pointer);
		const struct scene_moment at = window_place(placing, &from, exact);
		body = put_moment(placing, body, pointer, &at);
	}
	return count > 0 ? body : NULL;
}

static const struct json *clear_lines(const struct scene *scene, const struct json *body)
{
	const size_t count = json_count(json_at(body, "/lines"));
	for (size_t i = 0; i < count && body; i++) {
		body = scene_clear(scene, body, arena_printf(scene->arena, "/lines/%zu/start", i));
		body = scene_clear(scene, body, arena_printf(scene->arena, "/lines/%zu/end", i));
		const char *units = arena_printf(scene->arena, "/lines/%zu/units", i);
		body = body && json_at(body, units) ? scene_put(scene, body, units, "1") : body;
	}
	return body;
}

/* One authorization is as long as that, ends included: the period grows at its end, and units do not speak. */
static const struct json *place_limit(struct placing *placing)
{
	const struct scene *scene = placing->scene;
	struct hand_day first;
	struct hand_day last;
	placing->why = "no case says the requested days";
	if (!scene_requested(scene, &first, &last) || placing->bound->amount - placing->distance < 1) {
		return NULL;
	}
	last = hand_step(first, placing->bound->amount - 1 - placing->distance);
	placing->where = arena_printf(scene->arena, "the last day %s", placing_day(scene, last));
	const struct json *body = scene_put_day(scene, clear_lines(scene, scene->body), "/service_period/start", first);
	return scene_put_day(scene, body, "/service_period/end", last);
}

static const struct json *place_order(struct placing *placing)
{
	const struct order_place place = boundary_order(placing->scene, placing->bound, placing->distance);
	placing->why = place.why;
	if (place.body) {
		placing->where = place.moment.exact ? instant_words(placing->scene, place.moment.at)
						    : placing_day(placing->scene, place.moment.day);
	}
	return place.body;
}

static const struct json *place_during(struct placing *placing)
{
	struct hand_day day = placing->scene->received;
	const struct json *body = boundary_during(placing->scene, placing->bound, placing->distance, &day);
	placing->where = placing_day(placing->scene, day);
	placing->why = "no occurrence can be made up for it";
	return body;
}

static const struct json *place_followed(struct placing *placing)
{
	struct hand_day day = placing->scene->received;
	const struct json *body = boundary_followed(placing->scene, placing->bound, placing->distance, &day);
	placing->where = placing_day(placing->scene, day);
	placing->why = "no occurrences can be made up for it";
	return body;
}

static const struct json *place_aged(struct placing *placing)
{
	struct hand_day day = placing->scene->received;
	const struct json *body = boundary_aged(placing->scene, placing->bound, placing->distance, &day);
	placing->where = placing_day(placing->scene, day);
	placing->why = "no element of its list can be made up";
	return body;
}

const struct json *boundary_place(const struct scene *scene, const struct bound *bound, int distance, const char **ret_where,
				  const char **ret_why)
{
	struct placing placing = {scene, bound, distance, "", "nothing here knows what it turns on"};
	const struct json *body = NULL;
	switch (bound->kind) {
	case BOUND_PAPER: body = place_papers(&placing); break;
	case BOUND_COVER: body = place_cover(&placing); break;
	case BOUND_PAPER_AGE: body = place_paper_age(&placing); break;
	case BOUND_SECTION: body = place_sections(&placing); break;
	case BOUND_SECTION_PAPER: body = place_section_papers(&placing); break;
	case BOUND_MOMENT: body = place_moment(&placing); break;
	case BOUND_AGE: body = place_age(&placing); break;
	case BOUND_AGED_AT: body = place_aged_at(&placing); break;
	case BOUND_AGED: body = place_aged(&placing); break;
	case BOUND_BIRTHDAY: body = place_birthday(&placing); break;
	case BOUND_ORDER: body = place_order(&placing); break;
	case BOUND_AFTER: body = place_during(&placing); break;
	case BOUND_FOLLOWED: body = place_followed(&placing); break;
	case BOUND_LIMIT: body = place_limit(&placing); break;
	case BOUND_LIMIT_BIRTHDAY: body = place_limit_birthday(&placing); break;
	case BOUND_OTHER:
	case BOUND_CLOCK:
	case BOUND_TIMER:
	case BOUND_ASK_AGAIN:
	case BOUND_DUTY:
	case BOUND_DUTY_EVERY: break;
	}
	*ret_where = placing.where;
	*ret_why = placing.why;
	return body;
}

static bool below(const struct bound *bound)
{
	const struct json *member = json_member(bound->arguments, "below");
	switch (bound->kind) {
	case BOUND_AGE: return strcmp(bound->check, "age_below") == 0;
	case BOUND_AGED_AT: return member && json_boolean(member);
	case BOUND_PAPER_AGE: return true;
	case BOUND_BIRTHDAY: return place_birthday_below(bound);
	case BOUND_AFTER: return !boundary_during_met_at(bound);
	case BOUND_AGED: return !boundary_aged_met_at(bound);
	case BOUND_PAPER:
	case BOUND_COVER:
	case BOUND_SECTION:
	case BOUND_SECTION_PAPER:
	case BOUND_MOMENT:
	case BOUND_ORDER:
	case BOUND_FOLLOWED:
	case BOUND_LIMIT:
	case BOUND_LIMIT_BIRTHDAY:
	case BOUND_OTHER:
	case BOUND_CLOCK:
	case BOUND_TIMER:
	case BOUND_ASK_AGAIN:
	case BOUND_DUTY:
	case BOUND_DUTY_EVERY: break;
	}
	return false;
}

struct bound_manner boundary_manner(const struct scene *scene, const struct bound *bound)
{
	const char *where = NULL;
	const char *why = NULL;
	bool hours = bound->unit == UNIT_HOURS;
	if (hours && boundary_place(scene, bound, 0, &where, &why)) {
		hours = strchr(where, 'T') != NULL; /* where only a day can be written, days are counted */
	}
	return (struct bound_manner){hours ? "hour" : "day", !below(bound)};
}
