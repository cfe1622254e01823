/* SPDX-License-Identifier: Apache-2.0 */
/* What is true of which requested days, in words. */
#include "policy/say.h"

#include "policy/day_sets.h"

#include <string.h>

static const char *say_ends(const struct sayer *sayer, const char *list, const struct json *ends)
{
	struct say_list said = say_list(sayer->arena, json_count(ends), "or");
	for (const struct json *one = json_first(ends); one; one = json_next(one)) {
		say_add(&said, say_member(sayer, list, json_text(one) ? json_text(one) : ""));
	}
	return say_end(&said);
}

/* "lie within one of the consents, from day on which it was given up to the day before ..., of those with who consents: the youth" */
static const char *say_spanned(const struct sayer *sayer, const struct json *spans)
{
	const char *list = say_text_of(spans, "in");
	const struct json *to = json_member(spans, "to");
	const struct json *before = json_member(spans, "before");
	const struct json *where = json_member(spans, "where");
	struct text out;
	text_init(&out, sayer->arena, 128);
	text_printf(&out, "lie within the time of one of %s", say_place(sayer, list));
	if (where) {
		text_printf(&out, " (%s)", say_where(sayer, list, where));
	}
	text_printf(&out, ", from its \"%s\"", say_member(sayer, list, say_text_of(spans, "from")));
	if (to) {
		text_printf(&out, " to its \"%s\"", say_ends(sayer, list, to));
	}
	if (before) {
		text_printf(&out, "%s up to the day before its \"%s\"", to ? " or" : "", say_ends(sayer, list, before));
	}
	text_puts(&out, to || before ? ", where that is given" : "");
	return out.data;
}

static const char *say_denied(const struct sayer *sayer, const struct json *arguments, const char *phrase)
{
	const struct json *types = json_member(arguments, "denied_by");
	return types ? arena_printf(sayer->arena, "%s (of a refusal there is %s)", phrase,
				    say_with_article(sayer->arena, say_types(sayer, types)))
		     : phrase;
}

static const char *say_predicate(const struct sayer *sayer, const struct json *arguments, const char *name)
{
	struct arena *arena = sayer->arena;
	const struct json *services = json_member(arguments, "services");
	if (strcmp(name, "after_birthday") == 0 || strcmp(name, "before_birthday") == 0) {
		return arena_printf(arena, "lie %s the day on which the member turns %lld",
				    name[0] == 'a' ? "on or after" : "before", say_number_of(arguments, "years"));
	}
	if (strcmp(name, "before_event") == 0) {
		return arena_printf(arena, "lie before the day on which this was recorded: %s",
				    say_event_name(sayer, say_text_of(arguments, "event")));
	}
	if (strcmp(name, "spanned") == 0) {
		return say_spanned(sayer, json_member(arguments, "spans"));
	}
	if (strcmp(name, "authorized_elsewhere") == 0) {
		return arena_printf(arena, "are authorized for another request of the member (of %s)",
				    say_word_list(sayer, services, "or"));
	}
	for (const struct day_predicate *row = day_predicates; row->name; row++) {
		if (strcmp(row->name, name) == 0) {
			return say_denied(sayer, arguments, row->phrase);
		}
	}
	return say_plain(arena, name);
}

static const char *say_except(const struct sayer *sayer, const struct json *arguments)
{
	const struct json *except = json_member(arguments, "except");
	struct say_list list = say_list(sayer->arena, json_count(except), "or");
	for (const struct json *one = json_first(except); one; one = json_next(one)) {
		say_add(&list, say_predicate(sayer, arguments, json_text(one) ? json_text(one) : ""));
	}
	return except ? arena_printf(sayer->arena, ", leaving out those that %s", say_end(&list)) : "";
}

/* What is so where nothing is known of the days, and what becomes of those in doubt. */
static const char *say_open(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const char *doubtful = say_text_of(arguments, "doubtful");
	const bool absent = strcmp(say_text_of(arguments, "absent"), holds ? "met" : "not_met") == 0;
	const char *doubt = strcmp(doubtful, "counted") == 0    ? " (a day in doubt counts)"
			    : strcmp(doubtful, "left_out") == 0 ? " (a day in doubt does not count)"
								: "";
	return arena_printf(sayer->arena, "%s%s", doubt, absent ? ", or no requested day is known" : "");
}

const char *say_days(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	static const struct {
		const char *member;
		const char *holds;
		const char *fails;
	} rows[] = {{"any", "some requested days", "no requested days"},
		    {"every", "all requested days", "not all requested days"},
		    {"no", "no requested days", "some requested days"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *predicate = json_text(json_member(arguments, rows[i].member));
		if (predicate) {
			return arena_printf(sayer->arena, "%s %s%s%s", holds ? rows[i].holds : rows[i].fails,
					    say_predicate(sayer, arguments, predicate), say_except(sayer, arguments),
					    say_open(sayer, arguments, holds));
		}
	}
	return NULL;
}
