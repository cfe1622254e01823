/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences of items as they lie on disk: their placeholders take the numbers of the check, then of the condition, then of the item itself, as
 * they do when a version is loaded. A version that cannot be loaded yet may lack one: its placeholder stays, and is seen.
 */
#include "policy/diff.h"

#include "policy/explain.h"
#include "policy/phrase.h"

#include <string.h>

/* A number that is looked for, and where it stands. */
struct wanted {
	struct arena *arena;
	const char *placeholder;
	const char *found; /* the first */
};

static bool among(const char *name, const char *const *names)
{
	bool found = false;
	for (; name && *names && !found; names++) {
		found = strcmp(*names, name) == 0;
	}
	return found;
}

static const char *const window_names[] = {"within", "as_of_within", "plus", NULL};

/* "14 days" of {"days": 14}, or of a check that has its unit beside other members. */
static const char *window_of(struct arena *arena, const struct json *node)
{
	static const char *const units[] = {"hours", "days", "years"};
	const char *text = say_amount(arena, node);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]) && !text; i++) {
		const struct json *number = json_member(node, units[i]);
		if (number && json_kind(number) == JSON_NUMBER) {
			const long long value = say_number_of(node, units[i]);
			text = arena_printf(arena, "%lld %.*s", value, (int)(strlen(units[i]) - (value == 1 ? 1 : 0)),
					    units[i]);
		}
	}
	return text;
}

static void look(struct wanted *wanted, const struct json *node)
{
	static const char *const years[] = {"years", NULL};
	static const char *const days[] = {"days", NULL};
	static const char *const counts[] = {"count", "at_least", "at_most", NULL};
	const struct {
		const char *placeholder;
		const char *const *members;
	} plain[] = {{"years", years}, {"days", days}, {"count", counts}};
	for (const struct json *one = json_first(node); one && !wanted->found; one = json_next(one)) {
		const bool window = among(json_name(one), window_names);
		if (window && strcmp(wanted->placeholder, "window") == 0) {
			wanted->found = window_of(wanted->arena, one);
		}
		for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]) && json_kind(one) == JSON_NUMBER; i++) {
			if (strcmp(plain[i].placeholder, wanted->placeholder) == 0 && among(json_name(one), plain[i].members)) {
				wanted->found = say_generic(wanted->arena, one);
			}
		}
		if (!window) {
			look(wanted, one);
		}
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

static const char *number_of(struct arena *arena, const struct json *item, const char *placeholder)
{
	const struct json *roots[] = {json_member(item, "check"), json_member(item, "when"), item};
	const char *const amount = strcmp(placeholder, "amount") == 0  ? "within"
				   : strcmp(placeholder, "every") == 0 ? "every"
								       : NULL;
	if (amount) {
		const struct json *own = json_member(item, amount);
		return own ? say_amount(arena, own) : NULL;
	}
	if (strcmp(placeholder, "attempts") == 0) {
		return attempts_of(arena, item);
	}
	struct wanted wanted = {arena, placeholder, NULL};
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]) && !wanted.found; i++) {
		look(&wanted, roots[i]);
	}
	return wanted.found;
}

const char *diff_sentence(struct arena *arena, const struct json *item, const char *text)
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
			    diff_sentence(arena, item->json, text), explain_consequence(sayer->policy, item, arena));
}
