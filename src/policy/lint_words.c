/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of open lists: credentials, roles and kinds that a request says in the policy's own words. Nothing declares them all, so a slip
 * of the pen is known by this: the word stands nowhere else, and almost is another that does.
 */
#include "policy/lint.h"

#include <ctype.h>
#include <string.h>

enum { WORDS_FIRST = 256, SHORTEST = 4 };

/* Every word of a version that may be meant, each as often as it stands. */
struct gathered {
	struct arena *arena;
	const char **words;
	size_t count;
	size_t capacity;
};

static void add(struct gathered *gathered, const char *word)
{
	if (gathered->count == gathered->capacity) {
		const size_t capacity = gathered->capacity > 0 ? gathered->capacity * 2 : WORDS_FIRST;
		const char **words = arena_array(gathered->arena, capacity, sizeof(*words));
		if (gathered->count > 0) {
			memcpy(words, gathered->words, gathered->count * sizeof(*words));
		}
		gathered->words = words;
		gathered->capacity = capacity;
	}
	gathered->words[gathered->count++] = word;
}

/* Sentences hold no words of requests, and ids only themselves. */
static bool prose(const char *name)
{
	static const char *const names[] = {"id",   "for",   "cite", "text",   "ask",  "unmet",
					    "note", "after", "flag", "reason", "title"};
	for (size_t i = 0; name && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Codes, which look alike, and names of lists are not words that somebody spells. */
static bool is_word(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (!islower((unsigned char)*at) && *at != '_') {
			return false;
		}
	}
	return strlen(text) >= SHORTEST;
}

static void gather(struct gathered *gathered, const struct json *node)
{
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const char *text = json_text(one);
		if (prose(json_name(one))) {
			continue;
		}
		if (text && is_word(text)) {
			add(gathered, text);
		}
		gather(gathered, one);
	}
}

static struct gathered gather_all(const struct lint *lint)
{
	struct gathered gathered = {.arena = lint->arena};
	const struct json *manifest = lint->policy->manifest;
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		gather(&gathered, lint->policy->items[i]->json);
	}
	gather(&gathered, json_member(manifest, "lists"));
	gather(&gathered, json_member(manifest, "facts"));
	for (const struct json *one = json_first(json_member(manifest, "words")); one; one = json_next(one)) {
		add(&gathered, json_name(one));
	}
	return gathered;
}

/* Whether two words differ in one place: by a letter, by two letters that changed places, or of long words by any two. */
static bool almost(const char *a, const char *b)
{
	enum { LONG = 6 };
	const size_t a_length = strlen(a);
	const size_t b_length = strlen(b);
	const size_t shorter = a_length < b_length ? a_length : b_length;
	const size_t longer = a_length < b_length ? b_length : a_length;
	size_t alike = 0;
	while (alike < shorter && a[alike] == b[alike]) {
		alike++;
	}
	if (a_length == b_length && alike + 1 < longer && a[alike] == b[alike + 1] && a[alike + 1] == b[alike] &&
	    strcmp(a + alike + 2, b + alike + 2) == 0) {
		return true;
	}
	for (size_t i = 1; alike < shorter && i <= shorter && a[a_length - i] == b[b_length - i]; i++) {
		alike++;
	}
	return longer - alike <= (longer >= LONG ? 2 : 1);
}

/* A word that WORD almost is, when it stands in one place only; NULL otherwise. */
static const char *meant(const struct gathered *gathered, const char *word)
{
	const char *other = NULL;
	size_t same = 0;
	for (size_t i = 0; i < gathered->count; i++) {
		if (strcmp(gathered->words[i], word) == 0) {
			same++;
		} else if (!other && almost(word, gathered->words[i])) {
			other = gathered->words[i];
		}
	}
	return same == 1 ? other : NULL;
}

struct place {
	const struct item *item; /* or NULL: of policy.json */
	const char *pointer;
};

static void judge(const struct lint *lint, const struct gathered *gathered, const struct json *list, const struct place *place)
{
	size_t index = 0;
	for (const struct json *one = json_first(list); one; one = json_next(one), index++) {
		const char *word = json_text(one);
		const char *pointer = arena_printf(lint->arena, "%s/%zu", place->pointer, index);
		const char *other = word && is_word(word) ? meant(gathered, word) : NULL;
		if (other && place->item) {
			lint_item(lint, lint->warnings, place->item, pointer, "odd_word",
				  "\"%s\" stands nowhere else; is \"%s\" meant?", word, other);
		} else if (other) {
			lint_file(lint, lint->warnings, "policy.json", pointer, "odd_word",
				  "\"%s\" stands nowhere else; is \"%s\" meant?", word, other);
		}
		judge(lint, gathered, one, &(struct place){place->item, pointer});
	}
}

/* The members of items that hold words which nothing declares. */
static bool open_list(const char *name)
{
	static const char *const names[] = {"author", "kinds", "roles", "by", "needs", "certifies"};
	for (size_t i = 0; name && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static void visit(const struct lint *lint, const struct gathered *gathered, const struct json *node, const struct place *place)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
		const char *name = json_name(one);
		const struct place here = {place->item, name ? arena_printf(lint->arena, "%s/%s", place->pointer, name)
							     : arena_printf(lint->arena, "%s/%zu", place->pointer, index)};
		if (open_list(name) && json_kind(one) == JSON_ARRAY) {
			judge(lint, gathered, one, &here);
		} else {
			visit(lint, gathered, one, &here);
		}
	}
}

void lint_words(const struct lint *lint)
{
	const struct gathered gathered = gather_all(lint);
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		visit(lint, &gathered, lint->policy->items[i]->json, &(struct place){lint->policy->items[i], ""});
	}
	for (const struct json *one = json_first(json_member(lint->policy->manifest, "lists")); one; one = json_next(one)) {
		judge(lint, &gathered, one, &(struct place){NULL, arena_printf(lint->arena, "/lists/%s", json_name(one))});
	}
}
