/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/phrase.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char earliest_mark[] = "{earliest}";
static const char dates_mark[] = "{dates}";

static const char *const number_words[] = {
	"one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",     "ten",
	"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
	"thirty", "forty",  "fifty",    "sixty",    "seventy", "eighty",  "ninety",    "hundred",  "thousand", "dozen"};

static bool number_word(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(number_words) / sizeof(number_words[0]); i++) {
		if (strlen(number_words[i]) == length && strncasecmp(number_words[i], word, length) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_word(const char *at, size_t length, const char *word)
{
	return strlen(word) == length && strncasecmp(word, at, length) == 0;
}

/* Words that are numbers beside some others only: "half a week", and "twice" but of what is not to be "done twice". */
static bool number_among(const char *text, const char *at, size_t length)
{
	static const char done[] = "done ";
	const size_t before = (size_t)(at - text);
	const bool repeated = before >= strlen(done) && strncasecmp(at - strlen(done), done, strlen(done)) == 0;
	if (is_word(at, length, "twice") || is_word(at, length, "thrice")) {
		return !repeated;
	}
	return is_word(at, length, "half") &&
	       (strncasecmp(at + length, " a ", 3) == 0 || strncasecmp(at + length, " an ", 4) == 0);
}

static bool is_letter(char c)
{
	return isalpha((unsigned char)c) != 0;
}

/* The first digit or number word outside placeholders; 0 length when there is none. */
static size_t own_number(const char *text, const char **ret_at)
{
	const char *at = text;
	while (*at != '\0') {
		if (*at == '{') {
			const char *end = strchr(at, '}');
			at = end ? end + 1 : at + 1;
			continue;
		}
		size_t length = 0;
		while (is_letter(at[length])) {
			length++;
		}
		if ((length > 0 && (number_word(at, length) || number_among(text, at, length))) ||
		    isdigit((unsigned char)*at)) {
			*ret_at = at;
			return length > 0 ? length : 1;
		}
		at += length > 0 ? length : 1;
	}
	return 0;
}

static const char *number_of(struct arena *arena, const struct number_phrase *phrase, bool most)
{
	return phrase->text ? arena_printf(arena, "%d", most ? phrase->most : phrase->least) : NULL;
}

static const char *placeholder(const struct compiler *compiler, const char *name, size_t length, bool *ret_known)
{
	const struct phrases *phrases = &compiler->phrases;
	const struct {
		const char *name;
		const char *value;
	} rows[] = {
		{"window", phrases->window},
		{"years", phrases->years.text},
		{"least_years", number_of(compiler->arena, &phrases->years, false)},
		{"most_years", number_of(compiler->arena, &phrases->years, true)},
		{"days", phrases->days.text},
		{"least_days", number_of(compiler->arena, &phrases->days, false)},
		{"most_days", number_of(compiler->arena, &phrases->days, true)},
		{"count", phrases->count.text},
		{"least_count", number_of(compiler->arena, &phrases->count, false)},
		{"most_count", number_of(compiler->arena, &phrases->count, true)},
		{"amount", phrases->amount},
		{"attempts", phrases->attempts},
		{"every", phrases->every},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strlen(rows[i].name) == length && strncmp(rows[i].name, name, length) == 0) {
			*ret_known = true;
			return rows[i].value;
		}
	}
	*ret_known = false;
	return NULL;
}

static const char *near_placeholder(struct arena *arena, const char *name, size_t length)
{
	static const char *const names[] = {"window",   "years", "days",     "count", "amount",
					    "attempts", "every", "earliest", "dates"};
	return spot_near(arena, arena_text(arena, name, length), names, sizeof(names) / sizeof(names[0]));
}

/* Adds the words of one placeholder; false after an issue. */
static bool fill_one(struct compiler *compiler, const char *name, size_t length, const struct spot *spot, struct text *out)
{
	const bool earliest = length == strlen("earliest") && strncmp(name, "earliest", length) == 0;
	if (earliest && compiler->window) {
		text_puts(out, earliest_mark);
		return true;
	}
	if (compiler->dates && length == strlen("dates") && strncmp(name, "dates", length) == 0) {
		text_puts(out, dates_mark);
		return true;
	}
	bool known = earliest;
	const char *value = earliest ? NULL : placeholder(compiler, name, length, &known);
	if (!known) {
		spot_issue(compiler->issues, spot, "unknown_placeholder", "there is no placeholder {%.*s}%s", (int)length, name,
			   near_placeholder(compiler->arena, name, length));
		return false;
	}
	if (!value) {
		spot_issue(compiler->issues, spot, "empty_placeholder", "no check of the item says a number for {%.*s}",
			   (int)length, name);
		return false;
	}
	if (value == phrase_ambiguous) {
		spot_issue(compiler->issues, spot, "two_numbers", "the checks of the item say two different numbers for {%.*s}",
			   (int)length, name);
		return false;
	}
	text_puts(out, value);
	return true;
}

/* A brace without its other is no placeholder: people would read it as it stands. */
static bool braces_close(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '}') {
			return false;
		}
		if (*at == '{') {
			at += strcspn(at, "}");
			if (*at == '\0') {
				return false;
			}
		}
	}
	return true;
}

const char *phrase_fill(struct compiler *compiler, const char *text, const struct spot *spot)
{
	const char *number;
	const size_t length = own_number(text, &number);
	if (length > 0) {
		spot_issue(compiler->issues, spot, "own_number",
			   "\"%.*s\": numbers stand in the check, the sentence has a placeholder", (int)length, number);
		return NULL;
	}
	if (!braces_close(text)) {
		spot_issue(compiler->issues, spot, "open_placeholder", "a brace stands without its other");
		return NULL;
	}
	struct text out;
	text_init(&out, compiler->arena, strlen(text) + 16);
	text_puts(&out, "");
	bool good = true;
	const char *at = text;
	while (*at != '\0') {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		if (!end) {
			text_add(&out, at, 1);
			at++;
			continue;
		}
		good = fill_one(compiler, at + 1, (size_t)(end - at - 1), spot, &out) && good;
		at = end + 1;
	}
	return good ? out.data : NULL;
}

/* Puts WORDS where MARK stands; TEXT itself when it stands nowhere. */
static const char *fill_late(struct arena *arena, const char *text, const char *mark, const char *words)
{
	const char *at = text ? strstr(text, mark) : NULL;
	if (!at) {
		return text;
	}
	struct text out;
	text_init(&out, arena, strlen(text) + 32);
	const char *rest = text;
	while (at) {
		text_add(&out, rest, (size_t)(at - rest));
		text_puts(&out, words);
		rest = at + strlen(mark);
		at = strstr(rest, mark);
	}
	text_puts(&out, rest);
	return out.data;
}

const char *phrase_earliest(struct arena *arena, const char *text, const char *earliest)
{
	return fill_late(arena, text, earliest_mark, earliest ? earliest : "the earliest date that counts");
}

const char *phrase_dates(struct arena *arena, const char *text, const char *dates)
{
	return fill_late(arena, text, dates_mark, dates);
}
