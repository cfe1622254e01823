/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of papers in words. */
#include "policy/say.h"

#include "policy/vocabulary.h"

#include <string.h>

static const char *type_title(const struct sayer *sayer, const char *type)
{
	const struct json *declared = json_member(json_member(sayer->policy->manifest, "documents"), type);
	const char *title = json_text(json_member(declared, "title"));
	return title ? vocabulary_phrase(sayer->arena, title) : type;
}

const char *say_types(const struct sayer *sayer, const struct json *types)
{
	struct say_list list = say_list(sayer->arena, json_count(types), "or");
	for (const struct json *one = json_first(types); one; one = json_next(one)) {
		say_add(&list, json_text(one) ? type_title(sayer, json_text(one)) : say_generic(sayer->arena, one));
	}
	return say_end(&list);
}

static const char *section_titles(const struct sayer *sayer, const struct json *names)
{
	const struct json *sections = json_member(sayer->policy->manifest, "sections");
	struct say_list list = say_list(sayer->arena, json_count(names), "and");
	for (const struct json *one = json_first(names); one; one = json_next(one)) {
		const char *title = json_text(json_member(sections, json_text(one)));
		say_add(&list, arena_printf(sayer->arena, "\"%s\"", title ? title : json_text(one)));
	}
	return say_end(&list);
}

static void add_cover(const struct sayer *sayer, const struct json *covers, struct text *out)
{
	int64_t days = 0;
	if (covers && json_integer(json_member(covers, "days"), &days)) {
		const char *since = json_text(json_member(covers, "or_since"));
		text_printf(out, ", that covers %lld days%s%s", (long long)days, since ? " or all since the " : "",
			    since ? since : "");
	}
	(void)sayer;
}

static const char *say_document(const struct sayer *sayer, const struct json *arguments)
{
	struct arena *arena = sayer->arena;
	const struct json *kinds = json_member(arguments, "kinds");
	const struct json *author = json_member(arguments, "author");
	const struct json *within = json_member(arguments, "within");
	const struct json *meeting = json_member(arguments, "face_to_face");
	const char *by = json_text(json_member(arguments, "by"));
	struct text out;
	text_init(&out, arena, 128);
	const char *types = say_types(sayer, json_member(arguments, "types"));
	text_printf(&out, "there is %s %s", strchr("aeioAEIO", types[0]) ? "an" : "a", types);
	if (kinds) {
		text_printf(&out, " (%s)", say_word_list(sayer, kinds, "or"));
	}
	for (const struct json *one = json_first(json_member(arguments, "kinds_by_age")); one; one = json_next(one)) {
		const struct json *below = json_member(one, "below");
		text_printf(&out, ", %s%s%s", say_word_list(sayer, json_member(one, "kinds"), "or"),
			    below ? " below the age of " : " else", below ? say_generic(arena, below) : "");
	}
	if (author) {
		text_printf(&out, ", by %s", say_word_list(sayer, author, "or"));
	}
	if (within) {
		text_printf(&out, ", dated at most %s before receipt or an earlier first day", say_generic(arena, within));
	}
	if (by) {
		text_printf(&out, ", dated by the %s",
			    strcmp(by, "first_day") == 0 ? "first day of service" : "day of receipt");
	}
	add_cover(sayer, json_member(arguments, "covers"), &out);
	if (meeting) {
		text_puts(&out, json_boolean(meeting) ? ", from a meeting face to face" : ", not from a meeting face to face");
	}
	return out.data;
}

static const char *say_sections(const struct sayer *sayer, const struct json *arguments)
{
	struct arena *arena = sayer->arena;
	const struct json *within = json_member(arguments, "as_of_within");
	const struct json *goals = json_member(arguments, "goal_refs");
	return arena_printf(arena, "a %s has %s%s%s%s", say_types(sayer, json_member(arguments, "of")),
			    section_titles(sayer, json_member(arguments, "need")), within ? ", as of at most " : "",
			    within ? arena_printf(arena, "%s before receipt", say_generic(arena, within)) : "",
			    goals && json_boolean(goals) ? ", each with the goal that it is about" : "");
}

const char *say_paper_check(const struct sayer *sayer, const char *name, const struct json *arguments)
{
	struct arena *arena = sayer->arena;
	if (strcmp(name, "document") == 0) {
		return say_document(sayer, arguments);
	}
	if (strcmp(name, "sections") == 0) {
		return say_sections(sayer, arguments);
	}
	if (strcmp(name, "not_older") == 0) {
		return arena_printf(arena, "the newest %s is not older than the newest %s",
				    say_types(sayer, json_member(arguments, "of")),
				    say_types(sayer, json_member(arguments, "than")));
	}
	const char *types = say_types(sayer, json_member(arguments, strcmp(name, "refers") == 0 ? "types" : "of"));
	const struct json *roles = json_member(arguments, "roles");
	if (strcmp(name, "signed") == 0) {
		return arena_printf(arena, "a %s is signed by %s", types, say_word_list(sayer, roles, "or"));
	}
	if (strcmp(name, "took_part") == 0) {
		return arena_printf(arena, "%s took part in a %s, or it says why not", say_word_list(sayer, roles, "and"),
				    types);
	}
	if (strcmp(name, "refers") == 0) {
		return arena_printf(arena, "%s names a paper of the request%s%s",
				    say_place(sayer, json_text(json_member(arguments, "at"))), types[0] != '\0' ? ": a " : "",
				    types);
	}
	if (strcmp(name, "section_is") == 0) {
		const struct json *words = json_member(arguments, "words");
		const char *other = json_text(json_member(arguments, "other"));
		return arena_printf(arena, "in a %s, %s is %s", types, json_text(json_member(arguments, "section")),
				    words ? say_word_list(sayer, words, "or") : say_place(sayer, other ? other : ""));
	}
	return NULL;
}
