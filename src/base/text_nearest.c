/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <string.h>

/* Longer names are not compared: a suggestion is a courtesy and must not cost more than the refusal. */
enum { LONGEST = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* "tm" for "TM" is the commonest slip of all; letters that differ only in case count as equal. */
static char lower(char letter)
{
	return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Damerau-Levenshtein distance (adjacent letters may be swapped), both at most LONGEST bytes. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0];
	size_t *above = rows[1];
	size_t *row = rows[2];
	for (size_t j = 0; j <= b_length; j++) {
		above[j] = j;
	}
	for (size_t i = 1; i <= a_length; i++) {
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			const char x = lower(a[i - 1]);
			const char y = lower(b[j - 1]);
			row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y) {
				row[j] = least(row[j], before[j - 2] + 1);
			}
		}
		size_t *spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b_length];
}

const char *text_nearest(const char *string, const char *const *words, size_t count)
{
	const size_t length = strlen(string);
	if (length == 0 || length > LONGEST) {
		return NULL;
	}
	const size_t limit = length / 3 > 2 ? length / 3 : 2;
	const char *nearest = NULL;
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		const size_t word_length = strlen(words[i]);
		const size_t longer = length > word_length ? length : word_length;
		if (longer > LONGEST || longer - least(length, word_length) > limit) {
			continue;
		}
		/*
		 * Of two at the same distance the one of equal length: letters are exchanged more often than left
		 * out.
		 */
		const size_t found = distance(string, length, words[i], word_length);
		const size_t rank = found * 2 + (length != word_length);
		/* Half of the letters must stand, or "XY" would suggest every two-letter word. */
		if (found <= limit && found * 2 <= longer && rank < best) {
			best = rank;
			nearest = words[i];
		}
	}
	return nearest;
}
