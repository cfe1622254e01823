/* SPDX-License-Identifier: Apache-2.0 */
/* JSON that this program wrote itself: it always parses, and its edits always find their place; anything else is our fault. */
#ifndef AR_REVIEW_OWN_JSON_H
#define AR_REVIEW_OWN_JSON_H

#include "base/json.h"

const struct json *own_json(struct arena *arena, const char *text);

/* ROOT with VALUE at POINTER (json_edit), of which the parent is known to exist. */
const struct json *own_json_edit(struct arena *arena, const struct json *root, const char *pointer, const struct json *value);

#endif
