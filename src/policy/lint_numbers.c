/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers of time in words: "two weeks", "24 hours", "weekly". Where an item has numbers of its own, its sentences, its notes and the titles
 * of the clauses that it cites name one of those. That a window has a unit, and that a sentence has no number of its own, is seen to when
 * a policy is loaded.
 */
#include "policy/lint.h"

#include "policy/bounds.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	WORD_MAX = 24,
	WORDS_KEPT = 4,
	NEWEST = WORDS_KEPT - 1,
	WEEK = 7,
	DAY_HOURS = 24,
	YEAR_DAYS = 365,
	MONTH_DAYS = 30,
	QUARTER_DAYS = 90
};

/* A span of time as somebody says it. */
struct spoken {
	int amount;
	enum bound_unit unit;
	const char *text;
};

static int number_of(const char *word)
{
	static const char *const ones[] = {"zero",     "one",     "two",     "three",     "four",     "five",    "six",
					   "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
					   "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
	static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
					   "fifty", "sixty", "seventy", "eighty", "ninety"};
	int number = 0;
	for (size_t i = 0; i < sizeof(ones) / sizeof(ones[0]); i++) {
		if (strcasecmp(ones[i], word) == 0) {
			return (int)i;
		}
	}
	for (size_t i = 2; i < sizeof(tens) / sizeof(tens[0]); i++) {
		if (strcasecmp(tens[i], word) == 0) {
			return (int)i * 10;
		}
	}
	for (const char *at = word; isdigit((unsigned char)*at) && number < 100000; at++) {
		number = number * 10 + (*at - '0');
	}
	return isdigit((unsigned char)word[0]) ? number : -1;
}

/* A unit, alone or in one word with its number ("weekly"); FACTOR turns it into the unit that policies use. */
static const struct {
	const char *word;
	enum bound_unit unit;
	int factor;
	bool complete; /* it says how much by itself */
} unit_words[] = {
	{"hour", UNIT_HOURS, 1, false},
	{"hours", UNIT_HOURS, 1, false},
	{"day", UNIT_DAYS, 1, false},
	{"days", UNIT_DAYS, 1, false},
	{"week", UNIT_DAYS, WEEK, false},
	{"weeks", UNIT_DAYS, WEEK, false},
	{"year", UNIT_YEARS, 1, false},
	{"years", UNIT_YEARS, 1, false},
	{"fortnight", UNIT_DAYS, 2 * WEEK, true},
	{"weekly", UNIT_DAYS, WEEK, true},
	{"daily", UNIT_DAYS, 1, true},
	{"yearly", UNIT_YEARS, 1, true},
	{"annual", UNIT_YEARS, 1, true},
	{"annually", UNIT_YEARS, 1, true},
	{"hourly", UNIT_HOURS, 1, true},
	{"biweekly", UNIT_DAYS, 2 * WEEK, true},
	{"monthly", UNIT_DAYS, MONTH_DAYS, true},
	{"quarterly", UNIT_DAYS, QUARTER_DAYS, true},
	{"month", UNIT_DAYS, MONTH_DAYS, false},
	{"months", UNIT_DAYS, MONTH_DAYS, false},
};

struct words {
	char list[WORDS_KEPT][WORD_MAX]; /* the newest last */
	size_t count;
};

static void push(struct words *words, const char *word, size_t length)
{
	memmove(words->list[0], words->list[1], sizeof(words->list[0]) * NEWEST);
	length = length < WORD_MAX ? length : WORD_MAX - 1;
	memcpy(words->list[NEWEST], word, length);
	words->list[NEWEST][length] = '\0';
	words->count++;
}

/* The number whose last word is at PLACE: "seven", or "seventy-two". */
static int number_at(const struct words *words, size_t place)
{
	const int number = number_of(words->list[place]);
	const int tens = place > 0 ? number_of(words->list[place - 1]) : -1;
	return number > 0 && number < 10 && tens >= 20 && tens % 10 == 0 && tens < 100 ? tens + number : number;
}

/* What the newest words say: "two weeks", "7 business days", "weekly". */
static bool take_spoken(const struct words *words, struct spoken *ret_spoken)
{
	for (size_t i = 0; i < sizeof(unit_words) / sizeof(unit_words[0]); i++) {
		if (strcasecmp(unit_words[i].word, words->list[NEWEST]) != 0) {
			continue;
		}
		const char *before = words->list[NEWEST - 1];
		const bool business = strcasecmp(before, "business") == 0 || strcasecmp(before, "working") == 0;
		const bool calendar = strcasecmp(before, "calendar") == 0;
		const size_t place = business || calendar ? NEWEST - 2 : NEWEST - 1;
		const int number = unit_words[i].complete ? 1 : number_at(words, place);
		*ret_spoken = (struct spoken){number * unit_words[i].factor, business ? UNIT_BUSINESS_DAYS : unit_words[i].unit,
					      NULL};
		return number > 0;
	}
	return false;
}

static bool amounts_agree(const struct spoken *spoken, const struct bound *bound)
{
	const bool days = bound->unit == UNIT_DAYS || bound->unit == UNIT_CALENDAR_DAYS;
	const int amount = bound->amount;
	switch (spoken->unit) {
	case UNIT_HOURS:
		return bound->unit == UNIT_HOURS ? amount == spoken->amount : days && amount * DAY_HOURS == spoken->amount;
	case UNIT_YEARS:
		return bound->unit == UNIT_YEARS ? amount == spoken->amount : days && amount == spoken->amount * YEAR_DAYS;
	case UNIT_BUSINESS_DAYS: return bound->unit == UNIT_BUSINESS_DAYS && amount == spoken->amount;
	case UNIT_DAYS:
		return bound->unit == UNIT_HOURS ? amount == spoken->amount * DAY_HOURS
						 : (days || bound->unit == UNIT_BUSINESS_DAYS) && amount == spoken->amount;
	case UNIT_CALENDAR_DAYS:
	case UNIT_OTHER: break;
	}
	return false;
}

/* The first span of time in TEXT that none of the bounds is; false when there is none. */
static bool another(struct arena *arena, const char *text, const struct bounds *bounds, struct spoken *ret_spoken)
{
	struct words words = {.count = 0};
	const char *at = text;
	memset(words.list, 0, sizeof(words.list));
	while (*at != '\0') {
		const char *begin = at;
		while (isalnum((unsigned char)*at)) {
			at++;
		}
		if (at == begin) {
			at++;
			continue;
		}
		struct spoken spoken;
		push(&words, begin, (size_t)(at - begin));
		if (!take_spoken(&words, &spoken)) {
			continue;
		}
		bool found = false;
		for (size_t i = 0; i < bounds->count; i++) {
			found = found || amounts_agree(&spoken, &bounds->list[i]);
		}
		if (!found) {
			spoken.text = arena_printf(arena, "%s %s", words.list[NEWEST - 1], words.list[NEWEST]);
			*ret_spoken = spoken;
			return true;
		}
	}
	return false;
}

static const char *bound_texts(struct arena *arena, const struct bounds *bounds)
{
	const char *text = bounds->list[0].text;
	for (size_t i = 1; i < bounds->count; i++) {
		text = arena_printf(arena, "%s, %s", text, bounds->list[i].text);
	}
	return text;
}

static void judge_sentences(const struct lint *lint, const struct item *item, const struct bounds *bounds)
{
	static const char *const members[] = {"text", "ask", "unmet"};
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *text = json_text(json_member(item->json, members[i]));
		struct spoken spoken;
		if (text && another(lint->arena, text, bounds, &spoken)) {
			lint_item(lint, lint->warnings, item, arena_printf(lint->arena, "/%s", members[i]), "another_number",
				  "it says \"%s\", the item says %s", spoken.text, bound_texts(lint->arena, bounds));
		}
	}
}

/* All bounds of the items that cite a clause. */
static void gather(const struct lint *lint, const char *clause, struct bounds *gathered)
{
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		const struct item *item = lint->policy->items[i];
		bool cites = false;
		for (size_t k = 0; k < item->cite_count; k++) {
			cites = cites || strcmp(item->cite[k], clause) == 0;
		}
		struct bounds own = {NULL, 0};
		if (cites && strcmp(item->document, lint->policy->id) == 0) {
			bounds_find(item, lint->arena, &own);
		}
		struct bound *list = arena_array(lint->arena, gathered->count + own.count + 1, sizeof(*list));
		if (gathered->count > 0) {
			memcpy(list, gathered->list, gathered->count * sizeof(*list));
		}
		if (own.count > 0) {
			memcpy(list + gathered->count, own.list, own.count * sizeof(*list));
		}
		*gathered = (struct bounds){list, gathered->count + own.count};
	}
}

/* A clause whose title says a time is ruled by items that say it, as far as they say times at all. */
static void judge_clauses(const struct lint *lint)
{
	size_t index = 0;
	const struct json *clauses = json_member(lint->policy->clauses, "clauses");
	for (const struct json *one = json_first(clauses); one; one = json_next(one), index++) {
		struct bounds bounds = {NULL, 0};
		struct spoken spoken;
		const char *title = json_text(json_member(one, "title"));
		gather(lint, json_text(json_member(one, "clause")), &bounds);
		if (title && bounds.count > 0 && another(lint->arena, title, &bounds, &spoken)) {
			lint_file(lint, lint->warnings, "clauses.json", arena_printf(lint->arena, "/clauses/%zu/title", index),
				  "another_number", "it says \"%s\", the items that cite it say %s", spoken.text,
				  bound_texts(lint->arena, &bounds));
		}
	}
}

void lint_numbers(const struct lint *lint)
{
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		struct bounds bounds;
		bounds_find(lint->policy->items[i], lint->arena, &bounds);
		if (bounds.count > 0) {
			judge_sentences(lint, lint->policy->items[i], &bounds);
		}
	}
	judge_clauses(lint);
}
