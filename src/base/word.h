/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a short closed list, by place: how the names of an enum are read back. */
#ifndef AR_BASE_WORD_H
#define AR_BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* False when TEXT is NULL or none of the COUNT WORDS. A walk: an index would not pay for lists this short. */
static inline bool word_find(const char *const *words, size_t count, const char *text, size_t *ret_place)
{
	for (size_t i = 0; text != NULL && i < count; i++) {
		if (strcmp(words[i], text) == 0) {
			*ret_place = i;
			return true;
		}
	}
	return false;
}

#endif
