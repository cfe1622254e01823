/* SPDX-License-Identifier: Apache-2.0 */
#include "base/label.h"

#include "base/word.h"

#include <assert.h>

static const char *const names[] = {
#define X(code, bit, name) [code##_PLACE] = (name),
	LABELS(X)
#undef X
};

static const unsigned bits[] = {
#define X(code, bit, name) [code##_PLACE] = (bit),
	LABELS(X)
#undef X
};
_Static_assert(sizeof(names) / sizeof(names[0]) == LABEL_COUNT, "every label has a word");

const char *label_name(size_t place)
{
	assert(place < LABEL_COUNT);
	return names[place];
}

unsigned label_bit(size_t place)
{
	assert(place < LABEL_COUNT);
	return bits[place];
}

bool label_from_name(const char *name, unsigned *ret_bit)
{
	size_t place = 0;
	if (!word_find(names, LABEL_COUNT, name, &place)) {
		return false;
	}
	*ret_bit = bits[place];
	return true;
}
