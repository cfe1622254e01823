/* SPDX-License-Identifier: Apache-2.0 */
/* Answers the simple parts of an item around a bound, so that the item turns on the bound alone: `when` and what stands beside it is so, */
/* other alternatives are not. What cannot be answered for it is left as the case has it. */
#include "policy/boundary_place.h"

#include "base/shape.h"

#include <string.h>

static const struct json *wish(const struct scene *scene, const struct json *body, const struct json *node, bool want);

static const struct json *wish_each(const struct scene *scene, const struct json *body, const struct json *list, bool want)
{
	for (const struct json *one = json_first(list); one && body; one = json_next(one)) {
		body = wish(scene, body, one, want);
	}
	return body;
}

static bool single(const char *path)
{
	return path && !strchr(path, '*');
}

static const struct json *wish_is(const struct scene *scene, const struct json *body, const struct json *arguments, bool want)
{
	const char *path = json_text(json_member(arguments, "at"));
	const struct json *value = json_member(arguments, "value");
	if (!single(path) || !value || json_kind(value) != JSON_BOOLEAN) {
		return body;
	}
	return scene_put(scene, body, path, json_boolean(value) == want ? "true" : "false");
}

/* A word of the place's closed list that is not among WORDS; NULL when there is none. */
static const char *another_word(const struct scene *scene, const char *path, const struct json *words)
{
	struct slot slot;
	const bool found = shape_find(scene->policy->request, path, &slot);
	for (size_t i = 0; found && slot.words && i < slot.word_count; i++) {
		if (!scene_listed(scene, words, slot.words[i])) {
			return slot.words[i];
		}
	}
	return NULL;
}

static const struct json *wish_word(const struct scene *scene, const struct json *body, const struct json *arguments, bool want)
{
	const char *path = json_text(json_member(arguments, "at"));
	const struct json *words = json_member(arguments, "words");
	/* which items there are to begin with hangs on these */
	const bool chosen =
		path && (strcmp(path, "/service") == 0 || strcmp(path, "/review") == 0 || strcmp(path, "/payer") == 0);
	if (!single(path) || !words || chosen) {
		return body;
	}
	const char *now = json_text(json_at(body, path));
	if (want && now && scene_listed(scene, words, now)) {
		return body;
	}
	const char *word = want ? scene_first_word(scene, words) : another_word(scene, path, words);
	return word ? scene_put(scene, body, path, arena_printf(scene->arena, "\"%s\"", word)) : body;
}

static const struct json *wish_absent(const struct scene *scene, const struct json *body, const struct json *arguments,
				      bool want)
{
	for (const struct json *one = json_first(json_member(arguments, "at")); one && !want; one = json_next(one)) {
		body = single(json_text(one)) ? scene_clear(scene, body, json_text(one)) : body;
	}
	return body;
}

/* A list's first word in quotes, or null. */
static const char *quoted(const struct scene *scene, const struct json *words)
{
	const char *word = scene_first_word(scene, words);
	return word ? arena_printf(scene->arena, "\"%s\"", word) : "null";
}

/* One more paper, dated the day of receipt, as a document check wants it. */
static const struct json *add_paper(const struct scene *scene, const struct json *body, const struct json *arguments)
{
	char day[HAND_TEXT_SIZE];
	const struct json *meeting = json_member(arguments, "face_to_face");
	const char *met = !meeting ? "null" : json_boolean(meeting) ? "true" : "false";
	const size_t count = json_count(json_at(body, "/documents"));
	const char *paper = arena_printf(scene->arena,
					 "{\"id\": \"boundary-%zu\", \"type\": %s, \"kind\": %s, \"completed_on\": \"%s\", "
					 "\"author\": {\"credential\": %s}, \"face_to_face\": %s}",
					 count, quoted(scene, json_member(arguments, "types")),
					 quoted(scene, json_member(arguments, "kinds")), hand_text(scene->received, day),
					 quoted(scene, json_member(arguments, "author")), met);
	return scene_put(scene, count > 0 ? body : scene_put(scene, body, "/documents", "[]"), "/documents/-", paper);
}

const struct json *boundary_supply(const struct scene *scene, const struct bound *bound)
{
	const bool papers = bound->kind == BOUND_PAPER || bound->kind == BOUND_PAPER_AGE;
	return papers ? add_paper(scene, scene->body, bound->arguments) : NULL;
}

static const struct json *wish(const struct scene *scene, const struct json *body, const struct json *node, bool want)
{
	const char *name = NULL;
	const struct json *arguments = bounds_check(node, &name);
	if (!arguments || !body) {
		return body;
	}
	if (strcmp(name, "not") == 0) {
		return wish(scene, body, arguments, !want);
	}
	if (strcmp(name, "all") == 0 || strcmp(name, "any") == 0) {
		const bool every = (strcmp(name, "all") == 0) == want;
		return every ? wish_each(scene, body, arguments, want) : wish(scene, body, json_first(arguments), want);
	}
	if (strcmp(name, "is") == 0) {
		return wish_is(scene, body, arguments, want);
	}
	if (strcmp(name, "one_of") == 0) {
		return wish_word(scene, body, arguments, want);
	}
	if (strcmp(name, "document") == 0) {
		return want ? add_paper(scene, body, arguments) : body;
	}
	return strcmp(name, "present") == 0 ? wish_absent(scene, body, arguments, want) : body;
}

static bool holds(const struct json *node, const struct json *target)
{
	if (node == target) {
		return true;
	}
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		if (holds(one, target)) {
			return true;
		}
	}
	return false;
}

/* On the way from NODE down to the check of the bound: the parts beside it. */
static const struct json *clear_down(const struct scene *scene, const struct json *body, const struct json *node,
				     const struct bound *bound)
{
	const char *name = NULL;
	const struct json *arguments = node == bound->node ? NULL : bounds_check(node, &name);
	if (!arguments || !body) {
		return body;
	}
	if (strcmp(name, "not") == 0) {
		return clear_down(scene, body, arguments, bound);
	}
	const bool all = strcmp(name, "all") == 0;
	const bool any = strcmp(name, "any") == 0;
	for (const struct json *one = json_first(arguments); one && (all || any) && body; one = json_next(one)) {
		body = holds(one, bound->node) ? clear_down(scene, body, one, bound) : wish(scene, body, one, all);
	}
	return body;
}

const struct json *boundary_clear_way(const struct scene *scene, const struct bound *bound, const struct json *body)
{
	const struct json *when = json_member(bound->item->json, "when");
	const struct json *check = json_member(bound->item->json, "check");
	const bool in_when = when && bound->node && holds(when, bound->node);
	if (in_when) {
		return clear_down(scene, body, when, bound);
	}
	body = when ? wish(scene, body, when, true) : body;
	return check && bound->node ? clear_down(scene, body, check, bound) : body;
}
