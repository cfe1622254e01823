/* SPDX-License-Identifier: Apache-2.0 */
/* Where a check's path leads: one value of the request, or one of every element of an array. */
#ifndef AR_POLICY_REACH_H
#define AR_POLICY_REACH_H

#include "policy/evaluator.h"

struct reach {
	struct slot slot;
	const char *pointer; /* as written */
	const char *phrase; /* "the member's birth date"; "the units" of an element */
	const char *verb; /* "is" or "are" */
	const char *statement; /* of a boolean with a title: "the plan reflects the assessment"; NULL */
	const char *element; /* "line", or NULL for a value of the root */
	bool service; /* leads to /service, which has aliases */
	const char *empty; /* "/lines/-": where an empty list misses its first element, or NULL */
};

/* Resolves a path; false after an issue. */
bool reach_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, struct reach *ret_reach);
/* As reach_compile for a given path. */
bool reach_path(struct compiler *compiler, const char *path, const struct spot *spot, struct reach *ret_reach);

/* How many values there are: 1 for a value of the root, the elements of the array otherwise. */
size_t reach_count(const struct reach *reach, const struct evaluator *evaluator);
const struct value *reach_value(const struct reach *reach, const struct evaluator *evaluator, size_t index);
/* The text of a text or word value; of /service the word of the policy, whatever alias was sent. */
const char *reach_text(const struct reach *reach, const struct evaluator *evaluator, const struct value *value);
/* "/lines/1/units". */
const char *reach_pointer(const struct reach *reach, struct arena *arena, size_t index);
/* "the units of line 2". */
const char *reach_phrase(const struct reach *reach, struct arena *arena, size_t index);

/* "the first day of line 2": NAME of an element; the phrase itself for a value of the root. */
const char *reach_of(const struct reach *reach, struct arena *arena, const char *name, size_t index);

/* Adds "not answered" for a value. */
void reach_unanswered(const struct reach *reach, struct trace *trace, size_t index);

#endif
