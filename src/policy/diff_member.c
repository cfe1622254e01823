/* SPDX-License-Identifier: Apache-2.0 */
/* Members of items that have words of their own: checks, selectors, steps of outreach, who cures instead, limits up to a day. */
#include "policy/diff.h"

#include "policy/say.h"

#include <string.h>

typedef const char *words_fn(const struct sayer *sayer, const struct json *node);

/* "2 where ..., else 3" */
static const char *say_steps(const struct sayer *sayer, const struct json *node)
{
	struct say_list list = say_list(sayer->arena, json_count(node), "or");
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const struct json *when = json_member(one, "when");
		const long long count = say_number_of(one, "count");
		say_add(&list, when ? arena_printf(sayer->arena, "%lld where %s", count, say_check(sayer, when))
				    : arena_printf(sayer->arena, "else %lld", count));
	}
	return say_end(&list);
}

static const char *say_passes(const struct sayer *sayer, const struct json *node)
{
	return arena_printf(sayer->arena, "%s where %s", say_owner(sayer, say_text_of(node, "owner")),
			    say_check(sayer, json_member(node, "when")));
}

/* What ends duties, or the last day of a limit. */
static const char *say_until(const struct sayer *sayer, const struct json *node)
{
	const struct json *birthday = json_member(node, "birthday");
	const char *at = json_text(json_member(node, "at"));
	return birthday ? arena_printf(sayer->arena, "the day before the member turns %lld", say_number_of(birthday, "years"))
	       : at     ? say_place(sayer, at)
			: say_selector(sayer, node);
}

static const char *say_plainly(const struct sayer *sayer, const struct json *node)
{
	return say_generic(sayer->arena, node);
}

static const char *say_owned(const struct sayer *sayer, const struct json *node)
{
	return json_text(node) ? say_owner(sayer, json_text(node)) : say_generic(sayer->arena, node);
}

static const struct {
	const char *pointer; /* in an item */
	const char *words;
	words_fn *say;
	const char *absent; /* what it says where it is not there, or NULL */
} told[] = {
	{"/starts", "begins with", say_selector, NULL},
	{"/fulfilled_by", "done with", say_selector, NULL},
	{"/until", "until", say_until, NULL},
	{"/paused", "pause", say_pause, NULL},
	{"/attempts", "attempts", say_steps, NULL},
	{"/passes_to", "cured instead by", say_passes, NULL},
	{"/passes_to/owner", "cured instead by", say_owned, NULL},
	{"/owner", "owner", say_owned, NULL},
	{"/each", "every start begins a duty", say_plainly, "no"},
	{"/anew", "after each end it begins again", say_plainly, "no"},
	{"/same_day", "due on the day of the start", say_plainly, "no"},
	{"/ahead", "counted back from the day of the start", say_plainly, "no"},
	{"/attest", "attested by a provider", say_plainly, "no"},
};

static const char *ends_with(const char *pointer, const char *ending)
{
	const size_t length = strlen(pointer);
	const size_t end = strlen(ending);
	return length >= end && strcmp(pointer + length - end, ending) == 0 ? pointer + length - end : NULL;
}

/* What a check at POINTER is called; NULL when no check stands there. */
static const char *check_words(const char *pointer)
{
	if (strcmp(pointer, "/check") == 0) {
		return "check";
	}
	if (!ends_with(pointer, "/when")) {
		return NULL;
	}
	return strcmp(pointer, "/when") == 0             ? "condition"
	       : strncmp(pointer, "/attempts/", 10) == 0 ? "condition of the attempts"
	       : strcmp(pointer, "/passes_to/when") == 0 ? "condition of who cures it instead"
							 : "condition";
}

/* Steps of the same number, and the same who cures, are compared part by part. */
static bool part_by_part(const char *pointer, const struct json *a, const struct json *b)
{
	const bool steps = strcmp(pointer, "/attempts") == 0;
	const bool passes = strcmp(pointer, "/passes_to") == 0;
	return a && b && json_kind(a) == json_kind(b) && ((steps && json_count(a) == json_count(b)) || passes);
}

bool diff_member(const struct diff_subject *subject, const char *pointer, const struct json *a, const struct json *b)
{
	const struct sayer *says = subject->changes->says;
	const bool ruled = strcmp(subject->about, "item") == 0 || strcmp(subject->about, "overlay") == 0 ||
			   strcmp(subject->about, "label") == 0;
	const char *words = ruled ? check_words(pointer) : NULL;
	if (words) {
		diff_checks(subject, pointer, words, a, b);
		return true;
	}
	for (size_t i = 0; ruled && i < sizeof(told) / sizeof(told[0]); i++) {
		if (strcmp(told[i].pointer, pointer) != 0 || part_by_part(pointer, a, b)) {
			continue;
		}
		const char *from = a ? told[i].say(&says[0], a) : told[i].absent;
		const char *to = b ? told[i].say(&says[1], b) : told[i].absent;
		const char *colon = told[i].absent ? ":" : "";
		diff_tell(subject, pointer, arena_printf(subject->changes->arena, "%s%s", told[i].words, colon), from, to);
		return true;
	}
	return false;
}
