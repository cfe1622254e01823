/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of coded words: those that came and those that went, by what they are called. */
#include "policy/diff.h"

#include <string.h>

/* A word of a list by what it is: a paper, a section, a list by its name, or a coded word. */
static const char *word_of(const struct sayer *sayer, const char *member, const struct json *word)
{
	const struct json *documents = json_member(sayer->policy->manifest, "documents");
	const struct json *sections = json_member(sayer->policy->manifest, "sections");
	const char *text = json_text(word);
	if (!text) {
		return say_generic(sayer->arena, word);
	}
	if (text[0] == '@') {
		return arena_printf(sayer->arena, "the list \"%s\"", text + 1);
	}
	const char *section =
		strcmp(member, "need") == 0 || strcmp(member, "evidence") == 0 ? json_text(json_member(sections, text)) : NULL;
	const bool paper = strcmp(member, "types") == 0 || strcmp(member, "of") == 0;
	const char *title = paper ? json_text(json_member(json_member(documents, text), "title")) : section;
	return title ? title : say_coded(sayer, text);
}

static bool has(const struct json *list, const struct json *value)
{
	bool found = false;
	for (const struct json *one = json_first(list); one && !found; one = json_next(one)) {
		found = diff_same(one, value);
	}
	return found;
}

const char *diff_words_of(const struct sayer *sayer, const char *member, const struct json *list, const struct json *other)
{
	const char *all = NULL;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		if (!has(other, one)) {
			const char *word = word_of(sayer, member, one);
			all = all ? arena_printf(sayer->arena, "%s, %s", all, word) : word;
		}
	}
	return all;
}

void diff_words(const struct diff_subject *subject, const char *pointer, const char *words, const struct json *a,
		const struct json *b)
{
	struct arena *arena = subject->changes->arena;
	const struct sayer *sayers = subject->changes->says;
	const char *slash = strrchr(pointer, '/');
	const char *member = slash ? slash + 1 : "";
	const char *added = diff_words_of(&sayers[1], member, b, a);
	const char *removed = diff_words_of(&sayers[0], member, a, b);
	const char *from = diff_words_of(&sayers[0], member, a, NULL);
	const char *to = diff_words_of(&sayers[1], member, b, NULL);
	const char *space = words[0] != '\0' ? " " : "";
	if (!added && !removed) {
		diff_add(subject, "moved", pointer, from, to,
			 arena_printf(arena, "%s%sin another order: %s", words, space, to ? to : "nothing"));
	} else if (json_count(a) == 1 && json_count(b) == 1) {
		diff_add(subject, "changed", pointer, from, to, arena_printf(arena, "%s%s%s -> %s", words, space, from, to));
	} else {
		diff_add(subject, "changed", pointer, from, to,
			 arena_printf(arena, "%s%s%s%s%s%s%s", words, space, added ? "with " : "", added ? added : "",
				      added && removed ? ", " : "", removed ? "without " : "", removed ? removed : ""));
	}
}
