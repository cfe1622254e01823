/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that a policy may need of a determination, by the words that policies use. */
#ifndef AR_REVIEW_DETERMINATION_PARTS_H
#define AR_REVIEW_DETERMINATION_PARTS_H

#include "review/determination.h"

struct part {
	const char *word;
	const char *pointer; /* the member of the body that gives it */
	/* JSON text, or NULL while it is not there. */
	const char *(*value)(const struct determination *determination);
	bool standing; /* no body can give it */
};

/* NULL for a word that the program does not know: such a need is never met. */
const struct part *part_find(const char *word);

#endif
