/* SPDX-License-Identifier: Apache-2.0 */
/* Where something is seen: documents of the request, sections that its policy declares. */
#ifndef AR_REVIEW_EVIDENCE_H
#define AR_REVIEW_EVIDENCE_H

#include "review/amend.h"

/* Adds an issue at POINTER when BODY has no document of this id; a NULL ID is nothing wrong. */
void evidence_check_document(const struct json *body, const char *id, const char *pointer, struct issues *issues);

/* Adds every issue of a list of places, which stands at POINTER in the call's body; true when it names at least one place. */
bool evidence_check(const struct amendment *amendment, const struct json *list, const char *pointer, struct issues *issues);

#endif
