/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/words.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct gathered {
	const char **words;
	size_t count;
};

static const struct word_list *find_list(struct compiler *compiler, const char *name)
{
	const struct vocabulary *vocabulary = compiler->vocabulary;
	for (size_t i = 0; i < vocabulary->list_count; i++) {
		if (strcmp(vocabulary->lists[i].name, name) == 0) {
			vocabulary->lists_used[i] = true;
			return &vocabulary->lists[i];
		}
	}
	return NULL;
}

static const char *near_list(struct compiler *compiler, const char *name)
{
	const struct vocabulary *vocabulary = compiler->vocabulary;
	const char **names = arena_array(compiler->arena, vocabulary->list_count + 1, sizeof(*names));
	for (size_t i = 0; i < vocabulary->list_count; i++) {
		names[i] = vocabulary->lists[i].name;
	}
	return spot_near(compiler->arena, name, names, vocabulary->list_count);
}

/* Every word, with the words of lists in their place. Lists hold words only, so that this cannot go in circles. */
static bool gather(struct compiler *compiler, const struct json *node, const struct spot *spot, struct gathered *gathered)
{
	size_t most = 0;
	size_t index = 0;
	bool good = true;
	for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
		const char *text = json_text(one);
		const struct spot here = spot_element(spot, index);
		if (!text || text[0] == '\0') {
			spot_issue(compiler->issues, &here, "wrong_type", "must be a word");
			return false;
		}
		const struct word_list *list = text[0] == '@' ? find_list(compiler, text + 1) : NULL;
		if (text[0] == '@' && !list) {
			spot_issue(compiler->issues, &here, "unknown_list", "there is no word list %s%s", text + 1,
				   near_list(compiler, text + 1));
			good = false;
		}
		most += list ? json_count(list->words) : 1;
	}
	gathered->words = arena_array(compiler->arena, most + 1, sizeof(*gathered->words));
	for (const struct json *one = json_first(node); good && one; one = json_next(one)) {
		const char *text = json_text(one);
		if (text[0] != '@') {
			gathered->words[gathered->count++] = text;
			continue;
		}
		const struct word_list *list = find_list(compiler, text + 1);
		for (const struct json *word = json_first(list->words); word; word = json_next(word)) {
			gathered->words[gathered->count++] = json_text(word);
		}
	}
	return good;
}

static const char *plain(struct arena *arena, const char *word)
{
	char *text = arena_copy(arena, word);
	for (char *at = text; *at != '\0'; at++) {
		*at = *at == '_' ? ' ' : *at;
	}
	return text;
}

/* A coded word as the policy says it to people. */
static const char *spoken(struct compiler *compiler, const char *word)
{
	const char *said = json_text(json_member(compiler->vocabulary->words, word));
	return said ? said : plain(compiler->arena, word);
}

static const char *words_text(struct compiler *compiler, const struct gathered *gathered, bool aloud)
{
	struct text text;
	text_init(&text, compiler->arena, 64);
	text_puts(&text, "");
	for (size_t i = 0; i < gathered->count; i++) {
		const bool last = i + 1 == gathered->count;
		text_puts(&text, i == 0 ? "" : last ? " or " : ", ");
		text_puts(&text, aloud ? spoken(compiler, gathered->words[i]) : gathered->words[i]);
	}
	return text.data;
}

const struct word_set *words_single(struct compiler *compiler, const char *word)
{
	struct word_set *set = arena_alloc(compiler->arena, sizeof(*set));
	const char **sorted = arena_alloc(compiler->arena, sizeof(*sorted));
	*sorted = word;
	*set = (struct word_set){NULL, sorted, 1, word, spoken(compiler, word)};
	return set;
}

const char *const *words_spoken(struct compiler *compiler, const struct slot *slot)
{
	if (!slot->words) {
		return NULL;
	}
	const char **all = arena_array(compiler->arena, slot->word_count + 1, sizeof(*all));
	for (size_t i = 0; i < slot->word_count; i++) {
		all[i] = spoken(compiler, slot->words[i]);
	}
	return all;
}

static bool resolve_closed(struct compiler *compiler, const struct gathered *gathered, const struct spot *spot,
			   const struct slot *slot, struct word_set *set)
{
	bool *closed = arena_array(compiler->arena, slot->word_count + 1, sizeof(*closed));
	bool good = true;
	for (size_t i = 0; i < gathered->count; i++) {
		bool known = false;
		for (size_t k = 0; k < slot->word_count; k++) {
			if (strcmp(slot->words[k], gathered->words[i]) == 0) {
				closed[k] = true;
				known = true;
			}
		}
		if (!known) {
			const char *near = text_nearest(gathered->words[i], slot->words, slot->word_count);
			spot_issue(compiler->issues, spot, "unknown_word",
				   near ? "\"%s\" is not a word of %s; did you mean \"%s\"?" : "\"%s\" is not a word of %s%s",
				   gathered->words[i], slot->pointer, near ? near : "");
			good = false;
		}
	}
	set->closed = closed;
	return good;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool words_list(struct compiler *compiler, const struct json *node, const struct spot *spot, struct item_words *ret_words)
{
	struct gathered gathered = {0};
	const bool good = gather(compiler, node, spot, &gathered);
	*ret_words = (struct item_words){gathered.words, gathered.count};
	return good;
}

bool item_words_have(const struct item_words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(words->list[i], word) == 0) {
			return true;
		}
	}
	return false;
}

const struct word_set *words_compile(struct compiler *compiler, const struct json *node, const struct spot *spot,
				     const struct slot *slot)
{
	struct gathered gathered = {0};
	if (json_kind(node) != JSON_ARRAY || !json_first(node)) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be a list of words");
		return NULL;
	}
	if (!gather(compiler, node, spot, &gathered)) {
		return NULL;
	}
	struct word_set *set = arena_alloc(compiler->arena, sizeof(*set));
	set->text = words_text(compiler, &gathered, false);
	set->phrase = words_text(compiler, &gathered, true);
	if (slot && slot->words && !resolve_closed(compiler, &gathered, spot, slot, set)) {
		return NULL;
	}
	if (gathered.count > 0) {
		qsort(gathered.words, gathered.count, sizeof(*gathered.words), compare_words);
	}
	set->sorted = gathered.words;
	set->count = gathered.count;
	return set;
}

bool words_have(const struct word_set *words, const struct value *value)
{
	if (words->closed && value->type == VALUE_WORD) {
		return words->closed[value->word];
	}
	size_t low = 0;
	size_t high = words->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(words->sorted[middle], value->text);
		if (order == 0) {
			return true;
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return false;
}
