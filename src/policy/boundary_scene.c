/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary_scene.h"

#include "policy/vocabulary.h"

#include <string.h>

enum { NOON = 12 * 3600, DATE_LENGTH = 10 };

struct scene scene_of(const struct submission *submission, const struct json *body, struct arena *arena)
{
	return (struct scene){.arena = arena,
			      .submission = submission,
			      .policy = submission->program->policy,
			      .body = body,
			      .received = hand_of(submission->received_on)};
}

const char *scene_join(const struct scene *scene, const char *pointer, const char *rest)
{
	return arena_printf(scene->arena, "%s/%s", pointer, rest);
}

/* Objects on the way to a pointer that are not there yet. */
static const struct json *make_parents(const struct scene *scene, const struct json *body, const char *pointer)
{
	struct err err = {0};
	for (const char *at = strchr(pointer + 1, '/'); at && body; at = strchr(at + 1, '/')) {
		const char *parent = arena_text(scene->arena, pointer, (size_t)(at - pointer));
		const struct json *there = json_at(body, parent);
		if (!there || json_kind(there) == JSON_NULL) {
			body = json_edit(scene->arena, body, parent, json_parse(scene->arena, "{}", 2, &json_limits_file, &err),
					 &err);
		}
	}
	return body;
}

const struct json *scene_put(const struct scene *scene, const struct json *body, const char *pointer, const char *json_text)
{
	struct err err = {0};
	const struct json *value = json_parse(scene->arena, json_text, strlen(json_text), &json_limits_file, &err);
	body = body && value ? make_parents(scene, body, pointer) : NULL;
	return body ? json_edit(scene->arena, body, pointer, value, &err) : NULL;
}

const struct json *scene_put_day(const struct scene *scene, const struct json *body, const char *pointer, struct hand_day day)
{
	char buffer[HAND_TEXT_SIZE];
	return scene_put(scene, body, pointer, arena_printf(scene->arena, "\"%s\"", hand_text(day, buffer)));
}

const struct json *scene_put_at(const struct scene *scene, const struct json *body, const char *pointer, struct instant at)
{
	char buffer[INSTANT_TEXT_SIZE];
	return scene_put(scene, body, pointer, arena_printf(scene->arena, "\"%s\"", instant_format_utc(at, buffer)));
}

/* "/lines/0/start" as shapes know it: with an asterisk for the number. */
static const char *pattern(const struct scene *scene, const char *pointer)
{
	const char *text = "";
	const char *at = pointer;
	while (*at == '/') {
		const size_t length = strcspn(at + 1, "/");
		const bool number = length > 0 && strspn(at + 1, "0123456789") == length;
		text = number ? arena_printf(scene->arena, "%s/*", text)
			      : arena_printf(scene->arena, "%s/%.*s", text, (int)length, at + 1);
		at += length + 1;
	}
	return text;
}

bool scene_exact(const struct scene *scene, const char *pointer)
{
	struct slot slot;
	return shape_find(scene->policy->request, pattern(scene, pointer), &slot) && slot.type == VALUE_INSTANT;
}

const struct json *scene_put_on(const struct scene *scene, const struct json *body, const char *pointer, struct hand_day day)
{
	return scene_exact(scene, pointer)
		       ? scene_put_at(scene, body, pointer, zone_instant(scene->policy->zone, hand_date(day), NOON))
		       : scene_put_day(scene, body, pointer, day);
}

const struct json *scene_clear(const struct scene *scene, const struct json *body, const char *pointer)
{
	const struct json *there = body ? json_at(body, pointer) : NULL;
	return there && json_kind(there) != JSON_NULL ? scene_put(scene, body, pointer, "null") : body;
}

struct scene_moment scene_instant(const struct scene *scene, struct instant at)
{
	return (struct scene_moment){hand_of(zone_date(scene->policy->zone, at)), true, at};
}

static bool read_moment(const struct scene *scene, const struct json *node, struct scene_moment *ret_moment)
{
	const char *text = json_text(node);
	struct scene_moment moment = {0};
	if (!text || !hand_read(text, &moment.day)) {
		return false;
	}
	if (strlen(text) > DATE_LENGTH) {
		if (!instant_parse(text, &moment.at)) {
			return false;
		}
		moment = scene_instant(scene, moment.at);
	}
	*ret_moment = moment;
	return true;
}

bool scene_moment_at(const struct scene *scene, const char *pointer, struct scene_moment *ret_moment)
{
	return read_moment(scene, json_at(scene->body, pointer), ret_moment);
}

struct instant scene_begin(const struct scene *scene, const struct scene_moment *moment)
{
	return moment->exact ? moment->at : zone_instant(scene->policy->zone, hand_date(moment->day), 0);
}

struct instant scene_end(const struct scene *scene, const struct scene_moment *moment)
{
	return moment->exact ? moment->at : zone_end_of_day(scene->policy->zone, hand_date(moment->day));
}

struct span_found {
	bool any;
	struct hand_day first;
	struct hand_day last;
};

static void take_span(const struct scene *scene, const struct json *start, const struct json *end, struct span_found *found)
{
	struct scene_moment from;
	struct scene_moment to;
	if (!read_moment(scene, start, &from) || !read_moment(scene, end, &to)) {
		return;
	}
	if (!found->any || hand_compare(from.day, found->first) < 0) {
		found->first = from.day;
	}
	if (!found->any || hand_compare(to.day, found->last) > 0) {
		found->last = to.day;
	}
	found->any = true;
}

bool scene_requested(const struct scene *scene, struct hand_day *ret_first, struct hand_day *ret_last)
{
	struct span_found found = {0};
	const struct json *lines = json_at(scene->body, "/lines");
	const struct json *start = json_at(scene->body, "/service_period/start");
	const struct json *end = json_at(scene->body, "/service_period/end");
	for (const struct json *line = json_first(lines); line; line = json_next(line)) {
		const struct json *own_start = json_member(line, "start");
		const struct json *own_end = json_member(line, "end");
		take_span(scene, json_text(own_start) ? own_start : start, json_text(own_end) ? own_end : end, &found);
	}
	if (!json_first(lines)) {
		take_span(scene, start, end, &found);
	}
	*ret_first = found.first;
	*ret_last = found.last;
	return found.any;
}

bool scene_day(const struct scene *scene, const char *name, struct scene_moment *ret_moment)
{
	struct hand_day first;
	struct hand_day last;
	if (strcmp(name, "receipt") == 0) {
		*ret_moment = scene_instant(scene, scene->submission->received_at);
		return true;
	}
	if (strcmp(name, "arrival") == 0) {
		*ret_moment = (struct scene_moment){.day = hand_of(scene->submission->today)};
		return true;
	}
	if (!scene_requested(scene, &first, &last)) {
		return false;
	}
	*ret_moment = (struct scene_moment){.day = strcmp(name, "last_day") == 0 ? last : first};
	return true;
}

static const struct json *list_named(const struct scene *scene, const char *word)
{
	const struct vocabulary *vocabulary = scene->policy->vocabulary;
	for (size_t i = 0; word[0] == '@' && i < vocabulary->list_count; i++) {
		if (strcmp(vocabulary->lists[i].name, word + 1) == 0) {
			return vocabulary->lists[i].words;
		}
	}
	return NULL;
}

bool scene_listed(const struct scene *scene, const struct json *words, const char *word)
{
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *list = list_named(scene, json_text(one));
		if (list ? scene_listed(scene, list, word) : strcmp(json_text(one), word) == 0) {
			return true;
		}
	}
	return false;
}

const char *scene_first_word(const struct scene *scene, const struct json *words)
{
	const char *word = json_text(json_first(words));
	const struct json *list = word ? list_named(scene, word) : NULL;
	return list ? json_text(json_first(list)) : word;
}

const struct json *scene_paper(const struct scene *scene, const struct json *types, size_t *place, const char **ret_pointer)
{
	size_t index = 0;
	for (const struct json *one = json_first(json_at(scene->body, "/documents")); one; one = json_next(one), index++) {
		const char *type = json_text(json_member(one, "type"));
		if (index >= *place && type && scene_listed(scene, types, type)) {
			*place = index + 1;
			*ret_pointer = arena_printf(scene->arena, "/documents/%zu", index);
			return one;
		}
	}
	return NULL;
}

/* A text that is a date, or an instant: so many days later, else as it is. */
static const char *shifted(const struct scene *scene, const char *text, int days)
{
	char buffer[INSTANT_TEXT_SIZE];
	struct hand_day day;
	struct instant at;
	if (!hand_read(text, &day)) {
		return text;
	}
	if (strlen(text) == DATE_LENGTH) {
		return arena_copy(scene->arena, hand_text(hand_step(day, days), buffer));
	}
	if (!instant_parse(text, &at)) {
		return text;
	}
	at = instant_add(at, span_hours((int64_t)days * 24));
	return arena_copy(scene->arena, instant_format_utc(at, buffer));
}

static const struct json *shift_under(const struct scene *scene, const struct json *body, const struct json *node,
				      const char *pointer, int days)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one && body; one = json_next(one), index++) {
		const char *here = json_name(one) ? scene_join(scene, pointer, json_name(one))
						  : arena_printf(scene->arena, "%s/%zu", pointer, index);
		const char *text = json_text(one);
		const char *moved = text ? shifted(scene, text, days) : NULL;
		if (moved != text) {
			body = scene_put(scene, body, here, arena_printf(scene->arena, "\"%s\"", moved));
		} else if (!text) {
			body = shift_under(scene, body, one, here, days);
		}
	}
	return body;
}

const struct json *scene_shift(const struct scene *scene, const struct json *body, int days)
{
	return days == 0 ? body : shift_under(scene, body, body, "", days);
}
