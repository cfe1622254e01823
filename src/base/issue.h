/* SPDX-License-Identifier: Apache-2.0 */
/* Field issues: everything that is wrong with one body or file, each with its RFC 6901 pointer. */
#ifndef AR_BASE_ISSUE_H
#define AR_BASE_ISSUE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { ISSUES_MAX = 100 };

struct issue {
	const char *pointer; /* "/member/birth_date"; "" is the whole document */
	const char *code; /* stable, snake_case: "not_a_date", "unknown_member", ... */
	const char *detail; /* what was found and what is needed; never quotes personal data */
	const char *fix; /* what to do, or NULL */
};

/* A growing list in an arena, capped at ISSUES_MAX; the rest is only counted. */
struct issues {
	struct arena *arena;
	struct issue *items;
	size_t count;
	size_t omitted;
};

void issues_init(struct issues *issues, struct arena *arena);

/* Adds one; the strings are copied into the arena. FIX may be NULL. DETAIL is a printf format. */
void issues_add(struct issues *issues, const char *pointer, const char *code, const char *fix, const char *detail, ...)
	__attribute__((format(printf, 5, 6)));

static inline bool issues_any(const struct issues *issues)
{
	return issues->count > 0;
}

#endif
