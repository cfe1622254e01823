/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/judgment_words.h"

#include <string.h>

static const struct lead {
	const char *answer; /* NULL: none */
	const char *words;
} leads[] = {
	{NULL, "A licensed reviewer has not answered this yet: "},
	{"met", "A licensed reviewer answered that this is so: "},
	{"not_met", "A licensed reviewer answered that this is not so: "},
	{"cannot_tell", "A licensed reviewer cannot tell this yet: "},
};
enum { LEADS = sizeof(leads) / sizeof(leads[0]) };

const char *judgment_say(struct arena *arena, const char *text, const char *answer)
{
	for (size_t i = 0; answer != NULL && i < LEADS; i++) {
		if (leads[i].answer != NULL && strcmp(leads[i].answer, answer) == 0) {
			return arena_printf(arena, "%s%s", leads[i].words, text);
		}
	}
	return arena_printf(arena, "%s%s", leads[0].words, text);
}

const char *judgment_say_again(struct arena *arena, const char *say, const char *answer)
{
	for (size_t i = 0; say != NULL && i < LEADS; i++) {
		const size_t length = strlen(leads[i].words);
		if (strncmp(say, leads[i].words, length) == 0) {
			return judgment_say(arena, say + length, answer);
		}
	}
	return say;
}
