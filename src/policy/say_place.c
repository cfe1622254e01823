/* SPDX-License-Identifier: Apache-2.0 */
/* Places of a request, coded words and the conditions on elements of lists, in words. */
#include "policy/say.h"

#include "policy/titles.h"

#include <string.h>

/* ---- words ---- */

const char *say_coded(const struct sayer *sayer, const char *word)
{
	const char *said = json_text(json_member(sayer->policy->vocabulary->words, word));
	if (!said) {
		return say_plain(sayer->arena, word);
	}
	/* what is a sentence of its own would tear the one around it apart */
	return strstr(said, " was ") || strstr(said, " would ") ? arena_printf(sayer->arena, "\"%s\"", said) : said;
}

static const struct json *list_named(const struct sayer *sayer, const char *word)
{
	return word[0] == '@' ? json_member(json_member(sayer->policy->manifest, "lists"), word + 1) : NULL;
}

static size_t count_words(const struct sayer *sayer, const struct json *words)
{
	size_t count = 0;
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *list = json_text(one) ? list_named(sayer, json_text(one)) : NULL;
		count += list ? json_count(list) : 1;
	}
	return count;
}

static const char *one_word(const struct sayer *sayer, const struct json *word)
{
	return json_text(word) ? say_coded(sayer, json_text(word)) : say_generic(sayer->arena, word);
}

/* Lists hold words only: one that names a list, itself perhaps, is not followed. */
static void add_words(const struct sayer *sayer, const struct json *words, struct say_list *list)
{
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *named = json_text(one) ? list_named(sayer, json_text(one)) : NULL;
		for (const struct json *word = json_first(named); word; word = json_next(word)) {
			say_add(list, one_word(sayer, word));
		}
		if (!named) {
			say_add(list, json_kind(one) == JSON_ARRAY ? say_word_list(sayer, one, "or") : one_word(sayer, one));
		}
	}
}

const char *say_word_list(const struct sayer *sayer, const struct json *words, const char *joint)
{
	struct say_list list = say_list(sayer->arena, count_words(sayer, words), joint);
	add_words(sayer, words, &list);
	return say_end(&list);
}

bool say_has_word(const struct sayer *sayer, const struct json *words, const char *word)
{
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *named = json_text(one) ? list_named(sayer, json_text(one)) : NULL;
		for (const struct json *inner = json_first(named); inner; inner = json_next(inner)) {
			if (json_text(inner) && strcmp(json_text(inner), word) == 0) {
				return true;
			}
		}
		if (json_text(one) && strcmp(json_text(one), word) == 0) {
			return true;
		}
	}
	return false;
}

const char *say_owner(const struct sayer *sayer, const char *owner)
{
	const bool own = json_text(json_member(sayer->policy->vocabulary->words, owner)) != NULL;
	return own ? say_coded(sayer, owner) : arena_printf(sayer->arena, "the %s", say_plain(sayer->arena, owner));
}

/* ---- places ---- */

static const char *last_step(const struct sayer *sayer, const char *path)
{
	const char *last = strrchr(path, '/');
	return say_plain(sayer->arena, last ? last + 1 : path);
}

/* What stands at a path of its own: without a title by its last step. */
static const char *name_at(const struct sayer *sayer, const char *path)
{
	const char *title = title_at(sayer->policy->vocabulary, path);
	if (title && title_asks(title)) {
		return arena_printf(sayer->arena, "the answer to \"%s\"", title);
	}
	const char *phrase = title ? vocabulary_phrase(sayer->arena, title) : last_step(sayer, path);
	const bool articled =
		strncmp(phrase, "the ", 4) == 0 || strncmp(phrase, "a ", 2) == 0 || strncmp(phrase, "those ", 6) == 0;
	return articled ? phrase : arena_printf(sayer->arena, "the %s", phrase);
}

struct said_place say_find_place(const struct sayer *sayer, const char *path)
{
	const struct vocabulary *vocabulary = sayer->policy->vocabulary;
	const struct json *node = title_node(vocabulary, path);
	const char *title = title_at(vocabulary, path);
	const char *asterisk = strstr(path, "/*");
	struct said_place place = {.name = name_at(sayer, path), .many = title_holds(node, "array")};
	if (title_holds(node, "boolean")) {
		place.statement = title ? vocabulary_phrase(sayer->arena, title) : last_step(sayer, path);
		place.name = arena_printf(sayer->arena, "the answer to \"%s\"", place.statement);
	}
	if (asterisk) {
		place.list = name_at(sayer, arena_text(sayer->arena, path, (size_t)(asterisk - path)));
	}
	return place;
}

const char *say_place(const struct sayer *sayer, const char *path)
{
	const struct said_place place = say_find_place(sayer, path);
	return place.list ? arena_printf(sayer->arena, "%s of each of %s", place.name, place.list) : place.name;
}

const char *say_member(const struct sayer *sayer, const char *list, const char *member)
{
	const char *title = title_at(sayer->policy->vocabulary, arena_printf(sayer->arena, "%s/*/%s", list, member));
	return !title              ? say_plain(sayer->arena, member)
	       : title_asks(title) ? arena_printf(sayer->arena, "\"%s\"", title)
				   : vocabulary_phrase(sayer->arena, title);
}

/* ---- conditions ---- */

/* "the day or the moment": the first of these members that is given */
static const char *say_own_day(const struct sayer *sayer, const char *list, const struct json *at)
{
	struct say_list days = say_list(sayer->arena, json_count(at), "or");
	for (const struct json *one = json_first(at); one; one = json_next(one)) {
		say_add(&days,
			name_at(sayer, arena_printf(sayer->arena, "%s/*/%s", list, json_text(one) ? json_text(one) : "")));
	}
	return say_end(&days);
}

/* "the member is under 18 years old on the day on which it was withdrawn" */
static const char *say_aged(const struct sayer *sayer, const char *list, const struct json *aged)
{
	const struct json *below = json_member(aged, "below");
	const struct json *at = json_member(aged, "at");
	return arena_printf(sayer->arena, "the member is %s %lld years old on %s",
			    below && json_boolean(below) ? "under" : "at least", say_number_of(aged, "years"),
			    say_own_day(sayer, list, at));
}

/* "the plan does not cover the member on the day" */
static const char *say_covered(const struct sayer *sayer, const char *list, const struct json *covered)
{
	const struct json *is = json_member(covered, "is");
	return arena_printf(sayer->arena, "the plan %s the member on %s", is && json_boolean(is) ? "covers" : "does not cover",
			    say_own_day(sayer, list, json_member(covered, "at")));
}

static const char *say_spans(const struct sayer *sayer, const char *list, const struct json *spans)
{
	return arena_printf(sayer->arena, "%s lies from %s to %s, where that is given", say_day(say_text_of(spans, "day")),
			    name_at(sayer, arena_printf(sayer->arena, "%s/*/%s", list, say_text_of(spans, "from"))),
			    name_at(sayer, arena_printf(sayer->arena, "%s/*/%s", list, say_text_of(spans, "to"))));
}

/* {"not": ..}, {"prefixes": ..}, {"among": ..}, {"by": ..} or {"not_by": ..} */
static const char *say_wanted_object(const struct sayer *sayer, const struct json *wanted)
{
	const struct json *prefixes = json_member(wanted, "prefixes");
	const char *among = json_text(json_member(wanted, "among"));
	const char *by = json_text(json_member(wanted, "by"));
	const char *not_by = json_text(json_member(wanted, "not_by"));
	const struct json *not = json_member(wanted, "not");
	if (not ) {
		return json_boolean(not ) ? "no, or not said" : "yes, or not said";
	}
	if (prefixes) {
		return arena_printf(sayer->arena, "beginning with %s", say_word_list(sayer, prefixes, "or"));
	}
	if (among) {
		const struct said_place place = say_find_place(sayer, among);
		return arena_printf(sayer->arena, "found among %s (by %s)", place.list ? place.list : "", place.name);
	}
	return by       ? arena_printf(sayer->arena, "come by %s", say_day(by))
	       : not_by ? arena_printf(sayer->arena, "not come by %s", say_day(not_by))
			: say_generic(sayer->arena, wanted);
}

static const char *say_wanted(const struct sayer *sayer, const struct json *wanted)
{
	const char *text = json_text(wanted);
	if (text) {
		return strcmp(text, "present") == 0  ? "given"
		       : strcmp(text, "absent") == 0 ? "not given"
		       : strcmp(text, "blank") == 0  ? "left empty"
						     : text;
	}
	return json_kind(wanted) == JSON_ARRAY    ? say_word_list(sayer, wanted, "or")
	       : json_kind(wanted) == JSON_OBJECT ? say_wanted_object(sayer, wanted)
						  : say_generic(sayer->arena, wanted);
}

const char *say_where(const struct sayer *sayer, const char *list, const struct json *where)
{
	struct say_list said = say_list(sayer->arena, json_count(where), "and");
	if (where && json_kind(where) != JSON_OBJECT) {
		return say_generic(sayer->arena, where); /* nothing has a name there yet */
	}
	for (const struct json *one = json_first(where); one; one = json_next(one)) {
		if (strcmp(json_name(one), "aged") == 0) {
			say_add(&said, say_aged(sayer, list, one));
		} else if (strcmp(json_name(one), "covered") == 0) {
			say_add(&said, say_covered(sayer, list, one));
		} else if (strcmp(json_name(one), "spans") == 0) {
			say_add(&said, say_spans(sayer, list, one));
		} else {
			say_add(&said, arena_printf(sayer->arena, "%s: %s", say_member(sayer, list, json_name(one)),
						    say_wanted(sayer, one)));
		}
	}
	return say_end(&said);
}
