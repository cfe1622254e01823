/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of what happened, of days between two others, and of the plan's tables, in words. */
#include "policy/say.h"

#include <string.h>

static const char *text_of(const struct json *arguments, const char *member)
{
	return json_text(json_member(arguments, member));
}

/* "from 2026-01-01 on", "until 2025-12-31" or "from 2025-01-01 to 2025-12-31" */
static const char *say_span(struct arena *arena, const struct json *arguments)
{
	const char *from = text_of(arguments, "from");
	const char *to = text_of(arguments, "to");
	if (from && to) {
		return arena_printf(arena, "from %s to %s", from, to);
	}
	return from ? arena_printf(arena, "from %s on", from) : arena_printf(arena, "until %s", to ? to : "any day");
}

static const char *say_during(const struct sayer *sayer, const struct json *during)
{
	const struct json *from = json_member(during, "from");
	const struct json *to = json_member(during, "to");
	const struct json *after = json_member(during, "after");
	const struct json *ahead = json_member(during, "ahead");
	const struct json *each = json_member(during, "each");
	struct text out;
	text_init(&out, sayer->arena, 128);
	text_puts(&out, "");
	if (from) {
		text_printf(&out, "%s from %s%s on", each && json_boolean(each) ? ", each time," : "",
			    after ? arena_printf(sayer->arena, "%s after ", say_generic(sayer->arena, after)) : "",
			    say_selector(sayer, from));
	}
	if (to) {
		text_printf(&out, " until %s%s",
			    ahead ? arena_printf(sayer->arena, "%s ahead of ", say_generic(sayer->arena, ahead)) : "",
			    say_selector(sayer, to));
	}
	if (say_paused(sayer, during)) {
		text_printf(&out, " (nothing begins %s)", say_paused(sayer, during));
	}
	return out.data;
}

static const char *say_occurrences(const struct sayer *sayer, const struct json *arguments)
{
	const struct json *at_least = json_member(arguments, "at_least");
	const struct json *at_most = json_member(arguments, "at_most");
	const struct json *have = json_member(arguments, "have");
	const char *of = say_selector(sayer, json_member(arguments, "of"));
	const char *during = say_during(sayer, json_member(arguments, "during"));
	int64_t count = 0;
	if (json_integer(at_most, &count)) {
		return count == 0 ? arena_printf(sayer->arena, "%s was never recorded%s", of, during)
				  : arena_printf(sayer->arena, "%s was recorded at most %lld times%s", of, (long long)count,
						 during);
	}
	if (json_integer(at_least, &count)) {
		return count == 1 ? arena_printf(sayer->arena, "%s was recorded%s", of, during)
				  : arena_printf(sayer->arena, "%s was recorded at least %lld times%s", of, (long long)count,
						 during);
	}
	return have ? arena_printf(sayer->arena, "of %s each has %s%s", of, say_where(sayer, have), during) : NULL;
}

static const char *say_table(const struct sayer *sayer, const struct json *arguments)
{
	const struct json *expect = json_member(arguments, "expect");
	const char *of = text_of(arguments, "of");
	return arena_printf(sayer->arena, "the plan's table %s says %s of %s that is asked about", text_of(arguments, "name"),
			    say_generic(sayer->arena, expect), of && strcmp(of, "any") == 0 ? "some entry" : "every entry");
}

const char *say_happen_check(const struct sayer *sayer, const char *name, const struct json *arguments)
{
	if (strcmp(name, "occurrences") == 0) {
		return say_occurrences(sayer, arguments);
	}
	if (strcmp(name, "received") == 0) {
		return arena_printf(sayer->arena, "the request is received %s", say_span(sayer->arena, arguments));
	}
	if (strcmp(name, "day_between") == 0) {
		const char *day = text_of(arguments, "day");
		return arena_printf(sayer->arena, "%s lies %s", say_day(day ? day : ""), say_span(sayer->arena, arguments));
	}
	return strcmp(name, "table") == 0 ? say_table(sayer, arguments) : NULL;
}
