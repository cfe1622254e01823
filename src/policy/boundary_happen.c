/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary_happen.h"

#include <string.h>

static const char occurrences[] = "/facts/occurrences";

/* A value for a member that must be there, in JSON; NULL where none can be made up. */
static const char *any_value(const struct scene *scene, const char *list, const char *member)
{
	char day[HAND_TEXT_SIZE];
	struct slot slot;
	if (!shape_find(scene->policy->request, arena_printf(scene->arena, "%s/*/%s", list, member), &slot)) {
		return NULL;
	}
	switch ((enum value_type)slot.type) {
	case VALUE_TEXT: return "\"boundary\"";
	case VALUE_WORD: return arena_printf(scene->arena, "\"%s\"", slot.words[0]);
	case VALUE_BOOLEAN: return "true";
	case VALUE_INTEGER:
	case VALUE_NUMBER: return "1";
	case VALUE_DATE: return arena_printf(scene->arena, "\"%s\"", hand_text(scene->received, day));
	case VALUE_TEXTS: return "[\"boundary\"]";
	case VALUE_INSTANT:
	case VALUE_GROUP:
	case VALUE_RECORDS: break;
	}
	return NULL;
}

/* What a condition of `where` wants of its member; NULL where that cannot be made up. */
static const char *wanted_value(const struct scene *scene, const char *list, const struct json *condition)
{
	char day[HAND_TEXT_SIZE];
	const char *text = json_text(condition);
	if (json_kind(condition) == JSON_BOOLEAN) {
		return json_boolean(condition) ? "true" : "false";
	}
	if (json_kind(condition) == JSON_ARRAY) {
		return arena_printf(scene->arena, "\"%s\"", scene_first_word(scene, condition));
	}
	if ((text && strcmp(text, "absent") == 0) || json_member(condition, "not_by") || json_member(condition, "not")) {
		return "null";
	}
	if (json_member(condition, "by")) {
		return arena_printf(scene->arena, "\"%s\"", hand_text(scene->received, day));
	}
	return text && strcmp(text, "present") == 0 ? any_value(scene, list, json_name(condition)) : NULL;
}

static const struct json *put_member(const struct scene *scene, const struct json *body, const char *pointer,
				     const char *member, const char *value)
{
	return body && value ? scene_put(scene, body, scene_join(scene, pointer, member), value) : NULL;
}

const struct json *happen_fill(const struct scene *scene, const struct json *body, const char *list, const char *pointer,
			       const struct json *where)
{
	for (const struct json *one = json_first(where); one; one = json_next(one)) {
		if (strcmp(json_name(one), "aged") != 0) {
			body = put_member(scene, body, pointer, json_name(one), wanted_value(scene, list, one));
		}
	}
	return body;
}

/* What a condition does not want; NULL where that cannot be made up. */
static const char *unwanted_value(const struct scene *scene, const char *list, const struct json *condition)
{
	struct slot slot;
	if (json_kind(condition) == JSON_BOOLEAN) {
		return json_boolean(condition) ? "false" : "true";
	}
	if (json_member(condition, "not")) {
		return json_boolean(json_member(condition, "not")) ? "true" : "false";
	}
	if (json_kind(condition) != JSON_ARRAY) {
		return "null";
	}
	const char *path = arena_printf(scene->arena, "%s/*/%s", list, json_name(condition));
	const bool closed = shape_find(scene->policy->request, path, &slot) && slot.words;
	for (size_t i = 0; closed && i < slot.word_count; i++) {
		if (!scene_listed(scene, condition, slot.words[i])) {
			return arena_printf(scene->arena, "\"%s\"", slot.words[i]);
		}
	}
	return closed ? NULL : "\"boundary\"";
}

const struct json *happen_lack(const struct scene *scene, const struct json *body, const char *list, const char *pointer,
			       const struct json *where)
{
	const struct json *first = where ? json_first(where) : NULL;
	return first ? put_member(scene, body, pointer, json_name(first), unwanted_value(scene, list, first)) : body;
}

const struct json *happen_add(const struct scene *scene, const struct json *body, const struct json *selector,
			      const struct json *same, const char *id)
{
	const char *word = scene_first_word(scene, json_member(selector, "occurrence"));
	const size_t count = json_count(json_at(body, "/facts/occurrences"));
	const char *pointer = arena_printf(scene->arena, "/facts/occurrences/%zu", count);
	if (!word) {
		return NULL;
	}
	body = scene_put(scene, body, "/facts/occurrences/-",
			 arena_printf(scene->arena, "{\"id\": \"%s\", \"kind\": \"%s\"}", id, word));
	for (const struct json *one = json_first(same); one; one = json_next(one)) {
		body = put_member(scene, body, pointer, json_text(one), any_value(scene, occurrences, json_text(one)));
	}
	return body ? happen_fill(scene, body, occurrences, pointer, json_member(selector, "where")) : NULL;
}

/* Where the newest occurrence holds its date; *ret_own when that is a member of its own. */
static const char *date_place(const struct scene *scene, const struct json *body, const struct json *selector,
			      const char *usual, bool *ret_own)
{
	const char *own = json_text(json_member(selector, "day"));
	const size_t count = json_count(json_at(body, "/facts/occurrences"));
	*ret_own = own != NULL;
	return arena_printf(scene->arena, "/facts/occurrences/%zu/%s", count - 1, own ? own : usual);
}

/* What has a day of its own happened on the day of receipt. */
static const struct json *recorded(const struct scene *scene, const struct json *body, bool own)
{
	const size_t count = json_count(json_at(body, "/facts/occurrences"));
	const char *on = arena_printf(scene->arena, "/facts/occurrences/%zu/on", count - 1);
	return own ? scene_put_day(scene, body, on, scene->received) : body;
}

const struct json *happen_on(const struct scene *scene, const struct json *body, const struct json *selector,
			     struct hand_day day)
{
	bool own = false;
	const char *place = body ? date_place(scene, body, selector, "on", &own) : NULL;
	return body ? scene_put_on(scene, recorded(scene, body, own), place, day) : NULL;
}

const struct json *happen_at(const struct scene *scene, const struct json *body, const struct json *selector, struct instant at)
{
	bool own = false;
	const char *place = body ? date_place(scene, body, selector, "at", &own) : NULL;
	return body ? scene_put_at(scene, recorded(scene, body, own), place, at) : NULL;
}
