/* SPDX-License-Identifier: Apache-2.0 */
/* What the record of a certificate of need must say: what it shows in the words of its gate, when it was complete, what it corrects. */
#ifndef AR_REVIEW_CERTIFICATE_H
#define AR_REVIEW_CERTIFICATE_H

#include "review/amend.h"

/* Adds every issue of the call's body; when the process was complete comes back. */
struct instant certificate_check(const struct amendment *amendment, const struct item *gate, struct issues *issues);

/* Whether the need is certified by the call's body. */
bool certificate_certifies(const struct amendment *amendment);

#endif
