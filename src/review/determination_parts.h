/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that a policy may need of a determination. */
#ifndef AR_REVIEW_DETERMINATION_PARTS_H
#define AR_REVIEW_DETERMINATION_PARTS_H

#include "review/determination.h"

struct part {
	const char *pointer; /* the member of the body that gives it */
	/* JSON text, or NULL while it is not there. */
	const char *(*value)(const struct determination *determination);
	bool standing; /* no body can give it */
};

/* WORD is one that policies may need: another refuses the policy. */
const struct part *part_find(const char *word);

#endif
