/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of single values, of the elements of lists and of units, in words. */
#include "policy/say.h"

#include <string.h>

static const char *are(const struct said_place *place)
{
	return place->many ? "are" : "is";
}

/* "of each of the lines " before what is said of a place in a list; what is not so of each is not so of some. */
static const char *whose(const struct sayer *sayer, const struct said_place *place, bool holds)
{
	return place->list ? arena_printf(sayer->arena, holds ? "of each of %s " : "of at least one of %s ", place->list) : "";
}

static const char *named_of(const struct sayer *sayer, const struct said_place *place, bool holds)
{
	return place->list ? arena_printf(sayer->arena, "%s of %s %s", place->name, holds ? "each of" : "at least one of",
					  place->list)
			   : place->name;
}

static const char *say_given(const struct sayer *sayer, const struct json *at, bool holds)
{
	const struct said_place place = say_find_place(sayer, json_text(at) ? json_text(at) : "");
	return place.statement ? arena_printf(sayer->arena, "%s\"%s\" is %sanswered", whose(sayer, &place, holds),
					      place.statement, holds ? "" : "not ")
			       : arena_printf(sayer->arena, "%s %s %sgiven", named_of(sayer, &place, holds), are(&place),
					      holds ? "" : "not ");
}

const char *say_present(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *at = json_member(arguments, "at");
	if (json_count(at) == 1) {
		return say_given(sayer, json_first(at), holds);
	}
	struct say_list list = say_list(sayer->arena, json_count(at), holds ? "and" : "or");
	for (const struct json *one = json_first(at); one; one = json_next(one)) {
		say_add(&list, say_place(sayer, json_text(one) ? json_text(one) : ""));
	}
	return arena_printf(sayer->arena, holds ? "%s are given" : "at least one of these is not given: %s", say_end(&list));
}

const char *say_stated(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct said_place place = say_find_place(sayer, say_text_of(arguments, "at"));
	return arena_printf(sayer->arena, holds ? "%s %s stated" : "%s %s stated to be none", place.name, are(&place));
}

const char *say_is(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct said_place place = say_find_place(sayer, say_text_of(arguments, "at"));
	const struct json *value = json_member(arguments, "value");
	const bool yes = (value && json_boolean(value)) == holds;
	return arena_printf(sayer->arena, "%s\"%s\" is answered %s", whose(sayer, &place, holds),
			    place.statement ? place.statement : place.name, yes ? "yes" : "no");
}

/* Where nothing is given the check is what `absent` says. */
static const char *when_absent(const struct json *arguments, bool holds)
{
	return strcmp(say_text_of(arguments, "absent"), holds ? "met" : "not_met") == 0 ? "is not given, or " : "";
}

static size_t words_in(const struct json *words)
{
	return json_count(words) == 1 && json_text(json_first(words)) && json_text(json_first(words))[0] != '@' ? 1 : 2;
}

const char *say_one_of(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *words = json_member(arguments, "words");
	const struct said_place place = say_find_place(sayer, say_text_of(arguments, "at"));
	const char *none = words_in(words) == 1 ? "not " : "none of these: ";
	const char *said = say_word_list(sayer, words, "or");
	if (place.many) {
		return arena_printf(sayer->arena, "%s %s: %s", named_of(sayer, &place, true),
				    holds ? "include at least one of these" : "include none of these", said);
	}
	return arena_printf(sayer->arena, "%s %sis %s%s", named_of(sayer, &place, holds), when_absent(arguments, holds),
			    holds ? "" : none, said);
}

const char *say_equals(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "%s is %sthe same as %s", say_place(sayer, say_text_of(arguments, "at")),
			    holds ? "" : "not ", say_place(sayer, say_text_of(arguments, "other")));
}

/* ---- lists ---- */

/* " fit this: kind: x", or nothing where nothing is asked of the elements. */
static const char *fitting(const struct sayer *sayer, const struct json *arguments, const char *verb, const char *bare)
{
	const struct json *where = json_member(arguments, "where");
	return json_count(where) > 0
		       ? arena_printf(sayer->arena, "%s this: %s", verb, say_where(sayer, say_text_of(arguments, "in"), where))
		       : bare;
}

const char *say_count_at_least(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const char *list = say_text_of(arguments, "in");
	const char *different = json_text(json_member(arguments, "different"));
	const long long count = say_number_of(arguments, "count");
	const char *fit = fitting(sayer, arguments,
				  holds && count > 1    ? "fit"
				  : holds || count == 1 ? "fits"
							: "fit",
				  count > 1 ? "are given" : "is given");
	const char *each =
		different ? arena_printf(sayer->arena, ", counted once for each %s,", say_member(sayer, list, different)) : "";
	if (count == 1) {
		return arena_printf(sayer->arena, "%s of %s%s %s", holds ? "at least one" : "none", say_place(sayer, list),
				    each, fit);
	}
	return arena_printf(sayer->arena, "%s %lld of %s%s %s", holds ? "at least" : "fewer than", count,
			    say_place(sayer, list), each, fit);
}

const char *say_each_has(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "%s of %s %s", holds ? "each" : "not each",
			    say_place(sayer, say_text_of(arguments, "in")), fitting(sayer, arguments, "fits", "is given"));
}

const char *say_most(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const char *list = say_text_of(arguments, "in");
	const char *weigh = json_text(json_member(arguments, "weigh"));
	return arena_printf(sayer->arena, "%s of %s, counted by %s, %s", holds ? "more than half" : "no more than half",
			    say_place(sayer, list), weigh ? say_member(sayer, list, weigh) : "their number",
			    fitting(sayer, arguments, "fit", "are given"));
}

/* ---- units ---- */

const char *say_whole(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct said_place place = say_find_place(sayer, say_text_of(arguments, "at"));
	return arena_printf(sayer->arena, "%s is %sa whole number", named_of(sayer, &place, holds), holds ? "" : "not ");
}

const char *say_hours_cover_units(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(
		sayer->arena,
		"the units of all lines come to %s hours than this for every week that the requested days touch: %s",
		holds ? "no more" : "more", say_place(sayer, say_text_of(arguments, "hours_per_week")));
}
