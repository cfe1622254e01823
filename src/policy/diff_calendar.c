/* SPDX-License-Identifier: Apache-2.0 */
/* The days on which the plan is closed: of the same calendar every change, of another one in its place the days of the time that both know. */
#include "policy/diff.h"

#include <string.h>

enum { NAMED_MOST = 10 };

static const char *text_of(const struct json *json, const char *member)
{
	const char *text = json_text(json_member(json, member));
	return text ? text : "";
}

static bool closed_on(const struct json *calendar, const char *day)
{
	bool found = false;
	for (const struct json *one = json_first(json_member(calendar, "holidays")); one && !found; one = json_next(one)) {
		found = strcmp(text_of(one, "on"), day) == 0;
	}
	return found;
}

/* Days are written so that they sort as text. */
struct stretch {
	const char *from;
	const char *to;
};

/* "2026-11-27 (Day after Thanksgiving) and 12 more"; NULL where CALENDAR has no holiday that OTHER has not. */
static const char *only_in(struct arena *arena, const struct json *calendar, const struct json *other,
			   const struct stretch *both, size_t *ret_count)
{
	const char *said = NULL;
	size_t count = 0;
	for (const struct json *one = json_first(json_member(calendar, "holidays")); one; one = json_next(one)) {
		const char *on = text_of(one, "on");
		if (strcmp(on, both->from) < 0 || strcmp(both->to, on) < 0 || closed_on(other, on)) {
			continue;
		}
		if (count++ < NAMED_MOST) {
			said = arena_printf(arena, "%s%s%s (%s)", said ? said : "", said ? ", " : "", on, text_of(one, "name"));
		}
	}
	*ret_count = count;
	return count > NAMED_MOST ? arena_printf(arena, "%s and %zu more", said, count - NAMED_MOST) : said;
}

static void compare_others(const struct diff_version *a, const struct diff_version *b, const char *id, const char *other,
			   struct changes *changes)
{
	struct arena *arena = changes->arena;
	const struct diff_subject subject = {changes, "calendar", other, arena_printf(arena, "calendar %s -> %s", id, other)};
	const char *from[] = {text_of(a->calendar, "from"), text_of(b->calendar, "from")};
	const char *to[] = {text_of(a->calendar, "to"), text_of(b->calendar, "to")};
	const struct stretch both = {strcmp(from[0], from[1]) > 0 ? from[0] : from[1],
				     strcmp(to[0], to[1]) < 0 ? to[0] : to[1]};
	size_t count = 0;
	const char *came = only_in(arena, b->calendar, a->calendar, &both, &count);
	if (came) {
		diff_add(&subject, "added", "/holidays", NULL, came,
			 arena_printf(arena, "%zu more holidays from %s to %s: %s", count, both.from, both.to, came));
	}
	const char *went = only_in(arena, a->calendar, b->calendar, &both, &count);
	if (went) {
		diff_add(&subject, "removed", "/holidays", went, NULL,
			 arena_printf(arena, "%zu holidays less from %s to %s: %s", count, both.from, both.to, went));
	}
}

void diff_calendars(const struct diff_version *a, const struct diff_version *b, struct changes *changes)
{
	const char *id = json_text(json_member(a->calendar, "calendar"));
	const char *other = json_text(json_member(b->calendar, "calendar"));
	if (!id || !other) {
		return;
	}
	if (strcmp(id, other) != 0) {
		compare_others(a, b, id, other, changes);
		return;
	}
	const struct diff_subject subject = {changes, "calendar", id, arena_printf(changes->arena, "calendar %s", id)};
	diff_nodes(&subject, "/from", json_member(a->calendar, "from"), json_member(b->calendar, "from"));
	diff_nodes(&subject, "/to", json_member(a->calendar, "to"), json_member(b->calendar, "to"));
	diff_keyed(changes, "calendar", arena_printf(changes->arena, "calendar %s: holiday", id), "on",
		   json_member(a->calendar, "holidays"), json_member(b->calendar, "holidays"));
}
