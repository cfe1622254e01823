/* SPDX-License-Identifier: Apache-2.0 */
/* What a use case answers: a representation or a problem. HTTP turns it into a response; nothing else does. */
#ifndef AR_REVIEW_OUTCOME_H
#define AR_REVIEW_OUTCOME_H

#include "base/err.h"
#include "base/issue.h"

#include <stdbool.h>
#include <stdint.h>

struct text;

struct outcome {
	bool failed;
	struct err err; /* when failed */
	struct issues issues; /* when failed with ERR_INVALID or ERR_BAD_PARAMETER: all of them */
	bool created; /* 201 with Location, else 200 */
	bool replayed; /* the answer of an earlier call with the same Idempotency-Key */
	const char *location; /* "/v1/requests/req_..." when created, or NULL */
	int64_t version; /* ETag "vN"; 0: none */
	const char *body; /* JSON, arena-owned */
	size_t length;
	const char *next; /* lists: the address of the next page, or NULL */
	const char *notice; /* what whoever reads it must not do with it, where the body itself cannot say so, or NULL */
};

void outcome_init(struct outcome *outcome, struct arena *arena);

/* The body, in the text's arena. */
void outcome_answer(struct outcome *outcome, const struct text *text);

/* Turn an outcome into a problem; each returns false, so that a use case can `return outcome_refuse(...)`. */
bool outcome_fail(struct outcome *outcome, const struct err *err);
bool outcome_refuse(struct outcome *outcome, enum err_code code, const char *detail);
bool outcome_invalid(struct outcome *outcome); /* ERR_INVALID with the issues collected so far */
bool outcome_unusable(struct outcome *outcome); /* ERR_BAD_PARAMETER with them */

#endif
