/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about a value that a shape refuses. Values are never quoted: they may be somebody's health record. */
#ifndef AR_BASE_SHAPE_ISSUE_H
#define AR_BASE_SHAPE_ISSUE_H

#include "base/shape_table.h"

void shape_issue_type(struct issues *issues, const struct place *place, const struct rule *rule, const struct json *node);

/* TEXT is no date, instant or moment, whatever RULE asks for. */
void shape_issue_time(struct issues *issues, const struct place *place, const struct rule *rule, const char *text);

void shape_issue_word(struct issues *issues, const struct place *place, const struct rule *rule, const char *text);

/* FOUND code points where RULE wants more or fewer. */
void shape_issue_length(struct issues *issues, const struct place *place, const struct rule *rule, size_t found);

/* FOUND elements where RULE wants more or fewer. */
void shape_issue_count(struct issues *issues, const struct place *place, const struct rule *rule, size_t found);

/* VALUE lies outside the bounds of RULE. */
void shape_issue_number(struct issues *issues, const struct place *place, const struct rule *rule, double value);

/* The member at PLACE is none of OBJECT's. */
void shape_issue_unknown(struct issues *issues, const struct place *place, const struct object *object);

void shape_issue_missing(struct issues *issues, const struct place *place);

/* PLACE repeats what the element FIRST of the same list says. */
void shape_issue_duplicate(struct issues *issues, const struct place *place, size_t first);

#endif
