/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of papers in words. */
#include "policy/say.h"

#include "policy/vocabulary.h"

#include <string.h>

static const char *type_title(const struct sayer *sayer, const char *type)
{
	const struct json *declared = json_member(json_member(sayer->policy->manifest, "documents"), type);
	const char *title = json_text(json_member(declared, "title"));
	return title ? vocabulary_phrase(sayer->arena, title) : say_plain(sayer->arena, type);
}

const char *say_types(const struct sayer *sayer, const struct json *types)
{
	struct say_list list = say_list(sayer->arena, json_count(types), "or");
	for (const struct json *one = json_first(types); one; one = json_next(one)) {
		say_add(&list, json_text(one) ? type_title(sayer, json_text(one)) : say_generic(sayer->arena, one));
	}
	return say_end(&list);
}

static const char *section_title(const struct sayer *sayer, const char *name)
{
	const char *title = json_text(json_member(json_member(sayer->policy->manifest, "sections"), name));
	return arena_printf(sayer->arena, "\"%s\"", title ? title : say_plain(sayer->arena, name));
}

const char *say_section_titles(const struct sayer *sayer, const struct json *names)
{
	struct say_list list = say_list(sayer->arena, json_count(names), "and");
	for (const struct json *one = json_first(names); one; one = json_next(one)) {
		say_add(&list, section_title(sayer, json_text(one) ? json_text(one) : ""));
	}
	return say_end(&list);
}

/* "a safety plan", "no safety plan" */
static const char *some(const struct sayer *sayer, const struct json *types, bool holds)
{
	const char *said = say_types(sayer, types);
	return holds ? say_with_article(sayer->arena, said) : arena_printf(sayer->arena, "no %s", said);
}

/* ---- document ---- */

static void add_kinds(const struct sayer *sayer, const struct json *arguments, struct text *out)
{
	const struct json *kinds = json_member(arguments, "kinds");
	if (kinds) {
		text_printf(out, " (%s)", say_word_list(sayer, kinds, "or"));
	}
	for (const struct json *one = json_first(json_member(arguments, "kinds_by_age")); one; one = json_next(one)) {
		const struct json *below = json_member(one, "below");
		text_printf(out, ", %s%s%s", say_word_list(sayer, json_member(one, "kinds"), "or"),
			    below ? " below the age of " : " else", below ? say_generic(sayer->arena, below) : "");
	}
}

static void add_cover(const struct sayer *sayer, const struct json *covers, struct text *out)
{
	if (covers) {
		text_printf(out, ", that covers %lld days%s", say_number_of(covers, "days"),
			    strcmp(say_text_of(covers, "or_since"), "admission") == 0 ? " or all since the admission" : "");
	}
	(void)sayer;
}

static void add_dates(const struct sayer *sayer, const struct json *arguments, struct text *out)
{
	const struct json *within = json_member(arguments, "within");
	const char *dated = say_text_of(arguments, "dated");
	const char *by = json_text(json_member(arguments, "by"));
	const char *as = strcmp(dated, "completed") == 0 ? "completed"
			 : strcmp(dated, "covers") == 0  ? "with the end of the time that it covers"
							 : "dated";
	if (within) {
		text_printf(out, ", %s at most %s before receipt or an earlier first day", as,
			    say_generic(sayer->arena, within));
	}
	if (by) {
		text_printf(out, ", %s by %s", as, say_day(by));
	}
}

const char *say_document(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *author = json_member(arguments, "author");
	const struct json *meeting = json_member(arguments, "face_to_face");
	struct text out;
	text_init(&out, sayer->arena, 128);
	text_printf(&out, "there is %s", some(sayer, json_member(arguments, "types"), holds));
	add_kinds(sayer, arguments, &out);
	if (author) {
		text_printf(&out, ", by %s", say_word_list(sayer, author, "or"));
	}
	add_dates(sayer, arguments, &out);
	add_cover(sayer, json_member(arguments, "covers"), &out);
	if (meeting) {
		text_puts(&out, json_boolean(meeting) ? ", from a meeting face to face" : ", not from a meeting face to face");
	}
	return out.data;
}

/* ---- parts of papers ---- */

const char *say_sections(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	struct arena *arena = sayer->arena;
	const struct json *within = json_member(arguments, "as_of_within");
	const struct json *covered = json_member(arguments, "within");
	const struct json *goals = json_member(arguments, "goal_refs");
	const struct json *need = json_member(arguments, "need");
	const struct json *of = json_member(arguments, "of");
	const char *recent = covered ? arena_printf(arena,
						    " (of several only those count whose covered time ends at most %s before "
						    "receipt or an earlier first day, where there is such a one)",
						    say_generic(arena, covered))
				     : "";
	const char *fresh = arena_printf(arena, "%s%s%s%s", within ? ", as of at most " : "",
					 within ? arena_printf(arena, "%s before receipt", say_generic(arena, within)) : "",
					 goals && json_boolean(goals) ? ", with the goal that it is about" : "", recent);
	if (holds || json_count(need) == 1) {
		return arena_printf(arena, "%s has %s%s", some(sayer, of, holds), say_section_titles(sayer, need), fresh);
	}
	return arena_printf(arena, "at least one of these stands in no %s: %s%s", say_types(sayer, of),
			    say_section_titles(sayer, need), fresh);
}

const char *say_section_is(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *words = json_member(arguments, "words");
	const char *section = section_title(sayer, say_text_of(arguments, "section"));
	const char *what =
		words ? say_word_list(sayer, words, "or")
		      : arena_printf(sayer->arena, "the same as %s", say_place(sayer, say_text_of(arguments, "other")));
	return arena_printf(sayer->arena, "in %s, %s is %s%s",
			    say_with_article(sayer->arena, say_types(sayer, json_member(arguments, "of"))), section,
			    holds ? "" : "not ", what);
}

const char *say_signed(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *qualified = json_member(arguments, "qualified");
	return arena_printf(sayer->arena, "%s is signed by %s%s", some(sayer, json_member(arguments, "of"), holds),
			    say_word_list(sayer, json_member(arguments, "roles"), "or"),
			    qualified && json_boolean(qualified) ? ", qualified for it" : "");
}

const char *say_took_part(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const char *roles = say_word_list(sayer, json_member(arguments, "roles"), "and");
	const char *types = say_with_article(sayer->arena, say_types(sayer, json_member(arguments, "of")));
	return holds ? arena_printf(sayer->arena, "%s took part in %s, or it says why not", roles, types)
		     : arena_printf(sayer->arena, "at least one of these took no part in %s, and it does not say why: %s",
				    types, roles);
}

const char *say_refers(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *types = json_member(arguments, "types");
	return arena_printf(sayer->arena, "%s names %s of the request%s%s", say_place(sayer, say_text_of(arguments, "at")),
			    holds ? "a paper" : "no paper", types ? ": " : "",
			    types ? say_with_article(sayer->arena, say_types(sayer, types)) : "");
}

const char *say_not_older(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "the newest %s is %s than the newest %s",
			    say_types(sayer, json_member(arguments, "of")), holds ? "not older" : "older",
			    say_types(sayer, json_member(arguments, "than")));
}
