/* SPDX-License-Identifier: Apache-2.0 */
/* Labels of sensitivity: what the content of a record is, where law protects it beyond other health information. A set of them is one number. */
#ifndef AR_BASE_LABEL_H
#define AR_BASE_LABEL_H

#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
/* label, its bit in stored sets (never given to another), its word in requests and policies */
#define LABELS(X) \
	X(LABEL_SUBSTANCE_USE, 1 << 0, "substance_use")
/* clang-format on */

enum label {
#define X(code, bit, name) code = (bit),
	LABELS(X)
#undef X
};

enum {
#define X(code, bit, name) code##_PLACE,
	LABELS(X)
#undef X
		LABEL_COUNT
};

/* Every bit that a stored set may have, also those of labels that this program does not know. */
enum { LABELS_ANY = 0xffff };

/* The word and the bit of the label at PLACE, below LABEL_COUNT. */
const char *label_name(size_t place);
unsigned label_bit(size_t place);

bool label_from_name(const char *name, unsigned *ret_bit);

#endif
