/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of ages, days and instants in words. */
#include "policy/say.h"

#include <string.h>

const char *say_day(const char *name)
{
	static const struct {
		const char *name;
		const char *phrase;
	} days[] = {{"receipt", "the day of receipt"},
		    {"first_day", "the first day of service"},
		    {"last_day", "the last day of service"},
		    {"arrival", "the day on which the newest papers arrived"}};
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		if (strcmp(days[i].name, name) == 0) {
			return days[i].phrase;
		}
	}
	return name;
}

const char *say_side(const struct sayer *sayer, const struct json *side)
{
	const char *text = side ? json_text(side) : NULL;
	if (text) {
		return text[0] == '/' ? say_place(sayer, text) : say_day(text);
	}
	const struct json *dated = json_member(side, "dated");
	return dated  ? arena_printf(sayer->arena, "the date of the newest %s", say_types(sayer, dated))
	       : side ? say_generic(sayer->arena, side)
		      : "";
}

/* ---- ages ---- */

static const char *say_age(const struct sayer *sayer, const struct json *arguments, bool under, bool holds)
{
	const struct json *on = json_member(arguments, "on");
	const bool each = holds || json_count(on) < 2;
	struct say_list days = say_list(sayer->arena, json_count(on), each ? "and on" : "or");
	for (const struct json *one = json_first(on); one; one = json_next(one)) {
		say_add(&days, say_side(sayer, one));
	}
	return arena_printf(sayer->arena, "the member is %s %lld years old on %s%s", under == holds ? "under" : "at least",
			    say_number_of(arguments, "years"), each ? "" : "at least one of these days: ", say_end(&days));
}

const char *say_age_below(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return say_age(sayer, arguments, true, holds);
}

const char *say_age_at_least(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return say_age(sayer, arguments, false, holds);
}

const char *say_aged_at(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *below = json_member(arguments, "below");
	const struct json *of = json_member(arguments, "of");
	const bool under = below && json_boolean(below);
	return arena_printf(sayer->arena, "the member is %s %lld years old on %s", under == holds ? "under" : "at least",
			    say_number_of(arguments, "years"),
			    of ? arena_printf(sayer->arena, "the date of the newest %s", say_types(sayer, of))
			       : say_place(sayer, say_text_of(arguments, "at")));
}

/* ---- days and instants ---- */

const char *say_service_dates(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	(void)sayer;
	(void)arguments;
	return holds ? "every line has its first and its last day, in order"
		     : "at least one line lacks its first or its last day, or has them out of order";
}

/* {"at": path, "days": 60} */
const char *say_within(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	for (const struct json *one = json_first(arguments); one; one = json_next(one)) {
		int64_t amount = 0;
		if (json_name(one) && json_integer(one, &amount)) {
			return arena_printf(sayer->arena, "%s lies %s %lld %s before receipt",
					    say_place(sayer, say_text_of(arguments, "at")), holds ? "at most" : "more than",
					    (long long)amount, json_name(one));
		}
	}
	return NULL;
}

const char *say_not_after(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *plus = json_member(arguments, "plus");
	const char *first = say_side(sayer, json_member(arguments, "first"));
	const char *then = say_side(sayer, json_member(arguments, "then"));
	if (plus) {
		return arena_printf(sayer->arena, "%s lies %s %s after %s", first, holds ? "no more than" : "more than",
				    say_generic(sayer->arena, plus), then);
	}
	return arena_printf(sayer->arena, holds ? "%s does not lie after %s" : "%s lies after %s", first, then);
}

const char *say_in_order(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	const struct json *pairs = json_member(arguments, "pairs");
	struct say_list list = say_list(sayer->arena, json_count(pairs), holds ? "and" : "or");
	for (const struct json *one = json_first(pairs); one; one = json_next(one)) {
		const struct json *first = json_first(one);
		say_add(&list, arena_printf(sayer->arena, holds ? "%s does not lie before %s" : "%s lies before %s",
					    say_side(sayer, first ? json_next(first) : NULL), say_side(sayer, first)));
	}
	return say_end(&list);
}

static const char *say_come(const struct sayer *sayer, const struct json *arguments, const char *what, bool holds)
{
	const struct json *by = json_member(arguments, "by");
	const char *event = json_text(json_member(by, "event"));
	const char *when =
		event ? arena_printf(sayer->arena, "the moment at which this was recorded: %s", say_event_name(sayer, event))
		      : say_side(sayer, by);
	return arena_printf(sayer->arena, "the member was %s%s by %s", holds ? "" : "not ", what, when);
}

const char *say_admitted(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return say_come(sayer, arguments, "admitted", holds);
}

const char *say_discharged(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return say_come(sayer, arguments, "discharged", holds);
}

/* ---- what was recorded or verified ---- */

const char *say_event_name(const struct sayer *sayer, const char *event)
{
	for (size_t i = 0; i < sayer->policy->item_count; i++) {
		const struct item *item = sayer->policy->items[i];
		if (item->kind != KIND_GATE || !item->text) {
			continue;
		}
		if (item->event && strcmp(item->event, event) == 0) {
			return arena_printf(sayer->arena, "what the gate%s%s waits for (\"%s\")", sayer->plain ? "" : " ",
					    sayer->plain ? "" : item->id, item->text);
		}
		if (item->certified_as && strcmp(item->certified_as, event) == 0) {
			return arena_printf(sayer->arena, "that the need is certified, at the gate%s%s (\"%s\")",
					    sayer->plain ? "" : " ", sayer->plain ? "" : item->id, item->text);
		}
	}
	return arena_printf(sayer->arena, "\"%s\"", say_plain(sayer->arena, event));
}

const char *say_event(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "%s was %srecorded", say_event_name(sayer, say_text_of(arguments, "name")),
			    holds ? "" : "not ");
}

static const char *say_fact(const struct sayer *sayer, const struct json *arguments)
{
	return arena_printf(sayer->arena, "what the request says of \"%s\"",
			    say_plain(sayer->arena, say_text_of(arguments, "fact")));
}

const char *say_verified(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "%s is %sverified by a table of the plan or by staff", say_fact(sayer, arguments),
			    holds ? "" : "not ");
}

const char *say_contradicted(const struct sayer *sayer, const struct json *arguments, bool holds)
{
	return arena_printf(sayer->arena, "%s is %scontradicted by a table of the plan", say_fact(sayer, arguments),
			    holds ? "" : "not ");
}
