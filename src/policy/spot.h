/* SPDX-License-Identifier: Apache-2.0 */
/* A place in a policy file, so that every problem of a file says where it is: "trillium-isa/2019-03-06/policy.json#/zone". */
#ifndef AR_POLICY_SPOT_H
#define AR_POLICY_SPOT_H

#include "base/issue.h"
#include "base/json.h"

#include <stddef.h>

/* A chain from the value to its file; lives on the stack of whoever walks. */
struct spot {
	const struct spot *parent; /* NULL: the file itself */
	const char *file; /* of the outermost spot */
	const char *name; /* member, or NULL for an element */
	size_t index; /* element */
};

static inline struct spot spot_file(const char *file)
{
	return (struct spot){NULL, file, NULL, 0};
}

static inline struct spot spot_member(const struct spot *parent, const char *name)
{
	return (struct spot){parent, NULL, name, 0};
}

static inline struct spot spot_element(const struct spot *parent, size_t index)
{
	return (struct spot){parent, NULL, NULL, index};
}

/* "file#/pointer" of a spot. */
const char *spot_text(struct arena *arena, const struct spot *spot);

/* Adds an issue whose pointer is the spot. */
void spot_issue(struct issues *issues, const struct spot *spot, const char *code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* "; did you mean "x"?" for the one of COUNT names, or of the members of OBJECT, that is near to GIVEN; "" when none is. */
const char *spot_near(struct arena *arena, const char *given, const char *const *names, size_t count);
const char *spot_near_member(struct arena *arena, const char *given, const struct json *object);

/* "; a number stands without quotes" where NODE is a number in quotes, else "". */
const char *spot_quoted_number(const struct json *node);

#endif
