/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences of items as they lie on disk: their placeholders take the numbers of the check, then of the condition, then of the item itself, as
 * they do when a version is loaded. A version that cannot be loaded yet may lack one: its placeholder stays, and is seen.
 */
#include "policy/diff.h"

#include "policy/bounds.h"
#include "policy/explain.h"
#include "policy/phrase.h"

#include <stdint.h>
#include <string.h>

/* A number that is looked for: as it is said first, and the least and the most of those that are said. */
struct wanted {
	struct arena *arena;
	const char *name; /* "years" */
	const char *first; /* NULL: none */
	long long least;
	long long most;
};

static void take(struct wanted *wanted, const char *text, long long number)
{
	wanted->least = !wanted->first || number < wanted->least ? number : wanted->least;
	wanted->most = !wanted->first || number > wanted->most ? number : wanted->most;
	wanted->first = wanted->first ? wanted->first : text;
}

/* What sentences call a bound; NULL where they call it nothing. */
static const char *name_of(const struct bound *bound)
{
	switch (bound->kind) {
	case BOUND_PAPER:
	case BOUND_SECTION:
	case BOUND_SECTION_PAPER:
	case BOUND_MOMENT:
	case BOUND_ORDER: return "window";
	case BOUND_AGE:
	case BOUND_AGED_AT:
	case BOUND_AGED:
	case BOUND_BIRTHDAY:
	case BOUND_LIMIT_BIRTHDAY: return "years";
	case BOUND_COVER:
	case BOUND_AFTER:
	case BOUND_FOLLOWED:
	case BOUND_LIMIT: return "days";
	case BOUND_CLOCK:
	case BOUND_TIMER:
	case BOUND_ASK_AGAIN:
	case BOUND_DUTY: return "amount";
	case BOUND_DUTY_EVERY: return "every";
	case BOUND_PAPER_AGE:
	case BOUND_OTHER: break;
	}
	return NULL;
}

/* Windows and times are said with their unit, ages, days and counts without. */
static void take_bounds(struct wanted *wanted, const struct bounds *bounds, const char *below)
{
	const bool plain = strcmp(wanted->name, "years") == 0 || strcmp(wanted->name, "days") == 0;
	for (size_t i = 0; i < bounds->count; i++) {
		const struct bound *bound = &bounds->list[i];
		const char *name = name_of(bound);
		if (name && strcmp(name, wanted->name) == 0 && strncmp(bound->pointer, below, strlen(below)) == 0) {
			take(wanted, plain ? arena_printf(wanted->arena, "%d", bound->amount) : bound->text, bound->amount);
		}
	}
}

static void take_counts(struct wanted *wanted, const struct json *node)
{
	static const char *const names[] = {"count", "at_least", "at_most"};
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		int64_t count = 0;
		for (size_t i = 0; json_name(one) && i < sizeof(names) / sizeof(names[0]); i++) {
			if (strcmp(json_name(one), names[i]) == 0 && json_integer(one, &count) && count > 0) {
				take(wanted, arena_printf(wanted->arena, "%lld", (long long)count), count);
			}
		}
		take_counts(wanted, one);
	}
}

/* "2 or 3" */
static const char *attempts_of(struct arena *arena, const struct json *item)
{
	const char *text = NULL;
	for (const struct json *one = json_first(json_member(item, "attempts")); one; one = json_next(one)) {
		const long long count = say_number_of(one, "count");
		text = text ? arena_printf(arena, "%s or %lld", text, count) : arena_printf(arena, "%lld", count);
	}
	return text;
}

/* Numbers of the check come before those of the condition, and both before the item's own. */
static void look(struct wanted *wanted, const struct item *item)
{
	static const char *const parts[] = {"check", "when"};
	struct bounds bounds;
	bounds_find(item, wanted->arena, &bounds);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !wanted->first; i++) {
		if (strcmp(wanted->name, "count") == 0) {
			take_counts(wanted, json_member(item->json, parts[i]));
		} else {
			take_bounds(wanted, &bounds, arena_printf(wanted->arena, "/%s/", parts[i]));
		}
	}
	if (!wanted->first) {
		take_bounds(wanted, &bounds, "");
	}
}

static const char *number_of(struct arena *arena, const struct item *item, const char *placeholder)
{
	static const char least[] = "least_";
	static const char most[] = "most_";
	const bool of_least = strncmp(placeholder, least, strlen(least)) == 0;
	const bool of_most = strncmp(placeholder, most, strlen(most)) == 0;
	const size_t before = of_least ? strlen(least) : of_most ? strlen(most) : 0;
	struct wanted wanted = {.arena = arena, .name = placeholder + before};
	if (strcmp(placeholder, "attempts") == 0) {
		return attempts_of(arena, item->json);
	}
	look(&wanted, item);
	return wanted.first && before > 0 ? arena_printf(arena, "%lld", of_least ? wanted.least : wanted.most) : wanted.first;
}

const struct item *diff_item_of(const struct diff_subject *subject, size_t side)
{
	const struct policy *policy = subject->changes->says[side].policy;
	const bool ruled = strcmp(subject->about, "item") == 0 || strcmp(subject->about, "overlay") == 0;
	return ruled ? policy_item_find(policy, subject->id) : NULL;
}

const char *diff_sentence(struct arena *arena, const struct item *item, const char *text)
{
	struct text out;
	text_init(&out, arena, strlen(text) + 32);
	text_puts(&out, "");
	while (*text != '\0') {
		const char *open = strchr(text, '{');
		const char *close = open ? strchr(open, '}') : NULL;
		if (!close) {
			text_puts(&out, text);
			break;
		}
		const char *number = number_of(arena, item, arena_text(arena, open + 1, (size_t)(close - open - 1)));
		text_add(&out, text, (size_t)(open - text));
		if (number) {
			text_puts(&out, number);
		} else {
			text_add(&out, open, (size_t)(close + 1 - open));
		}
		text = close + 1;
	}
	return phrase_dates(arena, phrase_earliest(arena, out.data, NULL), "the days that are concerned");
}

const char *diff_whole_item(const struct sayer *sayer, const struct item *item)
{
	struct arena *arena = sayer->arena;
	const char *text = json_text(json_member(item->json, "text"));
	const char *kind = json_text(json_member(item->json, "kind"));
	const char *asked = explain_asked(item, arena);
	if (!text || !kind) {
		return text ? arena_printf(arena, "\"%s\"", text) : asked;
	}
	return arena_printf(arena, "%s, %s: \"%s\" When it is not so: %s", asked, say_plain(arena, kind),
			    diff_sentence(arena, item, text), explain_consequence(sayer->policy, item, arena));
}
