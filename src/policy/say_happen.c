/* SPDX-License-Identifier: Apache-2.0 */
/* What happened: kinds of occurrences, selectors and checks of them; days between two others; the plan's tables. In words. */
#include "policy/say.h"

#include "policy/occurrence.h"
#include "policy/vocabulary.h"

#include <string.h>

enum { HAPPEN_ROOM = 128 };

/* ---- selectors ---- */

static const char *kind_phrase(const struct sayer *sayer, const char *name)
{
	const struct json *declared = json_member(json_member(sayer->policy->manifest, "occurrences"), name);
	const char *title = json_text(json_member(declared, "title"));
	const char *phrase = title ? vocabulary_phrase(sayer->arena, title) : say_plain(sayer->arena, name);
	return strncmp(phrase, "the ", 4) == 0 ? phrase : arena_printf(sayer->arena, "the %s", phrase);
}

/* "the contact or the visit" */
static const char *say_kinds(const struct sayer *sayer, const struct json *named)
{
	struct say_list said = say_list(sayer->arena, json_count(named), "or");
	for (const struct json *one = json_first(named); one; one = json_next(one)) {
		say_add(&said, kind_phrase(sayer, json_text(one) ? json_text(one) : ""));
	}
	return say_end(&said);
}

/* What a member is called after "its" or "the same". */
static const char *bare(const struct sayer *sayer, const char *member)
{
	const char *said = say_member(sayer, occurrence_list, member);
	return strncmp(said, "the ", 4) == 0 ? said + 4 : said;
}

static const char *say_members(const struct sayer *sayer, const struct json *names)
{
	struct say_list said = say_list(sayer->arena, json_count(names), "and");
	for (const struct json *one = json_first(names); one; one = json_next(one)) {
		say_add(&said, bare(sayer, json_text(one) ? json_text(one) : ""));
	}
	return say_end(&said);
}

static bool says(const struct json *json, const char *member)
{
	const struct json *node = json_member(json, member);
	return node && json_kind(node) == JSON_BOOLEAN && json_boolean(node);
}

const char *say_selector(const struct sayer *sayer, const struct json *selector)
{
	const struct json *others = json_member(selector, "or");
	const struct json *where = json_member(selector, "where");
	const struct json *same = json_member(selector, "same");
	const char *day = json_text(json_member(selector, "day"));
	struct text out;
	text_init(&out, sayer->arena, HAPPEN_ROOM);
	text_puts(&out, say_kinds(sayer, json_member(selector, "occurrence")));
	if (where) {
		text_printf(&out, " (%s)", say_where(sayer, occurrence_list, where));
	}
	if (same) {
		text_printf(&out, " with the same %s", say_members(sayer, same));
	}
	if (others) {
		text_printf(&out, ", or %s", say_kinds(sayer, others));
	}
	if (day) {
		text_printf(&out, ", on its %s", bare(sayer, day));
	}
	if (strcmp(say_text_of(selector, "which"), "latest") == 0) {
		text_puts(&out, ", of several the newest");
	}
	text_puts(&out, says(selector, "earlier") ? ", earlier counts too" : "");
	return out.data;
}

const char *say_pause(const struct sayer *sayer, const struct json *paused)
{
	return arena_printf(sayer->arena, "from %s until %s", say_selector(sayer, json_member(paused, "from")),
			    say_selector(sayer, json_member(paused, "to")));
}

/* ---- occurrences ---- */

static const char *say_during(const struct sayer *sayer, const struct json *during)
{
	const struct json *from = json_member(during, "from");
	const struct json *to = json_member(during, "to");
	const struct json *after = json_member(during, "after");
	const struct json *paused = json_member(during, "paused");
	struct text out;
	text_init(&out, sayer->arena, HAPPEN_ROOM);
	text_puts(&out, says(during, "each") ? ", in each such time that is over," : "");
	if (from) {
		text_printf(&out, " from %s%s on",
			    after ? arena_printf(sayer->arena, "%s after ", say_generic(sayer->arena, after)) : "",
			    say_selector(sayer, from));
	}
	if (to) {
		text_printf(&out, " %s %s", from ? "until" : "before", say_selector(sayer, to));
	}
	if (paused) {
		text_printf(&out, " (nothing begins %s)", say_pause(sayer, paused));
	}
	return out.data;
}

const char *say_occurrences(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *have = json_member(arguments, "have");
	const struct json *during = json_member(arguments, "during");
	const char *of = say_selector(sayer, json_member(arguments, "of"));
	const char *when = during ? say_during(sayer, during) : "";
	const bool least = json_member(arguments, "at_least") != NULL;
	const long long count = say_number_of(arguments, least ? "at_least" : "at_most");
	if (have) {
		return arena_printf(sayer->arena,
				    holds ? "whenever %s was recorded%s, it has this: %s"
					  : "%s was recorded%s at least once without this: %s",
				    of, when, say_where(sayer, occurrence_list, have));
	}
	if (least && count == 1) {
		return arena_printf(sayer->arena, "%s was %srecorded%s", of, holds ? "" : "never ", when);
	}
	if (!least && count == 0) {
		return arena_printf(sayer->arena, "%s was %srecorded%s", of, holds ? "never " : "", when);
	}
	const char *than = least ? (holds ? "at least" : "fewer than") : holds ? "at most" : "more than";
	return count == 1 ? arena_printf(sayer->arena, "%s was recorded %s once%s", of, than, when)
			  : arena_printf(sayer->arena, "%s was recorded %s %lld times%s", of, than, count, when);
}

/* "the planned discharge, on its planned day; or the discharge" */
static const char *say_selectors(const struct sayer *sayer, const struct json *list)
{
	struct text out;
	text_init(&out, sayer->arena, HAPPEN_ROOM);
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		text_printf(&out, "%s%s", out.length > 0 ? "; or " : "", say_selector(sayer, one));
	}
	return out.data;
}

const char *say_followed(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *parted_by = json_member(arguments, "parted_by");
	const char *of = say_selector(sayer, json_member(arguments, "of"));
	const char *by = say_selectors(sayer, json_member(arguments, "by"));
	const char *within = say_generic(sayer->arena, json_member(arguments, "within"));
	const char *parted =
		parted_by ? arena_printf(sayer->arena, " (with none of these between them: %s)", say_selector(sayer, parted_by))
			  : "";
	return arena_printf(
		sayer->arena,
		holds ? "whenever %s was recorded, the first of these that follows it, if one is known, comes within %s: %s%s"
		      : "%s was recorded at least once earlier than %s before the first of these that follows it: %s%s",
		of, within, by, parted);
}

/* ---- days between ---- */

/* "from 2026-01-01 on", "until 2025-12-31" or "from 2025-01-01 to 2025-12-31" */
static const char *say_span(struct arena *arena, const struct json *arguments)
{
	const char *from = json_text(json_member(arguments, "from"));
	const char *to = json_text(json_member(arguments, "to"));
	if (from && to) {
		return arena_printf(arena, "from %s to %s", from, to);
	}
	return from ? arena_printf(arena, "from %s on", from) : arena_printf(arena, "until %s", to ? to : "any day");
}

const char *say_received(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "the request is %sreceived %s", holds ? "" : "not ",
			    say_span(sayer->arena, arguments));
}

const char *say_day_between(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "%s %s %s", say_day(say_text_of(arguments, "day")), holds ? "lies" : "does not lie",
			    say_span(sayer->arena, arguments));
}

/* ---- tables ---- */

const char *say_table(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *expect = json_member(arguments, "expect");
	const struct json *match = json_member(arguments, "match");
	const bool any = strcmp(say_text_of(arguments, "of"), "any") == 0;
	const bool no_row = strcmp(say_text_of(arguments, "no_row"), holds ? "met" : "not_met") == 0;
	struct say_list by = say_list(sayer->arena, json_count(match), "and");
	struct say_list says_that = say_list(sayer->arena, json_count(expect), "and");
	for (const struct json *one = json_first(match); one; one = json_next(one)) {
		say_add(&by, say_find_place(sayer, json_text(one) ? json_text(one) : "").name);
	}
	for (const struct json *one = json_first(expect); one && json_name(one); one = json_next(one)) {
		say_add(&says_that, arena_printf(sayer->arena, "\"%s: %s\"", say_plain(sayer->arena, json_name(one)),
						 say_generic(sayer->arena, one)));
	}
	const char *found = json_count(match) > 0 ? arena_printf(sayer->arena, " (found by %s)", say_end(&by)) : "";
	return arena_printf(sayer->arena, "the plan's table \"%s\" %s %s for %s entry that is asked about%s%s",
			    say_plain(sayer->arena, say_text_of(arguments, "name")), holds ? "says" : "does not say",
			    say_end(&says_that),
			    !any    ? "every"
			    : holds ? "some"
				    : "any",
			    found, no_row ? ", or has no row" : "");
}
