/* SPDX-License-Identifier: Apache-2.0 */
/* What places of a request are called in sentences: the titles of its schema, and of the facts that a policy declares. */
#ifndef AR_POLICY_TITLES_H
#define AR_POLICY_TITLES_H

#include "policy/vocabulary.h"

/* The title at "/member/id" or "/lines/X/units" (X an asterisk), as it is written; NULL when it has none. */
const char *title_at(const struct vocabulary *vocabulary, const char *path);

/* What stands at a path in the schema, references resolved; NULL when nothing does. */
const struct json *title_node(const struct vocabulary *vocabulary, const char *path);

/* Whether NODE of a schema may hold a value of that type ("boolean", "array"). */
bool title_holds(const struct json *node, const char *type);

/* True for titles that ask ("When planning began"): they are quoted, since they are no name. */
bool title_asks(const char *title);

#endif
