/* SPDX-License-Identifier: Apache-2.0 */
/* Filters of lists: each unusable one is an issue, so that a typo never looks like an empty list. */
#ifndef AR_REVIEW_FILTER_H
#define AR_REVIEW_FILTER_H

#include "base/instant.h"
#include "policy/policy.h"
#include "review/outcome.h"

/* True when TEXT is NULL or one of WORDS; else an issue at POINTER that says them all. */
bool filter_word(const char *pointer, const char *text, const char *const *words, size_t count, struct outcome *outcome);

/* TEXT is NULL or says something. */
void filter_text(const char *pointer, const char *text, struct outcome *outcome);

bool filter_review(const char *text, struct outcome *outcome);

/* Payer and service (each may be NULL) must be known to some policy. */
void filter_subject(const struct policy_set *set, const char *payer, const char *service, struct outcome *outcome);

/* TEXT as an instant, or NULL: RET_INSTANT stays as it is. */
void filter_instant(const char *pointer, const char *text, struct instant *ret_instant, struct outcome *outcome);

/* A tracking or authorization number as it is printed, or as people type it, in small letters; NULL stays NULL. In the outcome's arena. */
const char *filter_number(const char *pointer, const char *text, bool (*valid)(const char *text), struct outcome *outcome);

/* A cursor of the list that SCOPE describes; NULL leaves RET_AT and RET_ID as they are. */
void filter_cursor(const char *text, const char *scope, struct instant *ret_at, const char **ret_id, struct outcome *outcome);

/* The issue that it is not one of that list. */
void filter_not_a_cursor(struct outcome *outcome);

struct filter_part {
	const char *name;
	const char *value; /* NULL: left out */
};

/* The filters as they stand in the address of the next page ("status=open&"), which also binds the cursor to them. In ARENA. */
const char *filter_scope(const struct filter_part *parts, size_t count, struct arena *arena);

#endif
