/* SPDX-License-Identifier: Apache-2.0 */
/* GET …/determination: what could be decided now, what stands against it and what it would need. The same checks as the determination itself. */
#ifndef AR_REVIEW_PREVIEW_H
#define AR_REVIEW_PREVIEW_H

#include "review/amend.h"

/* The outcome's body and ETag are set, or it is a problem. CALL needs no key and no precondition. */
void preview_determination(const struct call *call, const char *id, struct outcome *outcome);

#endif
