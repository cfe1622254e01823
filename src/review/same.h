/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two pieces of a request's body say the same. The order of members says nothing; null and blank text say as little as nothing at all. */
#ifndef AR_REVIEW_SAME_H
#define AR_REVIEW_SAME_H

#include "base/json.h"

#include <stdbool.h>

/* Whether NOW still says what BEFORE said; it may say more where BEFORE said nothing. A list that had elements has as many, each kept. */
bool same_kept(const struct json *before, const struct json *now);

/* Whether each says what the other says. */
bool same_json(const struct json *a, const struct json *b);

#endif
